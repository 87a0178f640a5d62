//! Which of the figures of a correction was said before and is no more: "ghi nhầm 11, đúng là 12", "6 chuyển thành 9", "con số 96
//! là tính cả nhà trẻ", "vắng 29 mà em gõ 92". What only explains a change ("em cộng sót 1 tổ") counts nothing.

use std::ops::Range;

use super::figures::{Number, next_is_number};
use super::key::{Key, words};
use super::line::Line;
use super::phrases::{Hit, Tag, phrases};
use super::roles::Role;

/// Verbs of saying and writing down.
const SAYING: &[Key] = words![
    "ghi", "bao", "go", "danh", "nhap", "gui", "viet", "dien", "khai", "bam", "chep", "nop", "cong", "dem"
];
/// How they go wrong.
const WRONG: &[Key] =
    words!["nham", "lon", "sai", "loi", "thieu", "sot", "thua", "du", "nguoc", "trung", "lac", "lech"];
/// Words that lead from an old figure to the new one.
const STEPS: &[Key] = words![
    "thanh", "sang", "ra", "lai", "la", "giup", "em", "chi", "anh", "cho", "chuyen", "doi", "sua", "dieu",
    "chinh", "len", "xuong", "con", "so", "ho",
];

/// "312 thành 321", "6 chuyển thành 9", "4 cô thành 5", "56 sửa lại 65", "12 → 13"; behind "từ" also "lên", "xuống", "còn". Not
/// "ghi nhầm 12 thành 21", where the first is the right one.
pub(super) fn is_changed_to(line: &Line, at: usize, end: usize, from: bool) -> bool {
    let arrow = (line.is_sign(end, '-') || line.is_sign(end, '='))
        && line.is_sign(end + 1, '>')
        && next_is_number(line, end + 2)
        || line.is_sign(end, '→') && next_is_number(line, end + 1);
    let milk = line.is(end, words!["sua"])
        && line.spelled[end] == "sua"
        && line.is(end + 2, words!["k", "ngan", "nghin"]);
    if arrow || milk || is_misspelt(line, at) {
        return arrow;
    }
    let Some(to) = leads_to(line, end) else { return false };
    // "1 đội 3 người": a team.
    if (end..to).any(|n| line.spelled[n] == "đôi\u{323}") {
        return false;
    }
    let says = |words: &[Key]| (end..to).any(|n| line.is(n, words));
    let moved = (end..to).any(|n| {
        line.is(n, words!["sang"]) && line.spelled[n] != "sa\u{301}ng" && line.spelled[n] != "sang\u{301}"
    });
    says(words!["thanh"])
        || moved
        || says(words!["sua", "doi", "chuyen"])
        || from && says(words!["len", "xuong", "con"])
}

/// "Thừa cân em báo 4, cô y tế bảo 6 mới phải": of two figures the one that is called right holds, and has the words of the other.
pub(super) fn drop_what_was_put_right(line: &Line, found: &mut [Number]) {
    let [first, second] = found else { return };
    let at = second.tokens.end;
    let at = at + usize::from(line.is_word(at) && phrases().is_counted(line.word(at)));
    let right = line.is(at, words!["moi"]) && line.is(at + 1, words!["dung", "phai", "chuan", "chinh"]);
    let wrong = line.is(first.tokens.end, words!["la"]) && line.is(first.tokens.end + 1, WRONG);
    let said =
        wrong || (first.tokens.start.saturating_sub(2)..first.tokens.start).any(|n| line.is(n, SAYING));
    if right && said && first.role == Role::Plain && second.role == Role::Plain {
        first.role = Role::Old;
        second.before = first.before.clone();
        second.stretch = usize::MAX;
    }
}

/// The figure to which words of change lead from behind another figure and its noun.
fn leads_to(line: &Line, end: usize) -> Option<usize> {
    let noun = line.is_word(end) && phrases().is_counted(line.word(end)) && !line.is(end, STEPS);
    let first = end + usize::from(noun);
    let to = (first..first + 6).find(|n| !line.is(*n, STEPS))?;
    (to > first && next_is_number(line, to)).then_some(to)
}

