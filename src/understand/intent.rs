//! What is said: from the phrases of a stretch to one meaning. Whatever denies wins over whatever claims.

use std::ops::Range;

use super::asks::asking;
use super::key::{Key, words};
use super::line::Line;
use super::marks::Mark;
use super::phrases::{Hit, Tag, phrases};

/// What the phrases of a stretch say, each by itself.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Signs {
    pub asks: bool,
    pub denies: bool,
    pub unfinished: bool,
    pub done: bool,
    /// Something was done, which is not the same as handed in: "làm rồi".
    pub worked: bool,
    /// "rồi" and nothing else.
    pub bare_done: bool,
    pub hand_in: bool,
    pub works: bool,
    pub future: bool,
    pub more_time: bool,
    pub wish: bool,
    pub unable: bool,
    pub not_concerned: bool,
    pub corrects: bool,
    pub withdraws: bool,
    pub same_as_last: bool,
    pub received: bool,
    pub delegated: bool,
    pub started: bool,
    pub ack: bool,
    pub greets: bool,
    pub here: bool,
    pub not_that: bool,
    /// Talk among colleagues.
    pub aside: bool,
    /// What is denied or unfinished is the handing in or the work itself, not something counted.
    pub denies_work: bool,
    /// What is unfinished is the handing in or the work itself: "đang nhập", not "đang họp".
    pub unfinished_work: bool,
    /// A question that names what it wants to know: "mấy giờ", "mẫu nào".
    pub asks_what: bool,
    /// It will be there by the deadline: "kịp ạ", "đúng hạn".
    pub on_time: bool,
    /// There is none of what is counted: "không có vụ nào".
    pub nothing: bool,
    /// Counted once more: "đếm lại".
    pub redo: bool,
    /// It is only supposed: "nếu kịp", "khi nào xong".
    pub supposed: bool,
    /// Somebody else of the school says so.
    pub hearsay: bool,
    /// The reader is asked to do something: "chị gửi em cái mẫu với".
    pub requests: bool,
    /// The reader is asked whether it is right or has arrived: "đúng chưa chị".
    pub checks: bool,
    /// Somebody else must be asked: "chị hỏi cô Oanh giúp em".
    pub refers: bool,
}

impl Signs {
    /// Whether the sender says that it hands in or works, now or before.
    pub fn hands_in_own(&self) -> bool {
        self.done
            || self.worked
            || self.future
            || self.more_time
            || self.denies
            || self.unfinished
            || self.corrects
            || self.withdraws
            || self.received
            || self.here
            || self.ack
            || self.unable
    }

    /// Whether something is open in what is said, so that a number that nobody knows is perhaps no figure of the answer.
    pub fn is_shaky(&self) -> bool {
        self.denies
            || self.unfinished
            || self.future
            || self.more_time
            || self.wish
            || self.asks
            || self.delegated
            || self.received
            || self.supposed
            || self.hearsay
            || self.aside
    }

    /// Takes over what another clause says.
    pub fn add(&mut self, other: &Self) {
        let Self {
            asks,
            denies,
            unfinished,
            done,
            worked,
            bare_done,
            hand_in,
            works,
            future,
            more_time,
            wish,
            unable,
            not_concerned,
            corrects,
            withdraws,
            same_as_last,
            received,
            delegated,
            started,
            ack,
            greets,
            here,
            not_that,
            aside,
            denies_work,
            unfinished_work,
            asks_what,
            on_time,
            nothing,
            redo,
            supposed,
            hearsay,
            requests,
            checks,
            refers,
        } = *other;
        self.asks |= asks;
        self.denies |= denies;
        self.unfinished |= unfinished;
        self.done |= done;
        self.worked |= worked;
        self.bare_done |= bare_done;
        self.hand_in |= hand_in;
        self.works |= works;
        self.future |= future;
        self.more_time |= more_time;
        self.wish |= wish;
        self.unable |= unable;
        self.not_concerned |= not_concerned;
        self.corrects |= corrects;
        self.withdraws |= withdraws;
        self.same_as_last |= same_as_last;
        self.received |= received;
        self.delegated |= delegated;
        self.started |= started;
        self.ack |= ack;
        self.greets |= greets;
        self.here |= here;
        self.not_that |= not_that;
        self.aside |= aside;
        self.denies_work |= denies_work;
        self.unfinished_work |= unfinished_work;
        self.asks_what |= asks_what;
        self.on_time |= on_time;
        self.nothing |= nothing;
        self.redo |= redo;
        self.supposed |= supposed;
        self.hearsay |= hearsay;
        self.requests |= requests;
        self.checks |= checks;
        self.refers |= refers;
    }
}

