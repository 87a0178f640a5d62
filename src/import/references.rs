//! Dates and numbers of other documents: "Kế hoạch số 88/KH-UBND ngày 18/11/2021". They are never deadlines.

use crate::vietnamese::{Token, TokenKind, YearSaid, day_at, words_at};

/// For each token, whether it belongs to the name of another document.
pub fn references(text: &str, tokens: &[Token]) -> Vec<bool> {
    let mut dead = vec![false; tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        if let Some(next) = of_somebody(text, tokens, at) {
            dead[at..next].fill(true);
            at = next;
            continue;
        }
        let end = numbered(tokens, at).or_else(|| named(tokens, at)).or_else(|| point(tokens, at));
        let Some(end) = end else {
            at += 1;
            continue;
        };
        dead[at..end].fill(true);
        if let Some((from, to)) = its_day(text, tokens, end) {
            dead[end..to].fill(true);
            at = to.max(from);
        } else {
            at = end;
        }
    }
    withdrawn(tokens, &mut dead);
    corrected(text, tokens, &mut dead);
    dead
}

/// `đã ghi: "trước ngày 05/4"; nay sửa thành …`, "ngày 22/5 (không phải ngày 25/5 như đã thông báo)", "bỏ việc nộp bản giấy ngày
/// 20/11": what a correction takes back.
fn corrected(text: &str, tokens: &[Token], dead: &mut [bool]) {
    /// So many words are quoted of what was written before.
    const QUOTED: usize = 60;
    const WRITTEN: [&[&str]; 6] = [
        &["da", "ghi"],
        &["da", "neu"],
        &["da", "thong", "bao"],
        &["ghi", "la"],
        &["da", "in"],
        &["da", "dang"],
    ];
    const NOW: [&str; 5] = ["nay", "sửa", "đọc", "đính", "thay"];
    let printed = |at: usize, way: &str| {
        text.get(tokens[at].start..tokens[at].end).is_some_and(|printed| printed.to_lowercase() == way)
    };
    let mut at = 0;
    while at < tokens.len() {
        let written = WRITTEN.iter().find(|words| words_at(tokens, at, words)).map(|words| at + words.len());
        if let Some(from) = written {
            let end = tokens.len().min(from + QUOTED);
            let now = (from..end).find(|at| NOW.iter().any(|word| printed(*at, word)));
            if let Some(now) = now.filter(|now| says_a_day(text, tokens, *now)) {
                dead[from..now].fill(true);
                at = now;
                continue;
            }
        }
        // "không phải chiều ngày 06/5", but not "không phải nộp trước ngày 06/5", which is another matter.
        if words_at(tokens, at, &["khong", "phai"]) || words_at(tokens, at, &["chu", "khong", "phai"]) {
            const BETWEEN: [&str; 9] = ["la", "vao", "truoc", "sang", "chieu", "toi", "ngay", "han", "tu"];
            let day = (at + 2..tokens.len().min(at + 7))
                .find(|at| tokens[*at].number().is_some() || !BETWEEN.contains(&tokens[*at].folded.as_str()))
                .and_then(|at| day_at(text, tokens, at));
            if let Some((_, next)) = day {
                dead[at..next].fill(true);
                at = next;
                continue;
            }
        }
        let begins = at.checked_sub(1).is_none_or(|before| tokens[before].kind != TokenKind::Word);
        let dropped = words_at(tokens, at, &["bo"])
            && printed(at, "bỏ")
            && ["viec", "noi", "yeu", "quy", "muc", "diem", "hinh"]
                .iter()
                .any(|what| words_at(tokens, at + 1, &[what]));
        if begins && dropped {
            let stop =
                |at: &usize| tokens[*at].is_sign(';') || tokens[*at].is_sign('.') || tokens[*at].is_sign(',');
            let end = (at..tokens.len()).find(stop).unwrap_or(tokens.len());
            dead[at..end].fill(true);
            at = end;
            continue;
        }
        at += 1;
    }
}

/// Whether a day is said from a place on, before the sentence ends.
fn says_a_day(text: &str, tokens: &[Token], from: usize) -> bool {
    const FAR: usize = 60;
    (from..tokens.len().min(from + FAR)).any(|at| day_at(text, tokens, at).is_some_and(|(day, _)| !day.weak))
}

