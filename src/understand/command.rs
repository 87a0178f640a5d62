//! What a person orders: `/giao …`, and the same as words ("tình hình V2").
//!
//! One table (`command/table.rs`) holds every command: its name, its words, who may use it, and how the rest of the line is
//! read. A fault is a value with what was typed and what is near it; `app` words it with an example to copy.

mod args;
mod directive;
mod give;
mod more_time;
mod order;
mod parse;
mod people;
mod settings;
mod table;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use self::args::Args;
pub use self::order::{Change, FormOrder, Give, Join, Lookup, Publish, Setting, Whose, WordOrder};
use self::table::{Row, TABLE};
use super::key::words;
use super::leave::LeaveSaid;
use super::line::spelling;
use super::{Act, Context};
use crate::domain::{CommandProblem, MergedDue, Month, Role, SchoolId, Scope, TaskId};
use crate::vietnamese::{fold, normal};

/// An order that was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// `/giao`: a new task, as a draft.
    Give(Give),
    /// `/dang`: publish.
    Publish(Publish),
    /// `/sua V5 …`: change a task.
    Edit {
        /// The task.
        task: TaskId,
        /// What changes, in the order in which it is said.
        changes: Vec<Change>,
    },
    /// `/bo V5`: withdraw a task or drop a draft.
    Drop {
        /// The task.
        task: TaskId,
    },
    /// `/bo lich`: drop the draft of the schedule.
    DropSchedule,
    /// `/bo van ban [155]`: drop the draft of a directive.
    DropDirective {
        /// The figures of its number; the last draft without.
        figures: Option<u32>,
    },
    /// `/xem V12`: one task with its doubts.
    ShowTask {
        /// The task.
        task: TaskId,
    },
    /// `/xem van ban [155]`: the draft of a directive.
    ShowDirective {
        /// The figures of its number; the last draft without.
        figures: Option<u32>,
    },
    /// `/sua van ban [155] thanh lich nam`: draft it anew in the other way.
    Recast {
        /// The figures of its number; the last draft without.
        figures: Option<u32>,
        /// As the school year's schedule; as tasks of their own otherwise.
        schedule: bool,
    },
    /// `/sua van ban [155] cu`: do what the draft proposes for the directives that it replaces or corrects.
    Supersede {
        /// The figures of its number; the last draft without.
        figures: Option<u32>,
    },
    /// `/laylai V12`: put what was dropped back where it stood.
    Restore {
        /// The number of the task's code: what was dropped is known by nothing else.
        code: u32,
    },
    /// `/chon V12 2 1`: settle a doubt.
    Choose {
        /// The task.
        task: TaskId,
        /// Which doubt, from 1.
        doubt: usize,
        /// Which choice, from 1; as it was read without.
        choice: Option<usize>,
    },
    /// `/gop V12 V3`: the first becomes part of the second.
    Merge {
        /// The one that goes.
        task: TaskId,
        /// The one that stays.
        into: TaskId,
        /// Whose deadline holds, where it was said: "hạn mới", "hạn cũ", "cả hai".
        whose: Option<MergedDue>,
    },
    /// `/hoi V12 …`: ask the other officers.
    AskOfficers {
        /// The task.
        task: TaskId,
        /// The question.
        words: String,
    },
    /// `/vanban [155]`, "công văn số 155 có thật không?": the archive.
    Archive(Lookup),
    /// `/tinhhinh [V2]`: who has and who has not.
    Standing {
        /// The task; all open ones without.
        task: Option<TaskId>,
    },
    /// `/nhac V2`: remind now.
    Remind {
        /// The task.
        task: TaskId,
    },
    /// `/giahan V2 [Hoa Mai] 25/10`: a school's own deadline, or a new one for all.
    Extend {
        /// The task.
        task: TaskId,
        /// The schools; the deadline of all of them moves without.
        whose: Option<Whose>,
        /// The day.
        day: NaiveDate,
        /// The hour.
        time: Option<NaiveTime>,
        /// The words behind it; empty for none.
        reason: String,
    },
    /// `/dongy V2 Hoa Mai`, `/dongy V2 cả 3 trường đến 20/10`: the extension asked for is granted.
    Grant {
        /// The task.
        task: TaskId,
        /// The schools.
        whose: Whose,
        /// Another day than the one asked for.
        until: Option<(NaiveDate, Option<NaiveTime>)>,
    },
    /// `/tuchoi V2 Hoa Mai`: it is refused.
    Refuse {
        /// The task.
        task: TaskId,
        /// The schools.
        whose: Whose,
        /// A word to the school; empty for none.
        words: String,
    },
    /// `/giahan V2 Hoa Mai hủy`: what was granted is taken back.
    Revoke {
        /// The task.
        task: TaskId,
        /// The school.
        school: SchoolId,
    },
    /// `/mien V2 Hoa Mai lý do …`: let off.
    Exempt {
        /// The task.
        task: TaskId,
        /// The school.
        school: SchoolId,
        /// Why.
        reason: String,
    },
    /// `/bang V2`: its table as a workbook.
    Table {
        /// The task.
        task: TaskId,
    },
    /// `/tralai V2 Hoa Mai: lý do`: the answer is given back.
    Return {
        /// The task.
        task: TaskId,
        /// The school.
        school: SchoolId,
        /// Why.
        reason: String,
    },
    /// `/ghiho Hoa Mai V2 337, 337, 13`: what a school said on the telephone.
    Record {
        /// What was said, read as an answer of that school to that task.
        act: Act,
    },
    /// `/bieu [mẫu] [V2]`: the forms that can be taken.
    Forms(FormOrder),
    /// `/tuvung [từ = nghĩa | bỏ từ]`: the office's own words for fields and schools.
    Words(WordOrder),
    /// `/batdau`: how far the office is set up, and what is next.
    FirstSteps,
    /// `/truong mẫu`: a register to fill in.
    RegisterTemplate,
    /// `/ma tất cả`: codes for all schools that nobody has joined for.
    MakeCodes,
    /// `/truong [tên]`: the register.
    Schools {
        /// What is looked for.
        query: Option<String>,
    },
    /// `/lich [tháng 11]`: the tasks of a month; of this one without.
    MonthPlan {
        /// The month.
        month: Option<Month>,
    },
    /// `/ma MN Hoa Mai`, `/ma phó MN Hoa Mai`, `/ma chuyenvien`, `/ma lanhdao`, `/ma cumtruong 1`: a one-time code.
    MakeCode {
        /// What it makes of who uses it.
        role: Role,
    },
    /// `/bieumau V2`: the page of its form.
    FormLink {
        /// The task.
        task: TaskId,
    },
    /// `/dan …`: a stretch of chat that was copied out of a group without a bot.
    Paste {
        /// As pasted.
        text: String,
    },
    /// `/thongbao …`: words to all groups.
    Broadcast {
        /// As typed.
        words: String,
    },
    /// `/chep [V2]`: the text to put into such a group.
    CopyOut {
        /// One task; all that is open without.
        task: Option<TaskId>,
    },
    /// `/vang từ 1/10, cô Liên phụ trách`: a leave.
    Away {
        /// Whose: of the principal of this school, when an officer says it; else the sender's own.
        school: Option<SchoolId>,
        /// Its days and who stands in.
        said: LeaveSaid,
    },
    /// `/ve`: it is over.
    Back {
        /// Whose, as above.
        school: Option<SchoolId>,
    },
    /// `/duyet [Nguyễn Thị Lan]`: let somebody join who asked to.
    Approve {
        /// The person as typed; empty for the only one who waits.
        who: String,
    },
    /// `/thoivai Nguyễn Thị Lan`: her roles end.
    Retire {
        /// The person as typed.
        who: String,
    },
    /// `/khongduyet [Nguyễn Thị Lan]`: do not.
    Decline {
        /// The person as typed; empty for the only one who waits.
        who: String,
    },
    /// `/nghi 24/11/2026 lý do`: the office's own day off.
    DayOff {
        /// The day.
        day: NaiveDate,
        /// Why.
        reason: String,
    },
    /// `/lamviec 21/11/2026`: a working day after all.
    WorkDay {
        /// The day.
        day: NaiveDate,
        /// Why.
        reason: String,
    },
    /// `/ngung MN Hoa Mai [10/10]`, `/hoatdong MN Hoa Mai`: a school closes, or opens again.
    SchoolOpen {
        /// The school.
        school: SchoolId,
        /// From this day on; today without.
        day: Option<NaiveDate>,
        /// It opens.
        opens: bool,
    },
    /// `/caidat [tên không]`: show or change a setting.
    Settings {
        /// What changes.
        change: Option<Setting>,
    },
    /// `/nhom [cụm 1]`: bind this group to the office, with the schools that are in it; in private, a code that does.
    BindGroup {
        /// Which schools.
        scope: Scope,
    },
    /// `/nhom HS7K-2MPQ [Nhóm hiệu trưởng]`: bind this group by a code.
    BindGroupBy {
        /// The code.
        code: String,
        /// What the group is called; empty where nobody says it.
        title: String,
    },
    /// `/lienket`: a code by which another account of the same person is told.
    LinkAccount,
    /// `/viec`: what do my schools owe?
    MyTasks,
    /// `/nop V2 …`: an answer.
    Answer {
        /// What was said, read as an answer to that task; the task may still be missing (see its doubts).
        act: Act,
    },
    /// `/dangky`: join.
    Join(Join),
    /// `/huy`: drop what the bot is asking.
    Cancel,
    /// `/trogiup [lệnh]`: help.
    Help {
        /// The name of a command.
        command: Option<String>,
    },
}

