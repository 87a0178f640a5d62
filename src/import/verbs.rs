//! What a clause wants: something handed in, something done, or only to be known.

use super::actors::{is_of_another, is_the_offices_own, schools_act};
use super::deadlines::is_called_off;
use super::directive::DraftDue;
use super::item::Item;
use crate::domain::{DueKind, DueRole, Requires};
use crate::vietnamese::fold_words;

/// A clause, folded, with a space at both ends so that whole words can be sought.
pub fn clause(text: &str) -> String {
    format!(" {} ", fold_words(text))
}

/// A text without what stands in closed brackets.
pub fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let Some(close) = rest[open..].find(')') else { break };
        out.push_str(&rest[..open]);
        out.push(' ');
        rest = &rest[open + close + 1..];
    }
    out + rest
}

/// What is handed over, one a row: the words before it, the word itself, the words after it. An empty list allows all.
struct Verb {
    word: &'static str,
    not_before: &'static [&'static str],
    after: &'static [&'static str],
    not_after: &'static [&'static str],
}

const VERBS: [Verb; 6] = [
    Verb { word: "nop", not_before: &["thu", "khong"], after: &[], not_after: &["phat"] },
    // Not "gửi trẻ", "nhu cầu gửi": to leave a child at school.
    Verb { word: "gui", not_before: &["cau", "khong"], after: &[], not_after: &["tre", "con", "xe"] },
    Verb {
        word: "trinh",
        not_before: &["chuong", "lo", "qua", "giao", "cong", "quy", "tien", "hanh", "lich", "thuyet"],
        after: &["phong", "hoi", "so", "ubnd", "lanh", "truong", "hieu", "pho", "cap", "ban"],
        not_after: &[],
    },
    Verb {
        word: "bao",
        not_before: &[
            "thong", "canh", "dam", "tinh", "du", "dien", "khai", "ban", "to", "so", "dan", "de", "mua",
            "con", "chong", "tranh",
        ],
        after: &[],
        not_after: &[
            "cao", "ve", "luc", "lu", "lut", "dam", "quan", "hanh", "gom", "cap", "chi", "hiem", "tri",
            "mat", "ho", "hieu", "dong", "ban", "ton", "toan", "tang", "vay", "boc", "an", "trum", "nhieu",
            "ham", "luu", "thu", "hung", "bi", "dung", "mau",
        ],
    },
    Verb { word: "nhan", not_before: &["tin", "xac", "ghi"], after: &["ten"], not_after: &[] },
    Verb { word: "chuyen", not_before: &[], after: &["ve"], not_after: &[] },
];

/// Whether a clause has schools hand something over.
pub fn hands_over(clause: &str) -> bool {
    const PLAIN: [&str; 24] = [
        " bao cao si so ",
        " bao cao danh sach ",
        " bao cao tien do ",
        " bao cao so luong ",
        " giai trinh ",
        " lap danh sach ",
        " lap danh muc ",
        " bao cao nhanh ",
        " bao cao so ",
        " bao cao ket qua ",
        " bao cao tinh hinh ",
        " bao cao ve ",
        " bao cao phong ",
        " bao cao bang ",
        " bao cao voi ",
        " bao cao hang ",
        " bao cao cho ",
        " khai bao ",
        " tra loi bang van ban ",
        " bao cao truoc ",
        " bao cao cham nhat ",
        " bao cao muon nhat ",
        " bao cao trong ngay ",
        " bao cao ngay ",
    ];
    const ENTER: [&str; 6] = [" nhap ", " cap nhat ", " dong bo ", " tai len ", " xac nhan ", " bo sung "];
    const ENTERED: [&str; 18] = [
        " du lieu",
        " phan mem",
        " he thong",
        " bang dung chung",
        " bang tinh",
        " so lieu",
        " ho so truong",
        " csdl ",
        " bieu mau ",
        " ma dinh danh",
        " trang tinh",
        " trang tuyen sinh",
        " trang thong tin",
        " cong du lieu",
        " duong link",
        " duong dan",
        " bieu truc tuyen",
        " google ",
    ];
    let any = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let taught = any(&[" tap huan ", " huong dan "]);
    any(&PLAIN)
        || tells_an_office(clause)
        || has_verb(clause)
        || (any(&ENTER) && any(&ENTERED) && !taught)
        || reports(clause)
}

