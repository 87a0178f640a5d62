//! Numbers that are no figures: parts of dates, clock times, telephones, links, codes, names, ages and measures of time.

use super::key::{Key, words};
use super::line::Line;
use super::orders::{measure, order};
use super::phrases::phrases;
use super::schools::Found;
use crate::vietnamese::{Token, TokenKind, clock_at, day_at, weekday_at};

/// What a token is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Mark {
    /// Nothing of the kind: a number may be a figure, a word a label.
    Free,
    Link,
    Phone,
    /// A date, a weekday, a bare day of the month.
    Day,
    Clock,
    /// The code of a task.
    Code,
    /// The number of a document.
    Document,
    /// An age: it may be part of a label.
    Age,
    Class,
    School,
    /// The number of a form, term, week, version: `biểu 2`, `quý 3`, `lần 1`.
    Order,
    /// So many days, times, messages.
    Measure,
    /// `3-5`: neither a date nor an age for sure.
    Range,
    Secret,
}

/// Looks at one token: the mark, its first token and the one behind its last.
type Scanner = fn(&Line, usize) -> Option<(Mark, usize, usize)>;

/// The mark of each token.
pub(super) fn marks(line: &Line, schools: &[Found]) -> Vec<Mark> {
    let mut marks = vec![Mark::Free; line.len()];
    for found in schools {
        marks[found.tokens.clone()].fill(Mark::School);
    }
    links(line, &mut marks);
    let scanners: [Scanner; 10] = [phone, document, age, clock, weekday, code, class, date, order, measure];
    for at in 0..line.len() {
        if line.is_word(at)
            && marks[at] == Mark::Free
            && let Some((_, end)) = day_in_words(line, at)
        {
            marks[at..end].fill(Mark::Day);
        }
    }
    for at in 0..line.len() {
        if marks[at] != Mark::Free
            || line.number(at).is_none() && !starts_weekday(line, at) && !line.is_sign(at, '+')
        {
            continue;
        }
        // "1.2 tỷ" is money and no day.
        let money = line.number(at).is_some()
            && (line.is_sign(at + 1, '.') || line.is_sign(at + 1, ','))
            && line.number(at + 2).is_some()
            && line.is(at + 3, words!["ty", "ti", "trieu", "tr"]);
        let money = money || is_in_thousands(line, at);
        let found = scanners.iter().find_map(|scan| scan(line, at)).filter(|_| !money);
        if let Some((mark, start, end)) = found {
            for slot in &mut marks[start..end.min(line.len())] {
                if *slot == Mark::Free {
                    *slot = mark;
                }
            }
        }
    }
    marks
}

/// `1.350.000`, `15.000`: groups of three digits are an amount and no day, unless they are a telephone's or an account's.
fn is_in_thousands(line: &Line, at: usize) -> bool {
    let sign = |n: usize| line.is_sign(n, '.') || line.is_sign(n, ',');
    let group = |n: usize| {
        sign(n)
            && line.is_glued(n)
            && line.is_glued(n + 1)
            && line.tokens.get(n + 1).is_some_and(|t| t.number().is_some() && t.width() == 3)
    };
    let first = line.tokens[at].number().is_some()
        && line.tokens[at].width() <= 3
        && !line.tokens[at].folded.starts_with('0');
    let mut end = at + 1;
    while group(end) {
        end += 2;
    }
    let whole = !(sign(end) || line.is_sign(end, '-') || line.is_sign(end, '/'))
        || !line.is_glued(end + 1)
        || line.number(end + 1).is_none();
    first && end > at + 1 && whole && phone(line, at).is_none() && document(line, at).is_none()
}

/// The links of a message, as typed.
pub(super) fn links_in(text: &str) -> Vec<String> {
    text.split_whitespace().filter_map(link).map(str::to_owned).collect()
}

