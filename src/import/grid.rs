//! A drawn table → its rows with every cell in its column: merged cells belong to each of their rows, header rows are known,
//! rows that only name a month, a week or a day say so for the rows below them.

use std::sync::Arc;

use super::blocks::{is_month_heading, is_shouted};
use super::columns::{Column, header_of, is_of_reports};
use super::lines::{Line, tidy};
use super::marker::{Marker, opening};
use super::parts::{Cell, Part, Row};
use super::signer::signs_as;
use super::table::{self, Table, is_row_label, row_number};
use crate::vietnamese::{fold_start, fold_words, is_month_word, months_at, normal, tokens, weekday_at};

/// How many rows are searched for the labels of columns. Above them stand letterhead and title.
const SEARCHED: usize = 40;
/// The longest text of a merged cell that is repeated in each of its rows, in bytes. Labels are short.
const MAX_REPEATED: usize = 400;
/// How deep tables in tables are read.
const MAX_NESTED: usize = 8;

/// What a line is in a table.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// Which table of the document.
    pub table: usize,
    /// What its columns hold.
    pub columns: Arc<[Column]>,
    /// Whether its labels say that its rows are handed in.
    pub reports: bool,
    /// What kind of row it is.
    pub kind: RowKind,
}

/// A kind of row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Labels of columns, of months, of sections: nothing by itself.
    Passed,
    /// A row; whether the labels of the columns are printed again above it.
    Own {
        /// It is the first on its page.
        after_break: bool,
    },
    /// More of the row above: its number or its content is merged with it.
    Rest,
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub struct Head {
    /// What they hold.
    pub columns: Arc<[Column]>,
    /// Where each begins in the grid.
    starts: Vec<usize>,
    labels: Vec<String>,
}

impl Head {
    /// Whether its labels say that its rows are handed in.
    pub fn is_of_reports(&self) -> bool {
        self.labels.iter().any(|label| is_of_reports(label))
    }
}

/// A table found among rows.
pub struct Found {
    /// Its first row, with labels or without.
    pub first: usize,
    /// The first row below the labels.
    body: usize,
    head: Head,
}

impl Found {
    /// Whether it takes at least one of the rows: where signatures begin at once, it is no table.
    pub fn has_rows(&self, rows: &[Row]) -> bool {
        end(rows, self.body, &self.head) > 0
    }
}

/// A row as a line.
pub struct Laid {
    /// Its cells, parted by tabs.
    pub text: String,
    /// What it is.
    pub kind: RowKind,
}

/// The text of a cell, on one line unless it is `content`: there each paragraph keeps its own.
pub fn text(cell: &Cell, content: bool) -> String {
    let mut lines = Vec::new();
    collect(&cell.parts, 0, &mut lines);
    let mut out = String::new();
    for line in lines {
        if out.is_empty() {
            out = line;
            continue;
        }
        let wrapped = line.starts_with(char::is_lowercase) && !out.ends_with(['.', ';', ':', '!', '?']);
        out.push(if content && !(wrapped && opening(&line).marker == Marker::Plain) { '\n' } else { ' ' });
        out.push_str(&line);
    }
    out
}

fn collect(parts: &[Part], depth: usize, out: &mut Vec<String>) {
    for part in parts {
        match part {
            Part::Text { label, text } => {
                let label = label.as_deref().unwrap_or_default();
                let text = format!("{label} {text}");
                let lines =
                    text.split('\n').map(|line| tidy(&normal(&line.replace('\t', " "))).trim().to_owned());
                out.extend(lines.filter(|line| !line.is_empty()));
            }
            Part::Table(grid) if depth < MAX_NESTED => {
                for row in &grid.rows {
                    let mut cells = Vec::new();
                    row.cells.iter().for_each(|cell| collect(&cell.parts, depth + 1, &mut cells));
                    if !cells.is_empty() {
                        out.push(cells.join("; "));
                    }
                }
            }
            Part::Table(_) => {}
        }
    }
}

