//! Numbers that tell which one ("biểu 2", "lần 1", "tiêu chí 5", "thôn 5") or how long ("2 ngày"), and count nothing that is asked for.

use std::sync::OnceLock;

use super::key::{Key, words};
use super::line::Line;
use super::marks::{Mark, words};
use super::phrases::{Known, Word, phrases};

static ORDERS_KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
static MEASURES_KNOWN: OnceLock<Vec<Known>> = OnceLock::new();

/// Whether a word is one of a list that is compiled once.
fn is_one_of(compiled: &'static OnceLock<Vec<Known>>, list: &[&str], word: Word) -> bool {
    compiled.get_or_init(|| list.iter().map(|w| Known::new(w)).collect()).iter().any(|known| known.is(word))
}

/// `biểu 01`, `lần 2`, `quý 3`, `tuần 4`, `mật khẩu 1234`.
pub(super) fn order(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
    const ORDERS: [&str; 17] = [
        "biểu", "lần", "quý", "tuần", "đợt", "kỳ", "khóa", "mục", "cột", "dòng", "phiếu", "mẫu", "khối",
        "tổ", "câu", "bước", "bản",
    ];
    let dot = line.is_sign(at + 1, '.') && !line.is_glued(at + 2) && at + 2 < line.len();
    if is_list_number(line, at) {
        return Some((Mark::Order, at, at + 2));
    }
    if goes_on_with_orders(line, at) {
        return Some((Mark::Order, at, at + 1));
    }
    if line.begins_line(at) && line.number(at).is_some_and(|n| n <= 20) && (dot || line.is_sign(at + 1, ')'))
    {
        return Some((Mark::Order, at, at + 2));
    }
    if at == 0 {
        let first = line.printed(0..1).strip_prefix('l').is_some_and(|n| n.len() == 1);
        return (first && line.is_word(1)).then_some((Mark::Order, 0, 1));
    }
    let told =
        usize::from(line.is(at - 1, words!["la"]) || line.is_sign(at - 1, ':') || line.is_sign(at - 1, '='));
    let secret = |n: usize| {
        line.is(n, words!["pass", "pin", "mk", "otp"]) || n > 0 && words(line, n - 1, &["mat", "khau"])
    };
    if at > told && secret(at - 1 - told) {
        return Some((Mark::Secret, at, at + 1));
    }
    // "cân đo l4: 244 cháu": the fourth time.
    let printed = line.printed(at..at + 1);
    let time = printed.strip_prefix('l').is_some_and(|n| n.len() == 1)
        && (line.is_sign(at + 1, ':') || at == 0 || line.begins_line(at) || line.is(at - 1, words!["do"]));
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
        // "May ban 3": desk computers.
        && !(line.spelled[at - 1] == "ban" && at > 1 && line.is(at - 2, words!["may"]))
        // "Tuần 4 em báo rồi": who speaks, no children.
        && (line.is(at + 1, words!["em", "e"]) || !phrases().is_counted(line.word(at + 1)));
    let annex = at >= 2 && words(line, at - 2, &["phu", "luc"]);
    // The weeks of a year: "tuần 44".
    let week = line.is(at - 1, words!["tuan"]) && line.number(at).is_some_and(|n| n <= 53);
    ((small || week) && (ordered || annex)).then_some((Mark::Order, at - 1, at + 1))
}

