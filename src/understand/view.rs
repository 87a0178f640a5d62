//! What one part of a message holds, looked at in one way each: does it name figures, is it a list, does it say that something is over?

use super::fields::Bound;
use super::figures::Number;
use super::intent::Signs;
use super::key::words;
use super::marks::Mark;
use super::phrases::{Tag, phrases};
use super::read::One;
use super::reading::{Binding, By};
use super::roles::Role;
use super::when::{Day, Said};
use crate::domain::{FieldKind, Requires, TaskId};

/// All that one part says, for deciding what it means.
pub(super) struct View<'a> {
    pub one: &'a One<'a>,
    pub signs: Signs,
    pub figures: &'a [Number],
    pub said: &'a [Said],
    pub links: &'a [String],
    pub binding: &'a Binding,
    pub bound: &'a Bound,
    pub corrects: bool,
    /// The task that the clause of the asked day names: "thiết bị em nộp thứ 2, còn khám sức khỏe thì đúng hạn".
    pub asked_task: Option<TaskId>,
}

impl View<'_> {
    /// "Còn 4 cháu chưa cân", "giáo viên 27, còn thiếu 2": what is open is a figure of its own beside those that were given.
    pub fn rest_is_counted(&self) -> bool {
        let line = self.one.line;
        let given = self.bound.values.len() >= 2 && self.bound.by == By::Labels
            || self.figures.iter().filter(|n| n.role == Role::Plain && self.is_known(n)).count() >= 3;
        let open = self.one.part.range.clone().filter(|at| {
            self.one.hits.iter().any(|h| {
                h.start == *at
                    && (h.tag == Tag::Negation
                        && !self.figures.iter().any(|n| n.role == Role::Zero && n.tokens.contains(at))
                        || h.tag == Tag::Unfinished)
            })
        });
        let people =
            |at: usize| line.is(at, words!["chau", "be", "tre", "em", "hs", "gv", "nv", "nguoi", "co", "bo"]);
        let counted = |at: usize| {
            let missing = line.is(at, words!["con"])
                && line.is(at + 1, words!["thieu"])
                && line.number(at + 2).is_some();
            let before = (at.saturating_sub(5)..at).any(|n| line.number(n).is_some() && people(n + 1));
            let behind = (at..at + 4).any(|n| line.number(n).is_some() && people(n + 1));
            let class = (at.saturating_sub(5)..at + 5)
                .any(|n| line.number(n).is_some() && line.is(n + 1, words!["lop", "nhom", "diem"]));
            missing || (before || behind) && !class
        };
        given && open.into_iter().all(counted)
    }

    /// "Nhẹ cân 13-14", "tổng 12.5" to a task that wants figures.
    pub fn has_unreadable_figure(&self) -> bool {
        let ranged = self.one.part.range.clone().any(|at| self.one.marks[at] == Mark::Range);
        let told = matches!(self.binding, Binding::Quote(_) | Binding::Code(_) | Binding::Answer(_));
        ranged
            && told
            && self.one.form(self.binding.task()).is_some_and(|f| f.fields.iter().any(|f| f.kind.is_figure()))
    }

    /// A form wants what was worked out, not that work was done.
    pub fn wants_more_than_work(&self) -> bool {
        let open = self.one.open(self.binding.task());
        open.is_none_or(|o| o.task.requires == Requires::Submission)
    }

    /// "Danh sách: cô Hạnh lớp Lá 1, cô Thơm lớp Chồi 2": a title, a colon, and two things at least.
    pub fn is_list(&self) -> bool {
        let line = self.one.line;
        let range = &self.one.part.range;
        let Some(colon) = range.clone().take(12).find(|at| line.is_sign(*at, ':')) else { return false };
        let parts = [',', ';', '(', '+'];
        let commas =
            (colon..range.end).filter(|at| parts.into_iter().any(|sign| line.is_sign(*at, sign))).count();
        let names = (colon..range.end)
            .filter(|at| {
                self.one.marks[*at] == Mark::Order
                    && line.number(*at).is_some()
                    && (at + 1..at + 4).filter(|n| line.tokens.get(*n).is_some_and(|t| t.capital)).count()
                        >= 2
            })
            .count();
        let numbered = (colon..range.end)
            .filter(|at| self.one.marks[*at] == Mark::Order && line.number(*at).is_some())
            .count();
        let people = (colon..range.end)
            .filter(|at| line.is(*at, words!["co", "thay", "chi", "anh", "bac", "chu"]))
            .count();
        self.binding.task().is_some() && (people >= 2 && (commas >= 1 || numbered >= 2) || names >= 2)
    }

    pub fn takes_text(&self) -> bool {
        let open = self.one.open(self.binding.task());
        open.is_some_and(|o| o.task.form.fields.len() == 1 && o.task.form.fields[0].kind == FieldKind::Text)
    }

    /// "Em xin báo cáo ngày 15/12: …" hands in and asks for nothing.
    pub fn only_offers(&self) -> bool {
        let line = self.one.line;
        self.one
            .hits
            .iter()
            .filter(|h| h.tag == Tag::Wish && self.one.part.range.contains(&h.start))
            .all(|h| line.is(h.end - 1, words!["xin"]) && line.is(h.end, words!["bao", "gui", "nop"]))
    }

    /// "Xin đăng ký lễ ra trường 8h sáng 30/5 tại hội trường": what is registered takes place then.
    pub fn registers(&self) -> bool {
        let line = self.one.line;
        let range = &self.one.part.range;
        let verb = range.clone().find(|at| {
            line.is(*at, words!["xin"])
                && (line.is(at + 1, words!["dang"]) && line.is(at + 2, words!["ky", "ki"])
                    || line.is(at + 1, words!["dky", "dk"]))
        });
        let put_off = |at: usize| line.is(at, words!["sau", "den", "toi", "lai", "tre", "cham", "muon"]);
        // "Đk dự giờ lớp 4TB, 5TA".
        let opens = range.clone().take(3).find(|at| {
            line.is(*at, words!["dang"]) && line.is(at + 1, words!["ky", "ki"])
                || line.is(*at, words!["dky", "dk"])
        });
        let listed = (range.start..range.end).filter(|at| line.is_sign(*at, ',')).count() > 0;
        let verb = verb.or(opens.filter(|_| listed && !self.claims_over()));
        verb.is_some_and(|at| at + 5 < range.end && !(at + 3..range.end).any(put_off))
    }

    /// Whether figures stand there under names that fields or the trade know.
    pub fn has_named_figures(&self) -> bool {
        !self.bound.values.is_empty() && self.bound.by != By::Position && self.bound.by != By::Nothing
            || self.figures.iter().any(|n| n.counts() && (n.role == Role::Zero || self.is_known(n)))
    }

    /// Whether figures of the form stand there; not "nộp bản cứng 2 quyển", "hội đồng ký đủ cả 7 người".
    pub fn hands_in_figures(&self) -> bool {
        let form =
            self.one.form(self.binding.task()).is_some_and(|f| f.fields.iter().any(|f| f.kind.is_figure()));
        let paper = |n: &Number| {
            let line = self.one.line;
            line.is(n.tokens.end, words!["quyen", "bo", "ban", "to", "file", "trang", "tep", "cuon"])
                || n.tokens.start > 0 && line.is(n.tokens.start - 1, words!["phong", "trang"])
        };
        if self.figures.iter().filter(|n| n.counts()).all(paper) {
            return false;
        }
        let narrow = |n: &Number| {
            let at = n.before.iter().chain(&n.after);
            let words: Vec<_> = at.filter_map(|n| self.one.line.word(*n)).collect();
            phrases().concepts(&words).concepts.iter().any(|c| !phrases().is_broad(*c))
        };
        // "Nhập xong rồi, 15 lớp 402 hs": figures by themselves beside the claim.
        let data = |n: &Number| {
            let line = self.one.line;
            let at = n.tokens.start;
            let counted = line.is_word(n.tokens.end) && phrases().is_counted(line.word(n.tokens.end));
            at > 0 && [',', '.', ';', ':'].iter().any(|s| line.is_sign(at - 1, *s)) && counted && !paper(n)
        };
        if self.figures.iter().any(|n| n.role == Role::Plain && data(n)) && !self.signs.future {
            return true;
        }
        if form {
            return !self.bound.values.is_empty() && matches!(self.bound.by, By::Labels | By::Only)
                || self.figures.iter().any(|n| n.counts() && narrow(n) && !paper(n));
        }
        self.figures.iter().any(|n| n.counts() && narrow(n) && !paper(n))
    }

    pub fn is_known(&self, number: &Number) -> bool {
        let at = number.before.iter().chain(&number.after);
        let words: Vec<_> = at.filter_map(|n| self.one.line.word(*n)).collect();
        !phrases().concepts(&words).concepts.is_empty()
    }

    /// "Qua Tết em nộp được không ạ", "mốt em gửi được k": time is asked for as a question.
    pub fn asks_for_time(&self, asked: Option<&Said>) -> bool {
        let s = self.signs;
        let own = self.says("em") || self.says("truong") || self.says("minh") || self.says("ben");
        let may = self.says("duoc") || self.says("kip");
        asked.is_some_and(|d| !self.is_over(d)) && (s.hand_in || s.works) && own && may
    }

    /// "Xin nghỉ họp ngày mai" asks for no more time.
    pub fn is_about_leave(&self) -> bool {
        let s = self.signs;
        let line = self.one.line;
        // "Kế toán nghỉ đẻ" is a reason; "em xin nghỉ họp mai" a leave.
        let away = |at: usize| {
            line.is(at, words!["vang"])
                || line.is(at, words!["hop"])
                    && (at.saturating_sub(2)..at)
                        .any(|n| line.is(n, words!["nghi", "vang", "du", "khong", "xin"]))
                || line.is(at, words!["nghi"])
                    && (at.saturating_sub(4)..at).any(|n| line.is(n, words!["xin", "phep"]))
        };
        self.one.part.range.clone().any(away) && !s.hand_in && !s.works && !s.more_time
    }

    /// "Xong 50%", "hoàn thành 8/10 lớp".
    pub fn is_partial(&self) -> bool {
        let rate = |n: &Number| {
            n.amount.percent && n.amount.hundredths().is_some_and(|h| h < 10_000) && !self.is_known(n)
        };
        // People are counted: "83/84 trẻ hoàn thành" is no work half done.
        let people = |at: usize| {
            self.one.line.is(at, words!["tre", "chau", "be", "hs", "em", "nguoi", "gv", "cb", "dong", "hoc"])
        };
        let share = |at: usize| {
            let line = self.one.line;
            let (part, whole) = (line.number(at), line.number(at + 2));
            !people(at + 3) && line.is_sign(at + 1, '/') && self.one.marks[at] == Mark::Range && part < whole
        };
        let wholes = self.figures.windows(2).any(|pair| {
            pair[1].role == Role::Whole
                && !people(pair[1].tokens.end)
                && pair[0].amount.whole() < pair[1].amount.whole()
                && self.bound.values.is_empty()
        });
        let counted = self.figures.iter().any(|n| n.role == Role::Whole && people(n.tokens.end));
        !counted && self.figures.iter().any(rate) || self.one.part.range.clone().any(share) || wholes
    }

    /// "Xong biểu 1 rồi": one form of several.
    pub fn names_a_part(&self) -> bool {
        self.one.part.range.clone().any(|at| {
            self.one.line.is(at, words!["bieu", "phan", "muc"]) && self.one.marks[at] == Mark::Order
        })
    }

    pub fn says(&self, folded: &str) -> bool {
        self.one.part.range.clone().any(|at| self.one.line.folded(at) == folded)
    }

    pub fn is_over(&self, said: &Said) -> bool {
        matches!(said.day, Day::Past(_))
    }

    /// A verb's own word of the past stands there: not only "hôm qua".
    pub fn claims_over(&self) -> bool {
        let range = &self.one.part.range;
        self.one.hits.iter().any(|h| {
            range.contains(&h.start)
                && (h.tag == Tag::PastAfter
                    || h.tag == Tag::PastBefore && self.one.line.spelled[h.start] != "da")
        })
    }

    /// "Có tính vào vắng không", "có phải làm không": how it is to be done is asked.
    pub fn asks_about_a_rule(&self) -> bool {
        let line = self.one.line;
        self.one.hits.iter().any(|h| {
            h.tag == Tag::Ask && self.one.part.range.contains(&h.start) && line.is(h.start, words!["co"])
        })
    }

    /// A word of the past stands there too: "Biểu 01 xong rồi, Biểu 02 mai em gửi".
    pub fn claims_done(&self) -> bool {
        use Tag::{PastAfter, PastBefore, PastTime};
        let range = &self.one.part.range;
        self.one.hits.iter().any(|h| {
            range.contains(&h.start)
                && (matches!(h.tag, PastAfter | PastTime)
                    || h.tag == Tag::Received && self.one.line.spelled[h.start] == "đa\u{303}"
                    || h.tag == PastBefore && self.one.line.spelled[h.start] != "da")
        })
    }

    pub fn is_long(&self) -> bool {
        self.one.part.range.clone().filter(|at| self.one.line.is_word(*at)).count() > 12
    }

    /// "Trường em học một buổi, không ăn bán trú": what is asked about does not take place there.
    pub fn lacks_the_thing(&self) -> bool {
        let line = self.one.line;
        let verb = |at: usize| line.is(at, words!["an", "to", "nau", "day", "nhan", "thu", "nuoi", "mo"]);
        self.one.part.range.clone().any(|at| {
            let words: Vec<_> = (at + 1..at + 5).filter_map(|n| line.word(n)).collect();
            line.is(at, words!["khong"])
                && verb(at + 1)
                && (1..=words.len()).any(|n| {
                    let concepts = phrases().concepts(&words[..n]).concepts;
                    concepts.iter().any(|c| !phrases().is_broad(*c))
                })
        })
    }
}
