//! A table → a picture of it, for platforms that carry no files: as wide as a telephone shows it, in an own font that has every
//! Vietnamese letter.

use std::sync::LazyLock;

use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Rect, Transform};
use ttf_parser::{Face, OutlineBuilder};
use unicode_normalization::UnicodeNormalization;

use super::ExportError;
use crate::domain::{Cell, Measure, Table};

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/BeVietnamPro-Regular.ttf");
const STRONG: &[u8] = include_bytes!("../../assets/fonts/BeVietnamPro-SemiBold.ttf");

/// Rows that a picture shows at most: more cannot be read on a telephone.
pub const MOST_ROWS: usize = 60;

/// In pixels: letters, their lines, the room around a table and inside a cell.
const SIZE: f32 = 26.0;
const TITLE_SIZE: f32 = 32.0;
const LINE: f32 = 34.0;
const TITLE_LINE: f32 = 42.0;
const MARGIN: f32 = 24.0;
const PAD: f32 = 10.0;
/// A column is at most so wide; longer words go on below.
const WIDEST: f32 = 330.0;
/// A picture that is larger is shown by nobody.
const MOST_PIXELS: f32 = 4_000.0 * 5_000.0;

const INK: [u8; 3] = [0x1f, 0x29, 0x33];
const GRID: [u8; 3] = [0x9a, 0xa5, 0xb1];
const HEAD: [u8; 3] = [0xdd, 0xeb, 0xf7];
const SUM: [u8; 3] = [0xf3, 0xf6, 0xf9];

struct Fonts {
    regular: Option<Face<'static>>,
    strong: Option<Face<'static>>,
}

static FONTS: LazyLock<Fonts> =
    LazyLock::new(|| Fonts { regular: Face::parse(REGULAR, 0).ok(), strong: Face::parse(STRONG, 0).ok() });

/// A picture of a table (PNG): title, headings, a row each, sums. None when it has too many rows or columns to be read so.
///
/// # Errors
/// When the picture cannot be put together.
pub fn picture(table: &Table) -> Result<Option<Vec<u8>>, ExportError> {
    let (Some(regular), Some(strong)) = (&FONTS.regular, &FONTS.strong) else {
        return Err(ExportError::Picture("its font cannot be read".into()));
    };
    if table.rows.len() > MOST_ROWS {
        return Ok(None);
    }
    let laid = Laid::out(table, regular, strong);
    if laid.width * laid.height > MOST_PIXELS {
        return Ok(None);
    }
    let mut page = Page::new(laid.width, laid.height)?;
    laid.draw(&mut page, regular, strong);
    Ok(Some(page.pixels.encode_png().map_err(|e| ExportError::Picture(e.to_string()))?))
}

/// One row as it is drawn.
struct Row {
    cells: Vec<Shown>,
    strong: bool,
    ground: Option<[u8; 3]>,
    height: f32,
}

/// One cell as it is drawn.
struct Shown {
    lines: Vec<String>,
    figure: bool,
}

/// Where everything stands.
struct Laid {
    title: Vec<String>,
    columns: Vec<f32>,
    rows: Vec<Row>,
    width: f32,
    height: f32,
}

