//! A message from the inbox to its effect, and a tick with nothing due, on a database on disk: an office of 40 schools with
//! 60 open tasks, half of them answered, and a year of posts behind it. The aim is 20 ms at most for each.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use divan::{Bencher, black_box};
use giaoban::app::{App, InProcess, NewMember, NewOffice, NewSchool};
use giaoban::chat::{About, ChatKind, Deed, Heard, Incoming, Origin, Platform, Sender, Text};
use giaoban::clock::{Ids, ManualClock};
use giaoban::domain::{
    ChatRef, Due, Field, FieldKind, Form, Language, MemberId, MessageRef, Month, OfficeId, Requires, Role,
    SchoolId, Scope, Settings, Standing, Submission, Task, TaskId, TaskState, Urgency, UserRef, Value,
};
use giaoban::platforms::simulator::{Flavour, Simulator, World};
use giaoban::store::{InboxRow, NewOutboxRow, Priority, Store};
use tokio::runtime::Runtime;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const SCHOOLS: usize = 40;
const TASKS: usize = 60;
/// A reminder to each school at three moments a week of a school year comes to about this.
const OLD_POSTS: usize = 5_000;

fn main() {
    divan::main();
}

/// An office in the middle of a month, on a Wednesday at 10:07.
struct Scene {
    app: App,
    ids: Arc<Ids>,
    now: DateTime<Utc>,
    heard: usize,
    // Before the folder of its database, which goes with it.
    runtime: Runtime,
    _folder: tempfile::TempDir,
}

impl Scene {
    fn new() -> Outcome<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let folder = tempfile::tempdir()?;
        let now: DateTime<Utc> = "2026-10-21T03:07:00Z".parse()?;
        let clock = Arc::new(ManualClock::new(now));
        let world = World::new(move || now);
        let telegram: Arc<dyn Platform> = Arc::new(Simulator::new(&world, Flavour::telegram_like()));
        let ids = Arc::new(Ids::seeded(1));
        let app = runtime.block_on(async {
            let store = Store::open(&folder.path().join("bench.db").to_string_lossy()).await?;
            let platforms = HashMap::from([(telegram.key().to_owned(), telegram)]);
            let app = App::new(store, clock, Arc::clone(&ids), platforms, Arc::new(InProcess));
            furnish(&app, &ids, now).await?;
            Outcome::Ok(app)
        })?;
        let mut scene = Self { app, ids, now, heard: 0, runtime, _folder: folder };
        // What is due at all is planned before anything is measured.
        scene.runtime.block_on(scene.app.tick())?;
        assert_eq!(scene.runtime.block_on(scene.app.tick())?.planned, 0);
        let row = scene.say("V7 tổng số trẻ 337, cân đo 330, nhẹ cân 13")?;
        scene.runtime.block_on(scene.app.hear(&row))?;
        Ok(scene)
    }

    /// A principal writes in the group: what the inbox then holds.
    fn say(&mut self, text: &str) -> Outcome<InboxRow> {
        self.heard += 1;
        let incoming = Incoming {
            key: self.heard.to_string(),
            at: self.now,
            chat: chat("group"),
            chat_kind: ChatKind::Group,
            chat_title: None,
            from: Sender { user: user(self.heard % SCHOOLS), name: String::new() },
            heard: Heard::Message {
                message: format!("m{}", self.heard),
                text: text.into(),
                quote: None,
                attachments: vec![],
                edited: false,
                origin: Origin::default(),
            },
        };
        let rows = [(self.ids.next(self.now), incoming)];
        self.runtime.block_on(async {
            let mut session = self.app.store().begin().await?;
            session.receive(&rows, self.now).await?;
            session.commit().await?;
            let mut waiting = self.app.store().read().await?.next_unhandled(1, self.now).await?;
            waiting.pop().ok_or_else(|| "nothing waits".into())
        })
    }
}

fn user(school: usize) -> UserRef {
    UserRef { platform: Flavour::telegram_like().key, id: format!("p{school}") }
}

fn chat(id: &str) -> ChatRef {
    ChatRef { platform: Flavour::telegram_like().key, id: id.into() }
}

