//! One deadline for several points: "Các nội dung ở mục 2 và mục 4 gửi trước ngày 15/11, mục 3 gửi trước ngày 21/11". Each point
//! that such a sentence names and that has no date of its own is done by the date that the sentence sets there. One that says
//! itself "thời hạn như điểm 1.2", "theo thời hạn trên" is done by the date of that point, or of the point before it.

use super::deadlines::dues;
use super::item::Item;
use super::marker::from_roman;
use super::resolve::Surroundings;
use super::verbs::{clause, hands_over, is_a_paper};
use crate::domain::{DueKind, DueRole};
use crate::vietnamese::{Token, TokenKind, day_at, tokens, words_at};

/// What a sentence says of some points: their labels, and its words about them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    labels: Vec<String>,
    words: String,
}

/// Lends each point that one of these texts names the words that set its date.
pub fn lend<'t>(items: &mut [Item], texts: impl Iterator<Item = &'t str>) {
    for text in texts.filter(|text| names_points(text)) {
        for said in sayings(text).into_iter().filter(|said| !is_of_results(text, &said.words)) {
            for label in &said.labels {
                let called = called(items, label);
                // Of a whole section, those that are handed in.
                let handed = |item: &Item| {
                    hands_over(&clause(&item.text)) || is_a_paper(clause(&item.text).trim_start())
                };
                let some = called.len() > 1 && called.iter().any(|at| handed(&items[*at]));
                for at in called {
                    if some && !handed(&items[at]) {
                        continue;
                    }
                    let item = &mut items[at];
                    // "(bản cam kết lưu tại trường)"
                    let kept = clause(&item.text).contains(" luu tai ");
                    let free = !kept && item.heading.as_deref().is_none_or(|heading| !has_a_day(heading));
                    if free && !item.only_if_dated && !text.contains(&item.text) {
                        item.heading = Some(said.words.clone());
                    }
                }
            }
        }
    }
}

/// "Kết quả thực hiện các mục 3, 4 báo cáo trước …": what is told of points, not the points themselves.
fn is_of_results(text: &str, words: &str) -> bool {
    let before = text.find(words).map_or("", |at| &text[..at]);
    let begin = before.rfind(['.', ';', '\n']).map_or(0, |at| at + 1);
    let said = format!("{}{}", clause(&before[begin..]), clause(words));
    said.contains(" bao cao ")
        && ["ket qua thuc hien", "viec thuc hien", "tinh hinh thuc hien"].iter().any(|of| said.contains(of))
}

/// Gives each point that names another one for its limit the words of that one's first limit.
pub fn borrow(items: &mut [Item], around: &Surroundings) {
    for at in 0..items.len() {
        let text = &items[at].text;
        if !(text.contains("hạn") || text.contains("Hạn")) || has_a_day(text) {
            continue;
        }
        let Some(lender) = lender(text) else { continue };
        let from = match lender {
            Lender::Before => at.checked_sub(1),
            Lender::Point(label) => called(items, &label).into_iter().find(|other| *other != at),
        };
        let limit = from.and_then(|from| {
            let (due, _) = dues(&items[from], around);
            due.into_iter().find(|due| due.kind == DueKind::Before && due.role == DueRole::Deadline)
        });
        if let Some(limit) = limit {
            items[at].heading = Some(limit.quote);
        }
    }
}

/// Whose limit is meant.
enum Lender {
    /// That of the point before.
    Before,
    /// That of the point with this label.
    Point(String),
}

/// "thời hạn như điểm 1.2", "theo thời hạn nêu tại mục 3", "thời hạn gửi như trên".
fn lender(text: &str) -> Option<Lender> {
    /// How many words stand between "hạn" and the name of the point.
    const FAR: usize = 6;
    const AS: [&str; 5] = ["nhu", "theo", "cung", "neu", "voi"];
    let tokens = tokens(text);
    let limits = (0..tokens.len()).filter(|at| {
        tokens[*at].is_word("han") && text.get(tokens[*at].start..tokens[*at].end) != Some("hàn")
    });
    limits.into_iter().find_map(|at| {
        let parted = |at: &usize| tokens[*at].is_sign(';') || tokens[*at].is_sign('.');
        let end =
            (at + 1..tokens.len().min(at + 1 + FAR)).find(parted).unwrap_or(tokens.len().min(at + 1 + FAR));
        let likened = (at.saturating_sub(2)..end).any(|at| AS.iter().any(|word| tokens[at].is_word(word)));
        if !likened {
            return None;
        }
        let above = (at + 1..end).any(|at| {
            tokens[at].is_word("tren") && tokens.get(at + 1).is_none_or(|t| t.kind != TokenKind::Word)
        });
        let point = (at + 1..end)
            .find_map(|at| labels_at(&tokens, at))
            .and_then(|(labels, _)| labels.into_iter().next());
        point.map(Lender::Point).or(above.then_some(Lender::Before))
    })
}