/// A word that has the shape of an address on the web: a scheme, or a domain with a path.
fn link(word: &str) -> Option<&str> {
    let word = word
        .trim_start_matches(['(', '<', '"', '“', '['])
        .trim_end_matches([')', '>', '"', '”', ']', ',', ';', '!', '?', '.']);
    let lower = word.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host_of = |s: &str| s.split(['/', '?', '#', ':']).next().unwrap_or_default().to_owned();
    let told = rest.unwrap_or(&lower);
    let host = host_of(told);
    let labels: Vec<&str> = host.split('.').collect();
    let real = labels.len() >= 2
        && labels.iter().all(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        && labels.last().is_some_and(|tld| tld.len() >= 2 && tld.bytes().all(|b| b.is_ascii_alphabetic()));
    let path = told[host.len()..].starts_with('/');
    // A bare word with a point in it may be two sentences or a file name; with a path or "www" it is an address.
    (real && (rest.is_some() || path || host.starts_with("www."))).then_some(word)
}

fn links(line: &Line, marks: &mut [Mark]) {
    let base = line.text.as_ptr() as usize;
    let found = line.text.split_whitespace().filter_map(link).map(|word| {
        let start = word.as_ptr() as usize - base;
        start..start + word.len()
    });
    let addresses = line.text.split_whitespace().filter(|w| w.contains('@') && w.contains('.')).map(|word| {
        let start = word.as_ptr() as usize - base;
        start..start + word.len()
    });
    for span in found.chain(addresses) {
        for (token, mark) in line.tokens.iter().zip(marks.iter_mut()) {
            if span.contains(&token.start) {
                *mark = Mark::Link;
            }
        }
    }
}

/// 9 to 11 digits in groups, with a leading 0 or 84, or in one run; `+84`.
fn phone(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    let plus = line.is_sign(at, '+');
    let first = if plus { at + 1 } else { at };
    let head = line.tokens.get(first).filter(|t| t.number().is_some())?;
    if head.width() >= 9 {
        // One long run: money only when it says so.
        let money = line.is(first + 1, words!["dong", "d", "vnd", "trieu"]) || money_before(line, first);
        let leading = head.folded.starts_with('0') || head.folded.starts_with("84");
        return (head.width() <= 13 && (leading || !money)).then_some((Mark::Phone, at, first + 1));
    }
    let dialled = head.folded.starts_with('0') && head.width() >= 2 || plus && head.folded.starts_with("84");
    let called = first > 0 && line.is(first - 1, words!["sdt", "dt", "phone", "zalo", "thoai"]);
    if !dialled && !called {
        return None;
    }
    let mut digits = head.width();
    let mut end = first + 1;
    while digits < 11 {
        let sign = line.is_sign(end, '.') || line.is_sign(end, '-');
        let next = if sign { end + 1 } else { end };
        let Some(token) = line.tokens.get(next).filter(|t| t.number().is_some() && t.width() >= 2) else {
            break;
        };
        if token.start - line.tokens[next - 1].end > 1 {
            break;
        }
        digits += token.width();
        end = next + 1;
    }
    (digits >= 9).then_some((Mark::Phone, at, end))
}

fn money_before(line: &Line, at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|n| line.is(n, words!["thu", "chi", "phi", "tien", "quy", "tong"]))
}

/// `47/BC-MN`, `số 47`, `công văn 123`, `stk 1900 2011 000`.
fn document(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    if names_an_account(line, at) {
        let mut end = at + 1;
        while line.number(end).is_some() {
            end += 1;
        }
        return Some((Mark::Document, at, end));
    }
    let slash = line.is_sign(at + 1, '/') && line.is_glued(at + 1) && line.is_glued(at + 2);
    let letters =
        line.tokens.get(at + 2).is_some_and(|t| t.kind == TokenKind::Word && t.capital && t.width() >= 2);
    let year = line.tokens.get(at + 2).is_some_and(|t| t.width() == 4 && t.number().is_some())
        && line.is_sign(at + 3, '/')
        && line.tokens.get(at + 4).is_some_and(|t| t.kind == TokenKind::Word && t.capital);
    if slash && (letters && all_capitals(line, at + 2) || year) {
        let mut end = at + 3;
        while line.is_glued(end) && end < line.len() {
            end += 1;
        }
        return Some((Mark::Document, at, end));
    }
    let value = line.number(at).unwrap_or_default();
    // "5 hđ 111": the decree by which they are hired.
    let hired = at >= 2
        && value >= 60
        && (line.is(at - 1, words!["hd"]) && line.number(at - 2).is_some()
            || at >= 3 && words(line, at - 2, &["hop", "dong"]) && line.number(at - 3).is_some());
    let paper = at >= 2
        && words(line, at - 2, &["van", "ban"])
        && value >= 20
        && !phrases().is_counted(line.word(at + 1));
    let named = hired
        || paper
        || at >= 1 && line.is(at - 1, words!["cv", "qd", "kh", "tt", "nd", "tb"])
        || at >= 2
            && (words(line, at - 2, &["cong", "van"])
                || words(line, at - 2, &["van", "so"])
                || words(line, at - 2, &["quyet", "dinh"])
                || words(line, at - 2, &["thong", "tu"])
                || words(line, at - 2, &["ke", "hoach"])
                || words(line, at - 2, &["cv", "so"])
                || words(line, at - 2, &["nghi", "dinh"]))
        || at >= 3
            && (words(line, at - 3, &["van", "ban", "so"]) || words(line, at - 3, &["ke", "hoach", "so"]));
    named.then_some((Mark::Document, at, at + 1))
}

