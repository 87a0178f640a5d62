//! `giaoban demo` as a process: what it refuses, how it ends, and that it goes on where a killed one was.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use giaoban::store::Store;
use serde_json::{Value, json};
use sqlx::{AnyPool, Executor};

fn demo(arguments: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_giaoban"));
    command.args(["demo", "--no-open", "--data"]).arg(data).args(arguments);
    command
}

#[expect(clippy::disallowed_methods, reason = "another process is waited for, which has no clock to move")]
fn wait_a_little() {
    std::thread::sleep(Duration::from_millis(5));
}

/// One sentence, exit code 2, nothing on the other stream.
fn refused(output: &Output, says: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(said.trim().lines().count(), 1, "{said}");
    assert!(said.contains(says), "{says} is not in: {said}");
    assert!(output.stdout.is_empty());
}

/// A demo at play.
struct Playing {
    process: Child,
    address: String,
}

impl Playing {
    fn start(data: &Path, arguments: &[&str]) -> Self {
        let mut process = demo(&[&["--port", "0"], arguments].concat(), data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let found = lines.map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("http://")?;
            Some(rest.trim_end_matches('/').to_owned())
        });
        let playing = Self { process, address: found.expect("no address was printed") };
        playing.until("the office is there", |view| view["notices"].as_array().is_some_and(Vec::is_empty));
        playing
    }

    fn ask(&self, request: &str, body: &str) -> Value {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let (address, length) = (&self.address, body.len());
        let head = format!(
            "{request} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n"
        );
        stream.write_all((head + body).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{request}: {answer}");
        serde_json::from_str(body).unwrap()
    }

    /// What a browser asks of a page: the status and the text.
    fn page(&self, request: &str, kind: &str, body: impl AsRef<[u8]>) -> (String, String) {
        let body = body.as_ref();
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let (address, length) = (&self.address, body.len());
        let head = format!(
            "{request} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nConnection: close\r\n\
             Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].to_owned(), body.to_owned())
    }

    fn view(&self) -> Value {
        self.ask("GET /api/state", "")
    }

    fn until(&self, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + Duration::from_secs(120);
        loop {
            let view = self.view();
            if holds(&view) {
                return view;
            }
            assert!(Instant::now() < end, "{what}: not so after two minutes");
            wait_a_little();
        }
    }

    /// To the next moment at which the bot speaks.
    fn go_on(&self) -> Value {
        self.ask("POST /api/clock", &json!("next_due").to_string());
        self.until("the clock stands", |view| view["clock"]["moving"].is_null())
    }

    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Ends it as Ctrl+C (`INT`) or the system (`TERM`) does; the exit code, and how long that took.
    fn end(mut self, signal: &str) -> (Option<i32>, Duration) {
        let asked = Instant::now();
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
        let status = self.process.wait().unwrap();
        (status.code(), asked.elapsed())
    }
}

/// Messages of the bot in groups: platform, chat, id, words.
fn posts(view: &Value) -> Vec<String> {
    let of_group =
        |m: &&Value| m["author"].is_null() && m["chat"].as_str().is_some_and(|c| c.starts_with("cum-"));
    let messages = view["messages"].as_array().unwrap().iter().filter(of_group);
    messages.map(|m| format!("{} {} {} {}", m["platform"], m["chat"], m["id"], m["blocks"])).collect()
}

#[test]
fn a_port_in_use_is_said_and_nothing_is_stored() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    refused(&demo(&["--port", &port], &data).output().unwrap(), &port);
    assert!(!data.exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "in the way").unwrap();
    for data in [file.clone(), file.join("data")] {
        refused(&demo(&["--port", "0"], &data).output().unwrap(), "--data");
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "in the way");
}

#[test]
fn a_damaged_database_is_said_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("giaoban.sqlite");
    let damaged = "no database at all. ".repeat(400);
    std::fs::write(&file, &damaged).unwrap();
    refused(&demo(&["--port", "0"], folder.path()).output().unwrap(), "db-damaged");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), damaged);
}

#[test]
fn a_damaged_world_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("world")).unwrap();
    std::fs::write(folder.path().join("world/events.jsonl"), "nothing of ours\n").unwrap();
    refused(&demo(&["--port", "0"], folder.path()).output().unwrap(), "--data");
}

