//! Lines → the draft: header, body, annex; which parts of it hold tasks; dates and duties of each.

use super::blocks::{Block, TextBlock, blocks, is_month_heading, months_of_heading};
use super::choices::give_choices;
use super::days::{is_label, week_of};
use super::deadlines::{dues, signs_of_days};
use super::directive::{Directive, DraftDue, DraftTask, Header, IssuedOn, Span};
use super::doubt::{Doubt, DoubtKind};
use super::entries::day_and_entry;
use super::handover::handover;
use super::header::{header, is_schedule_title, month_of_title};
use super::item::Item;
use super::lending::{borrow, lend};
use super::lines::Line;
use super::marker::Marker;
use super::nature::says_what;
use super::outline::{Setting, items_of as outline_items};
use super::references::references;
use super::relation::{Relation, relations};
use super::resolve::Surroundings;
use super::rows::{has_months, items_of as row_items};
use super::schedule::{has_schedule, schedule_items};
use super::signer::{sign_off, signs_as};
use super::stamp::urgency;
use super::tree::{is_day, is_heading};
use super::unsaid::words_without_a_day;
use super::verbs::{clause, requires};
use crate::calendar::{MONDAY_TO_FRIDAY, YearChoice, public_holidays};
use crate::domain::{DueKind, DueRole, Month, Requires, SchoolYear};
use crate::vietnamese::{YearSaid, day_at, fold_start, fold_words, tokens};
use chrono::{Datelike, NaiveDate, Weekday};

/// Reads the lines of a document.
pub fn directive(lines: &[Line]) -> Directive {
    let (header, end, mut doubts) = header(lines);
    let (head, rest) = lines.split_at(end.min(lines.len()));
    let body = body(blocks(rest), head);
    let issued = header.issued_on.map(IssuedOn::earliest).or_else(|| first_day_of_title(lines, end));
    let assumed = issued.map_or_else(|| year_of_text(lines), SchoolYear::of);
    let around = Surroundings {
        school_year: header.school_year,
        issued,
        of_reports: header.subject.as_deref().is_some_and(is_about_reports),
        of_school: header
            .issuer
            .as_deref()
            .is_some_and(|issuer| issuer.starts_with("Trường") || issuer.starts_with("Trung tâm")),
        of_department: header.issuer.as_deref().is_some_and(|issuer| issuer.starts_with("Sở")),
        vague: matches!(header.issued_on, Some(IssuedOn::Year(_))),
        signed: match header.issued_on {
            Some(IssuedOn::Day(day)) => Some(day),
            _ => None,
        },
        assumed: Some(assumed),
        signs: signs_of_days(lines),
        week: week_of_title(lines, end),
        ..Surroundings::default()
    };
    let mut items = if has_schedule(&body) {
        schedule_items(&body, &header, &around, &mut doubts)
    } else {
        plain_items(&body, &header, &around)
    };
    items.sort_by_key(|item| item.span.first_line);
    let texts = body.iter().filter_map(|block| match block {
        Block::Text(text) => Some(text.text.as_str()),
        Block::Table(_) => None,
    });
    lend(&mut items, texts);
    borrow(&mut items, &around);
    let tasks: Vec<DraftTask> = items.into_iter().filter_map(|item| task(item, &around, lines)).collect();
    if is_year_assumed(&header, &body, &tasks) {
        doubts.push(Doubt::new(0, DoubtKind::SchoolYearAssumed { read: assumed.to_string() }));
    }
    if tasks.is_empty() {
        doubts.push(Doubt::new(0, DoubtKind::NoTasks));
    }
    let relations = relations_of(&header, &body);
    Directive { urgency: urgency(lines), relations, header, tasks, doubts, ..Directive::default() }
}

/// "(Từ ngày 16/11/2026 đến ngày 22/11/2026)" in the title of a calendar that has no date of issue.
fn first_day_of_title(lines: &[Line], end: usize) -> Option<NaiveDate> {
    const BELOW: usize = 3;
    lines.iter().take(end + BELOW).filter(|line| fold_words(&line.text).contains("tu ")).find_map(|line| {
        let tokens = tokens(&line.text);
        let dead = references(&line.text, &tokens);
        let days = (0..tokens.len()).filter(|at| !dead[*at]);
        days.filter_map(|at| day_at(&line.text, &tokens, at)).find_map(|(day, _)| match day.year? {
            YearSaid::Printed(year) => NaiveDate::from_ymd_opt(year, day.month, day.day),
            _ => None,
        })
    })
}

