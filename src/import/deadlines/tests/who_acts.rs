//! Whose work a day is: the schools', a section's of the office, parents'.

use super::*;

/// The date of an item with a cell that says who acts.
fn by(who: &str, text: &str, cell: &str) -> String {
    let item = Item {
        text: text.to_owned(),
        time: if cell.is_empty() { Vec::new() } else { vec![cell.to_owned()] },
        who: Some(who.to_owned()).filter(|who| !who.is_empty()),
        ..Item::default()
    };
    shown(&dues(&item, &around()).0)
}

#[test]
fn parents_register_in_a_time_of_their_own() {
    let table = [
        (
            "Cha mẹ",
            "Đăng ký trực tuyến vào lớp 1",
            "Từ 19/10 đến 23/10",
            "range 2026-10-19..2026-10-23 event",
        ),
        (
            "Cha mẹ, các trường TH trực hỗ trợ",
            "Đăng ký trực tuyến vào lớp 1",
            "Từ 19/10 đến 23/10",
            "range 2026-10-19..2026-10-23",
        ),
        (
            "",
            "Phụ huynh đăng ký suất ăn trên ứng dụng từ 19/10 đến 23/10.",
            "",
            "range 2026-10-19..2026-10-23 event",
        ),
        ("Các trường", "Tuyển bổ sung nếu còn chỉ tiêu", "20/10 - 22/10", "range 2026-10-20..2026-10-22"),
    ];
    for (who, text, cell, want) in table {
        assert_eq!(by(who, text, cell), want, "{who} {text}");
    }
}

#[test]
fn a_section_works_for_those_above_it() {
    let table = [
        ("Bộ phận kế hoạch đối chiếu biểu của các trường, xong trước 20/10.", "before 2026-10-20 event"),
        ("Tham mưu kiện toàn Ban chỉ đạo trước ngày 20/10.", "before 2026-10-20 event"),
        ("UBND xã báo cáo Sở kết quả trước ngày 20/10.", "before 2026-10-20 event"),
        ("Do UBND tỉnh yêu cầu Sở hoàn thành đề án trước ngày 30/10.", "before 2026-10-30 event"),
        ("Bộ phận mầm non tổng hợp; các trường gửi số liệu trước ngày 20/10.", "before 2026-10-20"),
        ("Trình UBND xã phương án, gửi Phòng 01 bản trước ngày 20/10.", "before 2026-10-20"),
    ];
    for (text, want) in table {
        assert_eq!(by("", text, ""), want, "{text}");
    }
    assert_eq!(by("Hội đồng", "nghe báo cáo tiến độ sửa chữa", "20/10"), "on 2026-10-20 event");
}

#[test]
fn what_is_brought_within_a_day_has_its_end() {
    let table = [
        (
            "Tiếp nhận sản phẩm dự thi tại Nhà văn hóa: sáng 20/10 (cụm 1), sáng 21/10 (cụm 2).",
            "on 2026-10-20 | on 2026-10-21",
        ),
        ("Các đội dọn gian hàng trong buổi sáng 24/10.", "on 2026-10-24"),
        ("Trong ngày 24/10 các trường tổ chức khai giảng lớp xóa mù.", "on 2026-10-24 event"),
        ("Phụ huynh nhận lại hồ sơ ngày 24/10.", "on 2026-10-24 event"),
    ];
    for (text, want) in table {
        assert_eq!(by("", text, ""), want, "{text}");
    }
    let below = Item {
        text: "Tổ chức chấm từ 19/10 đến 30/10.".to_owned(),
        heading: Some("2. Vòng trường".to_owned()),
        ..Item::default()
    };
    assert_eq!(shown(&dues(&below, &around()).0), "range 2026-10-19..2026-10-30");
}
