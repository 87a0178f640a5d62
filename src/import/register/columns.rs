//! Which row holds the headings, and which column holds what.

use super::fault::{RegisterError, RegisterNotice, Repair};
use super::sheet::{Row, Sheet};
use crate::domain::RegisterColumn;
use crate::vietnamese::fold_words;

/// So many known headings make a row the row of headings.
const ENOUGH: usize = 3;
/// The row of headings stands within so many rows.
const SEARCHED: usize = 40;

/// How a sheet is laid out.
#[derive(Debug)]
pub struct Layout {
    /// What each column holds, by its number from 0.
    pub columns: Vec<(usize, RegisterColumn)>,
    /// The row after the headings, by its place among the sheet's rows.
    pub first: usize,
    /// Columns and sheets that are passed over.
    pub notices: Vec<RegisterNotice>,
}

/// The first sheet that has a row of headings.
pub fn choose(sheets: &[Sheet]) -> Result<(&Sheet, Layout), RegisterError> {
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(RegisterError::Empty);
    }
    let mut with_headings = sheets.iter().filter_map(|sheet| find(sheet).map(|found| (sheet, found)));
    let (sheet, mut layout) = with_headings.next().ok_or(RegisterError::NoHeadings)?;
    for (other, _) in with_headings {
        let what = Repair::SheetPassedOver { name: other.name.clone() };
        layout.notices.push(RegisterNotice { line: 0, what });
    }
    let holds = |wanted: RegisterColumn| layout.columns.iter().any(|(_, column)| *column == wanted);
    let missing: Vec<_> =
        RegisterColumn::ALL.into_iter().filter(|column| column.is_required() && !holds(*column)).collect();
    match missing.as_slice() {
        [] => Ok((sheet, layout)),
        _ => Err(RegisterError::MissingColumns { line: sheet.rows[layout.first - 1].line, columns: missing }),
    }
}

/// How many different headings of a register a row holds.
pub fn known(row: &Row) -> usize {
    let mut columns: Vec<_> = row.filled().filter_map(|(_, cell)| meaning(cell.shown())).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.len()
}

fn find(sheet: &Sheet) -> Option<Layout> {
    let place = sheet.rows.iter().take(SEARCHED).position(|row| known(row) >= ENOUGH)?;
    let mut layout = Layout { columns: Vec::new(), first: place + 1, notices: Vec::new() };
    layout.take(&sheet.rows[place]);
    if let Some(next) = sheet.rows.get(place + 1).filter(|row| layout.goes_on_in(row, &sheet.rows[place])) {
        layout.take(next);
        layout.first += 1;
    }
    Some(layout)
}

impl Layout {
    /// Whether a row is the second row of the headings: "Họ tên" and "Điện thoại" under "Hiệu trưởng". It has a heading where
    /// the first row has none, and nothing else than headings or what stands above (a cell merged over both rows).
    fn goes_on_in(&self, row: &Row, above: &Row) -> bool {
        let is_new = |place: usize| self.columns.iter().all(|(taken, _)| *taken != place);
        let is_heading = |text: &str| meaning(text).is_some() || is_name_of_person(text);
        row.filled().all(|(place, cell)| is_heading(cell.shown()) || cell == above.cell(place))
            && row.filled().any(|(place, cell)| is_new(place) && meaning(cell.shown()).is_some())
    }

    fn take(&mut self, row: &Row) {
        for (place, cell) in row.filled() {
            let heading = cell.shown().split_whitespace().collect::<Vec<_>>().join(" ");
            if self.columns.iter().any(|(taken, _)| *taken == place) || is_ordinal(&heading) {
                continue;
            }
            match meaning(&heading) {
                Some(column) if self.columns.iter().all(|(_, taken)| *taken != column) => {
                    self.columns.push((place, column));
                }
                _ => {
                    let what = Repair::ColumnPassedOver { heading };
                    self.notices.push(RegisterNotice { line: row.line, what });
                }
            }
        }
    }
}

/// TT, STT, No.: numbers of rows.
fn is_ordinal(heading: &str) -> bool {
    matches!(fold_words(heading).as_str(), "tt" | "stt" | "so tt" | "so thu tu" | "no" | "")
}

/// Under "Hiệu trưởng".
fn is_name_of_person(heading: &str) -> bool {
    matches!(fold_words(heading).as_str(), "ho ten" | "ho va ten")
}

