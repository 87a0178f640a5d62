//! The office's list of schools as a clerk's file holds it, before it becomes schools.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{School, SchoolKind};

/// A register that was read whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Register {
    /// Its rows in the file's order, codes unique.
    pub rows: Vec<RegisterRow>,
}

/// One school of a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// The row's line in the file, counted from 1.
    pub line: usize,
    /// See [`School::code`].
    pub code: String,
    /// See [`School::name`].
    pub name: String,
    /// Other names, when the file has such a column.
    pub aliases: Vec<String>,
    /// See [`School::kind`].
    pub kind: SchoolKind,
    /// See [`School::ward`].
    pub ward: String,
    /// See [`School::cluster`].
    pub cluster: String,
    /// See [`School::principal`].
    pub principal: String,
    /// Digits only, with its leading zero.
    pub phone: String,
    /// See [`School::enrolment`].
    #[serde(default)]
    pub enrolment: Option<i64>,
}

impl Register {
    /// The short name of each row: [`School::short_name_of`]; rows that would share one get their ward behind it, and where
    /// that is the same too, their code.
    #[must_use]
    pub fn short_names(&self) -> Vec<String> {
        let plain: Vec<String> = self.rows.iter().map(|row| School::short_name_of(&row.name)).collect();
        let with_ward: Vec<String> =
            self.rows.iter().zip(&plain).map(|(row, name)| format!("{name} ({})", row.ward)).collect();
        let (names, wards) = (counts(&plain), counts(&with_ward));
        self.rows
            .iter()
            .zip(plain.iter().zip(&with_ward))
            .map(|(row, (plain, with_ward))| {
                if names[plain.as_str()] == 1 {
                    plain.clone()
                } else if wards[with_ward.as_str()] == 1 && !row.ward.is_empty() {
                    with_ward.clone()
                } else {
                    format!("{plain} ({})", row.code)
                }
            })
            .collect()
    }
}

fn counts(names: &[String]) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for name in names {
        *counts.entry(name.as_str()).or_default() += 1;
    }
    counts
}

/// A column of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterColumn {
    /// [`School::code`]
    Code,
    /// [`School::name`]
    Name,
    /// [`School::aliases`]
    Aliases,
    /// [`School::kind`]
    Kind,
    /// [`School::ward`]
    Ward,
    /// [`School::cluster`]
    Cluster,
    /// [`School::principal`]
    Principal,
    /// [`School::phone`]
    Phone,
    /// [`School::enrolment`]
    Enrolment,
}

impl RegisterColumn {
    /// All columns, in the order in which the program writes them.
    pub const ALL: [Self; 9] = [
        Self::Code,
        Self::Name,
        Self::Kind,
        Self::Ward,
        Self::Cluster,
        Self::Principal,
        Self::Phone,
        Self::Enrolment,
        Self::Aliases,
    ];

    /// Whether a register without it, or a row with nothing in it, cannot be taken.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Code | Self::Name | Self::Kind)
    }
}

/// The words of a register that the program writes: a template to fill in, or a list of schools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterWords {
    /// Name of the sheet with the schools.
    pub sheet: String,
    /// Headings, in the order of [`RegisterColumn::ALL`].
    pub columns: [String; 9],
    /// Public, private, independent: what may stand in the column of the kind.
    pub kinds: [String; 3],
    /// The example row, in the order of [`RegisterColumn::ALL`]. Its code makes reading pass over it.
    pub example: [String; 9],
    /// What a wrong kind is answered with in the sheet.
    pub kind_fault: String,
    /// Name of the sheet with the explanations.
    pub notes_sheet: String,
    /// The explanations, one a line.
    pub notes: Vec<String>,
}

impl RegisterWords {
    /// The word of a kind.
    #[must_use]
    pub fn kind(&self, kind: SchoolKind) -> &str {
        match kind {
            SchoolKind::Public => &self.kinds[0],
            SchoolKind::Private => &self.kinds[1],
            SchoolKind::Independent => &self.kinds[2],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schools_that_share_a_short_name_are_told_apart() {
        let row = |code: &str, name: &str, ward: &str| RegisterRow {
            line: 2,
            code: code.to_owned(),
            name: name.to_owned(),
            aliases: Vec::new(),
            kind: SchoolKind::Public,
            ward: ward.to_owned(),
            cluster: String::new(),
            principal: String::new(),
            phone: String::new(),
            enrolment: None,
        };
        let register = Register {
            rows: vec![
                row("MN001", "Trường Mầm non Hoa Mai", "Khe Lim"),
                row("TT004", "Trường Mầm non tư thục Hoa Mai", "Đá Bạc"),
                row("MN003", "Trường Mầm non Hoa Sen", "Khe Lim"),
                row("MN004", "Trường Mầm non Ong Vàng", "Khe Lim"),
                row("TT005", "Trường Mầm non tư thục Ong Vàng", "Khe Lim"),
            ],
        };
        assert_eq!(
            register.short_names(),
            [
                "MN Hoa Mai (Khe Lim)",
                "MN Hoa Mai (Đá Bạc)",
                "MN Hoa Sen",
                "MN Ong Vàng (MN004)",
                "MN Ong Vàng (TT005)"
            ]
        );
    }
}
