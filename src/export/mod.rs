//! Tables that the program writes, already worded → bytes of a file.
//!
//! To add one: a file here that takes plain data and words and gives bytes; nothing here knows where the bytes go.

mod picture;
mod register;
mod table;

pub use picture::{MOST_ROWS, picture};
pub use register::{register_csv, register_template};
pub use table::table;

/// A file that could not be written into memory.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The workbook.
    #[error("workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The picture.
    #[error("picture: {0}")]
    Picture(String),
    /// The CSV.
    #[error("csv: {0}")]
    Csv(#[from] csv::Error),
}
