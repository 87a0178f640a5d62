//! The scan of a text from left to right: what begins a date at a token, the forms tried from the longest to the shortest.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::impossible::is_reversed;
use super::lunar::lunar_until;
use crate::calendar::LunarDate;
use crate::domain::{DueKind, Recur};
use crate::import::days::range_at;
use crate::import::directive::DraftDue;
use crate::import::doubt::{Doubt, DoubtKind};
use crate::import::item::Item;
use crate::import::lead::{Lead, is_feast, is_name_day, lead};
use crate::import::resolve::Surroundings;
use crate::import::windows::window_at;
use crate::vietnamese::{
    ClockSaid, DaySaid, Token, TokenKind, clock_at, day_at, is_spelled_day, weekday_at, words_at,
};

/// Where a text is being read, and what was found in it so far.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) dead: &'a [bool],
    pub(super) cell: bool,
    pub(super) item: &'a Item,
    pub(super) around: &'a Surroundings,
    pub(super) due: &'a mut Vec<DraftDue>,
    pub(super) doubts: &'a mut Vec<Doubt>,
    /// Index after the last date that was taken: one in a list may follow.
    pub(super) listed: Option<usize>,
    /// A "từ ngày …" that waits for its end: the day, its first token, the index after it.
    pub(super) open: Option<(NaiveDate, usize, usize)>,
}

/// A date with its place, before it is known to count.
pub(super) struct Found {
    pub(super) kind: DueKind,
    pub(super) date: NaiveDate,
    pub(super) from: Option<NaiveDate>,
    pub(super) recur: Option<Recur>,
    pub(super) next: usize,
    pub(super) lead: Lead,
}

