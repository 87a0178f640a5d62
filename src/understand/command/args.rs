//! The parts of an order: codes of tasks, names of schools, days, reasons.

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::domain::{CommandProblem, Month, SchoolId, SchoolYear, TaskId};
use crate::understand::key::{Key, words};
use crate::understand::line::Line;
use crate::understand::marks::marks;
use crate::understand::when::{Day, days};
use crate::understand::{Context, Who};
use crate::vietnamese::months_at;

/// What stands behind the name of a command, eaten part by part.
pub(super) struct Args<'a> {
    pub context: &'a Context<'a>,
    /// What is left, trimmed.
    pub rest: String,
}

impl<'a> Args<'a> {
    pub fn new(tail: &str, context: &'a Context<'a>) -> Self {
        Self { context, rest: tail.trim().to_owned() }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes what is left.
    pub fn take_rest(&mut self) -> String {
        std::mem::take(&mut self.rest).trim().to_owned()
    }

    /// Takes these words from the start, longest first, when they stand there; marks do not count.
    pub fn take_words(&mut self, phrases: &[&str]) -> bool {
        let line = Line::new(&self.rest);
        let found = phrases.iter().find_map(|phrase| {
            let count = phrase.split(' ').count();
            phrase.split(' ').enumerate().all(|(n, word)| line.folded(n) == word).then_some(count)
        });
        let Some(count) = found else { return false };
        let end = line.tokens.get(count.wrapping_sub(1)).map_or(0, |t| t.end);
        self.rest = line.text[end..].trim_start_matches([' ', ':', ',']).to_owned();
        true
    }

    /// Takes the code of a task wherever it stands: `V2`, `v 2`, `việc 2`; at the start also `2`.
    pub fn take_code(&mut self) -> Option<Result<TaskId, CommandProblem>> {
        let line = Line::new(&self.rest);
        let (start, end, number) = (0..line.len())
            .find_map(|at| {
                let number = line.number(at + 1)?;
                let letter = line.is(at, words!["v"]) && (line.is_glued(at + 1) || at == 0);
                (letter || line.is(at, words!["viec"])).then_some((at, at + 2, number))
            })
            .or_else(|| {
                let alone = line.len() == 1
                    || line.tokens.get(1).is_some_and(|t| t.start > line.tokens[0].end && !t.is_sign('/'));
                line.number(0).filter(|_| alone).map(|number| (0, 1, number))
            })?;
        let given = line.printed(start..end).to_owned();
        let (from, to) = (line.tokens[start].start, line.tokens[end - 1].end);
        let head = line.text[..from].trim_end_matches([' ', ',']);
        self.rest =
            format!("{head} {}", line.text[to..].trim_start_matches([' ', ',', ':'])).trim().to_owned();
        let task = self.context.tasks.iter().find(|t| t.code == number);
        Some(
            task.map(|t| t.id)
                .ok_or_else(|| CommandProblem::NoSuchTask { given, open: self.near_codes(number) }),
        )
    }

    /// The codes that a mistyped one may have meant: the nearest numbers first, five at most.
    fn near_codes(&self, number: u32) -> Vec<String> {
        let mut codes: Vec<u32> = self.context.tasks.iter().map(|t| t.code).collect();
        codes.sort_by_key(|code| (code.abs_diff(number), *code));
        codes.truncate(5);
        codes.sort_unstable();
        codes.iter().map(|code| format!("V{code}")).collect()
    }

    /// The code, which must be there.
    pub fn code(&mut self) -> Result<TaskId, CommandProblem> {
        self.take_code().unwrap_or_else(|| Err(missing("task")))
    }

    /// Takes the name of a school that the text names, wherever it stands.
    pub fn take_school(&mut self) -> Option<Result<SchoolId, CommandProblem>> {
        let line = Line::new(&self.rest);
        let found = self.context.schools.find(&line).into_iter().next()?;
        let given = line.printed(found.tokens.clone()).to_owned();
        let (from, to) = (line.tokens[found.tokens.start].start, line.tokens[found.tokens.end - 1].end);
        let rest = format!(
            "{} {}",
            line.text[..from].trim_end(),
            line.text[to..].trim_start_matches([' ', ',', ':'])
        );
        self.rest = rest.trim().to_owned();
        Some(self.resolve(found.who, given))
    }

    /// The school, which must be there: one that the text names, else the words up to the first sign or number.
    pub fn school(&mut self) -> Result<SchoolId, CommandProblem> {
        if let Some(found) = self.take_school() {
            return found;
        }
        let end = self.rest.find([',', ':', ';', '\n']).unwrap_or(self.rest.len());
        let given = self.rest[..end].trim().to_owned();
        if given.is_empty() {
            return Err(missing("school"));
        }
        // A reason may follow: the longest beginning that is a name.
        let words: Vec<&str> = given.split_whitespace().collect();
        for count in (1..=words.len().min(5)).rev() {
            let name = words[..count].join(" ");
            let who = self.context.schools.lookup(&name);
            if !matches!(who, Who::Unknown(_)) {
                self.rest = format!("{}{}", words[count..].join(" "), &self.rest[end..]).trim().to_owned();
                return self.resolve(who, name);
            }
        }
        let who = self.context.schools.lookup(&given);
        self.resolve(who, given)
    }

    pub fn resolve(&self, who: Who, given: String) -> Result<SchoolId, CommandProblem> {
        let names = |ids: Vec<SchoolId>| {
            ids.iter().map(|id| self.context.schools.short_name(*id).to_owned()).collect()
        };
        match who {
            Who::One { id, .. } => Ok(id),
            Who::Several(ids) => Err(CommandProblem::SeveralSchools { given, names: names(ids) }),
            Who::Unknown(ids) => Err(CommandProblem::NoSuchSchool { given, nearest: names(ids) }),
        }
    }

    /// Takes the first day in what is left, with its hour and the words that lead to it.
    pub fn take_day(&mut self) -> Option<Result<DayAndTime, CommandProblem>> {
        let (found, cut) = day_in(&self.rest, self.context)?;
        self.rest = cut;
        Some(found)
    }

    /// The day, which must be there.
    pub fn day(&mut self) -> Result<DayAndTime, CommandProblem> {
        match self.take_day() {
            Some(found) => found,
            None if self.rest.chars().any(|c| c.is_ascii_digit()) => {
                Err(CommandProblem::BadDate { given: self.rest.clone() })
            }
            None => Err(missing("date")),
        }
    }

    /// A month: `11`, `tháng 11`, `11/2026`; the year is that of the school year of today.
    pub fn take_month(&mut self) -> Option<Result<Month, CommandProblem>> {
        let line = Line::new(&self.rest);
        let at = usize::from(line.is(0, words!["thang"]));
        if self.rest.is_empty() {
            return None;
        }
        let this = Month::of(self.context.now.date());
        if line.is(0, words!["nay"]) || line.is(1, words!["nay"]) {
            return Some(Ok(this));
        }
        if line.is(at, words!["sau", "toi"]) {
            return Some(Ok(this.next()));
        }
        let found = months_at(&line.text, &line.tokens, at).and_then(|(months, _)| months.first().copied());
        let month = found.and_then(|said| {
            let year = said.year.unwrap_or_else(|| {
                planned_year(self.context.now.date(), said.month).year_of_month(said.month)
            });
            Month::new(year, said.month)
        });
        Some(month.ok_or_else(|| CommandProblem::BadDate { given: self.rest.clone() }))
    }

    /// The reason in what is left, without the words that lead to it.
    pub fn reason(&mut self) -> String {
        self.take_words(&["ly do", "vi", "do", "li do"]);
        self.take_rest().trim_matches([' ', ',', '.', ';', ':', '(', ')']).to_owned()
    }
}

/// A day with its hour.
pub(super) type DayAndTime = (NaiveDate, Option<NaiveTime>);

/// The first day in a text, and the text without it and the words that lead to it.
pub(super) fn day_in(text: &str, context: &Context) -> Option<(Result<DayAndTime, CommandProblem>, String)> {
    // "đến 25" needs its word, "25/10" does not.
    let line = Line::new(text);
    let schools = context.schools.find(&line);
    let marks = marks(&line, &schools);
    let said = days(&line, 0..line.len(), &marks, context.now).into_iter().next()?;
    let given = line.printed(said.tokens.clone()).to_owned();
    let found = match said.day {
        Day::On(day) => Ok((day, said.time)),
        Day::Past(date) => Err(CommandProblem::PastDate { date }),
        Day::Unreal | Day::Vague => Err(CommandProblem::BadDate { given }),
    };
    let (mut start, mut end) = (said.tokens.start, said.tokens.end);
    if said.time.is_some() {
        (start, end) = with_clock(&line, start, end);
    }
    const LEADS: &[Key] = words![
        "den", "toi", "het", "ngay", "truoc", "han", "cham", "nhat", "vao", "la", "nop", "muon", "cuoi",
        "chot", "luc", "sang", "chieu", "hoan", "ngay",
    ];
    while start > 0
        && (line.is(start - 1, LEADS) || line.is_sign(start - 1, ':') || line.is_sign(start - 1, ','))
    {
        start -= 1;
    }
    let head = line.tokens.get(start).map_or("", |t| &line.text[..t.start]);
    let tail = line.tokens.get(end).map_or("", |t| &line.text[t.start..]);
    Some((found, format!("{} {}", head.trim_end(), tail.trim_start_matches([',', ' '])).trim().to_owned()))
}

/// Widens a day over the clock time beside it: "16h 17/10", "17/10 lúc 16h30".
fn with_clock(line: &Line, mut start: usize, mut end: usize) -> (usize, usize) {
    use crate::vietnamese::clock_at;
    for at in start.saturating_sub(5)..(end + 3).min(line.len()) {
        if let Some((_, next)) = clock_at(&line.text, &line.tokens, at) {
            start = start.min(at);
            end = end.max(next);
        }
    }
    (start, end)
}

pub(super) fn missing(part: &str) -> CommandProblem {
    CommandProblem::Missing { part: part.to_owned() }
}

/// The school year that a month without a year is in: in June and July its autumn is that of the next.
fn planned_year(today: NaiveDate, month: u32) -> SchoolYear {
    let this = SchoolYear::of(today);
    if matches!(today.month(), 6 | 7) && month >= 8 { SchoolYear(this.0 + 1) } else { this }
}
