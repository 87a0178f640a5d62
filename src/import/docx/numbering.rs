//! Automatic numbering of Word: which number, letter or sign stands before a paragraph. It is nowhere in the text; Word counts
//! when it shows the document, and so do we.
//!
//! Lists that share their pattern go on counting from each other unless one is told to begin anew; a level begins anew after
//! each of a level above it (ECMA-376, part 1, 17.9).

use std::collections::{HashMap, HashSet};

use super::styles::Styles;
use crate::import::error::ImportError;
use crate::import::xml::{Tag, Xml};

/// Levels of a list.
const LEVELS: usize = 9;

/// What stands before the paragraphs of a level.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// After which level it begins anew (counted from 1; 0 is never); after each above it when it is not said.
    restart: Option<usize>,
    /// All numbers in figures.
    legal: bool,
    /// The style of paragraphs that stand on this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            restart: None,
            legal: false,
            style: None,
        }
    }
}

#[derive(Debug, Default)]
struct Pattern {
    levels: Vec<Option<Level>>,
    /// The style whose list holds the levels.
    link: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    pattern: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    patterns: HashMap<String, Pattern>,
    lists: HashMap<String, List>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read(text: &str) -> Result<Self, ImportError> {
        let mut numbering = Self::default();
        let mut xml = Xml::new(text);
        xml.children(|xml, _| {
            xml.children(|xml, tag| {
                match tag.name() {
                    "abstractNum" => {
                        if let Some(id) = tag.get("abstractNumId") {
                            numbering.patterns.insert(id, pattern(xml)?);
                        }
                    }
                    "num" => {
                        if let Some(id) = tag.get("numId") {
                            numbering.lists.insert(id, list(xml)?);
                        }
                    }
                    _ => {}
                }
                Ok(())
            })
        })?;
        Ok(numbering)
    }

    /// The level on which paragraphs of a style stand in a list.
    pub fn level_of_style(&self, list: &str, style: &str, styles: &Styles) -> Option<usize> {
        let pattern = self.pattern(list, styles)?;
        self.patterns
            .get(pattern)?
            .levels
            .iter()
            .position(|level| level.as_ref().is_some_and(|level| level.style.as_deref() == Some(style)))
    }

    /// What stands before the next paragraph on a level of a list; counts it. `None` when nothing does.
    pub fn next(&mut self, list: &str, level: usize, styles: &Styles) -> Option<String> {
        let at = level.min(LEVELS - 1);
        let pattern = self.pattern(list, styles)?.to_owned();
        let own = self.level(list, &pattern, at)?.clone();
        let anew = self.lists.get(list).and_then(|l| l.starts.get(&at).copied());
        let first = self.begun.insert((list.to_owned(), at));
        let start = anew.unwrap_or(own.start);
        let counts = self.counts.entry(pattern.clone()).or_default();
        counts[at] = match counts[at] {
            Some(count) if anew.is_none() || !first => Some(count.saturating_add(1)),
            _ => Some(start),
        };
        for deeper in at + 1..LEVELS {
            let restart = self.level(list, &pattern, deeper).and_then(|l| l.restart);
            if restart.is_none_or(|after| after > 0 && at < after) {
                self.counts.entry(pattern.clone()).or_default()[deeper] = None;
            }
        }
        if own.format == "bullet" {
            return self.bullet(&own, list, &pattern, at);
        }
        let said = tidy(&self.fill(&own, list, &pattern));
        Some(said).filter(|said| !said.is_empty())
    }

    /// A bullet's sign. Below another bullet of its list it is a bullet of a bullet, whatever it looks like.
    fn bullet(&self, own: &Level, list: &str, pattern: &str, at: usize) -> Option<String> {
        let sign = own.text.trim().chars().next()?;
        let counts = self.counts.get(pattern);
        let below = (0..at).any(|above| {
            counts.is_some_and(|c| c[above].is_some())
                && self.level(list, pattern, above).is_some_and(|l| l.format == "bullet")
        });
        let sign = match sign {
            _ if below => '+',
            '\u{e000}'..='\u{f8ff}' => '•',
            sign => sign,
        };
        Some(sign.to_string())
    }

