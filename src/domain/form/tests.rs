//! Forms: what contradicts, what is missing, what is odd, and what a changed form does to old answers.

use proptest::prelude::*;

use super::*;

fn count(key: &str) -> Field {
    Field::new(key, key, FieldKind::Count)
}

fn form(keys: &[&str], checks: Vec<Check>) -> Form {
    Form { fields: keys.iter().map(|k| count(k)).collect(), checks, ..Form::default() }
}

fn values(given: &[(&str, i64)]) -> Values {
    given.iter().map(|(k, n)| ((*k).to_owned(), Value::Figure(*n))).collect()
}

fn faults(form: &Form, given: &[(&str, i64)]) -> Vec<Fault> {
    form.faults(&values(given), &Beside::default())
}

fn rule(when: Option<&str>, left: &str, sign: Sign, right: &str) -> Check {
    let expression = |text: &str| Expression::new(text).unwrap();
    Check::Holds(Rule {
        said: format!("{left} {right}"),
        when: when.map(expression),
        left: expression(left),
        sign,
        right: expression(right),
    })
}

#[test]
fn parts_never_exceed_the_whole_and_gaps_come_last() {
    let form = form(&["tong", "can", "beo"], vec![Check::AtMost { field: "can".into(), of: "tong".into() }]);
    assert_eq!(
        faults(&form, &[("tong", 198), ("can", 205)]),
        [
            Fault::MoreThan { label: "can".into(), given: 205, of: "tong".into(), whole: 198 },
            Fault::Missing { label: "beo".into() },
        ]
    );
    assert!(faults(&form, &[("tong", 198), ("can", 198), ("beo", 0)]).is_empty());
}

#[test]
fn sums_are_checked_only_when_every_part_is_given() {
    let sum = Check::SumsTo { parts: vec!["a".into(), "b".into()], total: "ab".into() };
    let form = form(&["a", "b", "ab"], vec![sum]);
    assert!(matches!(
        faults(&form, &[("a", 1), ("b", 2), ("ab", 4)])[..],
        [Fault::SumDiffers { sum: 3, given: 4, .. }]
    ));
    assert!(matches!(faults(&form, &[("a", 1), ("ab", 4)])[..], [Fault::Missing { .. }]));
    let mut one_without = values(&[("a", 4), ("ab", 4)]);
    one_without.insert("b".into(), Value::NotApplicable);
    assert!(form.faults(&one_without, &Beside::default()).is_empty(), "what does not concern adds nothing");
}

#[test]
fn a_rule_holds_between_sums_under_its_condition() {
    let thin = rule(None, "{a}+{b}+{c}", Sign::AtMost, "{tong}");
    let form = form(&["a", "b", "c", "tong"], vec![thin, rule(Some("{a}>5"), "{b}", Sign::More, "0")]);
    assert!(faults(&form, &[("a", 5), ("b", 0), ("c", 3), ("tong", 8)]).is_empty());
    assert!(matches!(
        faults(&form, &[("a", 6), ("b", 0), ("c", 3), ("tong", 8)])[..],
        [
            Fault::Breaks { left: Some(900), right: Some(800), .. },
            Fault::Breaks { left: Some(0), right: Some(0), .. }
        ]
    ));
}

#[test]
fn a_rule_may_name_the_register_and_last_time() {
    let form = form(
        &["tong"],
        vec![
            rule(None, "{tong}", Sign::AtMost, "{register enrolment}"),
            rule(None, "{tong}", Sign::AtLeast, "{last tong}"),
        ],
    );
    let last = values(&[("tong", 300)]);
    let beside = Beside { last: Some(&last), enrolment: Some(330), ..Beside::default() };
    assert!(form.faults(&values(&[("tong", 330)]), &beside).is_empty());
    assert!(matches!(
        form.faults(&values(&[("tong", 331)]), &beside)[..],
        [Fault::Breaks { right: Some(33_000), .. }]
    ));
    assert!(matches!(
        form.faults(&values(&[("tong", 299)]), &beside)[..],
        [Fault::Breaks { right: Some(30_000), .. }]
    ));
    assert!(faults(&form, &[("tong", 9_999)]).is_empty(), "nothing to compare with is no fault");
}

