//! How well words name a field of a form.

use std::sync::OnceLock;

use super::key::{Key, Sieve};
use super::line::Line;
use super::phrases::{Known, Meaning, Word, phrases};
use super::stretches::Stretch;
use crate::domain::{Field, Form};
use crate::vietnamese::fold_words;

/// The score from which a whole name stands in the words.
pub(super) const NAMED: usize = 100;

#[derive(Debug, Clone)]
pub(super) struct FieldNames {
    pub field: Field,
    pub names: Vec<Vec<Known>>,
    /// Words of the label that tell it from others.
    pub content: Vec<Known>,
    pub initials: Vec<String>,
    pub meaning: Meaning,
    /// What the title of the task says of those that it counts.
    pub also: Vec<usize>,
    /// The label says what is not: "chưa tiêm", "không đạt".
    pub denied: bool,
    /// It counts the cases of an illness, by whose name it is called too.
    pub ill: bool,
    /// Its label and its other names in the form, each folded, whole and as words.
    pub labels: Vec<(String, Vec<String>)>,
    /// What words that may name it have one of; [`Self::sift`] makes it when all its names are known.
    sieve: Sieve,
}

impl FieldNames {
    pub fn new(field: &Field) -> Self {
        let mut names: Vec<Vec<Known>> =
            std::iter::once(&field.label).chain(&field.aliases).map(|n| Known::of_name(n)).collect();
        // "số hoàn thành" is typed without its "số".
        let bare = names[0]
            .iter()
            .skip_while(|w| w.is_one_of(&["so", "tong", "luong"]))
            .cloned()
            .collect::<Vec<_>>();
        if bare.len() > 1 && bare.len() < names[0].len() {
            names.push(bare);
        }
        let content = names[0].iter().filter(|w| !phrases().is_filler(w.as_word())).cloned().collect();
        let initials = names.iter().flat_map(|name| initials(name)).collect();
        let label = Line::new(&field.label);
        let typed: Vec<Word> = (0..label.len()).filter_map(|at| label.word(at)).collect();
        // "Chưa", not the "chữa" of "bình chữa cháy".
        let denied = names[0].iter().any(|w| denies(w.folded()) && !w.is_one_of_spelled(&["chưa\u{303}"]));
        let meaning = phrases().concepts(&typed);
        let labels = std::iter::once(&field.label).chain(&field.aliases).map(|name| fold_words(name));
        let labels = labels
            .filter(|name| !name.is_empty())
            .map(|name| (name.clone(), name.split(' ').map(str::to_owned).collect()))
            .collect();
        let field = field.clone();
        Self {
            field,
            names,
            content,
            initials,
            meaning,
            also: vec![],
            denied,
            ill: false,
            labels,
            sieve: Sieve::OPEN,
        }
    }

    /// Works out what to look past, when it gets no more names.
    pub fn sift(&mut self) {
        let mut sieve = Sieve::default();
        self.names.iter().flatten().for_each(|known| sieve.add(known.key()));
        self.initials.iter().for_each(|initials| sieve.add(Key::of(initials)));
        sieve.add_meanings(&self.meaning.concepts);
        sieve.add_meanings(&self.also);
        self.sieve = sieve;
    }

    /// "Tổng số trẻ nữ", "tổng số trẻ khuyết tật" for "tổng số trẻ": words beside the name that leave some out.
    fn is_limited(&self, meaning: &Meaning) -> bool {
        const LIMITS: [&str; 13] = [
            "nữ",
            "nam",
            "dân tộc",
            "khuyết tật",
            "nhà trẻ",
            "mẫu giáo",
            "3 tuổi",
            "4 tuổi",
            "5 tuổi",
            "hộ nghèo",
            "cận nghèo",
            "mồ côi",
            "bán trú",
        ];
        static CONCEPTS: OnceLock<Vec<usize>> = OnceLock::new();
        let limits = CONCEPTS.get_or_init(|| {
            let of = |limit: &&str| {
                let known = Known::of_name(limit);
                let words: Vec<Word> = known.iter().map(Known::as_word).collect();
                phrases().concepts(&words).concepts
            };
            LIMITS.iter().flat_map(of).collect()
        });
        let total = self.names.iter().any(|name| name.iter().any(|w| w.is_one_of(&["tong", "ts"])));
        let own = |concept: &usize| self.meaning.concepts.contains(concept) || self.also.contains(concept);
        total && meaning.concepts.iter().any(|c| limits.contains(c) && !own(c))
    }

    /// Whether this is its label or another of its names, with or without "số" in front.
    pub fn is_called(&self, name: &str) -> bool {
        let typed = Known::of_name(name);
        let same = |own: &Vec<Known>| {
            own.len() == typed.len() && own.iter().zip(&typed).all(|(a, b)| a.folded() == b.folded())
        };
        self.names.iter().any(same)
    }

    /// One more name.
    pub fn call(&mut self, name: &str) {
        self.names.push(Known::of_name(name));
    }

