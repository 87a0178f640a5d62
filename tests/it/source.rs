//! Files of the repository, for the tests that read the project itself.

use std::fs;
use std::path::{Path, PathBuf};

/// A file with its path from the root of the repository.
pub struct File {
    /// With `/` between its parts.
    pub path: String,
    pub text: String,
}

/// The folder of `Cargo.toml`.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All text files under a folder of the repository, in the order of their paths; none when there is no such folder.
pub fn files(folder: &str) -> Vec<File> {
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths.sort();
    paths.into_iter().filter_map(|path| read(&path)).collect()
}

/// The Rust files under a folder.
pub fn rust_files(folder: &str) -> Vec<File> {
    files(folder).into_iter().filter(|file| file.path.ends_with(".rs")).collect()
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true if path.ends_with("node_modules") => {}
            true => walk(&path, paths),
            false => paths.push(path),
        }
    }
}

fn read(path: &Path) -> Option<File> {
    let text = String::from_utf8(fs::read(path).unwrap()).ok()?;
    let parts: Vec<_> =
        path.strip_prefix(root()).unwrap().iter().map(|part| part.to_str().unwrap()).collect();
    Some(File { path: parts.join("/"), text })
}
