//! What a document does to an earlier one: "thay thế Công văn số 41/VHXH ngày 05/9/2026".
//!
//! A relation is a verb of its own ("thay thế", "đính chính" …) and the number of another document in the same sentence. What
//! one document of the law does to another ("Thông tư số … sửa đổi Thông tư số …") is none of ours.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::directive::Span;
use crate::vietnamese::{Token, YearSaid, day_at, tokens, words_at};

/// What a document does to an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// What it does.
    pub act: Act,
    /// The kind of the other document as printed: "Công văn", "Kế hoạch"; empty when none stands before the number.
    pub kind: String,
    /// Its number and symbol, without spaces.
    pub number: String,
    /// Its date, as far as it is printed in full.
    pub issued_on: Option<NaiveDate>,
    /// The words in the document.
    pub quote: String,
    /// Where they stand.
    pub span: Span,
}

/// What can be done to an earlier document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Thay thế: it holds no more, this one does.
    Replace,
    /// Bãi bỏ, thu hồi, hủy bỏ, hết hiệu lực: it holds no more.
    Repeal,
    /// Đính chính: something in it was wrong.
    Correct,
    /// Điều chỉnh, sửa đổi: something in it is otherwise now.
    Adjust,
    /// Bổ sung: something is added to it.
    Supplement,
    /// Gia hạn, lùi thời hạn: its deadlines are later now.
    Extend,
}

/// The verbs, the longest first.
const ACTS: [(&[&str], Act); 17] = [
    (&["thay", "the"], Act::Replace),
    (&["bai", "bo"], Act::Repeal),
    (&["huy", "bo"], Act::Repeal),
    (&["thu", "hoi"], Act::Repeal),
    (&["het", "hieu", "luc"], Act::Repeal),
    (&["dinh", "chinh"], Act::Correct),
    (&["dieu", "chinh"], Act::Adjust),
    (&["sua", "doi"], Act::Adjust),
    (&["thay", "doi"], Act::Adjust),
    (&["bo", "sung"], Act::Supplement),
    (&["gia", "han"], Act::Extend),
    (&["lui", "thoi", "han"], Act::Extend),
    (&["lui", "han"], Act::Extend),
    (&["lui", "thoi", "gian"], Act::Extend),
    (&["keo", "dai", "thoi", "han"], Act::Extend),
    (&["keo", "dai", "thoi", "gian"], Act::Extend),
    (&["hoan", "thoi", "gian"], Act::Extend),
];

/// The kinds of documents that an office itself sends; those of the law ("Thông tư", "Nghị định") are not replaced by it.
const KINDS: [(&[&str], &str); 9] = [
    (&["cong", "van"], "Công văn"),
    (&["ke", "hoach"], "Kế hoạch"),
    (&["thong", "bao"], "Thông báo"),
    (&["huong", "dan"], "Hướng dẫn"),
    (&["bao", "cao"], "Báo cáo"),
    (&["quyet", "dinh"], "Quyết định"),
    (&["giay", "moi"], "Giấy mời"),
    (&["lich"], "Lịch"),
    (&["van", "ban"], "văn bản"),
];

/// The relations that a text states.
pub fn relations(text: &str, span: Span) -> Vec<Relation> {
    if !text.contains('/') {
        return Vec::new();
    }
    let tokens = tokens(text);
    let numbers: Vec<Number> = (0..tokens.len()).filter_map(|at| number_at(text, &tokens, at)).collect();
    let mut out: Vec<Relation> = Vec::new();
    let mut before: Option<usize> = None;
    for number in &numbers {
        let from = sentence_start(text, &tokens, number.from);
        // In one sentence a later number is what the earlier document does, unless both are named side by side.
        let listed = before.is_some_and(|end| end >= from && joined(&tokens, end, number.from));
        let first = before.is_none_or(|end| end < from);
        let act = if listed {
            out.last().filter(|_| before.is_some()).map(|relation| (relation.act, number.from))
        } else {
            first.then(|| act_of(&tokens, from, number)).flatten()
        };
        before = Some(number.next);
        let Some((act, at)) = act else { continue };
        let quote = text[tokens[at].start..tokens[number.next - 1].end].replace('\n', " ");
        let (kind, own) = (number.kind.to_owned(), number.value.clone());
        out.push(Relation { act, kind, number: own, issued_on: number.day, quote, span });
    }
    out
}