/// "KẾ HOẠCH TUẦN 14 (Từ 08/12 đến 14/12/2025)": the week that the title of a document is for.
fn week_of_title(lines: &[Line], end: usize) -> Option<(NaiveDate, NaiveDate)> {
    const BELOW: usize = 2;
    let top = &lines[..lines.len().min(end + BELOW)];
    let named = |line: &&Line| fold_words(&line.text).contains("tuan ");
    let at = top.iter().position(|line| named(&line))?;
    let around = Surroundings::default();
    let week = top[at..].iter().take(BELOW + 1).find_map(|line| week_of(&line.text, &around));
    week.filter(|(from, to)| (*to - *from).num_days() < 8 && to.year() > 2000)
}

/// "chế độ thông tin, báo cáo", "báo cáo định kỳ": a document that says what is reported when.
fn is_about_reports(subject: &str) -> bool {
    let folded = fold_words(subject);
    folded.contains("bao cao") && (folded.contains("che do") || folded.contains("dinh ky"))
}

/// What the subject and the body say about earlier documents, each said once.
fn relations_of(header: &Header, body: &[Block]) -> Vec<Relation> {
    let subject = header.subject.iter().flat_map(|subject| relations(subject, Span::default()));
    let texts = body.iter().filter_map(|block| match block {
        Block::Text(text) => Some(text),
        Block::Table(_) => None,
    });
    let mut out: Vec<Relation> = Vec::new();
    for relation in subject.chain(texts.flat_map(|text| relations(&text.text, text.span))) {
        match out.iter_mut().find(|known| known.number == relation.number) {
            Some(known) => known.issued_on = known.issued_on.or(relation.issued_on),
            None => out.push(relation),
        }
    }
    out
}

/// The blocks that can hold tasks: the body up to its end, and the annexes after the signature.
fn body(blocks: Vec<Block>, head: &[Line]) -> Vec<Block> {
    let mut out = Vec::new();
    let mut closing = false;
    for block in blocks {
        match &block {
            Block::Table(_) => {}
            Block::Text(text) if is_printed_on_each_page(text, head) => continue,
            Block::Text(text) => {
                let annex = is_month_heading(&text.text) || is_schedule_title(&text.text);
                let ends =
                    fold_start(&text.text, 12).starts_with("noi nhan") || (signs_as(&text.text) && !annex);
                closing = if annex { false } else { closing || ends };
                if closing {
                    continue;
                }
            }
        }
        let ended = matches!(&block, Block::Text(text) if text.text.trim_end().ends_with("./."));
        out.push(block);
        closing = ended;
    }
    let plain = |block: &Block| matches!(block, Block::Text(text) if text.marker == Marker::Plain);
    let from = out.iter().rposition(|block| !plain(block)).map_or(0, |at| at + 1);
    let last: Vec<&str> = out[from..]
        .iter()
        .filter_map(|block| match block {
            Block::Text(text) => Some(text.text.as_str()),
            Block::Table(_) => None,
        })
        .collect();
    let signed = sign_off(&last).map_or(0, |(count, _)| count);
    out.truncate(out.len() - signed);
    out
}

/// The name of the office again, at the top of another page: a line in capitals that begins like one of the letterhead.
fn is_printed_on_each_page(text: &TextBlock, head: &[Line]) -> bool {
    const WORDS: usize = 4;
    if text.marker != Marker::Plain || !text.is_title() {
        return false;
    }
    let own = fold_words(&text.text);
    head.iter().flat_map(Line::cells).any(|cell| {
        let name = fold_words(cell);
        name.split(' ').count() >= WORDS && own.starts_with(&name) && !name.starts_with("ke hoach")
    })
}

/// The school year when the program was written: the last resort for a document that names no year at all.
pub const NEWEST: SchoolYear = SchoolYear(2026);

/// The school year of a document that neither names one nor has a date: the year that its text names most often.
fn year_of_text(lines: &[Line]) -> SchoolYear {
    let mut years: Vec<i32> = lines
        .iter()
        .flat_map(|line| tokens(&line.text))
        .filter(|token| token.width() == 4)
        .filter_map(|token| i32::try_from(token.number()?).ok())
        .filter(|year| (2010..=2100).contains(year))
        .collect();
    years.sort_unstable();
    let count = |year: &i32| years.iter().filter(|other| *other == year).count();
    years
        .iter()
        .copied()
        .max_by_key(|year| (count(year), std::cmp::Reverse(*year)))
        .map_or(NEWEST, SchoolYear)
}

