//! Points and bullets → items.
//!
//! A numbered point is a heading when bullets stand under it, and then each bullet is an item; it is the item itself when it
//! ends with a colon, when its children are a) b) c) or "+", or when it has none. A paragraph counts only if it lays a dated
//! duty on somebody; the stage that reads dates decides that.

use chrono::NaiveDate;

use super::actors::is_of_the_office;
use super::blocks::TextBlock;
use super::days::{Week, day_cell, is_half_day, is_label, week_named};
use super::directive::{Kind, Span};
use super::doubt::Doubt;
use super::entries::{day_and_entry, hour_and_words, opens_an_entry};
use super::item::{DayCell, Item};
use super::lead::lead;
use super::marker::Marker;
use super::references::references;
use super::resolve::Surroundings;
use super::sections::{Section, section_of};
use super::tree::{Node, copy, is_heading, labelled, tree};
use super::verbs::{clause, hands_over};
use crate::vietnamese::{day_at, fold_start, fold_words, tokens, weekday_at};

/// What is known about the place of an outline in its document.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// What is known about its time; the months are those of all its items.
    pub around: Surroundings,
    /// Kind of the document.
    pub kind: Option<Kind>,
    /// Whether it stands under a month's heading: everything in it is to be done then.
    pub in_month: bool,
}

/// The items of a run of blocks.
pub fn items_of(blocks: &[&TextBlock], setting: &Setting) -> Vec<Item> {
    // A month whose bullets were lost: each line is one.
    let plain = |b: &&TextBlock| b.marker == Marker::Plain;
    let unmarked = setting.in_month
        && blocks.first().is_some_and(plain)
        && blocks.iter().all(|b| plain(b) || b.marker == Marker::Sub);
    let bullets: Vec<TextBlock> = blocks
        .iter()
        .filter(|_| unmarked)
        .map(|block| match block.marker {
            Marker::Plain => TextBlock { marker: Marker::Bullet('-'), ..(*block).clone() },
            _ => (*block).clone(),
        })
        .collect();
    let bullets: Vec<&TextBlock> = bullets.iter().collect();
    let tree = tree(if unmarked { &bullets } else { blocks });
    let mut walk = Walk {
        setting,
        items: Vec::new(),
        prose: 0,
        week: None,
        day: None,
        day_doubts: Vec::new(),
        day_of_entry: false,
        heading: Vec::new(),
        of_office: false,
        of_section: false,
    };
    walk.group(&tree, Section::Unknown, "");
    walk.items
}

struct Walk<'s> {
    setting: &'s Setting,
    items: Vec<Item>,
    prose: usize,
    /// The week heading over what is being read.
    week: Option<Week>,
    /// The day of a calendar over what is being read.
    day: Option<DayCell>,
    /// What was odd about that day: each of its entries stands or falls with it.
    day_doubts: Vec<Doubt>,
    /// Whether that day was said at the head of an entry: only lines that open like entries go on with it.
    day_of_entry: bool,
    /// The headings over what is being read, the nearest last.
    heading: Vec<String>,
    /// Whether the office does itself what stands under the heading.
    of_office: bool,
    /// Whether the heading names a section of it, which is told what to do.
    of_section: bool,
}

