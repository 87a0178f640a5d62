//! Rows under the headings → schools, with everything that is wrong with them.

use std::collections::HashMap;

use super::RegisterDraft;
use super::cells;
use super::columns::{self, Layout};
use super::fault::{RegisterError, RegisterNotice, Repair, RowFault, RowProblem};
use super::sheet::{Cell, Row, Sheet};
use super::spelling::Spellings;
use crate::domain::{Register, RegisterColumn, RegisterRow, School, SchoolKind};
use crate::vietnamese::fold_words;

/// The most characters of a code, and of any other cell.
const MAX_CODE: usize = 40;
const MAX_TEXT: usize = 150;
/// So many cells under headings make a row one of a school, even without its code and its name.
const ENOUGH: usize = 4;

/// Reads the rows of a sheet.
pub fn read(sheet: &Sheet, layout: &Layout) -> Result<RegisterDraft, RegisterError> {
    let mut reading = Reading::new(layout);
    for row in &sheet.rows[layout.first..] {
        match reading.sort_of(row) {
            Sort::School => reading.school(row),
            Sort::Total(stated) => reading.total = Some((row.line, stated)),
            Sort::Example => reading.notice(row.line, Repair::ExamplePassedOver),
            Sort::Other(text) => reading.notice(row.line, Repair::RowPassedOver { text }),
            Sort::Nothing => {}
        }
    }
    reading.compare_schools();
    reading.finish()
}

/// What a row under the headings is.
enum Sort {
    School,
    /// "Tổng cộng", with the first number in it.
    Total(Option<usize>),
    /// Of the template.
    Example,
    /// Blank but for the row's number, a heading of a section, or the headings again on a new page.
    Nothing,
    /// Anything else: a signature, a remark.
    Other(String),
}

struct Reading<'a> {
    layout: &'a Layout,
    rows: Vec<RegisterRow>,
    notices: Vec<RegisterNotice>,
    faults: Vec<RowFault>,
    wards: Spellings,
    clusters: Spellings,
    /// The last total, with its line.
    total: Option<(usize, Option<usize>)>,
}

impl<'a> Reading<'a> {
    fn new(layout: &'a Layout) -> Self {
        Self {
            layout,
            rows: Vec::new(),
            notices: Vec::new(),
            faults: Vec::new(),
            wards: Spellings::default(),
            clusters: Spellings::default(),
            total: None,
        }
    }

    fn sort_of(&self, row: &Row) -> Sort {
        let said = |column| self.cell(row, column).shown().trim();
        let [code, name, kind] = [RegisterColumn::Code, RegisterColumn::Name, RegisterColumn::Kind].map(said);
        let texts: Vec<&str> =
            row.filled().map(|(_, cell)| cell.shown().trim()).filter(|t| !is_count(t)).collect();
        let Some(first) = texts.first() else { return Sort::Nothing };
        if columns::known(row) >= 3 {
            return Sort::Nothing;
        }
        if let Some(stated) = total(first) {
            return Sort::Total(stated);
        }
        if ["vi du", "vidu", "example"].iter().any(|word| fold_words(code).starts_with(word)) {
            return Sort::Example;
        }
        let says_school =
            School::short_name_of(name) != name.split_whitespace().collect::<Vec<_>>().join(" ");
        let held = self.layout.columns.iter().filter(|(place, _)| !row.cell(*place).is_empty()).count();
        let is_named = !name.is_empty() && (!kind.is_empty() || is_code(code) || says_school);
        if is_named || held >= ENOUGH || is_code(code) && self.total.is_none() {
            return Sort::School;
        }
        if texts.len() == 1 && is_section(first) { Sort::Nothing } else { Sort::Other(texts.join(" · ")) }
    }

