//! A directive as read becomes the tasks of a school year; one of an older year is rolled forward (S11).
//!
//! Pure: the same draft, year and calendar give the same tasks. Every date that is taken over is a doubt, so that a person
//! sees it before the schedule is agreed to.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::{Captures, Regex};

use super::sentence::{is_stump, whole, without};
use super::whom::Whom;
use crate::calendar::{WorkCalendar, same_day, same_place};
use crate::domain::{
    Choice, Doubt, DoubtKind, Due, DueRole, Form, Month, Recur, Requires, School, SchoolYear, Scope, Source,
    Task, TaskState, Urgency, repeats, times,
};
use crate::import::{self, Directive, DraftDue, DraftTask, Places};

/// A school year as documents write it in running text.
static SCHOOL_YEAR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(20\d\d)(\s*[-–]\s*)(20\d\d)\b").ok());

/// A single year as documents write it: "trong năm 2020", "hết năm 2020".
static SINGLE_YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)(\bnăm )(20\d\d)\b").ok());

/// What a task will be.
pub(super) struct Draft {
    pub text: String,
    pub months: Vec<Month>,
    pub scope: Scope,
    pub requires: Requires,
    pub due: Vec<Due>,
    pub source: Source,
    pub doubts: Vec<Doubt>,
    pub moved: Option<Doubt>,
}

impl Draft {
    /// The task itself.
    pub(super) fn into_task(
        self,
        id: crate::domain::TaskId,
        office: crate::domain::OfficeId,
        schedule: Option<crate::domain::ScheduleId>,
        directive: Option<crate::domain::DirectiveId>,
        code: u32,
    ) -> Task {
        Task {
            id,
            office,
            schedule,
            code,
            text: self.text,
            months: self.months,
            scope: self.scope,
            requires: self.requires,
            due: self.due,
            form: Form::default(),
            urgency: Urgency::Normal,
            state: TaskState::Draft,
            posted_at: None,
            directive,
            sources: vec![Source { directive, ..self.source }],
            doubts: self.doubts,
            moved: self.moved,
        }
    }
}

/// The school year that a directive is for: the one that it says, else that of most of its months.
pub(super) fn year_of(directive: &Directive) -> Option<SchoolYear> {
    directive.header.school_year.or_else(|| {
        let months = directive.tasks.iter().flat_map(|t| &t.months);
        let mut years: Vec<SchoolYear> = months.map(|m| SchoolYear::of(m.first_day())).collect();
        years.sort();
        years.get(years.len() / 2).copied()
    })
}

/// The tasks of a directive for the school year `to`. A task that stands in no month is not in it.
pub(super) fn roll(
    directive: &Directive,
    to: SchoolYear,
    calendar: &WorkCalendar,
    schools: &[School],
) -> Vec<Draft> {
    let from = year_of(directive).unwrap_or(to);
    let roller = Roller { from, to, calendar, schools, places: &directive.places };
    directive.tasks.iter().flat_map(|task| roller.tasks(task)).collect()
}

/// The tasks of a directive that is posted by itself: in the year that it says, those without a month too.
pub(super) fn letter(directive: &Directive, calendar: &WorkCalendar, schools: &[School]) -> Vec<Draft> {
    let day = directive.tasks.iter().flat_map(|t| &t.due).map(|d| d.date).min().unwrap_or_default();
    let year = year_of(directive).unwrap_or_else(|| SchoolYear::of(day));
    let roller = Roller { from: year, to: year, calendar, schools, places: &directive.places };
    directive.tasks.iter().flat_map(|task| roller.letter_tasks(task)).collect()
}

struct Roller<'a> {
    from: SchoolYear,
    to: SchoolYear,
    calendar: &'a WorkCalendar,
    schools: &'a [School],
    places: &'a Places,
}

