//! What Telegram's server knows: chats with their members and messages, the updates that wait, files, presses.

use std::collections::{BTreeMap, HashMap, VecDeque};

use serde_json::{Value, json};

use super::pace::Pace;
use crate::emulator::{Chaos, machine_time};

/// Why the server says no.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub code: u16,
    pub text: String,
    /// `parameters` of the answer.
    pub more: Option<Value>,
}

impl Refusal {
    pub fn bad(text: &str) -> Self {
        Self { code: 400, text: format!("Bad Request: {text}"), more: None }
    }

    pub fn forbidden(text: &str) -> Self {
        Self { code: 403, text: format!("Forbidden: {text}"), more: None }
    }

    pub fn too_many(seconds: i64) -> Self {
        let more = Some(json!({ "retry_after": seconds }));
        Self { code: 429, text: format!("Too Many Requests: retry after {seconds}"), more }
    }

    pub fn moved(to: i64) -> Self {
        let more = Some(json!({ "migrate_to_chat_id": to }));
        Self { more, ..Self::bad("group chat was upgraded to a supergroup chat") }
    }

    pub fn conflict(text: &str) -> Self {
        Self { code: 409, text: format!("Conflict: {text}"), more: None }
    }

    /// The whole answer.
    pub fn body(&self) -> Value {
        let mut body = json!({"ok": false, "error_code": self.code, "description": self.text});
        if let Some(more) = &self.more {
            body["parameters"] = more.clone();
        }
        body
    }
}

/// A person, or the bot.
#[derive(Debug, Clone)]
pub struct User {
    pub id: i64,
    pub name: String,
    pub bot: Option<String>,
}

impl User {
    pub fn json(&self) -> Value {
        let mut user = json!({"id": self.id, "is_bot": self.bot.is_some(), "first_name": self.name});
        match &self.bot {
            Some(username) => user["username"] = json!(username),
            None => user["language_code"] = json!("vi"),
        }
        user
    }
}

/// What the bot is in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Never there, or gone by itself.
    Left,
    Kicked,
    Member,
    /// May read and not write.
    Restricted,
    /// May pin, and hears everything.
    Administrator,
}

impl Standing {
    pub fn is_in(self) -> bool {
        !matches!(self, Self::Left | Self::Kicked)
    }

    /// As `ChatMember` of the bot.
    pub fn json(self, user: &User) -> Value {
        let user = user.json();
        let mut rights = serde_json::Map::new();
        match self {
            Self::Left => json!({"status": "left", "user": user}),
            Self::Kicked => json!({"status": "kicked", "user": user, "until_date": 0}),
            Self::Member => json!({"status": "member", "user": user}),
            Self::Restricted => {
                for right in [
                    "messages",
                    "audios",
                    "documents",
                    "photos",
                    "videos",
                    "video_notes",
                    "voice_notes",
                    "polls",
                    "other_messages",
                ] {
                    rights.insert(format!("can_send_{right}"), json!(false));
                }
                for right in [
                    "add_web_page_previews",
                    "react_to_messages",
                    "change_info",
                    "invite_users",
                    "pin_messages",
                    "manage_topics",
                    "edit_tag",
                ] {
                    let name = if right.starts_with("react") { right.into() } else { format!("can_{right}") };
                    rights.insert(name, json!(false));
                }
                rights.remove("react_to_messages");
                rights.insert("can_react_to_messages".into(), json!(false));
                rights.extend([("status".into(), json!("restricted")), ("user".into(), user)]);
                rights.extend([("is_member".into(), json!(true)), ("until_date".into(), json!(0))]);
                Value::Object(rights)
            }
            Self::Administrator => {
                for right in ["manage_chat", "delete_messages", "invite_users", "pin_messages", "change_info"]
                {
                    rights.insert(format!("can_{right}"), json!(true));
                }
                for right in [
                    "be_edited",
                    "manage_video_chats",
                    "restrict_members",
                    "promote_members",
                    "post_stories",
                    "edit_stories",
                    "delete_stories",
                    "send_welcome_messages",
                ] {
                    rights.insert(format!("can_{right}"), json!(false));
                }
                rights.extend([("status".into(), json!("administrator")), ("user".into(), user)]);
                rights.insert("is_anonymous".into(), json!(false));
                Value::Object(rights)
            }
        }
    }
}