    fn school(&mut self, row: &Row) {
        let code = self.text(row, RegisterColumn::Code);
        let name = self.text(row, RegisterColumn::Name);
        let kind = self.kind(row);
        let ward = self.text(row, RegisterColumn::Ward);
        let cluster = self.text(row, RegisterColumn::Cluster);
        let principal = self.text(row, RegisterColumn::Principal);
        let aliases = self.text(row, RegisterColumn::Aliases);
        let phone = self.phone(row);
        let enrolment = self.enrolment(row);
        let spelled = |first: String, column, printed: &String, reading: &mut Self| {
            if first != *printed {
                let what = Repair::Spelling { column, printed: printed.clone(), read: first.clone() };
                reading.notice(row.line, what);
            }
            first
        };
        let first = self.wards.first(&ward);
        let ward = spelled(first, RegisterColumn::Ward, &ward, self);
        let first = self.clusters.first(&cluster);
        let cluster = spelled(first, RegisterColumn::Cluster, &cluster, self);
        let aliases = aliases.split([';', ',', '|']).map(str::trim).filter(|alias| !alias.is_empty());
        let aliases = aliases.map(str::to_owned).collect();
        self.rows.push(RegisterRow {
            line: row.line,
            code,
            name,
            aliases,
            kind,
            ward,
            cluster,
            principal,
            phone,
            enrolment,
        });
    }

    /// Rows that cannot both stand, and names that people will mix up.
    fn compare_schools(&mut self) {
        let (mut codes, mut names, mut called) = (HashMap::new(), HashMap::new(), HashMap::new());
        let rows = std::mem::take(&mut self.rows);
        for row in &rows {
            let first = *codes.entry(fold_words(&row.code)).or_insert(row.line);
            if first != row.line && !row.code.is_empty() {
                let why = RowProblem::SameCode { code: row.code.clone(), first };
                self.fault(row.line, RegisterColumn::Code, why);
            }
            let (first, ward) =
                names.entry(fold_words(&row.name)).or_insert((row.line, &row.ward)).to_owned();
            if first != row.line && !row.name.is_empty() {
                let name = row.name.clone();
                if *ward == row.ward {
                    self.fault(row.line, RegisterColumn::Name, RowProblem::SameSchool { name, first });
                } else {
                    self.notice(row.line, Repair::SameName { name, first });
                }
            }
            for name in [&row.name, &School::short_name_of(&row.name)] {
                called.entry(fold_words(name)).or_insert(row.line);
            }
        }
        for row in &rows {
            for alias in &row.aliases {
                let first = *called.entry(fold_words(alias)).or_insert(row.line);
                if first != row.line {
                    self.notice(row.line, Repair::SharedAlias { alias: alias.clone(), first });
                }
            }
        }
        self.rows = rows;
    }

    fn finish(mut self) -> Result<RegisterDraft, RegisterError> {
        if !self.faults.is_empty() {
            self.faults.sort_by_key(|fault| (fault.line, fault.column));
            return Err(RegisterError::Rows(self.faults));
        }
        if self.rows.is_empty() {
            return Err(RegisterError::NoSchools);
        }
        if let Some((line, Some(stated))) = self.total
            && stated != self.rows.len()
        {
            self.notice(line, Repair::Total { stated, read: self.rows.len() });
        }
        Ok(RegisterDraft { register: Register { rows: self.rows }, notices: self.notices })
    }

