use super::*;
use crate::domain::{Form, Id, Place, Source, TaskState, Urgency};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn doubt(choices: Vec<Choice>) -> Doubt {
    Doubt {
        place: Some(Place::Line { line: 7 }),
        kind: DoubtKind::Reading { key: "doubt-row-joined".into(), values: vec![] },
        choices,
    }
}

fn task(due: Vec<Due>, doubts: Vec<Doubt>) -> Task {
    let id = uuid::Uuid::nil();
    Task {
        id: Id::new(id),
        office: Id::new(id),
        schedule: None,
        directive: None,
        code: 1,
        text: "Cân đo lần 1".into(),
        months: vec![],
        scope: Scope::All,
        requires: Requires::Confirmation,
        due,
        form: Form::default(),
        urgency: Urgency::Normal,
        state: TaskState::Draft,
        posted_at: None,
        sources: vec![Source { directive: None, place: Place::Line { line: 7 }, quote: "Cân đo".into() }],
        doubts,
        moved: None,
    }
}

fn dates(task: &Task) -> Vec<NaiveDate> {
    task.due.iter().map(|d| d.date).collect()
}

fn three() -> Vec<Due> {
    [1, 2, 3].map(|d| Due::before(day(10, d), None)).to_vec()
}

#[test]
fn a_choice_that_is_taken_settles_its_doubt_and_no_other() {
    let other = doubt(vec![Choice::Scope(Scope::Kinds(vec![]))]);
    let mut task = task(three(), vec![doubt(vec![Choice::Date { due: 1, date: day(11, 5) }]), other.clone()]);
    assert!(!task.take(0, 1) && !task.take(2, 0), "there is no such choice");
    assert!(task.take(0, 0));
    assert_eq!(dates(&task), [day(10, 1), day(11, 5), day(10, 3)]);
    assert_eq!(task.doubts, [other]);
}

#[test]
fn as_read_is_a_choice_too() {
    let mut task = task(three(), vec![doubt(vec![Choice::NoDate { due: 0 }]), doubt(vec![])]);
    assert!(task.keep(0) && task.keep(0) && !task.keep(0));
    assert_eq!(dates(&task).len(), 3);
    assert!(task.doubts.is_empty());
}

#[test]
fn when_a_date_goes_the_places_of_the_others_follow() {
    let doubts = vec![
        doubt(vec![Choice::NoDate { due: 0 }]),
        doubt(vec![Choice::Date { due: 0, date: day(12, 1) }]),
        doubt(vec![Choice::NoDate { due: 0 }, Choice::Drop]),
        doubt(vec![Choice::Role { due: 2, role: DueRole::Event }]),
        doubt(vec![]),
    ];
    let mut task = task(three(), doubts);
    assert!(task.take(0, 0));
    assert_eq!(dates(&task), [day(10, 2), day(10, 3)]);
    let left: Vec<Vec<Choice>> = task.doubts.iter().map(|d| d.choices.clone()).collect();
    let event = Choice::Role { due: 1, role: DueRole::Event };
    assert_eq!(left, [vec![Choice::Drop], vec![event], vec![]], "a doubt about the date alone went with it");
    assert!(task.take(1, 0));
    assert_eq!(task.due[1].role, DueRole::Event);
}

#[test]
fn a_choice_without_its_date_changes_nothing() {
    let mut task = task(three(), vec![]);
    for choice in [
        Choice::NoDate { due: 3 },
        Choice::Date { due: 9, date: day(12, 1) },
        Choice::Role { due: 3, role: DueRole::Event },
    ] {
        task.choose(&choice);
    }
    assert_eq!(task.due, three());
}

#[test]
fn whatever_else_is_chosen_is_what_the_task_is() {
    let mut task = task(vec![Due { from: Some(day(10, 8)), ..Due::before(day(10, 9), None) }], vec![]);
    task.choose(&Choice::Date { due: 0, date: day(10, 7) });
    assert_eq!((task.due[0].from, task.due[0].date), (None, day(10, 7)), "no range ends before it begins");
    task.choose(&Choice::AddDate(Due::before(day(11, 1), None)));
    task.choose(&Choice::Months(vec![Month::of(day(11, 1))]));
    task.choose(&Choice::Requires(Requires::Submission));
    task.choose(&Choice::Scope(Scope::Wards(vec!["Tân An".into()])));
    assert_eq!(dates(&task), [day(10, 7), day(11, 1)]);
    assert_eq!(task.months, [Month::of(day(11, 1))]);
    assert_eq!(task.requires, Requires::Submission);
    assert_eq!(task.scope, Scope::Wards(vec!["Tân An".into()]));
}

#[test]
fn merged_tasks_keep_both_sources_and_each_date_once() {
    let mut kept = task(three(), vec![]);
    let own = vec![
        Due { quote: "trước 3/10".into(), ..Due::before(day(10, 3), None) },
        Due::before(day(10, 9), None),
    ];
    let choices = vec![Choice::NoDate { due: 0 }, Choice::Date { due: 1, date: day(10, 10) }];
    let mut other = task(own, vec![doubt(choices)]);
    other.requires = Requires::Submission;
    other.months = vec![Month::of(day(10, 1))];
    kept.merge(other.clone(), MergedDue::Both);
    assert_eq!(dates(&kept), [day(10, 1), day(10, 2), day(10, 3), day(10, 9)]);
    assert_eq!(kept.sources.len(), 2);
    assert_eq!((kept.requires, kept.months.len()), (Requires::Submission, 1));
    let follows = vec![Choice::NoDate { due: 2 }, Choice::Date { due: 3, date: day(10, 10) }];
    assert_eq!(kept.doubts[0].choices, follows);
}

#[test]
fn what_the_schools_know_is_not_changed_by_merging() {
    let mut out = Task { state: TaskState::Posted, ..task(three(), vec![]) };
    let before = out.clone();
    out.merge(task(vec![Due::before(day(12, 1), None)], vec![doubt(vec![])]), MergedDue::New);
    assert_eq!(out.sources.len(), 2);
    assert_eq!(Task { sources: before.sources.clone(), ..out }, before);
}

#[test]
fn a_person_says_whose_deadline_holds_when_two_tasks_become_one() {
    let old = || task(vec![Due::before(day(10, 20), None)], vec![doubt(vec![Choice::NoDate { due: 0 }])]);
    let new = || task(vec![Due::before(day(10, 17), None)], vec![doubt(vec![Choice::NoDate { due: 0 }])]);
    assert!(old().names_other_deadlines(&new()));
    assert!(!old().names_other_deadlines(&old()));
    assert!(!old().names_other_deadlines(&task(vec![], vec![])));
    for (whose, days, open) in [
        (MergedDue::New, vec![day(10, 17)], 1),
        (MergedDue::Old, vec![day(10, 20)], 1),
        (MergedDue::Both, vec![day(10, 20), day(10, 17)], 2),
    ] {
        let mut kept = old();
        kept.merge(new(), whose);
        assert_eq!((dates(&kept), kept.doubts.len()), (days, open), "{whose:?}");
    }
}
