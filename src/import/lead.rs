//! The words before a date: do they make it a deadline, a happening, or something else altogether?

use crate::vietnamese::{ClockSaid, DaySaid, Token, TokenKind, clock_at, weekday_at, words_at};

/// What stands before a date.
#[derive(Clone, Debug, Default)]
pub struct Lead {
    /// Index of the first token that belongs to the date: "chậm nhất 16h00 thứ Hai (".
    pub start: usize,
    /// "trước", "chậm nhất", "hạn": to be finished by then.
    pub before: bool,
    /// "từ": the beginning of something.
    pub from: bool,
    /// "đến", "tới": the end of something, if a beginning stands before it.
    pub to: bool,
    /// "sau", "kể từ", "tính đến", "thời điểm": no date to act on.
    pub rejected: bool,
    /// Words that only stand before dates: the date is one even if it looks like a ratio.
    pub strong: bool,
    /// "ngày" stands before it.
    pub day_word: bool,
    /// The clock time said with it.
    pub clock: Option<ClockSaid>,
    /// An hour that no day has was said with it: "25 giờ".
    pub unreal_hour: bool,
    /// The weekday said with it: 1 Monday to 7 Sunday.
    pub weekday: Option<u32>,
    /// "dự kiến".
    pub tentative: bool,
    /// It stands at the beginning of a bracket.
    pub bracket: bool,
}

/// Reads backwards from the date whose first token is at `at`.
pub fn lead(text: &str, tokens: &[Token], at: usize) -> Lead {
    let mut lead = Lead { start: at, ..Lead::default() };
    while lead.step(text, tokens) {}
    lead.keyword(text, tokens);
    lead.rejected |= (!lead.before || lead.to)
        && (is_reference_day(text, tokens, lead.start)
            || is_day_of_figures(tokens, lead.start)
            || (lead.to && is_end_of_a_contract(tokens, lead.start)));
    lead
}

impl Lead {
    fn step(&mut self, text: &str, tokens: &[Token]) -> bool {
        let Some(before) = self.start.checked_sub(1).and_then(|at| tokens.get(at)) else { return false };
        let word = before.folded.as_str();
        let taken = match word {
            "ngay" => {
                self.day_word = true;
                1
            }
            // "phụ lục 1-4"
            "luc" if !is_printed(text, before, &["lúc", "luc"]) => return false,
            "luc" | "vao" | "la" | "sang" | "chieu" | "trua" | "buoi" | "dem" => 1,
            "viec" if self.ends_with(tokens, &["cuoi", "gio", "lam", "viec"]) => 4,
            "viec" if self.ends_with(tokens, &["het", "gio", "lam", "viec"]) => 4,
            "gio" if self.ends_with(tokens, &["cuoi", "gio"]) => 2,
            "cuoi" if self.day_word => 1,
            "cung" if self.day_word => 1,
            "mung" | "mong" if is_printed(text, before, &["mùng", "mồng", "mung", "mong"]) => 1,
            "cac" if self.day_word => 1,
            "toi" if self.clock.is_none() && !self.day_word => 1,
            "kien" if self.start >= 2 && tokens[self.start - 2].is_word("du") => {
                self.tentative = true;
                2
            }
            // "đến hết thứ Năm tuần sau (15/9)"
            "sau" | "nay" | "toi" if self.bracket && self.behind_a_week(tokens, self.start) => 2,
            // "hôm nay (28/9)", "trong chiều nay (28/9)"
            "nay" if self.follows_a_time_of_day(tokens) => 2,
            // "trong ngày mai 06/10", "sáng mai, 15/10"
            "mai" if self.follows_a_time_of_day(tokens) => 2,
            "(" if !self.bracket => {
                self.bracket = true;
                self.strong = true;
                let behind = self.start - 1;
                let weekday = behind >= 2 && weekday_at(text, tokens, behind - 2).is_some();
                let week = self.behind_a_week(tokens, behind);
                let today =
                    behind >= 1 && (tokens[behind - 1].is_word("nay") || tokens[behind - 1].is_word("mai"));
                if weekday || today || week {
                    1
                } else {
                    return false;
                }
            }
            "," | "-" | "–" => {
                let weekday = self.start >= 3 && weekday_at(text, tokens, self.start - 3).is_some();
                let clock = clock_before(text, tokens, self.start - 1).is_some();
                if weekday || clock { 1 } else { return false }
            }
            _ => {
                if let Some((day, _)) =
                    weekday_at(text, tokens, self.start - 1).filter(|(_, next)| *next == self.start)
                {
                    self.weekday = Some(day);
                    1
                } else if let Some(from) = clock_before(text, tokens, self.start) {
                    self.clock = clock_at(text, tokens, from).map(|(clock, _)| clock);
                    self.start - from
                } else if self.start >= 2
                    && let Some((day, next)) = weekday_at(text, tokens, self.start - 2)
                    && next == self.start
                {
                    self.weekday = Some(day);
                    2
                } else if let Some(from) = unreal_hour_before(tokens, self.start).filter(|_| self.day_word) {
                    self.unreal_hour = true;
                    self.start - from
                } else {
                    return false;
                }
            }
        };
        self.strong = true;
        self.start -= taken;
        true
    }

