//! Reading messages of schools: an office of 60 schools, and one of 1,500, each with 12 open tasks and all that is known of
//! them worked out beforehand. The aims are 20,000 messages a second on one core with 60 schools, and 100 µs at most for 99
//! messages of 100 with 1,500. It prints its own figures, as divan knows no percentiles; with `--each` the median of each message
//! among the others, with `--only WORDS` it reads only messages with these words.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use giaoban::domain::{
    OfficeId, Requires, School, SchoolId, SchoolKind, Scope, Task, TaskId, TaskState, Urgency,
};
use giaoban::understand::{Context, OpenTask, SchoolIndex, TaskIndex, form_in_title, read};
use uuid::Uuid;

/// What is typed, of our own writing: short and long, with marks and without, figures, days, names right and misspelt.
const MESSAGES: [&str; 40] = [
    "Dạ trường em đã nhận ạ",
    "👍",
    "ok chị",
    "em gửi rồi nhé chị",
    "tổng 337, cân đo 337, nhẹ cân 13, thấp còi 9, béo phì 6",
    "ts 250 cd 248 nc 5 tc 7 bp 3",
    "có mặt 245/250, vắng 5 cháu vì mưa",
    "chuyên cần tuần này 97,5% ạ",
    "em xin lùi cân đo đến thứ 6 tuần sau được không chị",
    "mai em nộp",
    "chieu nay em gui bao cao tai san nhe",
    "trường em chưa nộp kịp, máy hỏng từ hôm qua",
    "mẫu cân đo lấy ở đâu vậy chị",
    "chị ơi trẻ 24 tháng tính vào nhà trẻ hay mẫu giáo ạ",
    "em nhầm, nhẹ cân 12 chứ không phải 21",
    "nhẹ cân 8, à không 9",
    "Truong MN Hoa Mia da nop du",
    "MN Hoa Mai 12: tổng 312, nhẹ cân 9",
    "không có ca nào ạ",
    "ko phat sinh ca mac moi",
    "thu 12 triệu, chi 9tr5",
    "giáo viên 24, nhân viên 6, quản lý 3, hợp đồng 2",
    "Kính gửi Phòng, nhà trường xin báo cáo số liệu đầu năm: 14 lớp, 365 cháu, 29 giáo viên, 6 nhân viên, 3 cán bộ quản lý. Trân trọng.",
    "em Hương bên MN Hoa Mai 7 xin hỏi hạn nộp kế hoạch hè",
    "chúc mừng sinh nhật chị nha",
    "như tháng trước ạ",
    "link đây chị https://vi-du.example/minh-chung/2026",
    "em đang làm, tối xong em gửi liền",
    "hai trăm bốn mươi lăm cháu đi học, vắng sáu",
    "phòng học 15, nhà vệ sinh 12, bếp ăn một chiều 1",
    "tiêm đủ 264, chưa tiêm 15",
    "trường Hoa Lian tổng 190, MN Hoa Sen 3 tổng 201",
    "V3 vắng 4 cháu ốm",
    "em thu hồi tin lúc nãy nhé, gửi nhầm nhóm",
    "đã chuyển văn thư làm rồi ạ",
    "bếp 1, cô nuôi 4, suất ăn 310, 25k/ngày",
    "tin hom qua em bao sai, so dung la 118",
    "dạ 5 tuổi trên địa bàn 86, ra lớp 85, đạt 98,8%",
    "cho em khất tới cuối tháng, cô y tế nghỉ thai sản",
    "xong hết rồi chị ơi, chị kiểm tra giúp em với",
];

/// Open tasks, each with its fields behind a colon where it has some.
const TASKS: [&str; 12] = [
    "Cân đo trẻ lần 1: tổng số trẻ, cân đo, nhẹ cân, thấp còi, béo phì",
    "Báo cáo chuyên cần tuần: có mặt, vắng, tỷ lệ chuyên cần (%)",
    "Sĩ số ngày mưa: có mặt, vắng, ốm",
    "Báo cáo dịch bệnh: ca mắc, ca nghi, cộng dồn",
    "Thu chi ngoài ngân sách: thu (tiền), chi (tiền)",
    "Biểu đội ngũ: cán bộ quản lý, giáo viên, nhân viên, hợp đồng",
    "Cơ sở vật chất: phòng học, nhà vệ sinh, bếp ăn một chiều",
    "Tiêm chủng: số trẻ tiêm đủ, số trẻ chưa tiêm",
    "Phổ cập 5 tuổi: trẻ 5 tuổi trên địa bàn, trẻ ra lớp",
    "Nộp kế hoạch hoạt động hè",
    "Nhập cơ sở dữ liệu ngành",
    "Kiểm kê tài sản cuối năm",
];

