//! A form in one line: `tổng trẻ, cân đo <= tổng trẻ, tỷ lệ (%), minh chứng (link, không bắt buộc), nữ = nữ NT + nữ MG`.

use super::notes;
use super::rule::{Meaning, comparison_in, is_rule, rule};
use crate::domain::{Check, CommandProblem, Field, FieldKind, Form, Sign};
use crate::vietnamese::{fold, fold_words};

/// The most fields of a form; the yearly statistics of a school have some sixty.
pub(super) const MOST_FIELDS: usize = 120;

/// The form that a line describes.
///
/// # Errors
/// With the part that cannot be read.
pub fn form(text: &str) -> Result<Form, CommandProblem> {
    let form = form_of(parts(text))?;
    if form.is_empty() { Err(bad(text)) } else { Ok(form) }
}

/// The form that these fields and rules make.
pub(super) fn form_of<'t>(parts: impl Iterator<Item = &'t str>) -> Result<Form, CommandProblem> {
    let mut form = Form::default();
    let mut rules: Vec<String> = Vec::new();
    for part in parts {
        if is_rule(&form, part) {
            rules.push(part.to_owned());
            continue;
        }
        let (head, relation) = match comparison_in(part) {
            Some((at, _)) => part.split_at(at),
            None => match worded_relation(part) {
                Some(at) => part.split_at(at),
                None => (part, ""),
            },
        };
        let field = field(head, part)?;
        if form.field(&field.key).is_some() || form.fields.len() >= MOST_FIELDS {
            return Err(bad(part));
        }
        if !relation.is_empty() {
            rules.push(format!("{} {}", field.label, without_notes(relation)));
        }
        form.fields.push(field);
    }
    for text in rules {
        add(&mut form, &text)?;
    }
    Ok(form)
}

/// Adds a rule to a form.
pub(super) fn add(form: &mut Form, text: &str) -> Result<(), CommandProblem> {
    for meaning in rule(form, text)? {
        match meaning {
            Meaning::Check(check) if form.checks.contains(&check) => {}
            Meaning::Check(check) => form.checks.push(check),
            Meaning::Bound { key, sign, limit } => bound(form, &key, sign, limit),
        }
    }
    Ok(())
}

/// A limit of one field. A figure is kept in hundredths for a percentage and whole otherwise.
fn bound(form: &mut Form, key: &str, sign: Sign, hundredths: i64) {
    let Some(field) = form.fields.iter_mut().find(|f| f.key == key) else { return };
    let one = field.measure().one;
    let down = |n: i64| n.saturating_mul(one).div_euclid(100);
    let up = |n: i64| down(n) + i64::from(n.saturating_mul(one).rem_euclid(100) > 0);
    match sign {
        Sign::AtMost => field.max = Some(down(hundredths)),
        Sign::Less => field.max = Some(up(hundredths) - 1),
        Sign::AtLeast => field.min = Some(up(hundredths)),
        Sign::More => field.min = Some(down(hundredths) + 1),
        Sign::Equal => (field.min, field.max) = (Some(up(hundredths)), Some(down(hundredths))),
        Sign::Differs => {}
    }
}

/// Where a comparison in words begins behind the name of a new field: "cân đo không quá tổng số trẻ".
fn worded_relation(part: &str) -> Option<usize> {
    const WORDS: [&str; 6] =
        ["không quá", "khong qua", "không vượt quá", "khong vuot qua", "không lớn hơn", "khong lon hon"];
    // A limit in brackets is a note.
    let end = part.find('(').unwrap_or(part.len());
    WORDS.iter().filter_map(|w| part[..end].find(w)).min().filter(|at| *at > 0)
}

/// A relation without the notes behind it: "<= tổng trẻ (trẻ)".
fn without_notes(relation: &str) -> String {
    match relation.rsplit_once('(') {
        Some((head, inside))
            if !inside.contains(['+', '*']) && !head.trim_end().ends_with(['*', '/', '+', '-', '=']) =>
        {
            head.trim().to_owned()
        }
        _ => relation.trim().to_owned(),
    }
}

/// Cuts at commas, semicolons and ends of lines outside of brackets.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    text.split(move |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth <= 0 && matches!(c, ',' | ';' | '\n')
    })
    .map(|part| part.trim().trim_end_matches('.').trim())
    .filter(|part| !part.is_empty())
}

/// What stands between commas; that of "0,5" parts nothing.
fn notes_in(inside: &str) -> Vec<&str> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let cuts = inside
        .match_indices(',')
        .map(|(at, _)| at)
        .filter(|at| !(digit(inside[..*at].chars().next_back()) && digit(inside[at + 1..].chars().next())));
    let (mut notes, mut from) = (Vec::new(), 0);
    for at in cuts {
        notes.push(&inside[from..at]);
        from = at + 1;
    }
    notes.push(&inside[from..]);
    notes
}

