//! A message as words that are meant: Unicode form, quoted part off, teencode and telex slips repaired.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use compact_str::CompactString;
use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

use super::key::{Key, Print};
use super::phrases::{Word, phrases};
use crate::vietnamese::{Amount, Token, TokenKind, amount_at, fold, fold_word, normal, tokens};

/// The words of a message.
#[derive(Debug)]
pub(super) struct Line {
    /// In normal form, without what it quotes.
    pub text: String,
    /// Words, numbers and signs; the folded words are those that are meant.
    pub tokens: Vec<Token>,
    /// The spelling of each token, see [`spelling`].
    pub spelled: Vec<CompactString>,
    /// The folded word of each token.
    keys: Vec<Key>,
    /// The spelling of each token, and whether it is whole without any mark among words with theirs.
    prints: Vec<(Print, bool)>,
    /// The amount that begins at each token, worked out when one is asked for.
    amounts: OnceCell<Vec<Option<(Amount, usize)>>>,
    /// Its words have their marks: a third of them at least.
    pub marked: bool,
    /// What it quoted in its own text.
    pub quoted: Option<String>,
}

impl Line {
    pub fn new(text: &str) -> Self {
        let mut whole = half_width(&normal(text));
        if whole.contains('\t') {
            whole = unfold_table(&whole);
        }
        let (quoted, own) = cut_quotation(&whole);
        let mut tokens = tokens(own);
        let mut spelled = Vec::with_capacity(tokens.len());
        let mut number_ends = None;
        say_zero_as_no(own, &mut tokens);
        say_letter_as_zero(own, &mut tokens);
        say_ages(&mut tokens);
        for token in &mut tokens {
            let typed = own.get(token.start..token.end).unwrap_or_default();
            let printed = spelling(&shortened(CompactString::from_str_to_lowercase(typed), token));
            // The k of 500k is a unit, not a word.
            let unit = number_ends == Some(token.start);
            number_ends = token.number().map(|_| token.end);
            // "331c", "12l": what is counted, by its letter.
            if unit && token.end - token.start <= 2 {
                let meant = match token.folded.as_str() {
                    "c" | "ch" if !token.capital => Some("cháu"),
                    "l" => Some("lớp"),
                    _ => None,
                };
                if let Some(meant) = meant {
                    token.folded = fold_word(meant);
                    spelled.push(spelling(meant));
                    continue;
                }
            }
            spelled.push(match token.folded.as_str() {
                "khong" if printed == "0" => spelling("không"),
                "tuoi" if printed == "t" => spelling("tuổi"),
                _ if unit => printed,
                _ => repair(token, printed),
            });
        }
        let words = tokens.iter().filter(|t| t.kind == TokenKind::Word);
        let (all, marks) = words
            .fold((0, 0), |(all, marks), t| (all + 1, marks + usize::from(!own[t.start..t.end].is_ascii())));
        let marked = marks > 0 && 3 * marks >= all;
        let amounts = OnceCell::new();
        let keys = tokens.iter().map(|t| Key::of(&t.folded)).collect();
        let level = |spelled: &str| marked && phrases().is_level(spelled);
        let prints = spelled.iter().map(|spelled| (Print::of(spelled), level(spelled))).collect();
        Self { marked, text: own.to_owned(), tokens, spelled, keys, prints, amounts, quoted }
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The folded word at `at`; signs as themselves; empty behind the end.
    pub fn folded(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.folded.as_str())
    }

