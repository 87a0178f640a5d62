//! One line a wording: the words → what is read. Office: a month schedule where months are given, else a directive of
//! 12 October 2026 (a Monday).

use super::*;
use crate::domain::{Month, SchoolYear};
use crate::import::days::Week;

mod levels;
mod said_otherwise;
mod who_acts;

fn around() -> Surroundings {
    Surroundings {
        school_year: Some(SchoolYear(2026)),
        issued: NaiveDate::from_ymd_opt(2026, 10, 12),
        signed: NaiveDate::from_ymd_opt(2026, 10, 12),
        ..Surroundings::default()
    }
}

/// "before 2026-10-17 17:00 deadline", one for each date, parted by " | ".
fn shown(due: &[DraftDue]) -> String {
    let one = |due: &DraftDue| {
        let kind = match due.kind {
            DueKind::Before => "before",
            DueKind::On => "on",
            DueKind::Range => "range",
            DueKind::During => "during",
        };
        let mut out = String::from(kind);
        if let Some(from) = due.from {
            out += &format!(" {from}..");
            out += &due.date.to_string();
        } else {
            out += &format!(" {}", due.date);
        }
        if let Some(time) = due.time {
            out += &if due.midnight { " 24:00".to_owned() } else { time.format(" %H:%M").to_string() };
        }
        if let Some(recur) = due.recur {
            out += &format!(" {recur:?}").to_lowercase();
        }
        if let Some(until) = due.until {
            out += &format!(" until {until}");
        }
        if due.role == DueRole::Event {
            out += " event";
        }
        out
    };
    due.iter().map(one).collect::<Vec<_>>().join(" | ")
}

fn in_sentence(text: &str) -> String {
    let item = Item { text: text.to_owned(), ..Item::default() };
    shown(&dues(&item, &around()).0)
}

fn in_month(year: i32, month: u32, text: &str, cell: &str) -> String {
    let time = if cell.is_empty() { Vec::new() } else { vec![cell.to_owned()] };
    let item = Item { text: text.to_owned(), time, months: vec![Month { year, month }], ..Item::default() };
    shown(&dues(&item, &Surroundings { issued: None, signed: None, ..around() }).0)
}

#[test]
fn a_weekday_under_its_week_is_a_day() {
    let week = Week {
        from: NaiveDate::from_ymd_opt(2026, 10, 19).unwrap(),
        to: NaiveDate::from_ymd_opt(2026, 10, 24).unwrap(),
        quote: "19/10 - 24/10".to_owned(),
    };
    let table = [
        ("Xét thi đua tháng, thứ Sáu.", "on 2026-10-23 event"),
        ("Hạn cuối các lớp nộp ảnh góc thiên nhiên cho Ban giám hiệu: thứ Tư.", "before 2026-10-21"),
        ("Thi đấu cầu lông: thứ Sáu 23/10 - thứ Bảy 24/10.", "range 2026-10-23..2026-10-24 event"),
    ];
    for (text, want) in table {
        let item = Item { text: text.to_owned(), week: Some(week.clone()), ..Item::default() };
        assert_eq!(shown(&dues(&item, &around()).0), want, "{text}");
    }
}

#[test]
fn a_recurrence_beside_one_full_date_and_a_limit_that_is_over_are_asked_about() {
    let table = [
        ("Hằng tháng, các trường gửi biểu bán trú trước ngày 25/10/2026.", Some("doubt-said-to-recur")),
        ("Gửi biểu trước ngày 25/10/2026; cập nhật hằng tháng trên phần mềm.", None),
        ("Gửi số liệu hằng tháng trước ngày 25/10/2026.", None),
        ("Gửi biểu trước ngày 25 hằng tháng.", None),
        ("Còn 04 trường chưa nộp biểu (hạn 20/9).", Some("doubt-taken-for-past")),
        ("Gửi biểu trước ngày 25/10/2026.", None),
    ];
    for (text, want) in table {
        let item = Item { text: text.to_owned(), ..Item::default() };
        let doubts = dues(&item, &around()).1;
        assert_eq!(doubts.first().map(|doubt| doubt.kind.key()), want, "{text}");
    }
}

