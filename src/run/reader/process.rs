//! Starts a process, hands it bytes, takes what it says, ends it: the only file of the program that does.

use std::ffi::OsString;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

/// What a process is to do.
pub struct Job<'a> {
    /// Its file.
    pub program: &'a Path,
    /// Its arguments.
    pub arguments: &'a [&'a str],
    /// What it is handed on standard input.
    pub input: Vec<u8>,
    /// The most bytes that it may say.
    pub longest_answer: usize,
    /// When it is ended.
    pub within: Duration,
}

/// Why a process gave no answer.
#[derive(Debug)]
pub enum Failure {
    /// It could not be started.
    NotStarted(std::io::Error),
    /// It ended badly, or said too much; how.
    Ended(String),
    /// It was ended because it took too long.
    TimedOut,
}

/// What a process says until it ends well. It sees nothing of our environment, and it never outlives this call: it is ended
/// when its time is over, when it says too much, and when nobody waits for it any longer.
pub async fn run(job: Job<'_>) -> Result<Vec<u8>, Failure> {
    let mut child = Command::new(job.program)
        .args(job.arguments)
        .env_clear()
        // One thread and one arena: memory that is set aside for others counts against the limit.
        .envs([("RAYON_NUM_THREADS", "1"), ("OMP_THREAD_LIMIT", "1"), ("MALLOC_ARENA_MAX", "1")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // What a parser complains of may quote the document.
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(Failure::NotStarted)?;
    let outcome = tokio::time::timeout(job.within, talk(&mut child, &job.input, job.longest_answer)).await;
    match outcome {
        Ok(Ok((answer, status))) if status.success() => Ok(answer),
        Ok(Ok((_, status))) => Err(Failure::Ended(status.to_string())),
        Ok(Err(error)) => {
            end(&mut child).await;
            Err(Failure::Ended(error.to_string()))
        }
        Err(_) => {
            end(&mut child).await;
            Err(Failure::TimedOut)
        }
    }
}

/// Becomes another program: its file, then its arguments. Comes back only when that fails.
#[cfg(unix)]
pub fn turn_into(command: &[OsString]) -> std::io::Error {
    use std::os::unix::process::CommandExt;
    match command.split_first() {
        Some((program, arguments)) => std::process::Command::new(program).args(arguments).exec(),
        None => std::io::ErrorKind::InvalidInput.into(),
    }
}

/// Becomes another program, where a system knows how.
#[cfg(not(unix))]
pub fn turn_into(_: &[OsString]) -> std::io::Error {
    std::io::ErrorKind::Unsupported.into()
}

async fn talk(child: &mut Child, input: &[u8], longest: usize) -> std::io::Result<(Vec<u8>, ExitStatus)> {
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let tell = async {
        if let Some(mut stdin) = stdin {
            // Whoever has seen enough closes its end early; what it then says is judged by itself.
            let _ = stdin.write_all(input).await;
        }
    };
    let hear = async {
        let mut answer = Vec::new();
        if let Some(stdout) = stdout {
            stdout.take(longest as u64 + 1).read_to_end(&mut answer).await?;
        }
        if answer.len() > longest { Err(std::io::Error::other("the answer is too long")) } else { Ok(answer) }
    };
    let ((), answer) = tokio::join!(tell, hear);
    Ok((answer?, child.wait().await?))
}

async fn end(child: &mut Child) {
    if let Err(error) = child.kill().await {
        tracing::warn!(%error, "a process could not be ended");
    }
}
