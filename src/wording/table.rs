//! The table of a task in words: one row a school.

use chrono::{DateTime, Utc};
use i18n_embed_fl::fl;

use super::Voice;
use crate::chat::{Outgoing, Text};
use crate::domain::{Cell, Field, FieldKind, Kept, Measure, Reply, Status, Table, Value, Values};

/// One school's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Short name.
    pub school: String,
    /// Its status.
    pub status: Status,
    /// What it gave; empty when it gave nothing.
    pub values: Values,
    /// When it gave that.
    pub at: Option<DateTime<Utc>>,
    /// An officer recorded it for the school.
    pub on_behalf: bool,
    /// Odd values that were kept, with the reasons.
    pub kept: Vec<Kept>,
    /// Why it was given back, while the school owes it again.
    pub returned: Option<String>,
}

pub(super) fn say(voice: Voice, reply: &Reply) -> Outgoing {
    let words = voice.words();
    let said = match reply {
        Reply::TableSent { code, schools, answered } => {
            let (schools, answered) = (schools.to_string(), answered.to_string());
            fl!(words, "table-sent", code = code.clone(), schools = schools, answered = answered)
        }
        Reply::NoFiles { code } => fl!(words, "table-no-files", code = code.clone()),
        _ => return Outgoing::default(),
    };
    Outgoing { text: Text::plain(said), buttons: vec![] }
}

/// The table of a task: number, school, status, one column a field, when, remarks; sums of what can be added up.
pub fn task_table(voice: Voice, code: &str, title: &str, fields: &[Field], rows: &[TableRow]) -> Table {
    let words = voice.words();
    let mut headings =
        vec![fl!(words, "table-number"), fl!(words, "table-school"), fl!(words, "table-status")];
    headings.extend(fields.iter().map(|f| match f.kind {
        FieldKind::Percent => format!("{} (%)", f.label),
        FieldKind::Money if f.measure() == Measure::WHOLE => {
            fl!(words, "table-money", label = f.label.clone())
        }
        _ if f.unit.is_empty() => f.label.clone(),
        _ => format!("{} ({})", f.label, f.unit),
    }));
    headings.extend([fl!(words, "table-at"), fl!(words, "table-notes")]);
    let row = |(number, row): (i64, &TableRow)| {
        let mut cells =
            vec![Cell::Figure(number), Cell::Text(row.school.clone()), Cell::Text(voice.status(row.status))];
        cells.extend(fields.iter().map(|f| cell(voice, f, row.values.get(&f.key))));
        let at = row.at.map(|at| format!("{} {}", voice.clock(at), voice.full_day(voice.local_day(at))));
        cells.push(at.map_or(Cell::Empty, Cell::Text));
        let notes = notes(voice, row);
        cells.push(if notes.is_empty() { Cell::Empty } else { Cell::Text(notes) });
        cells
    };
    let added = |f: &Field| matches!(f.kind, FieldKind::Count | FieldKind::Decimal | FieldKind::Money);
    Table {
        sheet: code.to_owned(),
        title: format!("{code} {title}"),
        headings,
        rows: (1..).zip(rows).map(row).collect(),
        sums: (3..).zip(fields).filter(|(_, f)| added(f)).map(|(place, _)| place).collect(),
        sum_label: fl!(words, "table-sum"),
    }
}

fn cell(voice: Voice, field: &Field, value: Option<&Value>) -> Cell {
    match value {
        None => Cell::Empty,
        Some(Value::Figure(n)) if field.kind == FieldKind::Percent => Cell::Percent(*n),
        Some(Value::Figure(n)) if field.measure() != Measure::WHOLE => Cell::Measured(*n, field.measure()),
        Some(Value::Figure(n)) => Cell::Figure(*n),
        Some(Value::Text(words)) => Cell::Text(words.clone()),
        Some(other) => Cell::Text(voice.value(field, other)),
    }
}

fn notes(voice: Voice, row: &TableRow) -> String {
    let words = voice.words();
    let mut notes: Vec<String> = Vec::new();
    if row.on_behalf {
        notes.push(fl!(words, "table-on-behalf"));
    }
    notes.extend(row.returned.iter().map(|why| fl!(words, "table-returned", reason = why.clone())));
    for kept in &row.kept {
        let odd = voice.odd(std::slice::from_ref(&kept.oddity));
        notes.push(if kept.reason.is_empty() { odd } else { format!("{odd} – {}", kept.reason) });
    }
    notes.join("; ")
}