impl Scan<'_> {
    pub(super) fn run(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            at = self.at(at).unwrap_or(at + 1);
        }
        self.close_open();
    }

    /// Reads what begins at a token; the index after it when something does.
    fn at(&mut self, at: usize) -> Option<usize> {
        if self.dead[at] {
            return None;
        }
        // "thứ 6 - 23/10": the number of a weekday begins no range.
        let weekday = at.checked_sub(1).and_then(|before| weekday_at(self.text, self.tokens, before));
        if weekday.is_some_and(|(_, next)| next == at + 1) {
            return None;
        }
        if self.tokens[at].loose_number(self.text).is_some() || is_spelled_day(self.text, self.tokens, at) {
            self.range(at)
                .or_else(|| self.window(at))
                .or_else(|| self.eve(at))
                .or_else(|| self.counted_back(at))
                .or_else(|| self.day_of_months(at))
                .or_else(|| self.several_days(at))
                .or_else(|| self.yearly_or_day(at))
                .or_else(|| self.day_of_an_exception(at))
                .or_else(|| self.monthly(at))
                .or_else(|| self.day_of_the_month(at))
                .or_else(|| self.counted_days(at))
                .or_else(|| self.daily(at))
                .or_else(|| self.hour_of_the_day_cell(at))
                .or_else(|| self.torn(at))
                .or_else(|| self.impossible(at))
                .or_else(|| clock_at(self.text, self.tokens, at).map(|(_, next)| next))
        } else {
            self.edge_of_a_month(at)
                .or_else(|| self.weekdays_of_a_week(at))
                .or_else(|| self.within_a_week(at))
                .or_else(|| self.weekday_of_each_month(at))
                .or_else(|| self.weekly(at))
                .or_else(|| self.daily_before(at))
                .or_else(|| self.window(at))
                .or_else(|| self.day_of_the_week(at))
                .or_else(|| self.same_day(at))
                .or_else(|| self.day_near_the_issue(at))
                .or_else(|| self.lunar(at))
        }
    }

    fn range(&mut self, at: usize) -> Option<usize> {
        let range = range_at(self.text, self.tokens, at)?;
        let lead = lead(self.text, self.tokens, at);
        // Two days with their months, joined, are nothing else: "15/9 - 26/9".
        let full =
            self.tokens.get(at + 1).is_some_and(|t| t.is_sign('/')) || range.to.day > range.to.month.max(12);
        // "trực nghỉ lễ 30/4 - 01/5": the feast, not a time to act in.
        if let Some(next) = self.each_day_of(&range, &lead, at) {
            return Some(next);
        }
        let feast = !(self.cell || lead.from || lead.before || lead.day_word)
            && is_feast(self.tokens, lead.start, range.from)
            && is_feast(self.tokens, lead.start, range.to);
        let counts = full || self.counts(at, &lead, true) || self.days_close_a_clause(at, &range);
        // "việc tồn của tuần 30/3 - 05/4": which week is spoken of.
        let week = at.checked_sub(2).is_some_and(|of| words_at(self.tokens, of, &["cua", "tuan"]));
        let counts = counts && (self.cell || !week);
        if lead.rejected || feast || self.dead[range.next - 1] || !counts {
            return Some(range.next);
        }
        let to = self.resolve(range.to, at, range.next)?;
        let mut from = self.resolve(range.from, at, range.next)?;
        if from > to {
            if is_reversed(from, to) || range.from.year.is_some() && range.to.year.is_some() {
                self.doubt_reversed(lead.start, range.next, from, to);
                return Some(range.next);
            }
            from = NaiveDate::from_ymd_opt(to.year() - 1, from.month(), from.day()).filter(|f| *f <= to)?;
        }
        let found =
            Found { kind: DueKind::Range, date: to, from: Some(from), recur: None, next: range.next, lead };
        Some(self.take(found))
    }

    fn yearly_or_day(&mut self, at: usize) -> Option<usize> {
        let (mut day, mut next) = day_at(self.text, self.tokens, at)?;
        let lead = lead(self.text, self.tokens, at);
        if let Some(next) = lunar_until(self.tokens, at, next) {
            // "28/01 (29 tháng Chạp)" says the same day twice.
            if lead.bracket && self.said_before(lead.start) {
                return Some(next);
            }
            // The last month of the lunar year ends in January or February of the next.
            let year = self.around.year_of_month(if day.month == 12 { 1 } else { day.month });
            let said = LunarDate::new(if day.month == 12 { year - 1 } else { year }, day.month, day.day);
            return self.take_lunar(said, at, next, lead);
        }
        let behind = self.every(next, "nam");
        next = behind.unwrap_or(next);
        let yearly = behind.is_some() || (day.year.is_none() && self.opens_with_every_year(lead.start));
        // "tọa đàm 20/10 lúc 15g", "thứ Ba 26/3", "trong ngày 03/02" are no feast.
        let within = self.tokens.get(lead.start).is_some_and(|t| t.is_word("trong"));
        let placed = within || lead.clock.is_some() || lead.weekday.is_some();
        let feast = !(self.cell || lead.before || placed) && is_feast(self.tokens, lead.start, day);
        // "Duyệt chương trình 20/11" among the entries of another day.
        let feast = feast || (self.item.day.is_some() && !lead.strong && is_name_day(day));
        let counts = !lead.rejected
            && !feast
            && (self.counts(at, &lead, day.year.is_some())
                || (day.year.is_some() && self.is_next_by_name(lead.start)))
            && (!day.weak
                || (lead.strong && !counts_something(self.text, self.tokens, next))
                || self.closes_a_clause(at));
        if !counts {
            return Some(next);
        }
        if day.year.is_none() {
            day.year = self.year_of_the_list(next, day);
        }
        let Some(date) = self.resolve(day, at, next) else {
            self.drop_the_beginning(&lead);
            return Some(next);
        };
        // "10/10 hằng năm" in December: that of the next year.
        let over = yearly && day.year.is_none() && self.around.issued.is_some_and(|issued| date < issued);
        let date = date.with_year(date.year() + i32::from(over)).unwrap_or(date);
        self.doubt_two_days(at, next, day, date);
        // "từ ngày 11/11", "từ trước ngày 11/11".
        let from =
            lead.from || lead.start.checked_sub(1).is_some_and(|before| self.tokens[before].is_word("tu"));
        if from && self.is_moved_on(lead.start, next) {
            return Some(next);
        }
        if lead.from && !lead.before {
            self.close_open();
            self.open = Some((date, lead.start, next));
            return Some(next);
        }
        let recur = yearly.then_some(Recur::Yearly);
        Some(self.take_joined(Found { kind: kind_of(&lead), date, from: None, recur, next, lead }))
    }

    /// "10-12" under October, in a document that writes its days so: the 10th of December, or the 10th to the 12th.
    fn doubt_two_days(&mut self, at: usize, next: usize, said: DaySaid, date: NaiveDate) {
        let sign = &self.tokens[at + 1];
        let dashed =
            self.text.get(sign.start..sign.end).is_some_and(|printed| printed != "/" && printed != ".");
        let own = self.around.months.iter().any(|month| month.month == said.month);
        let Some(month) = self.around.months.first().filter(|_| dashed && !own && said.year.is_none()) else {
            return;
        };
        let other =
            NaiveDate::from_ymd_opt(month.year, month.month, said.month).filter(|_| said.day < said.month);
        if let Some(other) = other {
            let printed = self.quote(at, next);
            self.doubt(DoubtKind::TwoReadings { printed, date, other });
        }
    }

    /// Takes a date, as the end of the "từ ngày …" before it if there is one.
    pub(super) fn take_joined(&mut self, mut found: Found) -> usize {
        let (tokens, to, begins) = (self.tokens, found.lead.to, found.lead.start);
        let closing = |open: &mut (NaiveDate, usize, usize)| {
            may_close(tokens, open.2, begins) || (to && touch(tokens, open.2, begins))
        };
        if let Some((from, start, after)) = self.open.take_if(closing) {
            let meets = to && touch(tokens, after, begins);
            if meets && is_reversed(from, found.date) {
                self.doubt_reversed(start, found.next, from, found.date);
                return found.next;
            }
            // "bắt đầu từ ngày …, hoàn thành ngày …"
            if (!found.lead.before || meets) && from < found.date {
                found.kind = DueKind::Range;
                found.from = Some(from);
                found.lead.start = start;
            } else {
                self.open = Some((from, start, start));
                self.close_open();
            }
        }
        self.take(found)
    }

    /// "từ ngày 5/9" whose end never came: a happening on that day.
    pub(super) fn close_open(&mut self) {
        let Some((date, start, next)) = self.open.take() else { return };
        let lead = Lead { start, strong: true, tentative: true, ..Lead::default() };
        self.take(Found {
            kind: DueKind::On,
            date,
            from: None,
            recur: None,
            next: next.max(start + 1),
            lead,
        });
    }

    /// "từ ngày 11/11 sang ngày 18/11", "lùi từ ngày 15/11 đến trước ngày 22/11": the first of them holds no more.
    fn is_moved_on(&self, start: usize, next: usize) -> bool {
        const MOVED: [&[&str]; 3] = [&["lui"], &["hoan"], &["gia", "han"]];
        const RIGHT_BEFORE: [&str; 3] = ["chuyen", "doi", "chinh"];
        let before = start.saturating_sub(4)..start;
        let right_before = start.checked_sub(1).and_then(|at| self.tokens.get(at));
        let moved = before.into_iter().any(|at| MOVED.iter().any(|words| words_at(self.tokens, at, words)))
            || right_before.is_some_and(|t| RIGHT_BEFORE.iter().any(|word| t.is_word(word)));
        let instead = self
            .tokens
            .get(next)
            .is_some_and(|t| t.is_word("sang") || t.is_word("thanh") || (moved && t.is_word("den")));
        instead && (next + 1..next + 9).any(|at| day_at(self.text, self.tokens, at).is_some())
    }

    /// "trong tháng 9", "tuần 2 tháng 10", "cuối tháng".
    fn window(&mut self, at: usize) -> Option<usize> {
        let window = window_at(self.text, self.tokens, at, self.around, self.cell)?;
        let lead = lead(self.text, self.tokens, at);
        if lead.rejected {
            return Some(window.next);
        }
        let ended = lead.before;
        let found = Found {
            kind: if ended { DueKind::Before } else { DueKind::During },
            date: window.to,
            from: (!ended).then_some(window.from),
            recur: None,
            next: window.next,
            lead,
        };
        Some(self.take(found))
    }

    /// "Chiều thứ Sáu" in a row of a week table.
    fn day_of_the_week(&mut self, at: usize) -> Option<usize> {
        let (weekday, next) = weekday_at(self.text, self.tokens, at)?;
        let (first, last) = self.around.week?;
        let with_date = (next..next + 4).any(|n| day_at(self.text, self.tokens, n).is_some());
        let date = first
            .iter_days()
            .take_while(|d| *d <= last)
            .find(|d| d.weekday().number_from_monday() == weekday)?;
        if with_date {
            return None;
        }
        let lead = lead(self.text, self.tokens, at);
        if lead.rejected || !(self.cell || lead.strong || self.stands_alone(at, next)) {
            return None;
        }
        Some(self.take(Found { kind: kind_of(&lead), date, from: None, recur: None, next, lead }))
    }

    /// "Xét thi đua tháng, thứ Sáu.": nothing but the end of the clause behind a weekday, and a comma or a colon before it.
    fn stands_alone(&self, at: usize, next: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let behind = self.tokens.get(next);
        before.is_some_and(|t| t.is_sign(',') || t.is_sign(':'))
            && behind.is_none_or(|t| t.is_sign('.') || t.is_sign(';') || t.is_sign(')'))
    }

    /// "trước 16g30" in a calendar: on the day of its cell.
    fn hour_of_the_day_cell(&mut self, at: usize) -> Option<usize> {
        let day = self.item.day.as_ref()?;
        let (_, next) = clock_at(self.text, self.tokens, at)?;
        let lead = lead(self.text, self.tokens, next);
        let other_day = self.tokens.get(next).is_some_and(|t| t.is_word("ngay") || t.number().is_some())
            || weekday_at(self.text, self.tokens, next).is_some();
        if !lead.before || other_day {
            return None;
        }
        let found = Found { kind: DueKind::Before, date: day.to, from: None, recur: None, next, lead };
        Some(self.take(found))
    }
}