    /// How well words name this field; 0 for not at all.
    pub fn score(&self, stretch: &Stretch) -> usize {
        if !self.sieve.meets(stretch.sieve) {
            return 0;
        }
        let Stretch { typed, content, meaning, .. } = stretch;
        // "chưa tiêm đủ 15" is none of those who are.
        if stretch.denies != self.denied {
            return 0;
        }
        if self.denied && typed.iter().all(|w| denies(w.folded)) && !typed.is_empty() {
            return 30;
        }
        // What the office calls it means nothing else, whatever lists have of its letters.
        let whole = |name: &&Vec<Known>| {
            name.len() == typed.len() && name.iter().zip(typed).all(|(known, word)| known.is(*word))
        };
        if let Some(name) = self.names.iter().find(whole).filter(|name| !name.is_empty()) {
            return NAMED + 10 * name.len();
        }
        let run = self.names.iter().filter(|name| !name.is_empty() && holds(typed, name)).map(Vec::len).max();
        let same = !meaning.concepts.is_empty()
            && (meaning.concepts == self.meaning.concepts
                || !self.also.is_empty() && meaning.concepts.iter().all(|c| self.also.contains(c)));
        let other = !meaning.concepts.is_empty() && !self.meaning.concepts.is_empty() && !same;
        if run.is_some() && self.is_limited(meaning) {
            return 0;
        }
        // "1 bé sởi" is a case.
        let child = self.ill && meaning.concepts.iter().all(|c| phrases().is_broad(*c));
        if let Some(len) = run.filter(|len| !other || *len > 1 || child) {
            // "trẻ mới đến" is not "trẻ": words that nobody knows make a short name doubtful.
            let covered = content.len() <= len + meaning.others.min(1);
            return if covered || len > 1 { NAMED + 10 * len } else { 0 };
        }
        if same {
            return 80;
        }
        // "cô dự thi" for "giáo viên giỏi dự thi": nothing that the field does not name.
        let within = !meaning.concepts.is_empty()
            && meaning.concepts.iter().all(|c| self.meaning.concepts.contains(c))
            && meaning.concepts.iter().any(|c| !phrases().is_broad(*c));
        if within {
            return 60;
        }
        // "giáo viên dự thi", "ca mới ở lớp" for giáo viên, ca mắc: all that the field names, and more.
        let names_all = !self.meaning.concepts.is_empty()
            && self.meaning.concepts.iter().all(|c| meaning.concepts.contains(c));
        if names_all {
            return 40;
        }
        if other {
            return 0;
        }
        if let [only] = content[..]
            && self.initials.iter().any(|i| i == only.folded)
        {
            return 90;
        }
        // "24 cam" for camera.
        if let [only] = content[..]
            && meaning.concepts.is_empty()
            && only.folded.len() >= 3
            && self
                .content
                .iter()
                .any(|c| c.folded().len() > only.folded.len() + 1 && c.folded().starts_with(only.folded))
        {
            return 25;
        }
        let known = !content.is_empty() && content.iter().all(|w| self.content.iter().any(|c| c.is(*w)));
        if known && meaning.concepts.is_empty() { 20 + content.len() } else { 0 }
    }
}

/// Whether a word of an office's own may stand for something: letters in it, four words at most, and none of every message.
#[must_use]
pub fn may_be_own_word(word: &str) -> bool {
    let words = Known::of_name(word);
    let letters = word.chars().any(char::is_alphabetic) && word.chars().count() <= 40;
    letters && (1..=4).contains(&words.len()) && !words.iter().all(|w| phrases().is_filler(w.as_word()))
}

/// Whether a field of a form is called so.
#[must_use]
pub fn field_called<'f>(form: &'f Form, name: &str) -> Option<&'f Field> {
    form.fields.iter().find(|field| FieldNames::new(field).is_called(name))
}

/// Whether a form asks for those who are not yet: "chưa tiêm".
pub(super) fn asks_who_is_not(form: &Form) -> bool {
    form.fields.iter().any(|f| f.label.split(' ').any(|w| matches!(w, "chưa" | "Chưa" | "CHƯA")))
}

/// "chưa", "không".
pub(super) fn denies(folded: &str) -> bool {
    matches!(folded, "chua" | "khong")
}

/// Whether a name stands in the words as it is.
fn holds(typed: &[Word], name: &[Known]) -> bool {
    typed.windows(name.len()).any(|window| window.iter().zip(name).all(|(w, k)| k.is(*w)))
}

/// First letters of a name, with and without its words that say nothing: "tổng số trẻ" is tst and ts.
fn initials(name: &[Known]) -> Vec<String> {
    let first =
        |words: Vec<&Known>| words.iter().filter_map(|w| w.folded().chars().next()).collect::<String>();
    let all = first(name.iter().collect());
    let content = first(name.iter().filter(|w| !phrases().is_filler(w.as_word())).collect());
    [all, content].into_iter().filter(|i| i.len() >= 2).collect()
}

/// "8 ca", "8 em": a unit whatever is counted.
pub(super) fn is_case(unit: &[Word]) -> bool {
    matches!(unit, [only] if matches!(only.folded, "ca" | "em" | "ban"))
}

/// Whether the words name no more than a unit ("trẻ", "cháu").
pub(super) fn is_unit(line: &Line, at: &[usize]) -> bool {
    is_child(&phrases().concepts(&words(line, at)))
}

/// Whether the words name children and nothing else.
pub(super) fn is_child(meaning: &Meaning) -> bool {
    static CHILD: OnceLock<Vec<usize>> = OnceLock::new();
    let child = CHILD.get_or_init(|| phrases().concepts(&[Word::new("tre", "tre")]).concepts);
    !meaning.concepts.is_empty() && meaning.concepts == *child
}

pub(super) fn words<'l>(line: &'l Line, at: &[usize]) -> Vec<Word<'l>> {
    at.iter().filter_map(|n| line.word(*n)).collect()
}
