//! What the bot does in the world, within the limits of the platform that it stands on.

use chrono::{DateTime, Duration, Utc};

use super::event::{Author, Event, Mishap};
use super::flavour::Flavour;
use super::people::stored;
use super::platform::Failure;
use super::scene::{Chat, Line, Message, Scene};
use super::world::{NewFile, State, World};
use crate::chat::{Block, Button, ChatKind, Deed, Limits, SendError, Text};
use crate::domain::ChatRef;

/// The events of a deed that succeeds, and the id of the message that it makes.
type Done = (Option<String>, Vec<Event>);

impl World {
    /// Does one thing for the bot.
    pub(super) fn perform(
        &self,
        flavour: &Flavour,
        chat: &ChatRef,
        deed: &Deed,
    ) -> Result<Option<String>, Failure> {
        let now = self.now();
        let mut state = self.lock();
        let line = state.scene.line(&flavour.key);
        if line.outage {
            return Err(Failure::Told(SendError::Unreachable("outage".into())));
        }
        let writes = matches!(deed, Deed::Send { .. } | Deed::Edit { .. });
        let mishap = line.mishaps.front().copied().filter(|_| writes);
        if let Some(mishap) = mishap {
            let met = Event::MishapMet { platform: flavour.key.clone(), mishap };
            self.write(&mut state, vec![met])?;
        }
        match mishap {
            Some(Mishap::TooMany { retry_after }) => {
                let after = Duration::seconds(retry_after.into());
                return Err(Failure::Told(SendError::TooMany { after }));
            }
            Some(Mishap::NoAnswer { done: false }) => return Err(Failure::Told(SendError::NoAnswer)),
            Some(Mishap::Hang { done: false }) => return Err(Failure::Hangs),
            Some(Mishap::NoAnswer { done: true } | Mishap::Hang { done: true }) | None => {}
        }
        let (message, events) = decide(&state.scene, flavour, chat, deed, now).map_err(Failure::Told)?;
        self.keep(&mut state, deed, &events)?;
        self.write(&mut state, events)?;
        match mishap {
            None => Ok(message),
            Some(Mishap::Hang { .. }) => Err(Failure::Hangs),
            Some(_) => Err(Failure::Told(SendError::NoAnswer)),
        }
    }

    fn write(&self, state: &mut State, events: Vec<Event>) -> Result<(), Failure> {
        // A folder that cannot be written is a platform that is down: nothing is lost, and it is tried again.
        self.record(state, events).map_err(|e| Failure::Told(SendError::Unreachable(e.to_string())))
    }

    fn keep(&self, state: &mut State, deed: &Deed, events: &[Event]) -> Result<(), Failure> {
        if let (Deed::Send { file: Some((_, bytes)), .. }, Some(Event::Said { files, .. })) =
            (deed, events.first())
        {
            for file in files {
                state
                    .keep_file(&file.id, bytes.clone())
                    .map_err(|e| Failure::Told(SendError::Unreachable(e.to_string())))?;
            }
        }
        Ok(())
    }
}

fn decide(
    scene: &Scene,
    flavour: &Flavour,
    at: &ChatRef,
    deed: &Deed,
    now: DateTime<Utc>,
) -> Result<Done, SendError> {
    let can = &flavour.capabilities;
    if let Deed::AnswerPress { press, text } = deed {
        return answer_press(scene, at, press, text);
    }
    let chat = open_to_bot(scene, at)?;
    match deed {
        Deed::Send { text, buttons, reply_to, pin, file, picture, thread: _ } => {
            keep_pace(scene.lines.get(&flavour.key), chat, &can.limits, now)?;
            check_text(flavour, text, file.is_some())?;
            check_buttons(flavour, buttons)?;
            require(can.reply || reply_to.is_none(), "this platform has no replies")?;
            require(can.pin || !pin, "this platform has no pins")?;
            require(can.send_files || file.is_none(), "this platform takes no files")?;
            require(can.fetches_pictures || picture.is_none(), "this platform fetches no pictures")?;
            let quoted = reply_to.as_deref().map(|id| chat.message(id));
            require(quoted != Some(None), "message to be replied not found")?;
            let id = chat.next_message();
            let file = file.clone().map(|(name, bytes)| NewFile { name, bytes });
            let said = Event::Said {
                chat: at.clone(),
                message: id.clone(),
                author: Author::Bot,
                text: with_picture(text, picture.as_deref()),
                buttons: buttons.clone(),
                quote: reply_to.clone(),
                files: file.iter().map(|file| stored(file, scene.files + 1)).collect(),
                heard: true,
            };
            let pinned = Event::Pinned { chat: at.clone(), message: id.clone() };
            Ok((Some(id), if *pin { vec![said, pinned] } else { vec![said] }))
        }
        Deed::Edit { message, text, buttons, .. } => {
            require(can.edit, "this platform has no edits")?;
            keep_pace(scene.lines.get(&flavour.key), chat, &can.limits, now)?;
            check_text(flavour, text, false)?;
            check_buttons(flavour, buttons)?;
            let id = message.clone().ok_or(SendError::MessageGone)?;
            let old = own(chat, &id)?;
            if old.text.words() == text.words() && old.buttons == *buttons {
                return Err(SendError::NotModified);
            }
            let (text, buttons) = (text.clone(), buttons.clone());
            let edited = Event::Edited { chat: at.clone(), message: id, by: Author::Bot, text, buttons };
            Ok((None, vec![edited]))
        }
        Deed::React { message, mark } => {
            require(can.react, "this platform has no reactions")?;
            chat.message(message).ok_or(SendError::MessageGone)?;
            Ok((None, vec![Event::Reacted { chat: at.clone(), message: message.clone(), mark: *mark }]))
        }
        Deed::Pin { message } | Deed::Unpin { message } => {
            require(can.pin, "this platform has no pins")?;
            chat.message(message).ok_or(SendError::MessageGone)?;
            let (chat, message) = (at.clone(), message.clone());
            let event = match deed {
                Deed::Pin { .. } => Event::Pinned { chat, message },
                _ => Event::Unpinned { chat, message },
            };
            Ok((None, vec![event]))
        }
        Deed::AnswerPress { press, text } => answer_press(scene, at, press, text),
        Deed::Working => {
            require(can.shows_work, "this platform shows no work")?;
            Ok((None, vec![]))
        }
        Deed::Offer { .. } => {
            require(can.offers_commands, "this platform offers no commands")?;
            Ok((None, vec![]))
        }
    }
}

