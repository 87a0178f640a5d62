//! What a reading process may use. It takes the limits itself before it looks at a byte, and cannot give them back.

#[cfg(unix)]
pub use unix::take;

/// What a process is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Reading a file.
    Reading,
    /// Recognising the letters of one picture.
    Recognising,
}

/// Where the system has no such limits, the time that its parent waits is the only one.
#[cfg(not(unix))]
pub fn take(_: Task) -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
mod unix {
    use rlimit::Resource;

    use super::Task;

    /// What reading may allocate above what the program maps at its start, in bytes. With the pages of the program itself,
    /// the process stays below 256 MB of memory.
    const MEMORY: u64 = 192 << 20;
    /// What is taken for the program's own mapping where the system does not tell.
    const MAPPED: u64 = 256 << 20;
    /// Seconds of processor time for reading.
    const READING: u64 = 8;
    /// Open files of reading: the three pipes, and what the language's own start may hold.
    const FILES: u64 = 16;
    /// What recognising may allocate, all in all: a page at 400 dots an inch in colour takes half of it.
    const RECOGNISING_MEMORY: u64 = 1 << 30;
    /// Seconds of processor time for recognising.
    const RECOGNISING: u64 = 60;
    /// Open files of recognising: its libraries and its data.
    const RECOGNISING_FILES: u64 = 128;

    /// Takes the limits: memory, processor time, no file to write, no core to leave behind.
    pub fn take(task: Task) -> std::io::Result<()> {
        let (memory, seconds, files) = match task {
            Task::Reading => (mapped().unwrap_or(MAPPED) + MEMORY, READING, FILES),
            Task::Recognising => (RECOGNISING_MEMORY, RECOGNISING, RECOGNISING_FILES),
        };
        for (resource, most) in [
            (Resource::CORE, 0),
            (Resource::FSIZE, 0),
            (Resource::NOFILE, files),
            (Resource::CPU, seconds),
            (Resource::AS, memory),
        ] {
            // A system may set less already, which then holds.
            let (_, hard) = resource.get()?;
            let most = most.min(hard);
            match resource.set(most, most) {
                // Some systems know no limit of address space.
                Err(_) if resource == Resource::AS && !cfg!(target_os = "linux") => {}
                other => other?,
            }
        }
        Ok(())
    }

    /// The address space of this process in bytes, as Linux tells it.
    fn mapped() -> Option<u64> {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"))?;
        let kilobytes: u64 = size.trim().trim_end_matches("kB").trim_end().parse().ok()?;
        Some(kilobytes << 10)
    }
}
