//! Directives: the draft of one, its tasks one by one, the archive.

use std::collections::BTreeSet;

use chrono::Datelike;
use i18n_embed_fl::fl;

use super::Voice;
use super::line::{plain, strong, text};
use super::office::doubts_of;
use crate::chat::{Block, Button, Outgoing, Text};
use crate::domain::{
    Choice, DirectiveDraft, DirectiveLine, DirectiveReply, DirectiveState, Doubt, DraftItem, DraftLine, Due,
    DueRole, Level, Month, NotRestored, Paper, PostWhat, Recur, Requires, ScopeLabel, Urgency,
};

mod archive;
pub(super) mod earlier;

/// Tasks of a draft that are listed before the rest is counted: a draft stays one message, so that it can be edited.
const TASKS_SHOWN: usize = 15;
/// Days with too much to do that are named.
const HEAVY_DAYS_SHOWN: usize = 3;
/// Dropped tasks that have a button.
const DROPPED_SHOWN: usize = 3;
/// Doubts of a list before the rest is counted.
const DOUBTS_SHOWN: usize = 5;
/// The most characters of a sentence of the document.
const QUOTE_SHOWN: usize = 300;
/// The most characters of a task's text, so that a message holds it with all else.
const TEXT_SHOWN: usize = 1200;

pub(super) fn say(voice: Voice, reply: &DirectiveReply) -> Outgoing {
    let words = voice.words();
    let said = match reply {
        DirectiveReply::Draft(draft) => return self::draft(voice, draft),
        DirectiveReply::Item(item) => return self::item(voice, item, None),
        DirectiveReply::Turned { code, place, of } => {
            fl!(
                words,
                "directive-turned",
                code = code.clone(),
                place = place.to_string(),
                of = of.to_string()
            )
        }
        DirectiveReply::NotPosted { open } => {
            fl!(words, "directive-unsettled", count = open.to_string())
        }
        DirectiveReply::Unsettled { .. } => return unsettled(voice, reply),
        DirectiveReply::Posted { directive, tasks } => {
            let title = voice.directive_title(directive);
            let mut blocks = vec![strong(capital(&title))];
            if let Some(stamp) = voice.stamp(directive.urgency) {
                blocks.insert(0, strong(stamp));
            }
            blocks.push(plain(capital(&directive.subject)));
            blocks.extend(tasks.iter().map(|t| voice.task_block(t)));
            let wanted = tasks.iter().find(|t| t.requires != Requires::None);
            if let Some(task) = wanted.or(tasks.first()) {
                blocks.push(plain(fl!(words, "month-how", code = task.code.clone())));
            }
            let row = vec![
                button(fl!(words, "button-received"), "received".to_owned(), "/nhan"),
                button(fl!(words, "button-my-tasks"), "mine".to_owned(), "/viec"),
            ];
            return Outgoing { text: text(blocks), buttons: vec![row] };
        }
        DirectiveReply::Published { directive, groups, schools, months, waiting } => {
            let (title, count) = (voice.directive_title(directive), directive.codes.len().to_string());
            if months.is_empty() {
                let (groups, schools) = (groups.to_string(), schools.to_string());
                let mut said = fl!(
                    words,
                    "directive-published",
                    directive = capital(&title),
                    tasks = count,
                    groups = groups,
                    schools = schools
                );
                if !waiting.is_empty() {
                    let times =
                        waiting.iter().map(|(code, month)| format!("{code} ({})", voice.month(*month)));
                    let times = times.collect::<Vec<_>>().join(", ");
                    said.push(' ');
                    said.push_str(&fl!(words, "directive-waiting", times = times));
                }
                said
            } else {
                let months = months.iter().map(|m| voice.month(*m)).collect::<Vec<_>>().join(", ");
                fl!(words, "directive-planned", directive = capital(&title), tasks = count, months = months)
            }
        }
        DirectiveReply::Withdrawn { directive, by, repealed } => {
            let (old, new) = (capital(&voice.directive_title(directive)), voice.directive_title(by));
            let codes = directive.codes.join(", ");
            if *repealed {
                fl!(words, "directive-repealed", directive = old, by = new, codes = codes)
            } else {
                fl!(words, "directive-withdrawn", directive = old, by = new, codes = codes)
            }
        }
        DirectiveReply::Superseded { directive, withdrawn, moved } => {
            let title = voice.directive_title(directive);
            let mut said = Vec::new();
            if !withdrawn.is_empty() {
                let codes = withdrawn.join(", ");
                said.push(fl!(words, "directive-old-withdrawn", codes = codes, directive = title.clone()));
            }
            if !moved.is_empty() {
                let codes = moved.join(", ");
                said.push(fl!(words, "directive-old-moved", codes = codes, directive = title));
            }
            said.join(" ")
        }
        DirectiveReply::Filed { directive } => {
            fl!(words, "directive-filed", directive = capital(&voice.directive_title(directive)))
        }
        DirectiveReply::NotRestored { code, why } => {
            let code = code.clone();
            match why {
                NotRestored::Merged => fl!(words, "not-restored-merged", code = code),
                NotRestored::WasPosted => fl!(words, "not-restored-posted", code = code),
                NotRestored::DraftGone => fl!(words, "not-restored-gone", code = code),
            }
        }
        DirectiveReply::Dropped { directive } => {
            fl!(words, "directive-dropped", directive = voice.directive_title(directive))
        }
        DirectiveReply::Known { directive, at, by } => return known(voice, directive, *at, by),
        DirectiveReply::NoDraft { given } if given.is_empty() => fl!(words, "directive-no-draft"),
        DirectiveReply::NoDraft { given } => fl!(words, "directive-no-draft-of", given = given.clone()),
        DirectiveReply::WhichDueShown => fl!(words, "directive-which-due-shown"),
        DirectiveReply::WhichDue(which) => return earlier::which_due(voice, which),
        DirectiveReply::Merged { code, into, other_due } => {
            let task = voice.task_title(into);
            let mut said = fl!(words, "directive-merged", code = code.clone(), task = task);
            if let Some(due) = other_due {
                let due = voice.due(due);
                said.push(' ');
                said.push_str(&fl!(words, "directive-merged-due", due = due, code = into.code.clone()));
            }
            said
        }
        DirectiveReply::Asked { by, words, item } => return self::item(voice, item, Some((by, words))),
        DirectiveReply::PassedOn { to, .. } if to.is_empty() => fl!(words, "directive-nobody-to-ask"),
        DirectiveReply::PassedOn { code, to } => {
            fl!(words, "directive-passed-on", code = code.clone(), people = to.join(", "))
        }
        DirectiveReply::Archive { query, directives } => return archive::list(voice, query, directives),
        DirectiveReply::Genuine(genuine) => return archive::genuine(voice, genuine),
        DirectiveReply::Doubted { by, words: said } => {
            fl!(words, "genuine-doubted", by = by.clone(), words = said.clone())
        }
    };
    Outgoing { text: Text::plain(said), buttons: vec![] }
}

