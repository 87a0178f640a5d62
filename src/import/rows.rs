//! Rows of a table → items.
//!
//! Printed rows are not tasks yet: a page break cuts a row in two, a label of a month stands on the second row of its group,
//! a number slips onto the second line or into the month's column. Every repair is noted.

use super::blocks::{is_month_heading, is_shouted, months_of_heading};
use super::columns::Column;
use super::days::{day_cell, is_label, says_when, week_named};
use super::directive::Span;
use super::doubt::{Doubt, DoubtKind};
use super::item::Item;
use super::marker::{Marker, opening};
use super::resolve::Surroundings;
use super::table::{Row, Table, row_number};
use super::timeline::{Placed, place};
use super::tree::is_heading;
use crate::domain::{Month, SchoolYear};
use crate::vietnamese::{MonthSaid, clock_at, is_month_word, months_at, tokens, weekday_at};

/// A row whose cells have found their meaning.
#[derive(Clone, Debug, Default)]
struct Entry {
    months: Vec<MonthSaid>,
    number: String,
    content: String,
    time: String,
    note: String,
    who: String,
    channel: String,
    week: String,
    day: String,
    span: Span,
    after_break: bool,
    doubts: Vec<Doubt>,
}

/// Whether a table says the months of its rows.
pub fn has_months(table: &Table) -> bool {
    Layout::of(table).month.is_some() || table.rows.iter().any(|row| heading_row(row) == HeadingRow::Months)
}

/// What a row is that runs over the whole table: a heading of the rows below it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HeadingRow {
    /// None: a row like others.
    No,
    /// "THÁNG 9/2026".
    Months,
    /// "Tuần 1 (Từ 05/10 - 09/10)".
    Week,
    /// "I. CÔNG TÁC CHUYÊN MÔN".
    Section,
}

fn heading_row(row: &Row) -> HeadingRow {
    let mut filled = row.cells.iter().filter(|cell| !cell.is_empty());
    let (Some(first), second) = (filled.next(), filled.next()) else { return HeadingRow::No };
    // Of two columns too: the days stand in the first, and the heading over them.
    if second.is_none() && is_month_heading(first) {
        return HeadingRow::Months;
    }
    if row.cells.len() < 3 || filled.next().is_some() {
        return HeadingRow::No;
    }
    match second {
        None if is_label(first) => HeadingRow::Week,
        None if is_shouted(first) && first.chars().count() > 3 => HeadingRow::Section,
        None if matches!(opening(first).marker, Marker::Roman(_) | Marker::Capital(_)) => HeadingRow::Section,
        // "I" and "CÔNG TÁC CHUYÊN MÔN" in two cells.
        Some(name) if is_roman(first) && (is_shouted(name) || is_heading(name)) => HeadingRow::Section,
        _ => HeadingRow::No,
    }
}

/// A cell that is nothing but a Roman number or a capital letter.
fn is_roman(cell: &str) -> bool {
    let inner = cell.trim_end_matches('.');
    !inner.is_empty() && inner.len() <= 4 && inner.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'A'..='D'))
}

/// The rows as entries, each first one below a heading row with what the heading says.
fn entries_of(table: &Table, layout: &Layout) -> Vec<Entry> {
    let mut months = None;
    let mut week = None;
    let mut entries = Vec::new();
    for row in &table.rows {
        let words = || row.cells.iter().find(|cell| !cell.is_empty()).map(String::as_str).unwrap_or_default();
        match heading_row(row) {
            HeadingRow::Months => months = months_of_heading(words()),
            HeadingRow::Week if layout.week.is_none() && layout.day.is_none() => {
                week = Some(words().to_owned())
            }
            HeadingRow::Section
                if layout.month.is_none_or(|at| row.cells.get(at).is_none_or(String::is_empty)) => {}
            _ => {
                let mut entry = layout.entry(row);
                if let Some(months) = months.take() {
                    entry.months = months;
                }
                if let Some(week) = week.take() {
                    entry.week = week;
                }
                entries.push(entry);
            }
        }
    }
    entries
}

