//! Letters in pictures, recognised by Tesseract in a process of its own, one page after the other.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::sync::OnceCell;

use super::RECOGNISE;
use super::process::{self, Failure, Job};
use crate::import::{ImportError, Picture, Recognised};

/// How long all pages of a file may take together, in seconds.
const SECONDS: u64 = 60;
/// The longest answer about a page, in bytes.
const LONGEST_ANSWER: usize = 8_000_000;
/// What is installed: the program, and the data of the language.
const PROGRAM: &str = "tesseract";
const LANGUAGE: &str = "vie";

/// The program that recognises letters.
#[derive(Debug)]
pub struct Recogniser {
    program: PathBuf,
    /// Whether it has the data for Vietnamese; asked once.
    vietnamese: OnceCell<bool>,
}

impl Recogniser {
    /// The first in the folders of a `PATH`.
    pub fn on(path: &str) -> Option<Self> {
        let program =
            std::env::split_paths(path).map(|folder| folder.join(PROGRAM)).find(|file| file.is_file())?;
        Some(Self { program, vietnamese: OnceCell::new() })
    }

    /// Whether it can read Vietnamese. `limited` is our own program, under whose limits it runs.
    pub async fn knows_vietnamese(&self, limited: &Path) -> bool {
        let asked = || async {
            let answer = self.run(limited, &["--list-langs"], Vec::new(), Duration::from_secs(10)).await;
            let languages = answer.map(|a| String::from_utf8_lossy(&a).into_owned()).unwrap_or_default();
            languages.lines().any(|line| line.trim() == LANGUAGE)
        };
        *self.vietnamese.get_or_init(asked).await
    }

    /// What is found in pictures, each under the limits of our own program.
    ///
    /// # Errors
    ///
    /// When it takes too long, or cannot make anything of a picture.
    pub async fn pages(
        &self,
        limited: &Path,
        pictures: Vec<Picture>,
    ) -> Result<Vec<Recognised>, ImportError> {
        let begun = Instant::now();
        let whole = Duration::from_secs(SECONDS);
        let mut out = Vec::new();
        for picture in pictures {
            let left = whole.checked_sub(begun.elapsed()).ok_or(ImportError::TooSlow(SECONDS))?;
            let dots = picture.dots.map(|dots| dots.to_string());
            let mut arguments = vec!["-", "-", "-l", LANGUAGE, "--psm", "1"];
            if let Some(dots) = &dots {
                arguments.extend(["--dpi", dots]);
            }
            arguments.push("tsv");
            let said =
                self.run(limited, &arguments, picture.bytes, left).await.map_err(
                    |failure| match failure {
                        Failure::TimedOut => ImportError::TooSlow(SECONDS),
                        Failure::NotStarted(error) => super::not_started(&error),
                        Failure::Ended(how) => {
                            tracing::info!(%how, "letters of a picture could not be recognised");
                            ImportError::Damaged
                        }
                    },
                )?;
            let table = String::from_utf8_lossy(&said).into_owned();
            out.push(Recognised { table, dots: picture.dots });
        }
        Ok(out)
    }

    async fn run(
        &self,
        limited: &Path,
        arguments: &[&str],
        input: Vec<u8>,
        within: Duration,
    ) -> Result<Vec<u8>, Failure> {
        let program = self.program.to_string_lossy();
        let arguments: Vec<&str> =
            [RECOGNISE, "--", &program].into_iter().chain(arguments.iter().copied()).collect();
        let job =
            Job { program: limited, arguments: &arguments, input, longest_answer: LONGEST_ANSWER, within };
        process::run(job).await
    }
}
