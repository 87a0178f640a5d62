//! Names of schools in a text, over the register of one office.
//!
//! A name is compared without marks, case and the words for its kind: "Trường Mầm non Hoa Sen 1", "MN hoa sen 1" and
//! "hoa sen 1" have one core. A name of one word, or of numbers only (20/10), counts only behind such a word.

mod bounds;
mod sender;

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;
use std::sync::Arc;

pub use sender::spelled_name;

use rustc_hash::FxHashMap;

use bounds::{goes_beyond, stands_alone};

use super::alike::Alike;
use super::key::Key;
use super::line::Line;
use super::shapes::shapes;
use super::titles::{Kind, is_number, kind_of, name_end, name_words, same_number, spelled_core, title_at};
use crate::domain::{OfficeId, School, SchoolId, SchoolKind, Scope};
use crate::vietnamese::{TokenKind, fold_words};

/// How alike a misspelt name must be (Dice over pairs of letters), and how much more than the next best.
const ALIKE: f64 = 0.7;
const GAP: f64 = 0.1;

/// The schools of an office by all their names. Built once an office, and again when its register changes.
#[derive(Debug, Clone, Default)]
pub struct SchoolIndex {
    cores: Vec<Core>,
    /// The cores by their first word and the second, the longest first.
    by_first: FxHashMap<String, FxHashMap<Option<Key>, Vec<usize>>>,
    /// The numbers that names have, each with a number of its own.
    numbers: FxHashMap<String, usize>,
    /// The cores by their letters, in their order.
    alike: Alike,
    schools: Arc<Vec<School>>,
    /// Without a register: what has the shape of a name in the one message that the index was made for.
    shapes: Option<Vec<Found>>,
}

/// A name without the words for its kind, and the schools that have it.
#[derive(Debug, Clone)]
struct Core {
    words: Vec<String>,
    /// Its words as numbers, for looking past most of the names that begin alike.
    keys: Vec<Key>,
    /// How many of its words stand before its number.
    led_by: usize,
    /// Which of the index's numbers it has.
    numbered: usize,
    owners: Vec<Owner>,
}

impl Core {
    fn new(words: Vec<String>, numbered: usize, owner: Owner) -> Self {
        let keys = words.iter().map(|word| Key::of(word)).collect();
        let led_by = words.iter().take_while(|word| !is_number(word)).count();
        Self { words, keys, led_by, numbered, owners: vec![owner] }
    }
}

/// The numbers in a name.
fn numbers_in(words: &[String]) -> String {
    let numbers: Vec<&str> = words.iter().map(String::as_str).filter(|w| is_number(w)).collect();
    numbers.join(" ")
}

/// What a second word is looked up by: 01 is 1.
fn second_key(word: &str) -> Key {
    Key::of(if is_number(word) { word.trim_start_matches('0') } else { word })
}

#[derive(Debug, Clone, PartialEq)]
struct Owner {
    school: SchoolId,
    kind: Option<Kind>,
    /// The name as spelled, with marks.
    spelled: String,
}

/// A school named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The tokens of the name, the words for its kind included.
    pub tokens: Range<usize>,
    /// Which school.
    pub who: Who,
}

/// Which school a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// One; `sure` is false for a misspelt name.
    One {
        /// The school.
        id: SchoolId,
        /// Its letters agree.
        sure: bool,
    },
    /// Several have this name.
    Several(Vec<SchoolId>),
    /// None has it; the nearest.
    Unknown(Vec<SchoolId>),
}

impl Who {
    /// The school, when it is one.
    #[must_use]
    pub fn one(&self) -> Option<SchoolId> {
        match self {
            Self::One { id, .. } => Some(*id),
            _ => None,
        }
    }
}

