//! What words mean, from `phrases.toml`.

use std::sync::OnceLock;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::key::{Key, Print};
use super::line::{Line, spelling};
use crate::vietnamese::fold_word;

/// What a phrase says. The lists are in `phrases.toml`, where each is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Tag {
    Ack,
    Received,
    Delegated,
    Started,
    HandIn,
    Doing,
    Finish,
    PastBefore,
    PastAfter,
    PastTime,
    Negation,
    NotThat,
    Unfinished,
    Future,
    Extension,
    Wish,
    Ask,
    AskEnd,
    Unable,
    NotConcerned,
    Correction,
    Withdraw,
    SameAsLast,
    Greeting,
    Aside,
    Here,
    NoFigure,
    Hedge,
    Former,
    Particle,
    Yes,
    No,
    Condition,
    Prohibition,
    Office,
    Vocative,
    Record,
    Error,
    OnTime,
    Redo,
    Elsewhere,
    Belief,
    Nothing,
    /// A slip of the tongue between two figures: "8, à không 9". Composed, in no list.
    Slip,
}

/// A phrase in a message, by its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub tag: Tag,
    pub start: usize,
    pub end: usize,
}

/// A thing that schools count, by the words for it.
#[derive(Debug, Deserialize)]
pub(super) struct Concept {
    /// Gives way to any other concept in the same words: "trẻ" in "trẻ béo phì".
    #[serde(default)]
    pub broad: bool,
    /// Words for it, folded when loaded.
    pub words: Vec<String>,
}

/// A subject of tasks, by its words and abbreviations.
#[derive(Debug, Deserialize)]
pub(super) struct Subject {
    words: Vec<String>,
    /// What schools count for it, each by one of its words.
    #[serde(default)]
    figures: Vec<String>,
}

#[derive(Deserialize, Default)]
struct File {
    #[serde(default)]
    subject: Vec<Subject>,
    spelling: FxHashMap<String, String>,
    phrases: FxHashMap<Tag, Vec<String>>,
    counted: Vec<String>,
    level: Vec<String>,
    fillers: Vec<String>,
    #[serde(default)]
    plain: Vec<String>,
    concept: Vec<Concept>,
}

/// The compiled tables.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    meant: FxHashMap<CompactString, String>,
    /// By the first folded word, as all lists here: what stands under a key is still compared word by word.
    by_first: FxHashMap<Key, Vec<Phrase>>,
    /// Nouns that follow a number that counts something.
    counted: FxHashMap<Key, Vec<Known>>,
    level: FxHashSet<String>,
    fillers: FxHashMap<Key, Vec<Known>>,
    concepts: Vec<Concept>,
    /// Words of a form → its concept, by the first folded word.
    forms: Lists,
    /// Words of a subject → its index.
    subjects: Lists,
    /// Words that change nothing of a claim.
    plain: Lists,
    /// The concepts of each subject.
    implied: Vec<Vec<usize>>,
}

/// Lists of words with the number of what they are words for, by their first word.
type Lists = FxHashMap<Key, Vec<(Vec<Known>, usize)>>;

#[derive(Debug)]
struct Phrase {
    tag: Tag,
    words: Vec<Known>,
}

/// A word of a phrase with its full spelling, without its tone, and folded: people leave out marks, but do not put
/// others (đã, dạ and da: the last may be either, the first two are not each other).
#[derive(Debug, Clone)]
pub(super) struct Known {
    key: Key,
    /// Of the full spelling, of it without its tone, and of the folded word: most comparisons end at these numbers.
    prints: [Print; 3],
    exact: bool,
    full: CompactString,
    toneless: CompactString,
    folded: CompactString,
}

impl Known {
    pub fn new(word: &str) -> Self {
        if let Some(exact) = word.strip_prefix('=') {
            let full = spelling(exact);
            return Self::spelled(full.clone(), full, fold_word(exact), true);
        }
        let full = spelling(word);
        let toneless = full.trim_end_matches(|c: char| matches!(c, '\u{300}'..='\u{36f}')).into();
        Self::spelled(toneless, full, fold_word(word), false)
    }

