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
    DueRole, Earlier, Level, Month, Paper, PostWhat, Recur, Requires, ScopeLabel, Twin, Urgency, WhichDue,
};

mod archive;

/// Tasks of a draft that are listed before the rest is counted: a draft stays one message, so that it can be edited.
const TASKS_SHOWN: usize = 15;
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
        DirectiveReply::Withdrawn { directive, by } => {
            let (old, new) = (capital(&voice.directive_title(directive)), voice.directive_title(by));
            fl!(words, "directive-withdrawn", directive = old, by = new, codes = directive.codes.join(", "))
        }
        DirectiveReply::Dropped { directive } => {
            fl!(words, "directive-dropped", directive = voice.directive_title(directive))
        }
        DirectiveReply::Known { directive, at, by } => return known(voice, directive, *at, by),
        DirectiveReply::NoDraft { given } if given.is_empty() => fl!(words, "directive-no-draft"),
        DirectiveReply::NoDraft { given } => fl!(words, "directive-no-draft-of", given = given.clone()),
        DirectiveReply::WhichDueShown => fl!(words, "directive-which-due-shown"),
        DirectiveReply::WhichDue(which) => return which_due(voice, which),
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
    let mut counts = vec![fl!(words, "directive-tasks", count = draft.tasks.len().to_string())];
    counts.push(fl!(words, "directive-deadlines", count = deadlines.to_string()));
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
    blocks.extend(draft.twins.iter().map(|twin| plain(twin_line(voice, twin))));
    blocks.extend(draft.earlier.iter().map(|earlier| plain(earlier_line(voice, earlier))));
    let code = draft.tasks.first().map(|t| t.task.code.clone()).unwrap_or_default();
    blocks.push(plain(fl!(words, "directive-draft-how", code = code)));
    let mut rows: Vec<Vec<Button>> = draft.twins.iter().map(|twin| vec![merge_button(voice, twin)]).collect();
    rows.extend(draft.earlier.iter().enumerate().map(|(at, earlier)| {
        let label =
            if earlier.ends { fl!(words, "button-withdraw-old") } else { fl!(words, "button-move-old") };
        vec![button(label, format!("supersede {id} {at}"), if at == 0 { "/sua văn bản cũ" } else { "" })]
    }));
    rows.push(vec![
        button(fl!(words, "button-post-now"), format!("post {id}"), "/dang văn bản"),
        button(fl!(words, "button-post-by-month"), format!("post-month {id}"), "/dang văn bản theo tháng"),
    ]);
    rows.push(vec![
        button(fl!(words, "button-items"), format!("items {id}"), "/xem văn bản"),
        button(fl!(words, "button-drop"), format!("drop-directive {id}"), "/bo văn bản"),
    ]);
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

fn twin_line(voice: Voice, twin: &Twin) -> String {
    let (code, other, title) = (format!("V{}", twin.code), format!("V{}", twin.other), twin.title.clone());
    if twin.out {
        fl!(voice.words(), "directive-twin-out", code = code, other = other, title = title)
    } else {
        fl!(voice.words(), "directive-twin", code = code, other = other, title = title)
    }
}

fn earlier_line(voice: Voice, earlier: &Earlier) -> String {
    let words = voice.words();
    let title = voice.directive_title(&earlier.directive);
    if earlier.ends {
        return fl!(words, "directive-ends", directive = title, codes = earlier.directive.codes.join(", "));
    }
    let moves: Vec<String> = earlier.moves.iter().map(|(new, old)| format!("V{old} (V{new})")).collect();
    fl!(words, "directive-moves", directive = title, codes = moves.join(", "))
}

fn merge_button(voice: Voice, twin: &Twin) -> Button {
    let (code, other) = (format!("V{}", twin.code), format!("V{}", twin.other));
    let typed = format!("/gop {code} {other}");
    let label = fl!(voice.words(), "button-merge", code = code, other = other);
    Button { label, action: format!("merge {} {}", twin.code, twin.other), typed }
}

/// Which deadline holds when two tasks become one: both with their codes, and a button for each.
fn which_due(voice: Voice, which: &WhichDue) -> Outgoing {
    let words = voice.words();
    let (gone, kept) = (format!("V{}", which.gone), format!("V{}", which.kept));
    let said = |dues: &[Due]| dues.iter().map(|due| voice.due(due)).collect::<Vec<_>>().join(", ");
    let (new, old) = (said(&which.new), said(&which.old));
    let question = fl!(
        words,
        "directive-which-due",
        code = gone.clone(),
        other = kept.clone(),
        title = which.title.clone(),
        new = new.clone(),
        old = old.clone()
    );
    let choice = |label: String, whose: &str, typed: &str| Button {
        label,
        action: format!("merge {} {} {whose}", which.gone, which.kept),
        typed: format!("/gop {gone} {kept} {typed}"),
    };
    let mut rows = vec![
        vec![choice(fl!(words, "button-due-new", due = new), "new", "hạn mới")],
        vec![choice(fl!(words, "button-due-old", due = old), "old", "hạn cũ")],
    ];
    if !which.out {
        rows.push(vec![choice(fl!(words, "button-due-both"), "both", "cả hai")]);
    }
    if let Some(directive) = which.directive {
        let action = format!("draft {directive}");
        rows.push(vec![button(fl!(words, "button-not-merge"), action, "/xem văn bản")]);
    }
    let mut blocks = vec![plain(question)];
    blocks.extend(which.out.then(|| plain(fl!(words, "directive-which-due-out", other = kept))));
    Outgoing { text: text(blocks), buttons: rows }
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