#[test]
fn wordings_of_deadlines() {
    let table = [
        ("Gửi biểu trước ngày 17/10/2026.", "before 2026-10-17"),
        ("Gửi biểu trước 17/10.", "before 2026-10-17"),
        (
            "Điểm 2 đã ghi: \"gửi biểu trước ngày 15/10\"; nay sửa thành: \"gửi biểu trước ngày 25/10\".",
            "before 2026-10-25",
        ),
        ("Thời hạn nộp bảng kê: ngày 22/10 (không phải ngày 25/10 như đã báo).", "before 2026-10-22"),
        ("Đoàn làm việc sáng ngày 20/10, không phải chiều ngày 19/10.", "on 2026-10-20 event"),
        ("Tại mục 4: bỏ việc nộp bản giấy ngày 20/10; gửi bản mềm trước 22/10.", "before 2026-10-22"),
        ("Cập nhật hồ sơ: lùi từ ngày 15/10 đến trước 17h00 ngày 22/10.", "before 2026-10-22 17:00"),
        ("Nộp dự toán bổ sung: 04/4", "on 2027-04-04"),
        ("Bàn giao trẻ xong trước 31/10; gửi biên bản 03/11", "before 2026-10-31 | on 2026-11-03"),
        ("Sửa lỗi trùng mã xong trong ngày mai 13/10.", "before 2026-10-13"),
        ("Trực đêm, báo sĩ số trong ngày 03/02.", "on 2027-02-03"),
        (
            "Khai giảng 7h30 ngày 05/11, gửi kịch bản trước 31/10; sau lễ, báo cáo nhanh trước 10h30 cùng ngày.",
            "on 2026-11-05 07:30 event | before 2026-10-31 | before 2026-11-05 10:30",
        ),
        (
            "Từ tháng 11/2026, vào thứ Sáu tuần cuối mỗi tháng, các trường báo cáo biến động sĩ số.",
            "on 2026-11-27",
        ),
        ("Gửi biểu (hoàn thành trước ngày 28/10).", "before 2026-10-28"),
        ("Gửi báo cáo chậm nhất 16h00 ngày 20/10.", "before 2026-10-20 16:00"),
        ("Gửi báo cáo chậm nhất là ngày 20/10.", "before 2026-10-20"),
        ("Gửi báo cáo muộn nhất thứ Sáu (16/10).", "before 2026-10-16"),
        ("Gửi báo cáo muộn nhất thứ Sáu, ngày 16/10.", "before 2026-10-16"),
        ("Gửi báo cáo, hạn cuối: 25/10/2026.", "before 2026-10-25"),
        ("Gửi báo cáo, hạn chót 25/10.", "before 2026-10-25"),
        ("Gửi danh sách (hạn: 25/10).", "before 2026-10-25"),
        ("Thời hạn nộp hồ sơ là 30/10/2026.", "before 2026-10-30"),
        ("Nộp hồ sơ không quá ngày 30/10.", "before 2026-10-30"),
        ("Cập nhật phần mềm xong trước 30/10.", "before 2026-10-30"),
        ("Nộp ds trẻ trc 16h 30/10.", "before 2026-10-30 16:00"),
        ("Cân đo xong 30/10, gởi biểu trc 05/11.", "before 2026-10-30 | before 2026-11-05"),
        ("Gửi ảnh trước 21h CN 25/10.", "before 2026-10-25 21:00"),
        ("Nộp sổ, hạn chót thứ 6 - 23/10.", "before 2026-10-23"),
        ("Cập nhật bảng công khai mỗi sáng trước 7h.", "before 2026-10-12 07:00 daily"),
        ("Báo số trẻ nghỉ mỗi chiều thứ Năm.", "on 2026-10-15 weekly"),
        (
            "Hội thi: nộp hồ sơ 19/10, thi lý thuyết 28/10, thực hành 29 đến 30/10.",
            "on 2026-10-19 | on 2026-10-28 event | range 2026-10-29..2026-10-30 event",
        ),
        (
            "Gửi biểu về Phòng trước 20/10 để tổng hợp trình UBND huyện vào cuối tháng 10.",
            "before 2026-10-20",
        ),
        ("Trường nộp muộn so với hạn 20/10/2025 thì giải trình.", ""),
        ("Gửi hồ sơ: chuyển từ trước ngày 20/10 sang trước ngày 30/10/2026.", "before 2026-10-30"),
        (
            "Gửi hồ sơ trước ngày 30/10 (thay cho thời gian từ ngày 15/10 đến ngày 20/10).",
            "before 2026-10-30",
        ),
        ("Nơi thiếu phòng học báo cáo riêng, thời hạn như điểm 1.2.", ""),
        ("Gửi lại danh sách (thay bản đã gửi trước 05/10) trước ngày 20/10.", "before 2026-10-20"),
        ("Riêng mục 3 (hạn nộp báo cáo trước ngày 20/10) được bãi bỏ.", ""),
        ("Báo cáo tổng kết: chưa cần nộp (dự kiến 20/11).", ""),
        ("Họp theo QĐ số 112/QĐ-UBND 22-8-2026.", ""),
        ("Nộp hồ sơ đến hết ngày 30/10.", "before 2026-10-30"),
        ("Nộp hồ sơ trước 17 giờ 00 ngày 30/10/2026.", "before 2026-10-30 17:00"),
        ("Nộp hồ sơ trước 24:00 ngày 31/10.", "before 2026-10-31 24:00"),
        ("Nộp hồ sơ trước 16g30 thứ Sáu, ngày 30/10/2026.", "before 2026-10-30 16:30"),
        ("NỘP HỒ SƠ TRƯỚC 17H30 NGÀY 30/10/2026", "before 2026-10-30 17:30"),
        ("Gửi biểu trước ngày 15 tháng 12 năm 2026.", "before 2026-12-15"),
        ("Gửi biểu trước ngày 15 tháng Mười một.", "before 2026-11-15"),
        ("Gửi biểu trước ngày 12-12-2026.", "before 2026-12-12"),
        ("Gửi biểu trước 12.12.2026.", "before 2026-12-12"),
        ("Gửi biểu trước 12/12/26.", "before 2026-12-12"),
        ("Gửi biểu trước 12.12.", "before 2026-12-12"),
        ("Gửi báo cáo trước ngày 20/01 năm sau.", "before 2027-01-20"),
        (
            "Báo cáo trước ngày 10/12; nhập cơ sở dữ liệu ngành trước ngày 8/12.",
            "before 2026-12-10 | before 2026-12-08",
        ),
        ("Nộp báo cáo (chiều 28/10).", "on 2026-10-28"),
        ("Nộp báo cáo (ngày 26/10)", "on 2026-10-26"),
        ("Nộp báo cáo ( 05/11)", "on 2026-11-05"),
        ("Gửi danh sách trong ngày 20/10.", "on 2026-10-20"),
        ("Gửi biểu từ ngày 15/10 đến ngày 25/10/2026.", "range 2026-10-15..2026-10-25"),
        ("Gửi biểu từ 5/11 đến hết 15/11.", "range 2026-11-05..2026-11-15"),
        ("Cân, đo trẻ (5 - 15/11).", "range 2026-11-05..2026-11-15"),
        ("Cân, đo trẻ 15/10-20/10.", "range 2026-10-15..2026-10-20"),
        ("Cân, đo trẻ trong 2 ngày 3, 4/11.", "range 2026-11-03..2026-11-04"),
        ("Cân, đo trẻ trong tháng 11.", "during 2026-11-01..2026-11-30"),
        ("Cân, đo trẻ vào cuối tháng 11.", "during 2026-11-21..2026-11-30"),
        ("Rà soát quy hoạch trong quý I/2027.", "during 2027-01-01..2027-03-31"),
        ("Gửi báo cáo trước ngày 25 hằng tháng.", "before 2026-10-25 monthly"),
        ("Gửi báo cáo muộn nhất là ngày 25 hàng tháng.", "before 2026-10-25 monthly"),
        (
            "Gửi báo cáo trước ngày 25 hằng tháng, từ tháng 9/2026 đến hết tháng 5/2027.",
            "before 2026-10-25 monthly until 2027-05-31",
        ),
        ("Báo cáo gửi ngày 22 hằng tháng.", "on 2026-10-22 monthly"),
        ("Gửi báo cáo trước 15h00 thứ Năm hằng tuần.", "before 2026-10-15 15:00 weekly"),
        ("Gửi báo cáo trước 17h00, thứ 6 hằng tuần.", "before 2026-10-16 17:00 weekly"),
        ("Gửi lịch chậm nhất trước 11h00 ngày thứ 6 của tuần trước.", "before 2026-10-16 11:00 weekly"),
        ("Gửi báo cáo thứ Sáu hằng tuần, trước 16h00.", "before 2026-10-16 16:00 weekly"),
        ("Gửi báo cáo trước ngày 5 của tháng sau.", "before 2026-11-05"),
        ("Gửi biểu rà soát trước ngày 15 tháng sau.", "before 2026-11-15"),
        ("Báo cáo tháng gửi trước ngày 5 của tháng sau.", "before 2026-11-05 monthly"),
        ("Hằng tháng gửi số liệu trước ngày 03 tháng sau.", "before 2026-11-03 monthly"),
        ("Tổ chức tiêm chủng cho học sinh trong tháng 11.", "during 2026-11-01..2026-11-30"),
        ("Báo cáo số trẻ trước 9h hằng ngày.", "before 2026-10-12 09:00 daily"),
        ("Thời hạn gửi báo cáo là 30/10 hằng năm.", "before 2026-10-30 yearly"),
        ("NỘP BÁO CÁO CHẬM NHẤT VÀO CUỐI GIỜ LÀM VIỆC NGÀY 15/10.", "before 2026-10-15"),
        ("Gửi danh sách trước 16 giờ 30 phút, ngày 16/10/2026.", "before 2026-10-16 16:30"),
        ("Đăng ký thi đua không muộn hơn ngày 30 tháng Mười.", "before 2026-10-30"),
        ("Nộp hồ sơ hạn nội bộ 18/10.", "before 2026-10-18"),
        ("Nộp phiếu, hệ thống đóng 24h00 ngày 16/10.", "before 2026-10-16 24:00"),
        ("Rà soát phòng học, hết tháng 10 phải xong.", "before 2026-10-31"),
        ("Nộp hồ sơ đợt 1: 20/10; đợt 2: 20/11.", "on 2026-10-20 | on 2026-11-20"),
        (
            "Báo số ca mắc vào các ngày 5, 15 hằng tháng đến hết tháng 12/2026.",
            "on 2026-11-05 monthly until 2026-12-31 | on 2026-10-15 monthly until 2026-12-31",
        ),
        (
            "Báo cáo hằng quý, trước ngày 20 tháng cuối quý.",
            "before 2026-12-20 | before 2027-03-20 | before 2027-06-20",
        ),
        ("Gửi báo cáo trước ngày 25 tháng này.", "before 2026-10-25"),
        ("Nộp hồ sơ ngày 14 và 28/10.", "on 2026-10-14 | on 2026-10-28"),
        ("Nộp hồ sơ từ thứ Hai (19/10) đến thứ Sáu (23/10).", "range 2026-10-19..2026-10-23"),
        ("Nộp hồ sơ từ 8h00 ngày 19/10 đến 17h00 ngày 23/10.", "range 2026-10-19..2026-10-23 17:00"),
        ("Gia hạn nộp hồ sơ từ ngày 14/10 đến hết ngày 28/10.", "before 2026-10-28"),
        ("Hạn là \"trước ngày 15/10\", nay sửa thành \"trước ngày 22/10\".", "before 2026-10-22"),
        ("Từ ngày 15/10, báo số trẻ nghỉ trước 9h00 hằng ngày.", "before 2026-10-15 09:00 daily"),
        ("Nộp báo cáo chậm nhất trong ngày 06/11.", "before 2026-11-06"),
        ("Nộp báo cáo muộn nhất là 17h, thứ Sáu (06/11/2026).", "before 2026-11-06 17:00"),
        ("Nộp hồ sơ trước mùng 5/11.", "before 2026-11-05"),
        ("Nộp hồ sơ trước ngày mồng 5 tháng 11.", "before 2026-11-05"),
        ("Nộp hồ sơ trước 20 hằng tháng.", "before 2026-10-20 monthly"),
        ("Nộp hồ sơ từ 5-10/11.", "range 2026-11-05..2026-11-10"),
        ("Nộp hồ sơ: 05/11 → 15/11.", "range 2026-11-05..2026-11-15"),
        ("Nộp hồ sơ ngày 5/11 hoặc 6/11.", "on 2026-11-05 | on 2026-11-06"),
        (
            "Nộp hồ sơ đợt 1 trước ngày 25/10, 25/11 và 25/12.",
            "before 2026-10-25 | before 2026-11-25 | before 2026-12-25",
        ),
        ("Nộp hồ sơ trong tuần thứ 2 của tháng 11.", "during 2026-11-08..2026-11-14"),
        ("Báo cáo hàng ngày trước 15h00.", "before 2026-10-12 15:00 daily"),
        (
            "Báo cáo trước 15h hằng ngày, từ 19/10 đến 30/10.",
            "before 2026-10-19 15:00 daily until 2026-10-30",
        ),
        (
            "Báo cáo trước 10h00 thứ Hai, thứ Năm hằng tuần.",
            "before 2026-10-12 10:00 weekly | before 2026-10-15 10:00 weekly",
        ),
        ("Báo cáo ca bệnh thứ Sáu hằng tuần, bắt đầu từ ngày 30/10.", "on 2026-10-30 weekly"),
        (
            "Báo cáo ngày 28 hằng tháng (từ tháng 11 đến hết tháng 5).",
            "on 2026-10-28 monthly until 2027-05-31",
        ),
        ("Cập nhật phần mềm, khóa số liệu lúc 17h00 ngày 06/11.", "before 2026-11-06 17:00"),
        ("Đăng ký qua đường link, đóng link lúc 17 giờ ngày 06/11.", "before 2026-11-06 17:00"),
        ("Nộp số liệu (thời điểm 30/9), gửi về Phòng ngày 09/11.", "on 2026-11-09"),
        (
            "Nộp báo cáo: mầm non ngày 02/11, tiểu học ngày 03/11, trung học cơ sở ngày 04/11.",
            "on 2026-11-02 | on 2026-11-03 | on 2026-11-04",
        ),
        (
            "Tuyển sinh: đăng ký trực tuyến 02/11 - 10/11, trực tiếp 12/11.",
            "range 2026-11-02..2026-11-10 | on 2026-11-12",
        ),
        ("Cha mẹ tham gia khảo sát trực tuyến từ 02/11 đến 12/11.", "range 2026-11-02..2026-11-12"),
        (
            "Làm bài trên hệ thống từ 8h00 ngày 02/11 đến 23g59 ngày 12/11.",
            "range 2026-11-02..2026-11-12 23:59",
        ),
        ("Hồ sơ phổ cập giáo dục: ngày 12/11.", "on 2026-11-12"),
        (
            "Tổ chức ngày hội đọc sách tại trường trong tuần từ 02/11 đến 07/11.",
            "range 2026-11-02..2026-11-07",
        ),
        (
            "Khai giảng lớp học buổi sáng 19/10; báo cáo nhanh trước 11 giờ cùng ngày.",
            "on 2026-10-19 event | before 2026-10-19 11:00",
        ),
        ("Thời gian nộp hồ sơ chuyển từ ngày 02/11 sang ngày 09/11.", "on 2026-11-09"),
        (
            "Trường có quyết định hết hạn trước ngày 31/12 đăng ký đánh giá ngoài, hạn cuối 04/11.",
            "before 2026-11-04",
        ),
        ("Kiểm tra cuối học kỳ I từ 21/12 đến 30/12.", "range 2026-12-21..2026-12-30"),
        ("Các trường tổ chức thi cấp trường từ 19/10 đến 30/10.", "range 2026-10-19..2026-10-30"),
    ];
    for (text, want) in table {
        assert_eq!(in_sentence(text), want, "{text}");
    }
}

