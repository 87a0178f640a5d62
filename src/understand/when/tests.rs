use super::*;

/// Thursday 2026-10-15, 09:00.
fn now() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 10, 15).unwrap().and_hms_opt(9, 0, 0).unwrap()
}

fn asked(text: &str) -> String {
    asked_at(text, now())
}

fn asked_at(text: &str, now: NaiveDateTime) -> String {
    let line = Line::new(text);
    let marks = super::super::marks::marks(&line, &[]);
    let days = days(&line, 0..line.len(), &marks, now);
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
        ("ngày kìa em gửi", "18/10/26"),
        ("cho em qua lễ 2/11", "?"),
        ("cho em tới 20 tháng mười một", "20/11/26"),
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

/// What people say around a deadline and around Tết, each on its own day.
#[test]
fn days_and_hours_by_habit() {
    let table = [
        ("2026-10-15", "cho em xin tới thứ sáu tuần sau chị nhé", "23/10/26"),
        ("2026-10-15", "em gửi muộn sang thứ 6 được không ạ", "16/10/26"),
        ("2026-10-15", "số liệu cho em qua cuối tuần nha", "?"),
        ("2026-10-15", "trường em xin lùi đến mùng 5 tháng sau", "05/11/26"),
        ("2026-10-15", "để sang tuần em gửi bù chị ơi", "?"),
        ("2026-10-15", "xin đến hết tháng mới đủ giấy tờ ạ", "31/10/26"),
        ("2026-10-15", "đợi em tới 4h chiều nha chị", "15/10/26 16:00"),
        ("2026-10-15", "cho bên em thêm 2 tiếng nữa", "15/10/26 11:00"),
        ("2026-10-15", "em xin trễ 30 phút ạ", "15/10/26 09:30"),
        ("2026-10-15", "em gửi trễ nửa tiếng nha", "15/10/26 09:30"),
        ("2026-10-15", "em họp 2 tiếng rồi", "-"),
        ("2026-10-15", "cho em hai hôm nữa", "17/10/26"),
        ("2026-10-15", "cho em qua thứ 2 tuần sau nữa", "26/10/26"),
        ("2026-10-15", "em nộp 20.10 được không chị, 18.10 kế toán mới về", "20/10/26"),
        ("2026-10-15", "nhẹ cân 5.10 phần trăm", "-"),
        ("2026-10-15", "cho em hai mươi nha chị", "20/10/26"),
        ("2026-10-15", "18 văn thư đi làm lại rồi em gửi", "18/10/26"),
        ("2026-10-15", "bữa 30 em mới rảnh làm", "30/10/26"),
        ("2026-10-15", "em nộp chậm nhất ngày hai mươi lăm", "25/10/26"),
        ("2026-10-15", "xin chị cho tới cuối tháng, lúc đó trường mới khóa sổ", "31/10/26"),
        ("2026-10-15", "xin đến 31/11 chị nhé, không thì 20", "unreal"),
        ("2026-10-15", "lùi dùm em tới thứ 6 ngày 30", "30/10/26"),
        ("2027-01-28", "cho em nộp tới 28 tết", "04/02/27"),
        ("2027-01-28", "cho em qua mùng 6 tết nha chị", "11/02/27"),
        ("2027-01-28", "em xin tới 23 tháng chạp", "30/01/27"),
        ("2027-01-28", "rằm tháng giêng em mới nộp được", "20/02/27"),
        ("2027-01-28", "cho em tới mùng 10 âm lịch", "15/02/27"),
        ("2027-01-28", "cho em tới giao thừa", "05/02/27"),
        ("2026-12-24", "xin chị mùng 2 tết tây em gửi", "02/01/27"),
        ("2026-10-15", "cho em khất tới rằm tháng 11 dương lịch", "15/11/26"),
        ("2026-10-15", "trẻ năm tuổi một trăm tám mươi sáu", "-"),
    ];
    for (today, text, want) in table {
        let now = today.parse::<NaiveDate>().unwrap().and_hms_opt(9, 0, 0).unwrap();
        assert_eq!(asked_at(text, now), want, "{text}");
    }
}

#[test]
fn a_date_behind_a_weekday_counts_and_must_be_one() {
    let table = [
        ("xin đến thứ Hai 7/12", "07/12/26"),
        ("xin đến thứ Ba 8/12", "08/12/26"),
        ("xin đến thứ Tư 9/12", "09/12/26"),
        ("xin đến thứ Năm 10/12", "10/12/26"),
        ("xin đến thứ Sáu 11/12", "11/12/26"),
        ("xin đến thứ Bảy 12/12", "12/12/26"),
        ("xin đến Chủ nhật 13/12", "13/12/26"),
        ("xin den thu sau 11/12", "11/12/26"),
        ("xin đến thứ 6 ngày 11/12", "11/12/26"),
        ("xin đến thứ sáu, ngày 11/12/2026", "11/12/26"),
        ("xin đến thứ Sáu (11/12) 16h", "11/12/26 16:00"),
        ("xin đến thứ Sáu 12/12", "unreal"),
        ("xin đến CN ngày 11/12", "unreal"),
        ("xin đến thứ Sáu", "16/10/26"),
        ("thứ Năm 5 lớp mới xong, xin đến thứ Sáu", "16/10/26"),
    ];
    for (text, day) in table {
        assert_eq!(asked(text), day, "{text}");
    }
}

/// What people ask for, by the class of their words; said on Thursday 15 October 2026 at nine.
#[test]
fn days_by_their_class() {
    let table = [
        // So much time, with and without a number.
        ("cho trường em thêm hôm nữa", "16/10/26"),
        ("xin chị thêm tuần nữa", "22/10/26"),
        ("cho em trễ một đêm", "16/10/26"),
        ("em xin chậm 1-2 hôm", "17/10/26"),
        ("nộp sau hạn 2, 3 bữa nghen", "18/10/26"),
        ("em cần thêm nửa tháng", "30/10/26"),
        ("cho trường lùi một tháng", "15/11/26"),
        ("xin gia hạn 3 ngày làm việc", "20/10/26"),
        ("em đề nghị 7 ngày", "22/10/26"),
        ("hoãn giúp em phần hồ sơ dự thi 2 hôm", "17/10/26"),
        ("cho em thêm 24h", "16/10/26 09:00"),
        ("trường xin chậm 48 giờ", "17/10/26 09:00"),
        ("cho em 1 tiếng nữa", "15/10/26 10:00"),
        ("cho em vài ba hôm", "?"),
        ("xin nghỉ phép 2 hôm", "-"),
        ("em xin nộp sau ngày 20", "?"),
        ("xin nop sau ngay 20", "?"),
        // Weeks and months.
        ("cho em đến thứ 4 tuần này", "past 2026-10-14"),
        ("thứ 6 tuần này em nộp", "16/10/26"),
        ("em xin tới cuối tuần", "18/10/26"),
        ("cuối tuần sau em nộp", "25/10/26"),
        ("cho em đến giữa tuần sau", "21/10/26"),
        ("em xin đến hết quý", "31/12/26"),
        ("đầu tháng em mới có", "?"),
        ("bữa khác em nộp", "?"),
        ("cho em qua tuần kế", "?"),
        // Numbers of days.
        ("hạn 20, em 22 nha chị", "22/10/26"),
        ("đoàn hẹn 24, em xin báo 25 ạ", "25/10/26"),
        ("xin chị 24 hoặc 25", "25/10/26"),
        ("dời giùm em qua 27", "27/10/26"),
        ("em xin chiều 20", "20/10/26 17:00"),
        ("em xin tới bữa hăm tám", "28/10/26"),
        ("tre toi 5 thang tu duoc khong", "05/04/27"),
        ("em xin nộp 5.11", "05/11/26"),
        ("em xin 5-11", "05/11/26"),
        ("nộp 22/10 thay vì 19/10 được không chị", "22/10/26"),
        ("trường em thi đợt 2 tháng 11", "-"),
        ("nhà trẻ là 26", "-"),
        // The moon.
        ("cho em tới 25 âm nha", "03/11/26"),
        ("báo cáo dời qua 18 âm", "27/10/26"),
        ("em khất tới rằm", "24/10/26"),
        ("qua rằm em nộp", "?"),
        // Words for days and hours.
        ("sáng mơi em nộp", "16/10/26 11:30"),
        ("trua mot em gui", "17/10/26 12:00"),
        ("chi cho em toi mot nghe", "17/10/26"),
        ("toi mot tuan nua", "22/10/26"),
        ("cho em th 6 nha", "16/10/26"),
        ("em gửi trong ngày mai", "16/10/26"),
        ("em xin tới nửa đêm", "15/10/26 23:59"),
        ("khuya nay em gửi", "15/10/26 23:59"),
        ("3h chiều mai em nộp", "16/10/26 15:00"),
        ("tầm 2 giờ rưỡi chiều em gửi", "15/10/26 14:30"),
        ("hồ sơ sáng kiến em đối chiếu lại", "-"),
        ("cho em sang thứ hai, cuối tuần em trực", "19/10/26"),
        ("xã ký ngày 17, em nộp sau đó 1 hôm", "18/10/26"),
        ("cho em nộp sau hôm đó", "-"),
    ];
    let wrong: Vec<_> = table
        .iter()
        .map(|(text, want)| (*text, asked(text), *want))
        .filter(|(_, got, want)| got != want)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
