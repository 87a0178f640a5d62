//! The story, first half: what an office knows.

use chrono::{Duration, NaiveDate};
use giaoban::domain::*;
use giaoban::store::StoreError;

use super::samples::{Sample, at, chat, user};

#[tokio::test]
async fn offices_schools_members_and_groups_are_kept() {
    let sample = Sample::new().await;
    let mut office = sample.office("Phòng VH-XH xã Đại Từ").await;
    let other = sample.office("Phòng khác").await;
    let mut session = sample.store.begin_for(office.id).await.unwrap();

    office.settings.daily_cap = 3;
    office.language = Language::En;
    session.update_office(&office).await.unwrap();
    assert_eq!(session.office(office.id).await.unwrap().unwrap(), office);
    assert_eq!(session.offices().await.unwrap(), [office.clone(), other.clone()]);

    let mut school = sample.school(&office, 1);
    let second = sample.school(&office, 2);
    session.insert_school(&school).await.unwrap();
    session.insert_school(&second).await.unwrap();
    session.insert_school(&sample.school(&other, 1)).await.unwrap();
    school.closed_on = NaiveDate::from_ymd_opt(2027, 5, 31);
    school.opened_on = None;
    school.name = "Trường Mầm non ĐÃ ĐỔI TÊN".into();
    session.update_school(&school).await.unwrap();
    assert_eq!(session.school(school.id).await.unwrap().unwrap(), school);
    assert_eq!(session.schools_of(office.id).await.unwrap(), [school.clone(), second.clone()]);

    let mut head = sample.member(&office, "Hoà", vec![Role::Head, Role::Principal(school.id)]);
    let lead = sample.member(&office, "Lê", vec![Role::ClusterLead("Cụm 2".into())]);
    let abroad = sample.member(&other, "Hoà", vec![Role::Deputy(second.id)]);
    for member in [&head, &lead, &abroad] {
        session.insert_member(member).await.unwrap();
    }
    head.accounts.remove(0);
    head.accounts.push(user("telegram", "new"));
    head.private_chats.push(chat("zalo", "p"));
    head.roles.push(Role::Specialist);
    head.leave = Some(Leave {
        from: NaiveDate::from_ymd_opt(2026, 10, 1).unwrap(),
        until: None,
        stand_in: Some(lead.id),
        named: "cô Lê".into(),
    });
    session.update_member(&head).await.unwrap();
    assert_eq!(session.member(head.id).await.unwrap().unwrap(), head);
    assert_eq!(session.members_of(office.id).await.unwrap(), [head.clone(), lead.clone()]);
    let by_account = session.members_by_account(&user("zalo", "Hoà")).await.unwrap();
    assert_eq!(by_account, [head.clone(), abroad.clone()]);
    assert_eq!(session.members_by_account(&user("telegram", "new")).await.unwrap(), [head.clone()]);
    assert_eq!(session.members_by_account(&user("telegram", "nobody")).await.unwrap(), []);
    let by_chat = session.members_by_private_chat(&chat("zalo", "p")).await.unwrap();
    assert_eq!(by_chat, [head.clone()]);

    let mut group = Group {
        id: sample.id(),
        office: office.id,
        chat: chat("telegram", "-100"),
        title: "Hiệu trưởng".into(),
        schools: vec![],
    };
    session.insert_group(&group).await.unwrap();
    group.schools = vec![second.id];
    group.title = "Cụm 2".into();
    session.update_group(&group).await.unwrap();
    assert_eq!(session.group(group.id).await.unwrap().unwrap(), group);
    assert_eq!(session.group_by_chat(&group.chat).await.unwrap().unwrap(), group);
    assert_eq!(session.group_by_chat(&chat("zalo", "-100")).await.unwrap(), None);
    assert_eq!(session.groups_of(office.id).await.unwrap(), [group.clone()]);
    assert_eq!(session.groups_of(other.id).await.unwrap(), []);

    let entry = AuditEntry {
        id: sample.id(),
        office: office.id,
        by: Some(head.id),
        what: "school.renamed".into(),
        detail: serde_json::json!({ "school": school.id }),
        at: at(1),
    };
    let later = AuditEntry { id: sample.id(), by: None, at: at(2), ..entry.clone() };
    session.append_audit(&entry).await.unwrap();
    session.append_audit(&later).await.unwrap();
    assert_eq!(session.audit_of(office.id, 9).await.unwrap(), [later.clone(), entry]);
    assert_eq!(session.audit_of(office.id, 1).await.unwrap(), [later]);
    session.commit().await.unwrap();

    let mut session = sample.store.begin_for(other.id).await.unwrap();
    let twin = Member { id: sample.id(), ..abroad };
    assert!(matches!(session.insert_member(&twin).await, Err(StoreError::Duplicate(_))));
}