/// "lỗi 503", "trang 3", "ở phòng 204", "đánh thiếu số 1": the number tells which one, not how many.
fn names_an_item(line: &Line, at: usize) -> bool {
    static ITEMS_KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    const ITEMS: [&str; 14] = [
        "=lỗi",
        "=trang",
        "=điều",
        "=chương",
        "=tầng",
        "=thôn",
        "=ấp",
        "=xóm",
        "=buôn",
        "=tuyến",
        "=chạy",
        "=mức",
        "=khu",
        "=phường",
    ];
    // "Trang 3 em đã ký": who speaks is nothing that is counted.
    let counted = phrases().is_counted(line.word(at + 1)) && !line.is(at + 1, words!["em", "e"]);
    let numbered = at >= 3 && line.number(at - 3).is_some();
    let standard = at >= 2
        && line.is(at - 2, words!["tieu"])
        && line.is(at - 1, words!["chuan", "chi"])
        && !numbered
        && line.number(at).is_some_and(|n| n <= 25);
    let record = at >= 3
        && line.is(at - 1, words!["so"])
        && (words(line, at - 3, &["bien", "ban"]) || words(line, at - 3, &["quyet", "dinh"]));
    let storm = at >= 2
        && words(line, at - 2, &["bao", "so"])
        && matches!(line.spelled[at - 2].as_str(), "bao\u{303}" | "bao")
        && !counted;
    if storm {
        return true;
    }
    // "Khu phố 5", "tổ dân phố 4": where.
    let quarter =
        at >= 2 && (words(line, at - 2, &["khu", "pho"]) || words(line, at - 2, &["dan", "pho"])) && !counted;
    // "Vắng nhiều vì lạnh 7 độ".
    let degrees = line.is(at + 1, words!["do"])
        && (at.saturating_sub(2)..at).any(|n| line.is(n, words!["lanh", "ret", "nong", "sot", "troi"]));
    if quarter || degrees {
        return true;
    }
    if standard && !counted && !line.is_sign(at + 1, '%') || record {
        return true;
    }
    // "Mức thu 28" and "mức 3: 15" differ in the colon.
    let rank = !line.is(at - 1, words!["muc"])
        || line.is_sign(at + 1, ':')
        || line.is(at + 1, words!["la"]) && line.number(at).is_some_and(|n| n <= 4);
    let group = line.is_glued(at + 1)
        && (line.is_sign(at + 1, '.') || line.is_sign(at + 1, ','))
        && line.number(at + 2).is_some();
    let side = at >= 2 && line.is(at - 1, words!["tuyen"]) && line.is(at - 2, words!["trai", "dung"]);
    let lesson = line.is(at - 1, words!["tiet"])
        && line.is(at + 1, words!["lop"])
        && line.word(at + 2).is_some_and(|w| !phrases().is_counted(Some(w)))
        && line.number(at + 2).is_none();
    if lesson {
        return true;
    }
    // "Cô Phấn mới mũi 1", "module 9": which one.
    let step = line.is(at - 1, words!["mui", "vong", "module", "modul", "hang"])
        && line.number(at).is_some_and(|n| n <= 12)
        && !(line.is_sign(at + 1, ':') || line.is_sign(at + 1, '='))
        && line.number(at + 1).is_none()
        && (at + 1 >= line.len()
            || !line.is_word(at + 1)
            || line.is(at - 1, words!["module", "modul", "vong"]));
    if step && !counted {
        return true;
    }
    let item = line.word(at - 1).is_some_and(|w| is_one_of(&ITEMS_KNOWN, &ITEMS, w))
        && line.is_word(at - 1)
        && rank
        && !side
        && !group;
    let place = words!["tan", "o", "tai", "len", "qua", "sang", "den", "vao", "tu"];
    let large = line.number(at).is_some_and(|n| (100..1000).contains(&n)) && !counted;
    // "Trên bàn chị Yến phòng 3": where somebody sits.
    let sits = at >= 3
        && line.is(at - 1, words!["phong", "ban", "tu", "ke"])
        && !counted
        && line.tokens[at - 2].capital
        && line.is(at - 3, words!["chi", "anh", "co", "thay", "ban", "cua"]);
    let room = sits
        || line.is(at - 1, words!["hop"]) && at >= 2 && line.is(at - 2, words!["phong"]) && !counted
        || line.is(at - 1, words!["phong"]) && large
        || line.is(at - 1, words!["phong"])
            && (at >= 2 && line.is(at - 2, place)
                || line.is(at + 1, words!["lop"])
                    && line.word(at + 2).is_some_and(|w| !phrases().is_counted(Some(w))));
    let slips = words!["thieu", "thua", "du", "sot", "danh", "go", "bam", "nham"];
    let digit = line.is(at - 1, words!["so"])
        && at >= 2
        && line.is(at - 2, slips)
        && line.tokens[at].width() == 1
        && !line.is_word(at + 1);
    item && !counted || room || digit
}