/// Reads the signs of a clause. `zeros` are negations that are figures ("không có ca nào").
pub(super) fn signs(line: &Line, range: &Range<usize>, marks: &[Mark], hits: &[Hit], zeros: &[Hit]) -> Signs {
    let inside = |h: &&Hit| {
        range.start <= h.start
            && h.end <= range.end
            && marks[h.start] != Mark::School
            && marks[h.start] != Mark::Link
    };
    let all: Vec<Hit> = hits.iter().filter(inside).copied().collect();
    let asking = asking(line, range, marks, &all, zeros);
    let hits: Vec<Hit> = all.into_iter().filter(|h| !zeros.contains(h)).collect();
    let any = |tag: Tag| hits.iter().any(|h| h.tag == tag);
    let told: Vec<Hit> = hits
        .iter()
        .filter(|h| {
            h.tag == Tag::Negation
                && !labels_rest(line, h)
                && !asking.spent.contains(h)
                && !labels_figure(line, h, &hits)
        })
        .filter(|h| {
            !(range.start.max(h.start.saturating_sub(3))..h.start).any(|at| line.is(at, words!["neu"]))
        })
        .copied()
        .collect();
    let nothing = told.iter().any(|d| is_nothing(line, range, d, &hits));
    let denials: Vec<Hit> = told
        .into_iter()
        .filter(|d| !is_nothing(line, range, d, &hits) && !is_harmless(line, range, d))
        .collect();
    let unfinished_work = unfinished_work(line, range, &hits);
    let mut signs = Signs {
        asks: asking.asks,
        asks_what: asking.what,
        denies: !denials.is_empty(),
        unfinished: any(Tag::Unfinished) || unfinished_work,
        unfinished_work,
        hand_in: any(Tag::HandIn),
        works: any(Tag::Doing),
        future: any(Tag::Future),
        more_time: any(Tag::Extension),
        wish: any(Tag::Wish),
        unable: any(Tag::Unable),
        not_concerned: any(Tag::NotConcerned),
        corrects: any(Tag::Correction),
        withdraws: any(Tag::Withdraw),
        same_as_last: any(Tag::SameAsLast),
        received: any(Tag::Received),
        delegated: any(Tag::Delegated),
        started: any(Tag::Started),
        ack: any(Tag::Ack) || has_thumb(line, range),
        greets: any(Tag::Greeting),
        here: any(Tag::Here),
        not_that: any(Tag::NotThat),
        aside: any(Tag::Aside),
        nothing,
        redo: any(Tag::Redo),
        denies_work: denials.iter().any(|d| denies_work(line, d, &hits, range)) || unfinished_work,
        ..Signs::default()
    };
    signs.on_time = any(Tag::OnTime) && !signs.denies && !signs.asks;
    signs.requests = requests(line, range, &hits);
    signs.checks = signs.asks && checks(line, range);
    signs.refers = any(Tag::Elsewhere);
    signs.done = is_done(line, &hits, &[Tag::HandIn, Tag::Finish]) || any(Tag::Finish);
    signs.worked = !signs.done && is_done(line, &hits, &[Tag::Doing]);
    // "Chúc các chị nhận được nhiều hoa" has received nothing.
    let wished = hits.iter().find(|h| h.tag == Tag::Greeting && line.is(h.start, words!["chuc", "mung"]));
    signs.received &=
        !wished.is_some_and(|w| hits.iter().filter(|h| h.tag == Tag::Received).all(|h| h.start > w.start));
    let meant = hits.iter().any(|h| h.tag == Tag::Ack && !line.is(h.start, words!["da", "vang", "u"]));
    signs.bare_done =
        any(Tag::PastAfter) && !signs.received && !meant && only_small_words(line, range, &hits);
    signs
}