/// What a heading says that its column holds.
pub fn meaning(heading: &str) -> Option<RegisterColumn> {
    let folded = fold_words(heading.split('(').next().unwrap_or(""));
    let words: Vec<&str> = folded.split(' ').collect();
    if folded.is_empty() || words.len() > 8 {
        return None;
    }
    // In this order: "Điện thoại hiệu trưởng" is a telephone, "Tên chủ cơ sở" a person, "Tên khác" no name of the register.
    let table: [(RegisterColumn, &[&str]); 9] = [
        (
            RegisterColumn::Enrolment,
            &[
                "=so tre",
                "=tong so tre",
                "=so tre hien co",
                "=so chau",
                "=si so",
                "=so hoc sinh",
                "=tong so hoc sinh",
                "=enrolment",
                "=children",
            ],
        ),
        (
            RegisterColumn::Phone,
            &["dien thoai", "so dt", "sdt", "=dt", "di dong", "so may", "=phone", "=telephone", "=tel"],
        ),
        (
            RegisterColumn::Aliases,
            &["ten khac", "ten goi khac", "ten viet tat", "ten thuong goi", "=other names", "=aliases"],
        ),
        (
            RegisterColumn::Principal,
            &[
                "hieu truong",
                "chu co so",
                "chu nhom",
                "nguoi dung dau",
                "thu truong",
                "phu trach",
                "=principal",
                "=head",
            ],
        ),
        (
            RegisterColumn::Code,
            &[
                "=ma",
                "=ma so",
                "ma truong",
                "ma don vi",
                "ma co so",
                "ma dinh danh",
                "ma csgd",
                "=code",
                "=school code",
            ],
        ),
        (
            RegisterColumn::Kind,
            &["loai hinh", "loai truong", "=loai", "=cong lap tu thuc", "=kind", "=type", "=kind of school"],
        ),
        (
            RegisterColumn::Cluster,
            &["=cum", "cum truong", "cum thi dua", "cum chuyen mon", "ten cum", "=cluster"],
        ),
        (
            RegisterColumn::Ward,
            &[
                "=phuong",
                "=xa",
                "phuong xa",
                "xa phuong",
                "ten phuong",
                "ten xa",
                "dia ban",
                "=thon",
                "=khu",
                "thon khu",
                "thon to",
                "khu pho",
                "to dan pho",
                "=ap",
                "=ward",
                "=commune",
            ],
        ),
        (
            RegisterColumn::Name,
            &[
                "ten truong",
                "ten co so",
                "ten don vi",
                "=truong",
                "=don vi",
                "=co so",
                "=nha truong",
                "=co so giao duc",
                "=name",
                "=school",
                "=school name",
                "=name of school",
            ],
        ),
    ];
    let spoken = format!(" {folded} ");
    let says = |phrase: &str| match phrase.strip_prefix('=') {
        Some(whole) => folded == whole,
        None => spoken.contains(&format!(" {phrase} ")),
    };
    table.into_iter().find(|(_, phrases)| phrases.iter().any(|phrase| says(phrase))).map(|(column, _)| column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_their_column_holds() {
        use RegisterColumn::*;
        let table = [
            ("Mã trường", Some(Code)),
            ("MÃ TRƯỜNG\n(CSDL ngành)", Some(Code)),
            ("Mã", Some(Code)),
            ("Mã số thuế", None),
            ("Tên cơ sở", Some(Name)),
            ("Tên trường", Some(Name)),
            ("Trường", Some(Name)),
            ("Tên khác", Some(Aliases)),
            ("Loại hình", Some(Kind)),
            ("Phường", Some(Ward)),
            ("Phường/Xã", Some(Ward)),
            ("Thôn, khu", Some(Ward)),
            ("Cụm", Some(Cluster)),
            ("Hiệu trưởng / Chủ cơ sở", Some(Principal)),
            ("Họ và tên hiệu trưởng", Some(Principal)),
            ("Điện thoại", Some(Phone)),
            ("Số điện thoại hiệu trưởng", Some(Phone)),
            ("SĐT", Some(Phone)),
            ("TT", None),
            ("Email", None),
            ("DANH BẠ CƠ SỞ GIÁO DỤC MẦM NON", None),
            ("Ghi chú", None),
        ];
        for (heading, want) in table {
            assert_eq!(meaning(heading), want, "{heading}");
        }
    }
}