/// Whether the years of the tasks rest on an assumption: no school year, no date of issue, none printed with a month.
fn is_year_assumed(header: &Header, body: &[Block], tasks: &[DraftTask]) -> bool {
    let printed = body.iter().any(|block| match block {
        Block::Text(text) => {
            months_of_heading(&text.text).is_some_and(|months| months.iter().any(|m| m.year.is_some()))
        }
        Block::Table(table) => has_months(table),
    });
    let dated = tasks.iter().any(|task| !task.months.is_empty() || !task.due.is_empty());
    header.school_year.is_none()
        && !matches!(header.issued_on, Some(IssuedOn::Day(_) | IssuedOn::Month(_)))
        && !printed
        && dated
}

/// A document without a schedule: its points, bullets, rows, and paragraphs with a dated duty.
fn plain_items(body: &[Block], header: &Header, around: &Surroundings) -> Vec<Item> {
    let fallback = around.assumed.unwrap_or(NEWEST);
    let months: Vec<Month> = month_of_title(header)
        .and_then(|said| {
            Month::new(said.year.unwrap_or_else(|| around.year_of_month(said.month)), said.month)
        })
        .into_iter()
        .collect();
    let around = Surroundings { months, ..around.clone() };
    let setting = Setting { around: around.clone(), kind: header.kind, in_month: false };
    let mut items = Vec::new();
    let from = preamble(body, |_| false);
    let texts: Vec<&TextBlock> = (from..body.len())
        .filter_map(|at| match (&body[at], body.get(at + 1)) {
            // "2. Danh mục báo cáo" over a table is its title.
            (Block::Text(text), Some(Block::Table(_))) if is_heading(&text.text) => None,
            (Block::Text(text), _) => Some(text),
            (Block::Table(_), _) => None,
        })
        .collect();
    items.extend(outline_items(&texts, &setting));
    for block in body {
        if let Block::Table(table) = block {
            items.extend(row_items(table, &around, fallback));
        }
    }
    items
}

/// How many blocks open the document before its first duty: bases and reasons, up to the line that ends with a colon.
pub fn preamble(body: &[Block], begins: impl Fn(&Block) -> bool) -> usize {
    let first = body.iter().position(|block| match block {
        Block::Text(text) => text.marker != Marker::Plain || begins(block),
        Block::Table(_) => true,
    });
    let before = first.unwrap_or(body.len());
    // "THỨ HAI (05/10)", "Thứ Hai (05/10): họp giao ban" and "Tuần 2 (từ 12/10 đến 17/10)" head the first duties.
    let week = |text: &TextBlock| is_label(&text.text) && fold_start(&text.text, 8).starts_with("tuan ");
    let opens = |text: &TextBlock| is_day(text) || day_and_entry(&text.text).is_some() || week(text);
    let heads = |block: &Block| matches!(block, Block::Text(text) if opens(text));
    let day = body[..before].iter().position(heads);
    if let Some(at) = day {
        return at;
    }
    let colon = body[..before]
        .iter()
        .rposition(|block| matches!(block, Block::Text(text) if text.text.trim_end().ends_with(':')));
    if let Some(at) = colon {
        return at + 1;
    }
    match first {
        Some(at) if !matches!(body[at], Block::Table(_)) => at,
        // Nothing but prose, or a table behind it: prose may ask for something too.
        _ => {
            body.iter().take_while(|block| matches!(block, Block::Text(text) if is_basis(&text.text))).count()
        }
    }
}

/// A legal basis: it ends with a semicolon where the next one follows, or names nothing but documents.
fn is_basis(text: &str) -> bool {
    fold_start(text, 8).starts_with("can cu") || text.trim_end().ends_with(';')
}

