//! The bot: app and delivery over a database, some platforms and a clock.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use crate::app::{App, AppError, Reader};
use crate::chat::{Incoming, Platform};
use crate::clock::{Clock, Ids};
use crate::delivery::Delivery;
use crate::domain::OwnForm;
use crate::store::{Store, StoreError};

/// App and delivery, wired.
pub struct Bot {
    app: Arc<App>,
    delivery: Arc<Delivery>,
    platforms: Vec<Arc<dyn Platform>>,
    clock: Arc<dyn Clock>,
    /// Rung when something was handled that the planner may want to see.
    stirred: Notify,
}

/// Why the bot could not go on.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    /// A verb failed.
    #[error(transparent)]
    App(#[from] AppError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Bot {
    /// Wires a bot; `reader` reads the files that officers send. Nothing runs yet.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        ids: Arc<Ids>,
        platforms: Vec<Arc<dyn Platform>>,
        reader: Arc<dyn Reader>,
    ) -> Self {
        Self::with_pages(store, clock, ids, platforms, reader, (None, vec![]))
    }

    /// The same, with pages of forms that are reached at an address, and further ready forms.
    pub fn with_pages(
        store: Store,
        clock: Arc<dyn Clock>,
        ids: Arc<Ids>,
        platforms: Vec<Arc<dyn Platform>>,
        reader: Arc<dyn Reader>,
        (address, forms): (Option<String>, Vec<OwnForm>),
    ) -> Self {
        let by_key: HashMap<String, Arc<dyn Platform>> =
            platforms.iter().map(|p| (p.key().to_owned(), Arc::clone(p))).collect();
        let app = App::new(store.clone(), Arc::clone(&clock), Arc::clone(&ids), by_key.clone(), reader);
        let app = Arc::new(app.with_public_url(address).with_ready_forms(forms));
        let delivery = Arc::new(Delivery::new(store, Arc::clone(&clock), ids, by_key, app.clone()));
        Self { app, delivery, platforms, clock, stirred: Notify::new() }
    }

    /// The verbs.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// The only one who speaks.
    pub fn delivery(&self) -> &Arc<Delivery> {
        &self.delivery
    }

    /// Where it listens and speaks.
    pub fn platforms(&self) -> &[Arc<dyn Platform>] {
        &self.platforms
    }

    /// Notes that something was handled.
    pub(super) fn stirred(&self) {
        self.stirred.notify_one();
    }

    /// Waits until something was handled, since the last time this was waited for.
    pub(super) async fn is_stirred(&self) {
        self.stirred.notified().await;
    }

    /// Does everything that can be done at this moment: hears what waits, lets the planner look, sends what can leave,
    /// until nothing moves. The moment at which to look again, if nothing is heard before.
    pub async fn settle(&self) -> Result<Option<DateTime<Utc>>, BotError> {
        loop {
            let heard = self.receive_waiting().await? + self.app.hear_waiting().await?;
            let tick = self.app.tick().await?;
            let round = self.delivery.run_once(self.clock.now()).await?;
            let troubles = self.app.tell_troubles().await?;
            if heard + tick.planned + round.taken + troubles == 0 {
                let inbox = self.app.store().read().await?.inbox_wakes_at().await?;
                return Ok([tick.next, round.wakes_at, inbox].into_iter().flatten().min());
            }
        }
    }

    /// Stores what the platforms hold for us, then tells them that it is safe. How many updates were new.
    pub async fn receive_waiting(&self) -> Result<usize, BotError> {
        let mut new = 0;
        for platform in &self.platforms {
            while let Some(heard) = waiting(&**platform).await {
                new += self.app.receive(&heard).await?;
                let keys: Vec<String> = heard.into_iter().map(|i| i.key).collect();
                if let Err(error) = platform.acknowledge(&keys).await {
                    // It comes again and is known by its key.
                    tracing::warn!(platform = platform.key(), %error, "updates could not be acknowledged");
                    break;
                }
            }
        }
        Ok(new)
    }
}

/// The updates that a platform has at hand, without waiting for any.
async fn waiting(platform: &dyn Platform) -> Option<Vec<Incoming>> {
    tokio::select! {
        biased;
        heard = platform.receive() => match heard {
            Ok(heard) if !heard.is_empty() => Some(heard),
            Ok(_) => None,
            Err(error) => {
                tracing::warn!(platform = platform.key(), %error, "updates could not be had");
                None
            }
        },
        () = std::future::ready(()) => None,
    }
}