fn main() {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--only").skip(1);
    let only = arguments.next().unwrap_or_default();
    for (schools, rounds) in [(60, 2_000), (1_500, 250)] {
        measure(schools, rounds, &only);
    }
}

/// Reads all messages that hold `only` `rounds` times and prints how many a second, and the time of the one in two and the 99 in 100.
fn measure(schools: u32, rounds: usize, only: &str) {
    let messages: Vec<&str> = MESSAGES.into_iter().filter(|text| text.contains(only)).collect();
    let register: Vec<School> = (1..=schools).map(school).collect();
    let tasks: Arc<Vec<Task>> = Arc::new((1_u32..).zip(TASKS).map(|(n, text)| task(n, text)).collect());
    // As the program does it, the index shares the tasks.
    let tasks_index = TaskIndex::with_words(&tasks, |_| true, &[]);
    let schools_index = SchoolIndex::new(&register);
    let due = NaiveDate::from_ymd_opt(2026, 10, 23).unwrap_or_default().and_time(NaiveTime::MIN);
    let open: Vec<OpenTask> =
        tasks.iter().map(|task| OpenTask { task, deadline: Some(due), owed: true, last: None }).collect();
    let coded: Vec<&Task> = tasks.iter().collect();
    let own = [register[0].id];
    let context = Context {
        own: &own,
        open: &open,
        tasks: &coded,
        index: &tasks_index,
        ..Context::bare(now(), &schools_index)
    };
    for text in &messages {
        black_box(read(text, &context));
    }
    let mut times: Vec<Duration> = Vec::with_capacity(rounds * messages.len());
    let start = Instant::now();
    for _ in 0..rounds {
        for text in &messages {
            let one = Instant::now();
            black_box(read(black_box(text), &context));
            times.push(one.elapsed());
        }
    }
    let all = start.elapsed();
    let rate = times.len() as f64 / all.as_secs_f64();
    let of_each = |n: usize| -> Duration {
        let mut own: Vec<Duration> = times.iter().skip(n).step_by(messages.len()).copied().collect();
        own.sort();
        own[own.len() / 2]
    };
    let each: Vec<Duration> = (0..messages.len()).map(of_each).collect();
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!(
        "{schools} schools, 12 open tasks: {rate:.0} messages/s, p50 {:?}, p99 {:?}, longest {:?}",
        at(50),
        at(99),
        times[times.len() - 1]
    );
    if std::env::args().any(|argument| argument == "--each") {
        for (text, time) in messages.iter().zip(each) {
            println!("{time:>10?}  {text}");
        }
    }
}

fn now() -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2026, 10, 21).unwrap_or_default();
    day.and_time(NaiveTime::from_hms_opt(10, 7, 0).unwrap_or_default())
}

/// Names as registers have them: a few flowers and birds, and numbers behind them.
fn school(n: u32) -> School {
    const NAMES: [&str; 20] = [
        "Hoa Mai",
        "Hoa Sen",
        "Hoa Lan",
        "Sơn Ca",
        "Họa Mi",
        "Ban Mai",
        "Bình Minh",
        "Hướng Dương",
        "Ánh Dương",
        "Tuổi Thơ",
        "Măng Non",
        "Vành Khuyên",
        "Vàng Anh",
        "Phượng Hồng",
        "Sao Mai",
        "Tràng An",
        "Thanh Xuân",
        "Đông Thành",
        "Phú Thạnh",
        "Bông Lúa",
    ];
    let name = NAMES[n as usize % NAMES.len()];
    let number = n as usize / NAMES.len() + 1;
    School {
        id: SchoolId::new(Uuid::from_u128(u128::from(n))),
        office: OfficeId::new(Uuid::nil()),
        code: format!("MN{n:04}"),
        name: format!("Trường Mầm non {name} {number}"),
        short_name: format!("MN {name} {number}"),
        aliases: vec![],
        kind: SchoolKind::Public,
        ward: format!("Phường {}", n % 30),
        cluster: format!("Cụm {}", n % 9),
        principal: String::new(),
        phone: String::new(),
        opened_on: None,
        closed_on: None,
        enrolment: None,
    }
}

fn task(n: u32, text: &str) -> Task {
    Task {
        id: TaskId::new(Uuid::from_u128(u128::from(n) + 10_000)),
        office: OfficeId::new(Uuid::nil()),
        schedule: None,
        code: n,
        text: text.to_owned(),
        months: vec![],
        scope: Scope::All,
        requires: Requires::Submission,
        due: vec![],
        form: form_in_title(text).unwrap_or_default(),
        urgency: Urgency::Normal,
        state: TaskState::Posted,
        posted_at: None,
        directive: None,
        sources: vec![],
        doubts: vec![],
        moved: None,
    }
}