/// What kind of chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Private,
    Group,
    Supergroup,
}

/// A message that stands in a chat.
#[derive(Debug, Clone)]
pub struct Message {
    /// As Telegram tells it.
    pub json: Value,
    /// Milliseconds of the world's clock.
    pub at: i64,
    pub of_bot: bool,
    /// By the bot: emoji.
    pub reaction: Option<String>,
    /// The text in which it was sent, whatever it was edited to.
    pub first_text: String,
    pub edits: usize,
}

impl Message {
    pub fn text(&self) -> &str {
        self.json["text"].as_str().or_else(|| self.json["caption"].as_str()).unwrap_or_default()
    }

    /// `callback_data` of the button that reads so.
    pub fn button(&self, label: &str) -> Option<String> {
        let rows = self.json["reply_markup"]["inline_keyboard"].as_array()?;
        let mut buttons = rows.iter().filter_map(Value::as_array).flatten();
        let found = buttons.find(|b| b["text"].as_str().is_some_and(|t| t.contains(label)))?;
        found["callback_data"].as_str().map(str::to_owned)
    }
}

/// One chat.
#[derive(Debug, Clone)]
pub struct Chat {
    pub id: i64,
    pub kind: Kind,
    pub title: String,
    pub bot: Standing,
    /// Members that are people; administrators by `true`.
    pub members: BTreeMap<i64, bool>,
    pub messages: BTreeMap<i64, Message>,
    pub pinned: Vec<i64>,
    /// Topics by thread; whether they are closed. Only forums have them.
    pub topics: BTreeMap<i64, bool>,
    pub moved_to: Option<i64>,
    pub deleted: bool,
    /// The person has blocked the bot.
    pub blocked: bool,
    /// The person has written to the bot.
    pub started: bool,
    /// When messages and edits of the bot were taken, in milliseconds.
    pub paced: VecDeque<i64>,
    pub actions: usize,
}

impl Chat {
    pub fn new(id: i64, kind: Kind, title: &str) -> Self {
        Self {
            id,
            kind,
            title: title.to_owned(),
            bot: Standing::Left,
            members: BTreeMap::new(),
            messages: BTreeMap::new(),
            pinned: Vec::new(),
            topics: BTreeMap::new(),
            moved_to: None,
            deleted: false,
            blocked: false,
            started: false,
            paced: VecDeque::new(),
            actions: 0,
        }
    }

    pub fn json(&self) -> Value {
        let mut chat = match self.kind {
            Kind::Private => json!({"id": self.id, "type": "private", "first_name": self.title}),
            Kind::Group => json!({"id": self.id, "type": "group", "title": self.title}),
            Kind::Supergroup => json!({"id": self.id, "type": "supergroup", "title": self.title}),
        };
        if !self.topics.is_empty() {
            chat["is_forum"] = json!(true);
        }
        chat
    }

    /// How the server calls it in refusals.
    pub fn sort(&self) -> &'static str {
        if self.kind == Kind::Supergroup { "supergroup" } else { "group" }
    }
}

/// A press of a button.
#[derive(Debug, Clone)]
pub struct Press {
    pub at: i64,
    /// How often it was answered, and with what last.
    pub answers: usize,
    pub said: String,
}

/// A file that the server holds.
#[derive(Debug, Clone)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// One request to the server.
#[derive(Debug, Clone)]
pub struct Call {
    pub at: i64,
    /// As the client wrote it.
    pub method: String,
    pub body: Value,
    /// What was answered: 200, a code of a refusal; 0 when the connection was cut.
    pub code: u16,
    /// The message that it made, with its chat.
    pub made: Option<(i64, i64)>,
    /// The connection was cut after the message was stored.
    pub cut: bool,
}

