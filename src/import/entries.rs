//! Entries of a week's calendar in plain text: the day, the part of the day and the hour that they open with.

use super::days::is_half_day;
use super::rows::without_clock;
use crate::vietnamese::{Token, TokenKind, clock_at, day_at, tokens, weekday_at};

/// "Thứ Hai (16/11): họp giao ban" → the day's name as printed, and what stands behind its colon.
pub fn day_and_entry(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 80;
    const WORDS: [&str; 17] = [
        "ngay", "thang", "nam", "den", "va", "thu", "hai", "ba", "tu", "bon", "sau", "bay", "chu", "nhat",
        "cn", "het", "toi",
    ];
    let (label, entry) = text.split_once(':').filter(|(label, _)| label.len() <= LONGEST)?;
    let said = tokens(label);
    let (_, behind) = weekday_at(label, &said, 0)?;
    let known = |t: &Token| t.kind != TokenKind::Word || WORDS.contains(&t.folded.as_str());
    let dated = (behind..said.len()).any(|at| day_at(label, &said, at).is_some_and(|(day, _)| !day.weak));
    let entry = entry.trim();
    (dated && said.iter().all(known) && !entry.is_empty()).then_some((label.trim(), entry))
}

/// "Sáng: 8h00 …", "Cả ngày: …", "14h00 …": whether a line opens like an entry of a calendar.
pub fn opens_an_entry(text: &str) -> bool {
    after_half_day(text).len() < text.len() || without_clock(text).0.is_some()
}

/// The hour that an entry opens with, and its words: "Chiều: 14h00: họp chi bộ" is "họp chi bộ". A part of the day stays where
/// another one follows it: "Sáng: dự giờ; chiều: họp chi bộ".
pub fn hour_and_words(text: &str) -> (Option<(u32, u32)>, String) {
    let words = after_half_day(text);
    let (clock, rest) = without_clock(words);
    let several = || {
        words
            .split([';', '.', ',', '\n'])
            .skip(1)
            .any(|part| part.split_once(':').is_some_and(|(label, _)| is_half_day(label)))
    };
    match clock {
        Some(_) => (clock, rest),
        None if several() => (None, text.to_owned()),
        None => (None, words.to_owned()),
    }
}

/// "họp giao ban lúc 14h00": the one hour that an entry names, if it does not open with it.
pub fn hour_within(text: &str) -> Option<(u32, u32)> {
    let tokens = tokens(text);
    let mut clocks =
        (0..tokens.len()).filter_map(|at| clock_at(text, &tokens, at).map(|(clock, _)| (at, clock)));
    let (at, clock) = clocks.next()?;
    let at_this =
        at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| t.is_word("luc") || t.is_word("hoi"));
    (at_this && clocks.next().is_none()).then_some((clock.hour, clock.minute))
}