/// The first table among rows: under labels that the genre knows; under none, as the next piece of the table `before`, or where
/// the rows themselves show what their columns hold.
pub fn find(rows: &[Row], before: Option<&Head>) -> Option<Found> {
    let labelled = (0..rows.len().min(SEARCHED)).find_map(|at| labelled(rows, at));
    if labelled.is_some() {
        return labelled;
    }
    if let Some(head) = before.filter(|head| rows.iter().all(|row| row.cells.len() == head.starts.len())) {
        return Some(Found { first: 0, body: 0, head: head.clone() });
    }
    unlabelled(rows)
}

/// The table whose labels stand in a row, or in it and the row below it.
fn labelled(rows: &[Row], at: usize) -> Option<Found> {
    let row = &rows[at];
    let labels: Vec<String> = row.cells.iter().map(|cell| text(cell, false)).collect();
    let columns = header_of(&labels.iter().map(String::as_str).collect::<Vec<_>>())?;
    let starts: Vec<usize> = placed(row).map(|(start, _)| start).collect();
    let mut found = Found { first: at, body: at + 1, head: Head { columns: columns.into(), starts, labels } };
    if let Some(below) = rows.get(at + 1).filter(|below| is_second_row(row, below)) {
        let labels: Vec<String> = placed(below)
            .map(|(start, cell)| {
                let above = placed(row).take_while(|(from, _)| *from <= start).last();
                let above = above.map(|(_, cell)| text(cell, false)).unwrap_or_default();
                if cell.goes_on { above } else { format!("{above} {}", text(cell, false)).trim().to_owned() }
            })
            .collect();
        if let Some(columns) = header_of(&labels.iter().map(String::as_str).collect::<Vec<_>>()) {
            let starts = placed(below).map(|(start, _)| start).collect();
            found = Found { first: at, body: at + 2, head: Head { columns: columns.into(), starts, labels } };
        }
    }
    // Numbers of columns under their labels: (1), (2), (3).
    let counted = |row: &Row| {
        let cells: Vec<String> = row.cells.iter().map(|cell| text(cell, false)).collect();
        cells.len() > 2
            && cells.iter().enumerate().all(|(n, cell)| {
                row_number(cell.trim_start_matches('(')).and_then(|n| usize::try_from(n).ok()) == Some(n + 1)
            })
    };
    if rows.get(found.body).is_some_and(counted) {
        found.body += 1;
    }
    Some(found)
}

/// Whether a row holds more labels: "Từ", "Đến" under "Thời gian", the others merged with those above.
fn is_second_row(row: &Row, below: &Row) -> bool {
    row.cells.iter().any(|cell| cell.columns > 1)
        && below.cells.len() > row.cells.len()
        && below.cells.iter().any(|cell| cell.goes_on)
        && below.cells.iter().all(|cell| cell.goes_on || text(cell, false).chars().count() <= 30)
}

/// A table that lost its labels: its first row is one already, with its number or its month, and a column of long texts.
fn unlabelled(rows: &[Row]) -> Option<Found> {
    let width = rows.first()?.cells.len();
    let even: Vec<&Row> = rows.iter().filter(|row| row.cells.len() == width).collect();
    if !(2..=8).contains(&width) || even.len() < 3 || even.len() * 10 < rows.len() * 7 {
        return None;
    }
    let cells = |at: usize| even.iter().map(move |row| text(&row.cells[at], false));
    let filled = |at: usize| cells(at).filter(|cell| !cell.is_empty()).count().max(1);
    let mostly =
        |at: usize, is: &dyn Fn(&str) -> bool| cells(at).filter(|c| is(c)).count() * 10 >= filled(at) * 8;
    let length = |at: usize| cells(at).map(|cell| cell.chars().count()).sum::<usize>() / even.len();
    let content = (0..width).max_by_key(|at| length(*at)).filter(|at| length(*at) >= 20)?;
    let columns: Vec<Column> = (0..width)
        .map(|at| match at {
            _ if at == content => Column::Content,
            _ if mostly(at, &|cell| row_number(cell).is_some()) => Column::Number,
            _ if mostly(at, &is_month) => Column::Month,
            _ if mostly(at, &|cell| cell.contains(|c: char| c.is_ascii_digit()) && cell.len() < 60) => {
                Column::Time
            }
            _ => Column::Other,
        })
        .collect();
    let first = &rows[0].cells;
    let told = |column: Column| columns.iter().position(|c| *c == column);
    let numbered = told(Column::Number).is_some_and(|at| row_number(&text(&first[at], false)) == Some(1));
    let dated = told(Column::Month).is_some_and(|at| is_month(&text(&first[at], false)));
    let starts = placed(&rows[0]).map(|(start, _)| start).collect();
    (numbered || dated).then(|| Found {
        first: 0,
        body: 0,
        head: Head { columns: columns.into(), starts, labels: Vec::new() },
    })
}

