//! Who must act, in the document's own words: "các trường công lập", "MN Sơn Ca, Hoa Ban", "các trường có tổ chức bán trú". Whom
//! these words mean, only the register knows.

use crate::vietnamese::{Token, TokenKind, words_at};

/// What stands behind "các" when it is somebody who acts: "các trường", but not "các nội dung".
const ACTORS: [&str; 24] = [
    "truong", "nha", "don", "co", "nhom", "phong", "to", "hieu", "lop", "giao", "xa", "phuong", "ubnd",
    "cum", "diem", "thcs", "th", "mn", "mg", "tieu", "mam", "trung", "can", "dong",
];

/// What may stand before whoever must act: "Đối với các trường tư thục", "Riêng Cụm 1", "Chủ các nhóm trẻ".
const LEADS: [&[&str]; 11] = [
    &["ap", "dung", "doi", "voi"],
    &["doi", "voi"],
    &["danh", "cho"],
    &["chi", "doi", "voi"],
    &["de", "nghi"],
    &["yeu", "cau"],
    &["ke", "toan"],
    &["rieng"],
    &["giao"],
    &["chu"],
    &["chi"],
];

/// Words that begin what is to be done.
const VERBS: [&str; 48] = [
    "gui", "nop", "bao", "dang", "to", "phoi", "ra", "thuc", "lap", "nhap", "cap", "sua", "bo", "tong",
    "giai", "chuan", "xay", "khac", "nao", "co", "hoan", "tu", "nghi", "mo", "chu", "tham", "hop", "cu",
    "tiep", "kiem", "khao", "chuyen", "niem", "ky", "phun", "hoc", "trien", "sap", "dieu", "danh", "phai",
    "can", "khong", "luu", "thi", "don", "nhan", "chot",
];

/// What tells some from the others, when a duty follows behind it: "có tổ chức bán trú", "chưa nộp", "thuộc diện".
const CONDITIONS: [&[&str]; 9] = [
    &["co"],
    &["chua"],
    &["da"],
    &["dang"],
    &["duoc"],
    &["dat"],
    &["tham", "gia"],
    &["thuoc", "dien"],
    &["chuan", "quoc", "gia"],
];

/// "có trách nhiệm", "có thể", "đăng ký": a duty, not a condition.
const DUTIES: [&[&str]; 5] =
    [&["co", "trach"], &["co", "the"], &["co", "nhiem"], &["dang", "ky"], &["co", "van", "ban"]];

/// The duty behind a condition.
const DUES: [&[&str]; 10] = [
    &["gui"],
    &["nop"],
    &["bao", "cao"],
    &["bao", "ve"],
    &["lap", "danh", "sach"],
    &["hoan", "thanh"],
    &["cap", "nhat"],
    &["khan", "truong"],
    &["dang", "ky"],
    &["phai"],
];

/// Who an item says must act, where it says so before its first verb or in a bracket of its own.
pub(super) fn who(text: &str, tokens: &[Token]) -> Option<String> {
    let opens = |at: &usize| {
        let behind = lead(tokens, at + 1);
        let some = behind > at + 1 || tokens.get(behind).is_some_and(|t| t.is_word("cac"));
        tokens[*at].is_sign('(') && some && begins(tokens, behind, *at + 1)
    };
    match (0..tokens.len()).find(opens) {
        Some(bracket) => group(text, tokens, lead(tokens, bracket + 1), true),
        None => group(text, tokens, lead(tokens, 0), false),
    }
}

/// Behind the words that may stand before whoever must act.
fn lead(tokens: &[Token], at: usize) -> usize {
    let behind = LEADS.iter().find(|lead| words_at(tokens, at, lead)).map_or(at, |lead| at + lead.len());
    // "Đề nghị hiệu trưởng": a group begins behind it, or it was no lead.
    if behind > at && begins(tokens, behind, at) { behind } else { at }
}

/// Whether a group begins at a token: "các trường", or "Trường", "MN", "Cụm" with a capital or behind a lead at `from`.
fn begins(tokens: &[Token], at: usize, from: usize) -> bool {
    let Some(first) = tokens.get(at) else { return false };
    let next = |words: &[&str]| tokens.get(at + 1).is_some_and(|t| words.contains(&t.folded.as_str()));
    if words_at(tokens, at, &["to", "chuc"]) || words_at(tokens, at, &["co", "so", "vat"]) {
        return false;
    }
    match first.folded.as_str() {
        "cac" | "nhung" => next(&ACTORS),
        // "Giao ban" and "Giao đ/c Hà" are no teachers.
        "giao" => first.capital && next(&["vien"]),
        "mn" | "mg" => first.capital,
        "truong" | "cum" | "nhom" | "lop" => first.capital || at > from && named(tokens, at + 1),
        "don" | "co" | "to" => first.capital,
        _ => false,
    }
}

/// Whether a name or a number stands there: "trường MN Hoa Sen", "cụm 1", "nhóm trẻ".
fn named(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|t| t.capital || matches!(t.kind, TokenKind::Number { .. }) || t.is_word("tre"))
}