/// "Chị gửi em cái mẫu với", "ai có file cho mình xin": somebody else is to do it.
fn requests(line: &Line, range: &Range<usize>, hits: &[Hit]) -> bool {
    const FAVOURS: &[Key] = words![
        "gui", "cho", "chi", "xem", "kiem", "huong", "giup", "cap", "mo", "share", "nhan", "them", "add",
        "keo", "duyet", "giai", "check", "tao", "coi", "goi", "ho", "chia", "noi", "tra", "bao", "nhac",
    ];
    let reader = |at: usize| {
        line.is(at, words!["chi", "anh", "phong", "bot", "nho", "ai", "ad", "sep"])
            && !(at > range.start
                && line.is(at - 1, words!["cho", "gui", "cua", "voi", "bao", "da", "cam", "chao"]))
    };
    let asks = range.clone().any(|at| {
        reader(at)
            && ((at + 1..(at + 4).min(range.end)).any(|n| {
                line.is(n, FAVOURS)
                    && !(line.is(n, words!["noi"]) && line.is(n + 1, words!["dung", "hay", "chuan", "phai"]))
            }) && !(at + 1..(at + 4).min(range.end)).any(|n| {
                line.is(n, words!["em", "da", "chua", "khong", "dang"])
                    && line.is(n + 1, words!["gui", "nop"])
            }))
    });
    let told = hits.iter().any(|h| matches!(h.tag, Tag::PastAfter | Tag::PastBefore | Tag::PastTime));
    asks && !told
}

/// "Đúng chưa", "đủ chưa chị", "được chưa ạ", "thấy chưa".
fn checks(line: &Line, range: &Range<usize>) -> bool {
    let like_this = range.clone().any(|at| line.is(at, words!["kieu", "nguoi"]));
    let right = |at: usize| {
        line.is(at, words!["dung", "du", "duoc", "on", "thay", "vay", "ok"])
            && line.is(at + 1, words!["chua"])
            || line.is(at, words!["dung", "on", "du"]) && line.is(at + 1, words!["khong"])
    };
    !like_this && range.clone().any(right)
}

/// Words between a refusal and what it refuses.
const LIGHT: &[Key] = words![
    "he", "duoc", "kip", "co", "the", "phai", "con", "dam", "tung", "bao", "gio", "em", "truong", "ben",
    "minh", "ai", "chi",
];

/// The refusal stands before a verb of handing in or of work, or behind it, or has nothing behind it.
fn denies_work(line: &Line, denial: &Hit, hits: &[Hit], range: &Range<usize>) -> bool {
    let verb = |h: &Hit| matches!(h.tag, Tag::HandIn | Tag::Finish | Tag::Doing | Tag::Received);
    // "Chưa thấy chị báo": of what others do.
    let seen = line.is(denial.end, words!["thay"]);
    let near = !seen
        && hits.iter().any(|h| {
            let between = |to: usize| (denial.end..to).filter(|at| !line.is(*at, LIGHT)).count();
            verb(h) && h.start >= denial.end && h.start - denial.end <= 6 && between(h.start) <= 2
        });
    let last = (denial.end..range.end)
        .take_while(|at| !ends_sentence(line, *at))
        .all(|at| hits.iter().any(|h| h.tag == Tag::Particle && h.start <= at && at < h.end));
    // "Gửi mãi không được", "up không lên".
    let failed = line.is(denial.end, words!["duoc", "kip", "len", "vao", "noi", "xue", "thanh", "di"])
        && !line.is(denial.end + 1, words!["co", "ai"]);
    near || last || failed || denial.end - denial.start > 1 || is_not_yet(line, range, denial)
}

/// "Chưa có số", "trạm chưa trả kết quả"; not "chưa thấy chị duyệt", nor beside figures, where it may name what is missing.
fn is_not_yet(line: &Line, range: &Range<usize>, denial: &Hit) -> bool {
    const OF_OTHERS: &[Key] =
        words!["thay", "duyet", "xem", "ghi", "tra", "phan", "hien", "bao", "nhac", "cap"];
    let school = line.is(denial.end, words!["tra"]) && !line.is(denial.end + 1, words!["loi"]);
    // "Còn ở quê chưa vô": of children, beside their number.
    let away = line.is(denial.end, words!["vo", "vao", "len", "xuong", "ve", "ra", "den"])
        && (range.start..denial.start).any(|at| line.is(at, words!["que", "nha", "bac", "ngoai"]));
    line.is(denial.start, words!["chua"])
        && !away
        && (!line.is(denial.end, OF_OTHERS) || school)
        && !range.clone().any(|at| {
            line.number(at).is_some()
                || line.amount(at).is_some_and(|(a, end)| a.in_words && phrases().is_counted(line.word(end)))
        })
}

