//! The real program as a process of its own, in a time of its own.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use tempfile::TempDir;

use super::pause;

/// What every run needs: the program, the library that moves its clock, a folder for everything that it writes.
pub struct Place {
    pub folder: TempDir,
    program: PathBuf,
    library: PathBuf,
    runs: usize,
    /// What is logged.
    pub log: &'static str,
    /// The port on which it serves pages and webhooks; none for neither.
    pub port: Option<u16>,
}

/// The program as it runs.
pub struct Running {
    pub process: Child,
}

impl Place {
    /// `program` is what is run; none for the one that was built for these tests.
    pub fn new(program: Option<PathBuf>) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        let library = folder.path().join("clock.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emulator/clock.c");
        let built =
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).status();
        if !built.map_err(|e| format!("cc: {e}"))?.success() {
            return Err("the library of the clock could not be built".into());
        }
        let program = program.unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_giaoban")));
        let log = "debug,sqlx=info,hyper_util=trace,reqwest=trace";
        Ok(Self { folder, program, library, runs: 0, log, port: None })
    }

    /// The same, with pages and webhooks on a port that is free.
    pub fn served(self) -> Result<Self, String> {
        let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|l| l.local_addr());
        Ok(Self { port: Some(free.map_err(|e| e.to_string())?.port()), ..self })
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("giaoban.db")
    }

    /// Starts the program so many seconds ahead of the machine, with more variables in its environment.
    pub fn run(&mut self, shift: i64, variables: &[(&str, String)]) -> Result<Running, String> {
        self.runs += 1;
        let file = |what: &str| {
            let path = self.folder.path().join(format!("run{}.{what}", self.runs));
            File::create(path).map_err(|e| e.to_string())
        };
        let mut command = Command::new(&self.program);
        if let Some(port) = self.port {
            command.env("GIAOBAN_LISTEN", format!("127.0.0.1:{port}"));
        }
        let process = command
            .arg("run")
            .current_dir(self.folder.path())
            .env("GIAOBAN_DATABASE", self.database())
            .env("GIAOBAN_LOG", self.log)
            .env("LD_PRELOAD", &self.library)
            .env("CLOCK_SHIFT", shift.to_string())
            .envs(variables.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::null())
            .stdout(file("out")?)
            .stderr(file("log")?)
            .spawn()
            .map_err(|e| format!("{}: {e}", self.program.display()))?;
        Ok(Running { process })
    }

    /// What the newest run has said on standard output.
    pub fn told(&self) -> String {
        let path = self.folder.path().join(format!("run{}.out", self.runs));
        std::fs::read_to_string(path).unwrap_or_default()
    }

    /// The log of the newest run.
    pub fn log(&self) -> String {
        let path = self.folder.path().join(format!("run{}.log", self.runs));
        String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned()
    }

    /// Every file of the folder in which this stands, as bytes: logs, outputs, the database.
    pub fn files_with(&self, part: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path());
        let paths = entries.into_iter().flatten().filter_map(Result::ok).map(|e| e.path());
        let holds = |path: &PathBuf| {
            let bytes = std::fs::read(path).unwrap_or_default();
            bytes.windows(part.len()).any(|window| window == part.as_bytes())
        };
        paths.filter(holds).map(|path| path.display().to_string()).collect()
    }
}

impl Running {
    /// kill -9.
    pub fn kill(&mut self) -> Result<(), String> {
        self.process.kill().map_err(|e| e.to_string())?;
        self.process.wait().map(drop).map_err(|e| e.to_string())
    }

    /// Asks it to end, and waits for so many seconds at most.
    pub async fn stop(&mut self, signal: &str, seconds: u64) -> Result<ExitStatus, String> {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status().map_err(|e| e.to_string())?;
        if !sent.success() {
            return Err("it was not running any more".into());
        }
        for _ in 0..seconds * 20 {
            if let Some(status) = self.process.try_wait().map_err(|e| e.to_string())? {
                return Ok(status);
            }
            pause(50).await;
        }
        Err(format!("it did not end within {seconds} s of {signal}"))
    }

    /// Whether it ended by itself.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.process.try_wait().ok().flatten()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}