impl Laid {
    fn out(table: &Table, regular: &Face, strong: &Face) -> Self {
        let all = rows_of(table);
        // The last column is for remarks: without any it takes no room.
        let said = |place: usize| {
            all.iter().skip(1).any(|(cells, ..)| cells.get(place).is_some_and(|(w, _)| !w.is_empty()))
        };
        let last = table.headings.len().saturating_sub(1);
        let many = if said(last) { table.headings.len() } else { last };
        let columns: Vec<f32> = (0..many)
            .map(|place| {
                let cells = all.iter().filter_map(|(cells, strong, _)| Some((cells.get(place)?, *strong)));
                let widths = cells.map(|((words, _), is_strong)| {
                    width(if is_strong { strong } else { regular }, words, SIZE)
                });
                widths.fold(40.0_f32, f32::max).min(WIDEST) + 2.0 * PAD
            })
            .collect();
        let rows: Vec<Row> = all
            .into_iter()
            .map(|(cells, is_strong, ground)| {
                let font = if is_strong { strong } else { regular };
                let shown = cells.into_iter().zip(&columns).map(|((words, figure), column)| Shown {
                    lines: wrapped(font, &words, SIZE, column - 2.0 * PAD),
                    figure,
                });
                let cells: Vec<Shown> = shown.collect();
                let most = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1).max(1);
                Row { height: LINE * most as f32 + PAD, cells, strong: is_strong, ground }
            })
            .collect();
        let width = columns.iter().sum::<f32>().max(480.0) + 2.0 * MARGIN;
        let title = wrapped(strong, &table.title, TITLE_SIZE, width - 2.0 * MARGIN);
        let height =
            2.5 * MARGIN + TITLE_LINE * title.len() as f32 + rows.iter().map(|r| r.height).sum::<f32>();
        Self { title, columns, rows, width, height }
    }

    fn draw(&self, page: &mut Page, regular: &Face, strong: &Face) {
        let mut y = MARGIN;
        for line in &self.title {
            page.write(strong, line, TITLE_SIZE, MARGIN, y + TITLE_SIZE);
            y += TITLE_LINE;
        }
        y += MARGIN / 2.0;
        let across: f32 = self.columns.iter().sum();
        page.fill(GRID, MARGIN, y, across, 1.0);
        for row in &self.rows {
            if let Some(ground) = row.ground {
                page.fill(ground, MARGIN, y + 1.0, across, row.height - 1.0);
            }
            let font = if row.strong { strong } else { regular };
            let mut x = MARGIN;
            for (cell, column) in row.cells.iter().zip(&self.columns) {
                for (n, line) in cell.lines.iter().enumerate() {
                    let free = column - 2.0 * PAD - width(font, line, SIZE);
                    let from = if cell.figure { x + PAD + free.max(0.0) } else { x + PAD };
                    page.write(font, line, SIZE, from, y + PAD / 2.0 + LINE * n as f32 + SIZE);
                }
                x += column;
            }
            y += row.height;
            page.fill(GRID, MARGIN, y, across, 1.0);
        }
        let height: f32 = self.rows.iter().map(|row| row.height).sum();
        let mut x = MARGIN;
        for column in [0.0].iter().chain(&self.columns) {
            x += column;
            page.fill(GRID, x, y - height, 1.0, height + 1.0);
        }
    }
}

/// The cells of a row with whether each is a figure, whether they are strong, and what lies behind them.
type Plain = (Vec<(String, bool)>, bool, Option<[u8; 3]>);

/// Headings, rows and sums in words.
fn rows_of(table: &Table) -> Vec<Plain> {
    let headings = table.headings.iter().map(|heading| (heading.clone(), false)).collect();
    let mut all: Vec<Plain> = vec![(headings, true, Some(HEAD))];
    all.extend(table.rows.iter().map(|row| (row.iter().map(words).collect(), false, None)));
    if !table.sums.is_empty() && !table.rows.is_empty() {
        let sum = |place: usize| {
            let figures = table.rows.iter().filter_map(|row| match row.get(place) {
                Some(Cell::Figure(n) | Cell::Measured(n, _)) => Some(*n),
                _ => None,
            });
            measured(figures.fold(0_i64, i64::saturating_add), table.measure_of(place))
        };
        let cells = (0..table.headings.len()).map(|place| match place {
            1 => (table.sum_label.clone(), false),
            _ if table.sums.contains(&place) => (sum(place), true),
            _ => (String::new(), false),
        });
        all.push((cells.collect(), true, Some(SUM)));
    }
    all
}

fn words(cell: &Cell) -> (String, bool) {
    match cell {
        Cell::Empty => (String::new(), false),
        Cell::Text(words) => (words.nfc().collect(), false),
        Cell::Figure(n) => (grouped(i128::from(*n)), true),
        Cell::Measured(n, measure) => (measured(*n, *measure), true),
        Cell::Percent(n) => (measured(*n, Measure::PERCENT), true),
    }
}

/// 1.250,5 and 97,5%.
fn measured(n: i64, measure: Measure) -> String {
    let (whole, rest) = measure.parts(n);
    let sign = if n < 0 { "-" } else { "" };
    let comma = if rest.is_empty() { "" } else { "," };
    let end = if measure.percent { "%" } else { "" };
    format!("{sign}{}{comma}{rest}{end}", grouped(i128::from(whole)))
}

/// 12.345: with a point between thousands, as figures are written here.
fn grouped(n: i128) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if n < 0 { format!("-{out}") } else { out }
}

/// Lines that are no wider than `most`, cut between words, a word that is too long inside it.
fn wrapped(font: &Face, words: &str, size: f32, most: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let line = lines.last().map_or("", String::as_str);
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(font, &longer, size) <= most {
            lines.pop();
            lines.push(longer);
            continue;
        }
        if line.is_empty() {
            lines.pop();
        }
        let mut rest = String::new();
        for letter in word.chars() {
            if !rest.is_empty() && width(font, &format!("{rest}{letter}"), size) > most {
                lines.push(std::mem::take(&mut rest));
            }
            rest.push(letter);
        }
        lines.push(rest);
    }
    lines
}

