//! Files by a page of ours, in words.

use chrono::{DateTime, Utc};
use i18n_embed_fl::fl;

use super::Voice;
use crate::chat::{Outgoing, Text};
use crate::domain::{Language, Reply};

pub(super) fn say(voice: Voice, reply: &Reply) -> Outgoing {
    let words = voice.words();
    let said = match reply {
        Reply::FileNotTold { link: Some((address, until)) } => {
            fl!(words, "file-not-told", address = address.clone(), until = voice.moment(*until))
        }
        Reply::FilePrivately { bot } => fl!(words, "file-privately", bot = bot.clone()),
        Reply::FileLost { link: Some((address, until)) } => {
            fl!(words, "file-lost-page", address = address.clone(), until = voice.moment(*until))
        }
        Reply::FileLost { link: None } => fl!(words, "file-lost"),
        Reply::FileNotTold { link: None } => fl!(words, "file-not-told-no-page"),
        _ => fl!(words, "voice-not-heard"),
    };
    Outgoing { text: Text::plain(said), buttons: vec![] }
}

/// What stands on the page under which a file is handed in.
#[derive(Debug, Clone)]
pub struct UploadWords {
    /// Language of the page.
    pub language: &'static str,
    /// Its head.
    pub title: String,
    /// For whom it is.
    pub head: String,
    /// The label of the files.
    pub files: String,
    /// The label of the words that go with them.
    pub words: String,
    /// What stands in it as an example.
    pub example: String,
    /// The button.
    pub send: String,
    /// At the foot.
    pub foot: String,
}

impl Voice {
    /// Where a file of ours is fetched, and until when.
    pub fn file_at(&self, name: &str, address: &str, until: DateTime<Utc>) -> String {
        let until = self.full_day(self.local_day(until));
        fl!(self.words(), "file-at", name = name.to_owned(), address = address.to_owned(), until = until)
    }

    /// The words of the page under which a file is handed in.
    pub fn upload_words(&self, name: &str) -> UploadWords {
        let words = self.words();
        UploadWords {
            language: if self.language == Language::Vi { "vi" } else { "en" },
            title: fl!(words, "upload-title"),
            head: fl!(words, "upload-head", name = name.to_owned()),
            files: fl!(words, "upload-files"),
            words: fl!(words, "upload-words"),
            example: fl!(words, "upload-example"),
            send: fl!(words, "upload-send"),
            foot: fl!(words, "upload-foot"),
        }
    }

    /// Somebody has handed in as much as may come in a day: title and what to do.
    pub fn upload_full(&self) -> (String, String) {
        (fl!(self.words(), "upload-full"), fl!(self.words(), "upload-full-how"))
    }

    /// What was taken.
    pub fn uploaded(&self, names: &[String]) -> String {
        fl!(self.words(), "upload-taken", names = names.join(", "))
    }

    fn moment(&self, at: DateTime<Utc>) -> String {
        format!("{} {}", self.clock(at), self.full_day(self.local_day(at)))
    }
}
