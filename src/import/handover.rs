//! How a submission is handed over and to whom, in the document's own words.

use super::item::Item;
use super::who::who;
use crate::vietnamese::{Token, TokenKind, tokens, words_at};

/// What the words of an item say about handing over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    /// "qua nhóm Zalo của khối", "cơ sở dữ liệu ngành".
    pub channel: Option<String>,
    /// "Phòng", "Tổ mầm non phòng GD&ĐT".
    pub to: Option<String>,
    /// "các trường công lập", "MN Sơn Ca, Hoa Ban".
    pub scope: Option<String>,
}

/// Reads them from an item.
pub fn handover(item: &Item) -> Handover {
    let tokens = tokens(&item.text);
    Handover {
        channel: item.channel.clone().or_else(|| channel(&item.text, &tokens)),
        to: to(&item.text, &tokens),
        scope: item.who.clone().or_else(|| who(&item.text, &tokens)),
    }
}

fn channel(text: &str, tokens: &[Token]) -> Option<String> {
    const NAMES: [&[&str]; 7] = [
        &["co", "so", "du", "lieu", "nganh"],
        &["truc", "lien", "thong"],
        &["bieu", "mau", "truc", "tuyen"],
        &["nhom", "zalo"],
        &["ban", "giay"],
        &["phan", "mem"],
        &["bang", "dung", "chung"],
    ];
    let through = (0..tokens.len()).find(|at| {
        tokens[*at].is_word("qua")
            && !at.checked_sub(1).is_some_and(|b| {
                matches!(tokens[b].folded.as_str(), "ket" | "hieu" | "vuot" | "bo" | "thong")
            })
    });
    if let Some(at) = through.filter(|at| *at > 0) {
        return phrase(text, tokens, at, 9);
    }
    let at = (0..tokens.len()).find(|at| NAMES.iter().any(|words| words_at(tokens, *at, words)))?;
    phrase(text, tokens, at, 6)
}

/// The words after "gửi … về", "báo cáo … về", "nộp … cho".
fn to(text: &str, tokens: &[Token]) -> Option<String> {
    let verb = (0..tokens.len()).find(|at| {
        tokens[*at].is_word("gui")
            || tokens[*at].is_word("nop")
            || words_at(tokens, *at, &["bao", "cao"])
            || words_at(tokens, *at, &["bao", "ve"])
    })?;
    let office = |at: usize| {
        tokens.get(at).is_some_and(|t| {
            t.capital
                || matches!(
                    t.folded.as_str(),
                    "phong" | "to" | "van" | "so" | "ban" | "hieu" | "pho" | "truong" | "chuyen"
                )
        })
    };
    let at = (verb + 1..tokens.len().min(verb + 40)).find(|at| {
        let about = words_at(tokens, *at, &["ve", "viec"]) || words_at(tokens, *at, &["ve", "tinh"]);
        (tokens[*at].is_word("ve") || tokens[*at].is_word("cho")) && !about && office(at + 1)
    });
    let direct = (tokens[verb].is_word("gui") || tokens[verb].is_word("bao"))
        .then(|| if tokens[verb].is_word("bao") { verb + 2 } else { verb + 1 })
        .filter(|at| tokens.get(*at).is_some_and(|t| t.is_word("phong") && t.capital));
    let to = phrase(text, tokens, at.map(|at| at + 1).or(direct)?, 9)?;
    // "Phòng qua email …": the way there is no part of whom it goes to.
    Some(to.split(" qua ").next().unwrap_or(&to).trim().to_owned())
}

/// Whether a token stands between two others without a space, or behind a sign that does: a part of an address.
fn is_within_an_address(tokens: &[Token], at: usize) -> bool {
    let joins = |t: &Token| ['.', '@', '_', '/', ':', '?', '='].iter().any(|sign| t.is_sign(*sign));
    let tight = |at: usize| tokens.get(at + 1).is_some_and(|next| next.start == tokens[at].end);
    (joins(&tokens[at]) && tight(at)) || joins(&tokens[at - 1])
}

/// A phrase from a token on: to the next sign, or to a word that begins the deadline.
fn phrase(text: &str, tokens: &[Token], at: usize, most: usize) -> Option<String> {
    const ENDS: [&str; 11] =
        ["truoc", "cham", "muon", "xong", "ngay", "de", "trong", "theo", "tu", "dung", "khi"];
    let mut end = at;
    let mut count = 0;
    while let Some(token) = tokens.get(end) {
        // The address behind it is one word: "vp.doiche@mail.vn".
        if end > at && token.start == tokens[end - 1].end && is_within_an_address(tokens, end) {
            end += 1;
            continue;
        }
        if count == most {
            break;
        }
        count += 1;
        let sign = matches!(token.kind, TokenKind::Sign(c) if !matches!(c, '&' | '-' | '/'));
        if sign || (end > at && ENDS.contains(&token.folded.as_str())) {
            break;
        }
        end += 1;
    }
    let words = text.get(tokens.get(at)?.start..tokens.get(end.checked_sub(1)?)?.end)?.trim();
    (end > at).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_way_and_not_the_office() {
        let table = [
            ("Gửi về Phòng qua email vp.doiche@mail.vn trước 20/10.", "qua email vp.doiche@mail.vn", "Phòng"),
            ("Gửi Phòng qua hộp thư van_thu@mail.edu.vn.", "qua hộp thư van_thu@mail.edu.vn", "Phòng"),
            ("Nộp về Tổ mầm non qua nhóm Zalo. Bản giấy nộp sau.", "qua nhóm Zalo", "Tổ mầm non"),
        ];
        for (text, channel, to) in table {
            let found = handover(&Item { text: text.to_owned(), ..Item::default() });
            assert_eq!((found.channel.as_deref(), found.to.as_deref()), (Some(channel), Some(to)), "{text}");
        }
    }
}
