//! What the page shows of a simulated world: chats, messages, switches as plain data.

use giaoban::chat::{AttachmentKind, ChatKind, Reaction};
use giaoban::platforms::simulator::{Author, Chat, Event, Flavour, Message, Mishap, StoredFile, World};
use giaoban::web::demo::{
    AnswerView, BlockView, ButtonView, ChatView, FileView, MarkView, MessageView, PlatformView,
};

/// The platforms with their switches.
pub fn platforms(world: &World) -> Vec<PlatformView> {
    world.flavours().into_iter().map(|flavour| platform(world, flavour)).collect()
}

fn platform(world: &World, flavour: Flavour) -> PlatformView {
    let switches = world.switches(&flavour.key);
    let count = |of: fn(&Mishap) -> bool| {
        u32::try_from(switches.mishaps.iter().filter(|m| of(m)).count()).unwrap_or(u32::MAX)
    };
    let name = if flavour.capabilities.buttons { "Telegram" } else { "Zalo" };
    PlatformView {
        name: name.into(),
        hears_all: flavour.capabilities.hears_all,
        mention: format!("@{}", flavour.bot_name),
        people_edit: flavour.people_edit,
        outage: switches.outage,
        too_many: count(|m| matches!(m, Mishap::TooMany { .. })),
        no_answer: count(|m| matches!(m, Mishap::NoAnswer { .. })),
        key: flavour.key,
    }
}

/// All chats that have not moved.
pub fn chats(world: &World) -> Vec<ChatView> {
    let views = world.with_chats(|chat| {
        chat.moved_to.is_none().then(|| ChatView {
            platform: chat.at.platform.clone(),
            id: chat.at.id.clone(),
            private: chat.kind == ChatKind::Private,
            title: chat.title.clone(),
            members: chat.members.clone(),
            refusing: chat.refusing,
        })
    });
    views.into_iter().flatten().collect()
}

/// The messages that changed after entry `seen`.
pub fn messages(world: &World, seen: u64) -> Vec<MessageView> {
    let of_chat = |chat: &Chat| {
        let changed = chat.messages.iter().filter(|m| m.changed > seen);
        changed.map(|m| message(chat, m)).collect::<Vec<_>>()
    };
    world.with_chats(of_chat).into_iter().flatten().collect()
}

fn message(chat: &Chat, message: &Message) -> MessageView {
    MessageView {
        platform: chat.at.platform.clone(),
        chat: chat.at.id.clone(),
        id: message.id.clone(),
        author: match &message.author {
            Author::Bot => None,
            Author::Person(key) => Some(key.clone()),
        },
        at: message.at,
        blocks: message
            .text
            .blocks
            .iter()
            .map(|b| BlockView { text: b.text.clone(), strong: b.strong })
            .collect(),
        buttons: message
            .buttons
            .iter()
            .map(|row| {
                row.iter().map(|b| ButtonView { label: b.label.clone(), action: b.action.clone() }).collect()
            })
            .collect(),
        quote: message.quote.clone(),
        files: message.files.iter().map(file).collect(),
        heard: message.heard,
        edited: message.edited_at.is_some(),
        mark: message.mark.map(|mark| match mark {
            Reaction::Recorded => MarkView::Recorded,
            Reaction::Thanks => MarkView::Thanks,
        }),
        pinned: message.pinned,
        deleted: message.deleted,
    }
}

fn file(file: &StoredFile) -> FileView {
    FileView {
        id: file.id.clone(),
        name: file.name.clone(),
        size: file.size,
        photo: file.kind == AttachmentKind::Photo,
    }
}

/// The answers to presses after entry `seen`.
pub fn answers(world: &World, seen: u64) -> Vec<AnswerView> {
    let answer = |event: &Event| match event {
        Event::PressAnswered { press, text, .. } => {
            Some(AnswerView { press: press.clone(), text: text.clone() })
        }
        _ => None,
    };
    world.log(seen).iter().filter_map(|entry| answer(&entry.event)).collect()
}
