//! Days that are said by the moon, by the week, by the edge of a month, or by another day.

use super::*;

#[test]
fn lunar_days_are_turned_into_ours_and_asked_about() {
    let table = [
        ("Gửi lịch trực trước Tết Nguyên đán.", "before 2027-02-05"),
        ("Gửi lịch trực trước Tết Đinh Mùi 2027.", "before 2027-02-05"),
        ("Gửi lịch trực trước Tết 10 ngày.", "before 2027-01-27"),
        ("Nộp biên bản niêm phong ngày 27 Tết.", "on 2027-02-03"),
        ("Báo cáo kết quả trồng cây chậm nhất rằm tháng Giêng.", "before 2027-02-20"),
        ("Nộp ảnh trước rằm tháng 10 âm lịch.", "before 2026-11-23"),
        // A feast with a date of ours, another feast, and what is no limit.
        ("Gửi lịch trực trước Tết (04/02/2027).", "on 2027-02-04"),
        ("Gửi lịch trực trước Tết Dương lịch.", ""),
        ("Tổ chức trò chơi trước Tết Trung thu.", ""),
        ("Báo cáo tình hình sau Tết.", ""),
        // That year has no 30th of the last month.
        ("Gửi lịch trực trước 30 Tết.", ""),
    ];
    for (text, want) in table {
        assert_eq!(in_sentence(text), want, "{text}");
    }
    let item = Item { text: "Gửi lịch trực trước 30 Tết.".to_owned(), ..Item::default() };
    let (_, doubts) = dues(&item, &around());
    assert!(
        matches!(doubts.as_slice(), [Doubt { kind: DoubtKind::ImpossibleDate { .. }, .. }]),
        "{doubts:?}"
    );
}

#[test]
fn days_near_the_issue_are_counted_from_it() {
    let table = [
        ("Gửi bảng kê từ thứ Hai đến thứ Tư tuần sau.", "range 2026-10-19..2026-10-21"),
        ("Gửi danh sách trong tuần này.", "during 2026-10-12..2026-10-18"),
        ("Gửi danh sách trong tuần tới.", "during 2026-10-19..2026-10-25"),
        ("Gửi danh sách trong tuần này (trước ngày 15/10).", "before 2026-10-15"),
        ("Gửi số máy trực chậm nhất 9h sáng mai.", "before 2026-10-13 09:00"),
        ("Gửi số máy trực muộn nhất cuối giờ chiều nay.", "before 2026-10-12"),
        ("Nộp sổ đầu mối đến hết thứ Tư tuần sau (21/10).", "before 2026-10-21"),
        ("Chuẩn bị lịch tuần sau.", ""),
    ];
    for (text, want) in table {
        assert_eq!(in_sentence(text), want, "{text}");
    }
}

#[test]
fn the_edge_of_a_month_and_days_before_another() {
    let table = [
        ("Gửi bảng công vào ngày làm việc cuối cùng của tháng 10.", "on 2026-10-30"),
        ("Gửi bảng công chậm nhất ngày cuối tháng 11.", "before 2026-11-30"),
        ("Gửi bảng công ngày làm việc đầu tiên của tháng 11.", "on 2026-11-02"),
        ("Gửi bảng công vào ngày làm việc cuối cùng của mỗi tháng.", "on 2026-10-30"),
        ("Báo số trẻ ra lớp ngày đầu năm học.", ""),
        ("Dựng xong rạp trước 3 ngày so với ngày khai mạc (24/10).", "before 2026-10-21"),
        (
            "Gửi công văn ngày 20 hằng tháng (riêng tháng 12 gửi trước ngày 15).",
            "on 2026-10-20 monthly | before 2026-12-15",
        ),
        ("Hằng năm nộp sổ trước 05/10 hằng năm.", "before 2027-10-05 yearly"),
        ("Mọi vướng mắc liên hệ đ/c Hà trước ngày 20/10.", "before 2026-10-20 event"),
        ("Báo cáo kết quả ngày hội (phát động ngày 20/10).", "on 2026-10-20 event"),
        (
            "Hủy bỏ buổi họp ngày 20/10. Họp lại lúc 8h00 ngày 27/10, gửi tên trước ngày 23/10.",
            "on 2026-10-27 08:00 event | before 2026-10-23",
        ),
        (
            "Báo sĩ số hằng ngày từ 19/10 đến 30/10/2026, trước 9h00.",
            "before 2026-10-19 09:00 daily until 2026-10-30",
        ),
        (
            "Hằng ngày báo sĩ số trước 9h00 từ ngày 19/10 đến ngày 30/10.",
            "before 2026-10-19 09:00 daily until 2026-10-30",
        ),
        ("Mang bản gốc sổ chấm ra phòng ngày 20/10.", "on 2026-10-20"),
    ];
    for (text, want) in table {
        assert_eq!(in_sentence(text), want, "{text}");
    }
    assert_eq!(in_month(2026, 11, "Nộp sổ họp", "Ngày làm việc cuối cùng của tháng"), "on 2026-11-30");
    let under = |text: &str| {
        let heading = Some("1. Việc của các trường trong tháng 10".to_owned());
        shown(&dues(&Item { text: text.to_owned(), heading, ..Item::default() }, &around()).0)
    };
    assert_eq!(under("Rà soát tủ thuốc."), "during 2026-10-01..2026-10-31");
    assert_eq!(under("Nộp sổ trước 20/10."), "before 2026-10-20");
    assert_eq!(under("Phòng kiểm tra bếp ăn."), "");
}