/// What stands behind "Sáng:" or "Buổi chiều:".
fn after_half_day(text: &str) -> &str {
    let behind = text.split_once(':').filter(|(label, rest)| is_half_day(label) && !rest.trim().is_empty());
    behind.map_or(text, |(_, rest)| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read;

    /// What a calendar of the week from 16 to 20 November 2026 is read as: words, days, and what is odd.
    fn entries(lines: &str) -> Vec<String> {
        let text = format!(
            "PHÒNG VĂN HÓA - XÃ HỘI\nLỊCH LÀM VIỆC TUẦN 12\nTừ ngày 16/11/2026 đến ngày 20/11/2026\n\n{lines}\n"
        );
        let directive = read(text.as_bytes()).unwrap();
        let one = |task: &crate::import::DraftTask| {
            let due = |due: &crate::import::DraftDue| {
                let time = due.time.map(|time| time.format(" %H:%M").to_string()).unwrap_or_default();
                format!("{}{time}", due.date.format("%d/%m"))
            };
            let due: Vec<String> = task.due.iter().map(due).collect();
            let odd: Vec<&str> = task.doubts.iter().map(|doubt| doubt.kind.key()).collect();
            format!("{}|{}|{}", task.text, due.join(","), odd.join(","))
        };
        directive.tasks.iter().map(one).collect()
    }

    #[test]
    fn an_entry_on_the_line_of_its_day_is_a_task_of_that_day() {
        let lines = "Thứ Hai (16/11): giao ban toàn cơ quan lúc 14h00\n\
                     Thứ Ba (17/11): Sáng: 8h00 dự giờ Trường Mầm non Nắng Mai\n\
                     Chiều: sinh hoạt chi bộ\n\
                     Thứ Tư, ngày 18/11/2026: Cả ngày: Ngày hội đọc sách\n\
                     THỨ NĂM 19/11: Sáng:\n- Đón đoàn khảo sát\n\
                     Thứ Bảy (22/11): Trực cơ quan: đ/c Lành";
        let want = [
            "giao ban toàn cơ quan lúc 14h00|16/11 14:00|",
            "dự giờ Trường Mầm non Nắng Mai|17/11 08:00|",
            "sinh hoạt chi bộ|17/11|",
            "Ngày hội đọc sách|18/11|",
            "Đón đoàn khảo sát|19/11|",
            "Trực cơ quan: đ/c Lành|22/11|doubt-weekday-mismatch",
        ];
        assert_eq!(entries(lines), want);
    }

    #[test]
    fn an_entry_right_below_the_title_is_no_part_of_it() {
        let text = "TRƯỜNG MẦM NON NẮNG MAI\nLỊCH TUẦN 12 (16/11 - 20/11/2026)\nThứ Hai 16/11: Chào cờ\nThứ Ba 17/11: Dự giờ\n";
        let words: Vec<String> =
            read(text.as_bytes()).unwrap().tasks.into_iter().map(|task| task.text).collect();
        assert_eq!(words, ["Chào cờ", "Dự giờ"]);
    }

    #[test]
    fn the_day_of_an_entry_ends_with_the_next_matter() {
        let lines = "- Thứ Hai 16/11: Dự giờ.\n- Kiểm tra bếp ăn ngày 18/11.\n\
                     Thứ Sáu (20/11): Mít tinh.\nCác trường gửi ảnh về Phòng trước ngày 25/11.";
        let want = [
            "Dự giờ.|16/11|",
            "Kiểm tra bếp ăn ngày 18/11.|18/11|",
            "Mít tinh.|20/11|",
            "Các trường gửi ảnh về Phòng trước ngày 25/11.|25/11|",
        ];
        assert_eq!(entries(lines), want);
    }

    #[test]
    fn the_hour_in_the_words_of_an_entry_is_that_of_its_limit() {
        let lines = "Thứ Tư (18/11/2026): các trường nộp biểu sĩ số trước 16h30";
        assert_eq!(entries(lines)[0].split('|').nth(1), Some("18/11 16:30"));
    }

    #[test]
    fn a_line_that_names_a_day_and_an_entry() {
        let table = [
            ("Thứ Hai (16/11): họp", Some(("Thứ Hai (16/11)", "họp"))),
            (
                "Chủ nhật, ngày 22/11/2026: trực: đ/c Lành",
                Some(("Chủ nhật, ngày 22/11/2026", "trực: đ/c Lành")),
            ),
            ("Thứ Hai (16/11):", None),
            ("Thứ Hai: họp", None),
            ("Thứ Hai (16/11) họp giao ban, nội dung: thi đua", None),
            ("Ngày 16/11: họp", None),
            ("Tuần 12 (16/11 - 20/11): họp", None),
            (":", None),
        ];
        for (line, want) in table {
            assert_eq!(day_and_entry(line), want, "{line}");
        }
    }

    #[test]
    fn a_part_of_the_day_that_only_says_when_is_no_word_of_an_entry() {
        let table = [
            ("Sáng: Hội thi", None, "Hội thi"),
            ("Buổi chiều: 14h00: họp", Some((14, 0)), "họp"),
            ("Sáng: dự giờ; chiều: họp", None, "Sáng: dự giờ; chiều: họp"),
            ("Sáng tác thơ: vòng trường", None, "Sáng tác thơ: vòng trường"),
            ("Chiều:", None, "Chiều:"),
        ];
        for (text, clock, words) in table {
            assert_eq!(hour_and_words(text), (clock, words.to_owned()), "{text}");
        }
        assert_eq!(hour_within("họp giao ban lúc 14h00"), Some((14, 0)));
        assert_eq!(hour_within("họp lúc 8h00, khảo sát lúc 14h00"), None);
    }
}