/// "Không ghi lại nữa", "không thiếu gì", "không sao": nothing of the answer is refused.
fn is_harmless(line: &Line, range: &Range<usize>, denial: &Hit) -> bool {
    const FINE: &[Key] = words![
        "thieu", "sot", "sai", "nham", "loi", "quen", "sao", "lo", "so", "ngai", "phien", "can", "van",
        "gap",
    ];
    if !line.is(denial.start, words!["khong", "chang", "cha"]) {
        return false;
    }
    // "1 bé khuyết tật không đi học được": of those who are counted.
    let counted = (denial.start.saturating_sub(4)..denial.start).any(|at| {
        at >= range.start
            && line.number(at).is_some()
            && line.is(at + 1, words!["be", "chau", "tre", "em", "hs", "hoc"])
    });
    if counted && line.is(denial.end, words!["di", "an", "den", "ra", "tham", "tiem"]) {
        return true;
    }
    let ceased = (denial.end..range.end)
        .any(|at| line.is(at, words!["nua"]) && line.spelled[at] != "nưa\u{309}")
        && !(denial.end..range.end).any(|at| line.is(at, words!["duoc", "noi", "kip", "vao", "the"]));
    // "DTTS 0 ạ, trường em không có": it says the zero once more.
    let again = line.is(denial.end, words!["co"])
        && (denial.end + 1..range.end)
            .all(|at| !line.is_word(at) || line.is(at, words!["a", "chi", "nha", "nhe"]))
        && (range.start.saturating_sub(8)..denial.start).any(|at| line.number(at) == Some(0));
    if again {
        return true;
    }
    // "Vắng 17 do về quê chưa lên": why, behind the figure.
    let figure = |from: usize, to: usize| (from..to).any(|at| line.number(at).is_some());
    let reason = (range.start..denial.start).rev().find(|at| {
        matches!(line.spelled[*at].as_str(), "do" | "vi\u{300}" | "vi" | "tại") && line.is_word(*at)
    });
    if reason.is_some_and(|at| figure(range.start, at) && !figure(at, range.end)) {
        return true;
    }
    let nobody = line.is(denial.end, words!["ai"]) && line.is(denial.end + 1, words!["bi", "sao"]);
    let well = line.is(denial.end, FINE)
        && (!line.is(denial.end, words!["van"]) || line.is(denial.end + 1, words!["de"]))
        && (!line.is(denial.end, words!["so"]) || line.spelled[denial.end] == "sơ\u{323}");
    ceased || nobody || well
}

/// "Không có vụ nào", "ko nhóm lớp nào bị ngập", "không xảy ra vụ ngộ độc nào": none of what is counted, and no refusal.
fn is_nothing(line: &Line, range: &Range<usize>, denial: &Hit, hits: &[Hit]) -> bool {
    if !line.is(denial.start, words!["khong", "chang", "cha", "no"]) {
        return false;
    }
    let lead = |at: &usize| {
        line.is(
            *at,
            words!["co", "xay", "ra", "phat", "sinh", "ghi", "nhan", "bi", "thay", "them", "con", "mot"],
        )
    };
    let noun = (denial.end..range.end).find(|at| !lead(at)).unwrap_or(range.end);
    let closed = (noun + 1..(noun + 7).min(range.end)).find(|at| line.is(*at, words!["nao", "mo", "het"]));
    let counted = phrases().is_counted(line.word(noun))
        || line.is(noun, words!["truong", "hop", "benh", "dich", "mon"]);
    let blocked = |h: &Hit| {
        h.start >= denial.end
            && (h.tag == Tag::NoFigure
                || matches!(h.tag, Tag::HandIn | Tag::Doing | Tag::Finish)
                    && !line.is(h.start, words!["bao", "bc"]))
    };
    closed.is_some() && counted && !hits.iter().any(blocked)
}

