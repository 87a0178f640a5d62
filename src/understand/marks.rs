//! Numbers that are no figures: parts of dates, clock times, telephones, links, codes, names, ages and measures of time.

use std::sync::OnceLock;

use super::line::Line;
use super::phrases::{Known, Word, phrases};
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
        if marks[at] != Mark::Free
            || line.number(at).is_none() && !starts_weekday(line, at) && !line.is_sign(at, '+')
        {
            continue;
        }
        let found = scanners.iter().find_map(|scan| scan(line, at));
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
    let host = host_of(rest.unwrap_or(&lower));
    let labels: Vec<&str> = host.split('.').collect();
    let real = labels.len() >= 2
        && labels.iter().all(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        && labels.last().is_some_and(|tld| tld.len() >= 2 && tld.bytes().all(|b| b.is_ascii_alphabetic()));
    let path = lower.len() > host.len() && lower[host.len()..].starts_with('/');
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
        let money = line.is(first + 1, &["dong", "d", "vnd", "trieu"]) || money_before(line, first);
        let leading = head.folded.starts_with('0') || head.folded.starts_with("84");
        return (head.width() <= 13 && (leading || !money)).then_some((Mark::Phone, at, first + 1));
    }
    let dialled = head.folded.starts_with('0') && head.width() >= 2 || plus && head.folded.starts_with("84");
    let called = first > 0 && line.is(first - 1, &["sdt", "dt", "phone", "zalo", "thoai"]);
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
    (at.saturating_sub(3)..at).any(|n| line.is(n, &["thu", "chi", "phi", "tien", "quy", "tong"]))
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
    let named = at >= 1 && line.is(at - 1, &["cv", "qd", "kh", "tt", "nd", "tb"])
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
    let before = |n: usize, words: &[&str]| at >= n && line.is(at - n, words);
    let nouns = ["stk", "ma", "don", "khoan", "bien", "serial", "imei", "cccd", "cmnd", "seri"];
    let named = before(1, &nouns) && !before(1, &["don"]) || before(2, &["van"]) && before(1, &["don"]);
    let group = line.is_glued(at) && (line.is_sign(at - 1, '.') || line.is_sign(at - 1, ','));
    let zeros = !group && line.tokens[at].folded.starts_with("00") && line.tokens[at].width() >= 3;
    let counted = phrases().is_counted(line.word(at + 1));
    (named || zeros) && line.tokens[at].width() >= 3 && !counted && !line.is(at + 1, &["trieu", "tr", "dong"])
}

fn all_capitals(line: &Line, at: usize) -> bool {
    line.printed(at..at + 1).chars().all(|c| !c.is_lowercase())
}

/// `5 tuổi`, `3-4 tuổi`, `24 tháng tuổi`.
fn age(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    let dash = line.tokens.get(at + 1).is_some_and(Token::is_dash) || line.is(at + 1, &["den", "/"]);
    let last = if dash && line.number(at + 2).is_some() { at + 2 } else { at };
    let end = if words(line, last + 1, &["thang", "tuoi"]) { last + 3 } else { last + 2 };
    (line.is(end - 1, &["tuoi"]) && line.number(last).is_some_and(|n| n <= 72)).then_some((
        Mark::Age,
        at,
        end,
    ))
}

fn clock(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    let (_, end) = clock_at(&line.text, &line.tokens, at)?;
    Some((Mark::Clock, at, end))
}

fn starts_weekday(line: &Line, at: usize) -> bool {
    line.is(at, &["thu", "chu", "t"])
}

/// `thứ 6`, `t6`, `chủ nhật`.
fn weekday(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    if line.is(at, &["t"]) {
        let day = line.number(at + 1).filter(|d| (2..=7).contains(d) && line.is_glued(at + 1));
        return day.map(|_| (Mark::Day, at, at + 2));
    }
    let (_, end) = weekday_at(&line.text, &line.tokens, at)?;
    // "thu 2 triệu" in a text without marks is money.
    let counted = line.number(at + 1).is_some()
        && line.is(end, &["trieu", "tr", "ty", "nghin", "khoan", "dong", "lop", "chau"]);
    (!counted).then_some((Mark::Day, at, end))
}