/// Whether a day is printed in a text.
fn has_a_day(text: &str) -> bool {
    let tokens = tokens(text);
    (0..tokens.len()).any(|at| day_at(text, &tokens, at).is_some_and(|(day, _)| !day.weak))
}

/// A quick look, as most texts name no points.
fn names_points(text: &str) -> bool {
    ["mục", "Mục", "điểm", "nội dung", "Nội dung", "báo cáo số"].iter().any(|word| text.contains(word))
}

/// The items with this label, by itself or within a section: all under it, or the only one that ends so.
fn called(items: &[Item], label: &str) -> Vec<usize> {
    let under = |item: &Item| {
        item.label.strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let found: Vec<usize> = (0..items.len()).filter(|at| under(&items[*at])).collect();
    if !found.is_empty() {
        return found;
    }
    let within = |item: &Item| item.label.strip_suffix(label).is_some_and(|rest| rest.ends_with('.'));
    let found: Vec<usize> = (0..items.len()).filter(|at| within(&items[*at])).collect();
    if found.len() == 1 { found } else { Vec::new() }
}

/// What a text says of points that it names, one entry for each time.
fn sayings(text: &str) -> Vec<Said> {
    let tokens = tokens(text);
    let mut names: Vec<(usize, usize, Vec<String>)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match labels_at(&tokens, at) {
            Some((labels, next)) => {
                names.push((at, next, labels));
                at = next;
            }
            None => at += 1,
        }
    }
    let ends = |at: &usize| {
        tokens[*at].is_sign(';')
            || (tokens[*at].is_sign('.')
                && text[tokens[*at].end..].chars().next().is_none_or(char::is_whitespace))
    };
    let mut out = Vec::new();
    for (n, (from, after, labels)) in names.iter().enumerate() {
        let until = names.get(n + 1).map_or(tokens.len(), |(from, ..)| *from);
        let until = (*after..until).find(ends).unwrap_or(until);
        let dated = |from: usize, until: usize| (from..until).any(|at| day_at(text, &tokens, at).is_some());
        // "Gửi trước ngày 15/11 các nội dung ở mục 2 và 4": the date stands before the only points that are named.
        let begin = (0..*from).rev().find(ends).map_or(0, |at| at + 1);
        let (first, last) = match () {
            () if dated(*after, until) => (*from, until),
            () if names.len() == 1 && dated(begin, *from) => (begin, until),
            () => continue,
        };
        let (Some(first), Some(last)) = (tokens.get(first), tokens.get(last - 1)) else { continue };
        out.push(Said { labels: labels.clone(), words: text[first.start..last.end].to_owned() });
    }
    out
}

/// "mục 2 và mục 4", "các điểm 1, 3 và 5", "báo cáo số 2", "mục II": the labels and the index after them. Points of another
/// document ("mục 2 Công văn số 15") are none.
fn labels_at(tokens: &[Token], at: usize) -> Option<(Vec<String>, usize)> {
    let mut next = name_of_points(tokens, at)?;
    let mut labels = Vec::new();
    loop {
        let (label, after) = label_at(tokens, next)?;
        labels.push(label);
        next = behind_a_bracket(tokens, after);
        let joins = tokens.get(next).is_some_and(|t| t.is_sign(',') || t.is_word("va") || t.is_sign('&'));
        let more = if joins { name_of_points(tokens, next + 1).unwrap_or(next + 1) } else { next };
        if joins && label_at(tokens, more).is_some() {
            next = more;
            continue;
        }
        let through = tokens.get(next).is_some_and(|t| t.is_range_sign() || t.is_word("den"));
        let more = if through { name_of_points(tokens, next + 1).unwrap_or(next + 1) } else { next };
        let last = label_at(tokens, more).filter(|_| through);
        if let Some((last, after)) = last
            && let (Some(Ok(first)), Ok(last)) =
                (labels.last().map(|label| label.parse::<u32>()), last.parse::<u32>())
        {
            labels.extend((first + 1..=last).map(|n| n.to_string()));
            next = after;
        }
        break;
    }
    const OTHERS: [&[&str]; 9] = [
        &["cong", "van"],
        &["thong", "tu"],
        &["nghi"],
        &["quyet", "dinh"],
        &["ke", "hoach", "so"],
        &["phu", "luc"],
        &["dieu"],
        &["khoan"],
        &["thong", "bao", "so"],
    ];
    let place = next
        + usize::from(
            tokens.get(next).is_some_and(|t| t.is_word("cua") || t.is_word("tai") || t.is_sign(',')),
        );
    let other = OTHERS.iter().any(|words| words_at(tokens, place, words));
    (!other).then_some((labels, next))
}

/// "mục 2 (đồ dùng lớp 4) và mục 4": the index behind what a bracket explains.
fn behind_a_bracket(tokens: &[Token], at: usize) -> usize {
    const LONGEST: usize = 12;
    let opens = tokens.get(at).is_some_and(|t| t.is_sign('('));
    let close = (at..tokens.len().min(at + LONGEST)).find(|at| tokens[*at].is_sign(')')).filter(|_| opens);
    close.map_or(at, |close| close + 1)
}