/// The number of a document with its kind and day.
struct Number {
    from: usize,
    next: usize,
    kind: &'static str,
    value: String,
    day: Option<NaiveDate>,
}

/// "Công văn số 41/VHXH-GD ngày 05/9/2026", "Kế hoạch 88/KH-UBND".
fn number_at(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    tokens[at].number()?;
    let numbered = at.checked_sub(1).is_some_and(|b| tokens[b].is_word("so"));
    let name_end = if numbered { at - 1 } else { at };
    let (words, kind) = KINDS
        .iter()
        .find(|(words, _)| name_end >= words.len() && words_at(tokens, name_end - words.len(), words))?;
    let slash = tokens.get(at + 1).filter(|t| t.is_sign('/'))?;
    let mut next = at + 2;
    if tokens.get(next).is_none_or(|t| t.start - slash.end > 1) {
        return None;
    }
    while let (Some(sign), Some(_)) = (tokens.get(next + 1), tokens.get(next + 2)) {
        let tight = sign.start - tokens[next].end <= 1 && tokens[next + 2].start - sign.end <= 1;
        if !tight || !(sign.is_sign('/') || sign.is_dash() || sign.is_sign('&')) {
            break;
        }
        next += 2;
    }
    next += 1;
    let symbol = &text[tokens[at].start..tokens[next - 1].end];
    if !symbol.contains(char::is_uppercase) {
        return None;
    }
    let value: String = symbol.split_whitespace().collect();
    let mut day = None;
    let comma = usize::from(tokens.get(next).is_some_and(|t| t.is_sign(',')));
    if tokens.get(next + comma).is_some_and(|t| t.is_word("ngay"))
        && let Some((said, after)) = day_at(text, tokens, next + comma + 1)
    {
        next = after;
        if let Some(YearSaid::Printed(year)) = said.year {
            day = NaiveDate::from_ymd_opt(year, said.month, said.day);
        }
    }
    Some(Number { from: name_end - words.len(), next, kind, value, day })
}

/// The first token of the sentence that a token stands in.
fn sentence_start(text: &str, tokens: &[Token], at: usize) -> usize {
    (1..=at)
        .rev()
        .find(|at| {
            let before = &tokens[at - 1];
            let full = before.is_sign('.') && tokens[*at].capital && tokens[*at].start > before.end;
            full || before.is_sign(';') || text[before.end..tokens[*at].start].contains('\n')
        })
        .unwrap_or(0)
}

/// "Công văn số 1/A và Công văn số 2/A", "…, …": named side by side.
fn joined(tokens: &[Token], end: usize, from: usize) -> bool {
    from == end || from == end + 1 && (tokens[end].is_word("va") || tokens[end].is_sign(','))
}

/// The verb that governs a number: the last one before it, or "hết hiệu lực", "bị bãi bỏ" behind it.
fn act_of(tokens: &[Token], from: usize, number: &Number) -> Option<(Act, usize)> {
    const BASES: [&[&str]; 3] = [&["can", "cu"], &["thuc", "hien"], &["theo"]];
    // "Theo đề nghị của các đơn vị, Phòng gia hạn …" is no basis in the law.
    const REASONS: [&[&str]; 6] = [
        &["de", "nghi"],
        &["y", "kien"],
        &["kien", "nghi"],
        &["phan", "anh"],
        &["tinh", "hinh"],
        &["thuc", "te"],
    ];
    let reason = |at: usize| REASONS.iter().any(|words| words_at(tokens, at, words));
    if BASES.iter().any(|words| words_at(tokens, from, words) && !reason(from + words.len())) {
        return None;
    }
    let here = |at: usize| ACTS.iter().find(|(words, _)| words_at(tokens, at, words)).map(|(_, act)| *act);
    let reach = from.max(number.from.saturating_sub(24));
    let before = (reach..number.from).find_map(|at| here(at).map(|act| (act, at)));
    if before.is_some() {
        return before;
    }
    let behind = (number.next..(number.next + PASSIVE).min(tokens.len()))
        .take_while(|at| !matches!(tokens[*at].kind, crate::vietnamese::TokenKind::Sign(';' | '.')));
    let mut acts = behind.filter_map(|at| here(at).map(|act| (act, at)));
    let (act, at) = acts.next()?;
    let near = act == Act::Repeal && at < number.next + NEAR;
    (near || is_done_by_this(tokens, at, act)).then_some((act, number.from))
}