#[test]
fn a_percentage_is_that_of_its_counts_as_far_as_it_was_said() {
    let mut form = form(
        &["co_mat", "tong", "ty_le"],
        vec![Check::Share { percent: "ty_le".into(), part: "co_mat".into(), whole: "tong".into() }],
    );
    form.fields[2].kind = FieldKind::Percent;
    let with = |percent| faults(&form, &[("co_mat", 221), ("tong", 227), ("ty_le", percent)]);
    for fits in [9_700, 9_730, 9_740, 9_735, 9_736] {
        assert!(with(fits).is_empty(), "{fits}");
    }
    for wrong in [9_600, 9_800, 9_720, 9_750, 9_734 - 1] {
        assert!(matches!(with(wrong)[..], [Fault::ShareDiffers { right: 9_736, .. }]), "{wrong}");
    }
}

#[test]
fn a_field_may_be_needed_only_sometimes_and_zero_is_an_answer() {
    let when = Expression::new("{ca}>0").unwrap();
    let mut form =
        form(&["ca", "benh"], vec![Check::Needed { field: "benh".into(), when, said: String::new() }]);
    form.fields[1] = Field { required: false, ..Field::new("benh", "benh", FieldKind::Text) };
    assert!(faults(&form, &[("ca", 0)]).is_empty());
    assert!(matches!(faults(&form, &[("ca", 2)])[..], [Fault::Missing { .. }]));
    assert!(!form.is_complete(&Values::new(), &Beside::default()), "no answer is not zero");
    let not_concerned = [("ca".to_owned(), Value::NotApplicable)].into_iter().collect();
    assert!(form.is_complete(&not_concerned, &Beside::default()));
}

#[test]
fn a_count_below_zero_and_a_word_not_offered_are_slips() {
    assert!(matches!(faults(&form(&["a"], vec![]), &[("a", -1)])[..], [Fault::TooSmall { .. }]));
    let choice = Field {
        options: vec!["đạt".into(), "chưa đạt".into()],
        ..Field::new("x", "x", FieldKind::Choice)
    };
    let form = Form { fields: vec![choice], ..Form::default() };
    let given = |word: &str| [("x".to_owned(), Value::Text(word.to_owned()))].into_iter().collect();
    assert!(form.faults(&given("đạt"), &Beside::default()).is_empty());
    assert!(matches!(form.faults(&given("khá"), &Beside::default())[..], [Fault::NotAnOption { .. }]));
}

