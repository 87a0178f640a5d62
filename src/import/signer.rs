//! Who signed: the name under the last title of a signatory.

use super::blocks::is_shouted;
use super::issuer::in_title_case;
use super::lines::Line;
use crate::vietnamese::{fold_start, fold_words};

/// Whether a line is the title of a signatory.
pub fn signs_as(text: &str) -> bool {
    const TITLES: [&str; 18] = [
        "nguoi lap",
        "cum truong",
        "truong phong",
        "pho truong phong",
        "hieu truong",
        "pho hieu truong",
        "giam doc",
        "pho giam doc",
        "chu tich",
        "pho chu tich",
        "van thu",
        "chanh van phong",
        "pho chanh van phong",
        "uy ban nhan dan",
        "ubnd",
        "chu nhiem",
        "truong ban",
        "chuyen vien",
    ];
    if !is_shouted(text) {
        return false;
    }
    let folded = fold_words(text);
    let by_order = ["kt ", "tl ", "tm ", "tuq ", "q ", "p ", "k t ", "t l ", "t m "]
        .iter()
        .find_map(|order| folded.strip_prefix(order));
    let words = by_order.unwrap_or(&folded);
    // "UBND XÃ …" heads a document; it signs only by order: "TM. UBND XÃ …".
    // "TM. PHÒNG VH-XH"
    let office = by_order.is_some() && words.starts_with("phong ");
    let titled = (office || TITLES.iter().any(|title| words.starts_with(title)))
        && (by_order.is_some() || !words.starts_with("ubnd"));
    titled && words.split(' ').count() <= 8
}

/// The name under the last title of a signatory.
pub fn signer(lines: &[Line], end: usize) -> Option<String> {
    let copies =
        (end..lines.len()).find(|at| fold_start(&lines[*at].text, 12).starts_with("noi nhan")).unwrap_or(end);
    // "Nơi nhận" may stand below the name.
    const ABOVE: usize = 8;
    signed_from(lines, copies)
        .or_else(|| signed_from(lines, copies.saturating_sub(ABOVE).max(end)))
        .or_else(|| {
            let last: Vec<&str> =
                lines.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty()).collect();
            sign_off(&last).map(|(_, name)| name.to_owned())
        })
        .map(|name| titled(&name))
}

/// The name under the last title of a signatory from a line on.
fn signed_from(lines: &[Line], from: usize) -> Option<String> {
    let mut name = None;
    for at in from..lines.len() {
        for cell in lines[at].cells() {
            if let Some(glued) = glued_name(cell) {
                name = Some(glued);
            } else if signs_as(cell) {
                name = name_below(&lines[at + 1..]).or(name);
            }
        }
    }
    name
}

/// A name and a post in small letters that end a message: "Từ Hà" over "Chuyên viên phụ trách mầm non". How many of these last
/// texts they are, and the name.
pub fn sign_off<'t>(last: &[&'t str]) -> Option<(usize, &'t str)> {
    const MOST: usize = 3;
    let mut found = None;
    for count in 1..=last.len().min(MOST) {
        let own = &last[last.len() - count..];
        let names: Vec<&str> = own.iter().copied().filter(|text| is_name(text) && !is_post(text)).collect();
        if !own.iter().all(|text| is_name(text) || is_post(text)) {
            break;
        }
        if let [name] = names.as_slice()
            && (count > 1 || name.split(' ').count() >= 3)
        {
            found = Some((count, *name));
        }
    }
    found
}

/// "Chuyên viên phụ trách mầm non", "Phó Trưởng phòng": what somebody is.
fn is_post(text: &str) -> bool {
    const POSTS: [&str; 11] = [
        "chuyen vien",
        "can bo",
        "truong phong",
        "pho truong phong",
        "hieu truong",
        "pho hieu truong",
        "nguoi lap",
        "nguoi thong bao",
        "van thu",
        "to truong",
        "phu trach",
    ];
    let words = fold_words(text);
    POSTS.iter().any(|post| words.starts_with(post))
        && words.split(' ').count() <= 9
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | ';' | '.' | ','))
}

/// The first name among the lines below a title; words in capitals only if no other line is a name.
fn name_below(lines: &[Line]) -> Option<String> {
    let below: Vec<&str> = lines
        .iter()
        .take(12)
        .flat_map(Line::cells)
        .filter(|cell| !cell.is_empty() && !is_remark(cell))
        .map(without_degree)
        .take(7)
        .take_while(|cell| signs_as(cell) || is_name(cell) || cell.starts_with(['-', '+']))
        .filter(|cell| is_name(cell))
        .collect();
    below.iter().find(|cell| !is_shouted(cell)).or(below.first()).map(|name| (*name).to_owned())
}

