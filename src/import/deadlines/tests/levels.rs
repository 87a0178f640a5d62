//! Days that are parted by level, by quarter, by month.

use super::{in_month, in_sentence};

#[test]
fn each_level_has_its_day_and_a_name_is_none() {
    let table = [
        ("Nộp thời khóa biểu: khối mầm non 14/10, khối tiểu học 16/10.", "on 2026-10-14 | on 2026-10-16"),
        ("Gửi đề cương (cấp TH 20/10; cấp THCS 22/10).", "on 2026-10-20 | on 2026-10-22"),
        ("Nộp sổ theo dõi: MN 21/10; TH 24/10; THCS 28/10.", "on 2026-10-21 | on 2026-10-24 | on 2026-10-28"),
        ("Gửi danh mục sách MN 21/10/2026.", "on 2026-10-21"),
        ("Gửi báo cáo của MN 20/10, TH 26/3 trước ngày 24/10.", "before 2026-10-24"),
        ("Dự giờ tại MN 8/3 và THCS 30/4.", ""),
    ];
    for (text, want) in table {
        assert_eq!(in_sentence(text), want, "{text}");
    }
    let cells = [
        ("MN 26/10/2026; TH, THCS 28/10/2026", "on 2026-10-26 | on 2026-10-28"),
        ("MN: 21/10; TH: 24/10", "on 2026-10-21 | on 2026-10-24"),
        ("MN 8/3: 21/10", "on 2026-10-21"),
    ];
    for (cell, want) in cells {
        assert_eq!(in_month(2026, 10, "Nộp sổ theo dõi", cell), want, "{cell}");
    }
}

#[test]
fn a_quarter_with_its_day_is_a_name_and_some_months_share_a_day() {
    assert_eq!(
        in_month(2026, 10, "Nộp bảng chấm công", "Quý III/2026: 08/10; quý IV/2026: 30/12"),
        "on 2026-10-08 | on 2026-12-30"
    );
    let table = [
        (
            "Gửi số liệu tuyển mới vào ngày 20 các tháng 10, 11 và 12.",
            "on 2026-10-20 | on 2026-11-20 | on 2026-12-20",
        ),
        ("Nộp trước ngày 05 của các tháng 11, 01.", "before 2026-11-05 | before 2027-01-05"),
        (
            "Nộp sáng kiến trước ngày 24/10; riêng khối 5 gửi sớm hơn, 20/10.",
            "before 2026-10-24 | on 2026-10-20",
        ),
        (
            "Nộp hồ sơ đến ngày 20/10; điểm lẻ được thêm vài ngày, tức là 24/10.",
            "before 2026-10-20 | before 2026-10-24",
        ),
    ];
    for (text, want) in table {
        assert_eq!(in_sentence(text), want, "{text}");
    }
}

#[test]
fn what_figures_are_of_and_what_is_foretold_sets_no_day() {
    let table = [
        (
            "Gửi danh sách trẻ suy dinh dưỡng (lấy đến 16 giờ ngày 15/10) trước ngày 20/10.",
            "before 2026-10-20",
        ),
        ("Gửi biên bản kiểm kê 0h ngày 01/01/2027 trước ngày 08/01/2027.", "before 2027-01-08"),
        ("Số trẻ tăng 2,1% so với 30/9, gửi bảng kê trước ngày 20/10.", "before 2026-10-20"),
        ("Hạn rơi vào Chủ nhật thì nộp ngày làm việc sau.", ""),
        ("Rà lại việc còn lại của tuần 05/10 - 11/10.", ""),
        ("Hoàn thành trong chiều nay (12/10) việc chuyển sách.", "before 2026-10-12"),
        ("Trong sáng mai (13/10) các trường dọn cây đổ.", "on 2026-10-13"),
    ];
    for (text, want) in table {
        assert_eq!(in_sentence(text), want, "{text}");
    }
}