    /// "khoản thu đã thông báo trước ngày 15/9", "văn bản ban hành trước ngày 01/7": a limit on what was, not on what is to be done.
    fn tells_what_was(&self, text: &str, tokens: &[Token]) -> bool {
        let said = &tokens[self.start.saturating_sub(4)..self.start];
        let done = said.iter().rev().take_while(|t| t.kind == TokenKind::Word);
        done.clone().any(|t| t.is_word("da") && is_printed(text, t, &["đã"]))
            || (self.ends_with(tokens, &["ban", "hanh"]) && words_at(said, 0, &["van", "ban"]))
    }

    /// "tuần sau", "tuần này", "tuần tới" before a place.
    fn behind_a_week(&self, tokens: &[Token], at: usize) -> bool {
        let week = at.checked_sub(2).filter(|from| *from < self.start);
        week.is_some_and(|from| {
            ["sau", "nay", "toi"].iter().any(|word| words_at(tokens, from, &["tuan", word]))
        })
    }

    /// "ngày mai", "sáng mai", "hôm nay", "chiều nay" before the date.
    fn follows_a_time_of_day(&self, tokens: &[Token]) -> bool {
        const TIMES: [&str; 7] = ["ngay", "hom", "sang", "trua", "chieu", "toi", "dem"];
        let time = self.start.checked_sub(2).and_then(|at| tokens.get(at));
        time.is_some_and(|t| TIMES.contains(&t.folded.as_str()))
    }

    fn ends_with(&self, tokens: &[Token], words: &[&str]) -> bool {
        self.start >= words.len() && words_at(tokens, self.start - words.len(), words)
    }

