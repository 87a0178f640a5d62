//! What no rule has explained. A claim counts only where every word around it is understood: an unknown word may be a negation, a
//! condition or an obstacle that no list holds, so what claims beside such words is asked (rule 1 of the product).

use super::clause::Clause;
use super::figures::Number;
use super::key::{Key, words};
use super::line::Line;
use super::marks::Mark;
use super::phrases::{Hit, Tag, Word, phrases};
use super::read::One;
use super::reading::{Intent, Unclear};
use super::tasks;
use super::when::Said;
use crate::domain::ConfirmationLevel;

/// Words of the longest plain phrase.
const LONGEST: usize = 4;
/// Where a message is so much like claims, a word of no list is the name of a thing.
const LIKE_A_CLAIM: f32 = 0.7;
/// Where it is so much like claims, words that may go against one do not.
pub(super) const PLAIN_CLAIM: f32 = 0.9;
/// Where it is so much like claims, only what plainly turns one is asked about.
pub(super) const CLEAR_CLAIM: f32 = 0.95;
/// What goes against a claim, or makes it one of another time.
const AGAINST: [Tag; 17] = [
    Tag::Unfinished,
    Tag::Future,
    Tag::Extension,
    Tag::Wish,
    Tag::Unable,
    Tag::NotConcerned,
    Tag::Correction,
    Tag::Withdraw,
    Tag::SameAsLast,
    Tag::Aside,
    Tag::Condition,
    Tag::Prohibition,
    Tag::Error,
    Tag::Belief,
    Tag::Elsewhere,
    Tag::Hedge,
    Tag::Former,
];
/// Words that turn, narrow or hinge what a clause says.
const TURNS: &[Key] = words!["nhung", "ma", "nen", "thi", "tru", "thoi", "moi", "toan", "de"];