#[tokio::test]
async fn people_join_once() {
    let sample = Sample::new().await;
    let office = sample.office("Phòng").await;
    let mut session = sample.store.begin_for(office.id).await.unwrap();
    let school = sample.school(&office, 1);
    session.insert_school(&school).await.unwrap();
    let specialist = sample.member(&office, "Lan", vec![Role::Specialist]);
    session.insert_member(&specialist).await.unwrap();

    let code = JoinCode {
        code: "HS7K-2MPQ".into(),
        office: office.id,
        grant: Grant::Role(Role::Principal(school.id)),
        expires_at: at(60),
        used_at: None,
    };
    session.insert_code(&code).await.unwrap();
    assert_eq!(session.code("hs7k 2mpq").await.unwrap().unwrap(), code);
    assert_eq!(session.use_code("HS7K2MPQ", at(61)).await.unwrap(), None, "expired");
    let used = session.use_code("hs7k2mpq", at(60)).await.unwrap().unwrap();
    assert_eq!(used, JoinCode { used_at: Some(at(60)), ..code.clone() });
    assert_eq!(session.use_code("HS7K-2MPQ", at(60)).await.unwrap(), None, "used");
    assert_eq!(session.code("XXXX").await.unwrap(), None);

    let request = JoinRequest {
        id: sample.id(),
        office: office.id,
        user: user("zalo", "u1"),
        name: "Cô Hạnh".into(),
        chat: chat("zalo", "u1"),
        school: school.id,
        asked_at: at(3),
    };
    let again = JoinRequest { id: sample.id(), ..request.clone() };
    assert!(session.insert_join_request(&request).await.unwrap());
    assert!(!session.insert_join_request(&again).await.unwrap(), "one is open");
    assert_eq!(session.open_join_requests(office.id).await.unwrap(), std::slice::from_ref(&request));
    assert!(session.decide_join_request(request.id, false, specialist.id, at(4)).await.unwrap());
    assert!(!session.decide_join_request(request.id, true, specialist.id, at(5)).await.unwrap());
    assert_eq!(session.open_join_requests(office.id).await.unwrap(), []);
    assert_eq!(session.join_request(request.id).await.unwrap().unwrap(), request);
    assert!(session.insert_join_request(&again).await.unwrap(), "refused before, asks again");
    session.commit().await.unwrap();
}