impl SchoolIndex {
    /// The index of a register.
    pub fn new<'a>(schools: impl IntoIterator<Item = &'a School>) -> Self {
        Self::of(&Arc::new(schools.into_iter().cloned().collect()))
    }

    /// The index of a register, which it shares.
    #[must_use]
    pub fn of(schools: &Arc<Vec<School>>) -> Self {
        let mut index = Self { schools: Arc::clone(schools), ..Self::default() };
        for school in schools.iter() {
            for name in [&school.name, &school.short_name].into_iter().chain(&school.aliases) {
                index.add(school.id, name);
            }
            index.add_exact(school.id, &school.code);
        }
        index
    }

    /// The index of one message where there is no register: the names in it by their shape, as they are written there.
    #[must_use]
    pub fn by_shape(text: &str) -> Self {
        let line = Line::new(text);
        let mut cores: Vec<(String, String)> = Vec::new();
        let mut found = Vec::new();
        let mut schools: Vec<School> = Vec::new();
        for shape in shapes(&line) {
            let printed = line.printed(shape.tokens.clone());
            let words = name_words(printed);
            let (_, prefix) = kind_of(&words);
            let core = words[prefix..].join(" ");
            // TH Lê Lợi and THCS Lê Lợi are two: both say what they are.
            let titles = words[..prefix].join(" ");
            let same = |known: &(String, String)| {
                known.1 == core
                    && (known.0 == titles
                        || !is_level(&known.0)
                        || !is_level(&titles)
                        || level(&known.0) == level(&titles))
            };
            let at = cores.iter().position(same).unwrap_or_else(|| {
                cores.push((titles, core));
                schools.push(unregistered(cores.len(), printed));
                cores.len() - 1
            });
            found
                .push(Found { tokens: shape.tokens, who: Who::One { id: schools[at].id, sure: shape.sure } });
        }
        Self { schools: Arc::new(schools), shapes: Some(found), ..Self::default() }
    }

    /// Whether it was made of this very register.
    #[must_use]
    pub fn is_of(&self, schools: &Arc<Vec<School>>) -> bool {
        Arc::ptr_eq(&self.schools, schools)
    }

    /// The short name of a school; empty for one that it does not have.
    #[must_use]
    pub fn short_name(&self, id: SchoolId) -> &str {
        self.schools.iter().find(|s| s.id == id).map_or("", |s| s.short_name.as_str())
    }

    /// The schools in a scope.
    pub(super) fn in_scope<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = SchoolId> + 'a {
        self.schools.iter().filter(|s| scope.holds(s)).map(|s| s.id)
    }

    /// The cluster that a text means, as the register writes it: `cụm 1` is "Cụm 1" or "1".
    pub(super) fn cluster(&self, text: &str) -> Option<String> {
        let typed = fold_words(text);
        let bare = typed.strip_prefix("cum ")?.to_owned();
        let mut clusters = self.schools.iter().map(|s| &s.cluster).filter(|c| !c.is_empty());
        clusters.find(|c| [typed.as_str(), bare.as_str()].contains(&fold_words(c).as_str())).cloned()
    }

    /// The ward that a text means, as the register writes it.
    pub(super) fn ward(&self, text: &str) -> Option<String> {
        let bare = |s: &str| {
            let folded = fold_words(s);
            let kinds = ["phuong ", "xa ", "thi tran ", "dac khu ", "p ", "x ", "tt "];
            kinds.iter().find_map(|k| folded.strip_prefix(k)).unwrap_or(&folded).to_owned()
        };
        let typed = bare(text);
        if typed == fold_words(text) {
            return None;
        }
        self.schools.iter().map(|s| &s.ward).find(|w| !w.is_empty() && bare(w) == typed).cloned()
    }

    fn add(&mut self, school: SchoolId, name: &str) {
        let words = name_words(name);
        let (kind, prefix) = kind_of(&words);
        self.insert(school, words[prefix..].to_vec(), kind, name);
    }

    fn add_exact(&mut self, school: SchoolId, code: &str) {
        // A code such as MN001 is one word; it is no name and never misspelt into one.
        let words = name_words(code);
        if words.len() == 2 {
            self.insert(school, words, None, code);
        }
    }

    fn insert(&mut self, school: SchoolId, words: Vec<String>, kind: Option<Kind>, name: &str) {
        let Some(first) = words.first().cloned() else { return };
        let owner = Owner { school, kind, spelled: spelled_core(name, words.len()) };
        let second = words.get(1).map(|word| second_key(word));
        let same = self.beginning(&first, second).find(|c| self.cores[*c].words == words);
        match same {
            Some(core) => {
                let owners = &mut self.cores[core].owners;
                if !owners.contains(&owner) {
                    owners.push(owner);
                }
            }
            None => {
                let joined = words.concat();
                let at = self.cores.len();
                self.alike.add(&joined);
                let next = self.numbers.len();
                let numbered = *self.numbers.entry(numbers_in(&words)).or_insert(next);
                self.cores.push(Core::new(words, numbered, owner));
                let list = self.by_first.entry(first).or_default().entry(second).or_default();
                list.push(at);
                list.sort_by_key(|c| std::cmp::Reverse(self.cores[*c].words.len()));
            }
        }
    }

    /// The names that begin with these two words, the longest first, and behind them the one that is the first word alone.
    fn beginning(&self, first: &str, second: Option<Key>) -> impl Iterator<Item = usize> + '_ {
        let lists = self.by_first.get(first);
        let of = move |second| lists.and_then(|lists| lists.get(&second)).into_iter().flatten().copied();
        let alone = second.is_some().then(|| of(None)).into_iter().flatten();
        of(second).chain(alone)
    }

    /// The names whose first two words stand here; signs may stand between them.
    fn beginning_at(&self, line: &Line, start: usize) -> impl Iterator<Item = usize> + '_ {
        self.beginning(line.folded(start), Some(second_key(line.folded(past_joints(line, start + 1)))))
    }

    /// The school that a name alone means, as an argument of a command gives it.
    #[must_use]
    pub fn lookup(&self, name: &str) -> Who {
        let words = name_words(name);
        let (kind, prefix) = kind_of(&words);
        let core = &words[prefix..];
        let spelled = spelled_core(name, core.len());
        let second = core.get(1).map(|word| second_key(word));
        let mut exact = core.first().into_iter().flat_map(|first| self.beginning(first, second));
        if let Some(found) = exact.find(|c| self.cores[*c].words == core) {
            return self.among(found, kind, &spelled);
        }
        let longer: Vec<SchoolId> = self.begin_with(core);
        if longer.len() > 1 && core.len() > 1 {
            return Who::Several(longer);
        }
        self.alike(core)
    }

    /// The schools named in a text, in its order, none over another.
    pub(super) fn find(&self, line: &Line) -> Vec<Found> {
        if let Some(shapes) = &self.shapes {
            return shapes.iter().filter(|f| f.tokens.end <= line.len()).cloned().collect();
        }
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < line.len() {
            match self.named_at(line, at) {
                Some(name) => {
                    at = name.tokens.end;
                    found.push(name);
                }
                None => at += 1,
            }
        }
        found
    }

    fn named_at(&self, line: &Line, at: usize) -> Option<Found> {
        if !line.is_word(at) && line.number(at).is_none() {
            return None;
        }
        let (kind, start, titled) = title_at(line, at);
        let mut codes = titled.then(|| self.beginning_at(line, at)).into_iter().flatten();
        let code = codes.find_map(|c| {
            let end = self.core_ends(line, at, &self.cores[c])?;
            line.is_glued(end - 1).then_some((c, end))
        });
        if let Some((core, end)) = code {
            return Some(Found { tokens: at..end, who: self.among(core, None, "") });
        }
        let core = self.beginning_at(line, start).find_map(|c| {
            let core = &self.cores[c];
            let end = self.core_ends(line, start, core)?;
            (titled || stands_alone(line, start, end, core)).then_some((c, end))
        });
        if let Some((_, end)) = core
            && let Some(beyond) = goes_beyond(line, start, end)
        {
            let words: Vec<String> = (start..beyond).map(|n| line.folded(n).to_owned()).collect();
            return Some(Found { tokens: at..beyond, who: Who::Unknown(self.nearest(&words)) });
        }
        if let Some((core, end)) = core {
            let spelled: Vec<&str> = (start..end)
                .filter(|n| !matches!(line.tokens[*n].kind, TokenKind::Sign(_)))
                .map(|n| line.spelled[n].as_str())
                .collect();
            return Some(Found { tokens: at..end, who: self.among(core, kind, &spelled.join(" ")) });
        }
        if !titled && !line.tokens[start].capital {
            return self.several_at(line, at, start, titled);
        }
        if let Some(found) = self.several_at(line, at, start, titled) {
            return Some(found);
        }
        if titled { self.misspelt_at(line, at, start) } else { None }
    }

    /// The token after the core that begins at `start`.
    fn core_ends(&self, line: &Line, start: usize, core: &Core) -> Option<usize> {
        let mut at = start;
        for (n, (word, key)) in core.words.iter().zip(&core.keys).enumerate() {
            if n > 0 {
                at = past_joints(line, at);
            }
            let same = line.key(at) == *key && line.folded(at) == word;
            if !same && !same_number(line.folded(at), word) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// "Hoa Sen" where there are Hoa Sen 1 and Hoa Sen 2.
    fn several_at(&self, line: &Line, at: usize, start: usize, titled: bool) -> Option<Found> {
        let mut longest: Option<(usize, Vec<SchoolId>)> = None;
        for core in self.beginning_at(line, start).map(|c| &self.cores[c]) {
            if core.led_by == core.words.len() || core.led_by < 2 {
                continue;
            }
            let (names, end) = (&core.words[..core.led_by], start + core.led_by);
            let fits = (start..end).zip(&core.keys).all(|(at, key)| line.key(at) == *key)
                && (start..end).zip(names).all(|(at, word)| line.folded(at) == word);
            if !fits || !(titled || stands_alone(line, start, end, core)) {
                continue;
            }
            let ids = core.owners.iter().map(|o| o.school);
            match &mut longest {
                Some((best, list)) if *best == end => list.extend(ids),
                Some((best, _)) if *best > end => {}
                _ => longest = Some((end, ids.collect())),
            }
        }
        let (end, mut ids) = longest?;
        ids.sort();
        ids.dedup();
        Some(Found { tokens: at..end, who: Who::Several(ids) })
    }

    /// A name behind "trường", "MN", which the register does not have.
    fn misspelt_at(&self, line: &Line, at: usize, start: usize) -> Option<Found> {
        let end = name_end(line, start);
        if end == start {
            return None;
        }
        let mut best: Option<(f64, usize, Who)> = None;
        for end in start + 1..=end {
            let words: Vec<String> = (start..end).map(|n| line.folded(n).to_owned()).collect();
            if let (who @ (Who::One { .. } | Who::Several(_)), score) = self.rank(&words)
                && best.as_ref().is_none_or(|(top, ..)| score > *top)
            {
                best = Some((score, end, who));
            }
        }
        if let Some((_, end, who)) = best {
            return Some(Found { tokens: at..end, who });
        }
        // Only what is written as a name is an unknown school: "trường chuẩn" is none.
        let dated =
            line.number(start).is_some() && line.is_glued(start + 1) && line.number(start + 2).is_some();
        let capital = line.tokens[start].capital || dated;
        let end = if dated { end } else { (start..end).find(|n| !line.tokens[*n].capital).unwrap_or(end) };
        let words: Vec<String> =
            (start..end).map(|n| line.folded(n).to_owned()).filter(|w| w != "/" && w != "-").collect();
        capital.then(|| Found { tokens: at..end, who: Who::Unknown(self.nearest(&words)) })
    }

    fn alike(&self, core: &[String]) -> Who {
        match self.rank(core) {
            (Who::Unknown(_), _) => Who::Unknown(self.nearest(core)),
            (who, _) => who,
        }
    }

    /// The school whose name is alike enough, by a gap; several when they are too close.
    fn rank(&self, words: &[String]) -> (Who, f64) {
        // A number is never misspelt: Hoa Sen 1 is not Hoa Sen 2.
        let numbers = self.numbers.get(&numbers_in(words));
        let joined = words.concat();
        let Some(numbers) = numbers.filter(|_| joined.len() >= 4) else {
            return (Who::Unknown(vec![]), 0.0);
        };
        let mut top = 0.0;
        let mut scores: Vec<(f64, SchoolId)> = Vec::new();
        for (core, score) in self.alike.scores(&joined) {
            let core = &self.cores[core];
            // What is so far behind one of the others decides nothing.
            if top - score >= GAP {
                continue;
            }
            if core.numbered != *numbers {
                continue;
            }
            top = score.max(top);
            scores.extend(core.owners.iter().map(|o| (score, o.school)));
        }
        if top < ALIKE {
            return (Who::Unknown(vec![]), top);
        }
        let mut close: Vec<SchoolId> =
            scores.iter().filter(|(s, _)| top - s < GAP).map(|(_, id)| *id).collect();
        close.sort();
        close.dedup();
        match close[..] {
            [] => (Who::Unknown(vec![]), top),
            [id] => (Who::One { id, sure: false }, top),
            _ => (Who::Several(close), top),
        }
    }

    fn nearest(&self, words: &[String]) -> Vec<SchoolId> {
        let joined = words.concat();
        // Those that are equally alike in the order of the register.
        let alike = self.alike.scores(&joined).into_iter().filter(|(_, score)| *score >= 0.4);
        let mut alike: BinaryHeap<Near> = alike.map(|(core, score)| Near { score, core }).collect();
        let mut ids: Vec<SchoolId> = Vec::new();
        while ids.len() < 3
            && let Some(Near { core, .. }) = alike.pop()
        {
            for owner in &self.cores[core].owners {
                if !ids.contains(&owner.school) && ids.len() < 3 {
                    ids.push(owner.school);
                }
            }
        }
        ids
    }

    fn begin_with(&self, core: &[String]) -> Vec<SchoolId> {
        let longer = self.cores.iter().filter(|c| c.words.len() > core.len() && c.words.starts_with(core));
        let mut ids: Vec<SchoolId> = longer.flat_map(|c| c.owners.iter().map(|o| o.school)).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// Of the schools with one core, the one whose kind or marks are those typed.
    fn among(&self, core: usize, kind: Option<Kind>, spelled: &str) -> Who {
        let owners = &self.cores[core].owners;
        let ids = |keep: &dyn Fn(&Owner) -> bool| {
            let mut ids: Vec<SchoolId> = owners.iter().filter(|o| keep(o)).map(|o| o.school).collect();
            ids.sort();
            ids.dedup();
            ids
        };
        let of_kind = |o: &Owner| kind.is_none_or(|k| k == Kind::Other || o.kind.is_none_or(|own| own == k));
        let plain = spelled.is_ascii();
        for keep in [
            &(|o: &Owner| of_kind(o) && (plain || o.spelled == spelled)) as &dyn Fn(&Owner) -> bool,
            &of_kind,
            &|_| true,
        ] {
            match ids(keep)[..] {
                [] => {}
                [id] => return Who::One { id, sure: true },
                _ => return Who::Several(ids(keep)),
            }
        }
        Who::Unknown(vec![])
    }
}

/// The next token that is none of the signs within a name: the 10 of 20/10.
fn past_joints(line: &Line, mut at: usize) -> usize {
    while ['/', '-', '.'].iter().any(|sign| line.is_sign(at, *sign)) {
        at += 1;
    }
    at
}

/// A name and how alike it is; of two that are equally alike the first one counts more.
#[derive(Debug, PartialEq)]
struct Near {
    score: f64,
    core: usize,
}

impl Eq for Near {}

impl Ord for Near {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then(other.core.cmp(&self.core))
    }
}

impl PartialOrd for Near {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Which level of schools the words for a kind say: kindergartens are one, however they are called.
fn level(titles: &str) -> u8 {
    let has = |words: &[&str]| titles.split(' ').any(|t| words.contains(&t));
    if has(&["thcs", "co"]) {
        2
    } else if has(&["th", "tieu"]) {
        1
    } else {
        0
    }
}

/// Whether the words say a level at all: "trường" says none.
fn is_level(titles: &str) -> bool {
    level(titles) > 0 || ["mn", "mg", "mam", "mau", "mntt"].iter().any(|t| titles.split(' ').any(|w| w == *t))
}

/// A school that no register has.
fn unregistered(number: usize, name: &str) -> School {
    School {
        id: SchoolId::new(uuid::Uuid::from_u128(number as u128)),
        office: OfficeId::new(uuid::Uuid::nil()),
        code: String::new(),
        name: name.to_owned(),
        short_name: name.to_owned(),
        aliases: vec![],
        kind: SchoolKind::Public,
        ward: String::new(),
        cluster: String::new(),
        principal: String::new(),
        phone: String::new(),
        opened_on: None,
        closed_on: None,
        enrolment: None,
    }
}

#[cfg(test)]
mod tests;