/// Whether only words of change, a noun and signs that part nothing stand between an old figure and a new one.
pub(super) fn joins(line: &Line, between: Range<usize>) -> bool {
    between.len() <= 6
        && between.clone().all(|at| {
            !line.is_word(at) && !line.is_sign(at, ',') && !line.is_sign(at, ';')
                || line.is(at, STEPS)
                || at == between.start && phrases().is_counted(line.word(at))
        })
}

/// "Ghi nhầm 12 thành 21", "gõ lộn nhẹ cân 12 thành 21": a verb of writing and a word for wrong before the figure.
fn is_misspelt(line: &Line, at: usize) -> bool {
    (at.saturating_sub(4)..at).any(|n| {
        n > 0
            && line.is(n, words!["nham", "lon", "sai", "nguoc"])
            && line.is(n - 1, SAYING)
            && (n + 1..at).all(|m| line.is_word(m) && !line.is(m, words!["la", "thanh", "ra", "dung"]))
    })
}

/// What was said before and is no more: "ghi nhầm 11, đúng là 12", "văn bản ghi 108 do lỗi", "hôm qua em báo 11", "nên ra 27". Only
/// beside another figure, which is the one that counts.
pub(super) fn drop_said_before(line: &Line, hits: &[Hit], found: &mut [Number]) {
    let same_clause = |range: Range<usize>| {
        !range
            .clone()
            .any(|n| [',', '.', ';', '!'].iter().any(|s| line.is_sign(n, *s)) || line.begins_line(n))
    };
    let before = |number: &Number| {
        let at = number.tokens.start;
        let from = at.saturating_sub(3);
        let verb = (from..at).rev().find(|n| line.is(*n, SAYING) || line.is(*n, words!["ra"]));
        // "Hồi nãy lộn 15", "hồi nãy bàn phím nhảy thành 62".
        let past_in = |range: Range<usize>| {
            hits.iter().any(|h| {
                matches!(h.tag, Tag::PastTime | Tag::Former)
                    && range.contains(&h.start)
                    && same_clause(h.start..at)
            })
        };
        let slipped = at >= 2 && line.is(at - 1, WRONG) && past_in(at.saturating_sub(4)..at - 1);
        let turned = at >= 3
            && line.is(at - 1, words!["thanh", "ra"])
            && line.is(at - 2, words!["nhay", "tu", "bien", "hoa"])
            && past_in(at.saturating_sub(9)..at - 1);
        if slipped || turned {
            return true;
        }
        let Some(verb) = verb.filter(|v| same_clause(v + 1..at)) else { return false };
        let only_small =
            (verb + 1..at).all(|n| line.is(n, WRONG) || line.is(n, words!["la", "thanh", "con", "so", "co"]));
        let wrong_before = (verb + 1..at).any(|n| line.is(n, WRONG));
        let wrong_behind = (number.tokens.end..number.tokens.end + 4)
            .take_while(|n| *n < line.len() && line.number(*n).is_none() && !ends(line, *n))
            .any(|n| line.is(n, words!["nham", "lon", "sai", "loi"]));
        let past = hits.iter().any(|h| {
            matches!(h.tag, Tag::PastTime | Tag::Former)
                && h.end <= verb
                && verb - h.end <= 2
                && same_clause(h.start..verb)
        });
        let so = line.is(verb, words!["ra"]) && verb > 0 && line.is(verb - 1, words!["nen", "thanh"]);
        only_small
            && (so
                || !line.is(verb, words!["ra"])
                    && (wrong_before || wrong_behind || past && !has_noun(line, number)))
    };
    // "95 là em làm tròn", "22 là tính thiếu", "81 trong báo cáo trước do lỗi đánh máy".
    let explained = |number: &Number| {
        const SLIPS: &[Key] = words!["nham", "lon", "sai", "loi", "thieu", "sot", "thua", "tron", "cu"];
        let end = (number.tokens.end..line.len())
            .find(|n| ends(line, *n) || line.number(*n).is_some())
            .unwrap_or(line.len());
        let tells = |n: &usize| line.is(*n, words!["la", "do"]) && line.spelled[*n] != "la\u{301}";
        let near = if line.is(number.tokens.end, words!["trong", "o"]) { 7 } else { 1 };
        let tells = (number.tokens.end..end.min(number.tokens.end + near)).find(tells);
        tells.is_some_and(|n| (n + 1..end.min(n + 4)).any(|m| line.is(m, SLIPS)))
    };
    // "Rút lại con số 11, đúng là 12".
    let taken_back = |number: &Number| {
        let at = number.tokens.start;
        (at.saturating_sub(6)..at).any(|n| {
            line.is(n, words!["rut"]) && line.is(n + 1, words!["lai"]) && line.is(n + 2, words!["con", "so"])
        })
    };
    let corrects = hits.iter().any(|h| {
        matches!(h.tag, Tag::Correction | Tag::NotThat | Tag::Redo)
            || h.tag == Tag::No && line.is(h.start, words!["sai", "nham"])
    });
    let said: Vec<usize> = (0..found.len())
        .filter(|n| {
            let number = &found[*n];
            number.role == Role::Plain
                && (before(number)
                    || explained(number)
                    || is_written_wrongly(line, number, hits)
                    || is_overtaken(line, found, *n)
                    || is_estimated_before(line, number)
                    || corrects && (is_referred_to(line, number) || is_counted_otherwise(line, number)))
                || taken_back(number)
        })
        .collect();
    let kept = found.iter().enumerate().any(|(n, f)| !said.contains(&n) && f.counts());
    if !kept {
        return;
    }
    for at in &said {
        found[*at].role = Role::Old;
    }
    // "Có một cô nghỉ sinh, giáo viên còn 15".
    let leads = |n: &Number| {
        n.tokens.start > 0 && line.is(n.tokens.start - 1, words!["con", "thanh"]) && n.role == Role::Plain
    };
    if corrects || !said.is_empty() || found.iter().any(leads) {
        drop_reasons(line, found);
    }
}

