//! Help, and what is said of a command that cannot be followed.

use i18n_embed_fl::fl;

use super::Voice;
use super::line::{plain, strong, text};
use crate::chat::{Outgoing, Text};
use crate::domain::{Address, CommandProblem, HelpLine, Language, Reply};

pub(super) fn say(voice: Voice, reply: &Reply) -> Outgoing {
    let words = voice.words();
    let said = match reply {
        Reply::CommandFault { address, fault, example } => {
            let mut said = problem(voice, *address, fault);
            if !example.is_empty() {
                said.push('\n');
                said.push_str(&fl!(words, "ask-example", example = example.clone()));
            }
            said
        }
        Reply::Help { commands, stranger, pick } => {
            return help(voice, commands, *stranger, pick.as_deref());
        }
        Reply::PrivateOnly { bot } => fl!(words, "private-only", bot = bot.clone()),
        Reply::Hello { bound: true } => fl!(words, "hello-bound"),
        Reply::Hello { bound: false } => fl!(words, "hello-unbound"),
        Reply::MemberLeft { name, schools, group } => fl!(
            words,
            "member-left",
            name = name.clone(),
            schools = schools.join(", "),
            group = group.clone()
        ),
        Reply::Gap { from, to, lost_before } => {
            let when = |at| format!("{} {}", voice.clock(at), voice.full_day(voice.local_day(at)));
            if lost_before >= to {
                return plain_words(fl!(words, "gap-nothing-kept", from = when(*from), to = when(*to)));
            }
            let (from, to, lost) = (when(*from), when(*to), when(*lost_before));
            fl!(words, "gap", from = from, to = to, lost = lost)
        }
        Reply::Broken { code } => fl!(words, "broken", code = code.clone()),
        Reply::SentPrivately => fl!(words, "sent-privately"),
        Reply::Ignored => fl!(words, "ignored"),
        Reply::Expired => fl!(words, "expired"),
        Reply::EditedOrder => fl!(words, "edited-order"),
        _ => fl!(words, "nothing"),
    };
    plain_words(said)
}

fn plain_words(said: String) -> Outgoing {
    Outgoing { text: Text::plain(said), buttons: vec![] }
}

fn help(voice: Voice, commands: &[HelpLine], stranger: bool, pick: Option<&str>) -> Outgoing {
    let words = voice.words();
    let mut blocks = vec![strong(fl!(words, "help-head"))];
    if let Some(bot) = pick {
        blocks.push(plain(fl!(words, "heard-by-pick", bot = bot)));
    }
    if stranger {
        blocks.push(plain(fl!(words, "join-how")));
    }
    for line in commands {
        let what = voice.command_help(&line.command);
        let mut said = format!("/{} – {what}", line.command);
        if line.full {
            said.push('\n');
            said.push_str(&fl!(words, "ask-example", example = voice.command_example(&line.command)));
        }
        blocks.push(plain(said));
    }
    if commands.len() > 1 {
        blocks.push(plain(fl!(words, "help-more")));
    }
    Outgoing { text: text(blocks), buttons: vec![] }
}

/// What is wrong with a form that was typed, for a terminal.
#[must_use]
pub fn form_problem(language: Language, fault: &CommandProblem) -> String {
    problem(Voice { language, zone: chrono_tz::Asia::Ho_Chi_Minh }, Address::default(), fault)
}

fn problem(voice: Voice, address: Address, problem: &CommandProblem) -> String {
    let words = voice.words();
    let who = voice.address(address);
    match problem {
        CommandProblem::Unknown { given, nearest: Some(nearest) } => {
            fl!(words, "command-unknown-nearest", given = given.clone(), nearest = nearest.clone())
        }
        CommandProblem::Unknown { given, nearest: None } => {
            fl!(words, "command-unknown", given = given.clone())
        }
        CommandProblem::NotPosted { given } => fl!(words, "not-posted", given = given.clone()),
        CommandProblem::Missing { part } => {
            let part = voice.part(part);
            fl!(words, "command-missing", address = who, part = part)
        }
        CommandProblem::NoSuchTask { given, open } if open.is_empty() => {
            fl!(words, "no-such-task-none", given = given.clone())
        }
        CommandProblem::NoSuchTask { given, open } => {
            fl!(words, "no-such-task", given = given.clone(), open = open.join(", "))
        }
        CommandProblem::Withdrawn { code, title } => {
            fl!(words, "task-withdrawn", code = code.clone(), title = title.clone())
        }
        CommandProblem::NoSuchSchool { given, nearest } if nearest.is_empty() => {
            fl!(words, "no-such-school", given = given.clone())
        }
        CommandProblem::NoSuchSchool { given, nearest } => {
            fl!(words, "no-such-school-nearest", given = given.clone(), nearest = nearest.join(", "))
        }
        CommandProblem::SeveralSchools { given, names } => {
            fl!(words, "several-schools", given = given.clone(), names = names.join(", "))
        }
        CommandProblem::BadDate { given } => fl!(words, "bad-date", given = given.clone()),
        CommandProblem::PastDate { date } => fl!(words, "past-date", date = voice.full_day(*date)),
        CommandProblem::BadForm { given } => fl!(words, "bad-form", given = given.clone()),
        CommandProblem::BadRule { given, why } => super::forms::rule_problem(voice, given, why),
        CommandProblem::BadSetting { given } => fl!(words, "bad-setting", given = given.clone()),
        CommandProblem::NotAllowed => fl!(words, "not-allowed"),
        CommandProblem::OthersSchool { name } => fl!(words, "others-school", name = name.clone()),
        CommandProblem::NoSuchRequest { given, waiting } if waiting.is_empty() => {
            fl!(words, "no-such-request-none", given = given.clone())
        }
        CommandProblem::NoSuchRequest { given, waiting } => {
            fl!(words, "no-such-request", given = given.clone(), waiting = waiting.join(", "))
        }
        CommandProblem::NoPage { code } => fl!(words, "no-page", code = code.clone()),
        CommandProblem::NoForm { code } => fl!(words, "no-form", code = code.clone()),
    }
}

impl Voice {
    /// What a command does, in a few words.
    pub fn command_help(&self, command: &str) -> String {
        self.words().get(&format!("help-{command}"))
    }

    /// An example of a command, ready to copy.
    pub fn command_example(&self, command: &str) -> String {
        self.words().get(&format!("example-{command}"))
    }

    /// The name of a part of a command.
    fn part(&self, part: &str) -> String {
        self.words().get(&format!("part-{part}"))
    }

    /// Why a day is not the usual one: "nghỉ Quốc khánh".
    pub(super) fn moved(&self, why: &str) -> String {
        fl!(self.words(), "moved", why = self.words().get(&format!("why-{why}")))
    }

    /// The reason alone.
    pub(super) fn why(&self, why: &str) -> String {
        self.words().get(&format!("why-{why}"))
    }
}
