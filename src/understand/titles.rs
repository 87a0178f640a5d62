//! The words for a kind of school, and where a name behind one ends.

use compact_str::CompactString;

use super::key::{Key, words};
use super::line::{Line, spelling};
use crate::vietnamese::{TokenKind, fold_words, tokens};

/// The kind that a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Kindergarten,
    Preschool,
    Group,
    Other,
}

pub(super) fn name_words(name: &str) -> Vec<String> {
    // `MN001` and `Hoa Sen1` are cut where letters meet digits, as in a message.
    tokens(name)
        .iter()
        .filter(|t| !matches!(t.kind, TokenKind::Sign(_)))
        .flat_map(|t| fold_words(&t.folded).split(' ').map(str::to_owned).collect::<Vec<_>>())
        .filter(|w| !w.is_empty())
        .collect()
}

pub(super) fn spelled_core(name: &str, words: usize) -> String {
    let all: Vec<CompactString> = tokens(name)
        .iter()
        .filter(|t| !matches!(t.kind, TokenKind::Sign(_)))
        .map(|t| spelling(&name[t.start..t.end].to_lowercase()))
        .collect();
    all[all.len().saturating_sub(words)..].join(" ")
}

/// The words for a kind of school, longest first.
const TITLES: [(&[&str], Kind); 21] = [
    (&["trung", "hoc", "co", "so"], Kind::Other),
    (&["nhom", "lop", "mam", "non", "doc", "lap"], Kind::Group),
    (&["lop", "mau", "giao", "doc", "lap"], Kind::Group),
    (&["lop", "mam", "non", "doc", "lap"], Kind::Group),
    (&["nhom", "tre", "doc", "lap"], Kind::Group),
    (&["nhom", "lop", "doc", "lap"], Kind::Group),
    (&["co", "so", "mam", "non"], Kind::Other),
    (&["lop", "mau", "giao"], Kind::Group),
    (&["nhom", "tre"], Kind::Group),
    (&["mam", "non"], Kind::Kindergarten),
    (&["mau", "giao"], Kind::Preschool),
    (&["tieu", "hoc"], Kind::Other),
    (&["tu", "thuc"], Kind::Other),
    (&["cong", "lap"], Kind::Other),
    (&["truong"], Kind::Other),
    (&["mn"], Kind::Kindergarten),
    (&["mg"], Kind::Preschool),
    (&["nt"], Kind::Group),
    (&["th"], Kind::Other),
    (&["thcs"], Kind::Other),
    (&["mntt"], Kind::Kindergarten),
];

/// The words that begin one of them.
const FIRST_WORDS: &[Key] = words![
    "trung", "nhom", "lop", "co", "mam", "mau", "tieu", "tu", "cong", "truong", "mn", "mg", "nt", "th",
    "thcs", "mntt",
];

/// The kind that a name says, and how many words say it.
pub(super) fn kind_of<S: AsRef<str>>(words: &[S]) -> (Option<Kind>, usize) {
    let (mut kind, mut at) = (None, 0);
    while let Some((title, k)) = TITLES.iter().find(|(title, _)| {
        words.len() > at + title.len() && words[at..].iter().zip(*title).all(|(a, b)| a.as_ref() == *b)
    }) {
        kind = match kind {
            None | Some(Kind::Other) => Some(*k),
            known => known,
        };
        at += title.len();
    }
    (kind, at)
}

/// The words for a kind of school at `at`: kind, the token after them, whether there are any.
pub(super) fn title_at(line: &Line, at: usize) -> (Option<Kind>, usize, bool) {
    if !line.is(at, FIRST_WORDS) {
        return (None, at, false);
    }
    let words: Vec<&str> = (at..line.len().min(at + 9))
        .take_while(|n| !matches!(line.tokens[*n].kind, TokenKind::Sign(c) if c != '.'))
        .map(|n| line.folded(n))
        .collect();
    let (kind, count) = kind_of(&words);
    let mut start = at + count;
    // "MN. Hoa Mai"; "so với công lập. Hiện có …" ends a sentence.
    if count > 0 && line.is_sign(start, '.') {
        if !line.is(start - 1, words!["mn", "mg", "nt", "th", "mntt", "tr"]) {
            return (None, at, false);
        }
        start += 1;
    }
    (kind, start, count > 0)
}

/// Where a name behind "trường" ends at the latest: at a word that no name has, a sign, or after four words.
pub(super) fn name_end(line: &Line, start: usize) -> usize {
    const NO_NAME: [&str; 44] = [
        "em", "minh", "toi", "chi", "anh", "con", "chung", "da", "chua", "khong", "xin", "nop", "gui", "bao",
        "co", "la", "tu", "cong", "nao", "do", "nay", "thi", "cung", "dang", "se", "nhan", "duoc", "hoan",
        "khi", "vi", "bi", "de", "cho", "truong", "mam", "chau", "tre", "lop", "ben", "ten", "ma", "nen",
        "vua", "ho",
    ];
    let mut at = start;
    if line.number(start).is_some() {
        let dated = (line.is_sign(start + 1, '/') || line.is_sign(start + 1, '-'))
            && line.is_glued(start + 1)
            && line.is_glued(start + 2)
            && line.number(start + 2).is_some();
        return if dated { start + 3 } else { start };
    }
    while at < line.len() && at - start < 4 {
        let number = line.number(at).is_some();
        let word = line.is_word(at) && !NO_NAME.contains(&line.folded(at));
        if !(word || number) || (at > start && line.begins_line(at)) {
            break;
        }
        at += 1;
        if number {
            break;
        }
    }
    at
}

pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// 01 and 1.
pub(super) fn same_number(a: &str, b: &str) -> bool {
    is_number(a) && is_number(b) && !a.is_empty() && a.trim_start_matches('0') == b.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_title_begins_with_one_of_the_first_words() {
        for (title, _) in TITLES {
            assert!(Key::of(title[0]).is_one_of(FIRST_WORDS), "{title:?}");
        }
        assert!(FIRST_WORDS.iter().all(|key| TITLES.iter().any(|(title, _)| Key::of(title[0]) == *key)));
    }
}
