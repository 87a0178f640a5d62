use super::super::testing::{World, id_of};
use super::*;
use crate::domain::{Check, FieldKind, Requires, Urgency};

fn order(text: &str) -> String {
    shown(&World::new().officer(), text, true)
}

fn shown(world: &World, text: &str, private: bool) -> String {
    world.with(|context| match command(text, private, context) {
        None => "-".into(),
        Some(Err(fault)) => format!("{} {:?}", fault.command.unwrap_or("?"), fault.problem),
        Some(Ok(order)) => match &order {
            Command::Extend { task, whose, day, time, reason } => {
                let school = whose.as_ref().map_or("all".to_owned(), |w| who(world, w));
                let time = time.map_or(String::new(), |t| t.format(" %H:%M").to_string());
                format!("extend {} {school} {}{time} {reason}", world.code(*task), day.format("%d/%m/%y"))
                    .trim()
                    .into()
            }
            Command::Grant { task, whose, until } => {
                let until = until.map_or(String::new(), |(day, _)| day.format(" %d/%m/%y").to_string());
                format!("dongy {} {}{until}", world.code(*task), who(world, whose))
            }
            Command::Refuse { task, whose, words } => {
                format!("tuchoi {} {} {words}", world.code(*task), who(world, whose)).trim().into()
            }
            Command::Revoke { task, school } => {
                format!("revoke {} {}", world.code(*task), world.index.short_name(*school))
            }
            Command::Exempt { task, school, reason } => {
                format!("mien {} {} {reason}", world.code(*task), world.index.short_name(*school))
            }
            Command::Standing { task } => {
                format!("tinhhinh {}", task.map_or("all".into(), |t| world.code(t)))
            }
            Command::Edit { task, changes } if matches!(changes.as_slice(), [Change::Due(_)]) => {
                let days = changes
                    .iter()
                    .map(|c| if let Change::Due(due) = c { due.date.to_string() } else { String::new() });
                format!("sua {} {}", world.code(*task), days.collect::<String>())
            }
            Command::Remind { task } | Command::Drop { task } => {
                format!("{} {}", order.name(), world.code(*task))
            }
            Command::Publish(Publish::Task(task)) => format!("dang {}", world.code(*task)),
            Command::Record { act } | Command::Answer { act } => {
                format!("{} {}", order.name(), super::super::testing::shown(world, act))
            }
            Command::MakeCode { role } => match role {
                Role::Principal(s) => format!("ma {}", world.index.short_name(*s)),
                Role::Deputy(s) => format!("ma deputy {}", world.index.short_name(*s)),
                Role::Specialist => "ma officer".into(),
                role => format!("ma {role:?}"),
            },
            Command::Join(Join::School(school)) => format!("dangky {}", world.index.short_name(*school)),
            other => format!("{other:?}"),
        },
    })
}

fn who(world: &World, whose: &Whose) -> String {
    match whose {
        Whose::Schools(schools) => {
            schools.iter().map(|s| world.index.short_name(*s)).collect::<Vec<_>>().join("+")
        }
        Whose::Asking { count: None } => "asking".into(),
        Whose::Asking { count: Some(count) } => format!("asking {count}"),
    }
}

#[test]
fn more_time_for_one_several_or_those_that_ask() {
    for (text, want) in [
        ("/giahan V2 19/10 cả 3 trường", "extend V2 asking 3 19/10/26"),
        ("/giahan V2 cho các trường xin lùi đến 19/10", "extend V2 asking 19/10/26"),
        ("/giahan V2 MN Hoa Mai và MN Sơn Ca đến 20/10", "extend V2 MN Hoa Mai+MN Sơn Ca 20/10/26"),
        ("/giahan V2 tất cả các trường đến 20/10", "extend V2 all 20/10/26"),
        ("/giahan V2 MN Hoa Mai hủy", "revoke V2 MN Hoa Mai"),
        ("/dongy V2 MN Hoa Mai đến 20/10", "dongy V2 MN Hoa Mai 20/10/26"),
        ("/dongy V2 cả 3 trường", "dongy V2 asking 3"),
        ("/dongy V2 tất cả", "dongy V2 asking"),
        ("/dongy V2", "dongy V2 asking 1"),
        ("/tuchoi V2 MN Hoa Mai hạn là hạn", "tuchoi V2 MN Hoa Mai hạn là hạn"),
        ("/tuchoi V2 tất cả lý do Sở chốt số", "tuchoi V2 asking Sở chốt số"),
    ] {
        assert_eq!(order(text), want, "{text}");
    }
}

#[test]
fn codes_are_made_for_every_role() {
    for (text, want) in [
        ("/ma phó MN Hoa Mai", "ma deputy MN Hoa Mai"),
        ("/ma MN Hoa Mai phó hiệu trưởng", "ma deputy MN Hoa Mai"),
        ("/ma trưởng phòng", "ma Head"),
        ("/ma cụm trưởng cụm 2", "ma ClusterLead(\"Cụm 2\")"),
        ("/ma cụm trưởng", "ma Missing { part: \"cluster\" }"),
    ] {
        assert_eq!(order(text), want, "{text}");
    }
}

