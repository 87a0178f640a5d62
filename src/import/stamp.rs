//! The stamps of a document: how urgent it is, and whether it is secret. A stamp stands alone on its line or in its cell; the
//! same word in a sentence is none.

use super::blocks::is_shouted;
use super::lines::Line;
use crate::domain::Urgency;
use crate::vietnamese::{fold_start, fold_words};

/// The secrecy stamp of a document, if it has one: alone in its cell, spaced out ("M Ậ T"), named ("Độ mật: Mật"), behind the
/// number ("Số: 12/PGD (Mật)"), or without its marks at the head of a page that lost them.
pub fn secrecy(lines: &[Line]) -> Option<String> {
    const STAMPS: [&str; 3] = ["MẬT", "TỐI MẬT", "TUYỆT MẬT"];
    const BARE: [&str; 3] = ["MAT", "TOI MAT", "TUYET MAT"];
    const TOP: usize = 15;
    let head = lines.iter().filter(|line| !line.is_blank()).take(TOP);
    let mut alone = head.filter_map(|line| match line.cells().as_slice() {
        [alone] => Some(stamped(alone)),
        _ => None,
    });
    let bare = alone.find(|stamp| BARE.contains(&stamp.as_str()));
    let cells = lines.iter().flat_map(Line::cells).filter(|cell| cell.len() <= 80);
    let mut found = cells.filter_map(|cell| {
        let stamp = stamped(cell);
        let start = fold_start(cell, 7);
        let named = start.starts_with("do mat") && !fold_words(cell).contains("khong");
        let lower = cell.to_lowercase();
        let numbered = start.starts_with("so")
            && ["(mật)", "(tối mật)", "(tuyệt mật)"].iter().any(|degree| lower.contains(degree));
        (STAMPS.contains(&stamp.as_str()) || named || numbered).then_some(stamp)
    });
    found.next().or(bare)
}

/// The letters of a cell as a stamp has them: letters that stand apart belong together.
fn stamped(cell: &str) -> String {
    let words: Vec<&str> = cell.trim_matches(|c: char| !c.is_alphabetic()).split_whitespace().collect();
    let apart = words.len() > 2 && words.iter().all(|word| word.chars().count() == 1);
    words.join(if apart { "" } else { " " })
}

/// How urgent a document is by its stamp: KHẨN, THƯỢNG KHẨN, HỎA TỐC, "Hỏa tốc hẹn giờ". It stands above the body, alone or
/// before the hour that it names.
pub fn urgency(lines: &[Line]) -> Urgency {
    const TOP: usize = 40;
    lines
        .iter()
        .take(TOP)
        .flat_map(Line::cells)
        .map(stamp_of)
        .max_by_key(|urgency| match urgency {
            Urgency::Normal => 0,
            Urgency::Urgent => 1,
            Urgency::Express => 2,
        })
        .unwrap_or_default()
}

fn stamp_of(cell: &str) -> Urgency {
    const NAMES: [(&str, Urgency); 4] = [
        ("hoa toc", Urgency::Express),
        ("thuong khan", Urgency::Urgent),
        ("van ban khan", Urgency::Urgent),
        ("khan", Urgency::Urgent),
    ];
    let inner = cell.trim_matches(|c: char| !c.is_alphanumeric());
    if inner.is_empty() || inner.len() > 60 {
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
            ("KHẨN TRƯƠNG", Urgency::Normal),
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
}
