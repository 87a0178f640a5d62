//! Flattened tables → rows of cells: header rows repeated on each page, a cell over several lines, every cell on its own
//! line, labels of days and weeks above their row.

use super::blocks::is_month_heading;
use super::columns::{Column, header_of, is_of_reports, with_second_row};
use super::days::is_half_day;
use super::directive::Span;
use super::lines::Line;
use super::marker::{Marker, opening};
use super::signer::signs_as;
use super::stacked;
use crate::vietnamese::{
    Token, TokenKind, clock_at, fold_words, is_month_word, months_at, tokens, weekday_at,
};

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// What its columns hold, by their labels.
    pub columns: Vec<Column>,
    /// Whether its labels say that its rows are handed in.
    pub reports: bool,
    /// Its rows, without the header rows.
    pub rows: Vec<Row>,
    /// Where it stands.
    pub span: Span,
}

/// A printed row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its cells, as many as were printed.
    pub cells: Vec<String>,
    /// Where it stands.
    pub span: Span,
    /// Whether it is the first on its page: a row may have been cut before it.
    pub after_break: bool,
}

impl Table {
    /// Whether another table is the next page of this one.
    pub fn continues_with(&self, other: &Self) -> bool {
        self.columns == other.columns
    }

    /// Whether a number is the one after that of the last row, in a table whose rows begin with it.
    fn follows(&self, number: u32) -> bool {
        let last = self.rows.iter().rev().find_map(|row| row_number(row.cells.first()?));
        last.is_some_and(|last| number == last + 1)
    }

    /// Adds the next page.
    pub fn append(&mut self, other: Self) {
        let at = self.rows.len();
        self.rows.extend(other.rows);
        if let Some(first) = self.rows.get_mut(at) {
            first.after_break = true;
        }
        self.span = self.span.to(other.span);
    }
}

/// The table whose header stands at `at`, and the line after it.
pub fn table_at(lines: &[Line], at: usize) -> Option<(Table, usize)> {
    let (columns, mut next) = header_at(lines, at)?;
    // The day that figures are of, beside the day by which: what the rows name is handed in.
    let figures = columns.contains(&Column::Reference) && columns.contains(&Column::Time);
    let reports = figures || lines[at..next].iter().flat_map(Line::cells).any(is_of_reports);
    let mut table = Table { columns, reports, rows: Vec::new(), span: lines[at].span };
    let mut label: Option<(String, Span)> = None;
    let mut after_break = true;
    let mut blank = false;
    // Whether its cells stand each on its own line.
    let mut by_lines = false;
    if lines[at].cells().len() == 1
        && lines[next - 1].row.is_none()
        && is_dealt(&table.columns)
        && let Some(after) = deal(lines, next, &mut table)
    {
        return Some((table, after));
    }
    while let Some(line) = lines.get(next).filter(|line| line.row.is_none()) {
        if line.is_blank() {
            blank = true;
            next += 1;
            continue;
        }
        if let Some((columns, after)) = header_at(lines, next) {
            if columns != table.columns {
                break;
            }
            after_break = true;
            next = after;
            continue;
        }
        let cells = line.cells();
        if cells.len() > 1 {
            if ends_a_cut_cell(&table, &cells, blank || after_break) {
                glue(&mut table, &cells, line.span);
            } else if !is_rule(&cells) {
                push_row(&mut table, &cells, line.span, label.take(), after_break);
                after_break = false;
            }
            next += 1;
        } else if let Some((rows, after)) = days_of_lines(lines, next, &table) {
            for row in rows {
                table.span = table.span.to(row.span);
                table.rows.push(row);
            }
            next = after;
        } else if let Some((row, after)) = row_of_lines(lines, next, &table)
            .or_else(|| unnumbered_row(lines, next, &table, by_lines && !blank))
        {
            by_lines = true;
            table.span = table.span.to(row.span);
            let mut row = Row { after_break, ..row };
            if let Some((label, above)) = label.take()
                && let Some(first) = row.cells.first_mut().filter(|first| first.is_empty())
            {
                *first = label;
                row.span = above.to(row.span);
            }
            table.rows.push(row);
            after_break = false;
            next = after;
        } else if table.columns.first() == Some(&Column::Time) && is_month_heading(&line.text) {
            // The days stand in the first column, and this over them.
            push_row(&mut table, &[line.text.trim()], line.span, None, after_break);
            next += 1;
        } else if is_row_label(&line.text) || is_cell_above(lines, next, &table, label.is_some()) {
            label = Some(match label {
                Some((text, span)) => (format!("{text} {}", line.text.trim()), span.to(line.span)),
                None => (line.text.trim().to_owned(), line.span),
            });
            next += 1;
        } else if goes_on(&table, &line.text, blank) {
            if let Some(row) = table.rows.last_mut() {
                append_line(row, &line.text, line.span);
            }
            next += 1;
        } else {
            break;
        }
        blank = false;
    }
    if let Some(row) = table.rows.last() {
        table.span = table.span.to(row.span);
    }
    (!table.rows.is_empty()).then_some((table, next))
}