#[test]
fn orders_with_a_slash() {
    let table = [
        ("/tinhhinh", "tinhhinh all"),
        ("/tinhhinh V2", "tinhhinh V2"),
        ("/tinhhinh@giaoban_bot v2", "tinhhinh V2"),
        ("／TINHHINH V2", "tinhhinh V2"),
        ("/tình hình V2", "tinhhinh V2"),
        ("/ti\u{300}nh hi\u{300}nh V2", "tinhhinh V2"),
        ("/tinhhinh 2", "tinhhinh V2"),
        ("/nhac V2", "nhac V2"),
        ("/bo V6", "bo V6"),
        ("/dang", "Publish(Latest)"),
        ("/dang V5", "dang V5"),
        ("/dang tháng 11", "Publish(Month(Month { year: 2026, month: 11 }))"),
        ("/dang lịch", "Publish(Schedule)"),
        ("/giahan V2 Hoa Sen 1 đến 20/10", "extend V2 MN Hoa Sen 1 20/10/26"),
        ("/giahan V2 MN 20/10 đến 25/10 16h lý do mất điện", "extend V2 MN 20/10 25/10/26 16:00 mất điện"),
        ("/giahan V2 25/10", "extend V2 all 25/10/26"),
        ("/gia hạn V2 tràng an thứ 2", "extend V2 MN Tràng An 19/10/26"),
        ("/tuchoi V2 Sơn Ca", "tuchoi V2 MN Sơn Ca"),
        ("/dongy V2 MG Hoa Mai", "dongy V2 MG Hoa Mai"),
        ("/mien V2 MN Sơn Ca lý do sửa trường", "mien V2 MN Sơn Ca sửa trường"),
        ("/ghiho Sơn Ca V2 nhẹ cân 13", "ghiho MN Sơn Ca V2 submit nhe_can=13"),
        ("/ghiho MN 20/10 V2 đã nộp", "ghiho MN 20/10 V2 Done"),
        ("/truong", "Schools { query: None }"),
        ("/lich 11", "MonthPlan { month: Some(Month { year: 2026, month: 11 }) }"),
        ("/lich tháng 2", "MonthPlan { month: Some(Month { year: 2027, month: 2 }) }"),
        ("/ma MN Hoa Sữa", "ma MN Hoa Sữa"),
        ("/ma chuyên viên", "ma officer"),
        ("/nghi 24/11/2026 lễ địa phương", "DayOff { day: 2026-11-24, reason: \"lễ địa phương\" }"),
        ("/nhom", "BindGroup { scope: All }"),
        ("/nhom hs7k-2mpq", "BindGroupBy { code: \"HS7K-2MPQ\", title: \"\" }"),
        ("/nhom HS7K-2MPQ Nhóm cụm 1", "BindGroupBy { code: \"HS7K-2MPQ\", title: \"Nhóm cụm 1\" }"),
        ("/lienket", "LinkAccount"),
        ("/lienket HS7K-2MPQ", "Join(Code(\"HS7K-2MPQ\"))"),
        ("/huy", "Cancel"),
        ("/trogiup giao", "Help { command: Some(\"giao\") }"),
        ("/help", "Help { command: None }"),
        ("/dangky hs7k-2mpq", "Join(Code(\"HS7K-2MPQ\"))"),
        ("/dangky trường Sơn Ca", "dangky MN Sơn Ca"),
        ("/duyet Nguyễn Thị Lan", "Approve { who: \"Nguyễn Thị Lan\" }"),
        ("/sua V5 hạn 20/10", "sua V5 2026-10-20"),
    ];
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(text, want)| {
            let got = order(text);
            (got != *want).then(|| format!("{text}\n   got  {got}\n   want {want}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn faults_say_what_is_near() {
    let table = [
        ("/tinhinh V2", "? Unknown { given: \"/tinhinh\", nearest: Some(\"/tinhhinh\") }"),
        ("/nhac", "nhac Missing { part: \"task\" }"),
        ("/nhac V9", "nhac NoSuchTask { given: \"V9\", open: [\"V2\", \"V5\", \"V6\", \"V7\"] }"),
        ("/tuchoi V2 cho", "tuchoi V2 asking 1"),
        ("/mien V2", "mien Missing { part: \"school\" }"),
        (
            "/tuchoi V2 Hoa Sen",
            "tuchoi SeveralSchools { given: \"Hoa Sen\", names: [\"MN Hoa Sen 1\", \"MN Hoa Sen 2\"] }",
        ),
        ("/giahan V2 Hoa Sen 1", "giahan Missing { part: \"date\" }"),
        ("/giahan V2 31/9", "giahan BadDate { given: \"31/9\" }"),
        ("/giahan V2 1/10", "giahan PastDate { date: 2026-10-01 }"),
        ("/giao", "giao Missing { part: \"text\" }"),
        ("/giao Cân đo; hạn lúc nào rảnh", "giao BadDate { given: \"lúc nào rảnh\" }"),
        ("/giao Cân đo; biểu: tổng, tổng", "giao BadForm { given: \"tổng\" }"),
        ("/mien V2 Sơn Ca", "mien Missing { part: \"reason\" }"),
    ];
    for (text, want) in table {
        assert_eq!(order(text), want, "{text}");
    }
    assert!(matches!(
        World::new().officer().with(|c| command("/giahan V2 Bông Lúa 25/10", true, c)),
        Some(Err(CommandFault { problem: CommandProblem::NoSuchSchool { .. }, .. }))
    ));
}

#[test]
fn the_same_as_words() {
    let officer = World::new().officer();
    let school = World::new();
    for (text, want) in [
        ("tình hình V2", "tinhhinh V2"),
        ("nhắc V2", "nhac V2"),
        ("gia hạn V2 Hoa Sen 1 đến 20/10", "extend V2 MN Hoa Sen 1 20/10/26"),
        ("đăng V5", "dang V5"),
        ("lịch tháng 11", "MonthPlan { month: Some(Month { year: 2026, month: 11 }) }"),
        ("nhắc các trường nộp sớm nhé", "-"),
        ("đăng ký kiến tập 4 người", "-"),
        ("lịch họp chiều nay thế nào", "-"),
        ("bỏ", "-"),
    ] {
        assert_eq!(shown(&officer, text, false), want, "{text}");
    }
    for (text, want) in [
        ("việc của trường tôi", "MyTasks"),
        ("Việc của trường em ạ", "-"),
        ("trợ giúp", "Help { command: None }"),
        ("gia hạn V2 đến 20/10", "-"),
        ("HS7K-2MPQ", "Join(Code(\"HS7K-2MPQ\"))"),
        ("320 trẻ", "-"),
    ] {
        assert_eq!(shown(&school, text, true), want, "{text}");
    }
}

#[test]
fn a_task_in_one_line() {
    let world = World::new().officer();
    let give = |text: &str| {
        world.with(|c| match command(text, true, c) {
            Some(Ok(Command::Give(give))) => give,
            other => panic!("{text}: {other:?}"),
        })
    };
    let task = give(
        "/giao Cân đo lần 2; hạn 24/10 16h; biểu: tổng trẻ (trẻ), cân đo <= tổng trẻ, link minh chứng (link), ảnh (ảnh); \
         cho: công lập, MN Hoa Sen 2; khẩn",
    );
    assert_eq!(task.text, "Cân đo lần 2");
    let due = task.due.unwrap();
    assert_eq!(
        (due.date.to_string(), due.time.unwrap().to_string()),
        ("2026-10-24".into(), "16:00:00".into())
    );
    assert_eq!(
        task.form.fields.iter().map(|f| f.kind).collect::<Vec<_>>(),
        [FieldKind::Count, FieldKind::Count, FieldKind::Link, FieldKind::Photo]
    );
    assert_eq!(task.form.checks, [Check::AtMost { field: "can_do".into(), of: "tong_tre".into() }]);
    assert!(
        matches!(&task.scope, Scope::Schools(ids) if ids.contains(&id_of("MN Hoa Sen 2")) && ids.contains(&id_of("MN Hoa Mai")))
    );
    assert_eq!((task.urgency, task.requires), (Urgency::Urgent, Requires::Submission));

    let task = give("giao việc: Các trường nộp kế hoạch năm học trước 17h ngày 30/10");
    let due = task.due.unwrap();
    assert_eq!(
        (due.date.to_string(), due.time.unwrap().to_string()),
        ("2026-10-30".into(), "17:00:00".into())
    );
    assert_eq!((task.requires, task.scope), (Requires::Submission, Scope::All));

    let task = give("/giao Họp giao ban tháng; để biết; cho: cụm 2");
    assert_eq!((task.requires, task.due), (Requires::None, None));
    assert_eq!(task.scope, Scope::Clusters(vec!["Cụm 2".into()]));

    let task = give("/giao Rà soát an toàn\nhạn thứ 6\ncho: phường Hòa Bình");
    assert_eq!(task.due.unwrap().date.to_string(), "2026-10-16");
    assert_eq!(
        (task.requires, task.scope),
        (Requires::Confirmation, Scope::Wards(vec!["Phường Hòa Bình".into()]))
    );
}

#[test]
fn every_command_is_found_by_its_name() {
    for name in command_names() {
        assert!(
            row_at(name.name).is_some_and(|(row, tail)| row.name == name.name && tail.is_empty()),
            "{}",
            name.name
        );
        assert_eq!(audience_of(name.name), Some(name.audience));
    }
}