/// An item with its dates and duties; nothing when it counts only with a date and has none.
fn task(item: Item, around: &Surroundings, lines: &[Line]) -> Option<DraftTask> {
    let (mut due, more) = dues(&item, around);
    let unsaid = more.iter().any(|doubt| matches!(doubt.kind, DoubtKind::Undated { .. }));
    let limited = due.iter().any(|due| due.role == DueRole::Deadline);
    // Most prose ends here, before its clauses are gone through.
    if !unsaid && ((item.only_if_dated && due.is_empty()) || (item.outside && !limited)) {
        return None;
    }
    let mut requires = requires(&item, &due);
    // In a document about reports, what has a deadline is a report.
    if around.of_reports && requires == Requires::Confirmation {
        requires = Requires::Submission;
    }
    // "trong vòng 5 ngày kể từ ngày ký" of a document without a date: a limit, though nobody can say which day.
    let relative = requires == Requires::Submission && unsaid;
    if item.only_if_dated && !relative && !lays_a_duty(&item, &due, around) {
        return None;
    }
    if item.outside && !relative && !sets_a_limit(&item, &due, requires) {
        return None;
    }
    for one in &mut due {
        one.span = span_of(one, item.span, lines);
    }
    let mut doubts = item.doubts.clone();
    for doubt in more {
        let line = due.iter().map(|d| d.span.first_line).find(|line| *line > 0).unwrap_or(doubt.line);
        doubts.push(Doubt { line, ..doubt });
    }
    doubts.extend(off_days(&due, item.span.first_line));
    if requires == Requires::Submission && due.is_empty() && !relative {
        let asked = |words: &String| doubts.iter().any(|doubt| doubt.is_about(words));
        let words = words_without_a_day(&item).filter(|words| !asked(words));
        let kind = words.map(|printed| DoubtKind::Undated { printed });
        doubts.extend(kind.map(|kind| Doubt::new(item.span.first_line, kind)));
    }
    if !doubts.is_empty() {
        let here = Surroundings { months: item.months.clone(), ..around.clone() };
        give_choices(&mut doubts, &due, &here);
    }
    let how = handover(&item);
    let text =
        item.text.trim().trim_end_matches("./.").trim_start_matches(['-', '–', '+', '•']).trim().to_owned();
    let handed = requires == Requires::Submission;
    Some(DraftTask {
        months: item.months,
        label: item.label,
        text,
        requires,
        channel: how.channel.filter(|_| handed),
        to: how.to.filter(|_| handed),
        scope: how.scope,
        due,
        doubts,
        span: item.span,
    })
}

/// Whether prose is something to do: it sets a deadline, or names the day of a happening that is still to come and is said first.
fn lays_a_duty(item: &Item, due: &[DraftDue], around: &Surroundings) -> bool {
    let ahead = |due: &DraftDue| around.issued.is_some_and(|issued| due.date >= issued);
    let happens = || {
        let first = clause(item.text.split(['.', ';']).next().unwrap_or_default());
        // "Sau khi sắp xếp (dự kiến từ 01/7) …": what is told, not what is to be done.
        let told = [" sau khi ", " truoc khi ", " khi ", " du kien ", " neu "];
        says_what(&first) && !told.iter().any(|word| first.contains(word))
    };
    due.iter().any(|due| due.role == DueRole::Deadline) || (due.iter().any(ahead) && happens())
}

/// Whether what stands outside the months of a schedule is asked of schools by a day.
fn sets_a_limit(item: &Item, due: &[DraftDue], requires: Requires) -> bool {
    /// So much text is no one duty: a day in it is told of something in it.
    const LONGEST: usize = 400;
    let handed = requires == Requires::Submission && item.text.len() < LONGEST;
    let limit = |due: &DraftDue| {
        due.role == DueRole::Deadline && (due.kind == DueKind::Before || due.recur.is_some() || handed)
    };
    requires != Requires::None && !item.of_office && due.iter().any(limit)
}

/// Deadlines that fall on a Sunday or a public holiday. Saturdays are no surprise to a school.
fn off_days(due: &[DraftDue], line: usize) -> Vec<Doubt> {
    let week = MONDAY_TO_FRIDAY;
    let off = |date: NaiveDate| public_holidays(date.year(), YearChoice::default(), week).contains_key(&date);
    let is_off = |date: NaiveDate| date.weekday() == Weekday::Sun || off(date);
    let working = |date: &NaiveDate| date.weekday() != Weekday::Sat && !is_off(*date);
    due.iter()
        .filter(|due| due.role == DueRole::Deadline && due.recur.is_none() && is_off(due.date))
        .filter(|due| matches!(due.kind, DueKind::Before | DueKind::On))
        .filter_map(|due| {
            let before =
                std::iter::successors(due.date.pred_opt(), NaiveDate::pred_opt).take(15).find(working)?;
            Some(Doubt::new(line, DoubtKind::DayOff { date: due.date, before }))
        })
        .collect()
}

/// The line of the item on which the words of a date stand.
fn span_of(due: &DraftDue, item: Span, lines: &[Line]) -> Span {
    let range = item.first_line.saturating_sub(1)..item.last_line.min(lines.len());
    lines[range].iter().find(|line| line.text.contains(&due.quote)).map_or(item, |line| line.span)
}
