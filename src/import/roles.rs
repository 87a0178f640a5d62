//! Whether a date is a deadline or a happening.
//!
//! A deadline is set for what schools hand in, or do in a time of their own; a happening stands on its days (a meeting, a
//! contest, a visit, a holiday). What a clause speaks of first decides: "đăng ký dự hội thi" is work, "hội thi … đăng ký" is none.
//! A window of more than three days is somebody's time to work in unless a happening fills it; up to three days are fixed
//! days unless work is named.

use super::actors::{is_for_a_judge, is_of_another, is_the_offices_own, schools_act};
use super::item::Item;
use super::nature::{Nature, is_held_by_each, nature_of, says_what};
use super::verbs::{clause, goes_to_the_office, hands_over, is_a_paper};
use crate::domain::{DueKind, DueRole};

/// How a date was said, as far as its role depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// Its kind.
    pub kind: DueKind,
    /// How many days it runs over.
    pub days: i64,
    /// Whether it comes again.
    pub recurs: bool,
    /// Whether it is tentative.
    pub tentative: bool,
    /// Whether a school speaks of its own work.
    pub of_school: bool,
    /// Whether it ends at an hour.
    pub ends_at_an_hour: bool,
    /// Whether it stands in a cell that says when.
    pub cell: bool,
    /// Whether an hour, a part of the day or a weekday is said with it.
    pub at_an_hour: bool,
    /// Whether a department wrote it: offices hand in what it asks for.
    pub of_department: bool,
    /// Whether it is said to be done within it: "trong buổi sáng 08/3".
    pub within: bool,
}

impl Said {
    /// A single day.
    pub fn once(kind: DueKind) -> Self {
        Self {
            kind,
            days: 1,
            recurs: false,
            tentative: false,
            of_school: false,
            ends_at_an_hour: false,
            cell: false,
            at_an_hour: false,
            of_department: false,
            within: false,
        }
    }
}

/// Where others do their work.
const PLACES: [&str; 6] = [
    " tai tram ",
    " tai trung tam y te ",
    " tai benh vien ",
    " tai phong kham ",
    " tai ubnd ",
    " tai tru so ",
];

/// Windows of so many days are fixed days rather than time to work in.
const FIXED: i64 = 3;

/// Ranges of more days than a quarter has are no time to work in, unless work is named.
const QUARTER: i64 = 95;

/// What a date is taken for, and whether it may as well be the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// A deadline or a happening.
    pub role: DueRole,
    /// Whether nothing in the words decides it.
    pub guessed: bool,
}

