//! A schedule by months: what stands under a month's heading or in a table with months is to be done then. What stands outside
//! the months is mere frame, unless it sets a limit of its own or the months are an annex to a letter that asks for more.

use super::blocks::{Block, TextBlock, duty_of_heading, is_month_heading, months_of_heading};
use super::columns::Column;
use super::directive::{Header, Kind};
use super::doubt::{Doubt, DoubtKind};
use super::draft::{NEWEST, preamble};
use super::header::is_schedule_title;
use super::item::Item;
use super::marker::Marker;
use super::outline::{Setting, items_of as outline_items};
use super::resolve::Surroundings;
use super::rows::{has_months, items_of as row_items};
use super::sections::{Section, section_of};
use super::table::Table;
use super::timeline::place;
use crate::domain::{Month, SchoolYear};
use crate::vietnamese::MonthSaid;

/// Whether a document is a schedule by months.
pub fn has_schedule(body: &[Block]) -> bool {
    // One point that begins with a month makes no schedule, several do.
    const INLINE: usize = 3;
    let inline = |text: &TextBlock| duty_of_heading(&text.text).is_some();
    let headed = body.iter().any(|block| match block {
        Block::Text(text) => is_month_heading(&text.text) && !inline(text),
        Block::Table(table) => has_months(table),
    });
    headed || body.iter().filter(|block| matches!(block, Block::Text(text) if inline(text))).count() >= INLINE
}

/// A schedule by months: what stands under a month's heading or in a table with months is a task; what stands outside them only
/// where it sets a limit of its own.
pub fn schedule_items(
    body: &[Block],
    header: &Header,
    around: &Surroundings,
    doubts: &mut Vec<Doubt>,
) -> Vec<Item> {
    let fallback = around.assumed.unwrap_or(NEWEST);
    let headings: Vec<Vec<MonthSaid>> = body
        .iter()
        .filter_map(|block| match block {
            Block::Text(text) => months_of_heading(&text.text),
            Block::Table(_) => None,
        })
        .collect();
    let mut placed = place(&headings, header.school_year, fallback).into_iter();
    let mut reader = Reader {
        kind: header.kind,
        around,
        fallback,
        items: Vec::new(),
        months: Vec::new(),
        run: Vec::new(),
    };
    let mut heading_level = None;
    for block in &body[preamble(body, is_of_months).min(body.len())..] {
        match block {
            Block::Table(table) => {
                reader.flush();
                reader.table(table);
            }
            Block::Text(text) if months_of_heading(&text.text).is_some() => {
                reader.flush();
                heading_level = text.marker.level();
                let said_behind = duty_of_heading(&text.text).map(|rest| TextBlock {
                    marker: Marker::Bullet('-'),
                    text: rest.to_owned(),
                    ..text.clone()
                });
                if let Some(next) = placed.next() {
                    if let (Some(year), Some(month)) = (next.wrong, next.months.first()) {
                        let printed = format!("{}/{year}", month.month);
                        let read = format!("{}/{}", month.month, month.year);
                        doubts.push(Doubt::new(text.span.first_line, DoubtKind::WrongYear { printed, read }));
                    }
                    reader.months = next.months;
                }
                // "Tháng 9/2026: khai giảng ngày 05/9; nộp …": heading and duty on one line.
                if let Some(block) = said_behind {
                    reader.read(&[&block]);
                }
            }
            Block::Text(text) if is_schedule_title(&text.text) => {
                // An annex begins: the last month is over.
                reader.flush();
                reader.months.clear();
            }
            Block::Text(text) => {
                if ends_the_months(text, heading_level) {
                    reader.flush();
                    reader.months.clear();
                }
                reader.run.push(text);
            }
        }
    }
    reader.flush();
    reader.items
}

fn is_of_months(block: &Block) -> bool {
    match block {
        Block::Text(text) => is_month_heading(&text.text),
        Block::Table(table) => has_months(table),
    }
}

/// "III. TỔ CHỨC THỰC HIỆN", "4. Tổ chức thực hiện" behind "3. Tháng 11": a section beside the months.
fn ends_the_months(text: &TextBlock, heading_level: Option<usize>) -> bool {
    let section = match text.marker {
        Marker::Part | Marker::Capital(_) | Marker::Roman(_) => true,
        Marker::Number(_) => heading_level.is_some() && section_of(&text.text) == Section::Organisation,
        _ => false,
    };
    section && heading_level.is_none_or(|level| text.marker.level().is_some_and(|own| own <= level))
}

/// What has been read of a schedule, and where the reader stands.
struct Reader<'a> {
    kind: Option<Kind>,
    around: &'a Surroundings,
    fallback: SchoolYear,
    items: Vec<Item>,
    /// The months of the heading above; none outside the schedule.
    months: Vec<Month>,
    run: Vec<&'a TextBlock>,
}