fn is_month(cell: &str) -> bool {
    let tokens = tokens(cell);
    months_at(cell, &tokens, 0)
        .is_some_and(|(_, next)| next == tokens.len() && (tokens.len() > 1 || is_month_word(tokens.first())))
}

/// Cells with the columns of the grid where they begin.
fn placed(row: &Row) -> impl Iterator<Item = (usize, &Cell)> {
    let mut next = row.before;
    row.cells.iter().map(move |cell| {
        let start = next;
        next = next.saturating_add(cell.columns.max(1));
        (start, cell)
    })
}

/// What a row that only names something names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Month,
    Week,
    Day,
    Section,
}

impl Label {
    fn column(self) -> Option<Column> {
        match self {
            Self::Month => Some(Column::Month),
            Self::Week => Some(Column::Week),
            Self::Day => Some(Column::Day),
            Self::Section => None,
        }
    }
}

/// The rows of a table as lines, and the row after its last.
pub fn lay(rows: &[Row], found: Found) -> (Head, Vec<Laid>, usize) {
    let Found { first, body, mut head } = found;
    let end = end(rows, body, &head);
    let labels: Vec<Option<(Label, String)>> = rows[body..end].iter().map(|row| label(row, &head)).collect();
    // Rows that name months stand for a column of months, and so on, where the table has none.
    let mut extra = Vec::new();
    for kind in [Label::Month, Label::Week, Label::Day] {
        let Some(column) = kind.column().filter(|column| !head.columns.contains(column)) else { continue };
        if labels.iter().flatten().any(|(label, _)| *label == kind) {
            extra.push(column);
        }
    }
    let own = head.columns.clone();
    let range = range_at(&head);
    let mut laying =
        Laying { head: &head, own: &own, said: Vec::new(), above: vec![String::new(); own.len()] };
    let mut out: Vec<Laid> =
        rows[first..body].iter().map(|row| Laid { text: row_text(row), kind: RowKind::Passed }).collect();
    let mut after_break = false;
    for (row, label) in rows[body..end].iter().zip(labels) {
        if let Some((label, text)) = label {
            out.push(Laid { text: text.clone(), kind: RowKind::Passed });
            laying.name(label, text);
            continue;
        }
        if laying.repeats_labels(row) {
            after_break = true;
            out.push(Laid { text: row_text(row), kind: RowKind::Passed });
            continue;
        }
        let (mut cells, rest) = laying.cells(row);
        if let Some(first) = range {
            join_range(&mut cells, first);
        }
        let kind = match () {
            () if cells.iter().all(String::is_empty) => RowKind::Passed,
            () if rest => RowKind::Rest,
            () => RowKind::Own { after_break: std::mem::take(&mut after_break) },
        };
        let front = extra.iter().map(|column| laying.said_of(*column));
        let text = front.chain(cells).collect::<Vec<_>>().join("\t");
        out.push(Laid { text, kind });
    }
    if !extra.is_empty() {
        head.columns = extra.into_iter().chain(own.iter().copied()).collect();
    }
    (head, out, end)
}

