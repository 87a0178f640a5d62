//! What the server knows.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use serde_json::{Value, json};

use crate::emulator::{Chaos, machine_time};

/// Why the server says no: a number of its table, and a few words.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub code: u16,
    pub text: String,
    /// Refusals come as HTTP 200 with `ok: false`, a few also with the status of their number.
    pub as_status: bool,
}

impl Refusal {
    pub fn new(code: u16, text: &str) -> Self {
        Self { code, text: text.to_owned(), as_status: false }
    }

    pub fn bad(text: &str) -> Self {
        Self::new(400, text)
    }

    /// The whole answer.
    pub fn body(&self) -> Value {
        json!({"ok": false, "error_code": self.code, "description": self.text})
    }
}

/// How a poll answers that brings nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// HTTP 200 with number 408.
    Body,
    /// HTTP 408.
    Status,
}

/// What the documentation leaves open, or people measured both ways.
#[derive(Debug, Clone)]
pub struct Ways {
    pub idle: Idle,
    /// An update that was handed out comes back at every poll until there is a newer one.
    pub replays: bool,
    /// What is said while nobody has polled for so many milliseconds is lost; none where it is kept.
    pub loses_after: Option<i64>,
    /// The longest poll, in seconds, whatever was asked for.
    pub longest_poll: i64,
    /// Webhooks carry the envelope.
    pub wrapped: bool,
    /// How often a request to a webhook is made again that was not answered with 200.
    pub hook_retries: usize,
    /// The name under which a picture's address is told: `photo_url` or `photo`.
    pub photo_as: &'static str,
    /// Addresses of pictures lead nowhere any more.
    pub expired: bool,
    /// A person has another id in groups than in private.
    pub ids_differ: bool,
    /// What people say counts into the messages of a month.
    pub counts_both: bool,
    /// The free plan: messages a month, groups and people of one bot.
    pub per_month: usize,
    pub groups: usize,
    pub people: usize,
}

impl Default for Ways {
    fn default() -> Self {
        Self {
            idle: Idle::Body,
            replays: false,
            loses_after: None,
            longest_poll: 50,
            wrapped: false,
            hook_retries: 0,
            photo_as: "photo_url",
            expired: false,
            ids_differ: false,
            counts_both: true,
            per_month: 3_000,
            groups: 3,
            people: 50,
        }
    }
}

/// A bot.
#[derive(Debug, Clone)]
pub struct Bot {
    pub token: String,
    pub id: String,
    pub account_name: String,
    pub name: String,
    pub webhook: String,
    /// By which the bot knows the server's requests.
    pub secret: String,
    pub hooked_at: i64,
    /// Updates that nobody has had, by their places in `World::told`.
    pub waiting: VecDeque<usize>,
    /// What was handed out last, and whether to the run of the bot that asks now: each begins by asking who it is.
    pub last: Option<usize>,
    pub to_this_run: bool,
    /// The newest poll; an older one ends when it is another.
    pub poll: u64,
    /// When the last poll ended, by the machine; now while one is open.
    pub polled_at: i64,
    pub polling: bool,
    /// People and groups that it has dealt with.
    pub people: BTreeSet<String>,
    pub groups: BTreeSet<String>,
    /// Messages by month, `(sent, received)`.
    pub months: BTreeMap<String, (usize, usize)>,
}

/// An update.
#[derive(Debug, Clone)]
pub struct Told {
    /// The message that it tells of.
    pub message: String,
    /// Flat, as it is delivered.
    pub event: Value,
    /// How often it was handed out.
    pub times: usize,
    /// The bot polled again after it had it, or answered its request with 200: it has it for good.
    pub confirmed: bool,
    /// Nobody listened, and it is gone.
    pub lost: bool,
}

/// A message that stands in a chat.
#[derive(Debug, Clone)]
pub struct Message {
    pub text: String,
    /// Milliseconds of the world's clock.
    pub at: i64,
    pub of_bot: bool,
    pub photo: Option<String>,
}