/// The items of a table. `around` is what the document says; its months hold where the table names none.
pub fn items_of(table: &Table, around: &Surroundings, fallback: SchoolYear) -> Vec<Item> {
    let by_day = by_half_days(table);
    let table = by_day.as_ref().unwrap_or(table);
    let layout = Layout::of(table);
    let entries = joined(entries_of(table, &layout), layout.number.is_some());
    let months = months_of(&entries, &layout, around, fallback);
    let mut week: Option<String> = None;
    let mut day: Option<String> = None;
    let mut items = Vec::new();
    for (entry, (months, doubts)) in entries.into_iter().zip(months) {
        if !entry.week.is_empty() {
            week = Some(entry.week.clone());
        }
        if !entry.day.is_empty() {
            day = Some(entry.day.clone());
        }
        let around = Surroundings { months: months.clone(), ..around.clone() };
        let week_days = week.as_ref().and_then(|week| week_named(week, &around));
        let mut day_doubts = doubts;
        let line = entry.span.first_line;
        let cell = day.as_ref().and_then(|text| day_cell(text, &around, line, &mut day_doubts));
        let parts =
            if layout.day.is_some() { calendar_entries(&entry.content) } else { vec![entry.content.clone()] };
        // "Ngày | Giờ | Nội dung": the hour of the entry stands in a cell of its own.
        let hour = cell.as_ref().and_then(|_| hour_alone(&entry.time));
        for text in parts {
            let (clock, text) = if cell.is_some() { without_clock(&text) } else { (None, text) };
            let clock = clock.or(hour);
            let (own, text) = without_number(&text, layout.number.is_none() && cell.is_none());
            let place = items.iter().rev().take_while(|item: &&Item| item.months == months).count() + 1;
            let label = if layout.number.is_some() { entry.number.clone() } else { place.to_string() };
            let label = own.unwrap_or(label);
            let time = if hour.is_some() { "" } else { entry.time.as_str() };
            items.push(Item {
                months: months.clone(),
                label,
                text,
                time: [time, &entry.note].into_iter().filter(|t| !t.is_empty()).map(str::to_owned).collect(),
                who: Some(entry.who.clone()).filter(|who| !who.is_empty()),
                channel: Some(entry.channel.clone()).filter(|channel| !channel.is_empty()),
                heading: None,
                week: week_days.clone(),
                day: cell.clone().map(|cell| super::item::DayCell { clock, ..cell }),
                report: table.reports,
                only_if_dated: false,
                outside: false,
                of_office: false,
                of_section: false,
                span: entry.span,
                doubts: entry.doubts.iter().cloned().chain(std::mem::take(&mut day_doubts)).collect(),
            });
        }
    }
    items
}

/// A cell that is nothing but an hour, or from one hour to another: the first.
fn hour_alone(cell: &str) -> Option<(u32, u32)> {
    let tokens = tokens(cell);
    let (clock, mut next) = clock_at(cell, &tokens, 0)?;
    if tokens.get(next).is_some_and(|t| t.is_range_sign() || t.is_word("den")) {
        next = clock_at(cell, &tokens, next + 1).map_or(next, |(_, after)| after);
    }
    (next == tokens.len()).then_some((clock.hour, clock.minute))
}

fn names_a_weekday(cell: &str) -> bool {
    let tokens = tokens(cell);
    (0..tokens.len()).any(|at| weekday_at(cell, &tokens, at).is_some())
}

/// "2. Họp cha mẹ trẻ" in a table that has no column for numbers: the number and the words.
fn without_number(text: &str, wanted: bool) -> (Option<String>, String) {
    let open = opening(text);
    match open.marker {
        Marker::Number(_) if wanted => (Some(open.marker.label()), open.rest.to_owned()),
        _ => (None, text.to_owned()),
    }
}

/// "Ngày | Sáng | Chiều": a row for each half of each day.
fn by_half_days(table: &Table) -> Option<Table> {
    let halves: Vec<usize> =
        (0..table.columns.len()).filter(|at| matches!(table.columns[*at], Column::HalfOf(_))).collect();
    let day = table.columns.iter().position(|column| matches!(column, Column::Day | Column::Time))?;
    if halves.is_empty() {
        return None;
    }
    let cell = |row: &Row, at: usize| row.cells.get(at).cloned().unwrap_or_default();
    let rows = table.rows.iter().flat_map(|row| {
        let filled = halves.iter().filter(|at| row.cells.get(**at).is_some_and(|cell| !cell.is_empty()));
        filled
            .map(|at| Row { cells: vec![cell(row, day), cell(row, *at)], ..row.clone() })
            .collect::<Vec<_>>()
    });
    Some(Table { columns: vec![Column::Day, Column::Content], rows: rows.collect(), ..table.clone() })
}

/// Which cell is what.
#[derive(Debug, Default)]
struct Layout {
    month: Option<usize>,
    week: Option<usize>,
    day: Option<usize>,
    number: Option<usize>,
    content: usize,
    time: Vec<usize>,
    /// The columns of the first and of the last day.
    range: Option<(usize, usize)>,
    note: Vec<usize>,
    who: Vec<usize>,
    channel: Vec<usize>,
    wanted: usize,
}

