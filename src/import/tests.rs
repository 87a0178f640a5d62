//! No text makes the reader fail, and whatever it finds stands where it says.

use proptest::prelude::*;

use super::*;

mod whole;

/// Pieces that documents are made of, put together at random.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: [&str; 46] = [
        "THÁNG 8/2026:",
        "THÁNG 12, 01/2027",
        "8/2026\t",
        "6+7 /2027",
        "\t",
        "\n",
        "\n\n",
        " | ",
        "- ",
        "+ ",
        "1. ",
        "a) ",
        "II. ",
        "Tháng\tTT\tNội dung\tThời gian\n",
        "Thứ, ngày\tBuổi\tNội dung\n",
        "Thứ Hai\n16/11\tSáng\t- 7g30: ",
        "Thứ Bảy (22/11): Sáng: ",
        "cụm 1: 05/01; ",
        "trước ngày ",
        "từ ngày ",
        " đến ",
        "17/10",
        "31/9/2026",
        "29/2",
        "l5/4",
        "15/5/206",
        "24:00 ",
        "17h00 ",
        "25 hằng tháng",
        "thứ Năm hằng tuần",
        "(",
        ")",
        "Số: 12/KH-UBND ngày ",
        "Suối Ngàn, ngày 05 tháng 9 năm 2026",
        "V/v ",
        "Kính gửi: ",
        "Nơi nhận:",
        "./.",
        "TRƯỞNG PHÒNG\n",
        "Gửi báo cáo ",
        "tuần 2 ",
        "cuối tháng ",
        "<li>",
        "&amp;",
        "\u{f0b7}\t",
        "e\u{302}\u{301}",
    ];
    prop::collection::vec(
        prop_oneof![prop::sample::select(&PIECES[..]).prop_map(str::to_owned), "\\PC{0,6}"],
        0..60,
    )
    .prop_map(|pieces| pieces.concat())
}

/// The months, the first words and the dates of each task.
fn told(text: &str) -> Vec<String> {
    let months = |task: &DraftTask| task.months.iter().map(ToString::to_string).collect::<Vec<_>>().join("+");
    let words = |task: &DraftTask| task.text.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let dates =
        |task: &DraftTask| task.due.iter().map(|due| due.date.to_string()).collect::<Vec<_>>().join(" ");
    let draft = read(text.as_bytes()).unwrap();
    draft.tasks.iter().map(|task| format!("{}|{}|{}", months(task), words(task), dates(task))).collect()
}

#[test]
fn a_message_with_pictures_is_a_plan_by_weeks() {
    let text = "TRƯỜNG MẦM NON BAN TRẮNG\n\n🌸 KẾ HOẠCH THÁNG 3/2027 🌸\n\nNậm Mu, ngày 25 tháng 2 năm 2027\n\n\
                ✅ VIỆC THÁNG 2 ĐÃ XONG: trực Tết đủ, nộp sổ 20/2\n\n\
                🔔 TUẦN 1 (1 – 6/3)\n⭐ Các lớp báo sĩ số cho văn thư trước 10h thứ Ba\n⭐ Họp tổ 16h30 ngày 3/3\n\n\
                🔔 TUẦN 2 (8 – 13/3)\n⭐ Nhập phần mềm XONG TRƯỚC 13/3 ‼️\n\nHIỆU TRƯỞNG\nLò Thị Ban\n";
    let want = [
        "2027-03|Các lớp báo|2027-03-02",
        "2027-03|Họp tổ 16h30|2027-03-03",
        "2027-03|Nhập phần mềm|2027-03-13",
    ];
    assert_eq!(told(text), want);
}

#[test]
fn quarters_and_runs_of_months_head_a_schedule() {
    let text = "Số: 4/VHXH\nV/v lịch kiểm định năm học 2026 - 2027\nĐồi Chè, ngày 24 tháng 9 năm 2026\n\n\
                QUÝ IV NĂM 2026\n- Các trường gửi kế hoạch trước ngày 10 tháng 10.\n\n\
                QUÝ I/2027\n- Các trường gửi tiến độ trước ngày 17 tháng 01.\n\n\
                TỪ T4 ĐẾN T6/2027\n- Kiểm kê sách, gửi biên bản trước ngày 10 tháng 6.\n";
    let want = [
        "2026-10+2026-11+2026-12|Các trường gửi|2026-10-10",
        "2027-01+2027-02+2027-03|Các trường gửi|2027-01-17",
        "2027-04+2027-05+2027-06|Kiểm kê sách,|2027-06-10",
    ];
    assert_eq!(told(text), want);
}

#[test]
fn points_whose_numbers_were_misread_stay_points() {
    let text = "Sô: 4/PGDĐT\nĐồi Chè, 12/10/2026\nKinh gửi: Các trường mầm non\n\n\
                l. Gửi danh sách trước 20 /10.\n\n2. Đón đoàn kiểm tra chiều 21/10.\n\nNộp biên bản trước ngày 23/10.\n\n\
                4. Hội thi cấp cụm ngày 27/10.\n\n5, Gửi phương án trước 3O/10.\n\nl1. Gửi ảnh trước 31/10.\n";
    let want = [
        "|Gửi danh sách|2026-10-20",
        "|Đón đoàn kiểm|2026-10-21",
        "|Nộp biên bản|2026-10-23",
        "|Hội thi cấp|2026-10-27",
        "|Gửi phương án|2026-10-30",
        "|Gửi ảnh trước|2026-10-31",
    ];
    assert_eq!(told(text), want);
}

#[test]
fn prose_about_a_happening_still_to_come_is_an_item() {
    let text = "Số: 4/VHXH\nV/v nghỉ Tết\nĐồi Chè, ngày 12 tháng 01 năm 2027\nKính gửi: Các trường mầm non\n\n\
                Phòng thông báo lịch nghỉ Tết như sau:\n\n\
                Trẻ em nghỉ từ ngày 01/02/2027 đến hết ngày 14/02/2027.\n\n\
                Công tác chuẩn bị Tết ở các trường được phụ huynh quan tâm.\n\n\
                Sau khi sáp nhập (dự kiến từ 01/7/2027), lịch này được điều chỉnh.\n\n\
                Các trường gửi lịch trực trước ngày 25/01/2027.\n\n\
                DỰ KIẾN TUẦN SAU\n\nHội nghị tập huấn tuyển sinh ngày 20/01/2027.\n";
    assert_eq!(told(text), ["|Trẻ em nghỉ|2027-02-14", "|Các trường gửi|2027-01-25"]);
}

proptest! {
    #[test]
    fn no_document_makes_it_fail(text in pieces()) {
        if let Ok(directive) = read(text.as_bytes()) {
            let lines = text.split('\n').count();
            for task in &directive.tasks {
                prop_assert!(task.span.first_line >= 1 && task.span.last_line <= lines);
                prop_assert!(task.span.start <= task.span.end && task.span.end <= text.len());
                for due in &task.due {
                    prop_assert!(due.from.is_none_or(|from| from <= due.date), "{due:?}");
                    prop_assert!(due.span.first_line >= task.span.first_line && due.span.last_line <= task.span.last_line);
                }
                for doubt in &task.doubts {
                    prop_assert!(doubt.line <= lines);
                }
            }
        }
    }

    #[test]
    fn no_bytes_make_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,300}") {
        let _ = read(text.as_bytes());
    }
}
