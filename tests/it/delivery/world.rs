//! A database, a clock that is moved by hand, a platform that answers as it is told, and a composer of our own.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use giaoban::chat::{
    About, Capabilities, Deed, FetchError, Incoming, Limits, Platform, ReceiveError, SendError, TextUnit,
};
use giaoban::clock::{Clock, Ids, ManualClock};
use giaoban::delivery::{Delivery, Round};
use giaoban::domain::{ChatRef, Office, OutboxId};
use giaoban::store::{
    Compose, NewOutboxRow, OutboxBody, OutboxCounts, OutboxRow, OutboxState, Part, Session, Store, StoreError,
};

use crate::store::samples::{Sample, at, chat, says};

/// What the platform does with the next call; with `None` in the queue, or nothing, it takes it.
pub(crate) enum Answer {
    Fails(SendError),
    Panics,
    /// It takes it, and no answer ever comes back.
    Hangs,
}

/// A call as the platform saw it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) at: DateTime<Utc>,
    pub(crate) chat: String,
    pub(crate) deed: Deed,
}

pub(crate) struct Scripted {
    capabilities: Capabilities,
    clock: Arc<ManualClock>,
    answers: Mutex<VecDeque<Option<Answer>>>,
    pub(crate) calls: Mutex<Vec<Call>>,
}

#[async_trait]
impl Platform for Scripted {
    fn key(&self) -> &str {
        "telegram"
    }
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }
    async fn receive(&self) -> Result<Vec<Incoming>, ReceiveError> {
        Err(ReceiveError::Ended)
    }
    async fn acknowledge(&self, _: &[String]) -> Result<(), ReceiveError> {
        Err(ReceiveError::Ended)
    }
    async fn send(&self, chat: &ChatRef, deed: &Deed) -> Result<Option<String>, SendError> {
        let number = {
            let mut calls = self.calls.lock().unwrap();
            calls.push(Call { at: self.clock.now(), chat: chat.id.clone(), deed: deed.clone() });
            calls.len()
        };
        let answer = self.answers.lock().unwrap().pop_front().flatten();
        match answer {
            Some(Answer::Fails(error)) => Err(error),
            Some(Answer::Panics) => panic!("the platform's code has a mistake"),
            Some(Answer::Hangs) => std::future::pending().await,
            None => Ok(matches!(deed, Deed::Send { .. }).then(|| format!("m{number}"))),
        }
    }
    async fn fetch(&self, _: &str, _: u64) -> Result<Vec<u8>, FetchError> {
        Ok(Vec::new())
    }
}

/// Puts `{"say": ["một", "hai"]}` into that many parts; what it says can be changed until it is asked.
pub(crate) struct Composer {
    ids: Arc<Ids>,
    pub(crate) instead: Mutex<Option<Vec<Deed>>>,
    pub(crate) fails: Mutex<Option<Option<StoreError>>>,
}

#[async_trait]
impl Compose for Composer {
    async fn compose(
        &self,
        _: &mut Session,
        row: &OutboxRow,
        now: DateTime<Utc>,
    ) -> Result<Vec<Part>, StoreError> {
        let fails = self.fails.lock().unwrap().take();
        match fails {
            Some(Some(error)) => return Err(error),
            Some(None) => panic!("the composer has a mistake"),
            None => {}
        }
        let OutboxBody::Fresh(body) = &row.body else { panic!("only fresh rows are composed") };
        let own: Vec<Deed> = serde_json::from_value::<Vec<String>>(body["say"].clone())
            .unwrap()
            .iter()
            .map(|words| says(words))
            .collect();
        let deeds = self.instead.lock().unwrap().clone().unwrap_or(own);
        Ok(deeds
            .into_iter()
            .map(|deed| Part { id: self.ids.next(now), deed, about: About::default() })
            .collect())
    }
}

pub(crate) struct World {
    pub(crate) sample: Sample,
    pub(crate) office: Office,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) ids: Arc<Ids>,
    pub(crate) platform: Arc<Scripted>,
    pub(crate) composer: Arc<Composer>,
    pub(crate) delivery: Arc<Delivery>,
}

impl World {
    /// A platform without limits to speak of.
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A platform with other limits.
    pub(crate) async fn with(change: impl FnOnce(&mut Limits)) -> Self {
        let sample = Sample::new().await;
        let office = sample.office("Phòng").await;
        let clock = Arc::new(ManualClock::new(at(0)));
        let ids = Arc::new(Ids::seeded(99));
        let mut limits = Limits {
            text: 4096,
            caption: 1024,
            unit: TextUnit::Utf16,
            per_second: 1000,
            chat_gap_ms: 0,
            chat_burst: 1,
            group_per_minute: 0,
            group_reserve: 0,
            per_month: 0,
            counts_received: true,
            groups: 0,
            people: 0,
            kept_minutes: 24 * 60,
            action_bytes: 64,
            receive_bytes: 0,
        };
        change(&mut limits);
        let capabilities = Capabilities {
            buttons: true,
            edit: true,
            pin: true,
            react: true,
            reply: true,
            quote_ids: true,
            receive_files: true,
            files_expire: false,
            send_files: true,
            fetches_pictures: false,
            send_limit: None,
            shows_work: true,
            offers_commands: true,
            hears_all: true,
            limits,
        };
        let platform = Arc::new(Scripted {
            capabilities,
            clock: clock.clone(),
            answers: Mutex::default(),
            calls: Mutex::default(),
        });
        let composer =
            Arc::new(Composer { ids: ids.clone(), instead: Mutex::default(), fails: Mutex::default() });
        let store = sample.store.clone();
        let delivery = Arc::new(deliver(store, &clock, &ids, &platform, &composer));
        Self { sample, office, clock, ids, platform, composer, delivery }
    }

