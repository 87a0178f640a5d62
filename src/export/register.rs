//! The list of schools as a file: a template to fill in, and the schools themselves.

use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::ExportError;
use crate::domain::{Register, RegisterColumn, RegisterWords};

/// So many rows of the template take only the kinds of school; a province has some two thousand schools.
const ROWS: u32 = 2_000;

/// A workbook to fill in: headings, one example that reading passes over, and a second sheet that explains.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn register_template(words: &RegisterWords) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    schools(book.add_worksheet(), words)?;
    notes(book.add_worksheet(), words)?;
    Ok(book.save_to_buffer()?)
}

fn schools(sheet: &mut Worksheet, words: &RegisterWords) -> Result<(), ExportError> {
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xDD_EB_F7));
    let example = Format::new().set_italic().set_font_color(Color::RGB(0x80_80_80)).set_num_format("@");
    // As text, or Excel makes a date of the name "20/10" and takes the leading zero off a telephone number.
    let text = Format::new().set_num_format("@");
    sheet.set_name(&words.sheet)?.set_freeze_panes(1, 0)?;
    for (place, column) in (0..).zip(RegisterColumn::ALL) {
        sheet.set_column_width(place, width(column))?.set_column_format(place, &text)?;
        let index = usize::from(place);
        sheet.write_string_with_format(0, place, &words.columns[index], &head)?;
        sheet.write_string_with_format(1, place, &words.example[index], &example)?;
        if column == RegisterColumn::Kind {
            let kinds = DataValidation::new().allow_list_strings(&words.kinds)?;
            let kinds = kinds.set_error_message(&words.kind_fault)?;
            sheet.add_data_validation(1, place, ROWS, place, &kinds)?;
        }
    }
    Ok(())
}

fn notes(sheet: &mut Worksheet, words: &RegisterWords) -> Result<(), ExportError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(&words.notes_sheet)?.set_column_width(0, 100)?;
    for (row, note) in (0..).zip(&words.notes) {
        sheet.write_string_with_format(row, 0, note, &wrapped)?;
    }
    Ok(())
}

/// In characters of the usual font.
fn width(column: RegisterColumn) -> f64 {
    match column {
        RegisterColumn::Code | RegisterColumn::Cluster | RegisterColumn::Enrolment => 12.0,
        RegisterColumn::Kind | RegisterColumn::Ward | RegisterColumn::Phone => 18.0,
        RegisterColumn::Principal | RegisterColumn::Aliases => 28.0,
        RegisterColumn::Name => 40.0,
    }
}

/// The schools as CSV with the same columns, which reading takes back unchanged.
///
/// With a byte order mark and semicolons, because Excel with Vietnamese settings opens such a file as a table by itself.
///
/// # Errors
/// When the rows cannot be put together.
pub fn register_csv(words: &RegisterWords, register: &Register) -> Result<Vec<u8>, ExportError> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(&words.columns)?;
    for row in &register.rows {
        let cells = RegisterColumn::ALL.map(|column| match column {
            RegisterColumn::Code => row.code.clone(),
            RegisterColumn::Name => row.name.clone(),
            RegisterColumn::Aliases => row.aliases.join(", "),
            RegisterColumn::Kind => words.kind(row.kind).to_owned(),
            RegisterColumn::Ward => row.ward.clone(),
            RegisterColumn::Cluster => row.cluster.clone(),
            RegisterColumn::Principal => row.principal.clone(),
            RegisterColumn::Phone => row.phone.clone(),
            RegisterColumn::Enrolment => row.enrolment.map(|n| n.to_string()).unwrap_or_default(),
        });
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()).into())
}
