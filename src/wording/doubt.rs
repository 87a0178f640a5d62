//! Doubts in words, with the line of the source.

use i18n_embed_fl::fl;

use super::Voice;
use crate::domain::{Doubt, DoubtKind};

/// A doubt as one sentence; the line of the source stands before it where there is one.
pub fn doubt(voice: Voice, doubt: &Doubt) -> String {
    let words = voice.words();
    let said = match &doubt.kind {
        DoubtKind::Reading { key, values } => words.get_args(
            key,
            values
                .iter()
                .map(|(k, v)| (k.as_str(), v.as_str()))
                .collect::<std::collections::HashMap<&str, &str>>(),
        ),
        DoubtKind::RolledForward { from, to, why } => {
            let (from, to) = (voice.full_day(*from), voice.weekday(*to));
            match why {
                Some(why) => fl!(words, "rolled-moved", from = from, to = to, why = voice.why(why)),
                None => fl!(words, "rolled", from = from, to = to),
            }
        }
        DoubtKind::TwoDeadlines => fl!(words, "doubt-two-deadlines"),
        DoubtKind::Unfair(fairness) => super::office::fair(voice, fairness),
        DoubtKind::OutsideMonth { date } => fl!(words, "rolled-outside", date = voice.full_day(*date)),
    };
    if doubt.line == 0 {
        said
    } else {
        fl!(words, "doubt-at-line", line = doubt.line.to_string(), doubt = said)
    }
}
