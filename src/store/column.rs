//! How each kind of value is stored in a column, and read back.

use chrono::{DateTime, NaiveDate, Utc};
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use sqlx::{Any, Decode, Row as _, Type};

use super::StoreError;
use crate::domain::Id;

/// A value on its way into a statement. The kind of a null matters to PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Into a `text` column.
    Text(Option<String>),
    /// Into a `bigint` column.
    Int(Option<i64>),
}

/// What can be bound.
pub(super) trait Bind {
    /// The null of its column.
    const NULL: Cell;
    /// Its value.
    fn cell(self) -> Cell;
}

impl Bind for &str {
    const NULL: Cell = Cell::Text(None);
    fn cell(self) -> Cell {
        Cell::Text(Some(self.to_owned()))
    }
}

impl Bind for String {
    const NULL: Cell = Cell::Text(None);
    fn cell(self) -> Cell {
        Cell::Text(Some(self))
    }
}

impl Bind for i64 {
    const NULL: Cell = Cell::Int(None);
    fn cell(self) -> Cell {
        Cell::Int(Some(self))
    }
}

impl Bind for u32 {
    const NULL: Cell = Cell::Int(None);
    fn cell(self) -> Cell {
        Cell::Int(Some(self.into()))
    }
}

impl Bind for bool {
    const NULL: Cell = Cell::Int(None);
    fn cell(self) -> Cell {
        Cell::Int(Some(self.into()))
    }
}

impl Bind for DateTime<Utc> {
    const NULL: Cell = Cell::Int(None);
    fn cell(self) -> Cell {
        Cell::Int(Some(self.timestamp_millis()))
    }
}

impl Bind for NaiveDate {
    const NULL: Cell = Cell::Text(None);
    fn cell(self) -> Cell {
        Cell::Text(Some(self.to_string()))
    }
}

impl<Noun> Bind for Id<Noun> {
    const NULL: Cell = Cell::Text(None);
    fn cell(self) -> Cell {
        Cell::Text(Some(self.to_string()))
    }
}

impl<T: Bind> Bind for Option<T> {
    const NULL: Cell = T::NULL;
    fn cell(self) -> Cell {
        self.map_or(T::NULL, T::cell)
    }
}

/// What can be read from a column.
pub(super) trait Load: Sized {
    /// What the column holds.
    type Raw: for<'r> Decode<'r, Any> + Type<Any>;
    /// Reads it.
    fn load(raw: Self::Raw) -> Result<Self, String>;
}

impl Load for String {
    type Raw = Self;
    fn load(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }
}

impl Load for i64 {
    type Raw = Self;
    fn load(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }
}

impl Load for u32 {
    type Raw = i64;
    fn load(raw: i64) -> Result<Self, String> {
        Self::try_from(raw).map_err(|e| e.to_string())
    }
}

impl Load for bool {
    type Raw = i64;
    fn load(raw: i64) -> Result<Self, String> {
        Ok(raw != 0)
    }
}

impl Load for DateTime<Utc> {
    type Raw = i64;
    fn load(raw: i64) -> Result<Self, String> {
        Self::from_timestamp_millis(raw).ok_or_else(|| format!("no moment: {raw}"))
    }
}

impl Load for NaiveDate {
    type Raw = String;
    fn load(raw: String) -> Result<Self, String> {
        raw.parse().map_err(|e: chrono::ParseError| e.to_string())
    }
}

impl<Noun> Load for Id<Noun> {
    type Raw = String;
    fn load(raw: String) -> Result<Self, String> {
        raw.parse().map_err(|e: crate::domain::ParseIdError| e.to_string())
    }
}

/// A row of a result.
pub(super) struct Row(pub(super) AnyRow);

impl Row {
    /// A column that is never null.
    pub(super) fn get<T: Load>(&self, column: &str) -> Result<T, StoreError> {
        let raw: T::Raw = self.0.try_get(column)?;
        T::load(raw).map_err(|why| unreadable(column, why))
    }

    /// A column that may be null.
    pub(super) fn maybe<T: Load>(&self, column: &str) -> Result<Option<T>, StoreError> {
        let raw: Option<T::Raw> = self.0.try_get(column)?;
        raw.map(T::load).transpose().map_err(|why| unreadable(column, why))
    }

    /// A column of JSON.
    pub(super) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T, StoreError> {
        let text: &str = self.0.try_get(column)?;
        serde_json::from_str(text).map_err(|e| unreadable(column, e.to_string()))
    }

    /// A column of JSON that may be null.
    pub(super) fn maybe_json<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>, StoreError> {
        let text: Option<&str> = self.0.try_get(column)?;
        text.map(serde_json::from_str).transpose().map_err(|e| unreadable(column, e.to_string()))
    }

    /// A column of one word: a variant without values.
    pub(super) fn word<T: DeserializeOwned>(&self, column: &str) -> Result<T, StoreError> {
        let text: &str = self.0.try_get(column)?;
        read_word(text).map_err(|why| unreadable(column, why))
    }
}

fn read_word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    use serde::de::IntoDeserializer;
    let word: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
    T::deserialize(word).map_err(|e| e.to_string())
}

fn unreadable(column: &str, why: String) -> StoreError {
    StoreError::Unreadable { column: column.to_owned(), why }
}
