//! What people do, and what the bot hears of it.

use serde_json::{Value, json};

use super::answer::is_private;
use super::world::{Chat, Kind, Press, Standing, User, World};

/// By this account Telegram shows an administrator who hides.
const ANONYMOUS: i64 = 1_087_968_824;

/// What a person sends.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub text: String,
    pub reply_to: Option<i64>,
    /// Name and bytes; the text is its caption.
    pub file: Option<(String, Vec<u8>)>,
    pub thread: Option<i64>,
    /// As the group itself.
    pub anonymous: bool,
    /// Forwarded from a person of this name.
    pub forwarded: Option<String>,
    /// A part of the album of this name.
    pub album: Option<String>,
}

impl Said {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl World {
    /// A person, with an empty private chat.
    pub fn person(&mut self, id: i64, name: &str) -> i64 {
        self.users.insert(id, User { id, name: name.to_owned(), bot: None });
        let mut chat = Chat::new(id, Kind::Private, name);
        chat.bot = Standing::Member;
        self.chats.insert(id, chat);
        id
    }

    /// A group that the first of its members made; the bot is not in it.
    pub fn group(&mut self, id: i64, title: &str, members: &[i64]) -> i64 {
        let kind = if id < -1_000_000_000_000 { Kind::Supergroup } else { Kind::Group };
        let mut chat = Chat::new(id, kind, title);
        chat.members = members.iter().enumerate().map(|(i, user)| (*user, i == 0)).collect();
        self.chats.insert(id, chat);
        id
    }

    /// A person sends something; the id of the message.
    pub fn say(&mut self, chat: i64, from: i64, said: &Said) -> i64 {
        let mut message = json!({ "from": self.users.get(&from).map(User::json) });
        if said.anonymous {
            message["from"] = json!({"id": ANONYMOUS, "is_bot": true, "first_name": "Group",
                "username": "GroupAnonymousBot"});
            message["sender_chat"] = self.chats.get(&chat).map(Chat::json).unwrap_or_default();
        }
        let (words, form) =
            if said.file.is_some() { ("caption", "caption_entities") } else { ("text", "entities") };
        if !said.text.is_empty() {
            message[words] = json!(said.text);
            let entities = entities(&said.text);
            if !entities.is_empty() {
                message[form] = json!(entities);
            }
        }
        if let Some((name, bytes)) = &said.file {
            let id = self.keep(name, bytes);
            let file = json!({"file_id": id, "file_unique_id": format!("u{id}"), "file_size": bytes.len()});
            if name.ends_with(".jpg") || name.ends_with(".png") {
                let mut size = file;
                (size["width"], size["height"]) = (json!(800), json!(600));
                message["photo"] = json!([size]);
            } else {
                let mut document = file;
                document["file_name"] = json!(name);
                message["document"] = document;
            }
        }
        if let Some(name) = &said.forwarded {
            message["forward_origin"] =
                json!({"type": "hidden_user", "sender_user_name": name, "date": self.now() / 1000});
        }
        if let Some(album) = &said.album {
            message["media_group_id"] = json!(album);
        }
        let original = said.reply_to.and_then(|id| self.chats.get(&chat)?.messages.get(&id).cloned());
        let to_bot = original.as_ref().is_some_and(|m| m.of_bot);
        if let Some(original) = original {
            let mut quoted = original.json;
            if let Some(fields) = quoted.as_object_mut() {
                fields.remove("reply_to_message");
            }
            message["reply_to_message"] = quoted;
        }
        if let Some(thread) = said.thread {
            message["message_thread_id"] = json!(thread);
            message["is_topic_message"] = json!(true);
        }
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.started = true;
        }
        let told = self.store(chat, message, false);
        let id = told["message_id"].as_i64().unwrap_or_default();
        if self.hears(chat, &said.text, to_bot) {
            self.tell("message", told);
        }
        id
    }

    /// Whether privacy mode lets the bot hear it.
    fn hears(&self, chat: i64, text: &str, to_bot: bool) -> bool {
        let Some(here) = self.chats.get(&chat) else { return false };
        if here.kind == Kind::Private {
            return !here.blocked;
        }
        if !here.bot.is_in() {
            return false;
        }
        if self.hears_all || here.bot == Standing::Administrator || to_bot {
            return true;
        }
        let command = text.split_whitespace().next().filter(|head| head.starts_with('/'));
        let username = self.me.bot.as_deref().unwrap_or_default();
        match command.map(|head| head.split_once('@')) {
            Some(Some((_, name))) => name.eq_ignore_ascii_case(username),
            Some(None) => here.messages.values().any(|m| m.of_bot),
            None => false,
        }
    }

    /// A person changes the words of a message.
    pub fn edit(&mut self, chat: i64, message: i64, text: &str) {
        let now = self.now() / 1000;
        let Some(found) = self.chats.get_mut(&chat).and_then(|c| c.messages.get_mut(&message)) else {
            return;
        };
        found.json["text"] = json!(text);
        found.json["edit_date"] = json!(now);
        let (told, to_bot) = (found.json.clone(), found.json["reply_to_message"]["from"]["is_bot"] == true);
        if self.hears(chat, text, to_bot) {
            self.tell("edited_message", told);
        }
    }

