use super::super::Intent;
use super::super::testing::{World, shown};
use crate::domain::ConfirmationLevel;

fn said(world: &World, text: &str) -> String {
    world.read(text).iter().map(|act| shown(world, act)).collect::<Vec<_>>().join(" + ")
}

fn check(world: &World, table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(text, want)| {
            let got = said(world, text);
            (got != *want).then(|| format!("{text}\n   got  {got}\n   want {want}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn figures_with_names_find_their_fields() {
    let all = "MN Hoa Mai V2 submit beo_phi=6 can_do=337 nhe_can=13 thap_coi=9 tong_so_tre=337";
    check(
        &World::new().quoting(2),
        &[
            ("Dạ tổng 337, cân đo 337, nhẹ cân 13, thấp còi 9, béo phì 6 ạ", all),
            ("béo phì 6, thấp còi 9; nhẹ cân: 13, cân đo: 337, tổng số trẻ: 337", all),
            ("337 trẻ, cân đo 337, 13 nhẹ cân, 9 thấp còi, 6 béo phì", all),
            ("ts 337 cđ 337 nc 13 tc 9 bp 6", all),
            ("tong 337 can do 337 nhe can l3 thap coi 9 beo phi 6", all),
            ("MN Hoa Mai: tổng 337, cân đo 337, nc 13, tc 9, bp 6", all),
            ("tổng ba trăm ba mươi bảy, cân đo 337, nc mười ba, tc 9, bp 6", all),
            ("nhẹ cân 13", "MN Hoa Mai V2 submit nhe_can=13"),
            ("béo phì không có", "MN Hoa Mai V2 submit beo_phi=0"),
            ("không có trẻ béo phì", "MN Hoa Mai V2 submit beo_phi=0"),
            ("tổng 1.250, nhẹ cân 0", "MN Hoa Mai V2 submit nhe_can=0 tong_so_tre=1250"),
            ("đã cân đo 245/250 cháu", "MN Hoa Mai V2 submit can_do=245 tong_so_tre=250"),
            ("tổng 320 trẻ, nhẹ cân 1,5", "MN Hoa Mai V2 submit tong_so_tre=320 ?1,5 [not a number]"),
            ("nhẹ cân 13, nhẹ cân 14", "MN Hoa Mai V2 submit nhe_can=13 ?14 [two figures]"),
            ("tổng 320, 12 lớp", "MN Hoa Mai V2 submit tong_so_tre=320 ?12"),
        ],
    );
}

#[test]
fn figures_without_names_are_asked_about() {
    check(
        &World::new().quoting(2),
        &[
            (
                "337 337 13 9 6",
                "MN Hoa Mai V2 submit beo_phi=6 can_do=337 nhe_can=13 thap_coi=9 tong_so_tre=337 [guessed fields]",
            ),
            (
                "337/337/13/9/6",
                "MN Hoa Mai V2 submit beo_phi=6 can_do=337 nhe_can=13 thap_coi=9 tong_so_tre=337 [guessed fields]",
            ),
            ("320 330 13 9 6", "MN Hoa Mai V2 submit ?320 ?330 ?13 ?9 ?6 [field?]"),
            ("337", "MN Hoa Mai V2 submit ?337 [field?]"),
        ],
    );
}

#[test]
fn numbers_that_are_no_figures() {
    check(
        &World::new().quoting(2),
        &[
            ("em gửi rồi ạ, có gì gọi 0912 345 678", "MN Hoa Mai V2 Done"),
            ("nộp rồi, văn bản số 47/BC-MN ngày 14/10", "MN Hoa Mai V2 Done"),
            ("em nộp lúc 14h30 rồi", "MN Hoa Mai V2 Done"),
            ("nhẹ cân 13, liên hệ cô Lan 0987.654.321", "MN Hoa Mai V2 submit nhe_can=13"),
            ("lớp 3-4 tuổi ghi vào dòng nào ạ", "MN Hoa Mai V2 Question"),
            ("em nộp 2 lần rồi", "MN Hoa Mai V2 Done"),
        ],
    );
}

#[test]
fn what_is_not_done_is_never_done() {
    check(
        &World::new().quoting(2),
        &[
            ("chưa nộp được chị ơi, mạng lỗi", "MN Hoa Mai V2 unable"),
            ("chưa xong ạ", "MN Hoa Mai V2 unable"),
            ("gần xong rồi ạ", "MN Hoa Mai V2 unable"),
            ("ko gửi đc", "MN Hoa Mai V2 unable"),
            ("chuwa nopj ddc", "MN Hoa Mai V2 unable"),
            ("chưa ạ", "MN Hoa Mai V2 unable"),
            ("đang làm ạ, còn mỗi biểu 2", "MN Hoa Mai V2 unable"),
            ("đã nộp chưa ạ?", "MN Hoa Mai V2 Question"),
            ("nộp rồi à chị", "MN Hoa Mai V2 Question"),
            ("em nộp được không ạ", "MN Hoa Mai V2 Question"),
            ("xong em nộp", "MN Hoa Mai V2 promise ?"),
            ("tổng hợp xong rồi gửi chị", "MN Hoa Mai V2 promise ?"),
            ("bên em tư thục nên ko có nội dung này", "MN Hoa Mai V2 not concerned"),
        ],
    );
}

#[test]
fn confirmations() {
    check(
        &World::new(),
        &[
            ("đã nhận ạ", "MN Hoa Mai V2|V5|V6|V7 Received"),
            ("ok chị", "MN Hoa Mai V2|V5|V6|V7 Received"),
            ("👍", "MN Hoa Mai V2|V5|V6|V7 Received"),
            ("daj em nhanaj ddc roofi aj", "MN Hoa Mai V2|V5|V6|V7 Received"),
            ("V6 xong rồi ạ", "MN Hoa Mai V6 Done"),
            ("V9 xong rồi", "MN Hoa Mai - Done [no task!]"),
            ("em nộp rồi ạ", "MN Hoa Mai V2|V5|V6|V7 Done [task?]"),
            ("nhập xong csdl rồi ạ", "MN Hoa Mai V6 Done"),
            ("em cảm ơn chị", "MN Hoa Mai V2|V5|V6|V7 Chitchat"),
            ("[Trả lời: Trường đã nộp chưa?] rồi chị", "MN Hoa Mai V2|V5|V6|V7 Done [task?]"),
        ],
    );
}

#[test]
fn fields_find_their_task() {
    check(
        &World::new(),
        &[
            ("nhẹ cân 13, béo phì 6", "MN Hoa Mai V2 submit beo_phi=6 nhe_can=13"),
            ("chuyên cần 97,5%", "MN Hoa Mai V5 submit ty_le_chuyen_can=9750"),
            ("có mặt 245, chuyên cần 98%", "MN Hoa Mai V5 submit co_mat=245 ty_le_chuyen_can=9800"),
            (
                "V7 https://vidu.example.org/a?b=12",
                "MN Hoa Mai V7 submit link_minh_chung=https://vidu.example.org/a?b=12",
            ),
        ],
    );
}

#[test]
fn more_time_and_promises() {
    check(
        &World::new().quoting(2),
        &[
            ("số liệu em chưa chốt, cho em xin tới thứ 2", "MN Hoa Mai V2 extension 19/10"),
            ("chiều mai em nộp", "MN Hoa Mai V2 promise 16/10"),
            ("chiều em nộp ạ", "MN Hoa Mai V2 promise 15/10"),
            ("thứ 2 tới em trình", "MN Hoa Mai V2 extension 19/10"),
            ("xin 2 ngày ạ", "MN Hoa Mai V2 extension 19/10"),
            ("em xin lùi đến 19/10", "MN Hoa Mai V2 extension 19/10"),
            ("qua Tết em gửi được không ạ", "MN Hoa Mai V2 extension ? [until?]"),
            ("hạn 17 mà em đi công tác, cho em 20", "MN Hoa Mai V2 extension 20/10"),
            ("cho em tới 31/9", "MN Hoa Mai V2 extension ? [bad day]"),
            ("Trường em xin nộp sau vì đang đón đoàn", "MN Hoa Mai V2 extension ? [until?]"),
        ],
    );
}

#[test]
fn corrections() {
    let given = [("tong_so_tre", 337), ("can_do", 337), ("nhe_can", 13), ("thap_coi", 9), ("beo_phi", 6)];
    check(
        &World::new().quoting(2).having(&given),
        &[
            ("em nhầm, nhẹ cân 12 ạ", "MN Hoa Mai V2 correct nhe_can=12"),
            ("béo phì là 7 chứ không phải 6", "MN Hoa Mai V2 correct beo_phi=7"),
            ("sửa giúp em 13 thành 12", "MN Hoa Mai V2 correct nhe_can=12"),
            ("bỏ tin trên, em gõ nhầm", "MN Hoa Mai V2 Withdraw"),
            ("như lần trước ạ", "MN Hoa Mai V2 SameAsLast [same as last?]"),
        ],
    );
}

#[test]
fn one_message_for_two_schools() {
    let mut world = World::new().quoting(2);
    world.own = vec![super::super::testing::id_of("MN Ban Mai"), super::super::testing::id_of("MN Hoa Sữa")];
    check(
        &world,
        &[
            ("MN Ban Mai nộp rồi, MN Hoa Sữa xin mai", "MN Ban Mai V2 Done + MN Hoa Sữa V2 extension 16/10"),
            (
                "MN Ban Mai 210 trẻ, nc 7; MN Hoa Sữa 198 trẻ, nc 4",
                "MN Ban Mai V2 submit nhe_can=7 tong_so_tre=210 + MN Hoa Sữa V2 submit nhe_can=4 tong_so_tre=198",
            ),
            ("nhẹ cân 13", "- V2 submit nhe_can=13 [school?]"),
            ("MN Sơn Ca nhẹ cân 13", "MN Sơn Ca V2 submit nhe_can=13 [other's school!]"),
            ("đã nhận ạ", "- V2 Received"),
        ],
    );
}

#[test]
fn words_around_figures() {
    check(
        &World::new().quoting(2),
        &[
            ("nc - 13, tc - 9", "MN Hoa Mai V2 submit nhe_can=13 thap_coi=9"),
            ("nc.13 tc.9", "MN Hoa Mai V2 submit nhe_can=13 thap_coi=9"),
            ("nc13,tc9", "MN Hoa Mai V2 submit nhe_can=13 thap_coi=9"),
            ("- tổng: 337 - nc: 13", "MN Hoa Mai V2 submit nhe_can=13 tong_so_tre=337"),
            ("1) tổng 337 2) nc 13", "MN Hoa Mai V2 submit nhe_can=13 tong_so_tre=337"),
            ("13 nhẹ cân 9 thấp còi", "MN Hoa Mai V2 submit nhe_can=13 thap_coi=9"),
            ("tổng số trẻ 337 trong đó 13 trẻ nhẹ cân", "MN Hoa Mai V2 submit nhe_can=13 tong_so_tre=337"),
            ("báo cáo cân đo lần 1 tháng 10/2026: tổng 337", "MN Hoa Mai V2 submit tong_so_tre=337"),
            ("báo cáo cân đo tổng 337", "MN Hoa Mai V2 submit ?337 [field?]"),
            ("báo cáo cân đo nhẹ cân 13", "MN Hoa Mai V2 submit nhe_can=13"),
            ("hôm nay 12/10 nhẹ cân 13 tuần này", "MN Hoa Mai V2 submit nhe_can=13"),
            ("nhẹ cân 13 do ăn kém", "MN Hoa Mai V2 submit nhe_can=13"),
            ("nhẹ cân 13 (3,9%)", "MN Hoa Mai V2 submit nhe_can=13 ?3,9%"),
            (
                "nhẹ cân: không; thấp còi không có; béo phì 0",
                "MN Hoa Mai V2 submit beo_phi=0 nhe_can=0 thap_coi=0",
            ),
            ("trường em không có trẻ nhẹ cân, thấp còi 9", "MN Hoa Mai V2 submit nhe_can=0 thap_coi=9"),
        ],
    );
}

#[test]
fn figures_that_are_not_certain_are_asked_about() {
    check(
        &World::new().quoting(2),
        &[
            ("có lẽ nhẹ cân 13", "MN Hoa Mai V2 submit ?13 [not a number]"),
            ("khoảng 300 trẻ", "MN Hoa Mai V2 submit ?300 [not a number]"),
            ("nhẹ cân hơn 13", "MN Hoa Mai V2 submit ?13 [not a number]"),
            ("tổng 33T", "MN Hoa Mai V2 submit ?33 [not a number]"),
            ("tổng 12.5", "MN Hoa Mai V2 submit [nothing given]"),
            ("nhẹ cân 13-14", "MN Hoa Mai V2 submit [nothing given]"),
            ("nhẹ cân 13 hay 14", "MN Hoa Mai V2 Question"),
            ("nhẹ cân tăng thêm 2", "MN Hoa Mai V2 correct ?2 [guessed fields]"),
            ("tổng 337, nhẹ cân chưa có", "MN Hoa Mai V2 submit tong_so_tre=337"),
            ("chưa cân được 5 cháu, nhẹ cân 13", "MN Hoa Mai V2 submit nhe_can=13 ?5 [done?]"),
            ("còn 5 cháu chưa cân", "MN Hoa Mai V2 unable"),
            ("em nộp lúc 5", "MN Hoa Mai V2 Done [done?]"),
            ("MN Hoa Sen nhẹ cân 13", "- V2 submit nhe_can=13 [school?]"),
            ("trường Bông Lúa nhẹ cân 13", "- V2 submit nhe_can=13 [no school!]"),
        ],
    );
}

#[test]
fn claims_that_are_none() {
    check(
        &World::new().quoting(6),
        &[
            ("trường nào nộp rồi ạ", "MN Hoa Mai V6 Question"),
            ("ai gửi rồi chị", "MN Hoa Mai V6 Question"),
            ("xong 50%", "MN Hoa Mai V6 unable"),
            ("hoàn thành 8/10 lớp", "MN Hoa Mai V6 unable"),
            ("làm xong biểu 1 rồi", "MN Hoa Mai V6 Done [done?]"),
            ("đã làm rồi nhưng chưa nộp", "MN Hoa Mai V6 unable"),
            ("tối nay em gửi", "MN Hoa Mai V6 promise 15/10"),
            ("sáng nay em gửi rồi", "MN Hoa Mai V6 Done"),
            ("em gửi cho chị rồi ạ", "MN Hoa Mai V6 Done"),
            ("do mạng yếu nên em nộp trễ rồi", "MN Hoa Mai V6 Done"),
            ("nếu nộp muộn có sao không chị", "MN Hoa Mai V6 Question"),
            ("em xin phép vắng họp ngày mai", "MN Hoa Mai V6 Unknown"),
            ("chậm nhất thứ 6 em gửi", "MN Hoa Mai V6 promise 16/10"),
        ],
    );
}

#[test]
fn numbers_that_tell_which_one_are_no_figures() {
    check(
        &World::new().quoting(2),
        &[
            ("tiêu chuẩn 4, nhẹ cân 13", "MN Hoa Mai V2 submit nhe_can=13"),
            ("điểm thôn 3: nhẹ cân 13", "MN Hoa Mai V2 submit nhe_can=13"),
            ("nhẹ cân 13, trang 2 em ký rồi", "MN Hoa Mai V2 submit nhe_can=13"),
            ("11h kém 10 em gửi cân đo", "MN Hoa Mai V2 promise 15/10"),
            ("nhẹ cân 13 theo biên bản số 04", "MN Hoa Mai V2 submit nhe_can=13"),
            ("cuối năm em có nhẹ cân 13", "MN Hoa Mai V2 submit nhe_can=13"),
            ("nhẹ cân 13 cháu, sinh năm 2021", "MN Hoa Mai V2 submit nhe_can=13"),
            ("nhẹ cân 13 còn mùng năm em trực", "MN Hoa Mai V2 submit nhe_can=13"),
            ("Lớp 5: nhẹ cân 13", "MN Hoa Mai V2 submit nhe_can=13"),
        ],
    );
}

#[test]
fn what_was_said_wrong_counts_no_more() {
    check(
        &World::new().quoting(2),
        &[
            ("nhẹ cân 8, à không 13", "MN Hoa Mai V2 submit nhe_can=13"),
            ("thấp còi chín, à nhầm mười một", "MN Hoa Mai V2 submit thap_coi=11"),
            ("nhẹ cân 12 là em cộng thiếu, đúng ra nhẹ cân 13", "MN Hoa Mai V2 correct nhe_can=13"),
            ("trường bạn nhẹ cân 20, bên em nhẹ cân 13", "MN Hoa Mai V2 submit nhe_can=13"),
            ("nhẹ cân giảm từ 15 xuống 13", "MN Hoa Mai V2 submit nhe_can=13"),
            ("nhẹ cân từ 15 lên 16 nhé, hôm qua em nhầm", "MN Hoa Mai V2 correct nhe_can=16"),
            ("nhẹ cân 15 sửa thành 13", "MN Hoa Mai V2 correct nhe_can=13"),
            ("cập nhật giúp em nhẹ cân 13", "MN Hoa Mai V2 correct nhe_can=13"),
        ],
    );
}

#[test]
fn what_is_open_beside_figures_is_a_figure_of_its_own() {
    check(
        &World::new().quoting(2),
        &[
            (
                "tổng 337, cân đo 333 vì 4 cháu ốm chưa cân",
                "MN Hoa Mai V2 submit can_do=333 tong_so_tre=337 ?4",
            ),
            ("331c, nc 13", "MN Hoa Mai V2 submit nhe_can=13 tong_so_tre=331"),
            (
                "quản lý ba, nhẹ cân mười ba thấp còi chín béo phì sáu",
                "MN Hoa Mai V2 submit beo_phi=6 nhe_can=13 thap_coi=9 ?ba",
            ),
            (
                "tổng 337, trong đó 120 cháu nhà trẻ, nhẹ cân 13",
                "MN Hoa Mai V2 submit nhe_can=13 tong_so_tre=337 ?120",
            ),
        ],
    );
}

/// The headings of `intents.txt`.
fn heading(intent: &Intent) -> &'static str {
    match intent {
        Intent::Confirm(ConfirmationLevel::Done) => "done",
        Intent::Confirm(_) => "heard",
        Intent::Promise { .. } => "promise",
        Intent::Submit(_) | Intent::SameAsLast => "submit",
        Intent::Correct(_) | Intent::Withdraw => "correction",
        Intent::Extension { .. } => "more time",
        Intent::Unable { .. } => "unable",
        Intent::Question => "question",
        Intent::Chitchat | Intent::Unknown | Intent::Refused => "nothing",
    }
}

#[test]
fn what_principals_write_means_what_stands_over_it() {
    let world = World::new();
    let mut wanted = Vec::new();
    let mut wrong = Vec::new();
    for line in include_str!("intents.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(heading) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            wanted = heading.split('/').collect();
            continue;
        }
        let acts = world.read(line);
        // A claim with a question behind it counts as what it claims.
        let got: Vec<&str> = acts.iter().map(|act| heading(&act.intent)).collect();
        let near = |got: &str| match got {
            "heard" => wanted.contains(&"promise"),
            "promise" => wanted.contains(&"heard"),
            _ => false,
        };
        if !got.iter().any(|got| wanted.contains(got) || near(got)) {
            wrong.push(format!("{line}\n   got  {got:?}, want {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_correction_takes_the_new_figure() {
    check(
        &World::new().quoting(2),
        &[
            ("nhẹ cân 6 chuyển thành 9 giúp em ạ, em cộng thiếu lớp Lá", "MN Hoa Mai V2 correct nhe_can=9"),
            ("Chị sửa giúp em nhẹ cân từ 4 cháu thành 5 cháu", "MN Hoa Mai V2 correct nhe_can=5"),
            (
                "con số 96 là tính cả nhà trẻ, cân đo chỉ 74 cháu thôi, em nhầm",
                "MN Hoa Mai V2 correct can_do=74",
            ),
            (
                "thấp còi 7 là em đếm cả bé đã chuyển đi, sửa lại thấp còi 4 thôi chị",
                "MN Hoa Mai V2 correct thap_coi=4",
            ),
            ("nhẹ cân 29 mà em gõ 92, sửa giúp e", "MN Hoa Mai V2 correct nhe_can=29"),
            ("tổng là 136 nhé c, số 163 em đánh ngược", "MN Hoa Mai V2 correct tong_so_tre=136"),
            (
                "tổng trẻ 20 chị nhé, có thêm bé mới, sửa giúp em số 19",
                "MN Hoa Mai V2 correct tong_so_tre=20",
            ),
            (
                "cân đo 102 nhé chị, hai cháu vừa rút, bỏ số 104 em báo sáng nay",
                "MN Hoa Mai V2 correct can_do=102",
            ),
            ("nhẹ cân em báo 9, cô y tế cân lại nên còn 6 thôi ạ", "MN Hoa Mai V2 correct nhe_can=6"),
            ("nhẹ cân sửa thành 187 ạ, em cộng sót 1 tổ", "MN Hoa Mai V2 correct nhe_can=187"),
            ("em ghi nhầm nhẹ cân 12 thành 21", "MN Hoa Mai V2 correct nhe_can=12"),
            ("béo phì 13 ạ, vừa có 1 phụ huynh gọi, ko fai 12", "MN Hoa Mai V2 correct beo_phi=13"),
            (
                "lần trước em gửi thiếu: lần 1 nhẹ cân 13, lần 2 nhẹ cân 11",
                "MN Hoa Mai V2 correct nhe_can=11",
            ),
            ("sửa giúp em 13 với 14", "MN Hoa Mai V2 correct ?13 ?14 [field?]"),
            ("cân đo bỏ 1 cháu bị trùng, còn 63", "MN Hoa Mai V2 correct can_do=63"),
        ],
    );
}

#[test]
fn numbers_that_only_look_like_figures() {
    check(
        &World::new().quoting(2),
        &[
            (
                "Lịch trực: 28 thầy Hòa, 29 cô Nhài, 30 với mùng 1 chú Bảy",
                "MN Hoa Mai V2 submit [nothing given]",
            ),
            ("Trường trực 24/24, tổng 337 cháu", "MN Hoa Mai V2 submit tong_so_tre=337"),
            ("Phường 7: tổng 212", "MN Hoa Mai V2 submit tong_so_tre=212"),
            ("hai cơ sở đã nhận văn bản 1120 rồi ạ, tuần này em cho rà lại", "MN Hoa Mai V2 Received"),
            ("Rõ. Biểu 01, 02 tôi cho kế toán làm trong chiều mai", "MN Hoa Mai V2 Received"),
            ("tổng 337, tiền nước mười nghìn một cháu", "MN Hoa Mai V2 submit tong_so_tre=337 ?mười nghìn"),
        ],
    );
}

#[test]
fn what_a_figure_is_of_must_be_said_of_this_answer() {
    check(
        &World::new().quoting(2),
        &[
            // Of before, of others, of what is refused, of a place.
            ("15 cháu nhẹ cân là của năm trước, năm nay nhẹ cân 11", "MN Hoa Mai V2 correct nhe_can=11"),
            ("nhẹ cân 8, nghe nói xã bên cạnh nhẹ cân 31", "MN Hoa Mai V2 submit nhe_can=8"),
            ("biên bản em để trên bàn chị Hiền phòng 5 rồi", "MN Hoa Mai V2 Done"),
            ("em đặt ở hộp văn thư rồi nha", "MN Hoa Mai V2 Done"),
            // What waits is why more time is asked.
            (
                "bên em còn chờ quyết định điều chuyển 2 cháu, em xin tới thứ hai",
                "MN Hoa Mai V2 extension 19/10",
            ),
            // A wish for good health asks nothing, nor do those who are not asked.
            (
                "chị có khỏe không ạ, em xin báo cáo: tổng 120, cân đo 118",
                "MN Hoa Mai V2 submit can_do=118 tong_so_tre=120",
            ),
            ("y như hồi tháng trước chị ạ", "MN Hoa Mai V2 SameAsLast [same as last?]"),
        ],
    );
}

#[test]
fn more_days_count_from_the_deadline_or_from_where_it_is_said() {
    check(
        &World::new().quoting(2),
        &[
            ("cho em xin lùi 1 tuần kể từ hôm nay ạ", "MN Hoa Mai V2 extension 22/10"),
            ("em xin gia hạn thêm 1 tuần ạ", "MN Hoa Mai V2 extension 24/10"),
        ],
    );
}

#[test]
fn a_day_beside_what_is_asked_counts_and_one_of_something_else_does_not() {
    check(
        &World::new().quoting(2),
        &[
            // Said by itself, or of what the school does.
            ("chưa xong được chị ạ, chiều thứ hai em mới trả được", "MN Hoa Mai V2 extension 19/10"),
            ("chữ ký chưa đủ, cho tới thứ 2 nghen", "MN Hoa Mai V2 extension 19/10"),
            ("xin chị nới thêm, bên em còn 2 lớp, tầm 22", "MN Hoa Mai V2 extension 22/10"),
            ("em xin chậm 3 ngày làm việc", "MN Hoa Mai V2 extension 21/10"),
            // When something else takes place, or what a letter is dated.
            ("thứ 2 trường em thi giữa kỳ, xin lùi báo cáo", "MN Hoa Mai V2 extension ? [until?]"),
            ("chủ nhật đoàn về nên em xin nộp trễ", "MN Hoa Mai V2 extension ? [until?]"),
            ("hôm 10 mưa to, cho em xin thêm 2 ngày", "MN Hoa Mai V2 extension 19/10"),
            ("công văn ngày 12/10 em mới nhận, xin chị cho em đến 20/10", "MN Hoa Mai V2 extension 20/10"),
            ("đoàn xuống ngày 20, trường em xin nộp trễ", "MN Hoa Mai V2 extension ? [until?]"),
            // Past, or really vague.
            ("cho em đến thứ 4 tuần này", "MN Hoa Mai V2 extension ? [bad day]"),
            ("chị cho em chậm vài hôm", "MN Hoa Mai V2 extension ? [until?]"),
            ("em xin trễ, khi nào xong em nộp", "MN Hoa Mai V2 extension ? [until?]"),
            // Inside the deadline it is promised.
            ("để sáng mai em in rồi mang lên nộp luôn", "MN Hoa Mai V2 promise 16/10"),
        ],
    );
}

#[test]
fn an_hour_or_a_day_alone_says_when_it_will_come() {
    check(
        &World::new().quoting(2),
        &[
            ("ngày mai chị nhé", "MN Hoa Mai V2 promise 16/10"),
            ("16h30 em gửi", "MN Hoa Mai V2 promise 15/10"),
            ("mai em gửi chị ha", "MN Hoa Mai V2 promise 16/10"),
        ],
    );
}