fn has_verb(clause: &str) -> bool {
    let words: Vec<&str> = clause.split_whitespace().collect();
    VERBS.iter().any(|verb| {
        (0..words.len()).filter(|at| words[*at] == verb.word).any(|at| {
            let before = at.checked_sub(1).map(|at| words[at]).unwrap_or_default();
            let after = words.get(at + 1).copied().unwrap_or_default();
            !verb.not_before.contains(&before)
                && !verb.not_after.contains(&after)
                && (verb.after.is_empty() || verb.after.contains(&after))
        })
    })
}

/// "báo về Phòng", which without its marks is also "bảo vệ tài sản".
fn tells_an_office(clause: &str) -> bool {
    const OFFICES: [&str; 8] = ["phong", "to", "so", "ubnd", "van", "bo", "cum", "hieu"];
    clause.match_indices(" bao ve ").any(|(at, found)| {
        clause[at + found.len()..].split(' ').next().is_some_and(|word| OFFICES.contains(&word))
    })
}

/// A report as the thing to do: at the beginning of a clause, or next to its figures.
fn reports(clause: &str) -> bool {
    let at_head =
        ["bao cao ", "cac truong bao cao ", "cac don vi bao cao ", "truong bao cao ", "don vi bao cao "];
    let body = clause.trim_start();
    at_head.iter().any(|head| body.starts_with(head))
        || [
            " thong ke bao cao ",
            " bao cao so lieu ",
            " bao cao va thong ke ",
            " bao cao thong ke ",
            " tap hop bao cao ",
        ]
        .iter()
        .any(|part| clause.contains(part))
}

/// Whether a clause is about a happening rather than about work with an end.
pub fn happens(clause: &str) -> bool {
    is_a_happening(&without_tests_at_school(clause))
}

fn is_a_happening(clause: &str) -> bool {
    const HAPPENINGS: [&str; 48] = [
        "kiem tra",
        "hoi thi",
        "hoi thao",
        "hoi giang",
        "tap huan",
        "boi duong",
        "kien tap",
        "tham quan",
        "tham du",
        "tham gia",
        "du hoi nghi",
        "khai mac",
        "be mac",
        "don doan",
        "doan kiem tra",
        "hoi nghi",
        "hop",
        "thi",
        "nghi",
        "huong dan",
        "sinh hoat chuyen mon",
        "ky niem",
        "toa dam",
        "lien hoan",
        "le",
        "ngay hoi",
        "cham",
        "giao ban",
        "chao co",
        "lam viec",
        "tham",
        "du gio",
        "khai giang",
        "so ket",
        "to chuc chuyen de",
        "nghi hoc",
        "nghi tet",
        "nghi le",
        "hoc sinh nghi",
        "giao vien nghi",
        "nhan vien nghi",
        "tre nghi",
        "duoc nghi",
        "tiep cong dan",
        "chuyen de",
        "giao luu",
        "ngoai khoa",
        "truc",
    ];
    let words = clause.trim();
    if ["chuan bi ", "hoan thanh "].iter().any(|head| words.starts_with(head)) {
        return false;
    }
    HAPPENINGS.iter().any(|word| {
        words.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            || (word.contains(' ') && clause.contains(&format!(" {word} ")))
    })
}

/// "kiểm tra cuối kỳ", "kiểm tra nội bộ" are work that each school does; other "kiểm tra" comes from above.
fn without_tests_at_school(clause: &str) -> String {
    const OWN: [&str; 12] = [
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
    ];
    OWN.iter().fold(clause.to_owned(), |clause, own| clause.replace(own, " lam bai "))
}

/// What a school must give for an item.
pub fn requires(item: &Item, due: &[DraftDue]) -> Requires {
    let deadline = due.iter().any(|due| due.role == DueRole::Deadline);
    let own = is_the_offices_own(item);
    if is_called_off(&item.text) {
        return Requires::None;
    }
    if item.report && !own {
        return Requires::Submission;
    }
    let whole = without_brackets(&item.text);
    let apart = [';', '\n', '(', ')', '.', ':'];
    let heading =
        item.heading.as_deref().filter(|heading| due.iter().any(|due| heading.contains(&due.quote)));
    let parts = item
        .text
        .split(apart)
        .chain(whole.split(apart))
        .chain(item.time.iter().map(String::as_str))
        .chain(heading);
    // "1. Báo cáo hằng tuần" over what is reported.
    let reported =
        deadline && item.heading.as_deref().is_some_and(|heading| fold_words(heading).starts_with("bao cao"));
    let kept = clause(&item.text).contains(" khong gui ");
    let mut hands = heading.is_some_and(names_a_system) || (reported && !kept);
    for part in parts {
        let clause = clause(part);
        let handed = hands_over(&clause)
            || (deadline && (is_registration(&clause) || goes_to_the_office(&clause) || enters(&clause)))
            || (deadline && [" cung cap ", " bao cao "].iter().any(|word| clause.contains(word)))
            || (deadline && clause.trim_start().starts_with("thong ke "));
        // The office's own row hands nothing in, unless it says that the schools send.
        hands |= handed && (!own || (schools_act(&clause) && has_verb(&clause)));
    }
    match (hands, deadline) {
        (true, _) => Requires::Submission,
        (false, true) if !own => Requires::Confirmation,
        _ => Requires::None,
    }
}

