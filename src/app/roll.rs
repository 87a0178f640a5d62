//! A directive as read becomes the tasks of a school year; one of an older year is rolled forward (S11).
//!
//! Pure: the same draft, year and calendar give the same tasks. Every date that is taken over is a doubt, so that a person
//! sees it before the schedule is agreed to.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::{Captures, Regex};

use super::whom::Whom;
use crate::calendar::{WorkCalendar, same_day, same_place};
use crate::domain::{
    Choice, Doubt, DoubtKind, Due, DueRole, Form, Month, Recur, Requires, School, SchoolYear, Scope, Source,
    Task, TaskState, Urgency,
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
    /// One task, or one for each month when it comes again monthly: each month's answer is an answer of its own.
    fn tasks(&self, draft: &DraftTask) -> Vec<Draft> {
        let months = self.months(draft);
        let monthly =
            draft.due.iter().find(|d| d.recur == Some(Recur::Monthly) && d.role == DueRole::Deadline);
        let Some(monthly) = monthly else {
            return if months.is_empty() { vec![] } else { vec![self.task(draft, months, &draft.due)] };
        };
        let months = if months.len() > 1 { months } else { self.months_of_recurrence(monthly) };
        let in_month = |month: Month| {
            let day = monthly.date.day().min(month.last_day().day());
            let date = NaiveDate::from_ymd_opt(month.year, month.month, day).unwrap_or(monthly.date);
            let due = DraftDue { date, from: None, recur: None, ..monthly.clone() };
            // The months are those of the new year already: only days off are left to move.
            let here = Roller { from: self.to, ..*self };
            here.task(draft, vec![month], std::slice::from_ref(&due))
        };
        months.into_iter().map(in_month).collect()
    }

    /// The same, and one that stands in no month and comes by no day is a task too.
    fn letter_tasks(&self, draft: &DraftTask) -> Vec<Draft> {
        let tasks = self.tasks(draft);
        if tasks.is_empty() { vec![self.task(draft, vec![], &draft.due)] } else { tasks }
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
        // The school year's work ends in May (35 weeks from September); July and August have no monthly reports.
        let last = last.unwrap_or(Month { year: self.to.0 + 1, month: 5 });
        self.to.months().filter(|m| (first..=last).contains(m)).collect()
    }

    fn task(&self, draft: &DraftTask, months: Vec<Month>, due: &[DraftDue]) -> Draft {
        let mut doubts: Vec<Doubt> = draft.doubts.iter().filter_map(|doubt| self.reading(doubt)).collect();
        let due: Vec<Due> = due.iter().map(|d| self.due(d, &mut doubts)).collect();
        let scope = self.scope(draft, &mut doubts);
        let quotes: Vec<&str> = draft.due.iter().map(|d| d.quote.as_str()).collect();
        Draft {
            text: self.single_years(&self.years_in(&without(&draft.text, &quotes)), draft, &mut doubts),
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

/// A text without the words of its dates: the post says the dates itself, and an old date in it would mislead. Brackets
/// that hold nothing else go too.
fn without(text: &str, quotes: &[&str]) -> String {
    let mut text = text.to_owned();
    for quote in quotes.iter().filter(|q| !q.is_empty()) {
        text = text.replacen(quote, "", 1);
    }
    let mut tidy = String::with_capacity(text.len());
    for c in text.chars() {
        if c == ')' && tidy.trim_end_matches([' ', ',', ';', '.', ':', '–', '-']).ends_with('(') {
            let open = tidy.rfind('(').unwrap_or(tidy.len());
            tidy.truncate(open);
            continue;
        }
        if [')', ',', ';', '.'].contains(&c) {
            tidy.truncate(tidy.trim_end_matches(' ').len());
            if c == ')' {
                tidy.truncate(tidy.trim_end_matches([' ', ',', ';']).len());
            }
        }
        if c == ' ' && tidy.ends_with([' ', '(']) {
            continue;
        }
        tidy.push(c);
    }
    tidy.trim().trim_end_matches([',', ';', ':']).trim_end().to_owned()
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

    #[test]
    fn the_words_of_a_date_leave_nothing_behind() {
        let cases = [
            (
                "Cân đo lần 1 (hoàn thành trước ngày 19/9);",
                &["hoàn thành trước ngày 19/9"][..],
                "Cân đo lần 1",
            ),
            (
                "Góp ý kế hoạch (các trường gửi về Tổ mầm non, trước ngày 14/10/2022).",
                &["trước ngày 14/10/2022"],
                "Góp ý kế hoạch (các trường gửi về Tổ mầm non).",
            ),
            (
                "Báo cáo (gửi trước ngày 10/12); Nhập dữ liệu (trước ngày 8/12).",
                &["trước ngày 10/12", "trước ngày 8/12"],
                "Báo cáo (gửi); Nhập dữ liệu.",
            ),
            ("Truyền thông về GDMN", &[], "Truyền thông về GDMN"),
        ];
        for (text, quotes, expected) in cases {
            assert_eq!(without(text, quotes), expected);
        }
    }
}
