//! The rows of a page → a form: the same names, notes and rules as in a line of chat, with each fault at its row.

use super::line::{LONGEST_LABEL, MOST_FIELDS, add, is_enrolment, key_of, kind_of_label};
use super::notes;
use crate::domain::{Field, FieldKind, Form, TypedFault, TypedField, TypedProblem, money_unit};
use crate::understand::entry::amount;
use crate::vietnamese::fold_words;

/// The form that rows and rules make, one rule a line. `before` is the form that they change: its fields keep their keys, also
/// under another name, and the name that schools know stays as another word for it.
///
/// # Errors
/// With everything that is wrong, each at its row.
pub fn form_of_typed(rows: &[TypedField], rules: &str, before: &Form) -> Result<Form, Vec<TypedFault>> {
    let mut form = Form { template: before.template.clone(), ..Form::default() };
    let mut faults: Vec<TypedFault> = Vec::new();
    let kept = |row: &TypedField| before.field(&row.key).is_some();
    let kept_keys: Vec<&str> = rows.iter().filter(|r| kept(r)).map(|r| r.key.as_str()).collect();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_blank()) {
        let fault = |problem| TypedFault { row: Some(at), problem };
        if form.fields.len() >= MOST_FIELDS {
            faults.push(fault(TypedProblem::TooMany(MOST_FIELDS)));
            break;
        }
        match field(row, &mut faults, at) {
            Some(mut field) => {
                let named = |f: &Field| fold_words(&f.label) == fold_words(&field.label);
                if form.fields.iter().any(named) {
                    faults.push(fault(TypedProblem::Twice(field.label)));
                    continue;
                }
                let free =
                    |key: &String| !kept_keys.contains(&key.as_str()) && form.field(key.as_str()).is_none();
                let twice = form.field(&row.key).is_some();
                field.key = if kept(row) && !twice {
                    row.key.clone()
                } else {
                    let base = key_of(&field.label);
                    let numbered = (2..).map(|n| format!("{base}_{n}"));
                    std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or_default()
                };
                form.fields.push(field);
            }
            None => continue,
        }
    }
    keep_old_names(&mut form, before);
    if form.fields.is_empty() && faults.is_empty() {
        faults.push(TypedFault { row: None, problem: TypedProblem::NoFields });
    }
    // A rule about a field that is not understood yet says nothing new.
    if faults.is_empty() {
        for rule in rules.lines().map(str::trim).filter(|rule| !rule.is_empty()) {
            if let Err(problem) = add(&mut form, rule.trim_end_matches(['.', ';', ','])) {
                faults.push(TypedFault { row: None, problem: TypedProblem::Rule(problem) });
            }
        }
    }
    if faults.is_empty() { Ok(form) } else { Err(faults) }
}

/// What one row says; its faults go to the others.
fn field(row: &TypedField, faults: &mut Vec<TypedFault>, at: usize) -> Option<Field> {
    let mut fault = |problem| faults.push(TypedFault { row: Some(at), problem });
    let label = row.label.split_whitespace().collect::<Vec<_>>().join(" ");
    if label.is_empty() {
        fault(TypedProblem::NoName);
        return None;
    }
    let bad = label.chars().count() > LONGEST_LABEL || !label.chars().any(char::is_alphabetic);
    if bad || key_of(&label).is_empty() {
        fault(TypedProblem::BadName(label));
        return None;
    }
    let kind = row.kind.unwrap_or_else(|| match split(&row.options).len() {
        0 => kind_of_label(&label),
        _ => FieldKind::Choice,
    });
    let mut field = Field::new(String::new(), label.clone(), kind);
    field.required = row.required;
    // By its name where nothing else was said, as in chat.
    field.enrolment = kind == FieldKind::Count
        && (row.enrolment || row.kind.is_none() && row.key.is_empty() && is_enrolment(&label));
    field.unit = words(&row.unit);
    field.example = words(&row.example);
    field.help = words(&row.help);
    field.aliases = split(&row.aliases);
    if kind == FieldKind::Choice {
        field.options = split(&row.options);
        if field.options.len() < 2 {
            fault(TypedProblem::FewOptions(label.clone()));
        }
    }
    // The unit says what figures are written in; the kind is the row's own where it says one.
    if row.kind.is_none() || money_unit(&field.unit).is_some() {
        notes::by_unit(&mut field);
    }
    let bare = field.clone();
    if field.kind.is_figure() {
        for (given, limit) in [(&row.min, &mut field.min), (&row.max, &mut field.max)] {
            let given = given.trim();
            if given.is_empty() {
                continue;
            }
            match amount(given).and_then(|a| notes::limit(&bare, &a)) {
                Some(n) => *limit = Some(n),
                None => {
                    fault(TypedProblem::NoNumber { label: label.clone(), given: given.to_owned() });
                }
            }
        }
        if field.min.zip(field.max).is_some_and(|(min, max)| min > max) {
            fault(TypedProblem::Crossed(label));
        }
    }
    Some(field)
}

