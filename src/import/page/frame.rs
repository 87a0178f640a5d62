//! Drawn lines → tables: where level and upright lines meet there are cells, and a line that is missing merges two of them.

use super::paragraph::append;
use super::piece::{Piece, pieces};
use super::{Rule, Table, Word, typed};
use crate::import::marker::{Marker, opening};
use crate::import::parts::{Cell, Part, Row};

/// How near lines are that are one, in points: a double line, two borders drawn beside each other.
const NEAR: f32 = 3.0;
/// How near the ends of lines are that meet.
const TOUCH: f32 = 4.0;
/// Lines of a page that are looked at. A drawing has more.
const MAX_RULES: usize = 6_000;
/// Columns and rows of a table on one page.
const MAX_COLUMNS: usize = 60;
const MAX_ROWS: usize = 300;

/// A table as drawn.
#[derive(Debug)]
pub struct Frame {
    /// The lines between its columns, from left to right.
    edges: Vec<f32>,
    /// The lines between its rows, from top to bottom.
    levels: Vec<f32>,
    /// For each cell of the grid, row by row, the cell that it is part of.
    cells: Vec<usize>,
}

/// A straight line by its place across and its ends along.
#[derive(Clone, Copy, Debug)]
struct Stroke {
    at: f32,
    from: f32,
    to: f32,
}

/// The tables that lines draw, from top to bottom.
pub fn frames(rules: &[Rule]) -> Vec<Frame> {
    if rules.len() > MAX_RULES {
        return Vec::new();
    }
    let level = |rule: &&Rule| rule.right - rule.left >= rule.bottom - rule.top;
    let across = rules.iter().filter(level).map(|rule| Stroke {
        at: f32::midpoint(rule.top, rule.bottom),
        from: rule.left,
        to: rule.right,
    });
    let down = rules.iter().filter(|rule| !level(rule)).map(|rule| Stroke {
        at: f32::midpoint(rule.left, rule.right),
        from: rule.top,
        to: rule.bottom,
    });
    let (across, down) = (joined(across.collect()), joined(down.collect()));
    let mut out: Vec<Frame> =
        groups(&across, &down).into_iter().filter_map(|(across, down)| Frame::of(&across, &down)).collect();
    out.sort_by(|a, b| a.top().total_cmp(&b.top()));
    // A table in a cell of another is part of its text.
    let mut kept: Vec<Frame> = Vec::new();
    for frame in out {
        if !kept.iter().any(|other| other.surrounds(&frame)) {
            kept.push(frame);
        }
    }
    kept
}

/// Strokes on one line that touch become one.
fn joined(mut strokes: Vec<Stroke>) -> Vec<Stroke> {
    strokes.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Stroke> = Vec::new();
    let mut first = 0;
    for stroke in strokes {
        while first < out.len() && out[first].at < stroke.at - 1.5 {
            first += 1;
        }
        let same = out[first..].iter_mut().find(|o| stroke.from <= o.to + NEAR && stroke.to >= o.from - NEAR);
        match same {
            Some(one) => {
                one.from = one.from.min(stroke.from);
                one.to = one.to.max(stroke.to);
            }
            None => out.push(stroke),
        }
    }
    out.retain(|stroke| stroke.to - stroke.from > 4.0);
    out
}

/// Strokes that meet, directly or through others.
fn groups(across: &[Stroke], down: &[Stroke]) -> Vec<(Vec<Stroke>, Vec<Stroke>)> {
    let mut of: Vec<usize> = (0..across.len() + down.len()).collect();
    for (a, level) in across.iter().enumerate() {
        for (d, upright) in down.iter().enumerate() {
            let meet = upright.at >= level.from - TOUCH
                && upright.at <= level.to + TOUCH
                && level.at >= upright.from - TOUCH
                && level.at <= upright.to + TOUCH;
            if meet {
                unite(&mut of, a, across.len() + d);
            }
        }
    }
    let mut out: Vec<(usize, Vec<Stroke>, Vec<Stroke>)> = Vec::new();
    for at in 0..of.len() {
        let root = root(&of, at);
        let place = match out.iter().position(|(other, ..)| *other == root) {
            Some(place) => place,
            None => {
                out.push((root, Vec::new(), Vec::new()));
                out.len() - 1
            }
        };
        if at < across.len() {
            out[place].1.push(across[at]);
        } else {
            out[place].2.push(down[at - across.len()]);
        }
    }
    out.into_iter().map(|(_, across, down)| (across, down)).collect()
}