/// "(đã ký)", "[Ký số]", "Đã ký": what stands where the signature was.
fn is_remark(cell: &str) -> bool {
    cell.starts_with(['(', '['])
        || matches!(fold_words(cell).as_str(), "da ky" | "ky so" | "ky ten" | "da ky so")
}

/// "TRƯỞNG PHÒNG Nguyễn Văn A": a name glued to its title.
fn glued_name(cell: &str) -> Option<String> {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let at = words.iter().position(|word| word.chars().any(char::is_lowercase))?;
    let (title, name) = (words[..at].join(" "), words[at..].join(" "));
    let name = without_degree(&name);
    (signs_as(&title) && is_name(name)).then(|| name.to_owned())
}

/// "ThS. Nguyễn Văn A", "PGS.TS Nguyễn Văn A": the name behind the degrees.
fn without_degree(cell: &str) -> &str {
    const DEGREES: [&str; 13] =
        ["ths", "ts", "pgs", "gs", "cn", "bs", "ks", "cki", "ckii", "ngut", "ngnd", "thac", "tien"];
    let mut name = cell.trim();
    loop {
        let end = name.find(['.', ' ', ',']).unwrap_or(0);
        let (degree, rest) = name.split_at(end);
        let folded = fold_words(degree);
        // "Thạc sĩ", "Tiến sĩ"
        let long = matches!(folded.as_str(), "thac" | "tien");
        let rest = rest.trim_start_matches(['.', ' ', ',']);
        let rest = if long { rest.strip_prefix("sĩ ").or(rest.strip_prefix("sỹ ")) } else { Some(rest) };
        match rest.filter(|rest| DEGREES.contains(&folded.as_str()) && !rest.is_empty()) {
            Some(rest) => name = rest.trim_start(),
            None => return name,
        }
    }
}

/// Two to six words, each with a capital, nothing else but the apostrophes of some names.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=6).contains(&words.len())
        && !signs_as(text)
        && words.iter().all(|word| {
            word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
        })
}

fn titled(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    in_title_case(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::lines;

    #[test]
    fn the_name_under_the_last_title() {
        let table = [
            ("TRƯỞNG PHÒNG\n\n(Đã ký)\n\nLê Thị Mơ", Some("Lê Thị Mơ")),
            ("KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG\nĐINH VĂN LỘC", Some("Đinh Văn Lộc")),
            ("TL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\nK'Brơi Y'Du", Some("K'Brơi Y'Du")),
            ("TL. TRƯỞNG PHÒNG\nCHUYÊN VIÊN\n\nTừ Hà", Some("Từ Hà")),
            ("TM. UBND XÃ ĐỒI CHÈ\nCHỦ TỊCH\n\nĐã ký\n\nHồ Văn Sáu", Some("Hồ Văn Sáu")),
            ("Nơi nhận:\tHIỆU TRƯỞNG\n- Như trên;\n- Lưu: VT.\tVõ Thị Xuân", Some("Võ Thị Xuân")),
            ("HIỆU TRƯỞNG Cầm Thị Sương", Some("Cầm Thị Sương")),
            ("TM. PHÒNG VH-XH\nLò Văn Ất", Some("Lò Văn Ất")),
            ("TRƯỞNG PHÒNG\n(đã ký)\nLò Văn Ất\nNơi nhận: Các trường; Lưu VT.", Some("Lò Văn Ất")),
            ("Trân trọng cảm ơn!\n\nTừ Hà\nChuyên viên phụ trách mầm non", Some("Từ Hà")),
            ("TRƯỞNG PHÒNG\n\nThS. Lò Thị Ất", Some("Lò Thị Ất")),
            ("GIÁM ĐỐC\n(Đã ký)\nPGS.TS Võ Văn Bưởi", Some("Võ Văn Bưởi")),
            ("HIỆU TRƯỞNG\nTiến sĩ Cầm Văn Chanh", Some("Cầm Văn Chanh")),
            ("HIỆU TRƯỞNG CN. Hồ Thị Mận", Some("Hồ Thị Mận")),
            ("TRƯỞNG PHÒNG\nTiến Văn Ổi", Some("Tiến Văn Ổi")),
            ("TRƯỞNG PHÒNG\n\n\n", None),
        ];
        for (text, want) in table {
            assert_eq!(signer(&lines(text), 0).as_deref(), want, "{text}");
        }
    }
}