fn field(head: &str, part: &str) -> Result<Field, CommandProblem> {
    let mut label = String::new();
    let mut noted: Vec<&str> = Vec::new();
    // Notes may stand behind the relation too: "cân đo <= tổng trẻ (trẻ)".
    for piece in [head, part.strip_prefix(head).unwrap_or_default()] {
        let mut rest = piece;
        while let Some((before, behind)) = rest.split_once('(') {
            let (inside, after) = behind.split_once(')').ok_or_else(|| bad(part))?;
            if piece == head {
                label.push_str(before);
            }
            noted.extend(notes_in(inside));
            rest = after;
        }
        if piece == head {
            label.push_str(rest);
        }
    }
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let label = label.trim_matches(['-', ':', '.', ' ']).to_owned();
    let key = key_of(&label);
    if !label.chars().any(char::is_alphabetic) || label.chars().count() > 60 {
        return Err(bad(part));
    }
    let kind = kind_of_label(&label);
    let mut field = Field::new(key, label, kind);
    field.enrolment = kind == FieldKind::Count && is_enrolment(&field.label);
    // Limits are said in the unit, wherever it stands.
    let (limits, others): (Vec<&str>, Vec<&str>) =
        noted.iter().map(|n| n.trim()).partition(|n| notes::is_limit(n));
    for note in others.into_iter().chain(limits) {
        notes::take(&mut field, note);
    }
    if field.kind == FieldKind::Choice && field.options.len() < 2 {
        return Err(bad(part));
    }
    Ok(field)
}

/// The fields that the headings of a workbook ask for, in their order. A heading may carry notes like a field in chat: "Số trẻ
/// (trẻ, không bắt buộc)".
#[must_use]
pub fn form_of_headings<'h>(headings: impl Iterator<Item = Heading<'h>>) -> Form {
    let mut form = Form::default();
    for heading in headings {
        let label = heading.label.split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = label.chars().take(LONGEST_LABEL).collect();
        // Brackets that are no notes ("trẻ 5 tuổi (24-36 tháng") belong to the name.
        let mut field = field(&label, &label)
            .unwrap_or_else(|_| Field::new(key_of(&short), short.trim(), kind_of_label(&label)));
        if field.label.chars().count() > LONGEST_LABEL || !field.label.chars().any(char::is_alphabetic) {
            field = Field::new(key_of(&short), short.trim(), kind_of_label(&label));
        }
        if field.kind == FieldKind::Text {
            field.required = false;
        }
        // Neither files nor links go into a cell of a table.
        if matches!(field.kind, FieldKind::File | FieldKind::Photo) {
            (field.kind, field.required) = (FieldKind::Text, false);
        }
        match (heading.percent, heading.date) {
            (true, _) => field.kind = FieldKind::Percent,
            (_, true) => field.kind = FieldKind::Date,
            _ => {}
        }
        if !heading.unit.is_empty() && field.unit.is_empty() {
            notes::take(&mut field, heading.unit);
        }
        let free = |key: &String| !key.is_empty() && form.field(key).is_none();
        let keys = std::iter::once(field.key.clone()).chain((2..).map(|n| format!("{}_{n}", field.key)));
        field.key = keys.into_iter().find(free).unwrap_or_default();
        form.fields.push(field);
    }
    form.checks = proposed(&form);
    form
}

/// The checks that headings suggest: a rate beside the two counts of which it is one, and that the part is no more than the whole.
/// A person sees them before the form is used.
fn proposed(form: &Form) -> Vec<Check> {
    let counts: Vec<&Field> = form.fields.iter().filter(|f| f.kind == FieldKind::Count).collect();
    let whole = |field: &&&Field| {
        let name = fold_words(&field.label);
        TOTALS.contains(&name.as_str()) || name.starts_with("tong so ") || name == "tong"
    };
    let mut totals = counts.iter().filter(whole);
    let total = totals.next().filter(|_| totals.next().is_none());
    let mut rates = form.fields.iter().enumerate().filter(|(_, f)| f.kind == FieldKind::Percent);
    let (rate, only) = (rates.next(), rates.next().is_none());
    let (Some(total), Some((at, rate)), true) = (total, rate, only) else { return vec![] };
    // "Tỷ lệ cân đo" names its part; "tỷ lệ" alone is of the count right before it.
    let named = fold_words(&rate.label).replace("ty le", "").replace("ti le", "");
    let part = match named.trim() {
        "" => form.fields[..at].last().filter(|f| f.kind == FieldKind::Count),
        name => counts.iter().copied().find(|f| fold_words(&f.label) == name),
    };
    let Some(part) = part.filter(|part| part.key != total.key) else { return vec![] };
    let (part, whole) = (part.key.clone(), total.key.clone());
    vec![
        Check::AtMost { field: part.clone(), of: whole.clone() },
        Check::Share { percent: rate.key.clone(), part, whole },
    ]
}