    /// The word, number or sign at `at`.
    pub fn word(&self, at: usize) -> Option<Word<'_>> {
        let (token, spelled) = (self.tokens.get(at)?, self.spelled.get(at)?);
        let (key, (print, level)) = (*self.keys.get(at)?, *self.prints.get(at)?);
        Some(Word { spelled, folded: &token.folded, level, key, print })
    }

    /// The number of the folded word at `at`; that of no word behind the end.
    pub fn key(&self, at: usize) -> Key {
        self.keys.get(at).copied().unwrap_or(const { Key::of("") })
    }

    pub fn is(&self, at: usize, words: &[Key]) -> bool {
        self.keys.get(at).is_some_and(|key| key.is_one_of(words))
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
    }

    pub fn number(&self, at: usize) -> Option<u32> {
        self.tokens.get(at).and_then(Token::number)
    }

    /// The amount that begins at `at`, see [`amount_at`].
    pub fn amount(&self, at: usize) -> Option<(Amount, usize)> {
        let all = || (0..self.len()).map(|at| amount_at(&self.text, &self.tokens, at)).collect();
        *self.amounts.get_or_init(all).get(at)?
    }

    pub fn is_sign(&self, at: usize, sign: char) -> bool {
        self.tokens.get(at).is_some_and(|t| t.is_sign(sign))
    }

    /// Whether the token stands right behind the one before it.
    pub fn is_glued(&self, at: usize) -> bool {
        at > 0 && at < self.len() && self.tokens[at - 1].end == self.tokens[at].start
    }

    /// Whether a line ends between the token before and this one.
    pub fn begins_line(&self, at: usize) -> bool {
        let from = at.checked_sub(1).and_then(|n| self.tokens.get(n)).map_or(0, |t| t.end);
        self.tokens.get(at).is_some_and(|t| at == 0 || self.text[from..t.start].contains('\n'))
    }

    /// The words as typed.
    pub fn printed(&self, range: Range<usize>) -> &str {
        let range = range.start..range.end.min(self.len());
        if range.is_empty() {
            return "";
        }
        &self.text[self.tokens[range.start].start..self.tokens[range.end - 1].end]
    }
}

/// "0 có ai", "0 thấy": the digit stands for the word.
fn say_zero_as_no(text: &str, tokens: &mut [Token]) {
    const VERBS: [&str; 16] = [
        "co", "thay", "biet", "duoc", "dc", "phai", "can", "kip", "xin", "the", "lam", "nop", "gui", "thieu",
        "con", "vao",
    ];
    for at in 1..tokens.len() {
        let (before, behind) = tokens.split_at_mut(at);
        let (earlier, zero) = before.split_at_mut(at - 1);
        let (zero, next) = (&mut zero[0], &behind[0]);
        let labels = before_is_label(earlier);
        let alone = text.get(zero.start..zero.end) == Some("0") && next.start > zero.end;
        if alone && !labels && next.kind == TokenKind::Word && VERBS.contains(&next.folded.as_str()) {
            zero.kind = TokenKind::Word;
            zero.folded = "khong".into();
        }
    }
}

/// "béo phì O": the letter behind a word, with nothing behind it, is the digit.
fn say_letter_as_zero(text: &str, tokens: &mut [Token]) {
    for at in 1..tokens.len() {
        let ends =
            tokens.get(at + 1).is_none_or(|t| matches!(t.kind, TokenKind::Sign(',' | ';' | '.' | '\n')));
        let printed = text.get(tokens[at].start..tokens[at].end);
        let behind_a_word = tokens[at - 1].kind == TokenKind::Word || tokens[at - 1].is_sign(':');
        if printed == Some("O") && ends && behind_a_word {
            tokens[at].kind = TokenKind::Number { value: 0, repaired: true };
            tokens[at].folded = "0".into();
        }
    }
}

/// "5t: 93", "trẻ 3T 49": years of age.
fn say_ages(tokens: &mut [Token]) {
    for at in 0..tokens.len().saturating_sub(1) {
        let small = tokens[at].number().is_some_and(|n| n <= 6);
        let letter = tokens[at + 1].is_word("t") && tokens[at + 1].start == tokens[at].end;
        let next = tokens.get(at + 2).filter(|t| t.start > tokens[at + 1].end || t.kind != TokenKind::Word);
        // "5t htct 76", "ban giao 5t xong".
        let group = tokens[at].number().is_some_and(|n| (3..=5).contains(&n))
            && next.is_some_and(|t| t.kind == TokenKind::Word);
        let figure = group
            || next.is_some_and(|t| {
                t.is_sign(':') || t.is_sign('=') || t.number().is_some() && t.start > tokens[at + 1].end
            });
        let child =
            at > 0 && ["tre", "chau", "be", "lop", "khoi", "mg"].contains(&tokens[at - 1].folded.as_str());
        if small && letter && (figure || child) {
            tokens[at + 1].folded = "tuoi".into();
        }
    }
}