    fn keyword(&mut self, text: &str, tokens: &[Token]) {
        const BEFORE: [&[&str]; 21] = [
            &["khong", "muon", "hon"],
            &["khong", "cham", "hon"],
            &["khong", "tre", "hon"],
            &["khong", "sau"],
            &["han", "chot", "la"],
            &["han", "cuoi", "cung"],
            &["khong", "vuot", "qua"],
            &["cham", "nhat", "truoc"],
            &["xong", "truoc"],
            &["truoc"],
            &["cham", "nhat"],
            &["muon", "nhat"],
            &["tre", "nhat"],
            &["han", "cuoi"],
            &["han", "chot"],
            &["den", "het"],
            &["khong", "qua"],
            &["het"],
            &["den"],
            &["toi"],
            &["xong"],
        ];
        let at = self.start;
        // "xong 10/10", but "xong trong tuần 2" is a window.
        let day = tokens.get(at).is_some_and(|t| t.number().is_some() || self.day_word);
        let ends_here = |words: &[&str]| at >= words.len() && words_at(tokens, at - words.len(), words);
        // "kiểm kê tài sản 0 giờ ngày 01/01": what there was at that hour.
        let midnight = self.clock.is_some_and(|clock| (clock.hour, clock.minute) == (0, 0));
        if ends_here(&["sau"])
            || ends_here(&["so", "voi"])
            || ends_here(&["du", "bao"])
            || (midnight && !["truoc", "den", "tu", "het", "toi"].iter().any(|word| ends_here(&[word])))
            || ends_here(&["thay", "vi"])
            || ends_here(&["thay", "cho"])
            // "kể từ ngày", but not "bảng kê từ ngày"
            || (ends_here(&["ke", "tu"]) && !is_printed(text, &tokens[at - 2], &["kê"]))
            || ends_here(&["tinh", "tu"])
            || (ends_here(&["sinh"]) && !ends_a_compound(tokens, at))
            // "tài khoản hết hạn 31/12": what it is like.
            || (ends_here(&["het", "han"]) && at > 2)
        {
            self.rejected = true;
        } else if let Some(words) =
            BEFORE.iter().find(|words| ends_here(words) && (words[0] != "xong" || words.len() > 1 || day))
        {
            self.start -= words.len();
            self.before = true;
            self.strong = true;
            // "tính đến ngày 30/9", "số liệu lấy đến 17 giờ ngày 06/10"
            let figures = self.start.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| {
                t.is_word("tinh") || (self.start >= 3 && is_printed(text, t, &["lấy", "chốt"]))
            });
            let last = words.last().copied().unwrap_or_default();
            // "hết hạn trước ngày 31/12", "sinh trước ngày 01/9": what a thing is like, not what is to be done.
            let is_like = [
                &["het", "han"][..],
                &["het", "hieu", "luc"],
                &["tre", "sinh"],
                &["em", "sinh"],
                &["nguoi", "sinh"],
            ];
            let is_like = is_like.iter().any(|words| self.ends_with(tokens, words));
            if is_like || self.tells_what_was(text, tokens) || (figures && matches!(last, "den" | "het")) {
                self.rejected = true;
            }
            self.to = matches!(words, ["den", "het"] | ["den"] | ["toi"]);
            // "từ 8 giờ đến 16 giờ ngày 10/10": hours of one day.
            if let Some(from) =
                clock_before(text, tokens, self.start).filter(|_| self.to && self.clock.is_some())
            {
                let said = from.checked_sub(1).is_some_and(|at| tokens[at].is_word("tu"));
                self.start = if said { from - 1 } else { from };
                self.clock = clock_at(text, tokens, from).map(|(clock, _)| clock);
                self.before = false;
                self.to = false;
            }
            // "chậm nhất là trước", "hoàn thành trước".
            for more in [&["cham", "nhat"][..], &["muon", "nhat"], &["hoan", "thanh"], &["xong"]] {
                if self.start >= more.len() && words_at(tokens, self.start - more.len(), more) {
                    self.start -= more.len();
                }
            }
        } else if ends_here(&["tu"]) && !is_printed(text, &tokens[at - 1], &["tử", "tư", "tự", "tứ"]) {
            // "nghỉ hưu từ ngày 01/11", "viên chức bổ nhiệm từ ngày 01/10": since when somebody is what he is.
            let since = [&["nghi", "huu", "tu"], &["bo", "nhiem", "tu"], &["tuyen", "dung", "tu"]];
            // "trẻ sinh từ ngày 01/01 đến ngày 31/12"
            let born = at >= 2 && ends_here(&["sinh", "tu"]) && !ends_a_compound(tokens, at - 1);
            self.rejected = born || since.iter().any(|words| ends_here(*words));
            self.from = true;
            self.strong = true;
            self.start -= 1;
        } else if ends_here(&["trong"]) {
            self.strong = true;
            self.start -= 1;
            // "chậm nhất trong ngày 06/11"
            let limit = [&["cham", "nhat"][..], &["muon", "nhat"], &["xong"], &["hoan", "thanh"]];
            if let Some(words) = limit.iter().find(|words| self.ends_with(tokens, words)) {
                self.start -= words.len();
                self.before = true;
            }
        } else if let Some(from) = closes(text, tokens, at).filter(|_| self.strong) {
            self.before = true;
            self.start = from;
        } else if let Some(from) = limit_before(text, tokens, at) {
            self.before = true;
            self.strong = true;
            self.start = from;
        }
    }
}

