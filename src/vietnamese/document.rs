//! Numbers of documents as they are compared.

use super::fold;

/// A number of a document folded for comparing: without spaces, marks and case, `&` and leading zeros:
/// "Số: 0155 /PGD&ĐT-GDMN" and "155/PGDĐT-GDMN" are both `155/pgddt-gdmn`.
#[must_use]
pub fn document_key(number: &str) -> String {
    let bare: String =
        fold(number).chars().filter(|c| c.is_alphanumeric() || matches!(c, '/' | '-')).collect();
    let from = bare.find(|c: char| c.is_ascii_digit() || c == '/').unwrap_or(0);
    let zeros = bare[from..].len() - bare[from..].trim_start_matches('0').len();
    bare[from + zeros..].trim_end_matches(['-', '/']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_is_the_same_however_it_is_written() {
        for (number, key) in [
            ("155/PGDĐT-GDMN", "155/pgddt-gdmn"),
            ("Số: 0155 /PGD&ĐT-GDMN", "155/pgddt-gdmn"),
            ("số 155/pgddt - gdmn", "155/pgddt-gdmn"),
            ("07/TB", "7/tb"),
            ("/BC-PGD", "/bc-pgd"),
            ("155", "155"),
            ("", ""),
        ] {
            assert_eq!(document_key(number), key, "{number}");
        }
    }
}