/// Whether the labels of a table stand at `at`.
pub fn begins_with_labels(lines: &[Line], at: usize) -> bool {
    header_at(lines, at).is_some()
}

/// Whether the lines of such a table are dealt to its columns: those of one with numbers follow their numbers, those of a
/// calendar its half-days.
fn is_dealt(columns: &[Column]) -> bool {
    let calendar = columns.first() == Some(&Column::Day) && columns.get(1) == Some(&Column::HalfDay);
    !columns.contains(&Column::Number) && !calendar
}

/// Deals the lines below the labels of a table to its columns; the line after it.
fn deal(lines: &[Line], from: usize, table: &mut Table) -> Option<usize> {
    let mut next = from;
    let mut first = from;
    let mut dealt = Vec::new();
    loop {
        let header = lines
            .get(next)
            .and_then(|_| header_at(lines, next))
            .filter(|(columns, _)| *columns == table.columns);
        let ends = lines.get(next).is_none_or(|line| line.row.is_some() || ends_the_rows(&line.text));
        if header.is_some() || ends {
            if next > first {
                let mut rows = stacked::rows(&lines[first..next], &table.columns)?;
                if let Some(row) = rows.first_mut() {
                    row.after_break = true;
                }
                dealt.extend(rows);
            }
            let Some((_, after)) = header else { break };
            first = after;
            next = after;
        } else {
            next += 1;
        }
    }
    table.span = dealt.iter().fold(table.span, |span, row| span.to(row.span));
    table.rows = dealt;
    (!table.rows.is_empty()).then_some(next)
}

/// What comes after a table: a section, a note, who is told, a signature.
fn ends_the_rows(text: &str) -> bool {
    let section = matches!(opening(text).marker, Marker::Roman(_) | Marker::Capital(_) | Marker::Part);
    section || ends_the_calendar(text) || signs_as(text) || text.trim_end().ends_with("./.")
}

/// The columns of the header at `at`, cells on one line or each on its own, and the line after it.
fn header_at(lines: &[Line], at: usize) -> Option<(Vec<Column>, usize)> {
    let cells = lines[at].cells();
    if cells.len() > 1 {
        let columns = header_of(&cells)?;
        let below = lines.get(at + 1).map(Line::cells).unwrap_or_default();
        return Some(match with_second_row(&columns, &below) {
            Some(columns) => (columns, at + 2),
            None => (columns, at + 1),
        });
    }
    if let Some(columns) = numbered_header(&lines[at..]) {
        let after = at + columns.len();
        return Some((columns, after));
    }
    // Each label on its own line: at least three.
    let run: Vec<&str> = lines[at..]
        .iter()
        .take(9)
        .map(|line| line.text.trim())
        .take_while(|text| Column::of_label(text).is_some() && !text.ends_with(['.', ';', ':']))
        .collect();
    if run.len() < 3 {
        return None;
    }
    Some((header_of(&run)?, at + run.len()))
}

/// Labels on lines of their own from "STT" to the number of the first row: between these two every line is a label, also one
/// that is not known.
fn numbered_header(lines: &[Line]) -> Option<Vec<Column>> {
    const MOST: usize = 10;
    let mut texts = lines.iter().map(|line| line.text.trim());
    let first = texts.next().filter(|text| Column::of_label(text) == Some(Column::Number))?;
    let mut labels = vec![first];
    for text in texts.take(MOST) {
        if row_number(text).is_some() {
            return (labels.len() >= 3).then(|| header_of(&labels)).flatten();
        }
        let is_label = !text.is_empty() && text.chars().count() <= 45 && !text.ends_with(['.', ';', ':']);
        if !is_label {
            return None;
        }
        labels.push(text);
    }
    None
}

