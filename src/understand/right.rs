//! "Đúng, do mới tách trường": whether an answer says that an odd figure is right, and why.

use crate::vietnamese::fold;

/// Words that say nothing here.
const POLITE: &[&str] = &["da", "vang", "u", "uh", "uk", "chi", "anh", "em", "bot", "thua", "oi", "a", "ok"];
/// Words that say that it is right.
const RIGHT: &[&str] =
    &["dung", "chinh", "xac", "chuan", "phai", "roi", "vay", "so", "day", "nhe", "nha", "do", "a", "that"];
/// Words that begin a reason.
const BECAUSE: &[&str] = &["do", "vi", "tai", "boi", "ly", "nho"];
/// What changes the figures of a school, in two words; with it a reason needs no "do" and no "đúng".
const CHANGES: &[&str] = &[
    "sap nhap",
    "moi tach",
    "tach truong",
    "tach diem",
    "tach lop",
    "tach ra",
    "nhan them",
    "chuyen den",
    "chuyen ve",
    "chuyen di",
    "chuyen truong",
    "chuyen sang",
    "mo them",
    "moi mo",
    "mo lop",
    "giai the",
    "tuyen them",
    "tuyen moi",
    "tuyen sinh",
    "them lop",
    "them diem",
    "nhap truong",
    "nhap hoc",
    "ra truong",
    "xin nghi",
    "nghi nhieu",
];
/// Who makes slips: "do em …", "do máy …" is why a figure is wrong, unless something changed at the school.
const SELF: &[&str] = &["em", "e", "minh", "toi", "may", "dien", "ban", "tay", "mat"];

/// The reason, empty when it is only said to be right; `None` when the message says something else, such as another figure.
/// `given` are the figures that were asked about: said again they are no others.
pub fn says_it_is_right(text: &str, given: &[i64]) -> Option<String> {
    let words = said(text);
    let start = words.iter().position(|(_, w)| !POLITE.contains(&w.as_str()))?;
    let rest = &words[start..];
    let first = rest[0].1.as_str();
    let question = text.trim_end().ends_with('?');
    if question || is_put_off(rest) || slip(&words).is_some() || names_another(rest, given) {
        return None;
    }
    let changes = rest.windows(2).any(|pair| {
        CHANGES.iter().any(|c| c.split_once(' ').is_some_and(|(a, b)| pair[0].1 == a && pair[1].1 == b))
    });
    if BECAUSE.contains(&first) && rest.len() > 1 {
        let own = SELF.contains(&rest[1].1.as_str());
        return (changes || !own).then(|| reason(rest));
    }
    if says_right(rest) {
        let because = rest.iter().position(|(_, w)| BECAUSE.contains(&w.as_str()));
        // "Đúng rồi đó" ends in a "do" without a reason behind it.
        if let Some(at) = because.filter(|at| at + 1 < rest.len()) {
            return rest[..at].iter().all(|(_, w)| RIGHT.contains(&w.as_str())).then(|| reason(&rest[at..]));
        }
        let more: Vec<_> = rest.iter().skip_while(|(_, w)| RIGHT.contains(&w.as_str())).cloned().collect();
        if more.iter().any(|(_, w)| w.chars().any(|c| c.is_ascii_digit()) || w == "khong" || w == "la") {
            return None;
        }
        let more: Vec<_> = more.into_iter().skip_while(|(_, w)| POLITE.contains(&w.as_str())).collect();
        return Some(if more.is_empty() { String::new() } else { reason(&more) });
    }
    let again = |w: &str| w.parse().is_ok_and(|figure| given.contains(&figure));
    let others = rest.iter().any(|(_, w)| w.chars().any(|c| c.is_ascii_digit()) && !again(w));
    (changes && !others && rest.len() > 2).then(|| reason(rest))
}

/// What somebody says who owns that a figure is a slip: the right one, in the words behind "đúng là"; empty when it is not said.
/// `None` when no slip is owned.
pub fn owns_a_slip(text: &str, given: &[i64]) -> Option<String> {
    let words = said(text);
    let slip = slip(&words)?;
    // The figure that is wrong, and the digit that was one too many.
    let is_other = |at: &usize| {
        let (typed, folded) = &words[*at];
        let digit = *at > 0 && matches!(words[*at - 1].1.as_str(), "so" | "con" | "chu") && folded.len() == 1;
        let wrong = figure(typed).is_some_and(|n| given.contains(&n));
        folded.starts_with(|c: char| c.is_ascii_digit()) && !digit && !wrong
    };
    let others: Vec<usize> = (0..words.len()).filter(is_other).collect();
    let right = others.iter().copied().find(|at| {
        let led = (1..=3).any(|n| *at >= n && matches!(words[*at - n].1.as_str(), "la" | "thanh" | "phai"));
        let only = *at > slip && (slip + 1..*at).all(|n| POLITE.contains(&words[n].1.as_str()));
        led || only
    });
    let tail = right.map(|at| words[at..].iter().map(|(w, _)| *w).collect::<Vec<_>>().join(" "));
    // Other figures have names of their own, and are read as every answer is.
    tail.or_else(|| others.is_empty().then(String::new))
}