#[tokio::test]
async fn a_database_of_a_later_version_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("giaoban.sqlite").display().to_string();
    Store::open(&path).await.unwrap().close().await;
    let pool = AnyPool::connect(&format!("sqlite:{path}")).await.unwrap();
    let later = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
                 select 9999, 'later', success, checksum, execution_time from _sqlx_migrations limit 1";
    pool.execute(later).await.unwrap();
    pool.close().await;
    refused(&demo(&["--port", "0"], folder.path()).output().unwrap(), "--data");
}

#[test]
fn a_schedule_that_cannot_be_read_is_said_and_nothing_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(file("empty.txt"), "").unwrap();
    std::fs::write(file("binary.txt"), [0u8, 159, 146, 150, 0, 1, 2, 3].repeat(100)).unwrap();
    std::fs::File::create(file("big.txt")).unwrap().set_len(50 * 1024 * 1024).unwrap();
    std::fs::create_dir(file("folder.txt")).unwrap();
    for name in ["missing.txt", "empty.txt", "binary.txt", "big.txt", "folder.txt"] {
        let output = demo(&["--port", "0", "--schedule", &file(name)], &data).output().unwrap();
        refused(&output, name);
        assert!(!data.exists(), "{name}");
    }
}

#[test]
fn a_killed_demo_goes_on_where_it_was_and_a_stopped_one_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let first = Playing::start(folder.path(), &[]);
    let before = first.go_on();
    let said = posts(&before);
    assert!(said.iter().any(|post| post.contains("THÁNG 10/2026")), "{said:?}");
    first.kill();

    let second = Playing::start(folder.path(), &[]);
    let again = second.view();
    assert_eq!(posts(&again), said, "nothing is lost and nothing doubled");
    assert!(again["clock"]["now"].as_str() >= before["clock"]["now"].as_str());
    assert!(posts(&second.go_on()).len() >= said.len());
    let (code, took) = second.end("TERM");
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(2), "{took:?}");

    let (code, took) = Playing::start(folder.path(), &[]).end("INT");
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[test]
fn a_demo_that_is_killed_while_its_office_is_made_starts_afresh() {
    let folder = tempfile::tempdir().unwrap();
    let begun = folder.path().join("half-made");
    let mut process = demo(&["--port", "0"], folder.path()).stdout(Stdio::null()).spawn().unwrap();
    while !begun.exists() {
        assert!(process.try_wait().unwrap().is_none(), "it ended by itself");
        wait_a_little();
    }
    process.kill().unwrap();
    process.wait().unwrap();
    let whole = Playing::start(folder.path(), &[]);
    assert_eq!(whole.view()["people"].as_array().map(Vec::len), Some(29));
    assert!(!posts(&whole.go_on()).is_empty());
    assert!(!begun.exists());
    whole.kill();
}

#[test]
fn the_same_schedule_is_handed_in_once() {
    let folder = tempfile::tempdir().unwrap();
    let schedule = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/schedules/letter.txt");
    let files = |view: &Value| {
        let messages = view["messages"].as_array().unwrap();
        messages.iter().filter(|m| m["files"].as_array().is_some_and(|f| !f.is_empty())).count()
    };
    for _ in 0..2 {
        let playing = Playing::start(folder.path(), &["--schedule", schedule]);
        assert_eq!(files(&playing.view()), 1);
        playing.kill();
    }
}

/// A form as browsers send it.
fn sent(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    fields.iter().map(part).collect::<String>() + "--edge--\r\n"
}