    /// The text of a level with its numbers: "%1.%2." → "2.3.".
    fn fill(&self, own: &Level, list: &str, pattern: &str) -> String {
        let counts = self.counts.get(pattern).copied().unwrap_or_default();
        let mut out = String::new();
        let mut chars = own.text.chars();
        while let Some(c) = chars.next() {
            let digit = if c == '%' { chars.clone().next().and_then(|d| d.to_digit(10)) } else { None };
            let Some(which) = digit.and_then(|d| (d as usize).checked_sub(1)) else {
                out.push(c);
                continue;
            };
            chars.next();
            let level = self.level(list, pattern, which);
            let number = counts[which.min(LEVELS - 1)].unwrap_or_else(|| level.map_or(1, |l| l.start));
            let format = level.map_or("decimal", |l| l.format.as_str());
            out.push_str(&written(number, if own.legal { "decimal" } else { format }));
        }
        out
    }

    fn level(&self, list: &str, pattern: &str, at: usize) -> Option<&Level> {
        let own = self.lists.get(list).and_then(|l| l.levels.get(&at));
        own.or_else(|| self.patterns.get(pattern)?.levels.get(at)?.as_ref())
    }

    /// The pattern of a list; where that only names a style, the pattern of the style's list.
    fn pattern(&self, list: &str, styles: &Styles) -> Option<&str> {
        let mut id = self.lists.get(list)?.pattern.as_str();
        for _ in 0..3 {
            let Some(link) = self.patterns.get(id).and_then(|p| p.link.as_deref()) else { break };
            let Some((list, ..)) = styles.place(Some(link)) else { break };
            id = self.lists.get(&list)?.pattern.as_str();
        }
        Some(id)
    }
}

fn pattern(xml: &mut Xml<'_>) -> Result<Pattern, ImportError> {
    let mut pattern = Pattern { levels: vec![None; LEVELS], link: None };
    xml.children(|xml, tag| {
        match tag.name() {
            "lvl" => {
                let (at, level) = level(xml, tag)?;
                if let Some(place) = pattern.levels.get_mut(at) {
                    *place = Some(level);
                }
            }
            "numStyleLink" => pattern.link = tag.val(),
            _ => {}
        }
        Ok(())
    })?;
    Ok(pattern)
}