#[test]
fn the_field_that_is_furthest_from_usual_is_suspected() {
    let form = form(&["tong", "can"], vec![Check::AtMost { field: "can".into(), of: "tong".into() }]);
    let given = values(&[("tong", 33), ("can", 330)]);
    let fault = form.faults(&given, &Beside::default()).remove(0);
    let suspect = |last: &[(&str, i64)]| {
        let last = values(last);
        let beside = Beside { last: Some(&last), enrolment: None, ..Beside::default() };
        form.suspects(&fault, &given, &beside).iter().map(|f| f.key.as_str()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(suspect(&[("tong", 337), ("can", 330)]), "tong");
    assert_eq!(suspect(&[("tong", 33), ("can", 30)]), "can");
    assert_eq!(suspect(&[]), "can", "the part, where nothing is known");
}

#[test]
fn of_a_sum_any_figure_may_be_wrong_and_all_are_named() {
    let sum = Check::SumsTo { parts: vec!["a".into(), "b".into()], total: "c".into() };
    let form = form(&["a", "b", "c"], vec![sum]);
    let given = values(&[("a", 1), ("b", 2), ("c", 4)]);
    let fault = form.faults(&given, &Beside::default()).remove(0);
    assert!(
        matches!(&fault, Fault::SumDiffers { parts, .. } if parts.len() == 2 && parts[1].given == Some(2))
    );
    assert_eq!(form.suspects(&fault, &given, &Beside::default()).len(), 3);
    let last = values(&[("a", 1), ("b", 20), ("c", 4)]);
    let beside = Beside { last: Some(&last), ..Beside::default() };
    assert_eq!(form.suspects(&fault, &given, &beside)[0].key, "b");
}

#[test]
fn slips_of_a_digit_and_jumps_are_odd_and_small_changes_are_not() {
    let mut form = form(&["tong", "lop"], vec![]);
    form.fields[0].enrolment = true;
    let last = values(&[("tong", 337), ("lop", 12)]);
    let odd = |tong, lop, enrolment| {
        let found = form.oddities(
            &values(&[("tong", tong), ("lop", lop)]),
            &Beside { last: Some(&last), enrolment, ..Beside::default() },
        );
        found.iter().map(|o| format!("{o:?}").split(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(odd(3370, 12, None), ["TenFold"]);
    assert_eq!(odd(33, 12, None), ["TenFold"]);
    assert_eq!(odd(520, 14, None), ["Jump"]);
    assert_eq!(odd(350, 3, None), [""; 0]);
    assert_eq!(odd(337, 13, Some(3370)), ["TenFold"]);
    assert_eq!(odd(337, 13, Some(500)), ["NotEnrolment"]);
    assert_eq!(odd(337, 13, Some(350)), [""; 0]);
}

#[test]
fn last_times_sheet_sent_again_is_odd_from_four_figures_on_and_from_two_with_a_large_one() {
    let keys = ["a", "b", "c", "d"];
    let given: Vec<(&str, i64)> = keys.iter().map(|k| (*k, 40)).collect();
    let last = values(&given);
    let beside = Beside { last: Some(&last), enrolment: None, ..Beside::default() };
    assert_eq!(form(&keys, vec![]).oddities(&last, &beside), [Oddity::SameAsLast { figures: 4 }]);
    let two = form(&keys[..2], vec![]);
    assert_eq!(two.oddities(&values(&given[..2]), &beside), [Oddity::SameAsLast { figures: 2 }]);
    assert!(form(&keys[..1], vec![]).oddities(&values(&given[..1]), &beside).is_empty());
    let small = values(&[("a", 4), ("b", 0), ("c", 1)]);
    let beside = Beside { last: Some(&small), enrolment: None, ..Beside::default() };
    assert!(form(&keys[..3], vec![]).oddities(&small, &beside).is_empty(), "small figures stay as they are");
}

#[test]
fn a_changed_form_does_not_read_old_figures_anew() {
    let old = form(&["tong", "ty_le", "cu"], vec![]);
    let mut new = form(&["tong", "ty_le"], vec![Check::AtMost { field: "ty_le".into(), of: "tong".into() }]);
    new.fields[1].kind = FieldKind::Percent;
    let new = new.after(&old);
    assert_eq!(new.version, 1);
    assert_eq!(new.fields[1].key, "ty_le_2", "what was a count is not taken for a percentage");
    assert_eq!(new.checks, [Check::AtMost { field: "ty_le_2".into(), of: "tong".into() }]);
    assert_eq!(new.former.iter().map(|f| f.key.as_str()).collect::<Vec<_>>(), ["ty_le", "cu"]);
}

proptest! {
    /// Whatever the figures are, checks end, and a total that is the sum is never called wrong.
    #[test]
    fn a_true_sum_is_never_a_fault(figures in proptest::collection::vec(0_i64..i64::MAX / 64, 2..12)) {
        let keys: Vec<String> = (0..figures.len()).map(|n| format!("p{n}")).collect();
        let mut names: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut given: Vec<(&str, i64)> = names.iter().copied().zip(figures.iter().copied()).collect();
        let total = figures.iter().sum::<i64>();
        names.push("tong");
        given.push(("tong", total));
        let all = keys.iter().map(|k| format!("{{{k}}}")).collect::<Vec<_>>().join("+");
        let checks = vec![Check::SumsTo { parts: keys.clone(), total: "tong".into() }, rule(None, &all, Sign::Equal, "{tong}")];
        let form = form(&names, checks);
        prop_assert!(faults(&form, &given).is_empty());
        given.last_mut().unwrap().1 = total - 1;
        prop_assert_eq!(faults(&form, &given).len(), 2);
    }

    #[test]
    fn no_figures_make_the_checks_panic(a: i64, b: i64, c: i64, last: i64, enrolment: i64) {
        let mut form = form(&["a", "b", "c"], vec![
            Check::Share { percent: "c".into(), part: "a".into(), whole: "b".into() },
            rule(Some("{a}/{b}>1"), "{a}*{b}*{c}", Sign::Equal, "{last a}-{register enrolment}"),
        ]);
        form.fields[0].enrolment = true;
        form.fields[2].kind = FieldKind::Percent;
        let last = values(&[("a", last), ("b", last), ("c", last)]);
        let beside = Beside { last: Some(&last), enrolment: Some(enrolment), ..Beside::default() };
        let given = values(&[("a", a), ("b", b), ("c", c)]);
        let faults = form.faults(&given, &beside);
        let _ = form.oddities(&given, &beside);
        for fault in &faults {
            let _ = form.suspects(fault, &given, &beside);
        }
    }
}

#[test]
fn a_digit_more_than_the_version_before_is_odd_where_nothing_else_is_known() {
    let form =
        Form { fields: vec![Field::new("tong", "tổng số trẻ", FieldKind::Count)], ..Form::default() };
    let (before, now) = (values(&[("tong", 120)]), values(&[("tong", 1_200)]));
    let beside = Beside { before: Some(&before), ..Beside::default() };
    assert!(matches!(form.oddities(&now, &beside)[..], [Oddity::TenFold { given: 1_200, usual: 120, .. }]));
    assert!(form.oddities(&values(&[("tong", 125)]), &beside).is_empty());
    // Last time tells more than a slip of a minute ago.
    let last = values(&[("tong", 1_210)]);
    assert!(form.oddities(&now, &Beside { last: Some(&last), ..beside }).is_empty());
}

#[test]
fn a_choice_and_a_day_take_part_in_rules() {
    let expression = |text: &str| Expression::new(text.to_owned()).unwrap();
    let choice = Field {
        options: vec!["tốt".into(), "đạt".into()],
        ..Field::new("xep_loai", "xếp loại", FieldKind::Choice)
    };
    let reason = Field { required: false, ..Field::new("ly_do", "lý do", FieldKind::Text) };
    let (first, last) =
        (Field::new("dau", "ngày đầu", FieldKind::Date), Field::new("cuoi", "ngày cuối", FieldKind::Date));
    let needed = Check::Needed {
        field: "ly_do".into(),
        when: expression("{xep_loai}=2"),
        said: "nếu xếp loại = đạt thì lý do".into(),
    };
    let order = Check::Holds(Rule {
        said: "ngày đầu <= ngày cuối".into(),
        when: None,
        left: expression("{dau}"),
        sign: Sign::AtMost,
        right: expression("{cuoi}"),
    });
    let form =
        Form { fields: vec![choice, reason, first, last], checks: vec![needed, order], ..Form::default() };
    let day = |d| Value::Date(NaiveDate::from_ymd_opt(2026, 10, d).unwrap());
    let given = |option: &str, from, to| {
        Values::from([
            ("xep_loai".into(), Value::Text(option.into())),
            ("dau".into(), day(from)),
            ("cuoi".into(), day(to)),
        ])
    };
    let beside = Beside::default();
    assert_eq!(form.faults(&given("tốt", 1, 2), &beside), []);
    assert_eq!(form.faults(&given("đạt", 2, 2), &beside), [Fault::Missing { label: "lý do".into() }]);
    assert!(matches!(
        &form.faults(&given("tốt", 3, 2), &beside)[..],
        [Fault::Breaks { left: None, right: None, terms, .. }] if terms.len() == 2
    ));
}