fn draft(voice: Voice, draft: &DirectiveDraft) -> Outgoing {
    let words = voice.words();
    let directive = &draft.directive;
    let id = directive.id;
    let mut blocks =
        vec![strong(fl!(words, "directive-draft", directive = voice.directive_title(directive)))];
    let issuer = directive.issuer.as_ref().map(|i| format!("{i}: ")).unwrap_or_default();
    blocks.push(plain(format!("{issuer}{}", directive.subject)));
    blocks.extend(paper(voice, &draft.paper));
    if let Some(stamp) = voice.stamp(directive.urgency) {
        blocks.push(strong(stamp));
    }
    let open = draft.tasks.iter().map(|t| t.open).sum::<usize>() + draft.doubts.len();
    let deadlines: usize =
        draft.tasks.iter().flat_map(|t| &t.task.due).filter(|d| d.role == DueRole::Deadline).count();
    let undated = draft.tasks.iter().filter(|t| !t.dated).count();
    let mut counts = match draft.tasks.len() {
        0 => vec![fl!(words, "directive-no-tasks")],
        count => vec![
            fl!(words, "directive-tasks", count = count.to_string()),
            fl!(words, "directive-deadlines", count = deadlines.to_string()),
        ],
    };
    if undated > 0 {
        counts.push(fl!(words, "directive-undated", count = undated.to_string()));
    }
    if open > 0 {
        counts.push(fl!(words, "directive-points", count = open.to_string()));
    }
    blocks.push(plain(counts.join(", ")));
    let mut month: Option<Option<Month>> = None;
    for line in draft.tasks.iter().take(TASKS_SHOWN) {
        if month != Some(line.month) {
            month = Some(line.month);
            blocks.push(strong(match line.month {
                Some(month) => fl!(words, "directive-month", month = voice.month(month)),
                None => fl!(words, "directive-no-month"),
            }));
        }
        blocks.push(draft_line(voice, line));
    }
    if draft.tasks.len() > TASKS_SHOWN {
        let more = (draft.tasks.len() - TASKS_SHOWN).to_string();
        blocks.push(plain(fl!(words, "directive-more-tasks", count = more)));
    }
    blocks.extend(doubts_of(voice, &draft.doubts, DOUBTS_SHOWN));
    blocks.extend(draft.twins.iter().map(|twin| plain(earlier::twin_line(voice, twin))));
    let first = draft.tasks.first().map(|t| t.task.code.clone());
    blocks.extend(
        draft.earlier.iter().map(|earlier| plain(earlier::earlier_line(voice, earlier, first.as_deref()))),
    );
    blocks.extend(draft.heavy_days.iter().take(HEAVY_DAYS_SHOWN).map(|(day, count)| {
        plain(fl!(words, "directive-heavy-day", day = voice.day(*day), count = count.to_string()))
    }));
    if let Some(last) = draft.dropped.last() {
        let codes = draft.dropped.iter().map(|d| d.code.clone()).collect::<Vec<_>>().join(", ");
        blocks.push(plain(fl!(words, "directive-left-out", codes = codes, code = last.code.clone())));
    }
    if let Some(code) = &first {
        blocks.push(plain(fl!(words, "directive-draft-how", code = code.clone())));
    }
    let mut rows: Vec<Vec<Button>> =
        draft.twins.iter().map(|twin| vec![earlier::merge_button(voice, twin)]).collect();
    rows.extend(earlier::supersede_rows(voice, draft));
    rows.extend(draft.dropped.iter().rev().take(DROPPED_SHOWN).map(|dropped| {
        let label = fl!(words, "button-restore", code = dropped.code.clone());
        vec![button(label, format!("restore {}", dropped.task), &format!("/laylai {}", dropped.code))]
    }));
    let drop = button(fl!(words, "button-drop"), format!("drop-directive {id}"), "/bo văn bản");
    if draft.tasks.is_empty() {
        rows.push(vec![button(fl!(words, "button-file"), format!("post {id}"), "/dang văn bản"), drop]);
        return Outgoing { text: text(blocks), buttons: rows };
    }
    rows.push(vec![
        button(fl!(words, "button-post-now"), format!("post {id}"), "/dang văn bản"),
        button(fl!(words, "button-post-by-month"), format!("post-month {id}"), "/dang văn bản theo tháng"),
    ]);
    rows.push(vec![button(fl!(words, "button-items"), format!("items {id}"), "/xem văn bản"), drop]);
    let several = draft.tasks.iter().filter_map(|t| t.month).collect::<BTreeSet<_>>().len() > 1;
    if several {
        let label = fl!(words, "button-as-schedule");
        rows.push(vec![button(label, format!("as-schedule {id}"), "/sua văn bản thành lịch năm")]);
    }
    Outgoing { text: text(blocks), buttons: rows }
}