/// Numbers of accounts, receipts, parcels: behind their noun, or with zeros in front that no count has.
fn names_an_account(line: &Line, at: usize) -> bool {
    let before = |n: usize, words: &[Key]| at >= n && line.is(at - n, words);
    let nouns = words!["stk", "tk", "ma", "don", "khoan", "bien", "serial", "imei", "cccd", "cmnd", "seri"];
    // "Các khoản 214 triệu" are no account.
    let named = before(1, nouns)
        && !before(1, words!["don"])
        && (!before(1, words!["khoan"]) || before(2, words!["tai"]))
        || before(2, words!["van"]) && before(1, words!["don"]);
    let group = line.is_glued(at) && (line.is_sign(at - 1, '.') || line.is_sign(at - 1, ','));
    let zeros = !group && line.tokens[at].folded.starts_with("00") && line.tokens[at].width() >= 3;
    let counted = phrases().is_counted(line.word(at + 1));
    (named || zeros)
        && line.tokens[at].width() >= 3
        && !counted
        && !line.is(at + 1, words!["trieu", "tr", "dong"])
}

fn all_capitals(line: &Line, at: usize) -> bool {
    line.printed(at..at + 1).chars().all(|c| !c.is_lowercase())
}

/// `5 tuổi`, `3-4 tuổi`, `24 tháng tuổi`.
fn age(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    let dash = line.tokens.get(at + 1).is_some_and(Token::is_dash) || line.is(at + 1, words!["den", "/"]);
    // "28" and the next line of a list: "- 4 tuổi: 33".
    let dash = dash && !line.begins_line(at + 1) && !line.begins_line(at + 2);
    let last = if dash && line.number(at + 2).is_some() { at + 2 } else { at };
    let end = if words(line, last + 1, &["thang", "tuoi"]) { last + 3 } else { last + 2 };
    (line.is(end - 1, words!["tuoi"]) && line.number(last).is_some_and(|n| n <= 72)).then_some((
        Mark::Age,
        at,
        end,
    ))
}

fn clock(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    let (_, end) = clock_at(&line.text, &line.tokens, at)?;
    // "10h kém 5".
    let short = line.is(end, words!["kem"]) && line.number(end + 1).is_some();
    Some((Mark::Clock, at, if short { end + 2 } else { end }))
}

fn starts_weekday(line: &Line, at: usize) -> bool {
    line.is(at, words!["thu", "chu", "t"])
}

/// `thứ 6`, `t6`, `chủ nhật`.
fn weekday(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    if line.is(at, words!["t"]) {
        let day = line.number(at + 1).filter(|d| (2..=7).contains(d) && line.is_glued(at + 1));
        return day.map(|_| (Mark::Day, at, at + 2));
    }
    let (_, end) = weekday_at(&line.text, &line.tokens, at)?;
    // "thu 2 triệu" in a text without marks is money.
    let counted = line.number(at + 1).is_some()
        && line.is(end, words!["trieu", "tr", "ty", "nghin", "khoan", "dong", "lop", "chau"]);
    (!counted).then_some((Mark::Day, at, end))
}

