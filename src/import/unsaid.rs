//! Words that stand for a date where none is said: "ngay khi nhận được công văn", "trong vòng 24 giờ", "khi phát sinh". They are kept,
//! and asked about.

use super::days::says_when;
use super::item::Item;
use crate::vietnamese::{TokenKind, tokens, words_at};

/// The words of an item that say when without a day, in its text or in its cell of times.
pub fn words_without_a_day(item: &Item) -> Option<String> {
    let cell = |text: &String| {
        let alone = says_when(&tokens(text)).then(|| text.trim().replace('\n', " "));
        alone.or_else(|| unsaid(text))
    };
    unsaid(&item.text).or_else(|| item.time.iter().find_map(cell))
}

fn unsaid(text: &str) -> Option<String> {
    const WORDS: [&[&str]; 53] = [
        &["trong", "tuan"],
        &["trong", "thang", "nay"],
        &["tuan", "sau"],
        &["tuan", "toi"],
        &["tuan", "ke", "tiep"],
        &["dau", "tuan"],
        &["cuoi", "tuan"],
        &["ngay", "cuoi"],
        &["ngay", "lam", "viec", "cuoi"],
        &["ngay", "lam", "viec", "dau"],
        &["truoc", "khai", "giang"],
        &["truoc", "tet"],
        &["sau", "tet"],
        &["truoc", "khi"],
        &["truoc", "ngay"],
        &["truoc", "do"],
        &["sau", "khi"],
        &["khi", "co"],
        &["khi", "ket", "thuc"],
        &["khi", "phat", "sinh"],
        &["ngay", "khi"],
        &["ngay", "sau"],
        &["ngay", "trong"],
        &["trong", "ngay"],
        &["trong", "vong"],
        &["trong", "24", "gio"],
        &["trong", "24h"],
        &["trong", "24", "h"],
        &["trong", "48", "gio"],
        &["cham", "nhat"],
        &["muon", "nhat"],
        &["ke", "tu", "ngay"],
        &["ke", "tu", "khi"],
        &["sang", "mai"],
        &["chieu", "mai"],
        &["ngay", "mai"],
        &["hom", "nay"],
        &["chieu", "nay"],
        &["cuoi", "nam", "hoc"],
        &["dau", "nam", "hoc"],
        &["giua", "nam", "hoc"],
        &["cuoi", "hoc", "ky"],
        &["dau", "hoc", "ky"],
        &["ket", "thuc", "hoc", "ky"],
        &["cuoi", "thang"],
        &["dau", "thang"],
        &["hang", "ngay"],
        &["hang", "tuan"],
        &["hang", "thang"],
        &["hang", "quy"],
        &["moi", "tuan"],
        &["moi", "thang"],
        &["tung", "quy"],
    ];
    let tokens = tokens(text);
    let at = (0..tokens.len()).find(|at| WORDS.iter().any(|words| words_at(&tokens, *at, words)))?;
    let comma = at + 3;
    let end = (at..tokens.len().min(at + 12))
        .find(|at| match tokens[*at].kind {
            TokenKind::Sign(',') => *at > comma,
            TokenKind::Sign(sign) => matches!(sign, ';' | '.' | '(' | ')'),
            _ => false,
        })
        .unwrap_or_else(|| tokens.len().min(at + 12));
    let (first, last) = (tokens.get(at)?, tokens.get(end.checked_sub(1)?)?);
    Some(text.get(first.start..last.end)?.replace('\n', " "))
}