/// The second of "biểu 01, 02", "mẫu 01 và 03": written with the zero of a list.
fn goes_on_with_orders(line: &Line, at: usize) -> bool {
    let listed = |n: usize| line.tokens[n].width() == 2 && line.tokens[n].folded.starts_with('0');
    let joint = |n: usize| line.is_sign(n, ',') || line.is_sign(n, '+') || line.is(n, words!["va", "voi"]);
    let mut first = at;
    while first >= 3
        && joint(first - 1)
        && line.number(first - 2).is_some()
        && listed(first)
        && listed(first - 2)
    {
        first -= 2;
    }
    first < at && line.is(first - 1, words!["bieu", "mau", "phieu", "muc", "dot", "ky"])
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

/// "Hai nhóm của em", "ba trường em phụ trách": the schools of the speaker are no figure.
pub(super) fn are_ours(line: &Line, noun: usize) -> bool {
    const US: &[Key] = words!["em", "minh", "toi", "tui"];
    line.is(noun, words!["truong", "ben", "nhom", "diem"])
        && (line.is(noun + 1, words!["cua"]) && line.is(noun + 2, US)
            || line.is(noun + 1, US)
                && (line.is_sign(noun + 2, ':') || line.is(noun + 2, words!["ne", "phu", "quan"])))
}

/// `2 ngày`, `3 hôm`, `2 lần`, `2 văn bản`, `9 độ`; but not the 13 of "13 ngày 12/10", "13 hôm nay", "13 tuần này".
pub(super) fn measure(line: &Line, at: usize) -> Option<(Mark, usize, usize)> {
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
    let schools = are_ours(line, at + 1) && line.number(at).is_some_and(|n| n <= 5)
        || line.is(at + 1, words!["truong", "ben"])
            && line.number(at).is_some_and(|n| n <= 5)
            && (at == 0
                || line.is(at - 1, words!["bao", "ca", "cho", "hai"])
                || line.is(at + 2, words!["deu", "cung", "chung"]));
    // "Tiêm đủ 2 mũi 264": which, beside how many.
    // "4 cháu mới tiêm 1 mũi".
    let doses = line.is(at + 1, words!["mui"])
        && (line.number(at + 2).is_some()
            || line.is_sign(at + 2, ':')
            || line.number(at).is_some_and(|n| n <= 4)
                && (at.saturating_sub(2)..at).any(|n| line.is(n, words!["tiem", "chich"])));
    // "Trực 24/24", "24/7".
    let always = line.number(at) == Some(24)
        && line.is_sign(at + 1, '/')
        && matches!(line.number(at + 2), Some(24 | 7))
        && line.is_glued(at + 2);
    if always {
        return Some((Mark::Measure, at, at + 3));
    }
    // "Bếp 1 chiều".
    let one_way = line.is(at + 1, words!["chieu"])
        && line.number(at) == Some(1)
        && at > 0
        && !line.is(at - 1, words!["luc"]);
    let one_way = one_way
        || line.is(at + 1, words!["phan"])
            && line.number(at) == Some(1)
            && !line.is(at + 2, words!["tram"])
            && line.spelled[at + 1] == "phân\u{300}";
    // "Tổ chức 02 buổi": so an office writes a figure.
    let formal = line.is(at + 1, words!["buoi"]) && line.tokens[at].folded.starts_with('0');
    let names_a_time = line.number(at + 2).is_some() && !line.is_glued(at + 2)
        || line.is(at + 1, words!["hom"]) && line.is(at + 2, words!["nay", "qua", "kia", "truoc"])
        || line.is(at + 1, words!["ngay"]) && line.is(at + 2, words!["hom", "thu"])
        || line.is(at + 2, words!["truoc", "vua", "qua"])
        || line.word(at + 2).is_some_and(|w| w.spelled == "nay\u{300}");
    // "1 tin học" is a teacher of it.
    let subject = line.is(at + 1, words!["tin"]) && line.is(at + 2, words!["hoc"]);
    let said = is_one_of(&MEASURES_KNOWN, &MEASURES, noun) && !names_a_time && !formal && !subject;
    // "3kg2".
    let more =
        usize::from(said && line.is_glued(at + 1) && line.is_glued(at + 2) && line.number(at + 2).is_some());
    (said || paper || schools || one_way || doses).then_some((Mark::Measure, at, at + 2 + more))
}