/// "chuyển sổ sức khỏe về Phòng": whatever the verb is, it ends at the office.
fn goes_to_the_office(clause: &str) -> bool {
    [" ve phong ", " cho phong ", " ve so ", " ve ubnd ", " ve van phong "]
        .iter()
        .any(|to| clause.contains(to))
}

/// "nhập số trẻ ra lớp", but not "nhập học", "hòa nhập".
fn enters(clause: &str) -> bool {
    let words: Vec<&str> = clause.split_whitespace().collect();
    (0..words.len()).filter(|at| words[*at] == "nhap").any(|at| {
        let before = at.checked_sub(1).map(|at| words[at]).unwrap_or_default();
        let after = words.get(at + 1).copied().unwrap_or_default();
        !matches!(before, "hoa" | "hoi" | "sap" | "thu" | "xam")
            && !matches!(after, "hoc" | "truong" | "vien" | "khau")
    })
}

/// "1. Cơ sở dữ liệu ngành (xong trước …)": what is done under it is done in the system.
fn names_a_system(heading: &str) -> bool {
    let folded = clause(heading);
    [" co so du lieu ", " csdl ", " phan mem "].iter().any(|name| folded.contains(name))
}

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
}

impl Said {
    /// A single day.
    pub fn once(kind: DueKind) -> Self {
        Self { kind, days: 1, recurs: false, tentative: false, of_school: false }
    }
}

/// Whether a date is a deadline or a happening. `clause` is what is said around it, `before` what is said up to it.
pub fn role(said: Said, clause: &str, before: &str, item: &Item) -> DueRole {
    let who = item.who.as_deref().map(self::clause).unwrap_or_default();
    let schools =
        who.contains(" truong ") || who.contains(" nhom ") || who.contains(" lop ") || schools_act(clause);
    let own = is_the_offices_own(item)
        || is_of_another(clause)
        || (!who.is_empty() && !schools && who.contains(" phong ") && !who.contains(" cac phong "));
    let hands = hands_over(clause);
    // "Tập huấn ngày 20/10, gửi danh sách …": what stands behind a day is not done on it.
    let spoken = if before.split_whitespace().count() >= 2 { before } else { clause };
    let deadline = match said.kind {
        DueKind::Before => true,
        _ if item.report && !own => true,
        _ if said.tentative && !hands => false,
        DueKind::On if said.recurs => !own && (hands || !happens(clause)),
        DueKind::On => {
            let done = [" hoan thanh ", " xong ", " han "].iter().any(|word| spoken.contains(word))
                || (schools && [" cong bo ", " niem yet "].iter().any(|word| spoken.contains(word)));
            (hands_over(spoken) || done || is_registration(spoken)) && !own
        }
        DueKind::During | DueKind::Range if own => hands && schools,
        // A test of one or two days is a fixed happening, one of a week each school's own work.
        DueKind::Range if said.days <= 2 => hands || !is_a_happening(clause),
        DueKind::During | DueKind::Range => {
            hands || !happens(clause) || (schools && !said.of_school && is_held_by_each(clause))
        }
    };
    if deadline { DueRole::Deadline } else { DueRole::Event }
}

fn is_registration(clause: &str) -> bool {
    clause.contains(" dang ky ") && !clause.contains(" dang ky du ")
}

/// A meeting or feast that every school holds within the window: its own work, with an end.
fn is_held_by_each(clause: &str) -> bool {
    [
        " cac truong to chuc ",
        " tong ket ",
        " so ket ",
        " cap truong ",
        " tai truong ",
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