#[tokio::test]
async fn schedules_tasks_and_answers_are_kept() {
    let sample = Sample::new().await;
    let office = sample.office("Phòng").await;
    let other = sample.office("Phòng khác").await;
    let mut session = sample.store.begin_for(office.id).await.unwrap();
    let (school, silent) = (sample.school(&office, 1), sample.school(&office, 2));
    session.insert_school(&school).await.unwrap();
    session.insert_school(&silent).await.unwrap();
    let principal = sample.member(&office, "Mai", vec![Role::Principal(school.id)]);
    session.insert_member(&principal).await.unwrap();

    let schedule = Schedule {
        id: sample.id(),
        office: office.id,
        year: SchoolYear(2026),
        title: "Lịch nhiệm vụ".into(),
        file_name: "lịch.txt".into(),
        state: ScheduleState::Draft,
    };
    session.insert_schedule(&schedule).await.unwrap();
    session.set_schedule_state(schedule.id, ScheduleState::Active).await.unwrap();
    let active = Schedule { state: ScheduleState::Active, ..schedule.clone() };
    assert_eq!(session.schedule(schedule.id).await.unwrap().unwrap(), active);
    assert_eq!(
        session.schedules_of(office.id, Some(SchoolYear(2026))).await.unwrap(),
        std::slice::from_ref(&active)
    );
    assert_eq!(session.schedules_of(office.id, Some(SchoolYear(2025))).await.unwrap(), []);
    assert_eq!(session.schedules_of(office.id, None).await.unwrap(), [active]);

    let mut directive = sample.directive(&office, Some("155/PGDĐT-GDMN"));
    session.insert_directive(&directive, b"\0bytes\xff", &serde_json::json!({ "tasks": [] })).await.unwrap();
    let again = Directive { id: sample.id(), ..directive.clone() };
    let twice = session.insert_directive(&again, b"", &serde_json::Value::Null).await;
    assert!(matches!(twice, Err(StoreError::Duplicate(_))), "{twice:?}");
    let nameless = Directive { sha256: "0c".into(), ..sample.directive(&office, None) };
    session.insert_directive(&nameless, b"", &serde_json::Value::Null).await.unwrap();
    directive.state = DirectiveState::Active;
    directive.schedule = Some(schedule.id);
    directive.doubts.clear();
    session.update_directive(&directive).await.unwrap();
    assert_eq!(session.directive(directive.id).await.unwrap().unwrap(), directive);
    let by_file = session.directive_by_file(office.id, &directive.sha256).await.unwrap();
    assert_eq!(by_file.as_ref(), Some(&directive));
    let of_schedule = session.directive_of_schedule(schedule.id).await.unwrap();
    assert_eq!(of_schedule.as_ref(), Some(&directive));
    assert_eq!(session.directive_by_file(other.id, &directive.sha256).await.unwrap(), None);
    assert_eq!(
        session.directives_by_figures(office.id, 155).await.unwrap(),
        std::slice::from_ref(&directive)
    );
    assert_eq!(session.directives_by_figures(office.id, 15).await.unwrap(), []);
    assert_eq!(session.directives_of(office.id, 9).await.unwrap(), [nameless, directive.clone()]);
    assert_eq!(session.directives_of(office.id, 1).await.unwrap().len(), 1);
    assert_eq!(session.directive_bytes(directive.id).await.unwrap().unwrap(), b"\0bytes\xff");
    assert_eq!(session.directive_bytes(sample.id()).await.unwrap(), None);
    let reading = session.directive_reading(directive.id).await.unwrap();
    assert_eq!(reading, Some(serde_json::json!({ "tasks": [] })));

    assert_eq!(session.next_code(office.id).await.unwrap(), 1);
    let mut planned = sample.task(&office, 1, TaskState::Planned);
    planned.schedule = Some(schedule.id);
    planned.directive = Some(directive.id);
    planned.posted_at = None;
    let posted = sample.task(&office, 7, TaskState::Posted);
    session.insert_task(&planned).await.unwrap();
    session.insert_task(&posted).await.unwrap();
    session.insert_task(&sample.task(&other, 7, TaskState::Posted)).await.unwrap();
    assert_eq!(session.next_code(office.id).await.unwrap(), 8);
    planned.moved = planned.doubts.pop();
    planned.sources.clear();
    planned.text = "Đổi lời".into();
    session.update_task(&planned).await.unwrap();
    assert_eq!(session.task(planned.id).await.unwrap().unwrap(), planned);
    assert_eq!(session.task_by_code(office.id, 7).await.unwrap().unwrap(), posted);
    assert_eq!(session.task_by_code(office.id, 2).await.unwrap(), None);
    let both = [TaskState::Planned, TaskState::Posted];
    assert_eq!(session.tasks_of(office.id, &both).await.unwrap(), [planned.clone(), posted.clone()]);
    assert_eq!(session.tasks_of(office.id, &both[1..]).await.unwrap(), std::slice::from_ref(&posted));
    assert_eq!(session.tasks_of(office.id, &[]).await.unwrap(), []);
    assert_eq!(session.tasks_of_schedule(schedule.id).await.unwrap(), [planned.clone()]);
    assert_eq!(session.tasks_of_directive(directive.id).await.unwrap(), [planned.clone()]);

    assert_eq!(session.standing(posted.id, school.id).await.unwrap(), None);
    let first = sample.submission(&posted, &school, &principal, 1);
    let second = Submission { message: None, ..sample.submission(&posted, &school, &principal, 2) };
    session.insert_submission(&first).await.unwrap();
    session.insert_submission(&second).await.unwrap();
    assert_eq!(session.submissions_of(posted.id, school.id).await.unwrap(), [first.clone(), second.clone()]);
    assert_eq!(session.submissions_of(posted.id, silent.id).await.unwrap(), []);
    let message = first.message.clone().unwrap();
    assert_eq!(session.submissions_by_message(&message).await.unwrap(), std::slice::from_ref(&first));

    let mut extension = Extension {
        id: sample.id(),
        task: posted.id,
        school: school.id,
        until: at(900),
        reason: "chưa chốt số liệu".into(),
        at: at(9),
        state: ExtensionState::Asked,
        granted_before: None,
        decided_by: None,
    };
    session.insert_extension(&extension).await.unwrap();
    assert_eq!(session.asked_extensions(office.id).await.unwrap(), [extension.clone()]);
    assert_eq!(session.asked_extensions(other.id).await.unwrap(), []);
    extension.state = ExtensionState::Granted;
    extension.decided_by = Some(principal.id);
    extension.until += Duration::hours(1);
    session.update_extension(&extension).await.unwrap();
    assert_eq!(session.extension(extension.id).await.unwrap().unwrap(), extension);
    assert_eq!(session.asked_extensions(office.id).await.unwrap(), []);

    let standing = Standing {
        task: posted.id,
        school: school.id,
        confirmation: Some(Confirmation { level: ConfirmationLevel::Done, at: at(10), by: principal.id }),
        submission: Some(second),
        settled_at: Some(at(11)),
        exempt: Some("sáp nhập".into()),
        extension: Some(extension),
        promise: Some(Promise { until: at(99), at: at(12) }),
        returned: Some(Returned {
            reason: "thiếu lớp 5 tuổi".into(),
            at: at(13),
            by: principal.id,
            version: 1,
            settled_at: Some(at(11)),
        }),
    };
    session.put_standing(&standing).await.unwrap();
    let blank = Standing::blank(planned.id, silent.id);
    session.put_standing(&blank).await.unwrap();
    assert_eq!(session.standing(posted.id, school.id).await.unwrap().unwrap(), standing);
    assert_eq!(session.standing(planned.id, silent.id).await.unwrap().unwrap(), blank);
    assert_eq!(session.standings_of_task(posted.id).await.unwrap(), std::slice::from_ref(&standing));
    assert_eq!(session.standings_of(office.id, &[TaskState::Posted]).await.unwrap(), [standing]);
    assert_eq!(session.standings_of(office.id, &both).await.unwrap().len(), 2);
    assert_eq!(session.standings_of(other.id, &both).await.unwrap(), []);
    session.commit().await.unwrap();

    let mut session = sample.store.begin_for(office.id).await.unwrap();
    let same = Submission { id: sample.id(), ..first };
    session.insert_submission(&same).await.unwrap();
    assert!(matches!(session.commit().await, Err(StoreError::Duplicate(_))));
}

