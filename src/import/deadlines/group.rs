//! A limit that is set for some only, in an item that is for all: "Riêng các nhóm trẻ độc lập gửi trước …", "(trường tư thục nộp
//! trước …)", "Trường Hoa Sen gửi thêm … trước …".

use chrono::NaiveDate;

use super::scan::Scan;
use crate::domain::{DueKind, DueRole};
use crate::import::doubt::DoubtKind;
use crate::vietnamese::{Token, fold_start, fold_words};

impl Scan<'_> {
    /// Asks about a limit whose sentence or bracket begins with a group, behind words that are not about it.
    pub(super) fn doubt_group(&mut self, start: usize, kind: DueKind, role: DueRole, date: NaiveDate) {
        if role != DueRole::Deadline || kind == DueKind::During {
            return;
        }
        let Some(from) = self.tokens.get(start).map(|token| token.start) else { return };
        let before = self.text.get(..from).unwrap_or_default();
        if let Some(printed) = cluster(before).filter(|_| names_several_clusters(self.tokens)) {
            self.doubt(DoubtKind::GroupOnly { printed, date });
            return;
        }
        if self.cell {
            return;
        }
        let begin = sentence_start(before);
        let head = before.get(..begin).unwrap_or_default();
        // A list of groups, a line for each: every school finds its own.
        if head.ends_with('\n') {
            return;
        }
        let Some(printed) = group(before.get(begin..).unwrap_or_default()) else { return };
        // An item that begins so is for that group, which its scope says.
        if fold_words(head).split_whitespace().count() >= 2 {
            self.doubt(DoubtKind::GroupOnly { printed, date });
        }
    }
}

/// Where the sentence, the clause behind a semicolon or the bracket begins that a text ends in.
fn sentence_start(before: &str) -> usize {
    let stop = before.rfind(". ").map(|at| at + 1).max(before.rfind([';', '\n']).map(|at| at + 1));
    let bracket = before.rfind('(').filter(|at| !before[*at..].contains(')')).map(|at| at + 1);
    stop.max(bracket).unwrap_or(0)
}

/// "Lịch nộp: cụm 1: " → "cụm 1": the cluster of schools whose day stands right behind these words.
fn cluster(before: &str) -> Option<String> {
    const WORDS: usize = 4;
    let label = before.trim_end().trim_end_matches([':', ',', '(', '-', '–']).trim_end();
    let begin = label.rfind([':', ';', ',', '.', '(', '\n']).map_or(0, |at| at + 1);
    let name = label.get(begin..)?.trim_start_matches(|c: char| c.is_whitespace() || "-–+•*".contains(c));
    let words: Vec<&str> = name.split_whitespace().collect();
    let named = words.first().is_some_and(|word| word.to_lowercase() == "cụm" || *word == "cum");
    let whole = !name.contains(')');
    (named && whole && (2..=WORDS).contains(&words.len())).then(|| words.join(" "))
}

/// "cụm 1 …; cụm 2 …": an item of one cluster is for that one, which its scope says.
fn names_several_clusters(tokens: &[Token]) -> bool {
    let mut names = (0..tokens.len())
        .filter(|at| tokens[*at].is_word("cum"))
        .filter_map(|at| tokens.get(at + 1).map(|name| name.folded.as_str()));
    names.next().is_some_and(|first| names.any(|other| other != first))
}

