//! "Nộp rồi mà", "gửi 2 lần rồi vẫn báo thiếu": a school says that what the bot misses has been sent.

use std::ops::Range;

use super::clause::{Clause, together};
use super::key::words;
use super::line::Line;
use super::marks::{Mark, marks};
use crate::vietnamese::fold_words;

/// What somebody says who wonders at being missed, and who has sent it.
const CLAIMS: [&str; 19] = [
    "nộp rồi mà",
    "gửi rồi mà",
    "báo cáo rồi mà",
    "nộp rồi sao",
    "gửi rồi sao",
    "nộp rồi còn",
    "gửi rồi còn",
    "vẫn báo thiếu",
    "vẫn báo chưa",
    "sao vẫn nhắc",
    "vẫn nhắc trường em",
    "vẫn nhắc trường mình",
    "sao vẫn thiếu",
    "sao báo thiếu",
    "sao lại báo thiếu",
    "nộp hết rồi mà",
    "gửi hết rồi mà",
    "đã nộp rồi mà",
    "nộp đủ rồi mà",
];
/// The same, said to the bot, or where something else says that it is missed.
const WEAK: [&str; 10] = [
    "vẫn nhắc",
    "báo thiếu",
    "vẫn thiếu",
    "nhắc hoài",
    "nhắn trên nhóm rồi",
    "gửi trên nhóm rồi",
    "nộp trên nhóm rồi",
    "báo trên nhóm rồi",
    "gửi trong nhóm rồi",
    "gửi vào nhóm rồi",
];
/// "Nộp từ hôm kia rồi": said to the bot it is a claim, among people only beside one of the words of complaint.
const SINCE: [&str; 10] = [
    "nộp từ hôm",
    "gửi từ hôm",
    "nộp từ thứ",
    "gửi từ thứ",
    "nộp từ tuần",
    "gửi từ tuần",
    "nộp lâu rồi",
    "gửi lâu rồi",
    "nộp từ lâu",
    "gửi từ lâu",
];
const COMPLAINS: [&str; 4] = ["mà", "sao", "vẫn", "còn"];
/// Whose word it is not.
const OTHERS: [&str; 8] =
    ["các trường", "trường khác", "trường bạn", "trường nào", "mọi trường", "các cô", "các chị", "có ai"];

/// Whether words say so. What hands in figures now says more, and is read as that. Among people, said to nobody, only the plain
/// complaint about one's own school does: others talk of handing in and of what is short all day.
#[must_use]
pub fn claims_sent(text: &str, to_bot: bool) -> bool {
    let said = Said::of(text);
    let line = Line::new(text);
    let marks = marks(&line, &[]);
    let times = |at: usize| line.is(at + 1, words!["lan", "tin"]);
    let figures = (0..line.len()).any(|at| {
        line.number(at).is_some()
            && !times(at)
            && !matches!(marks[at], Mark::Code | Mark::Day | Mark::Clock | Mark::Measure)
    });
    let again = ["nộp", "gửi"].iter().any(|verb| {
        ["2", "3", "4", "hai", "ba", "mấy", "nhiều"].iter().any(|n| said.has(&format!("{verb} {n} lần")))
    });
    let since = SINCE.iter().any(|c| said.has(c)) && (to_bot || COMPLAINS.iter().any(|c| said.has(c)));
    let plain = again || since || CLAIMS.iter().any(|c| said.has(c));
    let weak = to_bot && WEAK.iter().any(|c| said.has(c));
    !figures && (plain || weak) && !OTHERS.iter().any(|c| said.has(c))
}

/// The words of a text, each as typed and without its marks.
struct Said(Vec<(String, String)>);

impl Said {
    fn of(text: &str) -> Self {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        Self(words.map(|w| (w.to_lowercase(), fold_words(w))).collect())
    }

    /// Whether a phrase stands there: people leave out marks, and do not put others ("bão thiếu" is not "báo thiếu").
    fn has(&self, phrase: &str) -> bool {
        let wanted: Vec<(&str, String)> = phrase.split(' ').map(|w| (w, fold_words(w))).collect();
        self.0.windows(wanted.len()).any(|own| {
            own.iter()
                .zip(&wanted)
                .all(|((typed, folded), (word, bare))| folded == bare && (typed == word || typed.is_ascii()))
        })
    }
}

/// The clauses up to the first one that asks, when they claim something done, and the rest.
pub(super) fn claim_then_question(
    line: &Line,
    range: &Range<usize>,
    clauses: &[Clause],
) -> Option<(Range<usize>, Range<usize>)> {
    let asks = clauses.iter().position(|c| c.signs.asks).filter(|n| *n > 0)?;
    let claim = together(&clauses[..asks]);
    if claim.denies || claim.unfinished || claim.future || claim.more_time || claim.wish || !claim.done {
        return None;
    }
    let told = together(&clauses[asks..]);
    // "Nhờ trường bạn nộp rồi, không biết họ nộp chưa" claims nothing for sure.
    let cut = clauses[asks].range.start;
    let unsure = (cut..range.end).any(|at| {
        line.is(at, words!["khong"])
            && line.is(at + 1, words!["biet", "ro"])
            && !line.is(at + 2, words!["sao", "vi", "the"])
    });
    if unsure {
        return None;
    }
    let clean = !told.denies && !told.unfinished && !told.more_time && !told.corrects;
    clean.then_some((range.start..cut, cut..range.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_told_from_an_answer() {
        for (text, want) in [
            ("em nộp rồi mà", true),
            ("V2 em gửi 2 lần rồi vẫn báo thiếu là sao ạ", true),
            ("trường em nộp từ hôm kia rồi", true),
            ("V20 trường em gửi lâu rồi chị", true),
            ("em nhắn trên nhóm rồi chị", true),
            ("V1 em gửi từ thứ 5 rồi ạ", true),
            ("em gui tu hom qua roi sao van bao thieu", true),
            ("các trường khác nộp từ hôm qua rồi", false),
            ("các trường khác nộp rồi mà", false),
            ("có trường nào bị bão thiếu bếp không", false),
            ("sao vẫn nhắc trường em vậy chị?", true),
            ("V2 đã nộp ạ", false),
            ("V2 tổng 337, em gửi rồi mà", false),
            ("em chưa nộp được", false),
        ] {
            assert_eq!(claims_sent(text, true), want, "{text}");
        }
    }

    #[test]
    fn talk_among_people_claims_nothing() {
        for (text, want) in [
            ("em nộp rồi mà sao vẫn báo thiếu", true),
            ("trường em nộp từ hôm kia rồi", false),
            ("em nhắn trên nhóm rồi chị", false),
            ("sáng nay em vẫn nhắc các cô làm nhé", false),
            ("em báo thiếu giáo viên từ lâu rồi mà", false),
            ("bếp báo thiếu gas từ sáng", false),
        ] {
            assert_eq!(claims_sent(text, false), want, "{text}");
        }
    }
}