/// Why an order was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandFault {
    /// The name of the command, the key of its example; none when it is unknown.
    pub command: Option<&'static str>,
    /// What is wrong.
    pub problem: CommandProblem,
}

/// Who may use a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Heads and specialists.
    Office,
    /// People of schools.
    School,
    /// Everybody, strangers too.
    Anyone,
}

/// One command for the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommandName {
    /// Without its slash; the key of its help and example in `locales/`.
    pub name: &'static str,
    /// Who may use it.
    pub audience: Audience,
}

/// Every command, in the order of the help.
pub fn command_names() -> impl Iterator<Item = CommandName> {
    TABLE.iter().map(|row| CommandName { name: row.name, audience: row.audience })
}

/// Who may use the command of this name.
#[must_use]
pub fn audience_of(name: &str) -> Option<Audience> {
    TABLE.iter().find(|row| row.name == name).map(|row| row.audience)
}

impl Command {
    /// The name of its row in the table.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Give(_) => "giao",
            Self::Publish(_) => "dang",
            Self::Edit { .. } => "sua",
            Self::Drop { .. } => "bo",
            Self::DropSchedule | Self::DropDirective { .. } => "bo",
            Self::ShowTask { .. } | Self::ShowDirective { .. } => "xem",
            Self::Recast { .. } | Self::Supersede { .. } => "sua",
            Self::Choose { .. } => "chon",
            Self::Restore { .. } => "laylai",
            Self::Merge { .. } => "gop",
            Self::AskOfficers { .. } => "hoi",
            Self::Archive(_) => "vanban",
            Self::Standing { .. } => "tinhhinh",
            Self::Remind { .. } => "nhac",
            Self::Extend { .. } | Self::Revoke { .. } => "giahan",
            Self::Grant { .. } => "dongy",
            Self::Refuse { .. } => "tuchoi",
            Self::Exempt { .. } => "mien",
            Self::Table { .. } => "bang",
            Self::Return { .. } => "tralai",
            Self::Record { .. } => "ghiho",
            Self::Forms(_) => "bieu",
            Self::Words(_) => "tuvung",
            Self::FirstSteps => "batdau",
            Self::Schools { .. } | Self::RegisterTemplate => "truong",
            Self::MonthPlan { .. } => "lich",
            Self::MakeCode { .. } | Self::MakeCodes => "ma",
            Self::FormLink { .. } => "bieumau",
            Self::Paste { .. } => "dan",
            Self::Broadcast { .. } => "thongbao",
            Self::CopyOut { .. } => "chep",
            Self::Away { .. } => "vang",
            Self::Back { .. } => "ve",
            Self::Approve { .. } => "duyet",
            Self::Decline { .. } => "khongduyet",
            Self::Retire { .. } => "thoivai",
            Self::DayOff { .. } => "nghi",
            Self::WorkDay { .. } => "lamviec",
            Self::SchoolOpen { opens: false, .. } => "ngung",
            Self::SchoolOpen { opens: true, .. } => "hoatdong",
            Self::Settings { .. } => "caidat",
            Self::BindGroup { .. } | Self::BindGroupBy { .. } => "nhom",
            Self::LinkAccount => "lienket",
            Self::MyTasks => "viec",
            Self::Answer { act } => match act.intent {
                super::Intent::Confirm(crate::domain::ConfirmationLevel::Done) => "xong",
                super::Intent::Confirm(_) => "nhan",
                _ => "nop",
            },
            Self::Join(_) => "dangky",
            Self::Cancel => "huy",
            Self::Help { .. } => "trogiup",
        }
    }
}