/// A chat of one bot.
#[derive(Debug, Clone, Default)]
pub struct Chat {
    pub bot: usize,
    pub is_group: bool,
    pub title: String,
    /// In the order in which they were sent.
    pub messages: Vec<(String, Message)>,
    pub actions: usize,
}

impl Chat {
    pub fn message(&self, id: &str) -> Option<&Message> {
        self.messages.iter().find(|(own, _)| own == id).map(|(_, message)| message)
    }
}

/// One request to the server.
#[derive(Debug, Clone)]
pub struct Call {
    pub at: i64,
    pub bot: usize,
    pub method: String,
    pub body: Value,
    /// 200, the number of a refusal; 0 when the connection was cut.
    pub code: u16,
    /// The message that it made, with its chat.
    pub made: Option<(String, String)>,
    /// The connection was cut after the message was stored.
    pub cut: bool,
}

/// Everything.
pub struct World {
    pub address: String,
    pub bots: Vec<Bot>,
    pub ways: Ways,
    /// How far this world's clock is ahead of the machine's, in milliseconds.
    pub shift: i64,
    /// Names of people.
    pub people: BTreeMap<String, String>,
    pub chats: BTreeMap<String, Chat>,
    pub files: HashMap<String, Vec<u8>>,
    pub told: Vec<Told>,
    pub journal: Vec<Call>,
    pub chaos: Chaos,
    next_id: u64,
}

impl World {
    pub fn new(tokens: &[&str], address: &str) -> Self {
        let bot = |(n, token): (usize, &&str)| Bot {
            token: (*token).to_owned(),
            id: token.split(':').next().unwrap_or_default().to_owned(),
            account_name: format!("bot.GiaoBan{n}"),
            name: if n == 0 { "Bot Giao ban".to_owned() } else { format!("Bot Giao ban {}", n + 1) },
            webhook: String::new(),
            secret: String::new(),
            hooked_at: 0,
            waiting: VecDeque::new(),
            last: None,
            to_this_run: false,
            poll: 0,
            polled_at: machine_time(),
            polling: false,
            people: BTreeSet::new(),
            groups: BTreeSet::new(),
            months: BTreeMap::new(),
        };
        Self {
            address: address.to_owned(),
            bots: tokens.iter().enumerate().map(bot).collect(),
            ways: Ways::default(),
            shift: 0,
            people: BTreeMap::new(),
            chats: BTreeMap::new(),
            files: HashMap::new(),
            told: Vec::new(),
            journal: Vec::new(),
            chaos: Chaos::default(),
            next_id: 0,
        }
    }

    /// Milliseconds since 1970 on this world's clock.
    pub fn now(&self) -> i64 {
        machine_time() + self.shift
    }

    /// Twenty hexadecimal digits that were not given out before.
    pub fn fresh(&mut self) -> String {
        self.next_id += 1;
        format!("{:020x}", u128::from(self.next_id) << 32 | 0x2d75_8cb5)
    }

    /// Lets an update wait for a bot.
    pub fn tell(&mut self, bot: usize, event: Value) {
        let month = super::limits::month(self.now());
        let unheard = self.ways.loses_after.is_some_and(|most| {
            let bot = &self.bots[bot];
            bot.webhook.is_empty() && !bot.polling && machine_time() - bot.polled_at > most
        });
        let message = event["message"]["message_id"].as_str().unwrap_or_default().to_owned();
        self.told.push(Told { message, event, times: 0, confirmed: false, lost: unheard });
        self.bots[bot].months.entry(month).or_default().1 += 1;
        if !unheard {
            let place = self.told.len() - 1;
            self.bots[bot].waiting.push_back(place);
        }
    }

    /// Stores a message.
    pub fn store(&mut self, chat: &str, message: Message) -> String {
        let id = self.fresh();
        if let Some(chat) = self.chats.get_mut(chat) {
            chat.messages.push((id.clone(), message));
        }
        id
    }

    /// The newest message of the bot in a chat that holds these words.
    pub fn said(&self, chat: &str, part: &str) -> Option<&Message> {
        let messages = self.chats.get(chat)?.messages.iter().rev();
        messages.map(|(_, message)| message).find(|m| m.of_bot && m.text.contains(part))
    }
}