#[test]
fn happenings_are_no_deadlines() {
    let table = [
        ("Dự Hội nghị vào 14 giờ 00 ngày 16/10/2026 tại hội trường.", "on 2026-10-16 14:00 event"),
        ("Tổ chức Ngày hội vào sáng ngày 05/11.", "on 2026-11-05 event"),
        ("Khai mạc Hội thi ngày 13-11-2026.", "on 2026-11-13 event"),
        ("Hội thi cấp phường ngày 13 và 14/11.", "range 2026-11-13..2026-11-14 event"),
        ("Kiểm tra công tác bán trú từ 19/10 đến 23/10.", "range 2026-10-19..2026-10-23 event"),
        ("Chấm Hội thi (dự kiến ngày 06/11).", "on 2026-11-06 event"),
        ("Kiến tập lúc 9g30 ngày 12/11.", "on 2026-11-12 09:30 event"),
        (
            "Tập huấn ngày 20/10; các trường gửi danh sách trước ngày 16/10.",
            "on 2026-10-20 event | before 2026-10-16",
        ),
        ("Dự họp lúc 8h00 thứ Hai, ngày 19/10/2026.", "on 2026-10-19 08:00 event"),
        ("Thu phiếu từ 8 giờ đến 16 giờ ngày 20/10.", "on 2026-10-20 08:00 event"),
        ("Kiểm tra giữa kỳ khối 4 (20 và 21/10).", "range 2026-10-20..2026-10-21 event"),
        ("Tuần lễ hưởng ứng học tập suốt đời 02/11 - 08/11.", "range 2026-11-02..2026-11-08 event"),
        ("Hội khỏe Phù Đổng cấp cụm từ 02/11 đến 06/11.", "range 2026-11-02..2026-11-06 event"),
        ("Ứng dụng phần mềm trong soạn giảng (02 - 04/11).", "range 2026-11-02..2026-11-04 event"),
        (
            "Thời gian thi: trình bày biện pháp ngày 02/11; thực hành từ 09/11 đến 20/11.",
            "on 2026-11-02 event | range 2026-11-09..2026-11-20 event",
        ),
        (
            "Hội thi cấp huyện (lý thuyết: 02/11; thực hành: từ 09/11 đến 20/11).",
            "on 2026-11-02 event | range 2026-11-09..2026-11-20 event",
        ),
        ("Xã có đồng bào dân tộc cử 01 người dự hội thảo ngày 18/11.", "on 2026-11-18 event"),
        (
            "Các trường tự khảo sát xong trước 24/10, Phòng khảo sát xác suất 27-29/10.",
            "before 2026-10-24 | range 2026-10-27..2026-10-29 event",
        ),
        ("Bồi dưỡng tại Trường Cao đẳng Sư phạm, tuần 2 tháng 11.", "during 2026-11-08..2026-11-14 event"),
        ("Trường Kim Đồng chuẩn bị hội thảo, dự kiến tháng 11.", "during 2026-11-01..2026-11-30 event"),
        ("Phòng khảo sát bến đò từ 19/10 đến 23/10.", "range 2026-10-19..2026-10-23 event"),
        (
            "Các trường gửi phương án trước 16/10; Trung tâm Y tế thẩm định từ 19/10 đến 23/10.",
            "before 2026-10-16 | range 2026-10-19..2026-10-23 event",
        ),
        (
            "Dự buổi bổ sung lúc 8g30 ngày 20/10, đăng ký trước 16/10.",
            "on 2026-10-20 08:30 event | before 2026-10-16",
        ),
    ];
    for (text, want) in table {
        assert_eq!(in_sentence(text), want, "{text}");
    }
}

