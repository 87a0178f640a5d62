//! Whether a date is a deadline or a happening.
//!
//! A deadline is set for what schools hand in, or do in a time of their own; a happening stands on its days (a meeting, a
//! contest, a visit, a holiday). What a clause speaks of first decides: "đăng ký dự hội thi" is work, "hội thi … đăng ký" is none.
//! A window of more than three days is somebody's time to work in unless a happening fills it; up to three days are fixed
//! days unless work is named.

use super::actors::{is_of_another, is_the_offices_own, schools_act};
use super::item::Item;
use super::verbs::{clause, hands_over, is_a_paper};
use crate::domain::{DueKind, DueRole};

/// How a date was said, as far as its role depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// Its kind.
    pub kind: DueKind,
    /// How many days it runs over.
    pub days: i64,
    /// Whether it comes again.
    pub recurs: bool,
    /// Whether it is tentative.
    pub tentative: bool,
    /// Whether a school speaks of its own work.
    pub of_school: bool,
    /// Whether it ends at an hour.
    pub ends_at_an_hour: bool,
    /// Whether it stands in a cell that says when.
    pub cell: bool,
    /// Whether an hour, a part of the day or a weekday is said with it.
    pub at_an_hour: bool,
    /// Whether a department wrote it: offices hand in what it asks for.
    pub of_department: bool,
}

impl Said {
    /// A single day.
    pub fn once(kind: DueKind) -> Self {
        Self {
            kind,
            days: 1,
            recurs: false,
            tentative: false,
            of_school: false,
            ends_at_an_hour: false,
            cell: false,
            at_an_hour: false,
            of_department: false,
        }
    }
}

/// Windows of so many days are fixed days rather than time to work in.
const FIXED: i64 = 3;

/// What a date is taken for, and whether it may as well be the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// A deadline or a happening.
    pub role: DueRole,
    /// Whether nothing in the words decides it.
    pub guessed: bool,
}

/// Whether a date is a deadline or a happening. `clause` is what is said around it, `before` what is said up to it.
pub fn judge(said: Said, clause: &str, before: &str, item: &Item) -> Judged {
    let who = item.who.as_deref().map(self::clause).unwrap_or_default();
    let staff = is_staff(&who) || (said.of_department && who.contains(" phong gd"));
    let schools = staff
        || who.contains(" truong ")
        || who.contains(" nhom ")
        || who.contains(" lop ")
        || schools_act(clause);
    let office = !who.is_empty()
        && !schools
        && ((who.contains(" phong ") && !who.contains(" cac phong ")) || is_a_committee(&who));
    let own =
        (is_the_offices_own(item) && !staff) || is_of_another(clause) || is_of_another(before) || office;
    let hands = hands_over(clause);
    // "Tập huấn ngày 20/10, gửi danh sách …": what stands behind a day is not done on it.
    let spoken = if before.split_whitespace().count() >= 2 { before } else { clause };
    let nature = nature_of(&without_tests_at_school(clause));
    let prepared = clause.contains(" chuan bi ");
    let deadline = match said.kind {
        DueKind::Before => !item.of_office || schools,
        _ if item.report && !own && (said.cell || item.time.is_empty()) => true,
        DueKind::On if said.recurs => !own && (hands || nature != Some(Nature::Happening)),
        DueKind::On if said.tentative && !hands => false,
        DueKind::On => {
            let done = [" hoan thanh ", " xong ", " han ", " cong bo ", " niem yet ", " khoa so lieu "];
            let done = done.iter().any(|word| spoken.contains(word));
            let done = done || (spoken.contains(" cong khai ") && !said.at_an_hour);
            let worked = said.cell && !said.at_an_hour && nature == Some(Nature::Work) && !prepared;
            (hands_over(spoken) || done || worked || is_registration(spoken) || is_a_paper(spoken)) && !own
        }
        DueKind::During | DueKind::Range if own => hands && schools,
        DueKind::Range if said.days <= FIXED => {
            let each = schools && !said.of_school && is_held_by_each(clause);
            hands || each || is_a_paper(clause) || nature_of(clause) == Some(Nature::Work)
        }
        DueKind::During | DueKind::Range if said.tentative => {
            hands || (nature == Some(Nature::Work) && !prepared)
        }
        DueKind::During | DueKind::Range => {
            hands
                || nature != Some(Nature::Happening)
                || said.ends_at_an_hour
                || (!said.of_school && is_held_by_each(clause))
        }
    };
    let at_school = nature_of(clause) != nature;
    // What each school does in its own time has its end.
    let in_its_time = || schools || is_held_by_each(clause);
    let guessed = !own
        && !item.report
        && match said.kind {
            DueKind::Before => false,
            DueKind::On => !deadline && !said.recurs && nature == Some(Nature::Work) && !said.at_an_hour,
            DueKind::During | DueKind::Range => {
                let unclear = nature.is_none() || at_school;
                unclear && !hands && !said.ends_at_an_hour && !in_its_time()
            }
        };
    Judged { role: if deadline { DueRole::Deadline } else { DueRole::Event }, guessed }
}

/// What a clause speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    /// Work that each school does in its own time.
    Work,
    /// Something that stands on its days.
    Happening,
}