fn root(of: &[usize], mut at: usize) -> usize {
    while of[at] != at {
        at = of[at];
    }
    at
}

fn unite(of: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(of, a), root(of, b));
    of[a.max(b)] = a.min(b);
}

/// The different places of some strokes, near ones taken together.
fn places(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for value in values {
        if out.last().is_none_or(|last| value - last > NEAR) {
            out.push(value);
        }
    }
    out
}

/// How much of `from..to` the strokes at a place cover.
fn covers(strokes: &[Stroke], at: f32, from: f32, to: f32) -> bool {
    let covered: f32 = strokes
        .iter()
        .filter(|stroke| (stroke.at - at).abs() <= NEAR)
        .map(|stroke| (stroke.to.min(to) - stroke.from.max(from)).max(0.0))
        .sum();
    covered >= 0.5 * (to - from)
}

impl Frame {
    /// A table needs two columns at least; the lines at its edges may be left out.
    fn of(across: &[Stroke], down: &[Stroke]) -> Option<Self> {
        if across.is_empty() || down.is_empty() {
            return None;
        }
        let ends = |strokes: &[Stroke]| {
            let from = strokes.iter().map(|stroke| stroke.from).fold(f32::MAX, f32::min);
            let to = strokes.iter().map(|stroke| stroke.to).fold(f32::MIN, f32::max);
            (from, to)
        };
        let ((left, right), (top, bottom)) = (ends(across), ends(down));
        let edges = with_ends(places(down.iter().map(|stroke| stroke.at)), left, right);
        let levels = with_ends(places(across.iter().map(|stroke| stroke.at)), top, bottom);
        let (columns, rows) = (edges.len().checked_sub(1)?, levels.len().checked_sub(1)?);
        if !(2..=MAX_COLUMNS).contains(&columns) || !(1..=MAX_ROWS).contains(&rows) {
            return None;
        }
        let mut cells: Vec<usize> = (0..columns * rows).collect();
        for row in 0..rows {
            for column in 0..columns {
                let here = row * columns + column;
                let (l, r, t, b) = (edges[column], edges[column + 1], levels[row], levels[row + 1]);
                if column + 1 < columns && !covers(down, r, t, b) {
                    unite(&mut cells, here, here + 1);
                }
                if row + 1 < rows && !covers(across, b, l, r) {
                    unite(&mut cells, here, here + columns);
                }
            }
        }
        let cells: Vec<usize> = (0..cells.len()).map(|at| root(&cells, at)).collect();
        let several = cells.iter().any(|cell| *cell != cells[0]);
        several.then_some(Self { edges, levels, cells })
    }

    pub fn top(&self) -> f32 {
        self.levels[0]
    }

    fn bottom(&self) -> f32 {
        self.levels[self.levels.len() - 1]
    }

    fn surrounds(&self, other: &Self) -> bool {
        let across = other.edges[0] >= self.edges[0] - NEAR
            && other.edges[other.edges.len() - 1] <= self.edges[self.edges.len() - 1] + NEAR;
        across && other.top() >= self.top() - NEAR && other.bottom() <= self.bottom() + NEAR
    }

    /// Whether a word stands in it.
    pub fn holds(&self, word: &Word) -> bool {
        let middle = word.base - 0.3 * word.size;
        let (left, right) = (self.edges[0], self.edges[self.edges.len() - 1]);
        middle > self.top() && middle < self.bottom() && word.middle() > left && word.middle() < right
    }

