//! Who issued a document: printed above the number, or, when a converter lost that, named in the body, by the place of the
//! date and by the title of who signed.

use super::lines::Line;
use super::signer::signs_as;
use crate::vietnamese::{fold, fold_words};

/// Levels of offices, as far as they hand out work to schools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    School,
    Education,
    Culture,
    Department,
    Committee,
}

/// The issuer in short form: "Phòng VH-XH xã Suối Ngàn".
pub fn issuer(lines: &[Line], end: usize, place: Option<&str>) -> Option<String> {
    let head: Vec<&str> =
        lines[..end.min(lines.len())].iter().flat_map(Line::cells).filter(|c| !c.is_empty()).collect();
    let printed = head.iter().rev().find_map(|cell| {
        let level = level_of(cell).filter(|l| *l != Level::Committee)?;
        is_letterhead(cell).then_some((level, *cell))
    });
    let committee = head.iter().find(|cell| level_of(cell) == Some(Level::Committee) && is_letterhead(cell));
    let unit = committee.and_then(|cell| after_committee(cell).or_else(|| unit_below(&head, cell)));
    match (printed, unit) {
        (Some((Level::School, cell)), unit) => Some(join(&school_name(cell), unit.as_deref())),
        (Some((level, cell)), unit) => {
            let own = own_place(cell, level).or_else(|| unit_below(&head, cell));
            let named =
                || place.and_then(|place| unit_of_place(lines, place)).or_else(|| unit_in_body(lines));
            let unit = own.or(unit).or_else(named);
            Some(join(short(level), unit.as_deref()))
        }
        // "Số: 22/KH-UBND"
        (None, Some(unit)) if head.iter().any(|cell| is_numbered_by_a_committee(cell)) => {
            Some(join(short(Level::Committee), Some(&unit)))
        }
        (None, Some(unit)) => {
            Some(join(short(level_of_body(lines).unwrap_or(Level::Committee)), Some(&unit)))
        }
        (None, None) => {
            let level = level_of_body(lines)?;
            let unit = place.and_then(|place| unit_of_place(lines, place)).or_else(|| unit_in_body(lines));
            Some(join(short(level), unit.as_deref()))
        }
    }
}

/// Capitals to a name: "SUỐI NGÀN" → "Suối Ngàn".
pub fn in_title_case(text: &str) -> String {
    text.split_whitespace()
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or(String::new(), |first| {
                first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect()
            })
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn join(office: &str, unit: Option<&str>) -> String {
    unit.map_or_else(|| office.to_owned(), |unit| format!("{office} {unit}"))
}

fn short(level: Level) -> &'static str {
    match level {
        Level::School => "Trường",
        Level::Education => "Phòng GD&ĐT",
        Level::Culture => "Phòng VH-XH",
        Level::Department => "Sở GD&ĐT",
        Level::Committee => "UBND",
    }
}

fn is_numbered_by_a_committee(cell: &str) -> bool {
    let words = fold_words(cell);
    words.starts_with("so ") && words.split(' ').any(|word| word == "ubnd")
}

fn level_of(text: &str) -> Option<Level> {
    let words = fold_words(text);
    let has = |part: &str| words.contains(part);
    let school = words.strip_prefix("truong ").is_some_and(|rest| !rest.starts_with("phong"));
    let centre = words.starts_with("trung tam gdnn")
        || words.starts_with("trung tam gdtx")
        || words.starts_with("trung tam giao duc");
    if school || centre || words.starts_with("nhom tre ") || words.starts_with("lop mau giao ") {
        Some(Level::School)
    } else if has("phong giao duc") || has("phong gd") || has("pgd") {
        Some(Level::Education)
    } else if has("phong van hoa") || has("phong vh") {
        Some(Level::Culture)
    } else if has("so giao duc") || has("so gd") || has("sgd") {
        Some(Level::Department)
    } else if words.starts_with("ubnd ")
        || words.starts_with("uy ban nhan dan ")
        || words == "uy ban nhan dan"
    {
        Some(Level::Committee)
    } else {
        None
    }
}

/// A line of its own with the name of an office: in capitals, short.
fn is_letterhead(text: &str) -> bool {
    super::blocks::is_shouted(text) && text.chars().count() < 80 && !text.contains('/')
}

/// "UBND PHƯỜNG ĐỒI CHÈ" → "phường Đồi Chè".
fn after_committee(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let skip = if fold(words.first()?) == "ubnd" { 1 } else { 4 };
    unit_and_name(&words[skip.min(words.len())..])
}

/// "SỞ GIÁO DỤC VÀ ĐÀO TẠO" and "TỈNH SÔNG LÔ" on the line below it.
fn unit_below(head: &[&str], cell: &str) -> Option<String> {
    const UNITS: [&str; 9] =
        ["thanh pho", "thi xa", "thi tran", "dac khu", "tinh", "huyen", "quan", "phuong", "xa"];
    let at = head.iter().position(|other| std::ptr::eq(*other, cell))?;
    // The motto may stand between the two lines of a flattened header.
    let below = head[at + 1..].iter().take(3).find(|line| {
        let words = fold_words(line);
        UNITS.iter().any(|unit| words.strip_prefix(unit).is_some_and(|rest| rest.starts_with(' ')))
            && is_letterhead(line)
    })?;
    unit_and_name(&below.split_whitespace().collect::<Vec<_>>())
}

