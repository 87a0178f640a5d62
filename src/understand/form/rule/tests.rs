use proptest::prelude::*;

use super::super::form;
use super::*;

fn read(text: &str) -> String {
    read_in(
        &form("tổng số trẻ, nhẹ cân, thấp còi, trẻ 3-4 tuổi, tỷ lệ, số ca bệnh, tên bệnh (chữ)").unwrap(),
        text,
    )
}

fn read_in(form: &Form, text: &str) -> String {
    let show = |meaning: Meaning| match meaning {
        Meaning::Check(Check::AtMost { field, of }) => format!("{field} ≤ {of}"),
        Meaning::Check(Check::SumsTo { parts, total }) => format!("{} = {total}", parts.join("+")),
        Meaning::Check(Check::Share { percent, part, whole }) => format!("{percent} % {part}/{whole}"),
        Meaning::Check(Check::Needed { field, when, .. }) => format!("{} → {field}", when.text()),
        Meaning::Check(Check::Holds(rule)) => {
            let when = rule.when.map(|w| format!("{} → ", w.text())).unwrap_or_default();
            format!("{when}{}{}{}", rule.left.text(), rule.sign.text(), rule.right.text())
        }
        Meaning::Bound { key, sign, limit } => format!("{key}{}{limit}", sign.text()),
    };
    match rule(form, text) {
        Ok(found) => found.into_iter().map(show).collect::<Vec<_>>().join("; "),
        Err(CommandProblem::BadRule { why, .. }) => format!("{why:?}"),
        Err(other) => format!("{other:?}"),
    }
}

#[test]
fn rules_are_read_in_the_labels_that_people_see() {
    for (text, wanted) in [
        ("nhẹ cân <= tổng số trẻ", "nhe_can ≤ tong_so_tre"),
        ("tổng số trẻ không nhỏ hơn nhẹ cân", "nhe_can ≤ tong_so_tre"),
        ("nhẹ cân < tổng trẻ", "nhe_can ≤ tong_so_tre"),
        ("nhẹ cân + thấp còi ≤ tổng số trẻ", "{nhe_can}+{thap_coi}<={tong_so_tre}"),
        ("tổng số trẻ = nhẹ cân + thấp còi", "nhe_can+thap_coi = tong_so_tre"),
        ("nhẹ cân cộng thấp còi bằng tổng số trẻ", "nhe_can+thap_coi = tong_so_tre"),
        ("trẻ 3-4 tuổi - nhẹ cân >= 0", "{tre_3_4_tuoi}-{nhe_can}>=0"),
        ("tỷ lệ = nhẹ cân / tổng số trẻ", "ty_le % nhe_can/tong_so_tre"),
        ("tỷ lệ = nhẹ cân * 100 / tổng số trẻ", "ty_le % nhe_can/tong_so_tre"),
        ("tỷ lệ >= 95,5%", "ty_le>=9550"),
        ("nhẹ cân <= 10% tổng số trẻ", "{nhe_can}<=10/100*{tong_so_tre}"),
        ("nhẹ cân + thấp còi <= 0,5 * tổng số trẻ", "{nhe_can}+{thap_coi}<=0.5*{tong_so_tre}"),
        ("tổng số trẻ <= 1.500", "tong_so_tre<=150000"),
        ("nếu số ca bệnh > 0 thì tên bệnh", "{so_ca_benh}>0 → ten_benh"),
        ("nếu số ca bệnh > 0, thì phải có tên bệnh", "{so_ca_benh}>0 → ten_benh"),
        ("nếu số ca bệnh > 0 và nhẹ cân = 0 thì thấp còi <= 5", "{so_ca_benh}>0&{nhe_can}=0 → {thap_coi}<=5"),
        ("tổng số trẻ <= sĩ số sổ trường", "{tong_so_tre}<={register enrolment}"),
        ("tổng số trẻ >= tổng số trẻ lần trước", "{tong_so_tre}>={last tong_so_tre}"),
        ("thấp còi <= nhẹ cân <= tổng số trẻ", "thap_coi ≤ nhe_can; nhe_can ≤ tong_so_tre"),
    ] {
        assert_eq!(read(text), wanted, "{text}");
    }
}

#[test]
fn choices_and_days_are_compared_as_what_they_are() {
    let fields =
        "số ca, xếp loại (chọn: tốt / đạt / chưa đạt), lý do (chữ), ngày đầu (ngày), ngày cuối (ngày)";
    for (text, wanted) in [
        ("nếu xếp loại = chưa đạt thì ghi rõ lý do", "{xep_loai}=3 → ly_do"),
        ("nếu xếp loại là đạt thì phải có lý do", "{xep_loai}=2 → ly_do"),
        ("nếu xếp loại khác tốt thì số ca >= 1", "{xep_loai}#1 → {so_ca}>=1"),
        ("nếu số ca > 0 thì xếp loại không phải là tốt", "{so_ca}>0 → {xep_loai}#1"),
        (
            "nếu (xếp loại = đạt hoặc số ca > 2) và số ca > 0 thì lý do",
            "({xep_loai}=2|{so_ca}>2)&{so_ca}>0 → ly_do",
        ),
        ("ngày đầu <= ngày cuối", "{ngay_dau}<={ngay_cuoi}"),
        ("lý do <= 5", "NotComparable { name: \"lý do\" }"),
        ("ngày đầu <= 5", "NotComparable { name: \"ngày đầu\" }"),
        ("ngày đầu <= số ca", "NotComparable { name: \"ngày đầu\" }"),
        ("xếp loại >= số ca", "NotComparable { name: \"xếp loại\" }"),
        ("nếu lý do > 0 thì số ca", "NotComparable { name: \"lý do\" }"),
        ("nếu số ca thì lý do", "NoComparison"),
    ] {
        assert_eq!(read_in(&form(fields).unwrap(), text), wanted, "{text}");
    }
}

#[test]
fn what_is_wrong_with_a_rule_has_its_place() {
    for (text, wanted) in [
        ("nhẹ cân + béo phì <= tổng số trẻ", "NoSuchField { name: \"béo phì\""),
        ("nhẹ cân + thấp còi", "NoComparison"),
        ("nhẹ cân + <= tổng số trẻ", "Unfinished"),
        ("nếu nhẹ cân > 0", "NoThen"),
        ("1 + 1 = 2", "NoField"),
        ("trẻ ăn bán trú <= tổng số trẻ", "NoSuchField { name: \"trẻ ăn bán trú\""),
        ("nhân viên công lập <= tổng số trẻ", "NoSuchField { name: \"nhân viên công lập\""),
    ] {
        assert!(read(text).starts_with(wanted), "{text}: {}", read(text));
    }
}

proptest! {
    #[test]
    fn no_rule_makes_it_panic(text in "(nhẹ cân|thấp còi|tổng số trẻ|nếu|thì|và|[-+*/<=>()%,.{}0-9é ]){0,30}") {
        let _ = read(&text);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}") {
        let _ = read(&text);
        let _ = form(&text);
    }
}