/// Whether a date is a deadline or a happening. `clause` is what is said around it, `before` what is said up to it.
pub fn judge(said: Said, clause: &str, before: &str, item: &Item) -> Judged {
    let who = item.who.as_deref().map(self::clause).unwrap_or_default();
    let staff = is_staff(&who) || (said.of_department && who.contains(" phong gd"));
    let schools = staff
        || who.contains(" truong ")
        || who.contains(" nhom ")
        || who.contains(" lop ")
        || (who.is_empty() && schools_act(clause));
    // Of a report the cell names who hands it in, and a department writes to other bodies.
    let writes_of_itself = !said.of_school && !said.of_department && !item.report;
    let office = !who.is_empty()
        && !schools
        && ((who.contains(" phong ") && !who.contains(" cac phong "))
            || is_a_committee(&who)
            || (writes_of_itself && is_a_body(&who)));
    // "Tập huấn ngày 20/10, gửi danh sách …": what stands behind a day is not done on it.
    let spoken = if before.split_whitespace().count() >= 2 { before } else { clause };
    // "Phòng kiểm tra từ 12/10 đến 16/10, các trường gửi báo cáo …": nor within it, if something else is said before.
    let hands = hands_over(if says_what(before) { before } else { clause });
    let told = schools_act(spoken) && hands_over(spoken) && !is_of_another(before);
    // A department writes to those who are another body in the letters of an office.
    let another = !said.of_department && (is_of_another(clause) || is_of_another(before));
    // "Tiêm vét … tại Trạm Y tế": what is done there is done by those who work there.
    let elsewhere = PLACES.iter().any(|place| clause.contains(place)) && !hands_over(clause);
    let parents = !said.of_school
        && is_registration(clause)
        && ((is_of_parents(&who) && !schools) || is_of_parents(clause));
    let own = (is_the_offices_own(item) && !staff)
        || another
        || elsewhere
        || is_for_a_judge(before)
        || office
        || parents;
    let nature = nature_of(clause);
    let work = matches!(nature, Some(Nature::Work | Nature::Test));
    let prepared = clause.contains(" chuan bi ");
    let deadline = match said.kind {
        DueKind::Before if is_hurried(before) || is_an_inquiry(before) => false,
        DueKind::Before if is_for_those_above(item, said) && !item.of_section => schools || told,
        DueKind::Before => !item.of_office || schools || item.of_section,
        _ if item.report && !own && (said.cell || item.time.is_empty()) => true,
        DueKind::On if said.recurs => !own && (hands || nature != Some(Nature::Happening)),
        DueKind::On if said.tentative && !hands => false,
        DueKind::On => {
            let done = [
                " hoan thanh ",
                " hoan tat ",
                " xong ",
                " han ",
                " niem yet ",
                " khoa so lieu ",
                " chot danh sach ",
                " bao cao lan ",
                " bao cao dot ",
                " bao cao ky ",
            ];
            // "quá thời hạn trên", "đúng hạn" set none.
            let kept = [" qua thoi han ", " qua han ", " dung han ", " thoi han tren "];
            let kept = kept.iter().any(|word| spoken.contains(word));
            let done = (!kept && done.iter().any(|word| spoken.contains(word))) || publishes(spoken, item);
            let done = done || (spoken.contains(" cong khai ") && !said.at_an_hour);
            // "Trong chiều nay (28/9) các trường chuyển …": but not what happens on that day.
            let counted = nature_of(spoken) == Some(Nature::Work) && spoken.contains(" thong ke ");
            let within = said.within && nature != Some(Nature::Happening);
            let done = done || within || counted || takes_in(spoken) || goes_to_the_office(spoken);
            let worked = said.cell && !said.at_an_hour && nature == Some(Nature::Work) && !prepared;
            let done = hands_over(spoken) || done || worked || is_registration(spoken) || is_a_paper(spoken);
            // "nghe báo cáo tiến độ": who hears hands nothing in.
            let hears = spoken.trim_start().starts_with("nghe ");
            done && !hears && (!own || told || (item.of_section && hands_over(spoken)))
        }
        DueKind::During | DueKind::Range if parents => false,
        DueKind::During | DueKind::Range if own => hands && (schools || item.of_section),
        // "Mức thu áp dụng từ … đến …", "Học kỳ I từ 07/9 đến 16/01": how long something holds, not a time to work in.
        DueKind::Range if holds(before) || (said.days > QUARTER && !hands_over(before) && !work) => false,
        // "Tổ chức bồi dưỡng …, hoàn thành trong tháng 10": until when, whatever it is.
        DueKind::During | DueKind::Range if is_to_be_finished(before) => true,
        DueKind::Range if said.days <= FIXED => {
            let each = schools && !said.of_school && is_held_by_each(clause);
            hands || each || is_a_paper(clause) || nature == Some(Nature::Work)
        }
        DueKind::During | DueKind::Range if said.tentative => hands || (work && !prepared),
        DueKind::During | DueKind::Range => {
            hands
                || nature != Some(Nature::Happening)
                || said.ends_at_an_hour
                || (!said.of_school && is_held_by_each(clause))
                || is_held_below(item, said)
        }
    };
    // What each school does in its own time has its end.
    let in_its_time = || schools || is_held_by_each(clause);
    // What a section of the office is told to do by a day may as well be the day on which it meets.
    let of_itself = item.of_section && !schools && deadline && said.kind != DueKind::Before;
    let guessed = (of_itself || !own)
        && !item.report
        && match said.kind {
            _ if of_itself => true,
            DueKind::Before => false,
            DueKind::On => !deadline && !said.recurs && work && !said.at_an_hour,
            DueKind::During | DueKind::Range => {
                let unclear = matches!(nature, None | Some(Nature::Test));
                unclear && !hands && !said.ends_at_an_hour && !in_its_time()
            }
        };
    Judged { role: if deadline { DueRole::Deadline } else { DueRole::Event }, guessed }
}

/// Whether the last words before a range say that something holds for so long.
fn holds(before: &str) -> bool {
    [" ap dung ", " duoc huong ", " co hieu luc ", " co gia tri ", " keo dai ", " dien ra "]
        .iter()
        .any(|end| before.ends_with(end))
}

/// Whether the last words before a date say that something is to be finished by it.
fn is_to_be_finished(before: &str) -> bool {
    [" hoan thanh ", " hoan tat ", " xong ", " phai hoan thanh viec "].iter().any(|end| before.ends_with(end))
}

