//! Files from outside are read in a process of their own: whatever a parser does with a hostile file, the bot lives.
//!
//! `process` starts and ends it and is the only file of the program that does so; `child` is what runs inside, under the limits
//! of `limits`; the two speak in one [`Request`] with the bytes behind it and one answer, both JSON.

mod child;
mod limits;
mod process;

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

pub use child::main as child_main;

use crate::app::Reader;
use crate::import::register::RegisterDraft;
use crate::import::{Content, Directive, Expected, ImportError, Unread};
use process::{Failure, Job};

/// The hidden command of the program that is the child.
pub const COMMAND: &str = "read-stdin";

/// How many files are read at once; others wait for their turn.
const AT_ONCE: usize = 2;
/// How long one file may take, in seconds.
const SECONDS: u64 = 9;
/// The longest answer that is believed, in bytes: the draft of the largest text is a few times its size.
const LONGEST_ANSWER: usize = 40_000_000;

/// What a child is asked: one line of JSON, then the bytes of the file.
#[derive(Debug, Serialize, Deserialize)]
struct Request {
    /// The file's name.
    name: String,
    /// What it is handed over as.
    expected: Expected,
}

/// What a child answers.
type Answer = Result<Content, Unread>;

/// Reads each file in a child process of this program.
#[derive(Debug)]
pub struct ChildReader {
    program: PathBuf,
    within: Duration,
    turns: Semaphore,
}

impl ChildReader {
    /// A reader whose children run this program file.
    pub fn new(program: PathBuf) -> Self {
        Self { program, within: Duration::from_secs(SECONDS), turns: Semaphore::new(AT_ONCE) }
    }

    /// A reader whose children run the program that is running now.
    ///
    /// # Errors
    ///
    /// When the system does not say which that is.
    pub fn of_this_program() -> std::io::Result<Self> {
        Ok(Self::new(std::env::current_exe()?))
    }

    /// Gives each file less or more time than usual.
    #[must_use]
    pub fn within(self, within: Duration) -> Self {
        Self { within, ..self }
    }

    /// What a file holds, when it is known what it is to be.
    ///
    /// # Errors
    ///
    /// The reason for the person who sent it.
    pub async fn read_as(&self, expected: Expected, name: &str, bytes: &[u8]) -> Result<Content, Unread> {
        let request = Request { name: name.to_owned(), expected };
        let mut input = serde_json::to_vec(&request).map_err(unreadable)?;
        input.push(b'\n');
        input.extend_from_slice(bytes);
        let job = Job {
            program: &self.program,
            arguments: &[COMMAND],
            input,
            longest_answer: LONGEST_ANSWER,
            within: self.within,
        };
        let _turn = self.turns.acquire().await.map_err(unreadable)?;
        match process::run(job).await {
            Ok(answer) => match serde_json::from_slice::<Answer>(&answer) {
                Ok(answer) => answer,
                Err(_) => Err(ImportError::TooComplex.into()),
            },
            Err(Failure::Ended(how)) => {
                tracing::warn!(%how, size = bytes.len(), "the reader of a file ended without an answer");
                Err(ImportError::TooComplex.into())
            }
            Err(Failure::TimedOut) => Err(ImportError::TooSlow(self.within.as_secs()).into()),
            Err(Failure::NotStarted(error)) => Err(unreadable(error)),
        }
    }
}

#[async_trait]
impl Reader for ChildReader {
    async fn read(&self, name: &str, bytes: Vec<u8>) -> Result<Content, Unread> {
        self.read_as(Expected::Any, name, &bytes).await
    }
}

/// A directive of an office, read in a child that is waited for: for commands that have no loops.
///
/// # Errors
///
/// The reason for the person whose file it is.
pub fn read_directive(name: &str, bytes: &[u8]) -> Result<Directive, Unread> {
    match read_and_wait(Expected::Directive, name, bytes)? {
        Content::Directive(directive) => Ok(directive),
        Content::Register(_) => Err(ImportError::TooComplex.into()),
    }
}

/// A list of schools, read in a child that is waited for: for commands that have no loops.
///
/// # Errors
///
/// The reason for the person whose file it is.
pub fn read_register(name: &str, bytes: &[u8]) -> Result<RegisterDraft, Unread> {
    match read_and_wait(Expected::Register, name, bytes)? {
        Content::Register(draft) => Ok(draft),
        Content::Directive(_) => Err(ImportError::TooComplex.into()),
    }
}

fn read_and_wait(expected: Expected, name: &str, bytes: &[u8]) -> Result<Content, Unread> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(unreadable)?;
    let reader = ChildReader::of_this_program().map_err(unreadable)?;
    runtime.block_on(reader.read_as(expected, name, bytes))
}

/// Nothing is wrong with the file: this machine cannot start its reader.
fn unreadable(error: impl std::fmt::Display) -> Unread {
    tracing::error!(%error, "no process can be started to read a file");
    ImportError::NoReader(error.to_string()).into()
}