/// The order in a message; `None` when it orders nothing, and [`super::read`] has the word.
///
/// A slash makes an order of everybody's message (whether the person may is for `app`). Without a slash the words of a
/// command order only where they cannot be an answer: for officers, and for what a school may ask at any time.
#[must_use]
pub fn command(text: &str, is_private: bool, context: &Context) -> Option<Result<Command, CommandFault>> {
    let text: String = normal(text).chars().map(half_width).collect();
    let text = text.trim();
    match text.strip_prefix('/') {
        Some(rest) => slashed(rest, is_private, context),
        None => worded(text, is_private, context),
    }
}

fn slashed(rest: &str, is_private: bool, context: &Context) -> Option<Result<Command, CommandFault>> {
    let rest = rest.trim_start();
    if !rest.starts_with(char::is_alphabetic) {
        return None;
    }
    if let Some((row, tail)) = row_at(rest) {
        return Some(run(row, tail, context));
    }
    let given = rest.split([' ', '@', '\n']).next().unwrap_or_default();
    let nearest = nearest(&fold(given));
    // In a group an order that is none of ours may be another bot's.
    (is_private || nearest.is_some()).then(|| {
        let nearest = nearest.map(|name| format!("/{name}"));
        Err(CommandFault {
            command: None,
            problem: CommandProblem::Unknown { given: format!("/{given}"), nearest },
        })
    })
}

