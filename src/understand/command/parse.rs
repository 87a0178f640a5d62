//! How the rest of the line is read, command by command.

use super::args::{Args, missing};
use super::{Change, Command, FormOrder, Join, Publish, WordOrder, directive, give as give_line};
use crate::domain::{CommandProblem, ConfirmationLevel, Due, Form, SchoolId, Scope, TaskId};
use crate::understand::form::{form, with_rules};
use crate::understand::read::{Fixed, read_fixed};
use crate::understand::{Act, Binding, Intent, Unclear, Who};

pub(super) type Parsed = Result<Command, CommandProblem>;

pub(super) fn give(args: &mut Args) -> Parsed {
    give_line::give(args).map(Command::Give)
}

pub(super) fn publish(args: &mut Args) -> Parsed {
    let given = args.rest.clone();
    let order = posting(args)?;
    // What goes out cannot be called back: words that nobody understood stop it.
    if args.is_empty() { Ok(order) } else { Err(CommandProblem::NotPosted { given }) }
}

fn posting(args: &mut Args) -> Parsed {
    // "ngay", now; "ngày 5/10" is a day.
    let now = !args.rest.to_lowercase().starts_with("ngày") && args.take_words(&["ngay bay gio", "ngay"]);
    if args.is_empty() {
        return Ok(Command::Publish(Publish::Latest));
    }
    if now && args.rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(CommandProblem::NotPosted { given: args.take_rest() });
    }
    if args.take_words(&["theo thang"]) {
        let anyway = directive::has_seen(args);
        return Ok(Command::Publish(Publish::Directive { figures: None, by_month: true, anyway }));
    }
    if args.take_words(&["lich", "lich nam", "ke hoach"]) && args.is_empty() {
        return Ok(Command::Publish(Publish::Schedule));
    }
    if let Some(figures) = directive::named(args) {
        let by_month = args.take_words(&["theo thang", "thang"]);
        let anyway = directive::has_seen(args);
        return Ok(Command::Publish(Publish::Directive { figures, by_month, anyway }));
    }
    let month = args.rest.to_lowercase().starts_with("th");
    if !month && let Some(task) = args.take_code() {
        let seen = directive::has_seen(args);
        return task
            .map(|task| Command::Publish(if seen { Publish::Anyway(task) } else { Publish::Task(task) }));
    }
    match args.take_month() {
        Some(month) => {
            let month = month?;
            args.take_rest();
            Ok(Command::Publish(Publish::Month(month)))
        }
        None => Err(missing("task")),
    }
}

pub(super) fn edit(args: &mut Args) -> Parsed {
    if let Some(figures) = directive::named(args) {
        return directive::recast(args, figures);
    }
    // The labels of buttons, typed.
    if args.take_words(&["viec cu"]) && args.is_empty() {
        return Ok(Command::Supersede { figures: None });
    }
    if args.take_words(&["lich nam hoc", "lich nam"]) && args.is_empty() {
        return Ok(Command::Recast { figures: None, schedule: true });
    }
    let task = args.code()?;
    let mut changes = Vec::new();
    for part in changes_in(&args.take_rest()) {
        args.rest = part;
        changes.push(change(args, task)?);
    }
    if changes.is_empty() {
        return Err(missing("change"));
    }
    Ok(Command::Edit { task, changes })
}