#[tokio::test]
async fn keys_files_names_and_forms_are_kept() {
    let sample = Sample::new().await;
    let (office, other) = (sample.office("Phòng").await, sample.office("Phòng khác").await);
    let mut session = sample.store.begin_for(office.id).await.unwrap();
    let (school, second) = (sample.school(&office, 1), sample.school(&office, 2));
    session.insert_school(&school).await.unwrap();
    session.insert_school(&second).await.unwrap();

    assert_eq!(session.secret("links").await.unwrap(), None);
    assert_eq!(session.keep_secret("links", "first").await.unwrap(), "first");
    assert_eq!(session.keep_secret("links", "second").await.unwrap(), "first", "made once");
    assert_eq!(session.secret("links").await.unwrap().as_deref(), Some("first"));

    session.keep_file(office.id, "kept:1", b"\0bytes\xff").await.unwrap();
    assert_eq!(session.kept_file("kept:1").await.unwrap().unwrap(), b"\0bytes\xff");
    assert!(session.drop_file("kept:1").await.unwrap());
    assert!(!session.drop_file("kept:1").await.unwrap());
    assert_eq!(session.kept_file("kept:1").await.unwrap(), None);
    for name in ["sent:1", "sent:2", "kept:3"] {
        session.keep_file(office.id, name, b"x").await.unwrap();
    }
    assert_eq!(session.drop_files("sent:", "sent:2").await.unwrap(), 1, "before the second");
    assert!(session.drop_file("sent:2").await.unwrap() && session.drop_file("kept:3").await.unwrap());

    session.put_sender_name(office.id, "lan hoa mai", school.id).await.unwrap();
    session.put_sender_name(office.id, "lan hoa mai", second.id).await.unwrap();
    let names = session.sender_names(office.id).await.unwrap();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), [("lan hoa mai".to_owned(), second.id)]);
    assert!(session.sender_names(other.id).await.unwrap().is_empty());

    let task = sample.task(&office, 1, TaskState::Posted);
    session.insert_task(&task).await.unwrap();
    assert_eq!(session.template_layout(task.id, 0).await.unwrap(), None);
    assert_eq!(session.template_bytes(task.id, 0).await.unwrap(), None);
    session.put_template(task.id, 0, &serde_json::json!({ "sheet": "A" }), b"old").await.unwrap();
    session.put_template(task.id, 0, &serde_json::json!({ "sheet": "B" }), b"\0new").await.unwrap();
    session.put_template(task.id, 1, &serde_json::json!({ "sheet": "C" }), b"next").await.unwrap();
    let layout = session.template_layout(task.id, 0).await.unwrap();
    assert_eq!(layout, Some(serde_json::json!({ "sheet": "B" })));
    assert_eq!(session.template_bytes(task.id, 0).await.unwrap().unwrap(), b"\0new");
    assert_eq!(session.template_bytes(task.id, 1).await.unwrap().unwrap(), b"next");
    session.commit().await.unwrap();
}

