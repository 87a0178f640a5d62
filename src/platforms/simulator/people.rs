//! What people do in the world: write, press, edit, come and go.

use chrono::{DateTime, Utc};

use super::error::WorldError;
use super::event::{Author, Event, StoredFile};
use super::flavour::Flavour;
use super::hearing;
use super::scene::{Chat, Message, Scene};
use super::world::{NewFile, State, World};
use crate::chat::{AttachmentKind, ChatKind, Heard, Incoming, Sender, Text};
use crate::domain::{ChatRef, UserRef};

impl World {
    /// A person writes. Returns the message's id.
    pub fn say(
        &self,
        key: &str,
        chat: &ChatRef,
        text: &str,
        quote: Option<&str>,
        files: Vec<NewFile>,
    ) -> Result<String, WorldError> {
        let mut state = self.lock();
        let scene = &state.scene;
        let flavour = state.flavour(&chat.platform)?;
        let room = scene.chat_of(key, chat)?;
        if text.trim().is_empty() && files.is_empty() {
            return Err(WorldError::Empty);
        }
        let quoted = quote.map(|id| message(room, id)).transpose()?;
        let id = room.next_message();
        let heard = hearing::hears(flavour, room, text, quoted);
        let stored: Vec<StoredFile> =
            files.iter().zip(scene.files + 1..).map(|(file, number)| stored(file, number)).collect();
        let mut events = vec![Event::Said {
            chat: chat.clone(),
            message: id.clone(),
            author: Author::Person(key.into()),
            text: Text::plain(text),
            buttons: vec![],
            quote: quote.map(Into::into),
            files: stored.clone(),
            heard,
        }];
        if heard {
            let told = hearing::heard_message(flavour, room, &id, text, quoted, &stored, false);
            events.push(update(scene, flavour, room, key, told, self.now()));
        }
        for (file, new) in stored.iter().zip(files) {
            state.keep_file(&file.id, new.bytes)?;
        }
        self.record(&mut state, events)?;
        Ok(id)
    }

    /// A person changes what they wrote.
    pub fn edit(&self, key: &str, chat: &ChatRef, id: &str, text: &str) -> Result<(), WorldError> {
        self.change(|state, scene| {
            let flavour = state.flavour(&chat.platform)?;
            let room = scene.chat_of(key, chat)?;
            let old = message(room, id)?;
            let by = Author::Person(key.into());
            if old.author != by || !flavour.people_edit {
                return Err(WorldError::NotYours);
            }
            let mut events = vec![Event::Edited {
                chat: chat.clone(),
                message: id.into(),
                by,
                text: Text::plain(text),
                buttons: vec![],
            }];
            let quoted = old.quote.as_deref().and_then(|id| room.message(id));
            if hearing::hears(flavour, room, text, quoted) {
                let told = hearing::heard_message(flavour, room, id, text, quoted, &old.files, true);
                events.push(update(scene, flavour, room, key, told, self.now()));
            }
            Ok(((), events))
        })
    }

    /// A person deletes a message, of the bot too; the bot is not told.
    pub fn delete(&self, key: &str, chat: &ChatRef, id: &str) -> Result<(), WorldError> {
        self.change(|_, scene| {
            message(scene.chat_of(key, chat)?, id)?;
            Ok(((), vec![Event::Deleted { chat: chat.clone(), message: id.into() }]))
        })
    }

    /// A person presses a button. Returns the id of the press.
    pub fn press(&self, key: &str, chat: &ChatRef, id: &str, action: &str) -> Result<String, WorldError> {
        self.change(|state, scene| {
            let flavour = state.flavour(&chat.platform)?;
            let room = scene.chat_of(key, chat)?;
            if !message(room, id)?.buttons.iter().flatten().any(|b| b.action == action) {
                return Err(WorldError::UnknownButton(action.into()));
            }
            let count = scene.lines.get(&chat.platform).map_or(0, |line| line.presses);
            let press = format!("p{}", count + 1);
            let pressed = Event::Pressed {
                chat: chat.clone(),
                message: id.into(),
                person: key.into(),
                action: action.into(),
                press: press.clone(),
            };
            let told = Heard::Press { message: id.into(), action: action.into(), press: press.clone() };
            Ok((press, vec![pressed, update(scene, flavour, room, key, told, self.now())]))
        })
    }