async fn furnish(app: &App, ids: &Ids, now: DateTime<Utc>) -> Outcome<()> {
    let office = NewOffice { name: "Phòng".into(), language: Language::Vi, settings: Settings::default() };
    let office = app.add_office(office).await?;
    let schools = app.add_schools(office, (0..SCHOOLS).map(school).collect()).await?;
    let mut members = Vec::new();
    for (n, school) in schools.iter().enumerate() {
        let principal = NewMember {
            name: format!("Hiệu trưởng {n}"),
            roles: vec![Role::Principal(*school)],
            accounts: vec![user(n)],
            private_chats: vec![chat(&format!("p{n}"))],
        };
        members.push(app.add_member(office, principal).await?);
    }
    app.add_group(office, chat("group"), "Nhóm".into(), vec![]).await?;
    let mut tasks = Vec::new();
    for n in 0..TASKS {
        tasks.push(app.add_task(office, |id, code| task(office, id, code, n, now)).await?);
    }
    let mut session = app.store().begin_for(office).await?;
    for (t, task) in tasks.iter().enumerate() {
        for (s, (school, member)) in schools.iter().zip(&members).enumerate() {
            if (t + s) % 2 == 0 {
                session.insert_submission(&submission(ids, (*task, *school, *member), s, now)).await?;
                let mut settled = Standing::blank(*task, *school);
                settled.settled_at = Some(now);
                session.put_standing(&settled).await?;
            }
        }
    }
    for n in 0..OLD_POSTS {
        let said = Deed::Send {
            text: Text::plain("Trường MN số 7 còn việc sắp đến hạn: V7 Báo cáo số liệu cân đo (hạn 17/10)"),
            buttons: vec![],
            reply_to: None,
            thread: None,
            pin: false,
            file: None,
            picture: None,
        };
        let at = now - TimeDelta::days(1 + i64::try_from(n)? % 300);
        session
            .enqueue(&NewOutboxRow {
                office: Some(office),
                key: Some(format!("remind/{}/{}/{n}", tasks[n % TASKS], schools[n % SCHOOLS])),
                about: About { tasks: vec![tasks[n % TASKS]], ..About::default() },
                priority: Priority::Reminder,
                ..NewOutboxRow::reply(ids.next(at), chat(&format!("p{}", n % SCHOOLS)), said, at)
            })
            .await?;
    }
    session.commit().await?;
    Ok(())
}

fn school(n: usize) -> NewSchool {
    NewSchool::named(format!("MN{n:03}"), format!("Trường Mầm non số {n}"))
}

/// Deadlines ahead and behind, from the 12th to the 30th of October.
fn task(office: OfficeId, id: TaskId, code: u32, n: usize, now: DateTime<Utc>) -> Task {
    let day = NaiveDate::from_ymd_opt(2026, 10, 12 + (n % 19) as u32).unwrap_or_default();
    let figure =
        |key: &str, label: &str| Field { unit: "trẻ".into(), ..Field::new(key, label, FieldKind::Count) };
    let fields =
        vec![figure("tong_so_tre", "tổng số trẻ"), figure("can_do", "cân đo"), figure("nhe_can", "nhẹ cân")];
    Task {
        id,
        office,
        schedule: None,
        code,
        text: "Báo cáo số liệu cân đo, theo dõi sức khỏe trẻ đầu năm học".into(),
        months: Month::new(2026, 10).into_iter().collect(),
        scope: Scope::All,
        requires: Requires::Submission,
        due: vec![Due::before(day, None)],
        form: Form { fields, ..Form::default() },
        urgency: Urgency::Normal,
        state: TaskState::Posted,
        posted_at: Some(now - TimeDelta::days(20)),
        directive: None,
        sources: vec![],
        doubts: vec![],
        moved: None,
    }
}

fn submission(
    ids: &Ids,
    (task, school, by): (TaskId, SchoolId, MemberId),
    n: usize,
    now: DateTime<Utc>,
) -> Submission {
    let figures = [("tong_so_tre", 337), ("can_do", 330), ("nhe_can", 13)];
    Submission {
        id: ids.next(now),
        task,
        school,
        version: 1,
        values: figures.into_iter().map(|(key, figure)| (key.to_owned(), Value::Figure(figure))).collect(),
        form_version: 0,
        kept: vec![],
        complete: true,
        by,
        on_behalf: false,
        message: Some(MessageRef { chat: chat("group"), id: format!("old{task}{n}") }),
        at: now,
    }
}

/// Three figures by the code of the task: read, checked, stored, read back, the board looked at.
#[divan::bench(sample_size = 1, sample_count = 200)]
fn hear_a_submission(bencher: Bencher<'_, '_>) {
    hear(bencher, "V7 tổng số trẻ 337, cân đo 330, nhẹ cân 13");
}

/// A message between people that is none of the bot's business.
#[divan::bench(sample_size = 1, sample_count = 200)]
fn hear_small_talk(bencher: Bencher<'_, '_>) {
    hear(bencher, "Chúc cả nhà cuối tuần vui vẻ nhé");
}

fn hear(bencher: Bencher<'_, '_>, text: &str) {
    let scene = RefCell::new(Scene::new().unwrap_or_else(|why| panic!("{why}")));
    bencher
        .with_inputs(|| scene.borrow_mut().say(text).unwrap_or_else(|why| panic!("{why}")))
        .bench_local_values(|row| {
            let scene = scene.borrow();
            scene.runtime.block_on(scene.app.hear(black_box(&row)))
        });
}

/// The timer has rung and there is nothing to say.
#[divan::bench(sample_size = 1, sample_count = 200)]
fn tick_with_nothing_due(bencher: Bencher<'_, '_>) {
    let scene = Scene::new().unwrap_or_else(|why| panic!("{why}"));
    bencher.bench_local(|| scene.runtime.block_on(scene.app.tick()));
}
