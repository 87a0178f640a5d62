//! What a clause wants: something handed in, something done, or only to be known.

use super::actors::{is_the_offices_own, schools_act};
use super::deadlines::is_called_off;
use super::directive::DraftDue;
use super::item::Item;
use super::lead::lead;
use super::references::references;
use super::roles::is_registration;
use super::short_forms::{long_form, spelled_out};
use crate::domain::{DueRole, Requires};
use crate::vietnamese::{day_at, fold_start, fold_word, fold_words, is_letter_or_digit, tokens};

/// A clause, folded, with a space at both ends so that whole words can be sought. A word whose marks tell it from the verb that
/// it would be without them is left apart: "đồng bào", "bảo vệ" and "báo" are `dong bao~`, `bao~ ve` and `bao`.
pub fn clause(text: &str) -> String {
    let mut folded = fold_words(text);
    if let Some(spelled) = spelled_out(&folded) {
        folded = spelled;
    }
    if folded.contains("goi") && text.to_lowercase().contains("gởi") {
        return clause(&text.replace("gởi", "gửi").replace("Gởi", "Gửi").replace("GỞI", "GỬI"));
    }
    if !folded.split(' ').any(is_marked) {
        return format!(" {folded} ");
    }
    let mut out = String::with_capacity(folded.len() + 4);
    out.push(' ');
    let mut words = text.split(|c: char| !is_letter_or_digit(c)).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let folded = fold_word(word);
        if folded == "b" && words.peek().is_some_and(|next| matches!(*next, "c" | "C")) {
            words.next();
            out.push_str("bao cao ");
            continue;
        }
        out.push_str(long_form(&folded).unwrap_or(&folded));
        out.push_str(if is_marked(&folded) && is_another_word(word, &folded) { "~ " } else { " " });
    }
    out
}

fn is_marked(folded: &str) -> bool {
    MARKED.iter().any(|(plain, _)| *plain == folded)
}

/// "bảo", "bão" beside "báo".
fn is_another_word(word: &str, folded: &str) -> bool {
    let lower = word.to_lowercase();
    let meant = |(plain, meant): &(&str, &[&str])| *plain == folded && meant.contains(&lower.as_str());
    lower != folded && !MARKED.iter().any(meant)
}

/// Verbs that are another word with other marks: without marks, and with those that they are written with.
const MARKED: [(&str, &[&str]); 7] = [
    ("bao", &["báo"]),
    ("nop", &["nộp"]),
    ("gui", &["gửi", "gởi"]),
    ("trinh", &["trình"]),
    ("nhap", &["nhập"]),
    ("han", &["hạn"]),
    ("thi", &["thi"]),
];

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

/// A text without the clauses that have a date of their own: what a date beside it is the date of. All of it when none is left.
pub fn undated_clauses(text: &str) -> String {
    let dated = |clause: &str| {
        let tokens = tokens(clause);
        let dead = references(clause, &tokens);
        let counts = |at: usize| !dead[at] && !lead(clause, &tokens, at).rejected;
        (0..tokens.len())
            .any(|at| day_at(clause, &tokens, at).is_some_and(|(day, _)| !day.weak) && counts(at))
    };
    let rest: Vec<&str> = text.split([';', '\n']).filter(|clause| !dated(clause)).collect();
    if rest.iter().all(|clause| clause.trim().is_empty()) { text.to_owned() } else { rest.join(";") }
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
    Verb { word: "gui", not_before: &["cau", "khong"], after: &[], not_after: &["tre", "con", "xe", "sau"] },
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
            "ham", "luu", "thu", "hung", "bi", "dung", "mau", "tuong", "anh",
        ],
    },
    Verb { word: "nhan", not_before: &["tin", "xac", "ghi"], after: &["ten"], not_after: &[] },
    Verb { word: "chuyen", not_before: &[], after: &["ve"], not_after: &[] },
];

