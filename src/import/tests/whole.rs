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
        "Các trường nộp biểu trước 15h: Before 2026-10-19 15:00 Deadline",
        "Hội thi cấp xã: On 2026-10-20 Event, ? doubt-weekday-mismatch",
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
    assert_eq!(doubts("ngày 7 tháng 10 năm 2026"), [""; 0]);
    // Blanks that were not filled in are no misprint.
    for blank in ["ngày    tháng 10 năm 2026", "ngày ... tháng ... năm 20..."] {
        assert_eq!(doubts(blank), ["doubt-issue-lost"], "{blank}");
    }
}

#[test]
fn a_number_is_repaired_and_a_lost_one_is_told() {
    let read = |number: &str| {
        let text = format!(
            "{number}\nĐồi Chè, ngày 7 tháng 10 năm 2026\nV/v nộp biểu\nKính gửi: Các trường\n1. Nộp biểu về Phòng.\n"
        );
        let draft = directive(&text);
        let doubts: Vec<_> = draft.doubts.iter().map(|doubt| doubt.kind.key()).collect();
        (draft.header.number.unwrap_or_default(), doubts.join(" "))
    };
    let table = [
        ("Số: 155/VHXH", "155/VHXH", ""),
        ("Số: l55/VHXH", "155/VHXH", "doubt-digits-repaired"),
        ("Số: 1O5/VHXH-ILO", "105/VHXH-ILO", "doubt-digits-repaired"),
        ("Số:      /VHXH", "", "doubt-number-lost"),
    ];
    for (number, want, doubts) in table {
        assert_eq!(read(number), (want.to_owned(), doubts.to_owned()), "{number}");
    }
}

#[test]
fn a_limit_that_counts_from_a_lost_date_is_kept_as_a_doubt() {
    let text = "V/v nộp biểu\nKính gửi: Các trường mầm non\n\n\
                Phòng đề nghị thực hiện:\n\
                Các trường gửi danh sách về Phòng trong vòng 5 ngày kể từ ngày ký.\n";
    let draft = directive(text);
    let doubts: Vec<_> = draft.tasks.iter().flat_map(|task| &task.doubts).map(|d| d.kind.key()).collect();
    assert_eq!(doubts, ["doubt-undated"]);
}

#[test]
fn points_under_a_week_have_its_days() {
    let text = "PHÒNG VĂN HÓA - XÃ HỘI\nSố: 7/VHXH\nĐồi Chè, ngày 7 tháng 10 năm 2026\nV/v công tác tháng 10\nKính gửi: Các trường\n\n\
                Tuần 2 (từ ngày 12/10 đến ngày 17/10)\n- Nộp báo cáo sĩ số.\n- Kiểm tra hồ sơ bán trú.\n- Gửi thực đơn trước ngày 14/10.\n";
    let dues: Vec<String> = directive(text)
        .tasks
        .iter()
        .flat_map(|task| &task.due)
        .map(|due| format!("{:?} {:?} {}", due.role, due.kind, due.date.format("%d/%m")))
        .collect();
    assert_eq!(dues, ["Deadline Range 17/10", "Event Range 17/10", "Deadline Before 14/10"]);
}

#[test]
fn what_was_due_before_the_document_is_asked_about_and_what_has_been_is_not() {
    let head = "UBND XÃ SUỐI NGÀN\nPHÒNG VĂN HÓA - XÃ HỘI\nSố: 77/VHXH\nSuối Ngàn, ngày 05 tháng 10 năm 2026\nV/v báo cáo đầu năm\n\
                Kính gửi: Các trường mầm non\n\n";
    let points = "1. Nộp báo cáo số lớp về Phòng ngày 03/10/2026.\n\
                  2. Tiếp tục thực hiện nội dung đã họp ngày 30/9/2026.\n\
                  3. Gửi danh sách giáo viên trước ngày 12/10/2026.\n";
    let want = [
        "Nộp báo cáo số lớp về Phòng ngày 03/10/2026.: ? doubt-taken-for-past",
        "Tiếp tục thực hiện nội dung đã họp ngày 30/9/2026.: ",
        "Gửi danh sách giáo viên trước ngày 12/10/2026.: Before 2026-10-12 Deadline",
    ];
    assert_eq!(tasks(&format!("{head}{points}")), want);
}

#[test]
fn a_telegram_has_its_place_its_addressees_and_its_points() {
    let text = "UBND XÃ ĐỒI CHÈ\nSố: 07/CĐ-UBND\nĐồi Chè, hồi 9 giờ 30 phút, ngày 12 tháng 10 năm 2026\n\nCÔNG ĐIỆN\n\
                Về việc phòng, chống mưa lũ trong trường học\n\nCHỦ TỊCH UBND XÃ ĐỒI CHÈ điện:\n- Hiệu trưởng các trường;\n\
                - Trưởng các bản.\n\nTheo dự báo 13/10 có mưa to. Chủ tịch UBND xã yêu cầu:\n\n\
                1. Gửi danh sách trực về UBND xã trước 17h00 ngày 12/10.\n";
    let read = directive(text);
    assert_eq!(read.header.place.as_deref(), Some("Đồi Chè"));
    assert_eq!(read.header.kind.map(crate::import::Kind::name), Some("công văn"));
    assert_eq!(read.header.addressees, ["Hiệu trưởng các trường", "Trưởng các bản"]);
    assert_eq!(
        tasks(text),
        ["Gửi danh sách trực về UBND xã trước 17h00 ngày 12/10.: Before 2026-10-12 17:00 Deadline"]
    );
}

