//! The short name of a school, as offices write it in lists: level abbreviated, owner left out.

/// Words of a level, longest first where one begins with another, with their abbreviation.
const LEVELS: [(&[&str], &str); 19] = [
    (&["phổ", "thông", "dân", "tộc", "nội", "trú"], "PTDTNT"),
    (&["phổ", "thông", "dân", "tộc", "bán", "trú"], "PTDTBT"),
    (&["trung", "học", "phổ", "thông"], "THPT"),
    (&["trung", "học", "cơ", "sở"], "THCS"),
    (&["tiểu", "học"], "TH"),
    (&["mầm", "non"], "MN"),
    (&["mẫu", "giáo"], "MG"),
    (&["nhà", "trẻ"], "NT"),
    (&["nhóm", "trẻ"], "NT"),
    (&["nhóm", "lớp"], "NL"),
    (&["ptdtnt"], "PTDTNT"),
    (&["ptdtbt"], "PTDTBT"),
    (&["thpt"], "THPT"),
    (&["thcs"], "THCS"),
    (&["th&thcs"], "TH&THCS"),
    (&["th"], "TH"),
    (&["mn"], "MN"),
    (&["mg"], "MG"),
    (&["nt"], "NT"),
];

/// Whose school it is: not part of a short name.
const OWNERS: [&[&str]; 6] = [
    &["ngoài", "công", "lập"],
    &["công", "lập"],
    &["tư", "thục"],
    &["dân", "lập"],
    &["bán", "công"],
    &["tư", "nhân"],
];

/// See [`super::School::short_name_of`].
pub(super) fn short_name(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let plain: Vec<String> = words.iter().map(|word| word.trim_end_matches(',').to_lowercase()).collect();
    let mut rest = 0;
    let mut levels: Vec<&str> = Vec::new();
    let (mut class, mut independent) = (false, false);
    while let Some((length, part)) = part(&plain[rest..], levels.is_empty()) {
        match part {
            Part::Level(level) => levels.push(level),
            Part::Class => class = true,
            Part::Independent => independent = true,
            Part::Filler => {}
        }
        rest += length;
    }
    if levels.is_empty() || rest == words.len() {
        return words.join(" ");
    }
    // "Nhóm trẻ" is independent by its words; of a "lớp" they do not say it.
    let mark = if independent && (class || !matches!(levels[0], "NT" | "NL")) { " ĐL" } else { "" };
    let mut level = String::new();
    for one in &levels {
        match level.as_str() {
            "" => {}
            "PTDTBT" | "PTDTNT" => level.push(' '),
            _ => level.push('&'),
        }
        level.push_str(one);
    }
    format!("{level}{mark} {}", own_name(&words[rest..]))
}

enum Part {
    Level(&'static str),
    /// "Lớp", before a level.
    Class,
    Independent,
    Filler,
}

/// The part with which the words begin, and how many of them it takes.
fn part(words: &[String], first: bool) -> Option<(usize, Part)> {
    let begins =
        |phrase: &[&str]| words.len() >= phrase.len() && phrase.iter().zip(words).all(|(a, b)| a == b);
    if let Some((phrase, level)) = LEVELS.iter().find(|(phrase, _)| begins(phrase)) {
        return Some((phrase.len(), Part::Level(level)));
    }
    if let Some(owner) = OWNERS.iter().find(|owner| begins(owner)) {
        return Some((owner.len(), Part::Filler));
    }
    if begins(&["độc", "lập"]) {
        return Some((2, Part::Independent));
    }
    let joins = |word: &str| matches!(word, "và" | "&" | "-");
    match words {
        [word, next, ..] if !first && joins(word) && starts_level(next) => Some((1, Part::Filler)),
        [word, ..] if first && word == "trường" => Some((1, Part::Filler)),
        [word, ..] if first && word == "lớp" => Some((1, Part::Class)),
        // "Nhóm, lớp" is written with a comma, which is already off.
        _ if first && begins(&["cơ", "sở", "giáo", "dục"]) => Some((4, Part::Filler)),
        _ if first && begins(&["cơ", "sở"]) => Some((2, Part::Filler)),
        _ => None,
    }
}

fn starts_level(word: &str) -> bool {
    LEVELS.iter().any(|(phrase, _)| phrase[0] == word)
}

/// The name after the level; one written wholly in capitals gets small letters.
fn own_name(words: &[&str]) -> String {
    let shouted = words.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2)
        && !words.iter().any(|word| word.chars().any(char::is_lowercase));
    let calm = |word: &&str| {
        let mut letters = word.chars();
        letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect::<String>()
    };
    if shouted { words.iter().map(calm).collect::<Vec<_>>().join(" ") } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn short_names_are_those_of_the_office() {
        let table = [
            ("Trường Mầm non Hoa Sen 1", "MN Hoa Sen 1"),
            ("Trường Mầm non 20/10", "MN 20/10"),
            ("Trường Mầm non 8-3", "MN 8-3"),
            ("Trường mầm non  Hoa   Sen", "MN Hoa Sen"),
            ("Trường Mầm non tư thục Ánh Sao", "MN Ánh Sao"),
            ("Trường Mẫu giáo Họa Mi", "MG Họa Mi"),
            ("Nhóm trẻ độc lập Tuổi Thơ 7", "NT Tuổi Thơ 7"),
            ("Nhóm trẻ độc lập tư thục Bi Bo", "NT Bi Bo"),
            ("Lớp mẫu giáo độc lập Hoa Mai", "MG ĐL Hoa Mai"),
            ("Lớp mầm non độc lập Gấu Trúc", "MN ĐL Gấu Trúc"),
            ("Nhóm, lớp độc lập Cỏ Non", "NL Cỏ Non"),
            ("Cơ sở giáo dục mầm non độc lập Mây Hồng", "MN ĐL Mây Hồng"),
            ("Trường Tiểu học Suối Ngàn", "TH Suối Ngàn"),
            ("Trường Trung học cơ sở Suối Ngàn", "THCS Suối Ngàn"),
            ("Trường Tiểu học và Trung học cơ sở Đá Bạc", "TH&THCS Đá Bạc"),
            ("Trường TH & THCS Đá Bạc", "TH&THCS Đá Bạc"),
            ("Trường TH&THCS Đá Bạc", "TH&THCS Đá Bạc"),
            ("Trường Phổ thông dân tộc bán trú Tiểu học Khe Lim", "PTDTBT TH Khe Lim"),
            ("Trường Trung học phổ thông Suối Ngàn", "THPT Suối Ngàn"),
            ("TRƯỜNG MẦM NON HOA SEN 1", "MN Hoa Sen 1"),
            ("MN Hoa Sen", "MN Hoa Sen"),
            // Nothing but a level, or no level at all: as it is.
            ("Trường Mầm non", "Trường Mầm non"),
            ("Trường Hoa Sen", "Trường Hoa Sen"),
            ("Trung tâm Học tập cộng đồng", "Trung tâm Học tập cộng đồng"),
            ("", ""),
        ];
        for (name, short) in table {
            assert_eq!(short_name(name), short, "{name}");
        }
    }
}
