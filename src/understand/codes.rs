//! The stretches of a part that speak of one task each: "V18 nộp rồi, V19 chưa xong, V20 mai em gửi".

use std::ops::Range;

use super::Context;
use super::key::{Key, words};
use super::line::Line;
use super::marks::Mark;
use super::parts::Part;
use super::reading::Unclear;
use super::tasks::code_in;
use crate::domain::TaskId;

/// The stretches, one at least. What follows codes that stand in a row is said of each of them; where nothing parts two codes, or
/// figures follow a row of them, which task is meant is doubted.
pub(super) fn by_codes(part: Part, line: &Line, marks: &[Mark], context: &Context) -> Vec<Part> {
    let codes: Vec<usize> = part
        .range
        .clone()
        .filter(|at| marks.get(*at) == Some(&Mark::Code) && line.number(*at).is_some())
        .collect();
    let several = codes.windows(2).any(|pair| line.number(pair[0]) != line.number(pair[1]));
    if !several {
        return vec![part];
    }
    let mut stretches = vec![Stretch { range: part.range.clone(), code: codes[0] }];
    for pair in codes.windows(2) {
        let (before, at) = (pair[0], pair[1]);
        if line.number(before) == line.number(at) {
            continue;
        }
        let Some(cut) = cut_between(line, marks, before, at) else {
            return vec![doubted(part, &codes, line, marks, context)];
        };
        if let Some(last) = stretches.last_mut() {
            let end = std::mem::replace(&mut last.range.end, cut);
            stretches.push(Stretch { range: cut..end, code: at });
        }
    }
    let own: Vec<bool> = stretches.iter().map(|s| says(line, marks, &s.range)).collect();
    let mut parts: Vec<Part> = Vec::new();
    for (n, stretch) in stretches.iter().enumerate() {
        let behind = (n..own.len()).find(|m| own[*m]);
        let lender = behind.or_else(|| (0..n).rev().find(|m| own[*m])).unwrap_or(n);
        let range = stretches[lender].range.clone();
        let figures = |at: usize| line.number(at).is_some() && marks.get(at) == Some(&Mark::Free);
        if lender != n && range.clone().any(figures) {
            return vec![doubted(part, &codes, line, marks, context)];
        }
        parts.push(Part { range, code: Some(stretch.code), ..part.clone() });
    }
    parts
}

struct Stretch {
    range: Range<usize>,
    /// The token of the number.
    code: usize,
}

/// Where the words about the next code begin: behind the last comma, end of a sentence or "còn" between the two.
fn cut_between(line: &Line, marks: &[Mark], before: usize, at: usize) -> Option<usize> {
    let start = (before + 1..=at).find(|n| marks.get(*n) == Some(&Mark::Code)).unwrap_or(at);
    if start == before + 1 {
        return Some(start);
    }
    let ends = |n: &usize| {
        [',', ';', '.', '!', '?', '+', '&', '/'].iter().any(|sign| line.is_sign(*n, *sign))
            || line.tokens[*n].is_dash()
            || line.is(*n, words!["con", "va", "voi", "nhung", "roi", "lan"])
    };
    let sign =
        (before + 1..start).rev().find(ends).map(|n| if line.is(n, words!["con"]) { n } else { n + 1 });
    let row = (before + 1..=start).rev().find(|n| line.begins_line(*n));
    sign.max(row)
}

/// Whether a stretch says more than its code.
fn says(line: &Line, marks: &[Mark], range: &Range<usize>) -> bool {
    const SMALL: &[Key] = words![
        "va", "voi", "lan", "con", "cung", "ca", "da", "em", "truong", "chi", "bao", "cao", "thi", "a",
        "viec"
    ];
    range.clone().any(|at| {
        let free = !matches!(marks.get(at), Some(Mark::Code | Mark::School) | None);
        let small = line.is(at, SMALL) && line.spelled.get(at).is_none_or(|s| s != "đã");
        free && (line.number(at).is_some() || line.is_word(at) && !small)
    })
}

fn doubted(part: Part, codes: &[usize], line: &Line, marks: &[Mark], context: &Context) -> Part {
    let mut tasks = Vec::new();
    for at in codes {
        if let Some(Ok(task)) = code_in(line, marks, &(*at..at + 1), context)
            && !tasks.contains(&task)
        {
            tasks.push(task);
        }
    }
    // "Từ V18 đến V20": those between them as well.
    let spans = |pair: &[usize]| (pair[0]..pair[1]).any(|at| line.is(at, words!["den", "toi"]));
    for pair in codes.windows(2).filter(|pair| spans(pair)) {
        let ends = (line.number(pair[0]).unwrap_or_default(), line.number(pair[1]).unwrap_or_default());
        let between = context.open.iter().filter(|o| (ends.0..ends.1).contains(&o.task.code));
        let new: Vec<TaskId> = between.map(|o| o.task.id).filter(|id| !tasks.contains(id)).collect();
        tasks.splice(tasks.len().min(1)..tasks.len().min(1), new);
    }
    let mut doubts = part.doubts.clone();
    if tasks.len() > 1 {
        doubts.push(Unclear::WhichTask(tasks));
    }
    Part { doubts, ..part }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{World, shown};

    #[test]
    fn each_clause_belongs_to_the_code_before_it() {
        let world = World::new();
        for (text, want) in [
            (
                "V2 tổng 210, cân đo 208, V5 chưa xong, V6 đã hoàn thành ạ",
                "MN Hoa Mai V2 submit can_do=208 tong_so_tre=210 + MN Hoa Mai V5 unable + MN Hoa Mai V6 Done",
            ),
            (
                "V6 đã nhập xong rồi ạ, V5 cho em xin đến 20/10",
                "MN Hoa Mai V6 Done + MN Hoa Mai V5 extension 20/10",
            ),
            ("đã nộp V6 rồi, chưa nộp V5 ạ", "MN Hoa Mai V6 Done + MN Hoa Mai V5 unable"),
            ("V5, V6 em đã nhận ạ", "MN Hoa Mai V5 Received + MN Hoa Mai V6 Received"),
            ("em đã nhận V5 và V6", "MN Hoa Mai V5 Received + MN Hoa Mai V6 Received"),
            ("cả V5 lẫn V6 em đã nhận ạ", "MN Hoa Mai V5 Received + MN Hoa Mai V6 Received"),
            ("V5-V6 đã nhận ạ", "MN Hoa Mai V5 Received + MN Hoa Mai V6 Received"),
            ("V5 – V6 em đã nhận", "MN Hoa Mai V5 Received + MN Hoa Mai V6 Received"),
            ("V6 đã xong; V6 gửi hôm qua rồi ạ", "MN Hoa Mai V6 Done"),
            ("V2, V5 tổng 210 cân đo 208", "MN Hoa Mai V2 submit can_do=208 tong_so_tre=210 [task?]"),
        ] {
            let acts = world.read(text);
            let said: Vec<String> = acts.iter().map(|act| shown(&world, act)).collect();
            assert_eq!(said.join(" + "), want, "{text}");
        }
    }
}