#[test]
fn what_looks_like_a_date_and_is_none() {
    let table = [
        "Thực hiện Kế hoạch số 88/KH-UBND ngày 18/11/2026 của UBND xã.",
        "Theo Thông tư số 13/2026/TT-BGDĐT ngày 26/10/2026.",
        "Tổ chức kỷ niệm Ngày Nhà giáo Việt Nam 20/11.",
        "Tổ chức Tết Thiếu nhi 1-6.",
        "Chào mừng ngày 8/3 và 26/3.",
        "Kiểm tra tại MN 20/10, MN 7/5 và điểm Đường 30/4.",
        "Thống kê số liệu (thời điểm 30/10).",
        "Số liệu tính đến ngày 15/11.",
        "Số liệu chốt tại thời điểm báo cáo là ngày 30/10.",
        "16/16 đơn vị, 9/9 trường, 2 buổi/ngày, 24/24 giờ, 1 lần/quý.",
        "Tỷ lệ 1,2 %, 96.3%, 2,0% và 1.8%; chi 117.310.000đ.",
        "Trẻ 3-36 tháng tuổi, trẻ 5-6 tuổi, từ 37 đến 72 tháng.",
        "Giai đoạn 2021-2025, năm học 2026-2027, năm 2027.",
        "Báo cáo ngay khi có sự cố, trong vòng 24 giờ kể từ khi xảy ra.",
        "Báo cáo tháng 10 và kế hoạch tháng 11.",
        "Trẻ được cân hằng tháng, chấm biểu đồ hằng quý.",
        "Điện thoại 0900.000.018; lớp 5A có 12/13 trẻ.",
        "Đơn vị nộp sau ngày 30/10 không được xét.",
        "Lưu mẫu thức ăn đủ 24 giờ, không nhận sau 6h15.",
        "Thu hồi sữa có hạn dùng 30/10/2026.",
        "Nộp chậm so với hạn cũ 15/10.",
        "Kiểm tra bếp ăn của 10 ngày gần nhất (từ 03/10 đến 12/10).",
        "Còn 5 trường gửi báo cáo ngày 21/9.",
        "Gửi biểu (lấy số liệu ngày 15/10).",
        "Báo cáo trong vòng 03 ngày kể từ ngày nhận được công văn.",
        "Bãi bỏ điểm 6 (nộp kế hoạch trước 20/10).",
        "Tổng kết năm học (kèm phụ lục 1-4), làm theo mẫu 2-5.",
        "Báo cáo biện pháp (10-12 trang), video 3-5 phút.",
        "Nộp phương án trực nghỉ lễ 30/4 - 01/5 qua văn thư.",
        "Chốt 31/12.",
        "Biên bản kiểm kê (số liệu khóa sổ ngày 31/12/2026).",
    ];
    for text in table {
        assert_eq!(in_sentence(text), "", "{text}");
    }
}