/// "Con số 96 …", "số 88 em gõ lộn", "bỏ số 104": a figure that is spoken of, not given. Not "tổng số 337", "sửa thành số 12".
fn is_referred_to(line: &Line, number: &Number) -> bool {
    let at = number.tokens.start;
    if at < 1 || !line.is(at - 1, words!["so"]) {
        return false;
    }
    if at == 1 {
        return true;
    }
    if line.is(at - 2, words!["con"]) {
        return !(at >= 3 && line.is(at - 3, words!["lay", "theo", "thanh"]));
    }
    let named = line
        .word(at - 2)
        .is_some_and(|w| line.is_word(at - 2) && !phrases().concepts(&[w]).concepts.is_empty());
    !named
        && !line.is(
            at - 2,
            words!["tong", "lay", "theo", "thanh", "la", "bang", "dung", "voi", "si", "tang", "giam", "co"],
        )
}

/// "Vắng 29 mà em gõ 92", "95,8% ghi thiếu dấu phẩy thành 958%", "88 em gõ lộn", "104 em báo sáng nay".
fn is_written_wrongly(line: &Line, number: &Number, hits: &[Hit]) -> bool {
    let (at, end) = (number.tokens.start, number.tokens.end);
    let from = (0..at).rev().find(|n| ends(line, *n) && !line.is_glued(n + 1)).map_or(0, |n| n + 1);
    let but = at >= 3
        && (at - 3..at).any(|n| {
            line.is(n, SAYING)
                && n >= 1
                && (line.is(n - 1, words!["ma"])
                    || n >= 2
                        && line.is(n - 1, words!["em", "truong", "toi", "minh"])
                        && line.is(n - 2, words!["ma"]))
                && (n + 1..at).all(|m| line.is(m, words!["la", "thanh", "co", "toi"]))
        });
    let verb = (from.max(at.saturating_sub(9))..at).find(|n| line.is(*n, SAYING));
    let turned = line.is(at.wrapping_sub(1), words!["thanh", "ra"])
        && verb.is_some_and(|v| (v + 1..at - 1).any(|n| line.is(n, WRONG)));
    let behind = (end..end + 4).take_while(|n| *n < line.len() && !ends(line, *n)).find(|n| {
        line.is(*n, SAYING)
            && (end..*n).all(|m| line.is(m, words!["em", "truong", "toi", "minh", "la", "do", "ben", "ma"]))
    });
    let slipped = behind.is_some_and(|v| {
        let rest: Vec<usize> = (v + 1..line.len()).take_while(|n| !ends(line, *n)).collect();
        let near = v + 1..v + 4;
        let wrong = rest.iter().take(3).any(|n| line.is(*n, WRONG));
        let earlier =
            hits.iter().any(|h| matches!(h.tag, Tag::PastTime | Tag::Former) && near.contains(&h.start));
        let another = rest.iter().any(|n| line.number(*n).is_some());
        (wrong || earlier) && !another && !line.is(v + 1, words!["lai", "giup"])
    });
    but || turned || slipped
}