    /// The program ends here and starts again over the same file.
    pub(crate) async fn restart(&mut self) {
        let store = Store::open(&self.sample.path()).await.unwrap();
        self.sample.store = store.clone();
        self.delivery = Arc::new(deliver(store, &self.clock, &self.ids, &self.platform, &self.composer));
    }

    /// Waits for the answer to a call as long as in earnest.
    pub(crate) fn patient(self) -> Self {
        let store = self.sample.store.clone();
        let delivery = deliver(store, &self.clock, &self.ids, &self.platform, &self.composer);
        Self { delivery: Arc::new(delivery.answer_within(std::time::Duration::from_secs(25))), ..self }
    }

    pub(crate) fn will(&self, answers: impl IntoIterator<Item = Option<Answer>>) {
        self.platform.answers.lock().unwrap().extend(answers);
    }

    pub(crate) async fn enqueue(&self, row: NewOutboxRow) -> OutboxId {
        let mut session = self.sample.store.begin().await.unwrap();
        session.enqueue(&row).await.unwrap().unwrap();
        session.commit().await.unwrap();
        row.id
    }

    /// Enqueues a message of the office.
    pub(crate) async fn say(&self, chat_id: &str, words: &str) -> OutboxId {
        self.enqueue(self.row(chat_id, says(words))).await
    }

    pub(crate) fn row(&self, chat_id: &str, deed: Deed) -> NewOutboxRow {
        NewOutboxRow {
            office: Some(self.office.id),
            ..NewOutboxRow::reply(self.ids.next(self.now()), chat("telegram", chat_id), deed, self.now())
        }
    }

    /// A row that is put into these words when it is sent.
    pub(crate) fn fresh(&self, chat_id: &str, words: &[&str]) -> NewOutboxRow {
        NewOutboxRow {
            body: OutboxBody::Fresh(serde_json::json!({ "say": words })),
            ..self.row(chat_id, says(""))
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) async fn round(&self) -> Round {
        self.delivery.run_once(self.now()).await.unwrap()
    }

    /// Sends and moves the clock to each moment at which something can leave, until nothing is left to wait for.
    pub(crate) async fn play(&self) {
        for _ in 0..1000 {
            match self.round().await.wakes_at {
                Some(at) => {
                    assert!(at > self.now(), "a moment that has passed would be waited for without end");
                    self.clock.set(at);
                }
                None => return,
            }
        }
        panic!("there is no end of it");
    }

    /// What arrived: seconds since the start, chat, words.
    pub(crate) fn said(&self) -> Vec<(i64, String, String)> {
        let calls = self.platform.calls.lock().unwrap();
        calls
            .iter()
            .map(|call| ((call.at - at(0)).num_seconds(), call.chat.clone(), words(&call.deed)))
            .collect()
    }

    /// The words that arrived, in order.
    pub(crate) fn words(&self) -> Vec<String> {
        self.said().into_iter().map(|(_, _, words)| words).collect()
    }

    pub(crate) async fn counts(&self) -> OutboxCounts {
        self.sample.store.read().await.unwrap().outbox_counts().await.unwrap()
    }

    pub(crate) async fn find(&self, id: OutboxId) -> OutboxRow {
        self.sample.store.read().await.unwrap().outbox_row(id).await.unwrap().unwrap()
    }

    pub(crate) async fn state(&self, id: OutboxId) -> (OutboxState, Option<String>) {
        let row = self.find(id).await;
        (row.state, row.last_error)
    }
}

fn deliver(
    store: Store,
    clock: &Arc<ManualClock>,
    ids: &Arc<Ids>,
    platform: &Arc<Scripted>,
    composer: &Arc<Composer>,
) -> Delivery {
    let platform: Arc<dyn Platform> = platform.clone();
    let platforms = HashMap::from([("telegram".to_owned(), platform)]);
    Delivery::new(store, clock.clone(), ids.clone(), platforms, composer.clone())
        .answer_within(std::time::Duration::from_millis(300))
}

pub(crate) fn words(deed: &Deed) -> String {
    match deed {
        Deed::Send { text, .. } => text.words(),
        Deed::Edit { message, text, .. } => {
            format!("edit {}: {}", message.as_deref().unwrap_or("?"), text.words())
        }
        Deed::React { message, .. } => format!("react {message}"),
        Deed::Pin { message } => format!("pin {message}"),
        Deed::Unpin { message } => format!("unpin {message}"),
        Deed::AnswerPress { text, .. } => format!("press: {text}"),
        Deed::Working => "working".into(),
        Deed::Offer { commands } => format!("offers {} commands", commands.len()),
    }
}

pub(crate) fn fails(error: SendError) -> Option<Answer> {
    Some(Answer::Fails(error))
}

pub(crate) fn too_many(seconds: i64) -> Option<Answer> {
    fails(SendError::TooMany { after: Duration::seconds(seconds) })
}