/// The group that a sentence begins with, up to its verb.
fn group(sentence: &str) -> Option<String> {
    const SOME: [&str; 4] = ["rieng ", "doi voi ", "voi cac ", "voi truong "];
    const KINDS: [&str; 8] =
        ["cac nhom", "nhom tre", "cac lop", "cac co so", "cac truong", "truong", "cac don vi", "co so"];
    /// What tells some of them from the others.
    const APART: [&str; 12] = [
        " tu thuc",
        " doc lap",
        " cong lap",
        " dan lap",
        " co ",
        " duoc ",
        " da ",
        " chua ",
        " thuoc ",
        " tren ",
        " duoi ",
        " chat luong cao",
    ];
    const VERBS: [&str; 14] = [
        "gửi", "nộp", "báo", "hoàn", "đăng", "gởi", "lập", "thực", "xong", "trước", "chậm", "muộn", "thì",
        "cập",
    ];
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let end = (0..words.len()).find(|at| {
        let word = words[*at].to_lowercase();
        // "độc lập", "công lập"
        let compound = at.checked_sub(1).is_some_and(|at| ["độc", "công", "dân"].contains(&words[at]));
        !compound && VERBS.iter().any(|verb| word.trim_end_matches(',') == *verb)
    })?;
    let printed = words.get(..end)?.join(" ");
    let folded = format!("{} ", fold_words(&printed));
    let kind = KINDS.iter().any(|kind| folded.starts_with(kind));
    let apart = APART.iter().any(|apart| folded.contains(apart));
    // "Trường Hoa Sen và Trường Sao Mai": by name.
    let named = words.first().is_some_and(|word| matches!(*word, "Trường" | "trường" | "MN" | "MG"))
        && words.get(1).is_some_and(|word| word.starts_with(char::is_uppercase));
    let some = SOME.iter().any(|some| fold_start(sentence.trim_start(), 12).starts_with(some));
    let about_schools = KINDS.iter().any(|kind| folded.contains(kind));
    (named || (kind && apart) || (some && about_schools))
        .then(|| printed.trim_end_matches([',', ':']).to_owned())
        .filter(|printed| !printed.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_may_speak_of_some_only() {
        let table = [
            ("Riêng các nhóm trẻ độc lập gửi trước", Some("Riêng các nhóm trẻ độc lập")),
            ("Đối với trường ngoài công lập, nộp trước", Some("Đối với trường ngoài công lập")),
            ("Trường Hoa Sen và Trường Sao Mai gửi thêm phương án", Some("Trường Hoa Sen và Trường Sao Mai")),
            ("nhóm trẻ tư thục nộp", Some("nhóm trẻ tư thục")),
            ("các trường có bếp ăn gửi", Some("các trường có bếp ăn")),
            ("Các trường gửi về Phòng", None),
            ("Đối với báo cáo quý, gửi", None),
            ("Riêng biểu 3 gửi trước", None),
            ("gửi về Phòng", None),
            ("Trường hợp thiếu biểu, gửi", None),
        ];
        for (sentence, want) in table {
            assert_eq!(group(sentence).as_deref(), want, "{sentence}");
        }
    }

    #[test]
    fn a_day_for_each_cluster_is_asked_about() {
        let table = [
            ("Lịch thu hồ sơ: cụm 1: 05/01; cụm 2: 06/01; cụm 3: 07/01.", "cụm 1, cụm 2, cụm 3"),
            ("Nộp hồ sơ thi đua: Cụm Bắc ngày 05/01, Cụm Nam ngày 06/01.", "Cụm Bắc, Cụm Nam"),
            ("Nộp hồ sơ trước ngày 05/01 (cụm 1), trước ngày 06/01 (cụm 2).", ""),
            ("Cụm 1: nộp hồ sơ trước ngày 05/01.", ""),
            ("Các cụm nộp hồ sơ trước ngày 05/01.", ""),
        ];
        for (line, want) in table {
            let text = format!(
                "Số: 5/VHXH\nV/v nộp báo cáo\nĐồi Chè, ngày 14 tháng 12 năm 2026\nKính gửi: Các trường mầm non\n\n1. {line}\n"
            );
            let draft = crate::import::read(text.as_bytes()).unwrap();
            let doubts = draft.tasks.iter().flat_map(|task| &task.doubts);
            let asked: Vec<&str> = doubts
                .filter_map(|doubt| match &doubt.kind {
                    DoubtKind::GroupOnly { printed, .. } => Some(printed.as_str()),
                    _ => None,
                })
                .collect();
            assert_eq!(asked.join(", "), want, "{line}");
        }
    }

    #[test]
    fn it_is_asked_about_behind_words_for_all() {
        let table = [
            ("Các trường gửi kế hoạch. Riêng các nhóm trẻ độc lập gửi trước ngày 25/10/2026.", true),
            ("Báo cáo số liệu trước ngày 20/10. Trường Hoa Sen gửi thêm phương án trước ngày 23/10.", true),
            ("Rà soát cơ sở vật chất (nhóm trẻ độc lập gửi biểu trước ngày 28/10).", true),
            ("Riêng các nhóm trẻ độc lập gửi trước ngày 27/10/2026.", false),
            ("Gửi báo cáo (các trường gửi về Phòng trước ngày 28/10).", false),
        ];
        for (line, want) in table {
            let text = format!(
                "Số: 5/VHXH\nV/v nộp báo cáo\nĐồi Chè, ngày 12 tháng 10 năm 2026\nKính gửi: Các trường mầm non\n\n1. {line}\n"
            );
            let draft = crate::import::read(text.as_bytes()).unwrap();
            let doubts = draft.tasks.iter().flat_map(|task| &task.doubts);
            let asked = doubts.filter(|doubt| matches!(doubt.kind, DoubtKind::GroupOnly { .. })).count();
            assert_eq!(asked, usize::from(want), "{line}");
        }
    }
}
