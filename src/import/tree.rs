//! Blocks nested by their markers, and the labels that points have by where they stand.

use super::blocks::TextBlock;
use super::days::is_label;
use super::marker::Marker;
use crate::vietnamese::{fold_start, tokens, weekday_at};

/// A block with those under it.
pub struct Node<'a> {
    /// The block.
    pub block: &'a TextBlock,
    /// What stands under it.
    pub children: Vec<Node<'a>>,
}

/// Nests blocks by their markers; a paragraph belongs to the point above it.
pub fn tree<'a>(blocks: &[&'a TextBlock]) -> Vec<Node<'a>> {
    let mut open: Vec<(usize, Node<'a>)> = Vec::new();
    let mut roots = Vec::new();
    let close = |open: &mut Vec<(usize, Node<'a>)>, roots: &mut Vec<Node<'a>>, level: usize| {
        while open.last().is_some_and(|(l, _)| *l >= level) {
            if let Some((_, node)) = open.pop() {
                open.last_mut().map_or(&mut *roots, |(_, parent)| &mut parent.children).push(node);
            }
        }
    };
    for block in blocks {
        let node = Node { block, children: Vec::new() };
        match level(block, &open) {
            Some(level) => {
                close(&mut open, &mut roots, level);
                open.push((level, node));
            }
            // A title in capitals without a number opens a section, unless it is the name of the one just opened.
            None if block.is_title()
                && (is_day(block)
                    || is_week(block)
                    || !open
                        .last()
                        .is_some_and(|(level, node)| *level <= TITLE && node.children.is_empty())) =>
            {
                close(&mut open, &mut roots, TITLE);
                open.push((TITLE, node));
            }
            None => {
                close(&mut open, &mut roots, BULLET);
                open.last_mut().map_or(&mut roots, |(_, parent)| &mut parent.children).push(node);
            }
        }
    }
    close(&mut open, &mut roots, 0);
    roots
}

/// Whether a block is nothing but a day of the week: "THỨ HAI (05/10)".
pub fn is_day(block: &TextBlock) -> bool {
    is_label(&block.text) && {
        let tokens = tokens(&block.text);
        (0..tokens.len()).any(|at| weekday_at(&block.text, &tokens, at).is_some())
    }
}

/// Whether a block names a week of a month: "TUẦN 1 (03/3 - 08/3)".
fn is_week(block: &TextBlock) -> bool {
    let folded = fold_start(&block.text, 8);
    folded.strip_prefix("tuan ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Level of sections: Roman numbers, and titles in capitals without one.
const TITLE: usize = 20;
/// Levels of bullets: those of another sign under a heading bullet are its children.
const BULLET: usize = 80;

fn level(block: &TextBlock, open: &[(usize, Node<'_>)]) -> Option<usize> {
    let level = block.marker.level()? * 10;
    let Marker::Bullet(sign) = block.marker else { return Some(level) };
    let same = open.iter().find(|(_, node)| node.block.marker == Marker::Bullet(sign));
    if let Some((level, _)) = same {
        return Some(*level);
    }
    match open.last() {
        Some((above, node))
            if matches!(node.block.marker, Marker::Bullet(_)) && is_heading(&node.block.text) =>
        {
            Some(above + 1)
        }
        Some((above, _)) if *above > BULLET && *above < 90 => Some(*above),
        _ => Some(level),
    }
}

/// Whether a bullet or a point rather names what follows than says it.
pub fn is_heading(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with(':') || (!text.ends_with(['.', ';', '!']) && text.chars().count() < 80)
}

/// A node with all under it.
pub fn copy<'a>(node: &Node<'a>) -> Node<'a> {
    Node { block: node.block, children: node.children.iter().map(copy).collect() }
}

/// The label of a block under a path: "I" and "2" are "I.2". A number that is printed with those above it ("2.1" under "2") says
/// them itself.
pub fn labelled(path: &str, marker: &Marker, place: usize) -> String {
    let own = marker.label();
    let own = if own.is_empty() { place.to_string() } else { own };
    let above = match marker {
        Marker::Number(numbers) if numbers.len() > 1 => {
            path.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')
        }
        _ => path,
    };
    if above.is_empty() { own } else { format!("{above}.{own}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_keeps_its_printed_number() {
        let table = [
            ("", Marker::Number(vec![2]), "2"),
            ("I", Marker::Number(vec![2]), "I.2"),
            ("2", Marker::Number(vec![2, 1]), "2.1"),
            ("I.2", Marker::Number(vec![2, 1]), "I.2.1"),
            ("I.2.1", Marker::Number(vec![2, 1, 1]), "I.2.1.1"),
            // The point above was lost.
            ("B.1", Marker::Number(vec![2, 1]), "B.2.1"),
            ("2.1", Marker::Letter('a'), "2.1.a"),
            ("2.1", Marker::Bullet('-'), "2.1.3"),
        ];
        for (path, marker, want) in table {
            assert_eq!(labelled(path, &marker, 3), want, "{path}");
        }
    }
}
