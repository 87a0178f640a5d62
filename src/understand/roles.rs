//! What a figure is for: what counts now, what was before, a difference, the whole of a share, the part that each one gets.

use std::ops::Range;

use super::figures::{Number, next_is_number};
use super::key::{Key, words};
use super::line::Line;
use super::phrases::{Hit, Tag, phrases};
use super::replaced::{is_changed_to, joins};

/// What a figure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Plain,
    /// The wrong one: "không phải 11", "312 thành …".
    Old,
    /// Of another time: "tháng trước 13".
    Former,
    /// A difference, or what is still to do: "thêm 2", "còn 5 cháu chưa cân".
    Delta,
    /// The whole of a share: the 250 of 245/250.
    Whole,
    /// For each of something: "mỗi suất 300k", "25k/ngày", "x 300.000".
    Each,
    /// "Không có ca nào": the words are the figure.
    Zero,
}

pub(super) fn role(line: &Line, at: usize, end: usize, hits: &[Hit], found: &[Number]) -> Role {
    let denied = hits.iter().any(|h| h.tag == Tag::NotThat && h.end <= at && at - h.end <= 1);
    // "Từ tám lên mười", "56 sửa lại 65".
    let from = at > 0
        && line.is(at - 1, words!["tu"])
        && line.is(end, words!["len", "xuong", "con"])
        && next_is_number(line, end + 1);
    // "Giảm từ 14 xuống 9" tells a change and corrects nothing.
    if from && at > 1 && line.is(at - 2, words!["giam", "tang"]) {
        return Role::Former;
    }
    let replaced = is_changed_to(line, at, end, from);
    if is_former(line, at, hits) || is_of_others(line, at) || is_planned(line, at, end) {
        return Role::Former;
    }
    if denied || replaced {
        return Role::Old;
    }
    // A third number in the row makes it a list, not a share.
    let listed =
        found.len() > 1 && found[found.len() - 2].tokens.end + 1 == found[found.len() - 1].tokens.start;
    let whole = !listed
        && at >= 2
        && line.is_sign(at - 1, '/')
        && found.last().is_some_and(|n| n.tokens.end == at - 1 && line.is_glued(at) && line.is_glued(at - 1))
        && !(line.is_sign(end, '/') && next_is_number(line, end + 1));
    if whole || found.last().is_some_and(|n| is_said_share(line, n.tokens.end..at)) {
        return Role::Whole;
    }
    if is_for_each(line, at, end, found) {
        return Role::Each;
    }
    if changes(line, at) || is_rest(line, at, end, hits) { Role::Delta } else { Role::Plain }
}

/// "245 trên 250", "245 cháu trên tổng số 250".
fn is_said_share(line: &Line, between: Range<usize>) -> bool {
    const BESIDE: &[Key] = words!["tong", "so", "chau", "tre", "be", "em", "hs", "cong"];
    between.len() <= 5
        && between.clone().filter(|n| line.is(*n, words!["tren"])).count() == 1
        && between.clone().all(|n| line.is(n, words!["tren"]) || line.is(n, BESIDE))
        && !line.begins_line(between.end)
}

/// "mỗi suất 300k", "25k/ngày", "25 ngàn một ngày", "20 suất x 300.000".
fn is_for_each(line: &Line, at: usize, end: usize, found: &[Number]) -> bool {
    const UNITS: &[Key] = words![
        "chau", "tre", "em", "hs", "suat", "phan", "nguoi", "ngay", "bua", "thang", "buoi", "lop", "be",
        "co",
    ];
    let words = (0..at).rev().take_while(|n| line.is_word(*n) && !line.begins_line(*n + 1)).take(3);
    let each = words.into_iter().any(|n| {
        let said =
            line.is(n, words!["moi"]) && (line.spelled[n].is_ascii() || line.spelled[n].starts_with("mô"));
        said && n + 1 < at && line.is(n + 1, UNITS)
    });
    let counted = line.is_word(end) && phrases().is_counted(line.word(end)) && line.is_sign(end + 1, '/');
    let rate = line.is_sign(end, '/') && line.is(end + 1, UNITS)
        || counted && line.is(end + 2, words!["lop", "nhom", "diem", "truong", "phong", "khoi"])
        || (line.is(end, words!["mot", "moi"]) || line.number(end) == Some(1)) && line.is(end + 1, UNITS);
    let times = at > 0
        && (line.is(at - 1, words!["x", "nhan"]) || line.is_sign(at - 1, '×') || line.is_sign(at - 1, '*'))
        && found.last().is_some_and(|n| at - n.tokens.end <= 3);
    each || rate || times
}