#[tokio::test]
async fn a_question_waits_for_one_answer_beside_those_about_other_things() {
    let sample = Sample::new().await;
    let office = sample.office("Phòng").await;
    let mut session = sample.store.begin_for(office.id).await.unwrap();
    let question = Question {
        id: sample.id(),
        office: Some(office.id),
        chat: chat("telegram", "-100"),
        user: user("telegram", "u"),
        asked_at: at(0),
        expires_at: at(60),
        body: serde_json::json!({ "which_task": ["V1", "V2"] }),
        carried: serde_json::json!([{ "file": "f1" }]),
        subject: "values/V1/MN1".into(),
    };
    let newer = Question { id: sample.id(), ..question.clone() };
    let other =
        Question { id: sample.id(), asked_at: at(1), subject: "values/V2/MN1".into(), ..question.clone() };
    session.put_question(&question).await.unwrap();
    session.put_question(&newer).await.unwrap();
    session.put_question(&other).await.unwrap();
    assert_eq!(session.question(question.id).await.unwrap(), None, "replaced");
    assert_eq!(session.question(newer.id).await.unwrap().unwrap(), newer);
    let (user, chat) = (&newer.user, &newer.chat);
    assert_eq!(session.questions_for(user, chat, at(61)).await.unwrap(), [], "expired");
    assert_eq!(session.questions_for(user, chat, at(60)).await.unwrap(), [other.clone(), newer.clone()]);
    session.close_questions_about(office.id, &newer.subject).await.unwrap();
    assert_eq!(session.questions_for(user, chat, at(60)).await.unwrap(), std::slice::from_ref(&other));
    assert!(session.close_question(other.id).await.unwrap());
    session.put_question(&question).await.unwrap();
    assert!(session.close_question(question.id).await.unwrap());
    assert!(!session.close_question(question.id).await.unwrap());
    session.put_question(&question).await.unwrap();
    assert_eq!(session.forget_questions(at(60)).await.unwrap(), 0);
    assert_eq!(session.forget_questions(at(61)).await.unwrap(), 1);
    session.commit().await.unwrap();
}
