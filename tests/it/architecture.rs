//! The fence of `docs/architecture.md`: who may import whom, and what keeps a file readable.
//!
//! Imports are read from the syntax tree: `use crate::…`, every other path that begins with `crate`, `super::super::…` out of
//! a room, and paths in the arguments of macros and attributes. To let a room import another, change [`MAY_IMPORT`] and the
//! table of the document together: a test compares them.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};

use crate::source::{self, File};

/// Room, and the rooms that it may import. `main` is `src/main.rs`.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("config", &["domain"]),
    ("clock", &["domain"]),
    ("calendar", &["domain"]),
    ("vietnamese", &["domain"]),
    ("import", &["domain", "calendar", "vietnamese"]),
    ("understand", &["domain", "calendar", "vietnamese"]),
    ("planner", &["domain", "calendar"]),
    ("export", &["domain"]),
    ("chat", &["domain"]),
    ("wording", &["domain", "chat", "import"]),
    ("store", &["domain", "chat"]),
    ("platforms", &["domain", "chat", "vietnamese"]),
    (
        "app",
        &[
            "clock",
            "domain",
            "calendar",
            "vietnamese",
            "import",
            "understand",
            "planner",
            "export",
            "chat",
            "wording",
            "store",
        ],
    ),
    ("delivery", &["clock", "domain", "chat", "store"]),
    ("web", &["app", "domain", "wording"]),
    (
        "run",
        &[
            "config",
            "clock",
            "domain",
            "import",
            "chat",
            "wording",
            "store",
            "app",
            "delivery",
            "platforms",
            "web",
        ],
    ),
    ("cli", &["config", "clock", "domain", "import", "understand", "export", "wording", "app", "run"]),
    ("main", &["cli"]),
];

/// A crate that one place keeps to itself, and the beginnings of the paths that may name it.
const KEPT: &[(&str, &[&str])] = &[
    ("teloxide", &["src/platforms/telegram"]),
    ("reqwest", &["src/platforms/telegram", "src/platforms/zalo"]),
    ("sqlx", &["src/store"]),
    ("tiny_skia", &["src/export"]),
    ("ttf_parser", &["src/export"]),
    ("axum", &["src/web", "src/platforms/"]),
    ("rlimit", &["src/run/reader/limits.rs"]),
];

/// Who may start processes: whoever reads foreign files, and the demo that opens a browser.
const MAY_START_PROCESSES: [&str; 2] = ["src/run/reader/process.rs", "src/cli/demo.rs"];

/// Lines of a file: above the first it is a place to look at, above the second it has more than one reason to exist.
const LONG: usize = 400;
const TOO_LONG: usize = 600;

#[test]
fn rooms_import_only_what_the_table_allows() {
    let mut broken = Vec::new();
    for file in source::rust_files("src") {
        let room = room_of(&file.path);
        if room == "lib" {
            continue;
        }
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == room) else {
            broken.push(format!("{}: the room {room} is not in the table", file.path));
            continue;
        };
        for other in names(&file).rooms {
            if other != room && !allowed.contains(&other.as_str()) && is_room(&other) {
                broken.push(format!("{}: {room} may not import {other}", file.path));
            }
        }
    }
    assert!(broken.is_empty(), "see \"Who may import whom\" in docs/architecture.md\n{}", broken.join("\n"));
}

#[test]
fn rooms_do_not_import_each_other_in_a_ring() {
    let mut order: Vec<&str> = Vec::new();
    while let Some((room, _)) = MAY_IMPORT
        .iter()
        .find(|(room, allowed)| !order.contains(room) && allowed.iter().all(|other| order.contains(other)))
    {
        order.push(room);
    }
    let ring: Vec<_> =
        MAY_IMPORT.iter().map(|(room, _)| *room).filter(|room| !order.contains(room)).collect();
    assert!(ring.is_empty(), "each of these waits for another: {ring:?}");
}