/// "mở 07/7, đóng 24h00 ngày 16/7", "khóa số liệu lúc 17h00 ngày 09/10": a system closes then. The index of the word.
fn closes(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    const CLOSED: [&str; 12] =
        ["du", "lieu", "he", "thong", "link", "cong", "phan", "mem", "form", "diem", "dien", "tu"];
    let closed = |t: &Token| CLOSED.contains(&t.folded.as_str()) || is_printed(text, t, &["số"]);
    // "khóa sổ ngày 31/12" is the day of figures.
    let book = |place: usize| {
        is_printed(text, &tokens[place], &["đóng"]) && is_printed(text, &tokens[place + 1], &["sổ"])
    };
    let closing = |at: usize| is_printed(text, &tokens[at], &["đóng", "khóa", "khoá"]);
    let from = at.saturating_sub(5);
    (from..at).rev().find(|place| {
        let from = if book(*place) { place + 2 } else { place + 1 };
        closing(*place) && tokens[from.min(at)..at].iter().all(closed)
    })
}

/// Whether a word is printed in one of these ways, in capitals or not.
fn is_printed(text: &str, token: &Token, ways: &[&str]) -> bool {
    let printed = text.get(token.start..token.end).unwrap_or_default().to_lowercase();
    ways.contains(&printed.as_str())
}

/// "hạn đăng ký:", "thời hạn gửi báo cáo là": a limit named a few words before the date.
fn limit_before(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    // "Hạn cuối các lớp nộp ảnh góc thiên nhiên cho …: thứ Tư" names at length what is due.
    let labelled = at.checked_sub(1).is_some_and(|before| tokens[before].is_sign(':'));
    let from = at.saturating_sub(if labelled { 20 } else { 10 });
    for place in (from..at).rev() {
        let token = &tokens[place];
        if token.is_sign(';') || token.is_sign('.') || token.is_sign('(') || token.is_sign(',') {
            return None;
        }
        let printed = text.get(token.start..token.end).unwrap_or_default().to_lowercase();
        if token.is_word("han") && matches!(printed.as_str(), "hạn" | "han") {
            let before = place.checked_sub(1).map(|at| tokens[at].folded.as_str()).unwrap_or_default();
            // "đúng hạn", "giới hạn"; "hạn dùng", "hạn sử dụng": the day until which food is good.
            let after = tokens.get(place + 1).map(|t| t.folded.as_str()).unwrap_or_default();
            if matches!(before, "dung" | "qua" | "gioi" | "quyen" | "gia" | "ky" | "ngan" | "dai" | "voi")
                || matches!(after, "dung" | "su" | "che" | "han" | "muc" | "ngach" | "cu")
            {
                return None;
            }
            // "hạn trùng thứ Bảy", "hạn rơi vào Chủ nhật": what is done where it is one.
            if tokens[place..at].iter().any(|t| t.is_word("trung") || t.is_word("roi")) {
                return None;
            }
            let colon = tokens[place..at].iter().any(|t| t.is_sign(':'));
            let is = tokens[at - 1].is_word("la") || tokens.get(at).is_some_and(|t| t.is_word("la"));
            let near = at - place <= 4 || colon || is;
            return near.then_some(if before == "thoi" { place - 1 } else { place });
        }
    }
    None
}

