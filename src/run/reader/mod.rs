//! Files from outside are read in a process of their own: whatever a parser does with a hostile file, the bot lives.
//!
//! `process` starts and ends it and is the only file of the program that does so; `child` is what runs inside, under the limits
//! of `limits`; the two speak in one `Request` with the bytes behind it and one answer, both JSON. `recognise` has letters in
//! pictures recognised by Tesseract, where that is installed.

mod child;
mod limits;
mod process;
mod recognise;

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

pub use child::{main as child_main, recognise as recognise_main};

use crate::app::Reader;
use crate::config::Config;
use crate::import::register::RegisterDraft;
use crate::import::workbook::{Fill, Workbook};
use crate::import::{Content, Directive, Expected, Format, ImportError, Picture, Unread};
use process::{Failure, Job};
use recognise::Recogniser;

/// The hidden command of the program that is the child.
pub const COMMAND: &str = "read-stdin";
/// The hidden command of the program that becomes the one which recognises letters.
pub const RECOGNISE: &str = "recognise-stdin";

/// How many files are read at once; others wait for their turn.
const AT_ONCE: usize = 2;
/// How long one file may take, in seconds.
const SECONDS: u64 = 8;
/// The longest answer that is believed, in bytes: pictures are at most 80 MB, the draft of a text is a few times its size.
const LONGEST_ANSWER: usize = 90_000_000;

/// What a child is asked: one line of JSON, then bytes.
#[derive(Debug, Serialize, Deserialize)]
enum Request {
    /// To read a file, whose bytes follow. Answered with an [`Answer`].
    Read {
        /// The file's name.
        name: String,
        /// What it is handed over as.
        expected: Expected,
    },
    /// To take the pictures of pages out of a file, whose bytes follow. Answered with a line of [`Taken`] and their bytes.
    Pictures,
    /// To take the cells out of a workbook, whose bytes follow. Answered with [`Cells`].
    Workbook,
    /// To write values into a workbook, whose bytes follow. Answered with a line of [`Written`] and its new bytes.
    Fill(Fill),
    /// To make one file of several pages, whose bytes follow one behind the other; how many bytes each has. Answered with a line of
    /// [`Written`] and its bytes.
    Bind(Vec<usize>),
    /// To read what was recognised in pictures: JSON follows. Answered with an [`Answer`].
    Recognised,
}

/// What a child answers.
type Answer = Result<Content, Unread>;

/// The cells of a workbook.
type Cells = Result<Workbook, ImportError>;

/// Whether a file could be written: a workbook with values, pages in one file.
type Written = Result<(), ImportError>;

/// The pictures of a file: how many bytes of what follows are each, and its dots per inch.
type Taken = Result<Vec<(usize, Option<u32>)>, ImportError>;

/// Reads each file in a child process of this program.
#[derive(Debug)]
pub struct ChildReader {
    program: PathBuf,
    within: Duration,
    turns: Semaphore,
    recogniser: Option<Recogniser>,
}

impl ChildReader {
    /// A reader whose children run this program file. It reads no pictures.
    pub fn new(program: PathBuf) -> Self {
        let within = Duration::from_secs(SECONDS);
        Self { program, within, turns: Semaphore::new(AT_ONCE), recogniser: None }
    }

    /// A reader whose children run the program that is running now, and which reads pictures where that is installed.
    ///
    /// # Errors
    ///
    /// When the system does not say which that is.
    pub fn of_this_program() -> std::io::Result<Self> {
        Ok(Self::new(std::env::current_exe()?).recognising(&Config::of_process().path))
    }

    /// Gives each file less or more time than usual.
    #[must_use]
    pub fn within(self, within: Duration) -> Self {
        Self { within, ..self }
    }

    /// Reads pictures with a program that stands in one of these folders, parted as in `PATH`; without it, it reads none.
    #[must_use]
    pub fn recognising(self, path: &str) -> Self {
        Self { recogniser: Recogniser::on(path), ..self }
    }

    /// What a file holds, when it is known what it is to be.
    ///
    /// # Errors
    ///
    /// The reason for the person who sent it.
    pub async fn read_as(&self, expected: Expected, name: &str, bytes: &[u8]) -> Result<Content, Unread> {
        let _turn = self.turns.acquire().await.map_err(unreadable)?;
        let request = Request::Read { name: name.to_owned(), expected };
        let answer = self.ask(&request, bytes).await.and_then(|answer| understood::<Answer>(&answer));
        let read = answer.unwrap_or_else(|error| Err(error.into()));
        match (read, &self.recogniser) {
            (
                Err(Unread::Directive(error @ ImportError::Format(Format::Picture | Format::Scan))),
                Some(recogniser),
            ) => match self.recognise(recogniser, bytes).await {
                Ok(Some(read)) => read,
                Ok(None) => Err(error.into()),
                Err(error) => Err(error.into()),
            },
            (read, _) => read,
        }
    }