/// "Kính gửi: …", "Người ký: …", and a word of caution when the number is in the archive with another file.
pub(super) fn paper(voice: Voice, paper: &Paper) -> Vec<Block> {
    const ADDRESSEES_SHOWN: usize = 4;
    let words = voice.words();
    let mut blocks = Vec::new();
    if !paper.addressees.is_empty() {
        let mut to = paper.addressees.iter().take(ADDRESSEES_SHOWN).cloned().collect::<Vec<_>>().join("; ");
        if paper.addressees.len() > ADDRESSEES_SHOWN {
            to.push_str(" …");
        }
        blocks.push(plain(fl!(words, "directive-to", to = to)));
    }
    if let Some(signer) = &paper.signer {
        blocks.push(plain(fl!(words, "directive-signer", signer = signer.clone())));
    }
    if !paper.foreign_levels.is_empty() {
        let (to, own) = (levels(voice, &paper.foreign_levels), levels(voice, &paper.own_levels));
        blocks.push(plain(fl!(words, "directive-foreign-levels", to = to, own = own)));
    }
    blocks.extend(paper.same_number.iter().take(2).map(|other| {
        let (subject, state) = (other.subject.clone(), voice.directive_state(other));
        plain(fl!(words, "directive-same-number", subject = subject, state = state))
    }));
    blocks
}