/// Whether a clause has schools hand something over.
pub fn hands_over(clause: &str) -> bool {
    const PLAIN: [&str; 5] =
        [" giai trinh ", " lap danh sach ", " lap danh muc ", " khai bao ", " tra loi bang van ban "];
    const REPORT: [&str; 19] = [
        " bao cao si so ",
        " bao cao danh sach ",
        " bao cao tien do ",
        " bao cao so luong ",
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
    let report = clause.contains(" bao cao ") && (any(&REPORT) || reports(clause));
    let entered = || any(&ENTER) && any(&ENTERED) && !any(&[" tap huan ", " huong dan "]);
    report || any(&PLAIN) || tells_an_office(clause) || has_verb(clause) || entered()
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
            " cac truong bao cao ",
            " cac don vi bao cao ",
            " cac co so bao cao ",
            " thong ke bao cao ",
            " bao cao so lieu ",
            " bao cao va thong ke ",
            " bao cao thong ke ",
            " tap hop bao cao ",
        ]
        .iter()
        .any(|part| clause.contains(part))
}

/// What a school must give for an item.
pub fn requires(item: &Item, due: &[DraftDue]) -> Requires {
    let deadline = due.iter().any(|due| due.role == DueRole::Deadline);
    // "Dự thảo quy chế dân chủ: hoàn thành trong quý I": where a day is set for it, the draft is the schools'.
    let drafted = deadline && !item.of_office && fold_start(&item.text, 16).starts_with("du thao ");
    let own = is_the_offices_own(item) && !drafted;
    if is_called_off(&item.text) && !deadline {
        return Requires::None;
    }
    if item.report && !own {
        return Requires::Submission;
    }
    let whole = without_brackets(&item.text);
    let apart = [';', '\n', '(', ')', '.', ':'];
    let heading =
        item.heading.as_deref().filter(|heading| due.iter().any(|due| heading.contains(&due.quote)));
    let bracketed = whole != item.text;
    let parts = item
        .text
        .split(apart)
        .chain(whole.split(apart).filter(|_| bracketed))
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
            || (deadline && (clause.trim_start().starts_with("thong ke ") || is_a_paper(&clause)));
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
pub fn goes_to_the_office(clause: &str) -> bool {
    const BROUGHT: [&str; 5] = [" mang ", " dem ", " dua ", " chuyen ", " giao "];
    const THERE: [&str; 6] =
        [" ra phong ", " len phong ", " den phong ", " len so ", " den so ", " tai bo phan mot cua "];
    // "mang bản gốc ra phòng", but not "mang ghế ra phòng học".
    let brought = BROUGHT.iter().any(|verb| clause.contains(verb))
        && THERE.iter().any(|there| {
            clause.split_once(there).is_some_and(|(_, rest)| {
                !["hoc", "hop", "may", "an", "thi"].iter().any(|room| rest.starts_with(room))
            })
        });
    brought
        || [" ve phong ", " cho phong ", " ve so ", " ve ubnd ", " ve van phong "]
            .iter()
            .any(|to| clause.contains(to))
}

/// "Hồ sơ phổ cập", "Lịch trực Tết": an item that is nothing but the name of a paper is that paper, handed in.
pub fn is_a_paper(clause: &str) -> bool {
    const PAPERS: [&str; 24] = [
        "ke hoach nam hoc ",
        "ke hoach giao duc ",
        "ke hoach ca nhan ",
        "ke hoach to ",
        "ho so ",
        "bao cao ",
        "danh sach ",
        "bien ban ",
        "to trinh ",
        "bieu mau ",
        "bang tong hop ",
        "phuong an ",
        "lich truc ",
        "quyet toan ",
        "du toan ",
        "minh chung ",
        "so lieu ",
        "phieu ",
        "de cuong ",
        "san pham ",
        "bang ke ",
        "bang diem ",
        "ket qua ",
        "bai du thi ",
    ];
    let words = clause.trim_start();
    // "Kết quả công bố ngày …": told by those who judge.
    let told = words.starts_with("ket qua ")
        && [" cong bo ", " thong bao ", " duoc ", " se "].iter().any(|word| clause.contains(word));
    !told && PAPERS.iter().any(|paper| words.starts_with(paper))
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
