//! The draft as a page for a terminal: header, tasks by month, doubts with their lines.

use std::collections::HashMap;
use std::fmt::Write;

use chrono::NaiveDate;
use i18n_embed_fl::fl;

use crate::domain::{Due, DueKind, DueRole, Language, Month, Recur, Requires, Urgency};
use crate::import::{Act, Directive, Doubt, DraftDue, DraftTask, IssuedOn, Places, Relation, TakeError};
use crate::wording::{Voice, catalog, place};

/// The page of a draft.
pub fn page(directive: &Directive, file: &str, language: Language) -> String {
    let mut out = String::new();
    let words = catalog(language);
    let deadlines =
        directive.tasks.iter().flat_map(|t| &t.due).filter(|d| d.role == DueRole::Deadline).count();
    let doubts = directive.doubts.len() + directive.tasks.iter().map(|t| t.doubts.len()).sum::<usize>();
    head(&mut out, directive, file, language);
    line(
        &mut out,
        &fl!(words, "read-summary", tasks = directive.tasks.len(), deadlines = deadlines, doubts = doubts),
    );
    let mut before: Option<&[Month]> = None;
    let mut number = 1;
    for task in &directive.tasks {
        if before != Some(&task.months) {
            let months =
                task.months.iter().map(|m| format!("{}/{}", m.month, m.year)).collect::<Vec<_>>().join(", ");
            let title = if months.is_empty() {
                fl!(words, "read-no-month")
            } else {
                fl!(words, "read-month", months = months)
            };
            line(&mut out, &format!("\n{title}"));
            before = Some(&task.months);
        }
        one(&mut out, task, &directive.places, language);
        number = open(&mut out, &task.doubts, &task.due, number, &directive.places, language);
    }
    if !directive.doubts.is_empty() {
        line(&mut out, &format!("\n{}", fl!(words, "read-document-doubts")));
        open(&mut out, &directive.doubts, &[], number, &directive.places, language);
    }
    out
}

fn head(out: &mut String, directive: &Directive, file: &str, language: Language) {
    let words = catalog(language);
    let header = &directive.header;
    let issued = header.issued_on.map(|date| match date {
        IssuedOn::Day(day) => day.format("%d/%m/%Y").to_string(),
        IssuedOn::Month(month) => format!("{}/{}", month.month, month.year),
        IssuedOn::Year(year) => year.to_string(),
    });
    let rows = [
        (fl!(words, "read-file"), Some(file.to_owned())),
        (fl!(words, "read-kind"), header.kind.map(|kind| kind.name().to_owned())),
        (fl!(words, "read-number"), header.number.clone()),
        (fl!(words, "read-issued"), issued),
        (fl!(words, "read-issuer"), header.issuer.clone()),
        (fl!(words, "read-subject"), header.subject.clone()),
        (fl!(words, "read-school-year"), header.school_year.map(|year| year.to_string())),
        (fl!(words, "read-addressees"), Some(header.addressees.join("; ")).filter(|a| !a.is_empty())),
        (fl!(words, "read-signer"), header.signer.clone()),
    ];
    let stamp = match directive.urgency {
        Urgency::Normal => None,
        Urgency::Urgent => Some(fl!(words, "directive-urgent")),
        Urgency::Express => Some(fl!(words, "directive-express")),
    };
    // Most documents have neither.
    let stamp = stamp.map(|stamp| (fl!(words, "read-urgency"), Some(stamp)));
    let related =
        directive.relations.iter().map(|one| (fl!(words, "read-relation"), Some(related(one, language))));
    let rows: Vec<_> = rows.into_iter().chain(stamp).chain(related).collect();
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, value) in rows {
        let value = value.unwrap_or_else(|| "–".to_owned());
        line(out, &format!("{name:width$}  {value}"));
    }
    out.push('\n');
}

/// "thay thế: Công văn 41/VHXH, 05/09/2026".
fn related(relation: &Relation, language: Language) -> String {
    let words = catalog(language);
    let act = match relation.act {
        Act::Replace => fl!(words, "read-replaces"),
        Act::Repeal => fl!(words, "read-repeals"),
        Act::Correct => fl!(words, "read-corrects"),
        Act::Adjust => fl!(words, "read-adjusts"),
        Act::Supplement => fl!(words, "read-supplements"),
        Act::Extend => fl!(words, "read-extends"),
    };
    let day = relation.issued_on.map(|day| day.format(", %d/%m/%Y").to_string()).unwrap_or_default();
    format!("{act}: {} {}{day}", relation.kind, relation.number)
}

