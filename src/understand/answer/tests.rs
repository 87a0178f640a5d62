use super::super::testing::{World, field, id_of, shown, task};
use super::*;
use crate::domain::{Check, Field, Value};

/// The world after the bot has asked `question` about what was read from `text`.
fn asking(mut world: World, text: &str, question: impl Fn(Act, &World) -> Asked) -> World {
    let act = world.read(text).into_iter().next().unwrap();
    world.asked = Some(question(act, &world));
    world.quoted.clear();
    world
}

fn said(world: &World, text: &str) -> String {
    world.read(text).iter().map(|act| shown(world, act)).collect::<Vec<_>>().join(" + ")
}

fn ids(world: &World, codes: &[u32]) -> Vec<TaskId> {
    world.tasks.iter().filter(|t| codes.contains(&t.code)).map(|t| t.id).collect()
}

#[test]
fn the_task_that_was_asked_for() {
    let world = asking(World::new(), "em nộp rồi ạ", |act, world| Asked::WhichTask {
        act: Box::new(act),
        tasks: ids(world, &[2, 5, 6, 7]),
    });
    for (text, want) in [
        ("V6", "MN Hoa Mai V6 Done"),
        ("v 6 ạ", "MN Hoa Mai V6 Done"),
        ("6", "MN Hoa Mai V6 Done"),
        ("việc nhập csdl chị ạ", "MN Hoa Mai V6 Done"),
        ("không ạ", "MN Hoa Mai V2|V5|V6|V7 Refused"),
        ("nhẹ cân 13", "MN Hoa Mai V2 submit nhe_can=13"),
        ("em cảm ơn", "MN Hoa Mai V2|V5|V6|V7 Chitchat"),
    ] {
        assert_eq!(said(&world, text), want, "{text}");
    }
}

#[test]
fn figures_wait_for_their_task() {
    let world = asking(World::new(), "337, 337, 13, 9, 6", |act, world| Asked::WhichTask {
        act: Box::new(act),
        tasks: ids(world, &[2, 5]),
    });
    let want =
        "MN Hoa Mai V2 submit beo_phi=6 can_do=337 nhe_can=13 thap_coi=9 tong_so_tre=337 [guessed fields]";
    assert_eq!(said(&world, "V2"), want);
}

#[test]
fn the_school_that_was_asked_for() {
    let mut world = World::new().quoting(2);
    world.own = vec![id_of("MN Ban Mai"), id_of("MN Hoa Sữa")];
    let world = asking(world, "nhẹ cân 13", |act, world| Asked::WhichSchool {
        act: Box::new(act),
        schools: world.own.clone(),
    });
    assert_eq!(said(&world, "ban mai ạ"), "MN Ban Mai V2 submit nhe_can=13");
    assert_eq!(said(&world, "Hoa Sữa"), "MN Hoa Sữa V2 submit nhe_can=13");
    assert!(!said(&world, "Sơn Ca").contains("nhe_can"), "{}", said(&world, "Sơn Ca"));
}

#[test]
fn a_guess_is_taken_or_dropped() {
    let text = "337 337 13 9 6";
    let world = asking(World::new().quoting(2), text, |act, _| Asked::Confirm { act: Box::new(act) });
    let values = "beo_phi=6 can_do=337 nhe_can=13 thap_coi=9 tong_so_tre=337";
    for (text, want) in [
        ("đúng rồi ạ", format!("MN Hoa Mai V2 submit {values}")),
        ("ok chị", format!("MN Hoa Mai V2 submit {values}")),
        ("👍", format!("MN Hoa Mai V2 submit {values}")),
        ("sai rồi ạ", "MN Hoa Mai V2 Refused".into()),
        ("không phải", "MN Hoa Mai V2 Refused".into()),
        // What is named goes over what was shown.
        ("nhẹ cân 12", format!("MN Hoa Mai V2 submit {}", values.replace("nhe_can=13", "nhe_can=12"))),
    ] {
        assert_eq!(said(&world, text), want, "{text}");
    }
    for text in ["đúng không chị?", "chưa nộp được ạ", "ok để em xem lại chưa chắc"] {
        assert!(!said(&world, text).contains("tong_so_tre"), "{text}: {}", said(&world, text));
    }
}

