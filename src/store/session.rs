//! One transaction, and the statements that run in it.

use serde::Serialize;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, SqlSafeStr, Transaction};
use tokio::sync::OwnedSemaphorePermit;

use super::column::{Bind, Cell};
use std::collections::BTreeSet;

use super::many::Batch;
use super::open::Bells;
use super::remembered::Remembered;
use super::{Changed, Known, Row, StoreError, Versions};

/// One transaction. Dropped without [`Session::commit`], it never happened.
pub struct Session {
    // Before the permit, so that it ends before the next writer begins.
    tx: Transaction<'static, Any>,
    turn: Option<OwnedSemaphorePermit>,
    bells: Bells,
    pub(super) enqueued: bool,
    pub(super) received: bool,
    /// Since it was asked for last.
    pub(super) changed: Changed,
    /// What was asked for.
    pub(super) moved: BTreeSet<Known>,
    /// Written before anybody could see that it is not.
    pub(super) later: Vec<Batch>,
    pub(super) remembered: Remembered,
}

impl Session {
    pub(super) fn new(
        tx: Transaction<'static, Any>,
        turn: Option<OwnedSemaphorePermit>,
        bells: Bells,
    ) -> Self {
        Self {
            tx,
            turn,
            bells,
            enqueued: false,
            received: false,
            changed: Changed::default(),
            moved: BTreeSet::new(),
            later: Vec::new(),
            remembered: Remembered::default(),
        }
    }

    /// Makes all of it happen, and wakes who waits for what it enqueued or received.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.commit_versioned().await.map(drop)
    }

    /// [`Session::commit`]; the new versions of what it changed.
    pub async fn commit_versioned(mut self) -> Result<Versions, StoreError> {
        self.write_gathered().await?;
        let versions = self.move_versions().await?;
        self.tx.commit().await?;
        drop(self.turn);
        if self.enqueued {
            self.bells.enqueued.notify_one();
        }
        if self.received {
            self.bells.received.notify_one();
        }
        Ok(versions)
    }

    /// Runs a statement that changes something; how many rows it changed.
    pub(super) async fn write(&mut self, statement: Statement) -> Result<u64, StoreError> {
        self.noted(statement.text);
        self.write_unversioned(statement).await
    }

    /// [`Session::write`] of what is no knowledge of an office, or is noted by who calls this.
    pub(super) async fn write_unversioned(&mut self, statement: Statement) -> Result<u64, StoreError> {
        self.must_write()?;
        self.write_gathered_for(statement.text).await?;
        Ok(statement.ready()?.execute(&mut *self.tx).await?.rows_affected())
    }

    /// Runs a statement that changes something and returns rows.
    pub(super) async fn write_returning<T>(
        &mut self,
        statement: Statement,
        read: fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.must_write()?;
        self.noted(statement.text);
        self.all(statement, read).await
    }

    /// All rows of a question.
    pub(super) async fn all<T>(
        &mut self,
        statement: Statement,
        read: fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.write_gathered_for(statement.text).await?;
        let rows: Vec<AnyRow> = statement.ready()?.fetch_all(&mut *self.tx).await?;
        rows.into_iter().map(|row| read(&Row(row))).collect()
    }

    /// The only row of a question, if there is one.
    pub(super) async fn one<T>(
        &mut self,
        statement: Statement,
        read: fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.write_gathered_for(statement.text).await?;
        let row = statement.ready()?.fetch_optional(&mut *self.tx).await?;
        row.map(|row| read(&Row(row))).transpose()
    }

    pub(super) fn must_write(&self) -> Result<(), StoreError> {
        if self.turn.is_some() { Ok(()) } else { Err(StoreError::ReadOnly) }
    }

    /// Notes what a statement is about to change.
    pub(super) fn noted(&mut self, statement: &str) {
        self.changed.note(statement);
        self.remembered.forget(statement);
    }

    pub(super) fn tx(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }
}

/// A statement and what is bound to its `$1`, `$2`… in that order.
pub(super) struct Statement {
    text: &'static str,
    cells: Vec<Cell>,
    fault: Option<StoreError>,
}

/// Begins a statement.
pub(super) fn sql(text: &'static str) -> Statement {
    Statement { text, cells: Vec::new(), fault: None }
}

/// A text with what is bound to it.
pub(super) fn bound(
    text: impl SqlSafeStr,
    cells: impl IntoIterator<Item = Cell>,
) -> Query<'static, Any, AnyArguments> {
    cells.into_iter().fold(sqlx::query(text), |query, cell| match cell {
        Cell::Text(text) => query.bind(text),
        Cell::Int(int) => query.bind(int),
    })
}

impl Statement {
    /// Binds the next value.
    pub(super) fn bind(mut self, value: impl Bind) -> Self {
        self.cells.push(value.cell());
        self
    }

    /// Binds the next value as JSON.
    pub(super) fn json(self, value: &impl Serialize) -> Self {
        match serde_json::to_string(value) {
            Ok(text) => self.bind(text),
            Err(e) => self.failed(e.to_string()),
        }
    }

    /// Binds the next value as JSON, nothing as null.
    pub(super) fn maybe_json(self, value: Option<&impl Serialize>) -> Self {
        match value {
            Some(value) => self.json(value),
            None => self.bind(None::<String>),
        }
    }

    /// Binds the next value as one word: a variant without values.
    pub(super) fn word(self, value: impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(word)) => self.bind(word),
            Ok(other) => self.failed(format!("not one word: {other}")),
            Err(e) => self.failed(e.to_string()),
        }
    }

    fn failed(mut self, why: String) -> Self {
        self.fault = Some(StoreError::Other(why));
        self
    }

    /// Whether it adds rows that it brings along.
    pub(super) fn adds(&self) -> bool {
        self.text.starts_with("insert into ") && self.text.contains(" values (")
    }

    /// Its text and what is bound to it.
    pub(super) fn taken(self) -> Result<(&'static str, Vec<Cell>), StoreError> {
        self.fault.map_or(Ok((self.text, self.cells)), Err)
    }

    fn ready(self) -> Result<Query<'static, Any, AnyArguments>, StoreError> {
        let (text, cells) = self.taken()?;
        Ok(bound(text, cells))
    }
}
