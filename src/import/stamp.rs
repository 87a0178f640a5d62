//! The stamps of a document: how urgent it is, and whether it is secret. A stamp stands alone on its line or in its cell; the
//! same word in a sentence is none.

use super::blocks::is_shouted;
use super::lines::Line;
use crate::domain::Urgency;
use crate::vietnamese::{fold_start, fold_words};

/// The degrees of secrecy as their stamps have them.
const DEGREES: [&str; 3] = ["MẬT", "TỐI MẬT", "TUYỆT MẬT"];

/// The same without marks, on a page that lost them.
const BARE: [&str; 3] = ["MAT", "TOI MAT", "TUYET MAT"];

/// Cells that are longer hold sentences.
const LONGEST: usize = 60;

/// The secrecy stamp of a document, if it has one: alone in its cell, spaced out ("M Ậ T"), beside another stamp or the number
/// ("TUYỆT MẬT - HỎA TỐC"), named ("Độ mật: Mật"), behind the number ("Số: 12/PGD (Mật)"), or without its marks at the head
/// of a page that lost them. At the head it is taken for one when in doubt: a wrong refusal costs a minute.
pub fn secrecy(lines: &[Line]) -> Option<String> {
    const TOP: usize = 15;
    let mut head = lines.iter().filter(|line| !line.is_blank()).take(TOP);
    let at_head = head.find_map(|line| match line.cells().as_slice() {
        [alone] if is_beside(alone) || is_glued(alone, lines) => Some(printed(alone)),
        [alone] => Some(stamped(alone)).filter(|stamp| is_bare_stamp(stamp)),
        cells => cells.iter().find(|cell| is_beside(cell)).map(|cell| printed(cell)),
    });
    let cells = lines.iter().flat_map(Line::cells).filter(|cell| cell.len() <= 80);
    let mut found = cells.filter_map(|cell| {
        let stamp = stamped(cell);
        let start = fold_start(cell, 7);
        let named = start.starts_with("do mat") && !fold_words(cell).contains("khong");
        let lower = cell.to_lowercase();
        let numbered = start.starts_with("so")
            && ["(mật)", "(tối mật)", "(tuyệt mật)"].iter().any(|degree| lower.contains(degree));
        (DEGREES.contains(&stamp.as_str()) || named || numbered).then_some(stamp)
    });
    found.next().or(at_head)
}

/// The letters of a cell as a stamp has them: letters that stand apart belong together.
fn stamped(cell: &str) -> String {
    let words: Vec<&str> = cell.trim_matches(|c: char| !c.is_alphabetic()).split_whitespace().collect();
    let apart = words.len() > 2 && words.iter().all(|word| word.chars().count() == 1);
    words.join(if apart { "" } else { " " })
}

/// The degree of secrecy among the words of a cell.
fn printed(cell: &str) -> String {
    let all: Vec<&str> = words(cell).collect();
    let said = all.join(" ");
    DEGREES
        .iter()
        .rev()
        .find(|degree| said.contains(**degree))
        .map_or(said.clone(), |degree| (*degree).to_owned())
}

/// Without marks: alone, or with nothing but other stamps beside it.
fn is_bare_stamp(stamp: &str) -> bool {
    const OTHERS: [&str; 7] = ["MAT", "TOI", "TUYET", "HOA", "TOC", "THUONG", "KHAN"];
    let mut parts = words(stamp).peekable();
    BARE.contains(&stamp)
        || (parts.clone().any(|word| word == "MAT") && parts.all(|word| OTHERS.contains(&word)))
}

/// Whether a short cell at the head of a document holds a secrecy stamp beside other words: a part of it between signs, words
/// of which stamps are made, or the only capitals of it. "BÍ MẬT", "MẬT KHẨU" and "Mật ong" are other words.
fn is_beside(cell: &str) -> bool {
    const BEFORE: [&str; 3] = ["bao", "bi", "can"];
    const AFTER: [&str; 10] = ["khau", "ong", "do", "ma", "thiet", "vu", "thu", "mia", "ngu", "nghi"];
    const OF_STAMPS: [&str; 26] = [
        "mat", "toi", "tuyet", "dau", "muc", "do", "tai", "lieu", "van", "ban", "cong", "hoa", "toc",
        "thuong", "khan", "hen", "gio", "so", "xa", "hoi", "chu", "nghia", "viet", "nam", "dong", "lenh",
    ];
    if cell.chars().count() > LONGEST {
        return false;
    }
    let all: Vec<&str> = words(cell).collect();
    let folded: Vec<String> = all.iter().map(|word| fold_words(word)).collect();
    let is = |at: Option<usize>, list: &[&str]| {
        at.and_then(|at| folded.get(at)).is_some_and(|word| list.contains(&word.as_str()))
    };
    let other = |at: usize| is(at.checked_sub(1), &BEFORE) || is(Some(at + 1), &AFTER);
    let secret = |at: &usize| all[*at].to_uppercase() == "MẬT" && !other(*at);
    let Some(at) = (0..all.len()).find(secret) else { return false };
    let capitals = is_shouted(all[at]);
    let only_stamps = folded.iter().all(|word| OF_STAMPS.contains(&word.as_str()));
    let of_a_part = parts(cell).any(|part| DEGREES.contains(&stamped(part).as_str()));
    let only_capitals = capitals && all.iter().any(|word| word.chars().any(char::is_lowercase));
    (only_stamps && (capitals || all.len() == 1)) || of_a_part || only_capitals
}

