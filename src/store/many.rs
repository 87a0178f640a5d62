//! One statement for many rows. Each statement goes to the thread of its connection and back, which costs more than writing a
//! row: what a transaction writes again and again is gathered and written at once.

use sqlx::AssertSqlSafe;

use super::column::Cell;
use super::session::{Statement, bound};
use super::{Row, Session, StoreError};

/// The most rows of one statement: sixty-four of twenty values stay far below what either engine takes.
const MOST: usize = 64;

/// The tables whose rows other rows name (`standings.submission_id`, `standings.extension_id`).
const NAMED: [&str; 2] = ["submissions", "extensions"];

/// Rows of one statement that nobody in this transaction has asked for yet.
pub(super) struct Batch {
    text: &'static str,
    rows: Vec<Vec<Cell>>,
}

impl Batch {
    fn table(&self) -> &'static str {
        let words = self.text.strip_prefix("insert into ").unwrap_or(self.text);
        words.split(' ').next().unwrap_or(words)
    }

    /// One statement may not change a row twice (PostgreSQL); what is upserted here is known by its first two values.
    fn changes(&self, row: &[Cell]) -> bool {
        self.rows.iter().any(|known| known.iter().take(2).eq(row.iter().take(2)))
    }
}

impl Session {
    /// Writes a row by the end of the transaction, or before a statement that names its table; what is no
    /// `insert into … values (…)` at once.
    pub(super) async fn write_later(&mut self, statement: Statement) -> Result<(), StoreError> {
        if !statement.adds() {
            return self.write_unversioned(statement).await.map(drop);
        }
        self.must_write()?;
        let (text, row) = statement.taken()?;
        if self.later.iter().any(|batch| batch.text == text && batch.changes(&row)) {
            self.write_gathered().await?;
        }
        match self.later.iter_mut().find(|batch| batch.text == text) {
            Some(batch) => batch.rows.push(row),
            None => self.later.push(Batch { text, rows: vec![row] }),
        }
        Ok(())
    }

    /// Writes what was gathered if a statement could see it.
    pub(super) async fn write_gathered_for(&mut self, statement: &str) -> Result<(), StoreError> {
        if self.later.iter().any(|batch| statement.contains(batch.table())) {
            self.write_gathered().await?;
        }
        Ok(())
    }

    /// Writes what was gathered: what is named by others first, else each kind in the order in which its first row came.
    pub(super) async fn write_gathered(&mut self) -> Result<(), StoreError> {
        let mut batches = std::mem::take(&mut self.later);
        batches.sort_by_key(|batch| !NAMED.contains(&batch.table()));
        for Batch { text, rows } in batches {
            self.write_rows(text, rows).await?;
        }
        Ok(())
    }

    /// Runs one `insert into … values (…)` for all of them; how many rows it changed.
    pub(super) async fn write_many(&mut self, statements: Vec<Statement>) -> Result<u64, StoreError> {
        let Some((text, rows)) = self.begin_many(statements).await? else { return Ok(0) };
        self.write_rows(text, rows).await
    }

    /// [`Session::write_many`] of a statement that returns rows.
    pub(super) async fn write_many_returning<T>(
        &mut self,
        statements: Vec<Statement>,
        read: fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let Some((text, rows)) = self.begin_many(statements).await? else { return Ok(vec![]) };
        let mut returned = Vec::new();
        for rows in chunks(rows) {
            let text = with_rows(text, rows.len());
            let found = bound(AssertSqlSafe(text), rows.into_iter().flatten()).fetch_all(self.tx()).await?;
            for row in found {
                returned.push(read(&Row(row))?);
            }
        }
        Ok(returned)
    }