#[test]
fn a_month_gives_the_year_and_its_windows() {
    let table = [
        (2026, 12, "Cân đo (hoàn thành trước ngày 8/12)", "", "before 2026-12-08"),
        (2026, 12, "Nộp báo cáo trước ngày 05/01", "", "before 2027-01-05"),
        (2027, 2, "Báo cáo an toàn trước 9h00 mùng 4 Tết.", "", "before 2027-02-09 09:00"),
        (2026, 9, "Vui Trung thu ngày 15/8 âm lịch.", "", "on 2026-09-25 event"),
        (2027, 2, "Khám sức khỏe cho trẻ.", "Cuối tháng", "during 2027-02-21..2027-02-28"),
        (2026, 9, "Các trường tổ chức họp cha mẹ học sinh.", "15/9 - 26/9", "range 2026-09-15..2026-09-26"),
        (2026, 9, "Gửi danh sách về Phòng.", "25/9", "on 2026-09-25"),
        (2026, 9, "Tập huấn phần mềm.", "8h00 ngày 27/9", "on 2026-09-27 08:00 event"),
        (2026, 9, "Họp Hội đồng.", "17g00, 03/9", "on 2026-09-03 17:00 event"),
        (2026, 9, "Kiểm tra bán trú.", "Tuần 3", "during 2026-09-15..2026-09-21 event"),
        (2027, 4, "Chấm sáng kiến cấp xã.", "Tuần 3", "during 2027-04-15..2027-04-21 event"),
        (
            2026,
            9,
            "Báo cáo quý.",
            "20/9, 20/12/2026; 20/3/2027",
            "on 2026-09-20 | on 2026-12-20 | on 2027-03-20",
        ),
        (2026, 9, "Báo cáo trước Tết.", "Trước Tết: 03/02/2027", "on 2027-02-03"),
        (2026, 9, "Kiểm kê tài sản.", "Trong tháng", "during 2026-09-01..2026-09-30"),
        (2026, 9, "Khai giảng năm học mới 4/9.", "", "on 2026-09-04 event"),
        (2026, 9, "Nộp hồ sơ bán trú 15/9", "", "on 2026-09-15"),
        (2026, 9, "Cân đo: 8,9,10/9", "", "range 2026-09-08..2026-09-10"),
        (2026, 9, "Sĩ số 12/9 lớp.", "", ""),
        (2026, 9, "Nộp danh sách trước ngày 10.", "", "before 2026-09-10"),
        (2026, 9, "Đăng ký bài dạy trong 3 ngày đầu tháng.", "", "during 2026-09-01..2026-09-03"),
        (2026, 9, "Rà soát sách.", "Nửa đầu tháng", "during 2026-09-01..2026-09-15"),
        (2026, 9, "Nộp báo cáo trước 16h30.", "Thứ Tư (16/9)", "before 2026-09-16 16:30"),
        (
            2027,
            2,
            "Nghỉ Tết (từ 27 tháng Chạp đến mùng 6 tháng Giêng).",
            "",
            "range 2027-02-03..2027-02-11 event",
        ),
        (2026, 9, "Nhập số liệu đầu năm.", "20-Thg9", "on 2026-09-20"),
        (
            2026,
            9,
            "Hội thi cô nuôi giỏi.",
            "Nộp thực đơn: 17/9; thi thực hành: 21, 22/9",
            "on 2026-09-17 | range 2026-09-21..2026-09-22 event",
        ),
        (2026, 9, "Lao động vệ sinh.", "Chiều T7, 19/9", "on 2026-09-19 event"),
        (
            2026,
            9,
            "Trường nộp danh sách vận động viên 05.9, họp lãnh đội 14h 10/9.",
            "",
            "on 2026-09-05 | on 2026-09-10 14:00 event",
        ),
        (2026, 9, "Kiểm kê tài sản.", "Thường xuyên", ""),
        (2026, 9, "Vệ sinh trường lớp.", "Cả năm", ""),
        (
            2026,
            9,
            "Thời gian thực học bắt đầu từ ngày 07/9/2026, hoàn thành chương trình ngày 21/5/2027, kết thúc năm học vào ngày 28/5/2027.",
            "",
            "range 2026-09-07..2027-05-21 | on 2027-05-28 event",
        ),
    ];
    for (year, month, text, cell, want) in table {
        assert_eq!(in_month(year, month, text, cell), want, "{text} {cell}");
    }
}

