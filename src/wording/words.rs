//! The office's own words for fields and schools.

use i18n_embed_fl::fl;

use super::Voice;
use super::line::{plain, strong, text};
use crate::chat::Outgoing;
use crate::domain::WordsReply;

pub(super) fn say(voice: Voice, reply: &WordsReply) -> Outgoing {
    let words = voice.words();
    let blocks = match reply {
        WordsReply::List { fields, schools, tasks } => {
            let line = |(word, means): &(String, String)| {
                plain(fl!(words, "words-line", word = word.clone(), means = means.clone()))
            };
            let mut blocks = Vec::new();
            if fields.is_empty() && schools.is_empty() && tasks.is_empty() {
                blocks.push(plain(fl!(words, "words-none")));
            }
            if !fields.is_empty() {
                blocks.push(strong(fl!(words, "words-fields")));
                blocks.extend(fields.iter().map(line));
            }
            if !schools.is_empty() {
                blocks.push(strong(fl!(words, "words-schools")));
                blocks.extend(schools.iter().map(line));
            }
            if !tasks.is_empty() {
                blocks.push(strong(fl!(words, "words-tasks")));
                blocks.extend(tasks.iter().map(line));
            }
            blocks.push(plain(fl!(words, "words-how")));
            blocks
        }
        WordsReply::Added { word, means } => {
            vec![plain(fl!(words, "words-added", word = word.clone(), means = means.clone()))]
        }
        WordsReply::Removed { word, means } => {
            vec![plain(fl!(words, "words-removed", word = word.clone(), means = means.clone()))]
        }
        WordsReply::NoSuchThing { given } => {
            vec![plain(fl!(words, "words-no-such-thing", given = given.clone()))]
        }
        WordsReply::Taken { word, means } => {
            vec![plain(fl!(words, "words-taken", word = word.clone(), means = means.clone()))]
        }
        WordsReply::NotThere { word } => vec![plain(fl!(words, "words-not-there", word = word.clone()))],
        WordsReply::Unfit { word } => vec![plain(fl!(words, "words-unfit", word = word.clone()))],
    };
    Outgoing { text: text(blocks), buttons: vec![] }
}
