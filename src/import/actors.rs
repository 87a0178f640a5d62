//! Who acts in a clause: the schools, the office itself, or somebody else.

use super::item::Item;
use crate::vietnamese::fold_words;

/// Whether the office or a committee does an item, not the schools.
pub fn is_the_offices_own(item: &Item) -> bool {
    const HEADS: [&str; 24] = [
        "nghe bao cao",
        "phuc tra",
        "xet duyet",
        "giao d c",
        "giao dong chi",
        "giao to ",
        "giao van phong",
        "cac to thuoc phong",
        "kiem tra",
        "thanh tra",
        "danh gia ngoai",
        "hau kiem",
        "tham tra",
        "tham muu",
        "don doan",
        "tiep doan",
        "kien toan",
        "ban hanh",
        "du thao",
        "tham dinh",
        "xay dung huong dan",
        "van phong so",
        "van phong phong",
        "phoi hop kiem tra",
    ];
    let words = fold_words(&item.text);
    let own_tests = [
        "kiem tra giua",
        "kiem tra cuoi",
        "kiem tra hoc ky",
        "kiem tra hki",
        "kiem tra dinh ky",
        "kiem tra noi bo",
        "kiem tra cheo",
    ];
    item.of_office
        || !own_tests.iter().any(|head| words.starts_with(head))
            && (HEADS.iter().any(|head| words.starts_with(head)) || is_of_another(&format!(" {words} ")))
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
/// thẩm định …", "Đoàn của Sở kiểm tra …". One that works together with the schools leaves the work theirs too.
pub fn is_of_another(clause: &str) -> bool {
    // "tiêm chủng do Trạm Y tế làm tại trường"
    const BY: [&str; 4] = [" do tram y te ", " do trung tam y te ", " do doan kiem tra ", " do cong an "];
    const WITH: [&str; 8] = [
        " chi dao cac truong ",
        " chi dao cac don vi ",
        " chi dao cac co so ",
        " phoi hop cac truong ",
        " phoi hop voi cac truong ",
        " phoi hop nha truong ",
        " phoi hop voi nha truong ",
        " cung cac truong ",
    ];
    BY.iter().any(|by| clause.contains(by))
        || (begins_with_a_body(clause.trim_start()) && !WITH.iter().any(|with| clause.contains(with)))
}

/// "chuẩn bị hồ sơ để đoàn của huyện kiểm tra": the last purpose of a clause, if a body that is no school comes to judge in it.
pub fn is_for_a_judge(clause: &str) -> bool {
    const JUDGES: [&str; 10] = [
        " kiem tra ",
        " tham dinh ",
        " duyet ",
        " phe duyet ",
        " cham ",
        " khao sat ",
        " danh gia ",
        " lam viec ",
        " du gio ",
        " giam sat ",
    ];
    clause.rfind(" de ").is_some_and(|at| {
        let purpose = &clause[at + " de ".len()..];
        begins_with_a_body(purpose) && JUDGES.iter().any(|judge| purpose.contains(judge))
    })
}

/// A body that is no school, by the words that it begins with; words that may not follow, since with them it is a school's own
/// or another word ("tổ chức", "phòng học").
struct Body {
    name: &'static str,
    not: &'static [&'static str],
}

/// Words behind "phòng" that make it a room, or another word.
const ROOMS: [&str; 22] = [
    "chong", "benh", "ngua", "tranh", "hoc", "dich", "chay", "trao", "may", "doc", "tin", "thi", "an", "ve",
    "cach", "phu", "khach", "bep", "y", "truyen", "sinh", "nghi",
];