/// A verb of change stands right before it: "thêm 2", "giảm 1", "rút lại đăng ký 1"; not "miễn giảm 9".
fn changes(line: &Line, at: usize) -> bool {
    let right_before = at > 0
        && (line.is(at - 1, words!["them", "giam", "bot", "rut"])
            || line.is(at - 1, words!["tang"]) && line.spelled[at - 1] != "tăng\u{323}"
            || line.spelled[at - 1] == "trư\u{300}")
        && !(at > 1 && line.is(at - 1, words!["giam"]) && line.is(at - 2, words!["mien", "gia"]));
    // "Thiếu 3 giáo viên", "dư 1 lớp" say how far it is from what there should be.
    let short = at > 0
        && (line.is(at - 1, words!["thieu"])
            || line.spelled[at - 1] == "thư\u{300}a"
            || line.spelled[at - 1] == "dư");
    let taken_back = (1..=3).any(|n| {
        at > n
            && line.is(at - n - 1, words!["rut"])
            && (at - n..at).all(|m| line.is_word(m) && !line.begins_line(m))
    });
    // "Bỏ 1 cháu bị trùng, còn 63".
    let dropped = at > 0
        && line.is(at - 1, words!["bo", "xoa", "gach", "tru", "loai"])
        && line.spelled[at - 1] != "bô\u{323}"
        && (at + 1..at + 12).any(|n| line.is(n, words!["con"]) && next_is_number(line, n + 1));
    // "Bớt giúp em 1 cháu".
    let asked = at > 2
        && (1..=3).any(|n| {
            at > n
                && line.is(at - n - 1, words!["bot", "tru", "them"])
                && (at - n..at).all(|m| line.is(m, words!["giup", "cho", "em", "chi", "ho"]))
        });
    right_before || short || taken_back || dropped || asked
}

/// "Bớt 1 cháu nữ, nữ 159", "rút một cô, còn 2": beside what it leads to a change tells nothing more.
pub(super) fn drop_changes(line: &Line, found: &mut [Number]) {
    let taken = |n: &Number| {
        let at = n.tokens.start;
        (at.saturating_sub(4)..at)
            .any(|m| line.is(m, words!["bot", "tru", "rut", "bo", "xoa", "gach", "loai"]))
    };
    for index in 1..found.len() {
        let (change, result) = (&found[index - 1], &found[index]);
        let at = result.tokens.start;
        let near = (change.tokens.end..=change.tokens.end + 5).contains(&at) && !change.after.is_empty();
        let led = (at.saturating_sub(2)..at).any(|n| line.is(n, words!["con", "thanh", "xuong"]));
        // "Rút một cô, còn 2": in words it tells what happened.
        let led = led && change.amount.in_words;
        let same = |n: &usize| {
            result.before.iter().any(|m| line.folded(*n) == line.folded(*m))
                && line.word(*n).is_some_and(|w| !phrases().is_filler(w))
        };
        let named = change.after.iter().any(same);
        if change.role == Role::Delta && result.role == Role::Plain && near && taken(change) && (led || named)
        {
            found[index - 1].role = Role::Former;
        }
    }
}

/// "Chưa cân được 5 cháu", "còn 5 cháu chưa cân": what is not done.
fn is_rest(line: &Line, at: usize, end: usize, hits: &[Hit]) -> bool {
    let open = |mut between: Range<usize>| between.all(|n| line.is_word(n) && !line.begins_line(n));
    hits.iter().filter(|h| h.tag == Tag::Negation && line.is(h.start, words!["chua"])).any(|h| {
        (h.end <= at && at - h.end <= 3 && open(h.end..at))
            || (h.start >= end && h.start - end <= 4 && open(end..h.start))
    })
}

/// A word of before stands in front of it, in the same stretch: "tháng trước 13".
fn is_former(line: &Line, at: usize, hits: &[Hit]) -> bool {
    let ends = |n: usize| {
        line.is_sign(n, ',') || line.is_sign(n, ';') || line.is_sign(n, '.') || line.number(n).is_some()
    };
    // "4 cháu là của năm trước".
    let given_up = |h: &Hit| {
        h.start > at
            && h.start - at <= 6
            && line.is(h.start - 1, words!["la", "cua", "so", "gia", "muc"])
            && (at + 1..h.start).any(|n| line.is(n, words!["la"]))
            && !(at + 1..h.start).any(ends)
    };
    hits.iter().any(|h| {
        h.tag == Tag::Former && (h.end <= at && at - h.end <= 5 && !(h.end..at).any(ends) || given_up(h))
            || h.tag == Tag::PastTime && given_up(h)
    })
}