impl One<'_> {
    /// Asks about a claim of having done it that has words beside it which nothing explains.
    pub fn doubt_residue(
        &self,
        intent: &Intent,
        figures: &[Number],
        said: &[Said],
        clauses: &[Clause],
        claim: f32,
        doubts: &mut Vec<Unclear>,
    ) {
        if !matches!(intent, Intent::Confirm(ConfirmationLevel::Done)) || !doubts.is_empty() {
            return;
        }
        let (mut rest, taken) = self.unexplained(figures, said);
        // Why it was late or early is nothing against it: "do mạng yếu nên em nộp trễ rồi".
        rest.retain(|at| !clauses.iter().any(|c| c.reason && c.range.contains(at)));
        // What turns may turn to anything.
        let turns = self.part.range.clone().any(|at| self.line.is(at, TURNS));
        let part = clauses.iter().any(|c| self.counts_a_part(c));
        let plain = claim >= PLAIN_CLAIM && !turns || claim >= CLEAR_CLAIM && !self.turns_plainly(&rest);
        if plain && !part {
            return;
        }
        let unknown = match rest[..] {
            _ if claim >= LIKE_A_CLAIM && !turns => false,
            [] => false,
            [only] => !self.is_harmless(only, clauses),
            _ => true,
        };
        let against = |h: &Hit| {
            let plain = (h.start..h.end).all(|at| taken.contains(&at));
            self.part.range.contains(&h.start) && !plain && self.goes_against(h)
        };
        if unknown || self.hits.iter().any(against) || clauses.iter().any(|c| self.is_open(c)) {
            doubts.push(Unclear::DoneOrNot);
        }
    }

    /// "Nộp rồi nhưng …", "nộp đủ trừ …", "gửi rồi mà" with words behind it that nothing explains, and what is to come, unfinished,
    /// supposed or recorded by others.
    fn turns_plainly(&self, rest: &[usize]) -> bool {
        if self.hits.iter().any(|h| self.part.range.contains(&h.start) && self.bars_a_claim(h)) {
            return true;
        }
        let turn = |at: usize| self.line.is(at, words!["nhung", "nma", "tru"]);
        let but = |at: usize| self.line.is(at, words!["ma"]) && rest.iter().any(|n| *n > at);
        self.part.range.clone().any(|at| turn(at) || but(at))
    }

    /// A phrase that no likeness outweighs.
    pub fn bars_a_claim(&self, hit: &Hit) -> bool {
        let line = self.line;
        let alone = hit.end - hit.start == 1;
        match hit.tag {
            // "Bot ghi trường em đã nộp": what others have put down.
            Tag::Record => {
                hit.start > 0
                    && line.is(hit.start - 1, words!["bot", "thong", "may", "no", "web", "mem", "phong"])
            }
            // "Nộp ngay", "phải nộp" may be over too; "trên", "gần", "chừng" alone stand in too many other words.
            Tag::Future => self.goes_against(hit) && !line.is(hit.start, words!["ngay", "lien", "phai"]),
            Tag::Hedge => !alone || line.is(hit.start, words!["chac"]),
            Tag::Unfinished | Tag::Condition | Tag::Belief => self.goes_against(hit),
            _ => false,
        }
    }

    /// A phrase of another meaning beside the claim that nothing has weighed.
    pub fn goes_against(&self, hit: &Hit) -> bool {
        let line = self.line;
        // Without their marks these are other words more often: "cho", "nghen", "kiểm định".
        let blurred =
            line.spelled[hit.start].is_ascii() && line.is(hit.start, words!["cho", "nghen", "dinh", "bao"]);
        let nearby = line.is(hit.start, words!["tuan", "hom"]);
        // "Thừa thiếu giáo viên" is what a task is about.
        let pair = hit.tag == Tag::Error
            && line.is(hit.start, words!["thua", "thieu"])
            && (line.is(hit.start + 1, words!["thieu"])
                || hit.start > 0 && line.is(hit.start - 1, words!["thua"]));
        // "Nộp trễ rồi" is handed in.
        let late = hit.tag == Tag::Extension
            && hit.end - hit.start == 1
            && self.hits.iter().any(|h| h.tag == Tag::HandIn && h.end == hit.start)
            && self.hits.iter().any(|h| h.tag == Tag::PastAfter && h.start == hit.end);
        let other = late || hit.end - hit.start == 1 && blurred || hit.tag == Tag::Former && nearby || pair;
        AGAINST.contains(&hit.tag) && !other
    }

    /// Something hinders, waits or is missing in the clause, whatever the others claim.
    fn is_open(&self, clause: &Clause) -> bool {
        let s = &clause.signs;
        let waits = self.line.is(clause.range.start, words!["cho", "doi"]) && s.unfinished;
        s.unable
            || s.supposed
            || s.unfinished_work
            || s.denies_work
            || waits
            || self.denies(clause)
            || self.takes_back(clause)
            || self.comes_first(clause)
            || self.hopes(clause)
            || self.counts_a_part(clause)
    }

    /// Something is denied that is not only the reader's: "chưa thấy chị duyệt" is.
    fn denies(&self, clause: &Clause) -> bool {
        let line = self.line;
        let seen = clause
            .range
            .clone()
            .any(|at| line.is(at, words!["khong", "chua"]) && line.is(at + 1, words!["thay"]));
        clause.signs.denies && !seen
    }

    /// "Họp xong em làm", "thi xong mới tổng hợp": first that, and then the work.
    fn comes_first(&self, clause: &Clause) -> bool {
        let own = |h: &&Hit| clause.range.contains(&h.start);
        let past = |h: &Hit| matches!(h.tag, Tag::PastAfter | Tag::PastBefore | Tag::PastTime);
        let Some(end) = self.hits.iter().filter(own).find(|h| h.tag == Tag::Finish) else { return false };
        // A word of the past behind a comma is of something else: "máy in hết mực rồi, em in xong mang lên".
        let parted = |from: usize| (from..end.start).any(|at| self.line.is_sign(at, ','));
        if self.hits.iter().filter(own).any(|h| past(h) && !parted(h.start)) {
            return false;
        }
        let verb = |h: &&Hit| matches!(h.tag, Tag::HandIn | Tag::Doing) && h.start >= end.end;
        let next = self.hits.iter().filter(own).any(|h| {
            verb(&h)
                && (end.end..h.start).any(|at| self.line.is(at, words!["em", "moi", "truong", "ben", "minh"]))
        });
        next || self.line.is(end.end, words!["moi", "thi", "la", "mang", "dem"])
    }

    /// "Mong được hoàn thành", "quyết tâm hoàn thành": the end of the work without a word of the past, behind words that are
    /// neither who speaks nor what it is about.
    fn hopes(&self, clause: &Clause) -> bool {
        let own = |h: &&Hit| clause.range.contains(&h.start);
        let past = |h: &Hit| {
            matches!(h.tag, Tag::PastAfter | Tag::PastBefore | Tag::PastTime | Tag::HandIn | Tag::Doing)
        };
        if self.hits.iter().filter(own).any(past) {
            return false;
        }
        let Some(end) = self.hits.iter().filter(own).find(|h| h.tag == Tag::Finish) else { return false };
        end.start > clause.range.start
            && self
                .line
                .is(end.start - 1, words!["duoc", "tam", "luc", "can", "phai", "muon", "de", "mong", "se"])
    }

    /// "Hoàn thành 9/10", which is a date as well; "nhập xong hai lớp đầu".
    fn counts_a_part(&self, clause: &Clause) -> bool {
        let line = self.line;
        let verb = |h: &&Hit| {
            clause.range.contains(&h.start) && matches!(h.tag, Tag::Finish | Tag::Doing | Tag::HandIn)
        };
        self.hits.iter().filter(verb).any(|h| {
            let at = h.end;
            let share = line.is_sign(at + 1, '/')
                && line.number(at) < line.number(at + 2)
                && line.number(at).is_some();
            let some = (line.number(at).is_some() || line.is(at, words!["mot", "hai", "ba", "vai", "may"]))
                && line.is(at + 2, words!["dau", "cuoi", "truoc"]);
            share || some
        })
    }

    /// "Gửi rồi nhưng thiếu chữ ký", "nộp rồi mà là của tháng trước": what turns without claiming anything itself.
    fn takes_back(&self, clause: &Clause) -> bool {
        let line = self.line;
        let turn = clause.range.clone().find(|at| {
            line.is(*at, words!["nhung", "nma", "tru"])
                || line.is(*at, words!["ma"]) && line.is(at + 1, words!["la"])
        });
        turn.is_some_and(|at| {
            let claims = |h: &Hit| matches!(h.tag, Tag::Finish | Tag::PastAfter | Tag::PastBefore);
            let behind = at + 1..clause.range.end;
            !self.hits.iter().any(|h| behind.contains(&h.start) && claims(h))
                && behind.clone().filter(|n| line.is_word(*n)).count() > 1
        })
    }

    /// One unknown word behind a plain claim, neither at its verb nor in a clause of its own: the name of a thing or a place.
    fn is_harmless(&self, at: usize, clauses: &[Clause]) -> bool {
        let line = self.line;
        let Some(clause) = clauses.iter().find(|c| c.range.contains(&at)) else { return false };
        let own = |h: &&Hit| clause.range.contains(&h.start);
        let verbs = || {
            self.hits.iter().filter(own).filter(|h| matches!(h.tag, Tag::HandIn | Tag::Finish | Tag::Doing))
        };
        let past = self
            .hits
            .iter()
            .filter(own)
            .any(|h| matches!(h.tag, Tag::PastAfter | Tag::PastBefore | Tag::PastTime));
        let beside = verbs().any(|h| h.end == at || at + 1 == h.start);
        let turns = clause.range.clone().any(|n| line.is(n, TURNS));
        past && verbs().next().is_some() && !beside && !turns
    }

    /// The words that no phrase, mark, name, figure, day or topic takes, and those that change nothing.
    fn unexplained(&self, figures: &[Number], said: &[Said]) -> (Vec<usize>, Vec<usize>) {
        let line = self.line;
        let inside = |at: usize| {
            self.hits.iter().any(|h| h.start <= at && at < h.end)
                || said.iter().any(|d| d.tokens.contains(&at))
                || figures.iter().any(|n| n.tokens.contains(&at))
        };
        let known = |at: usize| {
            let Some(word) = line.word(at) else { return true };
            self.marks[at] != Mark::Free
                || inside(at)
                || phrases().is_filler(word)
                || phrases().is_counted(Some(word))
                || !phrases().concepts(&[word]).concepts.is_empty()
                || tasks::is_named(word.folded, self.context)
                || is_name(line, at)
        };
        let (mut rest, mut plain_words) = (Vec::new(), Vec::new());
        let mut at = self.part.range.start;
        while at < self.part.range.end {
            let ahead: Vec<Word> =
                (at..self.part.range.end.min(at + LONGEST)).map_while(|n| line.word(n)).collect();
            let plain = phrases().plain(&ahead);
            if plain == 0 && line.is_word(at) && !known(at) {
                rest.push(at);
            }
            plain_words.extend(at..at + plain);
            at += plain.max(1);
        }
        (rest, plain_words)
    }
}