/// "thời điểm", "số liệu tính đến", "chốt số liệu": the day that figures are for.
fn is_reference_day(text: &str, tokens: &[Token], at: usize) -> bool {
    // "Chốt 31/12", but not "hạn chót".
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    if before.is_some_and(|before| is_printed(text, before, &["chốt", "mốc"])) {
        return true;
    }
    // "tính theo sĩ số ngày 15/9", but not "báo sĩ số ngày 15/9", "báo sĩ số trong ngày 15/9"
    let told = at >= 3 && ["bao", "cao", "gui", "nop"].iter().any(|word| tokens[at - 3].is_word(word));
    let within = tokens.get(at).is_some_and(|t| t.is_word("trong"));
    let counted = at >= 2
        && words_at(tokens, at - 2, &["si", "so"])
        && is_printed(text, &tokens[at - 1], &["số", "so"]);
    if counted && !told && !within {
        return true;
    }
    let from = at.saturating_sub(8);
    // What is said before another date belongs to that one: "thời điểm 30/9, gửi ngày 09/10".
    let parts = |at: &usize| {
        let token = &tokens[*at];
        let date = token.is_sign('/') && at.checked_sub(1).is_some_and(|n| tokens[n].number().is_some());
        token.is_sign(';') || token.is_sign('.') || date
    };
    (from..at).rev().take_while(|at| !parts(at)).any(|at| {
        words_at(tokens, at, &["thoi", "diem"])
            || words_at(tokens, at, &["tinh", "den"])
            || words_at(tokens, at, &["tinh", "tu"])
            || (words_at(tokens, at, &["ke", "tu"]) && !is_printed(text, &tokens[at], &["kê"]))
            || words_at(tokens, at, &["chot", "so", "lieu"])
            || words_at(tokens, at, &["so", "lieu", "den"])
            || words_at(tokens, at, &["han", "cu"])
            || words_at(tokens, at, &["so", "voi", "han"])
            || words_at(tokens, at, &["han", "dung"])
            || words_at(tokens, at, &["han", "su", "dung"])
            || words_at(tokens, at, &["ngay", "sinh"])
            || words_at(tokens, at, &["ngay", "san", "xuat"])
            || words_at(tokens, at, &["co", "hieu", "luc"])
            || words_at(tokens, at, &["co", "gia", "tri"])
            || words_at(tokens, at, &["cap", "nhat", "den"])
            || words_at(tokens, at, &["con", "hieu", "luc"])
            || words_at(tokens, at, &["con", "gia", "tri"])
            || words_at(tokens, at, &["con", "han"])
    })
}

/// "hợp đồng ký đến ngày 31/5/2027": how long it holds.
fn is_end_of_a_contract(tokens: &[Token], at: usize) -> bool {
    let from = at.saturating_sub(12);
    let holds = at.checked_sub(1).is_some_and(|b| ["ky", "dong", "luc"].iter().any(|w| tokens[b].is_word(w)));
    holds && (from..at).any(|at| words_at(tokens, at, &["hop", "dong"]))
}

/// "(lấy số liệu ngày 15/9)", "số liệu chốt 15/9": the day of the figures, unless the figures are what is sent.
fn is_day_of_figures(tokens: &[Token], at: usize) -> bool {
    const SENT: [&str; 8] = ["gui", "nop", "cao", "nhap", "nhat", "cap", "hop", "ke"];
    /// "lấy số liệu đội ngũ ngày 31/12": so many words name the figures.
    const NAMED: usize = 5;
    let taken = (at.saturating_sub(3 + NAMED)..at.saturating_sub(2)).any(|place| {
        words_at(tokens, place, &["lay", "so", "lieu"])
            && tokens
                .get(place + 3..at)
                .unwrap_or_default()
                .iter()
                .all(|t| t.kind == TokenKind::Word && !SENT.contains(&t.folded.as_str()))
    });
    if taken {
        return true;
    }
    let from = at.saturating_sub(4);
    (from..at).any(|place| {
        let sent = place.checked_sub(1).is_some_and(|b| SENT.contains(&tokens[b].folded.as_str()));
        words_at(tokens, place, &["so", "lieu"])
            && !sent
            && tokens.get(place + 2..at).unwrap_or_default().iter().all(|t| {
                matches!(
                    t.folded.as_str(),
                    "chot" | "khoa" | "so" | "ngay" | "tinh" | "den" | "het" | "vao" | "la" | "cua" | "tai"
                )
            })
    })
}

/// Index of the clock time that ends before the token at `at`.
fn clock_before(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    (1..=4)
        .filter_map(|back| at.checked_sub(back))
        .filter(|from| *from < tokens.len())
        .rev()
        .find(|from| clock_at(text, tokens, *from).is_some_and(|(_, next)| next == at))
}