impl Roller<'_> {
    /// One task; of dates that come again one for each time, because each answer is an answer of its own, and one for the dates
    /// beside them.
    fn tasks(&self, draft: &DraftTask) -> Vec<Draft> {
        let months = self.months(draft);
        let series: Vec<usize> = (0..draft.due.len()).filter(|at| comes_again(&draft.due[*at])).collect();
        if series.is_empty() {
            let all: Vec<(usize, DraftDue)> = draft.due.iter().cloned().enumerate().collect();
            return if months.is_empty() { vec![] } else { vec![self.task(draft, months, &all)] };
        }
        let beside: Vec<(usize, DraftDue)> =
            draft.due.iter().cloned().enumerate().filter(|(at, _)| !series.contains(at)).collect();
        let mut out: Vec<Draft> =
            series.into_iter().flat_map(|at| self.series(draft, at, &months, beside.is_empty())).collect();
        if let Some((_, first)) = beside.first() {
            let years = self.to.0 - self.from.0;
            let month = Month::of(first.date);
            let month = Month { year: month.year + years, ..month };
            let mut own = self.task(&one_clause(draft, &beside), vec![month], &beside);
            if beside.iter().all(|(_, due)| due.role == DueRole::Event) {
                own.requires = Requires::None;
            }
            out.push(own);
        }
        out
    }

    /// The tasks of one date that comes again. Those of days and weeks are made at once as long as they are few; else the first is,
    /// with an offer of those that follow.
    fn series(&self, draft: &DraftTask, at: usize, months: &[Month], alone: bool) -> Vec<Draft> {
        let Some(again) = draft.due.get(at) else { return vec![] };
        let own = one_clause(draft, &[(at, again.clone())]);
        let draft = if alone { draft } else { &own };
        // The days are those of the new year already: only days off are left to move.
        let here = Roller { from: self.to, ..*self };
        let once = |date: NaiveDate, first: bool| {
            let due = DraftDue { date, from: None, recur: None, ..again.clone() };
            let mut own = draft.clone();
            if !first {
                own.doubts.retain(|d| d.choices.iter().any(|c| c.place().is_none()));
            }
            here.task(&own, vec![Month::of(date)], &[(at, due)])
        };
        let every = match again.recur {
            Some(every @ (Recur::Daily | Recur::Weekly)) => every,
            _ => {
                let months =
                    if months.len() > 1 { months.to_vec() } else { self.months_of_recurrence(again) };
                let date = |month: &Month| {
                    let day = again.date.day().min(month.last_day().day());
                    NaiveDate::from_ymd_opt(month.year, month.month, day).unwrap_or(again.date)
                };
                return months.iter().map(date).enumerate().map(|(n, date)| once(date, n == 0)).collect();
            }
        };
        let shifted = |date: NaiveDate| same_day(date, self.from, self.to);
        let first = shifted(again.date);
        let until = again.until.map_or(last_working_day(self.to), shifted);
        let days: Vec<NaiveDate> =
            times(first, every).take(MOST_AT_ONCE + 1).take_while(|day| *day <= until).collect();
        if again.until.is_some() && (1..=MOST_AT_ONCE).contains(&days.len()) {
            return days.into_iter().enumerate().map(|(n, date)| once(date, n == 0)).collect();
        }
        let mut only = once(first, true);
        only.text = whole(&draft.text);
        only.doubts.extend(repeats(0, first, every, until));
        vec![only]
    }

    /// The same, and one that stands in no month and comes by no day is a task too.
    fn letter_tasks(&self, draft: &DraftTask) -> Vec<Draft> {
        let tasks = self.tasks(draft);
        let all: Vec<(usize, DraftDue)> = draft.due.iter().cloned().enumerate().collect();
        if tasks.is_empty() { vec![self.task(draft, vec![], &all)] } else { tasks }
    }

    fn months(&self, draft: &DraftTask) -> Vec<Month> {
        let dated = draft.due.first().map(|d| Month::of(d.date)).into_iter().collect();
        let printed = if draft.months.is_empty() { dated } else { draft.months.clone() };
        let years = self.to.0 - self.from.0;
        printed.into_iter().map(|m| Month { year: m.year + years, ..m }).collect()
    }

    fn months_of_recurrence(&self, due: &DraftDue) -> Vec<Month> {
        let first = Month::of(same_day(due.date, self.from, self.to));
        let last = due.until.map(|d| Month::of(same_day(d, self.from, self.to)));
        let last = last.unwrap_or(Month::of(last_working_day(self.to)));
        self.to.months().filter(|m| (first..=last).contains(m)).collect()
    }

    /// A task with those dates of a draft that are its own, each with its place in the draft. Doubts about others are not its own.
    fn task(&self, draft: &DraftTask, months: Vec<Month>, due: &[(usize, DraftDue)]) -> Draft {
        let read = draft.doubts.iter().filter_map(|doubt| self.reading(doubt));
        let mut doubts: Vec<Doubt> = read.filter_map(|doubt| about_these(doubt, due)).collect();
        let due: Vec<Due> = due.iter().map(|(_, d)| self.due(d, &mut doubts)).collect();
        let scope = self.scope(draft, &mut doubts);
        let quotes: Vec<&str> = draft.due.iter().map(|d| d.quote.as_str()).collect();
        Draft {
            text: self.single_years(&self.years_in(&self.said(&draft.text, &quotes)), draft, &mut doubts),
            months,
            scope,
            requires: draft.requires,
            moved: None,
            due,
            source: Source {
                directive: None,
                place: self.places.of(draft.span.first_line),
                quote: draft.text.clone(),
            },
            doubts,
        }
    }

    /// The words without their dates; whole when what is left is a stump, unless the dates are of another year.
    fn said(&self, text: &str, quotes: &[&str]) -> String {
        let left = without(text, quotes);
        if self.from == self.to && is_stump(&left) { whole(text) } else { left }
    }

    /// A doubt of the reading. In another year other days are off, and a choice of an old date helps nobody.
    fn reading(&self, doubt: &import::Doubt) -> Option<Doubt> {
        use crate::import::DoubtKind::{DayOff, PastDeadline};
        if self.from == self.to {
            return Some(doubt.placed(self.places));
        }
        let of_that_year = matches!(doubt.kind, DayOff { .. } | PastDeadline { .. });
        (!of_that_year).then(|| Doubt { choices: Vec::new(), ..doubt.placed(self.places) })
    }

    fn due(&self, draft: &DraftDue, doubts: &mut Vec<Doubt>) -> Due {
        let shifted = |date: NaiveDate| same_day(date, self.from, self.to);
        let mut due = Due {
            kind: draft.kind,
            date: shifted(draft.date),
            from: draft.from.map(shifted),
            time: draft.time,
            role: draft.role,
            recur: draft.recur,
            quote: draft.quote.clone(),
        };
        if self.from == self.to {
            return due;
        }
        let mut why = None;
        if due.role == DueRole::Deadline {
            let place = same_place(draft.date, self.from, self.to, self.calendar);
            why = place.moved.map(|m| m.key().to_owned());
            due.date = place.date;
        }
        let kind = DoubtKind::RolledForward { from: draft.date, to: due.date, why };
        doubts.push(Doubt { place: Some(self.places.of(draft.span.first_line)), kind, choices: Vec::new() });
        due
    }

    /// "công lập", "ngoài công lập", names of the register; whoever else is meant is asked about by a doubt.
    fn scope(&self, draft: &DraftTask, doubts: &mut Vec<Doubt>) -> Scope {
        let Some(said) = draft.scope.as_deref().filter(|_| draft.requires != Requires::None) else {
            return Scope::All;
        };
        if !Whom(self.schools).foreign_levels(said).is_empty() {
            let values = vec![("said".to_owned(), said.to_owned())];
            let kind = DoubtKind::Reading { key: "doubt-scope-level".into(), values };
            let place = Some(self.places.of(draft.span.first_line));
            doubts.push(Doubt { place, kind, choices: vec![Choice::Drop] });
            return Scope::All;
        }
        match Whom(self.schools).meant(said) {
            Some(scope) => scope,
            None => {
                let values = vec![("said".to_owned(), said.to_owned())];
                let kind = DoubtKind::Reading { key: "doubt-scope".into(), values };
                doubts.push(Doubt {
                    place: Some(self.places.of(draft.span.first_line)),
                    kind,
                    choices: Whom(self.schools).kinds_to_choose(),
                });
                Scope::All
            }
        }
    }

    /// "trong năm 2020" of a plan that is rolled forward is another year now, or was meant as it is: a person looks.
    fn single_years(&self, text: &str, draft: &DraftTask, doubts: &mut Vec<Doubt>) -> String {
        let by = self.to.0 - self.from.0;
        let Some(pattern) = SINGLE_YEAR.as_ref().filter(|_| by != 0) else { return text.to_owned() };
        let mut shifted = Vec::new();
        let rolled = pattern.replace_all(text, |found: &Captures<'_>| {
            let year = found[2].parse::<i32>().unwrap_or_default();
            // Older years are of what has been: laws, decisions, results.
            if ![self.from.0, self.from.0 + 1].contains(&year) {
                return found[0].to_owned();
            }
            shifted.push((year, year + by));
            format!("{}{}", &found[1], year + by)
        });
        for (from, to) in shifted {
            let values = vec![("from".to_owned(), from.to_string()), ("to".to_owned(), to.to_string())];
            let kind = DoubtKind::Reading { key: "doubt-year-rolled".into(), values };
            doubts.push(Doubt {
                place: Some(self.places.of(draft.span.first_line)),
                kind,
                choices: Vec::new(),
            });
        }
        rolled.into_owned()
    }

    /// "năm học 2022-2023" in the text becomes the year that the task is now for.
    fn years_in(&self, text: &str) -> String {
        let by = self.to.0 - self.from.0;
        let Some(pattern) = SCHOOL_YEAR.as_ref().filter(|_| by != 0) else { return text.to_owned() };
        let shifted = |found: &Captures<'_>| {
            let year = |i: usize| found[i].parse::<i32>().unwrap_or_default();
            if year(3) == year(1) + 1 {
                format!("{}{}{}", year(1) + by, &found[2], year(3) + by)
            } else {
                found[0].to_owned()
            }
        };
        pattern.replace_all(text, shifted).into_owned()
    }
}