/// "Chưa tiêm em báo 9, nay còn 6": said with a verb of its own, and behind it another that is now.
fn is_overtaken(line: &Line, found: &[Number], index: usize) -> bool {
    let at = found[index].tokens.start;
    let told = at >= 2
        && line.is(at - 1, words!["bao", "ghi", "go", "nhap", "nop", "khai", "gui"])
        && line.is(at - 2, words!["em", "truong", "toi", "minh", "co"]);
    told && found[index + 1..].iter().any(|n| {
        let start = n.tokens.start;
        let now = line.is(start - 1, words!["con", "thanh", "len", "xuong"])
            || start >= 2
                && line.is(start - 1, words!["la"])
                && line.is(start - 2, words!["gio", "nay", "dung", "ra"]);
        let label: Vec<_> = (n.tokens.end..n.tokens.end + 2).filter_map(|m| line.word(m)).collect();
        now && n.role == Role::Plain
            && phrases().concepts(&label).concepts.iter().all(|c| phrases().is_broad(*c))
    })
}

/// "Nhẹ cân em báo 9, nay còn 6": the new figure has the words of the one that it overtakes.
pub(super) fn inherit_from_overtaken(line: &Line, found: &mut [Number]) {
    for index in 1..found.len() {
        // What changed in between ("6 ca, loại 1, còn 5") has no name to lend.
        let from = (0..index).rev().find(|n| !matches!(found[*n].role, Role::Delta | Role::Former));
        let Some(from) = from else { continue };
        let (old, new) = (&found[from], &found[index]);
        let start = new.tokens.start;
        let led = (start.saturating_sub(2)..start)
            .any(|n| line.is(n, words!["con", "thanh", "len", "xuong", "la", "phai"]));
        let known = |at: &[usize]| {
            let words: Vec<_> = at.iter().filter_map(|n| line.word(*n)).collect();
            !phrases().concepts(&words).concepts.is_empty()
        };
        let near = new.before.len().saturating_sub(3);
        let named = known(&new.before[near..]) || known(&new.after);
        let lent = if known(&old.before) { old.before.clone() } else { old.after.clone() };
        if old.role == Role::Old && new.role == Role::Plain && led && !named && known(&lent) {
            found[index].before = lent;
            found[index].stretch = usize::MAX - index;
        }
    }
}

/// "Lần 1 nhẹ cân 13, lần 2 nhẹ cân 11": of one thing at two times the later one counts.
pub(super) fn drop_earlier_rounds(line: &Line, found: &mut [Number]) {
    let round = |number: &Number| {
        (0..number.tokens.start).rev().find_map(|at| {
            let word =
                words!["lan", "dot", "thang", "tuan", "quy"].iter().position(|word| line.is(at, &[*word]))?;
            Some((word, line.number(at + 1)?))
        })
    };
    let concepts = |number: &Number| {
        let words: Vec<_> =
            number.before.iter().chain(&number.after).filter_map(|at| line.word(*at)).collect();
        phrases().concepts(&words).concepts
    };
    let known: Vec<_> = found.iter().map(|n| (round(n), concepts(n))).collect();
    for (index, (mine, named)) in known.iter().enumerate() {
        let Some((word, n)) = mine else { continue };
        let later = known.iter().any(|(other, same)| {
            !named.is_empty() && same == named && other.is_some_and(|(w, m)| w == *word && m > *n)
        });
        if later && found[index].role == Role::Plain {
            found[index].role = Role::Former;
        }
    }
}

