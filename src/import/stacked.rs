//! Tables whose cells stand each on a line of its own: which line is which cell?
//!
//! Nothing but the order of the columns and what each line looks like tells. Every way of dealing the lines to the columns has a
//! price (a time in the column of who acts, an empty cell, a row without content), and the cheapest is taken. Cells that
//! reach over several rows (month, day) are printed once and cost nothing where they are left out.

use super::columns::Column;
use super::days::{is_half_day, says_when};
use super::directive::Span;
use super::lines::Line;
use super::table::{Row, is_day_line, is_month_label, row_number};
use crate::vietnamese::{clock_at, fold_start, tokens};

/// A price above this for each line says that the lines are no rows of such a table.
const FAIR: u32 = 20;
const NEVER: u32 = 10_000;

/// Deals lines to the columns of a table; nothing when they do not fit.
pub fn rows(lines: &[Line], columns: &[Column]) -> Option<Vec<Row>> {
    let width = columns.len();
    let looks: Vec<Look> = lines.iter().map(|line| Look::of(line.text.trim())).collect();
    // best[n][c]: the cheapest way to have dealt n lines, the last into column c; c = width: nothing yet.
    let mut best = vec![vec![(u32::MAX, Step::Begin); width + 1]; lines.len() + 1];
    best[0][width] = (0, Step::Begin);
    for at in 0..lines.len() {
        for last in 0..=width {
            let (price, _) = best[at][last];
            if price == u32::MAX {
                continue;
            }
            for (next, more, step) in moves(&looks, at, last, columns) {
                let place = &mut best[at + 1][next];
                if price + more < place.0 {
                    *place = (price + more, step_from(step, last));
                }
            }
        }
    }
    let (last, &(price, _)) = best[lines.len()]
        .iter()
        .enumerate()
        .filter(|(_, (price, _))| *price != u32::MAX)
        .min_by_key(|(last, (price, _))| price + end_price(*last, columns))?;
    let filled = looks.iter().filter(|look| !look.blank).count();
    let total = price + end_price(last, columns);
    let fair = filled > 0 && total <= FAIR * u32::try_from(filled).unwrap_or(u32::MAX);
    fair.then(|| dealt(lines, &best, last, width))
}

/// How a line was dealt, with the column before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Begin,
    /// Into a new cell of the same row; the column before.
    Cell(usize),
    /// Into the first cell of a new row; the column before.
    Row(usize),
    /// More of the same cell.
    More,
    /// An empty line that is no cell.
    Nothing,
}

fn step_from(step: Step, last: usize) -> Step {
    match step {
        Step::Cell(_) => Step::Cell(last),
        Step::Row(_) => Step::Row(last),
        other => other,
    }
}

/// Where a line can go when the one before it went into column `last`, and the price.
fn moves(looks: &[Look], at: usize, last: usize, columns: &[Column]) -> Vec<(usize, u32, Step)> {
    let width = columns.len();
    let look = &looks[at];
    let mut out = Vec::new();
    if look.blank {
        // An empty cell, or only an empty line.
        if last < width {
            out.push((last, 8, Step::Nothing));
            if last + 1 < width {
                out.push((
                    last + 1,
                    if columns[last + 1] == Column::Content { 100 } else { 0 },
                    Step::Cell(0),
                ));
            }
        } else {
            out.push((last, 1, Step::Nothing));
        }
        return out;
    }
    if last < width {
        let mut skipped = 0;
        for (next, column) in columns.iter().enumerate().skip(last + 1) {
            out.push((next, skipped + look.price(*column), Step::Cell(0)));
            skipped += left_out(*column);
        }
        out.push((last, look.price_of_more(columns[last], at.checked_sub(1).map(|n| &looks[n])), Step::More));
    }
    let ended = if last < width { end_price(last, columns) } else { 0 };
    let mut skipped = 0;
    for (next, column) in columns.iter().enumerate() {
        out.push((next, ended + skipped + look.price(*column), Step::Row(0)));
        skipped += left_out(*column);
    }
    out
}

/// The price of the columns that a row lacks at its end.
fn end_price(last: usize, columns: &[Column]) -> u32 {
    columns.get(last + 1..).unwrap_or_default().iter().map(|column| left_out(*column)).sum()
}

