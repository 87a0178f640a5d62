//! What the page sees.

use std::sync::PoisonError;

use i18n_embed_fl::fl;

use super::Demo;
use super::sample::Persona;
use crate::chat::{AttachmentKind, ChatKind, Reaction};
use crate::clock::Clock;
use crate::domain::{ChatRef, Language};
use crate::platforms::simulator::{Author, Chat, Event, Flavour, Message, Mishap};
use crate::web::demo::{
    AnswerView, BlockView, ButtonView, ChatView, ClockView, FileView, MarkView, MessageView, NextDueView,
    NoticeKind, NoticeView, PersonView, PlatformView, View,
};
use crate::wording::catalog;

impl Demo {
    /// Changes with everything that the page shows.
    pub(super) fn view_version(&self) -> u64 {
        self.world.seq().wrapping_mul(1 << 20).wrapping_add(*self.version.borrow())
    }

    pub(super) fn look(&self, seen: u64, language: Language) -> View {
        let version = self.view_version();
        let seq = self.world.seq();
        let (next_due, moving) = self.state(|s| (s.next_due, s.moving.clone()));
        let next_due = next_due.filter(|at| *at > self.clock.now());
        let near = |at: &chrono::DateTime<chrono::Utc>| *at - self.clock.now() < chrono::Duration::days(399);
        View {
            world: self.name.clone(),
            version,
            seq,
            clock: ClockView {
                now: self.clock.now(),
                zone: chrono_tz::Asia::Ho_Chi_Minh.name().to_owned(),
                next_due: next_due.filter(near).map(|at| NextDueView { at, what: String::new() }),
                moving,
            },
            platforms: self.world.flavours().iter().map(|f| self.platform(f)).collect(),
            people: self.personas(language),
            chats: self.world.with_chats(|chat| self.chat_view(chat)),
            messages: self.messages(seen),
            answers: self.answers(seen),
            notices: self.notices(language),
        }
    }

    fn platform(&self, flavour: &Flavour) -> PlatformView {
        let switches = self.world.switches(&flavour.key);
        let count = |is: fn(&Mishap) -> bool| {
            u32::try_from(switches.mishaps.iter().filter(|m| is(m)).count()).unwrap_or(u32::MAX)
        };
        PlatformView {
            key: flavour.key.clone(),
            name: name_of(flavour),
            hears_all: flavour.capabilities.hears_all,
            mention: format!("@{}", flavour.bot_name),
            people_edit: flavour.people_edit,
            outage: switches.outage,
            too_many: count(|m| matches!(m, Mishap::TooMany { .. })),
            no_answer: count(|m| matches!(m, Mishap::NoAnswer { .. })),
        }
    }

    fn personas(&self, language: Language) -> Vec<PersonView> {
        let words = catalog(language);
        let title = |persona: &Persona| match persona {
            Persona::Specialist => fl!(words, "persona-specialist"),
            Persona::Head => fl!(words, "persona-head"),
            Persona::Principal(school) => fl!(words, "persona-principal", school = school.clone()),
            Persona::Stranger => fl!(words, "persona-stranger"),
        };
        let people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        people
            .iter()
            .map(|(person, persona)| PersonView { title: title(persona), ..person.clone() })
            .collect()
    }

    fn chat_view(&self, chat: &Chat) -> ChatView {
        ChatView {
            platform: chat.at.platform.clone(),
            id: chat.at.id.clone(),
            private: chat.kind == ChatKind::Private,
            title: chat.title.clone(),
            members: chat.members.clone(),
            refusing: chat.refusing,
        }
    }

    fn messages(&self, seen: u64) -> Vec<MessageView> {
        let of_chat = |chat: &Chat| -> Vec<MessageView> {
            chat.messages.iter().filter(|m| m.changed > seen).map(|m| message(&chat.at, m)).collect()
        };
        self.world.with_chats(of_chat).into_iter().flatten().collect()
    }

    fn answers(&self, seen: u64) -> Vec<AnswerView> {
        let answer = |event: Event| match event {
            Event::PressAnswered { press, text, .. } => Some(AnswerView { press, text }),
            _ => None,
        };
        self.world.log(seen).into_iter().filter_map(|entry| answer(entry.event)).collect()
    }

    /// What only the program knows; an outage the page says itself, from [`PlatformView::outage`].
    fn notices(&self, language: Language) -> Vec<NoticeView> {
        let words = catalog(language);
        let (loading, problem) = self.state(|s| (s.loading, s.problem.clone()));
        let mut notices = Vec::new();
        if loading {
            notices.push(NoticeView { kind: NoticeKind::Busy, text: fl!(words, "demo-loading-sample") });
        }
        if let Some(problem) = problem {
            notices.push(NoticeView { kind: NoticeKind::Problem, text: problem });
        }
        notices
    }
}

/// The name of a platform for people: `sim-zalo` plays Zalo.
fn name_of(flavour: &Flavour) -> String {
    let name = flavour.key.trim_start_matches("sim-");
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn message(chat: &ChatRef, message: &Message) -> MessageView {
    let author = match &message.author {
        Author::Bot => None,
        Author::Person(key) => Some(key.clone()),
    };
    let block = |b: &crate::chat::Block| BlockView { text: b.text.clone(), strong: b.strong };
    let button = |b: &crate::chat::Button| ButtonView { label: b.label.clone(), action: b.action.clone() };
    MessageView {
        platform: chat.platform.clone(),
        chat: chat.id.clone(),
        id: message.id.clone(),
        author,
        at: message.at,
        blocks: message.text.blocks.iter().map(block).collect(),
        buttons: message.buttons.iter().map(|row| row.iter().map(button).collect()).collect(),
        quote: message.quote.clone(),
        files: message
            .files
            .iter()
            .map(|f| FileView {
                id: f.id.clone(),
                name: f.name.clone(),
                size: f.size,
                photo: f.kind == AttachmentKind::Photo,
            })
            .collect(),
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