/// The words of a text, as typed and folded without their signs.
fn said(text: &str) -> Vec<(&str, String)> {
    text.split_whitespace()
        .map(|w| (w, fold(w.trim_matches(|c: char| !c.is_alphanumeric()))))
        .filter(|(_, folded)| !folded.is_empty())
        .collect()
}

/// "Đúng", "chính xác", "phải rồi"; not "đừng", "đúng ra", "chuẩn bị", "phải sửa".
fn says_right(rest: &[(&str, String)]) -> bool {
    let typed = rest[0].0.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let next = rest.get(1).map(|w| w.1.as_str());
    match rest[0].1.as_str() {
        "dung" => (typed.is_ascii() || typed == "đúng") && next != Some("ra"),
        "chuan" => next != Some("bi"),
        "chinh" => next == Some("xac"),
        "phai" => next.is_none_or(|w| RIGHT.contains(&w) || POLITE.contains(&w)),
        _ => false,
    }
}

/// Where a slip is owned: "em gõ nhầm", "đánh thừa số 0", "phải sửa lại". What was wrong before is none: "lần trước báo nhầm",
/// "sổ trường ghi sai".
fn slip(words: &[(&str, String)]) -> Option<usize> {
    let is = |at: usize, list: &[&str]| words.get(at).is_some_and(|(_, w)| list.contains(&w.as_str()));
    let typed = |at: usize| words[at].0.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let either = |at: usize, full: &str| typed(at).is_ascii() || typed(at) == full;
    let found = (0..words.len()).find(|at| {
        let at = *at;
        match words[at].1.as_str() {
            "nham" | "sai" => true,
            "lon" => typed(at) == "lộn" || at > 0 && is(at - 1, &["go", "ghi", "danh", "nhap", "bam"]),
            "thua" | "thieu" => {
                is(at + 1, &["so", "chu", "con", "mot", "hang", "0", "1"])
                    && !is(at + 2, &["phong", "lop", "tre"])
            }
            "nhay" => is(at + 1, &["so", "them", "mat"]),
            "sua" => either(at, "sửa") && is(at + 1, &["lai", "so", "di", "giup", "cho"]),
            "go" => either(at, "gõ"),
            "lo" => either(at, "lỡ") && is(at + 1, &["tay", "go", "bam", "danh"]),
            _ => false,
        }
    })?;
    let former = |at: usize| is(at, &["truoc", "ngoai", "cu"]) || typed(at) == "sổ";
    (!(0..found).any(former)).then_some(found)
}

fn figure(word: &str) -> Option<i64> {
    word.chars().filter(|c| !matches!(c, '.' | ',' | ';')).collect::<String>().parse().ok()
}

/// "Do mới tách trường, đúng là 337": a figure that was not asked about is said to be the right one.
fn names_another(rest: &[(&str, String)], given: &[i64]) -> bool {
    rest.iter().enumerate().any(|(at, (_, w))| {
        let led =
            at > 0 && rest[at - 1].1 == "la" || at > 1 && rest[at - 1].1 == "so" && rest[at - 2].1 == "la";
        let only = rest.get(at + 1).is_some_and(|w| w.1 == "moi")
            && rest.get(at + 2).is_some_and(|w| matches!(w.1.as_str(), "dung" | "phai" | "chinh"));
        (led || only) && figure(w).is_some_and(|n| !given.contains(&n))
    })
}

/// "Đúng rồi để em xem lại đã": it will be looked at, and is not said to be right.
fn is_put_off(words: &[(&str, String)]) -> bool {
    const LATER: [[&str; 2]; 8] = [
        ["xem", "lai"],
        ["kiem", "tra"],
        ["hoi", "lai"],
        ["dem", "lai"],
        ["ra", "soat"],
        ["kiem", "lai"],
        ["doi", "chieu"],
        ["de", "em"],
    ];
    words.windows(2).any(|pair| LATER.iter().any(|later| pair[0].1 == later[0] && pair[1].1 == later[1]))
}

