//! Plays every `tests/transcripts/*.chat`: the names of the files are the promises. `UPDATE=1` writes what the bot really
//! says into the files; a review reads the difference as a conversation.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a scenario that cannot be played fails")]

mod player;

use std::path::Path;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "chat"));
    files.sort();
    let trials = files.into_iter().map(|file| {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        Trial::test(name, move || play(&file))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn play(file: &Path) -> Result<(), Failed> {
    let written = std::fs::read_to_string(file)?;
    let played = player::play(&written)?;
    if played == written {
        return Ok(());
    }
    #[expect(clippy::disallowed_methods, reason = "a switch of the test run, not of the program")]
    if std::env::var("UPDATE").is_ok_and(|u| u == "1") {
        std::fs::write(file, played)?;
        return Ok(());
    }
    Err(player::difference(&written, &played).into())
}
