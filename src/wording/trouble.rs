//! What did not reach a group.

use i18n_embed_fl::fl;

use super::Voice;
use crate::chat::{Outgoing, Text};
use crate::domain::{Trouble, TroubleKind};

pub(super) fn say(voice: Voice, trouble: &Trouble) -> Outgoing {
    Outgoing { text: Text::plain(line(voice, trouble)), buttons: vec![] }
}

/// One trouble in one line, with what helps.
pub(super) fn line(voice: Voice, trouble: &Trouble) -> String {
    let words = voice.words();
    let group = trouble.group.clone();
    let what = if trouble.codes.is_empty() { trouble.words.clone() } else { trouble.codes.join(", ") };
    let mut said = match &trouble.kind {
        TroubleKind::Closed => return fl!(words, "trouble-closed", group = group),
        TroubleKind::Muted => return fl!(words, "trouble-muted", group = group),
        TroubleKind::Failed { why } => {
            fl!(words, "trouble-failed", group = group, what = what, why = why.clone())
        }
        TroubleKind::Unsaid { many } => {
            return fl!(words, "trouble-unsaid", bot = group, many = many.to_string());
        }
        TroubleKind::Unknown => fl!(words, "trouble-unknown", group = group, what = what),
    };
    if let Some(code) = trouble.codes.first() {
        said.push(' ');
        said.push_str(&fl!(words, "trouble-again", code = code.clone()));
    }
    said
}
