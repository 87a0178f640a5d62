//! The table of promises names transcripts that are there, and no row of it is empty.

use super::source;

#[test]
fn every_promise_about_answers_has_its_transcripts() {
    let table = std::fs::read_to_string(source::root().join("docs/answers.md")).unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|l| l.starts_with("| ") && !l.starts_with("| |"))
        .map(|l| l.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let wanted = (1..=17).map(|n| format!("C{n}")).chain((1..=9).map(|n| format!("V{n}")));
    for row in wanted.chain(["R8", "R9", "R14"].map(str::to_owned)) {
        assert!(rows.iter().any(|r| r[0] == row), "{row} has no line in docs/answers.md");
    }
    for row in rows {
        for name in row[2].split(", ") {
            let file = source::root().join("tests/transcripts").join(format!("{name}.chat"));
            assert!(file.is_file(), "{}: no transcript {name}", row[0]);
        }
    }
}