/// "Tiếp nhận sản phẩm tại …: sáng 03/3": the day on which schools bring it.
fn takes_in(spoken: &str) -> bool {
    const TAKES: [&str; 3] = [" tiep nhan ", " nhan ", " thu "];
    const WHAT: [&str; 5] = ["san pham ", "ho so ", "bai du thi ", "bai thi ", "don "];
    TAKES.iter().any(|takes| {
        spoken
            .match_indices(takes)
            .any(|(at, found)| WHAT.iter().any(|what| spoken[at + found.len()..].starts_with(what)))
    })
}

/// "Cha mẹ đăng ký trực tuyến vào lớp 1": those who act are parents.
fn is_of_parents(clause: &str) -> bool {
    ["cha me ", "phu huynh ", "cac bac phu huynh "].iter().any(|name| clause.trim_start().starts_with(name))
}

/// "Bộ phận Tài vụ thẩm tra …", "UBND phường báo cáo Sở …": what the office, or a section of it, does for those above it or for a
/// visitor. A department writes to other bodies.
fn is_for_those_above(item: &Item, said: Said) -> bool {
    const SECTIONS: [&str; 8] = [
        "bo phan ",
        "cac bo phan ",
        "chuyen vien ",
        "van phong so ",
        "van phong phong ",
        "tham muu ",
        "don doan ",
        "tiep doan ",
    ];
    const REPORTS: [&str; 6] = [
        " bao cao so ",
        " bao cao ubnd ",
        " trinh ubnd ",
        " trinh so ",
        " bao cao thanh uy ",
        " bao cao huyen uy ",
    ];
    const BODIES: [&str; 4] = ["ubnd ", "uy ban nhan dan ", "phong ", "so gd"];
    let words = clause(&item.text);
    let words = words.trim_start();
    SECTIONS.iter().any(|name| words.starts_with(name))
        || (!said.of_department
            && BODIES.iter().any(|name| words.starts_with(name))
            && REPORTS.iter().any(|reports| words.contains(reports)))
}

/// "UBND tỉnh yêu cầu Sở hoàn thành báo cáo trước …": why schools are in a hurry.
fn is_hurried(before: &str) -> bool {
    [" yeu cau so hoan ", " yeu cau phong hoan ", " yeu cau so bao cao ", " yeu cau phong bao cao "]
        .iter()
        .any(|asked| before.contains(asked))
}

/// "Mọi vướng mắc liên hệ … trước ngày …": who has nothing to ask has nothing to do.
fn is_an_inquiry(before: &str) -> bool {
    (before.contains(" vuong mac ") || before.contains(" thac mac "))
        && [" lien he ", " trao doi ", " goi "].iter().any(|verb| before.contains(verb))
        && !hands_over(before)
}

/// "2. Vòng trường", "Cấp trường" over what is done there: by each school; in a letter of a department, by each commune too.
fn is_held_below(item: &Item, said: Said) -> bool {
    let Some(heading) = item.heading.as_deref().filter(|_| !said.of_school) else { return false };
    let words = clause(heading);
    let names = |list: &[&str]| list.iter().any(|name| words.contains(name));
    names(&[" vong truong ", " cap truong ", " cap co so ", " vong co so "])
        || (said.of_department && names(&[" vong xa ", " cap xa ", " vong huyen ", " cap huyen "]))
}

/// "công bố danh sách trúng tuyển" is done by each school, "công bố kết quả hội thi" by those who hold it.
fn publishes(spoken: &str, item: &Item) -> bool {
    let admits =
        |text: &str| [" tuyen sinh ", " trung tuyen ", " nhap hoc "].iter().any(|w| text.contains(w));
    spoken.contains(" cong bo ") && (admits(spoken) || admits(&clause(&item.text)))
}

/// "đăng ký" as something to do, but not a number of registered ones.
pub fn is_registration(clause: &str) -> bool {
    clause.contains(" dang ky ") && !clause.contains(" dang ky du ")
}

/// "GVCN", "Kế toán", "Hiệu trưởng các trường": who acts works at a school.
fn is_staff(who: &str) -> bool {
    const STAFF: [&str; 9] = [
        " gvcn ",
        " gv ",
        " ke toan ",
        " van thu ",
        " hieu truong ",
        " pho hieu truong ",
        " giao vien ",
        " tpt ",
        " y te hd ",
    ];
    STAFF.iter().any(|name| who.contains(name)) && !who.contains(" phong ")
}