/// The price of a column that a row leaves out without an empty line.
fn left_out(column: Column) -> u32 {
    match column {
        Column::Month | Column::Week | Column::Day | Column::HalfDay => 3,
        Column::Content => NEVER,
        Column::Number => 30,
        Column::Time => 22,
        Column::Begin | Column::End => 12,
        Column::Who | Column::Partner | Column::HalfOf(_) => 20,
        Column::Note => 9,
        Column::Channel | Column::Reference | Column::Other => 14,
    }
}

/// What a line looks like.
struct Look {
    blank: bool,
    number: bool,
    month: bool,
    day: bool,
    half: bool,
    time: bool,
    clock: bool,
    who: bool,
    long: bool,
    lower: bool,
    ended: bool,
}

impl Look {
    fn of(text: &str) -> Self {
        let tokens = tokens(text);
        let half = is_half_day(text);
        Self {
            blank: text.is_empty(),
            number: row_number(text).is_some(),
            month: is_month_label(text),
            day: !half && row_number(text).is_none() && is_day_line(text),
            half,
            time: half || says_when(&tokens),
            clock: clock_at(text, &tokens, 0).is_some(),
            who: names_who_acts(text),
            long: text.chars().count() > 40,
            lower: text.starts_with(char::is_lowercase),
            ended: text.ends_with(['.', ';', ':', '!']),
        }
    }

    /// The price of this line as a cell of a column.
    fn price(&self, column: Column) -> u32 {
        let unless = |fits: bool, price: u32| if fits { 0 } else { price };
        match column {
            Column::Number => unless(self.number, 70),
            Column::Month => unless(self.month, 80),
            Column::Week => unless(self.time || self.number, 80),
            Column::Day => unless(self.day, 80),
            Column::HalfDay => unless(self.half, 80),
            Column::Begin | Column::End => unless(self.time, 60),
            Column::Time => unless(self.time, 60) + if self.day && !self.clock { 1 } else { 0 },
            Column::Reference => unless(self.time, 12),
            Column::Content | Column::HalfOf(_) => {
                let other = self.day || self.half || self.month || self.number;
                if other {
                    80
                } else if self.time {
                    55
                } else if self.lower {
                    15
                } else if self.who {
                    8
                } else {
                    0
                }
            }
            Column::Who | Column::Partner => {
                unless(self.who, 10) + if self.time { 40 } else { 0 } + if self.long { 10 } else { 0 }
            }
            Column::Note | Column::Channel | Column::Other => {
                4 + if self.day || self.month { 60 } else { 0 }
                    + if self.time { 20 } else { 0 }
                    + if self.long { 8 } else { 0 }
            }
        }
    }

    /// The price of this line as more of the cell before it.
    fn price_of_more(&self, column: Column, before: Option<&Self>) -> u32 {
        // "Thứ Hai" and "12/01" are one day on two lines.
        if column == Column::Day {
            return if self.day { 2 } else { 90 };
        }
        let ended = before.is_some_and(|before| before.ended || before.blank);
        let odd = self.number || self.day || self.half || self.month || (self.time && column != Column::Time);
        (if self.lower { 6 } else { 26 }) + if ended { 20 } else { 0 } + if odd { 60 } else { 0 }
    }
}

/// "Các trường", "BGH, GVCN", "Tổ chuyên môn".
fn names_who_acts(text: &str) -> bool {
    const NAMES: [&str; 42] = [
        "cac truong",
        "truong",
        "gv",
        "giao vien",
        "bgh",
        "bgd",
        "ban ",
        "hieu truong",
        "pht",
        "pho ",
        "to ",
        "hoi dong",
        "phong",
        "cb",
        "can bo",
        "ke toan",
        "van thu",
        "y te",
        "cong doan",
        "doan ",
        "toan ",
        "tat ca",
        "cum",
        "chuyen vien",
        "cv ",
        "lanh dao",
        "nhan vien",
        "bao ve",
        "ubnd",
        "th ",
        "thcs",
        "mn ",
        "mg ",
        "ld ",
        "d c ",
        "dong chi",
        "nhom ",
        "moi ",
        "cac ",
        "hoc sinh",
        "phu huynh",
        "hdsp",
    ];
    let words = fold_start(text, 24) + " ";
    NAMES.iter().any(|name| words.starts_with(name))
}