/// "UBND XÃ TÂN AN MẬT": a line in capitals whose last word is the stamp that a converter glued to it. Where the head writes the
/// same name in small letters too ("Tân An Mật, ngày …"), it is a place.
fn is_glued(cell: &str, lines: &[Line]) -> bool {
    const TOP: usize = 40;
    const BEFORE: [&str; 9] = ["bao", "bi", "can", "co", "tui", "soi", "duong", "ngot", "nuoc"];
    let all: Vec<&str> = words(cell).collect();
    let [.., before, last] = all.as_slice() else { return false };
    let stamp = *last == "MẬT" && is_shouted(cell) && cell.chars().count() <= LONGEST;
    if !stamp || BEFORE.contains(&fold_words(before).as_str()) {
        return false;
    }
    let name = format!("{before} {last}").to_lowercase();
    let small = |line: &Line| line.text.to_lowercase().contains(&name) && line.text.contains("Mật");
    !lines.iter().take(TOP).any(small)
}

/// The words of a cell: letters only, so that numbers and signs are passed over.
fn words(cell: &str) -> impl Iterator<Item = &str> + Clone {
    cell.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// The parts of a cell between signs and wide blanks: stamps that were put side by side.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    const SIGNS: [char; 14] = ['-', '–', '—', ',', ';', '/', '|', '+', '&', '(', ')', '[', ']', '•'];
    cell.split(SIGNS).flat_map(|part| part.split("  ")).map(str::trim).filter(|part| !part.is_empty())
}

/// How urgent a document is by its stamp: KHẨN, THƯỢNG KHẨN, HỎA TỐC, "Hỏa tốc hẹn giờ". It stands above the body, alone or
/// before the hour that it names.
pub fn urgency(lines: &[Line]) -> Urgency {
    const TOP: usize = 40;
    lines
        .iter()
        .take(TOP)
        .flat_map(Line::cells)
        .map(urgency_of)
        .max_by_key(|urgency| match urgency {
            Urgency::Normal => 0,
            Urgency::Urgent => 1,
            Urgency::Express => 2,
        })
        .unwrap_or_default()
}

/// Of a cell, or of what stands in capitals between its signs or beside a degree of secrecy.
fn urgency_of(cell: &str) -> Urgency {
    let whole = stamp_of(cell);
    if whole != Urgency::Normal || cell.chars().count() > LONGEST {
        return whole;
    }
    let beside = |part: &str| {
        let rest = words(part).filter(|word| !["MẬT", "TỐI", "TUYỆT", "DẤU"].contains(word));
        rest.collect::<Vec<_>>().join(" ")
    };
    let shouted = parts(cell).map(beside).filter(|part| is_shouted(part));
    shouted.map(|part| stamp_of(&part)).find(|urgency| *urgency != Urgency::Normal).unwrap_or(Urgency::Normal)
}