/// "Định vận động 30 triệu mà mới được 12": what was meant to be, beside what is.
fn is_planned(line: &Line, at: usize, end: usize) -> bool {
    let planned = (at.saturating_sub(4)..at)
        .any(|n| line.spelled[n] == "đinh\u{323}" || line.spelled[n] == "tinh\u{301}");
    let turn = (end..line.len().min(end + 4)).find(|n| line.is(*n, words!["ma", "nhung"]));
    planned && turn.is_some_and(|n| (n..line.len()).any(|m| line.number(m).is_some()))
}

/// "Trường bạn nghỉ 40 cháu": not one's own.
fn is_of_others(line: &Line, at: usize) -> bool {
    let ends = |n: &usize| !line.is_word(*n) && line.number(*n).is_none() || line.begins_line(n + 1);
    let from = (0..at).rev().find(ends).map_or(0, |n| n + 1);
    let own = |n: usize| (n + 2..at).any(|m| line.is(m, words!["em", "minh", "con"]));
    (from..at).any(|n| {
        let other = line.is(n, words!["truong", "phuong", "xa", "lang", "thon", "ben"])
            && (line.is(n + 1, words!["ban", "khac", "kia"])
                || line.is(n + 1, words!["ben"]) && line.is(n + 2, words!["canh", "do", "kia"])
                || line.is(n + 1, words!["canh", "lang"]) && line.is(n + 2, words!["ben", "gieng"]));
        // "Nghe bảo", "nghe nói": what others tell.
        let rumour = line.is(n, words!["nghe"]) && line.is(n + 1, words!["bao", "noi", "don", "dau", "tin"]);
        (other || rumour) && !own(n)
    })
}

/// A word that takes back what it says stands before it in the same sentence, or right behind.
pub(super) fn is_hedged(line: &Line, at: usize, hits: &[Hit]) -> bool {
    hits.iter().any(|h| {
        let near =
            line.is(h.start, words!["tren", "duoi", "hon", "gan", "tam", "co"]) && h.end - h.start == 1;
        let reach = if near { 0 } else { 6 };
        h.tag == Tag::Hedge
            && h.end <= at
            && at - h.end <= reach
            && !(h.end..at).any(|n| line.is_sign(n, ','))
    })
}

/// "giảm 1 còn 10", "rút 1 người, còn 18": what a change leads to has the words of the change.
pub(super) fn say_results(line: &Line, found: &mut [Number]) {
    for index in 1..found.len() {
        let (change, result) = (&found[index - 1], &found[index]);
        let between = change.tokens.end..result.tokens.start;
        let led = between.len() <= 8
            && between.clone().rev().take(2).any(|n| line.is(n, words!["con", "la", "thanh", "len", "nen"]));
        let small = |n: &usize| {
            line.word(*n).is_some_and(|w| phrases().is_filler(w))
                || line.is(*n, words!["so", "voi", "truoc", "len", "nen"])
                || change.after.contains(n)
        };
        let unnamed = result.before.iter().all(small);
        if change.role != Role::Delta || result.role != Role::Plain || !led || !unnamed {
            continue;
        }
        let verb = |n: &usize| line.is(*n, words!["tang", "giam", "them", "bot", "rut", "tru", "lai"]);
        let before = change.before.iter().copied().filter(|n| !verb(n)).collect();
        let unit = change.after.first().copied().filter(|n| phrases().is_counted(line.word(*n)));
        let result = &mut found[index];
        result.before = before;
        if result.after.is_empty() {
            result.after = unit.into_iter().collect();
        }
        // Its words come from elsewhere: the order of no stretch binds it.
        result.stretch = usize::MAX - index;
    }
}

