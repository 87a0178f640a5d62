use super::super::starters;
use super::super::testing::{World, shown, task};
use super::*;
use crate::domain::Form;

/// A value for each field as a person types it; files are not typed.
fn typed(form: &Form) -> Vec<(&Field, String)> {
    let of = |field: &Field| match field.kind {
        FieldKind::Choice => field.options.first().cloned(),
        FieldKind::Date => Some("30/09/2026".to_owned()),
        FieldKind::Text => Some("tay chân miệng".to_owned()),
        FieldKind::File | FieldKind::Photo | FieldKind::Link => None,
        _ => Some(field.example.clone()),
    };
    form.fields.iter().filter_map(|f| Some((f, of(f)?))).collect()
}

fn bare(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let marks = |c: &char| !matches!(c, '\u{300}'..='\u{36f}');
    text.nfd().filter(marks).collect::<String>().replace('đ', "d").replace('Đ', "D")
}

/// The nine ways in which schools write down what they read in front of them.
fn ways(form: &Form) -> Vec<(&'static str, String)> {
    let typed = typed(form);
    let called = |field: &Field, turn: usize| {
        let all: Vec<&String> = std::iter::once(&field.label).chain(&field.aliases).collect();
        all[turn.min(all.len() - 1)].clone()
    };
    let with = |turn: usize, joint: &str, between: &str| {
        let of = |(field, value): &(&Field, String)| format!("{}{joint}{value}", called(field, turn));
        typed.iter().map(of).collect::<Vec<_>>().join(between)
    };
    let figure_first = |(field, value): &(&Field, String)| {
        if field.kind.is_figure() {
            format!("{value} {}", field.label)
        } else {
            format!("{} {value}", field.label)
        }
    };
    let mut reversed = typed.clone();
    reversed.reverse();
    let backwards: Vec<String> = reversed.iter().map(|(f, value)| format!("{} {value}", f.label)).collect();
    vec![
        ("labels", with(0, " ", ", ")),
        ("first other names", with(1, " ", ", ")),
        ("second other names", with(2, " ", ", ")),
        ("colons on lines", with(0, ": ", "\n")),
        ("lines", with(1, " ", "\n")),
        ("no marks", bare(&with(0, " ", ", "))),
        ("no commas", with(0, " ", " ")),
        ("figures first", typed.iter().map(figure_first).collect::<Vec<_>>().join(", ")),
        ("backwards", backwards.join("; ")),
    ]
}

fn said(text: &str) -> String {
    fold_words(text)
}

#[test]
fn every_ready_form_is_answered_with_its_own_names_in_nine_ways() {
    let mut failed = Vec::new();
    for starter in starters() {
        let world = with_form(&starter.key);
        for (way, text) in ways(&starter.form) {
            for lead in ["V9 ", "V9: ", "Dạ em gửi V9 ạ: ", ""] {
                for tail in ["", " ạ"] {
                    let text = format!("{lead}{text}{tail}");
                    let acts = world.read(&text);
                    let [act] = &acts[..] else {
                        failed.push(format!("{} {way}: {} acts of {text}", starter.key, acts.len()));
                        continue;
                    };
                    let given = act.given().cloned().unwrap_or_default();
                    for (field, value) in typed(&starter.form) {
                        let wanted = super::super::field_value(field, &value, World::now());
                        let got = given.values.get(&field.key);
                        let same = match (got, &wanted) {
                            (Some(Value::Text(got)), Some(Ok(Value::Text(want)))) => said(got) == said(want),
                            (got, Some(Ok(want))) => got == Some(want),
                            _ => false,
                        };
                        if !same {
                            failed.push(format!(
                                "{} {way}: {} is {got:?} in {text} → {}",
                                starter.key,
                                field.label,
                                shown(&world, act)
                            ));
                        }
                    }
                    if !act.doubts.is_empty() {
                        failed.push(format!(
                            "{} {way}: asked of {text} → {}",
                            starter.key,
                            shown(&world, act)
                        ));
                    }
                }
            }
        }
    }
    let some: Vec<&String> = failed.iter().take(8).collect();
    assert!(failed.is_empty(), "{} of them, such as {some:#?}", failed.len());
}

/// An office with one ready form as V9, beside the tasks of the other tests.
fn with_form(key: &str) -> World {
    let mut world = World::new();
    let starter = starters().iter().find(|s| s.key == key).unwrap();
    let mut open = task(9, &starter.title, (20, 10), vec![]);
    open.form = starter.form.clone();
    world.tasks.push(open);
    world
}

