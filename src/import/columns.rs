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
    /// Bắt đầu, Từ ngày: the first day, beside the last.
    Begin,
    /// Kết thúc, Đến ngày: the last day, beside the first.
    End,
    /// Thời điểm chốt số liệu: dates that are no deadlines.
    Reference,
    /// Đơn vị thực hiện, Phụ trách, Thành phần.
    Who,
    /// Who helps: read as who acts only where nobody else is named.
    Partner,
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
        let limit = ["nop", "gui", "hoan thanh", "thuc hien"].iter().any(|word| has(word));
        let column = if has("thoi diem") && limit {
            Self::Time
        } else if has("thoi diem") || has("chot so lieu") || has("moc so lieu") || has("ky so lieu") {
            Self::Reference
        } else if matches!(folded.as_str(), "tt" | "stt" | "so tt" | "so thu tu" | "s tt") {
            Self::Number
        } else if matches!(folded.as_str(), "thang" | "thang nam" | "thang nam hoc") {
            Self::Month
        } else if matches!(
            folded.as_str(),
            "bat dau" | "tu" | "tu ngay" | "ngay bat dau" | "thoi gian bat dau"
        ) {
            Self::Begin
        } else if matches!(
            folded.as_str(),
            "ket thuc" | "den" | "den ngay" | "ngay ket thuc" | "thoi gian ket thuc"
        ) {
            Self::End
        } else if starts("thoi gian")
            || starts("thoi han")
            || matches!(
                folded.as_str(),
                "han"
                    | "ngay"
                    | "gio"
                    | "tien do"
                    | "ngay hoan thanh"
                    | "ngay nop"
                    | "ngay gui"
                    | "moc"
                    | "moc thoi gian"
                    | "ngay thuc hien"
                    | "hoan thanh"
                    | "xong"
                    | "lich thuc hien"
            )
            || starts("han ")
        {
            Self::Time
        } else if has("noi dung")
            || has("ten bao cao")
            || has("cong viec")
            || has("nhiem vu")
            || has("dau viec")
            || starts("viec ")
            || starts("loai bao cao")
            || starts("bao cao")
            || starts("hang muc")
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
        } else if starts("dia diem")
            || starts("noi ")
            || matches!(folded.as_str(), "dot" | "lop" | "so luong")
        {
            Self::Other
        } else if starts("hoat dong") || starts("ten ") || starts("san pham") {
            Self::Content
        } else if has("phoi hop") && !has("chu tri") {
            Self::Partner
        } else if [
            "thuc hien",
            "phu trach",
            "chi dao",
            "thanh phan",
            "don vi",
            "bo phan",
            "nguoi ",
            "chu tri",
            "doi tuong",
            "bac hoc",
            "cap hoc",
            "phan cong",
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
    let mut columns: Vec<Column> =
        cells.iter().map(|cell| Column::of_label(cell).unwrap_or(Column::Other)).collect();
    let halves = columns.iter().filter(|column| matches!(column, Column::HalfOf(_))).count();
    // "Ngày | Giờ | …": the day of a calendar, not a deadline.
    let folded = |at: usize| cells.get(at).map(|cell| fold_words(cell)).unwrap_or_default();
    let clock =
        (0..cells.len()).any(|at| matches!(folded(at).as_str(), "gio" | "buoi" | "thoi gian" | "sang"));
    if let Some(day) = (0..cells.len()).find(|at| folded(*at) == "ngay").filter(|_| clock) {
        columns[day] = Column::Day;
    }
    // "Nhiệm vụ | … | Sản phẩm": one of them is what is to be done.
    let named = |at: usize| {
        ["noi dung", "cong viec", "nhiem vu", "dau viec"].iter().any(|word| folded(at).contains(word))
    };
    let contents: Vec<usize> = (0..columns.len()).filter(|at| columns[*at] == Column::Content).collect();
    if let Some(own) = contents.iter().copied().find(|at| named(*at)).filter(|_| contents.len() > 1) {
        contents.iter().filter(|at| **at != own).for_each(|at| columns[*at] = Column::Other);
    }
    // A label of its own for the content: the first unknown one of a table that says when.
    let timed = columns
        .iter()
        .any(|c| matches!(c, Column::Time | Column::End | Column::Month | Column::Week | Column::Day));
    if timed && halves < 2 && !columns.contains(&Column::Content) {
        let unknown = (0..cells.len()).find(|at| {
            let letters = cells[*at].chars().next().is_some_and(char::is_alphabetic);
            letters && cells[*at].chars().count() <= 45 && Column::of_label(cells[*at]).is_none()
        });
        if let Some(at) = unknown {
            columns[at] = Column::Content;
        }
    }
    let content = columns.contains(&Column::Content) || halves >= 2;
    (known >= 2 && content && known * 2 > filled).then_some(columns)
}

/// The columns with what a second row of labels says: "Từ ngày", "Đến ngày" under "Thời gian". Nothing when the row is none.
pub fn with_second_row(columns: &[Column], below: &[&str]) -> Option<Vec<Column>> {
    let filled = below.iter().filter(|cell| !cell.is_empty()).count();
    let known = |cell: &&&str| cell.is_empty() || Column::of_label(cell).is_some();
    if below.len() != columns.len()
        || filled < 2
        || filled == below.len()
        || !below.iter().all(|cell| known(&cell))
    {
        return None;
    }
    let labels = columns.iter().zip(below);
    Some(labels.map(|(column, cell)| Column::of_label(cell).unwrap_or(*column)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_what_is_in_their_columns() {
        use Column::{Channel, Content, Day, Note, Number, Other, Time, Who};
        let table: [(&[&str], Option<&[Column]>); 6] = [
            (&["STT", "Chuyên mục", "Hạn nộp", "Cách nộp"], Some(&[Number, Content, Time, Channel])),
            (&["Ngày", "Giờ", "Nội dung", "Địa điểm"], Some(&[Day, Time, Content, Other])),
            (&["Ngày", "Nội dung", "Thực hiện"], Some(&[Time, Content, Who])),
            (&["STT", "Họ và tên", "Đơn vị", "Ghi chú"], None),
            (&["Thời hạn", "Việc phải làm", "Nơi nhận"], Some(&[Time, Content, Other])),
            (&["Hạn", "Việc cần làm", "Phụ trách", "Ghi chú"], Some(&[Time, Content, Who, Note])),
        ];
        for (labels, want) in table {
            assert_eq!(header_of(labels).as_deref(), want, "{labels:?}");
        }
    }

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
            ("Loại báo cáo, thống kê", Some(Content)),
            ("Thời điểm nộp", Some(Time)),
            ("Giờ", Some(Time)),
            ("Hoàn thành", Some(Time)),
            ("Bắt đầu", Some(Column::Begin)),
            ("Kết thúc", Some(Column::End)),
            ("Đối tượng", Some(Who)),
        ];
        for (label, want) in table {
            assert_eq!(Column::of_label(label), want, "{label}");
        }
    }
}
