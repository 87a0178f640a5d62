//! Days of the lunar calendar: "mùng 4 Tết", "23 tháng Chạp", "15/8 âm lịch". They are turned into ours, for a person to look at.

use super::scan::{Found, Scan, kind_of};
use crate::calendar::LunarDate;
use crate::import::doubt::DoubtKind;
use crate::import::lead::{Lead, lead};
use crate::vietnamese::{Token, day_at, words_at};

impl Scan<'_> {
    /// "mùng 4 Tết", "mùng 10 tháng Giêng": the day of our calendar, for a person to look at.
    pub(super) fn lunar(&mut self, at: usize) -> Option<usize> {
        let first = &self.tokens[at];
        let day = self.tokens.get(at + 1).and_then(Token::number).filter(|day| *day <= 10)?;
        let named = first.is_word("mung") || first.is_word("mong");
        let feast = self.tokens.get(at + 2).is_some_and(|t| t.is_word("tet"));
        let next = if feast { at + 3 } else { at + 4 };
        if !named || !(feast || words_at(self.tokens, at + 2, &["thang", "gieng"])) {
            return None;
        }
        // With a date of our calendar beside it nothing is left open.
        let dated = (next..self.tokens.len()).any(|n| day_at(self.text, self.tokens, n).is_some());
        let lead = lead(self.text, self.tokens, at);
        if dated || lead.rejected || !(lead.strong || self.cell) {
            return Some(next);
        }
        self.take_lunar(LunarDate::new(self.around.year_of_month(2), 1, day), at, next, lead)
    }

    pub(super) fn take_lunar(
        &mut self,
        said: LunarDate,
        at: usize,
        next: usize,
        lead: Lead,
    ) -> Option<usize> {
        let printed = self.quote(at, next);
        let Some(date) = said.to_solar() else {
            self.doubt(DoubtKind::ImpossibleDate { printed });
            return Some(next);
        };
        self.doubt(DoubtKind::LunarDay { printed, date });
        if lead.from && !lead.before {
            self.close_open();
            self.open = Some((date, lead.start, next));
            return Some(next);
        }
        Some(self.take_joined(Found { kind: kind_of(&lead), date, from: None, recur: None, next, lead }))
    }
}

/// "15/8 âm lịch", "23 tháng Chạp", "mùng 10 tháng Giêng": the index after the words of a lunar day.
pub(super) fn lunar_until(tokens: &[Token], at: usize, next: usize) -> Option<usize> {
    if words_at(tokens, next, &["am", "lich"]) {
        return Some(next + 2);
    }
    let month = tokens.get(at + 2)?;
    (next == at + 3 && (month.is_word("chap") || month.is_word("gieng"))).then_some(next)
}