/// "béo phì 0 còn …", "vắng: 0": a figure.
fn before_is_label(tokens: &[Token]) -> bool {
    tokens.last().is_some_and(|t| {
        t.is_sign(':')
            || t.is_sign('=')
            || t.kind == TokenKind::Word
                && !matches!(
                    t.folded.as_str(),
                    "a" | "em" | "e" | "chi" | "truong" | "da" | "nen" | "ma" | "roi" | "thi" | "r"
                )
    })
}

/// "rồiiii" is "rồi": the same letter three times and more is one.
fn shortened(lower: CompactString, token: &mut Token) -> CompactString {
    let drawn = || {
        let letters = || lower.chars();
        letters().zip(letters().skip(1)).zip(letters().skip(2)).any(|((a, b), c)| a == b && b == c)
    };
    // An abbreviation has no vowel: "pccc".
    let long = token.kind == TokenKind::Word && drawn() && fold(&lower).contains(is_vowel);
    if !long {
        return lower;
    }
    let mut short = CompactString::with_capacity(lower.len());
    for c in lower.chars() {
        if !short.ends_with(c) {
            short.push(c);
        }
    }
    token.folded = fold_word(&short);
    short
}

/// Full-width letters, digits and signs as plain ones: Vietnamese telephones with a Chinese keyboard write them.
fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    let plain: String = text.chars().map(half).collect();
    // "34 đ/c": comrades, neither money nor a ratio.
    if plain.contains("đ/c") { plain.replace("đ/c", "đồng chí") } else { plain }
}

/// Rows copied from a sheet, under their headings, as labels and figures: each row a line of its own.
fn unfold_table(text: &str) -> String {
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').map(str::trim).collect()).collect();
    let Some(head) = rows.iter().position(|row| row.len() >= 3) else { return text.to_owned() };
    let width = rows[head].len();
    let numbered = |row: &[&str]| row.iter().filter(|c| c.starts_with(|c: char| c.is_ascii_digit())).count();
    let (heading, body) = (&rows[head], &rows[head + 1..]);
    let table = numbered(heading) == 0
        && body.first().is_some_and(|row| row.len() == width && 2 * numbered(row) >= width);
    if !table {
        return text.to_owned();
    }
    let is_order = |title: &str| matches!(fold(title).as_str(), "stt" | "tt" | "so tt");
    let is_name = |title: &str| {
        ["truong", "don vi", "ten truong", "ten don vi", "co so"].contains(&fold(title).as_str())
    };
    let mut lines: Vec<String> = rows[..head].iter().map(|row| row.join(" ")).collect();
    for row in body {
        if row.len() != width {
            lines.push(row.join(" "));
            continue;
        }
        let cells = heading.iter().zip(row).filter(|(title, cell)| !is_order(title) && !cell.is_empty());
        let said: Vec<String> = cells
            .map(|(title, cell)| if is_name(title) { format!("{cell}:") } else { format!("{title} {cell},") })
            .collect();
        lines.push(said.join(" ").trim_end_matches(',').to_owned());
    }
    lines.join("\n")
}

/// `[Trả lời: …]` at the start, and lines that begin with `>`: what the message answers, not what it says.
fn cut_quotation(text: &str) -> (Option<String>, &str) {
    let mut rest = text.trim_start();
    let mut quoted = String::new();
    loop {
        let line = rest.split('\n').next().unwrap_or_default();
        let bracket = rest.strip_prefix('[').filter(|inner| {
            let head = fold(inner.get(..inner.find([':', ']']).unwrap_or(0)).unwrap_or_default());
            let forwarded = head.trim().starts_with("chuyen tiep");
            forwarded || matches!(head.trim(), "tra loi" | "reply" | "rep" | "trich" | "tl" | "phan hoi")
        });
        if let Some((inner, after)) = bracket.and_then(|inner| inner.split_once(']')) {
            quoted.push_str(inner.split_once(':').map_or("", |(_, words)| words));
            rest = after.trim_start();
        } else if line.starts_with('>') {
            quoted.push_str(line.trim_start_matches(['>', ' ']));
            rest = rest[line.len()..].trim_start();
        } else {
            break;
        }
        quoted.push('\n');
    }
    let quoted = quoted.trim();
    ((!quoted.is_empty()).then(|| quoted.to_owned()), rest)
}