/// "mục", "điểm", "nội dung số", "báo cáo số": the index after the words that call points by their labels.
fn name_of_points(tokens: &[Token], at: usize) -> Option<usize> {
    const NAMES: [&[&str]; 6] = [
        &["noi", "dung", "so"],
        &["bao", "cao", "so"],
        &["muc", "so"],
        &["muc"],
        &["diem"],
        &["noi", "dung"],
    ];
    let words = NAMES.iter().find(|words| words_at(tokens, at, words))?;
    Some(at + words.len())
}

/// "2", "4.1", "II", "a".
fn label_at(tokens: &[Token], at: usize) -> Option<(String, usize)> {
    let token = tokens.get(at)?;
    if token.kind == TokenKind::Word {
        let roman =
            token.capital.then(|| token.folded.to_uppercase()).filter(|word| from_roman(word).is_some())?;
        return Some((roman.into(), at + 1));
    }
    token.number().filter(|n| (1..=40).contains(n))?;
    let mut label = token.folded.trim_start_matches('0').to_owned();
    let mut next = at + 1;
    while let (Some(dot), Some(part)) = (tokens.get(next), tokens.get(next + 1)) {
        let joined = dot.is_sign('.') && dot.start == tokens[next - 1].end && part.start == dot.end;
        if !joined || part.number().is_none() {
            break;
        }
        label = format!("{label}.{}", part.folded);
        next += 2;
    }
    // "mục 2/15", "điểm 9%": no label.
    let counted = tokens.get(next).is_some_and(|t| t.is_sign('/') || t.is_sign('%'));
    (!counted).then_some((label, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        sayings(text).iter().map(|said| format!("{}: {}", said.labels.join(" "), said.words)).collect()
    }

    #[test]
    fn a_sentence_names_points_and_sets_their_date() {
        let table: [(&str, &[&str]); 6] = [
            (
                "Nội dung ở mục 2 và mục 4 gửi trước ngày 15/11, mục 3 gửi trước ngày 21/11, không nhận bản giấy.",
                &[
                    "2 4: mục 2 và mục 4 gửi trước ngày 15/11,",
                    "3: mục 3 gửi trước ngày 21/11, không nhận bản giấy",
                ],
            ),
            ("Báo cáo mục 1, 3 gửi về Phòng trước 15/11.", &["1 3: mục 1, 3 gửi về Phòng trước 15/11"]),
            (
                "Gửi trước ngày 15/11 các nội dung tại điểm 2 đến 4.",
                &["2 3 4: Gửi trước ngày 15/11 các nội dung tại điểm 2 đến 4"],
            ),
            ("Mục II xong trước ngày 15/11.", &["II: Mục II xong trước ngày 15/11"]),
            ("Theo mục 2 Công văn số 15/VHXH, gửi trước ngày 15/11.", &[]),
            ("Mục 2 làm theo mẫu.", &[]),
        ];
        for (text, want) in table {
            assert_eq!(said(text), want, "{text}");
        }
    }

    #[test]
    fn the_points_that_are_named_have_the_date() {
        let text = "Số: 5/VHXH\nV/v một số việc\nĐồi Chè, ngày 12 tháng 10 năm 2026\nKính gửi: Các trường mầm non\n\n\
                    1. Lập danh sách trẻ bán trú.\n2. Rà soát đồ dùng; xong trước ngày 20/10.\n3. Thống kê sách.\n\n\
                    Các nội dung ở mục 1 và mục 3 gửi về Phòng trước ngày 30/10/2026.\n";
        let draft = crate::import::read(text.as_bytes()).unwrap();
        let dates: Vec<String> = draft
            .tasks
            .iter()
            .map(|task| task.due.iter().map(|due| due.date.to_string()).collect())
            .collect();
        assert_eq!(dates, ["2026-10-30", "2026-10-20", "2026-10-30", "2026-10-30"]);
    }

    #[test]
    fn a_point_may_name_another_for_its_limit() {
        let text = "Số: 5/VHXH\nV/v một số việc\nĐồi Chè, ngày 12 tháng 10 năm 2026\nKính gửi: Các trường mầm non\n\n\
                    1. Bán trú\n\
                    1.1. Gửi danh sách trẻ bán trú trước ngày 20/10/2026.\n\
                    1.2. Trường trên 300 trẻ gửi thêm phương án, thời hạn như điểm 1.1.\n\
                    1.3. Gửi hợp đồng thực phẩm theo thời hạn trên.\n\
                    1.4. Báo cáo đúng hạn, đúng mẫu.\n";
        let draft = crate::import::read(text.as_bytes()).unwrap();
        let dates: Vec<String> = draft
            .tasks
            .iter()
            .map(|task| task.due.iter().map(|due| due.date.to_string()).collect())
            .collect();
        assert_eq!(dates, ["2026-10-20", "2026-10-20", "2026-10-20", ""]);
    }
}