/// A capital inside a sentence begins a name.
fn is_name(line: &Line, at: usize) -> bool {
    line.tokens[at].capital && at > 0 && line.is_word(at - 1)
}

#[cfg(test)]
mod tests {
    use super::super::testing::World;
    use super::*;

    /// Whether it is taken as done without a question.
    fn is_booked(text: &str) -> bool {
        let acts = World::new().quoting(6).read(text);
        acts.iter().any(|a| a.is_certain() && matches!(a.intent, Intent::Confirm(ConfirmationLevel::Done)))
    }

    #[test]
    fn a_claim_beside_words_of_no_list_is_asked_about() {
        let open = [
            "em gửi rồi mà zalo báo đỏ lòm",
            "em nhập hết rồi mà lưu nó bắt đăng nhập lại, mất sạch",
            "xong rồi mà hiệu trưởng bắt làm lại từ đầu",
            "em soạn xong rồi, đợi hiệu trưởng ký",
            "nộp đủ trừ lớp Lá",
            "gửi rồi nhưng thiếu chữ ký",
            "đã trình hiệu trưởng ký",
            "trường em phấn đấu hoàn thành trong tuần",
            "mong được hoàn thành sớm",
            "trường em đã sáp nhập vào trường bên cạnh từ hè nên không báo cáo riêng nữa",
            "ngót xong rồi chị",
            "khó xong lắm chị",
            "họp xong em làm",
            "vừa nộp thì web sập",
            "em nộp đơn xin chuyển trường rồi",
            "có lẽ đã nộp",
            "hoàn thành 9/10 rồi chị",
            "đã nhập xong hai lớp đầu",
            "năm ngoái em nộp rồi mà",
            "nộp rồi rút lại rồi",
            "nộp tiền rồi còn danh sách chưa",
            "máy in hết mực rồi, em in xong mang lên",
            "nhờ trường bạn nộp giùm rồi, không biết họ nộp chưa",
        ];
        let wrong: Vec<&str> = open.into_iter().filter(|text| is_booked(text)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_plain_claim_is_taken() {
        let claims = [
            "dạ em gửi file qua zalo cho chị lúc 9h rồi",
            "đã nộp bản cứng ở văn thư chiều qua",
            "em nhập xong hết rồi ạ, chị kiểm tra giúp em",
            "em đưa bản giấy, nộp tận tay chị Lan rồi",
            "cô văn thư trường em nộp sáng nay rồi ạ",
            "nộp rồi mà chưa thấy chị duyệt",
            "em bấm nộp trên web rồi đó",
            "nộp rồi ạ, chúc chị buổi tối vui vẻ",
            "Kính gửi Phòng, trường đã thực hiện xong và báo cáo qua email",
        ];
        let wrong: Vec<&str> = claims.into_iter().filter(|text| !is_booked(text)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
