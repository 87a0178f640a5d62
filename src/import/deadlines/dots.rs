//! Documents that write their days with full stops: "trước 20.9", "25.9 - 26.9".

use super::counts_something;
use crate::import::lead::lead;
use crate::import::lines::Line;
use crate::vietnamese::{Token, TokenKind, day_at, tokens};

/// In a document that writes its days as "20.9" the full stops between them are slashes.
pub(super) fn with_slashes(text: &str, mut tokens: Vec<Token>) -> Vec<Token> {
    for at in 0..tokens.len() {
        let Some((day, next)) = day_at(text, &tokens, at).filter(|(day, _)| day.weak) else { continue };
        let counted =
            counts_something(text, &tokens, next) || tokens.get(next).is_some_and(|t| t.is_sign('%'));
        if day.is_real() && !counted && tokens[at + 1].is_sign('.') {
            tokens[at + 1].kind = TokenKind::Sign('/');
            tokens[at + 1].folded = "/".to_owned();
        }
    }
    tokens
}

/// Whether a document writes its days as "20.9": at least twice behind a word that only stands before days.
pub fn writes_dots(lines: &[Line]) -> bool {
    let dotted = |line: &&Line| {
        line.text
            .as_bytes()
            .windows(3)
            .any(|w| w[1] == b'.' && w[0].is_ascii_digit() && w[2].is_ascii_digit())
    };
    let days = |line: &Line| {
        let tokens = tokens(&line.text);
        let said = |at: &usize| {
            let sure = day_at(&line.text, &tokens, *at).is_some_and(|(day, _)| day.weak)
                && tokens[at + 1].is_sign('.');
            sure && {
                let lead = lead(&line.text, &tokens, *at);
                lead.before || lead.day_word || lead.from
            }
        };
        (0..tokens.len()).filter(said).count()
    };
    lines.iter().filter(dotted).map(days).sum::<usize>() >= 2
}
