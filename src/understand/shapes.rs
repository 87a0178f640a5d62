//! Names of schools where there is no register: behind "MN", "trường"; names that many kindergartens have
//! (`school_names.txt`); capitals where a name may stand.

mod known;
mod lists;

use std::ops::Range;

use known::known_name;
use lists::NEVER_IN_NAMES;

use super::key::{Key, words};
use super::line::{Line, is_syllable};
use super::phrases::{Hit, Tag, Word, phrases};
use super::titles::title_at;

/// A stretch of a message that has the shape of a school's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    pub tokens: Range<usize>,
    /// A word for its kind stands before it, or it is one of the names that schools have.
    pub sure: bool,
}

/// The names in a message, in its order.
pub(super) fn shapes(line: &Line) -> Vec<Shape> {
    // Words of these classes stand in names as well: "Phượng" without its marks is "phường".
    let classes = [Tag::Office, Tag::Vocative, Tag::Record, Tag::Error];
    let hits = phrases().find(line).into_iter().filter(|h| !classes.contains(&h.tag)).collect();
    let scene = Scene { line, hits, shouted: is_shouted(line) };
    let mut found: Vec<Shape> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match scene.name_at(at) {
            Some(shape) => {
                at = shape.tokens.end;
                found.push(shape);
            }
            None => at += 1,
        }
    }
    found
}

struct Scene<'l> {
    line: &'l Line,
    hits: Vec<Hit>,
    /// All in capitals: they tell nothing.
    shouted: bool,
}

