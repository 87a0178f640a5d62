//! Doubts in words, with the line of the source.

use i18n_embed_fl::fl;

use super::{Voice, catalog};
use crate::domain::{Doubt, DoubtKind, Language, Place};

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
        DoubtKind::Unfair(fairness) => super::office::fair(voice, fairness),
        DoubtKind::OutsideMonth { date } => fl!(words, "rolled-outside", date = voice.full_day(*date)),
    };
    match &doubt.place {
        Some(at) => format!("{}: {said}", place(voice.language, at)),
        None => said,
    }
}

/// "dòng 12", "bảng 1, hàng 5": as a person counts in the form that they have.
pub fn place(language: Language, place: &Place) -> String {
    let words = catalog(language);
    match place {
        Place::Line { line } => fl!(words, "place-line", line = line.to_string()),
        Place::Paragraph { paragraph } => fl!(words, "place-paragraph", paragraph = paragraph.to_string()),
        Place::Row { table, row } => {
            fl!(words, "place-row", table = table.to_string(), row = row.to_string())
        }
        Place::SheetRow { sheet, row } => {
            fl!(words, "place-sheet-row", sheet = sheet.as_str(), row = row.to_string())
        }
    }
}
