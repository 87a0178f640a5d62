//! `/caidat`: what an office may set in chat.
//!
//! `đơn vị Phòng …` · `tên không | ngày cuối | luôn` · `đăng ngày đầu 8h | ngày cuối 8h | <cron>` · `hạn 16h30` · `tối đa 6` ·
//! `nhắc 3 ngày 8h, 1 ngày 14h, 3 giờ`.

use chrono::NaiveTime;

use super::args::{Args, missing};
use super::{Command, Setting};
use crate::domain::{CommandProblem, LadderStep, NamePolicy, StepTime};
use crate::understand::key::words;
use crate::understand::line::Line;
use crate::vietnamese::clock_at;

pub(super) fn settings(args: &mut Args) -> Result<Command, CommandProblem> {
    if args.is_empty() {
        return Ok(Command::Settings { change: None });
    }
    let given = args.rest.clone();
    let wrong = || CommandProblem::BadSetting { given: given.clone() };
    let change = if args.take_words(&["ten don vi la", "ten don vi", "don vi la", "don vi"]) {
        let name = args.take_rest();
        Setting::OfficeName((!name.is_empty()).then_some(name).ok_or_else(wrong)?)
    } else if args.take_words(&["ten truong", "neu ten", "ten"]) {
        Setting::Names(names(args).ok_or_else(wrong)?)
    } else if args.take_words(&["dang"]) {
        Setting::Posting(posting(args).ok_or_else(wrong)?)
    } else if args.take_words(&["gio han", "han"]) {
        Setting::DeadlineHour(hour(&args.take_rest()).ok_or_else(wrong)?)
    } else if args.take_words(&["toi da"]) {
        let most = args.take_rest().split_whitespace().next().and_then(|n| n.parse().ok());
        Setting::DailyCap(most.filter(|n| (1..=50).contains(n)).ok_or_else(wrong)?)
    } else if args.take_words(&["cac moc nhac", "moc nhac", "nhac"]) {
        Setting::Ladder(ladder(&args.take_rest()).ok_or_else(wrong)?)
    } else {
        return Err(missing("setting"));
    };
    Ok(Command::Settings { change: Some(change) })
}

fn names(args: &mut Args) -> Option<NamePolicy> {
    let said = [
        (&["khong bao gio", "khong"][..], NamePolicy::Never),
        (&["ngay cuoi"], NamePolicy::LastDay),
        (&["luon luon", "luon"], NamePolicy::Always),
    ];
    said.into_iter().find(|(words, _)| args.take_words(words)).map(|(_, policy)| policy)
}

/// The text of a posting rule as `calendar::PostingRule` reads it; a cron expression is left for it to judge.
fn posting(args: &mut Args) -> Option<String> {
    let ordinal = if args.take_words(&["ngay lam viec dau thang", "ngay lam viec dau", "ngay dau"]) {
        "first-working-day"
    } else if args.take_words(&["ngay lam viec cuoi thang", "ngay lam viec cuoi", "ngay cuoi"]) {
        "last-working-day"
    } else {
        let cron = args.take_rest();
        return (cron.split_whitespace().count() >= 5).then_some(cron);
    };
    let at = hour(&args.take_rest())?;
    Some(format!("{ordinal} {}", at.format("%H:%M")))
}

/// The only clock time of a text.
fn hour(text: &str) -> Option<NaiveTime> {
    let line = Line::new(text);
    let (said, _) = (0..line.len()).find_map(|at| clock_at(&line.text, &line.tokens, at))?;
    NaiveTime::from_hms_opt(said.hour, said.minute, 0)
}

/// "3 ngày 8h, 1 ngày 14h, 3 giờ": steps back from the deadline. Each needs a moment of its own.
fn ladder(text: &str) -> Option<Vec<LadderStep>> {
    let mut steps = Vec::new();
    for part in text.split([',', ';']).map(str::trim).filter(|p| !p.is_empty()) {
        let line = Line::new(part);
        let count = line.number(0).filter(|n| (0..=60).contains(n))?;
        let step = if line.is(1, words!["ngay"]) {
            let time =
                StepTime::WorkingDaysBefore { days: count, at: hour(&line.text[line.tokens.get(1)?.end..])? };
            LadderStep { key: format!("t{count}"), time }
        } else if line.is(1, words!["gio", "h", "tieng"]) && line.len() == 2 {
            LadderStep { key: format!("h{count}"), time: StepTime::HoursBefore { hours: count } }
        } else {
            return None;
        };
        if steps.iter().any(|s: &LadderStep| s.key == step.key) {
            return None;
        }
        steps.push(step);
    }
    (!steps.is_empty()).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ladder_is_days_with_an_hour_or_hours() {
        let keys =
            |text: &str| ladder(text).map(|s| s.iter().map(|s| s.key.clone()).collect::<Vec<_>>().join(" "));
        let table = [
            ("3 ngày 8h, 1 ngày 14h, 3 giờ", Some("t3 t1 h3")),
            ("5 ngay 7h30", Some("t5")),
            ("0 ngày 8h", Some("t0")),
            ("3 ngày", None),
            ("3 ngày 8h, 3 ngày 14h", None),
            ("sáng mai", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(keys(text).as_deref(), expected, "{text}");
        }
        assert_eq!(hour("16h30"), NaiveTime::from_hms_opt(16, 30, 0));
    }
}
