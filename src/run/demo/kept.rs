//! What the folder of a demo holds: the database, the world, the time, and whether the sample office was finished.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

pub(super) fn database(folder: &Path) -> PathBuf {
    folder.join("giaoban.sqlite")
}

pub(super) fn world(folder: &Path) -> PathBuf {
    folder.join("world")
}

fn time(folder: &Path) -> PathBuf {
    folder.join("clock")
}

/// There while the sample office is being made: whoever finds it at the start finds half an office.
fn half_made(folder: &Path) -> PathBuf {
    folder.join("half-made")
}

/// The time at which the last process was, for the clock can be ahead of everything that was said.
pub(super) fn clock(folder: &Path) -> Option<DateTime<Utc>> {
    fs::read_to_string(time(folder)).ok()?.trim().parse().ok()
}

/// Writes the time down.
pub(super) fn keep_clock(folder: &Path, now: DateTime<Utc>) -> io::Result<()> {
    fs::write(time(folder), now.to_rfc3339())
}

/// Marks the sample office as begun.
pub(super) fn begin(folder: &Path) -> io::Result<()> {
    fs::write(half_made(folder), "")
}

/// Marks the sample office as finished.
pub(super) fn finish(folder: &Path) -> io::Result<()> {
    fs::remove_file(half_made(folder))
}

/// Throws half an office away: the process that made it was killed before anybody could play in it.
pub(super) fn forget_half_made(folder: &Path) -> io::Result<()> {
    if !half_made(folder).exists() {
        return Ok(());
    }
    let gone = |result: io::Result<()>| match result {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    };
    let database = database(folder);
    for file in
        [database.clone(), database.with_extension("sqlite-wal"), database.with_extension("sqlite-shm")]
    {
        gone(fs::remove_file(file))?;
    }
    gone(fs::remove_dir_all(world(folder)))?;
    gone(fs::remove_file(time(folder)))?;
    finish(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_office_is_thrown_away_and_a_whole_one_kept() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let fill = || {
            fs::write(database(folder), "half").unwrap();
            fs::create_dir_all(world(folder).join("files")).unwrap();
        };
        fill();
        begin(folder).unwrap();
        forget_half_made(folder).unwrap();
        assert_eq!(fs::read_dir(folder).unwrap().count(), 0);
        fill();
        begin(folder).unwrap();
        finish(folder).unwrap();
        forget_half_made(folder).unwrap();
        assert!(database(folder).exists() && world(folder).exists());
    }

    #[test]
    fn the_time_is_kept_to_the_millisecond_and_a_damaged_one_is_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(clock(folder.path()), None);
        let now = "2026-10-16T07:00:00.250Z".parse().unwrap();
        keep_clock(folder.path(), now).unwrap();
        assert_eq!(clock(folder.path()), Some(now));
        fs::write(time(folder.path()), "?").unwrap();
        assert_eq!(clock(folder.path()), None);
    }
}
