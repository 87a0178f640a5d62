//! Opening a database and beginning transactions on it.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, AnyPool, ConnectOptions as _, Connection as _, Executor as _};
use tokio::sync::{Notify, Semaphore};

use super::{Session, StoreError, sql};
use crate::domain::OfficeId;

static MIGRATIONS: Migrator = sqlx::migrate!();

/// So many connections read beside the one that writes.
const READERS: u32 = 2;

/// How long a transaction waits for a connection, and for another process that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// `full`: an update that was acknowledged to its platform, and the record of a message that was sent, must outlive a
/// power cut; `normal` would lose the last commits of the write-ahead log. `secure_delete`: what is taken out of a row, the words of a secret paper, is not
/// to be found in the file. `cache_size` in KiB when negative.
const PRAGMAS: &str = "pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = full; \
                       pragma foreign_keys = on; pragma secure_delete = fast";

/// The cache of the connection that writes is good as long as nobody else writes; those of readers end with each commit.
const WRITER_CACHE: &str = "pragma cache_size = -2048";
const READER_CACHE: &str = "pragma cache_size = -512";

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    /// A single connection writes, always the same: another one would find its pages out of date after each commit.
    writer: AnyPool,
    readers: AnyPool,
    /// Writers of this process queue here, first come first served, instead of polling SQLite's lock.
    turns: Arc<Semaphore>,
    bells: Bells,
}

/// Rung after the commit of something that somebody waits for.
#[derive(Clone, Default)]
pub(super) struct Bells {
    pub(super) enqueued: Arc<Notify>,
    pub(super) received: Arc<Notify>,
}

impl Store {
    /// Opens the database at `location`, the path of an SQLite file (made when it is not there, its folder is not) or
    /// a URL, and brings its tables up to date.
    pub async fn open(location: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let options: AnyConnectOptions =
            url(location).parse().map_err(|e: sqlx::Error| StoreError::Other(e.to_string()))?;
        let options = options.disable_statement_logging();
        // By one connection of its own: a pool would try again for as long as it is patient, and then say no more than
        // that it could not.
        let mut first = AnyConnection::connect_with(&options).await?;
        prepare(&mut first, WRITER_CACHE).await?;
        MIGRATIONS.run(&mut first).await?;
        first.close().await?;
        let writer = pool(1, WRITER_CACHE, &options).await?;
        let readers = pool(READERS, READER_CACHE, &options).await?;
        Ok(Self { writer, readers, turns: Arc::new(Semaphore::new(1)), bells: Bells::default() })
    }

    /// Closes all connections; what was committed is in the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Begins a writing transaction of one office: a second one of the same office waits for the first.
    pub async fn begin_for(&self, office: OfficeId) -> Result<Session, StoreError> {
        let mut session = self.begin_write().await?;
        let lock = sql("update offices set touched = touched + 1 where id = $1");
        let locked = session.write_unversioned(lock.bind(office)).await?;
        if locked == 0 { Err(StoreError::NoSuchOffice) } else { Ok(session) }
    }

    /// Begins a writing transaction of what belongs to no office: new offices, the inbox, claims.
    pub async fn begin(&self) -> Result<Session, StoreError> {
        let mut session = self.begin_write().await?;
        session.write(sql("update installation set touched = touched + 1 where id = 1")).await?;
        Ok(session)
    }

    /// Begins a reading transaction: it sees one state of the database throughout and refuses to write.
    pub async fn read(&self) -> Result<Session, StoreError> {
        Ok(Session::new(self.readers.begin().await?, None, self.bells.clone()))
    }

    /// Waits until a transaction has enqueued something to say, since the last time this was waited for.
    pub async fn enqueued(&self) {
        self.bells.enqueued.notified().await;
    }

    /// Waits until a transaction has received an update, since the last time this was waited for.
    pub async fn received(&self) {
        self.bells.received.notified().await;
    }

    async fn begin_write(&self) -> Result<Session, StoreError> {
        // Not without end: a transaction begun while the same task holds another would wait for itself.
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned())
            .await
            .map_err(|_| StoreError::Busy("another transaction of this program writes".into()))?
            .map_err(|e| StoreError::Other(e.to_string()))?;
        Ok(Session::new(self.writer.begin().await?, Some(turn), self.bells.clone()))
    }
}

/// So many connections with such a cache each.
async fn pool(
    connections: u32,
    cache: &'static str,
    options: &AnyConnectOptions,
) -> Result<AnyPool, sqlx::Error> {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        // A file does not hang up; a server may.
        .test_before_acquire(!options.database_url.scheme().starts_with("sqlite"))
        .after_connect(move |connection, _| Box::pin(prepare(connection, cache)))
        .connect_with(options.clone())
        .await
}

async fn prepare(connection: &mut AnyConnection, cache: &'static str) -> Result<(), sqlx::Error> {
    if connection.backend_name() == "SQLite" {
        connection.execute(PRAGMAS).await?;
        connection.execute(cache).await?;
    }
    Ok(())
}

/// The URL of a location: a path becomes one with everything that a URL would take for its own escaped.
fn url(location: &str) -> String {
    if location.contains("://") {
        return location.to_owned();
    }
    let mut url = String::from("sqlite:");
    for byte in location.bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            url.push(byte.into());
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url + "?mode=rwc"
}

#[cfg(test)]
mod tests {
    use super::url;

    #[test]
    fn a_path_becomes_a_url_whatever_is_in_it() {
        assert_eq!(url("/srv/bot/a.db"), "sqlite:/srv/bot/a.db?mode=rwc");
        assert_eq!(url("sổ ?#%.db"), "sqlite:s%E1%BB%95%20%3F%23%25.db?mode=rwc");
        assert_eq!(url("postgres://u@h/d"), "postgres://u@h/d");
    }
}
