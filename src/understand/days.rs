//! Which of the days that a message names is asked for: what each clause does with its day.

use super::clause::Clause;
use super::key::words;
use super::phrases::{Hit, Tag};
use super::read::One;
use super::when::{Day, Said, is_explained};

impl One<'_> {
    /// Tells for each day what its clause does with it.
    pub fn weigh_days(&self, days: &mut [Said], clauses: &[Clause]) {
        let verb = |h: &Hit, c: &Clause| {
            c.range.contains(&h.start) && matches!(h.tag, Tag::HandIn | Tag::Finish | Tag::Doing)
        };
        for day in days.iter_mut() {
            let Some(clause) = clauses.iter().find(|c| c.range.contains(&day.tokens.start)) else { continue };
            let s = &clause.signs;
            let asks = s.more_time || s.wish || s.future;
            day.alone = clause.day_only;
            day.with_verb = self.hits.iter().any(|h| verb(h, clause)) || clause.day_only;
            let over = clauses.len() > 1 && s.done && !asks && matches!(day.day, Day::On(_));
            let explained = is_explained(self.line, day.tokens.start, clause.range.start);
            let said_of_it = explained || day.with_verb || asks || s.on_time || s.ack || s.asks;
            let unsaid = clauses.len() > 1 && !said_of_it;
            let against = (s.denies_work && !asks) || over;
            day.background = against || unsaid;
            day.aside = unsaid && !against && !clause.reason && (day.asked || self.is_own(day, clause));
        }
        // A day in a reason counts when no other does: "trạm hẹn 20/11 nên em báo cáo 22/11".
        let reason = |day: &Said| clauses.iter().any(|c| c.reason && c.range.contains(&day.tokens.start));
        if days.iter().any(|d| !d.background && !d.deadline && !reason(d)) {
            for day in days.iter_mut() {
                day.background |= reason(day);
            }
        }
        // "Trạm y tế hẹn 29 mới khám, em xin nộp 31": what others have fixed is no day that is asked for.
        let clause_of = |day: &Said| clauses.iter().find(|c| c.range.contains(&day.tokens.start));
        let of_others = |day: &Said| {
            clause_of(day).is_some_and(|c| {
                let own = |at: usize| self.line.is(at, words!["em", "truong", "toi", "minh", "ben"]);
                let fixed = (c.range.start + 1..c.range.end).any(|at| self.line.is(at, words!["hen"]));
                fixed && !c.range.clone().any(own)
            })
        };
        let wanted = |day: &Said| clause_of(day).is_some_and(|c| c.signs.wish || c.signs.more_time);
        if days.iter().any(|d| !d.background && wanted(d) && !of_others(d)) {
            for day in days.iter_mut() {
                day.background |= of_others(day);
            }
        }
        for day in days.iter_mut().filter(|d| d.aside) {
            day.aside = !of_others(day);
        }
    }

    /// "Chiều mai em mới trả được", "cuối tháng em đóng đủ": the school itself does something then, in words that no table has;
    /// not "thứ 5 trường em thi".
    fn is_own(&self, day: &Said, clause: &Clause) -> bool {
        let line = self.line;
        let end = clause.range.end;
        let own = |at: usize| line.is(at, words!["em", "truong", "tui", "minh", "toi", "ben"]);
        let only = |at: usize| line.is(at, words!["moi", "se", "xin"]) && line.spelled[at] != "môi\u{303}";
        let acts = words![
            "tra", "dong", "bu", "den", "chuyen", "mang", "dua", "day", "gom", "hoan", "chay", "cam", "ban",
            "do",
        ];
        (day.tokens.end..end.min(day.tokens.end + 3))
            .any(|at| own(at) && (at + 1..end.min(at + 3)).any(|n| only(n) || line.is(n, acts)))
    }
}
