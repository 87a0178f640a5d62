//! A table of a task → a workbook.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, utility};

use super::ExportError;
use crate::domain::{Cell, Measure, Table};

/// Whole numbers up to this one are exact in a sheet, whose numbers are doubles; larger ones are written as text.
const EXACT: i64 = 1 << 53;
/// The row of the headings; the title stands above it.
const HEAD: u32 = 2;

/// A workbook with one table: title, headings, a row each, and sums as formulas that carry their result.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn table(table: &Table) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bordered = || Format::new().set_border(FormatBorder::Thin);
    let head = bordered()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0xDD_EB_F7));
    let styles = Styles {
        text: bordered().set_text_wrap().set_align(FormatAlign::VerticalCenter),
        figure: bordered().set_num_format("#,##0"),
        percent: bordered().set_num_format("0.##\"%\""),
        sum: bordered().set_bold().set_num_format("#,##0"),
        measured: bordered(),
        measured_sum: bordered().set_bold(),
    };
    sheet.set_name(&table.sheet)?.set_freeze_panes(HEAD + 1, 2)?;
    sheet.write_string_with_format(0, 0, &table.title, &Format::new().set_bold().set_font_size(14))?;
    for (column, heading) in (0..).zip(&table.headings) {
        sheet.write_string_with_format(HEAD, column, heading, &head)?;
        sheet.set_column_width(column, width(table, usize::from(column)))?;
    }
    for (row, cells) in (HEAD + 1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            write(sheet, row, column, cell, &styles)?;
        }
    }
    sums(sheet, table, &styles)?;
    Ok(book.save_to_buffer()?)
}

struct Styles {
    text: Format,
    figure: Format,
    measured: Format,
    percent: Format,
    sum: Format,
    measured_sum: Format,
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    styles: &Styles,
) -> Result<(), ExportError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, &styles.text)?,
        Cell::Text(words) => sheet.write_string_with_format(row, column, words, &styles.text)?,
        Cell::Figure(n) if n.abs() > EXACT => {
            sheet.write_string_with_format(row, column, n.to_string(), &styles.text)?
        }
        Cell::Figure(n) => sheet.write_number_with_format(row, column, *n as f64, &styles.figure)?,
        Cell::Measured(n, measure) => {
            sheet.write_number_with_format(row, column, *n as f64 / measure.one as f64, &styles.measured)?
        }
        Cell::Percent(n) => {
            sheet.write_number_with_format(row, column, *n as f64 / 100.0, &styles.percent)?
        }
    };
    Ok(())
}

/// Below the rows: a formula a column, so that a figure that the office corrects is added up anew.
fn sums(sheet: &mut Worksheet, table: &Table, styles: &Styles) -> Result<(), ExportError> {
    let (Some(last), false) =
        (u32::try_from(table.rows.len()).ok().filter(|n| *n > 0), table.sums.is_empty())
    else {
        return Ok(());
    };
    let row = HEAD + 1 + last;
    sheet.write_string_with_format(row, 1, &table.sum_label, &styles.sum)?;
    for place in &table.sums {
        let figures = table.rows.iter().filter_map(|cells| match cells.get(*place) {
            Some(Cell::Figure(n) | Cell::Measured(n, _)) => Some(*n),
            _ => None,
        });
        let sum = figures.fold(0_i64, i64::saturating_add);
        let measure = table.measure_of(*place);
        let Ok(column) = u16::try_from(*place) else { continue };
        let (from, to) =
            (utility::row_col_to_cell(HEAD + 1, column), utility::row_col_to_cell(row - 1, column));
        let formula = Formula::new(format!("=SUM({from}:{to})")).set_result(measure.written(sum));
        let style = if measure == Measure::WHOLE { &styles.sum } else { &styles.measured_sum };
        sheet.write_formula_with_format(row, column, formula, style)?;
    }
    Ok(())
}

/// In characters of the usual font: as wide as its longest cell, within reason.
fn width(table: &Table, column: usize) -> f64 {
    let cells = table.rows.iter().filter_map(|row| match row.get(column) {
        Some(Cell::Text(words)) => Some(words.chars().count()),
        Some(Cell::Figure(n)) => Some(n.to_string().len() + 2),
        Some(Cell::Measured(n, measure)) => Some(measure.written(*n).len() + 2),
        _ => None,
    });
    let heading = table.headings.get(column).map_or(0, |h| h.chars().count().min(14));
    let widest = cells.max().unwrap_or_default().max(heading).clamp(5, 40);
    u32::try_from(widest).map_or(12.0, |n| f64::from(n) + 2.0)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;

    #[test]
    fn figures_come_back_exact_and_words_are_never_formulas() {
        let row = |name: &str, n: i64, p: i64| {
            vec![Cell::Figure(1), Cell::Text(name.into()), Cell::Figure(n), Cell::Percent(p), Cell::Empty]
        };
        let made = Table {
            sheet: "V2".into(),
            title: "V2 Cân đo".into(),
            headings: ["TT", "Trường", "tổng số trẻ", "tỷ lệ", "ghi chú"].map(str::to_owned).to_vec(),
            rows: vec![row("=1+1", 337, 9_736), row("MN Hoa Sen", 9_007_199_254_740_992, 10_000)],
            sums: vec![2],
            sum_label: "Cộng".into(),
        };
        let bytes = table(&made).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range("V2").unwrap();
        let cell = |row, column| sheet.get_value((row, column)).unwrap().clone();
        assert_eq!(cell(3, 1), Data::String("=1+1".into()));
        assert_eq!(cell(3, 2), Data::Float(337.0));
        assert_eq!(cell(3, 3), Data::Float(97.36));
        assert_eq!(cell(4, 2), Data::Float(9_007_199_254_740_992.0));
        assert_eq!(book.worksheet_formula("V2").unwrap().get_value((5, 2)).unwrap(), "SUM(C4:C5)");
    }
}