/// A word with its tone mark at the end, so that `hoà` and `hòa` are one word: the letters with their shapes, then the tone.
pub(super) fn spelling(word: &str) -> CompactString {
    if word.is_ascii() {
        return word.into();
    }
    let mut parted = CompactString::default();
    let mut last = None;
    for c in word.chars() {
        let Some((letter, tone)) = parted_tone(c) else { return slow_spelling(word) };
        parted.push(letter);
        last = tone.or(last);
    }
    parted.extend(last);
    parted
}

/// A letter of Vietnamese without its tone, and the tone: they are looked up, as nearly every word has one.
fn parted_tone(c: char) -> Option<(char, Option<char>)> {
    type Parted = Option<(char, Option<char>)>;
    fn part(c: char) -> Parted {
        let (letter, tone) = letters_and_tone(std::iter::once(c));
        let mut letter = letter.nfc();
        let only = letter.next()?;
        letter.next().is_none().then_some((only, tone))
    }
    static LATIN: LazyLock<Vec<Parted>> = LazyLock::new(|| ('\u{c0}'..='\u{24f}').map(part).collect());
    static LATIN_ADDITIONAL: LazyLock<Vec<Parted>> =
        LazyLock::new(|| ('\u{1e00}'..='\u{1eff}').map(part).collect());
    match c {
        '\0'..='\x7f' => Some((c, None)),
        '\u{c0}'..='\u{24f}' => LATIN[c as usize - 0xc0],
        '\u{1e00}'..='\u{1eff}' => LATIN_ADDITIONAL[c as usize - 0x1e00],
        _ => None,
    }
}

/// [`spelling`] of any letters.
fn slow_spelling(word: &str) -> CompactString {
    let (letters, tone) = letters_and_tone(word.chars());
    letters.nfc().chain(tone).collect()
}

fn letters_and_tone(word: impl Iterator<Item = char>) -> (String, Option<char>) {
    let mut letters = String::new();
    let mut tone = None;
    for c in word.nfd() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(c),
            c => letters.push(c),
        }
    }
    (letters, tone)
}

/// Puts the meant word into the token and gives its spelling.
fn repair(token: &mut Token, spelled: CompactString) -> CompactString {
    if token.kind != TokenKind::Word {
        return spelled;
    }
    if let Some(meant) = phrases().meant(&spelled) {
        token.folded = fold_word(meant);
        return spelling(meant);
    }
    if !is_syllable(&token.folded)
        && let Some(meant) = untelex(&token.folded)
    {
        token.folded = meant.as_str().into();
        return match phrases().meant(&meant) {
            Some(word) => {
                token.folded = fold_word(word);
                spelling(word)
            }
            None => meant.into(),
        };
    }
    spelled
}

