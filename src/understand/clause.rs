//! A message as clauses. What a word denies, claims, asks or promises reaches to the end of its clause and no further: "trường đang
//! họp, chiều em nộp" promises. [`together`] says what the clauses mean side by side.

use chrono::NaiveDate;
use std::ops::Range;

use super::asks::is_condition;
use super::intent::{Signs, signs};
use super::key::{Key, words};
use super::line::Line;
use super::marks::Mark;
use super::phrases::{Hit, Tag};
use super::when::{Day, Said};

/// A message as its clauses are told from.
#[derive(Clone, Copy)]
pub(super) struct Heard<'a> {
    pub line: &'a Line,
    pub marks: &'a [Mark],
    pub hits: &'a [Hit],
    /// Negations that are figures.
    pub zeros: &'a [Hit],
    pub days: &'a [Said],
    /// The day of the message.
    pub today: NaiveDate,
}

/// A clause and what it says by itself.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub range: Range<usize>,
    pub signs: Signs,
    /// Why, not what: "vì trạm y tế hẹn 20/11".
    pub reason: bool,
    /// It goes against what was said before it: "nhưng", "mà".
    pub turns: bool,
    /// A day and small words only: "thứ 2 nhé".
    pub day_only: bool,
}

/// Words that begin a clause wherever they stand.
const LINKS: &[Key] = words!["nhung", "nen", "boi", "nma", "vi"];
/// Who speaks.
const OWN: &[Key] = words!["em", "toi", "minh", "tui", "truong", "ben", "bon"];
/// Behind these "em" is whom something is done for.
const FOR: &[Key] = words![
    "cho", "gui", "nho", "giup", "cua", "bao", "nhac", "voi", "ho", "de", "hoi", "goi", "truong", "ben",
    "tui", "bon", "chung", "chi", "cac", "mong", "la", "tre", "nhu", "xin", "theo", "ten",
];