/// A form with more rules: `cân đo <= tổng số trẻ; tỷ lệ = cân đo / tổng số trẻ`.
///
/// # Errors
/// With the rule that cannot be read.
pub fn with_rules(form: &Form, text: &str) -> Result<Form, CommandProblem> {
    let mut form = form.clone();
    for rule in parts(text) {
        add(&mut form, rule)?;
    }
    Ok(form)
}

/// Names of the figure that the register has too, folded. A total of those that a task is about ("số trẻ") is none.
const TOTALS: [&str; 8] = [
    "tong so tre",
    "tong tre",
    "tong so chau",
    "tong so hoc sinh",
    "tong so tre toan truong",
    "tong so hoc sinh toan truong",
    "si so",
    "si so toan truong",
];

/// Whether a name says that a figure is of the whole school, as the register has it.
pub(super) fn is_enrolment(label: &str) -> bool {
    TOTALS.contains(&fold_words(label).as_str())
}

/// The longest name of a field, in characters.
pub(super) const LONGEST_LABEL: usize = 60;

/// A heading of a workbook, and what its cells say about what belongs there.
#[derive(Debug, Clone, Copy)]
pub struct Heading<'h> {
    /// Its words.
    pub label: &'h str,
    /// Its unit, where a column of its own tells; empty otherwise.
    pub unit: &'h str,
    /// Cells show a share as a percentage.
    pub percent: bool,
    /// Cells show a day.
    pub date: bool,
}

/// What a label alone says about its kind.
pub(super) fn kind_of_label(label: &str) -> FieldKind {
    let folded = fold_words(label);
    let begins = |words: &[&str]| words.iter().any(|w| folded == *w || folded.starts_with(&format!("{w} ")));
    if begins(&["ty le", "ti le"]) || label.contains('%') {
        FieldKind::Percent
    } else if begins(&["dien tich", "can nang", "chieu cao", "diem trung binh", "diem binh quan"]) {
        FieldKind::Decimal
    } else if begins(&["link", "duong dan", "duong link"]) {
        FieldKind::Link
    } else if begins(&["anh", "hinh anh"]) {
        FieldKind::Photo
    } else if begins(&["tep", "file"]) {
        FieldKind::File
    } else if begins(&[
        "kinh phi",
        "so tien",
        "tong thu",
        "tong chi",
        "muc thu",
        "muc chi",
        "muc tien",
        "tien an",
        "nguyen gia",
        "phai thu",
        "da thu",
        "con no",
        "thiet hai",
        "uoc thiet hai",
    ]) {
        FieldKind::Money
    } else if begins(&["ghi chu", "ly do", "noi dung", "ho ten", "ten"]) {
        FieldKind::Text
    } else {
        FieldKind::Count
    }
}

/// A folded name as the key of a field: `tổng trẻ` is `tong_tre`.
pub(in crate::understand) fn key_of(label: &str) -> String {
    fold_words(&fold(label)).replace(' ', "_")
}

fn bad(given: &str) -> CommandProblem {
    CommandProblem::BadForm { given: given.trim().to_owned() }
}

