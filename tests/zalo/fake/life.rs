//! What people do, and what a bot hears of it.

use serde_json::{Value, json};

use super::limits;
use super::world::{Chat, Message, World};

/// What is sent.
#[derive(Debug, Clone, Default)]
pub enum Kind {
    #[default]
    Text,
    /// A picture; the text is its caption.
    Photo(Vec<u8>),
    Voice,
    Sticker,
    /// A document, a video, a card: the bot is told that something was sent, and nothing of it.
    Unsupported,
}

/// What a person sends.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub text: String,
    pub kind: Kind,
    /// The bot is picked from the list behind `@`.
    pub mention: bool,
    /// A message that is quoted.
    pub quote: Option<String>,
}

impl Said {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// To the bot, in a group.
    pub fn to_bot(text: impl Into<String>) -> Self {
        Self { mention: true, ..Self::text(text) }
    }
}

impl World {
    /// A person.
    pub fn person(&mut self, id: &str, name: &str) {
        self.people.insert(id.to_owned(), name.to_owned());
    }

    /// A group, with a bot in it if its plan has room; whether it has.
    pub fn group(&mut self, bot: usize, id: &str, title: &str) -> bool {
        if !limits::group(self, bot, id) {
            return false;
        }
        let chat = Chat { bot, is_group: true, title: title.to_owned(), ..Chat::default() };
        self.chats.insert(id.to_owned(), chat);
        let hello =
            Message { text: "Xin chào, mình là Bot".into(), at: self.now(), of_bot: true, photo: None };
        self.store(id, hello);
        true
    }

    /// The id under which a bot sees a person.
    pub fn seen(&self, bot: usize, person: &str, in_group: bool) -> String {
        let differs = in_group && self.ways.ids_differ;
        match (bot, differs) {
            (0, false) => person.to_owned(),
            (bot, differs) => format!("{person}-{bot}{}", if differs { "g" } else { "" }),
        }
    }

    /// The private chat of a person with a bot.
    pub fn private(&mut self, bot: usize, person: &str) -> String {
        let id = self.seen(bot, person, false);
        let title = self.people.get(person).cloned().unwrap_or_default();
        self.chats.entry(id.clone()).or_insert_with(|| Chat { bot, title, ..Chat::default() });
        id
    }

    /// A person writes to a bot in private; the id of the message.
    pub fn write(&mut self, bot: usize, person: &str, said: &Said) -> String {
        let chat = self.private(bot, person);
        self.say(&chat, person, said)
    }

    /// A person says something in a chat; the id of the message. In a group the bot hears it only when it is mentioned or
    /// quoted.
    pub fn say(&mut self, chat: &str, person: &str, said: &Said) -> String {
        let Some(here) = self.chats.get(chat) else { return String::new() };
        let (bot, is_group) = (here.bot, here.is_group);
        let quotes_bot = said.quote.as_ref().and_then(|id| here.message(id)).is_some_and(|m| m.of_bot);
        let text = if said.mention && is_group {
            format!("@{} {}", self.bots[bot].name, said.text)
        } else {
            said.text.clone()
        };
        let at = self.now();
        let photo = match &said.kind {
            Kind::Photo(bytes) => {
                let id = self.fresh();
                self.files.insert(id.clone(), bytes.clone());
                Some(format!("{}/file/{id}.jpg", self.address))
            }
            _ => None,
        };
        let message = Message { text: text.clone(), at, of_bot: false, photo: photo.clone() };
        let id = self.store(chat, message);
        let seen = self.seen(bot, person, is_group);
        let is_heard = !is_group || said.mention || quotes_bot;
        if is_heard && limits::person(self, bot, &seen) {
            let name = self.people.get(person).cloned().unwrap_or_default();
            let event = self.event(&id, chat, is_group, (&seen, &name), &text, &said.kind, photo);
            self.tell(bot, event);
        }
        id
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one event")]
    fn event(
        &self,
        id: &str,
        chat: &str,
        is_group: bool,
        (from, name): (&str, &str),
        text: &str,
        kind: &Kind,
        photo: Option<String>,
    ) -> Value {
        let mut message = json!({
            "message_id": id, "date": self.now(), "message_type": "CHAT_MESSAGE",
            "from": {"id": from, "display_name": name, "is_bot": false},
            "chat": {"id": chat, "chat_type": if is_group { "GROUP" } else { "PRIVATE" }},
        });
        let event = match kind {
            Kind::Text => {
                message["text"] = json!(text);
                "message.text.received"
            }
            Kind::Photo(_) => {
                message["message_type"] = json!("CHAT_PHOTO");
                message[self.ways.photo_as] = json!(photo);
                message["caption"] = json!(text);
                "message.image.received"
            }
            Kind::Voice => {
                message["message_type"] = json!("CHAT_VOICE");
                message["voice_url"] = json!(format!("{}/file/{id}.aac", self.address));
                "message.voice.received"
            }
            Kind::Sticker => {
                message["message_type"] = json!("CHAT_STICKER");
                message["sticker"] = json!("0e078a2a");
                message["url"] = json!(format!("{}/file/{id}.png", self.address));
                "message.sticker.received"
            }
            Kind::Unsupported => "message.unsupported.received",
        };
        json!({"event_name": event, "message": message})
    }
}
