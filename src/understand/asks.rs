//! Whether a clause asks. A word that can ask (gì, nào, đâu, sao, ai, mấy, không, chưa) asks only where nothing else takes it: not
//! where it is denied ("không ca nào"), not where it sets a condition ("khi nào có mạng em nộp"), not where it urges ("gửi đi nào").

use std::ops::Range;

use super::intent::ends_sentence;
use super::key::{Key, words};
use super::line::Line;
use super::marks::Mark;
use super::phrases::{Hit, Tag};

/// What a clause asks.
#[derive(Debug, Default)]
pub(super) struct Asking {
    pub asks: bool,
    /// It names what it wants to know: "mấy giờ", "mẫu nào".
    pub what: bool,
    /// Negation words that ask and so deny nothing.
    pub spent: Vec<Hit>,
}

/// Words that ask for a thing, a place, a person.
const WHICH: &[Key] = words!["dau", "gi", "nao", "ai", "mo"];

/// Reads it for a clause.
pub(super) fn asking(
    line: &Line,
    range: &Range<usize>,
    marks: &[Mark],
    all: &[Hit],
    zeros: &[Hit],
) -> Asking {
    let (at_end, spent) = asks_at_end(line, range, marks, all, zeros);
    let hits: Vec<Hit> = all.iter().filter(|h| !zeros.contains(h)).copied().collect();
    let named: Vec<&Hit> = hits
        .iter()
        .filter(|h| {
            h.tag == Tag::Ask && !is_condition(line, range, h, &hits) && !is_indirect(line, range, h, &hits)
        })
        .filter(|h| !(h.start..h.end).any(|at| line.is(at, WHICH) && is_denied(line, range, at, &hits)))
        // "Mấy lớp khác", "mấy cháu này": some, not how many.
        .filter(|h| {
            !(line.is(h.start, words!["may"]) && line.is(h.end, words!["khac", "kia", "nay", "do", "con"]))
        })
        .collect();
    // "Mạng hỏng thì làm bằng gì?" says that it cannot be done.
    let rhetorical = hits.iter().any(|h| h.tag == Tag::Negation && h.end - h.start > 1);
    let marked = !rhetorical && range.clone().any(|at| line.is_sign(at, '?') && marks[at] != Mark::Link);
    let how_many = how_many(line, range, marks, &hits);
    Asking {
        asks: at_end || how_many || asks_who(line, range, &hits) || !named.is_empty() || marked,
        what: how_many
            || named.iter().any(|h| {
                !line.is(
                    h.start,
                    words![
                        "duoc", "co", "hay", "dung", "phai", "xem", "huong", "giai", "chi", "anh", "gui",
                        "xin",
                    ],
                )
            }),
        spent,
    }
}

/// "Mấy trang là được chị", "nộp mấy bộ": not "mấy hôm nay", "mấy cháu ốm".
fn how_many(line: &Line, range: &Range<usize>, marks: &[Mark], hits: &[Hit]) -> bool {
    const SOME: &[Key] = words![
        "hom", "ngay", "bua", "chi", "anh", "em", "co", "be", "chau", "thay", "nay", "dua", "cai", "lan",
        "truong", "ban", "ba", "ong",
    ];
    // "18 người thì được mấy": its own "được mấy" is no half.
    let then = range.clone().any(|at| line.is(at, words!["thi"]));
    let asked = |h: &Hit| then && h.tag == Tag::Unfinished && line.is(h.end - 1, words!["may"]);
    let over =
        hits.iter().any(|h| matches!(h.tag, Tag::PastAfter | Tag::Negation | Tag::Unfinished) && !asked(h));
    // "Chỉ gãy mấy cành cây thôi".
    let only = range.clone().any(|at| line.is(at, words!["chi"]) && line.spelled[at] == "chi\u{309}");
    let only = only && range.clone().any(|at| line.is(at, words!["thoi"]));
    !over
        && !only
        && range.clone().any(|at| {
            line.spelled[at] == "mây\u{301}"
                && marks[at] != Mark::School
                && line.is_word(at + 1)
                && !line.is(at + 1, SOME)
                && !line.is(at + 2, words!["khac", "kia", "nay", "do", "con"])
                && at + 1 < range.end
        })
}