/// The form that the title of a task names behind a colon: "Cân đo lần 1: tổng số trẻ, nhẹ cân". None when what stands there
/// is no list of things to give.
#[must_use]
pub fn form_in_title(title: &str) -> Option<Form> {
    let (_, list) = title.rsplit_once(':')?;
    let short = |label: &str| label.split_whitespace().count() <= 7 && !label.contains(char::is_numeric);
    // "Đã tiêm" beside "chưa tiêm" counts those who are; "đã nộp bản giấy" is a deed.
    let deeds =
        ["xác nhận", "gửi", "nộp", "đã nộp", "đã gửi", "đã nhận", "đã đọc", "đã triển khai", "đã hoàn"];
    let alone = !list.contains([',', ';']);
    let thing = |label: &str| {
        let label = label.to_lowercase();
        !(deeds.iter().any(|deed| label.starts_with(deed)) || alone && label.starts_with("đã "))
    };
    let fits = |label: &str| thing(label) && (short(label) || label.contains("tuổi"));
    form(list).ok().filter(|form| form.fields.iter().all(|f| fits(&f.label)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_a_form() {
        let form = form(
            "tổng số trẻ (trẻ), cân đo <= tổng trẻ, nhẹ cân ≤ cân đo (trẻ), tỷ lệ ra lớp, kinh phí (đồng, không bắt buộc), \
             link minh chứng (link); ảnh (ảnh), ghi chú (chữ, nếu có), nữ, nam, cộng = nữ + nam",
        )
        .unwrap();
        let shown: Vec<String> = form
            .fields
            .iter()
            .map(|f| format!("{} {:?}{}{}", f.key, f.kind, if f.required { "" } else { "?" }, f.unit))
            .collect();
        assert_eq!(
            shown,
            [
                "tong_so_tre Counttrẻ",
                "can_do Count",
                "nhe_can Counttrẻ",
                "ty_le_ra_lop Percent",
                "kinh_phi Money?",
                "link_minh_chung Link",
                "anh Photo",
                "ghi_chu Text?",
                "nu Count",
                "nam Count",
                "cong Count",
            ]
        );
        assert_eq!(form.fields[1].label, "cân đo");
        let at_most = |field: &str, of: &str| Check::AtMost { field: field.into(), of: of.into() };
        assert_eq!(form.checks[..2], [at_most("can_do", "tong_so_tre"), at_most("nhe_can", "can_do")]);
        assert_eq!(
            form.checks[2],
            Check::SumsTo { parts: vec!["nu".into(), "nam".into()], total: "cong".into() }
        );
    }

    #[test]
    fn limits_choices_and_rules_stand_in_the_line() {
        let form = form(
            "tổng số trẻ (trẻ, ít nhất 1, so với sổ trường, ví dụ 320), nhẹ cân (viết tắt nc), thấp còi, tỷ lệ (từ 50 đến 100), \
             xếp loại (chọn: tốt / khá / đạt), số lớp >= 1, nhẹ cân + thấp còi <= tổng số trẻ, \
             nếu nhẹ cân > 0 thì xếp loại, trẻ học hai buổi không quá tổng số trẻ",
        )
        .unwrap();
        let field = |key: &str| form.field(key).unwrap();
        assert_eq!((field("tong_so_tre").min, field("tong_so_tre").enrolment), (Some(1), true));
        assert_eq!(
            (field("tong_so_tre").example.as_str(), field("tong_so_tre").unit.as_str()),
            ("320", "trẻ")
        );
        assert_eq!(field("nhe_can").aliases, ["nc"]);
        assert_eq!((field("ty_le").min, field("ty_le").max), (Some(5_000), Some(10_000)));
        assert_eq!(field("xep_loai").options, ["tốt", "khá", "đạt"]);
        assert_eq!(field("so_lop").min, Some(1));
        assert_eq!(form.fields.len(), 7);
        assert!(matches!(&form.checks[0], Check::Holds(rule) if rule.left.text() == "{nhe_can}+{thap_coi}"));
        assert!(matches!(&form.checks[1], Check::Needed { field, .. } if field == "xep_loai"));
        assert!(matches!(&form.checks[2], Check::AtMost { field, .. } if field == "tre_hoc_hai_buoi"));
    }

    #[test]
    fn a_rate_beside_two_counts_proposes_its_checks() {
        let checks = |labels: &[&str]| {
            let heading = |label| Heading { label, unit: "", percent: false, date: false };
            form_of_headings(labels.iter().map(|label| heading(label))).checks
        };
        let share = |part: &str| {
            let (part, whole) = (part.to_owned(), "tong_so_tre".to_owned());
            Check::Share { percent: "ty_le".into(), part, whole }
        };
        assert_eq!(checks(&["Tổng số trẻ", "Cân đo", "Tỷ lệ (%)"])[1..], [share("can_do")]);
        assert!(checks(&["Tổng số trẻ", "Cân đo"]).is_empty());
        assert!(checks(&["Nữ", "Cân đo", "Tỷ lệ"]).is_empty(), "nothing tells the whole");
        assert_eq!(checks(&["Tổng số trẻ", "Cân đo", "Nhẹ cân", "Tỷ lệ cân đo"]).len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_given_back() {
        for (text, part) in [
            ("", ""),
            ("tổng, tổng", "tổng"),
            ("tổng, 12", "12"),
            ("tổng (trẻ", "tổng (trẻ"),
            ("xếp loại (chọn: đạt)", "xếp loại (chọn: đạt)"),
        ] {
            assert_eq!(form(text), Err(CommandProblem::BadForm { given: part.into() }), "{text}");
        }
    }
}