#[test]
fn names_of_a_form_mean_nothing_else() {
    for (key, text, want) in [
        // Beside other words too.
        (
            "tuyensinh",
            "V9 em báo cáo chị: hồ sơ trực tuyến 120, hồ sơ đã nhận 148, còn lại em rà thêm",
            "ho_so_da_nhan=148 ho_so_truc_tuyen=120",
        ),
        (
            "phocap5tuoi",
            "V9 học 2 buổi 101 cháu, ra lớp 101 cháu chị nhé",
            "tre_5_tuoi_hoc_hai_buoi_mot_ngay=101 tre_5_tuoi_ra_lop=101",
        ),
        ("ngoaiconglap", "V9 lắp camera: chưa có", "lap_camera=chưa có"),
        ("ngoaiconglap", "V9 lap camera chua co", "lap_camera=chưa có"),
        ("thidua", "V9 cbgvnv 37, ldtt 30", "can_bo_giao_vien_nhan_vien=37 lao_dong_tien_tien=30"),
        // With leave or without, the text does not say.
        ("siso", "V9 sĩ số 337, có mặt 334, vắng 3", "co_mat=334 tong_so_tre=337 ?3 [field?]"),
        (
            "siso",
            "V9 sĩ số 337, có mặt 337, không vắng cháu nào",
            "co_mat=337 tong_so_tre=337 vang_co_phep=0 vang_khong_phep=0",
        ),
        (
            "siso",
            "V9 sĩ số 337, vắng 4: 3 có phép, 1 không phép, có mặt 333",
            "co_mat=333 tong_so_tre=337 vang_co_phep=3 vang_khong_phep=1 ?4",
        ),
        (
            "siso",
            "V9 ts 337 cm 331 vp 4, kp 2",
            "co_mat=331 tong_so_tre=337 vang_co_phep=4 vang_khong_phep=2",
        ),
        // By position: what must be answered.
        (
            "candolan1",
            "V9 200 200 5 3 2",
            "can_do=200 nhe_can=5 thap_coi=3 thua_can_beo_phi=2 tong_so_tre=200 [guessed fields]",
        ),
        // A word that nothing explains, and the message is read as any other.
        ("siso", "V9 sĩ số khoảng 337, có mặt 331", "co_mat=331 ?337 [not a number]"),
        ("candolan1", "V9 tổng số trẻ 337 cân đo 330 nhẹ cân", "can_do=330 tong_so_tre=337"),
        ("yte", "V9 tổng số trẻ 337, tên bệnh cho em xin lùi đến 20/10", ""),
    ] {
        let world = with_form(key);
        let acts = world.read(text);
        let all: Vec<String> = acts.iter().map(|act| shown(&world, act)).collect();
        let told = all.join(" + ").replace("MN Hoa Mai V9 submit", "");
        if want.is_empty() {
            assert!(told.contains("extension 20/10"), "{text}: {told}");
            continue;
        }
        assert_eq!(told.trim(), want, "{text}");
    }
}

#[test]
fn money_measures_and_rates_are_read_in_their_units() {
    let mut world = World::new();
    let mut open = task(9, "Sân chơi, bếp ăn", (20, 10), vec![]);
    open.form =
        super::super::form_in_line("kinh phí (triệu đồng), diện tích sân (m2), tỷ lệ chuyên cần, số bếp")
            .unwrap();
    world.tasks.push(open);
    for (text, want) in [
        (
            "V9 kinh phí 12,5, diện tích sân 350,5 m2, tỷ lệ chuyên cần 245/250, số bếp 1",
            "dien_tich_san=35050 kinh_phi=12500000 so_bep=1 ty_le_chuyen_can=9800",
        ),
        ("V9: kinh phí 12 triệu 5; sân chơi thì em gửi sau", "kinh_phi=12500000"),
        ("V9 kinh phí 12.500.000đ, diện tích sân 350m2", "dien_tich_san=35000 kinh_phi=12500000"),
        ("V9 diện tích sân 350.5m², kinh phí 1 tỷ 2", "dien_tich_san=35050 kinh_phi=1200000000"),
        ("V9 em báo chị tỷ lệ chuyên cần 245/250 ạ chị nhận giúp em", "ty_le_chuyen_can=9800"),
    ] {
        let acts = world.read(text);
        let told = acts.iter().map(|act| shown(&world, act)).collect::<Vec<_>>().join(" + ");
        let told = told.replace("MN Hoa Mai V9 submit", "");
        assert!(told.trim().starts_with(want), "{text}: {told}");
    }
}
