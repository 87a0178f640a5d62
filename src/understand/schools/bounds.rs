//! Where a name of the register begins and ends in a message: what stands around it may make it another name, or none.

use super::Core;
use crate::understand::key::{Key, words};
use crate::understand::line::Line;
use crate::understand::phrases::{Word, phrases};
use crate::understand::titles::is_number;

/// Whether a name without a word for its kind is a school's: two words at least, not behind a word for a person.
pub(super) fn stands_alone(line: &Line, start: usize, end: usize, core: &Core) -> bool {
    const PERSONS: [&str; 9] = ["co", "thay", "be", "ong", "ba", "chau", "lop", "hieu", "duong"];
    let words = core.words.iter().filter(|w| !is_number(w)).count();
    let person = start > 0 && PERSONS.contains(&line.folded(start - 1));
    let capital = (start..end).filter(|n| line.is_word(*n)).all(|n| line.tokens[n].capital);
    // A single word may be any word: only as a name, and only when it is spelled as the name is.
    let single = words == 1
        && capital
        && core.owners.iter().any(|o| {
            o.spelled.split(' ').next() == Some(line.spelled[start].as_str())
                && !line.spelled[start].is_ascii()
        });
    let marks_agree = capital || core.owners.iter().any(|o| agrees(line, start, end, &o.spelled));
    !person && ((words >= 2 && marks_agree) || single)
}

/// The end of a name that goes on behind one of the register's: "Hoa Sen Hồng" is not Hoa Sen. The capital behind it is no word
/// that says or counts something, and no surname of whoever signs.
pub(super) fn goes_beyond(line: &Line, start: usize, end: usize) -> Option<usize> {
    const SURNAMES: &[Key] = words![
        "nguyen", "tran", "le", "pham", "hoang", "huynh", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
        "duong", "ha", "ly", "lo", "quang",
    ];
    let capital = |at: usize| line.is_word(at) && line.tokens[at].capital && line.tokens[at].width() > 1;
    let shouts = |at: usize| line.printed(at..at + 1).chars().all(char::is_uppercase);
    let named = (start..end).all(|at| capital(at) && !shouts(at));
    let said = |at: usize| {
        let words: Vec<Word> = (at..at + 3).map_while(|n| line.word(n).filter(|_| line.is_word(n))).collect();
        let known = |n: usize| !phrases().concepts(&words[..n]).concepts.is_empty();
        words.first().is_none_or(|w| phrases().is_filler(*w) || phrases().is_counted(Some(*w)))
            || (1..=words.len()).any(known)
            || phrases().begins_a_phrase(line, at)
    };
    let goes_on = named
        && capital(end)
        && !shouts(end)
        && !line.begins_line(end)
        && !line.is(end, SURNAMES)
        && !said(end);
    goes_on.then(|| (end..end + 2).find(|at| !capital(*at)).unwrap_or(end + 2))
}

/// Whether words in small letters are spelled as the name, with its marks or with none.
fn agrees(line: &Line, start: usize, end: usize, spelled: &str) -> bool {
    let typed = (start..end).filter(|n| line.is_word(*n)).map(|n| line.spelled[n].as_str());
    let mut own = spelled.split(' ').filter(|w| !is_number(w));
    typed.into_iter().all(|t| own.next().is_some_and(|o| t.is_ascii() || t == o))
}