/// "tiểu học, THCS"
fn levels(voice: Voice, levels: &BTreeSet<Level>) -> String {
    let words = voice.words();
    let name = |level: &Level| match level {
        Level::Preschool => fl!(words, "level-preschool"),
        Level::Primary => fl!(words, "level-primary"),
        Level::LowerSecondary => fl!(words, "level-lower-secondary"),
        Level::UpperSecondary => fl!(words, "level-upper-secondary"),
    };
    levels.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn draft_line(voice: Voice, line: &DraftLine) -> Block {
    let mut said = voice.task_title(&line.task);
    if line.open > 0 {
        said.push_str(&fl!(voice.words(), "directive-open", count = line.open.to_string()));
    }
    Block { text: said, strong: false, task: Some(line.task.task) }
}

/// One task of a draft; for an officer who is asked about it, with who asks and the words.
fn item(voice: Voice, item: &DraftItem, asked: Option<(&str, &str)>) -> Outgoing {
    let words = voice.words();
    let code = &item.task.code;
    let mut blocks = Vec::new();
    if let Some((by, question)) = asked {
        blocks.push(plain(fl!(words, "directive-asked", by = by, words = question, code = code.clone())));
    }
    if item.directive.is_some() {
        let (place, of) = (item.place.to_string(), item.of.to_string());
        blocks.push(strong(fl!(words, "directive-item", place = place, of = of)));
    }
    let mut task = item.task.clone();
    task.text = shortened(&task.text, TEXT_SHOWN);
    blocks.push(voice.task_block(&task));
    let wants = voice.requires(item.task.requires);
    blocks.push(plain(fl!(words, "directive-wants", wants = wants, schools = item.schools.to_string())));
    for source in &item.sources {
        let quote = shortened(&source.quote, QUOTE_SHOWN);
        blocks.push(plain(fl!(
            words,
            "directive-source",
            place = super::place(voice.language, &source.place),
            quote = quote
        )));
    }
    let mut rows = Vec::new();
    for (n, doubt) in (1..).zip(&item.doubts) {
        blocks.push(plain(doubt_line(voice, n, doubt, &item.task.due)));
        rows.push(choices(voice, item, n, doubt));
    }
    if asked.is_none() {
        blocks.push(plain(fl!(words, "directive-item-how", code = code.clone())));
        rows.push(turns(voice, item));
    }
    Outgoing { text: text(blocks), buttons: rows.into_iter().filter(|row| !row.is_empty()).collect() }
}

fn turns(voice: Voice, item: &DraftItem) -> Vec<Button> {
    let words = voice.words();
    let mut row = Vec::new();
    if let Some((task, code)) = &item.before {
        row.push(button(format!("‹ {code}"), format!("item {task}"), ""));
    }
    if let Some((task, code)) = &item.after {
        row.push(button(format!("{code} ›"), format!("item {task}"), &format!("/xem {code}")));
    }
    if !item.draft {
        return row;
    }
    let code = &item.task.code;
    row.push(button(
        fl!(words, "button-drop-item", code = code.clone()),
        format!("drop-item {}", item.task.task),
        &format!("/bo {code}"),
    ));
    if let Some(directive) = item.directive {
        row.push(button(fl!(words, "button-back"), format!("draft {directive}"), "/xem văn bản"));
    }
    row
}

/// "1. ⚠ dòng 12: … → 1: thứ Sáu 16/10 · 0: giữ nguyên".
fn doubt_line(voice: Voice, number: usize, doubt: &Doubt, due: &[Due]) -> String {
    let said = super::doubt(voice, doubt);
    if doubt.choices.is_empty() {
        return format!("{number}. ⚠ {said}");
    }
    let mut offered: Vec<String> =
        (1..).zip(&doubt.choices).map(|(n, c)| format!("({n}) {}", voice.choice(c, due))).collect();
    offered.push(format!("(0) {}", fl!(voice.words(), "choice-keep")));
    format!("{number}. ⚠ {said}\n→ {}", offered.join(" · "))
}

/// The buttons of one doubt. The first one also says how to type a choice.
fn choices(voice: Voice, item: &DraftItem, number: usize, doubt: &Doubt) -> Vec<Button> {
    let task = item.task.task;
    let mut row: Vec<Button> = (1..)
        .zip(&doubt.choices)
        .map(|(n, choice)| Button {
            label: format!("{number}. {}", voice.choice(choice, &item.task.due)),
            action: format!("take {task} {number} {n}"),
            typed: if n == 1 { format!("/chon {} {number} {n}", item.task.code) } else { String::new() },
        })
        .collect();
    let typed = if row.is_empty() { format!("/chon {} {number} 0", item.task.code) } else { String::new() };
    row.push(Button {
        label: format!("{number}. {}", fl!(voice.words(), "choice-keep")),
        action: format!("take {task} {number} 0"),
        typed,
    });
    row
}

fn unsettled(voice: Voice, reply: &DirectiveReply) -> Outgoing {
    let DirectiveReply::Unsettled { what, directive, by_month, open } = reply else {
        return Outgoing::default();
    };
    let words = voice.words();
    let count = open.iter().map(|(_, _, doubts)| doubts.len()).sum::<usize>();
    let mut blocks = vec![strong(fl!(words, "directive-unsettled", count = count.to_string()))];
    let mut left = DOUBTS_SHOWN * 2;
    for (code, title, doubts) in open.iter().filter(|(_, _, doubts)| !doubts.is_empty()) {
        if left == 0 {
            break;
        }
        if !code.is_empty() {
            blocks.push(plain(format!("{code} {title}")));
        }
        for doubt in doubts.iter().take(left) {
            blocks.push(plain(format!("⚠ {}", super::doubt(voice, doubt))));
            left -= 1;
        }
    }
    if count > DOUBTS_SHOWN * 2 {
        blocks.push(plain(fl!(words, "doubts-more", count = (count - DOUBTS_SHOWN * 2).to_string())));
    }
    blocks.push(plain(fl!(words, "directive-unsettled-how")));
    let anyway = fl!(words, "button-post-anyway");
    let row = match what {
        PostWhat::Directive(id) => {
            let (verb, typed) = if *by_month {
                ("post-month-seen", "/dang văn bản theo tháng đã xem")
            } else {
                ("post-seen", "/dang văn bản đã xem")
            };
            let look = button(fl!(words, "button-items"), format!("items {id}"), "/xem văn bản");
            vec![look, button(anyway, format!("{verb} {id}"), typed)]
        }
        PostWhat::Task(id) => {
            let code = open.first().map(|(code, _, _)| code.clone()).unwrap_or_default();
            let look = button(
                fl!(words, "button-look", code = code.clone()),
                format!("item {id}"),
                &format!("/xem {code}"),
            );
            vec![look, button(anyway, format!("publish-seen {id}"), &format!("/dang {code} đã xem"))]
        }
    };
    if let Some(directive) = directive {
        blocks.insert(1, plain(capital(&voice.directive_title(directive))));
    }
    Outgoing { text: text(blocks), buttons: vec![row] }
}

fn known(voice: Voice, directive: &DirectiveLine, at: chrono::DateTime<chrono::Utc>, by: &str) -> Outgoing {
    let words = voice.words();
    let (hour, day) = (voice.clock(at), voice.full_day(voice.local_day(at)));
    let title = voice.directive_title(directive);
    let mut said = if by.is_empty() {
        fl!(words, "directive-known", directive = title, hour = hour, day = day)
    } else {
        fl!(words, "directive-known-by", directive = title, hour = hour, day = day, by = by)
    };
    said.push(' ');
    said.push_str(&voice.directive_state(directive));
    let buttons = if directive.state == DirectiveState::Draft {
        vec![vec![button(fl!(words, "button-open-draft"), format!("draft {}", directive.id), "/xem văn bản")]]
    } else {
        vec![]
    };
    Outgoing { text: Text::plain(said), buttons }
}

fn button(label: String, action: String, typed: &str) -> Button {
    Button { label, action, typed: typed.to_owned() }
}

/// With a capital at its start, as a sentence begins.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
}