/// So many tasks of days or weeks are made at once.
const MOST_AT_ONCE: usize = 10;

/// The school year's work ends in May (35 weeks from September); July and August have no regular reports.
pub(super) fn last_working_day(year: SchoolYear) -> NaiveDate {
    Month { year: year.0 + 1, month: 5 }.last_day()
}

/// A deadline of every day, week or month. One of every year is in this year once.
fn comes_again(due: &DraftDue) -> bool {
    due.role == DueRole::Deadline && matches!(due.recur, Some(Recur::Daily | Recur::Weekly | Recur::Monthly))
}

/// A doubt as the task with these dates has it; `None` when all that can be taken is about other dates.
fn about_these(mut doubt: Doubt, due: &[(usize, DraftDue)]) -> Option<Doubt> {
    let had = !doubt.choices.is_empty();
    let moved = |choice: Choice| match choice.place() {
        Some(place) => due.iter().position(|(at, _)| *at == place).map(|at| choice.at(at)),
        None => Some(choice),
    };
    doubt.choices = doubt.choices.into_iter().filter_map(moved).collect();
    (!had || !doubt.choices.is_empty()).then_some(doubt)
}

/// The draft with the words of the clause that holds these dates, where its clauses hold dates of several tasks.
fn one_clause(draft: &DraftTask, due: &[(usize, DraftDue)]) -> DraftTask {
    const FEWEST_WORDS: usize = 2;
    let holds = |clause: &&str| due.iter().any(|(_, d)| !d.quote.is_empty() && clause.contains(&d.quote));
    let held: Vec<&str> = draft.text.split([';', '\n']).filter(holds).map(unmarked).collect();
    let quotes: Vec<&str> = due.iter().map(|(_, d)| d.quote.as_str()).collect();
    let text = held.join("; ");
    let words = without(&text, &quotes).split_whitespace().count();
    if words < FEWEST_WORDS { draft.clone() } else { DraftTask { text: whole(&text), ..draft.clone() } }
}