/// Schools go on typing the name that they know.
fn keep_old_names(form: &mut Form, before: &Form) {
    let names: Vec<String> = form.fields.iter().map(|f| fold_words(&f.label)).collect();
    for field in &mut form.fields {
        let Some(old) = before.field(&field.key) else { continue };
        let known = fold_words(&old.label);
        if !names.contains(&known) && !field.aliases.iter().any(|a| fold_words(a) == known) {
            field.aliases.push(old.label.clone());
        }
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn split(text: &str) -> Vec<String> {
    text.split(['/', '|', ';', '\n']).map(words).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Check, CommandProblem};

    fn row(label: &str) -> TypedField {
        TypedField { label: label.into(), required: true, ..TypedField::default() }
    }

    #[test]
    fn rows_become_the_form_that_the_same_line_would() {
        let rows = [
            TypedField {
                unit: "trẻ".into(), min: "1".into(), max: "1.500".into(), ..row("Tổng số trẻ")
            },
            TypedField::default(),
            TypedField { aliases: "nc / nhẹ".into(), ..row("nhẹ cân") },
            TypedField { min: "50".into(), max: "99,5%".into(), ..row("tỷ lệ  nhẹ cân") },
            TypedField { options: "tốt / khá\nđạt".into(), ..row("xếp loại") },
            TypedField { kind: Some(FieldKind::Date), required: false, ..row("ngày cân") },
        ];
        let rules =
            "nhẹ cân <= tổng số trẻ\n\ntỷ lệ nhẹ cân = nhẹ cân / tổng số trẻ.\nnếu nhẹ cân > 0 thì xếp loại";
        let form = form_of_typed(&rows, rules, &Form::default()).unwrap();
        let keys: Vec<&str> = form.fields.iter().map(|f| f.key.as_str()).collect();
        assert_eq!(keys, ["tong_so_tre", "nhe_can", "ty_le_nhe_can", "xep_loai", "ngay_can"]);
        assert!(form.fields[0].enrolment && form.fields[0].max == Some(1_500));
        assert_eq!(form.fields[1].aliases, ["nc", "nhẹ"]);
        assert_eq!((form.fields[2].min, form.fields[2].max), (Some(5_000), Some(9_950)));
        assert_eq!((form.fields[3].kind, form.fields[3].options.len()), (FieldKind::Choice, 3));
        assert!(matches!(form.checks[..], [Check::AtMost { .. }, Check::Share { .. }, Check::Needed { .. }]));
    }

    #[test]
    fn every_fault_is_told_at_its_row() {
        let rows = [
            TypedField { unit: "trẻ".into(), ..row("") },
            TypedField { max: "nhiều".into(), ..row("tổng") },
            TypedField { min: "9".into(), max: "3".into(), ..row("nữ") },
            TypedField { kind: Some(FieldKind::Choice), options: "tốt".into(), ..row("xếp loại") },
            row("TỔNG"),
            row("123"),
        ];
        let faults = form_of_typed(&rows, "", &Form::default()).unwrap_err();
        let told: Vec<(Option<usize>, String)> =
            faults.iter().map(|f| (f.row, format!("{:?}", f.problem).chars().take(8).collect())).collect();
        let wanted = ["NoName", "NoNumber", "Crossed(", "FewOptio", "Twice(\"T", "BadName("];
        let wanted: Vec<(Option<usize>, String)> =
            wanted.iter().enumerate().map(|(at, why)| (Some(at), (*why).to_owned())).collect();
        assert_eq!(told, wanted);
        let rules = "tổng + thấp còi <= 3\nnữ <= tổng";
        let faults = form_of_typed(&[row("tổng"), row("nữ")], rules, &Form::default()).unwrap_err();
        assert!(matches!(
            &faults[..],
            [TypedFault { row: None, problem: TypedProblem::Rule(CommandProblem::BadRule { .. }) }]
        ));
        assert!(form_of_typed(&[TypedField::default()], "", &Form::default()).is_err());
    }

    #[test]
    fn a_field_keeps_its_key_and_its_known_name_under_another() {
        let before = form_of_typed(&[row("tổng trẻ"), row("nữ")], "", &Form::default()).unwrap();
        let rows = [
            TypedField { key: "tong_tre".into(), ..row("tổng số trẻ em") },
            TypedField { key: "nu".into(), ..row("nữ") },
            row("tổng trẻ mới"),
            TypedField { key: "x y".into(), ..row("nam") },
        ];
        let form = form_of_typed(&rows, "nữ <= tổng trẻ", &before).unwrap();
        let keys: Vec<&str> = form.fields.iter().map(|f| f.key.as_str()).collect();
        assert_eq!(keys, ["tong_tre", "nu", "tong_tre_moi", "nam"]);
        assert_eq!(form.fields[0].aliases, ["tổng trẻ"]);
        assert_eq!(form.checks, [Check::AtMost { field: "nu".into(), of: "tong_tre".into() }]);
        let swapped = [
            TypedField { key: "tong_tre".into(), ..row("nữ") },
            TypedField { key: "nu".into(), ..row("tổng trẻ") },
        ];
        let form = form_of_typed(&swapped, "", &before).unwrap();
        assert!(form.fields.iter().all(|f| f.aliases.is_empty()), "{form:?}");
    }

    proptest::proptest! {
        #[test]
        fn nothing_typed_makes_it_panic(label in "\\PC{0,70}", limit in "\\PC{0,20}", rules in "\\PC{0,60}") {
            let row = TypedField { min: limit.clone(), max: limit, options: rules.clone(), ..row(&label) };
            let _ = form_of_typed(&[row], &rules, &Form::default());
        }
    }
}