/// The rows of the cheapest way, walked back from its end.
fn dealt(lines: &[Line], best: &[Vec<(u32, Step)>], end: usize, width: usize) -> Vec<Row> {
    let mut places: Vec<Option<(usize, bool)>> = vec![None; lines.len()];
    let mut column = end;
    for at in (0..lines.len()).rev() {
        match best[at + 1][column].1 {
            Step::Cell(before) => {
                places[at] = Some((column, false));
                column = before;
            }
            Step::Row(before) => {
                places[at] = Some((column, true));
                column = before;
            }
            Step::More => places[at] = Some((column, false)),
            Step::Nothing | Step::Begin => {}
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    for (line, place) in lines.iter().zip(places) {
        let Some((column, opens)) = place else { continue };
        if opens || rows.is_empty() {
            rows.push(Row { cells: vec![String::new(); width], span: line.span, after_break: false });
        }
        let Some(row) = rows.last_mut() else { continue };
        let text = line.text.trim();
        if let Some(cell) = row.cells.get_mut(column) {
            if !cell.is_empty() && !text.is_empty() {
                cell.push(' ');
            }
            cell.push_str(text);
        }
        if !text.is_empty() {
            row.span = span(row.span, line.span);
        }
    }
    rows
}

fn span(own: Span, more: Span) -> Span {
    own.to(more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::lines;

    fn dealt(columns: &[Column], text: &str) -> Vec<String> {
        let rows = rows(&lines(text), columns).unwrap_or_default();
        rows.iter().map(|row| row.cells.join("|")).collect()
    }

    #[test]
    fn lines_find_their_cells() {
        use Column::{Content, Day, HalfDay, Month, Note, Number, Other, Time, Who};
        let plan = "Nộp kế hoạch\n02/02\nGV các lớp\nBản in\nTrang trí lớp\nTừ 03/02 đến 06/02\nGV, phụ huynh\n\nDự giờ lớp Lá\n\nPhó Hiệu trưởng\nBáo trước";
        assert_eq!(
            dealt(&[Content, Time, Who, Note], plan),
            [
                "Nộp kế hoạch|02/02|GV các lớp|Bản in",
                "Trang trí lớp|Từ 03/02 đến 06/02|GV, phụ huynh|",
                "Dự giờ lớp Lá||Phó Hiệu trưởng|Báo trước"
            ]
        );
        let first = "Trước 10/9\nGửi kế hoạch\nCác trường\n15/9 - 20/9\nCân đo trẻ lần 1\nCác trường MN";
        assert_eq!(
            dealt(&[Time, Content, Who], first),
            ["Trước 10/9|Gửi kế hoạch|Các trường", "15/9 - 20/9|Cân đo trẻ lần 1|Các trường MN"]
        );
        let calendar = "Thứ Hai\n12/01\n7h30\nChào cờ\nToàn thể\nPhòng họp\n14h00\nLàm việc với Sở\nLãnh đạo Phòng\nUBND\nThứ Ba\n13/01\nCả ngày\nKiểm tra TH Bãi Sao\nTổ 1\nTại trường";
        assert_eq!(
            dealt(&[Day, Time, Content, Who, Other], calendar),
            [
                "Thứ Hai 12/01|7h30|Chào cờ|Toàn thể|Phòng họp",
                "|14h00|Làm việc với Sở|Lãnh đạo Phòng|UBND",
                "Thứ Ba 13/01|Cả ngày|Kiểm tra TH Bãi Sao|Tổ 1|Tại trường"
            ]
        );
        let halves = "Thứ Hai\n12/01\nSáng\nChào cờ\nToàn thể\nChiều\nLàm việc với Sở\nLãnh đạo";
        assert_eq!(
            dealt(&[Day, HalfDay, Content, Who], halves),
            ["Thứ Hai 12/01|Sáng|Chào cờ|Toàn thể", "|Chiều|Làm việc với Sở|Lãnh đạo"]
        );
        let months = "9/2026\n1\nKhai giảng\n05/9\n2\nCân đo lần 1,\nkhám sức khỏe\nTrước 30/9\n10/2026\n1\nHội nghị\n03/10";
        assert_eq!(
            dealt(&[Month, Number, Content, Time], months),
            [
                "9/2026|1|Khai giảng|05/9",
                "|2|Cân đo lần 1, khám sức khỏe|Trước 30/9",
                "10/2026|1|Hội nghị|03/10"
            ]
        );
    }

    #[test]
    fn prose_is_no_table() {
        let text =
            "Các trường tổ chức khai giảng.\nHiệu trưởng chịu trách nhiệm.\nSở kiểm tra việc thực hiện.";
        assert!(dealt(&[Column::Time, Column::Content], text).is_empty());
    }
}