/// The folded word behind keys of the telex method that were not turned into marks: `nhaapj` is "nhap".
fn untelex(word: &str) -> Option<String> {
    if !word.is_ascii() || word.len() < 2 || word.len() > 9 {
        return None;
    }
    let mut letters: Vec<char> = Vec::new();
    let (mut tones, mut shapes) = (0, 0);
    for (at, c) in word.chars().enumerate() {
        let vowels = letters.iter().any(|v| is_vowel(*v));
        match c {
            's' | 'f' | 'r' | 'x' | 'j' if vowels => tones += 1,
            'w' => {
                shapes += 1;
                if !letters.last().is_some_and(|v| matches!(v, 'a' | 'o' | 'u')) && !vowels {
                    letters.push('u');
                }
            }
            'a' | 'e' | 'o'
                if vowels && letters.contains(&c) && (letters.last() == Some(&c) || at + 2 >= word.len()) =>
            {
                shapes += 1;
            }
            'd' if letters == ['d'] => shapes += 1,
            c => letters.push(c),
        }
    }
    let meant: String = letters.into_iter().collect();
    let last_is_tone = word.ends_with(['s', 'f', 'r', 'x', 'j']);
    let typed = shapes > 0 || (tones == 1 && last_is_tone);
    let known = is_syllable(&meant) || phrases().meant(&meant).is_some();
    (typed && tones <= 1 && meant != word && known).then_some(meant)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Whether a folded word can be a Vietnamese syllable.
pub(super) fn is_syllable(word: &str) -> bool {
    const ONSETS: [&str; 27] = [
        "", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p",
        "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
    ];
    const RIMES: [&str; 108] = [
        "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec", "ech",
        "em", "en", "eng", "enh", "eo", "ep", "et", "eu", "i", "ia", "ich", "iec", "iem", "ien", "ieng",
        "iep", "iet", "ieu", "im", "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach", "oai", "oam",
        "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oem", "oen", "oeo", "oet", "oi",
        "om", "on", "ong", "oong", "op", "ot", "u", "ua", "uan", "uang", "uap", "uat", "uay", "uc", "ue",
        "uech", "uenh", "ui", "um", "un", "ung", "uo", "uoc", "uoi", "uom", "uon", "uong", "uop", "uot",
        "uou", "up", "ut", "uu", "uy", "uya", "uych", "uyen", "uyet", "uym", "uyn", "uynh", "uyt", "uyu",
        "y", "yem", "yen", "yet", "yeu",
    ];
    // None is longer than a key: equal keys are equal words.
    static ALL: LazyLock<FxHashSet<Key>> = LazyLock::new(|| {
        let with = |onset: &'static str| RIMES.iter().map(move |rime| Key::of(&format!("{onset}{rime}")));
        ONSETS.into_iter().flat_map(with).collect()
    });
    word.len() <= Key::LONGEST && ALL.contains(&Key::of(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syllable_has_an_onset_and_a_rime() {
        for word in ["nghieng", "quyen", "gi", "truong", "a", "oanh", "uyu", "yeu", "xoong", "phai"] {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["csdl", "", "pgd", "thcs", "truonh", "ngq", "ố"] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    fn folded(text: &str) -> String {
        Line::new(text).tokens.iter().map(|t| t.folded.clone()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn telex_slips_and_teencode_are_the_words_meant() {
        let table = [
            ("ddax nhanaj ddc", "da nhan duoc"),
            ("nhaapj xong roofi aj", "nhap xong roi a"),
            ("truowngf em chuwa nopj", "truong em chua nop"),
            ("đax gửi", "da gui"),
            ("e ko gửi đc", "em khong gui duoc"),
            ("xong r nha c", "xong roi nha chi"),
            ("link mail excel zalo check sdd", "link mail excel zalo check sdd"),
            ("ＭＮ Hoa Mai： 320", "mn hoa mai : 320"),
        ];
        for (text, want) in table {
            assert_eq!(folded(text), want, "{text}");
        }
    }

    #[test]
    fn what_is_quoted_is_not_said() {
        let line = Line::new("[Trả lời: Trường đã nộp chưa?]\nRồi chị");
        assert_eq!((line.text.as_str(), line.quoted.as_deref()), ("Rồi chị", Some("Trường đã nộp chưa?")));
        let line = Line::new("> Nhắc: báo cáo 12\n> hạn 17/10\nem gửi rồi");
        assert_eq!(line.text, "em gửi rồi");
        assert_eq!(Line::new("[V12] 320 trẻ").quoted, None);
    }

    #[test]
    fn one_word_has_one_spelling() {
        assert_eq!(spelling("hoà"), spelling("hòa"));
        for c in ('\u{80}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}') {
            for word in
                [String::from(c), format!("nghi{c}ng"), format!("o{c}\u{1ea1}i"), format!("\u{e1}{c}")]
            {
                assert_eq!(spelling(&word), slow_spelling(&word), "{word}");
            }
        }
        assert_ne!(spelling("đã"), spelling("dạ"));
    }
}