/// "10-12 trang", "3-5 phút": a small word right behind two joined numbers says what they count, unless it goes on with the
/// sentence.
pub(super) fn counts_something(text: &str, tokens: &[Token], next: usize) -> bool {
    const GOES_ON: [&str; 26] = [
        "tai", "luc", "vao", "gui", "ve", "cho", "do", "de", "va", "den", "hang", "cua", "qua", "o", "theo",
        "nop", "la", "trong", "truoc", "sau", "cac", "phai", "xong", "bang", "nam", "kem",
    ];
    tokens.get(next).is_some_and(|t| {
        let line = text.get(tokens[next - 1].end..t.start).is_some_and(|between| !between.contains('\n'));
        t.kind == TokenKind::Word && !t.capital && line && !GOES_ON.contains(&t.folded.as_str())
    })
}

pub(super) fn kind_of(lead: &Lead) -> DueKind {
    if lead.before { DueKind::Before } else { DueKind::On }
}

/// Whether nothing but the end of a bracket stands between "từ thứ Hai (06/11)" and "đến thứ Sáu (10/11)".
pub(super) fn touch(tokens: &[Token], from: usize, to: usize) -> bool {
    let Some(between) = tokens.get(from..to) else { return false };
    // "12/02 (25 tháng Chạp) đến …"
    let bracket = between.first().is_some_and(|t| t.is_sign('(')) && between.len() <= 7;
    let end = if bracket { between.iter().position(|t| t.is_sign(')')).unwrap_or_default() } else { 0 };
    between[end..].iter().all(|t| t.is_sign(')') || t.is_sign(','))
}

/// Whether the words between two dates join them to one duration: a comma and "hoàn thành …".
fn may_close(tokens: &[Token], from: usize, to: usize) -> bool {
    let between = tokens.get(from..to).unwrap_or_default();
    between.len() <= 8
        && !between.iter().any(|t| t.is_sign(';') || t.is_sign('.'))
        && between.iter().any(|t| t.is_word("thanh") || t.is_word("thuc"))
}

/// A clock time; 24:00 is the minute before midnight, and marked.
pub(super) fn time_of(clock: Option<ClockSaid>) -> (Option<NaiveTime>, bool) {
    match clock {
        Some(clock) if clock.hour == 24 => (NaiveTime::from_hms_opt(23, 59, 0), true),
        Some(clock) => (NaiveTime::from_hms_opt(clock.hour, clock.minute, 0), false),
        None => (None, false),
    }
}