impl Walk<'_> {
    fn group(&mut self, nodes: &[Node<'_>], section: Section, path: &str) {
        let mut place = 0;
        for node in nodes {
            if node.block.marker != Marker::Plain {
                place += 1;
            }
            self.node(node, section, path, place);
        }
    }

    fn node(&mut self, node: &Node<'_>, section: Section, path: &str, place: usize) {
        let path = labelled(path, &node.block.marker, place);
        if self.day_of_entry && !opens_an_entry(&node.block.text) {
            (self.day, self.day_of_entry) = (None, false);
        }
        if self.dated_entry(node, section, &path) {
            return;
        }
        match node.block.marker {
            Marker::Part | Marker::Capital(_) | Marker::Roman(_) => self.section(node, section, &path),
            Marker::Number(_) => self.point(node, section, &path),
            Marker::Letter(_) => self.letter(node, section, &path),
            Marker::Bullet(_) | Marker::Sub => self.bullet(node, section, &path),
            Marker::Plain if node.block.is_title() => {
                if !self.day_heading(node, section, &path) {
                    self.section(node, section, &path);
                }
            }
            Marker::Plain => self.paragraph(node, section),
        }
    }

    /// "Thứ Hai (16/11): họp giao ban": an entry on the line of its day.
    fn dated_entry(&mut self, node: &Node<'_>, section: Section, path: &str) -> bool {
        let report = self.setting.kind == Some(Kind::Report);
        if report || matches!(section, Section::Review | Section::General) {
            return false;
        }
        let Some((label, entry)) = day_and_entry(&node.block.text) else { return false };
        let mut doubts = Vec::new();
        let line = node.block.span.first_line;
        let Some(day) = day_cell(label, &self.setting.around, line, &mut doubts) else { return false };
        (self.day, self.day_doubts) = (Some(day), doubts);
        if is_half_day(entry) {
            // "Thứ Hai (16/11): Sáng:" over its entries.
            self.day_of_entry = false;
            self.group(&node.children, section, path);
            return true;
        }
        let plain = node.block.marker == Marker::Plain;
        let label = if plain { self.next_of_prose() } else { path.to_owned() };
        let block = TextBlock { text: entry.to_owned(), ..node.block.clone() };
        self.put(&Node { block: &block, children: node.children.iter().map(copy).collect() }, label, false);
        self.day_of_entry = true;
        true
    }

    /// The label of a paragraph that counts.
    fn next_of_prose(&mut self) -> String {
        self.prose += 1;
        format!("P{}", self.prose)
    }

    /// "Thứ Hai (08/4)": the day of what follows, and what is odd about it.
    fn day_of(&self, node: &Node<'_>) -> Option<(DayCell, Vec<Doubt>)> {
        let tokens = tokens(&node.block.text);
        let named = (0..tokens.len()).any(|at| weekday_at(&node.block.text, &tokens, at).is_some());
        let line = node.block.span.first_line;
        let mut doubts = Vec::new();
        let around = &self.setting.around;
        let day = named.then(|| day_cell(&node.block.text, around, line, &mut doubts)).flatten()?;
        Some((day, doubts))
    }

    /// "THỨ HAI (05/10)" over its entries: reads them with their day.
    fn day_heading(&mut self, node: &Node<'_>, section: Section, path: &str) -> bool {
        let Some((day, doubts)) = self.day_of(node).filter(|_| is_label(&node.block.text)) else {
            return false;
        };
        let around = (self.day.replace(day), std::mem::replace(&mut self.day_doubts, doubts));
        self.group(&node.children, section, path);
        (self.day, self.day_doubts) = around;
        true
    }

    /// Notes whose work stands under a heading; what was known before.
    fn enter(&mut self, heading: &str) -> (bool, bool) {
        let around = (self.of_office, self.of_section);
        let section = fold_start(heading, 60).contains("bo phan");
        self.of_office |= is_of_the_office(heading);
        self.of_section |= section && self.of_office;
        around
    }

    /// What stands under a heading; its words go with each item.
    fn under(&mut self, node: &Node<'_>, section: Section, path: &str) {
        self.heading.push(node.block.text.clone());
        let around = self.enter(&node.block.text);
        self.group(&node.children, section, path);
        (self.of_office, self.of_section) = around;
        self.heading.pop();
    }

    /// What a section is for holds for the sections in it, unless they say otherwise; a review holds nothing but review.
    fn section(&mut self, node: &Node<'_>, around: Section, path: &str) {
        // "Phần thứ nhất" and its title below it.
        let title = node.children.first().filter(|c| c.block.marker == Marker::Plain && c.block.is_title());
        let own = match section_of(&node.block.text) {
            Section::Unknown => title.map_or(Section::Unknown, |t| section_of(&t.block.text)),
            known => known,
        };
        // "Nhiệm vụ chung" is mere principle, unless what stands in it has its days.
        let duties = || fold_words(&node.block.text).contains("nhiem vu") && sets_limits(&node.children);
        let own = if own == Section::General && duties() { Section::Tasks } else { own };
        let section = if around == Section::Review || own == Section::Unknown { around } else { own };
        if is_review(&node.block.text) {
            return;
        }
        // "TUẦN 1 (1 – 6/3)" in capitals.
        let week =
            is_week(&node.block.text).then(|| week_named(&node.block.text, &self.setting.around)).flatten();
        if let Some(week) = week {
            let around_it = self.week.replace(week);
            self.group(&node.children, section, path);
            self.week = around_it;
            return;
        }
        // "III. Buổi giao ban tháng 3 tổ chức lúc 13h30 ngày 07/3." and the closing paragraph below it.
        let says_all = node.block.text.trim_end().ends_with('.')
            && node.children.iter().all(|child| child.block.marker == Marker::Plain);
        if (node.children.is_empty() || says_all)
            && node.block.marker != Marker::Plain
            && !node.block.is_title()
            && !is_heading(&node.block.text)
        {
            self.take(node, section, path.to_owned());
        } else {
            let around = self.enter(&node.block.text);
            // "II. VIỆC PHẢI LÀM (GỬI TRƯỚC 17H NGÀY 08/8)"
            let limit = is_dated(&node.block.text);
            if limit {
                self.heading.push(node.block.text.clone());
            }
            self.group(&node.children, section, path);
            if limit {
                self.heading.pop();
            }
            (self.of_office, self.of_section) = around;
        }
    }

    fn point(&mut self, node: &Node<'_>, section: Section, path: &str) {
        let text = node.block.text.trim_end();
        let has = |wanted: fn(&Marker) -> bool| node.children.iter().any(|c| wanted(&c.block.marker));
        let deeper = has(|m| matches!(m, Marker::Number(_)));
        let bullets = has(|m| matches!(m, Marker::Bullet(_)));
        let letters_hold_bullets = node.children.iter().any(|c| {
            matches!(c.block.marker, Marker::Letter(_))
                && !c.block.text.trim_end().ends_with(':')
                && c.children.iter().any(|g| matches!(g.block.marker, Marker::Bullet(_)))
        });
        let heads = deeper || letters_hold_bullets || (bullets && (!text.ends_with(':') || is_topic(node)));
        let own = section_of(text);
        // "4. Đề xuất khen thưởng" over what is handed in by a day is no review and no principle.
        let past = matches!(own, Section::Review | Section::General)
            && section != Section::Tasks
            && !node.children.iter().any(|child| asks(&child.block.text, &self.setting.around));
        if heads {
            self.under(node, if past { own } else { section }, path);
        } else if past && is_heading(text) && !node.children.is_empty() {
            // "1. Đánh giá chung" over paragraphs: nothing in it is to be done.
        } else {
            self.take(node, section, path.to_owned());
        }
    }

    fn letter(&mut self, node: &Node<'_>, section: Section, path: &str) {
        let bullets = node.children.iter().any(|c| matches!(c.block.marker, Marker::Bullet(_)));
        if bullets && (is_heading(&node.block.text) && !node.block.text.trim_end().ends_with(':')) {
            let own = section_of(&node.block.text);
            let section = if own == Section::Unknown { section } else { own };
            self.under(node, section, path);
        } else {
            self.take(node, section, path.to_owned());
        }
    }

    fn bullet(&mut self, node: &Node<'_>, section: Section, path: &str) {
        let bullets = node.children.iter().any(|c| matches!(c.block.marker, Marker::Bullet(_)));
        if is_label(&node.block.text) && node.children.is_empty() && self.day_of(node).is_none() {
            self.week = week_named(&node.block.text, &self.setting.around).or_else(|| self.week.take());
            return;
        }
        if self.day_heading(node, section, path) {
            return;
        }
        if is_half_day(&node.block.text) {
            self.group(&node.children, section, path);
            return;
        }
        let text = node.block.text.trim_end();
        let star = node.block.marker == Marker::Bullet('*');
        if bullets && (is_week(text) || star || !text.ends_with(':')) {
            let around = self.week.clone();
            if is_week(text) {
                self.week = week_named(text, &self.setting.around);
                self.group(&node.children, section, path);
            } else {
                self.under(node, section, path);
            }
            self.week = around;
        } else if !is_basis(&node.block.text) {
            self.take(node, section, path.to_owned());
        }
    }

    fn paragraph(&mut self, node: &Node<'_>, section: Section) {
        if is_label(&node.block.text)
            && let Some((day, doubts)) = self.day_of(node)
        {
            (self.day, self.day_doubts) = (Some(day), doubts);
            self.day_of_entry = false;
            return;
        }
        if is_half_day(&node.block.text) {
            return;
        }
        if without_label(&node.block.text).is_none_or(|rest| rest.len() < node.block.text.len()) {
            // "Lưu ý:" ends the days of a calendar.
            self.day = None;
        }
        if is_label(&node.block.text) {
            // "Từ 09/9 - 14/9" on a line of its own: the week of what follows.
            self.week = week_named(&node.block.text, &self.setting.around).or_else(|| self.week.take());
            return;
        }
        if matches!(section, Section::Review | Section::General | Section::Preview)
            || node.block.is_title()
            || is_review(&node.block.text)
            || is_about_itself(&node.block.text)
        {
            return;
        }
        let label = self.next_of_prose();
        match without_label(&node.block.text) {
            Some(rest) if rest.len() < node.block.text.len() => {
                let block = TextBlock { text: rest.to_owned(), ..node.block.clone() };
                self.put(
                    &Node { block: &block, children: node.children.iter().map(copy).collect() },
                    label,
                    true,
                );
            }
            // "Sáng: 8h00 họp giao ban" below its day: an entry, whether or not it hands anything in.
            _ => {
                let entry = self.day.is_some() && opens_an_entry(&node.block.text);
                self.put(node, label, !entry);
            }
        }
    }

    /// Takes a point or bullet, as far as its section holds tasks.
    fn take(&mut self, node: &Node<'_>, section: Section, label: String) {
        let report = self.setting.kind == Some(Kind::Report);
        match section {
            Section::Review | Section::General => return,
            Section::Means | Section::Unknown if report => return,
            _ if is_about_itself(&node.block.text) || is_review(&node.block.text) => return,
            _ => {}
        }
        let (node, paragraphs) = split_paragraphs(node);
        // "* Lưu ý:" over paragraphs is none itself.
        if !(node.children.is_empty()
            && without_label(&node.block.text).is_none()
            && is_remark(&node.block.text))
        {
            self.put(&node, label, section == Section::Demands);
        }
        for paragraph in paragraphs {
            self.paragraph(paragraph, section);
        }
    }

    fn put(&mut self, node: &Node<'_>, label: String, only_if_dated: bool) {
        let mut text = String::new();
        let mut doubts = Vec::new();
        let mut span = node.block.span;
        write(node, &mut text, &mut doubts, &mut span);
        let months = self.setting.around.months.clone();
        let week = self.week.clone();
        let day = self.day.clone().map(|day| {
            let (clock, rest) = hour_and_words(&text);
            text = rest;
            DayCell { clock, ..day }
        });
        if day.is_some() {
            doubts.extend(self.day_doubts.iter().cloned());
        }
        let heading = self.heading.last().cloned().filter(|_| !only_if_dated);
        self.items.push(Item {
            months,
            label,
            text,
            only_if_dated,
            week,
            day,
            heading,
            of_office: self.of_office,
            of_section: self.of_section,
            span,
            doubts,
            ..Item::default()
        });
    }
}

