//! What is said: from the phrases of a stretch to one meaning. Whatever denies wins over whatever claims.

use std::ops::Range;

use super::line::Line;
use super::marks::Mark;
use super::phrases::{Hit, Tag};

/// What the phrases of a stretch say, each by itself.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Signs {
    pub asks: bool,
    pub denies: bool,
    pub unfinished: bool,
    pub done: bool,
    /// Something was done, which is not the same as handed in: "làm rồi".
    pub worked: bool,
    /// "rồi" and nothing else.
    pub bare_done: bool,
    pub hand_in: bool,
    pub works: bool,
    pub future: bool,
    pub more_time: bool,
    pub wish: bool,
    pub unable: bool,
    pub not_concerned: bool,
    pub corrects: bool,
    pub withdraws: bool,
    pub same_as_last: bool,
    pub received: bool,
    pub delegated: bool,
    pub started: bool,
    pub ack: bool,
    pub greets: bool,
    pub here: bool,
    pub not_that: bool,
    /// Talk among colleagues.
    pub aside: bool,
    /// What is denied or unfinished is the handing in or the work itself, not something counted.
    pub denies_work: bool,
    /// A question that names what it wants to know: "mấy giờ", "mẫu nào".
    pub asks_what: bool,
}

/// Reads the signs of a stretch. `zeros` are negations that are figures ("không có ca nào").
pub(super) fn signs(line: &Line, range: &Range<usize>, marks: &[Mark], hits: &[Hit], zeros: &[Hit]) -> Signs {
    let inside = |h: &&Hit| {
        range.start <= h.start
            && h.end <= range.end
            && marks[h.start] != Mark::School
            && marks[h.start] != Mark::Link
    };
    let all: Vec<Hit> = hits.iter().filter(inside).copied().collect();
    let (asks_at_end, end_hits) = asks_at_end(line, range, &all, zeros);
    let hits: Vec<Hit> = all.into_iter().filter(|h| !zeros.contains(h)).collect();
    let any = |tag: Tag| hits.iter().any(|h| h.tag == tag);
    let denials: Vec<Hit> = hits
        .iter()
        .filter(|h| h.tag == Tag::Negation && !end_hits.contains(h) && !labels_figure(line, h, &hits))
        .filter(|h| !(range.start.max(h.start.saturating_sub(3))..h.start).any(|at| line.is(at, &["neu"])))
        .copied()
        .collect();
    let mut signs = Signs {
        asks: asks_at_end
            || asks_who(line, &hits)
            || any(Tag::Ask)
            || range.clone().any(|at| line.is_sign(at, '?') && marks[at] != Mark::Link),
        denies: !denials.is_empty(),
        unfinished: any(Tag::Unfinished),
        hand_in: any(Tag::HandIn),
        works: any(Tag::Doing),
        future: any(Tag::Future),
        more_time: any(Tag::Extension),
        wish: any(Tag::Wish),
        unable: any(Tag::Unable),
        not_concerned: any(Tag::NotConcerned),
        corrects: any(Tag::Correction),
        withdraws: any(Tag::Withdraw),
        same_as_last: any(Tag::SameAsLast),
        received: any(Tag::Received),
        delegated: any(Tag::Delegated),
        started: any(Tag::Started),
        ack: any(Tag::Ack) || has_thumb(line, range),
        greets: any(Tag::Greeting),
        here: any(Tag::Here),
        not_that: any(Tag::NotThat),
        aside: any(Tag::Aside),
        asks_what: hits
            .iter()
            .any(|h| h.tag == Tag::Ask && !line.is(h.start, &["duoc", "co", "hay", "dung", "phai"])),
        denies_work: denials.iter().any(|d| denies_work(line, d, &hits, range))
            || unfinished_work(line, &hits),
        ..Signs::default()
    };
    signs.done = is_done(line, &hits, &[Tag::HandIn, Tag::Finish]) || any(Tag::Finish);
    signs.worked = !signs.done && is_done(line, &hits, &[Tag::Doing]);
    signs.bare_done = any(Tag::PastAfter) && only_small_words(line, range, &hits);
    signs
}

/// The refusal stands before a verb of handing in or of work, or has nothing behind it.
fn denies_work(line: &Line, denial: &Hit, hits: &[Hit], range: &Range<usize>) -> bool {
    let verb = |h: &Hit| matches!(h.tag, Tag::HandIn | Tag::Finish | Tag::Doing | Tag::Received);
    let near = hits.iter().any(|h| verb(h) && h.start >= denial.end && h.start - denial.end <= 2);
    let last = (denial.end..range.end)
        .take_while(|at| !ends_sentence(line, *at))
        .all(|at| hits.iter().any(|h| h.tag == Tag::Particle && h.start <= at && at < h.end));
    near || last || denial.end - denial.start > 1
}

/// "Mới được 8 lớp", "đang nhập"; not "đang họp", which says nothing of the work.
fn unfinished_work(line: &Line, hits: &[Hit]) -> bool {
    let verb = |h: &Hit| matches!(h.tag, Tag::HandIn | Tag::Finish | Tag::Doing);
    hits.iter().filter(|h| h.tag == Tag::Unfinished).any(|h| {
        let bare = h.end - h.start == 1 && line.is(h.start, &["dang", "cho", "doi"]);
        !bare || hits.iter().any(|v| verb(v) && v.start >= h.end && v.start - h.end <= 2)
    })
}

