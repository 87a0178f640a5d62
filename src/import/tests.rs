//! No text makes the reader fail, and whatever it finds stands where it says.

use proptest::prelude::*;

use super::*;

/// Pieces that documents are made of, put together at random.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: [&str; 44] = [
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