fn push_row(table: &mut Table, cells: &[&str], span: Span, label: Option<(String, Span)>, after_break: bool) {
    let mut cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
    let missing = table.columns.len().saturating_sub(cells.len());
    let number = table.columns.iter().position(|column| *column == Column::Number);
    // The empty cells before the number were lost: "| 3 | Rà soát …" in a table that begins with the month.
    if number.is_some_and(|at| at > 0 && at <= missing) && row_number(&cells[0]).is_some() {
        cells.splice(0..0, vec![String::new(); number.unwrap_or_default()]);
    }
    // A stray tab before the number: "\t11\tLao động …".
    let shifted = number == Some(0) && cells.len() > 2 && cells[0].is_empty();
    if shifted && row_number(&cells[1]).is_some_and(|own| table.follows(own)) {
        cells.remove(0);
    }
    let mut span = span;
    if let (Some((label, above)), Some(first)) = (label, cells.first_mut()) {
        *first = if first.is_empty() { label } else { format!("{label} {first}") };
        span = above.to(span);
    }
    table.rows.push(Row { cells, span, after_break });
}

/// Whether a printed line is the rest of a row whose cell holds a line end: together they have the table's cells.
fn ends_a_cut_cell(table: &Table, cells: &[&str], apart: bool) -> bool {
    let printed = table.rows.last().map_or(0, |row| row.cells.len());
    let first = cells.first().is_some_and(|cell| !cell.is_empty());
    !apart
        && first
        && printed > 1
        && printed < table.columns.len()
        && printed + cells.len() - 1 == table.columns.len()
}

fn glue(table: &mut Table, cells: &[&str], span: Span) {
    let Some(row) = table.rows.last_mut() else { return };
    if let (Some(last), Some((first, rest))) = (row.cells.last_mut(), cells.split_first()) {
        last.push('\n');
        last.push_str(first);
        row.cells.extend(rest.iter().map(|cell| (*cell).to_owned()));
    }
    row.span = row.span.to(span);
}

fn append_line(row: &mut Row, text: &str, span: Span) {
    if let Some(cell) = row.cells.iter_mut().rev().find(|cell| !cell.is_empty()) {
        cell.push(' ');
        cell.push_str(text.trim());
    }
    row.span = row.span.to(span);
}

/// `|---|---|`
fn is_rule(cells: &[&str]) -> bool {
    cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | ' ' | '=')))
}

/// A row whose cells stand each on its own line, the number first; an empty line is an empty cell.
fn row_of_lines(lines: &[Line], at: usize, table: &Table) -> Option<(Row, usize)> {
    let wanted = table.columns.len();
    let numbered = table.columns.iter().position(|c| *c == Column::Number)?;
    let number = row_number(&lines[at].text)?;
    let mut cells = vec![String::new(); numbered];
    cells.push(lines[at].text.trim().to_owned());
    let mut span = lines[at].span;
    let mut next = at + 1;
    while let Some(line) = lines.get(next).filter(|_| cells.len() < wanted) {
        let text = line.text.trim();
        let filled = cells.last().is_some_and(|cell| !cell.is_empty()) && cells.len() > numbered + 1;
        let ends = row_number(text) == Some(number + 1)
            || line.text.contains('\t')
            || (filled && is_month_label(text))
            || (text.is_empty() && lines.get(next + 1).is_none_or(|_| header_at(lines, next + 1).is_some()))
            || matches!(opening(text).marker, Marker::Roman(_) | Marker::Capital(_));
        if ends {
            break;
        }
        cells.push(text.to_owned());
        if !text.is_empty() {
            span = span.to(line.span);
        }
        next += 1;
    }
    (cells.iter().filter(|cell| !cell.is_empty()).count() > 1)
        .then_some((Row { cells, span, after_break: false }, next))
}