/// "Mới được 8 lớp", "đang nhập", "còn 1 lớp thôi"; not "đang họp", which says nothing of the work.
fn unfinished_work(line: &Line, range: &Range<usize>, hits: &[Hit]) -> bool {
    let verb = |h: &Hit| matches!(h.tag, Tag::HandIn | Tag::Finish | Tag::Doing);
    let begun = hits.iter().filter(|h| h.tag == Tag::Unfinished).any(|h| {
        let bare = h.end - h.start == 1 && line.is(h.start, words!["dang", "cho", "doi"]);
        !bare || hits.iter().any(|v| verb(v) && v.start >= h.end && v.start - h.end <= 2)
    });
    // "Năm ngoái 12 cháu, năm nay còn 7 thôi" compares.
    let compared = hits.iter().any(|h| h.tag == Tag::Former);
    let rest = !compared
        && range.clone().any(|at| {
            line.is(at, words!["con"])
                && !(at > range.start && line.is(at - 1, words!["giam", "xuong", "rut"]))
                && (line.number(at + 1).is_some() || line.is(at + 1, words!["mot", "vai", "may", "it"]))
                && !(at + 2..(at + 6).min(range.end)).any(|n| line.is_sign(n, '%'))
                && (at + 2..(at + 6).min(range.end)).any(|n| line.is(n, words!["thoi", "nua"]))
        });
    // "Xong rồi, còn 2 lớp", "làm xong phần nhân sự còn phần trẻ": what is left of the work.
    const OF_WORK: &[Key] = words!["phan", "bieu", "lop", "muc", "khoi", "nhom", "to", "file", "ban", "cau"];
    let left = !compared
        && range.clone().any(|at| {
            line.is(at, words!["con"])
                && hits.iter().any(|h| verb(h) && h.end <= at)
                && (line.is(at + 1, &OF_WORK[..3]) && line.is_word(at + 2)
                    || (line.number(at + 1).is_some()
                        || line.is(at + 1, words!["mot", "vai", "may", "hai", "ba"]))
                        && line.is(at + 2, OF_WORK))
        });
    begun || rest || left
}

/// A verb with a word of the past: "đã nộp", "nộp … rồi", "gửi hôm qua".
fn is_done(line: &Line, hits: &[Hit], verbs: &[Tag]) -> bool {
    hits.iter().filter(|h| verbs.contains(&h.tag)).any(|verb| {
        hits.iter().any(|past| match past.tag {
            // "Đã ban hành và gửi".
            Tag::PastBefore
                if line.is(verb.start.wrapping_sub(1), words!["va"])
                    && past.end <= verb.start
                    && verb.start - past.end <= 10 =>
            {
                line.spelled[past.start] != "da"
            }
            Tag::PastBefore => {
                // "da" without marks may be "dạ": only right before the verb.
                let sure = line.spelled[past.start] != "da";
                past.end <= verb.start && verb.start - past.end <= if sure { 4 } else { 0 }
            }
            Tag::PastAfter => past.start >= verb.end && past.start - verb.end <= 14,
            Tag::PastTime => past.start.abs_diff(verb.start) <= 10,
            _ => false,
        })
    })
}

pub(super) fn ends_sentence(line: &Line, at: usize) -> bool {
    ['.', '!', '?', ',', ';'].into_iter().any(|sign| line.is_sign(at, sign)) || line.begins_line(at)
}

/// "Tiêm 210 chưa 4": behind a figure, those who are not yet.
fn labels_rest(line: &Line, hit: &Hit) -> bool {
    let figure = |at: usize| line.number(at).is_some();
    let before = hit.start > 0
        && (figure(hit.start - 1)
            || hit.start > 1 && figure(hit.start - 2) && phrases().is_counted(line.word(hit.start - 1)));
    line.is(hit.start, words!["chua", "khong"]) && before && figure(hit.end)
}

/// "không đạt 3": the refusal is part of the name of a figure.
fn labels_figure(line: &Line, hit: &Hit, hits: &[Hit]) -> bool {
    let number = |at: usize| super::figures::next_is_number(line, at) && !line.is(at, words!["khong"]);
    let verb = |at: usize| {
        hits.iter()
            .any(|h| h.start == at && matches!(h.tag, Tag::HandIn | Tag::Doing | Tag::Finish | Tag::Received))
    };
    let behind = hit.end;
    (number(behind + 1) && line.is_word(behind)
        || number(behind + 2) && line.is_word(behind) && line.is_word(behind + 1))
        && !verb(behind)
        && !line.is(behind, words!["phai", "co", "kip", "duoc", "xong", "the"])
}

fn line_has(line: &Line, range: &Range<usize>, sign: char) -> bool {
    range.clone().any(|at| line.is_sign(at, sign))
}

fn has_thumb(line: &Line, range: &Range<usize>) -> bool {
    ['👍', '👌', '✅', '🆗', '🫡', '✔'].into_iter().any(|sign| line_has(line, range, sign))
}

fn only_small_words(line: &Line, range: &Range<usize>, hits: &[Hit]) -> bool {
    range.clone().filter(|at| line.is_word(*at)).all(|at| {
        let small = |h: &Hit| matches!(h.tag, Tag::Particle | Tag::PastAfter | Tag::Ack | Tag::Yes);
        hits.iter().any(|h| small(h) && h.start <= at && at < h.end)
            || line.is(at, words!["truong", "ben", "toi", "minh"])
    })
}
