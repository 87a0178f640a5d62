//! What a clause speaks of: work that each school does in its own time, or a happening that stands on its days.
//!
//! To teach a word: a row of `HAPPENINGS` where it is one wherever it stands, of `AT_THE_HEAD` where a clause must begin with
//! it, of `WORK` for work; of two that begin at the same place the longer one decides.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::actors::is_of_another;
use super::roles::is_registration;
use super::verbs::{hands_over, is_a_paper};

/// What a clause speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Work that each school does in its own time.
    Work,
    /// Something that stands on its days.
    Happening,
    /// A test that each school holds: on few days it stands on them, within a longer time it is work with an end.
    Test,
}

/// Whether a clause says by itself what is done: a predicate of the genre stands in it.
pub fn says_what(clause: &str) -> bool {
    let spoken =
        [" hoan thanh ", " xong ", " to chuc ", " cong bo "].iter().any(|word| clause.contains(word));
    spoken
        || hands_over(clause)
        || is_registration(clause)
        || is_of_another(clause)
        || is_a_paper(clause)
        || nature_of(clause).is_some()
}

/// What a clause speaks of first; of two that begin with the same word the longer one.
pub fn nature_of(clause: &str) -> Option<Nature> {
    let body = clause.trim_start();
    let lead = clause.len() - body.len();
    // "tổ chức họp", "dự họp": the clause begins with what stands behind.
    let opening = |at: usize| {
        let mut rest = &clause[lead..at];
        while let Some(opened) = OPENINGS.iter().find_map(|opening| rest.strip_prefix(opening)) {
            rest = opened;
        }
        rest.is_empty()
    };
    let mut at = lead;
    for word in body.split(' ') {
        let rest = &clause[at..];
        let spoken = PHRASES.get(word).and_then(|phrases| {
            let fits = |phrase: &&Phrase| {
                (!phrase.at_the_head || opening(at))
                    && rest.strip_prefix(phrase.words).is_some_and(|rest| rest.starts_with(' '))
            };
            phrases.iter().filter(fits).max_by_key(|phrase| phrase.words.len())
        });
        if let Some(phrase) = spoken {
            let visited = phrase.nature == Nature::Test && is_held_at_places(rest);
            return Some(if visited { Nature::Happening } else { phrase.nature });
        }
        at += word.len() + 1;
    }
    None
}

/// Words before which a clause has not begun yet: to hold, to attend; who does.
const OPENINGS: [&str; 10] = [
    "to chuc ",
    "du ",
    "tham du ",
    "cac truong ",
    "nha truong ",
    "hoi dong truong ",
    "hieu truong ",
    "giao vien ",
    "hoc sinh ",
    "tre em ",
];

/// Words that tell what a clause speaks of.
struct Phrase {
    words: &'static str,
    nature: Nature,
    at_the_head: bool,
}

/// All of them by their first word.
static PHRASES: LazyLock<HashMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let happenings = HAPPENINGS.iter().map(|words| (*words, Nature::Happening, false));
    let at_the_head = AT_THE_HEAD.iter().map(|words| (*words, Nature::Happening, true));
    let work = WORK.iter().map(|words| (*words, Nature::Work, false));
    let mut phrases: HashMap<&'static str, Vec<Phrase>> = HashMap::new();
    let tests = TESTS.iter().map(|words| (*words, Nature::Test, false));
    for (words, nature, at_the_head) in happenings.chain(at_the_head).chain(work).chain(tests) {
        let first = words.split(' ').next().unwrap_or_default();
        phrases.entry(first).or_default().push(Phrase { words, nature, at_the_head });
    }
    phrases
});

