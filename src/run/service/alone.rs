//! Whether this run is the only one on its database. Then what an earlier run left under way when it was killed is free at
//! once, and nobody waits until its lease ends.

use std::fs::File;

use crate::run::Bot;
use crate::run::bot::BotError;

/// The mark of the run beside the file of its database, held until it is dropped or the process ends, however it ends; none
/// when another run holds it, or when the database is no file.
pub(super) fn mark(database: &str) -> Option<File> {
    if database.contains("://") || database.starts_with(':') {
        return None;
    }
    let file = File::options().create(true).append(true).open(format!("{database}-run")).ok()?;
    file.try_lock().ok()?;
    Some(file)
}

/// Frees what an earlier run left under way.
pub(super) async fn free(bot: &Bot) -> Result<(), BotError> {
    let mut session = bot.app().store().begin().await?;
    let left = session.end_leases(bot.app().clock().now()).await?;
    session.commit().await?;
    if left > 0 {
        tracing::info!(left, "messages that the last run was sending are looked at again");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn one_run_holds_the_mark_of_a_database_and_the_next_may_when_it_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("bot.db").display().to_string();
        let first = mark(&database);
        assert!(first.is_some());
        assert!(mark(&database).is_none());
        drop(first);
        assert!(mark(&database).is_some());
        assert!(mark("postgres://localhost/giaoban").is_none());
    }
}
