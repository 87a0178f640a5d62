//! Workbooks of a scenario: `sheet Cân đo; A1:C1 Tiêu đề; A3 TT; B3 Tên trường; C3 Tổng số trẻ; A5 Cộng; C5 =SUM(C4:C4) 0`.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatBorder, Formula, Workbook};

/// A workbook from what its cells hold. Behind a formula stands its outcome; `0,95 %` is shown as a percentage; `'12` is text;
/// `-D3` empties a cell. A later cell goes over an earlier one.
pub fn book(spec: &str) -> Result<Vec<u8>, String> {
    let mut name = "Trang 1";
    let mut cells: BTreeMap<String, &str> = BTreeMap::new();
    for part in spec.split(';').map(str::trim).filter(|p| !p.is_empty()) {
        if let Some(sheet) = part.strip_prefix("sheet ") {
            name = sheet.trim();
        } else if let Some(gone) = part.strip_prefix('-') {
            cells.remove(gone.trim());
        } else {
            let (place, value) = part.split_once(' ').ok_or(format!("no cell in {part:?}"))?;
            cells.insert(place.to_owned(), value.trim());
        }
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(name).map_err(|e| e.to_string())?;
    let plain = Format::new().set_border(FormatBorder::Thin);
    let percent = plain.clone().set_num_format("0.0%");
    for (place, value) in cells {
        let (first, last) = place.split_once(':').unwrap_or((&place, &place));
        let ((row, column), (last_row, last_column)) = (place_of(first)?, place_of(last)?);
        if (row, column) != (last_row, last_column) {
            sheet
                .merge_range(row, column, last_row, last_column, value, &plain)
                .map_err(|e| e.to_string())?;
            continue;
        }
        let number = |text: &str| text.replace(',', ".").parse::<f64>().ok();
        let written = if let Some(formula) = value.strip_prefix('=') {
            let (formula, outcome) = formula.split_once(' ').unwrap_or((formula, "0"));
            let formula = Formula::new(format!("={formula}")).set_result(outcome);
            sheet.write_formula_with_format(row, column, formula, &plain)
        } else if let Some(share) = value.strip_suffix('%').and_then(|v| number(v.trim())) {
            sheet.write_with_format(row, column, share, &percent)
        } else if value == "%" {
            sheet.write_blank(row, column, &percent)
        } else if let Some(text) = value.strip_prefix('\'') {
            sheet.write_with_format(row, column, text, &plain)
        } else if let Some(number) = number(value) {
            sheet.write_with_format(row, column, number, &plain)
        } else {
            sheet.write_with_format(row, column, value, &plain)
        };
        written.map_err(|e| e.to_string())?;
    }
    book.save_to_buffer().map_err(|e| e.to_string())
}

fn place_of(text: &str) -> Result<(u32, u16), String> {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = &text[..text.len() - digits.len()];
    let column = letters.bytes().fold(0_u16, |sum, b| sum * 26 + u16::from(b - b'A') + 1);
    let row: u32 = digits.parse().map_err(|_| format!("no cell {text:?}"))?;
    Ok((
        row.checked_sub(1).ok_or("rows begin at 1")?,
        column.checked_sub(1).ok_or(format!("no cell {text:?}"))?,
    ))
}
