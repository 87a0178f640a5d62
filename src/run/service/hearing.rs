//! What is stored is handled: one update of a chat after the other, several chats at once.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::app::AppError;
use crate::domain::{ChatRef, InboxId};
use crate::run::Bot;

/// Updates handled at once: a file that takes long to read holds up its own chat only.
const AT_ONCE: usize = 8;

/// How long the loop rests after the database failed it.
const REST: Duration = Duration::seconds(5);

/// An update that was handled, or was not.
type Done = (ChatRef, InboxId, Result<bool, AppError>);

/// Handles updates until cancelled. What is under way is finished.
pub(super) async fn run(bot: Arc<Bot>, ends: CancellationToken) {
    let app = bot.app();
    let mut under_way: JoinSet<Done> = JoinSet::new();
    let mut chats: HashSet<ChatRef> = HashSet::new();
    while !ends.is_cancelled() {
        let wakes_at = match start(&bot, &mut under_way, &mut chats).await {
            Ok(wakes_at) => wakes_at,
            Err(error) => {
                tracing::error!(%error, "the inbox cannot be read");
                Some(app.clock().now() + REST)
            }
        };
        let woken = async {
            match wakes_at {
                Some(at) => app.clock().sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = ends.cancelled() => {}
            () = app.store().received() => {}
            Some(done) = under_way.join_next() => settle(&bot, &mut chats, done),
            () = woken => {}
        }
        while let Some(done) = under_way.try_join_next() {
            settle(&bot, &mut chats, done);
        }
    }
    while under_way.join_next().await.is_some() {}
}

/// Starts as many as may be under way; when to look again if nothing is received before.
async fn start(
    bot: &Arc<Bot>,
    under_way: &mut JoinSet<Done>,
    chats: &mut HashSet<ChatRef>,
) -> Result<Option<DateTime<Utc>>, AppError> {
    let app = bot.app();
    if under_way.len() >= AT_ONCE {
        return Ok(None);
    }
    let now = app.clock().now();
    let mut session = app.store().read().await?;
    // Those under way are still among them.
    let rows = session.next_unhandled(2 * AT_ONCE as u32, now).await?;
    let none = rows.is_empty();
    for row in rows {
        if under_way.len() >= AT_ONCE || !chats.insert(row.incoming.chat.clone()) {
            continue;
        }
        let app = Arc::clone(app);
        under_way.spawn(async move {
            let handled = app.handle(&row).await;
            (row.incoming.chat.clone(), row.id, handled)
        });
    }
    if none {
        Ok(session.inbox_wakes_at().await?.map(|at| at.max(now + Duration::milliseconds(50))))
    } else {
        Ok(None)
    }
}

fn settle(bot: &Bot, chats: &mut HashSet<ChatRef>, done: Result<Done, tokio::task::JoinError>) {
    match done {
        Ok((chat, row, handled)) => {
            chats.remove(&chat);
            match handled {
                Ok(true) => bot.stirred(),
                Ok(false) => {}
                // It waits in the inbox and is taken up again.
                Err(error) => {
                    tracing::error!(update = %row, %error, "an update could not be noted as failed")
                }
            }
        }
        // `handle` has tasks of its own for what may panic.
        Err(error) => {
            tracing::error!(%error, "handling ended");
            chats.clear();
        }
    }
}