impl Layout {
    fn of(table: &Table) -> Self {
        let all = |column: Column| -> Vec<usize> {
            (0..table.columns.len()).filter(|at| table.columns[*at] == column).collect()
        };
        let one = |column: Column| all(column).first().copied();
        let share = |at: usize, is: fn(&str) -> bool| {
            let cells: Vec<&str> = table
                .rows
                .iter()
                .filter_map(|r| r.cells.get(at))
                .map(String::as_str)
                .filter(|c| !c.is_empty())
                .collect();
            cells.iter().filter(|c| is(c)).count() * 10 >= cells.len() * 6 && cells.len() >= 2
        };
        let mut layout = Self {
            month: one(Column::Month),
            week: one(Column::Week),
            day: one(Column::Day),
            number: one(Column::Number),
            content: one(Column::Content).unwrap_or_default(),
            time: all(Column::Time),
            range: one(Column::Begin).zip(one(Column::End)),
            note: all(Column::Note),
            who: Some(all(Column::Who)).filter(|who| !who.is_empty()).unwrap_or_else(|| all(Column::Partner)),
            channel: all(Column::Channel),
            wanted: table.columns.len(),
        };
        if layout.number.is_none() {
            // A number column without a label: the labels of the columns after it stand one to the left.
            let hidden = (0..layout.wanted)
                .find(|at| Some(*at) != layout.month && share(*at, |cell| row_number(cell).is_some()));
            layout.number = hidden;
            if hidden == Some(layout.content) {
                layout.content += 1;
            }
        }
        if layout.month.is_none() {
            let labels = |at: &usize| share(*at, |cell| month_label(cell).is_some());
            // "1 (Từ 28/9 - 03/10)" is a week, not January.
            let named = |at: &usize| share(*at, is_month_heading);
            layout.month = layout.time.iter().copied().find(labels).or(layout.week.filter(named));
            layout.time.retain(|at| Some(*at) != layout.month);
            layout.week = layout.week.filter(|at| Some(*at) != layout.month);
        }
        // A label that says nothing over a column of times.
        if layout.time.is_empty() && layout.range.is_none() && layout.day.is_none() {
            let unnamed = |at: &usize| {
                matches!(table.columns[*at], Column::Other | Column::Note | Column::End | Column::Begin)
            };
            layout.time = (0..layout.wanted)
                .filter(unnamed)
                .filter(|at| share(*at, |c| says_when(&tokens(c))))
                .collect();
            layout.note.retain(|at| !layout.time.contains(at));
        }
        // "Thời gian | Nội dung" over "Thứ Hai 12/01": days, printed once for all their rows.
        let days = |at: &usize| share(*at, names_a_weekday);
        let gaps = |at: &usize| table.rows.iter().any(|row| row.cells.get(*at).is_none_or(String::is_empty));
        let first = layout.time.first().copied().filter(|at| *at <= 1);
        if let Some(at) = first.filter(|at| layout.day.is_none() && days(at) && gaps(at)) {
            layout.day = Some(at);
            layout.time.retain(|other| *other != at);
        }
        layout
    }

    fn entry(&self, row: &Row) -> Entry {
        let cell = |at: usize| row.cells.get(at).map(|c| c.trim()).unwrap_or_default();
        let all = |at: &[usize]| {
            at.iter().map(|at| cell(*at)).filter(|c| !c.is_empty()).collect::<Vec<_>>().join("; ")
        };
        let mut entry = Entry {
            number: self.number.map(cell).unwrap_or_default().trim_end_matches(['.', ')']).to_owned(),
            content: cell(self.content).to_owned(),
            time: [
                all(&self.time),
                self.range.map(|(from, to)| joined_days(cell(from), cell(to))).unwrap_or_default(),
            ]
            .into_iter()
            .filter(|time| !time.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
            note: all(&self.note),
            who: all(&self.who),
            channel: all(&self.channel),
            week: self.week.map(cell).unwrap_or_default().to_owned(),
            day: self.day.map(cell).unwrap_or_default().to_owned(),
            span: row.span,
            after_break: row.after_break,
            ..Entry::default()
        };
        let month = self.month.map(cell).unwrap_or_default();
        if row_number(month).is_some() && entry.number.is_empty() && self.number.is_some() {
            entry.note_here(DoubtKind::NumberMoved { number: month.to_owned() });
            month.clone_into(&mut entry.number);
        } else {
            entry.months = month_label(month).unwrap_or_default();
        }
        if entry.content.is_empty() {
            // Cells slipped to the left or right: the longest one is the content.
            let longest = row.cells.iter().max_by_key(|c| c.len()).filter(|c| c.len() > 20);
            if let Some(longest) = longest.filter(|c| ![&entry.time, &entry.who, &entry.channel].contains(c))
            {
                longest.trim().clone_into(&mut entry.content);
            }
        }
        entry
    }
}

/// "12/5", "28/5" → "12/5 - 28/5"; whichever there is, when the other cell is empty.
fn joined_days(from: &str, to: &str) -> String {
    if from.is_empty() || to.is_empty() { format!("{from}{to}") } else { format!("{from} - {to}") }
}

impl Entry {
    fn note_here(&mut self, kind: DoubtKind) {
        self.doubts.push(Doubt::new(self.span.first_line, kind));
    }