/// A clause without its mark: "b) Báo cáo quý", "- Báo cáo quý".
fn unmarked(clause: &str) -> &str {
    let clause = clause.trim().trim_start_matches(['-', '+', '•', '*', ' ']);
    match clause.split_once([')', '.']) {
        Some((mark, rest)) if mark.chars().count() <= 2 && mark.chars().all(char::is_alphanumeric) => {
            rest.trim()
        }
        _ => clause,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_years_of_the_old_school_year_are_rolled_and_doubted_others_stay() {
        let text = "Số: 9/KH-PGD\nSuối Ngàn, ngày 12 tháng 8 năm 2020\n\nKẾ HOẠCH\nNhiệm vụ năm học 2020-2021\n\nTHÁNG 9/2020\n\
                    - Tổng kết phong trào năm 2020 theo Kế hoạch năm 2018.\n\nTHÁNG 3/2021\n- Gửi chỉ tiêu năm 2021.\n";
        let directive = import::read(text.as_bytes()).unwrap();
        let calendar = WorkCalendar::of_office(&crate::domain::Settings::default()).unwrap();
        let tasks = roll(&directive, SchoolYear(2026), &calendar, &[]);
        let texts: Vec<&str> = tasks.iter().map(|t| t.text.as_str()).collect();
        assert_eq!(texts.len(), 2, "{texts:?}");
        assert!(texts[0].contains("năm 2026 theo Kế hoạch năm 2018"), "{texts:?}");
        assert!(texts[1].contains("chỉ tiêu năm 2027"), "{texts:?}");
        let doubted =
            |d: &Doubt| matches!(&d.kind, DoubtKind::Reading { key, .. } if key == "doubt-year-rolled");
        assert!(tasks.iter().all(|t| t.doubts.iter().filter(|d| doubted(d)).count() == 1));
    }

    fn of_letter(item: &str) -> Vec<Draft> {
        let text = format!(
            "Số: 5/VHXH\nV/v nộp báo cáo\nĐồi Chè, ngày 01 tháng 10 năm 2026\nKính gửi: Các trường mầm non\n\n1. {item}\n"
        );
        let directive = import::read(text.as_bytes()).unwrap();
        let calendar = WorkCalendar::of_office(&crate::domain::Settings::default()).unwrap();
        letter(&directive, &calendar, &[])
    }

    fn days(tasks: &[Draft]) -> Vec<String> {
        tasks.iter().flat_map(|t| &t.due).map(|d| d.date.format("%d/%m").to_string()).collect()
    }

    #[test]
    fn what_is_due_once_beside_every_month_is_a_task_of_its_own() {
        let tasks = of_letter(
            "Báo cáo tháng: gửi trước ngày 25 hằng tháng; báo cáo sơ kết học kỳ I: gửi trước ngày 10/01/2027.",
        );
        assert_eq!(
            days(&tasks),
            ["25/10", "25/11", "25/12", "25/01", "25/02", "25/03", "25/04", "25/05", "10/01"]
        );
        assert!(tasks[8].text.starts_with("Báo cáo sơ kết"), "{}", tasks[8].text);
        assert!(
            tasks[0].text.starts_with("Báo cáo tháng") && !tasks[0].text.contains("sơ kết"),
            "{}",
            tasks[0].text
        );
        for task in &tasks {
            let fits = |d: &Doubt| d.choices.iter().all(|c| c.fits(task.due.len()));
            assert!(task.doubts.iter().all(fits), "{:?}", task.doubts);
        }
    }

    #[test]
    fn every_day_with_an_end_is_a_task_each_and_every_week_is_offered() {
        let daily =
            of_letter("Gửi báo cáo nhanh trước 15h hằng ngày từ ngày 05/10/2026 đến ngày 07/10/2026.");
        let weekly = of_letter("Gửi báo cáo tuần trước 11h thứ Sáu hằng tuần.");
        assert_eq!(weekly.len(), 1);
        assert!(weekly[0].text.contains("hằng tuần"), "{}", weekly[0].text);
        let offered: Vec<&Choice> = weekly[0].doubts.iter().flat_map(|d| &d.choices).collect();
        let Some(Choice::Repeat { dates, every: Recur::Weekly, .. }) = offered.first() else {
            panic!("{offered:?}")
        };
        assert_eq!(dates.len(), 4);
        assert!(!daily.is_empty());
        let kept = daily.len() == 3 || daily[0].text.contains("hằng ngày");
        assert!(kept, "{:?}", days(&daily));
    }
}