#[test]
fn repairs_are_doubts() {
    let doubts = |text: &str| -> Vec<&'static str> {
        let item = Item { text: text.to_owned(), ..Item::default() };
        dues(&item, &around()).1.iter().map(|d| d.kind.key()).collect()
    };
    let table: [(&str, &[&str]); 20] = [
        ("Gửi trước ngày l7/1O/2O26", &["doubt-digits-repaired"]),
        ("Gửi trước ngày 15/11/206", &["doubt-wrong-year"]),
        ("Gửi trước ngày 15/11/2025", &["doubt-wrong-year"]),
        ("Gửi trước ngày 31/11", &["doubt-impossible-date"]),
        ("Gửi trước ngày 30 tháng 02 năm 2027", &["doubt-impossible-date"]),
        ("Gửi chậm nhất ngày 31 tháng Mười Một", &["doubt-impossible-date"]),
        ("Gửi chậm nhất ngày 31 tháng 11 năm 2026", &["doubt-impossible-date"]),
        ("Gửi trước ngày 33/12/2026", &["doubt-impossible-date"]),
        ("Gửi trước ngày 20/14/2026", &["doubt-impossible-date"]),
        ("Gửi từ ngày 25/10 đến ngày 31/11", &["doubt-impossible-date"]),
        ("Gửi từ ngày 26/10 đến ngày 16/10/2026", &["doubt-reversed-range"]),
        ("Gửi trước 26 giờ ngày 22/10", &["doubt-impossible-hour"]),
        ("Cử người trực ngày 24/24 giờ", &[]),
        ("Gửi muộn nhất thứ Hai (16/10)", &["doubt-weekday-mismatch"]),
        ("Gửi trước ngày 05/10/2026", &["doubt-past-deadline"]),
        ("Hội thi (dự kiến ngày 06/11)", &["doubt-tentative"]),
        ("Báo cáo vào mùng 4 Tết", &["doubt-lunar-day"]),
        ("Thực hiện chủ đề từ ngày 19/10 đến ngày 30/10", &["doubt-taken-for-deadline"]),
        ("Vệ sinh trường lớp ngày 24/10", &["doubt-taken-for-event"]),
        ("Gửi trước ngày 17/10/2026", &[]),
    ];
    for (text, want) in table {
        assert_eq!(doubts(text), want, "{text}");
    }
}

