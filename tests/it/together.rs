//! Updates that wait are handled several in one transaction, and each whatever becomes of the others.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use giaoban::app::{App, InProcess, NewMember, NewOffice, NewSchool};
use giaoban::chat::{ChatKind, Heard, Incoming, Origin, Platform, Sender};
use giaoban::clock::{Ids, ManualClock};
use giaoban::domain::{ChatRef, InboxId, Language, OfficeId, Role, Settings, TaskState, UserRef};
use giaoban::platforms::simulator::{Flavour, Simulator, World};
use giaoban::store::Store;
use sqlx::Connection as _;

/// An office with two schools and a task, and what its people say.
struct Scene {
    app: Arc<App>,
    office: OfficeId,
    ids: Arc<Ids>,
    now: DateTime<Utc>,
    heard: usize,
    folder: tempfile::TempDir,
}

fn chat(id: &str) -> ChatRef {
    ChatRef { platform: Flavour::telegram_like().key, id: id.into() }
}

impl Scene {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now: DateTime<Utc> = "2026-10-21T03:07:00Z".parse().unwrap();
        let (clock, ids) = (Arc::new(ManualClock::new(now)), Arc::new(Ids::seeded(1)));
        let world = World::new(move || now);
        let telegram: Arc<dyn Platform> = Arc::new(Simulator::new(&world, Flavour::telegram_like()));
        let store = Store::open(&folder.path().join("a.db").to_string_lossy()).await.unwrap();
        let platforms = HashMap::from([(telegram.key().to_owned(), telegram)]);
        let app = Arc::new(App::new(store, clock, Arc::clone(&ids), platforms, Arc::new(InProcess)));
        let office =
            NewOffice { name: "Phòng".into(), language: Language::Vi, settings: Settings::default() };
        let office = app.add_office(office).await.unwrap();
        let schools = ["Trường Mầm non Đồi Chè", "Trường Mầm non Suối Ngàn"].map(school);
        let schools = app.add_schools(office, schools.into()).await.unwrap();
        let mut scene = Self { app, office, ids, now, heard: 0, folder };
        scene.member("lan", Role::Specialist).await;
        scene.member("hoa", Role::Principal(schools[0])).await;
        scene.member("mai", Role::Principal(schools[1])).await;
        scene.app.add_group(office, chat("group"), "Nhóm".into(), vec![]).await.unwrap();
        scene.say("lan", "lan", "/giao Thống kê trẻ; hạn 30/10; biểu: tổng số trẻ, trẻ nữ").await;
        assert_eq!(scene.handle().await, 1);
        scene.say("lan", "lan", "/dang V1").await;
        assert_eq!(scene.handle().await, 1);
        scene
    }

    async fn member(&mut self, name: &str, role: Role) {
        let account = UserRef { platform: Flavour::telegram_like().key, id: name.into() };
        let member = NewMember {
            name: name.into(),
            roles: vec![role],
            accounts: vec![account],
            private_chats: vec![chat(name)],
        };
        self.app.add_member(self.office, member).await.unwrap();
    }

    async fn say(&mut self, who: &str, place: &str, text: &str) -> InboxId {
        self.heard += 1;
        let id = self.ids.next(self.now);
        let incoming = Incoming {
            key: self.heard.to_string(),
            at: self.now,
            chat: chat(place),
            chat_kind: if place == "group" { ChatKind::Group } else { ChatKind::Private },
            chat_title: None,
            from: Sender {
                user: UserRef { platform: Flavour::telegram_like().key, id: who.into() },
                name: who.into(),
            },
            heard: Heard::Message {
                message: format!("m{}", self.heard),
                text: text.into(),
                quote: None,
                attachments: vec![],
                edited: false,
                origin: Origin::default(),
            },
        };
        let mut session = self.app.store().begin().await.unwrap();
        session.receive(&[(id, incoming)], self.now).await.unwrap();
        session.commit().await.unwrap();
        id
    }

    /// One round over what waits.
    async fn handle(&self) -> usize {
        let waiting = self.app.store().read().await.unwrap().next_unhandled(64, self.now).await.unwrap();
        self.app.handle_together(waiting).await.unwrap()
    }

    /// What the first task's schools have given, latest version first.
    async fn given(&self) -> Vec<(String, u32)> {
        let mut session = self.app.store().read().await.unwrap();
        let task = session.tasks_of(self.office, &[TaskState::Posted]).await.unwrap().remove(0);
        let standings = session.standings_of_task(task.id).await.unwrap();
        let given = standings.into_iter().filter_map(|s| s.submission);
        given.map(|s| (serde_json::to_string(&s.values).unwrap(), s.version)).collect()
    }

    async fn waits(&self) -> u64 {
        self.app.store().read().await.unwrap().inbox_counts().await.unwrap().waiting
    }

    /// How many writing transactions of the office there have been.
    async fn transactions(&self) -> i64 {
        let url = format!("sqlite:{}", self.folder.path().join("a.db").display());
        let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
        sqlx::query_scalar("select touched from offices").fetch_one(&mut connection).await.unwrap()
    }

    /// The database refuses whatever is stored of one message.
    async fn refuse(&self, message: usize) {
        let url = format!("sqlite:{}", self.folder.path().join("a.db").display());
        let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
        let trigger = format!(
            "create trigger refuse before insert on submissions when new.message_id = 'm{message}' \
             begin select raise(abort, 'refused'); end"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(trigger)).execute(&mut connection).await.unwrap();
    }
}