    fn starts_lower(&self) -> bool {
        self.content.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
            && self.content.starts_with(char::is_alphabetic)
    }

    fn is_child(&self) -> bool {
        self.content.starts_with(['-', '+', '–', '•'])
    }

    fn is_open(&self) -> bool {
        !self.content.trim_end().ends_with(['.', ';', '!', '?', ')'])
    }

    fn absorb(&mut self, rest: Self) {
        let line = rest.span.first_line;
        let add = |own: &mut String, more: &str| {
            if !more.is_empty() {
                if !own.is_empty() {
                    own.push(' ');
                }
                own.push_str(more);
            }
        };
        add(&mut self.content, &rest.content);
        add(&mut self.time, &rest.time);
        add(&mut self.note, &rest.note);
        add(&mut self.who, &rest.who);
        add(&mut self.channel, &rest.channel);
        if self.number.is_empty() && !rest.number.is_empty() {
            self.number.clone_from(&rest.number);
            self.doubts.push(Doubt::new(line, DoubtKind::NumberMoved { number: rest.number.clone() }));
        }
        if self.months.is_empty() {
            self.months = rest.months;
        }
        self.doubts.push(Doubt::new(line, DoubtKind::RowJoined));
        self.doubts.extend(rest.doubts);
        self.span = self.span.to(rest.span);
    }
}

/// Joins the pieces of rows that were cut.
fn joined(entries: Vec<Entry>, numbered: bool) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    for entry in entries {
        if entry.content.is_empty() {
            absorb_label(&mut out, entry);
            continue;
        }
        let Some(before) = out.last_mut() else {
            out.push(entry);
            continue;
        };
        let unnumbered = entry.number.is_empty();
        let second_half = before.number.is_empty() && !unnumbered && entry.starts_lower() && numbered;
        let rest = unnumbered
            && entry.months.is_empty()
            && entry.day.is_empty()
            && (entry.starts_lower()
                || (numbered && entry.content.starts_with('(') && before.time.is_empty())
                || (numbered && entry.is_child())
                || (numbered && entry.after_break && before.is_open() && !before.number.is_empty()));
        if second_half || rest {
            before.absorb(entry);
        } else {
            out.push(entry);
        }
    }
    if numbered {
        for entry in out.iter_mut().filter(|e| e.number.is_empty()) {
            entry.note_here(DoubtKind::RowWithoutNumber);
        }
    }
    out
}

/// A row with nothing but a label (or a time) belongs to the row before it, unless it opens a month.
fn absorb_label(out: &mut [Entry], entry: Entry) {
    let bare = entry.months.is_empty() && (!entry.time.is_empty() || !entry.note.is_empty());
    if let Some(before) = out.last_mut().filter(|_| bare) {
        before.absorb(entry);
    }
}