/// A row that lost its number, in a table whose cells stand each on its own line: as many lines as it has cells behind the
/// number, then a number, a month or the labels again.
fn unnumbered_row(lines: &[Line], at: usize, table: &Table, here: bool) -> Option<(Row, usize)> {
    let numbered = table.columns.iter().position(|c| *c == Column::Number).filter(|_| here)?;
    let wanted = table.columns.len() - numbered - 1;
    let complete = table.rows.last().is_some_and(|row| row.cells.len() == table.columns.len());
    let text = |at: usize| lines.get(at).map(|line| line.text.trim()).unwrap_or_default();
    let own = lines.get(at..at + wanted)?;
    let plain = own.iter().all(|line| {
        let text = line.text.trim();
        text.starts_with(char::is_uppercase) && opening(text).marker == Marker::Plain && !is_month_label(text)
    });
    let next = at + wanted;
    let after = next + usize::from(text(next).is_empty());
    let ends = after < lines.len()
        && (row_number(text(after)).is_some()
            || is_month_label(text(after))
            || header_at(lines, after).is_some());
    if !complete || wanted == 0 || !plain || !ends {
        return None;
    }
    let mut cells = vec![String::new(); numbered + 1];
    cells.extend(own.iter().map(|line| line.text.trim().to_owned()));
    Some((Row { cells, span: span_of(own), after_break: false }, next))
}

/// "10/2026", "Tháng 9": a line that is nothing but months.
pub fn is_month_label(text: &str) -> bool {
    let tokens = tokens(text);
    let named = is_month_word(tokens.first());
    months_at(text, &tokens, 0).is_some_and(|(months, next)| {
        next == tokens.len() && (named || months.iter().any(|m| m.year.is_some()))
    })
}

/// A cell that is nothing but a number of up to three digits.
pub fn row_number(text: &str) -> Option<u32> {
    let digits = text.trim().trim_end_matches(['.', ')']);
    let fits = !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit());
    if fits { digits.parse().ok() } else { None }
}

/// "Thứ Hai", "Tuần 1", "Từ 03/11 - 07/11", "10/2026": the first cell of the row below.
pub fn is_row_label(text: &str) -> bool {
    if text.len() > 120 {
        return false;
    }
    let tokens = tokens(text);
    let Some(first) = tokens.first() else { return false };
    if tokens.len() > 14 || text.trim_end().ends_with([';', '.']) {
        return false;
    }
    let number_next = tokens.get(1).is_some_and(|t| t.number().is_some());
    weekday_at(text, &tokens, 0).is_some()
        || (first.is_word("tuan") && number_next)
        || (first.is_word("tu") && (number_next || tokens.get(1).is_some_and(|t| t.is_word("ngay"))))
        || (first.is_sign('(') && tokens.get(1).is_some_and(|t| t.is_word("tu")))
        || is_month_word(Some(first)) && months_at(text, &tokens, 0).is_some()
        || months_at(text, &tokens, 0).is_some_and(|(_, next)| next == tokens.len() && tokens.len() > 1)
}

/// "28/10" over "(7h00 - 11h30)⇥Thi thực hành": the first cell of a row that goes on, with the other cells, on a line below.
fn is_cell_above(lines: &[Line], at: usize, table: &Table, above: bool) -> bool {
    const SHORT: usize = 25;
    let first =
        matches!(table.columns.first(), Some(Column::Time | Column::Day | Column::Week | Column::Month));
    let text = lines[at].text.trim();
    let tokens = tokens(text);
    let timely = tokens.iter().any(|t| t.number().is_some())
        && tokens.iter().all(|t| !t.capital || is_time_word(&t.folded));
    let Some(next) = lines.get(at + 1) else { return false };
    let cells = next.cells();
    let begins = cells
        .first()
        .is_some_and(|cell| cell.starts_with(['(', '-', '–']) || cell.starts_with(char::is_lowercase));
    first
        && timely
        && text.chars().count() <= SHORT
        && (above || begins)
        && cells.len() == table.columns.len()
}

fn is_time_word(folded: &str) -> bool {
    matches!(
        folded,
        "ngay"
            | "tu"
            | "thu"
            | "sang"
            | "chieu"
            | "toi"
            | "truoc"
            | "tuan"
            | "thang"
            | "hai"
            | "ba"
            | "nam"
            | "sau"
            | "bay"
    )
}