fn school(name: &str) -> NewSchool {
    NewSchool::named(name.chars().rev().take(3).collect::<String>(), name)
}

#[tokio::test]
async fn answers_that_wait_are_stored_in_one_transaction_and_each_sees_those_before() {
    let mut scene = Scene::new().await;
    scene.say("hoa", "group", "tổng số trẻ 200, trẻ nữ 90").await;
    scene.say("mai", "mai", "V1 tổng số trẻ 150, trẻ nữ 70").await;
    scene.say("hoa", "group", "sửa trẻ nữ 95").await;
    let before = scene.transactions().await;
    assert_eq!(scene.handle().await, 3);
    assert_eq!(scene.transactions().await, before + 1);
    let given = scene.given().await;
    assert_eq!(given.len(), 2, "{given:?}");
    assert!(given[0].0.contains("200") && given[0].0.contains("95") && given[0].1 == 2, "{given:?}");
    assert!(given[1].0.contains("150") && given[1].1 == 1, "{given:?}");
    assert_eq!(scene.waits().await, 0);
}

#[tokio::test]
async fn one_that_fails_holds_up_its_own_chat_only() {
    let mut scene = Scene::new().await;
    scene.say("hoa", "hoa", "V1 tổng số trẻ 200, trẻ nữ 90").await;
    scene.refuse(scene.heard).await;
    scene.say("mai", "mai", "V1 tổng số trẻ 150, trẻ nữ 70").await;
    scene.say("hoa", "hoa", "V1 tổng số trẻ 201, trẻ nữ 91").await;
    assert_eq!(scene.handle().await, 1);
    let given = scene.given().await;
    assert!(given.len() == 1 && given[0].0.contains("150"), "{given:?}");
    assert_eq!(scene.waits().await, 2, "what is behind it waits for it");
}

#[tokio::test]
async fn of_a_secret_that_is_pasted_no_word_is_kept() {
    let mut scene = Scene::new().await;
    for (who, place) in [("lan", "lan"), ("hoa", "hoa"), ("hoa", "group"), ("nobody", "nobody")] {
        scene.say(who, place, "PHÒNG VĂN HÓA - XÃ HỘI\nTỐI MẬT - HỎA TỐC\nBảo vệ đề thi tại kho số 7").await;
        assert_eq!(scene.handle().await, 1, "{who}");
    }
    let url = format!("sqlite:{}", scene.folder.path().join("a.db").display());
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let kept: Vec<String> = sqlx::query_scalar("select payload from inbox union all select body from outbox")
        .fetch_all(&mut connection)
        .await
        .unwrap();
    assert!(kept.len() >= 8, "{}", kept.len());
    assert!(kept.iter().all(|row| !row.contains("kho số 7")), "{kept:?}");
}