fn one(out: &mut String, task: &DraftTask, places: &Places, language: Language) {
    let words = catalog(language);
    let at = place(language, &places.of(task.span.first_line));
    for (n, text) in task.text.lines().enumerate() {
        if n == 0 {
            let label = if task.label.is_empty() { "–".to_owned() } else { format!("{}.", task.label) };
            line(out, &format!("  {label} {text}  [{at}]"));
        } else {
            line(out, &format!("       {text}"));
        }
    }
    for due in &task.due {
        let at = place(language, &places.of(due.span.first_line));
        line(out, &format!("     → {}  “{}” [{at}]", moment(due, language), due.quote));
    }
    let who = task.scope.clone().unwrap_or_else(|| fl!(words, "read-everyone"));
    let wants = match task.requires {
        Requires::Submission => {
            let mut text = fl!(words, "read-submission", who = who);
            if let Some(to) = &task.to {
                let _ = write!(text, " · {}", fl!(words, "read-to", to = to.as_str()));
            }
            if let Some(channel) = &task.channel {
                let _ = write!(text, " · {}", fl!(words, "read-channel", channel = channel.as_str()));
            }
            Some(text)
        }
        Requires::Confirmation => Some(fl!(words, "read-confirmation", who = who)),
        Requires::None => None,
    };
    if let Some(wants) = wants {
        line(out, &format!("     · {wants}"));
    }
}

/// Doubts from this number on, each with what can be taken (`--take 3:1`). The number after them.
fn open(
    out: &mut String,
    doubts: &[Doubt],
    due: &[DraftDue],
    from: usize,
    places: &Places,
    language: Language,
) -> usize {
    let voice = Voice { language, zone: chrono_tz::Asia::Ho_Chi_Minh };
    let due: Vec<Due> = due.iter().cloned().map(Due::from).collect();
    for (number, doubt) in (from..).zip(doubts) {
        line(out, &format!("     ? {number}. {}", sentence(doubt, places, language)));
        if !doubt.choices.is_empty() {
            let offered =
                (1..).zip(&doubt.choices).map(|(k, c)| format!("{number}:{k} {}", voice.choice(c, &due)));
            line(out, &format!("       {}", offered.collect::<Vec<_>>().join(" · ")));
        }
    }
    from + doubts.len()
}

/// Why nothing was settled, and how it is done.
pub fn not_taken(error: TakeError, language: Language) -> String {
    let words = catalog(language);
    match error {
        TakeError::NoDoubt(number, count) => {
            fl!(words, "read-no-doubt", number = number.to_string(), count = count.to_string())
        }
        TakeError::NoChoice(number, count) => {
            fl!(words, "read-no-choice", number = number.to_string(), count = count.to_string())
        }
    }
}

/// "hạn trước 17:00 ngày 17/10/2026", "diễn ra từ 15/09/2026 đến ngày 25/09/2026, lặp hằng tháng".
fn moment(due: &DraftDue, language: Language) -> String {
    let words = catalog(language);
    let day = |date: NaiveDate| date.format("%d/%m/%Y").to_string();
    let date = match due.time {
        None => fl!(words, "read-day", day = day(due.date)),
        Some(time) => {
            let time = if due.midnight { "24:00".to_owned() } else { time.format("%H:%M").to_string() };
            fl!(words, "read-hour", time = time, day = day(due.date))
        }
    };
    let from = due.from.map(day).unwrap_or_default();
    let said = match due.kind {
        DueKind::Before => fl!(words, "read-before", date = date),
        DueKind::On => fl!(words, "read-on", date = date),
        DueKind::Range => fl!(words, "read-range", from = from, date = date),
        DueKind::During => fl!(words, "read-during", from = from, date = date),
    };
    let role = match due.role {
        DueRole::Deadline => fl!(words, "read-deadline", date = said),
        DueRole::Event => fl!(words, "read-event", date = said),
    };
    let again = match due.recur {
        None => return role,
        Some(Recur::Daily) => fl!(words, "read-daily"),
        Some(Recur::Weekly) => fl!(words, "read-weekly"),
        Some(Recur::Monthly) => fl!(words, "read-monthly"),
        Some(Recur::Yearly) => fl!(words, "read-yearly"),
    };
    let until = due.until.map(|until| fl!(words, "read-until", date = day(until))).unwrap_or_default();
    format!("{role}, {again}{until}")
}

/// A doubt in words, with its place.
pub fn sentence(doubt: &Doubt, places: &Places, language: Language) -> String {
    let words = catalog(language);
    let values: HashMap<&str, String> = doubt.kind.values().into_iter().collect();
    let said = words.get_args(doubt.kind.key(), values);
    if doubt.line == 0 {
        return said;
    }
    format!("{}: {said}", place(language, &places.of(doubt.line)))
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