    fn spelled(toneless: CompactString, full: CompactString, folded: CompactString, exact: bool) -> Self {
        let prints = [&full, &toneless, &folded].map(|word| Print::of(word));
        Self { key: Key::of(&folded), prints, exact, full, toneless, folded }
    }

    /// The words of a name, without its signs.
    pub fn of_name(name: &str) -> Vec<Self> {
        crate::vietnamese::tokens(name)
            .iter()
            .filter(|t| !matches!(t.kind, crate::vietnamese::TokenKind::Sign(_)))
            .map(|t| Self::new(&name[t.start..t.end].to_lowercase()))
            .collect()
    }

    /// Whether letters are this word, with its marks or without.
    pub fn is_spelled(&self, letters: &str) -> bool {
        let spelled = spelling(letters);
        spelled == self.full || spelled == self.toneless || spelled == self.folded
    }

    /// Whether a typed word is this one.
    pub fn is(&self, word: Word) -> bool {
        if word.key != self.key {
            return false;
        }
        let [full, toneless, folded] = self.prints;
        let loose = !self.exact && !word.level;
        let spelled = |print, as_this: &str| word.print == print && word.spelled == as_this;
        word.folded == self.folded
            && (spelled(full, &self.full)
                || (loose && (spelled(toneless, &self.toneless) || spelled(folded, &self.folded))))
    }

    /// It, as typed with all its marks.
    pub fn as_word(&self) -> Word<'_> {
        let [print, ..] = self.prints;
        Word { spelled: &self.full, folded: &self.folded, level: false, key: self.key, print }
    }

    /// Whether it is one of these folded words.
    pub fn is_one_of(&self, folded: &[&str]) -> bool {
        folded.contains(&self.folded.as_str())
    }

    /// Whether it is one of these, as they are spelled with all their marks.
    pub fn is_one_of_spelled(&self, spelled: &[&str]) -> bool {
        spelled.contains(&self.full.as_str())
    }

    pub fn key(&self) -> Key {
        self.key
    }

    pub fn folded(&self) -> &str {
        &self.folded
    }
}

/// A word as typed: its spelling and its letters without marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub spelled: &'a str,
    pub folded: &'a str,
    /// It has no marks, needs none, and the words around it have theirs: "cho" is not "chờ".
    pub level: bool,
    pub key: Key,
    pub print: Print,
}

impl<'a> Word<'a> {
    /// A word by itself.
    pub fn new(spelled: &'a str, folded: &'a str) -> Self {
        Self { spelled, folded, level: false, key: Key::of(folded), print: Print::of(spelled) }
    }
}

/// The tables, loaded once.
pub(super) fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let file: File = toml::from_str(include_str!("phrases.toml")).unwrap_or_default();
        Phrases::compile(file)
    })
}

impl Phrases {
    fn compile(file: File) -> Self {
        let mut by_first: FxHashMap<Key, Vec<Phrase>> = FxHashMap::default();
        for (tag, list) in file.phrases {
            for phrase in list {
                let words: Vec<Known> = phrase.split_whitespace().map(Known::new).collect();
                let Some(first) = words.first().map(|w| w.key) else { continue };
                by_first.entry(first).or_default().push(Phrase { tag, words });
            }
        }
        let meant: FxHashMap<CompactString, String> =
            file.spelling.iter().map(|(typed, meant)| (spelling(typed), meant.clone())).collect();
        let forms = by_first_word(file.concept.iter().map(|c| &c.words), &meant);
        let subjects = by_first_word(file.subject.iter().map(|s| &s.words), &meant);
        let plain = by_first_word(std::iter::once(&file.plain), &meant);
        let mut fillers: FxHashMap<Key, Vec<Known>> = FxHashMap::default();
        for word in file.fillers.iter().flat_map(|w| w.split_whitespace()).map(Known::new) {
            fillers.entry(word.key).or_default().push(word);
        }
        let mut counted: FxHashMap<Key, Vec<Known>> = FxHashMap::default();
        for word in file.counted.iter().map(|w| Known::new(w)) {
            counted.entry(word.key).or_default().push(word);
        }
        let figures: Vec<Vec<String>> = file.subject.into_iter().map(|s| s.figures).collect();
        let mut phrases = Self {
            meant,
            by_first,
            counted,
            level: file.level.into_iter().collect(),
            fillers,
            concepts: file.concept,
            forms,
            subjects,
            plain,
            implied: vec![],
        };
        let of = |name: &String| {
            let known: Vec<Known> = name.split_whitespace().map(Known::new).collect();
            let words: Vec<Word> = known.iter().map(Known::as_word).collect();
            phrases.concepts(&words).concepts
        };
        phrases.implied = figures.iter().map(|names| names.iter().flat_map(of).collect()).collect();
        phrases
    }

