//! What a month costs on Zalo's free plan: thirty schools in one group, twelve tasks of which six have deadlines, played on the
//! production rules over the simulator. Every message counts, in both directions.
//!
//! What schools do is taken from a seed, with shares that are worse than most groups: one answer in ten is wrong at first, one
//! in ten is corrected later, one school in twelve asks for more time, a third is missing three days before a deadline. It is a first
//! month: deputies ask to join and are let in, everybody asks for help once, some send files and photos, tables and notices go out.

use std::fmt::Write as _;

use crate::emulator::Random;
use crate::player;

/// The names of the schools are those of flowers and birds, each with each.
const FIRST: [&str; 6] = ["Hoa", "Sao", "Ánh", "Bình", "Sơn", "Vành"];
const SECOND: [&str; 5] = ["Sen", "Mai", "Dương", "Khuyên", "Cúc"];
const FIRST_NAMES: [&str; 6] = ["Thu", "Liên", "Yến", "Oanh", "Quyên", "Vân"];
const SURNAMES: [&str; 3] = ["Phạm", "Đỗ", "Vũ"];
/// With the principals, the specialist and the head they are the fifty people of a free bot.
const DEPUTIES: usize = FIRST_NAMES.len() * SURNAMES.len();
const SCHOOLS: usize = FIRST.len() * SECOND.len();
const MOST: usize = 3_000;
/// At least this share of the month's messages is to be left, in percent.
const SPARE: usize = 30;

/// Tasks with a deadline in October 2026: what they ask, and the day.
const DUE: [(&str, u32); 6] = [
    ("Cân đo lần 1", 9),
    ("Nhập cơ sở dữ liệu", 13),
    ("Báo cáo trẻ 5 tuổi", 16),
    ("Báo cáo bán trú", 21),
    ("Thống kê phòng học", 23),
    ("Báo cáo đồ chơi", 28),
];
const WITHOUT: [&str; 6] = [
    "Rà soát đội ngũ",
    "Vệ sinh trường lớp",
    "Họp cha mẹ trẻ",
    "Kiến tập góc chơi",
    "Tuyên truyền phòng bệnh",
    "Sinh hoạt chuyên môn",
];

/// One line of the month: day, minute of the day, words.
type Line = (u32, u32, String);

/// Plays the month and prints what it cost.
pub fn show(seed: u64) -> Result<(), String> {
    let scenario = scenario(seed);
    let played = player::play(&scenario)?;
    let cost = Cost::of(&played);
    println!("{cost}");
    if cost.total() * 100 <= MOST * (100 - SPARE) {
        Ok(())
    } else {
        Err(format!("less than {SPARE} % of {MOST} messages are left"))
    }
}

/// What was said, by where it went.
#[derive(Debug, Default)]
struct Cost {
    in_group: usize,
    in_private: usize,
    heard: usize,
    talk: usize,
}

impl Cost {
    fn of(played: &str) -> Self {
        let mut cost = Self::default();
        let (_, month) = played.split_once("\n---\n").unwrap_or_default();
        for line in month.lines().filter(|line| !line.starts_with(' ')) {
            match line.split_once("> ") {
                Some(("Bot", said)) if said.starts_with("[to ") => cost.in_private += 1,
                Some(("Bot", _)) => cost.in_group += 1,
                Some((_, said)) if said.starts_with("(to bot)") || said.starts_with('@') => cost.heard += 1,
                Some(_) => cost.talk += 1,
                None => {}
            }
        }
        cost
    }

    fn total(&self) -> usize {
        self.in_group + self.in_private + self.heard
    }
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let total = self.total();
        writeln!(f, "schools {SCHOOLS}, tasks {}, deadlines {}", DUE.len() + WITHOUT.len(), DUE.len())?;
        writeln!(f, "sent to the group    {}", self.in_group)?;
        writeln!(f, "sent in private      {}", self.in_private)?;
        writeln!(f, "received             {}", self.heard)?;
        writeln!(f, "talk, not delivered  {}", self.talk)?;
        let left = MOST.saturating_sub(total) * 100 / MOST;
        write!(f, "together             {total} of {MOST}, {left} % left")
    }
}

/// The month as a scenario of the player.
fn scenario(seed: u64) -> String {
    let names: Vec<String> = FIRST
        .iter()
        .flat_map(|first| SECOND.iter().map(move |second| format!("MN {first} {second}")))
        .collect();
    let mut head = format!("schools: {}\n", names.join(", "));
    head.push_str("group: Nhóm Zalo on sim-zalo\nspecialist: Lan\nhead: Hùng\nclock: 2026-10-01 07:00\n");
    for (text, day) in DUE {
        let _ = writeln!(
            head,
            "task 10/2026: {text}; hạn {day}/10/2026; biểu: tổng số trẻ (trẻ), đã ra lớp <= tổng số trẻ"
        );
    }
    for text in WITHOUT {
        let _ = writeln!(head, "task 10/2026: {text}");
    }
    for n in 0..DEPUTIES {
        let _ = writeln!(head, "outsider: {}", deputy(n));
    }
    let mut lines = lines(&names, &mut Random(seed));
    first_steps(&mut lines, &names, &mut Random(seed ^ 0xf1));
    lines.sort();
    let mut month = String::new();
    let mut last = (0, 0);
    for (day, minute, words) in lines {
        if (day, minute) != last {
            let _ =
                writeln!(month, "{} 2026-10-{day:02} {:02}:{:02}", weekday(day), minute / 60, minute % 60);
            last = (day, minute);
        }
        let _ = writeln!(month, "{words}");
    }
    format!("{head}---\nThu 2026-10-01 08:00\n{month}Sat 2026-10-31 17:00\n")
}