#[test]
fn what_comes_again_is_read_wherever_the_word_stands() {
    let table = [
        ("Báo cáo hàng tháng trước ngày 25 gửi về Phòng.", "before 2026-10-25 monthly"),
        ("Hằng tháng, trước ngày 20, các trường gửi báo cáo sĩ số.", "before 2026-10-20 monthly"),
        ("Hằng tháng các trường gửi biểu 2 chậm nhất ngày 05.", "before 2026-11-05 monthly"),
        ("Gửi báo cáo định kỳ hằng tháng (trước ngày 05).", "before 2026-11-05 monthly"),
        ("Nộp bảng chấm công trước ngày 28, định kỳ hằng tháng.", "before 2026-10-28 monthly"),
        ("Mỗi tháng gửi thực đơn vào các ngày 01, 15.", "on 2026-11-01 monthly | on 2026-10-15 monthly"),
        ("Hằng tháng, trước ngày 20 của tháng, gửi báo cáo.", "before 2026-10-20 monthly"),
        ("Báo cáo suất ăn hằng tuần vào thứ Năm, trước 16h.", "before 2026-10-15 16:00 weekly"),
        ("Hằng tuần, chậm nhất 16h00 thứ Sáu, các trường gửi số liệu.", "before 2026-10-16 16:00 weekly"),
        ("Mỗi tuần gửi thực đơn trước thứ Hai.", "before 2026-10-12 weekly"),
        ("Hằng ngày, các trường báo sĩ số về Phòng trước 9h00.", "before 2026-10-12 09:00 daily"),
        ("Hằng năm, báo cáo công tác y tế trước ngày 31/5.", "before 2027-05-31 yearly"),
        ("Định kỳ hằng năm, gửi báo cáo trước ngày 15/12.", "before 2026-12-15 yearly"),
        (
            "Hằng quý gửi báo cáo trước ngày 05 của tháng đầu quý sau.",
            "before 2027-01-05 | before 2027-04-05 | before 2027-07-05",
        ),
        // A day with its month is that day, and a count is none.
        (
            "Gửi báo cáo tháng vào ngày 22 hằng tháng, báo cáo học kỳ trước ngày 05 tháng 01.",
            "on 2026-10-22 monthly | before 2027-01-05",
        ),
        ("Báo cáo hằng tháng, lần đầu trước ngày 25/10.", "before 2026-10-25"),
        ("Hằng tháng có trên 25 trẻ nghỉ học thì báo ngay.", ""),
        ("Kế hoạch hằng năm của trường gửi trước ngày 20/11.", "before 2026-11-20"),
    ];
    for (text, want) in table {
        assert_eq!(in_sentence(text), want, "{text}");
    }
}