impl Reader<'_> {
    /// Reads the blocks that were gathered since the last heading.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        self.read(&run);
    }

    fn read(&mut self, run: &[&TextBlock]) {
        let around = Surroundings { months: self.months.clone(), ..self.around.clone() };
        let in_month = !self.months.is_empty();
        let items = outline_items(run, &Setting { around, kind: self.kind, in_month });
        self.items.extend(items.into_iter().map(|item| Item { outside: !in_month, ..item }));
    }

    fn table(&mut self, table: &Table) {
        if has_months(table) {
            self.items.extend(row_items(table, self.around, self.fallback));
            return;
        }
        let around = Surroundings { months: self.months.clone(), ..self.around.clone() };
        let outside = self.months.is_empty() && !says_when(table);
        let rows = row_items(table, &around, self.fallback);
        self.items.extend(rows.into_iter().map(|item| Item { outside, ..item }));
    }
}

/// Whether the rows of a table say when: the plan of an annex.
fn says_when(table: &Table) -> bool {
    table.columns.iter().any(|column| matches!(column, Column::Time | Column::Day))
}

#[cfg(test)]
mod tests {
    use crate::import::read;

    /// The tasks of a plan: months, words up to the first full stop, deadlines.
    fn tasks(body: &str) -> Vec<String> {
        let text = format!(
            "PHÒNG VĂN HÓA - XÃ HỘI\nSố: 45/KH-VHXH\nĐồi Chè, ngày 12 tháng 8 năm 2026\nKẾ HOẠCH\nNhiệm vụ năm học 2026-2027\n{body}\n"
        );
        let one = |task: &crate::import::DraftTask| {
            let months: Vec<String> = task.months.iter().map(|month| month.month.to_string()).collect();
            let due: Vec<String> = task.due.iter().map(|due| due.date.format("%d/%m").to_string()).collect();
            let words: Vec<&str> = task.text.split_whitespace().take(3).collect();
            format!("{}|{}|{}|{}", months.join(","), task.label, words.join(" "), due.join(" "))
        };
        read(text.as_bytes()).unwrap().tasks.iter().map(one).collect()
    }

    #[test]
    fn what_sets_a_limit_outside_the_months_is_kept() {
        let body = "I. MỤC ĐÍCH\nThực hiện tốt nhiệm vụ của năm học.\nII. LỊCH\nTHÁNG 9/2026\n- Khai giảng ngày 05/9.\n\
                    THÁNG 10/2026\n- Kiểm tra bán trú.\n\
                    III. TỔ CHỨC THỰC HIỆN\n\
                    1. Các trường xây dựng kế hoạch của đơn vị, gửi về Phòng trước ngày 25/8/2026.\n\
                    2. Bộ phận mầm non theo dõi, tổng hợp.\n\
                    3. Hằng tháng, các trường báo cáo kết quả về Phòng trước ngày 25.\n\
                    4. Phòng sơ kết học kỳ ngày 15/01/2027.\n\
                    Các trường gửi danh sách đầu mối về Phòng trước ngày 20/8/2026.";
        let want = [
            "9|1|Khai giảng ngày|05/09",
            "10|1|Kiểm tra bán|",
            "|III.1|Các trường xây|25/08",
            "|III.3|Hằng tháng, các|25/08",
            "|P1|Các trường gửi|20/08",
        ];
        assert_eq!(tasks(body), want);
    }

    #[test]
    fn points_around_a_table_of_months_are_kept_with_their_limits() {
        let body = "1. Các trường gửi danh sách bán trú trước ngày 20/8/2026.\n2. Thực hiện nghiêm túc kế hoạch này.\n\
                    | Tháng | Nội dung |\n|---|---|\n| 9/2026 | Khai giảng năm học |\n| 10/2026 | Nộp biểu trước ngày 15/10 |\n\
                    3. Các nhóm lớp nộp hồ sơ công khai trong vòng 5 ngày kể từ ngày ký.";
        let want = [
            "|1|Các trường gửi|20/08",
            "9|1|Khai giảng năm|",
            "10|1|Nộp biểu trước|15/10",
            "|3|Các nhóm lớp|17/08",
        ];
        assert_eq!(tasks(body), want);
    }

    #[test]
    fn a_numbered_section_behind_numbered_months_ends_them() {
        let body = "1. Tháng 9/2026\n- Khai giảng ngày 05/9.\n2. Tháng 10/2026\n- Kiểm tra bán trú.\n\
                    3. Tổ chức thực hiện\n- Các trường gửi kế hoạch về Phòng trước ngày 25/8.\n- Phòng theo dõi.";
        let want = ["9|1|Khai giảng ngày|05/09", "10|1|Kiểm tra bán|", "|3.1|Các trường gửi|25/08"];
        assert_eq!(tasks(body), want);
    }
}