fn stamp_of(cell: &str) -> Urgency {
    const NAMES: [(&str, Urgency); 4] = [
        ("hoa toc", Urgency::Express),
        ("thuong khan", Urgency::Urgent),
        ("van ban khan", Urgency::Urgent),
        ("khan", Urgency::Urgent),
    ];
    let inner = cell.trim_matches(|c: char| !c.is_alphanumeric());
    if inner.is_empty() || inner.len() > LONGEST {
        return Urgency::Normal;
    }
    let folded = fold_words(inner);
    let named = folded.strip_prefix("do khan ").unwrap_or(&folded);
    let Some((name, urgency)) = NAMES.iter().find(|(name, _)| {
        named.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    }) else {
        return Urgency::Normal;
    };
    let rest = named[name.len()..].trim_start();
    let printed = || inner.split_whitespace().take(name.split(' ').count()).collect::<Vec<_>>().join(" ");
    // "Khẩn trương …" is a sentence; a stamp is alone, in capitals, or followed by its hour.
    let alone = rest.is_empty();
    let timed = rest.starts_with("hen gio") || rest.starts_with("truoc ") || rest.starts_with("den truoc");
    if alone || (timed && (is_shouted(&printed()) || *urgency == Urgency::Express)) {
        *urgency
    } else {
        Urgency::Normal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::lines;

    #[test]
    fn a_stamp_stands_alone() {
        let table = [
            ("KHẨN", Urgency::Urgent),
            ("[ THƯỢNG KHẨN ]", Urgency::Urgent),
            ("HỎA TỐC\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Urgency::Express),
            ("HOẢ TỐC", Urgency::Express),
            ("Hỏa tốc hẹn giờ: 15h00 ngày 12/11", Urgency::Express),
            ("Độ khẩn: Hỏa tốc", Urgency::Express),
            ("TUYỆT MẬT - HỎA TỐC", Urgency::Express),
            ("MẬT, KHẨN", Urgency::Urgent),
            ("KHẨN  MẬT", Urgency::Urgent),
            ("MẬT KHẨN", Urgency::Urgent),
            ("KHẨN TRƯƠNG", Urgency::Normal),
            ("Gửi ngay, khẩn", Urgency::Normal),
            ("Khẩn trương rà soát, báo cáo.", Urgency::Normal),
            ("Văn bản hỏa tốc phải chuyển ngay.", Urgency::Normal),
            ("Số: 12/VHXH", Urgency::Normal),
        ];
        for (text, want) in table {
            assert_eq!(urgency(&lines(text)), want, "{text}");
        }
    }

    #[test]
    fn a_secret_is_known_by_its_stamp_only() {
        let secret = |text: &str| secrecy(&lines(text)).is_some();
        for text in ["MẬT", "TỐI MẬT", "[ TUYỆT  MẬT ]", "Độ mật: Mật", "M Ậ T", "MAT", "Số: 12/PGD-TC (Mật)"]
        {
            assert!(secret(text), "{text}");
        }
        for text in
            ["Đề thi là tài liệu mật.", "Bảo mật dữ liệu trẻ em", "Độ mật: Không", "TAI\tMAT\tRANG", "MẮT"]
        {
            assert!(!secret(text), "{text}");
        }
    }

    #[test]
    fn a_place_that_ends_like_a_stamp_is_known_by_its_name_in_small_letters() {
        let secret = |text: &str| secrecy(&lines(text)).is_some();
        assert!(secret("UBND XÃ TÂN AN MẬT\nTân An, ngày 12 tháng 10 năm 2026"));
        assert!(!secret("UBND XÃ TÂN AN MẬT\nTân An Mật, ngày 12 tháng 10 năm 2026"));
        assert!(secret("UBND XÃ TÂN AN MẬT\nMẬT\nTân An Mật, ngày 12 tháng 10 năm 2026"));
        assert!(!secret("QUY CHẾ BẢO MẬT"));
    }

    #[test]
    fn a_secret_beside_other_words_is_seen() {
        let secret = |text: &str| secrecy(&lines(text)).is_some();
        for text in [
            "TUYỆT MẬT - HỎA TỐC",
            "MẬT - KHẨN",
            "MẬT, KHẨN",
            "KHẨN  MẬT",
            "KHẨN MẬT",
            "DẤU MẬT",
            "TÀI LIỆU MẬT",
            "MẬT Số: 12",
            "Số: 12/BC-VHXH  MẬT",
            "Độc lập - Tự do - Hạnh phúc MẬT",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM TỐI MẬT",
            "MẬT - KHÔNG SAO CHỤP",
            "TUYỆT MẬT\tHỎA TỐC",
            "Mật",
            "MAT - HOA TOC",
        ] {
            assert!(secret(text), "{text}");
        }
        for text in [
            "ĐỔI MẬT KHẨU TÀI KHOẢN",
            "Đổi MẬT KHẨU tài khoản",
            "BẢO MẬT",
            "V/v BẢO MẬT thông tin",
            "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
            "Mật ong",
            "MẬT ONG",
            "Mật độ",
            "Mật khẩu",
            "Trang bị kiến thức bảo mật",
            "TAI - MẮT",
            "MẶT TRẬN TỔ QUỐC VIỆT NAM",
        ] {
            assert!(!secret(text), "{text}");
        }
    }
}