/// Two columns of time beside each other that say from when and until when: "Bắt đầu", "Hoàn thành".
fn range_at(head: &Head) -> Option<usize> {
    const FROM: [&str; 3] = ["tu", "tu ngay", "bat dau"];
    const UNTIL: [&str; 5] = ["den", "den ngay", "ket thuc", "hoan thanh", "xong"];
    let ends = |at: usize, words: &[&str]| {
        head.labels.get(at).is_some_and(|label| words.iter().any(|word| fold_words(label).ends_with(word)))
    };
    let time = |at: usize| matches!(head.columns.get(at), Some(Column::Time | Column::Begin | Column::End));
    (0..head.columns.len()).find(|at| time(*at) && time(at + 1) && ends(*at, &FROM) && ends(at + 1, &UNTIL))
}

/// "05/9", "15/9" → "05/9 - 15/9".
fn join_range(cells: &mut [String], first: usize) {
    let [from, until] = &mut cells[first..first + 2] else { return };
    let short = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && text.len() <= 12;
    if short(from) && short(until) {
        from.push_str(" - ");
        from.push_str(&std::mem::take(until));
    }
}

/// The row after the last of a table: where signatures begin, where other labels stand, or behind a gap.
fn end(rows: &[Row], body: usize, head: &Head) -> usize {
    let mut gap = false;
    for (at, row) in rows.iter().enumerate().skip(body) {
        let cells: Vec<String> = row.cells.iter().map(|cell| text(cell, false)).collect();
        let filled: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        if filled.is_empty() {
            gap = true;
            continue;
        }
        let closes = filled.iter().any(|cell| fold_start(cell, 12).starts_with("noi nhan") || signs_as(cell));
        let other = labelled(rows, at).is_some_and(|found| found.head.columns != head.columns);
        let apart =
            gap && filled.len() == 1 && label(row, head).is_none_or(|(label, _)| label == Label::Section);
        if closes || other || apart {
            return at;
        }
        gap = false;
    }
    rows.len()
}

/// Whether a row only names what stands below it.
fn label(row: &Row, head: &Head) -> Option<(Label, String)> {
    let mut filled = row.cells.iter().filter(|cell| !cell.goes_on).map(|c| (c, text(c, false)));
    let (cell, said) = filled.by_ref().find(|(_, text)| !text.is_empty())?;
    if filled.any(|(_, text)| !text.is_empty()) {
        return None;
    }
    let wide = row.cells.len() == 1 || cell.columns + 1 >= head.starts.len().max(2);
    if is_month_heading(&said) || is_month(&said) {
        return Some((Label::Month, said));
    }
    let tokens = tokens(&said);
    if weekday_at(&said, &tokens, 0).is_some() && is_row_label(&said) {
        return Some((Label::Day, said));
    }
    if is_row_label(&said) {
        return Some((Label::Week, said));
    }
    let long = said.chars().count() > 80 || said.ends_with(['.', ';']);
    let section = wide && row.cells.iter().all(|cell| !cell.goes_on) && (is_shouted(&said) || !long);
    section.then_some((Label::Section, said))
}

fn row_text(row: &Row) -> String {
    row.cells.iter().map(|cell| text(cell, false)).collect::<Vec<_>>().join("\t")
}

/// The rows of a table while they are laid.
struct Laying<'h> {
    head: &'h Head,
    own: &'h [Column],
    /// What the rows that name something said last.
    said: Vec<(Column, String)>,
    /// The last text of each column.
    above: Vec<String>,
}

