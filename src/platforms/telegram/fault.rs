//! What Telegram refuses, and what follows from it. Its numbers say little, so that the text itself is read.

use chrono::Duration;
use serde_json::Value;

use super::call::Answer;
use crate::chat::SendError;
use crate::domain::ChatRef;

/// How a call went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// It never left, or the server is down.
    Unreachable(String),
    /// It left and no answer came.
    NoAnswer,
    /// 429.
    TooMany(i64),
    /// The group has this id now.
    Moved(i64),
    /// The server says no, in these words.
    Said(String),
}

/// What the words of a refusal mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Kicked, blocked, deleted, or never spoken to.
    Gone,
    /// The group lets the bot read and not write.
    MayNotWrite,
    /// The group lets the bot write, and send no file of this kind.
    MayNotSendFiles,
    /// The picture cannot be shown as a photo.
    NoPhoto,
    /// An edit that changes nothing.
    NotModified,
    /// The message to edit, mark or pin is not there, or cannot be edited.
    MessageGone,
    /// The message has a file: its caption is to be edited instead.
    HasCaption,
    /// The topic is closed: General is still there.
    ThreadClosed,
    /// The topic is deleted.
    NoThread,
    /// The message that is replied to is not there.
    NoReply,
    /// The form of the text is refused: it can go plain.
    BadForm,
    /// A press that was answered too late, or twice.
    PressOver,
    /// Another program receives for this bot, or a webhook does.
    SecondReceiver,
    /// The address of a webhook, or its secret, is refused.
    BadWebhook,
    /// The token is refused, or the method is unknown.
    NotKnown,
    /// The server is down.
    Down,
    /// None of these.
    Other,
}

impl Fault {
    /// What an answer brings, or how it is a fault.
    pub(super) fn read(bytes: &[u8]) -> Result<Value, Self> {
        let answer: Answer = match serde_json::from_slice(bytes) {
            Ok(answer) => answer,
            // It broke off.
            Err(_) if bytes.trim_ascii_start().starts_with(b"{") => return Err(Self::NoAnswer),
            // A proxy in front of the server answers in HTML: the server is down.
            Err(_) => return Err(Self::Unreachable("the answer is no JSON".into())),
        };
        match (answer.parameters.migrate_to_chat_id, answer.parameters.retry_after) {
            _ if answer.ok => Ok(answer.result),
            (Some(to), _) => Err(Self::Moved(to)),
            (_, Some(seconds)) => Err(Self::TooMany(seconds)),
            // A server that lacks a method is up.
            _ if answer.error_code >= 500 && answer.error_code != 501 => {
                Err(Self::Unreachable(answer.description))
            }
            _ => Err(Self::said(answer.description)),
        }
    }

    /// A refusal in words; one that says how long to wait is that, with or without the parameter beside it.
    fn said(text: String) -> Self {
        let wait = text
            .split_once("retry after ")
            .and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
        match wait {
            Some(seconds) => Self::TooMany(seconds),
            None => Self::Said(text),
        }
    }

    /// What its words mean; `None` when it is no refusal in words.
    pub(super) fn meaning(&self) -> Option<Meaning> {
        match self {
            Self::Said(text) => Some(meaning(text)),
            _ => None,
        }
    }

    /// What follows for a deed, as far as it cannot be done in another way.
    pub(super) fn for_deed(self, platform: &str) -> SendError {
        let text = match self {
            Self::Unreachable(why) => return SendError::Unreachable(why),
            Self::NoAnswer => return SendError::NoAnswer,
            Self::TooMany(seconds) => return SendError::TooMany { after: Duration::seconds(seconds.max(1)) },
            Self::Moved(to) => {
                return SendError::ChatMoved(ChatRef { platform: platform.to_owned(), id: to.to_string() });
            }
            Self::Said(text) => text,
        };
        match meaning(&text) {
            Meaning::Gone => SendError::ChatGone(text),
            Meaning::MayNotWrite => SendError::MayNotWrite(text),
            Meaning::NotModified | Meaning::PressOver => SendError::NotModified,
            Meaning::MessageGone => SendError::MessageGone,
            Meaning::Down => SendError::Unreachable(text),
            Meaning::NoThread => SendError::TopicGone,
            Meaning::NotKnown => {
                // Somebody has exchanged the token: what waits leaves when the new one is given to us.
                tracing::error!(platform, answer = text, "the token is refused: give the bot its new one");
                SendError::Unreachable(format!("the token is refused: {text}"))
            }
            _ => SendError::Refused(text),
        }
    }
}