#[test]
fn foreign_crates_stay_in_their_rooms() {
    let mut broken = Vec::new();
    for file in source::rust_files("src") {
        let named = names(&file).roots;
        for (foreign, places) in KEPT {
            if named.contains(*foreign) && !places.iter().any(|place| file.path.starts_with(place)) {
                broken.push(format!("{}: names {foreign}, which belongs to {places:?}", file.path));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn processes_are_started_in_one_place() {
    let starts = |file: &File| file.text.contains("Command::new(") || file.text.contains("process::Command");
    let found: Vec<_> = source::rust_files("src").into_iter().filter(starts).map(|file| file.path).collect();
    let mut wanted = MAY_START_PROCESSES.map(str::to_owned);
    wanted.sort();
    assert_eq!(found, wanted, "a process is started through run::reader");
}

#[test]
fn the_document_shows_the_same_table() {
    let path = source::root().join("docs/architecture.md");
    let document = std::fs::read_to_string(path).unwrap();
    let rows: BTreeSet<(String, BTreeSet<String>)> = document
        .lines()
        .skip_while(|line| !line.contains("Who may import whom"))
        .skip_while(|line| !line.starts_with("|---"))
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
            let rooms =
                cells[1].split(", ").filter(|room| *room != "nothing of ours").map(str::to_owned).collect();
            (cells[0].to_owned(), rooms)
        })
        .collect();
    let table: BTreeSet<_> = MAY_IMPORT
        .iter()
        .map(|(room, allowed)| {
            ((*room).to_owned(), allowed.iter().map(|other| (*other).to_owned()).collect())
        })
        .collect();
    let differing: Vec<_> = rows.symmetric_difference(&table).collect();
    assert!(differing.is_empty(), "docs/architecture.md and this test differ in {differing:#?}");
}

#[test]
fn files_have_one_reason_to_exist() {
    let mut broken = Vec::new();
    for file in ["src", "tests", "benches"].into_iter().flat_map(source::rust_files) {
        let lines = file.text.lines().count();
        if lines > TOO_LONG {
            broken.push(format!("{}: {lines} lines, {TOO_LONG} at most", file.path));
        } else if lines > LONG {
            println!("{}: {lines} lines, a place to look at (above {LONG})", file.path);
        }
        let says_why = file.text.starts_with("//!") || file.path.ends_with("/tests.rs");
        if !says_why {
            broken.push(format!("{}: does not begin with //!, what it is and why", file.path));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_lint_is_silenced_without_a_reason() {
    let broken: Vec<_> = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(source::rust_files)
        .filter(|file| names(file).allows)
        .map(|file| format!("{}: write #[expect(…, reason = \"…\")] instead of #[allow(…)]", file.path))
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_fence_sees_every_way_to_name_a_room() {
    let text = r#"
        use crate::{app::hear, chat};
        use super::super::planner;
        #[serde(with = "crate::wording::date")]
        #[derive(sqlx::FromRow)]
        #[allow(dead_code)]
        struct Row { of: crate::store::Store }
        mod inner { use super::super::super::web::Page; }
        fn f() { format!("{}", crate::calendar::today()); axum::serve(); }
        /// Not an import: [`crate::delivery`].
        fn g() -> super::Sibling {}
    "#;
    let seen = names(&File { path: "src/domain/row.rs".to_owned(), text: text.to_owned() });
    let rooms: Vec<_> = seen.rooms.iter().filter(|name| is_room(name)).map(String::as_str).collect();
    assert_eq!(rooms, ["app", "calendar", "chat", "domain", "planner", "store", "web", "wording"]);
    assert!(seen.roots.contains("sqlx") && seen.roots.contains("axum") && seen.allows);
}

fn is_room(name: &str) -> bool {
    MAY_IMPORT.iter().any(|(room, _)| *room == name)
}

/// `src/domain/due.rs` is in the room `domain`, `src/run.rs` is the room `run`.
fn room_of(path: &str) -> String {
    module_of(path).into_iter().next().unwrap_or_else(|| "lib".to_owned())
}

/// The path of the module that a file holds: `src/a/b.rs` is `[a, b]`, `src/a/mod.rs` is `[a]`, `src/lib.rs` is `[]`.
fn module_of(path: &str) -> Vec<String> {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
    inside.split('/').filter(|part| !matches!(*part, "mod" | "lib")).map(str::to_owned).collect()
}

/// What a file names.
#[derive(Default)]
struct Names {
    /// First modules of paths into our own crate.
    rooms: BTreeSet<String>,
    /// First words of all other paths: crates, and much else.
    roots: BTreeSet<String>,
    /// `#[allow(…)]` stands in it.
    allows: bool,
    /// The module in which the visit is.
    module: Vec<String>,
}

fn names(file: &File) -> Names {
    let tree = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
    let mut names = Names { module: module_of(&file.path), ..Names::default() };
    names.visit_file(&tree);
    names
}

impl Names {
    fn path(&mut self, parts: &[String]) {
        let Some(first) = parts.first() else { return };
        let room = match first.as_str() {
            "crate" | "giaoban" => parts.get(1).cloned(),
            "super" => self.above(parts),
            _ => {
                self.roots.insert(first.clone());
                None
            }
        };
        self.rooms.extend(room);
    }

    /// The room that `super::super::…` is in.
    fn above(&self, parts: &[String]) -> Option<String> {
        let ups = parts.iter().take_while(|part| *part == "super").count();
        let kept = self.module.len().saturating_sub(ups);
        self.module[..kept].iter().chain(&parts[ups..]).next().cloned()
    }

    fn tree(&mut self, before: &mut Vec<String>, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.tree(before, &path.tree);
                before.pop();
            }
            syn::UseTree::Name(name) => self.leaf(before, &name.ident),
            syn::UseTree::Rename(name) => self.leaf(before, &name.ident),
            syn::UseTree::Glob(_) => self.path(&before.clone()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(before, item)),
        }
    }

    fn leaf(&mut self, before: &[String], name: &syn::Ident) {
        let parts: Vec<_> = before.iter().cloned().chain([name.to_string()]).collect();
        self.path(&parts);
    }

    /// Paths in the arguments of a macro or an attribute, which have no syntax tree.
    fn tokens(&mut self, tokens: &str) {
        let text = tokens.replace(" :: ", "::").replace(":: ", "::");
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':') {
            let parts: Vec<_> = word.split("::").map(str::to_owned).collect();
            if parts.len() > 1 {
                self.path(&parts);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&mut Vec::new(), &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.path(&parts);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.tokens(&call.tokens.to_string());
        visit::visit_macro(self, call);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.allows |= list.path.is_ident("allow");
            self.tokens(&list.tokens.to_string());
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.module.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
    }
}
