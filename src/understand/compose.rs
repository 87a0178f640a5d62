//! Meanings that no list of phrases holds, because they are made of two word classes: "gõ" and "nhầm", "chuyển" and "lên Phòng",
//! "không phải" and "chưa". Each rule adds a hit for the whole, or takes away one that its neighbours make mean something else.

use super::key::{Key, words};
use super::line::Line;
use super::phrases::{Hit, Tag, phrases};

/// The hits of a message after its neighbouring words have been looked at. `is_topic` tells whether a task is called by a word.
pub(super) fn composed(line: &Line, hits: Vec<Hit>, is_topic: &dyn Fn(&str) -> bool) -> Vec<Hit> {
    let mut text = Text { line, hits };
    text.unsay_quotations();
    text.unsay_names();
    text.join_slips_of_tongue();
    text.name_obstacles_that_are_counted();
    text.hear_rhetorical_denials();
    text.join_double_denials();
    text.join_late_denials();
    text.join_beginnings();
    text.join_sequences();
    text.join_obstacles();
    text.join_delegations();
    text.hear_order_in_time();
    text.hear_refusals_by_doubt();
    text.hear_performatives();
    text.drop_promises_of_others();
    text.hear_lateness(is_topic);
    text.join_transfers();
    text.drop_topics(is_topic);
    text.drop_counted_receipts();
    text.hear_references();
    text.hear_calls_to_all();
    text.hear_changes(is_topic);
    text.hits.sort_by_key(|h| (h.start, h.end, h.tag));
    text.hits.dedup();
    text.hits
}

/// A message and its hits so far.
pub(super) struct Text<'l> {
    pub line: &'l Line,
    pub hits: Vec<Hit>,
}

