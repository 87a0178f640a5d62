//! A photo that a platform lets go of soon is fetched before it is recorded; one that cannot be had is told of and never recorded,
//! and holds up nobody. The page for files takes what is sent from it once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use giaoban::app::{App, InProcess, NewMember, NewOffice, NewSchool, Uploaded};
use giaoban::chat::{
    Attachment, AttachmentKind, Capabilities, ChatKind, Deed, FetchError, Heard, Incoming, Origin, Platform,
    ReceiveError, SendError, Sender,
};
use giaoban::clock::{Clock as _, Ids, ManualClock};
use giaoban::domain::{ChatRef, Language, OfficeId, Role, Settings, TaskState, UserRef};
use giaoban::platforms::simulator::Flavour;
use giaoban::store::{OutboxState, Store};
use sqlx::Connection as _;

const KEY: &str = "sim-zalo";
const JPEG: &[u8] = b"\xff\xd8\xff tre can do";

/// Zalo, whose pictures are there or not.
struct Fleeting {
    capabilities: Capabilities,
    pictures: Mutex<Result<Vec<u8>, FetchError>>,
    fetched: Mutex<usize>,
}

#[async_trait]
impl Platform for Fleeting {
    fn key(&self) -> &str {
        KEY
    }
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }
    async fn receive(&self) -> Result<Vec<Incoming>, ReceiveError> {
        Err(ReceiveError::Ended)
    }
    async fn acknowledge(&self, _: &[String]) -> Result<(), ReceiveError> {
        Ok(())
    }
    async fn send(&self, _: &ChatRef, _: &Deed) -> Result<Option<String>, SendError> {
        Ok(None)
    }
    async fn fetch(&self, _: &str, _: u64) -> Result<Vec<u8>, FetchError> {
        *self.fetched.lock().unwrap() += 1;
        self.pictures.lock().unwrap().clone()
    }
}

struct Scene {
    app: Arc<App>,
    zalo: Arc<Fleeting>,
    clock: Arc<ManualClock>,
    office: OfficeId,
    heard: usize,
    folder: tempfile::TempDir,
}

fn chat(id: &str) -> ChatRef {
    ChatRef { platform: KEY.into(), id: id.into() }
}

fn account(id: &str) -> UserRef {
    UserRef { platform: KEY.into(), id: id.into() }
}

