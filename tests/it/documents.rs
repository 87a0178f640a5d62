//! What the documents promise: the commands of the README run, the guide lists the commands that there are, links lead
//! somewhere.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use giaoban::understand::{Audience, command_names};

use crate::source;

/// The commands in the fenced blocks of a document, without what stands behind `#`.
fn commands(document: &str) -> Vec<String> {
    let text = std::fs::read_to_string(source::root().join(document)).unwrap();
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(kind) = line.strip_prefix("```") {
            fenced = kind == "sh";
        } else if fenced && !line.is_empty() {
            found.push(line.split('#').next().unwrap_or_default().trim().to_owned());
        }
    }
    found
}

/// A demo on a free port: ended when it goes out of scope.
struct Demo(Child);

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn both_readmes_give_the_same_commands() {
    assert_eq!(commands("README.md"), commands("README.vi.md"));
}

#[test]
fn the_commands_of_the_readme_run() {
    let folder = tempfile::tempdir().unwrap();
    let mut demos = 0;
    for command in commands("README.md") {
        let Some(arguments) = command.strip_prefix("cargo run -- ") else {
            assert!(source::root().join(&command).is_file(), "{command} is no file of the project");
            continue;
        };
        let arguments: Vec<&str> = arguments
            .split(' ')
            .map(|word| if word == "FILE" { "samples/schedule_2026_2027.txt" } else { word })
            .collect();
        if arguments[0] == "demo" {
            opens_a_page(&arguments, folder.path());
            demos += 1;
            continue;
        }
        let written = folder.path().join("schools.xlsx");
        let words = arguments.iter().map(|word| match *word {
            "schools.xlsx" => written.clone().into_os_string(),
            word => word.into(),
        });
        let output = giaoban().args(words).output().unwrap();
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(!output.stdout.is_empty(), "{command} says nothing");
    }
    assert_eq!(demos, 2);
}

fn giaoban() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_giaoban"));
    command.current_dir(source::root());
    command
}

/// Runs the demo as told, but on a free port and without a browser, and asks for its page.
fn opens_a_page(arguments: &[&str], temporary: &Path) {
    let child = giaoban()
        .args(arguments)
        .args(["--no-open", "--port", "0"])
        .env("TMPDIR", temporary)
        .stdout(Stdio::piped())
        .spawn();
    let mut demo = Demo(child.unwrap());
    let mut said = BufReader::new(demo.0.stdout.take().unwrap()).lines();
    let address = said
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| Some(line.split_once("http://")?.1.trim_end_matches('/').to_owned()))
        .expect("the demo tells its address");
    let mut page = TcpStream::connect(&address).unwrap();
    write!(page, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    page.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{arguments:?}: {answer}");
    assert!(answer.contains("<html"), "{arguments:?}: {answer}");
}

#[test]
fn the_guide_lists_every_command_as_the_help_words_it() {
    let words = std::fs::read_to_string(source::root().join("locales/vi/giaoban.ftl")).unwrap();
    let words: BTreeMap<&str, &str> = words.lines().filter_map(|line| line.split_once(" = ")).collect();
    let mut wanted: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for command in command_names() {
        let chapter = match command.audience {
            Audience::School => "## Hiệu trưởng",
            Audience::Office => "## Chuyên viên",
            Audience::Anyone => "## Ai cũng dùng được",
        };
        let of = |kind: &str| words[format!("{kind}-{}", command.name).as_str()];
        let row = format!("| `/{}` | {} | `{}` |", command.name, of("help"), of("example"));
        wanted.entry(chapter).or_default().push(row);
    }
    let guide = std::fs::read_to_string(source::root().join("docs/guide.vi.md")).unwrap();
    let mut listed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut chapter = "";
    for line in guide.lines() {
        if line.starts_with("## ") {
            chapter = line;
        } else if line.starts_with("| `/") {
            listed.entry(chapter).or_default().push(line.to_owned());
        }
    }
    assert_eq!(listed, wanted);
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut broken = Vec::new();
    let mut links = 0;
    for document in ["README.md", "README.vi.md", "CHANGELOG.md", "docs", "migrations"] {
        let here = source::root().join(document);
        let files = if here.is_dir() {
            std::fs::read_dir(&here).unwrap().map(|entry| entry.unwrap().path()).collect()
        } else {
            vec![here]
        };
        for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "md")) {
            let text = std::fs::read_to_string(file).unwrap();
            for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                if link.contains("://") {
                    continue;
                }
                links += 1;
                if !file.parent().unwrap().join(link.split('#').next().unwrap()).exists() {
                    broken.push(format!("{}: {link}", file.display()));
                }
            }
        }
    }
    assert!(links > 8, "{links}");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
