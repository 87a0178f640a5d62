//! The words of a task as they go out: without its dates, which the post says itself, and still a sentence.

/// A sentence as it is posted whole: it begins with a capital and ends without the sign of a list.
pub(super) fn whole(text: &str) -> String {
    capital(text.trim().trim_end_matches([',', ';', ':']).trim_end())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Whether words that lost their date are no sentence any more: a verb without what it is about, an empty pair of quotes.
pub(super) fn is_stump(text: &str) -> bool {
    const ENDS: [&str; 14] = [
        "gửi",
        "nộp",
        "gửi về",
        "xong",
        "trước",
        "trong",
        "từ",
        "đến",
        "vào",
        "là",
        "chậm nhất",
        "hạn",
        "thời hạn",
        "hạn nộp",
    ];
    let last = text.trim_end_matches(['.', ',', ';', ':', ' ']).to_lowercase();
    let ends = ENDS.iter().any(|end| {
        last.strip_suffix(end)
            .is_some_and(|before| before.is_empty() || before.ends_with([' ', ':', ',', '(']))
    });
    let quoted = ["“”", "\"\"", "“ ”", "\" \""].iter().any(|empty| text.contains(empty));
    ends || quoted || text.split_whitespace().count() < 2
}

/// A text without the words of its dates: the post says the dates itself, and an old date in it would mislead. Brackets
/// that hold nothing else go too.
pub(super) fn without(whole_text: &str, quotes: &[&str]) -> String {
    let mut text = whole_text.to_owned();
    for quote in quotes.iter().filter(|q| !q.is_empty()) {
        text = text.replacen(quote, "", 1);
    }
    let mut tidy = String::with_capacity(text.len());
    for c in text.chars() {
        if c == ')' && tidy.trim_end_matches([' ', ',', ';', '.', ':', '–', '-']).ends_with('(') {
            let open = tidy.rfind('(').unwrap_or(tidy.len());
            tidy.truncate(open);
            continue;
        }
        if [')', ',', ';', '.'].contains(&c) {
            tidy.truncate(tidy.trim_end_matches(' ').len());
            if c == ')' {
                tidy.truncate(tidy.trim_end_matches([' ', ',', ';']).len());
            }
        }
        if c == ' ' && tidy.ends_with([' ', '(']) {
            continue;
        }
        tidy.push(c);
    }
    let tidy = tidy.trim().trim_end_matches([',', ';', ':']).trim_end();
    let left = tidy.trim_start_matches([',', ';', ':', '.', ')', '–', ' ']);
    // What stood first is gone: what follows it begins the sentence now.
    if left.chars().next() == whole_text.trim_start().chars().next() {
        left.to_owned()
    } else {
        capital(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_date_leave_nothing_behind() {
        let cases = [
            (
                "Cân đo lần 1 (hoàn thành trước ngày 19/9);",
                &["hoàn thành trước ngày 19/9"][..],
                "Cân đo lần 1",
            ),
            (
                "Góp ý kế hoạch (các trường gửi về Tổ mầm non, trước ngày 14/10/2022).",
                &["trước ngày 14/10/2022"],
                "Góp ý kế hoạch (các trường gửi về Tổ mầm non).",
            ),
            (
                "Báo cáo (gửi trước ngày 10/12); Nhập dữ liệu (trước ngày 8/12).",
                &["trước ngày 10/12", "trước ngày 8/12"],
                "Báo cáo (gửi); Nhập dữ liệu.",
            ),
            ("Truyền thông về GDMN", &[], "Truyền thông về GDMN"),
            (
                "Trong vòng 05 ngày làm việc kể từ ngày ký, gửi hợp đồng thực phẩm về Phòng.",
                &["Trong vòng 05 ngày làm việc kể từ ngày ký"],
                "Gửi hợp đồng thực phẩm về Phòng.",
            ),
        ];
        for (text, quotes, expected) in cases {
            assert_eq!(without(text, quotes), expected);
        }
    }

    #[test]
    fn a_stump_is_no_sentence() {
        for text in ["Báo cáo tháng: gửi", "Cụm từ sửa thành “”.", "Nộp", "Đề nghị các trường gửi về"]
        {
            assert!(is_stump(text), "{text}");
        }
        for text in ["Gửi báo cáo về Phòng", "Cân đo lần 1", "Báo cáo (gửi); Nhập dữ liệu."]
        {
            assert!(!is_stump(text), "{text}");
        }
    }
}
