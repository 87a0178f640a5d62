//! Documents that write their days with full stops or dashes: "trước 20.9", "hạn 25-9".

use super::scan::counts_something;
use crate::import::lead::{is_name, lead};
use crate::import::lines::Line;
use crate::import::resolve::DaySigns;
use crate::vietnamese::{Token, TokenKind, day_at, tokens};

/// In a document that writes its days as "20.9" or "20-9" the signs between them are slashes.
pub(super) fn with_slashes(text: &str, mut tokens: Vec<Token>, signs: DaySigns) -> Vec<Token> {
    for at in 0..tokens.len() {
        let Some((day, next)) = day_at(text, &tokens, at).filter(|(day, _)| day.weak) else { continue };
        let counted =
            counts_something(text, &tokens, next) || tokens.get(next).is_some_and(|t| t.is_sign('%'));
        let dashed = signs.dashes && tokens[at + 1].is_dash() && !is_numbered(text, &tokens, at);
        if day.is_real() && !counted && (dashed || (signs.dots && tokens[at + 1].is_sign('.'))) {
            tokens[at + 1].kind = TokenKind::Sign('/');
            tokens[at + 1].folded = "/".into();
        }
    }
    tokens
}

/// "tuần 3-4", "khối 4-5", "T2-6", "MN 1-6": what the word before two figures says that they are.
fn is_numbered(text: &str, tokens: &[Token], at: usize) -> bool {
    const NUMBERED: [&str; 8] = ["tuan", "khoi", "tuoi", "muc", "do", "buoi", "vong", "quy"];
    let Some(before) = at.checked_sub(1).map(|at| &tokens[at]) else { return false };
    let joined = before.end == tokens[at].start && before.kind == TokenKind::Word;
    joined || is_name(text, tokens, at) || NUMBERED.contains(&before.folded.as_str())
}

/// How a document writes its days besides "20/9": with a sign that stands at least twice behind a word that only stands before
/// days.
pub fn signs_of_days(lines: &[Line]) -> DaySigns {
    let signed = |line: &&Line| {
        line.text
            .as_bytes()
            .windows(3)
            .any(|w| matches!(w[1], b'.' | b'-') && w[0].is_ascii_digit() && w[2].is_ascii_digit())
    };
    let (mut dots, mut dashes) = (0, 0);
    for line in lines.iter().filter(signed) {
        let tokens = tokens(&line.text);
        for at in 0..tokens.len() {
            let Some((_, next)) = day_at(&line.text, &tokens, at).filter(|(day, _)| day.weak) else {
                continue;
            };
            let lead = lead(&line.text, &tokens, at);
            let dot = tokens[at + 1].is_sign('.');
            if lead.before || lead.day_word || (dot && lead.from) {
                dots += usize::from(dot);
                dashes += usize::from(!dot && !counts_something(&line.text, &tokens, next));
            }
        }
    }
    DaySigns { dots: dots >= 2, dashes: dashes >= 2 }
}
