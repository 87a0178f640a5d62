//! The page of a form, in words.

use chrono::{DateTime, Utc};
use i18n_embed_fl::fl;

use super::{Voice, answers};
use crate::chat::{Outgoing, Text};
use crate::domain::{Fault, Field, FieldKind, FormLink, Language, Measure, ReadBack};

pub(super) fn link(voice: Voice, link: &FormLink) -> Outgoing {
    let until = voice.full_day(voice.local_day(link.until));
    let (school, code, address) = (link.school.clone(), link.code.clone(), link.address.clone());
    let text =
        fl!(voice.words(), "web-form-link", school = school, code = code, address = address, until = until);
    Outgoing { text: Text::plain(text), buttons: vec![] }
}

/// What stands on the page beside the values.
#[derive(Debug, Clone)]
pub struct FormWords {
    /// Language of the page.
    pub language: &'static str,
    /// For whom, and until when.
    pub head: String,
    /// The button.
    pub send: String,
    /// Above the faults.
    pub faults: String,
    /// Behind the label of a field that must be there.
    pub required: String,
    /// Under a file that is there already.
    pub kept: String,
    /// The first line of a choice.
    pub choose: String,
    /// The label of the reason of an odd value.
    pub reason: String,
    /// Behind the link to the office's own workbook.
    pub template: String,
    /// The label of the file that takes a filled copy.
    pub copy: String,
    /// At the foot.
    pub foot: String,
}

impl Voice {
    /// The words of a form's page.
    pub fn form_words(&self, school: &str, deadline: Option<DateTime<Utc>>) -> FormWords {
        let words = self.words();
        let until = deadline.map_or_else(|| fl!(words, "due-none"), |d| self.until(d));
        FormWords {
            language: if self.language == Language::Vi { "vi" } else { "en" },
            head: fl!(words, "web-form-head", school = school.to_owned(), until = until),
            send: fl!(words, "web-form-send"),
            faults: fl!(words, "web-form-faults"),
            required: fl!(words, "web-form-required"),
            kept: fl!(words, "web-form-kept"),
            choose: fl!(words, "web-form-choose"),
            reason: fl!(words, "web-form-reason"),
            template: fl!(words, "web-form-template"),
            copy: fl!(words, "web-form-copy"),
            foot: fl!(words, "web-form-foot"),
        }
    }

    /// The page of a long form, in a reminder of it.
    pub fn form_in_reminder(&self, code: &str, address: &str) -> String {
        fl!(self.words(), "web-form-in-reminder", code = code.to_owned(), address = address.to_owned())
    }

    /// A link that opens nothing: title and what to do.
    pub fn form_gone(&self) -> (String, String) {
        (fl!(self.words(), "web-form-gone"), fl!(self.words(), "web-form-gone-how"))
    }

    /// A file that is too large for the page.
    pub fn form_too_large(&self, megabytes: usize) -> String {
        fl!(self.words(), "web-form-too-large", megabytes = megabytes.to_string())
    }

    /// What was stored, as in chat.
    pub fn stored(&self, read_back: &ReadBack) -> String {
        answers::read_back(*self, read_back)
    }

    /// What is wrong with the values, as in chat.
    pub fn fault(&self, fault: &Fault) -> String {
        answers::fault(*self, fault)
    }

    /// A field holds something that its kind cannot hold.
    pub fn unreadable(&self, field: &Field) -> String {
        let words = self.words();
        let label = field.label.clone();
        match field.kind {
            FieldKind::Date => fl!(words, "web-form-no-date", label = label),
            FieldKind::Link => fl!(words, "web-form-no-link", label = label),
            FieldKind::Choice => {
                fl!(words, "web-form-no-choice", label = label, options = field.options.join(", "))
            }
            FieldKind::Percent => fl!(words, "web-form-no-rate", label = label),
            FieldKind::Decimal => fl!(words, "web-form-no-decimal", label = label),
            FieldKind::Money if field.measure() == Measure::WHOLE => {
                fl!(words, "web-form-no-money", label = label)
            }
            FieldKind::Money => fl!(words, "web-form-no-units", label = label, unit = field.unit.clone()),
            _ => fl!(words, "web-form-no-number", label = label),
        }
    }

    /// What was sent is what had been given back.
    pub fn still_returned(&self, code: &str, reason: &str) -> String {
        fl!(self.words(), "still-returned", code = code.to_owned(), reason = reason.to_owned())
    }

    /// Nothing was entered.
    pub fn nothing_entered(&self) -> String {
        fl!(self.words(), "web-form-nothing")
    }
}