/// Whether a clause says by itself what is done: a predicate of the genre stands in it.
pub fn says_what(clause: &str) -> bool {
    let spoken = [" hoan thanh ", " xong ", " to chuc "].iter().any(|word| clause.contains(word));
    spoken
        || hands_over(clause)
        || is_registration(clause)
        || is_of_another(clause)
        || nature_of(clause).is_some()
}

/// What a clause speaks of first; of two that begin with the same word the longer one.
fn nature_of(clause: &str) -> Option<Nature> {
    let happening = first(clause, &HAPPENINGS, &AT_THE_HEAD);
    let work = first(clause, &WORK, &[]);
    match (work, happening) {
        (None, None) => None,
        (Some(_), None) => Some(Nature::Work),
        (None, Some(_)) => Some(Nature::Happening),
        (Some((at, longest)), Some((other, length))) => {
            let work = at < other || (at == other && longest > length);
            Some(if work { Nature::Work } else { Nature::Happening })
        }
    }
}

/// Where the first of these phrases stands and how long it is; those of `head` count only where a clause begins with them.
fn first(clause: &str, anywhere: &[&str], head: &[&str]) -> Option<(usize, usize)> {
    let whole = |phrase: &str| {
        let mut found = clause.match_indices(phrase);
        found.find_map(|(at, _)| {
            let begins = at.checked_sub(1).is_some_and(|before| clause.as_bytes()[before] == b' ');
            let ends = clause.as_bytes().get(at + phrase.len()) == Some(&b' ');
            (begins && ends).then_some((at, phrase.len()))
        })
    };
    let places = anywhere.iter().filter_map(|phrase| whole(phrase));
    let lead = clause.len() - clause.trim_start().len();
    let begins = |phrase: &&&str| {
        ["", "to chuc ", "du ", "tham du "].iter().any(|before| {
            clause[lead..]
                .strip_prefix(before)
                .and_then(|rest| rest.strip_prefix(**phrase))
                .is_some_and(|rest| rest.starts_with(' '))
        })
    };
    let heads = head.iter().filter(begins).map(|phrase| (lead, phrase.len()));
    places.chain(heads).min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))
}

const HAPPENINGS: [&str; 65] = [
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
];

/// Words that are a happening only where a clause begins with them.
const AT_THE_HEAD: [&str; 19] = [
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
];

const WORK: [&str; 67] = [
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
];

/// "kiểm tra cuối kỳ", "kiểm tra nội bộ" are work that each school does; other "kiểm tra" comes from above.
fn without_tests_at_school(clause: &str) -> String {
    const OWN: [&str; 20] = [
        " kiem tra hki ",
        " kiem tra hkii ",
        " kiem tra hk ",
        " kiem tra giua ",
        " kiem tra cuoi ",
        " kiem tra hoc ky ",
        " kiem tra dinh ky ",
        " kiem tra noi bo ",
        " tu kiem tra ",
        " khao sat chat luong ",
        " kiem tra cheo ",
        " kiem tra danh gia ",
        " kiem tra lop ",
        " kiem tra khoi ",
        " kiem tra mon ",
        " kiem tra lai ",
        " kiem tra bu ",
        " thoi gian kiem tra ",
        " bai kiem tra ",
        " kiem tra trac nghiem ",
    ];
    OWN.iter().fold(clause.to_owned(), |clause, own| clause.replace(own, " lam bai "))
}

/// "đăng ký" as something to do, but not a number of registered ones.
pub fn is_registration(clause: &str) -> bool {
    clause.contains(" dang ky ") && !clause.contains(" dang ky du ")
}

/// "GVCN", "Kế toán", "Hiệu trưởng các trường": who acts works at a school.
fn is_staff(who: &str) -> bool {
    const STAFF: [&str; 9] = [
        " gvcn ",
        " gv ",
        " ke toan ",
        " van thu ",
        " hieu truong ",
        " pho hieu truong ",
        " giao vien ",
        " tpt ",
        " y te hd ",
    ];
    STAFF.iter().any(|name| who.contains(name)) && !who.contains(" phong ")
}

/// "Ban chỉ đạo", "Ban tổ chức", "Hội đồng chấm": those who act are no school.
fn is_a_committee(who: &str) -> bool {
    [" ban chi dao ", " ban to chuc ", " ban giam khao "].iter().any(|name| who.starts_with(name))
}

/// A meeting or feast that every school holds within the window: its own work, with an end.
fn is_held_by_each(clause: &str) -> bool {
    // "tại trường trong tuần", but not "tại Trường Cao đẳng Sư phạm".
    let at_school = clause.match_indices(" tai truong ").any(|(at, found)| {
        let next = clause[at + found.len()..].split(' ').next().unwrap_or_default();
        matches!(next, "" | "trong" | "tu" | "vao" | "truoc" | "xong" | "theo" | "cho" | "va" | "minh")
    });
    at_school
        || [
            " cac truong to chuc ",
            " tong ket ",
            " so ket ",
            " cap truong ",
            " vong truong ",
            " cap co so ",
            " tai don vi ",
            " be giang ",
            " tong ket nam hoc ",
            " tai lop ",
            " cap to ",
            " thu ho so ",
            " nhan ho so ",
            " hop cha me ",
            " hop phu huynh ",
            " hoi nghi vien chuc ",
            " le ra truong ",
            " hoi nghi can bo ",
            " hoi nghi nha giao ",
            " tuyen sinh ",
        ]
        .iter()
        .any(|part| clause.contains(part))
}