const BODIES: [Body; 48] = [
    Body { name: "cac bo phan ", not: &[] },
    Body { name: "nha cung cap ", not: &[] },
    Body { name: "nha thau ", not: &[] },
    Body { name: "cong ty ", not: &[] },
    Body { name: "don vi cung cap ", not: &[] },
    Body { name: "don vi thi cong ", not: &[] },
    Body { name: "ngan hang ", not: &["cau", "de"] },
    Body { name: "dien luc ", not: &[] },
    Body { name: "phong ", not: &ROOMS },
    Body { name: "to mam non ", not: &[] },
    Body { name: "to pho thong ", not: &[] },
    Body { name: "to tieu hoc ", not: &[] },
    Body { name: "to cong tac ", not: &[] },
    Body { name: "to kiem tra ", not: &[] },
    Body { name: "to tham dinh ", not: &[] },
    Body { name: "to giup viec ", not: &[] },
    Body { name: "to chuyen vien ", not: &[] },
    Body { name: "so gd", not: &[] },
    Body { name: "so giao duc", not: &[] },
    Body { name: "so y te ", not: &[] },
    Body { name: "so noi vu ", not: &[] },
    Body { name: "so tai chinh ", not: &[] },
    Body { name: "bo gd", not: &[] },
    Body { name: "bo giao duc", not: &[] },
    Body { name: "doan ", not: &["vien", "doi", "truong", "ket"] },
    Body { name: "thanh doan ", not: &[] },
    Body { name: "huyen doan ", not: &[] },
    Body { name: "ban giam khao ", not: &[] },
    Body { name: "ban to chuc ", not: &[] },
    Body { name: "ban chi dao ", not: &[] },
    Body { name: "ban thuong vu ", not: &[] },
    Body { name: "hoi dong ", not: &["tu", "tdg", "truong", "su", "tuyen", "nha"] },
    Body { name: "cong doan nganh ", not: &[] },
    Body { name: "cong doan giao duc ", not: &[] },
    Body { name: "lien doan lao dong ", not: &[] },
    Body { name: "cong an ", not: &[] },
    Body { name: "tram y te", not: &[] },
    Body { name: "trung tam ", not: &[] },
    Body { name: "benh vien ", not: &[] },
    Body { name: "ubnd ", not: &[] },
    Body { name: "uy ban nhan dan", not: &[] },
    Body { name: "mat tran ", not: &[] },
    Body { name: "hoi ", not: &HELD },
    Body { name: "bao hiem xa hoi ", not: &["cho"] },
    Body { name: "chuyen vien ", not: &[] },
    Body { name: "lanh dao ", not: &["truong", "nha", "cac"] },
    Body { name: "bo phan ", not: &[] },
    Body { name: "thuong truc ", not: &[] },
];

/// Words behind "hội" that make it a gathering, or another word.
const HELD: [&str; 19] = [
    "dong", "nghi", "thi", "thao", "giang", "hop", "khoe", "dien", "cho", "trai", "cha", "phu", "mua", "y",
    "nhap", "hoc", "hoa", "vui", "xuan",
];

/// "Phòng phối hợp …", "Sở giao đề …", "Giao Công an phường …": a body that is no school, and what it does.
fn begins_with_a_body(words: &str) -> bool {
    const DOES: [&str; 16] = [
        "phoi", "kiem", "to", "se", "cham", "tham", "tong", "thong", "khao", "cong", "giao", "ban", "xet",
        "huong", "duyet", "lam",
    ];
    let told = ["giao ", "de nghi ", "yeu cau ", "phan cong "];
    let words = told.iter().find_map(|verb| words.strip_prefix(verb)).unwrap_or(words);
    let next = |rest: &str| rest.split(' ').next().unwrap_or_default().to_owned();
    // "Sở giao đề", but not "số giao", "sổ".
    let department = words.strip_prefix("so ").is_some_and(|rest| DOES.contains(&next(rest).as_str()));
    department
        || BODIES.iter().any(|body| {
            words.strip_prefix(body.name).is_some_and(|rest| !body.not.contains(&next(rest).as_str()))
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
    const APART: [&str; 17] = [
        "tai", "cua", "cho", "voi", "den", "o", "thuoc", "giua", "tung", "so", "cac", "pho", "dan", "tro",
        "van", "doc", "giup",
    ];
    SCHOOLS.iter().any(|name| {
        let sought = format!(" {name} ");
        clause.match_indices(&sought).any(|(at, _)| {
            let before = clause[..at].split(' ').next_back().unwrap_or_default();
            let after = clause[at + sought.len()..].split(' ').next().unwrap_or_default();
            !APART.contains(&before) && !matches!(after, "phong" | "ban" | "hoc" | "hop" | "thon")
        })
    })
}