/// "thông báo kết luận ngày 25/9/2026 của Chủ tịch UBND phường": a paper without a number, its day, and whose it is. Index after
/// its day.
fn of_somebody(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    const PAPERS: [&[&str]; 8] = [
        &["thong", "bao"],
        &["ket", "luan"],
        &["ke", "hoach"],
        &["huong", "dan"],
        &["van", "ban"],
        &["to", "trinh"],
        &["chi", "dao"],
        &["giay", "moi"],
    ];
    if tokens[at].kind != TokenKind::Word {
        return None;
    }
    let paper = PAPERS.iter().find(|words| words_at(tokens, at, words))?;
    let from = at + paper.len();
    let day = (from..tokens.len().min(from + 3)).find(|at| tokens[*at].is_word("ngay"))?;
    let (_, next) = day_at(text, tokens, day + 1)?;
    let owner = tokens.get(next + 1).filter(|_| tokens[next..].first().is_some_and(|t| t.is_word("cua")))?;
    (owner.capital && tokens[from..day].iter().all(|t| t.kind == TokenKind::Word)).then_some(next)
}

/// "như điểm 1.2", "tại mục 2.3.1": a point of a document. Index after its number.
fn point(tokens: &[Token], at: usize) -> Option<usize> {
    const POINTS: [&str; 5] = ["diem", "muc", "khoan", "tiet", "dieu"];
    let called = POINTS.iter().any(|name| tokens[at].is_word(name));
    tokens.get(at + 1).filter(|t| called && t.number().is_some())?;
    let part = |n: usize| {
        let dot = tokens.get(n).is_some_and(|t| t.is_sign('.') && t.start == tokens[n - 1].end);
        dot && tokens.get(n + 1).is_some_and(|t| t.number().is_some() && t.start == tokens[n].end)
    };
    let mut next = at + 2;
    while part(next) {
        next += 2;
    }
    // One number alone is no date, and "điểm 5 tháng 10" may be one.
    (next > at + 2).then_some(next)
}

/// "(thay cho thời gian từ ngày 15/6 đến ngày 20/6)", "hạn nộp báo cáo (trước ngày 15/6) được bãi bỏ": what stands in such
/// brackets holds no more.
fn withdrawn(tokens: &[Token], dead: &mut [bool]) {
    const INSTEAD: [&[&str]; 5] =
        [&["thay", "cho"], &["thay", "vi"], &["thay", "the"], &["thay", "ban"], &["truoc", "day"]];
    const ENDED: [&[&str]; 5] = [
        &["duoc", "bai", "bo"],
        &["bi", "bai", "bo"],
        &["bai", "bo"],
        &["duoc", "huy", "bo"],
        &["khong", "con"],
    ];
    let mut open = None;
    for (at, token) in tokens.iter().enumerate() {
        if token.is_sign('(') {
            open = Some(at);
        } else if token.is_sign(')')
            && let Some(open) = open.take()
        {
            let instead = INSTEAD.iter().any(|words| words_at(tokens, open + 1, words));
            let ended = ENDED.iter().any(|words| words_at(tokens, at + 1, words));
            if instead || ended {
                dead[open..at].fill(true);
            }
        }
    }
}

/// `88/KH-UBND`, `13/2020/TT-BGDĐT`, `51-KL/TW`, `2745/BGDĐT`: index after it.
fn numbered(tokens: &[Token], at: usize) -> Option<usize> {
    tokens[at].number()?;
    let mut next = at + 1;
    let mut joined = false;
    while let (Some(sign), Some(part)) = (tokens.get(next), tokens.get(next + 1)) {
        let tight = sign.start == tokens[next - 1].end && part.start - sign.end <= 1;
        if !(sign.is_sign('/') || sign.is_dash() || sign.is_sign('&')) || !tight {
            break;
        }
        let letters = part.kind == TokenKind::Word && part.capital && part.width() >= 2;
        if !letters && part.number().is_none() {
            break;
        }
        joined |= letters;
        next += 2;
    }
    (joined && tokens[at..next].iter().any(|t| t.is_sign('/'))).then_some(next)
}