    /// The table with words in its cells; none when there is nothing in it.
    pub fn table(&self, words: Vec<Word>) -> Option<Table> {
        let columns = self.edges.len() - 1;
        let mut held: Vec<Vec<Word>> = vec![Vec::new(); self.cells.len()];
        for word in words.into_iter().flat_map(|word| self.parted(word)) {
            if let Some(at) = self.cell_of(&word) {
                held[self.cells[at]].push(word);
            }
        }
        if held.iter().all(Vec::is_empty) {
            return None;
        }
        let mut rows = Vec::new();
        for row in 0..self.levels.len() - 1 {
            let mut cells: Vec<Cell> = Vec::new();
            let mut column = 0;
            while column < columns {
                let at = row * columns + column;
                let cell = self.cells[at];
                let span =
                    self.cells[at..(row + 1) * columns].iter().take_while(|other| **other == cell).count();
                let goes_on = cell / columns < row;
                let words = if goes_on { Vec::new() } else { std::mem::take(&mut held[cell]) };
                let width = self.edges[column + span] - self.edges[column];
                cells.push(Cell { parts: cell_parts(words, width), columns: span, goes_on });
                column += span;
            }
            let thin = self.levels[row + 1] - self.levels[row] < 5.0;
            if !(thin && cells.iter().all(|cell| cell.parts.is_empty())) {
                rows.push(Row { cells, ..Row::default() });
            }
        }
        Some(Table { edges: self.edges.clone(), rows })
    }

    fn cell_of(&self, word: &Word) -> Option<usize> {
        let columns = self.edges.len() - 1;
        let column = self.edges.partition_point(|edge| *edge <= word.middle()).checked_sub(1)?;
        let level = word.base - 0.3 * word.size;
        let row = self.levels.partition_point(|at| *at <= level).checked_sub(1)?;
        (column < columns && row + 1 < self.levels.len()).then_some(row * columns + column)
    }

    /// A run of words that a program drew over a line between two cells, cut at the blank next to the line.
    fn parted(&self, word: Word) -> Vec<Word> {
        let level = word.base - 0.3 * word.size;
        let Some(row) = self.levels.partition_point(|at| *at <= level).checked_sub(1) else {
            return vec![word];
        };
        let columns = self.edges.len() - 1;
        let crossed = (1..columns).find(|at| {
            let edge = self.edges[*at];
            let cell = row * columns + at;
            word.left < edge - 2.0
                && word.right > edge + 2.0
                && self.cells.get(cell).is_some_and(|own| *own != self.cells[cell - 1])
        });
        let Some(edge) = crossed.map(|at| self.edges[at]) else { return vec![word] };
        let letters: Vec<char> = word.text.chars().collect();
        let each = (word.right - word.left) / letters.len().max(1) as f32;
        let wanted = (edge - word.left) / each;
        let blank = (0..letters.len())
            .filter(|at| letters[*at] == ' ')
            .min_by(|a, b| (*a as f32 - wanted).abs().total_cmp(&(*b as f32 - wanted).abs()));
        let Some(blank) = blank.filter(|at| (*at as f32 - wanted).abs() < 4.0) else { return vec![word] };
        let (before, after) = letters.split_at(blank);
        let first = Word { text: before.iter().collect(), right: edge - 1.0, ..word.clone() };
        let second = Word { text: after[1..].iter().collect(), left: edge + 1.0, ..word };
        std::iter::once(first).chain(self.parted(second)).collect()
    }
}

/// The paragraphs of a cell: a line goes on when the next word did not fit behind it and no sign opens it.
fn cell_parts(words: Vec<Word>, width: f32) -> Vec<Part> {
    let pieces = pieces(words);
    let left = pieces.iter().map(|piece| piece.left).fold(f32::MAX, f32::min);
    let right = pieces.iter().map(|piece| piece.right).fold(f32::MIN, f32::max);
    // The blank between a line and its text is on both sides of it.
    let room = (right - left).max(width - 14.0);
    let mut out: Vec<String> = Vec::new();
    let mut above: Option<&Piece> = None;
    for piece in &pieces {
        let level = above.is_some_and(|above| (piece.base - above.base).abs() < 0.3 * above.size);
        let wrapped = above.is_some_and(|above| {
            let used = above.width() + 0.25 * above.size + piece.first_word();
            used > room - 0.3 * above.size && opening(&piece.text).marker == Marker::Plain
        });
        match out.last_mut() {
            Some(text) if level || wrapped => append(text, &piece.text),
            _ => out.push(piece.text.trim().to_owned()),
        }
        above = Some(piece);
    }
    out.into_iter().map(typed).collect()
}

fn with_ends(mut places: Vec<f32>, from: f32, to: f32) -> Vec<f32> {
    if places.first().is_some_and(|first| first - from > 8.0) {
        places.insert(0, from);
    }
    if places.last().is_some_and(|last| to - last > 8.0) {
        places.push(to);
    }
    places
}