fn list(xml: &mut Xml<'_>) -> Result<List, ImportError> {
    let mut list = List::default();
    xml.children(|xml, tag| {
        match tag.name() {
            "abstractNumId" => list.pattern = tag.val().unwrap_or_default(),
            "lvlOverride" => {
                let at = tag.get("ilvl").and_then(|at| at.parse().ok()).unwrap_or_default();
                xml.children(|xml, tag| {
                    match tag.name() {
                        "startOverride" => {
                            list.starts.insert(at, number(tag).unwrap_or(1));
                        }
                        "lvl" => {
                            list.levels.insert(at, level(xml, tag)?.1);
                        }
                        _ => {}
                    }
                    Ok(())
                })?;
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(list)
}

fn level(xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<(usize, Level), ImportError> {
    let at = tag.get("ilvl").and_then(|at| at.parse().ok()).unwrap_or_default();
    let mut level = Level::default();
    xml.children(|_, tag| {
        match tag.name() {
            "start" => level.start = number(tag).unwrap_or(1),
            "numFmt" => level.format = tag.val().unwrap_or_default(),
            "lvlText" => level.text = tag.val().unwrap_or_default(),
            "lvlRestart" => level.restart = tag.number(),
            "isLgl" => level.legal = tag.is_on(),
            "pStyle" => level.style = tag.val(),
            _ => {}
        }
        Ok(())
    })?;
    Ok((at, level))
}

fn number(tag: &Tag<'_>) -> Option<u32> {
    tag.val()?.trim().parse().ok()
}

/// A number in one of Word's formats; those that an office does not use are figures.
fn written(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number, b'a'),
        "upperLetter" => letters(number, b'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalZero" => format!("{number:02}"),
        "none" => String::new(),
        _ => number.to_string(),
    }
}

/// a … z, aa, bb.
fn letters(number: u32, first: u8) -> String {
    let Some(at) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(first + u8::try_from(at % 26).unwrap_or_default());
    std::iter::repeat_n(letter, (at / 26 + 1).min(4) as usize).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(3999);
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

/// A number as people type it: "(a)" → "a)", "1" → "1.", "IV -" → "IV.".
fn tidy(text: &str) -> String {
    let text = text.trim();
    let bare = text.trim_end_matches(['-', '–', ' ']);
    let bare = bare.strip_prefix('(').filter(|rest| rest.ends_with(')')).unwrap_or(bare);
    let open = bare.ends_with(|c: char| c.is_alphanumeric());
    if open { format!("{bare}.") } else { bare.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(inner: &str) -> Numbering {
        Numbering::read(&format!("<w:numbering xmlns:w=\"w\">{inner}</w:numbering>")).unwrap()
    }

    fn lvl(at: usize, format: &str, text: &str) -> String {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    }

    fn count(numbering: &mut Numbering, steps: &[(&str, usize)]) -> Vec<String> {
        let styles = Styles::default();
        steps.iter().map(|(list, level)| numbering.next(list, *level, &styles).unwrap_or_default()).collect()
    }

    #[test]
    fn levels_count_and_begin_anew_under_the_next() {
        let levels =
            lvl(0, "upperRoman", "%1.") + &lvl(1, "decimal", "%1.%2.") + &lvl(2, "lowerLetter", "(%3)");
        let levels = levels.replacen("<w:lvl w:ilvl=\"1\">", "<w:lvl w:ilvl=\"1\"><w:isLgl/>", 1);
        let mut lists = lists(&format!(
            "<w:abstractNum w:abstractNumId=\"5\">{levels}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"5\"/></w:num>"
        ));
        let steps = [("1", 0), ("1", 1), ("1", 2), ("1", 2), ("1", 1), ("1", 2), ("1", 0), ("1", 1)];
        assert_eq!(count(&mut lists, &steps), ["I.", "1.1.", "a)", "b)", "1.2.", "a)", "II.", "2.1."]);
    }

    #[test]
    fn lists_of_one_pattern_go_on_unless_told_to_begin_anew() {
        let mut lists = lists(&format!(
            "<w:abstractNum w:abstractNumId=\"5\">{}</w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"5\"/></w:num>\
             <w:num w:numId=\"2\"><w:abstractNumId w:val=\"5\"/></w:num>\
             <w:num w:numId=\"3\"><w:abstractNumId w:val=\"5\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
            lvl(0, "decimal", "%1")
        ));
        let steps = [("1", 0), ("1", 0), ("2", 0), ("3", 0), ("3", 0), ("9", 0)];
        assert_eq!(count(&mut lists, &steps), ["1.", "2.", "3.", "1.", "2.", ""]);
    }

    #[test]
    fn a_bullet_below_a_bullet_is_a_bullet_of_it() {
        let levels = lvl(0, "bullet", "\u{f0b7}") + &lvl(1, "bullet", "o") + &lvl(2, "bullet", "\u{f0a7}");
        let mut lists = lists(&format!(
            "<w:abstractNum w:abstractNumId=\"5\">{levels}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"5\"/></w:num>\
             <w:abstractNum w:abstractNumId=\"6\">{}{}</w:abstractNum><w:num w:numId=\"2\"><w:abstractNumId w:val=\"6\"/></w:num>",
            lvl(0, "decimal", "%1."),
            lvl(1, "bullet", "-"),
        ));
        let steps = [("1", 0), ("1", 1), ("1", 2), ("2", 0), ("2", 1)];
        assert_eq!(count(&mut lists, &steps), ["•", "+", "+", "1.", "-"]);
    }

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (number, format, want) in [
            (28, "lowerLetter", "bb"),
            (14, "upperRoman", "XIV"),
            (4, "lowerRoman", "iv"),
            (3, "decimalZero", "03"),
        ] {
            assert_eq!(written(number, format), want);
        }
    }
}