/// Paragraphs under a point that is complete stand for themselves; under one that only names its matter they are its text.
fn split_paragraphs<'n, 'a>(node: &'n Node<'a>) -> (Node<'a>, Vec<&'n Node<'a>>) {
    let text = &node.block.text;
    let names = is_heading(text) && !text.trim_end().ends_with([',', ')']) && !is_dated(text);
    let (own, apart): (Vec<_>, Vec<_>) =
        node.children.iter().partition(|c| c.block.marker != Marker::Plain || names);
    let children = own.into_iter().map(copy).collect();
    (Node { block: node.block, children }, apart)
}

/// Whether some of these points say until when.
fn sets_limits(nodes: &[Node<'_>]) -> bool {
    let limit = |node: &Node<'_>| {
        let words = fold_words(&node.block.text);
        [" truoc ngay ", " cham nhat ", " hang thang", " hang tuan", " han "]
            .iter()
            .any(|word| words.contains(word))
    };
    nodes.iter().filter(|node| limit(node)).count() >= 2
}

/// Whether a point has something handed in by a day that is still to come.
fn asks(text: &str, around: &Surroundings) -> bool {
    if !["trước", "chậm nhất", "muộn nhất", "hạn"].iter().any(|word| text.contains(word)) {
        return false;
    }
    let (tokens, issued) = (tokens(text), around.issued);
    let dead = references(text, &tokens);
    let ahead = |date: NaiveDate| issued.is_some_and(|issued| date >= issued);
    let limit = |at: usize| {
        let day = day_at(text, &tokens, at).and_then(|(day, _)| around.resolve(day, ""));
        day.filter(|day| ahead(day.date)).is_some_and(|_| {
            let lead = lead(text, &tokens, at);
            lead.before && !lead.rejected
        })
    };
    hands_over(&clause(text)) && (0..tokens.len()).any(|at| !dead[at] && limit(at))
}

