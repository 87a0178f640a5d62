//! `/giahan`, `/dongy`, `/tuchoi`: more time for one school, for several, for those that ask.

use super::args::{Args, day_in, missing};
use super::{Command, Whose};
use crate::domain::{CommandProblem, SchoolId};
use crate::understand::key::words;
use crate::understand::line::Line;
use crate::understand::verdict::those_who_ask;
use crate::vietnamese::fold_words;

type Parsed = Result<Command, CommandProblem>;

pub(super) fn extend(args: &mut Args) -> Parsed {
    let task = args.code()?;
    args.take_words(&["cho truong", "cho"]);
    args.take_words(&["tat ca cac truong"]);
    let whose = match take_whose(args)? {
        Some(whose) => Some(whose),
        None => named_before_day(args)?.map(|school| Whose::Schools(vec![school])),
    };
    if let Some(Whose::Schools(schools)) = &whose
        && let [school] = schools[..]
        && ["huy", "bo", "thu hoi", "thoi", "khong"].contains(&fold_words(&args.rest).as_str())
    {
        return Ok(Command::Revoke { task, school });
    }
    let (day, time) = args.day()?;
    // "19/10 cả 3 trường": who is meant may stand behind the day.
    let whose = match whose {
        Some(whose) => Some(whose),
        None => take_whose(args)?,
    };
    Ok(Command::Extend { task, whose, day, time, reason: args.reason() })
}

pub(super) fn grant(args: &mut Args) -> Parsed {
    let task = args.code()?;
    let whose = whose(args)?;
    let until = args.take_day().transpose()?;
    let whose = match whose {
        Some(whose) => whose,
        None => take_whose(args)?.unwrap_or(Whose::Asking { count: Some(1) }),
    };
    Ok(Command::Grant { task, whose, until })
}

pub(super) fn refuse(args: &mut Args) -> Parsed {
    let task = args.code()?;
    let whose = whose(args)?.unwrap_or(Whose::Asking { count: Some(1) });
    Ok(Command::Refuse { task, whose, words: args.reason() })
}

/// The schools meant; none when nothing is said of them, which means the only one that asks.
fn whose(args: &mut Args) -> Result<Option<Whose>, CommandProblem> {
    args.take_words(&["cho truong", "cho"]);
    if let Some(whose) = take_whose(args)? {
        return Ok(Some(whose));
    }
    let starts_a_day = day_in(&args.rest, args.context).is_some();
    if args.is_empty() || starts_a_day { Ok(None) } else { Ok(Some(Whose::Schools(vec![args.school()?]))) }
}

/// "cả 3 trường", "tất cả", or names with nothing but commas between them.
fn take_whose(args: &mut Args) -> Result<Option<Whose>, CommandProblem> {
    let line = Line::new(&args.rest);
    if let Some((range, count)) = those_who_ask(&line) {
        let (from, to) = (line.tokens[range.start].start, line.tokens[range.end - 1].end);
        args.rest = joined(&line.text, from, to);
        return Ok(Some(Whose::Asking { count }));
    }
    let found = args.context.schools.find(&line);
    let Some(first) = found.first() else { return Ok(None) };
    let (start, mut end) = (first.tokens.start, first.tokens.start);
    let mut schools = Vec::new();
    for school in &found {
        let between = end..school.tokens.start;
        let beside = between.clone().all(|at| line.is(at, words!["va", "voi", "cung", "truong", ",", ";"]));
        if school.tokens.start != start && !beside {
            break;
        }
        let given = line.printed(school.tokens.clone()).to_owned();
        schools.push(args.resolve(school.who.clone(), given)?);
        end = school.tokens.end;
    }
    let (from, to) = (line.tokens[start].start, line.tokens[end - 1].end);
    args.rest = joined(&line.text, from, to);
    Ok(Some(Whose::Schools(schools)))
}

/// A text without the stretch from one byte to another.
fn joined(text: &str, from: usize, to: usize) -> String {
    let tail = text[to..].trim_start_matches([' ', ',', ':']);
    format!("{} {tail}", text[..from].trim_end()).trim().to_owned()
}

/// A name that the register does not have, in front of the day: it must not pass for a new deadline of all.
fn named_before_day(args: &mut Args) -> Result<Option<SchoolId>, CommandProblem> {
    let Some((_, rest)) = day_in(&args.rest, args.context) else {
        return if args.is_empty() { Err(missing("date")) } else { Ok(None) };
    };
    let head: String =
        args.rest.chars().zip(rest.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
    let head = head.trim();
    let leads = [
        "den",
        "toi",
        "het",
        "ngay",
        "han",
        "moi",
        "tat ca",
        "cac truong",
        "tat ca cac truong",
        "het ngay",
        "them",
    ];
    let folded = fold_words(head);
    if head.is_empty() || folded.split(' ').all(|w| leads.contains(&w)) || leads.contains(&folded.as_str()) {
        return Ok(None);
    }
    let who = args.context.schools.lookup(head);
    let given = head.to_owned();
    args.rest = args.rest[given.len()..].trim().to_owned();
    args.resolve(who, given).map(Some)
}
