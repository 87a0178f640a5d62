//! Cutting a text to a platform's limit: between tasks, then between lines, then at spaces.

use super::{Block, Limits, Text};

/// Cuts a text into parts, each within `limits.text` less `reserve` units (room for what is added later, such as
/// counts). Blocks stay whole while they fit into a part of their own.
pub fn split(text: &Text, limits: &Limits, reserve: usize) -> Vec<Text> {
    let room = limits.text.saturating_sub(reserve).max(1);
    let length = |s: &str| limits.unit.length(s);
    let mut parts: Vec<Text> = Vec::new();
    let mut used = 0;
    for block in text.blocks.iter().flat_map(|block| pieces(block, room, &length)) {
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
    for (at, c) in text.char_indices() {
        used += length(c.encode_utf8(&mut [0; 4]));
        if used > room {
            break;
        }
        hard = at + c.len_utf8();
    }
    // A character longer than the room cannot be cut; it goes out alone rather than looping.
    let hard = hard.max(text.chars().next().map_or(0, char::len_utf8));
    let head = &text[..hard];
    let line = head.rfind('\n').filter(|at| length(&head[..*at]) * 2 >= room);
    line.or_else(|| head.rfind(char::is_whitespace).filter(|at| *at > 0))
        .map_or(hard, |at| at + text[at..].chars().next().map_or(0, char::len_utf8))
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