#[test]
fn fields_that_were_asked_for() {
    let mut world = World::new();
    world.asked = Some(Asked::Fields {
        task: ids(&world, &[2])[0],
        school: id_of("MN Hoa Mai"),
        fields: vec!["thap_coi".into(), "beo_phi".into()],
        given: Values::new(),
    });
    for (text, want) in [
        ("thấp còi 9, béo phì 6", "MN Hoa Mai V2 submit beo_phi=6 thap_coi=9"),
        ("9 và 6 ạ", "MN Hoa Mai V2 submit beo_phi=6 thap_coi=9"),
        ("9", "MN Hoa Mai V2 submit ?9 [field?]"),
        ("không có béo phì", "MN Hoa Mai V2 submit beo_phi=0"),
    ] {
        assert_eq!(said(&world, text), want, "{text}");
    }
    world.asked = Some(Asked::Fields {
        task: ids(&world, &[2])[0],
        school: id_of("MN Hoa Mai"),
        fields: vec!["beo_phi".into()],
        given: Values::new(),
    });
    assert_eq!(said(&world, "6 ạ"), "MN Hoa Mai V2 submit beo_phi=6");
    assert_eq!(said(&world, "6 hay 7 ạ?"), "MN Hoa Mai V2|V5|V6|V7 Question");
    // What was given before the question stays; the answer goes over it.
    let before = [("thap_coi", 9), ("beo_phi", 600)];
    world.asked = Some(Asked::Fields {
        task: ids(&world, &[2])[0],
        school: id_of("MN Hoa Mai"),
        fields: vec!["beo_phi".into()],
        given: before.map(|(key, n)| (key.to_owned(), Value::Figure(n))).into_iter().collect(),
    });
    assert_eq!(said(&world, "6 ạ"), "MN Hoa Mai V2 submit beo_phi=6 thap_coi=9");
}

#[test]
fn the_day_that_was_asked_for() {
    let world =
        asking(World::new().quoting(2), "em xin lùi ạ", |act, _| Asked::UntilWhen { act: Box::new(act) });
    for (text, want) in [
        ("thứ 2 chị ạ", "MN Hoa Mai V2 extension 19/10"),
        ("20", "MN Hoa Mai V2 extension 20/10"),
        ("đến 21/10", "MN Hoa Mai V2 extension 21/10"),
        ("31/9", "MN Hoa Mai V2 extension ? [bad day]"),
    ] {
        assert_eq!(said(&world, text), want, "{text}");
    }
}

#[test]
fn fields_of_every_kind_are_answered_in_words() {
    let mut world = World::new();
    let choice =
        Field { options: vec!["Tốt".into(), "Khá".into()], ..field("xếp loại", FieldKind::Choice) };
    let fields = vec![
        field("đã khám", FieldKind::Count),
        field("ngày khám", FieldKind::Date),
        choice,
        field("ghi chú", FieldKind::Text),
        field("số ca sốt", FieldKind::Count),
    ];
    world.tasks.push(task(8, "Khám sức khỏe", (20, 10), fields));
    let mut said_to = |keys: &[&str], text: &str| {
        world.asked = Some(Asked::Fields {
            task: ids(&world, &[8])[0],
            school: id_of("MN Hoa Mai"),
            fields: keys.iter().map(|k| (*k).to_owned()).collect(),
            given: Values::new(),
        });
        said(&world, text)
    };
    let v8 = "MN Hoa Mai V8 submit";
    for (keys, text, want) in [
        (&["xep_loai"][..], "tốt ạ", "xep_loai=Tốt"),
        (&["xep_loai", "ghi_chu"], "tot", "xep_loai=Tốt"),
        (&["ngay_kham"], "hôm qua", "ngay_kham=Date(2026-10-14)"),
        (&["ngay_kham", "ghi_chu"], "dạ 12/10 ạ", "ngay_kham=Date(2026-10-12)"),
        (&["ghi_chu"], "mưa lũ, đường sạt lở", "ghi_chu=mưa lũ, đường sạt lở"),
        (&["ghi_chu", "ngay_kham"], "ghi chú mưa lũ", "ghi_chu=mưa lũ"),
        (&["so_ca_sot"], "không có ạ", "so_ca_sot=0"),
        (&["so_ca_sot"], "không", "so_ca_sot=0 [guessed fields]"),
        (&["da_kham", "so_ca_sot"], "đều không có", "da_kham=0 so_ca_sot=0"),
        (&["da_kham", "so_ca_sot"], "không có", "da_kham=0 so_ca_sot=0 [guessed fields]"),
        (&["da_kham", "so_ca_sot"], "12, 5", "da_kham=12 so_ca_sot=5"),
        (&["da_kham", "so_ca_sot"], "mười hai và năm", "da_kham=12 so_ca_sot=5"),
        (&["da_kham", "so_ca_sot"], "số ca sốt 5, đã khám 12", "da_kham=12 so_ca_sot=5"),
        (
            &["da_kham", "ngay_kham", "xep_loai"],
            "190, hôm qua, khá",
            "da_kham=190 ngay_kham=Date(2026-10-14) xep_loai=Khá",
        ),
        (&["da_kham", "so_ca_sot"], "đã khám 150, số ca sốt không", "da_kham=150 so_ca_sot=0"),
    ] {
        assert_eq!(said_to(keys, text), format!("{v8} {want}"), "{keys:?} {text}");
    }
    for (keys, text) in [
        (&["ghi_chu"][..], "chưa có ạ"),
        (&["ghi_chu"], "để em hỏi lại"),
        (&["ngay_kham"], "mai em nộp ạ"),
        (&["so_ca_sot"], "chưa có số chị ạ"),
        (&["xep_loai"], "tốt không chị?"),
    ] {
        assert!(!said_to(keys, text).contains("submit"), "{text}: {}", said_to(keys, text));
    }
}