/// Everything.
pub struct World {
    pub token: String,
    pub me: User,
    /// Privacy mode is off.
    pub hears_all: bool,
    /// How far this world's clock is ahead of the machine's, in milliseconds.
    pub shift: i64,
    pub chats: BTreeMap<i64, Chat>,
    pub users: BTreeMap<i64, User>,
    pub files: HashMap<String, File>,
    pub presses: HashMap<String, Press>,
    /// By scope and language.
    pub commands: BTreeMap<(String, String), Value>,
    /// What is not confirmed, with how often it was handed out.
    pub waiting: VecDeque<(i64, Value, u32)>,
    /// Every update that there ever was.
    pub updates: Vec<Value>,
    pub confirmed: usize,
    pub next_update: i64,
    /// Which updates the bot asked for; none for the usual ones.
    pub allowed: Option<Vec<String>>,
    /// The newest poll; an older one ends when it is another. A webhook that is set takes the place of polls.
    pub poll: u64,
    pub webhook: String,
    /// By which the bot knows the server's requests.
    pub secret: String,
    pub journal: Vec<Call>,
    pub chaos: Chaos,
    pub pace: Pace,
    next_message: i64,
    next_id: i64,
}

impl World {
    pub fn new(token: &str) -> Self {
        let me = User { id: 123_456, name: "giaoban".into(), bot: Some("giaoban_bot".into()) };
        Self {
            token: token.to_owned(),
            me,
            hears_all: true,
            shift: 0,
            chats: BTreeMap::new(),
            users: BTreeMap::new(),
            files: HashMap::new(),
            presses: HashMap::new(),
            commands: BTreeMap::new(),
            waiting: VecDeque::new(),
            updates: Vec::new(),
            confirmed: 0,
            next_update: 800_000_001,
            allowed: None,
            poll: 0,
            webhook: String::new(),
            secret: String::new(),
            journal: Vec::new(),
            chaos: Chaos::default(),
            pace: Pace::default(),
            next_message: 1,
            next_id: 1,
        }
    }

    /// Milliseconds since 1970 on this world's clock.
    pub fn now(&self) -> i64 {
        machine_time() + self.shift
    }

    /// A number that was not given out before.
    pub fn fresh(&mut self) -> i64 {
        self.next_id += 1;
        self.next_id
    }

    /// The id of the next message in a chat: supergroups count their own, everything else counts together.
    pub fn next_message(&mut self, chat: i64) -> i64 {
        match self.chats.get(&chat) {
            Some(chat) if chat.kind == Kind::Supergroup => {
                chat.messages.keys().next_back().map_or(1, |last| last + 1)
            }
            _ => {
                self.next_message += 1;
                self.next_message
            }
        }
    }

    /// Lets an update wait for the bot, if it is of a kind that the bot asked for.
    pub fn tell(&mut self, kind: &str, body: Value) -> Option<i64> {
        let usual = !["chat_member", "message_reaction", "message_reaction_count"].contains(&kind);
        let wanted = match self.allowed.as_deref() {
            None | Some([]) => usual,
            Some(kinds) => kinds.iter().any(|k| k == kind),
        };
        if !wanted {
            return None;
        }
        let id = self.next_update;
        self.next_update += 1;
        let mut update = json!({ "update_id": id });
        update[kind] = body;
        self.updates.push(update.clone());
        self.waiting.push_back((id, update, 0));
        Some(id)
    }

    /// Stores a message and returns it as told.
    pub fn store(&mut self, chat: i64, mut json: Value, of_bot: bool) -> Value {
        let id = self.next_message(chat);
        let at = self.now();
        json["message_id"] = json!(id);
        json["date"] = json!(at / 1000);
        let Some(chat) = self.chats.get_mut(&chat) else { return json };
        json["chat"] = chat.json();
        let first_text =
            json["text"].as_str().or_else(|| json["caption"].as_str()).unwrap_or_default().to_owned();
        let message = Message { json: json.clone(), at, of_bot, reaction: None, first_text, edits: 0 };
        chat.messages.insert(id, message);
        json
    }

    /// Keeps bytes; their `file_id`.
    pub fn keep(&mut self, name: &str, bytes: &[u8]) -> String {
        let id = format!("file{}", self.fresh());
        self.files.insert(id.clone(), File { name: name.to_owned(), bytes: bytes.to_vec() });
        id
    }
}