/// A verb with a word of the past: "đã nộp", "nộp … rồi", "gửi hôm qua".
fn is_done(line: &Line, hits: &[Hit], verbs: &[Tag]) -> bool {
    hits.iter().filter(|h| verbs.contains(&h.tag)).any(|verb| {
        hits.iter().any(|past| match past.tag {
            Tag::PastBefore => {
                // "da" without marks may be "dạ": only right before the verb.
                let sure = line.spelled[past.start] != "da";
                past.end <= verb.start && verb.start - past.end <= if sure { 4 } else { 0 }
            }
            Tag::PastAfter => past.start >= verb.end && past.start - verb.end <= 14,
            Tag::PastTime => past.start.abs_diff(verb.start) <= 10,
            _ => false,
        })
    })
}

/// A question word with nothing but particles behind it. "Chưa ạ" alone is an answer, not a question.
fn asks_at_end(line: &Line, range: &Range<usize>, hits: &[Hit], zeros: &[Hit]) -> (bool, Vec<Hit>) {
    let mut found = Vec::new();
    let small = |at: usize| {
        !line.is_word(at) || hits.iter().any(|h| h.tag == Tag::Particle && h.start <= at && at < h.end)
    };
    let answered = |h: &Hit| zeros.iter().any(|z| z.start == h.start);
    for hit in hits.iter().filter(|h| h.tag == Tag::AskEnd && !answered(h)) {
        let ends = (hit.end..range.end).take_while(|at| !ends_sentence(line, *at)).all(small);
        let denial = line.is(hit.start, &["khong", "chua"]);
        let alone = (range.start..hit.start)
            .rev()
            .take_while(|at| !line.is_sign(*at, '.') && !line.is_sign(*at, '!'))
            .all(|at| small(at) || line.is(at, &["da", "vang", "truong", "ben"]));
        // "chưa … đâu", "không … gì" deny and do not ask.
        let denied = line.is(hit.start, &["dau", "gi", "nao", "ai"])
            && (hits.iter().any(|h| {
                let double = h.tag == Tag::PastBefore && h.end - h.start > 1;
                (h.tag == Tag::Negation || double) && h.start < hit.start
            }) || (range.start..hit.start).any(|at| line.number(at) == Some(0)));
        if ends && !(denial && alone) && !denied {
            found.push(*hit);
        }
    }
    let denials: Vec<Hit> = hits
        .iter()
        .filter(|h| h.tag == Tag::Negation && found.iter().any(|f| f.start == h.start && f.end == h.end))
        .copied()
        .collect();
    (!found.is_empty(), denials)
}

/// "Trường nào nộp rồi ạ", "ai gửi rồi": who has, not that one has.
fn asks_who(line: &Line, hits: &[Hit]) -> bool {
    hits.iter().any(|who| {
        let verb = |h: &Hit| {
            matches!(h.tag, Tag::HandIn | Tag::Finish | Tag::Doing | Tag::Received) && h.start >= who.end
        };
        who.tag == Tag::AskEnd
            && line.is(who.start, &["nao", "ai"])
            && hits.iter().any(|h| verb(h) && !(who.end..h.start).any(|at| ends_sentence(line, at)))
            && !hits.iter().any(|h| h.tag == Tag::Negation && h.start < who.start)
    })
}

pub(super) fn ends_sentence(line: &Line, at: usize) -> bool {
    ['.', '!', '?', ',', ';'].into_iter().any(|sign| line.is_sign(at, sign)) || line.begins_line(at)
}

/// "không đạt 3": the refusal is part of the name of a figure.
fn labels_figure(line: &Line, hit: &Hit, hits: &[Hit]) -> bool {
    let number = |at: usize| line.number(at).is_some();
    let verb = |at: usize| {
        hits.iter()
            .any(|h| h.start == at && matches!(h.tag, Tag::HandIn | Tag::Doing | Tag::Finish | Tag::Received))
    };
    let behind = hit.end;
    (number(behind + 1) && line.is_word(behind)
        || number(behind + 2) && line.is_word(behind) && line.is_word(behind + 1))
        && !verb(behind)
        && !line.is(behind, &["phai", "co", "kip", "duoc", "xong", "the"])
}

fn line_has(line: &Line, range: &Range<usize>, sign: char) -> bool {
    range.clone().any(|at| line.is_sign(at, sign))
}

fn has_thumb(line: &Line, range: &Range<usize>) -> bool {
    ['👍', '👌', '✅', '🆗', '🫡', '✔'].into_iter().any(|sign| line_has(line, range, sign))
}

fn only_small_words(line: &Line, range: &Range<usize>, hits: &[Hit]) -> bool {
    range.clone().filter(|at| line.is_word(*at)).all(|at| {
        let small = |h: &Hit| matches!(h.tag, Tag::Particle | Tag::PastAfter | Tag::Ack | Tag::Yes);
        hits.iter().any(|h| small(h) && h.start <= at && at < h.end)
            || line.is(at, &["truong", "ben", "toi", "minh"])
    })
}