impl Laying<'_> {
    /// Takes a row that names something; a new month ends the week before it.
    fn name(&mut self, label: Label, text: String) {
        let Some(column) = label.column() else { return };
        let inner = |other: Column| match column {
            Column::Month => matches!(other, Column::Week | Column::Day),
            Column::Week => other == Column::Day,
            _ => false,
        };
        self.said.retain(|(other, _)| *other != column && !inner(*other));
        self.said.push((column, text));
    }

    fn said_of(&self, column: Column) -> String {
        self.said.iter().find(|(said, _)| *said == column).map(|(_, text)| text.clone()).unwrap_or_default()
    }

    fn repeats_labels(&self, row: &Row) -> bool {
        let said: Vec<String> = row.cells.iter().map(|cell| text(cell, false)).collect();
        said == self.head.labels
            || header_of(&said.iter().map(String::as_str).collect::<Vec<_>>())
                .is_some_and(|columns| columns == *self.own)
    }

    /// The cells of a row in their columns, and whether it is only more of the row above.
    fn cells(&mut self, row: &Row) -> (Vec<String>, bool) {
        let mut cells = vec![String::new(); self.own.len()];
        let mut merged = vec![false; self.own.len()];
        let even = row.cells.len() == self.own.len();
        for (n, (start, cell)) in placed(row).enumerate() {
            let by_place = self.head.starts.partition_point(|from| *from <= start).saturating_sub(1);
            let at = if even { n } else { by_place };
            let lines = matches!(self.own[at], Column::Content | Column::HalfOf(_));
            let said = text(cell, lines);
            merged[at] |= cell.goes_on;
            if !cells[at].is_empty() && !said.is_empty() {
                cells[at].push(' ');
            }
            cells[at].push_str(&said);
        }
        let rest = self.is_rest(&cells, &merged);
        for at in 0..cells.len() {
            if merged[at] && !rest && cells[at].is_empty() && self.above[at].len() <= MAX_REPEATED {
                cells[at].clone_from(&self.above[at]);
            } else if !cells[at].is_empty() && !rest {
                self.above[at].clone_from(&cells[at]);
            } else if !merged[at] {
                self.above[at].clear();
            }
            // A column of months in which rows of their own name the month.
            if cells[at].is_empty() && matches!(self.own[at], Column::Month | Column::Week | Column::Day) {
                cells[at] = self.said_of(self.own[at]);
            }
        }
        (cells, rest)
    }

    /// Whether a row's number or content is merged with that of the row above. Rows that share a number but have each a time of
    /// their own are rows.
    fn is_rest(&self, cells: &[String], merged: &[bool]) -> bool {
        let of = |column: Column| (0..cells.len()).filter(move |at| self.own[*at] == column);
        let has_own = |column: Column| of(column).any(|at| !merged[at] && !cells[at].is_empty());
        let goes_on = |column: Column| of(column).any(|at| merged[at]);
        let number = goes_on(Column::Number) && !(has_own(Column::Content) && has_own(Column::Time));
        let content = goes_on(Column::Content) && !has_own(Column::Number);
        number || content
    }
}

/// The table of a run of lines that are rows of one.
pub fn table_of(lines: &[Line]) -> Option<Table> {
    let first = lines.first()?.row.as_ref()?;
    let (columns, reports) = (first.columns.clone(), first.reports);
    let span = lines.iter().fold(lines[0].span, |span, line| span.to(line.span));
    let content = columns.iter().position(|column| *column == Column::Content);
    let mut rows: Vec<table::Row> = Vec::new();
    for line in lines {
        let cells = || line.text.split('\t').map(str::to_owned).collect::<Vec<_>>();
        match (line.row.as_ref().map(|row| row.kind), rows.last_mut()) {
            (Some(RowKind::Own { after_break }), _) => {
                rows.push(table::Row { cells: cells(), span: line.span, after_break });
            }
            (Some(RowKind::Rest), Some(above)) => {
                for (at, (own, more)) in above.cells.iter_mut().zip(cells()).enumerate() {
                    if !more.is_empty() && *own != more {
                        if !own.is_empty() {
                            own.push_str(if Some(at) == content { "\n" } else { "; " });
                        }
                        own.push_str(&more);
                    }
                }
                above.span = above.span.to(line.span);
            }
            _ => {}
        }
    }
    Some(Table { columns: columns.to_vec(), reports, rows, span })
}
