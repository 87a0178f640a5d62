//! How long a document takes from bytes to tasks: own samples, and the real schedules where the shared corpus is at hand.
//! The aim is 15 ms at most for each.

use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    divan::main();
}

fn documents() -> Vec<String> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = vec![project.join("samples/schedule_2026_2027.txt")];
    for folder in ["tests/data/schedules", "../shared/corpus/seeds", "../shared/corpus/documents"] {
        let entries = fs::read_dir(project.join(folder)).into_iter().flatten().flatten();
        files.extend(
            entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "txt")),
        );
    }
    files.sort();
    files.iter().map(|path| path.display().to_string()).collect()
}

#[divan::bench(args = documents())]
fn read(bencher: divan::Bencher<'_, '_>, path: &String) {
    let bytes = fs::read(path).unwrap_or_default();
    bencher.bench(|| giaoban::import::read(divan::black_box(&bytes)));
}
