//! What the page shows, as plain data. Moments are UTC instants; the page shows them in [`ClockView::zone`].

use chrono::{DateTime, Utc};
use serde::Serialize;

/// How everything stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// Another value means another world: the page forgets what it knew.
    pub world: String,
    /// Changes with everything below.
    pub version: u64,
    /// The number up to which `messages` and `answers` are told; the next question names it as seen.
    pub seq: u64,
    /// The time.
    pub clock: ClockView,
    /// The platforms that are played.
    pub platforms: Vec<PlatformView>,
    /// The personas.
    pub people: Vec<PersonView>,
    /// All chats.
    pub chats: Vec<ChatView>,
    /// Messages that changed since what was seen, in order.
    pub messages: Vec<MessageView>,
    /// Answers to presses since what was seen.
    pub answers: Vec<AnswerView>,
    /// What the page says above all: loading, a problem.
    pub notices: Vec<NoticeView>,
}

/// The time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClockView {
    /// The present moment of the world.
    pub now: DateTime<Utc>,
    /// The office's zone: `Asia/Ho_Chi_Minh`.
    pub zone: String,
    /// The next moment at which something is due.
    pub next_due: Option<NextDueView>,
    /// The move that is under way.
    pub moving: Option<MovingView>,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NextDueView {
    /// When.
    pub at: DateTime<Utc>,
    /// What, in a few words; empty when there are none.
    pub what: String,
}

/// A move of the clock that is under way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MovingView {
    /// Where it began.
    pub from: DateTime<Utc>,
    /// Where it goes.
    pub to: DateTime<Utc>,
    /// How many due moments it has stopped at.
    pub stops: u32,
}

/// A platform that is played.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlatformView {
    /// Its key.
    pub key: String,
    /// Its name for people: `Telegram`.
    pub name: String,
    /// Everything said in its groups is heard.
    pub hears_all: bool,
    /// What addresses the bot: `@giaoban`.
    pub mention: String,
    /// People can edit what they wrote.
    pub people_edit: bool,
    /// It is switched out of reach.
    pub outage: bool,
    /// How many messages of the bot will still be answered with 429.
    pub too_many: u32,
    /// How many will still get no answer.
    pub no_answer: u32,
}

/// A persona.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonView {
    /// Its key.
    pub key: String,
    /// The name that platforms show.
    pub name: String,
    /// Who that is: `Hiệu trưởng MN Hoa Sen`.
    pub title: String,
    /// On which side.
    pub role: PersonRole,
}

/// On which side somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonRole {
    /// Hands out work.
    Office,
    /// Answers.
    School,
    /// Nobody whom the office knows.
    Stranger,
}

/// A chat.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChatView {
    /// The platform's key.
    pub platform: String,
    /// Its id there.
    pub id: String,
    /// One person and the bot.
    pub private: bool,
    /// What people call it.
    pub title: String,
    /// Keys of its people.
    pub members: Vec<String>,
    /// The bot is turned away by a switch.
    pub refusing: bool,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MessageView {
    /// The platform's key.
    pub platform: String,
    /// The chat's id there.
    pub chat: String,
    /// Its id within the chat: a whole number, rising.
    pub id: String,
    /// The key of who wrote it; none for the bot.
    pub author: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Its words.
    pub blocks: Vec<BlockView>,
    /// Rows of buttons.
    pub buttons: Vec<Vec<ButtonView>>,
    /// The message that it quotes.
    pub quote: Option<String>,
    /// Files.
    pub files: Vec<FileView>,
    /// Whether the bot was told of it.
    pub heard: bool,
    /// Whether its text was changed.
    pub edited: bool,
    /// The bot's mark on it.
    pub mark: Option<MarkView>,
    /// Whether it is pinned.
    pub pinned: bool,
    /// Whether it is deleted.
    pub deleted: bool,
}

/// The bot's mark on a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkView {
    /// Seen and recorded.
    Recorded,
    /// Thanks.
    Thanks,
}

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BlockView {
    /// Its words, perhaps of several lines.
    pub text: String,
    /// Shown strong.
    pub strong: bool,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ButtonView {
    /// What it says.
    pub label: String,
    /// What a press carries.
    pub action: String,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileView {
    /// By which it is asked for.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Whether it is shown as a picture.
    pub photo: bool,
}

/// The bot's answer to a press.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerView {
    /// The press.
    pub press: String,
    /// A few words.
    pub text: String,
}

/// Something to say above all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NoticeView {
    /// How grave.
    pub kind: NoticeKind,
    /// A sentence in the asked language.
    pub text: String,
}

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// For information.
    Info,
    /// Work that is under way.
    Busy,
    /// Something is wrong.
    Problem,
}
