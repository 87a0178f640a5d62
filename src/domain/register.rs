//! The office's list of schools as a clerk's file holds it, before it becomes schools.

use serde::{Deserialize, Serialize};

use super::SchoolKind;

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
    /// See [`super::School::code`].
    pub code: String,
    /// See [`super::School::name`].
    pub name: String,
    /// Other names, when the file has such a column.
    pub aliases: Vec<String>,
    /// See [`super::School::kind`].
    pub kind: SchoolKind,
    /// See [`super::School::ward`].
    pub ward: String,
    /// See [`super::School::cluster`].
    pub cluster: String,
    /// See [`super::School::principal`].
    pub principal: String,
    /// Digits only, with its leading zero.
    pub phone: String,
}
