//! Our deeds as calls, and the second way where Telegram refuses the first.

use std::time::Duration;

use serde_json::{Value, json};
use teloxide::payloads::{
    AnswerCallbackQuery, EditMessageCaption, EditMessageText, PinChatMessage, SendChatAction, SendMessage,
    SetMessageReaction, SetMyCommands, UnpinChatMessage,
};
use teloxide::types::{
    BotCommandScope, CallbackQueryId, ChatAction, ChatId, MessageEntity, MessageId, ReactionType, Recipient,
    ThreadId,
};

use super::call::{Door, Upload};
use super::encode::{is_photo, keyboard, no_preview, reply_to, sign, words};
use super::fault::{Fault, Meaning};
use super::menu::shown;
use crate::chat::{Button, Deed, Reaction, Text};

/// The longest caption of a file, in UTF-16 units.
pub(super) const CAPTION: usize = 1024;

/// The largest file that is taken, in bytes.
const LARGEST: usize = 50 * 1024 * 1024;

/// A new message, as it is tried: what Telegram refuses is taken out, one after the other.
#[derive(Clone)]
struct Draft {
    chat: Recipient,
    said: String,
    form: Vec<MessageEntity>,
    buttons: Vec<Vec<Button>>,
    reply: Option<MessageId>,
    thread: Option<ThreadId>,
}

/// Does a deed; the id of a new message.
pub(super) async fn perform(door: &Door, chat: i64, deed: &Deed) -> Result<Option<i64>, Fault> {
    let to: Recipient = ChatId(chat).into();
    match deed {
        Deed::Send { text, buttons, reply_to, thread, pin: _, file, picture: _ } => {
            let (said, form) = words(text);
            let reply = reply_to.as_deref().and_then(id);
            // A reply stands in the topic of what it replies to.
            let thread = thread.as_deref().and_then(id).filter(|_| reply.is_none()).map(ThreadId);
            let draft = Draft { chat: to, said, form, buttons: buttons.clone(), reply, thread };
            send(door, draft, file.as_ref(), deed.carrying()).await
        }
        Deed::Edit { message, text, buttons, .. } => {
            let message = known(message.as_deref())?;
            edit(door, to, message, text, buttons).await.map(|()| None)
        }
        Deed::React { message, mark } => react(door, to, known(Some(message))?, *mark).await.map(|()| None),
        Deed::Pin { message } => {
            let pin = PinChatMessage::new(to, known(Some(message))?);
            // A post has made its sound already.
            door.call(PinChatMessage { disable_notification: Some(true), ..pin }).await.map(|_| None)
        }
        Deed::Unpin { message } => {
            let unpin = UnpinChatMessage::new(to);
            let message = known(Some(message))?;
            door.call(UnpinChatMessage { message_id: Some(message), ..unpin }).await.map(|_| None)
        }
        Deed::AnswerPress { press, text } => {
            let answer = AnswerCallbackQuery::new(CallbackQueryId(press.clone()));
            let text = (!text.is_empty()).then(|| text.clone());
            door.call(AnswerCallbackQuery { text, ..answer }).await.map(|_| None)
        }
        Deed::Offer { commands } => {
            let scope = BotCommandScope::Chat { chat_id: to };
            let offer = SetMyCommands { scope: Some(scope), ..SetMyCommands::new(shown(commands)) };
            door.call(offer).await.map(|_| None)
        }
        Deed::Working => door.call(SendChatAction::new(to, ChatAction::Typing)).await.map(|_| None),
    }
}

/// An id of Telegram's.
fn id(message: &str) -> Option<MessageId> {
    message.parse().ok().map(MessageId)
}

fn known(message: Option<&str>) -> Result<MessageId, Fault> {
    message.and_then(id).ok_or_else(|| Fault::Said("message not found".into()))
}