/// Parts of refusals, in small letters, with what they mean; the first that is found counts.
const TEXTS: &[(&str, Meaning)] = &[
    ("message is not modified", Meaning::NotModified),
    ("there is no text in the message to edit", Meaning::HasCaption),
    ("message to edit not found", Meaning::MessageGone),
    ("message can't be edited", Meaning::MessageGone),
    ("message to pin not found", Meaning::MessageGone),
    ("message to unpin not found", Meaning::MessageGone),
    ("message to react not found", Meaning::MessageGone),
    ("message not found", Meaning::MessageGone),
    ("message_id_invalid", Meaning::MessageGone),
    ("message thread not found", Meaning::NoThread),
    ("topic_closed", Meaning::ThreadClosed),
    ("topic_deleted", Meaning::NoThread),
    ("topic_id_invalid", Meaning::NoThread),
    ("message to be replied not found", Meaning::NoReply),
    ("message to reply not found", Meaning::NoReply),
    ("replied message not found", Meaning::NoReply),
    ("reply_message_id_invalid", Meaning::NoReply),
    ("can't parse entities", Meaning::BadForm),
    ("can't parse entity", Meaning::BadForm),
    ("entity_bounds_invalid", Meaning::BadForm),
    ("entities_too_long", Meaning::BadForm),
    ("query is too old", Meaning::PressOver),
    ("query_id_invalid", Meaning::PressOver),
    ("terminated by other getupdates", Meaning::SecondReceiver),
    ("can't use getupdates method while webhook", Meaning::SecondReceiver),
    ("bad webhook", Meaning::BadWebhook),
    ("secret token", Meaning::BadWebhook),
    ("photo_invalid_dimensions", Meaning::NoPhoto),
    ("photo_save_file_invalid", Meaning::NoPhoto),
    ("photo_ext_invalid", Meaning::NoPhoto),
    ("image_process_failed", Meaning::NoPhoto),
    ("not enough rights to send text", Meaning::MayNotWrite),
    ("not enough rights to send messages", Meaning::MayNotWrite),
    ("not enough rights to send", Meaning::MayNotSendFiles),
    ("chat_send_docs_forbidden", Meaning::MayNotSendFiles),
    ("chat_send_photos_forbidden", Meaning::MayNotSendFiles),
    ("chat_send_media_forbidden", Meaning::MayNotSendFiles),
    ("have no write access to the chat", Meaning::MayNotWrite),
    ("have no rights to send", Meaning::MayNotWrite),
    ("chat_write_forbidden", Meaning::MayNotWrite),
    ("chat_restricted", Meaning::MayNotWrite),
    ("chat_send_plain_forbidden", Meaning::MayNotWrite),
    ("need administrator rights", Meaning::MayNotWrite),
    ("chat not found", Meaning::Gone),
    ("user not found", Meaning::Gone),
    ("peer_id_invalid", Meaning::Gone),
    ("user is deactivated", Meaning::Gone),
    ("group chat was deleted", Meaning::Gone),
    ("group chat was deactivated", Meaning::Gone),
    ("can't initiate conversation", Meaning::Gone),
    ("not implemented", Meaning::Other),
    ("bad gateway", Meaning::Down),
    ("gateway timeout", Meaning::Down),
    ("service unavailable", Meaning::Down),
    ("internal server error", Meaning::Down),
    ("internal", Meaning::Down),
];