impl Scene<'_> {
    fn name_at(&self, at: usize) -> Option<Shape> {
        let line = self.line;
        if let Some(shape) = self.day_as_name(at) {
            return Some(shape);
        }
        if !line.is_word(at) {
            return None;
        }
        let (_, start, titled) = title_at(line, at);
        // "Lớp MG ghép": a class, not a school.
        if titled
            && at > 0
            && line.is(at - 1, words!["lop", "khoi", "tre"])
            && line.is(at, words!["mg", "nt"])
        {
            return None;
        }
        // "TH&THCS Nậm Lúc".
        if line.is_sign(at + 1, '&') && line.is(at, words!["th", "mn", "mg", "thcs"]) {
            let (_, start, titled) = title_at(line, at + 2);
            let end = self.behind_title(at + 2, start).filter(|_| titled)?;
            return Some(Shape { tokens: at..end, sure: true });
        }
        if titled {
            let end = self.behind_title(at, start)?;
            // "Hai trường Ngọc Lan, Dạ Lan": the word is said of both.
            let announces =
                at > 0 && line.is(at, words!["truong"]) && line.is(at - 1, words!["hai", "ba", "2", "3"]);
            let at = if announces { start } else { at };
            return Some(Shape { tokens: at..end, sure: true });
        }
        if let Some(end) = known_name(line, at).filter(|end| self.may_be_known(at, *end)) {
            let end = self.longer_in_capitals(at, end);
            return Some(Shape { tokens: at..self.number_behind(end), sure: true });
        }
        if let Some(end) = self.listed(at) {
            return Some(Shape { tokens: at..self.number_behind(end), sure: true });
        }
        let (end, sure) = self.capitals(at)?;
        Some(Shape { tokens: at..self.number_behind(end), sure })
    }

    /// A day of remembrance as the name of a school: "kiểm kê bên 1/6 xong", "Sao Mai với 1/6", and, not for sure, at the
    /// beginning: "8-3 đi học 254".
    fn day_as_name(&self, at: usize) -> Option<Shape> {
        const DAYS: [(u32, u32); 12] = [
            (8, 3),
            (20, 10),
            (1, 6),
            (19, 5),
            (2, 9),
            (30, 4),
            (1, 5),
            (3, 2),
            (26, 3),
            (22, 12),
            (20, 11),
            (10, 10),
        ];
        let line = self.line;
        let joined = (line.is_sign(at + 1, '/') || line.is_sign(at + 1, '-'))
            && line.is_glued(at + 1)
            && line.is_glued(at + 2)
            && !(line.is_glued(at + 3) && at + 3 < line.len());
        let day = (line.number(at)?, line.number(at + 2)?);
        if !joined || !DAYS.contains(&day) {
            return None;
        }
        let before = at.checked_sub(1);
        let place = before.is_some_and(|n| says_side(line, n));
        let beside =
            before.is_some_and(|n| n > 0 && line.is(n, words!["voi", "va"]) && known_end_before(line, n));
        // "30/4 cô Nhung trực": a day and its person.
        let person = line.is(at + 3, words!["co", "thay", "chu", "bac", "anh", "chi"])
            && line.tokens.get(at + 4).is_some_and(|t| t.capital);
        let figures = line.is_sign(at + 3, ':') || self.is_concept(at + 3) && !person;
        let opens = at == 0 && figures && (at + 3..line.len()).any(|n| line.number(n).is_some());
        let shape = |sure| Shape { tokens: at..at + 3, sure };
        match (place || beside, opens) {
            (true, _) => Some(shape(true)),
            (_, true) => Some(shape(false)),
            _ => None,
        }
    }

    /// The end of a name behind a word for a kind: a date (20/10), a known name, capitals, or small words that mean nothing.
    fn behind_title(&self, at: usize, start: usize) -> Option<usize> {
        let line = self.line;
        if line.number(start).is_some() {
            let sign = line.is_sign(start + 1, '/') || line.is_sign(start + 1, '-');
            let dated = sign && line.is_glued(start + 1) && line.is_glued(start + 2);
            // "MG 3-5 tuổi": an age.
            let aged = line.is(start + 3, words!["tuoi", "t", "thang"]);
            let day = line.number(start).is_some_and(|d| (1..=31).contains(&d));
            let month = line.number(start + 2).is_some_and(|m| (1..=12).contains(&m));
            return (dated && !aged && day && month).then_some(start + 3);
        }
        if let Some(end) = known_name(line, start) {
            // "mn bup sen xanh: …": the colon says where the name ends.
            let closed = (end + 1..=end + 2)
                .find(|n| line.is_sign(*n, ':') && !line.tokens[start].capital)
                .filter(|n| (end..*n).all(|at| self.may_stand_in_name(at) && !self.means_something(at)));
            return Some(self.number_behind(closed.unwrap_or(end)));
        }
        // "trường em", "mn ơi": what every message says is no name.
        let kinds = words!["mn", "mg", "mntt", "non", "giao"];
        let only_school = !(at..start).any(|n| line.is(n, kinds));
        let mut end = start;
        while end < line.len()
            && end - start < 4
            && (self.may_stand_in_name(end)
                || self.is_middle_name(end, start)
                || self.goes_on_in_capitals(end, start)
                || !only_school && line.is_word(end) && line.tokens[end].capital && !self.shouted)
        {
            let capital = line.tokens[end].capital && !self.shouted;
            // "mn tan lap hom nay nghi 7".
            if line.is(end, words!["hom", "sang", "chieu", "toi", "bua"])
                && line.is(end + 1, words!["nay", "qua"])
            {
                break;
            }
            if end > start
                && (line.begins_line(end) || line.tokens[end].capital != line.tokens[start].capital)
            {
                break;
            }
            // "mn bup sen xanh: …": the colon says where the name ends.
            let closed = end > start + 1 && line.is_sign(end + 1, ':');
            if !capital && (only_school || self.means_something(end) && !closed) {
                break;
            }
            end += 1;
        }
        let words = end - start;
        let one = words == 1 && line.tokens[start].capital && !self.shouted;
        (words >= 2 || one).then(|| self.number_behind(end))
    }

    /// Whether a name of the list is meant here: not a person's, and in small letters only where names of schools stand.
    fn may_be_known(&self, at: usize, end: usize) -> bool {
        let line = self.line;
        let capital = line.tokens[at].capital && !self.shouted;
        let person = at > 0
            && line.is(at - 1, words!["co", "thay", "be", "ong", "ba", "chau", "lop", "duong", "chi", "anh"]);
        let opens = self.opens(at);
        let closes = self.says_something(end) || self.says_something(self.number_behind(end));
        // "tỷ lệ bé ngoan": in small letters what is counted is no school.
        let small = (at + 1..end).any(|n| line.is_word(n) && !line.tokens[n].capital);
        let counted = (!capital || small) && names_a_thing(line, at..end);
        if at > 0 && line.spelled[at - 1] == "chơ\u{323}" {
            return false;
        }
        // "Em Trúc Đào, đt 0900 …": who signs.
        let signs = at > 0
            && line.is(at - 1, words!["em", "ht", "kt"])
            && line.begins_line(at - 1)
            && (end >= line.len()
                || !line.is_word(end) && line.is(end + 1, words!["dt", "sdt", "ht", "pht", "hp"]));
        if signs {
            return false;
        }
        !person && !counted && (capital || opens && closes)
    }

    /// "Cá Heo Con", "Bồ Câu Trắng": a capital right behind the capitals of a known name belongs to it.
    fn longer_in_capitals(&self, at: usize, end: usize) -> usize {
        let line = self.line;
        let capital = |n: usize| {
            line.is_word(n)
                && line.tokens[n].capital
                && line.tokens[n].width() > 1
                && is_syllable(line.folded(n))
                && !all_capitals(line, n)
                && !line.begins_line(n)
        };
        let longer = !self.shouted
            && (at..end).all(|n| line.tokens[n].capital)
            && capital(end)
            && !line.is(
                end,
                words!["em", "chi", "anh", "xin", "da", "chua", "gui", "nop", "bao", "co", "truong"],
            )
            && !names_a_thing(line, end..end + 1)
            && known_name(line, end).is_none();
        end + usize::from(longer)
    }

    /// "Hai trường Ngọc Lan, Dạ Lan": the second of a row that is announced, in capitals.
    fn listed(&self, at: usize) -> Option<usize> {
        let line = self.line;
        let name = |n: usize| line.is_word(n) && line.tokens[n].capital && !all_capitals(line, n);
        let joint =
            at > 3 && (line.is_sign(at - 1, ',') || line.is(at - 1, words!["va", "voi", "lan", "cung"]));
        let announced = joint
            && (1..at).any(|n| {
                line.is(n, words!["truong", "ben", "nhom"])
                    && line.is(n - 1, words!["hai", "ca", "ba", "2", "3"])
                    && (n + 1..at - 1).all(|m| name(m) || line.number(m).is_some() || line.is_sign(m, ','))
            });
        let end = (at..line.len().min(at + 4)).find(|n| !name(*n)).unwrap_or(line.len().min(at + 4));
        (announced && !self.shouted && end - at >= 2).then_some(end)
    }

    /// Two to four words in capitals where a name may stand, with something said of it behind; whether they are surely one.
    fn capitals(&self, at: usize) -> Option<(usize, bool)> {
        const SURNAMES: &[Key] = words![
            "nguyen", "tran", "le", "pham", "hoang", "huynh", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
            "duong",
        ];
        let line = self.line;
        if self.shouted
            || !self.opens(at)
            || line.is(at, SURNAMES) && line.spelled[at] != "đo\u{300}"
            || self.is_no_name(at)
        {
            return None;
        }
        let name = |n: usize| {
            line.is_word(n)
                && line.tokens[n].capital
                && line.tokens[n].width() > 1
                && (is_syllable(line.folded(n)) || is_clipped(line.folded(n)))
                && !all_capitals(line, n)
                && !line.is(n, words!["tet", "noel"])
                && (!self.is_phrase(n) || self.is_capital_inside(n) || n == at && self.only_sounds_so(n))
        };
        let end = (at..line.len().min(at + 5)).find(|n| !name(*n) || *n > at && line.begins_line(*n))?;
        let ours = at > 0 && says_side(line, at - 1);
        if (at..end).any(|n| n > at && line.spelled[n] == "thi\u{323}")
            || ours && line.is(at, words!["phong", "so", "bo", "uy"])
        {
            return None;
        }
        let said = line.is_sign(end, ':')
            || ours
            || self.says_something(end)
            || self.says_something(self.number_behind(end));
        // "Thuận Hòa B".
        let lettered = line.tokens.get(end).is_some_and(|t| t.width() == 1 && t.capital)
            && line.is(end, words!["a", "b", "c", "d"])
            && !line.is_glued(end + 1);
        let end = end + usize::from(lettered);
        let said = said || lettered && self.says_something(end);
        let whole = (at..end).all(|n| !is_clipped(line.folded(n)));
        let sure = said && whole && end < line.len() && !line.is_sign(end, '-');
        // "Gió Đồng đổ 5 cây": a second capital in the first words of a clause is a name, whatever it does.
        let told = said || line.is_word(end) && !line.tokens[end].capital;
        let fits = (2..=4).contains(&(end - at)) && told && !names_a_thing(line, at..end);
        fits.then_some((end, sure))
    }

    /// Words of every message begin no name, unless they are written as a part of one: "Bến Đò", "Bi Bo".
    fn is_no_name(&self, at: usize) -> bool {
        let line = self.line;
        let speaks = words!["em", "chi", "anh", "con", "toi", "minh", "chung", "truong", "oi", "ten", "da"];
        line.is(at, NEVER_IN_NAMES)
            && !self.is_spelled_otherwise(at)
            && (line.is(at, speaks) || !self.is_capital_inside(at))
    }

    /// The "Bến" of a place is no "bên", "Cỏ" no "có": among words with their marks.
    fn is_spelled_otherwise(&self, at: usize) -> bool {
        const USUAL: [&str; 40] = [
            "đa\u{303}",
            "chưa",
            "không",
            "bao\u{301}",
            "nôp\u{323}",
            "gưi\u{309}",
            "co\u{301}",
            "la\u{300}",
            "nay\u{300}",
            "thi\u{300}",
            "cung\u{303}",
            "đang",
            "se\u{303}",
            "nhân\u{323}",
            "đươc\u{323}",
            "vi\u{300}",
            "bi\u{323}",
            "đê\u{309}",
            "trương\u{300}",
            "bên",
            "tên",
            "nên",
            "ơi",
            "minh\u{300}",
            "tôi",
            "chi\u{323}",
            "lai\u{323}",
            "giam\u{309}",
            "tăng",
            "nao\u{300}",
            "chung\u{301}",
            "chung",
            "anh",
            "em",
            "con",
            "cho",
            "khi",
            "xin",
            "da\u{323}",
            "bao",
        ];
        let spelled = self.line.spelled[at].as_str();
        !spelled.is_ascii() && !USUAL.contains(&spelled)
    }

    /// "Liên Hòa" is no "liền": one word with a capital before another.
    fn only_sounds_so(&self, at: usize) -> bool {
        let line = self.line;
        let capital = line.is_word(at + 1) && line.tokens[at + 1].capital && !all_capitals(line, at + 1);
        let mut over = self.hits.iter().filter(|h| h.start <= at && at < h.end);
        capital && over.all(|h| h.end == at + 1 && matches!(h.tag, Tag::Future | Tag::Finish | Tag::Unable))
    }

    /// Behind or before another capital in the same clause, and not where every sentence has one.
    fn is_capital_inside(&self, at: usize) -> bool {
        let line = self.line;
        let capital = |n: usize| line.is_word(n) && line.tokens[n].capital && !all_capitals(line, n);
        let opens = at == 0 || line.begins_line(at) || line.is_sign(at - 1, '.') || line.is_sign(at - 1, '!');
        !opens && !self.shouted && (at > 0 && capital(at - 1) || capital(at + 1))
    }

    /// Where the name of a speaker may stand: at the beginning of what is said, behind words of greeting.
    fn opens(&self, at: usize) -> bool {
        const BEFORE: &[Key] = words![
            "em", "lan", "la", "truong", "ben", "con", "va", "voi", "cho", "bao", "cao", "ho", "giup", "chi",
            "da", "o", "cua", "thay", "ca", "chinh", "minh", "gui", "chao",
        ];
        let line = self.line;
        let before = (0..at).rev().find(|n| !line.is(*n, words!["a"]));
        if before.is_some_and(|n| line.spelled[n] == "chơ\u{323}") {
            return false;
        }
        // Behind "@GiaoBanBot" the message begins.
        if before.is_some_and(|n| n > 0 && line.is_sign(n - 1, '@')) {
            return true;
        }
        let Some(before) = before else { return true };
        // "Sáng nay An Đông 1 đi học 133".
        let times = words!["nay", "qua", "mai"];
        if line.is(before, times)
            && before > 0
            && line.is(before - 1, words!["sang", "hom", "chieu", "trua", "toi", "bua"])
            && line.tokens[at].capital
        {
            return true;
        }
        !line.is_word(before) && !line.is_sign(before, '/')
            || line.begins_line(at)
            || line.is(before, BEFORE)
            || line.tokens[before].capital && before > 0 && line.is(before - 1, words!["em"])
    }

    /// Figures, a colon, or a verb of an answer.
    fn says_something(&self, at: usize) -> bool {
        let line = self.line;
        let verb = |h: &Hit| h.start == at && !matches!(h.tag, Tag::Particle | Tag::AskEnd | Tag::Nothing);
        at >= line.len()
            || line.number(at).is_some()
            || line.is_sign(at, ':')
            || line.is_sign(at, '-')
            || line.is(at, words!["co", "tong", "ts", "thi", "nam", "bao", "xin", "bi", "hu", "them"])
            || line.is(at, words!["va", "voi", "lan"]) && self.may_begin_name(at + 1)
            || self.hits.iter().any(verb)
            || self.is_concept(at)
    }

    /// A capital, or a name of the list.
    fn may_begin_name(&self, at: usize) -> bool {
        let line = self.line;
        line.is_word(at) && (line.tokens[at].capital && !self.shouted || known_name(line, at).is_some())
    }

    /// The number of "Hoa Sen 2"; not the figure of "Hoa Sen 245 cháu", "Hoa Sen 2 lớp".
    fn number_behind(&self, end: usize) -> usize {
        let line = self.line;
        let small = line.number(end).is_some_and(|n| (1..=20).contains(&n)) && line.tokens[end].width() <= 2;
        let listed = line.number(end + 1).is_some();
        let rated =
            ['%', '/', ',', '.', '+'].into_iter().any(|s| line.is_sign(end + 1, s) && line.is_glued(end + 1));
        // "Hoàng Yến 1 em gửi chiều nay": who speaks.
        let speaks = line.is(end + 1, words!["em", "e"])
            && (end + 2..end + 4).any(|n| {
                self.hits.iter().any(|h| {
                    h.start == n
                        && matches!(
                            h.tag,
                            Tag::HandIn | Tag::Doing | Tag::Future | Tag::Wish | Tag::PastBefore
                        )
                })
            });
        if small && speaks {
            return end + 1;
        }
        let counts = self.is_concept(end + 1) && !self.counted_behind(end + 1)
            || line.is_word(end + 1)
                && phrases().is_counted(line.word(end + 1))
                && !self.counted_behind(end + 1);
        // "5t: 102", "18 suất 5tr4": an age, a count with its unit.
        let unit = line.is_glued(end + 1) && line.is_word(end + 1)
            || line.is(end + 1, words!["trieu", "tr", "ty", "ti", "nghin", "ngan", "chuc", "phan"]);
        let paid = line.is_word(end + 1)
            && phrases().is_counted(line.word(end + 1))
            && line.number(end + 2).is_some()
            && line.is_glued(end + 3)
            && line.is(end + 3, words!["tr", "trieu", "k", "ngan", "nghin"]);
        if small && !listed && !rated && !counts && !unit && !paid { end + 1 } else { end }
    }

    /// "Hoa Sen 1 có mặt 501": what is counted has its figure behind it.
    fn counted_behind(&self, at: usize) -> bool {
        let line = self.line;
        // "Rạng Đông 3 thu hộ bảo hiểm được 9 triệu": money is not counted by the number of a name.
        let reach = if line.is(at, words!["thu", "chi"]) { 8 } else { 5 };
        let behind = (at + 1..=at + reach)
            .take_while(|n| *n < line.len())
            .any(|n| line.number(n).is_some() || line.is_sign(n, ':'))
            && !(at..at + 5)
                .take_while(|n| line.number(*n).is_none())
                .any(|n| [',', '/', ';', '|'].iter().any(|sign| line.is_sign(n, *sign)));
        behind && !self.ends_a_figure(at)
    }

    /// "Hoa Sen 12 lớp 331 cháu", where each figure has its unit behind it; but not "Hoa Sen 1 lớp 12 cháu 331".
    fn ends_a_figure(&self, mut at: usize) -> bool {
        const UNITS: &[Key] = words!["lop", "nhom", "chau", "c", "tre", "be", "hs", "gv"];
        let line = self.line;
        let unit = |at: usize| line.is(at, UNITS) || line.is_word(at) && phrases().is_counted(line.word(at));
        let mut figures = 0;
        while unit(at) && line.number(at + 1).is_some() {
            at += 2;
            figures += 1;
        }
        figures > 0 && unit(at)
    }

    /// The "Thị" of "Võ Thị Sáu".
    fn is_middle_name(&self, at: usize, start: usize) -> bool {
        let line = self.line;
        at > start && line.is(at, words!["thi"]) && line.tokens[at].capital && !self.shouted
    }

    /// The "La" of "TH Ba La", the "Cò" of "TH Pà Cò": a capital behind a capital belongs to the name, whatever the word means in small
    /// letters.
    fn goes_on_in_capitals(&self, at: usize, start: usize) -> bool {
        let line = self.line;
        at > start
            && line.is_word(at)
            && line.tokens[at].capital
            && line.tokens[at - 1].capital
            && line.tokens[at].width() > 1
            && !all_capitals(line, at)
            && !self.shouted
            && !self.is_concept(at)
            && !line.is(at, words!["em", "xin", "da", "chua", "khong", "truong"])
    }

    fn may_stand_in_name(&self, at: usize) -> bool {
        self.line.is_word(at) && !self.line.is(at, NEVER_IN_NAMES)
    }

    /// A word that phrases or things counted begin with.
    fn means_something(&self, at: usize) -> bool {
        self.is_phrase(at) || self.is_concept(at) && names_a_thing(self.line, at..at + 1)
    }

    fn is_phrase(&self, at: usize) -> bool {
        self.hits.iter().any(|h| h.start <= at && at < h.end)
    }

    fn is_concept(&self, at: usize) -> bool {
        let words: Vec<Word> = (at..at + 3).filter_map(|n| self.line.word(n)).collect();
        let filler = words.first().is_none_or(|w| phrases().is_filler(*w));
        let named = |n: usize| {
            let meaning = phrases().concepts(&words[..n]);
            !meaning.concepts.is_empty() && meaning.others == 0
        };
        !filler && (1..=words.len()).any(named)
    }
}