#[test]
fn a_number_may_stand_apart_from_its_full_stop() {
    let text = "V/v hồ sơ\nĐồi Chè, ngày 12 tháng 10 năm 2026\nKính gửi: Các trường\n\n1.Gửi sổ trước 20/10.\n\
                2. Gửi biểu trước 21/10.\n3 . Hồ sơ bán trú\n- Danh sách: hạn 22/10\n- Đơn: hạn 23/10\n4. Gửi đơn trước 26/10.\n";
    let labels: Vec<String> = directive(text).tasks.iter().map(|task| task.label.clone()).collect();
    assert_eq!(labels, ["1", "2", "3.1", "3.2", "4"]);
}

#[test]
fn what_has_the_day_of_its_figures_beside_its_limit_is_handed_in() {
    let text = "V/v số liệu\nĐồi Chè, ngày 12 tháng 10 năm 2026\nKính gửi: Các trường\n\n\
                | Biểu | Nội dung | Thời điểm lấy số liệu | Thời hạn |\n|---|---|---|---|\n\
                | 1A | Đội ngũ hiện có | 30/9/2026 | 20/10/2026 |\n| 1B | Người nghỉ hưu | 31/12/2026 | 23/10/2026 |\n";
    let read = directive(text);
    let said: Vec<_> = read.tasks.iter().map(|task| (task.requires, task.due.len())).collect();
    assert_eq!(said, [(crate::domain::Requires::Submission, 1); 2]);
}

#[test]
fn what_is_to_be_handed_in_without_a_day_keeps_its_words() {
    let text = |point: &str| {
        format!(
            "V/v hồ sơ\nĐồi Chè, ngày 12 tháng 10 năm 2026\nKính gửi: Các trường\n\n1. {point}\n2. Nộp sổ trước 20/10.\n"
        )
    };
    let doubted = |point: &str| {
        let read = directive(&text(point));
        let of = |doubt: &crate::import::Doubt| doubt.kind.values().first().map(|(_, words)| words.clone());
        read.tasks[0].doubts.iter().filter(|doubt| doubt.kind.key() == "doubt-undated").find_map(of)
    };
    for (point, want) in [
        ("Gửi biên bản ngay sau hội nghị.", Some("ngay sau hội nghị")),
        ("Nộp bảng điểm khi kết thúc học kỳ I.", Some("khi kết thúc học kỳ I")),
        ("Gửi biểu vào đầu tuần tới.", Some("đầu tuần tới")),
        ("Gửi biểu trước ngày 20/10.", None),
        ("Gửi biểu cho đầy đủ.", None),
    ] {
        assert_eq!(doubted(point).as_deref(), want, "{point}");
    }
    let table =
        "Số TT\tTên báo cáo\tThời hạn gửi\n1\tSự cố bất thường\tTrong 24h\n2\tTai nạn\tKhi phát sinh\n";
    let read = directive(&format!(
        "V/v chế độ báo cáo\nĐồi Chè, ngày 12 tháng 10 năm 2026\nKính gửi: Các trường\n\n{table}"
    ));
    let keys: Vec<&str> = read.tasks.iter().flat_map(|t| &t.doubts).map(|doubt| doubt.kind.key()).collect();
    assert_eq!(keys, ["doubt-undated"; 2]);
}

#[test]
fn prose_above_a_table_may_ask_for_something() {
    let text = "V/v báo cáo\nĐồi Chè, ngày 12 tháng 10 năm 2026\nKính gửi: Các trường\n\nPhòng gom các báo cáo vào bảng dưới.\n\
                Mỗi đơn vị gửi tên người làm đầu mối trước ngày 16/10.\n\nSố TT\tTên báo cáo\tThời hạn gửi\n1\tSĩ số\t20/10\n2\tĐội ngũ\t23/10\n";
    let found: Vec<String> = directive(text).tasks.iter().map(|task| task.text.clone()).collect();
    assert_eq!(found, ["Mỗi đơn vị gửi tên người làm đầu mối trước ngày 16/10.", "Sĩ số", "Đội ngũ"]);
}

#[test]
fn what_is_told_of_points_lends_them_no_day() {
    let text = "V/v hồ sơ\nĐồi Chè, ngày 12 tháng 10 năm 2026\nKính gửi: Các trường\n\n1. Kiểm điểm việc chậm sổ.\n2. Rà soát tủ thuốc.\n\
                Kết quả thực hiện các mục 1, 2 báo cáo về Phòng trước ngày 20/10.\n";
    let due: Vec<usize> = directive(text).tasks.iter().map(|task| task.due.len()).collect();
    assert_eq!(due, [0, 0, 1]);
}

#[test]
fn a_draft_with_a_day_of_its_own_is_work_of_the_schools() {
    use crate::domain::Requires;
    let table = [
        ("Dự thảo nội quy của đơn vị: hoàn thành trong quý I/2027.", Requires::Confirmation),
        ("Dự thảo nội quy của đơn vị, gửi về Phòng trước ngày 20/01/2027.", Requires::Submission),
        ("Hoàn thành việc nhập liệu trước Tết.", Requires::Submission),
        ("Dự thảo lần 2 sẽ được lấy ý kiến, dự kiến đầu tháng 12.", Requires::None),
    ];
    for (line, want) in table {
        let text = format!(
            "V/v nội quy\nĐồi Chè, ngày 12 tháng 11 năm 2026\nKính gửi: Các trường\n\n1. {line}\n2. Rà soát tủ thuốc.\n"
        );
        assert_eq!(directive(&text).tasks[0].requires, want, "{line}");
    }
}