impl Heard<'_> {
    fn has(&self, range: Range<usize>, tags: &[Tag]) -> bool {
        self.hits.iter().any(|h| tags.contains(&h.tag) && range.contains(&h.start))
    }

    fn covers(&self, at: usize, tags: &[Tag]) -> bool {
        self.hits.iter().any(|h| tags.contains(&h.tag) && h.start <= at && at < h.end)
    }

    fn begins(&self, at: usize, tags: &[Tag]) -> bool {
        self.hits.iter().any(|h| tags.contains(&h.tag) && h.start == at)
    }

    fn is_inside_a_phrase(&self, at: usize) -> bool {
        self.hits.iter().any(|h| h.start < at && at < h.end)
            || self.days.iter().any(|d| d.tokens.start < at && at < d.tokens.end)
    }

    fn is_small(&self, at: usize) -> bool {
        !self.line.is_word(at) || self.covers(at, &[Tag::Particle, Tag::Vocative])
    }

    /// The clauses of a stretch.
    pub fn clauses(&self, range: &Range<usize>) -> Vec<Clause> {
        let mut starts = vec![range.start];
        for at in range.start + 1..range.end {
            let start = starts[starts.len() - 1];
            if !self.is_inside_a_phrase(at) && self.opens(start, at, range.end) {
                starts.push(at);
            }
        }
        starts.push(range.end);
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut topic: Option<usize> = None;
        for pair in starts.windows(2) {
            let found = topic.unwrap_or(pair[0])..pair[1];
            if self.says_something(&found) {
                topic = None;
                ranges.push(found);
            } else if let Some(last) = ranges.last_mut().filter(|_| !self.line.begins_line(found.start)) {
                last.end = found.end;
            } else {
                topic = Some(found.start);
            }
        }
        if let Some(start) = topic {
            match ranges.last_mut() {
                Some(last) => last.end = range.end,
                None => ranges.push(start..range.end),
            }
        }
        let so = |at: usize| self.line.is(at, words!["nen"]);
        let before_so = |n: usize| ranges.get(n + 1).is_some_and(|next| so(next.start));
        let clause = |(n, range): (usize, &Range<usize>)| Clause {
            range: range.clone(),
            signs: self.told(range),
            reason: before_so(n) || self.gives_reason(range),
            turns: self.line.is(range.start, words!["nhung", "ma", "nma"]),
            day_only: self.is_day_only(range),
        };
        let mut clauses: Vec<Clause> = ranges.iter().enumerate().map(clause).collect();
        for n in 1..clauses.len() {
            if clauses[..n].iter().any(|c| c.signs.done && !c.signs.asks)
                && self.leaves_out(&clauses[n].range)
            {
                let signs = &mut clauses[n].signs;
                (signs.asks, signs.denies, signs.denies_work) = (false, true, true);
            }
        }
        clauses
    }

    /// "Y tế xong, kế toán chưa", "… thôn Ngoài chưa": behind a claim it says who or what has not, and asks nothing.
    fn leaves_out(&self, range: &Range<usize>) -> bool {
        const CHECKED: &[Key] = words![
            "duoc", "dung", "du", "on", "thay", "vay", "ok", "nhan", "xem", "co", "biet", "ro", "hieu",
            "kip", "xong", "chi", "anh", "phong", "bot", "the", "gi", "duyet", "den", "toi", "hop", "chuan",
        ];
        let line = self.line;
        let words: Vec<usize> = range.clone().filter(|at| line.is_word(*at)).collect();
        let small = |at: &&usize| line.is(**at, words!["a", "nhe", "nha", "chi"]);
        let polite = words.iter().rev().take_while(small).count();
        let Some((last, named)) = words[..words.len() - polite].split_last() else { return false };
        let asked = range.clone().any(|at| line.is_sign(at, '?'));
        line.is(*last, words!["chua"])
            && !asked
            && (1..=4).contains(&named.len())
            && named.iter().all(|at| !line.is(*at, CHECKED))
            && !self.has(range.start..*last, &[Tag::HandIn, Tag::Doing, Tag::Finish, Tag::Ask])
    }

    /// Whether a clause begins at a token, when the one before it began at `start`.
    fn opens(&self, start: usize, at: usize, end: usize) -> bool {
        let line = self.line;
        if line.begins_line(at) || self.is_behind_a_sign(at) {
            return true;
        }
        if line.is(at, LINKS) && !(line.is(at, words!["vi"]) && line.is(at - 1, words!["don", "vi", "chuc"]))
        {
            return true;
        }
        let predicate = [
            Tag::HandIn,
            Tag::Doing,
            Tag::Finish,
            Tag::Received,
            Tag::Negation,
            Tag::Unfinished,
            Tag::Unable,
            Tag::PastAfter,
            Tag::Ack,
            Tag::Started,
            Tag::Delegated,
            Tag::Ask,
            Tag::AskEnd,
        ];
        let said = self.has(start..at, &predicate);
        // "Cân rồi mà cô y tế chưa cộng"; not "nộp rồi mà".
        if line.is(at, words!["ma"]) && at + 2 < end {
            return said && !self.is_small(at + 1) || self.begins(at + 1, &[Tag::Negation]);
        }
        if line.is(at, words!["con"]) && said {
            return self.turns_to_another_thing(at);
        }
        if line.is(at, words!["roi"]) && said {
            return self.is_next_step(start, at);
        }
        let polite = words!["a", "nhe", "nha", "nghen", "nhen", "nghe"];
        if said && line.is(at - 1, polite) && self.covers(at - 1, &[Tag::Particle]) && !self.is_small(at) {
            return true;
        }
        if said && line.is(at - 1, words!["roi", "chua", "xong", "duoc"]) && self.turns_to_a_person(at, end) {
            return true;
        }
        let settled = [Tag::Negation, Tag::Unfinished, Tag::Unable, Tag::PastAfter, Tag::Finish];
        if self.begins(at, &[Tag::Wish])
            && self.has(start..at, &settled)
            && !line.is(at - 1, words!["khong", "chua", "can", "phai"])
        {
            return true;
        }
        said && self.restarts(start, at, end)
    }

    fn is_behind_a_sign(&self, at: usize) -> bool {
        let line = self.line;
        let glued =
            line.number(at).is_some() && line.is_glued(at) && at >= 2 && line.number(at - 2).is_some();
        let sign =
            ['.', '!', '?', ',', ';', '(', ')', '…'].into_iter().any(|sign| line.is_sign(at - 1, sign));
        sign && !glued && (line.is_word(at) || line.number(at).is_some())
    }

    /// "Còn tổng kết thì mai", "còn em thì chưa"; not "còn 5 lớp", "còn thiếu".
    fn turns_to_another_thing(&self, at: usize) -> bool {
        let line = self.line;
        line.is_word(at + 1)
            && !line.is(
                at + 1,
                words![
                    "moi", "lai", "thieu", "chua", "dang", "phai", "nguyen", "no", "mot", "vai", "may", "co",
                    "khong",
                ],
            )
            && !(at > 0 && line.is(at - 1, words!["van", "chi", "thi", "hien", "ma", "dang"]))
    }

    /// "Làm xong rồi gửi", "họp xong rồi em nộp": what comes after, not what is over.
    fn is_next_step(&self, start: usize, at: usize) -> bool {
        let verbs = [Tag::HandIn, Tag::Doing];
        let next = if self.line.is(at + 1, OWN) || self.line.is(at + 1, words!["moi", "se"]) {
            at + 2
        } else {
            at + 1
        };
        let over = (next + 1..next + 5).any(|n| self.line.is(n, words!["roi"]));
        self.begins(next, &verbs) && !over && !self.has(start..at, &[Tag::HandIn])
    }

    /// "Nộp rồi chị xem giúp": an address with more behind it.
    fn turns_to_a_person(&self, at: usize, end: usize) -> bool {
        let line = self.line;
        let spends = line.is(at, words!["chi"]) && line.marked && line.spelled[at] == "chi";
        let person = line.is(at, words!["chi", "anh", "phong", "bot"]) && !spends && at + 1 < end;
        person && !self.is_small(at + 1) && !is_name(line, at + 1)
            || person && is_name(line, at + 1) && at + 2 < end && !self.is_small(at + 2)
    }

    /// A new subject, or a day and a new subject, before a new predicate.
    fn restarts(&self, start: usize, at: usize, end: usize) -> bool {
        let line = self.line;
        let day = self
            .days
            .iter()
            .find(|d| d.tokens.start == at || d.tokens.start == at + 1 && is_half_day(line, at));
        let subject = day.map_or(at, |d| d.tokens.end);
        let subject = subject + usize::from(day.is_some() && line.is(subject, words!["thi", "nay"]));
        if at == start
            || !line.is(subject, OWN)
            || day.is_none()
                && line.is(at - 1, FOR)
                && !line.is(at.wrapping_sub(2), words!["vay", "the", "ha", "nhi"])
        {
            return false;
        }
        let acts = [
            Tag::HandIn,
            Tag::Doing,
            Tag::Finish,
            Tag::PastBefore,
            Tag::Negation,
            Tag::Future,
            Tag::Unfinished,
            Tag::Unable,
            Tag::Wish,
            Tag::Received,
            Tag::Extension,
        ];
        let more = (subject + 1..end.min(subject + 4)).any(|n| self.begins(n, &acts));
        more && (day.is_some()
            || self.has(start..at, &[Tag::Negation, Tag::PastAfter, Tag::Unable, Tag::AskEnd, Tag::Finish]))
    }

    fn says_something(&self, range: &Range<usize>) -> bool {
        if self.line.is(range.start, words!["chi", "anh"])
            && range.len() > 2
            && !self.is_small(range.start + 1)
        {
            return true;
        }
        let quiet = [
            Tag::Particle,
            Tag::Vocative,
            Tag::AskEnd,
            Tag::PastAfter,
            Tag::PastBefore,
            Tag::PastTime,
            Tag::Hedge,
            Tag::Former,
            Tag::NoFigure,
            Tag::Yes,
            Tag::No,
            Tag::Office,
            Tag::Error,
            Tag::Here,
        ];
        let spoken =
            self.hits.iter().any(|h| range.start <= h.start && h.end <= range.end && !quiet.contains(&h.tag));
        spoken
            || self.days.iter().any(|d| range.contains(&d.tokens.start))
            || range.clone().any(|at| self.line.is_sign(at, '?'))
    }

    fn gives_reason(&self, range: &Range<usize>) -> bool {
        let line = self.line;
        let first = range.start;
        line.is(first, words!["vi", "boi"])
            || line.is(first, words!["do", "tai"])
                && line.spelled[first].is_ascii()
                && line.is_word(first + 1)
            || line.is(first, words!["cho", "doi"]) && self.covers(first, &[Tag::Unfinished])
    }

    fn is_day_only(&self, range: &Range<usize>) -> bool {
        let small = |at: usize| {
            self.is_small(at)
                || self.days.iter().any(|d| d.tokens.contains(&at))
                || self.covers(at, &[Tag::Ack, Tag::Wish])
                || is_half_day(self.line, at)
                || self.line.is(at, OWN)
                || self.line.is(
                    at,
                    words![
                        "thi", "chac", "la", "den", "toi", "vao", "nua", "khoang", "tam", "thoi", "luc", "da"
                    ],
                )
        };
        self.days.iter().any(|d| range.contains(&d.tokens.start)) && range.clone().all(small)
    }

    /// What a clause says: its signs, without what is only supposed, forbidden or told of others.
    fn told(&self, range: &Range<usize>) -> Signs {
        let mut told = self.signs_with_days(range);
        let inside: Vec<Hit> =
            self.hits.iter().filter(|h| range.start <= h.start && h.end <= range.end).copied().collect();
        let supposes = inside.iter().any(|h| {
            h.tag == Tag::Condition && h.start <= range.start + 3
                || h.tag == Tag::Ask && is_condition(self.line, range, h, &inside)
        });
        if supposes {
            told = Signs {
                asks: told.asks,
                asks_what: told.asks_what,
                more_time: told.more_time,
                wish: told.wish,
                hand_in: told.hand_in,
                works: told.works,
                future: true,
                supposed: true,
                ..Signs::default()
            };
        }
        // "Nếu có đủ giấy tờ thì em đã nộp rồi": so it was not.
        let unreal = supposes
            && inside.iter().any(|h| {
                h.tag == Tag::PastBefore && (range.start..h.start).any(|at| self.line.is(at, words!["thi"]))
            });
        if unreal && !told.asks {
            (told.denies, told.denies_work, told.future) = (true, true, false);
        }
        // "Chờ em nộp xong đã", "cho em làm xong đã": that comes first.
        let last = (range.start..range.end)
            .rev()
            .find(|at| self.line.is_word(*at) && !self.covers(*at, &[Tag::Particle]));
        let first = last.is_some_and(|at| {
            matches!(self.line.spelled[at].as_str(), "đa\u{303}" | "da") && at > range.start + 1
        });
        if first
            && inside.iter().any(|h| h.tag == Tag::Finish)
            && !inside.iter().any(|h| h.tag == Tag::PastAfter)
        {
            (told.done, told.worked, told.future) = (false, false, true);
        }
        // "Em tưởng nộp rồi", "cứ nghĩ là xong": it was not.
        let believes = inside.iter().find(|h| h.tag == Tag::Belief);
        if believes.is_some_and(|b| {
            inside.iter().any(|h| {
                h.start >= b.end && matches!(h.tag, Tag::Finish | Tag::HandIn | Tag::PastAfter | Tag::Doing)
            })
        }) {
            (told.done, told.worked, told.bare_done) = (false, false, false);
            (told.denies, told.denies_work) = (true, true);
        }
        let forbids = inside.iter().find(|h| h.tag == Tag::Prohibition);
        if let Some(stop) = forbids
            && (told.done || told.worked || told.received)
            && inside
                .iter()
                .any(|h| h.start >= stop.end && matches!(h.tag, Tag::HandIn | Tag::Finish | Tag::Doing))
        {
            let recorded = inside.iter().any(|h| h.tag == Tag::Record && h.start >= stop.end);
            (told.done, told.worked, told.bare_done) = (false, false, false);
            (told.denies, told.denies_work) = (told.denies || recorded, told.denies_work || recorded);
        }
        match self.teller(range, &inside) {
            Some(Teller::Another) => {
                told = Signs {
                    asks: told.asks,
                    asks_what: told.asks_what,
                    unable: told.unable,
                    ..Signs::default()
                };
            }
            Some(Teller::Colleague) => told.hearsay = true,
            None => {}
        }
        told
    }

    /// The signs of a clause, with what its days change: "tới 21 em mới xong" is to come, "em mới gửi" and "gửi tối 16/8" are over.
    fn signs_with_days(&self, range: &Range<usize>) -> Signs {
        let line = self.line;
        let days: Vec<&Said> =
            self.days.iter().filter(|d| range.contains(&d.tokens.start) && !d.deadline).collect();
        let ahead = days.iter().find(|d| !matches!(d.day, Day::Past(_)));
        let later = |h: &Hit| {
            h.tag == Tag::Unfinished
                && line.is(h.start, words!["moi"])
                && ahead.is_some_and(|d| d.tokens.end <= h.start)
                && range.contains(&h.start)
        };
        let mut told = if self.hits.iter().any(later) {
            let mut hits: Vec<Hit> = self.hits.to_vec();
            for hit in hits.iter_mut().filter(|h| later(h)) {
                hit.tag = Tag::Future;
            }
            signs(line, range, self.marks, &hits, self.zeros)
        } else {
            signs(line, range, self.marks, self.hits, self.zeros)
        };
        // "Cuối giờ chiều em nhập xong": it will be.
        let past = [Tag::PastAfter, Tag::PastBefore, Tag::PastTime];
        let later = |d: &&&Said| match d.day {
            Day::On(day) => day > self.today || day == self.today && d.time.is_some(),
            _ => false,
        };
        if told.done && !told.asks && days.iter().any(|d| later(&d)) && !self.has(range.clone(), &past) {
            (told.done, told.future, told.works) = (false, true, true);
        }
        let open = told.future || told.denies || told.unfinished || told.asks || told.wish || told.more_time;
        let verb = |h: &&Hit| h.tag == Tag::HandIn && range.start <= h.start && h.end <= range.end;
        told.more_time |= days.iter().any(|d| self.is_moved_to(range, d));
        // "Mai em đếm lại rồi gửi lại": what is put right later is to come.
        let figure =
            range.clone().any(|at| line.number(at).is_some() && !days.iter().any(|d| d.tokens.contains(&at)));
        let again = |h: &Hit| {
            matches!(h.tag, Tag::Correction | Tag::HandIn)
                && range.contains(&h.start)
                && (line.is(h.end - 1, words!["lai", "sung"]) || line.is(h.end, words!["lai"]))
                && ahead.is_some_and(|d| {
                    h.start >= d.tokens.end && h.start - d.tokens.end <= 7 || h.end == d.tokens.start
                })
        };
        let here = self.has(range.clone(), &[Tag::Here]) || line.is(range.end.wrapping_sub(1), words!["day"]);
        if told.corrects && !told.done && !figure && !here && self.hits.iter().any(again) {
            (told.corrects, told.future, told.hand_in) = (false, true, true);
        }
        if open || told.done || told.corrects {
            return told;
        }
        let verbs: Vec<Hit> = self.hits.iter().filter(verb).copied().collect();
        // "Em mới nộp nổi", "mới gửi được": when it can be, not that it was.
        let able = |h: &Hit| (h.end..h.end + 2).any(|at| line.is(at, words!["noi", "kip", "duoc"]));
        if verbs.iter().any(|h| h.start > range.start && line.is(h.start - 1, words!["moi"]) && able(h)) {
            told.future = true;
            return told;
        }
        let just = |h: &Hit| {
            h.start > range.start
                && line.is(h.start - 1, words!["moi"])
                && line.spelled[h.start - 1] != "mơi\u{300}"
                && line.number(h.end).is_none()
        };
        let through = |h: &Hit| {
            let end = (h.end..range.end.min(h.end + 6)).find(|at| {
                line.is(*at, words!["du", "het", "xong"])
                    && line.spelled[*at] != "dư"
                    && !line.is(at + 1, words!["han", "chua", "gio"])
            });
            let reader = (range.start..h.start)
                .any(|at| line.is(at, words!["chi", "anh", "nho", "xin", "cho", "phai"]));
            end.is_some() && !reader
        };
        let past = days.iter().any(|d| matches!(d.day, Day::Past(_)));
        told.done = ahead.is_none() && verbs.iter().any(|h| just(h) || through(h) || past);
        told
    }

    /// "Kéo tới chủ nhật được không", "để qua tuần sau": it is to be moved to that day.
    fn is_moved_to(&self, range: &Range<usize>, day: &Said) -> bool {
        let line = self.line;
        let first = day.tokens.start;
        let leads =
            if line.is(first, words!["qua", "sang", "toi", "den"]) { first } else { first.saturating_sub(1) };
        let to = leads > range.start && line.is(leads, words!["toi", "den", "sang", "qua"]);
        to && !matches!(day.day, Day::Past(_)) && !matches!(line.spelled[leads].as_str(), "sang\u{301}" | "tôi\u{301}")
            && line.is(leads - 1, words!["keo", "de", "doi", "dung"])
            && line.spelled[leads - 1] != "đê\u{300}"
            // "Lễ ra trường đổi sang 29/5": what takes place is moved, no deadline.
            && (line.spelled[leads - 1] != "đôi\u{309}"
                || range.clone().any(|at| line.is(at, words!["han", "nop", "gui", "bao", "hen", "trinh"])))
    }

    /// Who says it, when somebody else does: "bot báo đã nộp", "cô văn thư bảo gửi rồi".
    fn teller(&self, range: &Range<usize>, inside: &[Hit]) -> Option<Teller> {
        let line = self.line;
        let says = range.clone().find(|at| {
            line.is(*at, words!["bao", "noi", "ghi", "keu", "hien", "nhan"])
                && *at > range.start
                && !self.covers(*at, &[Tag::Received, Tag::Correction, Tag::Nothing])
                && !line.is(at + 1, words!["cao", "gom", "loi", "thieu"])
        })?;
        let claims = inside.iter().any(|h| {
            h.start > says
                && (h.tag == Tag::Finish
                    || h.tag == Tag::PastBefore
                    || h.tag == Tag::HandIn
                        && inside.iter().any(|p| p.tag == Tag::PastAfter && p.start >= h.end))
        });
        let who = &(range.start.max(says.saturating_sub(4))..says);
        let own = line.is(says - 1, OWN) && !line.is(says.wrapping_sub(2), words!["chi", "anh"]);
        if !claims || own || who.clone().any(|at| self.covers(at, &[Tag::HandIn, Tag::Doing, Tag::PastAfter]))
        {
            return None;
        }
        if who.clone().any(|at| {
            line.is(at, words!["toan"])
                || line.is(at, words!["thu"]) && at > 0 && line.is(at - 1, words!["van"])
        }) {
            return Some(Teller::Colleague);
        }
        if who.clone().any(|at| {
            line.is(
                at,
                words!["bot", "thong", "bang", "may", "nhom", "chi", "anh", "phong", "so", "nguoi", "mem"],
            )
        }) {
            return Some(Teller::Another);
        }
        who.clone()
            .any(|at| line.is(at, words!["co", "thay", "thu", "toan", "pho", "ban"]))
            .then_some(Teller::Colleague)
    }
}