    /// The subjects that words name.
    pub fn subjects(&self, words: &[Word]) -> Vec<usize> {
        let mut found: Vec<usize> = (0..words.len())
            .filter_map(|at| {
                let list = self.subjects.get(&words[at].key)?;
                let fits = list.iter().find(|(form, _)| {
                    form.len() <= words.len() - at && form.iter().zip(&words[at..]).all(|(a, b)| a.is(*b))
                })?;
                Some(fits.1)
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The words of a subject, as they are listed.
    pub fn subject_words(&self, subject: usize) -> Vec<String> {
        let forms = self.subjects.values().flatten().filter(|(_, index)| *index == subject);
        forms.map(|(form, _)| form.iter().map(|w| w.full.as_str()).collect::<Vec<_>>().join(" ")).collect()
    }

    /// The concepts that schools count for these subjects.
    pub fn implied(&self, subjects: &[usize]) -> Vec<usize> {
        subjects.iter().flat_map(|s| &self.implied[*s]).copied().collect()
    }

    /// The word meant by a chat spelling.
    pub fn meant(&self, spelled: &str) -> Option<&str> {
        self.meant.get(spelled).map(String::as_str)
    }

    /// Whether a word is one of those that are whole without any mark.
    pub fn is_level(&self, spelled: &str) -> bool {
        self.level.contains(spelled)
    }

    /// Whether a word is a noun that follows numbers.
    pub fn is_counted(&self, word: Option<Word>) -> bool {
        let list = |w: &Word| self.counted.get(&w.key).into_iter().flatten();
        word.is_some_and(|w| list(&w).any(|known| known.is(w)))
    }

    /// How many of these words, from the first on, change nothing of a claim: the longest entry; 0 for none.
    pub fn plain(&self, words: &[Word]) -> usize {
        let list = words.first().and_then(|w| self.plain.get(&w.key));
        let fits =
            |form: &[Known]| form.len() <= words.len() && form.iter().zip(words).all(|(a, b)| a.is(*b));
        list.into_iter().flatten().find(|(form, _)| fits(form)).map_or(0, |(form, _)| form.len())
    }

    /// Whether a word says nothing about what is counted.
    pub fn is_filler(&self, word: Word) -> bool {
        self.fillers.get(&word.key).is_some_and(|list| list.iter().any(|known| known.is(word)))
    }

    /// Whether some phrase stands at a word of a message.
    pub fn begins_a_phrase(&self, line: &Line, at: usize) -> bool {
        self.by_first.get(&line.key(at)).into_iter().flatten().any(|phrase| {
            phrase.words.iter().enumerate().all(|(n, word)| line.word(at + n).is_some_and(|w| word.is(w)))
        })
    }

    /// The phrases in a message in its order. A longer phrase hides those inside it: "gần xong" is no "xong".
    pub fn find(&self, line: &Line) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for at in 0..line.len() {
            for phrase in self.by_first.get(&line.key(at)).into_iter().flatten() {
                let fits = phrase
                    .words
                    .iter()
                    .enumerate()
                    .all(|(n, word)| line.word(at + n).is_some_and(|w| word.is(w)));
                if fits && !breaks(line, at, at + phrase.words.len()) {
                    hits.push(Hit { tag: phrase.tag, start: at, end: at + phrase.words.len() });
                }
            }
        }
        let all = hits.clone();
        hits.retain(|h| {
            !all.iter().any(|o| o.start <= h.start && h.end <= o.end && o.end - o.start > h.end - h.start)
        });
        hits.sort_by_key(|h| (h.start, h.end, h.tag));
        hits.dedup();
        hits.retain(|h| h.tag != Tag::Nothing);
        hits
    }

    /// The concepts named by folded words: the longest forms, the broad ones only where there is no other. With the
    /// number of words that belong to none.
    pub fn concepts(&self, words: &[Word]) -> Meaning {
        let mut meaning = Meaning::default();
        let mut at = 0;
        while at < words.len() {
            let found = self.forms.get(&words[at].key).into_iter().flatten().find(|(form, _)| {
                form.len() <= words.len() - at && form.iter().zip(&words[at..]).all(|(a, b)| a.is(*b))
            });
            match found {
                Some((form, concept)) => {
                    if !meaning.concepts.contains(concept) {
                        meaning.concepts.push(*concept);
                    }
                    at += form.len();
                }
                None => {
                    // The name of the task's subject names no figure: "ca sxh".
                    let subject =
                        self.subjects.get(&words[at].key).into_iter().flatten().find(|(form, _)| {
                            form.len() <= words.len() - at
                                && form.iter().zip(&words[at..]).all(|(a, b)| a.is(*b))
                        });
                    if subject.is_none() && !self.is_filler(words[at]) {
                        meaning.others += 1;
                    }
                    at += subject.map_or(1, |(form, _)| form.len());
                }
            }
        }
        if meaning.concepts.iter().any(|c| !self.concepts[*c].broad) {
            meaning.concepts.retain(|c| !self.concepts[*c].broad);
        }
        meaning
    }

    /// Whether a concept is broad.
    pub fn is_broad(&self, concept: usize) -> bool {
        self.concepts[concept].broad
    }
}

/// What words name.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    /// Indices of concepts.
    pub concepts: Vec<usize>,
    /// Words that belong to none and are no fillers.
    pub others: usize,
}

/// Lists of words by their first folded word, the longest first.
fn by_first_word<'a>(
    lists: impl Iterator<Item = &'a Vec<String>>,
    meant: &FxHashMap<CompactString, String>,
) -> Lists {
    // As a message is read: in "nhà vs" the second word is "với".
    let word = |typed: &str| Known::new(meant.get(&spelling(typed)).map_or(typed, String::as_str));
    let mut forms = Lists::default();
    for (index, list) in lists.enumerate() {
        for form in list {
            let words: Vec<Known> = form.split_whitespace().map(word).collect();
            let Some(first) = words.first().map(|w| w.key) else { continue };
            forms.entry(first).or_default().push((words, index));
        }
    }
    for list in forms.values_mut() {
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    forms
}

/// A phrase does not run across the end of a line.
fn breaks(line: &Line, start: usize, end: usize) -> bool {
    (start + 1..end).any(|at| line.begins_line(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Vec<Tag> {
        phrases()
            .find(&Line::new(text))
            .iter()
            .map(|h| h.tag)
            .filter(|t| !matches!(t, Tag::Particle | Tag::AskEnd))
            .collect()
    }

    #[test]
    fn the_file_is_well_formed() {
        let file: File = toml::from_str(include_str!("phrases.toml")).unwrap();
        assert!(file.concept.len() > 40);
        assert!(file.phrases.values().all(|list| !list.is_empty()));
    }

    #[test]
    fn marks_left_out_count_and_other_marks_do_not() {
        assert_eq!(tags("đã nộp"), [Tag::PastBefore, Tag::HandIn]);
        assert!(tags("da nop").contains(&Tag::PastBefore));
        assert!(!tags("dạ nộp").contains(&Tag::PastBefore));
    }

    #[test]
    fn a_longer_phrase_hides_what_is_in_it() {
        assert_eq!(tags("gần xong"), [Tag::Unfinished]);
        assert_eq!(tags("chưa xong"), [Tag::Negation, Tag::Finish]);
    }

    #[test]
    fn narrow_words_win_over_broad_ones() {
        let of = |text: &str| {
            let line = Line::new(text);
            let words: Vec<Word> = (0..line.len()).filter_map(|at| line.word(at)).collect();
            phrases().concepts(&words).concepts
        };
        assert_eq!(of("tre beo phi"), of("bp"));
        assert_eq!(of("so chau"), of("tong so tre"));
        assert_ne!(of("nhe can"), of("can do"));
        assert!(of("cả chị").is_empty());
    }
}