const HAPPENINGS: [&str; 73] = [
    "thoi gian kiem tra cua",
    "tam dung",
    "tam ngung",
    "bao tri",
    "nang cap he thong",
    "ket thuc nam hoc",
    "tuu truong",
    "boc tham",
    "kiem tra",
    "hoi thi",
    "hoi thao",
    "hoi giang",
    "hoi khoe",
    "hoi dien",
    "hoi cho",
    "hoi trai",
    "ngay hoi",
    "dem hoi",
    "tuan le",
    "tap huan",
    "boi duong",
    "kien tap",
    "tham quan",
    "tham du",
    "tham gia",
    "du hoi nghi",
    "khai mac",
    "be mac",
    "khai giang",
    "be giang",
    "bo giang",
    "don doan",
    "doan kiem tra",
    "doan khao sat",
    "hoi nghi",
    "huong dan",
    "sinh hoat chuyen mon",
    "sinh hoat cum",
    "ky niem",
    "toa dam",
    "lien hoan",
    "giao ban",
    "chao co",
    "lam viec",
    "du gio",
    "so ket",
    "to chuc chuyen de",
    "nghi hoc",
    "nghi tet",
    "nghi le",
    "nghi he",
    "hoc sinh nghi",
    "giao vien nghi",
    "nhan vien nghi",
    "tre nghi",
    "duoc nghi",
    "tiep cong dan",
    "chuyen de",
    "giao luu",
    "ngoai khoa",
    "gap mat",
    "trien lam",
    "mit tinh",
    "bieu dien",
    "van nghe",
    "chung ket",
    "so khao",
    "khanh thanh",
    "trao giai",
    "thoi gian thi",
    "dai hoi",
    "danh gia ngoai",
    "tong duyet",
];

/// Words that are a happening only where a clause begins with them.
const AT_THE_HEAD: [&str; 40] = [
    "khong to chuc",
    "khong duoc",
    "khong de",
    "dot thi dua",
    "dot thanh tra",
    "dot kiem tra",
    "phong trao",
    "hop",
    "thi",
    "nghi",
    "le",
    "cham",
    "tham",
    "truc tet",
    "truc ban",
    "truc he",
    "truc le",
    "truc dem",
    "truc nghi",
    "truc co quan",
    "giai",
    "cuoc thi",
    "vong thi",
    "phuc khao",
    "coi thi",
    "khao sat",
    "thang hanh dong",
    "thang cao diem",
    "dot cao diem",
    "nghiem thu",
    "duyet",
    "phe duyet",
    "thanh tra",
    "giam sat",
    "hau kiem",
    "tham tra",
    "don tiep",
    "tiep doan",
    "trao",
    "tang",
];

const WORK: [&str; 82] = [
    "viec nay",
    "viec nay lam",
    "tuyen bo sung",
    "gop y",
    "hoan thanh",
    "chuan bi",
    "ra soat",
    "can do",
    "can tre",
    "can cho tre",
    "can va do",
    "kham suc khoe",
    "xay dung",
    "cap nhat",
    "hoan thien",
    "kiem ke",
    "ve sinh",
    "dang ky",
    "nhan ho so",
    "nhan don",
    "nhan bai",
    "thu ho so",
    "tiep nhan",
    "tuyen sinh",
    "phat phieu",
    "ky cam ket",
    "on tap",
    "trang tri",
    "mua sam",
    "sua chua",
    "tu danh gia",
    "danh gia",
    "xet cong nhan",
    "binh xet",
    "xet len lop",
    "xet hoan thanh",
    "thong ke",
    "dieu tra",
    "nhap du lieu",
    "nhap diem",
    "nhap so lieu",
    "tham gia khao sat",
    "tham gia gop y",
    "tham gia binh chon",
    "thuc hien khao sat",
    "tu khao sat",
    "tu kiem tra",
    "tu boi duong",
    "tra loi",
    "lam bai",
    "hoc truc tuyen",
    "don dep",
    "lap danh sach",
    "lap ke hoach",
    "lap du toan",
    "ra de",
    "phan cong",
    "cong khai",
    "niem yet",
    "quyet toan",
    "ban giao",
    "tong hop",
    "doi chieu",
    "nop",
    "gui",
    "trong cay",
    "tay giun",
    "tiem",
    "uong",
    "cai dat",
    "luyen tap",
    "bao quan",
    "kiem tra noi bo",
    "kiem tra cheo",
    "nghiem thu ban giao",
    "nghiem thu chat luong",
    "khao sat nhu cau",
    "khao sat y kien",
    "khao sat truc tuyen",
    "phat dong quyen gop",
    "hoan tat",
    "tai len",
];