/// "5+3=8": the sum counts and has the words of its parts.
pub(super) fn say_sums(line: &Line, found: &mut [Number]) {
    for last in 2..found.len() {
        if found[last].tokens.start == 0 || !line.is_sign(found[last].tokens.start - 1, '=') {
            continue;
        }
        let mut first = last - 1;
        while first > 0 && found[first].tokens.start > 0 && line.is_sign(found[first].tokens.start - 1, '+') {
            first -= 1;
        }
        // "NT 45 + MG 200 = 245": parts with names of their own are figures too.
        let named = found[first + 1..last].iter().any(|n| !n.before.is_empty() || !n.after.is_empty());
        let sum: Option<i64> = found[first..last].iter().map(|n| n.amount.whole()).sum();
        if last - first >= 2 && !named && sum.is_some() && sum == found[last].amount.whole() {
            found[last].before = found[first].before.clone();
            found[last].stretch = found[first].stretch;
            for part in &mut found[first..last] {
                part.role = Role::Former;
            }
        }
    }
}

/// "95,8 chứ không phải 98,5 %": the sign behind the wrong one is meant for both.
pub(super) fn share_rates(found: &mut [Number]) {
    for index in 1..found.len() {
        let (old, near) = (&found[index], found[index].tokens.start <= found[index - 1].tokens.end + 4);
        let rate = old.role == Role::Old && old.amount.percent && near;
        if rate && found[index - 1].amount.hundredths().is_some_and(|h| h <= 10_000) {
            found[index - 1].amount.percent = true;
        }
    }
}

/// "nhẹ cân 14 thành 13": the new figure has the words of the old one.
pub(super) fn inherit_words(line: &Line, found: &mut [Number]) {
    for index in 1..found.len() {
        let old = &found[index - 1];
        let between = old.tokens.end..found[index].tokens.start;
        let joined = joins(line, between.clone());
        let changed = old.role == Role::Former
            && between.len() == 1
            && line.is(between.start, words!["xuong", "len", "con"]);
        let joined =
            joined || changed || between.len() == 1 && line.is(between.start, words!["len", "xuong"]);
        if (old.role == Role::Old || changed) && found[index].role == Role::Plain && joined {
            found[index].before = old.before.clone();
        }
    }
}

/// "Nhẹ cân 8, à không 9": the new figure has the words of the one that was a slip of the tongue.
pub(super) fn say_slips(line: &Line, hits: &[Hit], found: &mut [Number]) {
    for slip in hits.iter().filter(|h| h.tag == Tag::Slip) {
        let new = found.iter().position(|n| n.tokens.start >= slip.end);
        let old = found.iter().rposition(|n| n.tokens.end <= slip.start && slip.start - n.tokens.end <= 5);
        let (Some(old), Some(new)) = (old, new) else { continue };
        if found[new].tokens.start - slip.end > 1 || found[old].role == Role::Zero {
            continue;
        }
        found[old].role = Role::Former;
        let known = |at: &[usize]| {
            let words: Vec<_> = at.iter().filter_map(|n| line.word(*n)).collect();
            !phrases().concepts(&words).concepts.is_empty()
        };
        if !known(&found[new].before) {
            found[new].before = found[old].before.clone();
            if found[new].after.is_empty() {
                found[new].after = found[old].after.clone();
            }
            found[new].stretch = usize::MAX - new;
        }
    }
}

/// "đủ mũi 290, chưa 15", "13 chưa": for a form that asks for those who are not yet, the refusal is the name of a figure.
pub(super) fn take_rests(line: &Line, hits: &[Hit], found: &mut [Number], consumed: &mut Vec<Hit>) {
    let alone = |at: usize| {
        at >= line.len() || !line.is_word(at) || line.number(at).is_some() || is_unit_word(line, at)
    };
    for number in found.iter_mut().filter(|n| matches!(n.role, Role::Delta | Role::Plain)) {
        let (start, end) = (number.tokens.start, number.tokens.end);
        let unit_end = if is_unit_word(line, end) && line.is_word(end) { end + 1 } else { end };
        let hit = hits.iter().find(|h| {
            h.tag == Tag::Negation
                && line.is(h.start, words!["chua"])
                && h.end - h.start == 1
                && (h.end == start || h.start == unit_end && alone(h.end) && number.before.is_empty())
        });
        if let Some(hit) = hit {
            number.role = Role::Plain;
            number.before = vec![hit.start];
            number.after.clear();
            number.stretch = usize::MAX - start;
            consumed.push(*hit);
        }
    }
    // What names one figure names no other.
    for number in found.iter_mut() {
        number.after.retain(|at| !consumed.iter().any(|h| h.start == *at && *at >= number.tokens.end));
    }
}

/// Children, however they are called.
fn is_unit_word(line: &Line, at: usize) -> bool {
    line.is(at, words!["chau", "tre", "be", "em", "c", "hs", "ban"])
}