impl Voice {
    /// "công văn 155/PGDĐT-GDMN ngày 14/9/2026"; without a number the name of its file.
    pub fn directive_title(&self, directive: &DirectiveLine) -> String {
        let words = self.words();
        let kind = directive.kind.clone().unwrap_or_else(|| fl!(words, "directive-kind"));
        let mut title = match &directive.number {
            Some(number) => fl!(words, "directive-title", kind = kind, number = number.clone()),
            None => fl!(words, "directive-title-file", kind = kind, file = directive.file_name.clone()),
        };
        if let Some(day) = directive.issued_on {
            title.push_str(&fl!(words, "directive-issued", day = self.full_day(day)));
        }
        title
    }

    /// What became of it, as a sentence.
    pub(super) fn directive_state(&self, directive: &DirectiveLine) -> String {
        let words = self.words();
        let many = directive.codes.len() > 12;
        let codes = if many { directive.codes.len().to_string() } else { directive.codes.join(", ") };
        match directive.state {
            DirectiveState::Draft => fl!(words, "directive-is-draft"),
            DirectiveState::Active if directive.codes.is_empty() => fl!(words, "directive-is-merged"),
            DirectiveState::Active if many => fl!(words, "directive-is-active-many", count = codes),
            DirectiveState::Active => fl!(words, "directive-is-active", codes = codes),
            DirectiveState::Dropped => fl!(words, "directive-is-dropped"),
            DirectiveState::Replaced => fl!(words, "directive-is-replaced"),
        }
    }

