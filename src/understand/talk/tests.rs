use super::super::testing::{World, field, task};
use super::*;
use crate::domain::FieldKind;

/// The weighing, a statistic of many fields, a monthly report without a form, and a count of one figure.
fn world() -> World {
    let count = |label| field(label, FieldKind::Count);
    let optional = |label| Field { required: false, ..count(label) };
    let mut world = World::new();
    world.tasks.retain(|t| t.code == 2);
    world.tasks.extend([
        task(10, "Gửi báo cáo tháng về tình hình nuôi dưỡng", (20, 10), vec![]),
        task(12, "Báo cáo sốt xuất huyết", (20, 10), vec![count("số ca")]),
        task(
            55,
            "Thống kê đầu năm",
            (25, 10),
            vec![
                count("số nhóm trẻ"),
                count("số lớp"),
                count("trẻ 5 tuổi"),
                count("giáo viên"),
                count("nhân viên"),
                optional("trẻ khuyết tật"),
            ],
        ),
    ]);
    world
}

fn heard(text: &str) -> Vec<Overheard> {
    let world = world();
    let acts = world.read(text);
    let stored = acts.iter().filter(|act| act.given().is_some() && act.is_certain());
    stored.map(|act| world.with(|context| overheard(text, act, context))).collect()
}

#[test]
fn talk_whose_figures_fit_a_form_is_talk() {
    let talk = [
        "tháng này trường em thiếu 3 giáo viên các chị ạ",
        "trường em còn thiếu 2 cô giáo từ đầu năm",
        "đi tập huấn em có 2 giáo viên nghỉ thai sản",
        "tuyển thêm được 1 nhân viên rồi mừng quá",
        "cần mua 10 bộ đồ chơi cho 25 trẻ khuyết tật của xã",
        "lớp em phụ trách có 30 trẻ 5 tuổi",
        "trường em xin 2 giáo viên mà chưa có",
        "nha truong em dang thieu 4 giao vien",
        "bên em thừa 1 nhân viên, trường nào cần không",
        "hội thi có 12 giáo viên dự, vui lắm các chị",
        "tối qua liên hoan hết 3 triệu các chị nhé",
        "trường em có 1 trẻ khuyết tật ạ",
    ];
    let taken: Vec<_> = talk.into_iter().filter(|text| heard(text).contains(&Overheard::Answer)).collect();
    assert!(taken.is_empty(), "{taken:#?}");
}

#[test]
fn a_plain_answer_needs_no_code() {
    let answers = [
        "MN Hoa Mai: 320 trẻ, SDD 12",
        "ts 245 nc 8 tc 6 bp 4",
        "tổng 337, cân đo 337, nhẹ cân 13, thấp còi 9, béo phì 6 ạ",
        "dạ trường em tổng số trẻ 337, cân đo 330",
        "cân đo 198 ạ",
        "Trường em báo cáo: tổng số trẻ 337, cân đo 336, nhẹ cân 13, thấp còi 9, béo phì 6, hôm nay mưa to mấy cháu nghỉ",
        "số nhóm trẻ 4, số lớp 9, trẻ 5 tuổi 80, giáo viên 22, nhân viên 5",
        "thống kê đầu năm: giáo viên 22, nhân viên 5 ạ",
        "giáo viên 22, nhân viên 5, số lớp 9",
        "0 ca",
        "trường em 2 ca",
        "sốt xuất huyết không có ca nào ạ",
    ];
    let wrong: Vec<_> = answers
        .into_iter()
        .map(|text| (text, heard(text)))
        .filter(|(_, heard)| heard.iter().any(|h| *h != Overheard::Answer))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn half_an_answer_among_other_words_is_asked_about() {
    let perhaps = [
        "ở gần nhà em hôm trước nghe loa phường đọc oang oang là số ca 2",
        "họp về nghe xã bàn chuyện cần 6 nhân viên, bên em số lớp 9, số nhóm trẻ 4",
    ];
    for text in perhaps {
        assert!(
            heard(text).contains(&Overheard::Perhaps),
            "{text}: {:?} {:?}",
            heard(text),
            world().read(text)
        );
    }
}

#[test]
fn what_an_open_form_asks_for_is_no_lack() {
    let mut world = world();
    let count = |label| field(label, FieldKind::Count);
    world.with(|context| {
        let away = Line::new("đi học 142, nghỉ 18");
        let short = Line::new("em có 2 giáo viên nghỉ thai sản");
        assert!(is_of_lack(&away, context) && is_of_lack(&short, context));
    });
    world.tasks.push(task(60, "Sĩ số ngày rét", (20, 10), vec![count("đi học"), count("nghỉ")]));
    world.with(|context| assert!(!is_of_lack(&Line::new("đi học 142, nghỉ 18"), context)));
}