/// "Khi nào có mạng em nộp", "bao giờ xong em báo": something stands between the word and who acts.
pub(super) fn is_condition(line: &Line, range: &Range<usize>, hit: &Hit, hits: &[Hit]) -> bool {
    let when = line.is(hit.start, words!["khi", "bao", "luc", "chung"])
        && line.is(hit.end - 1, words!["nao", "gio"]);
    let asked = range.clone().any(|at| line.is_sign(at, '?'));
    let own = |at: &usize| {
        line.is(*at, words!["em", "toi", "minh", "tui", "truong", "ben", "thi", "se", "moi"])
            && !line.is(at - 1, words!["cho", "gui", "bao", "nhac"])
    };
    let Some(actor) = (hit.end + 1..range.end).find(own).filter(|_| when && !asked) else { return false };
    let acts = |h: &Hit| {
        matches!(h.tag, Tag::HandIn | Tag::Doing | Tag::Finish | Tag::Future)
            && h.end > actor
            && h.start > hit.start
    };
    let ends = hits.iter().any(|h| {
        matches!(h.tag, Tag::AskEnd | Tag::Ask) && h.start > actor && !line.is(h.start, words!["ai", "nao"])
    });
    hits.iter().any(acts) && !ends
}

/// "Chưa vào được nên không biết thiệt hại ra sao": nobody is asked.
fn is_indirect(line: &Line, range: &Range<usize>, hit: &Hit, hits: &[Hit]) -> bool {
    let asked = range.clone().any(|at| line.is_sign(at, '?'))
        || line.is(range.end - 1, words!["a", "vay", "the", "nhi", "chi", "ha"])
        || hits.iter().any(|h| h.tag == Tag::AskEnd && h.end + 1 >= range.end && h.start >= hit.end);
    let reason = line.is(range.start, words!["nen", "vi", "do", "tai", "ma"]);
    reason && !asked
}

/// A question word with nothing but particles behind it. "Chưa ạ" alone is an answer, not a question.
fn asks_at_end(
    line: &Line,
    range: &Range<usize>,
    marks: &[Mark],
    hits: &[Hit],
    zeros: &[Hit],
) -> (bool, Vec<Hit>) {
    let mut found = Vec::new();
    let small = |at: usize| {
        !line.is_word(at)
            || hits
                .iter()
                .any(|h| matches!(h.tag, Tag::Particle | Tag::Vocative) && h.start <= at && at < h.end)
            || is_name_after_title(line, at)
    };
    for hit in hits.iter().filter(|h| h.tag == Tag::AskEnd) {
        if zeros.iter().any(|z| z.start == hit.start) && !is_framed(line, range, hit) {
            continue;
        }
        let ends = (hit.end..range.end)
            .take_while(|at| !ends_sentence(line, *at))
            // "Chị có mẫu không cho em xin với".
            .take_while(|at| {
                !(is_framed(line, range, hit) && hits.iter().any(|h| h.tag == Tag::Wish && h.start == *at))
            })
            .all(small);
        // "Trường em không có" without its marks ends in no form of address.
        let none = line.is(hit.start, words!["khong"]) && line.is(hit.end, words!["co"]);
        if !ends || none || is_exhortation(line, range, hit) || states(line, range, hit) {
            continue;
        }
        // "Chưa lập được chị à" calls the reader, "nộp rồi à chị" asks.
        let calls = line.spelled[hit.start] == "a\u{300}"
            && hit.start > range.start
            && line.is(hit.start - 1, words!["chi", "anh", "co", "bac", "thay", "em"])
            && !range.clone().any(|at| line.is_sign(at, '?'));
        if calls {
            continue;
        }
        // "Em mới cân được 5/9 lớp à" says how far it is.
        let tells = line.spelled[hit.start] == "a\u{300}"
            && !range.clone().any(|at| line.is_sign(at, '?'))
            && range
                .clone()
                .any(|at| line.is(at, words!["moi"]) && (at..hit.start).any(|n| line.number(n).is_some()));
        if tells {
            continue;
        }
        let denial = line.is(hit.start, words!["khong", "chua"]);
        let alone = (range.start..hit.start)
            .rev()
            .take_while(|at| !line.is_sign(*at, '.') && !line.is_sign(*at, '!'))
            .all(|at| {
                small(at) || marks[at] == Mark::Code || line.is(at, words!["da", "vang", "truong", "ben"])
            });
        let answers = denial && alone || is_denied(line, range, hit.start, hits);
        if !answers {
            found.push(*hit);
        }
    }
    let spent = hits
        .iter()
        .filter(|h| h.tag == Tag::Negation && found.iter().any(|f| f.start == h.start && f.end == h.end))
        .copied()
        .collect();
    (!found.is_empty(), spent)
}

/// "Có tính hộ nghèo không ạ": the frame asks, whatever else the words could count.
fn is_framed(line: &Line, range: &Range<usize>, hit: &Hit) -> bool {
    line.is(hit.start, words!["khong"])
        && (range.start..hit.start.saturating_sub(1)).any(|at| {
            line.is(at, words!["co"])
                && (at == 0 || !line.is(at - 1, words!["khong", "chua", "chang", "cha"]))
        })
}