    /// A person enters a group.
    pub fn join(&self, key: &str, chat: &ChatRef) -> Result<(), WorldError> {
        self.change(|_, scene| {
            scene.person(key)?;
            let joined = Event::Joined { chat: chat.clone(), person: key.into() };
            let inside = scene.open_chat(chat)?.members.iter().any(|m| m == key);
            Ok(((), if inside { vec![] } else { vec![joined] }))
        })
    }

    /// A person leaves a group.
    pub fn leave(&self, key: &str, chat: &ChatRef) -> Result<(), WorldError> {
        self.change(|_, scene| {
            scene.chat_of(key, chat)?;
            Ok(((), vec![Event::Left { chat: chat.clone(), person: key.into() }]))
        })
    }

    /// A person puts the bot (back) into a group, or unblocks it.
    pub fn add_bot(&self, by: &str, chat: &ChatRef) -> Result<(), WorldError> {
        self.change(|state, _| {
            let mut events = vec![Event::BotAdded { chat: chat.clone() }];
            let at = self.now();
            events.extend(membership_update(state, by, chat, Heard::BotAdded { hears: false }, at)?);
            Ok(((), events))
        })
    }

    /// A person takes the bot out of a group, or blocks it.
    pub fn remove_bot(&self, by: &str, chat: &ChatRef) -> Result<(), WorldError> {
        self.change(|state, _| {
            let mut events = vec![Event::BotRemoved { chat: chat.clone() }];
            let at = self.now();
            events.extend(membership_update(state, by, chat, Heard::BotRemoved, at)?);
            Ok(((), events))
        })
    }

    /// A group gets another id, as when a Telegram group becomes a supergroup: same people, no messages.
    pub fn move_group(&self, by: &str, chat: &ChatRef, id: &str) -> Result<ChatRef, WorldError> {
        let to = ChatRef { platform: chat.platform.clone(), id: id.into() };
        self.change(|state, scene| {
            let old = scene.chat_of(by, chat)?;
            let (title, members) = (old.title.clone(), old.members.clone());
            let mut events = vec![
                Event::Opened { chat: to.clone(), kind: ChatKind::Group, title, members },
                Event::Moved { chat: chat.clone(), to: to.clone() },
            ];
            let told = Heard::Migrated { to: to.clone() };
            events.extend(membership_update(state, by, chat, told, self.now())?);
            Ok((to.clone(), events))
        })
    }
}

/// A file of a person with the number that it gets.
pub(super) fn stored(file: &NewFile, number: u64) -> StoredFile {
    let lower = file.name.to_lowercase();
    let photo = [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|end| lower.ends_with(end));
    StoredFile {
        id: format!("f{number}"),
        name: file.name.clone(),
        kind: if photo { AttachmentKind::Photo } else { AttachmentKind::File },
        size: file.bytes.len() as u64,
    }
}

/// An update about what somebody did in a chat.
fn update(
    scene: &Scene,
    flavour: &Flavour,
    chat: &Chat,
    key: &str,
    heard: Heard,
    at: DateTime<Utc>,
) -> Event {
    let platform = &chat.at.platform;
    let count = scene.lines.get(platform).map_or(0, |line| line.updates);
    let name = scene.people.iter().find(|p| p.key == key).map_or_else(String::new, |p| p.name.clone());
    Event::Update {
        incoming: Incoming {
            key: format!("u{}", count + 1),
            at,
            chat: chat.at.clone(),
            chat_kind: chat.kind,
            chat_title: (flavour.tells_titles && chat.kind == ChatKind::Group).then(|| chat.title.clone()),
            from: Sender { user: UserRef { platform: platform.clone(), id: key.into() }, name },
            heard,
        },
    }
}

/// The update by which the bot learns of a change in a chat, where the platform tells of such.
fn membership_update(
    state: &State,
    by: &str,
    chat: &ChatRef,
    heard: Heard,
    at: DateTime<Utc>,
) -> Result<Option<Event>, WorldError> {
    let flavour = state.flavour(&chat.platform)?;
    let room = state.scene.chat_of(by, chat)?;
    Ok(flavour.tells_membership.then(|| update(&state.scene, flavour, room, by, heard, at)))
}

fn message<'s>(chat: &'s Chat, id: &str) -> Result<&'s Message, WorldError> {
    chat.message(id).ok_or_else(|| WorldError::UnknownMessage(id.to_owned()))
}
