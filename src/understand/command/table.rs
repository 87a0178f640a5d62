//! Every command in one place. To add one: a row here, its variant of [`Command`], its reader in `parse.rs`, and in
//! `locales/` the keys `help-…` and `example-…` of its name; the same words are a row of `docs/guide.vi.md`.

use super::args::Args;
use super::{Audience, Command, directive, more_time, parse, people};
use crate::domain::CommandProblem;

/// One command.
pub(super) struct Row {
    /// Without slash and marks.
    pub name: &'static str,
    /// Other names behind a slash: platforms send some of their own.
    pub also: &'static [&'static str],
    /// The same as words at the start of a message.
    pub words: &'static [&'static str],
    /// The words must be the whole message.
    pub whole_line: bool,
    pub audience: Audience,
    pub parse: fn(&mut Args) -> Result<Command, CommandProblem>,
}

const fn row(
    name: &'static str,
    words: &'static [&'static str],
    audience: Audience,
    parse: fn(&mut Args) -> Result<Command, CommandProblem>,
) -> Row {
    Row { name, also: &[], words, whole_line: false, audience, parse }
}

use Audience::{Anyone, Office, School};

/// In the order of the help.
pub(super) static TABLE: &[Row] = &[
    Row { whole_line: true, ..row("batdau", &["bắt đầu"], Office, parse::first_steps) },
    row("giao", &["giao việc", "giao nhiệm vụ"], Office, parse::give),
    row("dang", &["đăng"], Office, parse::publish),
    row("sua", &["sửa", "chuyển hạn", "dùng làm"], Office, parse::edit),
    Row { also: &["boviec", "xoa"], ..row("bo", &["bỏ", "rút", "thu hồi"], Office, parse::retire) },
    row("xem", &["xem việc", "xem văn bản", "xem từng việc", "về bản soạn"], Office, directive::show),
    row("chon", &[], Office, directive::choose),
    row("gop", &["gộp"], Office, directive::merge),
    row("laylai", &["lấy lại"], Office, directive::restore),
    row("hoi", &[], Office, directive::ask),
    row("tinhhinh", &["tình hình", "ai chưa nộp"], Office, parse::standing),
    row("nhac", &["nhắc", "nhắc ngay", "nhắc lại"], Office, parse::remind),
    row("giahan", &["gia hạn", "hoãn"], Office, more_time::extend),
    row("dongy", &["đồng ý", "đồng ý cho", "đồng ý gia hạn"], Office, more_time::grant),
    row("tuchoi", &["từ chối"], Office, more_time::refuse),
    row("mien", &["miễn", "miễn cho"], Office, parse::exempt),
    row("ghiho", &["ghi hộ", "ghi giúp"], Office, parse::record),
    row("bang", &["bảng số liệu"], Office, parse::table),
    row("tralai", &["trả lại"], Office, parse::give_back),
    row("bieu", &[], Office, parse::forms),
    row("tuvung", &["từ vựng"], Office, parse::words),
    Row {
        whole_line: true,
        ..row("truong", &["danh sách trường", "danh sách các trường"], Office, parse::schools)
    },
    row("ngung", &[], Office, parse::close_school),
    row("hoatdong", &[], Office, parse::open_school),
    row("lich", &["lịch", "lịch tháng", "xem lịch"], Office, parse::month_plan),
    row("ma", &["tạo mã", "cấp mã"], Office, people::make_code),
    row("duyet", &[], Office, parse::approve),
    row("khongduyet", &[], Office, parse::decline),
    Row { also: &["thoi", "gonguoi"], ..row("thoivai", &["thôi phụ trách"], Office, people::retire) },
    Row { also: &["danchat"], ..row("dan", &[], Office, people::paste) },
    Row { also: &["guinhom"], ..row("thongbao", &[], Office, people::broadcast) },
    row("chep", &["chép bài"], Office, people::copy_out),
    row("nghi", &["ngày nghỉ"], Office, parse::day_off),
    row("lamviec", &["ngày làm việc"], Office, parse::work_day),
    row("nhom", &[], Office, parse::bind_group),
    row("caidat", &["cài đặt"], Office, super::settings::settings),
    Row { whole_line: true, ..row("viec", MY_TASKS, School, parse::my_tasks) },
    row("nop", &[], School, parse::answer),
    Row { also: &["link"], ..row("bieumau", &[], School, people::form_link) },
    row("nhan", &[], School, parse::received),
    row("xong", &[], School, parse::done),
    row("vanban", &[], Anyone, directive::archive),
    Row { also: &["start", "thamgia"], ..row("dangky", &["mã tham gia"], Anyone, parse::join) },
    row("lienket", &["liên kết tài khoản"], Anyone, parse::link_account),
    Row {
        also: &["vangmat", "bangiao"],
        ..row("vang", &["báo vắng", "bàn giao việc"], Anyone, people::away)
    },
    Row { also: &["vetruong", "dilamlai"], ..row("ve", &[], Anyone, people::back) },
    Row { also: &["cancel"], ..row("huy", &[], Anyone, parse::cancel) },
    Row {
        also: &["help", "lenh", "huongdan"],
        ..row("trogiup", &["trợ giúp", "hướng dẫn sử dụng", "danh sách lệnh"], Anyone, parse::help)
    },
];

const MY_TASKS: &[&str] = &[
    "việc của trường tôi",
    "việc của trường em",
    "việc của tôi",
    "việc của em",
    "việc của trường mình",
    "trường em còn nợ gì",
    "trường tôi còn nợ gì",
    "trường mình còn nợ gì",
    "em còn nợ gì",
    "bot ơi trường mình còn nợ gì",
    "bot ơi trường em còn nợ gì",
    "trường em còn việc gì",
    "trường em còn thiếu gì",
    "trường em còn việc gì nữa không chị",
    "trường em còn việc gì nữa không",
    "trường em còn việc gì không",
    "trường tôi còn việc gì",
    "trường chị còn việc gì",
    "trường cô còn việc gì",
    "trường mình còn việc gì",
    "trường mình còn thiếu gì",
    "trường tôi còn thiếu gì",
    "bot ơi trường em còn việc gì",
    "bot ơi trường tôi còn việc gì",
    "bot ơi trường chị còn việc gì",
    "bot ơi trường mình còn việc gì",
    "em còn việc gì",
    "còn việc gì nữa không",
];