#[test]
fn a_bare_figure_goes_where_the_sum_comes_out() {
    let mut world = World::new();
    let mut sums = task(
        8,
        "Tuyển sinh",
        (20, 10),
        ["tổng số trẻ", "nhà trẻ", "mẫu giáo"].map(|label| field(label, FieldKind::Count)).to_vec(),
    );
    sums.form.checks =
        vec![Check::SumsTo { parts: vec!["nha_tre".into(), "mau_giao".into()], total: "tong_so_tre".into() }];
    world.tasks.push(sums);
    let before = [("tong_so_tre", 200), ("nha_tre", 50), ("mau_giao", 140)];
    world.asked = Some(Asked::Fields {
        task: ids(&world, &[8])[0],
        school: id_of("MN Hoa Mai"),
        fields: before.map(|(key, _)| key.to_owned()).to_vec(),
        given: before.map(|(key, n)| (key.to_owned(), Value::Figure(n))).into_iter().collect(),
    });
    for (text, want) in [
        ("190", "mau_giao=140 nha_tre=50 tong_so_tre=190"),
        ("60 ạ", "mau_giao=140 nha_tre=60 tong_so_tre=200"),
        ("150", "mau_giao=150 nha_tre=50 tong_so_tre=200"),
        ("mẫu giáo 150", "mau_giao=150 nha_tre=50 tong_so_tre=200"),
    ] {
        assert_eq!(said(&world, text), format!("MN Hoa Mai V8 submit {want}"), "{text}");
    }
    world.asked = Some(Asked::Fields {
        task: ids(&world, &[2])[0],
        school: id_of("MN Hoa Mai"),
        fields: vec!["can_do".into()],
        given: [("tong_so_tre", 200), ("can_do", 300)]
            .map(|(key, n)| (key.to_owned(), Value::Figure(n)))
            .into_iter()
            .collect(),
    });
    for text in ["195 trẻ ạ chị", "em xem rồi, 195", "dạ 195", "195 ạ em thừa số 0", "195, em gõ nhầm"]
    {
        assert_eq!(said(&world, text), "MN Hoa Mai V2 submit can_do=195 tong_so_tre=200", "{text}");
    }
}

#[test]
fn a_figure_that_fits_nowhere_is_asked_about() {
    let mut world = World::new();
    world.asked = Some(Asked::Fields {
        task: ids(&world, &[2])[0],
        school: id_of("MN Hoa Mai"),
        fields: vec!["nhe_can".into(), "thap_coi".into()],
        given: Values::new(),
    });
    assert!(said(&world, "77").contains("field?"), "{}", said(&world, "77"));
}

/// "Which task?" of what was called done, more than one of which may be named.
fn which_of(codes: &[u32]) -> World {
    asking(World::new(), "em nộp rồi ạ", |act, world| Asked::WhichTask {
        act: Box::new(act),
        tasks: ids(world, codes),
    })
}

#[test]
fn a_code_with_a_put_off_is_never_done() {
    let world = which_of(&[2, 5, 6, 7]);
    let put_off = [
        "xin gửi sau",
        "lần sau",
        "tuần này gửi",
        "mai gửi",
        "còn thiếu",
        "chưa",
        "xin lùi",
        "cho em xin thêm thời gian",
        "đang làm",
        "sắp xong",
        "bỏ giúp em",
        "sửa lại",
        "năm ngoái",
        "chiều nay",
        "để sau",
        "không phải",
        "vướng quá",
        "đến 20/10",
        "mới được một nửa",
        "không làm được",
    ];
    for words in put_off {
        for text in [format!("V6 {words} ạ"), format!("việc 6 {words}"), format!("{words} V6 nhé chị")]
        {
            let done = world.read(&text).iter().any(|a| {
                a.is_certain() && matches!(a.intent, Intent::Confirm(crate::domain::ConfirmationLevel::Done))
            });
            assert!(!done, "{text}: {}", said(&world, &text));
        }
    }
}

