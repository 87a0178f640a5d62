//! What one cell of a school's row says, and what had to be repaired in it.

use super::fault::{Repair, RowProblem};
use super::sheet::Cell;
use crate::domain::{RegisterColumn, SchoolKind};
use crate::vietnamese::fold_words;

/// The text of a cell without stray blanks, at most `limit` characters long. An empty cell is an empty text.
pub fn text(
    cell: &Cell,
    column: RegisterColumn,
    limit: usize,
) -> Result<(String, Option<Repair>), RowProblem> {
    match cell {
        Cell::Date(printed) => return Err(RowProblem::IsADate { printed: printed.clone() }),
        Cell::Broken(printed) => return Err(RowProblem::BrokenFormula { printed: printed.clone() }),
        Cell::Empty | Cell::Text(_) | Cell::Number(_) => {}
    }
    let shown = cell.shown();
    let read = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    if read.chars().count() > limit {
        return Err(RowProblem::TooLong { limit });
    }
    // A line break inside a cell is how a sheet wraps a long name, not a slip.
    let repaired = shown.replace(['\n', '\r'], " ") != read && !shown.contains('\n');
    let repair = repaired.then(|| Repair::Blanks { column, read: read.clone() });
    Ok((read, repair))
}

/// The kind of school that a cell names.
pub fn kind(printed: &str) -> Option<SchoolKind> {
    let folded = fold_words(printed);
    let says = |phrase: &str| format!(" {folded} ").contains(&format!(" {phrase} "));
    match folded.as_str() {
        "cl" | "public" => return Some(SchoolKind::Public),
        "tt" | "ncl" | "private" => return Some(SchoolKind::Private),
        _ => {}
    }
    if says("doc lap") || says("independent") {
        Some(SchoolKind::Independent)
    } else if ["tu thuc", "ngoai cong lap", "dan lap"].into_iter().any(says) {
        Some(SchoolKind::Private)
    } else if says("cong lap") {
        Some(SchoolKind::Public)
    } else {
        None
    }
}

/// The digits of a telephone number with their leading zero. An empty cell is an empty number.
///
/// Numbers of Việt Nam have ten digits (mobile) or eleven (fixed, `02…`): Thông tư 22/2014/TT-BTTTT.
pub fn phone(cell: &Cell) -> Result<(String, Option<Repair>), RowProblem> {
    let printed = cell.shown().trim();
    let problem = || RowProblem::NotAPhone { printed: printed.to_owned() };
    if printed.is_empty() {
        return Ok((String::new(), None));
    }
    let several = printed.split(['/', ';', ',', '\n', '|']).map(str::trim).filter(|one| !one.is_empty());
    let mut several: Vec<&str> = several.collect();
    if several.iter().skip(1).any(|one| one.chars().filter(char::is_ascii_digit).count() < 8) {
        several = vec![printed];
    }
    let first = several.first().copied().unwrap_or(printed);
    let (read, repair) = one_phone(first).ok_or_else(problem)?;
    if several.len() > 1 {
        let repair = Repair::PhoneFirst { printed: several.join(" / "), read: read.clone() };
        return Ok((read, Some(repair)));
    }
    Ok((read, repair))
}

fn one_phone(printed: &str) -> Option<(String, Option<Repair>)> {
    if printed.chars().any(|c| !c.is_ascii_digit() && !matches!(c, ' ' | '.' | '-' | '(' | ')' | '+')) {
        return None;
    }
    let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
    let (read, zero_lost) = match digits.strip_prefix("84") {
        Some(rest) if printed.starts_with('+') || digits.len() >= 11 => {
            (format!("0{}", rest.trim_start_matches('0')), false)
        }
        _ if digits.starts_with('0') => (digits, false),
        _ => (format!("0{digits}"), true),
    };
    let length = if read.starts_with("02") { 11 } else { 10 };
    if read.len() != length || read.starts_with("00") {
        return None;
    }
    let repair = if zero_lost {
        Some(Repair::PhoneZero { read: read.clone() })
    } else if printed.replace(' ', "") != read {
        Some(Repair::PhoneWritten { printed: printed.to_owned(), read: read.clone() })
    } else {
        None
    };
    Some((read, repair))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephones_are_read_as_clerks_write_them() {
        let table = [
            ("0900 000 001", Some(("0900000001", ""))),
            ("0900.000.012", Some(("0900000012", "written"))),
            ("0900-000-012", Some(("0900000012", "written"))),
            ("+84 900 000 021", Some(("0900000021", "written"))),
            ("84900000021", Some(("0900000021", "written"))),
            ("(+84)900000021", Some(("0900000021", "written"))),
            ("900000007", Some(("0900000007", "zero"))),
            ("0203 3000 001", Some(("02033000001", ""))),
            ("2033000001", Some(("02033000001", "zero"))),
            ("0900 000 001 / 0900 000 002", Some(("0900000001", "first"))),
            ("0900 000 001\n0900 000 002", Some(("0900000001", "first"))),
            ("", Some(("", ""))),
            ("090000001", None),
            ("0900 000 00l", None),
            ("không có", None),
            ("20/10/2026", None),
        ];
        for (printed, want) in table {
            let said = phone(&Cell::Text(printed.to_owned())).ok().map(|(read, repair)| {
                let repair = match repair {
                    None => "",
                    Some(Repair::PhoneWritten { .. }) => "written",
                    Some(Repair::PhoneZero { .. }) => "zero",
                    Some(Repair::PhoneFirst { .. }) => "first",
                    Some(other) => panic!("{other:?}"),
                };
                (read, repair)
            });
            let want = want.map(|(read, repair)| (read.to_owned(), repair));
            assert_eq!(said, want, "{printed:?}");
        }
    }

    #[test]
    fn kinds_are_known_by_their_words() {
        let table = [
            ("Công lập", Some(SchoolKind::Public)),
            ("CÔNG LẬP", Some(SchoolKind::Public)),
            ("Ngoài công lập", Some(SchoolKind::Private)),
            ("Tư thục", Some(SchoolKind::Private)),
            ("Dân lập", Some(SchoolKind::Private)),
            ("Độc lập tư thục", Some(SchoolKind::Independent)),
            ("Nhóm trẻ độc lập", Some(SchoolKind::Independent)),
            ("private", Some(SchoolKind::Private)),
            ("Đồi Chè", None),
            ("", None),
        ];
        for (printed, want) in table {
            assert_eq!(kind(printed), want, "{printed}");
        }
    }

    #[test]
    fn only_stray_blanks_are_a_repair() {
        let read = |text_: &str| text(&Cell::Text(text_.to_owned()), RegisterColumn::Name, 20);
        let blanks =
            |read: &str| Some(Repair::Blanks { column: RegisterColumn::Name, read: read.to_owned() });
        assert_eq!(read("Bông Sen"), Ok(("Bông Sen".to_owned(), None)));
        assert_eq!(read("Bông  Sen "), Ok(("Bông Sen".to_owned(), blanks("Bông Sen"))));
        assert_eq!(read("Bông\nSen"), Ok(("Bông Sen".to_owned(), None)));
        assert_eq!(read(&"a".repeat(21)), Err(RowProblem::TooLong { limit: 20 }));
    }
}