#[test]
fn a_form_is_filled_in_behind_its_link_and_behind_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let playing = Playing::start(folder.path(), &[]);
    let view = playing.go_on();
    let people = view["people"].as_array().unwrap();
    let person = people.iter().find(|p| p["role"] == "school").unwrap()["key"].as_str().unwrap().to_owned();
    let say = json!({ "person": person, "chat": { "platform": "sim-telegram", "id": person }, "text": "gửi em link" });
    playing.ask("POST /api/say", &say.to_string());
    let view = playing.until("the link is there", |view| view.to_string().contains("/bieu/")).to_string();
    let (_, rest) = view.split_once("/bieu/").unwrap();
    let token: String = rest.chars().take_while(|c| c.is_ascii_hexdigit() || *c == '-').collect();
    let path = format!("/bieu/{token}");

    let (status, page) = playing.page(&format!("GET {path}"), "text/plain", "");
    assert_eq!(status, "200", "{page}");
    assert!(page.contains("name=\"can_do\"") && page.contains("<form method=\"post\""), "{page}");

    let kind = "multipart/form-data; boundary=edge";
    let wrong = sent(&[("tong_so_tre", "198"), ("can_do", "205"), ("nhe_can", "nhiều")]);
    let (status, page) = playing.page(&format!("POST {path}"), kind, &wrong);
    assert_eq!(status, "422", "{page}");
    assert!(page.contains("aria-invalid") && page.contains("value=\"198\""), "what was typed stays: {page}");

    let right =
        [("tong_so_tre", "198"), ("can_do", "195"), ("nhe_can", "3"), ("thap_coi", "2"), ("beo_phi", "0")];
    let (status, page) = playing.page(&format!("POST {path}"), kind, sent(&right));
    assert_eq!(status, "200", "{page}");
    assert!(page.contains("class=\"stored\""), "{page}");
    playing.until("it is read back in chat", |view| view.to_string().contains("198 trẻ, cân đo 195"));
    let (_, page) = playing.page(&format!("GET {path}"), "text/plain", "");
    assert!(page.contains("value=\"195\""), "saved values are shown: {page}");

    let altered = path.replace(&path[path.len() - 4..], "0000");
    for other in [altered.as_str(), "/bieu/x", &path[..path.len() - 2]] {
        let (status, page) = playing.page(&format!("GET {other}"), "text/plain", "");
        assert_eq!(status, "404", "{other}");
        assert!(!page.contains("<form"), "{page}");
        assert_eq!(playing.page(&format!("POST {other}"), kind, sent(&right)).0, "404", "{other}");
    }
    playing.kill();
}