/// `5A`, `NT2`, `Lá 1`, `Mầm 2`, `vào lớp 1`.
fn class(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    let value = line.number(at)?;
    if line.is_glued(at + 1) && line.is_word(at + 1) && value <= 12 {
        let letter = line.tokens[at + 1].width() == 1 && line.tokens[at + 1].capital;
        // "4TB", "5TA": letters in capitals that are no unit.
        let code = line.tokens[at + 1].capital
            && (2..=3).contains(&line.tokens[at + 1].width())
            && value <= 6
            && all_capitals(line, at + 1)
            && (0..line.len())
                .any(|n| line.is_word(n) && line.tokens[n].width() > 1 && !all_capitals(line, n))
            && !phrases().is_counted(line.word(at + 1))
            && line.word(at + 1).is_some_and(|w| phrases().concepts(&[w]).concepts.is_empty());
        if (letter || code) && !line.is_sign(at + 2, '%') {
            return Some((Mark::Class, at, at + 2));
        }
    }
    if at == 0 || !line.is_word(at - 1) {
        return None;
    }
    let before = &line.tokens[at - 1];
    if line.is_glued(at) && !matches!(before.folded.as_str(), "tr" | "trieu" | "ty" | "ti" | "k" | "h" | "g")
    {
        let label = line.word(at - 1).is_some_and(|w| !phrases().concepts(&[w]).concepts.is_empty())
            || before.folded == "ts";
        let class =
            value <= 12 && (matches!(before.folded.as_str(), "nt" | "mg") || !label) || before.folded == "hk";
        return class.then_some((Mark::Class, at - 1, at + 1));
    }
    let named = matches!(before.folded.as_str(), "la" | "mam" | "choi") && before.capital && value <= 12;
    let entering = before.folded == "lop"
        && value <= 12
        && at >= 2
        && line.is(at - 2, words!["vao", "len", "hoc", "khoi", "day", "co", "thay", "phan", "bai"])
        || before.folded == "lop" && value == 1 && at >= 2 && line.is(at - 2, words!["ky"])
        || before.folded == "lop" && is_grade(line, at, value);
    // "Lớp Nhỡ 3", "lớp Thỏ Hồng 2": behind the name of a class.
    let capitals =
        (1..=3).take_while(|n| at > *n && line.is_word(at - n) && line.tokens[at - n].capital).count();
    let of_class = capitals > 0
        && value <= 12
        && at > capitals
        && line.is(at - capitals - 1, words!["lop"])
        && !phrases().is_counted(line.word(at + 1));
    (named || entering || of_class).then_some((Mark::Class, at - 1, at + 1))
}

/// "Lớp 6: 5 lớp", "60 bộ SGK lớp 1", "lớp 5 làm bài": the grade, not how many classes.
fn is_grade(line: &Line, at: usize, value: u32) -> bool {
    const LEARN: &[Key] = words!["lam", "hoc", "thi", "nop", "du"];
    if value > 12 {
        return false;
    }
    let colon = line.is_sign(at + 1, ':');
    let learns = line.is(at + 1, LEARN);
    let of_things = value <= 5
        && at >= 3
        && (at.saturating_sub(5)..at - 2).any(|n| {
            line.number(n).is_some()
                && line.is(n + 1, words!["bo", "quyen", "cuon", "em", "hs", "sgk", "hoc"])
                && (n + 1..at).all(|m| line.is_word(m))
        });
    let counted = line.is_word(at + 1) && phrases().is_counted(line.word(at + 1));
    let listed = at >= 2 && line.is(at - 2, words!["ds", "sach", "sinh"]);
    // "5 lớp 1, 178 HS": five classes of the first grade.
    let classes = value <= 5
        && at >= 2
        && line.number(at - 2).is_some()
        && !line.is_word(at + 1)
        && at + 1 < line.len();
    colon || learns || listed || classes || of_things && !counted
}

/// `V12`, `v 12`, `việc 12`.
fn code(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    let before = at.checked_sub(1)?;
    // "v 5" is also five absent.
    let letter =
        line.is(before, words!["v"]) && (line.is_glued(at) || line.tokens[before].capital || before == 0);
    let word = line.is(before, words!["viec"]) && !phrases().is_counted(line.word(at + 1));
    (letter || word).then_some((Mark::Code, before, at + 1))
}