/// "Nghị quyết", "Công văn", "Kế hoạch số …": index after the words.
fn named(tokens: &[Token], at: usize) -> Option<usize> {
    // "CV 5555", "QĐ 117"
    let short = ["cv", "qd", "tt", "nd", "nq", "kh", "tb"].iter().any(|name| tokens[at].is_word(name));
    if short && tokens[at].capital && tokens.get(at + 1).is_some_and(|t| t.number().is_some()) {
        return Some(at + 2).filter(|next| !tokens.get(*next).is_some_and(|t| t.is_sign('/')));
    }
    const NAMES: [&[&str]; 14] = [
        &["nghi", "quyet"],
        &["nghi", "dinh"],
        &["thong", "tu"],
        &["quyet", "dinh"],
        &["chi", "thi"],
        &["cong", "van"],
        &["cong", "dien"],
        &["ket", "luan", "so"],
        &["ke", "hoach", "so"],
        &["thong", "bao", "so"],
        &["huong", "dan", "so"],
        &["van", "ban", "so"],
        &["to", "trinh", "so"],
        &["luat"],
    ];
    /// "hệ thống từ ngày", "phổ thông từ ngày": no circular.
    const BEFORE_THONG: [&str; 7] = ["he", "pho", "giao", "truyen", "vien", "luu", "lien"];
    let behind = |words: &[&str]| tokens[..at].last().is_some_and(|t| words.contains(&t.folded.as_str()));
    // "kỷ luật", "pháp luật"
    const BEFORE_LUAT: [&str; 3] = ["ky", "phap", "quy"];
    let other = |first: &str| match first {
        "thong" => behind(&BEFORE_THONG),
        "luat" => behind(&BEFORE_LUAT),
        _ => false,
    };
    let names = |words: &&&[&str]| words_at(tokens, at, words) && !other(words[0]);
    NAMES.iter().find(names).map(|words| at + words.len())
}

/// The day of a document within the few words after its name, unless a duty begins between them.
fn its_day(text: &str, tokens: &[Token], end: usize) -> Option<(usize, usize)> {
    const DUTY: [&str; 12] =
        ["truoc", "cham", "muon", "han", "xong", "gui", "nop", "hoan", "den", "tu", "trong", "het"];
    let mut at = end;
    while at < tokens.len() && at - end <= 9 {
        let token = &tokens[at];
        if token.is_sign(';')
            || token.is_sign('.')
            || token.is_sign(')')
            || token.is_sign(':')
            || DUTY.contains(&token.folded.as_str())
        {
            return None;
        }
        // "1120/QĐ-UBND 22-8-2019"
        let right_behind = at == end
            && day_at(text, tokens, at)
                .is_some_and(|(day, _)| matches!(day.year, Some(YearSaid::Printed(_))));
        if right_behind && let Some((_, next)) = day_at(text, tokens, at) {
            return Some((at, next));
        }
        if (token.is_word("ngay") || token.is_sign(','))
            && let Some((_, next)) = day_at(text, tokens, at + 1)
        {
            return Some((at, next));
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vietnamese::tokens;

    #[test]
    fn the_days_of_documents_are_dead_and_those_of_duties_live() {
        let table = [
            ("theo Kế hoạch số 88/KH-UBND ngày 18/11/2025", false),
            ("Kế hoạch số 158/KH- UBND, ngày 09/9/2026 về công tác", false),
            ("Thông tư 36/2017/TT-BGDĐT ngày 28/12/2017", false),
            ("Nghị quyết của Hội đồng nhân dân tỉnh ngày 12/7/2026", false),
            ("Kết luận số 51-KL/TW ngày 4/6/2025", false),
            ("mẫu kèm Công văn số 77/VHXH gửi trước ngày 5/8", true),
            ("thực hiện Công văn số 77/VHXH; xong ngày 5/8", true),
            ("theo QĐ 120/QĐ-UBND 22/8/2026", false),
            ("theo CV 5555 ngày 8/10/2025", false),
            ("gửi kế hoạch ngày 5/8", true),
            ("nhập trên hệ thống từ ngày 5/8", true),
            ("truyền thông từ ngày 5/8", true),
        ];
        for (text, lives) in table {
            let tokens = tokens(text);
            let dead = references(text, &tokens);
            let day = (0..tokens.len()).rev().find(|at| day_at(text, &tokens, *at).is_some()).unwrap();
            assert_eq!(!dead[day], lives, "{text}");
        }
    }
}