/// "được thay thế bằng Công văn này", "bị bãi bỏ kể từ ngày ký", "được điều chỉnh bởi Kế hoạch này": a passive whose doer is this
/// document, or nobody.
fn is_done_by_this(tokens: &[Token], at: usize, act: Act) -> bool {
    let passive = at.checked_sub(1).is_some_and(|b| tokens[b].is_word("duoc") || tokens[b].is_word("bi"));
    let doer = (at..tokens.len().min(at + DOER))
        .find(|at| ["bang", "boi", "theo", "tai"].iter().any(|word| tokens[*at].is_word(word)));
    let this = |doer: usize| (doer + 1..tokens.len().min(doer + DOER)).any(|at| tokens[at].is_word("nay"));
    passive && doer.map_or(matches!(act, Act::Replace | Act::Repeal), this)
}

/// How many words behind a number its issuer and its passive take.
const PASSIVE: usize = 18;
/// How many words behind a number a verb that ends it stands without a passive.
const NEAR: usize = 6;
/// How many words behind a verb its doer takes.
const DOER: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let one = |r: &Relation| {
            let day = r.issued_on.map_or(String::new(), |day| format!(" {day}"));
            format!("{:?} {} {}{day}", r.act, r.kind, r.number)
        };
        relations(text, Span::default()).iter().map(one).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn what_is_done_to_an_earlier_document() {
        let table = [
            (
                "Công văn này thay thế Công văn số 41/VHXH ngày 05/9/2026 của Phòng.",
                "Replace Công văn 41/VHXH 2026-09-05",
            ),
            ("V/v đính chính Kế hoạch số 12 /KH-VHXH", "Correct Kế hoạch 12/KH-VHXH"),
            (
                "điều chỉnh thời gian nộp báo cáo nêu tại Công văn số 9/PGDĐT-MN, ngày 3 tháng 10 năm 2026",
                "Adjust Công văn 9/PGDĐT-MN 2026-10-03",
            ),
            ("gia hạn nộp biểu theo Thông báo số 7/TB-VHXH đến 30/10", "Extend Thông báo 7/TB-VHXH"),
            (
                "Bãi bỏ Công văn số 1/VHXH và Công văn số 2/VHXH.",
                "Repeal Công văn 1/VHXH | Repeal Công văn 2/VHXH",
            ),
            ("Công văn số 5/VHXH hết hiệu lực kể từ ngày ký.", "Repeal Công văn 5/VHXH"),
            (
                "Công văn số 31/VHXH ngày 05/8/2026 của Phòng Văn hóa - Xã hội được thay thế bằng Công văn này.",
                "Replace Công văn 31/VHXH 2026-08-05",
            ),
            ("Kế hoạch số 12/KH-VHXH được thay thế bởi Kế hoạch này.", "Replace Kế hoạch 12/KH-VHXH"),
            ("Thời hạn tại Công văn số 9/VHXH được điều chỉnh theo văn bản này.", "Adjust Công văn 9/VHXH"),
            ("Công văn số 4/VHXH của Phòng bị bãi bỏ kể từ ngày ký.", "Repeal Công văn 4/VHXH"),
            ("Công văn số 4/VHXH được thay thế bằng Công văn số 9/SGDĐT của Sở.", ""),
            ("Danh sách kèm Công văn số 4/VHXH được bổ sung trước ngày 20/10.", ""),
            ("Theo Công văn số 4/VHXH, danh sách được bổ sung trước ngày 20/10.", ""),
            ("bổ sung, điều chỉnh Lịch số 3/L-VHXH", "Supplement Lịch 3/L-VHXH"),
            ("Căn cứ Quyết định số 4/QĐ-UBND sửa đổi Quyết định số 3/QĐ-UBND", ""),
            ("Thực hiện Công văn số 8/SGDĐT về điều chỉnh lịch", ""),
            ("Quyết định số 6/QĐ-UBND điều chỉnh Kế hoạch số 5/KH-UBND", ""),
            ("Theo Công văn số 8/SGDĐT, các trường bổ sung hồ sơ", ""),
            ("thay thế Thông tư số 17/2018/TT-BGDĐT", ""),
            ("bổ sung 12/13 chỉ tiêu", ""),
        ];
        for (text, want) in table {
            assert_eq!(shown(text), want, "{text}");
        }
    }
}
