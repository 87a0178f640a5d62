//! Cutting a text to a platform's limit: between tasks, then between lines, then at spaces.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{Block, Limits, Text};

/// Joins the signs on both its sides into one (a family of faces).
const JOINER: char = '\u{200d}';

/// Cuts a text into parts, each within `limits.text` less `reserve` units (room for what is added later, such as
/// counts). Blocks stay whole while they fit into a part of their own. In NFC: the length is that of what leaves, and no letter
/// is parted from its marks.
pub fn split(text: &Text, limits: &Limits, reserve: usize) -> Vec<Text> {
    let room = limits.text.saturating_sub(reserve).max(1);
    let length = |s: &str| limits.unit.length(s);
    let mut parts: Vec<Text> = Vec::new();
    let mut used = 0;
    let composed = |block: &Block| Block { text: block.text.nfc().collect(), ..block.clone() };
    for block in text.blocks.iter().map(composed).flat_map(|block| pieces(&block, room, &length)) {
        let own = length(&block.text);
        match parts.last_mut() {
            // A line break joins blocks of one part.
            Some(part) if used + 1 + own <= room => {
                used += 1 + own;
                part.blocks.push(block);
            }
            _ => {
                used = own;
                parts.push(Text { blocks: vec![block], named: text.named.clone() });
            }
        }
    }
    parts
}

/// A block, cut into pieces when it is longer than a whole part.
fn pieces(block: &Block, room: usize, length: &dyn Fn(&str) -> usize) -> Vec<Block> {
    if length(&block.text) <= room {
        return vec![block.clone()];
    }
    let mut pieces = Vec::new();
    let mut rest = block.text.as_str();
    while !rest.is_empty() {
        let end = cut(rest, room, length);
        let (head, tail) = rest.split_at(end);
        if !head.trim_end().is_empty() {
            pieces.push(Block { text: head.trim_end().to_owned(), ..block.clone() });
        }
        rest = tail.trim_start();
    }
    pieces
}

/// The byte at which to cut so that what stands before it fits: after the last line break that leaves the piece at
/// least half full, else after the last space, else between two characters.
fn cut(text: &str, room: usize, length: &dyn Fn(&str) -> usize) -> usize {
    if length(text) <= room {
        return text.len();
    }
    let mut used = 0;
    let mut hard = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| is_boundary(before, c)) {
            hard = at;
        }
        used += length(c.encode_utf8(&mut [0; 4]));
        if used > room {
            break;
        }
        before = Some(c);
    }
    // One sign that is longer than the room is cut within.
    let fits = |end: &usize| length(&text[..*end]) <= room;
    let hard = if hard > 0 {
        hard
    } else {
        text.char_indices().map(|(at, _)| at).take_while(fits).last().unwrap_or(0)
    };
    // A character longer than the room cannot be cut; it goes out alone rather than looping.
    let hard = hard.max(text.chars().next().map_or(0, char::len_utf8));
    let head = &text[..hard];
    let line = head.rfind('\n').filter(|at| length(&head[..*at]) * 2 >= room);
    line.or_else(|| head.rfind(char::is_whitespace).filter(|at| *at > 0))
        .map_or(hard, |at| at + text[at..].chars().next().map_or(0, char::len_utf8))
}

/// Whether a person sees two signs here: no mark, selector, tone of skin or joiner that belongs to the one before, nor half a flag.
fn is_boundary(before: char, c: char) -> bool {
    let belongs =
        is_combining_mark(c) || matches!(c, JOINER | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}');
    let is_flag = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    !belongs && before != JOINER && !(is_flag(before) && is_flag(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::TextUnit;

    fn limits(text: usize) -> Limits {
        Limits {
            text,
            caption: 1024,
            unit: TextUnit::Utf16,
            per_second: 30,
            chat_gap_ms: 1000,
            chat_burst: 3,
            group_per_minute: 20,
            group_reserve: 0,
            per_month: 0,
            counts_received: true,
            groups: 0,
            people: 0,
            kept_minutes: 0,
            action_bytes: 64,
            receive_bytes: 0,
        }
    }

    fn text(blocks: &[&str]) -> Text {
        let block = |t: &&str| Block { text: (*t).into(), strong: false, task: None };
        Text::of(blocks.iter().map(block).collect())
    }

    fn words(blocks: &[&str], room: usize) -> Vec<String> {
        split(&text(blocks), &limits(room), 0).iter().map(Text::words).collect()
    }

    #[test]
    fn tasks_stay_whole_while_they_fit() {
        assert_eq!(words(&["V1 một", "V2 hai", "V3 ba"], 13), ["V1 một\nV2 hai", "V3 ba"]);
        assert_eq!(words(&["V1 một"], 6), ["V1 một"]);
    }

    #[test]
    fn a_long_task_is_cut_at_lines_then_at_spaces_then_anywhere() {
        assert_eq!(words(&["dòng một\ndòng hai"], 10), ["dòng một", "dòng hai"]);
        assert_eq!(words(&["một hai ba bốn"], 8), ["một hai", "ba bốn"]);
        assert_eq!(words(&["áááááá"], 4), ["áááá", "áá"]);
    }

    #[test]
    fn units_are_those_of_the_platform() {
        assert_eq!(words(&["👍👍👍"], 4), ["👍👍", "👍"]);
        assert_eq!(words(&["👍"], 1), ["👍"]);
    }

    #[test]
    fn no_letter_is_parted_from_its_marks_and_no_sign_is_cut_within() {
        // As some telephones write it: letters and marks apart.
        assert_eq!(words(&["a\u{302}\u{301}a\u{302}\u{301}a\u{302}\u{301}"], 2), ["ấấ", "ấ"]);
        // A mark that no letter has taken up stays with it.
        assert_eq!(words(&["xq\u{301}q\u{301}"], 4), ["xq\u{301}", "q\u{301}"]);
        assert_eq!(words(&["ab👩\u{200d}👧"], 5), ["ab", "👩\u{200d}👧"]);
        // Longer than the room: it is cut, and nothing is lost.
        assert_eq!(words(&["👩\u{200d}👧"], 4).concat(), "👩\u{200d}👧");
        assert_eq!(words(&["ab👍🏽"], 5), ["ab", "👍🏽"]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_and_every_part_fits(blocks in proptest::collection::vec("[a-zàêđ \n👍]{0,40}", 0..8), room in 2_usize..30) {
            let blocks: Vec<&str> = blocks.iter().map(String::as_str).collect();
            let parts = words(&blocks, room);
            let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            proptest::prop_assert_eq!(bare(&parts.concat()), bare(&blocks.concat()));
            for part in parts {
                proptest::prop_assert!(TextUnit::Utf16.length(&part) <= room);
            }
        }
    }
}