fn unit_and_name(words: &[&str]) -> Option<String> {
    const SHORT: [&str; 4] = ["P.", "X.", "H.", "Q."];
    const UNITS: [&[&str]; 10] = [
        &["thanh", "pho"],
        &["thi", "xa"],
        &["thi", "tran"],
        &["dac", "khu"],
        &["tinh"],
        &["huyen"],
        &["quan"],
        &["phuong"],
        &["xa"],
        &["tp"],
    ];
    let folded: Vec<String> = words.iter().map(|w| fold_words(w)).collect();
    let unit =
        UNITS.iter().find(|unit| folded.len() > unit.len() && folded.iter().zip(**unit).all(|(a, b)| a == b));
    let short = words.first().filter(|word| SHORT.contains(word) && words.len() > 1);
    let unit = unit.or(short.map(|_| &UNITS[9]));
    let Some(unit) = unit else { return (!words.is_empty()).then(|| in_title_case(&words.join(" "))) };
    let (head, name) = words.split_at(unit.len());
    let head = match head.join(" ").to_lowercase().as_str() {
        "p." => "phường".to_owned(),
        "x." => "xã".to_owned(),
        "h." => "huyện".to_owned(),
        "q." => "quận".to_owned(),
        other => other.to_owned(),
    };
    Some(format!("{head} {}", in_title_case(&name.join(" "))))
}

/// "PHÒNG GD&ĐT HUYỆN AN HẢI" → "huyện An Hải".
fn own_place(text: &str, level: Level) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let last = match level {
        Level::Education | Level::Department => ["tao", "dt", "gd"].as_slice(),
        _ => ["hoi", "xh"].as_slice(),
    };
    let at = words.iter().rposition(|w| {
        let folded = fold_words(w);
        folded.split(' ').next_back().is_some_and(|part| last.contains(&part))
    })?;
    let rest = &words[at + 1..];
    if rest.is_empty() { None } else { unit_and_name(rest) }
}

fn school_name(text: &str) -> String {
    let named = in_title_case(text)
        .replacen("Trung Tâm", "Trung tâm", 1)
        .replacen("Gdnn-gdtx", "GDNN-GDTX", 1)
        .replacen("Gdtx", "GDTX", 1)
        .replacen("Gdnn", "GDNN", 1);
    let named = named.replacen(" Mn ", " MN ", 1).replacen(" Mg ", " MG ", 1);
    named.replacen("Mầm Non", "Mầm non", 1).replacen("Mẫu Giáo", "Mẫu giáo", 1).replacen(
        "Tiểu Học",
        "Tiểu học",
        1,
    )
}

/// Which office speaks in the body: the one named most often.
fn level_of_body(lines: &[Line]) -> Option<Level> {
    let text: String = lines.iter().map(|l| fold_words(&l.text) + " \n ").collect();
    let count = |parts: &[&str]| parts.iter().map(|part| text.matches(part).count()).sum::<usize>();
    let signed = |title: &str| {
        lines.iter().any(|l| l.cells().iter().any(|c| signs_as(c) && fold_words(c).contains(title)))
    };
    let education = count(&["phong gd", "phong giao duc", "pgd"]);
    let culture = count(&["phong van hoa", "phong vh", "vhxh"]);
    if signed("giam doc") {
        return Some(Level::Department);
    }
    if signed("hieu truong") {
        return Some(Level::School);
    }
    match (education, culture) {
        (0, 0) if signed("chu tich") => Some(Level::Committee),
        (0, 0) => None,
        (education, culture) if culture > education => Some(Level::Culture),
        _ => Some(Level::Education),
    }
}

/// Kinds of units as they are written.
const UNITS: [&str; 9] =
    ["quận", "huyện", "phường", "xã", "thành phố", "thị xã", "thị trấn", "tỉnh", "đặc khu"];

/// "Phòng Giáo dục và Đào tạo thành phố Sông Lô" in the body: the unit behind the office's name.
fn unit_in_body(lines: &[Line]) -> Option<String> {
    const OFFICES: [&str; 6] =
        ["Giáo dục và Đào tạo ", "GD&ĐT ", "GDĐT ", "GD-ĐT ", "Văn hóa - Xã hội ", "VH-XH "];
    lines.iter().find_map(|line| {
        OFFICES.iter().find_map(|office| {
            let at = line.text.find(office)?;
            let words: Vec<&str> = line.text[at + office.len()..].split_whitespace().take(7).collect();
            let unit = UNITS.iter().map(|unit| unit.split(' ').count()).find(|count| {
                words.len() > *count && UNITS.contains(&words[..*count].join(" ").to_lowercase().as_str())
            })?;
            let name: Vec<&str> = words[unit..]
                .iter()
                .take_while(|word| word.starts_with(char::is_uppercase))
                .map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()))
                .collect();
            (!name.is_empty())
                .then(|| format!("{} {}", words[..unit].join(" ").to_lowercase(), name.join(" ")))
        })
    })
}

/// The unit of the date's place, as the body names it: "Thanh Xuân" → "quận Thanh Xuân".
fn unit_of_place(lines: &[Line], place: &str) -> Option<String> {
    let mut counts = [0; UNITS.len()];
    for line in lines {
        for (at, _) in line.text.match_indices(place) {
            let near = line.text[..at].char_indices().rev().nth(12).map_or(0, |(at, _)| at);
            let before = line.text[near..at].trim_end().to_lowercase();
            if let Some(n) = UNITS.iter().position(|unit| before.ends_with(unit)) {
                counts[n] += 1;
            }
        }
    }
    let mut best: Option<(usize, &str)> = None;
    for (unit, count) in UNITS.into_iter().zip(counts) {
        if count > 0 && best.is_none_or(|(most, _)| count > most) {
            best = Some((count, unit));
        }
    }
    Some(best.map_or_else(|| place.to_owned(), |(_, unit)| format!("{unit} {place}")))
}
