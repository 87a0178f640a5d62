//! The world in a folder: one entry a line in `events.jsonl`, the bytes of files beside it.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::error::WorldError;
use super::event::Entry;

/// An open folder.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    lines: File,
}

impl Journal {
    /// Opens a folder, made when missing, and reads its entries. A last line without its end was cut off when the
    /// process died and is dropped: what it told of was not yet known to anybody.
    pub(super) fn open(folder: &Path) -> Result<(Self, Vec<Entry>), WorldError> {
        fs::create_dir_all(folder.join("files"))?;
        let path = folder.join("events.jsonl");
        let lines = OpenOptions::new().read(true).append(true).create(true).open(&path)?;
        let bytes = fs::read(&path)?;
        let whole = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        if whole < bytes.len() {
            lines.set_len(whole as u64)?;
        }
        let entries = bytes[..whole]
            .split(|b| *b == b'\n')
            .filter(|line| !line.is_empty())
            .enumerate()
            .map(|(at, line)| {
                serde_json::from_slice(line)
                    .map_err(|_| WorldError::Damaged { path: path.clone(), line: at + 1 })
            })
            .collect::<Result<_, _>>()?;
        Ok((Self { folder: folder.to_owned(), lines }, entries))
    }

    /// Writes entries that belong together, all or none of them.
    pub(super) fn write(&mut self, entries: &[Entry]) -> Result<(), WorldError> {
        let mut lines = Vec::new();
        for entry in entries {
            serde_json::to_writer(&mut lines, entry).map_err(std::io::Error::from)?;
            lines.push(b'\n');
        }
        let before = self.lines.metadata()?.len();
        let written = self.lines.write_all(&lines);
        if written.is_err() {
            self.lines.set_len(before)?;
        }
        Ok(written?)
    }

    pub(super) fn write_file(&self, id: &str, bytes: &[u8]) -> Result<(), WorldError> {
        Ok(fs::write(self.folder.join("files").join(id), bytes)?)
    }

    pub(super) fn read_file(&self, id: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.join("files").join(id)).ok()
    }
}
