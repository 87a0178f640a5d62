//! What a clause wants: something handed in, something done, or only to be known.

use super::directive::DraftDue;
use super::item::Item;
use crate::domain::{DueKind, DueRole, Requires};
use crate::vietnamese::fold_words;

/// A clause, folded, with a space at both ends so that whole words can be sought.
pub fn clause(text: &str) -> String {
    format!(" {} ", fold_words(text))
}

/// Whether a clause has schools hand something over.
pub fn hands_over(clause: &str) -> bool {
    const PLAIN: [&str; 20] = [
        " nop ",
        " giai trinh ",
        " lap danh sach ",
        " bao ve ",
        " bao lai ",
        " bao so ",
        " bao cao nhanh ",
        " bao nhanh ",
        " bao cao so ",
        " bao cao ket qua ",
        " bao cao tinh hinh ",
        " bao cao ve ",
        " bao cao phong ",
        " khai bao ",
        " gui bao cao ",
        " tra loi bang van ban ",
        " bao cao truoc ",
        " bao cao cham nhat ",
        " bao cao muon nhat ",
        " bao cao trong ngay ",
    ];
    const ENTER: [&str; 4] = [" nhap ", " cap nhat ", " dong bo ", " tai len "];
    const ENTERED: [&str; 9] = [
        " du lieu",
        " phan mem",
        " he thong",
        " bang dung chung",
        " bang tinh",
        " so lieu",
        " ho so truong",
        " csdl ",
        " bieu mau ",
    ];
    let any = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let taught = any(&[" tap huan ", " huong dan "]);
    any(&PLAIN) || sends(clause) || (any(&ENTER) && any(&ENTERED) && !taught) || reports(clause)
}

/// "gửi", but not "gửi trẻ" (leaving a child at school).
fn sends(clause: &str) -> bool {
    clause.matches(" gui ").count()
        > clause.matches(" gui tre ").count() + clause.matches(" nhu cau gui ").count()
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
    const HAPPENINGS: [&str; 36] = [
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
    ];
    let words = clause.trim();
    if words.starts_with("chuan bi ") {
        return false;
    }
    HAPPENINGS.iter().any(|word| {
        words.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            || (word.contains(' ') && clause.contains(&format!(" {word} ")))
    })
}

/// Whether the office or a committee does it, not the schools.
pub fn is_the_offices_own(item: &Item) -> bool {
    const HEADS: [&str; 17] = [
        "kiem tra",
        "tham muu",
        "don doan",
        "kien toan",
        "ban hanh",
        "du thao",
        "tham dinh",
        "xay dung huong dan",
        "chuyen vien",
        "van phong so",
        "van phong phong",
        "phong van hoa",
        "phong giao duc",
        "phong gd",
        "ban hanh van ban",
        "phoi hop kiem tra",
        "xet duyet",
    ];
    let words = fold_words(&item.text);
    HEADS.iter().any(|head| words.starts_with(head))
}

/// What a school must give for an item.
pub fn requires(item: &Item, due: &[DraftDue]) -> Requires {
    let deadline = due.iter().any(|due| due.role == DueRole::Deadline);
    let own = is_the_offices_own(item);
    let mut hands = false;
    for part in item.text.split([';', '\n', '(', ')', '.', ':']).chain(item.time.iter().map(String::as_str)) {
        let clause = clause(part);
        let handed = hands_over(&clause)
            || (deadline && (clause.trim_start().starts_with("dang ky ") || clause.contains(" dang ky ")))
            || (deadline && clause.trim_start().starts_with("thong ke "));
        // The office's own row hands nothing in, unless it says that the schools send.
        let schools =
            clause.contains(" truong ") || clause.contains(" don vi ") || clause.contains(" co so ");
        hands |= handed && (!own || (schools && sends(&clause)));
    }
    if hands {
        Requires::Submission
    } else if deadline {
        Requires::Confirmation
    } else {
        Requires::None
    }
}

/// Whether a date of this kind in this clause is a deadline or a happening.
pub fn role(kind: DueKind, clause: &str, item: &Item, tentative: bool) -> DueRole {
    let who = item.who.as_deref().map(self::clause).unwrap_or_default();
    let named = ["cac truong ", "cac don vi ", "cac co so ", "cac nhom "];
    let schools = who.contains(" truong ")
        || who.contains(" nhom ")
        || who.contains(" lop ")
        || named.iter().any(|name| clause.trim_start().starts_with(name));
    let own = is_the_offices_own(item) || (!who.is_empty() && !schools && who.contains(" phong "));
    let deadline = match kind {
        DueKind::Before => true,
        _ if tentative && !hands_over(clause) => false,
        DueKind::On => (hands_over(clause) || clause.contains(" han ") || is_registration(clause)) && !own,
        DueKind::During | DueKind::Range => {
            (hands_over(clause) && !own) || !happens(clause) || (schools && is_held_by_each(clause))
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
        " cac truong tong ket ",
        " hop cha me ",
        " hoi nghi vien chuc ",
        " le ra truong ",
        " hoi nghi can bo ",
    ]
    .iter()
    .any(|part| clause.contains(part))
}