#[test]
fn days_of_which_figures_are_told_are_no_limit() {
    let table = [
        (
            "Tổng hợp số liệu từ ngày 01/10 đến ngày 15/10 theo biểu 1, gửi trước ngày 18/10.",
            "before 2026-10-18",
        ),
        ("Thống kê trẻ nghỉ ốm (từ ngày 12/10 đến ngày 16/10) và gửi trước ngày 19/10.", "before 2026-10-19"),
        ("Báo cáo số ca mắc từ 12/10 đến 16/10; gửi về Phòng trước 17/10.", "before 2026-10-17"),
        // Work within some days, and then its report.
        (
            "Nhập số liệu từ ngày 12/10 đến ngày 16/10, gửi biên bản trước ngày 19/10.",
            "range 2026-10-12..2026-10-16 | before 2026-10-19",
        ),
        (
            "Cân đo trẻ từ ngày 12/10 đến ngày 16/10, gửi kết quả trước ngày 19/10.",
            "range 2026-10-12..2026-10-16 | before 2026-10-19",
        ),
        ("Gửi báo cáo từ ngày 12/10 đến ngày 16/10.", "range 2026-10-12..2026-10-16"),
    ];
    for (text, want) in table {
        assert_eq!(in_sentence(text), want, "{text}");
    }
}

#[test]
fn days_as_people_write_them() {
    let table = [
        ("Gửi danh sách trước 11h30' ngày 24/10.", "before 2026-10-24 11:30"),
        ("Gửi danh sách trước 16g30′ ngày 24/10/2026.", "before 2026-10-24 16:30"),
        ("Nộp báo cáo trước ngày mồng năm tháng mười một.", "before 2026-11-05"),
        ("Nộp báo cáo chậm nhất ngày hai mươi tháng mười một.", "before 2026-11-20"),
        ("Nộp biểu trước ngày 20/102026.", "before 2026-10-20"),
        ("Nộp biểu trước ngày 2010/2026.", "before 2026-10-20"),
        ("Nộp biểu trước ngày 20/10/20226.", "before 2026-10-20"),
        ("Theo Kế hoạch 209/2026, các trường nộp biểu.", ""),
        ("Nộp kế hoạch (hạn: 30/10/2026; bản cứng 05/11/2026).", "before 2026-10-30 | before 2026-11-05"),
        ("Gửi hồ sơ trước ngày 20/10, bản giấy 25/10/2026.", "before 2026-10-20 | before 2026-10-25"),
    ];
    for (text, want) in table {
        assert_eq!(in_sentence(text), want, "{text}");
    }
}
