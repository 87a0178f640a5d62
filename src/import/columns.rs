//! What the columns of a table hold, by their labels.

use crate::vietnamese::fold_words;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Tháng, Tháng/năm.
    Month,
    /// Tuần.
    Week,
    /// Thứ, ngày: the day cell of a calendar.
    Day,
    /// Buổi.
    HalfDay,
    /// Sáng, Chiều, Tối: a column of its own for each half of the day.
    HalfOf(Half),
    /// TT, STT.
    Number,
    /// Nội dung, Tên báo cáo, Công việc.
    Content,
    /// Thời gian, Thời hạn gửi.
    Time,
    /// Thời điểm chốt số liệu: dates that are no deadlines.
    Reference,
    /// Đơn vị thực hiện, Phụ trách, Thành phần.
    Who,
    /// Hình thức.
    Channel,
    /// Ghi chú, Kết quả.
    Note,
    /// Địa điểm, and whatever else.
    Other,
}

/// A part of a day with a column of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Sáng.
    Morning,
    /// Chiều.
    Afternoon,
    /// Tối.
    Evening,
}

impl Column {
    /// The column with this label; `None` when the words are no label of the genre.
    pub fn of_label(label: &str) -> Option<Self> {
        if label.is_empty() || label.len() > 120 || label.chars().count() > 45 {
            return None;
        }
        let folded = fold_words(label);
        let words: Vec<&str> = folded.split(' ').collect();
        let has = |part: &str| folded.contains(part);
        let starts = |part: &str| folded.starts_with(part);
        let column = if has("thoi diem") || has("chot so lieu") || has("moc so lieu") || has("ky so lieu") {
            Self::Reference
        } else if matches!(folded.as_str(), "tt" | "stt" | "so tt" | "so thu tu" | "s tt") {
            Self::Number
        } else if matches!(folded.as_str(), "thang" | "thang nam" | "thang nam hoc") {
            Self::Month
        } else if starts("thoi gian")
            || starts("thoi han")
            || matches!(
                folded.as_str(),
                "han" | "ngay" | "tien do" | "ngay hoan thanh" | "han nop" | "moc thoi gian"
            )
            || starts("han ")
        {
            Self::Time
        } else if has("noi dung")
            || has("ten bao cao")
            || has("cong viec")
            || has("nhiem vu")
            || has("dau viec")
        {
            Self::Content
        } else if starts("tuan") && words.len() <= 3 {
            Self::Week
        } else if matches!(folded.as_str(), "thu ngay" | "thu" | "ngay thu" | "thu ngay thang" | "ngay thang")
        {
            Self::Day
        } else if let Some(half) = half_of(&folded) {
            Self::HalfOf(half)
        } else if folded == "buoi" {
            Self::HalfDay
        } else if starts("hinh thuc") || starts("kenh") || starts("cach ") || starts("phuong thuc") {
            Self::Channel
        } else if starts("ghi chu") || starts("ket qua") || starts("luu y") {
            Self::Note
        } else if starts("dia diem") || starts("noi ") {
            Self::Other
        } else if starts("hoat dong") || starts("ten ") || starts("san pham") {
            Self::Content
        } else if [
            "thuc hien",
            "phu trach",
            "chi dao",
            "thanh phan",
            "don vi",
            "bo phan",
            "nguoi ",
            "chu tri",
            "phoi hop",
        ]
        .iter()
        .any(|part| has(part))
        {
            Self::Who
        } else {
            return None;
        };
        Some(column)
    }
}

fn half_of(folded: &str) -> Option<Half> {
    Some(match folded.strip_prefix("buoi ").unwrap_or(folded) {
        "sang" => Half::Morning,
        "chieu" => Half::Afternoon,
        "toi" => Half::Evening,
        _ => return None,
    })
}

/// Whether a label says that the rows are handed in: "Tên báo cáo", "Hạn nộp", "Cách gửi".
pub fn is_of_reports(label: &str) -> bool {
    let folded = fold_words(label);
    let handed = ["bao cao", "nop", "gui"]
        .iter()
        .any(|word| folded.split(' ').any(|w| w == *word) || (word.contains(' ') && folded.contains(word)));
    let column = Column::of_label(label);
    handed && matches!(column, Some(Column::Content | Column::Time | Column::Channel))
}

/// The columns of a header row: at least two known labels, one of them the content; `None` for any other row.
pub fn header_of(cells: &[&str]) -> Option<Vec<Column>> {
    let known = cells.iter().filter(|cell| Column::of_label(cell).is_some()).count();
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let columns: Vec<Column> =
        cells.iter().map(|cell| Column::of_label(cell).unwrap_or(Column::Other)).collect();
    let halves = columns.iter().filter(|column| matches!(column, Column::HalfOf(_))).count();
    let content = columns.contains(&Column::Content) || halves >= 2;
    (known >= 2 && content && known * 2 > filled).then_some(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_the_genre() {
        use Column::{
            Channel, Content, Day, HalfDay, Month, Note, Number, Other, Reference, Time, Week, Who,
        };
        let table = [
            ("Tháng/ năm", Some(Month)),
            ("TT", Some(Number)),
            ("Nội dung trọng tâm", Some(Content)),
            ("Nội dung thực hiện", Some(Content)),
            ("Tên báo cáo", Some(Content)),
            ("Thời gian thực hiện", Some(Time)),
            ("Thời hạn gửi", Some(Time)),
            ("Thời điểm chốt số liệu", Some(Reference)),
            ("Đơn vị báo cáo", Some(Who)),
            ("Bộ phận thực hiện", Some(Who)),
            ("Hình thức", Some(Channel)),
            ("Thứ, ngày", Some(Day)),
            ("Buổi", Some(HalfDay)),
            ("Tuần C.môn", Some(Week)),
            ("Ghi chú", Some(Note)),
            ("Địa điểm", Some(Other)),
            ("Số trẻ", None),
        ];
        for (label, want) in table {
            assert_eq!(Column::of_label(label), want, "{label}");
        }
    }
}