    /// What the pictures of a file say; none when no Vietnamese is installed to read them with.
    async fn recognise(&self, recogniser: &Recogniser, bytes: &[u8]) -> Result<Option<Answer>, ImportError> {
        if !recogniser.knows_vietnamese(&self.program).await {
            return Ok(None);
        }
        let answer = self.ask(&Request::Pictures, bytes).await?;
        let pictures = pictures(&answer)?;
        let pages = recogniser.pages(&self.program, pictures).await?;
        let pages = serde_json::to_vec(&pages).map_err(|error| ImportError::NoReader(error.to_string()))?;
        let answer = self.ask(&Request::Recognised, &pages).await?;
        understood(&answer).map(Some)
    }

    /// What a child says.
    async fn ask(&self, request: &Request, bytes: &[u8]) -> Result<Vec<u8>, ImportError> {
        let mut input =
            serde_json::to_vec(request).map_err(|error| ImportError::NoReader(error.to_string()))?;
        input.push(b'\n');
        input.extend_from_slice(bytes);
        let job = Job {
            program: &self.program,
            arguments: &[COMMAND],
            input,
            longest_answer: LONGEST_ANSWER,
            within: self.within,
        };
        process::run(job).await.map_err(|failure| match failure {
            Failure::Ended(how) => {
                tracing::info!(%how, size = bytes.len(), "the reader of a file ended without an answer");
                ImportError::TooComplex
            }
            Failure::TimedOut => ImportError::TooSlow(self.within.as_secs()),
            Failure::NotStarted(error) => not_started(&error),
        })
    }
}

/// What a child says in JSON.
fn understood<T: DeserializeOwned>(answer: &[u8]) -> Result<T, ImportError> {
    serde_json::from_slice(answer).map_err(|_| ImportError::TooComplex)
}

/// The file that a child wrote.
fn written(answer: Vec<u8>) -> Result<Vec<u8>, ImportError> {
    let end = answer.iter().position(|byte| *byte == b'\n').ok_or(ImportError::TooComplex)?;
    understood::<Written>(&answer[..end])??;
    Ok(answer[end + 1..].to_vec())
}

/// The pictures that a child took out of a file.
fn pictures(answer: &[u8]) -> Result<Vec<Picture>, ImportError> {
    let end = answer.iter().position(|byte| *byte == b'\n').ok_or(ImportError::TooComplex)?;
    let (line, mut rest) = (&answer[..end], &answer[end + 1..]);
    let taken = understood::<Taken>(line)??;
    let mut pictures = Vec::new();
    for (length, dots) in taken {
        let (bytes, more) = rest.split_at_checked(length).ok_or(ImportError::TooComplex)?;
        pictures.push(Picture { bytes: bytes.to_vec(), dots });
        rest = more;
    }
    Ok(pictures)
}

#[async_trait]
impl Reader for ChildReader {
    async fn read(&self, name: &str, bytes: Vec<u8>) -> Result<Content, Unread> {
        self.read_as(Expected::Any, name, &bytes).await
    }

    async fn bind(&self, pages: Vec<Vec<u8>>) -> Result<Vec<u8>, ImportError> {
        let _turn = self.turns.acquire().await.map_err(|error| not_started(&error))?;
        let request = Request::Bind(pages.iter().map(Vec::len).collect());
        written(self.ask(&request, &pages.concat()).await?)
    }

    async fn workbook(&self, bytes: Vec<u8>) -> Result<Workbook, ImportError> {
        let _turn = self.turns.acquire().await.map_err(|error| not_started(&error))?;
        understood::<Cells>(&self.ask(&Request::Workbook, &bytes).await?)?
    }

    async fn fill(&self, bytes: Vec<u8>, fill: Fill) -> Result<Vec<u8>, ImportError> {
        let _turn = self.turns.acquire().await.map_err(|error| not_started(&error))?;
        written(self.ask(&Request::Fill(fill), &bytes).await?)
    }
}

/// Whether the program that recognises letters in pictures stands on a path.
pub fn can_recognise(path: &str) -> bool {
    Recogniser::on(path).is_some()
}

/// A directive of an office, read in a child that is waited for: for commands that have no loops.
///
/// # Errors
///
/// The reason for the person whose file it is.
pub fn read_directive(name: &str, bytes: &[u8]) -> Result<Directive, Unread> {
    match read_and_wait(Expected::Directive, name, bytes)? {
        Content::Directive(directive) => {
            // Nothing in it to do: is it the other file that an office has?
            let register = directive.tasks.is_empty() && read_register(name, bytes).is_ok();
            if register { Err(ImportError::Register.into()) } else { Ok(*directive) }
        }
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

fn unreadable(error: impl std::fmt::Display) -> Unread {
    not_started(&error).into()
}

/// Nothing is wrong with the file: this machine cannot start its reader.
fn not_started(error: &impl std::fmt::Display) -> ImportError {
    tracing::error!(%error, "no process can be started to read a file");
    ImportError::NoReader(error.to_string())
}