/// `5A`, `NT2`, `Lá 1`, `Mầm 2`, `vào lớp 1`.
fn class(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    let value = line.number(at)?;
    if line.is_glued(at + 1) && line.is_word(at + 1) && value <= 12 {
        let letter = line.tokens[at + 1].width() == 1 && line.tokens[at + 1].capital;
        if letter && !line.is_sign(at + 2, '%') {
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
        && line.is(at - 2, &["vao", "len", "hoc", "khoi", "day", "co", "thay"])
        || before.folded == "lop" && value == 1 && line.is(at - 2, &["ky"]);
    (named || entering).then_some((Mark::Class, at - 1, at + 1))
}

/// `V12`, `v 12`, `việc 12`.
fn code(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    let before = at.checked_sub(1)?;
    // "v 5" is also five absent.
    let letter = line.is(before, &["v"]) && (line.is_glued(at) || line.tokens[before].capital || before == 0);
    let word = line.is(before, &["viec"]) && !phrases().is_counted(line.word(at + 1));
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
        let counted = phrases().is_counted(line.word(end)) && !line.is(end, &["em", "co", "con"]);
        let share = line.is_sign(at + 1, '/') && day.year.is_none() && counted;
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
        && (at > 0 && line.is(at - 1, &["nam", "moi", "hoc", "thang", "sinh", "sn"]));
    let bare = at > 0 && line.is(at - 1, &["ngay", "mung", "mong", "han", "thang"]) && value <= 31;
    let tet = line.is(at + 1, &["tet"]) && value <= 31;
    // "em nộp trước 23".
    let by = at > 0
        && value <= 31
        && line.is(at - 1, &["truoc"])
        && !line.is_word(at + 1)
        && (at.saturating_sub(4)..at).any(|n| line.is(n, &["nop", "gui", "xong", "trinh", "bao"]));
    (year || bare || tet || by).then_some((Mark::Day, at, at + 1))
}

/// "198-5-7-3-2": figures in a row, too many or too large for a date.
fn is_in_row(line: &Line, at: usize) -> bool {
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
    row.len() >= 3 && !date
}

static ORDERS_KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
static MEASURES_KNOWN: OnceLock<Vec<Known>> = OnceLock::new();

/// Whether a word is one of a list that is compiled once.
fn is_one_of(compiled: &'static OnceLock<Vec<Known>>, list: &[&str], word: Word) -> bool {
    compiled.get_or_init(|| list.iter().map(|w| Known::new(w)).collect()).iter().any(|known| known.is(word))
}

/// `biểu 01`, `lần 2`, `quý 3`, `tuần 4`, `mật khẩu 1234`.
fn order(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    const ORDERS: [&str; 17] = [
        "biểu", "lần", "quý", "tuần", "đợt", "kỳ", "khóa", "mục", "cột", "dòng", "phiếu", "mẫu", "khối",
        "tổ", "câu", "bước", "bản",
    ];
    let dot = line.is_sign(at + 1, '.') && !line.is_glued(at + 2) && at + 2 < line.len();
    if is_list_number(line, at) {
        return Some((Mark::Order, at, at + 2));
    }
    if line.begins_line(at) && line.number(at).is_some_and(|n| n <= 20) && (dot || line.is_sign(at + 1, ')'))
    {
        return Some((Mark::Order, at, at + 2));
    }
    if at == 0 {
        return None;
    }
    let told =
        usize::from(line.is(at - 1, &["la"]) || line.is_sign(at - 1, ':') || line.is_sign(at - 1, '='));
    let secret =
        |n: usize| line.is(n, &["pass", "pin", "mk", "otp"]) || n > 0 && words(line, n - 1, &["mat", "khau"]);
    if at > told && secret(at - 1 - told) {
        return Some((Mark::Secret, at, at + 1));
    }
    // "cân đo l4: 244 cháu": the fourth time.
    let time =
        line.printed(at..at + 1).strip_prefix('l').is_some_and(|n| n.len() == 1) && line.is_sign(at + 1, ':');
    if time || names_an_item(line, at) {
        return Some((Mark::Order, at, at + 1));
    }
    let small = line.number(at).is_some_and(|n| n <= 20);
    // "2) nhẹ cân 13" counts the lines of the message.
    if small && line.is_sign(at + 1, ')') && !(0..at).any(|n| line.is_sign(n, '(')) {
        return Some((Mark::Order, at, at + 2));
    }
    // With their marks where there are any: "khỏi 9" is no class, "đồng 3" no row.
    let ordered = line.word(at - 1).is_some_and(|w| is_one_of(&ORDERS_KNOWN, &ORDERS, w))
        && line.spelled[at - 1] != "khoi"
        // "Tuần 4 em báo rồi": who speaks, no children.
        && (line.is(at + 1, &["em", "e"]) || !phrases().is_counted(line.word(at + 1)));
    let annex = at >= 2 && words(line, at - 2, &["phu", "luc"]);
    (small && (ordered || annex)).then_some((Mark::Order, at - 1, at + 1))
}

/// "lỗi 503", "trang 3", "ở phòng 204", "đánh thiếu số 1": the number tells which one, not how many.
fn names_an_item(line: &Line, at: usize) -> bool {
    static ITEMS_KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    const ITEMS: [&str; 5] = ["=lỗi", "=trang", "=điều", "=chương", "=tầng"];
    let counted = phrases().is_counted(line.word(at + 1));
    let item = line.word(at - 1).is_some_and(|w| is_one_of(&ITEMS_KNOWN, &ITEMS, w)) && line.is_word(at - 1);
    let place = ["tan", "o", "tai", "len", "qua", "sang", "den", "vao", "tu"];
    let room = line.is(at - 1, &["phong"])
        && (at >= 2 && line.is(at - 2, &place)
            || line.is(at + 1, &["lop"])
                && line.word(at + 2).is_some_and(|w| !phrases().is_counted(Some(w))));
    let slips = ["thieu", "thua", "du", "sot", "danh", "go", "bam", "nham"];
    let digit = line.is(at - 1, &["so"])
        && at >= 2
        && line.is(at - 2, &slips)
        && line.tokens[at].width() == 1
        && !line.is_word(at + 1);
    item && !counted || room || digit
}

/// The numbers of a list in one line: "1. cô Ngà 2. cô Mỵ".
fn is_list_number(line: &Line, at: usize) -> bool {
    let item = |at: usize| {
        let value = line.number(at).filter(|n| (1..=30).contains(n))?;
        let dot = line.is_sign(at + 1, '.') || line.is_sign(at + 1, ')');
        (dot && line.is_glued(at + 1) && line.is_word(at + 2)).then_some(value)
    };
    let Some(value) = item(at) else { return false };
    (0..at).any(|n| item(n) == value.checked_sub(1))
        || value == 1 && (at + 1..line.len()).any(|n| item(n) == Some(2))
}

/// `2 ngày`, `3 hôm`, `2 lần`, `2 văn bản`, `9 độ`; but not the 13 of "13 ngày 12/10", "13 hôm nay", "13 tuần này".
fn measure(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    const MEASURES: [&str; 21] = [
        "ngày",
        "hôm",
        "buổi",
        "tuần",
        "bữa",
        "tháng",
        "giờ",
        "phút",
        "lần",
        "=độ",
        "=tin",
        "trang",
        "=năm",
        "=kg",
        "=km",
        "=cm",
        "lít",
        "việc",
        "tiêu chí",
        "tiêu chuẩn",
        "=ml",
    ];
    let noun = line.word(at + 1)?;
    if line.begins_line(at + 1) {
        return None;
    }
    let paper = words(line, at + 1, &["van", "ban"]) || words(line, at + 1, &["cong", "van"]);
    // "Em báo 2 trường": so few stand for no figure.
    let schools = line.is(at + 1, &["truong", "ben"])
        && line.number(at).is_some_and(|n| n <= 5)
        && at > 0
        && line.is(at - 1, &["bao", "ca", "cho", "hai"]);
    let names_a_time = line.number(at + 2).is_some() && !line.is_glued(at + 2)
        || line.is(at + 1, &["hom"]) && line.is(at + 2, &["nay", "qua", "kia", "truoc"])
        || line.is(at + 1, &["ngay"]) && line.is(at + 2, &["hom", "thu"])
        || line.is(at + 2, &["truoc", "vua", "qua"])
        || line.word(at + 2).is_some_and(|w| w.spelled == "nay\u{300}");
    let said = is_one_of(&MEASURES_KNOWN, &MEASURES, noun) && !names_a_time;
    // "3kg2".
    let more =
        usize::from(said && line.is_glued(at + 1) && line.is_glued(at + 2) && line.number(at + 2).is_some());
    (said || paper || schools).then_some((Mark::Measure, at, at + 2 + more))
}

/// Whether these folded words stand at `at`.
pub(super) fn words(line: &Line, at: usize, words: &[&str]) -> bool {
    words.iter().enumerate().all(|(n, word)| line.folded(at + n) == *word)
}