    fn cell<'row>(&self, row: &'row Row, column: RegisterColumn) -> &'row Cell {
        let place = self.layout.columns.iter().find(|(_, held)| *held == column).map(|(place, _)| *place);
        place.map_or(&Cell::Empty, |place| row.cell(place))
    }

    /// The text of a cell; an empty one, with a fault, when it cannot be taken.
    fn text(&mut self, row: &Row, column: RegisterColumn) -> String {
        let limit = if column == RegisterColumn::Code { MAX_CODE } else { MAX_TEXT };
        match cells::text(self.cell(row, column), column, limit) {
            Ok((text, repair)) => {
                if text.is_empty() && column.is_required() {
                    self.fault(row.line, column, RowProblem::Missing);
                }
                self.notices.extend(repair.map(|what| RegisterNotice { line: row.line, what }));
                text
            }
            Err(why) => {
                self.fault(row.line, column, why);
                String::new()
            }
        }
    }

    fn kind(&mut self, row: &Row) -> SchoolKind {
        let printed = self.text(row, RegisterColumn::Kind);
        cells::kind(&printed).unwrap_or_else(|| {
            if !printed.is_empty() {
                self.fault(row.line, RegisterColumn::Kind, RowProblem::UnknownKind { printed });
            }
            SchoolKind::Public
        })
    }

    fn phone(&mut self, row: &Row) -> String {
        match cells::phone(self.cell(row, RegisterColumn::Phone)) {
            Ok((phone, repair)) => {
                self.notices.extend(repair.map(|what| RegisterNotice { line: row.line, what }));
                phone
            }
            Err(why) => {
                self.fault(row.line, RegisterColumn::Phone, why);
                String::new()
            }
        }
    }

    fn enrolment(&mut self, row: &Row) -> Option<i64> {
        let printed = self.text(row, RegisterColumn::Enrolment);
        // "1.250", "320 trẻ": Excel gives a plain number, people type the rest.
        let digits: String = printed.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
        let figure = digits.trim_end_matches(|c: char| c.is_alphabetic());
        if figure.is_empty() {
            return None;
        }
        let read = figure.parse().ok().filter(|n| (0..100_000).contains(n));
        if read.is_none() {
            self.fault(row.line, RegisterColumn::Enrolment, RowProblem::NotANumber { printed });
        }
        read
    }

    fn notice(&mut self, line: usize, what: Repair) {
        self.notices.push(RegisterNotice { line, what });
    }

    fn fault(&mut self, line: usize, column: RegisterColumn, why: RowProblem) {
        self.faults.push(RowFault { line, column, why });
    }
}

/// The number of a row, or a figure of a total.
fn is_count(text: &str) -> bool {
    text.len() <= 4 && text.trim_end_matches('.').chars().all(|c| c.is_ascii_digit())
}

/// "MN001", "TT-4", "79000123": one word with a digit.
fn is_code(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && text.chars().next().is_some_and(char::is_alphanumeric)
        && text.chars().any(|c| c.is_ascii_digit())
        && !text.ends_with(['.', ')'])
}

/// Of "Tổng cộng: 26 cơ sở" the number, if it has one.
fn total(text: &str) -> Option<Option<usize>> {
    let folded = fold_words(text);
    let mut words = folded.split(' ');
    let is_total = match words.next() {
        Some("tong" | "total") => true,
        Some("cong") => words.next().is_none_or(|next| next.chars().all(|c| c.is_ascii_digit())),
        _ => false,
    };
    is_total.then(|| folded.split(' ').find_map(|word| word.parse().ok()))
}

/// "I. Công lập", "A) Mầm non", "Ngoài công lập".
fn is_section(text: &str) -> bool {
    let numbered = text.split_once(['.', ')', '-', '/']).is_some_and(|(number, rest)| {
        let number = number.trim();
        !rest.trim().is_empty()
            && (number.len() <= 5 && !number.is_empty())
            && (number.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L')) || number.len() == 1)
    });
    numbered || cells::kind(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_sections_and_codes_are_told_apart() {
        assert_eq!(total("Tổng cộng: 26 cơ sở (18 công lập)"), Some(Some(26)));
        assert_eq!(total("TỔNG"), Some(None));
        assert_eq!(total("Cộng"), Some(None));
        assert_eq!(total("Công lập"), None);
        for text in ["I. Công lập", "II. Ngoài công lập", "A) Mầm non", "1. Công lập", "Ngoài công lập"]
        {
            assert!(is_section(text), "{text}");
        }
        for text in ["Trường Mầm non 8-3", "Người lập biểu", "MN001"] {
            assert!(!is_section(text), "{text}");
        }
        for text in ["MN001", "TT-4", "79000123", "01"] {
            assert!(is_code(text), "{text}");
        }
        for text in ["I. Công lập", "Tổng", "", "I."] {
            assert!(!is_code(text), "{text}");
        }
    }
}
