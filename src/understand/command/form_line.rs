//! A form in one line: `tổng trẻ, cân đo <= tổng trẻ, tỷ lệ (%), minh chứng (link, không bắt buộc), nữ = nữ NT + nữ MG`.

use super::args::key_of;
use crate::domain::{Check, CommandProblem, Field, FieldKind, Form};
use crate::vietnamese::{fold, fold_words};

/// The form that a line describes; the fault holds the part that cannot be read.
pub(super) fn form(text: &str) -> Result<Form, CommandProblem> {
    let mut form = Form::default();
    let mut relations: Vec<(String, Relation, String)> = Vec::new();
    for part in parts(text) {
        let (head, relation) = relation_in(part);
        let field = field(head, part)?;
        if form.field(&field.key).is_some() {
            return Err(bad(part));
        }
        if let Some((relation, other)) = relation {
            relations.push((field.key.clone(), relation, other.to_owned()));
        }
        form.fields.push(field);
    }
    if form.is_empty() {
        return Err(bad(text));
    }
    for (key, relation, other) in relations {
        let check = check(&form, key, relation, &other)?;
        form.checks.push(check);
    }
    Ok(form)
}

#[derive(Clone, Copy, PartialEq)]
enum Relation {
    AtMost,
    Sum,
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

fn relation_in(part: &str) -> (&str, Option<(Relation, &str)>) {
    for sign in ["<=", "=<", "≤", "không quá", "khong qua", "<"] {
        if let Some((head, other)) = part.split_once(sign) {
            return (head, Some((Relation::AtMost, other)));
        }
    }
    match part.split_once('=') {
        Some((head, other)) => (head, Some((Relation::Sum, other))),
        None => (part, None),
    }
}

fn field(head: &str, part: &str) -> Result<Field, CommandProblem> {
    let mut label = String::new();
    let mut notes: Vec<&str> = Vec::new();
    // Notes may stand behind the relation too: "cân đo <= tổng trẻ (trẻ)".
    for piece in [head, part.strip_prefix(head).unwrap_or_default()] {
        let mut rest = piece;
        while let Some((before, behind)) = rest.split_once('(') {
            let (inside, after) = behind.split_once(')').ok_or_else(|| bad(part))?;
            if piece == head {
                label.push_str(before);
            }
            notes.extend(inside.split(','));
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
    let mut field = Field {
        kind: kind_of_label(&label),
        key,
        label,
        aliases: Vec::new(),
        required: true,
        unit: String::new(),
        min: None,
        max: None,
    };
    for note in notes {
        take_note(&mut field, note.trim());
    }
    Ok(field)
}

fn take_note(field: &mut Field, note: &str) {
    let folded = fold(note);
    match folded.as_str() {
        "" | "bat buoc" => {}
        "khong bat buoc" | "neu co" | "tuy chon" | "tuy y" => field.required = false,
        "%" | "phan tram" => field.kind = FieldKind::Percent,
        "tien" | "dong" | "d" | "vnd" => field.kind = FieldKind::Money,
        "chu" | "van ban" | "loi" => field.kind = FieldKind::Text,
        "link" | "duong dan" | "duong link" => field.kind = FieldKind::Link,
        "tep" | "file" => field.kind = FieldKind::File,
        "anh" | "hinh" | "hinh anh" => field.kind = FieldKind::Photo,
        "ngay" => field.kind = FieldKind::Date,
        "so" => field.kind = FieldKind::Count,
        _ => note.clone_into(&mut field.unit),
    }
}

/// What a label alone says about its kind.
fn kind_of_label(label: &str) -> FieldKind {
    let folded = fold_words(label);
    let begins = |words: &[&str]| words.iter().any(|w| folded == *w || folded.starts_with(&format!("{w} ")));
    if begins(&["ty le", "ti le"]) || label.contains('%') {
        FieldKind::Percent
    } else if begins(&["link", "duong dan", "duong link"]) {
        FieldKind::Link
    } else if begins(&["anh", "hinh anh"]) {
        FieldKind::Photo
    } else if begins(&["tep", "file"]) {
        FieldKind::File
    } else if begins(&["kinh phi", "so tien", "tong thu", "tong chi"]) {
        FieldKind::Money
    } else if begins(&["ghi chu", "ly do", "noi dung", "ho ten", "ten"]) {
        FieldKind::Text
    } else {
        FieldKind::Count
    }
}

fn check(form: &Form, key: String, relation: Relation, other: &str) -> Result<Check, CommandProblem> {
    let other = other.split('(').next().unwrap_or_default();
    match relation {
        Relation::AtMost => {
            Ok(Check::AtMost { field: key, of: key_in(form, other).ok_or_else(|| bad(other))? })
        }
        Relation::Sum => {
            let parts = other
                .split('+')
                .map(|p| key_in(form, p).ok_or_else(|| bad(p)))
                .collect::<Result<Vec<_>, _>>()?;
            if parts.len() < 2 || parts.contains(&key) {
                return Err(bad(other));
            }
            Ok(Check::SumsTo { parts, total: key })
        }
    }
}

/// The field that a name in a relation means: by its whole label, else the only one that has all its words.
fn key_in(form: &Form, name: &str) -> Option<String> {
    let key = key_of(name.trim());
    if form.field(&key).is_some() {
        return Some(key);
    }
    let words: Vec<&str> = key.split('_').filter(|w| !w.is_empty()).collect();
    let mut fits = form
        .fields
        .iter()
        .filter(|f| !words.is_empty() && words.iter().all(|w| f.key.split('_').any(|k| k == *w)));
    let only = fits.next()?;
    fits.next().is_none().then(|| only.key.clone())
}

fn bad(given: &str) -> CommandProblem {
    CommandProblem::BadForm { given: given.trim().to_owned() }
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
    fn what_cannot_be_read_is_given_back() {
        for (text, part) in [
            ("", ""),
            ("tổng, tổng", "tổng"),
            ("tổng, 12", "12"),
            ("cân đo <= sĩ số", "sĩ số"),
            ("tổng (trẻ", "tổng (trẻ"),
            ("nữ, cộng = nữ", "nữ"),
        ] {
            assert_eq!(form(text), Err(CommandProblem::BadForm { given: part.into() }), "{text}");
        }
    }
}