/// "Ban chỉ đạo", "Ban tổ chức": those who act are no school, in a school neither.
fn is_a_committee(who: &str) -> bool {
    [" ban chi dao ", " ban to chuc ", " ban giam khao "].iter().any(|name| who.starts_with(name))
}

/// "Hội đồng xét thăng hạng", "Tổ Tài vụ" in a document of an office: those who act are its own people, or another body.
fn is_a_body(who: &str) -> bool {
    is_of_another(who) || (who.starts_with(" to ") && !who.starts_with(" to truong "))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::{Month, SchoolYear};
    use crate::import::deadlines::dues;
    use crate::import::resolve::Surroundings;

    /// "D 23/10, E 28/10": the roles of an item's dates under October 2026; `cell` says when.
    fn roles(text: &str, cell: &str) -> String {
        let item = Item {
            text: text.to_owned(),
            time: if cell.is_empty() { Vec::new() } else { vec![cell.to_owned()] },
            months: vec![Month { year: 2026, month: 10 }],
            ..Item::default()
        };
        let around = Surroundings {
            school_year: Some(SchoolYear(2026)),
            issued: NaiveDate::from_ymd_opt(2026, 9, 28),
            signed: NaiveDate::from_ymd_opt(2026, 9, 28),
            ..Surroundings::default()
        };
        let said = |due: &crate::import::DraftDue| {
            let role = if due.role == DueRole::Deadline { 'D' } else { 'E' };
            format!("{role} {}", due.date.format("%d/%m"))
        };
        dues(&item, &around).0.iter().map(said).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn what_the_office_or_another_body_does_is_a_happening() {
        let table = [
            ("Tổ Mầm non tư vấn các trường đề nghị công nhận chuẩn (từ 19/10 đến 30/10).", "E 30/10"),
            ("Đoàn liên ngành giám sát bếp ăn từ 05/10 đến 16/10.", "E 16/10"),
            ("Công an phường tuyên truyền an toàn giao thông tại các điểm trường trong tuần 2.", "E 14/10"),
            ("Liên đoàn Lao động thăm giáo viên có hoàn cảnh khó khăn, tuần 3.", "E 21/10"),
            ("Bảo hiểm xã hội hướng dẫn các trường lập danh sách trong tuần 1 tháng 10.", "E 07/10"),
            ("Phòng gửi dự thảo xin ý kiến các trường ngày 05/10.", "E 05/10"),
            ("Giao bộ phận Tài chính thẩm định dự toán từ ngày 12 đến ngày 20/10.", "E 20/10"),
            ("Khám mắt cho học sinh (Bệnh viện Mắt khám tại trường từ 12/10 đến 23/10).", "E 23/10"),
            ("MN Hoa Đào chuẩn bị hồ sơ để đoàn của Sở thẩm định trong tuần 2.", "E 14/10"),
            // With the schools, or by them: their work.
            ("Trạm Y tế phối hợp các trường cân đo trẻ từ ngày 05/10 đến ngày 16/10.", "D 16/10"),
            ("Hội đồng tự đánh giá hoàn thiện báo cáo từ 05/10 đến 23/10.", "D 23/10"),
            ("Phòng học bộ môn: rà soát thiết bị từ 05/10 đến 16/10.", "D 16/10"),
            ("Phòng chống dịch: vệ sinh lớp học từ 05/10 đến 09/10.", "D 09/10"),
            ("Kiểm tra bán trú tại 4 trường; các trường gửi thực đơn ngày 09/10.", "D 09/10"),
            (
                "Phòng kiểm tra xác suất từ ngày 26/10 đến 30/10, các trường gửi báo cáo trước ngày 23/10.",
                "E 30/10, D 23/10",
            ),
        ];
        for (text, want) in table {
            assert_eq!(roles(text, ""), want, "{text}");
        }
    }

    #[test]
    fn to_judge_and_to_meet_are_happenings() {
        let table = [
            ("Duyệt kế hoạch giáo dục các trường THCS từ 05/10 đến 09/10.", "", "E 09/10"),
            ("Nghiệm thu công trình sửa chữa hè tại 04 điểm trường trong tuần 3.", "", "E 21/10"),
            ("Thanh tra việc quản lý văn bằng ở 05 trường từ ngày 19/10 đến ngày 06/11.", "", "E 06/11"),
            ("Đánh giá ngoài trường Mầm non Sao Khuê từ ngày 20/10 đến ngày 23/10.", "", "E 23/10"),
            ("Giám sát việc công khai của các đơn vị", "Tuần 2", "E 14/10"),
            ("Đại hội Liên đội", "Tuần 3", "E 21/10"),
            ("Tháng hành động vì trẻ em khuyết tật: 01/10 - 31/10.", "", "E 31/10"),
            ("Khảo sát chất lượng học sinh lớp 5 tại TH Bản Mây", "Tuần 4", "E 31/10"),
            ("Sơ kết chuyên đề phát triển vận động", "Tuần 3", "E 21/10"),
            ("Công bố kết quả hội thi giáo viên dạy giỏi", "30/10", "E 30/10"),
            ("Chấm báo tường chào mừng ngày hội (26 - 28/10).", "", "E 28/10"),
            // What each school does within a time.
            ("Khảo sát chất lượng đầu năm khối 6", "05/10 - 09/10", "D 09/10"),
            ("Khảo sát nhu cầu học bán trú của phụ huynh từ 05/10 đến 10/10.", "", "D 10/10"),
            ("Nghiệm thu, bàn giao chất lượng học sinh lớp 5 từ 05/10 đến 09/10.", "", "D 09/10"),
            ("Kiểm tra chéo hồ sơ giữa các trường từ 19/10 đến 23/10.", "", "D 23/10"),
            ("Kiểm tra giữa học kỳ I từ 26/10 đến 30/10.", "", "D 30/10"),
            ("Kiểm tra giữa học kỳ I khối 4, khối 5 (26 và 27/10).", "", "E 27/10"),
            ("Sơ kết học kỳ I tại các trường", "26/10 - 30/10", "D 30/10"),
            ("Hội nghị công chức, viên chức tại các trường", "Tuần 2", "D 14/10"),
            ("Công bố danh sách trúng tuyển lớp 1", "20/10", "D 20/10"),
            ("Phúc khảo: nhận đơn từ 20/10 đến 24/10.", "", "D 24/10"),
            ("Tổ chức bồi dưỡng thường xuyên, hoàn thành trong tháng 10.", "", "D 31/10"),
        ];
        for (text, cell, want) in table {
            assert_eq!(roles(text, cell), want, "{text}");
        }
    }

    #[test]
    fn what_was_and_how_long_something_holds_is_no_date_to_act_on() {
        let table = [
            ("Thực hiện thông báo kết luận ngày 25/9/2026 của Chủ tịch UBND phường.", ""),
            ("Bảo hiểm y tế học sinh có giá trị sử dụng từ ngày 01/10/2026 đến ngày 31/12/2026.", ""),
            ("Hợp đồng cung ứng suất ăn ký đến ngày 31/5/2027 phải kèm phụ lục.", ""),
            ("Khoản thu đã thông báo trước ngày 15/9 phải hoàn trả nếu thu sai.", ""),
            ("Như đã nêu tại giao ban ngày 25/9, các trường không tổ chức liên hoan.", ""),
            ("Giáo viên nghỉ hưu từ ngày 01/11 bàn giao sổ sách xong trước 30/10.", "D 30/10"),
            (
                "Khai giảng lớp xóa mù chữ lúc 19 giờ ngày 12/10, gửi ảnh về Phòng trong ngày.",
                "E 12/10, D 12/10",
            ),
            ("Giấy mời họp số 45/GM-UBND: 14 giờ ngày 12/10 tại hội trường.", "E 12/10"),
            (
                "Suất ăn ký với đơn vị ngoài trước ngày 01/9 phải có phụ lục, hoàn thành trước 20/10.",
                "D 20/10",
            ),
            ("Còn 04 trường chưa nộp biểu thống kê (hạn 20/9).", ""),
            ("Trường nộp thiếu phiếu (hạn 22/9) bổ sung chậm nhất 08/10.", "D 08/10"),
            ("Hồ sơ xét nâng ngạch (mốc 30/9) nộp từ 05/10 đến 09/10.", "D 09/10"),
            ("Định mức tính theo sĩ số ngày 15/10.", ""),
            ("Biểu 2 lấy số liệu phòng học ngày 31/12 hằng năm, gửi trước 15/10.", "D 15/10"),
            ("Bình chữa cháy còn hạn đến 30/11 thì giữ lại.", ""),
            ("Trẻ sinh từ ngày 01/01/2021 đến ngày 31/12/2021 vào lớp 5 tuổi.", ""),
        ];
        for (text, want) in table {
            assert_eq!(roles(text, ""), want, "{text}");
        }
    }

    #[test]
    fn what_others_do_and_how_long_something_holds_are_happenings() {
        let table = [
            ("Tiêm bù cho trẻ hoãn tiêm: 14/10 - 15/10 tại Trạm Y tế.", "E 15/10"),
            ("Công ty sữa giao hàng đến các điểm trường từ 12/10 đến 23/10.", "E 23/10"),
            ("Học sinh dự thi Tin học trẻ vòng 2 từ ngày 19/10 đến ngày 24/10.", "E 24/10"),
            ("Kết quả thông báo ngày 26/10, trao thưởng 30/10.", "E 26/10, E 30/10"),
            ("Phần mềm tạm dừng từ 17/10 đến 25/10 để sửa lỗi.", "E 25/10"),
            ("Thời gian kiểm tra của Đoàn: từ ngày 19/10 đến ngày 30/10.", "E 30/10"),
            ("Giá bữa ăn mới áp dụng từ ngày 01/10/2026 đến ngày 30/11/2026.", "E 30/11"),
            ("Học kỳ I từ ngày 07/9/2026 đến ngày 16/01/2027.", "E 16/01"),
            ("Không tổ chức tham quan từ ngày 12/10 đến ngày 23/10.", "E 23/10"),
            ("Đợt thi đua chào năm học mới: 05/10 - 31/10.", "E 31/10"),
        ];
        for (text, want) in table {
            assert_eq!(roles(text, ""), want, "{text}");
        }
    }

    #[test]
    fn a_section_of_the_office_has_limits_and_the_office_itself_sets_none() {
        let of = |section: bool, text: &str| {
            let item = Item {
                text: text.to_owned(),
                months: vec![Month { year: 2026, month: 10 }],
                of_office: true,
                of_section: section,
                ..Item::default()
            };
            dues(&item, &Surroundings { school_year: Some(SchoolYear(2026)), ..Surroundings::default() }).0[0]
                .role
        };
        assert_eq!(of(true, "Soạn đề cương chuyên đề, xong trước 20/10."), DueRole::Deadline);
        assert_eq!(of(true, "Chốt danh sách đội tuyển, gửi Sở ngày 15/10."), DueRole::Deadline);
        assert_eq!(of(true, "Dự giờ tại 02 trường từ 12/10 đến 16/10."), DueRole::Event);
        assert_eq!(of(false, "Trình UBND xã kế hoạch trước 20/10."), DueRole::Event);
    }

    #[test]
    fn who_leads_decides_and_what_is_said_of_limits_sets_none() {
        let who = |who: &str, text: &str, cell: &str| {
            let item = Item {
                text: text.to_owned(),
                time: vec![cell.to_owned()],
                who: Some(who.to_owned()),
                months: vec![Month { year: 2026, month: 10 }],
                ..Item::default()
            };
            let around = Surroundings { school_year: Some(SchoolYear(2026)), ..Surroundings::default() };
            dues(&item, &around).0[0].role
        };
        use DueRole::{Deadline, Event};
        assert_eq!(who("Hội đồng xét thăng hạng", "Xét thăng hạng giáo viên", "Cuối tháng"), Event);
        assert_eq!(who("Tổ Tài vụ", "Đối chiếu kinh phí các trường", "05/10 - 16/10"), Event);
        assert_eq!(who("Hội đồng TĐG", "Tự đánh giá, cập nhật minh chứng", "Cuối tháng"), Deadline);
        let report = Item {
            text: "Hoạt động hè".to_owned(),
            time: vec!["Tuần 4".to_owned()],
            who: Some("UBND cấp xã".to_owned()),
            months: vec![Month { year: 2026, month: 10 }],
            report: true,
            ..Item::default()
        };
        assert_eq!(dues(&report, &Surroundings::default()).0[0].role, Deadline);
        assert_eq!(who("Các trường", "Rà soát đề án vị trí việc làm", "Từ 09/10 đến 20/10"), Deadline);
        let table = [
            ("Quá thời hạn trên, trường chưa báo cáo bị nhắc nhở tại giao ban ngày 20/10.", "E 20/10"),
            ("Đóng sổ điểm điện tử lúc 17h00 ngày 10/10.", "D 10/10"),
            ("Gửi biên bản trước 10/10 (số liệu khóa sổ ngày 05/10).", "D 10/10"),
            ("Việc đã giao từ tháng trước (hạn 20/9), trường chưa xong báo cáo trước 12/10.", "D 12/10"),
        ];
        for (text, want) in table {
            assert_eq!(roles(text, ""), want, "{text}");
        }
    }
}