fn reason(words: &[(&str, String)]) -> String {
    let end = words.iter().rposition(|(_, w)| !POLITE.contains(&w.as_str())).map_or(0, |at| at + 1);
    let said = words[..end].iter().map(|(w, _)| *w).collect::<Vec<_>>().join(" ");
    said.trim_matches([',', '.', ' ', ';']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{owns_a_slip, says_it_is_right};

    #[test]
    fn a_reason_is_told_from_another_figure() {
        for (text, wanted) in [
            ("đúng", Some("")),
            ("Dạ đúng rồi ạ", Some("")),
            ("dung roi chi oi", Some("")),
            ("chính xác ạ", Some("")),
            ("đúng rồi đó", Some("")),
            ("Dạ đúng ạ, do mới tách trường", Some("do mới tách trường")),
            ("đúng, do mới tách trường", Some("do mới tách trường")),
            ("do nhận thêm 183 trẻ của điểm lẻ ạ", Some("do nhận thêm 183 trẻ của điểm lẻ")),
            ("vì sáp nhập với MN Hoa Lan", Some("vì sáp nhập với MN Hoa Lan")),
            ("trường em mới sáp nhập ạ", Some("trường em mới sáp nhập")),
            (
                "tách điểm lẻ sang trường mới nên còn 90 cháu",
                Some("tách điểm lẻ sang trường mới nên còn 90 cháu"),
            ),
            ("tách điểm lẻ sang trường mới nên còn 93 cháu", None),
            ("đúng là 337 ạ", None),
            ("em nhầm, 337 ạ", None),
            ("337", None),
            ("không đúng", None),
            ("đúng không chị", None),
            ("đúng rồi để em xem lại đã", None),
            ("vâng đúng ạ, em kiểm tra lại nhé", None),
            ("sai rồi", None),
            ("do đâu vậy chị?", None),
            ("đúng ạ, lần trước em báo nhầm", Some("lần trước em báo nhầm")),
            ("do sổ trường ghi sai ạ", Some("do sổ trường ghi sai")),
            ("do mưa bão nghỉ nhiều ạ", Some("do mưa bão nghỉ nhiều")),
            ("do em mới nhận thêm lớp", Some("do em mới nhận thêm lớp")),
            ("phải rồi ạ", Some("")),
            ("dạ do em gõ nhầm ạ", None),
            ("Do em đánh thừa số 0, đúng là 337 ạ", None),
            ("em nhập nhầm rồi chị ơi", None),
            ("phải sửa lại chị ạ", None),
            ("do máy tính nhảy thêm số 0", None),
            ("vì em vội quá", None),
            ("do mới tách trường, đúng là 337", None),
            ("đúng ra em phải ghi khác", None),
            ("đừng ghi vội chị ơi", None),
            ("chuẩn bị xong em gửi", None),
            ("", None),
        ] {
            assert_eq!(says_it_is_right(text, &[90]).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn a_slip_that_is_owned_is_never_right() {
        for because in ["do", "vì", "tại", "em", "đúng, do em", "dạ do em", "chắc là do", "do cô văn thư"]
        {
            for slip in
                ["nhầm", "ghi sai", "gõ lộn", "đánh thừa số 0", "sửa lại số", "gõ nhầm số", "nhập nhầm rồi"]
            {
                for end in ["", " ạ", " chị ơi", ", đúng là 337"] {
                    let text = format!("{because} {slip}{end}");
                    assert_eq!(says_it_is_right(&text, &[3370]), None, "{text}");
                    assert!(owns_a_slip(&text, &[3370]).is_some(), "{text}");
                }
            }
        }
    }

    #[test]
    fn the_right_figure_of_a_slip_is_found() {
        for (text, right) in [
            ("Do em đánh thừa số 0, đúng là 337 ạ", Some("337 ạ")),
            ("em gõ nhầm ạ", Some("")),
            ("em nhầm, 337 ạ", Some("337 ạ")),
            ("em gõ nhầm 3370 thành 337", Some("337")),
            ("em gõ nhầm 3370", Some("")),
            ("em nhầm, cân đo 195, tổng số trẻ 337", None),
            ("đúng ạ", None),
            ("lần trước em báo nhầm", None),
        ] {
            assert_eq!(owns_a_slip(text, &[3370]).as_deref(), right, "{text}");
        }
    }
}