/// A picture stands as its address below the words: nothing is fetched here.
fn with_picture(text: &Text, picture: Option<&str>) -> Text {
    let mut text = text.clone();
    text.blocks.extend(picture.map(|address| Block { text: address.to_owned(), strong: false, task: None }));
    text
}

/// The chat, when the bot may write there.
fn open_to_bot<'s>(scene: &'s Scene, at: &ChatRef) -> Result<&'s Chat, SendError> {
    let gone = |why: &str| SendError::ChatGone(why.into());
    let chat = scene.chats.get(at).ok_or_else(|| gone("chat not found"))?;
    if let Some(to) = &chat.moved_to {
        return Err(SendError::ChatMoved(to.clone()));
    }
    if chat.refusing {
        return Err(gone("the chat turns the bot away"));
    }
    match (chat.bot, chat.removed, chat.kind) {
        (true, ..) => Ok(chat),
        (_, true, ChatKind::Group) => Err(gone("bot was kicked from the group")),
        (_, true, ChatKind::Private) => Err(gone("bot was blocked by the user")),
        _ => Err(gone("bot can't initiate conversation with a user")),
    }
}

/// A message of the bot that is still there.
fn own<'c>(chat: &'c Chat, id: &str) -> Result<&'c Message, SendError> {
    let message = chat.message(id).ok_or(SendError::MessageGone)?;
    require(message.of_bot(), "message can't be edited")?;
    Ok(message)
}

fn check_text(flavour: &Flavour, text: &Text, with_file: bool) -> Result<(), SendError> {
    let words = text.words();
    require(with_file || !words.trim().is_empty(), "message text is empty")?;
    let length = flavour.capabilities.limits.unit.length(&words);
    require(length <= flavour.refuses_text_over, "message is too long")
}

fn check_buttons(flavour: &Flavour, buttons: &[Vec<Button>]) -> Result<(), SendError> {
    let can = &flavour.capabilities;
    require(can.buttons || buttons.is_empty(), "this platform has no buttons")?;
    let fits = |b: &Button| (1..=can.limits.action_bytes).contains(&b.action.len()) && !b.label.is_empty();
    require(buttons.iter().flatten().all(fits), "button data invalid")
}

/// The limits a minute in a group and a second over all; the gap in a chat is advice that no platform enforces
/// to the letter.
fn keep_pace(line: Option<&Line>, chat: &Chat, limits: &Limits, now: DateTime<Utc>) -> Result<(), SendError> {
    let mut waits = Vec::new();
    let mut window = |moments: &std::collections::VecDeque<DateTime<Utc>>, length: Duration, most: u32| {
        let inside: Vec<_> = moments.iter().filter(|m| **m + length > now).collect();
        if most > 0 && inside.len() >= most as usize {
            waits.extend(inside.first().map(|first| **first + length - now));
        }
    };
    if chat.kind == ChatKind::Group {
        window(&chat.recent, Duration::minutes(1), limits.group_per_minute);
    }
    if let Some(line) = line {
        window(&line.recent, Duration::seconds(1), limits.per_second);
    }
    match waits.into_iter().max() {
        // Platforms tell whole seconds.
        Some(wait) => {
            Err(SendError::TooMany { after: Duration::seconds((wait.num_milliseconds() + 999) / 1000) })
        }
        None => Ok(()),
    }
}

fn answer_press(scene: &Scene, at: &ChatRef, press: &str, text: &str) -> Result<Done, SendError> {
    let key = (at.platform.clone(), press.to_owned());
    require(scene.presses.contains(&key), "no such press")?;
    require(text.chars().count() <= 200, "the answer to a press is too long")?;
    let event = Event::PressAnswered { chat: at.clone(), press: press.to_owned(), text: text.to_owned() };
    Ok((None, vec![event]))
}

fn require(holds: bool, why: &str) -> Result<(), SendError> {
    if holds { Ok(()) } else { Err(SendError::Refused(why.into())) }
}