/// What is to change, part by part: a part begins behind a semicolon with a word for what it changes. Other semicolons belong to
/// a text or a form.
fn changes_in(said: &str) -> Vec<String> {
    const BEGINNINGS: [&str; 13] = [
        "kiem tra ",
        "bo kiem tra",
        "dieu kien ",
        "han ",
        "noi dung ",
        "bieu ",
        "cho ",
        "pham vi ",
        "doi tuong ",
        "de biet",
        "can nop",
        "can gui",
        "can xac nhan",
    ];
    let mut parts: Vec<String> = Vec::new();
    for part in said.split(';').map(str::trim) {
        let folded = crate::vietnamese::fold_words(part);
        let begins = BEGINNINGS.iter().any(|beginning| folded.starts_with(beginning));
        match parts.last_mut() {
            Some(last) if !begins => {
                last.push_str("; ");
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// More checks for the form of a task, or none at all: "kiểm tra: cân đo <= tổng số trẻ", "bỏ kiểm tra".
fn checks(args: &mut Args, task: TaskId) -> Option<Result<Change, CommandProblem>> {
    let drops = args.take_words(&["bo kiem tra", "bo dieu kien"]);
    if !drops && !args.take_words(&["kiem tra", "dieu kien", "rang buoc"]) {
        return None;
    }
    let known = args.context.tasks.iter().copied().chain(args.context.open.iter().map(|o| o.task));
    let form = known.into_iter().find(|t| t.id == task).map(|t| t.form.clone()).unwrap_or_default();
    if drops {
        return Some(Ok(Change::Checks(Form { checks: vec![], ..form })));
    }
    let rules = args.take_rest();
    Some(if rules.is_empty() {
        Err(missing("change"))
    } else {
        with_rules(&form, &rules).map(Change::Checks)
    })
}

fn change(args: &mut Args, task: TaskId) -> Result<Change, CommandProblem> {
    if let Some(checks) = checks(args, task) {
        return checks;
    }
    Ok(if args.take_words(&["han"]) {
        let (day, time) = args.day()?;
        Change::Due(Due::before(day, time))
    } else if args.take_words(&["noi dung", "ten", "chu"]) {
        let text = args.take_rest();
        if text.is_empty() {
            return Err(missing("text"));
        }
        Change::Text(text)
    } else if args.take_words(&["bieu", "chi tieu", "so lieu"]) {
        Change::Form(form(&args.take_rest())?)
    } else if args.take_words(&["cho", "pham vi", "doi tuong"]) {
        Change::Scope(give_line::scope(&args.take_rest(), args)?)
    } else if let Some(requires) = directive::requires(args) {
        Change::Requires(requires)
    } else {
        // A bare date is a new deadline.
        match args.take_day() {
            Some(day) => {
                let (day, time) = day?;
                Change::Due(Due::before(day, time))
            }
            None => return Err(missing("change")),
        }
    })
}

pub(super) fn retire(args: &mut Args) -> Parsed {
    if args.take_words(&["lich nam", "lich"]) && args.is_empty() {
        return Ok(Command::DropSchedule);
    }
    if args.take_words(&["viec cu"]) && args.is_empty() {
        return Ok(Command::Supersede { figures: None });
    }
    if let Some(figures) = directive::named(args) {
        return Ok(Command::DropDirective { figures });
    }
    Ok(Command::Drop { task: args.code()? })
}

pub(super) fn standing(args: &mut Args) -> Parsed {
    let task = args.take_code().transpose()?;
    if task.is_none() && !args.is_empty() {
        return Err(missing("task"));
    }
    Ok(Command::Standing { task })
}

pub(super) fn remind(args: &mut Args) -> Parsed {
    Ok(Command::Remind { task: args.code()? })
}

fn task_and_school(args: &mut Args) -> Result<(TaskId, SchoolId), CommandProblem> {
    let task = args.code()?;
    args.take_words(&["cho truong", "cho"]);
    Ok((task, args.school()?))
}

pub(super) fn exempt(args: &mut Args) -> Parsed {
    let (task, school) = task_and_school(args)?;
    let reason = args.reason();
    if reason.is_empty() {
        return Err(missing("reason"));
    }
    Ok(Command::Exempt { task, school, reason })
}

pub(super) fn table(args: &mut Args) -> Parsed {
    Ok(Command::Table { task: args.code()? })
}

pub(super) fn give_back(args: &mut Args) -> Parsed {
    let (task, school) = task_and_school(args)?;
    let reason = args.reason();
    if reason.is_empty() {
        return Err(missing("reason"));
    }
    Ok(Command::Return { task, school, reason })
}

pub(super) fn record(args: &mut Args) -> Parsed {
    let task = args.code()?;
    args.take_words(&["cho truong", "cho"]);
    let school = args.school()?;
    let words = args.take_rest();
    if words.is_empty() {
        return Err(missing("values"));
    }
    let act = read_fixed(&words, false, args.context, Fixed { task: Some(task), school: Some(school) });
    Ok(Command::Record { act })
}

/// `/bieu`, `/bieu candolan1`, `/bieu candolan1 V2`, `/bieu luu V2 Tên`, `/bieu V2`, `/bieu trang`.
pub(super) fn forms(args: &mut Args) -> Parsed {
    if args.is_empty() {
        return Ok(Command::Forms(FormOrder::List));
    }
    if args.take_words(&["luu", "giu"]) {
        let task = args.code()?;
        let title = args.take_rest();
        if title.is_empty() {
            return Err(missing("text"));
        }
        return Ok(Command::Forms(FormOrder::Keep { task, title }));
    }
    let task = args.take_code().transpose()?;
    let page = args.take_words(&["soan tren trang", "tren trang", "soan trang", "soan", "trang"]);
    if args.is_empty() && (page || task.is_some()) {
        return Ok(Command::Forms(FormOrder::Page { task }));
    }
    args.take_words(&["cho"]);
    let key = crate::vietnamese::fold_words(&args.take_rest()).replace(' ', "");
    if key.is_empty() {
        return Err(missing("form"));
    }
    Ok(Command::Forms(match task {
        Some(task) => FormOrder::Attach { key, task },
        None => FormOrder::Show { key },
    }))
}

/// `/tuvung`, `/tuvung sdd = nhẹ cân`, `/tuvung HS = MN Hoa Sen`, `/tuvung bỏ sdd`.
pub(super) fn words(args: &mut Args) -> Parsed {
    if args.is_empty() {
        return Ok(Command::Words(WordOrder::List));
    }
    if args.take_words(&["bo", "xoa"]) {
        let word = args.take_rest();
        return if word.is_empty() {
            Err(missing("word"))
        } else {
            Ok(Command::Words(WordOrder::Remove { word }))
        };
    }
    args.take_words(&["them"]);
    let rest = args.take_rest();
    let (word, means) = rest.split_once(['=', ':']).ok_or_else(|| missing("word"))?;
    let (word, means) = (word.trim().to_owned(), means.trim().to_owned());
    if word.is_empty() || means.is_empty() {
        return Err(missing("word"));
    }
    Ok(Command::Words(WordOrder::Add { word, means }))
}

pub(super) fn first_steps(_: &mut Args) -> Parsed {
    Ok(Command::FirstSteps)
}

pub(super) fn schools(args: &mut Args) -> Parsed {
    let template = ["mau", "file mau", "tep mau", "mau danh sach"];
    if template.contains(&crate::vietnamese::fold(&args.rest).as_str()) {
        return Ok(Command::RegisterTemplate);
    }
    let query = args.take_rest();
    Ok(Command::Schools { query: (!query.is_empty()).then_some(query) })
}

pub(super) fn month_plan(args: &mut Args) -> Parsed {
    Ok(Command::MonthPlan { month: args.take_month().transpose()? })
}

pub(super) fn approve(args: &mut Args) -> Parsed {
    Ok(Command::Approve { who: args.take_rest() })
}

pub(super) fn decline(args: &mut Args) -> Parsed {
    Ok(Command::Decline { who: args.take_rest() })
}

pub(super) fn day_off(args: &mut Args) -> Parsed {
    let (day, _) = args.day()?;
    Ok(Command::DayOff { day, reason: args.reason() })
}

pub(super) fn work_day(args: &mut Args) -> Parsed {
    let (day, _) = args.day()?;
    Ok(Command::WorkDay { day, reason: args.reason() })
}

pub(super) fn bind_group(args: &mut Args) -> Parsed {
    let said = args.take_rest();
    let (first, rest) = said.split_once(char::is_whitespace).unwrap_or((&said, ""));
    if let Some(code) = join_code(first) {
        return Ok(Command::BindGroupBy { code, title: rest.trim().to_owned() });
    }
    let scope = if said.is_empty() { Scope::All } else { give_line::scope(&said, args)? };
    Ok(Command::BindGroup { scope })
}

pub(super) fn link_account(args: &mut Args) -> Parsed {
    match join_code(&args.take_rest()) {
        Some(code) => Ok(Command::Join(Join::Code(code))),
        None => Ok(Command::LinkAccount),
    }
}

pub(super) fn close_school(args: &mut Args) -> Parsed {
    school_open(args, false)
}

pub(super) fn open_school(args: &mut Args) -> Parsed {
    school_open(args, true)
}

/// The day may have passed: a school that closed last week is told today.
fn school_open(args: &mut Args, opens: bool) -> Parsed {
    let school = args.school()?;
    args.take_words(&["tu ngay", "tu", "ngay"]);
    let day = match args.take_day() {
        None => None,
        Some(Ok((day, _))) => Some(day),
        Some(Err(CommandProblem::PastDate { date })) => Some(date),
        Some(Err(other)) => return Err(other),
    };
    Ok(Command::SchoolOpen { school, day, opens })
}

pub(super) fn my_tasks(_: &mut Args) -> Parsed {
    Ok(Command::MyTasks)
}

pub(super) fn answer(args: &mut Args) -> Parsed {
    let task = args.take_code().transpose()?;
    let words = args.take_rest();
    if words.is_empty() {
        return match task {
            // "/nop V2" under a file, or for a task that wants no more than the word.
            Some(task) => Ok(Command::Answer { act: said(Some(task), args, ConfirmationLevel::Done) }),
            None => Err(missing("task")),
        };
    }
    let mut act = read_fixed(&words, false, args.context, Fixed { task, school: None });
    // Who says "nộp" hands in: "/nop V2 sĩ số 320" is no talk.
    if matches!(act.intent, Intent::Unknown | Intent::Chitchat | Intent::Confirm(ConfirmationLevel::Received))
    {
        act.intent = Intent::Submit(crate::understand::Given::default());
        act.doubts.push(Unclear::NothingGiven);
    }
    Ok(Command::Answer { act })
}

pub(super) fn received(args: &mut Args) -> Parsed {
    let task = args.take_code().transpose()?;
    Ok(Command::Answer { act: said(task, args, ConfirmationLevel::Received) })
}

pub(super) fn done(args: &mut Args) -> Parsed {
    let task = args.take_code().transpose()?;
    Ok(Command::Answer { act: said(task, args, ConfirmationLevel::Done) })
}

/// A word about a task: the one of the code, else the quoted or only open one.
fn said(task: Option<TaskId>, args: &Args, level: ConfirmationLevel) -> Act {
    let context = args.context;
    let school = match context.own {
        [only] => Some(*only),
        _ => None,
    };
    let binding = match task {
        Some(task) => Binding::Code(task),
        None => crate::understand::tasks::without_words(context),
    };
    let mut doubts = Vec::new();
    if let (Binding::Several(tasks), ConfirmationLevel::Done) = (&binding, level) {
        doubts.push(Unclear::WhichTask(tasks.clone()));
    }
    if school.is_none() && context.own.len() > 1 {
        doubts.push(Unclear::WhichSchool(context.own.to_vec()));
    }
    Act { school, named: false, task: binding, intent: Intent::Confirm(level), doubts }
}

pub(super) fn join(args: &mut Args) -> Parsed {
    let given = args.take_rest();
    if given.is_empty() {
        return Ok(Command::Join(Join::HowTo));
    }
    if let Some(code) = join_code(&given) {
        return Ok(Command::Join(Join::Code(code)));
    }
    let who = args.context.schools.lookup(&given);
    if let Who::Unknown(_) = who {
        args.rest.clone_from(&given);
        if let Some(Ok(school)) = args.take_school() {
            return Ok(Command::Join(Join::School(school)));
        }
    }
    args.resolve(who, given).map(|school| Command::Join(Join::School(school)))
}

/// A join code alone: two groups of four letters or digits, with or without a hyphen, a digit among them.
pub(super) fn join_code(text: &str) -> Option<String> {
    let bare: String = text.trim().chars().filter(|c| !matches!(c, '-' | ' ' | '–')).collect();
    let hyphen = text.contains(['-', '–']);
    let code = bare.len() == 8
        && bare.bytes().all(|b| b.is_ascii_alphanumeric())
        && bare.bytes().any(|b| b.is_ascii_digit())
        && bare.bytes().any(|b| b.is_ascii_alphabetic());
    let whole = text.split_whitespace().count() == 1 || hyphen && bare.len() == 8;
    (code && whole && (hyphen || text.trim().chars().all(|c| !c.is_ascii_lowercase()))).then(|| {
        let upper = bare.to_ascii_uppercase();
        format!("{}-{}", &upper[..4], &upper[4..])
    })
}

pub(super) fn cancel(_: &mut Args) -> Parsed {
    Ok(Command::Cancel)
}

pub(super) fn help(args: &mut Args) -> Parsed {
    let given = crate::vietnamese::fold_words(&args.take_rest()).replace(' ', "");
    let name = super::command_names().find(|c| c.name == given).map(|c| c.name.to_owned());
    Ok(Command::Help { command: name })
}