/// "96 là tính cả nhà trẻ", "230 triệu là chưa tính bếp", "7 là em đếm cả cận nghèo".
fn is_counted_otherwise(line: &Line, number: &Number) -> bool {
    const RECKON: &[Key] = words!["tinh", "dem", "cong", "gom", "gop", "ke", "lay", "tru"];
    let end = number.tokens.end;
    let end = end + usize::from(phrases().is_counted(line.word(end)) && line.is_word(end));
    line.is(end, words!["la", "do", "vi"])
        && (end + 1..end + 5).take_while(|n| !ends(line, *n)).any(|n| line.is(n, RECKON))
}

/// "28 triệu là em ước non", "2 vụ là gộp cả quý trước": how it came about, and that it is no more.
fn is_estimated_before(line: &Line, number: &Number) -> bool {
    let end = number.tokens.end;
    let end = end + usize::from(phrases().is_counted(line.word(end)) && line.is_word(end));
    line.is(end, words!["la"])
        && (end + 1..end + 3)
            .take_while(|n| !ends(line, *n))
            .any(|n| line.is(n, words!["uoc", "gop", "doan"]))
}

/// "Em cộng sót 1 tổ", "quên tính 2 phòng", "hai cháu vừa rút", "bỏ 1 cháu bị trùng": why a figure changed, beside that figure.
fn drop_reasons(line: &Line, found: &mut [Number]) {
    let reason = |number: &Number| {
        let (at, end) = (number.tokens.start, number.tokens.end);
        let small = number.amount.whole().is_some_and(|n| n <= 30) && !number.amount.money;
        let near =
            (at.saturating_sub(3)..at).rev().take_while(|n| !ends(line, *n) && line.number(*n).is_none());
        let label: Vec<_> = (at.saturating_sub(3)..at).filter_map(|n| line.word(n)).collect();
        let named = !phrases().concepts(&label).concepts.is_empty();
        let slips = !named
            && near.clone().any(|n| {
                line.is(n, words!["quen", "sot", "thieu", "thua", "trung"])
                    || line.is(n, words!["them", "bot", "lon", "nham"])
                        && n >= 1
                        && line.is(n - 1, words!["tinh", "cong", "dem", "ghi", "ke"])
            });
        let moves = (end..end + 2).any(|n| {
            let verb = words!["rut", "nghi", "xin", "ra", "goi"];
            line.is(n, words!["vua"])
                && (line.is(n + 1, verb) || line.is(n + 1, words!["vao", "chuyen", "den", "ve", "nhap"]))
                || line.is(n, words!["moi"]) && line.is(n + 1, verb)
        });
        // "Có 1 bé chuyển trường nên tổng còn 244".
        let left = (end + 1..end + 3)
            .any(|n| line.is(n, words!["chuyen", "rut"]) && line.is(n + 1, words!["truong", "di", "ho"]));
        // "Một cô nghỉ sinh", "một cháu theo mẹ vào Nam".
        let away = (end..end + 4).take_while(|n| !ends(line, *n)).any(|n| {
            line.is(n, words!["nghi"]) && line.is(n + 1, words!["sinh", "thai", "de", "che"])
                || line.is(n, words!["theo"]) && line.is(n + 1, words!["bo", "me", "ba", "gia", "ong"])
        });
        let left = left || away;
        let just = at >= 2 && line.is(at - 2, words!["vua", "moi"]) && line.is(at - 1, words!["co", "them"]);
        small && (slips || moves || left || just)
    };
    let reasons: Vec<usize> = (0..found.len())
        .filter(|n| matches!(found[*n].role, Role::Plain | Role::Delta) && reason(&found[*n]))
        .collect();
    let kept =
        found.iter().enumerate().any(|(n, f)| !reasons.contains(&n) && f.counts() && f.role != Role::Delta);
    if kept {
        for at in reasons {
            found[at].role = Role::Former;
        }
    }
}

fn ends(line: &Line, at: usize) -> bool {
    [',', '.', ';', '!', '?'].iter().any(|s| line.is_sign(at, *s)) || line.begins_line(at)
}

/// A noun of what is counted stands right behind the figure.
fn has_noun(line: &Line, number: &Number) -> bool {
    let at = number.tokens.end;
    line.is_word(at) && phrases().is_counted(line.word(at))
}