/// Whether a text names a day: then it says what it is about, and a paragraph below it is another matter.
fn is_dated(text: &str) -> bool {
    let tokens = tokens(text);
    let day = |at: usize| day_at(text, &tokens, at).is_some_and(|(day, _)| !day.weak);
    !text.trim_end().ends_with(':') && (0..tokens.len()).any(day)
}

fn write(node: &Node<'_>, text: &mut String, doubts: &mut Vec<Doubt>, span: &mut Span) {
    if !text.is_empty() {
        text.push('\n');
        match &node.block.marker {
            Marker::Letter(c) => text.extend([*c, ')', ' ']),
            Marker::Bullet(_) => text.push_str("- "),
            Marker::Sub => text.push_str("+ "),
            Marker::Number(_) => text.push_str(&format!("{}. ", node.block.marker.label())),
            _ => {}
        }
    }
    text.push_str(node.block.text.trim());
    doubts.extend(node.block.doubts.iter().cloned());
    *span = span.to(node.block.span);
    for child in &node.children {
        write(child, text, doubts, span);
    }
}

/// "Đề nghị: Trường chưa nộp …" → what stands behind the label; nothing when nothing does ("Lưu ý:").
fn without_label(text: &str) -> Option<&str> {
    if text.trim_end().ends_with(':') {
        return None;
    }
    let labelled = text.split_once(':').filter(|(label, _)| is_remark(label));
    Some(labelled.map_or(text, |(_, rest)| rest.trim_start()))
}

