use super::*;

/// Thursday 2026-10-15, 09:00.
fn now() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 10, 15).unwrap().and_hms_opt(9, 0, 0).unwrap()
}

fn asked(text: &str) -> String {
    let line = Line::new(text);
    let marks = super::super::marks::marks(&line, &[]);
    let days = days(&line, 0..line.len(), &marks, now());
    match asked_day(&days).map(|d| (d.day, d.time)) {
        None => "-".into(),
        Some((Day::Vague, _)) => "?".into(),
        Some((Day::Unreal, _)) => "unreal".into(),
        Some((Day::Past(day), _)) => format!("past {day}"),
        Some((Day::On(day), None)) => day.format("%d/%m/%y").to_string(),
        Some((Day::On(day), Some(time))) => format!("{} {}", day.format("%d/%m/%y"), time.format("%H:%M")),
    }
}

#[test]
fn days_asked_for() {
    let table = [
        ("em xin đến thứ 6", "16/10/26"),
        ("thứ 2 tới em trình", "19/10/26"),
        ("thứ 5 em nộp", "22/10/26"),
        ("thứ 3 tuần sau em nộp", "20/10/26"),
        ("tuan sau thu 4 em nop", "21/10/26"),
        ("cho em vào CN nhé", "18/10/26"),
        ("xin t7 nha chị", "17/10/26"),
        ("ngày kia em gửi", "17/10/26"),
        ("mốt em gửi", "17/10/26"),
        ("mai em nộp", "16/10/26"),
        ("chiều mai em nộp", "16/10/26 17:00"),
        ("trước 17h mai em nhập xong", "16/10/26 17:00"),
        ("chiều em nộp", "15/10/26 17:00"),
        ("15h em gửi", "15/10/26 15:00"),
        ("7h em gửi", "-"),
        ("xin 2 ngày", "17/10/26"),
        ("xin thêm hai ngày ạ", "17/10/26"),
        ("chậm 1 tuần", "22/10/26"),
        ("chậm vài hôm", "?"),
        ("xin đến 19/10", "19/10/26"),
        ("xin đến 19/10 16h30", "19/10/26 16:30"),
        ("xin tới 4/1", "04/01/27"),
        ("đến hết ngày 24/11/2026", "24/11/26"),
        ("cho em tới ngày 31/9", "unreal"),
        ("xin đến 1/10", "past 2026-10-01"),
        ("hạn 16 mà em mới đi công tác về, cho em 18", "18/10/26"),
        ("em xin 30 ạ", "30/10/26"),
        ("xin chị cho đến mùng 5 tháng sau", "05/11/26"),
        ("đến cuối tháng", "31/10/26"),
        ("để em nộp bù tuần sau", "?"),
        ("qua Tết em gửi", "?"),
        ("quà tết em xin 15 suất", "-"),
        ("em xin hết tuần này", "18/10/26"),
        ("xin đến hết tuần sau", "25/10/26"),
        ("cho em lùi tới giữa tháng sau", "15/11/26"),
        ("sang tháng 12 em mới nộp", "?"),
        ("đến ngày mười hai tháng mười hai em nộp", "12/12/26"),
        ("cho em khất đến hai lăm tháng năm", "25/05/27"),
        ("thứ 2 em mới về, cho em khất tới hôm đó", "19/10/26"),
        ("chiều nay không kịp, cho em đến 8h tối", "15/10/26 20:00"),
        ("5h em mới xong", "15/10/26 17:00"),
        ("gửi hôm 12 rồi", "past 2026-10-12"),
        ("em gửi bưu điện hôm thứ 2", "-"),
        ("cô Mai làm", "-"),
        ("nhẹ cân 13, béo phì 6", "-"),
        ("xin mẫu", "-"),
    ];
    for (text, want) in table {
        assert_eq!(asked(text), want, "{text}");
    }
}
