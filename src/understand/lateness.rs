//! What asks for more time, and what only sounds so: "thêm 2 tiếng nữa", "đợi em tới chiều"; not "không trễ đâu", "đi chậm thôi".

use super::compose::Text;
use super::key::{Key, words};
use super::phrases::{Hit, Tag};

impl Text<'_> {
    /// Adds the hits that ask for more time, and takes away those that ask for none.
    pub fn hear_lateness(&mut self, is_topic: &dyn Fn(&str) -> bool) {
        self.join_more_time();
        self.join_waiting();
        self.hear_no_lateness();
        self.drop_other_slowness(is_topic);
    }

    /// "Cho bên em thêm 2 tiếng nữa", "thêm ít hôm": so much time.
    fn join_more_time(&mut self) {
        const OTHERS: &[Key] = words!["lam", "nghi", "hoc", "day", "o", "truc", "mat", "tang"];
        const UNITS: &[Key] = words!["ngay", "hom", "bua", "tuan", "tieng", "gio", "phut", "thang", "buoi"];
        let line = self.line;
        for at in (1..line.len()).filter(|at| line.is(*at, words!["them"])) {
            let end = line.amount(at + 1).map_or(at + 2, |(_, end)| end);
            let some = end > at + 2
                || line.number(at + 1).is_some()
                || line.is(at + 1, words!["vai", "may", "it", "nua", "mot", "hai", "ba", "dam"]);
            let other = at > 0 && line.is(at - 1, OTHERS);
            // "Cho trường thêm đến 25".
            let reaches = line.is(at + 1, words!["den", "toi", "qua"]) && self.covers(at - 1, &[Tag::Wish]);
            if reaches && !self.covers(at, &[Tag::Extension]) {
                self.add(Tag::Extension, at, at + 2);
            } else if some && line.is(end, UNITS) && !other && !self.covers(at, &[Tag::Extension]) {
                self.add(Tag::Extension, at, end + 1);
            }
        }
    }

    /// "Chị đợi em tới 11h", "chờ trường chút nha": the reader is asked to wait. "Chờ em gom xong" waits for no reader.
    fn join_waiting(&mut self) {
        let line = self.line;
        for at in 0..line.len() {
            let waits = line.is(at, words!["doi"]) && line.spelled[at] != "đơi\u{300}"
                || line.is(at, words!["cho"]) && line.spelled[at] == "chơ\u{300}";
            let own = line.is(at + 1, words!["em", "truong", "minh", "tui"])
                || line.is(at + 1, words!["ben", "tui", "bon", "chung"])
                    && line.is(at + 2, words!["em", "minh", "toi"]);
            if !waits || !own {
                continue;
            }
            let behind = at
                + 2
                + usize::from(
                    line.is(at + 1, words!["ben", "tui", "bon", "chung"])
                        && line.is(at + 2, words!["em", "minh", "toi"]),
                );
            // "Chờ em tí, em gửi ngay" asks for minutes, and for no other deadline.
            let until = line.is(behind, words!["toi", "den", "them", "it", "qua", "sang", "may", "vai"]);
            let reader = at == 0
                || !line.is_word(at - 1)
                || line.is(
                    at - 1,
                    words![
                        "chi", "anh", "phong", "mong", "nho", "xin", "rang", "co", "bot", "a", "oi", "da",
                        "lam",
                    ],
                );
            if until && reader {
                self.hits.retain(|h| !(h.start == at && h.tag == Tag::Unfinished));
                self.add(Tag::Extension, at, behind);
            }
        }
    }

    /// "Không trễ đâu", "không cần gia hạn nữa", "trễ quá rồi": nobody asks for more time.
    fn hear_no_lateness(&mut self) {
        const BETWEEN: &[Key] = words![
            "bi", "phai", "can", "xin", "dam", "de", "muon", "co", "he", "con", "nop", "gui", "lo", "so",
            "dam",
        ];
        let line = self.line;
        let mut wanted = Vec::new();
        let mut dropped = Vec::new();
        let mut handed = Vec::new();
        for hit in self.hits.iter().filter(|h| h.tag == Tag::Extension) {
            let denial = self.hits.iter().find(|n| {
                n.tag == Tag::Negation
                    && n.end <= hit.start
                    && hit.start - n.end <= 3
                    && !line.is(n.start, words!["chua"])
                    && (n.end..hit.start).all(|at| line.is(at, BETWEEN))
            });
            let avoided = (hit.start.saturating_sub(3)..hit.start)
                .find(|at| line.is(*at, words!["dung", "khoi", "tranh"]));
            if let Some(denial) = denial {
                dropped.extend([*hit, *denial]);
                wanted.push((denial.start, hit.end));
            } else if let Some(at) = avoided {
                dropped.push(*hit);
                wanted.push((at, hit.end));
            } else if line.is(hit.end - 1, words!["tre", "muon", "cham"])
                && !line.is(hit.start, words!["xin"])
            {
                let over = (hit.end..hit.end + 4)
                    .find(|at| line.is(*at, words!["roi"]))
                    .is_some_and(|at| self.is_one_clause(hit.end, at));
                let too = hit.start > 0
                    && line.is(hit.start - 1, words!["qua", "bi"])
                    && !over
                    && line.number(hit.end).is_none();
                let compared = line.is(hit.end + 2, words!["so"]) && line.is(hit.end + 3, words!["voi"]);
                if over || too || compared {
                    dropped.push(*hit);
                    if line.is(hit.start, words!["nop", "gui"]) {
                        handed.push(hit.start);
                    }
                }
            }
        }
        let within = |h: &Hit| wanted.iter().any(|(start, end)| *start <= h.start && h.end <= *end);
        self.hits.retain(|h| {
            let unsaid = dropped.contains(h) || h.tag == Tag::Wish && within(h);
            !unsaid
        });
        for at in handed {
            self.add(Tag::HandIn, at, at + 1);
        }
        for (start, end) in wanted {
            self.add(Tag::OnTime, start, end);
        }
    }

    /// "Đi chậm thôi", "khai giảng trễ 1 tuần": slow is something else than the answer.
    fn drop_other_slowness(&mut self, is_topic: &dyn Fn(&str) -> bool) {
        const OURS: &[Key] = words![
            "so", "lieu", "cao", "ban", "file", "bieu", "hoach", "han", "do", "tien", "hoi", "lai", "se",
            "la", "cung", "chac", "danh", "sach", "phep", "duoc", "cho", "bi", "link", "truong", "em", "chi",
        ];
        let line = self.line;
        let covered = |at: usize| self.hits.iter().any(|h| h.start <= at && at < h.end);
        let other = |h: &Hit| {
            h.tag == Tag::Extension
                && h.end - h.start == 1
                && line.is(h.start, words!["tre", "muon", "cham"])
                && h.start > 0
                && line.is_word(h.start - 1)
                && !covered(h.start - 1)
                && !line.is(h.start - 1, OURS)
                && !is_topic(line.folded(h.start - 1))
        };
        let dropped: Vec<Hit> = self.hits.iter().filter(|h| other(h)).copied().collect();
        self.hits.retain(|h| !dropped.contains(h));
    }
}