    /// A person presses the button with this data; the id of the press.
    pub fn press(&mut self, chat: i64, from: i64, message: i64, data: &str) -> String {
        let id = format!("{}", 7_000_000 + self.fresh());
        self.presses.insert(id.clone(), Press { at: self.now(), answers: 0, said: String::new() });
        let under = self.chats.get(&chat).and_then(|c| c.messages.get(&message)).map(|m| m.json.clone());
        let from = self.users.get(&from).map(User::json);
        let query = json!({"id": id, "from": from, "message": under, "chat_instance": format!("{chat}"), "data": data});
        self.tell("callback_query", query);
        id
    }

    /// Somebody makes of the bot what it is from now on in a chat.
    pub fn stand(&mut self, chat: i64, standing: Standing, by: Option<i64>) {
        stand(self, chat, standing, by);
    }

    /// A person blocks the bot, or lets it write again.
    pub fn block(&mut self, user: i64, blocked: bool) {
        let Some(chat) = self.chats.get_mut(&user) else { return };
        chat.blocked = blocked;
        let standing = if blocked { Standing::Kicked } else { Standing::Member };
        stand(self, user, standing, Some(user));
    }

    /// The group becomes a supergroup; its new id.
    pub fn migrate(&mut self, old: i64, new: i64) -> i64 {
        let Some(here) = self.chats.get(&old) else { return new };
        let mut moved = Chat::new(new, Kind::Supergroup, &here.title);
        moved.members.clone_from(&here.members);
        moved.bot = here.bot;
        moved.started = true;
        self.chats.insert(new, moved);
        let by =
            json!({"id": ANONYMOUS, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"});
        let in_old = self.store(old, json!({"migrate_to_chat_id": new, "from": by}), false);
        let in_new = self.store(new, json!({"migrate_from_chat_id": old, "from": by}), false);
        if let Some(chat) = self.chats.get_mut(&old) {
            chat.moved_to = Some(new);
        }
        self.tell("message", in_old);
        self.tell("message", in_new);
        let (here, me) = (self.chats.get(&new), self.me.json());
        if here.is_some_and(|c| c.bot.is_in()) {
            // As if it had been added there.
            let change = json!({"chat": here.map(Chat::json), "from": by, "date": self.now() / 1000,
                "old_chat_member": {"status": "left", "user": me},
                "new_chat_member": {"status": "member", "user": me}});
            self.tell("my_chat_member", change);
        }
        new
    }

    /// The group has another title.
    pub fn rename(&mut self, chat: i64, by: i64, title: &str) {
        if let Some(chat) = self.chats.get_mut(&chat) {
            title.clone_into(&mut chat.title);
        }
        let by = self.users.get(&by).map(User::json);
        let told = self.store(chat, json!({"new_chat_title": title, "from": by}), false);
        self.tell("message", told);
    }

    /// Somebody leaves the group.
    pub fn leave(&mut self, chat: i64, user: i64) {
        let who = self.users.get(&user).map(User::json);
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.members.remove(&user);
        }
        let told = self.store(chat, json!({"left_chat_member": who, "from": who}), false);
        self.tell("message", told);
        let here = self.chats.get(&chat);
        if here.is_some_and(|c| c.bot == Standing::Administrator) {
            let change = json!({"chat": here.map(Chat::json), "from": who, "date": self.now() / 1000,
                "old_chat_member": {"status": "member", "user": who},
                "new_chat_member": {"status": "left", "user": who}});
            self.tell("chat_member", change);
        }
    }

    /// The last message of the bot in a chat that says this.
    pub fn said(&self, chat: i64, part: &str) -> Option<(i64, &super::Message)> {
        let all = self.chats.get(&chat)?.messages.iter().rev();
        all.filter(|(_, m)| m.of_bot).find(|(_, m)| m.text().contains(part)).map(|(id, m)| (*id, m))
    }
}

/// See [`World::stand`].
pub fn stand(world: &mut World, chat: i64, standing: Standing, by: Option<i64>) {
    let now = world.now() / 1000;
    let me = world.me.clone();
    let Some(here) = world.chats.get_mut(&chat) else { return };
    let before = std::mem::replace(&mut here.bot, standing);
    let told = here.json();
    let by = by.and_then(|by| world.users.get(&by)).unwrap_or(&me).json();
    let change = json!({"chat": told, "from": by, "date": now, "old_chat_member": before.json(&me),
        "new_chat_member": standing.json(&me)});
    world.tell("my_chat_member", change);
    let private = is_private(world, chat);
    let service: Option<Value> = match (before.is_in(), standing.is_in()) {
        (false, true) => Some(json!({"new_chat_members": [me.json()], "from": by})),
        // Whoever is put out hears nothing more.
        _ => None,
    };
    if let Some(service) = service.filter(|_| !private) {
        let told = world.store(chat, service, false);
        world.tell("message", told);
    }
}

/// A command at the start, and mentions.
fn entities(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let length = bare.encode_utf16().count();
        if at == 0 && bare.starts_with('/') && length > 1 {
            found.push(json!({"type": "bot_command", "offset": at, "length": length}));
        } else if bare.starts_with('@') && length > 1 {
            found.push(json!({"type": "mention", "offset": at, "length": length}));
        }
        at += word.encode_utf16().count();
    }
    found
}