/// How wide words are; letters that the font does not have take no room.
fn width(font: &Face, words: &str, size: f32) -> f32 {
    let scale = size / f32::from(font.units_per_em());
    let advance = |c| font.glyph_hor_advance(font.glyph_index(c)?);
    words.chars().filter_map(advance).map(|units| f32::from(units) * scale).sum()
}

/// What is drawn on.
struct Page {
    pixels: Pixmap,
}

impl Page {
    fn new(width: f32, height: f32) -> Result<Self, ExportError> {
        let pixels = Pixmap::new(width.ceil() as u32, height.ceil() as u32);
        let mut pixels = pixels.ok_or_else(|| ExportError::Picture("it has no size".into()))?;
        pixels.fill(Color::WHITE);
        Ok(Self { pixels })
    }

    fn fill(&mut self, color: [u8; 3], x: f32, y: f32, width: f32, height: f32) {
        let Some(rect) = Rect::from_xywh(x, y, width, height) else { return };
        self.pixels.fill_rect(rect, &paint(color), Transform::identity(), None);
    }

    /// Words with their left end at `x` and standing on `y`.
    fn write(&mut self, font: &Face, words: &str, size: f32, x: f32, y: f32) {
        let scale = size / f32::from(font.units_per_em());
        let mut at = x;
        for letter in words.chars() {
            let Some(glyph) = font.glyph_index(letter) else { continue };
            let mut outline = Outline { path: PathBuilder::new() };
            font.outline_glyph(glyph, &mut outline);
            if let Some(path) = outline.path.finish() {
                let place = Transform::from_row(scale, 0.0, 0.0, -scale, at, y);
                self.pixels.fill_path(&path, &paint(INK), FillRule::Winding, place, None);
            }
            at += f32::from(font.glyph_hor_advance(glyph).unwrap_or_default()) * scale;
        }
    }
}

fn paint([red, green, blue]: [u8; 3]) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, 255);
    paint.anti_alias = true;
    paint
}

/// The outline of a letter as a path.
struct Outline {
    path: PathBuilder,
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(rows: usize) -> Table {
        let row = |n: usize| {
            let n = i64::try_from(n).unwrap();
            vec![
                Cell::Figure(n + 1),
                Cell::Text(format!("MN Hoa Sữa Ngọc Thụy số {n} – cơ sở hai ở đường rất dài")),
                Cell::Text("hoàn thành đúng hạn".into()),
                Cell::Figure(1_337 + n),
                Cell::Percent(9_736),
                Cell::Text("08:15 13/10/2026".into()),
                Cell::Empty,
            ]
        };
        Table {
            sheet: "V2".into(),
            title: "V2 Cân đo lần 1 và báo cáo tình trạng dinh dưỡng của trẻ toàn trường".into(),
            headings: ["TT", "Trường", "Trạng thái", "tổng số trẻ (trẻ)", "tỷ lệ (%)", "Lúc", "Ghi chú"]
                .map(str::to_owned)
                .to_vec(),
            rows: (0..rows).map(row).collect(),
            sums: vec![3],
            sum_label: "Cộng".into(),
        }
    }

    #[test]
    fn a_table_becomes_a_picture_that_a_telephone_can_show() {
        let bytes = picture(&made(30)).unwrap().unwrap();
        let shown = Pixmap::decode_png(&bytes).unwrap();
        assert!((900..2_000).contains(&shown.width()) && shown.height() > 30 * 40, "{}", shown.width());
        let dark = shown.pixels().iter().filter(|p| p.red() < 80).count();
        assert!(dark > 20_000 && bytes.len() < 1024 * 1024, "{dark} {}", bytes.len());
        assert!(picture(&made(MOST_ROWS + 1)).unwrap().is_none());
    }

    #[test]
    fn every_vietnamese_letter_has_a_shape_in_both_weights() {
        let marks = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        let vowels = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".chars();
        let toned =
            vowels.flat_map(|v| marks.iter().flat_map(move |m| format!("{v}{m}").nfc().collect::<Vec<_>>()));
        let others = "bcdđghklmnpqrstvxzwjf0123456789 .,:;()–-%/“”…·@#?!+=".chars();
        for letter in toned.chain(others) {
            for face in [&FONTS.regular, &FONTS.strong] {
                assert!(
                    face.as_ref().unwrap().glyph_index(letter).is_some(),
                    "{letter} U+{:04X}",
                    letter as u32
                );
            }
        }
    }

    #[test]
    fn figures_are_written_as_here() {
        assert_eq!(grouped(1_234_567), "1.234.567");
        assert_eq!(grouped(-12), "-12");
        assert_eq!(words(&Cell::Percent(9_750)).0, "97,5%");
        assert_eq!(words(&Cell::Percent(-5)).0, "-0,05%");
    }
}