/// The months of each entry, with the doubts of finding them.
fn months_of(
    entries: &[Entry],
    layout: &Layout,
    around: &Surroundings,
    fallback: SchoolYear,
) -> Vec<(Vec<Month>, Vec<Doubt>)> {
    if layout.month.is_none() && entries.iter().all(|entry| entry.months.is_empty()) {
        return entries.iter().map(|_| (around.months.clone(), Vec::new())).collect();
    }
    let groups = groups(entries, layout.month.is_some());
    let labels: Vec<Vec<MonthSaid>> = groups.iter().map(|g| g.label.clone()).collect();
    let known: Vec<Vec<MonthSaid>> = labels.iter().filter(|l| !l.is_empty()).cloned().collect();
    let mut placed = place(&known, around.school_year, fallback).into_iter();
    let mut out: Vec<(Vec<Month>, Vec<Doubt>)> = Vec::new();
    let mut before: Vec<Month> = Vec::new();
    for group in groups {
        let mut doubts = Vec::new();
        let line = entries[group.first].span.first_line;
        let Placed { months, wrong } = if group.label.is_empty() {
            let month = before.last().map_or(Month { year: fallback.0, month: 8 }, |m| m.next());
            doubts.push(Doubt::new(line, DoubtKind::MonthInferred { month }));
            Placed { months: vec![month], wrong: None }
        } else {
            placed.next().unwrap_or(Placed { months: Vec::new(), wrong: None })
        };
        if let (Some(year), Some(month)) = (wrong, months.first()) {
            let line = entries[group.label_at].span.first_line;
            let printed = format!("{}/{year}", month.month);
            let read = format!("{}/{}", month.month, month.year);
            doubts.push(Doubt::new(line, DoubtKind::WrongYear { printed, read }));
        }
        if let Some(month) = months.first().filter(|_| group.label_at > group.first) {
            doubts.push(Doubt::new(line, DoubtKind::MonthMoved { month: *month }));
        }
        for _ in group.first..group.end {
            out.push((months.clone(), std::mem::take(&mut doubts)));
        }
        before = months;
    }
    out
}

/// Entries of one month.
struct Group {
    first: usize,
    end: usize,
    label: Vec<MonthSaid>,
    label_at: usize,
}

/// Cuts entries into months: at a label, and where the numbers begin again at 1. A label on a later row of a group that has
/// none yet holds for the whole group.
fn groups(entries: &[Entry], labelled_by_row: bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let restart = labelled_by_row && row_number(&entry.number) == Some(1) && at > 0;
        let labelled = !entry.months.is_empty();
        let open = groups.last().is_some_and(|g| g.label.is_empty());
        let repeats = groups.last().is_some_and(|g| labelled && g.label == entry.months);
        let begins = groups.is_empty() || (restart && !repeats) || (labelled && !open && !repeats);
        if begins {
            groups.push(Group { first: at, end: at + 1, label: entry.months.clone(), label_at: at });
        } else if let Some(group) = groups.last_mut() {
            group.end = at + 1;
            if labelled && group.label.is_empty() {
                group.label.clone_from(&entry.months);
                group.label_at = at;
            }
        }
    }
    groups
}

/// A cell that is nothing but months: "10/2026", "6+7 /2027", "Tháng 9", "9".
fn month_label(cell: &str) -> Option<Vec<MonthSaid>> {
    let tokens = tokens(cell);
    let (months, next) = months_at(cell, &tokens, 0)?;
    let rest_is_motto = tokens.get(next).is_none_or(|t| t.is_sign('(') || t.is_sign(':') || t.is_sign('.'));
    let named = is_month_word(tokens.first());
    (rest_is_motto || (named && next > 1)).then_some(months)
}

/// The entries of a half-day: each bullet of the cell is one.
fn calendar_entries(content: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let pieces = content.split('\n').map(str::trim_start).flat_map(|line| {
        line.split(" - ").enumerate().map(move |(n, piece)| (piece, if n == 0 { " " } else { " - " }))
    });
    for (piece, sign) in pieces {
        // A line of the cell that opens like an entry is one, whatever ends the line before it; a clock opens one anywhere.
        let opens = sign == " " && piece.starts_with(['-', '–', '+', '•']) || begins_with_a_clock(piece);
        let ended = opens
            || parts.last().is_none_or(|p: &String| p.trim_end().ends_with(['.', ';', ':']) || p.is_empty());
        match parts.last_mut() {
            Some(last) if !ended => {
                last.push_str(sign);
                last.push_str(piece);
            }
            _ => parts.push(piece.to_owned()),
        }
    }
    parts
        .into_iter()
        .map(|p| p.trim().trim_start_matches(['-', '–', '+', '•']).trim().to_owned())
        .filter(|p| !p.is_empty())
        .collect()
}

fn begins_with_a_clock(text: &str) -> bool {
    clock_at(text, &tokens(text), 0).is_some()
}

/// "7g30: Chào cờ" → 7:30 and the words after it.
pub fn without_clock(text: &str) -> (Option<(u32, u32)>, String) {
    let tokens = tokens(text);
    let Some((clock, next)) = clock_at(text, &tokens, 0) else { return (None, text.to_owned()) };
    let sign = tokens.get(next).is_some_and(|t| t.is_sign(':') || t.is_sign(',') || t.is_sign('.'));
    let from = if sign { next + 1 } else { next };
    match tokens.get(from) {
        Some(first) => (Some((clock.hour, clock.minute)), text[first.start..].to_owned()),
        None => (None, text.to_owned()),
    }
}
