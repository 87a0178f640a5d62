//! What can go wrong with a database, by what a person can do about it.

use sqlx::error::ErrorKind;
use sqlx::migrate::MigrateError;

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is no database, or a damaged one: restore a backup or name another file.
    #[error("not a database, or a damaged one: {0}")]
    NotADatabase(String),
    /// A later version of the program has changed this database: run that version.
    #[error("the database has migration {0}, which this program does not know")]
    MigrationMissing(i64),
    /// A migration that was applied is not the one that this program has: it was built from altered sources.
    #[error("migration {0} of the database is not the one of this program")]
    MigrationChanged(i64),
    /// The file or its folder cannot be opened or written: check the path, its owner and the space left.
    #[error("the database cannot be opened or written: {0}")]
    Unwritable(String),
    /// Somebody else holds the database for longer than is waited for: try again.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// Something that must be there once would be there twice.
    #[error("already there: {0}")]
    Duplicate(String),
    /// A transaction was begun for an office that does not exist.
    #[error("no such office")]
    NoSuchOffice,
    /// A value of a row is not what this program writes there.
    #[error("column {column} holds something unreadable: {why}")]
    Unreadable {
        /// The column.
        column: String,
        /// What is wrong with it.
        why: String,
    },
    /// A mistake of the program: a reading session was asked to write.
    #[error("a reading session was asked to write")]
    ReadOnly,
    /// Anything else; nothing was changed.
    #[error("database: {0}")]
    Other(String),
}

impl StoreError {
    /// A short code for logs and for the person: it says which sentence to look up.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotADatabase(_) => "db-damaged",
            Self::MigrationMissing(_) => "db-newer",
            Self::MigrationChanged(_) => "db-changed",
            Self::Unwritable(_) => "db-unwritable",
            Self::Busy(_) => "db-busy",
            Self::Duplicate(_) => "db-duplicate",
            Self::NoSuchOffice => "db-no-office",
            Self::Unreadable { .. } => "db-unreadable",
            Self::ReadOnly => "db-read-only",
            Self::Other(_) => "db",
        }
    }

    /// Whether the same transaction, begun anew, may well succeed.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Busy(_))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let text = error.to_string();
        match error {
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default();
                match database.kind() {
                    ErrorKind::UniqueViolation => Self::Duplicate(database.message().to_owned()),
                    _ => by_code(&code, text),
                }
            }
            sqlx::Error::PoolTimedOut => Self::Busy(text),
            sqlx::Error::Io(_) => Self::Unwritable(text),
            sqlx::Error::ColumnDecode { index, source } => {
                Self::Unreadable { column: index, why: source.to_string() }
            }
            sqlx::Error::Migrate(migrate) => (*migrate).into(),
            _ => Self::Other(text),
        }
    }
}

/// SQLite's result codes (<https://www.sqlite.org/rescode.html>; an extended code keeps the primary one in its lowest
/// eight bits), and PostgreSQL's SQLSTATE, five characters long, where it means the same.
fn by_code(code: &str, text: String) -> StoreError {
    match code {
        "40001" | "40P01" | "55P03" => return StoreError::Busy(text),
        "25006" | "53100" => return StoreError::Unwritable(text),
        _ if code.len() == 5 => return StoreError::Other(text),
        _ => {}
    }
    match code.parse::<u32>().map(|code| code & 0xff) {
        Ok(11 | 26) => StoreError::NotADatabase(text),
        Ok(5 | 6) => StoreError::Busy(text),
        Ok(3 | 8 | 10 | 13 | 14 | 23) => StoreError::Unwritable(text),
        _ => StoreError::Other(text),
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(version) => Self::MigrationMissing(version),
            MigrateError::VersionMismatch(version) => Self::MigrationChanged(version),
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Self::Other(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart_by_what_a_person_can_do() {
        for (code, expected) in [
            ("26", "db-damaged"),
            ("11", "db-damaged"),
            ("267", "db-damaged"),
            ("5", "db-busy"),
            ("517", "db-busy"),
            ("40001", "db-busy"),
            ("14", "db-unwritable"),
            ("1544", "db-unwritable"),
            ("13", "db-unwritable"),
            ("1", "db"),
            ("42601", "db"),
            ("", "db"),
        ] {
            assert_eq!(by_code(code, String::new()).code(), expected, "{code}");
        }
    }
}