#[test]
fn several_tasks_are_named_in_one_answer() {
    let world = which_of(&[5, 6, 7]);
    for (text, want) in [
        ("V5 và V6 ạ", "MN Hoa Mai V5 Done + MN Hoa Mai V6 Done"),
        ("V5, V7", "MN Hoa Mai V5 Done + MN Hoa Mai V7 Done"),
        ("cả V5 lẫn V7 chị nhé", "MN Hoa Mai V5 Done + MN Hoa Mai V7 Done"),
        ("cả ba ạ", "MN Hoa Mai V5 Done + MN Hoa Mai V6 Done + MN Hoa Mai V7 Done"),
        ("tất cả chị ạ", "MN Hoa Mai V5 Done + MN Hoa Mai V6 Done + MN Hoa Mai V7 Done"),
    ] {
        assert_eq!(said(&world, text), want, "{text}");
    }
    for text in ["cả hai ạ", "tất cả chưa ạ", "cả ba đều chưa"] {
        assert!(!said(&world, text).contains("Done"), "{text}: {}", said(&world, text));
    }
    // Of many tasks "all" may be said of fewer.
    let many = which_of(&[2, 5, 6, 7]);
    assert!(!said(&many, "tất cả").contains("Done"), "{}", said(&many, "tất cả"));
}

#[test]
fn done_or_not_takes_the_words_of_its_question() {
    let world = asking(World::new().quoting(6), "em gửi nhé chị", |act, _| Asked::Confirm {
        act: Box::new(act),
    });
    let yes = [
        "đã xong ạ",
        "em làm xong rồi",
        "xong rồi ạ",
        "rồi ạ",
        "có ạ",
        "đã gửi rồi chị",
        "em nộp rồi nhé",
        "da xong",
    ];
    for text in yes {
        assert_eq!(said(&world, text), "MN Hoa Mai V6 Done", "{text}");
    }
    let no = [
        "xong em gửi",
        "rồi em nộp",
        "sắp xong ạ",
        "chưa xong",
        "gần xong rồi",
        "đã xong chưa chị?",
        "em gửi",
        "nộp đi",
    ];
    for text in no {
        assert!(!said(&world, text).ends_with("Done"), "{text}: {}", said(&world, text));
    }
}

#[test]
fn figures_of_another_form_are_no_answer() {
    let mut world = World::new();
    world.asked = Some(Asked::Fields {
        task: ids(&world, &[2])[0],
        school: id_of("MN Hoa Mai"),
        fields: vec!["can_do".into()],
        given: Values::new(),
    });
    assert_eq!(
        said(&world, "có mặt 198, tỷ lệ chuyên cần 97,5%"),
        "MN Hoa Mai V5 submit co_mat=198 ty_le_chuyen_can=9750"
    );
    assert_eq!(said(&world, "cân đo 198"), "MN Hoa Mai V2 submit can_do=198");
}

#[test]
fn the_task_and_the_day_of_more_time_come_in_any_order() {
    let ask =
        |act: Act, world: &World| Asked::WhichTask { act: Box::new(act), tasks: ids(world, &[2, 5, 6]) };
    let world = asking(World::new(), "cho em xin thêm thời gian nhé", ask);
    assert_eq!(said(&world, "V6 ạ"), "MN Hoa Mai V6 extension ? [until?]");
    assert_eq!(said(&world, "V6 đến 20/10 ạ"), "MN Hoa Mai V6 extension 20/10");
    let world =
        asking(World::new().quoting(2), "em xin lùi ạ", |act, _| Asked::UntilWhen { act: Box::new(act) });
    assert!(!said(&world, "V6 đến 21/10").contains("V2"), "{}", said(&world, "V6 đến 21/10"));
}

#[test]
fn what_names_the_fields_of_another_task_is_no_answer_about_this_one() {
    let mut world = World::new();
    world.asked = Some(Asked::Fields {
        task: ids(&world, &[5])[0],
        school: id_of("MN Hoa Mai"),
        fields: vec!["ty_le_chuyen_can".into()],
        given: Values::new(),
    });
    assert_eq!(said(&world, "thấp còi 4, béo phì 5"), "MN Hoa Mai V2 submit beo_phi=5 thap_coi=4");
    for text in ["tổng 100, cân đo 99, thấp còi 1, béo phì 2", "tổng 100", "thấp còi 4"] {
        assert!(!said(&world, text).contains("ty_le"), "{text}: {}", said(&world, text));
    }
    assert_eq!(said(&world, "97%"), "MN Hoa Mai V5 submit ty_le_chuyen_can=9700");
}