/// A date, or a bare day behind a word that names one.
fn date(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    const NAMES_A_DAY: [&str; 17] = [
        "ngay", "mung", "mong", "han", "den", "toi", "sang", "hom", "truoc", "qua", "chieu", "toi", "trua",
        "lui", "vao", "tu", "het",
    ];
    let named = at > 0 && NAMES_A_DAY.contains(&line.folded(at - 1));
    if is_in_row(line, at) {
        return None;
    }
    if let Some((day, end)) = day_at(&line.text, &line.tokens, at) {
        let counted = phrases().is_counted(line.word(end)) && !line.is(end, words!["em", "co", "con"]);
        let share = line.is_sign(at + 1, '/') && day.year.is_none() && counted;
        // "11/11 lớp có tivi".
        let worked = at > 0 && line.is(at - 1, words!["duoc", "xong", "moi", "thanh", "can", "lam"]);
        let part = !worked
            && line.number(at) <= line.number(at + 2)
            && line.is_glued(at + 1)
            && line.is_glued(at + 2);
        if share
            && !named
            && part
            && line.is(end, words!["lop", "chau", "tre", "nhom", "hs", "nguoi", "gv", "be"])
        {
            return None;
        }
        if day.weak && !named {
            return Some((Mark::Range, at, end));
        }
        return Some((if share && !named { Mark::Range } else { Mark::Day }, at, end));
    }
    // A day that no calendar has (31/9) is no ratio.
    let parts = (line.number(at), line.number(at + 2));
    if let (Some(day @ 1..=31), Some(1..=12)) = parts
        && (line.is_sign(at + 1, '/') || line.is_sign(at + 1, '-'))
        && line.is_glued(at + 1)
        && line.is_glued(at + 2)
        && !(line.is_sign(at + 3, '/') || line.is_sign(at + 3, '%'))
        && (day > 12 || named)
        && !(at > 0 && line.is_sign(at - 1, '/'))
    {
        return Some((Mark::Day, at, at + 3));
    }
    if let (Some(_), Some(_)) = parts
        && line.tokens.get(at + 1).is_some_and(Token::is_dash)
        && line.is_glued(at + 1)
        && line.is_glued(at + 2)
    {
        return Some((Mark::Range, at, at + 3));
    }
    let value = line.number(at)?;
    let year = (1990..=2100).contains(&value)
        && (at > 0 && line.is(at - 1, words!["nam", "moi", "hoc", "thang", "sinh", "sn"]));
    // "Hết hạn 6 bình": what has run out, counted.
    let run_out = at > 1 && words(line, at - 2, &["het", "han"]) && line.is_word(at + 1);
    let bare = at > 0
        && line.is(at - 1, words!["ngay", "mung", "mong", "han", "thang", "hom"])
        && value <= 31
        && !run_out
        && !costs(line, at)
        && !counts_what_is_valid(line, at);
    // "Bye 2026": a year, where nothing names it as a figure.
    let alone = (2020..=2040).contains(&value)
        && line.tokens[at].width() == 4
        && at > 0
        && line.is_word(at - 1)
        && !line.is_word(at + 1)
        && line
            .word(at - 1)
            .is_some_and(|w| !phrases().is_filler(w) && phrases().concepts(&[w]).concepts.is_empty());
    let year = year || alone;
    let tet = line.is(at + 1, words!["tet"]) && value <= 31
        || words(line, at + 1, &["am", "lich"]) && value <= 30
        || is_on_roster(line, at);
    // "em nộp trước 23".
    let by = at > 0
        && value <= 31
        && line.is(at - 1, words!["truoc"])
        && !line.is_word(at + 1)
        && (at.saturating_sub(4)..at).any(|n| line.is(n, words!["nop", "gui", "xong", "trinh", "bao"]));
    (year || bare || tet || by).then_some((Mark::Day, at, at + 1))
}

/// "Còn hạn 17, hết hạn 5": so many are still good and so many are not.
pub(super) fn counts_what_is_valid(line: &Line, at: usize) -> bool {
    let state = |n: usize, word: &str| words(line, n, &[word, "han"]) && line.number(n + 2).is_some();
    let behind = at >= 2 && (state(at - 2, "con") || state(at - 2, "het"));
    behind && (0..line.len()).any(|n| state(n, "con"))
}