/// A form with a workbook, as browsers send it.
fn sent_with_file(fields: &[(&str, &str)], (field, name, bytes): (&str, &str, &[u8])) -> Vec<u8> {
    let fields = sent(fields);
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let open = fields.strip_suffix("--edge--\r\n").unwrap();
    [open.as_bytes(), head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat()
}

/// A form of the office, one row a school; and what a school has filled in.
fn workbook(rows: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Khám sức khỏe").unwrap();
    let heads = ["TT", "Tên trường", "Tổng số trẻ (không so với sổ trường)", "Trẻ được khám"];
    for (column, head) in (0..).zip(heads) {
        sheet.write_string(1, column, head).unwrap();
    }
    for (row, (name, total, seen)) in (2..).zip(rows) {
        sheet.write_number(row, 0, f64::from(row) - 1.0).unwrap();
        sheet.write_string(row, 1, *name).unwrap();
        for (column, cell) in [(2, total), (3, seen)] {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, *cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

impl Playing {
    /// Says something in private.
    fn say(&self, person: &str, text: &str) {
        let say =
            json!({ "person": person, "chat": { "platform": "sim-telegram", "id": person }, "text": text });
        self.ask("POST /api/say", &say.to_string());
    }

    /// The path of the newest link of a page that the bot has told.
    fn link(&self, page: &str) -> String {
        let view = self.until("the link is there", |view| view.to_string().contains(page)).to_string();
        let (_, rest) = view.rsplit_once(page).unwrap();
        let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/');
        format!("{page}{}", rest.chars().take_while(fits).collect::<String>())
    }

    fn person(&self, role: &str) -> Value {
        let view = self.view();
        view["people"].as_array().unwrap().iter().find(|p| p["role"] == role).unwrap().clone()
    }
}

#[test]
fn an_officer_makes_a_form_from_a_workbook_on_the_page_and_a_school_sends_its_copy_on_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let playing = Playing::start(folder.path(), &[]);
    let officer = playing.person("office")["key"].as_str().unwrap().to_owned();
    playing.say(&officer, "/giao Khám sức khỏe đợt 1; hạn 20/10/2026");
    playing.until("the draft is there", |view| view.to_string().contains("Chưa đăng"));
    playing.say(&officer, "/bieu trang");
    let list = playing.link("/soan/");
    let (status, tasks) = playing.page(&format!("GET {list}"), "text/plain", "");
    assert_eq!(status, "200", "{tasks}");
    let (before, _) = tasks.split_once(" Khám sức khỏe đợt 1").unwrap();
    let code = before.rsplit('>').next().unwrap();
    let (path, kind) = (format!("{list}/{code}"), "multipart/form-data; boundary=edge");

    // A file that is none of the office's forms says so, and what was typed stays.
    let typed = [("do", "template"), ("rows", "1"), ("label-0", "một tên"), ("required-0", "1")];
    let bad = sent_with_file(&typed, ("file", "x.xlsx", b"no workbook"));
    let (status, page) = playing.page(&format!("POST {path}"), kind, &bad);
    assert_eq!(status, "422", "{page}");
    assert!(page.contains("role=\"alert\"") && page.contains("một tên"), "{page}");

    let template = workbook(&[("", "", ""), ("", "", "")]);
    let good = sent_with_file(&typed, ("file", "kham.xlsx", &template));
    let (status, page) = playing.page(&format!("POST {path}"), kind, &good);
    assert_eq!(status, "200", "{page}");
    let value = |page: &str, name: &str| -> String {
        let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let (base, mark) = (value(&page, "base"), value(&page, "mark"));
    assert_eq!(
        (value(&page, "key-0"), value(&page, "key-1")),
        ("tong_so_tre".into(), "tre_duoc_kham".into())
    );
    let save = sent(&[
        ("do", "save"),
        ("base", &base),
        ("template", "kham.xlsx"),
        ("mark", &mark),
        ("rows", "3"),
        ("key-0", "tong_so_tre"),
        ("label-0", "Tổng số trẻ"),
        ("kind-0", "count"),
        ("required-0", "1"),
        ("min-0", "1"),
        ("key-1", "tre_duoc_kham"),
        ("label-1", "Số trẻ đã khám"),
        ("kind-1", "count"),
        ("required-1", "1"),
        ("label-2", "Ảnh buổi khám"),
        ("kind-2", "photo"),
        ("rules", "số trẻ đã khám <= tổng số trẻ"),
    ]);
    let (status, page) = playing.page(&format!("POST {path}"), kind, &save);
    assert_eq!(status, "200", "{page}");
    assert!(page.contains("Đã lưu biểu") && page.contains("kham.xlsx"), "{page}");
    // The same page sent again began with a form that is not there any more.
    let (status, page) = playing.page(&format!("POST {path}"), kind, &save);
    assert_eq!(status, "422", "{page}");
    assert!(page.contains("vừa được sửa ở nơi khác"), "{page}");

    playing.say(&officer, &format!("/dang {code}"));
    playing.until("it is posted", |view| view.to_string().contains(&format!("{code} đã đăng ở")));
    let school = playing.person("school");
    let principal = school["key"].as_str().unwrap();
    playing.say(principal, &format!("/bieumau {code}"));
    let own = playing.link("/bieu/");
    let (_, page) = playing.page(&format!("GET {own}"), "text/plain", "");
    assert!(page.contains("kham.xlsx") && page.contains("name=\"-copy\""), "{page}");
    let wrong = workbook(&[("", "", ""), ("", "198", "12 trẻ và mấy")]);
    let (status, page) =
        playing.page(&format!("POST {own}"), kind, sent_with_file(&[], ("-copy", "a.xlsx", &wrong)));
    assert_eq!(status, "422", "{page}");
    assert!(page.contains("D4") && page.contains("value=\"198\""), "the cell is named: {page}");
    let many = workbook(&[("", "198", "205"), ("", "", "")]);
    let (status, page) =
        playing.page(&format!("POST {own}"), kind, sent_with_file(&[], ("-copy", "a.xlsx", &many)));
    assert_eq!(status, "422", "{page}");
    assert!(page.contains("205") && page.contains("198"), "the rule of the page holds: {page}");
    let right = workbook(&[("", "198", "195"), ("", "", "")]);
    let (status, page) =
        playing.page(&format!("POST {own}"), kind, sent_with_file(&[], ("-copy", "a.xlsx", &right)));
    assert_eq!(status, "200", "{page}");
    assert!(page.contains("class=\"stored\"") && page.contains("195"), "{page}");
    playing.until("it is read back in chat", |view| view.to_string().contains("Số trẻ đã khám 195"));

    // Nobody else's link opens the page, and this one opens no school's.
    let other = |request: String| playing.page(&request, "text/plain", "").0;
    let cut = &list[..list.len() - 2];
    assert_eq!(other(format!("GET {cut}00/{code}")), "404");
    assert_eq!(other(format!("GET {}/{code}", own.replace("/bieu/", "/soan/"))), "404");
    assert_eq!(other(format!("GET {}", list.replace("/soan/", "/bieu/"))), "404");
    assert_eq!(other(format!("GET {list}/V999")), "404");
    playing.kill();
}
