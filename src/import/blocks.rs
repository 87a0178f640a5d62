//! Lines → blocks: paragraphs, points and bullets with their markers, and tables. Every format of a document comes to these
//! blocks; what follows does not know where they came from.

use super::directive::Span;
use super::doubt::{Doubt, DoubtKind};
use super::grid::table_of;
use super::lines::Line;
use super::marker::{Marker, opening};
use super::table::{Table, table_at};
use crate::vietnamese::{
    MonthSaid, Token, day_at, fold_start, is_letter_or_digit, is_month_word, is_short_month, months_at,
    quarter_at, tokens,
};

/// A piece of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph, a point or a bullet.
    Text(TextBlock),
    /// A table.
    Table(Table),
}

/// A paragraph, a point or a bullet, its printed lines joined.
#[derive(Clone, Debug)]
pub struct TextBlock {
    /// How it opens.
    pub marker: Marker,
    /// Its words after the marker.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// What was repaired in it.
    pub doubts: Vec<Doubt>,
}

impl TextBlock {
    /// Whether its letters are capitals: a title.
    pub fn is_title(&self) -> bool {
        is_shouted(&self.text)
    }
}

/// Whether the letters of a text are capitals, save a few ("NĂM HỌC 2026-2027 cấp mầm non" is none).
pub fn is_shouted(text: &str) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for c in text.chars().filter(|c| is_letter_or_digit(*c) && !c.is_ascii_digit()) {
        if c.is_uppercase() {
            upper += 1
        } else {
            lower += 1
        }
        // No title has so many small letters.
        if lower > 40 {
            return false;
        }
    }
    upper >= 3 && lower * 8 <= upper
}

/// Cuts lines into blocks.
pub fn blocks(lines: &[Line]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut at = 0;
    let mut blank = true;
    while at < lines.len() {
        if let Some(row) = &lines[at].row {
            let of_table = |line: &&Line| line.row.as_ref().is_some_and(|other| other.table == row.table);
            let next = at + lines[at..].iter().take_while(of_table).count();
            out.extend(table_of(&lines[at..next]).map(Block::Table));
            at = next;
            blank = true;
            continue;
        }
        if let Some((table, next)) = table_at(lines, at) {
            match out.last_mut() {
                // The next page of the same table: its header is printed again.
                Some(Block::Table(before)) if before.continues_with(&table) => before.append(table),
                _ => out.push(Block::Table(table)),
            }
            at = next;
            blank = true;
            continue;
        }
        let line = &lines[at];
        at += 1;
        if line.is_blank() || is_page_number(&line.text) {
            blank = true;
            continue;
        }
        push_line(&mut out, line, blank || line.begins);
        blank = false;
    }
    find_lost_numbers(&mut out);
    out
}

/// "3. …", a paragraph, "5. …": the paragraph is point 4, its number was lost.
fn find_lost_numbers(blocks: &mut [Block]) {
    let number = |block: &Block| match block {
        Block::Text(TextBlock { marker: Marker::Number(path), .. }) if path.len() == 1 => {
            path.first().copied()
        }
        _ => None,
    };
    for at in 1..blocks.len().saturating_sub(1) {
        let (Some(before), Some(after)) = (number(&blocks[at - 1]), number(&blocks[at + 1])) else {
            continue;
        };
        if let Block::Text(text) = &mut blocks[at]
            && after == before + 2
            && text.marker == Marker::Plain
            && !text.is_title()
            && !text.text.trim_end().ends_with(':')
        {
            let printed = text.text.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
            let kind = DoubtKind::PointRepaired { printed, read: format!("{}.", before + 1) };
            text.doubts.push(Doubt::new(text.span.first_line, kind));
            text.marker = Marker::Number(vec![before + 1]);
        }
    }
}