/// "Chị Hà", "cô Lan": the name behind a form of address.
fn is_name_after_title(line: &Line, at: usize) -> bool {
    at > 0 && line.tokens[at].capital && line.is(at - 1, words!["chi", "anh", "co", "thay", "bac", "em"])
}

/// "Gửi đi nào", "lì xì bot cái nào", "8/3 vui quá chị nhỉ": nothing is asked.
fn is_exhortation(line: &Line, range: &Range<usize>, hit: &Hit) -> bool {
    let urges = line.is(hit.start, words!["nao"])
        && hit.start > range.start
        && (line.is(hit.start - 1, words!["di", "nhe", "thoi", "xem"])
            || line.is(hit.start - 1, words!["cai"]) && (hit.end..range.end).all(|at| !line.is_word(at)));
    let admires = line.is(hit.start, words!["nhi", "vay", "the", "ha"])
        && (range.start..hit.start).any(|at| line.is(at, words!["qua", "ghe", "dep", "vui"]))
        && !range.clone().any(|at| line.is(at, words!["sao", "gi", "nao", "dau", "may", "bao"]));
    urges || admires
}

/// "Đều không", "em thì chưa", "đủ 290 chưa 15", "13 chưa" in a row of figures: a statement.
fn states(line: &Line, range: &Range<usize>, hit: &Hit) -> bool {
    if !line.is(hit.start, words!["khong", "chua"]) || hit.start == range.start {
        return false;
    }
    let before = hit.start - 1;
    let asked = range.clone().any(|at| line.is_sign(at, '?'));
    let counted = line.number(before).is_some() && (0..before).any(|at| line.number(at).is_some());
    if line.is(before, words!["deu", "cung"]) {
        return !asked;
    }
    let spelled = |at: usize, word: &str| line.spelled[at] == word || !line.marked;
    let still = line.is(hit.start, words!["chua"])
        && (line.is(before, words!["van"]) && spelled(before, "vân\u{303}")
            || line.is(before, words!["con"]) && spelled(before, "con\u{300}")
            || line.is(before, words!["ma", "ra"]));
    // "Năm ngoái thì nộp rồi chứ năm nay chưa".
    let still = still
        || line.is(before, words!["nay", "gio"])
            && (range.start..before)
                .any(|at| line.is(at, words!["chu", "thi"]) && line.spelled[at] != "chư\u{303}");
    // "Nộp tiền rồi còn danh sách chưa".
    let rest = line.is(hit.start, words!["chua"])
        && (range.start.max(hit.start.saturating_sub(4))..before)
            .any(|at| line.is(at, words!["con"]) && spelled(at, "con\u{300}"));
    let still = still || rest;
    let then =
        still || line.is(before, words!["thi"]) && (line.spelled[before] == "thi\u{300}" || !line.marked);
    !asked && !is_framed(line, range, hit) && (then || counted)
}

/// "Chưa … đâu", "không … gì", "có ai cân đâu", "đã nộp đâu" deny.
fn is_denied(line: &Line, range: &Range<usize>, at: usize, hits: &[Hit]) -> bool {
    if !line.is(at, WHICH) && !line.is(at, words!["het"]) {
        return false;
    }
    let denial = hits.iter().any(|h| {
        let double = h.tag == Tag::PastBefore && h.end - h.start > 1;
        (h.tag == Tag::Negation || h.tag == Tag::OnTime || double) && h.start < at
    });
    denial
        || (range.start..at).any(|n| {
            line.is(n, words!["khong", "chua", "chang", "cha"]) && line.spelled[n] != "cha"
                || line.number(n) == Some(0)
        })
}

/// "Trường nào nộp rồi ạ", "ai gửi rồi": who has, not that one has.
fn asks_who(line: &Line, range: &Range<usize>, hits: &[Hit]) -> bool {
    let who = |at: &usize| {
        (line.is(*at, words!["nao"]) && *at > range.start || line.spelled[*at] == "ai")
            && line.is_word(*at)
            && !(*at > range.start
                && line.is(*at - 1, words!["bua", "hom", "luc", "khi", "co", "chua", "khong"]))
            && !line.is(at + 1, words!["cung", "do"])
    };
    range.clone().filter(who).any(|at| {
        let verb = |h: &Hit| {
            matches!(h.tag, Tag::HandIn | Tag::Finish | Tag::Doing | Tag::Received) && h.start > at
                || h.tag == Tag::NoFigure && h.start <= at && at + 1 < h.end
        };
        hits.iter().any(|h| verb(h) && !(at + 1..h.start).any(|n| ends_sentence(line, n)))
            && !hits
                .iter()
                .any(|h| h.tag == Tag::Negation && (h.start < at || line.is(h.start, words!["dau"])))
    })
}
