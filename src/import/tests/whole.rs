//! Whole documents of a few lines: what their parts do to one another.

use crate::import::{Directive, read};

fn directive(text: &str) -> Directive {
    read(text.as_bytes()).unwrap()
}

/// "2026-09 Họp: on 2026-09-05 08:00 event" for each task, its doubts behind it.
fn tasks(text: &str) -> Vec<String> {
    let say = |task: &crate::import::DraftTask| {
        let months: Vec<String> = task.months.iter().map(|m| format!("{}-{:02} ", m.year, m.month)).collect();
        let due = task.due.iter().map(|due| {
            let time = due.time.map(|time| time.format(" %H:%M").to_string()).unwrap_or_default();
            format!("{:?} {}{time} {:?}", due.kind, due.date, due.role)
        });
        let doubts = task.doubts.iter().map(|doubt| format!("? {}", doubt.kind.key()));
        let said: Vec<String> = due.chain(doubts).collect();
        format!("{}{}: {}", months.concat(), task.text, said.join(", "))
    };
    directive(text).tasks.iter().map(say).collect()
}

#[test]
fn the_first_month_of_a_schedule_is_no_part_of_its_title() {
    let want = ["2026-09 Họp phụ huynh.: ", "2026-10 Gửi biểu trước ngày 12/10.: Before 2026-10-12 Deadline"];
    for title in [
        "LỊCH CÔNG VIỆC NĂM HỌC 2026-2027",
        "KẾ HOẠCH\nCông tác trọng tâm năm học 2026-2027",
        "KẾ HOẠCH\nCông tác trọng tâm",
    ] {
        let text =
            format!("{title}\nTHÁNG 9/2026\n- Họp phụ huynh.\nTHÁNG 10/2026\n- Gửi biểu trước ngày 12/10.\n");
        assert_eq!(tasks(&text), want, "{title}");
        assert!(!directive(&text).header.subject.unwrap().contains("THÁNG"), "{title}");
    }
    let one = directive("KẾ HOẠCH\nCông tác trọng tâm\nTHÁNG 9/2026\n1. Gửi biểu trước ngày 12/9.\n");
    assert_eq!(one.header.subject.as_deref(), Some("Công tác trọng tâm THÁNG 9/2026"));
}

#[test]
fn the_lines_below_a_day_are_its_entries() {
    let head = "PHÒNG VH-XH XÃ ĐỒI CHÈ\nLỊCH CÔNG TÁC TUẦN 8\n(Từ ngày 19/10/2026 đến ngày 25/10/2026)\n";
    let want = [
        "Họp cơ quan: On 2026-10-19 08:30 Event",
        "Chiều: Các trường nộp biểu trước 15h: Before 2026-10-19 15:00 Deadline",
        "Cả ngày: Hội thi cấp xã: On 2026-10-20 Event, ? doubt-weekday-mismatch",
    ];
    let short = "Thứ Hai (19/10)\nSáng: 8h30 Họp cơ quan\nChiều: Các trường nộp biểu trước 15h\nThứ Tư (20/10)\nCả ngày: Hội thi cấp xã\n";
    let bullets = "\nThứ Hai, ngày 19/10/2026\n- Sáng: 8h30 Họp cơ quan\n- Chiều: Các trường nộp biểu trước 15h\nThứ Tư, ngày 20/10/2026\n- Cả ngày: Hội thi cấp xã\n";
    for days in [short, bullets] {
        assert_eq!(tasks(&format!("{head}{days}")), want, "{days}");
        assert_eq!(directive(&format!("{head}{days}")).header.issued_on, None);
    }
}

#[test]
fn a_misprinted_date_of_issue_is_asked_about() {
    let doubts = |date: &str| -> Vec<&'static str> {
        let text = format!(
            "Số: 7/VHXH\nĐồi Chè, {date}\nV/v nộp biểu\nKính gửi: Các trường\n1. Nộp biểu về Phòng.\n"
        );
        directive(&text).doubts.iter().map(|doubt| doubt.kind.key()).collect()
    };
    assert_eq!(doubts("ngày 7 tháng 10 năm 206"), ["doubt-issue-unread"]);
    assert_eq!(doubts("ngày 31 tháng 9 năm 2026"), ["doubt-issue-unread"]);
    for plain in ["ngày 7 tháng 10 năm 2026", "ngày    tháng 10 năm 2026", "ngày ... tháng ... năm 20..."]
    {
        assert_eq!(doubts(plain), [""; 0], "{plain}");
    }
}
