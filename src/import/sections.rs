//! What a section of a document is for, by its heading: only some hold tasks.

use crate::vietnamese::fold_words;

/// What a section is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Results, assessment, shortcomings: the past.
    Review,
    /// Aims, targets, principles.
    General,
    /// Who sees to it that the document is carried out: a task only where a date is set.
    Organisation,
    /// Ways and means: the tasks of a plan, but mere prose in a report.
    Means,
    /// "Yêu cầu" by itself: a task only where a date is set.
    Demands,
    /// What may come after the time of the plan: its points count, its prose tells nobody to do anything.
    Preview,
    /// Tasks.
    Tasks,
    /// The heading does not tell.
    Unknown,
}

/// What the section with this heading is for.
pub fn section_of(heading: &str) -> Section {
    const REVIEW: [&str; 36] = [
        "da lam",
        "da xong",
        "da hoan thanh",
        "danh gia cong tac",
        "danh gia thuc hien",
        "danh gia tinh hinh",
        "danh gia ket qua",
        "danh gia viec",
        "danh gia chung",
        "danh gia thang",
        "danh gia hoat dong",
        "danh gia hoc ky",
        "danh gia nam hoc",
        "danh gia tuan",
        "danh gia lai",
        "danh gia quy",
        "danh gia qua trinh",
        "nhin lai",
        "diem lai",
        "ghi nhan",
        "viec da lam",
        "nhung viec da",
        "cong viec da",
        "cong tac da",
        "da thuc hien",
        "nhan xet",
        "ket qua",
        "tinh hinh",
        "ton tai",
        "han che",
        "uu diem",
        "mot so ton tai",
        "kiem diem",
        "thuan loi",
        "kho khan",
        "nguyen nhan",
    ];
    const GENERAL: [&str; 15] = [
        "muc dich",
        "yeu cau",
        "muc tieu",
        "quan diem",
        "chi tieu",
        "phuong huong chung",
        "kien nghi",
        "de xuat",
        "dac diem",
        "can cu",
        "nguyen tac",
        "pham vi",
        "doi tuong",
        "nhiem vu chung",
        "dinh huong",
    ];
    const ORGANISATION: [&str; 5] =
        ["to chuc thuc hien", "trach nhiem", "phan cong", "kinh phi", "to chuc chi dao"];
    const MEANS: [&str; 3] = ["giai phap", "bien phap", "cac giai phap"];
    const TASKS: [&str; 10] = [
        "phuong huong",
        "nhiem vu",
        "noi dung",
        "cong viec",
        "ke hoach thang",
        "lich",
        "trong tam",
        "thoi gian toi",
        "cong tac thang",
        "viec can lam",
    ];
    let folded = fold_words(heading);
    let folded = without_part(&folded);
    let words = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let starts = |list: &[&str]| list.iter().any(|start| words.starts_with(start));
    if matches!(words, "yeu cau" | "mot so yeu cau" | "yeu cau thuc hien" | "luu y" | "mot so luu y") {
        Section::Demands
    } else if words.starts_with("du kien") {
        Section::Preview
    } else if words.starts_with("yeu cau doi voi") || words.starts_with("yeu cau cac") {
        Section::Tasks
    } else if starts(&REVIEW)
        || is_done(words)
        || words.contains("ket qua thuc hien")
        || words.contains("ton tai han che")
    {
        Section::Review
    } else if starts(&GENERAL) {
        Section::General
    } else if starts(&ORGANISATION) {
        Section::Organisation
    } else if starts(&MEANS) {
        Section::Means
    } else if TASKS.iter().any(|part| words.contains(part)) {
        Section::Tasks
    } else {
        Section::Unknown
    }
}

/// "Việc tháng 2 đã xong", "T9 ĐÃ LÀM": a heading whose last words say that it is over.
fn is_done(words: &str) -> bool {
    const OVER: [&str; 7] =
        [" da lam", " da xong", " da qua", " vua qua", " da thuc hien", " da hoan thanh", " da lam duoc"];
    words.split(' ').count() <= 8 && OVER.iter().any(|end| words.ends_with(end))
}

/// "phan thu nhat ket qua" → "ket qua".
fn without_part(folded: &str) -> &str {
    let Some(rest) = folded.strip_prefix("phan ") else { return folded };
    let rest = rest.strip_prefix("thu ").unwrap_or(rest);
    rest.split_once(' ').map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_the_genre() {
        let table = [
            ("ĐÁNH GIÁ CÔNG TÁC THÁNG 10", Section::Review),
            ("KẾT QUẢ THÁNG 9", Section::Review),
            ("Một số tồn tại, hạn chế", Section::Review),
            ("MỤC ĐÍCH, YÊU CẦU", Section::General),
            ("YÊU CẦU CHUNG", Section::General),
            ("Yêu cầu", Section::Demands),
            ("NHIỆM VỤ CHUNG", Section::General),
            ("TỔ CHỨC THỰC HIỆN", Section::Organisation),
            ("Giải pháp thực hiện", Section::Means),
            ("PHẦN I: ĐÁNH GIÁ CÔNG TÁC THÁNG 2", Section::Review),
            ("PHƯƠNG HƯỚNG, NHIỆM VỤ HỌC KỲ II", Section::Tasks),
            ("NHIỆM VỤ, GIẢI PHÁP", Section::Tasks),
            ("NHIỆM VỤ THỜI GIAN TỚI", Section::Tasks),
            ("C. LỊCH CỤ THỂ", Section::Tasks),
            ("Đánh giá tháng 8", Section::Review),
            ("Công tác bồi dưỡng đội ngũ", Section::Unknown),
            ("VIỆC THÁNG 2 ĐÃ XONG", Section::Review),
            ("T9 DA LAM", Section::Review),
        ];
        for (heading, want) in table {
            assert_eq!(section_of(heading), want, "{heading}");
        }
    }
}