impl Text<'_> {
    pub fn add(&mut self, tag: Tag, start: usize, end: usize) {
        self.hits.push(Hit { tag, start, end });
    }

    pub fn covers(&self, at: usize, tags: &[Tag]) -> bool {
        self.hits.iter().any(|h| tags.contains(&h.tag) && h.start <= at && at < h.end)
    }

    /// No sign that parts clauses stands in a stretch.
    pub fn is_one_clause(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| self.line.is_word(at) || self.line.number(at).is_some())
    }

    pub fn has_number(&self, from: usize, to: usize) -> Option<usize> {
        (from..to.min(self.line.len())).find(|at| self.line.number(*at).is_some())
    }

    /// "Em có gửi hồi nào đâu", "làm gì có nộp đâu": who speaks has not done it.
    fn hear_rhetorical_denials(&mut self) {
        let line = self.line;
        let asked = (0..line.len()).any(|at| line.is_sign(at, '?'));
        let mut denials = Vec::new();
        for at in 1..line.len() {
            let own = line.is(at, words!["co"])
                && line.is(at - 1, words!["em", "truong", "ben", "minh", "toi", "tui", "nao"]);
            let verb = |h: &&Hit| {
                matches!(h.tag, Tag::HandIn | Tag::Doing | Tag::Finish) && h.start > at && h.start - at <= 2
            };
            let Some(verb) = self.hits.iter().find(verb).filter(|_| own && !asked) else { continue };
            let end = (verb.end + 1..verb.end + 5).find(|n| line.is(*n, words!["dau"]));
            let place = |n: usize| line.is(n - 1, words!["o", "ve", "cho", "vao", "len", "qua"]);
            if let Some(end) = end.filter(|n| self.is_one_clause(at, *n) && !place(*n)) {
                denials.push((at, end));
            }
        }
        for (at, end) in denials {
            self.hits.retain(|h| {
                !(h.start >= at
                    && h.end <= end + 1
                    && matches!(h.tag, Tag::Ask | Tag::AskEnd | Tag::PastAfter))
            });
            self.add(Tag::Negation, at, at + 1);
        }
    }

    /// What stands between quotation marks is somebody else's word: "bot ghi “đã nộp” là sao".
    fn unsay_quotations(&mut self) {
        let mark = |at: &usize| ['"', '“', '”'].into_iter().any(|sign| self.line.is_sign(*at, sign));
        let marks: Vec<usize> = (0..self.line.len()).filter(mark).collect();
        for pair in marks.chunks_exact(2) {
            let (open, close) = (pair[0], pair[1]);
            let outside = (0..open).chain(close..self.line.len()).filter(|at| self.line.is_word(*at)).count();
            if outside >= 2 && close - open <= 12 {
                self.hits.retain(|h| {
                    h.start < open
                        || h.end > close
                        || !matches!(
                            h.tag,
                            Tag::PastBefore
                                | Tag::PastAfter
                                | Tag::Finish
                                | Tag::HandIn
                                | Tag::Doing
                                | Tag::Received
                                | Tag::Ack
                                | Tag::Negation
                                | Tag::Unfinished
                        )
                });
            }
        }
    }

    /// "Chị Dung ký nhận rồi", "cô Xong": the name of a person means nothing.
    fn unsay_names(&mut self) {
        let line = self.line;
        let name = |at: usize| {
            at > 0
                && is_capital(line, at)
                && !is_capital(line, at - 1)
                && line.is(at - 1, words!["chi", "anh", "co", "thay", "bac", "chu"])
                && !line.is(at, words!["y", "van", "ke", "hieu", "pho", "hai", "ba"])
        };
        self.hits.retain(|h| {
            !(h.start..h.end).any(name)
                || (h.start..h.end).any(|at| line.is(at, words!["phong", "chi"]) && !name(at))
        });
    }

    /// "Nhẹ cân 8, à không 9", "bốn cái nhé à năm cái", "120, à em xem lại 125": the second figure takes the place of the first.
    fn join_slips_of_tongue(&mut self) {
        let line = self.line;
        let number = |at: usize| !line.is(at, words!["khong"]) && line.amount(at).is_some();
        for at in 1..line.len() {
            let starts_clause = !line.is_word(at - 1) || self.covers(at - 1, &[Tag::Particle]);
            let spelled = line.spelled[at].as_str();
            let turns = line.is(at + 1, words!["khong", "ma", "nham", "lon", "quen", "em", "chet", "thoi"]);
            let interjects = matches!(spelled, "a\u{300}" | "ua\u{309}" | "ơ" | "ây\u{301}")
                && (starts_clause || turns)
                || line.is(at, words!["nham", "lon", "quen"])
                    && !line.is_word(at - 1)
                    && line.is(at + 1, words!["nham", "la", "roi"])
                || line.is(at, words!["ua", "a"]) && line.is(at + 1, words!["khong", "nham", "lon", "quen"]);
            if !interjects || self.covers(at, &[Tag::Slip]) {
                continue;
            }
            let before = (at.saturating_sub(6)..at).rev().find(|n| number(*n));
            let behind = (at + 1..line.len().min(at + 7)).find(|n| number(*n));
            let (Some(_), Some(figure)) = (before, behind) else { continue };
            // "À còn 1 bé mới" adds.
            if (at + 1..figure).any(|n| {
                line.is(n, words!["con", "them", "co"])
                    || line.is_sign(n, '.')
                    || line.is_sign(n, '?')
                    || line.begins_line(n)
            }) {
                continue;
            }
            self.hits
                .retain(|h| h.start < at || h.start >= figure || matches!(h.tag, Tag::HandIn | Tag::Doing));
            self.add(Tag::Slip, at, figure);
        }
    }

    /// "Dùng được 7 hỏng 2", "2 máy hư": what is counted is in nobody's way. Not "lỗi 500".
    fn name_obstacles_that_are_counted(&mut self) {
        let line = self.line;
        let spoken = |at: usize| {
            line.amount(at).is_some_and(|(a, end)| a.in_words && phrases().is_counted(line.word(end)))
        };
        let counted = |h: &Hit| {
            let behind = (line.number(h.end).is_some() || spoken(h.end)) && !line.is_glued(h.end);
            let before = h.start >= 2
                && (line.number(h.start - 1).is_some()
                    || line.number(h.start - 2).is_some() && phrases().is_counted(line.word(h.start - 1)));
            behind || before
        };
        self.hits.retain(|h| {
            h.tag != Tag::Unable
                || h.end - h.start > 1
                || !line.is(h.start, words!["hong", "hu", "ngap", "treo"])
                || !counted(h)
        });
    }

    /// "Không phải là trường em chưa nộp", "đâu phải em không gửi": it was done.
    fn join_double_denials(&mut self) {
        let line = self.line;
        for at in 0..line.len() {
            if !(line.is(at, words!["khong", "dau", "cha", "chang"]) && line.is(at + 1, words!["phai"])) {
                continue;
            }
            let own = |n: &usize| {
                !line.is(*n, words!["la", "em", "truong", "ben", "minh", "toi", "tui", "tai", "do"])
            };
            let Some(no) = (at + 2..at + 6).find(own).filter(|n| line.is(*n, words!["chua", "khong"])) else {
                continue;
            };
            if !line.is_word(no + 1) || line.is(no + 1, words!["a", "chi", "em", "nhe"]) {
                continue;
            }
            self.hits.retain(|h| {
                h.end <= at
                    || h.start > no
                    || !matches!(
                        h.tag,
                        Tag::Negation | Tag::NotThat | Tag::Ask | Tag::AskEnd | Tag::PastBefore | Tag::No
                    )
            });
            self.add(Tag::PastBefore, at, no + 1);
        }
    }

    /// "Có ai cân đâu", "đã gửi đâu": the last word denies.
    fn join_late_denials(&mut self) {
        let line = self.line;
        for at in 2..line.len() {
            let word = line.is(at, words!["dau"]) && matches!(line.spelled[at].as_str(), "đâu" | "dau");
            let ends = (at + 1..line.len())
                .take_while(|n| line.is_word(*n))
                .all(|n| self.covers(n, &[Tag::Particle]));
            let claims = (at.saturating_sub(6)..at - 1)
                .find(|n| line.is(*n, words!["co", "da"]) && line.spelled[*n] != "da\u{323}");
            let Some(start) = claims.filter(|start| word && ends && self.is_one_clause(*start, at)) else {
                continue;
            };
            let denied = (start.saturating_sub(1)..at)
                .any(|n| self.covers(n, &[Tag::Negation]) || line.is(n, words!["khong", "chua", "chang"]));
            if !denied && !line.is(at - 1, words!["o", "ve", "cho", "tu", "den"]) {
                self.hits
                    .retain(|h| h.end <= start || h.start > at || !matches!(h.tag, Tag::Ask | Tag::AskEnd));
                self.add(Tag::Negation, at, at + 1);
            }
        }
    }

    /// "Mới rà được 5/9 khu phố", "mới gom được hai lớp": so much of it and no more.
    fn join_beginnings(&mut self) {
        let line = self.line;
        for at in 0..line.len() {
            let some = |n: usize| line.amount(n).is_some();
            if line.is(at, words!["moi"])
                && line.spelled[at] != "mơi\u{300}"
                && line.is_word(at + 1)
                && line.is(at + 2, words!["duoc"])
                && some(at + 3)
                && !self.covers(at, &[Tag::Unfinished])
            {
                self.add(Tag::Unfinished, at, at + 3);
            }
        }
    }

    /// "Xong em nộp", "tổng hợp xong rồi trường em gửi", "đếm rồi báo": the first is not over yet, the second is to come.
    fn join_sequences(&mut self) {
        let line = self.line;
        for at in 0..line.len() {
            if !line.is(at, words!["xong", "roi"]) || self.covers(at, &[Tag::Unfinished, Tag::Future]) {
                continue;
            }
            let mut next = at + 1;
            while line.is(next, words!["roi", "thi", "la", "moi", "se", "xong"]) {
                next += 1;
            }
            if line.is(next, words!["truong", "ben", "tui", "bon"])
                && line.is(next + 1, words!["em", "minh", "toi"])
            {
                next += 2;
            } else if line.is(next, words!["em", "truong", "toi", "minh", "tui"]) {
                next += 1;
            }
            while line.is(next, words!["se", "moi", "lai"]) {
                next += 1;
            }
            let acts = self.hits.iter().any(|h| h.start == next && matches!(h.tag, Tag::HandIn));
            let over = (next + 1..next + 8)
                .take_while(|n| line.is_word(*n) || line.number(*n).is_some())
                .any(|n| line.is(n, words!["roi"]) || self.covers(n, &[Tag::PastTime]));
            let told = at > 0 && line.is(at - 1, words!["da", "vua"]) && line.spelled[at - 1] != "da\u{323}";
            // "Báo xong rồi", "nhập xong gửi rồi" are over.
            if !acts || over || told || self.covers(next, &[Tag::Correction]) {
                continue;
            }
            self.hits
                .retain(|h| h.start < at || h.end > next || !matches!(h.tag, Tag::Finish | Tag::PastAfter));
            self.add(Tag::Future, at, at + 1);
        }
    }

    /// "Hệ thống báo sai mật khẩu", "nó cứ không nhận": what a machine does is no answer of the school.
    fn join_obstacles(&mut self) {
        let line = self.line;
        let machine = |at: usize| {
            line.is(at, words!["thong", "mem", "mang", "web", "no", "server"])
                && (line.is(at, words!["no"]) && line.spelled[at] == "no\u{301}"
                    || line.is(at, words!["mang", "web", "server"])
                    || line.is(at.wrapping_sub(1), words!["he", "phan"]))
        };
        for at in 1..line.len() {
            let subject = (at.saturating_sub(4)..at).any(machine);
            let bad = line.is(at, words!["bao", "khong", "bi", "cu", "loi", "doi"])
                && !line.is(at, words!["doi"])
                && !line.is(at + 1, words!["xong", "thanh", "da", "du", "hoan"])
                || line.is(at, words!["khong", "chua"]) && line.is(at + 1, words!["thanh", "nhan"]);
            if subject && bad && self.is_one_clause(at.saturating_sub(2), at) {
                self.hits.retain(|h| h.start != at || h.tag != Tag::HandIn);
                self.add(Tag::Unable, at, at + 1);
            }
        }
    }

    /// "Giao cô Nga làm lịch rồi", "em nhờ kế toán nhập": somebody has been told to do it.
    fn join_delegations(&mut self) {
        const STAFF: &[Key] = words![
            "co", "chi", "thay", "anh", "ke", "van", "y", "hieu", "pho", "to", "bo", "cac", "nhan", "gv",
            "giao", "ban",
        ];
        let line = self.line;
        for at in 0..line.len() {
            let tells = line.is(at, words!["giao", "nho", "cu", "keu"])
                || line.is(at, words!["phan"]) && line.is(at + 1, words!["cong"]);
            let who = if line.is(at, words!["phan"]) { at + 2 } else { at + 1 };
            let who = who + usize::from(line.is(who, words!["cho"]));
            // "Cho cô y tế làm", "báo kế toán chuẩn bị": with what they are to do.
            let works = (who + 1..who + 6)
                .any(|n| self.covers(n, &[Tag::Doing]) || line.is(n, words!["chuan", "nhap"]));
            // "Em báo cô y tế rồi": somebody of the school has been told.
            let staff = line.is(who, words!["ke", "van", "hieu", "y"])
                || line.is(who, words!["co", "chi", "anh", "chu"])
                    && line.is(who + 1, words!["ke", "van", "hieu", "y", "bao"]);
            let given = line.is(at, words!["cho"])
                && (at.saturating_sub(7)..at).any(|n| self.covers(n, &[Tag::HandIn]));
            let works = works || staff && !given && line.is(at, words!["bao", "nhac", "dan", "cho"]);
            let lets = line.is(at, words!["cho", "bao", "nhac", "dan"])
                && works
                && (!line.is(who, words!["chi", "anh"]) || is_capital(line, who + 1))
                && !(at > 0
                    && (line.is(at - 1, words!["thong", "canh", "bot"])
                        || line.is(at - 1, words!["chi", "anh"]) && !staff))
                && self.is_one_clause(at, (who + 2).min(line.len()));
            let tells = tells || lets;
            let named =
                line.is(who, STAFF) && !(line.is(at, words!["giao"]) && line.is(who, words!["ban", "giao"]));
            // "Nhờ chị xem giúp" asks the reader.
            let reader = line.is(at, words!["nho"])
                && line.is(who, words!["chi", "anh"])
                && !is_capital(line, who + 1);
            if !tells || !named || reader || self.covers(at, &[Tag::Nothing, Tag::Correction]) {
                continue;
            }
            let end = (who..line.len())
                .find(|n| !line.is_word(*n) && line.number(*n).is_none())
                .unwrap_or(line.len());
            self.hits.retain(|h| {
                h.start < who && (h.start != at || h.tag != Tag::HandIn)
                    || h.start >= end
                    || !matches!(h.tag, Tag::Doing | Tag::HandIn | Tag::Finish | Tag::Extension)
            });
            self.hits.retain(|h| h.tag != Tag::Wish || h.end <= at || h.start > at);
            self.add(Tag::Delegated, at, who);
        }
    }

    /// "Gửi sau giờ trưa" is no wish; "làm luôn đây" and "gửi liền" are to come.
    fn hear_order_in_time(&mut self) {
        let line = self.line;
        let mut handed = Vec::new();
        let mut coming = Vec::new();
        for hit in &self.hits {
            let after =
                hit.tag == Tag::Extension && line.is(hit.end - 1, words!["sau"]) && hit.end - hit.start > 1;
            if after && line.is(hit.end, words!["gio", "khi", "trua", "luc", "buoi", "cuoc", "bua"]) {
                handed.push(*hit);
            }
            let now = (hit.end..hit.end + 4).find(|at| line.is(*at, words!["luon", "lien"]));
            let over = |from: usize| {
                (from..from + 4)
                    .any(|at| line.is(at, words!["roi"]) || line.is(at, words!["nay"]) && at > from)
            };
            if matches!(hit.tag, Tag::HandIn | Tag::Doing)
                && let Some(at) = now.filter(|at| self.is_one_clause(hit.end, *at) && !over(hit.end))
                && !(hit.start > 0
                    && line.is(hit.start - 1, words!["da", "vua", "moi"])
                    && line.spelled[hit.start - 1] != "da\u{323}")
            {
                coming.push(at);
            }
        }
        // "Xin cho em nộp cân đo sau ạ".
        let later = (1..line.len()).find(|at| {
            line.spelled[*at] == "sau"
                && (at + 1..line.len())
                    .take_while(|n| line.is_word(*n))
                    .all(|n| self.covers(n, &[Tag::Particle]))
                && !self.covers(*at, &[Tag::Extension, Tag::Future, Tag::Correction])
                && self.hits.iter().any(|h| {
                    matches!(h.tag, Tag::HandIn | Tag::Doing)
                        && h.end <= *at
                        && *at - h.end <= 6
                        && self.is_one_clause(h.end, *at)
                })
                && !line.is(at - 1, words!["tuan", "thang", "hom", "nam", "bua", "lan", "dot", "ky"])
        });
        if let Some(at) = later {
            self.add(Tag::Extension, at, at + 1);
        }
        self.hits.retain(|h| !handed.contains(h));
        for hit in handed {
            self.add(Tag::HandIn, hit.start, hit.start + 1);
            self.add(Tag::Future, hit.end - 1, hit.end);
        }
        for at in coming {
            self.add(Tag::Future, at, at + 1);
        }
    }

    /// "Xong đâu mà xong": nothing of it.
    fn hear_refusals_by_doubt(&mut self) {
        let line = self.line;
        let verbs: Vec<usize> = self
            .hits
            .iter()
            .filter(|h| matches!(h.tag, Tag::HandIn | Tag::Finish | Tag::Doing))
            .filter(|h| {
                line.is(h.end, words!["dau"])
                    && line.is(h.end + 1, words!["ma"])
                    && line.spelled[h.end] != "đâu\u{300}"
            })
            .map(|h| h.end)
            .collect();
        for at in verbs {
            self.hits.retain(|h| h.end <= at || h.start > at + 1 || !matches!(h.tag, Tag::Ask | Tag::AskEnd));
            self.add(Tag::Negation, at, at + 2);
        }
    }

    /// "Phụ huynh hẹn cuối tuần": others put off.
    fn drop_promises_of_others(&mut self) {
        let line = self.line;
        let own = words!["em", "truong", "ben", "minh", "toi", "xin", "cho", "chi", "da", "va", "se"];
        self.hits.retain(|h| {
            let hen = h.tag == Tag::Wish && h.end - h.start == 1 && line.is(h.start, words!["hen"]);
            !hen || h.start == 0 || !line.is_word(h.start - 1) || line.is(h.start - 1, own)
        });
    }

    /// "Xin cảm ơn", "xin thông báo", "xin xác nhận" do what they say and ask for nothing.
    fn hear_performatives(&mut self) {
        const SAID: &[Key] = words![
            "cam", "chao", "loi", "chuc", "thong", "tran", "xac", "nhan", "tiep", "dinh", "kinh", "hoi",
            "chia", "cung", "noi", "moi", "ghi",
        ];
        let line = self.line;
        self.hits
            .retain(|h| !(h.tag == Tag::Wish && line.is(h.end - 1, words!["xin"]) && line.is(h.end, SAID)));
    }

    /// "Chuyển bản giấy lên Phòng", "mang qua chị": handed in. "Chuyển văn thư làm": passed on inside the school.
    fn join_transfers(&mut self) {
        let line = self.line;
        for at in 0..line.len() {
            if !line.is(at, words!["chuyen", "mang", "dem", "dua"])
                || line.is(at + 1, words!["khoan", "tien", "cong", "truong", "mon"])
            {
                continue;
            }
            let Some(place) = (at + 1..at + 9).find(|n| self.covers(*n, &[Tag::Office])) else { continue };
            if !self.is_one_clause(at, place) || (at..place).any(|n| self.covers(n, &[Tag::HandIn])) {
                continue;
            }
            self.hits.retain(|h| !(h.tag == Tag::Delegated && h.start >= at && h.end <= place + 2));
            self.add(Tag::HandIn, at, at + 1);
        }
        // "Để trên bàn chị Yến", "bỏ hộp thư ở bảo vệ": left where it is fetched.
        for at in 0..line.len() {
            let puts =
                matches!(line.spelled[at].as_str(), "đê\u{309}" | "đăt\u{323}" | "bo\u{309}" | "cât\u{301}")
                    || !line.marked && line.is(at, words!["de", "dat"]);
            let where_to = (at + 1..at + 4).find(|n| {
                line.is(*n, words!["ban", "hop", "tu", "phong", "ngan"])
                    && !line.is(n + 1, words!["giay", "cung"])
                    || line.is(*n, words!["bao"]) && line.is(n + 1, words!["ve"])
                    || line.is(*n, words!["van"]) && line.is(n + 1, words!["thu", "phong"])
                    || line.is(*n, words!["mot", "1"]) && line.is(n + 1, words!["cua"])
            });
            let on = line.is(at + 1, words!["tren", "o", "tai", "trong", "lai", "ngay", "duoi", "vao"]);
            if puts && on && where_to.is_some_and(|n| self.is_one_clause(at, n)) {
                self.hits.retain(|h| h.start != at + 1 || h.tag != Tag::Hedge);
                self.add(Tag::HandIn, at, at + 1);
            }
        }
        // "Được", "dc nha": nothing else is said.
        let small = |at: usize| !line.is_word(at) || self.covers(at, &[Tag::Particle, Tag::Vocative]);
        let only = (0..line.len()).find(|at| line.spelled[*at] == "đươc\u{323}");
        if let Some(at) = only.filter(|at| (0..line.len()).all(|n| n == *at || small(n))) {
            self.add(Tag::Ack, at, at + 1);
        }
    }

    /// "Nhận 42/45 danh mục, thiếu 3": so much was received, and the figures say it.
    fn drop_counted_receipts(&mut self) {
        const PAPERS: &[Key] = words!["van", "cong", "tin", "thong", "ke", "giay", "cv", "tb", "mail"];
        let line = self.line;
        let counted = |h: &Hit| {
            let at = if line.is(h.end, words!["du", "duoc"]) { h.end + 1 } else { h.end };
            let share = line.is_sign(at + 1, '/') && line.number(at + 2).is_some();
            let noun = if share { at + 3 } else { at + 1 };
            line.number(at).is_some()
                && line.is_word(noun)
                && !line.is(noun, PAPERS)
                && (share || self.has_number(noun, line.len()).is_some())
        };
        let drop: Vec<Hit> =
            self.hits.iter().filter(|h| h.tag == Tag::Received && counted(h)).copied().collect();
        self.hits.retain(|h| !drop.contains(h));
    }

    /// "Như đầu năm chị ạ", "y như hồi tháng 9": what was given at another time.
    fn hear_references(&mut self) {
        const TIMES: &[Key] =
            words!["dau", "cuoi", "hoi", "dot", "ky", "lan", "thang", "tuan", "quy", "hom", "nam"];
        const WHICH: &[Key] =
            words!["truoc", "nam", "roi", "qua", "ngoai", "cu", "kia", "thang", "ky", "tuan", "dot", "vua"];
        let line = self.line;
        let found = (0..line.len()).find(|at| {
            line.is(*at, words!["nhu"])
                && line.is(at + 1, TIMES)
                && (line.is(at + 2, WHICH) || line.number(at + 2).is_some())
                && !line.is(at + 1, words!["nam"])
        });
        let short = (0..line.len()).filter(|at| line.is_word(*at)).count() <= 10;
        if let Some(at) = found.filter(|at| short && !self.covers(*at, &[Tag::SameAsLast])) {
            self.add(Tag::SameAsLast, at, at + 3);
        }
    }

    /// "Mọi người nhớ cho trẻ đeo khẩu trang nha": said to all, and wants no answer.
    fn hear_calls_to_all(&mut self) {
        let line = self.line;
        let urged = |at: usize| {
            line.spelled[at] == "nhơ\u{301}"
                || line.is(at, words!["can"]) && line.is(at + 1, words!["than"])
                || line.is(at, words!["chu"]) && line.is(at + 1, words!["y"])
                || line.is(at, words!["giu"]) && line.is(at + 1, words!["gin", "suc"])
        };
        let all = |at: usize| {
            line.is(at, words!["mn"])
                || line.is(at, words!["nguoi"]) && at > 0 && line.is(at - 1, words!["moi"])
                || line.is(at, words!["nha"]) && at > 0 && line.is(at - 1, words!["ca"])
                || line.is(at, words!["chi", "truong"]) && at > 0 && line.is(at - 1, words!["cac", "may"])
        };
        let call = (0..line.len().min(6)).find(|at| all(*at) && *at + 1 < line.len() && urged(at + 1));
        if let Some(at) = call {
            self.add(Tag::Aside, at, at + 2);
        }
    }

    /// "Phân công chuyên môn em gửi rồi", "300 phụ huynh ký cam kết", "liên hoan văn nghệ": the task is called so.
    fn drop_topics(&mut self, is_topic: &dyn Fn(&str) -> bool) {
        let line = self.line;
        self.hits.retain(|h| {
            let may = matches!(
                h.tag,
                Tag::Future | Tag::Started | Tag::Unable | Tag::NotConcerned | Tag::Aside | Tag::Greeting
            );
            let word = h.end - h.start > 1;
            !(may && word && (h.start..h.end).all(|at| is_topic(line.folded(at))))
        });
        let first = (0..line.len()).find(|at| line.is_word(*at)).unwrap_or(0);
        self.hits.retain(|h| {
            let named = || (h.start..h.end).all(|at| is_topic(line.folded(at)));
            !(h.tag == Tag::Delegated && h.start <= first + 2 && named())
        });
    }
}

fn is_capital(line: &Line, at: usize) -> bool {
    line.tokens.get(at).is_some_and(|t| t.capital)
}
