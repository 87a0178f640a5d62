//! "Đúng, do mới tách trường": whether an answer says that an odd figure is right, and why.

use crate::vietnamese::fold;

/// Words that say nothing here.
const POLITE: &[&str] = &["da", "vang", "u", "uh", "uk", "chi", "anh", "em", "bot", "thua", "oi", "a", "ok"];
/// Words that say that it is right.
const RIGHT: &[&str] =
    &["dung", "chinh", "xac", "chuan", "phai", "roi", "vay", "so", "day", "nhe", "nha", "do", "a", "that"];
/// Words that begin a reason.
const BECAUSE: &[&str] = &["do", "vi", "tai", "boi", "ly", "nho"];
/// Words of what changes the figures of a school; with them a reason needs no "do".
const CHANGES: &[&str] = &["tach", "nhap", "chuyen", "mo", "moi", "giai", "sap", "tuyen", "them"];

/// The reason, empty when it is only said to be right; `None` when the message says something else, such as another figure.
/// `given` are the figures that were asked about: said again they are no others.
pub fn says_it_is_right(text: &str, given: &[i64]) -> Option<String> {
    let words: Vec<(&str, String)> = text
        .split_whitespace()
        .map(|w| (w, fold(w.trim_matches(|c: char| !c.is_alphanumeric()))))
        .filter(|(_, folded)| !folded.is_empty())
        .collect();
    let start = words.iter().position(|(_, w)| !POLITE.contains(&w.as_str()))?;
    let rest = &words[start..];
    let first = rest[0].1.as_str();
    let question = text.trim_end().ends_with('?');
    if question {
        return None;
    }
    if is_put_off(rest) {
        return None;
    }
    if BECAUSE.contains(&first) && rest.len() > 1 {
        return Some(reason(rest));
    }
    if matches!(first, "dung" | "chuan" | "phai")
        || first == "chinh" && rest.get(1).is_some_and(|w| w.1 == "xac")
    {
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
    let changes = rest.iter().any(|(_, w)| CHANGES.contains(&w.as_str()));
    (changes && !others && rest.len() > 2).then(|| reason(rest))
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
    use super::says_it_is_right;

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
            ("", None),
        ] {
            assert_eq!(says_it_is_right(text, &[90]).as_deref(), wanted, "{text}");
        }
    }
}
