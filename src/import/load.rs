//! A file → its bytes, without ever reading one that is too big.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::decode::LIMIT;
use super::error::ImportError;

/// The bytes of a file of at most [`LIMIT`] bytes.
///
/// # Errors
///
/// When it cannot be read, or is too big: then it is not read at all.
pub fn load(path: &Path) -> Result<Vec<u8>, ImportError> {
    let unreadable = |error: std::io::Error| ImportError::Unreadable(error.kind().to_string());
    let file = File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(ImportError::Unreadable(std::io::ErrorKind::IsADirectory.to_string()));
    }
    if about.len() > LIMIT {
        return Err(ImportError::TooBig(about.len() / 1_000_000));
    }
    let mut bytes = Vec::new();
    // A pipe or a growing file has no size to ask for.
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LIMIT {
        return Err(ImportError::TooBig(LIMIT / 1_000_000));
    }
    Ok(bytes)
}