/// The row whose name the first words spell, also with marks and apart (`/gia hạn`), and the text behind.
fn row_at(rest: &str) -> Option<(&'static Row, &str)> {
    let mut ends: Vec<usize> =
        rest.char_indices().filter(|(_, c)| c.is_whitespace() || *c == '@').map(|(at, _)| at).collect();
    ends.push(rest.len());
    let heads = ends.iter().take(3).map(|end| (fold(&rest[..*end]).replace([' ', '_'], ""), *end));
    let mut found: Option<(&'static Row, usize)> = None;
    for (head, end) in heads {
        if let Some(row) = TABLE.iter().find(|row| row.name == head || row.also.contains(&head.as_str())) {
            found = Some((row, end));
        }
    }
    let (row, end) = found?;
    let mut tail = &rest[end..];
    if let Some(bot) = tail.strip_prefix('@') {
        tail = &bot[bot.find(char::is_whitespace).unwrap_or(bot.len())..];
    }
    Some((row, tail.trim()))
}

fn nearest(given: &str) -> Option<&'static str> {
    let names = TABLE.iter().map(|row| (strsim::normalized_damerau_levenshtein(given, row.name), row.name));
    names.filter(|(score, _)| *score >= 0.5).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

fn worded(text: &str, is_private: bool, context: &Context) -> Option<Result<Command, CommandFault>> {
    if let Some(code) = parse::join_code(text).filter(|_| is_private) {
        return Some(Ok(Command::Join(Join::Code(code))));
    }
    let (row, tail) = TABLE
        .iter()
        .filter_map(|row| Some((row, behind_words(text, row.words)?)))
        .max_by_key(|(_, tail)| std::cmp::Reverse(tail.len()))?;
    if row.audience == Audience::Office && !context.officer {
        return None;
    }
    if row.audience == Audience::School && context.officer && context.own.is_empty() {
        return None;
    }
    let exact = tail.is_empty();
    if row.whole_line && !exact {
        return None;
    }
    match run(row, tail, context) {
        Ok(Command::Help { command: None }) if !exact => None,
        // What lacks a part may be ordinary talk that begins with the same words: "lịch họp chiều nay".
        Err(_) if !is_meant(row, tail, is_private) => None,
        result => Some(result),
    }
}

/// Whether words that fail as an order were meant as one.
fn is_meant(row: &Row, tail: &str, is_private: bool) -> bool {
    let told = row.words.iter().all(|w| w.contains(' '));
    names_a_task(tail) || (row.name == "giao" && !tail.is_empty()) || (is_private && tail.is_empty() && told)
}

/// Whether a code such as V12 stands in a text.
fn names_a_task(text: &str) -> bool {
    let line = super::line::Line::new(text);
    (0..line.len()).any(|at| line.is(at, words!["v", "viec"]) && line.number(at + 1).is_some())
}

/// What stands behind one of these words at the start of a text.
fn behind_words<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().filter_map(|phrase| behind(text, phrase)).min_by_key(|tail| tail.len())
}

fn behind<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    let mut rest = text;
    for word in phrase.split(' ') {
        rest = rest.trim_start();
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let typed = spelling(&rest[..end].to_lowercase());
        if typed != spelling(word) && typed != fold(word) {
            return None;
        }
        rest = &rest[end..];
    }
    Some(rest.trim_start_matches([':', ' ', ',']).trim_end_matches(['.', '!', ' ']))
}

fn run(row: &'static Row, tail: &str, context: &Context) -> Result<Command, CommandFault> {
    (row.parse)(&mut Args::new(tail, context))
        .map_err(|problem| CommandFault { command: Some(row.name), problem })
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests;