    /// Runs a statement that changes the rows of a list `($2)`; how many it changed.
    pub(super) async fn write_listed(
        &mut self,
        text: &'static str,
        first: Cell,
        list: Vec<Cell>,
    ) -> Result<u64, StoreError> {
        self.must_write()?;
        self.write_gathered_for(text).await?;
        self.noted(text);
        let mut changed = 0;
        for list in chunks(list.into_iter().map(|cell| vec![cell]).collect()) {
            let places: Vec<String> = (2..).take(list.len()).map(|n| format!("${n}")).collect();
            let text = text.replacen("($2)", &format!("({})", places.join(", ")), 1);
            let cells = std::iter::once(first.clone()).chain(list.into_iter().flatten());
            changed += bound(AssertSqlSafe(text), cells).execute(self.tx()).await?.rows_affected();
        }
        Ok(changed)
    }

    async fn begin_many(
        &mut self,
        statements: Vec<Statement>,
    ) -> Result<Option<(&'static str, Vec<Vec<Cell>>)>, StoreError> {
        self.must_write()?;
        let taken: Vec<_> = statements.into_iter().map(Statement::taken).collect::<Result<_, _>>()?;
        let Some((text, _)) = taken.first() else { return Ok(None) };
        let text = *text;
        self.write_gathered_for(text).await?;
        self.noted(text);
        Ok(Some((text, taken.into_iter().map(|(_, row)| row).collect())))
    }

    async fn write_rows(&mut self, text: &'static str, rows: Vec<Vec<Cell>>) -> Result<u64, StoreError> {
        let mut changed = 0;
        for rows in chunks(rows) {
            let query = with_rows(text, rows.len());
            let cells = rows.into_iter().flatten();
            changed += bound(AssertSqlSafe(query), cells).execute(self.tx()).await?.rows_affected();
        }
        Ok(changed)
    }
}

/// In pieces of 64, 32, 16… rows, so that few different texts are to be prepared.
fn chunks(mut rows: Vec<Vec<Cell>>) -> Vec<Vec<Vec<Cell>>> {
    let mut pieces = Vec::new();
    while !rows.is_empty() {
        let largest = 1 << rows.len().ilog2();
        let rest = rows.split_off(MOST.min(largest));
        pieces.push(std::mem::replace(&mut rows, rest));
    }
    pieces
}

/// The text of an insert with its `values ($1, …)` for so many rows.
fn with_rows(text: &str, rows: usize) -> String {
    const BEGIN: &str = "values (";
    let start = text.find(BEGIN).map_or(text.len(), |at| at + BEGIN.len() - 1);
    let end = text[start..].find(')').map_or(text.len(), |at| start + at + 1);
    let (head, one, tail) = (&text[..start], &text[start..end], &text[end..]);
    let width = one.matches('$').count();
    let all: Vec<String> = (0..rows).map(|row| moved_by(one, row * width)).collect();
    format!("{head}{}{tail}", all.join(", "))
}

/// `($1, $2, 0)` with every number moved.
fn moved_by(one: &str, by: usize) -> String {
    let mut parts = one.split('$');
    let mut moved = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let number: usize = part[..digits].parse().unwrap_or_default();
        moved.push_str(&format!("${}{}", number + by, &part[digits..]));
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_insert_is_repeated_with_places_of_its_own() {
        let one = "insert into t (a, b, c) values ($1, $2, 0) on conflict (a) do nothing";
        assert_eq!(with_rows(one, 1), one);
        let three =
            "insert into t (a, b, c) values ($1, $2, 0), ($3, $4, 0), ($5, $6, 0) on conflict (a) do nothing";
        assert_eq!(with_rows(one, 3), three);
    }

    #[test]
    fn rows_go_in_pieces_of_few_sizes() {
        let rows = |n: usize| vec![vec![Cell::Int(Some(1))]; n];
        let sizes = |n: usize| chunks(rows(n)).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(sizes(0), [0_usize; 0]);
        assert_eq!(sizes(7), [4, 2, 1]);
        assert_eq!(sizes(150), [64, 64, 16, 4, 2]);
    }
}