async fn send(
    door: &Door,
    mut draft: Draft,
    mut file: Option<&(String, Vec<u8>)>,
    carrying: Duration,
) -> Result<Option<i64>, Fault> {
    if file.is_some_and(|(_, bytes)| bytes.len() > LARGEST) {
        return Err(Fault::Said("the file is too large".into()));
    }
    let mut as_photo = file.is_some_and(|(name, bytes)| is_photo(name, bytes.len()));
    loop {
        let sent = match file {
            Some(file) => send_file(door, &draft, file, as_photo, carrying).await,
            None => send_text(door, &draft).await,
        };
        let Err(fault) = sent else { return sent };
        match fault.meaning() {
            Some(Meaning::BadForm) if !draft.form.is_empty() => draft.form.clear(),
            Some(Meaning::NoPhoto) if as_photo => as_photo = false,
            // Its words say how else to get it, and hold up nothing.
            Some(Meaning::MayNotSendFiles) if file.is_some() && !draft.said.is_empty() => file = None,
            Some(Meaning::ThreadClosed) if draft.thread.is_some() => draft.thread = None,
            Some(Meaning::NoReply | Meaning::ThreadClosed | Meaning::NoThread) if draft.reply.is_some() => {
                draft.reply = None;
            }
            _ => return Err(fault),
        }
    }
}

async fn send_text(door: &Door, draft: &Draft) -> Result<Option<i64>, Fault> {
    let message = SendMessage {
        message_thread_id: draft.thread,
        entities: some(draft.form.clone()),
        link_preview_options: no_preview(&draft.said),
        reply_parameters: draft.reply.map(reply_to),
        reply_markup: keyboard(&draft.buttons).map(Into::into),
        ..SendMessage::new(draft.chat.clone(), draft.said.clone())
    };
    door.call(message).await.map(|answer| made(&answer))
}

async fn send_file(
    door: &Door,
    draft: &Draft,
    (name, bytes): &(String, Vec<u8>),
    as_photo: bool,
    carrying: Duration,
) -> Result<Option<i64>, Fault> {
    let (method, parameter) = if as_photo { ("SendPhoto", "photo") } else { ("SendDocument", "document") };
    let parameters = [
        ("chat_id", json!(draft.chat)),
        ("message_thread_id", json!(draft.thread)),
        ("reply_parameters", json!(draft.reply.map(reply_to))),
        ("caption", json!(Some(&draft.said).filter(|said| !said.is_empty()))),
        ("caption_entities", json!(some(draft.form.clone()))),
        ("reply_markup", json!(keyboard(&draft.buttons))),
    ];
    let upload = Upload { parameter, name, bytes, carrying };
    door.upload(method, &parameters, upload).await.map(|answer| made(&answer))
}

async fn edit(
    door: &Door,
    chat: Recipient,
    message: MessageId,
    text: &Text,
    buttons: &[Vec<Button>],
) -> Result<(), Fault> {
    let (said, form) = words(text);
    let edit = EditMessageText {
        entities: some(form.clone()),
        link_preview_options: no_preview(&said),
        reply_markup: keyboard(buttons),
        ..EditMessageText::new(chat.clone(), message, said.clone())
    };
    let Err(fault) = door.call(edit.clone()).await else { return Ok(()) };
    match fault.meaning() {
        Some(Meaning::HasCaption) => {
            let edit = EditMessageCaption {
                caption: Some(said),
                caption_entities: some(form),
                reply_markup: keyboard(buttons),
                ..EditMessageCaption::new(chat, message)
            };
            door.call(edit).await.map(drop)
        }
        Some(Meaning::BadForm) if edit.entities.is_some() => {
            door.call(EditMessageText { entities: None, ..edit }).await.map(drop)
        }
        _ => Err(fault),
    }
}

async fn react(door: &Door, chat: Recipient, message: MessageId, mark: Reaction) -> Result<(), Fault> {
    let reaction = Some(vec![ReactionType::Emoji { emoji: sign(mark).to_owned() }]);
    door.call(SetMessageReaction { reaction, ..SetMessageReaction::new(chat, message) }).await.map(drop)
}

fn made(answer: &Value) -> Option<i64> {
    answer["message_id"].as_i64()
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}