/// "trước 25 giờ ngày 20/10", "17h75 ngày 20/10": index of an hour that no day has and that ends before the token at `at`.
fn unreal_hour_before(tokens: &[Token], at: usize) -> Option<usize> {
    let number = |at: usize| tokens.get(at).filter(|t| t.width() == 2).and_then(Token::number);
    let mark = |at: usize| tokens.get(at).is_some_and(|t| ["gio", "h", "g"].iter().any(|m| t.is_word(m)));
    let whole = at.checked_sub(2).filter(|from| mark(from + 1) && number(*from).is_some_and(|n| n > 24));
    let parted = || {
        let from = at.checked_sub(3).filter(|from| mark(from + 1))?;
        let (hour, minute) = (tokens[from].number()?, number(from + 2)?);
        (hour <= 99 && (hour > 24 || minute > 59)).then_some(from)
    };
    whole.or_else(parted)
}

/// "cho học sinh trong tháng 11", "tuyển sinh từ 01/7": no birth.
fn ends_a_compound(tokens: &[Token], at: usize) -> bool {
    const FIRST: [&str; 7] = ["hoc", "thi", "giao", "ve", "tuyen", "phat", "hoi"];
    let first = at.checked_sub(2).and_then(|at| tokens.get(at));
    first.is_some_and(|t| FIRST.contains(&t.folded.as_str()))
}

/// Whether a number like `20/10` is part of a name: "MN 20/10", "đường 30/4".
pub fn is_name(text: &str, tokens: &[Token], at: usize) -> bool {
    const NAMES: [&str; 33] = [
        "mn", "mg", "truong", "non", "giao", "th", "thcs", "thpt", "duong", "pho", "tre", "hoc", "lop",
        "cum", "khu", "doi", "lang", "so", "thon", "ban", "to", "kp", "luc", "mau", "bieu", "bai", "tiet",
        "trang", "dieu", "khoan", "chuong", "tap", "khoi",
    ];
    let Some(place) = at.checked_sub(1).filter(|place| *place < tokens.len()) else { return false };
    let (before, printed) = (&tokens[place], |ways: &[&str]| is_printed(text, &tokens[place], ways));
    NAMES.contains(&before.folded.as_str())
        && match before.folded.as_str() {
            // "tổ trưởng 24/3", "hồ sơ 02/6", "Giỗ Tổ 16/4" name nobody's number.
            "truong" => printed(&["trường", "truong"]),
            "so" => printed(&["số", "so"]),
            // "biên bản 03/6", "văn bản 05/11"
            "ban" => !place
                .checked_sub(1)
                .is_some_and(|at| tokens[at].is_word("bien") || tokens[at].is_word("van")),
            "to" => !place.checked_sub(1).is_some_and(|at| is_printed(text, &tokens[at], &["giỗ"])),
            _ => true,
        }
}

/// The days that the country keeps.
const FEASTS: [(u32, u32); 17] = [
    (9, 1),
    (3, 2),
    (27, 2),
    (8, 3),
    (26, 3),
    (30, 4),
    (1, 5),
    (15, 5),
    (19, 5),
    (1, 6),
    (27, 7),
    (2, 9),
    (10, 10),
    (20, 10),
    (20, 11),
    (22, 12),
    (1, 1),
];

/// Whether schools and streets are named after a day: a feast, or one of the days of the wars.
pub fn is_name_day(day: DaySaid) -> bool {
    const OTHERS: [(u32, u32); 8] = [(7, 5), (19, 8), (23, 9), (23, 11), (12, 9), (14, 10), (20, 7), (10, 3)];
    let said = (day.day, day.month);
    day.year.is_none() && (FEASTS.contains(&said) || OTHERS.contains(&said))
}

/// Whether a day is a feast and is named as one: "kỷ niệm ngày 20/11", "Tết Thiếu nhi 1-6".
pub fn is_feast(tokens: &[Token], start: usize, day: DaySaid) -> bool {
    if !FEASTS.contains(&(day.day, day.month)) {
        return false;
    }
    let from = start.saturating_sub(9);
    tokens[from..start].iter().rev().take_while(|t| !t.is_sign(';') && !t.is_sign('.')).any(|t| {
        matches!(
            t.folded.as_str(),
            "niem" | "mung" | "dip" | "tet" | "quoc" | "lap" | "khanh" | "dua" | "le" | "thuong" | "nam"
        )
    })
}
