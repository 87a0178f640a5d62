//! Who acts in a clause: the schools, the office itself, or somebody else.

use super::item::Item;
use crate::vietnamese::fold_words;

/// Whether the office or a committee does an item, not the schools.
pub fn is_the_offices_own(item: &Item) -> bool {
    const HEADS: [&str; 32] = [
        "phuc tra",
        "giao d c",
        "giao dong chi",
        "giao bo phan",
        "giao to ",
        "giao chuyen vien",
        "giao van phong",
        "cac to thuoc phong",
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
        "bo phan",
        "ban giam khao",
        "ban to chuc",
        "hoi dong ra de",
        "hoi dong cham",
        "hoi dong coi thi",
        "hoi dong tham dinh",
    ];
    let words = fold_words(&item.text);
    let own_tests =
        ["kiem tra giua", "kiem tra cuoi", "kiem tra hoc ky", "kiem tra dinh ky", "kiem tra noi bo"];
    item.of_office
        || !own_tests.iter().any(|head| words.starts_with(head))
            && (HEADS.iter().any(|head| words.starts_with(head)) || begins_with_an_office(&words))
}

/// Whether a heading names what the office does itself: "CÔNG VIỆC CỦA PHÒNG", "Lịch của Phòng GDĐT".
pub fn is_of_the_office(heading: &str) -> bool {
    const ENDS: [&str; 8] = [
        " cua phong",
        " cua phong gddt",
        " cua phong gd dt",
        " cua phong giao duc va dao tao",
        " cua phong vh xh",
        " cua phong van hoa xa hoi",
        " cua so",
        " cua lanh dao phong",
    ];
    const NAMES: [&str; 16] = [
        "phong van hoa",
        "phong vh",
        "phong gd",
        "phong giao duc",
        "so gd",
        "so giao duc",
        "ubnd ",
        "uy ban nhan dan",
        "cong an ",
        "tram y te",
        "trung tam y te",
        "doan thanh nien",
        "hoi lien hiep",
        "ban chi dao",
        "ban to chuc",
        "bo phan ",
    ];
    let words = fold_words(heading);
    // "2. Phòng Văn hóa - Xã hội" over what it does.
    let named = NAMES.iter().any(|name| words.starts_with(name)) && words.split(' ').count() <= 9;
    (named && !words.contains("truong")) || ENDS.iter().any(|end| words.ends_with(end))
}

/// Whether a clause (folded, spaces at both ends) begins with somebody who is no school: "Phòng phối hợp …", "Trung tâm Y tế
/// thẩm định …", "Đoàn của Sở kiểm tra …".
pub fn is_of_another(clause: &str) -> bool {
    const OTHERS: [&str; 12] = [
        "trung tam ",
        "tram y te",
        "ubnd ",
        "uy ban nhan dan",
        "doan cua",
        "doan kiem tra",
        "ban giam khao",
        "ban to chuc",
        "hoi dong ",
        "bo phan ",
        "cong doan nganh",
        "lanh dao phong",
    ];
    // "tiêm chủng do Trạm Y tế làm tại trường"
    const BY: [&str; 4] = [" do tram y te ", " do trung tam y te ", " do doan kiem tra ", " do cong an "];
    let words = clause.trim_start();
    BY.iter().any(|by| clause.contains(by))
        || OTHERS.iter().any(|other| words.starts_with(other))
        || begins_with_an_office(words)
}

/// "Phòng phối hợp …", "Phòng GDĐT kiểm tra …", "Sở giao đề …": the office and what it does.
fn begins_with_an_office(words: &str) -> bool {
    const DOES: [&str; 16] = [
        "phoi", "kiem", "to", "se", "cham", "tham", "tong", "thong", "khao", "cong", "giao", "ban", "xet",
        "huong", "duyet", "lam",
    ];
    const NAMES: [&str; 9] = [
        "phong gddt ",
        "phong gd dt ",
        "phong giao duc va dao tao ",
        "phong van hoa xa hoi ",
        "phong vh xh ",
        "phong ",
        "so gddt ",
        "so gd dt ",
        "so giao duc va dao tao ",
    ];
    NAMES.iter().any(|name| {
        words
            .strip_prefix(name)
            .is_some_and(|rest| rest.split(' ').next().is_some_and(|verb| DOES.contains(&verb)))
    })
}

/// Whether schools act in a clause: they are named in it, and not after "tại", "của", "cho".
pub fn schools_act(clause: &str) -> bool {
    const SCHOOLS: [&str; 12] = [
        "cac truong",
        "cac don vi",
        "cac co so",
        "cac nhom",
        "nha truong",
        "hieu truong",
        "truong",
        "cac phong",
        "cac lop",
        "cac to",
        "giao vien",
        "moi truong",
    ];
    const APART: [&str; 12] =
        ["tai", "cua", "cho", "voi", "den", "o", "thuoc", "giua", "tung", "so", "cac", "pho"];
    SCHOOLS.iter().any(|name| {
        let sought = format!(" {name} ");
        clause.match_indices(&sought).any(|(at, _)| {
            let before = clause[..at].split(' ').next_back().unwrap_or_default();
            let after = clause[at + sought.len()..].split(' ').next().unwrap_or_default();
            !APART.contains(&before) && !matches!(after, "phong" | "ban" | "hoc" | "hop" | "thon")
        })
    })
}