/// The rows of one day of a calendar whose cells stand each on its own line: the day over one or more lines, then for each
/// half-day its name and the cells of its entries.
fn days_of_lines(lines: &[Line], at: usize, table: &Table) -> Option<(Vec<Row>, usize)> {
    let half = table.columns.iter().position(|column| *column == Column::HalfDay)?;
    if table.columns.first() != Some(&Column::Day) || half != 1 {
        return None;
    }
    let text = |at: usize| lines.get(at).map(|line| line.text.trim()).unwrap_or_default();
    let mut next = at;
    let mut day: Vec<&str> = Vec::new();
    while is_day_line(text(next)) && !is_half_day(text(next)) {
        day.push(text(next));
        next += 1;
    }
    if day.is_empty() || !is_half_day(text(next)) {
        return None;
    }
    let day = day.join(" ");
    let per_entry = (table.columns.len() - half - 1).max(1);
    let mut rows = Vec::new();
    while is_half_day(text(next)) {
        let name = text(next);
        next += 1;
        let first = next;
        while !is_half_day(text(next)) && !is_day_line(text(next)) && !text(next).is_empty() {
            if ends_the_calendar(text(next)) {
                break;
            }
            next += 1;
        }
        for entry in entries_of(&lines[first..next], per_entry) {
            let mut cells = vec![day.clone(), name.to_owned()];
            cells.extend(entry.iter().map(|line| line.text.trim().to_owned()));
            rows.push(Row { cells, span: span_of(entry), after_break: false });
        }
    }
    (!rows.is_empty()).then_some((rows, next))
}

fn span_of(lines: &[Line]) -> Span {
    lines
        .iter()
        .skip(1)
        .fold(lines.first().map(|line| line.span).unwrap_or_default(), |span, line| span.to(line.span))
}

/// Cuts the lines of a half-day into entries: so many lines each, where they come out even; else at each line that opens with
/// a clock time.
fn entries_of(lines: &[Line], per_entry: usize) -> Vec<&[Line]> {
    if lines.len().is_multiple_of(per_entry) {
        return lines.chunks(per_entry).collect();
    }
    let opens = |line: &Line| clock_at(&line.text, &tokens(&line.text), 0).is_some();
    if !lines.first().is_some_and(opens) {
        return vec![lines].into_iter().filter(|lines| !lines.is_empty()).collect();
    }
    let starts: Vec<usize> = (0..lines.len()).filter(|at| opens(&lines[*at])).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().zip(ends).map(|(from, to)| &lines[*from..to]).collect()
}

/// "Hai", "Thứ Ba", "02/3", "Bảy, Chủ nhật", "07-08/3": a line of a calendar that is nothing but its day.
pub fn is_day_line(text: &str) -> bool {
    const NAMES: [&str; 10] = ["thu", "hai", "ba", "tu", "nam", "sau", "bay", "chu", "nhat", "ngay"];
    let tokens = tokens(text);
    let named =
        |t: &Token| t.kind != TokenKind::Word || NAMES.contains(&t.folded.as_str()) || t.folded == "cn";
    let capital = tokens.first().is_some_and(|t| t.capital || t.number().is_some() || t.is_sign('('));
    !tokens.is_empty() && tokens.len() <= 12 && capital && tokens.iter().all(named)
}

fn ends_the_calendar(text: &str) -> bool {
    let folded = fold_words(text);
    ["luu y", "ghi chu", "noi nhan", "tren day", "de nghi", "lich nay"]
        .iter()
        .any(|word| folded.starts_with(word))
}

/// Whether a line without cells is the rest of the last row.
fn goes_on(table: &Table, text: &str, blank: bool) -> bool {
    let Some(row) = table.rows.last() else { return false };
    let open = opening(text);
    let closing = fold_words(open.rest);
    if matches!(open.marker, Marker::Roman(_) | Marker::Capital(_) | Marker::Part)
        || ["noi nhan", "ghi chu", "tren day", "luu y"].iter().any(|word| closing.starts_with(word))
    {
        return false;
    }
    let short = row.cells.len() < table.columns.len();
    let lower = open.rest.starts_with(char::is_lowercase);
    let child = matches!(open.marker, Marker::Bullet(_) | Marker::Sub | Marker::Letter(_));
    if blank { lower && short } else { lower || child || short }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::lines;

    #[test]
    fn between_the_number_s_label_and_the_first_number_every_line_is_a_label() {
        use Column::{Channel, Content, Number, Other, Time};
        let header = |text: &str| header_at(&lines(text), 0);
        let regime = "STT\nLoại báo cáo\nKỳ tính\nHạn gửi\nCách gửi\n1\nBáo cáo nước uống\n";
        assert_eq!(header(regime), Some((vec![Number, Content, Other, Time, Channel], 5)));
        // Sentences are no labels, and a lone number is no table.
        assert_eq!(header("STT\nLoại báo cáo.\nHạn gửi\n1\n"), None);
        assert_eq!(header("STT\n1\n"), None);
    }
}
