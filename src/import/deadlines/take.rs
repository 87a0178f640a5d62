//! A date that counts, with all that is said around it: its hour, its end, its role, its words.

use chrono::{Datelike, NaiveDate};

use super::scan::{Found, Scan, time_of};
use crate::domain::{DueKind, DueRole, Month, Recur};
use crate::import::actors::is_of_another;
use crate::import::directive::DraftDue;
use crate::import::doubt::{Doubt, DoubtKind};
use crate::import::lead::Lead;
use crate::import::nature::says_what;
use crate::import::roles::{Said, judge};
use crate::import::verbs::{clause, undated_clauses, without_brackets};
use crate::vietnamese::{ClockSaid, Token, clock_at, day_at, fold_words, months_at, weekday_at, words_at};

/// Words that only tell one date of a list from another: "đợt 2", "khối 4, 5", "tư thục".
fn is_label(words: &str) -> bool {
    const LABELS: [&str; 20] = [
        "dot",
        "lan",
        "khoi",
        "lop",
        "vong",
        "cum",
        "hoc ky",
        "cong lap",
        "ngoai cong lap",
        "tu thuc",
        "tieu hoc",
        "mam non",
        "mau giao",
        "nha tre",
        "th",
        "thcs",
        "mn",
        "ban giay",
        "buoc",
        "cac khoi",
    ];
    words.split(' ').count() <= 4
        && LABELS.iter().any(|label| {
            words.strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
}

/// "Về Tết Nguyên đán: nghỉ từ …" speaks of what stands behind the colon, if words stand there.
fn without_label(own: &str) -> &str {
    let Some((label, rest)) = own.split_once(':') else { return own };
    let says =
        rest.split_whitespace().take(3).filter(|word| word.starts_with(char::is_alphabetic)).count() >= 3;
    if says && label.split_whitespace().count() <= 5 { rest } else { own }
}

/// Where the bracket begins that is still open at the end of a text: what is parted in it belongs to what stands before it.
fn before_the_bracket(text: &str) -> usize {
    let open = text.rfind('(').filter(|at| !text[*at..].contains(')') && !text[*at..].contains('\n'));
    open.unwrap_or(text.len())
}

/// "(phát động ngày 15/2)", "(khai mạc …": when something is that is spoken of outside the bracket.
fn tells_when_it_is(inner: &str) -> bool {
    [" phat dong ", " khai mac ", " be mac ", " dien ra ", " bat dau "]
        .iter()
        .any(|word| inner.starts_with(word))
}

/// "Sáng Chủ nhật, 22/8": a part of the day is a time to meet, not an end.
fn says_a_half_day(quote: &str) -> bool {
    let words = fold_words(quote);
    ["sang", "chieu", "toi"].iter().any(|half| words.starts_with(half))
}

/// "thứ Sáu tuần cuối mỗi tháng": it comes again, though no rule of ours says on which day.
fn says_each_month(quote: &str) -> bool {
    let words = fold_words(quote);
    words.ends_with(" moi thang") || words.ends_with(" hang thang")
}

impl Scan<'_> {
    /// Takes a date; returns the index after it.
    pub(super) fn take(&mut self, found: Found) -> usize {
        let Found { mut kind, mut date, from, recur, mut next, lead } = found;
        if let Some((first, after)) = recur.and_then(|recur| self.begins(next, recur, date)) {
            (date, next) = (first, after);
        }
        if kind == DueKind::On && self.is_called_a_limit(next) {
            kind = DueKind::Before;
        }
        let (clock, mut next) = match lead.clock {
            Some(clock) => (Some(clock), next),
            None => self.clock_after(next),
        };
        // "thứ Sáu hằng tuần, trước 16h00".
        let limit = self.tokens.get(next).filter(|t| t.is_sign(',')).and(self.tokens.get(next + 1));
        let late = limit.filter(|t| clock.is_none() && kind == DueKind::On && t.is_word("truoc"));
        let (clock, next_after) = match late.and_then(|_| clock_at(self.text, self.tokens, next + 2)) {
            Some((clock, after)) if !self.tokens.get(after).is_some_and(|t| t.is_word("ngay")) => {
                kind = DueKind::Before;
                (Some(clock), after)
            }
            _ => (clock, next),
        };
        next = next_after;
        let (time, midnight) = time_of(clock);
        let (until, after) = match recur {
            Some(_) => self.until(next, date),
            None => (None, next),
        };
        next = after;
        // "muộn nhất thứ Hai (12/10)": the bracket that was opened is closed.
        let opened = self.tokens.get(lead.start..next).is_some_and(|t| t.iter().any(|t| t.is_sign('(')));
        if opened && self.tokens.get(next).is_some_and(|t| t.is_sign(')')) {
            next += 1;
        }
        // "trước ngày 25/10, 25/11 và 25/12"
        if kind == DueKind::On && !lead.day_word && self.is_next_of_limits(lead.start) {
            kind = DueKind::Before;
        }
        let restated = self.is_said_again(lead.start);
        if kind == DueKind::On && restated && self.due.last().is_some_and(|due| due.role == DueRole::Deadline)
        {
            kind = DueKind::Before;
        }
        let clause = self.clause(lead.start, next);
        let tentative = lead.tentative || clause.contains(" du kien ");
        // "Gia hạn từ ngày 24/4 đến hết ngày 08/5": from one deadline to another.
        let moved = kind == DueKind::Range
            && [
                " gia han ",
                " lui han ",
                " lui thoi ",
                " chuyen tu ngay ",
                " doi tu ngay ",
                " hoan tu ngay ",
            ]
            .iter()
            .any(|w| clause.contains(w));
        let (kind, from) = if moved { (DueKind::Before, None) } else { (kind, from) };
        if self.is_replaced(next) || self.is_passed_on(lead.start) {
            return next;
        }
        let days = from.map_or(1, |from| (date - from).num_days() + 1);
        let of_school = self.around.of_school;
        let quote = self.quote(lead.start, next);
        let ends_at_an_hour = kind == DueKind::Range && clock.is_some_and(|clock| clock.hour >= 16);
        let said = Said {
            kind,
            days,
            recurs: recur.is_some() || says_each_month(&quote),
            tentative,
            of_school,
            ends_at_an_hour,
            cell: self.cell,
            at_an_hour: clock.is_some() || lead.weekday.is_some() || says_a_half_day(&quote),
            of_department: self.around.of_department,
            within: self.tokens.get(lead.start).is_some_and(|t| t.is_word("trong")),
        };
        let judged = judge(said, &clause, &self.clause_before(lead.start), self.item);
        let listed = self.role_of_the_list(kind, clock, lead.start);
        let role = listed.unwrap_or(judged.role);
        if self.is_past(kind, date, from, &lead) && recur.is_none() {
            let handed_in = role == DueRole::Deadline && !judged.guessed && kind == DueKind::On;
            if handed_in && !self.speaks_of_the_past(lead.start) {
                self.doubt(DoubtKind::TakenForPast { printed: quote, date });
            }
            return next;
        }
        if judged.guessed && listed.is_none() {
            self.doubt(match role {
                DueRole::Deadline => DoubtKind::TakenForDeadline { printed: quote.clone() },
                DueRole::Event => DoubtKind::TakenForEvent { printed: quote.clone() },
            });
        }
        if lead.tentative || (clause.contains(" du kien ") && lead.bracket) {
            self.doubt(DoubtKind::Tentative { printed: quote.clone() });
        }
        if lead.unreal_hour {
            self.doubt(DoubtKind::ImpossibleHour { printed: quote.clone() });
        }
        let weekday = lead.weekday.or_else(|| self.weekday_behind(next));
        if weekday.is_some_and(|weekday| weekday != date.weekday().number_from_monday()) {
            self.doubt(DoubtKind::WeekdayMismatch { printed: quote.clone(), date });
        }
        self.doubt_group(lead.start, kind, role, date);
        if role == DueRole::Deadline && self.around.issued.is_some_and(|issued| date < issued) {
            self.doubt(DoubtKind::PastDeadline { date });
        }
        self.due.push(DraftDue {
            kind,
            date,
            from,
            time,
            midnight,
            role,
            recur,
            until,
            quote,
            span: self.item.span,
        });
        self.listed = Some(next);
        next
    }

    /// "thứ Sáu hằng tuần, bắt đầu từ ngày 09/10": the first such day then, and the index after it.
    fn begins(&self, next: usize, recur: Recur, date: NaiveDate) -> Option<(NaiveDate, usize)> {
        let mut at = next;
        while self.tokens.get(at).is_some_and(|t| {
            t.is_sign(',')
                || t.is_sign('(')
                || ["bat", "dau", "thuc", "hien", "ke"].iter().any(|word| t.is_word(word))
        }) {
            at += 1;
        }
        let from = words_at(self.tokens, at, &["tu", "ngay"]).then_some(at + 2);
        let from = from.or(words_at(self.tokens, at, &["tu"]).then_some(at + 1))?;
        let (day, after) = day_at(self.text, self.tokens, from)?;
        let first = self.around.resolve(day, "")?.date;
        let fits = |other: &NaiveDate| match recur {
            Recur::Weekly => other.weekday() == date.weekday(),
            Recur::Monthly => other.day() == date.day(),
            Recur::Yearly => (other.month(), other.day()) == (date.month(), date.day()),
            Recur::Daily => true,
        };
        first.iter_days().take(400).find(fits).map(|first| (first, after))
    }

    /// "ngày 14/11” (hạn đăng ký)": what stands in the bracket behind a date says what it is.
    fn is_called_a_limit(&self, next: usize) -> bool {
        let quoted = self.tokens.get(next).is_some_and(|t| t.is_sign('”') || t.is_sign('"'));
        let at = next + usize::from(quoted);
        self.tokens.get(at).is_some_and(|t| t.is_sign('('))
            && (words_at(self.tokens, at + 1, &["han"]) || words_at(self.tokens, at + 1, &["thoi", "han"]))
    }

    /// `"trước ngày 05/5", nay sửa thành "trước ngày 15/5"`: the first of them holds no more.
    fn is_replaced(&self, next: usize) -> bool {
        const INSTEAD: [&[&str]; 10] = [
            &["nay", "bo"],
            &["doc", "la"],
            &["doc", "thanh"],
            &["sua", "la"],
            &["sua", "thanh"],
            &["sua", "lai"],
            &["doi", "thanh"],
            &["thay", "bang"],
            &["chuyen", "sang"],
            &["dieu", "chinh", "thanh"],
        ];
        (next..(next + 6).min(self.tokens.len()))
            .take_while(|at| !self.tokens[*at].is_sign(';') && !self.tokens[*at].is_sign('.'))
            .any(|at| INSTEAD.iter().any(|words| words_at(self.tokens, at, words)))
    }

    /// "gửi về Phòng trước ngày 20/9 để tổng hợp trình Sở vào cuối tháng 9": what the office does with it afterwards.
    fn is_passed_on(&self, start: usize) -> bool {
        let Some(after) = self.listed.and_then(|at| self.tokens.get(at.checked_sub(1)?)) else {
            return false;
        };
        let words =
            self.tokens.get(start).and_then(|t| self.text.get(after.end..t.start)).unwrap_or_default();
        let said = clause(words);
        !words.contains([';', '.', '\n'])
            && said.starts_with(" de tong hop ")
            && [" trinh ", " bao cao ", " gui "].iter().any(|word| said.contains(word))
    }

    /// What the clause of a date says before it, folded; in a cell, the item's words.
    pub(super) fn clause_before(&self, start: usize) -> String {
        if self.cell {
            let own = self.own_words_of_the_cell(start);
            return own.unwrap_or_else(|| clause(&without_brackets(&undated_clauses(&self.item.text))));
        }
        let from = self.tokens.get(start).map_or(0, |t| t.start);
        let text = &self.text[..from];
        let outer = before_the_bracket(text);
        // "… khám mắt (bệnh viện khám tại trường từ 12/10 …)": who acts in a bracket does not act outside it.
        let within =
            text.get(outer + 1..).map(clause).filter(|inner| is_of_another(inner) || tells_when_it_is(inner));
        if let Some(inner) = within {
            return inner;
        }
        let begin = text[..outer].rfind([';', '\n']).map_or(0, |at| at + 1);
        let begin = text[begin..].rfind(". ").map_or(begin, |at| begin + at + 2);
        // What was said before another date belongs to that one, if anything is said in between.
        let after = self.listed.and_then(|at| self.tokens.get(at.checked_sub(1)?)).map_or(0, |t| t.end);
        let between = text.get(after.max(begin)..).unwrap_or_default();
        let own = if says_what(&clause(between)) { between } else { &text[begin..] };
        // "đợt 2: 20/11", and a line below "Nộp giáo án dự thi:", say nothing by themselves.
        let below = text[..begin].contains(":\n");
        if below || is_label(&fold_words(own)) {
            return String::new();
        }
        let own = without_brackets(own);
        let named = clause(without_label(&own));
        if says_what(&named) { named } else { clause(&own) }
    }

    /// "được thêm một tuần, tức là 07/12": the limit before it in other words.
    fn is_said_again(&self, start: usize) -> bool {
        start
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .is_some_and(|t| t.is_word("tuc") || t.is_word("nghia"))
    }

    /// Whether nothing but a comma or "và" stands between a date and a limit before it.
    fn is_next_of_limits(&self, start: usize) -> bool {
        let between = self.listed.and_then(|listed| self.tokens.get(listed..start));
        let joined = between.is_some_and(|t| matches!(t, [t] if t.is_sign(',') || t.is_word("va")))
            || self.is_another_copy(start);
        joined && self.due.last().is_some_and(|due| due.kind == DueKind::Before && due.recur.is_none())
    }

    /// "trước 30/9; bản cứng 05/10": the same paper in another form.
    fn is_another_copy(&self, start: usize) -> bool {
        let words = self
            .listed
            .and_then(|listed| self.tokens.get(listed..start)?.split_first())
            .filter(|(sign, _)| sign.is_sign(';') || sign.is_sign(','))
            .and_then(|(_, name)| name.first().zip(name.last()))
            .and_then(|(first, last)| self.text.get(first.start..last.end))
            .map(fold_words)
            .unwrap_or_default();
        let copy = words.strip_prefix("ban ").is_some_and(|rest| {
            ["cung", "giay", "mem", "chinh", "in", "ky", "scan", "dien tu"]
                .iter()
                .any(|form| rest.starts_with(form))
        });
        (copy || words.starts_with("file")) && words.split(' ').count() <= 4
    }

    /// "trực tuyến 05/7 đến 11/7, trực tiếp 12/7": a day behind another with nothing but a name between them is what that one is.
    fn role_of_the_list(&self, kind: DueKind, clock: Option<ClockSaid>, start: usize) -> Option<DueRole> {
        const NAME: usize = 3;
        let (before, listed) = self.due.last().zip(self.listed)?;
        let tokens = self.tokens.get(listed..start)?;
        let name = tokens.first().is_some_and(|t| t.is_sign(','))
            && tokens.len() <= NAME + 1
            && !says_what(&clause(&self.text[tokens.first()?.start..tokens.last()?.end]));
        (name && matches!(kind, DueKind::On | DueKind::Range) && clock.is_none() && !self.cell)
            .then_some(before.role)
    }

    /// Whether a date lies before the document and is no limit: what was, not what is to be done.
    fn is_past(&self, kind: DueKind, date: NaiveDate, from: Option<NaiveDate>, lead: &Lead) -> bool {
        let Some(issued) = self.around.issued.filter(|_| !self.around.vague) else { return false };
        let open = self.around.months.is_empty() && self.item.day.is_none();
        let begun = kind == DueKind::Range && date == issued && from.is_some_and(|from| from < issued);
        let told = || date < issued && self.speaks_of_the_past(lead.start);
        (open && (begun || (date < issued && (!lead.before || lead.to)))) || told()
    }

    /// "như đã thông báo tại giao ban ngày 28/9": a word of the past stands before a date in its clause.
    fn speaks_of_the_past(&self, start: usize) -> bool {
        let words = self.tokens.get(start.saturating_sub(10)..start).unwrap_or_default();
        words.iter().rev().take_while(|t| !t.is_sign(';') && !t.is_sign('.')).any(|t| {
            t.is_word("da")
                && self.text.get(t.start..t.end).is_some_and(|printed| printed.to_lowercase() == "đã")
        })
    }

    /// "ngày 9/10 (thứ Sáu)"
    fn weekday_behind(&self, next: usize) -> Option<u32> {
        let opens = self.tokens.get(next).is_some_and(|t| t.is_sign('('));
        let (weekday, after) = weekday_at(self.text, self.tokens, next + 1).filter(|_| opens)?;
        self.tokens.get(after).is_some_and(|t| t.is_sign(')')).then_some(weekday)
    }

    /// "ngày 5/9 lúc 7h30", "(ngày 26/10, 14h00)".
    pub(super) fn clock_after(&self, next: usize) -> (Option<ClockSaid>, usize) {
        let at = match self.tokens.get(next) {
            Some(t) if t.is_word("luc") || t.is_sign(',') => next + 1,
            _ => return (None, next),
        };
        match clock_at(self.text, self.tokens, at) {
            // "…, 7h30 ngày 6/9": the time of the next date.
            Some((_, after)) if self.tokens.get(after).is_some_and(|t| t.is_word("ngay")) => (None, next),
            Some((clock, after)) => (Some(clock), after),
            None => (None, next),
        }
    }

    /// ", từ tháng 9/2026 đến hết tháng 5/2027", ", đến tháng 5/2027": the last day of a recurrence.
    pub(super) fn until(&self, next: usize, first: NaiveDate) -> (Option<NaiveDate>, usize) {
        let end = (next + 10).min(self.tokens.len());
        // "báo số lượng vào thứ Sáu hằng tuần trong tháng"
        if words_at(self.tokens, next, &["trong", "thang"]) {
            let last = self.around.months.last().map(|month| month.last_day());
            return (last, if last.is_some() { next + 2 } else { next });
        }
        let stop = |t: &Token| t.is_sign(';') || t.is_sign('.') || t.is_sign('(');
        // "(từ tháng 10 đến hết tháng 5)" right behind it.
        let next = next + usize::from(self.tokens.get(next).is_some_and(|t| t.is_sign('(')));
        for at in next..end {
            if stop(&self.tokens[at]) {
                break;
            }
            if !(self.tokens[at].is_word("den") || self.tokens[at].is_word("toi")) {
                continue;
            }
            let mut at = at + 1;
            while self.tokens.get(at).is_some_and(|t| t.is_word("het") || t.is_word("ngay")) {
                at += 1;
            }
            if let Some((day, after)) = day_at(self.text, self.tokens, at) {
                return (self.around.resolve(day, "").map(|r| r.date), after);
            }
            if !self.tokens.get(at).is_some_and(|t| t.is_word("thang")) {
                break;
            }
            let Some((months, after)) = months_at(self.text, self.tokens, at) else { break };
            let last = months.last().and_then(|said| {
                let next_year = i32::from(said.month < first.month());
                Month::new(said.year.unwrap_or(first.year() + next_year), said.month)
            });
            return (last.map(Month::last_day), after);
        }
        (None, next)
    }

    /// The clause around a date, folded, without brackets that the date does not stand in; in a cell, the item's words with it.
    pub(super) fn clause(&self, start: usize, next: usize) -> String {
        if self.cell {
            if let Some(own) = self.own_words_of_the_cell(start) {
                return own;
            }
            let text = undated_clauses(&self.item.text);
            return clause(&format!("{} {}", without_brackets(&text), self.text));
        }
        if let Some(own) = self.own_phrase(start) {
            return own;
        }
        let from = self.tokens.get(start).map_or(0, |t| t.start);
        let to = self.tokens.get(next.saturating_sub(1)).map_or(self.text.len(), |t| t.end);
        let ends = |c: char| c == ';' || c == '\n';
        let outer = before_the_bracket(&self.text[..from]);
        let mut begin = self.text[..outer].rfind(ends).map_or(0, |at| at + 1);
        // "đợt 2: 15/6 - 19/6" goes on with what was said of the first.
        while self.text[..begin].ends_with(';') && !says_what(&clause(&self.text[begin..to])) {
            begin = self.text[..begin - 1].rfind(ends).map_or(0, |at| at + 1);
        }
        let begin = self.text[begin..from].rfind(". ").map_or(begin, |at| begin + at + 2);
        let end = self.text[to..].find(ends).map_or(self.text.len(), |at| to + at);
        let end = self.text[to..end].find(". ").map_or(end, |at| to + at);
        // "Nộp giáo án dự thi:" speaks in each line below it.
        let head = self.text.lines().next().filter(|head| head.ends_with(':') && begin > head.len());
        let own = without_brackets(&self.text[begin..from])
            + &self.text[from..to]
            + &without_brackets(&self.text[to..end]);
        let named = without_label(&own);
        let own = if says_what(&clause(named)) { named } else { &own };
        let spoken = clause(&self.text[begin..from]);
        match head {
            Some(head) if !says_what(&spoken) => clause(&format!("{head} {own}")),
            Some(head) => clause(&format!("{own} {head}")),
            None => clause(own),
        }
    }

    /// "Nộp biện pháp: 17/10; thi thực hành: 08, 09/11" in a cell: what stands before each of its dates, where that says what is
    /// done and others stand beside it.
    fn own_words_of_the_cell(&self, start: usize) -> Option<String> {
        let from = self.tokens.get(start)?.start;
        let begin = self.text[..from].rfind([';', '\n', ',']).map_or(0, |at| at + 1);
        let after = self.listed.and_then(|at| self.tokens.get(at.checked_sub(1)?)).map_or(0, |t| t.end);
        let more = || (start + 3..self.tokens.len()).any(|at| day_at(self.text, self.tokens, at).is_some());
        let several = begin.max(after) > 0 || self.text[from..].contains([';', '\n']) || more();
        let own = clause(self.text.get(begin.max(after)..from)?);
        (several && says_what(&own)).then_some(own)
    }

    /// "nộp hồ sơ 09/10, thi lý thuyết 18/10, công bố kết quả 25/10": what stands between two dates and begins anew behind a comma
    /// speaks of the second of them alone.
    fn own_phrase(&self, start: usize) -> Option<String> {
        let after = self.tokens.get(self.listed?.checked_sub(1)?)?.end;
        let between = self.text.get(after..self.tokens.get(start)?.start)?;
        let words = between.strip_prefix(')').unwrap_or(between).trim_start().strip_prefix(',')?;
        let own = clause(words);
        (!between.contains(['(', ';', '\n']) && says_what(&own)).then_some(own)
    }

    pub(super) fn quote(&self, start: usize, next: usize) -> String {
        let from = self.tokens.get(start).map_or(0, |t| t.start);
        let to = self.tokens.get(next.saturating_sub(1)).map_or(from, |t| t.end);
        self.text.get(from..to).unwrap_or_default().replace('\n', " ")
    }

    pub(super) fn doubt(&mut self, kind: DoubtKind) {
        let doubt = Doubt::new(self.item.span.first_line, kind);
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }
}
