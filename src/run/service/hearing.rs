//! What is stored is handled: one update of a chat after the other, several chats at once.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::app::{App, AppError, is_light};
use crate::domain::ChatRef;
use crate::run::Bot;
use crate::store::InboxRow;

/// Updates under way at once: a file that takes long to read holds up its own chat only.
const AT_ONCE: usize = 8;

/// Light updates in one transaction: who presses a button meanwhile waits for the end of it, some fifty milliseconds.
const TOGETHER: usize = 64;

/// Rows to look at: those of chats in which something is under way are among them.
const IN_SIGHT: u32 = 256;

/// How long the loop rests after the database failed it.
const REST: Duration = Duration::seconds(5);

/// Updates that were handled, or were not.
struct Done {
    chats: Vec<ChatRef>,
    light: bool,
    handled: Result<usize, AppError>,
}

/// What is under way.
#[derive(Default)]
struct UnderWay {
    tasks: JoinSet<Done>,
    chats: HashSet<ChatRef>,
    /// The transaction of light updates, which others wait for.
    together: bool,
}

/// Handles updates until cancelled. What is under way is finished.
pub(super) async fn run(bot: Arc<Bot>, ends: CancellationToken) {
    let app = bot.app();
    let mut under_way = UnderWay::default();
    while !ends.is_cancelled() {
        let wakes_at = match start(app, &mut under_way).await {
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
            Some(done) = under_way.tasks.join_next() => settle(&bot, &mut under_way, done),
            () = woken => {}
        }
        while let Some(done) = under_way.tasks.try_join_next() {
            settle(&bot, &mut under_way, done);
        }
    }
    while under_way.tasks.join_next().await.is_some() {}
}

/// Starts as many as may be under way; when to look again if nothing is received before.
async fn start(app: &Arc<App>, under_way: &mut UnderWay) -> Result<Option<DateTime<Utc>>, AppError> {
    if under_way.together {
        return Ok(None);
    }
    let now = app.clock().now();
    let mut session = app.store().read().await?;
    // Those under way are still among them.
    let rows = session.next_unhandled(IN_SIGHT, now).await?;
    let none = rows.is_empty();
    let mut light: Vec<InboxRow> = Vec::new();
    // Something waits there that cannot be started yet, and what is behind it waits too.
    let mut held: HashSet<ChatRef> = HashSet::new();
    for row in rows {
        let chat = &row.incoming.chat;
        if under_way.chats.contains(chat) || held.contains(chat) {
            continue;
        }
        let is_light = is_light(&row.incoming);
        if is_light && light.len() < TOGETHER {
            light.push(row);
        } else if is_light
            || under_way.tasks.len() >= AT_ONCE
            || light.iter().any(|l| l.incoming.chat == *chat)
        {
            held.insert(chat.clone());
        } else {
            under_way.handle(app, vec![row], false);
        }
    }
    if !light.is_empty() {
        under_way.together = true;
        under_way.handle(app, light, true);
    }
    // What waits for its moment is taken up then, whatever is under way in other chats.
    let at = if none { session.inbox_wakes_at().await? } else { session.inbox_wakes_after(now).await? };
    Ok(at.map(|at| at.max(now + Duration::milliseconds(50))))
}

impl UnderWay {
    fn handle(&mut self, app: &Arc<App>, rows: Vec<InboxRow>, light: bool) {
        let chats: Vec<ChatRef> = rows.iter().map(|row| row.incoming.chat.clone()).collect();
        self.chats.extend(chats.iter().cloned());
        let app = Arc::clone(app);
        self.tasks.spawn(async move { Done { chats, light, handled: app.handle_together(rows).await } });
    }
}

fn settle(bot: &Bot, under_way: &mut UnderWay, done: Result<Done, tokio::task::JoinError>) {
    match done {
        Ok(Done { chats, light, handled }) => {
            under_way.together &= !light;
            under_way.chats.retain(|chat| !chats.contains(chat));
            match handled {
                Ok(0) => {}
                Ok(_) => bot.stirred(),
                // It waits in the inbox and is taken up again.
                Err(error) => tracing::error!(%error, "an update could not be noted as failed"),
            }
        }
        // What may panic has tasks of its own.
        Err(error) => {
            tracing::error!(%error, "handling ended");
            under_way.chats.clear();
            under_way.together = false;
        }
    }
}
