//! The documents that are shared beside the repository, which it does not hold.

use std::path::PathBuf;

/// A file or folder of the shared documents: `$GIAOBAN_SHARED`, else `../shared`. Without them a test is passed over, and
/// says so; where `CI=true` it fails.
pub fn shared(path: &str) -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "a test asks the environment where its documents are")]
    let variable = |name| std::env::var(name).ok();
    let folder =
        variable("GIAOBAN_SHARED").map_or_else(|| crate::source::root().join("../shared"), PathBuf::from);
    let found = folder.join(path);
    if found.exists() {
        return Some(found);
    }
    assert_ne!(variable("CI").as_deref(), Some("true"), "CI=true needs {}", found.display());
    println!("passed over: {} is not there", found.display());
    None
}