/// "28 thầy Hải, 29 cô Nhàn, 30 với mùng 1 chú Sáu": the days of a roster, each with its person.
fn is_on_roster(line: &Line, at: usize) -> bool {
    const TITLES: &[Key] = words!["thay", "co", "chu", "bac", "anh", "chi", "ong", "ba", "em"];
    let named = |n: usize| {
        let title = line.is(n + 1, TITLES) || words(line, n + 1, &["bao", "ve"]);
        let day = line.number(n).is_some_and(|d| (1..=31).contains(&d));
        day && title
            && (n + 2..n + 5)
                .take_while(|m| line.is_word(*m))
                .any(|m| line.tokens[m].capital && !line.begins_line(m))
    };
    let joined = |n: usize| {
        line.number(n).is_some_and(|d| (20..=31).contains(&d))
            && (line.is(n + 1, words!["voi", "va", "den"]) || line.is_sign(n + 1, ','))
            && line.is(n + 2, words!["mung", "mong"])
    };
    let opens = |n: usize| {
        n == 0 || !line.is_word(n - 1) || line.is(n - 1, words!["ngay", "va", "voi", "tet", "truc"])
    };
    let item = |n: usize| (named(n) || joined(n)) && opens(n);
    item(at) && (0..line.len()).filter(|n| item(*n)).count() >= 2
}

/// "Mười hai tháng mười hai", "mùng hai": the day and its month, if one is said.
pub(super) fn day_in_words(line: &Line, at: usize) -> Option<((u32, Option<u32>), usize)> {
    let (amount, end) = line.amount(at).filter(|(a, _)| a.in_words)?;
    let day = amount.whole().and_then(|n| u32::try_from(n).ok()).filter(|n| (1..=31).contains(n))?;
    if line.is(end, words!["thang"]) && !phrases().is_counted(line.word(at.wrapping_sub(1))) {
        let month = crate::vietnamese::month_number_at(&line.text, &line.tokens, end + 1);
        if let Some((month, next)) = month {
            return Some(((day, Some(month)), next));
        }
    }
    let named = at > 0 && line.is(at - 1, words!["mung", "mong"]);
    (named && day <= 10).then_some(((day, None), end))
}

/// "Mỗi ngày 25k": what it costs, no day of the month.
fn costs(line: &Line, at: usize) -> bool {
    line.is(at + 1, words!["k", "tr", "ngan", "nghin", "trieu"])
        || at > 1 && line.spelled[at - 2].starts_with("mô\u{303}")
}

/// "198-5-7-3-2": figures in a row, too many or too large for a date.
pub(super) fn is_in_row(line: &Line, at: usize) -> bool {
    let joined =
        |n: usize| line.tokens.get(n).is_some_and(Token::is_dash) && line.is_glued(n) && line.is_glued(n + 1);
    let mut first = at;
    while first >= 2 && joined(first - 1) && line.number(first - 2).is_some() {
        first -= 2;
    }
    let mut row = vec![first];
    while joined(row[row.len() - 1] + 1) && line.number(row[row.len() - 1] + 2).is_some() {
        row.push(row[row.len() - 1] + 2);
    }
    let date = row.len() == 3
        && line.number(row[0]).is_some_and(|d| (1..=31).contains(&d))
        && line.number(row[1]).is_some_and(|m| (1..=12).contains(&m))
        && matches!(line.tokens[row[2]].width(), 2 | 4);
    row.len() >= 3 && !date || is_in_slashed_row(line, at)
}

/// "224 / 205 / 9 / 7 / 3": four numbers and more are no day and no share.
fn is_in_slashed_row(line: &Line, at: usize) -> bool {
    let joined =
        |n: usize| line.is_sign(n + 1, '/') && line.number(n + 2).is_some() && !line.begins_line(n + 2);
    let mut first = at;
    while first >= 2 && line.number(first - 2).is_some() && joined(first - 2) {
        first -= 2;
    }
    (0..3).all(|n| line.number(first + 2 * n).is_some() && joined(first + 2 * n))
}

/// Whether these folded words stand at `at`.
pub(super) fn words(line: &Line, at: usize, words: &[&str]) -> bool {
    words.iter().enumerate().all(|(n, word)| line.folded(at + n) == *word)
}

#[cfg(test)]
mod tests {
    use super::links_in;

    #[test]
    fn an_address_has_a_host_and_perhaps_a_path_whatever_letters_stand_there() {
        let table: [(&str, &[&str]); 4] = [
            ("gửi chị (https://drive.example.com/a?b=1)", &["https://drive.example.com/a?b=1"]),
            ("forms.example.vn/x rồi ạ", &["forms.example.vn/x"]),
            ("(https://gọi1900 (http://ọ.ọ/ọ", &[]),
            ("xong.Rồi ạ", &[]),
        ];
        for (text, want) in table {
            assert_eq!(links_in(text), want, "{text}");
        }
    }
}