    fn stamp(&self, urgency: Urgency) -> Option<String> {
        match urgency {
            Urgency::Normal => None,
            Urgency::Urgent => Some(fl!(self.words(), "directive-urgent")),
            Urgency::Express => Some(fl!(self.words(), "directive-express")),
        }
    }

    /// What a school must give, in a few words.
    fn requires(&self, requires: Requires) -> String {
        match requires {
            Requires::None => fl!(self.words(), "requires-none"),
            Requires::Confirmation => fl!(self.words(), "requires-confirmation"),
            Requires::Submission => fl!(self.words(), "requires-submission"),
        }
    }

    /// What can be taken instead, in a few words for a button; `due` are the dates that the doubt is about.
    pub fn choice(&self, choice: &Choice, due: &[Due]) -> String {
        let words = self.words();
        let day = |place: &usize| due.get(*place).map(|d| self.day(d.date)).unwrap_or_default();
        match choice {
            // Another year than the one that was read is said with it.
            Choice::Date { date, due: at } if due.get(*at).is_some_and(|d| d.date.year() != date.year()) => {
                format!("{}/{}", self.weekday(*date), date.year())
            }
            Choice::Date { date, .. } => self.weekday(*date),
            Choice::Role { role: DueRole::Deadline, due } => fl!(words, "choice-deadline", day = day(due)),
            Choice::Role { role: DueRole::Event, due } => fl!(words, "choice-event", day = day(due)),
            Choice::Recur { recur, .. } => {
                let how = match recur {
                    Recur::Daily => fl!(words, "choice-recur-daily"),
                    Recur::Weekly => fl!(words, "choice-recur-weekly"),
                    Recur::Monthly => fl!(words, "choice-recur-monthly"),
                    Recur::Yearly => fl!(words, "choice-recur-yearly"),
                };
                fl!(words, "choice-recur", how = how)
            }
            Choice::NoDate { due } => fl!(words, "choice-no-date", day = day(due)),
            // So is one that no other date of the task tells.
            Choice::AddDate(added) => {
                let told = due.iter().any(|d| d.date.year() == added.date.year());
                let year = if told { String::new() } else { format!("/{}", added.date.year()) };
                fl!(words, "choice-add-date", due = format!("{}{year}", self.due(added)))
            }
            Choice::Months(months) => {
                let months = months.iter().map(|m| self.month(*m)).collect::<Vec<_>>().join(", ");
                fl!(words, "choice-months", months = months)
            }
            Choice::Scope(scope) => {
                use crate::domain::Scope;
                let label = match scope {
                    Scope::Kinds(kinds) => self.scope(&ScopeLabel::Kinds(kinds.clone())),
                    Scope::Clusters(names) | Scope::Wards(names) => {
                        self.scope(&ScopeLabel::Names(names.clone()))
                    }
                    Scope::All => fl!(words, "read-everyone"),
                    Scope::Schools(schools) => {
                        fl!(words, "choice-schools", count = schools.len().to_string())
                    }
                };
                fl!(words, "choice-scope", scope = label)
            }
            Choice::Requires(requires) => self.requires(*requires),
            Choice::Drop => fl!(words, "choice-drop"),
            Choice::Repeat { dates, .. } => {
                let days: Vec<String> = dates.iter().map(|day| day.format("%d/%m").to_string()).collect();
                fl!(words, "choice-repeat", days = days.join(", "))
            }
        }
    }
}