fn is_remark(label: &str) -> bool {
    const LABELS: [&str; 6] = ["luu y", "de nghi", "yeu cau", "ghi chu", "ghi chu chung", "chu y"];
    label.len() < 40 && LABELS.contains(&fold_words(label).as_str())
}

/// "Tuần 1 (Từ 01/9 – 06/9/2026):" as a bullet over others.
fn is_week(text: &str) -> bool {
    let folded = fold_words(text);
    folded.strip_prefix("tuan ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// "3. Về chuyên môn:" over bullets that are sentences of their own: a heading, for all its colon.
fn is_topic(node: &Node<'_>) -> bool {
    let about = ["Về ", "Đối với "].iter().any(|word| node.block.text.starts_with(word));
    let sentence = |child: &&Node<'_>| child.block.text.trim_end().ends_with(['.', ';']);
    let bullets = node.children.iter().filter(|child| matches!(child.block.marker, Marker::Bullet(_)));
    about && node.block.text.chars().count() <= 40 && bullets.filter(sentence).count() >= 2
}

/// "Công văn này thay thế …", "Kế hoạch này có hiệu lực …": what is said about the document itself.
fn is_about_itself(text: &str) -> bool {
    const KINDS: [&str; 7] =
        ["cong van", "huong dan", "ke hoach", "van ban", "thong bao", "quy dinh", "quy che"];
    const SAID: [&str; 5] = ["thay ", "co hieu luc", "ap dung", "duoc gui", "duoc pho bien"];
    let folded = fold_start(text, 160);
    let behind = |what: &str| KINDS.iter().find_map(|kind| folded.strip_prefix(kind)?.strip_prefix(what));
    // "Công văn số 31/VHXH … được thay thế bằng Công văn này."
    const ENDED: [&str; 4] = [" duoc thay the ", " bi thay the ", " bi bai bo", " het hieu luc"];
    let ended = |rest: &str| ENDED.iter().any(|said| rest.contains(said));
    behind(" nay ").is_some_and(|rest| SAID.iter().any(|said| rest.starts_with(said)))
        || behind(" so ").is_some_and(ended)
}

/// "Nhìn lại tháng 3: sĩ số …": a review in one paragraph. "Kết quả tuyển sinh: trước 05/7" is none.
fn is_review(text: &str) -> bool {
    let Some((label, rest)) = text.split_once(':') else { return false };
    let to_come = ["ket qua", "tinh hinh"].iter().any(|word| fold_start(label, 12).starts_with(word));
    !rest.trim().is_empty()
        && !to_come
        && label.split_whitespace().count() <= 6
        && section_of(label) == Section::Review
}

/// "- Căn cứ …": a legal basis in a list.
fn is_basis(text: &str) -> bool {
    text.starts_with("Căn cứ ")
}
