//! What reaches the bot of what people do, and in which shape.

use super::event::StoredFile;
use super::flavour::Flavour;
use super::scene::{Chat, Message};
use crate::chat::{Attachment, AttachmentKind, ChatKind, Heard, Origin, Quote};

/// Whether the bot is told of a message with this text that quotes that message.
pub(super) fn hears(flavour: &Flavour, chat: &Chat, text: &str, quoted: Option<&Message>) -> bool {
    let there = chat.bot || (chat.kind == ChatKind::Private && !chat.removed);
    there
        && (chat.kind == ChatKind::Private
            || flavour.capabilities.hears_all
            || after_mention(&flavour.bot_name, text).is_some()
            || quoted.is_some_and(Message::of_bot))
}

/// A message as the platform tells it.
pub(super) fn heard_message(
    flavour: &Flavour,
    chat: &Chat,
    message: &str,
    text: &str,
    quoted: Option<&Message>,
    files: &[StoredFile],
    edited: bool,
) -> Heard {
    let mentioned = after_mention(&flavour.bot_name, text);
    Heard::Message {
        message: message.to_owned(),
        text: mentioned.unwrap_or(text).to_owned(),
        quote: quoted.and_then(|quoted| told_quote(flavour, chat, quoted, mentioned.is_some())),
        attachments: files.iter().map(|file| attachment(flavour, file)).collect(),
        edited,
        origin: Origin::default(),
    }
}

/// Without ids of quoted messages nothing is told of a quote; but what arrives from a group without a mention can only
/// quote the bot.
fn told_quote(flavour: &Flavour, chat: &Chat, quoted: &Message, mentioned: bool) -> Option<Quote> {
    if flavour.capabilities.quote_ids {
        return Some(Quote {
            message: Some(quoted.id.clone()),
            text: Some(quoted.text.words()),
            of_bot: quoted.of_bot(),
        });
    }
    (chat.kind == ChatKind::Group && !flavour.capabilities.hears_all && !mentioned).then_some(Quote {
        message: None,
        text: None,
        of_bot: true,
    })
}

/// Where files cannot be received, pictures still come; of anything else it is told that it was sent, and no more.
fn attachment(flavour: &Flavour, file: &StoredFile) -> Attachment {
    if !flavour.capabilities.receive_files && file.kind != AttachmentKind::Photo {
        return Attachment { kind: file.kind, name: String::new(), file: String::new(), size: None };
    }
    Attachment { kind: file.kind, name: file.name.clone(), file: file.id.clone(), size: Some(file.size) }
}

/// What follows the mention of the bot with which a text starts.
fn after_mention<'t>(bot_name: &str, text: &'t str) -> Option<&'t str> {
    let rest = text.trim_start().strip_prefix('@')?;
    let end = rest.char_indices().nth(bot_name.chars().count()).map_or(rest.len(), |(at, _)| at);
    let (name, rest) = rest.split_at(end);
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '_');
    let said = rest.trim_start_matches([',', ':']).trim_start();
    (ends && name.to_lowercase() == bot_name.to_lowercase()).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_stands_at_the_start_and_alone() {
        for (text, rest) in [
            ("@giaoban /viec", Some("/viec")),
            ("  @GiaoBan, đã nhận ạ", Some("đã nhận ạ")),
            ("@giaoban", Some("")),
            ("@giaobanh xin chào", None),
            ("nhờ @giaoban", None),
            ("@giao", None),
            ("đã nhận", None),
        ] {
            assert_eq!(after_mention("giaoban", text), rest, "{text}");
        }
        assert_eq!(after_mention("Bot Giao Ban", "@bot giao ban V2 xong"), Some("V2 xong"));
    }
}
