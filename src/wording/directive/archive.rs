//! The archive: the last directives, and whether one is genuine.

use i18n_embed_fl::fl;

use super::capital;
use crate::chat::{Block, Outgoing, Text};
use crate::domain::{DirectiveLine, Genuine};
use crate::wording::Voice;
use crate::wording::line::{plain, strong, text};

pub(super) fn list(voice: Voice, query: &str, directives: &[DirectiveLine]) -> Outgoing {
    let words = voice.words();
    if directives.is_empty() {
        let said = match query {
            "" => fl!(words, "archive-empty"),
            _ => fl!(words, "archive-none", query = query),
        };
        return Outgoing { text: Text::plain(said), buttons: vec![] };
    }
    let count = directives.len().to_string();
    let mut blocks = vec![strong(match query {
        "" => fl!(words, "archive-head", count = count),
        _ => fl!(words, "archive-found", query = query, count = count),
    })];
    blocks.extend(directives.iter().map(|directive| {
        let title = capital(&voice.directive_title(directive));
        plain(format!("• {title}: {}. {}", directive.subject, voice.directive_state(directive)))
    }));
    Outgoing { text: text(blocks), buttons: vec![] }
}

pub(super) fn genuine(voice: Voice, genuine: &Genuine) -> Outgoing {
    let words = voice.words();
    let blocks = match genuine {
        Genuine::Issued { directive, tasks, same_file } => {
            let title = capital(&voice.directive_title(directive));
            let head = if *same_file {
                fl!(words, "genuine-file", directive = title)
            } else {
                fl!(words, "genuine-issued", directive = title)
            };
            let mut blocks = vec![strong(head)];
            blocks.extend(issuer(voice, directive));
            blocks.extend(tasks.iter().map(|t| voice.short_block(t)));
            blocks
        }
        Genuine::Differs { directive, number, issued_on, file } => {
            let title = voice.directive_title(directive);
            let asked = match issued_on {
                Some(day) => {
                    fl!(words, "genuine-asked-day", number = number.clone(), day = voice.full_day(*day))
                }
                None => number.clone(),
            };
            let head = if *file {
                fl!(words, "genuine-other-file", directive = title)
            } else {
                fl!(words, "genuine-differs", asked = asked, directive = title)
            };
            let mut blocks = vec![strong(head)];
            blocks.extend(issuer(voice, directive));
            blocks.push(plain(fl!(words, "genuine-wait")));
            blocks
        }
        Genuine::Unknown { given } => {
            vec![
                strong(fl!(words, "genuine-unknown", given = given.clone())),
                plain(fl!(words, "genuine-wait")),
            ]
        }
        Genuine::WhichOne => vec![plain(fl!(words, "genuine-which"))],
    };
    Outgoing { text: text(blocks), buttons: vec![] }
}

/// "Phòng VH-XH xã Suối Ngàn: Cân đo trẻ lần 1".
fn issuer(voice: Voice, directive: &DirectiveLine) -> Vec<Block> {
    let issuer = directive.issuer.as_ref().map(|i| format!("{i}: ")).unwrap_or_default();
    let mut blocks = vec![plain(format!("{issuer}{}", directive.subject))];
    if directive.state == crate::domain::DirectiveState::Replaced {
        blocks.push(plain(fl!(voice.words(), "directive-is-replaced")));
    }
    blocks
}