enum Teller {
    /// The bot, the office, other schools: what they say is not what the school says.
    Another,
    /// Somebody of the school: likely, and not seen.
    Colleague,
}

fn is_name(line: &Line, at: usize) -> bool {
    line.tokens.get(at).is_some_and(|t| t.capital)
}

fn is_half_day(line: &Line, at: usize) -> bool {
    line.is(at, words!["sang", "trua", "chieu", "toi", "ngay", "hom", "khuya", "dau", "cuoi", "gio", "den"])
}

/// What the clauses of one part say together.
pub(super) fn together(clauses: &[Clause]) -> Signs {
    let mut all = Signs::default();
    for clause in clauses {
        all.add(&clause.signs);
    }
    let plain = |s: &Signs| !s.denies_work && !s.unfinished_work && !s.asks && !s.supposed;
    let claims = clauses.iter().any(|c| c.signs.done && plain(&c.signs));
    let moves = clauses.iter().any(|c| c.signs.future || c.signs.on_time || c.signs.received || c.signs.ack);
    if claims {
        // Beside a claim, what is denied of other things is talk: "diễn tập xong rồi, không ai bị gì".
        all.denies = all.denies_work;
        all.unfinished = all.unfinished_work;
    } else if all.unfinished && !all.unfinished_work && (moves || all.nothing) {
        // "Em đang họp, chiều em nộp".
        all.unfinished = false;
    }
    // "Đang nghỉ nhưng em kịp ạ": the last word counts.
    let last_no = clauses.iter().rposition(|c| c.signs.denies);
    let in_time =
        clauses.iter().rposition(|c| c.signs.on_time && !c.signs.denies && !c.signs.asks && !c.signs.done);
    if in_time.is_some() && in_time > last_no && !all.asks {
        (all.denies, all.unfinished, all.future) = (false, false, true);
    }
    // "Đang cân các cháu, xong em báo liền".
    let last_unfinished = clauses.iter().rposition(|c| c.signs.unfinished || c.signs.denies);
    let later = clauses.iter().rposition(|c| {
        c.signs.future && c.signs.hand_in && !c.signs.denies && !c.signs.asks && !c.signs.supposed
    });
    if later.is_some() && later > last_unfinished && !clauses.iter().any(|c| c.signs.denies) {
        (all.unfinished, all.unfinished_work, all.denies_work) = (false, false, false);
    }
    // "Gửi rồi mà bị trả lại": it did not arrive.
    let claim = clauses.iter().position(|c| c.signs.done);
    if claim.is_some_and(|n| clauses[n + 1..].iter().any(|c| c.signs.unable && !c.signs.done && c.turns)) {
        (all.denies, all.denies_work) = (true, true);
    }
    all
}
