//! Letters of Vietnamese fonts from before Unicode: TCVN3 (.VnTime and its kin) and VNI.
//!
//! Both put Vietnamese letters into the places of other letters of one byte. A document that was typed in them holds those other
//! letters, and only the name of the font, or what the words come to, tells.

use crate::vietnamese::normal;

/// How the letters of a font are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Letters {
    /// As they stand.
    #[default]
    Unicode,
    /// TCVN 5712:1993.
    Tcvn3,
    /// The same in a font that has capitals only: .VnTimeH.
    Tcvn3Capitals,
    /// VNI for Windows: marks stand behind their letter.
    Vni,
}

impl Letters {
    /// By the name of a font.
    pub fn of_font(name: &str) -> Self {
        let name = name.trim().to_lowercase();
        if name.starts_with(".vn") {
            if name.ends_with('h') { Self::Tcvn3Capitals } else { Self::Tcvn3 }
        } else if name.starts_with("vni-") || name.starts_with("vni ") {
            Self::Vni
        } else {
            Self::Unicode
        }
    }

    /// The text as it was meant.
    pub fn read(self, text: &str) -> String {
        match self {
            Self::Unicode => text.to_owned(),
            Self::Tcvn3 => text.chars().map(from_tcvn3).collect(),
            Self::Tcvn3Capitals => text.chars().map(from_tcvn3).flat_map(char::to_uppercase).collect(),
            Self::Vni => from_vni(text),
        }
    }

    /// The name by which people know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unicode => "Unicode",
            Self::Tcvn3 | Self::Tcvn3Capitals => "TCVN3",
            Self::Vni => "VNI",
        }
    }
}

/// The old font whose letters a text must be in, if it only makes sense in them.
pub fn suspected(text: &str) -> Option<Letters> {
    // Most texts are in Unicode, which its own letters tell at a glance: they may be as many as one in three before words are weighed.
    let (mut foreign, mut own) = (0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        foreign += usize::from(matches!(c, '\u{a1}'..='\u{ff}'));
        own +=
            usize::from(matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}'));
    }
    if foreign < 8 || 2 * own > foreign {
        return None;
    }
    let as_it_stands = common_words(text);
    [Letters::Tcvn3, Letters::Vni]
        .into_iter()
        .map(|letters| (common_words(&letters.read(text)), letters))
        .filter(|(words, _)| *words > 2 * as_it_stands + 2)
        .max_by_key(|(words, _)| *words)
        .map(|(_, letters)| letters)
}

/// How often words stand there that no office document lacks. Each has a letter that other alphabets have not.
pub fn common_words(text: &str) -> usize {
    const WORDS: [&str; 22] = [
        "các",
        "của",
        "và",
        "ngày",
        "tháng",
        "năm",
        "trường",
        "trước",
        "báo",
        "phòng",
        "giáo",
        "dục",
        "trẻ",
        "nhiệm",
        "vụ",
        "học",
        "mầm",
        "gửi",
        "kế",
        "hoạch",
        "số",
        "tổ",
    ];
    text.split(|c: char| !c.is_alphabetic()).filter(|w| WORDS.contains(&w.to_lowercase().as_str())).count()
}

/// A letter of TCVN 5712:1993 that stands in the place of `c`.
fn from_tcvn3(c: char) -> char {
    match c {
        '\u{a1}' => 'Ă',
        '\u{a2}' => 'Â',
        '\u{a3}' => 'Ê',
        '\u{a4}' => 'Ô',
        '\u{a5}' => 'Ơ',
        '\u{a6}' => 'Ư',
        '\u{a7}' => 'Đ',
        '\u{a8}' => 'ă',
        '\u{a9}' => 'â',
        '\u{aa}' => 'ê',
        '\u{ab}' => 'ô',
        '\u{ac}' => 'ơ',
        // The soft hyphen's place: some programs write it as a hyphen that they do not show.
        '\u{ad}' => 'ư',
        '\u{ae}' => 'đ',
        '\u{b5}'..='\u{fe}' => TCVN3[c as usize - 0xb5],
        _ => c,
    }
}

/// 0xB5 to 0xFE; letters that the code page lacks are the replacement character.
const TCVN3: [char; 74] = [
    'à', 'ả', 'ã', 'á', 'ạ', '\u{fffd}', 'ằ', 'ẳ', 'ẵ', 'ắ', '\u{fffd}', '\u{fffd}', '\u{fffd}', '\u{fffd}',
    '\u{fffd}', '\u{fffd}', '\u{fffd}', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', '\u{fffd}', 'ẻ', 'ẽ', 'é', 'ẹ',
    'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', '\u{fffd}', '\u{fffd}', '\u{fffd}', 'ĩ', 'í', 'ị', 'ò', '\u{fffd}',
    'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', '\u{fffd}', 'ủ', 'ũ', 'ú',
    'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ',
];