/// "kiểm tra cuối kỳ", "khảo sát chất lượng": the schools' own; other "kiểm tra" and "khảo sát" come from above.
const TESTS: [&str; 22] = [
    "kiem tra hki",
    "kiem tra hkii",
    "kiem tra hk",
    "kiem tra giua",
    "kiem tra cuoi",
    "kiem tra hoc ky",
    "kiem tra dinh ky",
    "kiem tra danh gia",
    "kiem tra lop",
    "kiem tra khoi",
    "kiem tra mon",
    "kiem tra lai",
    "kiem tra bu",
    "kiem tra hoc sinh",
    "thoi gian kiem tra",
    "bai kiem tra",
    "kiem tra trac nghiem",
    "khao sat chat luong",
    "khao sat dau nam",
    "khao sat hoc sinh",
    "khao sat hs",
    "khao sat tre",
];

/// Whether a test is held in named places only: those who come to hold it are not the schools.
fn is_held_at_places(clause: &str) -> bool {
    const PLACES: [&str; 7] = ["mn", "mg", "th", "thcs", "tieu", "mam", "mau"];
    [" tai ", " o "].iter().any(|at| {
        clause.match_indices(at).any(|(from, found)| {
            let mut words = clause[from + found.len()..].split(' ');
            let next = words.next().unwrap_or_default();
            let numbered = next.starts_with(|c: char| c.is_ascii_digit());
            let school = next == "truong" && words.next().is_some_and(|name| PLACES.contains(&name));
            numbered || school || PLACES[..4].contains(&next)
        })
    })
}

/// A meeting or feast that every school holds within the window: its own work, with an end.
pub fn is_held_by_each(clause: &str) -> bool {
    const HELD: [&str; 19] = [
        " cac truong to chuc ",
        " cap truong ",
        " vong truong ",
        " cap co so ",
        " tai don vi ",
        " be giang ",
        " tai lop ",
        " cap to ",
        " thu ho so ",
        " nhan ho so ",
        " hop cha me ",
        " hop phu huynh ",
        " hoi nghi vien chuc ",
        " hoi nghi cong chuc ",
        " ra truong ",
        " hoi nghi can bo ",
        " hoi nghi nha giao ",
        " hoi nghi nguoi lao dong ",
        " tuyen sinh ",
    ];
    // "tại trường trong tuần", but not "tại Trường Cao đẳng Sư phạm".
    let at_school = clause.match_indices(" tai truong ").any(|(at, found)| {
        let next = clause[at + found.len()..].split(' ').next().unwrap_or_default();
        matches!(next, "" | "trong" | "tu" | "vao" | "truoc" | "xong" | "theo" | "cho" | "va" | "minh")
    });
    at_school || HELD.iter().any(|part| clause.contains(part)) || closes_a_term(clause)
}

/// "sơ kết học kỳ I", "tổng kết năm học", but not "tổng kết hội thi", "sơ kết chuyên đề", which the office holds.
fn closes_a_term(clause: &str) -> bool {
    const OTHERS: [&str; 12] =
        ["hoi", "cuoc", "chuyen", "phong", "giai", "trao", "cong", "chien", "dot", "nganh", "thi", "chuong"];
    [" tong ket ", " so ket "].iter().any(|words| {
        clause.match_indices(words).any(|(at, found)| {
            let next = clause[at + found.len()..].split(' ').next().unwrap_or_default();
            !OTHERS.contains(&next)
        })
    })
}