fn push_line(out: &mut Vec<Block>, line: &Line, apart: bool) {
    let open = opening(&line.text);
    let mut marker = open.marker;
    let mut rest = open.rest;
    let mut doubts = Vec::new();
    let line_number = line.span.first_line;
    if let Some(printed) = open.repaired {
        let kind = DoubtKind::PointRepaired { printed: printed.to_owned(), read: marker.label() };
        doubts.push(Doubt::new(line_number, kind));
    }
    if marker == Marker::Plain
        && let Some((number, after)) = point_without_stop(out, rest)
    {
        let read = format!("{number}.");
        doubts.push(Doubt::new(line_number, DoubtKind::PointRepaired { printed: number.to_string(), read }));
        marker = Marker::Number(vec![number]);
        rest = after;
    }
    if marker == Marker::Plain
        && let Some(Block::Text(before)) = out.last_mut()
        && goes_on(before, rest, apart)
    {
        if apart {
            before.doubts.push(Doubt::new(line_number, DoubtKind::RowJoined));
        }
        before.text.push(' ');
        before.text.push_str(rest);
        before.span = before.span.to(line.span);
        return;
    }
    out.push(Block::Text(TextBlock { marker, text: rest.to_owned(), span: line.span, doubts }));
}

/// Whether a line without a marker is the rest of the sentence before it.
fn goes_on(before: &TextBlock, rest: &str, apart: bool) -> bool {
    let Some(first) = rest.chars().find(|c| c.is_alphanumeric()) else { return false };
    let end = before.text.trim_end();
    let ended = end.ends_with(['.', ';', ':', '!', '?', '…']);
    if before.is_title() || is_shouted(rest) || is_month_heading(&before.text) || is_month_heading(rest) {
        return false;
    }
    if first.is_lowercase() && rest.starts_with(first) {
        return !ended || (!apart && end.ends_with([';', ':']));
    }
    // "…; Phòng chấm ngày 25/3." within a bullet: another bullet would have its sign.
    if !apart && end.ends_with(';') && before.marker != Marker::Plain {
        return true;
    }
    // A line broken at the width of the page before a capital: only within a long line.
    let finishes = rest.trim_end().ends_with(['.', ';']) && breaks_off(before);
    !apart && !ended && before.marker != Marker::Plain && (finishes || last_line_is_long(before))
}

/// A line of some length that ends in a small word: the sentence goes on, whatever begins the next line.
fn breaks_off(block: &TextBlock) -> bool {
    const LONG: usize = 45;
    let last = block.text.trim_end().rsplit(' ').next().unwrap_or_default();
    let small = last.chars().all(char::is_lowercase);
    small && !last.is_empty() && block.text.chars().count() >= LONG
}

fn last_line_is_long(block: &TextBlock) -> bool {
    block.text.chars().count() >= 70 && block.text.ends_with(|c: char| c.is_alphanumeric() || c == ',')
}

/// "7 Đăng ký": a point whose full stop was lost, if the point before it is number 6.
fn point_without_stop<'a>(out: &[Block], text: &'a str) -> Option<(u32, &'a str)> {
    let (digits, rest) = text.split_once(' ')?;
    // "8, Gửi": the full stop was misread.
    let digits = digits.trim_end_matches([',', ';', '_', '\'']);
    let number: u32 = digits.parse().ok()?;
    let opens = rest.trim_start().starts_with(char::is_uppercase);
    let before = out.iter().rev().find_map(|block| match block {
        Block::Text(TextBlock { marker: Marker::Number(path), .. }) if path.len() == 1 => {
            path.first().copied()
        }
        _ => None,
    })?;
    (opens && digits.len() <= 2 && number == before + 1).then(|| (number, rest.trim_start()))
}

/// "- 2 -", "3": the number of a page between paragraphs.
fn is_page_number(text: &str) -> bool {
    let inner = text.trim().trim_matches(|c: char| c == '-' || c == '–' || c == ' ');
    let inner = inner.strip_prefix("Trang ").or_else(|| inner.strip_prefix("trang ")).unwrap_or(inner);
    !inner.is_empty() && inner.len() <= 3 && inner.chars().all(|c| c.is_ascii_digit())
}

/// The months of a month's heading.
pub fn months_of_heading(text: &str) -> Option<Vec<MonthSaid>> {
    if !is_month_heading(text) {
        return None;
    }
    let text = if duty_of_heading(text).is_some() { text.split(':').next().unwrap_or(text) } else { text };
    if is_summer(text) {
        let tokens = tokens(text);
        let year = tokens
            .iter()
            .find(|t| t.width() == 4)
            .and_then(Token::number)
            .and_then(|y| i32::try_from(y).ok());
        // "(tháng 6, 7, 8)": which months it is.
        let named = (0..tokens.len()).find(|at| is_month_word(tokens.get(*at)));
        let said = named.and_then(|at| months_at(text, &tokens, at)).map(|(months, _)| months);
        let months = said.unwrap_or_else(|| [6, 7].map(|month| MonthSaid { month, year: None }).into());
        return Some(months.iter().map(|m| MonthSaid { year: m.year.or(year), ..*m }).collect());
    }
    heading_months(text, &tokens(text)).map(|(months, _)| months)
}