/// The words of a group, up to what it is to do.
fn group(text: &str, tokens: &[Token], start: usize, bracket: bool) -> Option<String> {
    if !bracket && !begins(tokens, start, 0) {
        return None;
    }
    let reach = tokens.len().min(start + 30);
    let mut end = (start + 1..reach).find(|at| ends(tokens, *at, bracket))?;
    if is_condition(tokens, end) {
        let closes = |at: &usize| tokens[*at].is_sign(')') || tokens[*at].is_sign(';');
        let behind = if bracket { (end..reach).find(closes) } else { duty(tokens, end) };
        end = behind.unwrap_or(end);
    }
    if end <= start + 1 {
        return None;
    }
    let words = text.get(tokens[start].start..tokens[end - 1].end)?;
    let words = words.trim_end_matches([',', ';', ':', '(']).trim();
    (words.split_whitespace().count() > 1).then(|| words.to_owned())
}

fn ends(tokens: &[Token], at: usize, bracket: bool) -> bool {
    // What begins like a verb without its marks.
    const NOUNS: [&[&str]; 3] = [&["tu", "thuc"], &["co", "so"], &["chuyen", "biet"]];
    let t = &tokens[at];
    if t.is_sign(':') || t.is_sign(';') || bracket && t.is_sign(')') {
        return true;
    }
    let compound = matches!(tokens[at - 1].folded.as_str(), "cong" | "doc" | "xa" | "phu" | "tieu" | "trung")
        || NOUNS.iter().any(|noun| words_at(tokens, at, noun) || words_at(tokens, at - 1, noun));
    let verb = is_condition(tokens, at) || VERBS.contains(&t.folded.as_str());
    t.kind == TokenKind::Word && !t.capital && !compound && verb
}

fn is_condition(tokens: &[Token], at: usize) -> bool {
    let is = |all: &[&[&str]]| all.iter().any(|words| words_at(tokens, at, words));
    is(&CONDITIONS) && !is(&DUTIES)
}

/// The duty behind a condition that begins at a token, in the same clause. "Các trường tham gia và nộp" are two duties, "các trường
/// tham gia nộp" a condition and one.
fn duty(tokens: &[Token], at: usize) -> Option<usize> {
    let due = |at: usize| DUES.iter().any(|words| words_at(tokens, at, words));
    let stops = |t: &Token| ['.', ',', ';', ':', '(', ')'].iter().any(|sign| t.is_sign(*sign));
    let reach = tokens.len().min(at + 25);
    // "chưa nộp báo cáo tháng 9 khẩn trương gửi": the last before the clause ends, of those that nothing joins to one before.
    let clause = (at + 1..reach).take_while(|at| !stops(&tokens[*at]));
    let alone = |at: &usize| {
        *at > 0 && !matches!(tokens[*at - 1].folded.as_str(), "va" | "de" | "roi" | "da" | "chua")
    };
    let dues: Vec<usize> = clause.filter(|at| due(*at)).filter(alone).collect();
    match words_at(tokens, at, &["chua"]) {
        true => dues.into_iter().find(|due| *due > at + 1 && !words_at(tokens, *due, &["bao", "cao"])),
        false => dues.into_iter().find(|due| *due > at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::who;
    use crate::vietnamese::tokens;

    #[test]
    fn who_must_act_is_said_before_the_duty_or_in_a_bracket() {
        for (text, wanted) in [
            ("Các trường nộp báo cáo trước 05/10.", Some("Các trường")),
            (
                "Đề nghị trường MN Hoa Sen, MN Hoa Mai gửi kế hoạch về Phòng.",
                Some("trường MN Hoa Sen, MN Hoa Mai"),
            ),
            ("Giao MN Sơn Ca chủ trì, phối hợp với trạm y tế.", Some("MN Sơn Ca")),
            ("Giao ban hiệu trưởng lúc 14h00.", None),
            ("Đối với các trường tư thục: nộp bản cam kết.", Some("các trường tư thục")),
            ("Đối với nhóm trẻ độc lập: gửi hồ sơ trước 10/10.", Some("nhóm trẻ độc lập")),
            ("Riêng Cụm 1, nộp sản phẩm trước 12/10.", Some("Cụm 1")),
            ("Chủ các nhóm, lớp độc lập gửi cam kết.", Some("các nhóm, lớp độc lập")),
            ("Nộp báo cáo tự đánh giá (áp dụng đối với các trường tư thục).", Some("các trường tư thục")),
            ("Gửi danh sách giáo viên (chỉ các trường công lập) trước 12/10.", Some("các trường công lập")),
            ("Tập huấn chuyên môn (Trường MN Hoa Sen).", None),
            ("Các trường có tổ chức bán trú gửi thực đơn tuần.", Some("Các trường có tổ chức bán trú")),
            ("Các trường có trách nhiệm gửi thực đơn tuần.", Some("Các trường")),
            (
                "Các trường chưa nộp báo cáo tháng 9 khẩn trương gửi.",
                Some("Các trường chưa nộp báo cáo tháng 9"),
            ),
            ("Các trường tham gia Hội thi nộp sản phẩm.", Some("Các trường tham gia Hội thi")),
            ("Các trường tham gia Hội thi và nộp sản phẩm.", Some("Các trường")),
            ("Các trường đăng ký thi đua, gửi bản đăng ký.", Some("Các trường")),
            ("Gửi thực đơn (các trường có tổ chức bán trú).", Some("các trường có tổ chức bán trú")),
            ("Các nội dung thi đua gửi trước 10/10.", None),
        ] {
            assert_eq!(who(text, &tokens(text)).as_deref(), wanted, "{text}");
        }
    }
}
