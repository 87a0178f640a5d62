//! The answer to "done or not?".

use super::super::key::{Key, words};
use super::super::line::Line;

/// What may stand beside either answer.
const POLITE: &[Key] = words![
    "da", "vang", "a", "ah", "em", "e", "chi", "c", "anh", "co", "thay", "bac", "truong", "ben", "minh",
    "nhe", "nha", "oi", "do", "day", "luon", "ok", "u", "uh",
];
const WORK: &[Key] = words!["nop", "gui", "lam", "nhap", "bao"];
const OVER: &[Key] = words!["xong", "roi", "het", "du"];

/// "Chưa ạ", "chưa xong đâu chị": the no to "đã xong hay chưa?", and no trouble.
pub(super) fn says_only_not_yet(line: &Line) -> bool {
    const SAID: &[Key] = words![
        "chua", "xong", "nop", "lam", "gui", "dau", "da", "a", "em", "e", "chi", "anh", "co", "thay",
        "truong", "nhe", "nha", "van", "con", "het",
    ];
    let mut words = (0..line.len()).filter(|at| line.is_word(*at)).peekable();
    words.peek().is_some()
        && (0..line.len()).any(|at| line.is(at, words!["chua"]))
        && words.all(|at| line.is(at, SAID))
        && !line.tokens.iter().any(|t| t.is_sign('?'))
}

/// "Đã xong ạ", "em làm xong rồi", "rồi chị": the yes. What comes after the end of something is to come: "xong em gửi", "rồi em nộp".
pub(super) fn says_only_done(line: &Line, nothing: &dyn Fn(usize) -> bool) -> bool {
    let said: Vec<usize> = (0..line.len()).filter(|at| line.is_word(*at) && !nothing(*at)).collect();
    let is = |n: usize, list: &[Key]| said.get(n).is_some_and(|at| line.is(*at, list));
    let past =
        |n: usize| is(n, words!["da"]) && matches!(line.spelled[said[n]].as_str(), "đa\u{303}" | "đã" | "da");
    let whole = |n: usize| is(n, words!["hoan"]) && is(n + 1, words!["thanh"]);
    let known = |n: usize| {
        is(n, POLITE)
            || is(n, WORK)
            || is(n, OVER)
            || whole(n)
            || n > 0 && whole(n - 1)
            || is(n, words!["cao", "day"])
    };
    let numbers = (0..line.len()).any(|at| !nothing(at) && line.number(at).is_some());
    let asks = line.tokens.iter().any(|t| t.is_sign('?'));
    if asks || numbers || said.is_empty() || !(0..said.len()).all(known) {
        return false;
    }
    let work = (0..said.len()).rev().find(|n| is(*n, WORK));
    let settled =
        |n: usize| (n + 1..=n + 3).any(|m| is(m, OVER)) || n > 0 && past(n - 1) || n > 1 && past(n - 2);
    let ended = |n: usize| is(n, words!["xong", "roi"]) || whole(n);
    let only_yes = said.iter().all(|at| line.is(*at, POLITE)) && (0..said.len()).any(|n| is(n, words!["co"]));
    match work {
        Some(n) => settled(n),
        None => (0..said.len()).any(ended) || only_yes && said.len() <= 2,
    }
}