/// What the words of a refusal mean. Whatever is forbidden and is none of the known rights closes the chat.
pub(super) fn meaning(text: &str) -> Meaning {
    let said = text.to_lowercase();
    if said == "unauthorized" || said == "not found" || said == "invalid bot token" {
        return Meaning::NotKnown;
    }
    let bare = said.strip_prefix("bad request: ").unwrap_or(&said);
    let known = TEXTS.iter().find(|(part, meaning)| match meaning {
        // Words of the server itself: the whole answer, not a part of one.
        Meaning::Down => bare == *part || bare.starts_with(&format!("{part}:")),
        _ => bare.contains(part),
    });
    match known {
        Some((_, meaning)) => *meaning,
        None if said.starts_with("forbidden") => Meaning::Gone,
        None => Meaning::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::NextStep;

    #[test]
    fn the_server_s_own_words_are_understood() {
        for (text, means) in [
            ("Forbidden: bot was kicked from the group chat", Meaning::Gone),
            ("Forbidden: bot was kicked from the supergroup chat", Meaning::Gone),
            ("Forbidden: bot is not a member of the supergroup chat", Meaning::Gone),
            ("Forbidden: the group chat was deleted", Meaning::Gone),
            ("Forbidden: bot was blocked by the user", Meaning::Gone),
            ("Forbidden: user is deactivated", Meaning::Gone),
            ("Forbidden: bot can't initiate conversation with a user", Meaning::Gone),
            ("Forbidden: bot can't send messages to bots", Meaning::Gone),
            ("Bad Request: chat not found", Meaning::Gone),
            ("Bad Request: PEER_ID_INVALID", Meaning::Gone),
            ("Bad Request: not enough rights to send text messages to the chat", Meaning::MayNotWrite),
            ("Bad Request: have no rights to send a message", Meaning::MayNotWrite),
            ("Bad Request: CHAT_WRITE_FORBIDDEN", Meaning::MayNotWrite),
            ("Bad Request: have no write access to the chat", Meaning::MayNotWrite),
            ("Forbidden: have no write access to the chat", Meaning::MayNotWrite),
            ("Bad Request: not enough rights to send documents to the chat", Meaning::MayNotSendFiles),
            ("Bad Request: not enough rights to send photos to the chat", Meaning::MayNotSendFiles),
            ("Bad Request: CHAT_SEND_DOCS_FORBIDDEN", Meaning::MayNotSendFiles),
            ("Bad Request: PHOTO_INVALID_DIMENSIONS", Meaning::NoPhoto),
            ("Bad Request: IMAGE_PROCESS_FAILED", Meaning::NoPhoto),
            ("Bad Request: not enough rights to manage pinned messages in the chat", Meaning::Other),
            ("Bad Request: TOPIC_CLOSED", Meaning::ThreadClosed),
            ("Bad Request: message thread not found", Meaning::NoThread),
            ("Bad Request: message to be replied not found", Meaning::NoReply),
            (
                "Bad Request: message is not modified: specified new message content and reply markup are exactly \
                 the same as a current content and reply markup of the message",
                Meaning::NotModified,
            ),
            ("Bad Request: message to edit not found", Meaning::MessageGone),
            ("Bad Request: MESSAGE_ID_INVALID", Meaning::MessageGone),
            ("Bad Request: message can't be edited", Meaning::MessageGone),
            ("Bad Request: there is no text in the message to edit", Meaning::HasCaption),
            (
                "Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 4",
                Meaning::BadForm,
            ),
            (
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
                Meaning::PressOver,
            ),
            (
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                Meaning::SecondReceiver,
            ),
            (
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the \
                 webhook first",
                Meaning::SecondReceiver,
            ),
            ("Bad Request: bad webhook: An HTTPS URL must be provided for webhook", Meaning::BadWebhook),
            ("Bad Request: secret token contains unallowed characters", Meaning::BadWebhook),
            ("Unauthorized", Meaning::NotKnown),
            ("Not Found", Meaning::NotKnown),
            ("Bad Gateway", Meaning::Down),
            ("Internal Server Error", Meaning::Down),
            ("Internal Server Error: restart", Meaning::Down),
            ("Not Implemented", Meaning::Other),
            ("Bad Request: message is too long", Meaning::Other),
            ("Bad Request: BUTTON_DATA_INVALID", Meaning::Other),
            ("Bad Request: REACTION_INVALID", Meaning::Other),
        ] {
            assert_eq!(meaning(text), means, "{text}");
        }
    }

    #[test]
    fn what_follows_is_the_next_step_of_the_outbox() {
        let next = |fault: Fault| fault.for_deed("telegram").next();
        let said = |text: &str| next(Fault::Said(text.into()));
        assert_eq!(next(Fault::TooMany(17)), NextStep::RetryAfter(Duration::seconds(17)));
        assert_eq!(next(Fault::NoAnswer), NextStep::Unknown);
        assert_eq!(next(Fault::Unreachable(String::new())), NextStep::RetryLater);
        let moved = ChatRef { platform: "telegram".into(), id: "-1001".into() };
        assert_eq!(next(Fault::Moved(-1001)), NextStep::ChatMoved(moved));
        assert_eq!(said("Forbidden: bot was blocked by the user"), NextStep::ChatGone);
        assert_eq!(said("Bad Request: CHAT_WRITE_FORBIDDEN"), NextStep::WaitForRights);
        assert_eq!(said("Bad Request: message is not modified: x"), NextStep::Done);
        assert_eq!(said("Bad Request: message to edit not found"), NextStep::Anew);
        assert_eq!(said("Bad Gateway"), NextStep::RetryLater);
        assert_eq!(
            said("Unauthorized"),
            NextStep::RetryLater,
            "nothing is lost while the token is exchanged"
        );
        assert_eq!(said("Not Found"), NextStep::RetryLater);
        assert_eq!(said("Bad Request: message thread not found"), NextStep::WithoutTopic);
        assert_eq!(said("Bad Request: message is too long"), NextStep::GiveUp);
    }

    #[test]
    fn an_answer_is_a_result_or_a_fault() {
        let read = |text: &str| Fault::read(text.as_bytes());
        assert_eq!(read(r#"{"ok":true,"result":{"message_id":5},"more":{}}"#).unwrap()["message_id"], 5);
        let refused = |code: u16, text: &str, parameters: &str| {
            read(&format!(
                r#"{{"ok":false,"error_code":{code},"description":"{text}","parameters":{parameters}}}"#
            ))
            .unwrap_err()
        };
        assert_eq!(refused(429, "Too Many Requests: retry after 35", "{}"), Fault::TooMany(35));
        assert_eq!(refused(429, "Too Many Requests", r#"{"retry_after":7}"#), Fault::TooMany(7));
        assert_eq!(refused(400, "upgraded", r#"{"migrate_to_chat_id":-1009}"#), Fault::Moved(-1009));
        assert_eq!(refused(501, "Not Implemented", "{}"), Fault::Said("Not Implemented".into()));
        assert_eq!(refused(500, "Oops", "{}"), Fault::Unreachable("Oops".into()));
        assert_eq!(refused(400, "Bad Request: no", "{}"), Fault::Said("Bad Request: no".into()));
        let html = read("<html>502 Bad Gateway</html>").unwrap_err();
        assert_eq!(html, Fault::Unreachable("the answer is no JSON".into()));
        assert_eq!(read(r#" {"ok":true,"result":{"mess"#).unwrap_err(), Fault::NoAnswer);
    }
}
