//! Our words as Telegram takes them. Form is told beside the text (entities), never in it: nothing that a person typed
//! can be taken for markup.

use teloxide::types::{
    InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity, ReplyParameters, User,
    UserId,
};

use crate::chat::{Button, Named, Reaction, Text, places};

/// Buttons in one row; more make rows of their own.
const ROW: usize = 8;

/// Buttons under one message.
const MOST_BUTTONS: usize = 100;

/// Marks of form in one message; what is beyond them is sent plain.
const MOST_ENTITIES: usize = 100;

/// A text and its form. Offsets count UTF-16 units of the text as it is sent.
pub(super) fn words(text: &Text) -> (String, Vec<MessageEntity>) {
    let (mut said, mut entities, mut at) = (String::new(), Vec::new(), 0);
    for block in &text.blocks {
        if !said.is_empty() {
            said.push('\n');
            at += 1;
        }
        // Telegram drops blank space at the very start, and with it the offsets would be wrong.
        let own = if said.is_empty() { block.text.trim_start() } else { &block.text };
        let length = own.encode_utf16().count();
        if block.strong && !own.trim().is_empty() && entities.len() < MOST_ENTITIES {
            // A mark must not reach over the blank end that Telegram drops.
            let marked = own.trim_end().encode_utf16().count();
            entities.push(MessageEntity::bold(at, marked));
        }
        said.push_str(own);
        at += length;
    }
    for (place, named) in places(&said, &text.named) {
        if entities.len() < MOST_ENTITIES {
            let (at, length) =
                (said[..place.start].encode_utf16().count(), said[place].encode_utf16().count());
            entities.push(calling(named, at, length));
        }
    }
    entities.sort_by_key(|entity| entity.offset);
    (said, entities)
}

/// A name that calls its first bearer whose account is known; else it is only strong.
fn calling(named: &Named, at: usize, length: usize) -> MessageEntity {
    let Some(id) = named.people.iter().find_map(|person| person.id.parse().ok()) else {
        return MessageEntity::bold(at, length);
    };
    let user = User {
        id: UserId(id),
        is_bot: false,
        first_name: named.name.clone(),
        last_name: None,
        username: None,
        language_code: None,
        is_premium: false,
        added_to_attachment_menu: false,
    };
    MessageEntity::text_mention(user, at, length)
}

/// No preview of a link: it would be a picture under every post. Nothing where there is no link to show.
pub(super) fn no_preview(said: &str) -> Option<LinkPreviewOptions> {
    said.contains("://").then_some(LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    })
}

/// Rows of buttons; none for none.
pub(super) fn keyboard(buttons: &[Vec<Button>]) -> Option<InlineKeyboardMarkup> {
    let mut left = MOST_BUTTONS;
    let mut rows: Vec<Vec<InlineKeyboardButton>> = Vec::new();
    for row in buttons.iter().flat_map(|row| row.chunks(ROW)) {
        let row = &row[..row.len().min(left)];
        left -= row.len();
        let button = |b: &Button| InlineKeyboardButton::callback(b.label.clone(), b.action.clone());
        if !row.is_empty() {
            rows.push(row.iter().map(button).collect());
        }
    }
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

/// A reply that goes out without the quote when the quoted message is gone.
pub(super) fn reply_to(message: teloxide::types::MessageId) -> ReplyParameters {
    ReplyParameters::new(message).allow_sending_without_reply()
}

/// Of the few signs that Telegram has for everybody.
pub(super) fn sign(mark: Reaction) -> &'static str {
    match mark {
        Reaction::Recorded => "👍",
        Reaction::Thanks => "❤",
    }
}

/// Whether a file is shown as a photo: by its name, and not above the ten megabytes that photos may have.
pub(super) fn is_photo(name: &str, size: usize) -> bool {
    let name = name.to_lowercase();
    size <= 10 * 1024 * 1024 && [".jpg", ".jpeg", ".png"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::Block;

    fn block(text: &str, strong: bool) -> Block {
        Block { text: text.into(), strong, task: None }
    }

    fn button(action: &str) -> Button {
        Button { label: action.to_uppercase(), action: action.into(), typed: String::new() }
    }

    #[test]
    fn form_is_told_beside_the_text_in_utf16_units() {
        let text = Text::of(vec![
            block("👍 VIỆC", true),
            block("<b>không phải thẻ</b> *_[", false),
            block("Hạn", true),
        ]);
        let (said, entities) = words(&text);
        assert_eq!(said, "👍 VIỆC\n<b>không phải thẻ</b> *_[\nHạn");
        let spans: Vec<(usize, usize)> = entities.iter().map(|e| (e.offset, e.length)).collect();
        assert_eq!(spans, [(0, 7), (34, 3)]);
    }

    #[test]
    fn a_named_school_calls_its_principal_and_is_strong_without_one() {
        let person = crate::domain::UserRef { platform: "telegram".into(), id: "77".into() };
        let named = |name: &str, people| Named { name: name.into(), people };
        let text = Text {
            blocks: vec![block("😀 Còn: MN Sơn Ca, MN Lá.", false)],
            named: vec![named("MN Lá", vec![person]), named("MN Sơn Ca", vec![])],
        };
        let marks = serde_json::to_value(words(&text).1).unwrap();
        assert_eq!(marks[0], serde_json::json!({"type": "bold", "offset": 8, "length": 9}));
        assert_eq!((&marks[1]["type"], &marks[1]["user"]["id"]), (&"text_mention".into(), &77.into()));
        assert_eq!((&marks[1]["offset"], &marks[1]["length"]), (&19.into(), &5.into()));
    }

    #[test]
    fn blank_ends_are_not_marked() {
        let (said, entities) = words(&Text::of(vec![block("  Hạn  ", true), block("  ", true)]));
        assert_eq!(said, "Hạn  \n  ");
        assert_eq!((entities.len(), entities[0].offset, entities[0].length), (1, 0, 3));
    }

    #[test]
    fn buttons_stand_eight_in_a_row_and_a_hundred_at_most() {
        assert!(keyboard(&[]).is_none());
        assert!(keyboard(&[vec![]]).is_none());
        let long: Vec<Button> = (0..120).map(|i| button(&format!("b{i}"))).collect();
        let rows = keyboard(&[long]).unwrap().inline_keyboard;
        assert_eq!(rows.iter().map(Vec::len).sum::<usize>(), 100);
        assert!(rows.iter().all(|row| row.len() <= 8));
        let json = serde_json::to_string(&keyboard(&[vec![button("received")]])).unwrap();
        assert_eq!(json, r#"{"inline_keyboard":[[{"text":"RECEIVED","callback_data":"received"}]]}"#);
    }

    #[test]
    fn photos_are_known_by_name_and_size() {
        assert!(is_photo("Ma trận.PNG", 1000));
        assert!(!is_photo("bang.xlsx", 1000));
        assert!(!is_photo("to.jpg", 11 * 1024 * 1024));
    }
}