/// VNI: a letter, and behind it the sign that it carries.
fn from_vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let carries = out.chars().next_back().is_some_and(|before| "aeouyôöAEOUYÔÖơưƠƯ".contains(before));
        match vni_marks(c).filter(|_| carries) {
            Some(marks) => out.push_str(marks),
            None => out.push(vni_letter(c)),
        }
    }
    normal(&out)
}

/// The signs that a letter carries, as combining marks.
fn vni_marks(c: char) -> Option<&'static str> {
    const ACUTE: &str = "\u{301}";
    const GRAVE: &str = "\u{300}";
    const HOOK: &str = "\u{309}";
    const TILDE: &str = "\u{303}";
    const DOT: &str = "\u{323}";
    let lower = c.to_lowercase().next().unwrap_or(c);
    Some(match lower {
        'ù' => ACUTE,
        'ø' => GRAVE,
        'û' => HOOK,
        'õ' => TILDE,
        'ï' => DOT,
        'â' => "\u{302}",
        'á' => "\u{302}\u{301}",
        'à' => "\u{302}\u{300}",
        'å' => "\u{302}\u{309}",
        'ã' => "\u{302}\u{303}",
        'ä' => "\u{302}\u{323}",
        'ê' => "\u{306}",
        'é' => "\u{306}\u{301}",
        'è' => "\u{306}\u{300}",
        'ú' => "\u{306}\u{309}",
        'ü' => "\u{306}\u{303}",
        'ë' => "\u{306}\u{323}",
        _ => return None,
    })
}

/// Letters that are one sign.
fn vni_letter(c: char) -> char {
    match c {
        'ô' => 'ơ',
        'Ô' => 'Ơ',
        'ö' => 'ư',
        'Ö' => 'Ư',
        'ñ' => 'đ',
        'Ñ' => 'Đ',
        'æ' => 'ỉ',
        'Æ' => 'Ỉ',
        'ó' => 'ĩ',
        'Ó' => 'Ĩ',
        'ò' => 'ị',
        'Ò' => 'Ị',
        'î' => 'ỵ',
        'Î' => 'Ỵ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_of_old_are_known_by_their_names() {
        let table = [
            (".VnTime", Letters::Tcvn3),
            (".VnTimeH", Letters::Tcvn3Capitals),
            (".VnArial Narrow", Letters::Tcvn3),
            ("VNI-Times", Letters::Vni),
            ("Times New Roman", Letters::Unicode),
        ];
        for (font, letters) in table {
            assert_eq!(Letters::of_font(font), letters, "{font}");
        }
    }

    #[test]
    fn letters_of_old_fonts_become_what_they_showed() {
        let table = [
            (
                Letters::Tcvn3,
                "Tr\u{ad}êng mÇm non göi b¸o c¸o tr\u{ad}íc ngµy 15/9",
                "Trường mầm non gửi báo cáo trước ngày 15/9",
            ),
            (Letters::Tcvn3Capitals, "kÕ ho¹ch", "KẾ HOẠCH"),
            (
                Letters::Vni,
                "Caùc tröôøng maàm non göûi baùo caùo tröôùc ngaøy 15/9",
                "Các trường mầm non gửi báo cáo trước ngày 15/9",
            ),
            (
                Letters::Vni,
                "KEÁ HOAÏCH naêm hoïc; ñeå kyù, chæ ñaïo, nghó, thò xaõ",
                "KẾ HOẠCH năm học; để ký, chỉ đạo, nghĩ, thị xã",
            ),
        ];
        for (letters, printed, meant) in table {
            assert_eq!(letters.read(printed), meant);
        }
    }

    #[test]
    fn a_text_is_suspected_only_where_that_gives_words() {
        let table = [
            ("Caùc tröôøng maàm non göûi baùo caùo veà Phoøng tröôùc ngaøy 15/9", Some(Letters::Vni)),
            ("C¸c tr\u{ad}êng mÇm non göi b¸o c¸o vÒ Phßng tr\u{ad}íc ngµy 15/9", Some(Letters::Tcvn3)),
            ("Các trường mầm non gửi báo cáo về Phòng trước ngày 15/9", None),
            ("Les élèves préparent la fête à l'école où ils étaient", None),
        ];
        for (text, want) in table {
            assert_eq!(suspected(text), want, "{text}");
        }
    }
}