impl Scene {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now: DateTime<Utc> = "2026-10-21T03:07:00Z".parse().unwrap();
        let (clock, ids) = (Arc::new(ManualClock::new(now)), Arc::new(Ids::seeded(1)));
        let zalo = Arc::new(Fleeting {
            capabilities: Flavour::zalo_like().capabilities,
            pictures: Mutex::new(Ok(JPEG.to_vec())),
            fetched: Mutex::default(),
        });
        let store = Store::open(&folder.path().join("a.db").to_string_lossy()).await.unwrap();
        let platforms = HashMap::from([(KEY.to_owned(), Arc::clone(&zalo) as Arc<dyn Platform>)]);
        let app = App::new(store, clock.clone(), ids, platforms, Arc::new(InProcess));
        let app = Arc::new(app.with_public_url(Some("https://giaoban.example".into())));
        let office =
            NewOffice { name: "Phòng".into(), language: Language::Vi, settings: Settings::default() };
        let office = app.add_office(office).await.unwrap();
        let school = NewSchool::named("DC", "Trường Mầm non Đồi Chè");
        let schools = app.add_schools(office, vec![school]).await.unwrap();
        let mut scene = Self { app, zalo, clock, office, heard: 0, folder };
        for (name, role) in [("lan", Role::Specialist), ("hoa", Role::Principal(schools[0]))] {
            let member = NewMember {
                name: name.into(),
                roles: vec![role],
                accounts: vec![account(name)],
                private_chats: vec![chat(name)],
            };
            scene.app.add_member(office, member).await.unwrap();
        }
        scene.say("lan", "/giao Nộp ảnh góc chơi; hạn 30/10; biểu: báo cáo (tệp)", false).await;
        scene.say("lan", "/dang V1", false).await;
        scene
    }

    /// Somebody writes in private, perhaps with a photo; what waits is handled. How much could be.
    async fn say(&mut self, who: &str, text: &str, with_photo: bool) -> usize {
        self.heard += 1;
        let photo = Attachment {
            kind: AttachmentKind::Photo,
            name: "anh.jpg".into(),
            file: "https://cdn.example/anh.jpg".into(),
            size: None,
        };
        let incoming = self.incoming(who, text, if with_photo { vec![photo] } else { vec![] });
        self.app.receive(&[incoming]).await.unwrap();
        self.app.hear_waiting().await.unwrap()
    }

    fn incoming(&self, who: &str, text: &str, attachments: Vec<Attachment>) -> Incoming {
        Incoming {
            key: self.heard.to_string(),
            at: self.clock.now(),
            chat: chat(who),
            chat_kind: ChatKind::Private,
            chat_title: None,
            from: Sender { user: account(who), name: who.into() },
            heard: Heard::Message {
                message: format!("m{}", self.heard),
                text: text.into(),
                quote: None,
                attachments,
                edited: false,
                origin: Origin::default(),
            },
        }
    }

    /// The one submission, as it is stored.
    async fn given(&self) -> Option<String> {
        let mut session = self.app.store().read().await.unwrap();
        let task = session.tasks_of(self.office, &[TaskState::Posted]).await.unwrap().remove(0);
        let standings = session.standings_of_task(task.id).await.unwrap();
        let given = standings.into_iter().find_map(|s| s.submission)?;
        Some(serde_json::to_string(&given.values).unwrap())
    }

    async fn kept_files(&self) -> Vec<Vec<u8>> {
        let url = format!("sqlite:{}", self.folder.path().join("a.db").display());
        let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
        let names: Vec<String> = sqlx::query_scalar("select name from kept_files order by name")
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let mut files = Vec::new();
        for name in names {
            files.extend(self.app.store().read().await.unwrap().kept_file(&name).await.unwrap());
        }
        files
    }

    /// Everything that waits to be said to somebody.
    async fn said_to(&self, who: &str) -> String {
        let mut session = self.app.store().read().await.unwrap();
        let rows = session.outbox_in(OutboxState::Pending, 100).await.unwrap();
        let said = rows.iter().filter(|row| row.chat == chat(who)).filter_map(|row| row.deed());
        said.map(|deed| match deed {
            Deed::Send { text, .. } => text.words() + "\n",
            _ => String::new(),
        })
        .collect()
    }

    /// The link that `who` is given where a document was sent; without its host.
    async fn link(&mut self, who: &str) -> String {
        self.heard += 1;
        let untold =
            Attachment { kind: AttachmentKind::File, name: String::new(), file: String::new(), size: None };
        let incoming = self.incoming(who, "", vec![untold]);
        self.app.receive(&[incoming]).await.unwrap();
        self.app.hear_waiting().await.unwrap();
        let said = self.said_to(who).await;
        let (_, token) = said.rsplit_once("/gui/").unwrap();
        token.split_whitespace().next().unwrap().to_owned()
    }

    async fn waits(&self) -> u64 {
        self.app.store().read().await.unwrap().inbox_counts().await.unwrap().waiting
    }
}

#[tokio::test]
async fn a_photo_of_a_school_is_kept_before_it_is_recorded() {
    let mut scene = Scene::new().await;
    assert_eq!(scene.say("hoa", "V1", true).await, 1);
    let given = scene.given().await.unwrap();
    assert!(given.contains("kept:") && !given.contains("cdn.example"), "{given}");
    assert_eq!(scene.kept_files().await, [JPEG]);
    // A submission has it: it stays when the message is forgotten.
    scene.clock.set(scene.clock.now() + Duration::days(100));
    assert!(scene.app.forget_handled().await.unwrap() > 0);
    assert_eq!(scene.kept_files().await, [JPEG]);
}