/// The months that a text begins with: "Tháng 9, 10", "Quý I/2027", "Từ T2 đến T7".
fn heading_months(text: &str, tokens: &[Token]) -> Option<(Vec<MonthSaid>, usize)> {
    let from = usize::from(tokens.first().is_some_and(|t| t.is_word("tu")));
    let through = || is_month_word(tokens.get(from)) || is_short_month(text, tokens, from);
    let months = if from == 0 || through() { months_at(text, tokens, from) } else { None };
    months.filter(|(months, _)| from == 0 || months.len() > 1).or_else(|| quarter_at(text, tokens, from))
}

/// "HÈ 2027", "HÈ:", "HÈ 2027 (tháng 6, 7)": June and July.
fn is_summer(text: &str) -> bool {
    if !text.trim_start().starts_with(['H', 'h']) {
        return false;
    }
    let tokens = tokens(text);
    let head = text.get(..tokens.first().map_or(0, |t| t.end)).unwrap_or_default();
    let year = tokens.get(1).is_some_and(|t| t.width() == 4 && t.number().is_some());
    let ends = tokens.get(if year { 2 } else { 1 }).is_none_or(|t| t.is_sign(':') || t.is_sign('('));
    matches!(head.trim(), "HÈ" | "Hè") && ends && (year || tokens.len() <= 2)
}

/// What stands behind a month on the same line when it is more than its motto: "Tháng 9/2026: khai giảng ngày 05/9; …".
pub fn duty_of_heading(text: &str) -> Option<&str> {
    const MOTTO: usize = 8;
    let (label, rest) = text.split_once(':')?;
    let rest = rest.trim();
    let tokens = tokens(rest);
    let dated = (0..tokens.len()).any(|at| day_at(rest, &tokens, at).is_some_and(|(day, _)| !day.weak));
    let says = dated || rest.contains(';') || rest.split_whitespace().count() > MOTTO;
    (says && label.len() < 40 && is_month_heading(label)).then_some(rest)
}

/// Whether a line is a month's heading: "THÁNG 8/2026:", "Tháng Chín (chủ điểm …)", "1. THÁNG 9/2026".
pub fn is_month_heading(text: &str) -> bool {
    // Most lines are none, which their beginning tells.
    let begins = text
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'T' | 't' | 'H' | 'l' | 'I' | 'Q'));
    if !begins || text.len() > 300 {
        return false;
    }
    // So do "Trường", "Tổ", "Thực hiện": only "Tháng", "Thg", "Từ" and a T alone or before a number may name a month.
    let start = fold_start(text, 4);
    if let Some(rest) = start.strip_prefix('t') {
        let word =
            rest.starts_with('u') || rest.strip_prefix('h').is_some_and(|rest| rest.starts_with(['a', 'g']));
        if !word && rest.starts_with(|c: char| c.is_alphabetic()) {
            return false;
        }
    }
    if is_summer(text) {
        return true;
    }
    let tokens = tokens(text);
    let Some((months, next)) = heading_months(text, &tokens) else { return false };
    let short =
        tokens.first().is_some_and(|t| (t.is_word("t") || t.is_word("tu") || t.is_word("quy")) && next > 1);
    if !is_month_word(tokens.first()) && !short {
        // "8/2026" alone: a month's cell of a table whose cells stand each on its own line.
        return next == tokens.len() && months.iter().all(|m| m.year.is_some()) && tokens.len() > 1;
    }
    // "Tháng 02: TH Kim Đồng; tháng 3: TH Sông Ray": who is on duty in each.
    let several = tokens[next..].iter().any(|t| t.is_sign(';'))
        && tokens[next..].iter().any(|t| is_month_word(Some(t)));
    !several
        && tokens.get(next).is_none_or(|t| t.is_sign(':') || t.is_sign('(') || t.is_sign('.') || t.is_dash())
        && (next >= tokens.len()
            || tokens[next].is_sign('(')
            || tokens[next].is_sign(':')
            || text.trim_end().ends_with([':', '.'])
            || text.len() < 60)
}