fn lines(names: &[String], random: &mut Random) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (n, name) in names.iter().enumerate() {
        if random.below(2) == 0 {
            lines.push((1, 500 + random.below(60) as u32, format!("{name}> @giaoban đã nhận ạ")));
        }
        for (task, (_, due)) in (1..).zip(DUE) {
            answer(&mut lines, random, name, (task, due), 200 + 10 * n);
        }
        for task in DUE.len() + 1..=DUE.len() + WITHOUT.len() {
            // Eight of ten report such a task as done.
            if random.below(10) < 8 {
                let day = working_day(5 + random.below(24) as u32);
                lines.push((day, minute(random), say(random, name, &format!("V{task} đã xong"))));
            }
        }
        // Now and then somebody asks what is left, or talks without the bot.
        for _ in 0..2 {
            let day = working_day(2 + random.below(28) as u32);
            lines.push((day, minute(random), format!("{name}> (to bot) /viec")));
            lines.push((day, minute(random), format!("{name}> các chị ơi họp mấy giờ ạ")));
        }
    }
    for day in (2..=30).filter(|day| working_day(*day) == *day) {
        let task = 1 + random.below(DUE.len() as u64);
        lines.push((day, 480, format!("Lan> (to bot) /tinhhinh V{task}")));
        lines.push((day, 980, "Lan> (to bot) /tinhhinh".to_owned()));
    }
    lines
}

/// What a first month has beside answers: joining, help, files that Zalo does not carry, photos, tables, notices.
fn first_steps(lines: &mut Vec<Line>, names: &[String], random: &mut Random) {
    for (n, school) in names.iter().enumerate().take(DEPUTIES) {
        let deputy = deputy(n);
        let day = if n % 2 == 0 { 2 } else { 5 };
        let at = 490 + 3 * n as u32;
        lines.push((day, at, format!("{deputy}> (to bot) /dangky {school}")));
        lines.push((day, at + 1, format!("Lan> (to bot) /duyet {deputy}")));
    }
    for name in names {
        lines.push((
            working_day(2 + random.below(5) as u32),
            minute(random),
            format!("{name}> (to bot) /trogiup"),
        ));
        if random.below(3) == 0 {
            let day = working_day(12 + random.below(12) as u32);
            let task = DUE.len() + 1 + random.below(WITHOUT.len() as u64) as usize;
            let what = if random.below(2) == 0 { "(file bao-cao.docx)" } else { "(photo anh.jpg)" };
            lines.push((day, minute(random), format!("{name}> (to bot) {what} V{task}")));
        }
    }
    for (task, (_, day)) in (1..).zip(DUE) {
        lines.push((working_day(day + 1), 950, format!("Lan> (to bot) /bang V{task}")));
    }
    for day in [6, 19] {
        lines.push((day, 620, "Lan> (to bot) /thongbao Thứ Sáu họp trực tuyến lúc 14:00.".to_owned()));
        lines.push((day, 621, "Lan> (to bot) đúng".to_owned()));
    }
}

fn deputy(n: usize) -> String {
    format!("Cô {} {}", FIRST_NAMES[n % FIRST_NAMES.len()], SURNAMES[n / FIRST_NAMES.len()])
}

/// One school's answer to one task, with what goes wrong.
fn answer(lines: &mut Vec<Line>, random: &mut Random, name: &str, (task, due): (usize, u32), total: usize) {
    let early = |random: &mut Random| working_day(due.saturating_sub(4 + random.below(4) as u32).max(2));
    let day = match random.below(100) {
        0..=64 => early(random),
        65..=84 => working_day(due - 2),
        85..=93 => working_day(due - 1),
        94..=97 => working_day(due + 2),
        // Never.
        _ => return,
    };
    let at = minute(random);
    if random.below(12) == 0 && day < due {
        let wish = format!("V{task} cho em xin lùi đến {}/10", working_day(due + 3));
        lines.push((day, at, format!("{name}> (to bot) {wish}")));
        lines.push((day, at + 1, format!("Lan> (to bot) /dongy V{task} {name}")));
        let later = working_day(due + 2);
        lines.push((later, at, say(random, name, &format!("V{task} tổng {total}, ra lớp {}", total - 3))));
        return;
    }
    let right = format!("V{task} tổng {total}, ra lớp {}", total - 3);
    if random.below(10) == 0 {
        let wrong = format!("V{task} tổng {total}, ra lớp {}", total + 3);
        lines.push((day, at, say(random, name, &wrong)));
        lines.push((day, at + 2, format!("{name}> (to bot) V{task} ra lớp {}", total - 3)));
    } else {
        lines.push((day, at, say(random, name, &right)));
    }
    if random.below(10) == 0 {
        lines.push((day, at + 9, say(random, name, &format!("V{task} sửa ra lớp {}", total - 4))));
    }
}

/// Three of ten answer in the group.
fn say(random: &mut Random, name: &str, words: &str) -> String {
    if random.below(10) < 3 {
        format!("{name}> @giaoban {words}")
    } else {
        format!("{name}> (to bot) {words}")
    }
}

fn minute(random: &mut Random) -> u32 {
    490 + random.below(480) as u32
}

/// The first of October 2026 is a Thursday.
fn weekday(day: u32) -> &'static str {
    ["Wed", "Thu", "Fri", "Sat", "Sun", "Mon", "Tue"][day as usize % 7]
}

/// That day, or the Monday after it, within the month.
fn working_day(day: u32) -> u32 {
    let day = day.clamp(1, 30);
    match weekday(day) {
        "Sat" => (day + 2).min(30),
        "Sun" => (day + 1).min(30),
        _ => day,
    }
}
