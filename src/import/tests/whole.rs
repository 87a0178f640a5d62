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