/// "Báo Cáo Tháng", "Cân Đo": capitals of a title.
fn names_a_thing(line: &Line, range: Range<usize>) -> bool {
    let words: Vec<Word> = range.filter_map(|n| line.word(n)).collect();
    !phrases().concepts(&words).concepts.is_empty() || !phrases().subjects(&words).is_empty()
}

/// "Hướg Dươg": ng is typed as g.
fn is_clipped(word: &str) -> bool {
    word.strip_suffix('g').is_some_and(|stem| !stem.ends_with('n') && is_syllable(&format!("{stem}ng")))
}

/// "bên", of our side; not the "Bến" of a place.
fn says_side(line: &Line, at: usize) -> bool {
    matches!(line.spelled[at].as_str(), "bên" | "ben")
}

/// Whether a name of the list, with or without its number, ends before `at`.
fn known_end_before(line: &Line, at: usize) -> bool {
    (at.saturating_sub(5)..at).any(|from| {
        known_name(line, from).is_some_and(|end| end == at || end + 1 == at && line.number(end).is_some())
    })
}

fn all_capitals(line: &Line, at: usize) -> bool {
    line.printed(at..at + 1).chars().all(char::is_uppercase)
}

/// More than half of the words, and three at least, are capitals throughout.
fn is_shouted(line: &Line) -> bool {
    let words = (0..line.len()).filter(|at| line.is_word(*at) && line.tokens[*at].width() > 1);
    let (all, loud) =
        words.fold((0, 0), |(all, loud), at| (all + 1, loud + usize::from(all_capitals(line, at))));
    loud >= 3 && 2 * loud > all
}

#[cfg(test)]
mod tests;
