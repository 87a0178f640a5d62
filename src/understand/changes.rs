//! What takes the place of what was said: slips told, figures exchanged, things taken back or counted once more.

use super::compose::Text;
use super::key::{Key, words};
use super::phrases::{Hit, Tag};

impl Text<'_> {
    /// Adds the hits of corrections and withdrawals, and takes away those that correct nothing.
    pub fn hear_changes(&mut self, is_topic: &dyn Fn(&str) -> bool) {
        self.keep_corrections();
        self.drop_repairs(is_topic);
        self.join_slips();
        self.join_changes();
        self.join_withdrawals();
        self.join_contrasts();
        self.join_former_reports();
        self.join_apologies();
    }

    /// "Tu sửa", "sửa 5 phòng", "kinh phí sửa" to a task that is about repairs: what was done with walls, not with figures.
    fn drop_repairs(&mut self, is_topic: &dyn Fn(&str) -> bool) {
        const BEFORE: &[Key] = words!["tu", "phi", "nang", "thue", "tien", "duoc"];
        const PUTS_RIGHT: &[Key] = words!["lai", "thanh", "so", "giup", "ho", "cho", "nham", "bao", "tin"];
        let line = self.line;
        let repairs = |h: &Hit| {
            let bare = h.end - h.start == 1 && line.is(h.start, words!["sua"]);
            let made_of = h.start > 0 && line.is(h.start - 1, BEFORE) && !line.is(h.end, PUTS_RIGHT);
            let right = (h.end..h.end + 3).any(|at| line.is(at, PUTS_RIGHT))
                || (h.end..h.end + 6).any(|at| line.is(at, words!["thanh", "giup", "con"]));
            bare && (made_of || is_topic("sua") && !right)
        };
        self.hits.retain(|h| h.tag != Tag::Correction || !repairs(h));
    }

    /// "Xin lỗi chị, 4 cháu là của năm trước, năm nay 6": an apology with figures, or one figure given up for another, puts right.
    fn join_apologies(&mut self) {
        let line = self.line;
        let mut found = Vec::new();
        for past in self.hits.iter().filter(|h| h.tag == Tag::Former && h.start > 1) {
            let given_up = line.is(past.start - 1, words!["la", "cua"])
                && self.has_number(past.start.saturating_sub(6), past.start).is_some()
                && self.has_number(past.end, line.len()).is_some();
            if given_up {
                found.push((past.start - 1, past.end));
            }
        }
        // "Hồi nãy em quên tính hai bác", "lúc sáng đếm sót": something was left out, and here is the figure.
        for past in self.hits.iter().filter(|h| h.tag == Tag::PastTime) {
            let slip = (past.end..past.end + 4).find(|at| {
                line.is(*at, words!["quen", "sot"])
                    && line.is(at + 1, words!["tinh", "dem", "ghi", "cong", "ke"])
                    || line.is(*at, words!["tinh", "dem", "ghi", "cong", "doc"])
                        && line.is(at + 1, words!["sot", "thieu", "nguoc", "lon", "nham", "du"])
            });
            if let Some(at) = slip.filter(|at| self.is_one_clause(past.end, *at)) {
                found.push((at, at + 2));
            }
        }
        if self.has_number(0, line.len()).is_some() {
            for (start, end) in found {
                self.hits.retain(|h| h.tag != Tag::Unable || h.end <= start || h.start >= end);
                self.add(Tag::Correction, start, end);
            }
        }
    }

    /// "Đang sửa trường", "thợ tới sửa", "đúng là năm mới" correct nothing.
    fn keep_corrections(&mut self) {
        let line = self.line;
        let repairs = |h: &Hit| {
            line.is(h.start, words!["sua"])
                && (h.start > 0
                    && line.is(h.start - 1, words!["dang", "toi", "den", "di", "tho", "bi", "ve"])
                    && !line.is(h.end, words!["lai", "so"])
                    || line.is(
                        h.end,
                        words!["chua", "may", "truong", "lop", "mai", "nha", "dien", "xe", "mang"],
                    ))
        };
        // "Trang 12 còn sửa" is work, "tiền ăn 25k sua 7k" milk.
        let works = |h: &Hit| {
            h.end - h.start == 1
                && line.is(h.start, words!["sua"])
                && (h.start > 0
                    && line.is(h.start - 1, words!["con", "phai", "cho", "can"])
                    && line.number(h.end).is_none()
                    && !line.is(h.end, words!["lai", "so", "thanh", "giup"])
                    && !line.is(h.start - 1, words!["cho"])
                    || line.spelled[h.start] == "sua"
                        && line.number(h.end).is_some()
                        && line.is(h.end + 1, words!["k", "ngan", "nghin"]))
        };
        let exclaims = |h: &Hit| {
            line.is(h.start, words!["dung"])
                && line.is(h.end - 1, words!["la"])
                && !(h.end..h.end + 3).any(|at| line.number(at).is_some())
                && !line.is(h.end, words!["truong", "mn", "mg"])
        };
        // "Em viết chữ cho khỏi nhầm".
        let avoided = |h: &Hit| {
            (h.start.saturating_sub(2)..h.start).any(|at| line.is(at, words!["khoi", "tranh", "so", "keo"]))
                && line.is(h.start, words!["nham", "lon", "sai"])
                && line.is(h.start - 1, words!["khoi", "tranh", "so", "keo", "bi"])
                && line.spelled[h.start - 1] != "sô\u{301}"
        };
        // "Bình hết hạn đã nạp lại": filled again.
        let fills = |h: &Hit| line.printed(h.start..h.start + 1).to_lowercase() == "nạp";
        self.hits.retain(|h| {
            h.tag != Tag::Correction || !(fills(h) || avoided(h) || repairs(h) || works(h) || exclaims(h))
        });
    }

    /// "Gõ nhầm", "tính sai", "đánh thiếu số 1", "viết ngược".
    fn join_slips(&mut self) {
        let mut found = Vec::new();
        for verb in self.hits.iter().filter(|h| matches!(h.tag, Tag::Record | Tag::HandIn)) {
            let denied = self.hits.iter().any(|n| {
                matches!(n.tag, Tag::Negation | Tag::Condition)
                    && n.end <= verb.start
                    && verb.start - n.end <= 2
            });
            let told =
                verb.start > 0 && self.line.is(verb.start - 1, words!["van", "bi", "bot", "thong", "mem"]);
            let slip = self.hits.iter().find(|e| {
                e.tag == Tag::Error && e.start >= verb.end && e.start - verb.end <= 2 && self.is_one_clause(verb.end, e.start)
                    // "Gửi rồi thiếu gì chị báo".
                    && !(verb.end..e.start).any(|at| self.covers(at, &[Tag::Negation, Tag::PastAfter, Tag::Condition]))
            });
            if let Some(slip) = slip.filter(|_| !denied && !told) {
                found.push((verb.start, slip.end));
            }
        }
        // "Báo cáo trước sai rồi", "số lúc nãy nhầm".
        for slip in self
            .hits
            .iter()
            .filter(|h| {
                h.tag == Tag::Error || h.tag == Tag::No && self.line.is(h.start, words!["sai", "nham"])
            })
            .filter(|h| !self.line.is(h.start, words!["thieu", "du", "thua"]))
        {
            let from = slip.start.saturating_sub(6);
            let noun = (from..slip.start)
                .find(|at| self.line.is(*at, words!["cao", "so", "lieu", "tin", "ban", "file", "bai"]));
            let earlier =
                |at: usize| self.line.is(at, words!["truoc", "tren", "cu", "nay", "qua", "kia", "roi"]);
            if let Some(noun) = noun
                && (noun + 1..slip.start).any(earlier)
                && self.is_one_clause(noun, slip.start)
                && !(noun..slip.start).any(|at| self.covers(at, &[Tag::Negation]))
            {
                found.push((noun, slip.end));
            }
        }
        for (start, end) in found {
            self.add(Tag::Correction, start, end);
        }
    }

    /// "Thay file V3 bằng file này", "chú Sáu thay chú Tám", "bỏ số béo phì", "rút lại đăng ký 1 người", "đếm lại".
    fn join_changes(&mut self) {
        let line = self.line;
        for at in 0..line.len() {
            let near = |words: &[Key], reach: usize| (at + 1..at + 1 + reach).any(|n| line.is(n, words));
            let person = words!["co", "thay", "chu", "bac", "anh", "chi", "nguoi"];
            let swaps = line.is(at, words!["thay"])
                && !line.is(at + 1, words!["mat", "doi", "phien", "vao"])
                && (near(words!["bang", "cho"], 8)
                    && near(words!["file", "ban", "so", "tin", "anh", "danh", "co", "chu"], 3)
                    || line.is(at + 1, words!["file", "ban", "tin"])
                    || at >= 2
                        && line.is(at - 2, person)
                        && line.is(at + 1, person)
                        && line.tokens[at - 1].capital)
                && line.spelled[at] != "thây\u{301}"
                && line.spelled[at] != "thây\u{300}";
            let swaps = swaps
                || line.is(at, words!["doi"])
                    && line.spelled[at] != "đôi\u{323}"
                    && !(at > 0 && line.is(at - 1, words!["chuyen"]))
                    && line.is(at + 1, words!["nguoi", "so", "ten", "sang", "thanh"])
                    && line.spelled[at] != "đơi\u{323}";
            // "Đổi cô Nga sang cô Hằng".
            let swaps = swaps
                || line.is(at, words!["doi"])
                    && line.is(at + 1, person)
                    && line.spelled[at] != "đơi\u{323}"
                    && near(words!["sang", "thanh", "bang", "qua"], 5);
            let object = self.object_behind(at);
            let clears = line.is(at, words!["bo", "xoa", "huy", "gach"])
                && !(line.is(at, words!["huy"]) && line.is(at + 1, words!["dong"]))
                && line.is(object, words!["so", "dong", "muc", "cot"]);
            // "Đổi ca mùng 2 cho cô Lụa".
            let swaps = swaps
                || line.is(at, words!["doi"])
                    && line.spelled[at] != "đơi\u{323}"
                    && line.is(at + 1, words!["ca", "lich", "phien"])
                    && near(words!["cho", "sang", "voi", "thanh"], 6);
            // "Ghi lại 15 giúp em", "nhập lại thành 15".
            let anew = line.is(at, words!["ghi", "nhap", "dien", "tinh", "lay", "go", "danh", "bam"])
                && line.is(at + 1, words!["lai"])
                && (line.number(at + 2).is_some()
                    || line.is(at + 2, words!["giup", "thanh", "la", "cho"])
                        && self.has_number(at + 3, at + 7).is_some());
            // "Em rút 1 đồng chí, còn lại 3", "bỏ 1 cháu bị trùng, còn 63".
            let drops = line.is(at, words!["rut", "bot", "xoa", "gach"])
                || line.is(at, words!["bo"]) && matches!(line.spelled[at].as_str(), "bo" | "bo\u{309}");
            let left = drops
                && self.has_number(at + 1, at + 3).is_some_and(|n| {
                    (n + 1..(n + 14).min(line.len()))
                        .any(|m| line.is(m, words!["con"]) && self.has_number(m + 1, m + 3).is_some())
                });
            // "Còn 2 thôi chị, cô Diệu xin rút".
            let fewer = line.is(at, words!["con"])
                && line.number(at + 1).is_some()
                && (at + 2..at + 5).any(|n| line.is(n, words!["thoi"]))
                && (at + 3..line.len())
                    .any(|n| line.is(n, words!["rut"]) && line.is(n - 1, words!["xin", "vua", "da"]));
            let takes_back = anew
                || left
                || fewer
                || line.is(at, words!["rut"])
                    && near(words!["dang", "dky", "ten", "bot"], 2)
                    && self.has_number(at, line.len()).is_some();
            // "Rút lại còn 1 bé", "chị trừ ra còn 14.600.000": the figure that is left.
            let left = line.is(at, words!["rut", "tru", "bot"])
                && !(at > 0 && line.is(at - 1, words!["khau", "tiet", "ngoai"]))
                && (at + 1..at + 3).any(|n| {
                    line.is(n, words!["con"])
                        && line.is(n - 1, words!["lai", "ra", "di", "bot", "rut", "tru", "xuong"])
                        && self.has_number(n + 1, n + 2).is_some()
                });
            // "Trừ giúp em 2 bé", "thêm hộ 1 cháu vào": the reader is to reckon.
            let reckon = line.is(at, words!["tru", "bot", "cong", "them"])
                && line.is(at + 1, words!["giup", "ho", "dum"])
                && self.has_number(at + 2, at + 5).is_some();
            let takes_back = takes_back || left || reckon;
            if (swaps || clears || takes_back)
                && !self.covers(at, &[Tag::Withdraw, Tag::Correction, Tag::Nothing])
            {
                self.add(Tag::Correction, at, at + 2);
            }
            let again = line.is(at, words!["dem", "tinh", "kiem", "ra", "cong", "soat", "do"])
                && line.is(at + 1, words!["lai"])
                || line.is(at, words!["kiem"])
                    && line.is(at + 1, words!["tra"])
                    && line.is(at + 2, words!["lai"]);
            if again {
                self.add(Tag::Redo, at, at + 2);
            }
        }
    }

    /// Whose help is asked stands between the verb and its object: "hủy giúp em báo cáo sáng nay".
    fn object_behind(&self, at: usize) -> usize {
        const BETWEEN: &[Key] =
            words!["giup", "em", "di", "cho", "ho", "dum", "gium", "cai", "luon", "chi", "lai", "nhe"];
        (at + 1..self.line.len()).find(|n| !self.line.is(*n, BETWEEN)).unwrap_or(at + 1)
    }

    /// "Hủy giúp em báo cáo", "chị xóa giúp em file đó", "thu hồi tin lúc nãy".
    fn join_withdrawals(&mut self) {
        let line = self.line;
        for at in 0..line.len() {
            let object = self.object_behind(at);
            let verb = line.is(at, words!["huy", "xoa", "rut", "go"])
                || line.is(at, words!["thu"]) && line.is(at + 1, words!["hoi"])
                || line.is(at, words!["bo"]) && object > at + 1 && line.spelled[at] != "bô\u{323}";
            let object = if line.is(at, words!["thu"]) { self.object_behind(at + 1) } else { object };
            let thing = line.is(object, words!["bao", "tin", "file", "bai", "ban", "phieu"]);
            if verb && thing && !self.covers(at, &[Tag::Withdraw, Tag::Nothing]) {
                self.add(Tag::Withdraw, at, object + 1);
            }
        }
    }

    /// "28 chứ không 82", "không phải 11 mà là 12".
    fn join_contrasts(&mut self) {
        let line = self.line;
        for at in 1..line.len() {
            let denies = line.is(at, words!["chu"]) && line.is(at + 1, words!["khong", "chua", "dau"]);
            let end = at + 2 + usize::from(line.is(at + 2, words!["phai"]));
            let figure =
                |n: usize| line.number(n).is_some() || line.number(n + 1).is_some() && line.is_word(n);
            if denies && figure(end) && self.has_number(at.saturating_sub(5), at).is_some() {
                self.hits.retain(|h| h.start < at || h.end > end || h.tag != Tag::Negation);
                self.add(Tag::NotThat, at, end);
                self.add(Tag::Correction, at, end);
            }
        }
    }

    /// "Còn 10 ạ, hôm qua em báo 11": the second figure is the one of before.
    fn join_former_reports(&mut self) {
        let line = self.line;
        let mut found = Vec::new();
        for past in self.hits.iter().filter(|h| matches!(h.tag, Tag::PastTime | Tag::Former)) {
            let verb =
                (past.end..past.end + 4).find(|at| line.is(*at, words!["bao", "ghi", "gui", "nop", "nhap"]));
            let Some(verb) = verb.filter(|at| self.is_one_clause(past.end, *at)) else { continue };
            let Some(figure) = self.has_number(verb + 1, verb + 5).filter(|n| self.is_one_clause(verb, *n))
            else {
                continue;
            };
            let another = self.has_number(0, past.start).or_else(|| self.has_number(figure + 1, line.len()));
            if another.is_some() {
                found.push((past.start, verb + 1));
            }
        }
        for (start, end) in found {
            self.add(Tag::Former, start, end);
            self.add(Tag::Correction, start, end);
        }
    }
}