#[tokio::test]
async fn a_photo_that_is_no_answer_goes_with_its_message_and_a_strangers_is_left_alone() {
    let mut scene = Scene::new().await;
    scene.say("stranger", "V1", true).await;
    assert_eq!(*scene.zalo.fetched.lock().unwrap(), 0);
    // Of two tasks that take a file, it is no answer to either until she says which.
    scene.say("lan", "/giao Nộp kế hoạch; hạn 30/10; biểu: báo cáo (tệp)", false).await;
    scene.say("lan", "/dang V2", false).await;
    scene.say("hoa", "", true).await;
    assert_eq!((scene.given().await, scene.kept_files().await.len()), (None, 1));
    scene.clock.set(scene.clock.now() + Duration::days(100));
    scene.app.forget_handled().await.unwrap();
    assert!(scene.kept_files().await.is_empty());
}

#[tokio::test]
async fn a_photo_that_cannot_be_had_is_told_of_and_not_recorded() {
    let mut scene = Scene::new().await;
    *scene.zalo.pictures.lock().unwrap() = Err(FetchError::Gone);
    assert_eq!(scene.say("hoa", "", true).await, 1);
    assert_eq!(scene.given().await, None);
    let said = scene.said_to("hoa").await;
    assert!(said.contains("chưa ghi nhận") && said.contains("/gui/"), "{said}");
    assert!(scene.kept_files().await.is_empty());
}

#[tokio::test]
async fn a_photo_on_a_server_that_is_away_deafens_its_chat_for_seconds() {
    let mut scene = Scene::new().await;
    *scene.zalo.pictures.lock().unwrap() = Err(FetchError::Unreachable("dead".into()));
    scene.say("hoa", "", true).await;
    assert_eq!(scene.say("hoa", "/viec", false).await, 0, "it is tried again first");
    for _ in 0..4 {
        scene.clock.set(scene.clock.now() + Duration::seconds(10));
        scene.app.hear_waiting().await.unwrap();
    }
    assert_eq!((scene.waits().await, scene.given().await), (0, None));
    let tries = *scene.zalo.fetched.lock().unwrap();
    assert!((2..=4).contains(&tries), "{tries}");
    assert!(scene.said_to("hoa").await.contains("chưa ghi nhận"));
}

#[tokio::test]
async fn what_is_sent_twice_from_the_page_counts_once_and_all_its_files_are_kept() {
    let mut scene = Scene::new().await;
    let token = scene.link("hoa").await;
    let page = scene.app.upload_page(&token, None).await.unwrap().unwrap();
    let files = || vec![("ke-hoach.docx".to_owned(), vec![1; 9]), ("phu-luc.pdf".to_owned(), vec![2; 9])];
    for _ in 0..2 {
        let sent = scene.app.upload(&token, &page.once, files(), "V1").await.unwrap().unwrap();
        assert_eq!(sent, Uploaded::Taken(page.once.clone()));
    }
    assert_eq!((scene.app.hear_waiting().await.unwrap(), scene.kept_files().await.len()), (1, 2));
    let after = scene.app.upload_page(&token, Some(&page.once)).await.unwrap().unwrap();
    assert_eq!(after.taken, ["ke-hoach.docx", "phu-luc.pdf"]);
    assert_ne!(after.once, page.once, "what is sent from it next is another message");
    // One field takes one file; the other is named.
    let said = scene.said_to("hoa").await;
    assert!(said.contains("Chưa ghi: ke-hoach.docx"), "{said}");
}

#[tokio::test]
async fn a_link_takes_so_much_a_day_and_no_more() {
    let mut scene = Scene::new().await;
    let token = scene.link("hoa").await;
    let file = |size| vec![("a.pdf".to_owned(), vec![1; size])];
    for _ in 0..5 {
        let sent = scene.app.upload(&token, "", file(19 << 20), "").await.unwrap().unwrap();
        assert!(matches!(sent, Uploaded::Taken(_)));
    }
    assert_eq!(scene.app.upload(&token, "", file(19 << 20), "").await.unwrap(), Some(Uploaded::Full));
    assert_eq!(scene.kept_files().await.len(), 5);
    scene.clock.set(scene.clock.now() + Duration::hours(23));
    for _ in 0..25 {
        scene.app.upload(&token, "", file(1), "").await.unwrap();
    }
    assert_eq!(scene.app.upload(&token, "", file(1), "").await.unwrap(), Some(Uploaded::Full));
}
