//! A database in a folder of its own, and one of each noun.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use giaoban::chat::{About, Deed, Text};
use giaoban::clock::Ids;
use giaoban::domain::*;
use giaoban::store::{NewOutboxRow, Priority, Room, Store};

/// A database that goes with its folder.
pub(crate) struct Sample {
    pub(crate) store: Store,
    pub(crate) ids: Ids,
    pub(crate) folder: tempfile::TempDir,
}

impl Sample {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sổ giao ban.db");
        let store = Store::open(path.to_str().unwrap()).await.unwrap();
        Self { store, ids: Ids::seeded(1), folder }
    }

    pub(crate) fn path(&self) -> String {
        self.folder.path().join("sổ giao ban.db").to_str().unwrap().to_owned()
    }

    pub(crate) fn id<Noun>(&self) -> Id<Noun> {
        self.ids.next(at(0))
    }

    /// An office that is in the database.
    pub(crate) async fn office(&self, name: &str) -> Office {
        let office = Office {
            id: self.id(),
            name: name.into(),
            language: Language::Vi,
            zone: chrono_tz::Asia::Ho_Chi_Minh,
            settings: Settings::default(),
        };
        let mut session = self.store.begin().await.unwrap();
        session.insert_office(&office).await.unwrap();
        session.commit().await.unwrap();
        office
    }

    pub(crate) fn school(&self, office: &Office, number: u32) -> School {
        School {
            id: self.id(),
            office: office.id,
            code: format!("MN{number:03}"),
            name: format!("Trường Mầm non Ban Mai {number}"),
            short_name: format!("MN Ban Mai {number}"),
            aliases: vec![format!("bm{number}")],
            kind: SchoolKind::Independent,
            ward: "Phường Tân An".into(),
            cluster: "Cụm 2".into(),
            principal: "Đặng Thị Ước".into(),
            phone: String::new(),
            enrolment: Some(320),
            opened_on: NaiveDate::from_ymd_opt(2020, 9, 5),
            closed_on: None,
        }
    }

    pub(crate) fn member(&self, office: &Office, name: &str, roles: Vec<Role>) -> Member {
        Member {
            id: self.id(),
            office: office.id,
            name: name.into(),
            roles,
            accounts: vec![user("telegram", name), user("zalo", name)],
            private_chats: vec![chat("telegram", name)],
            leave: None,
        }
    }

    pub(crate) fn task(&self, office: &Office, code: u32, state: TaskState) -> Task {
        let day = NaiveDate::from_ymd_opt(2026, 10, 17).unwrap();
        Task {
            id: self.id(),
            office: office.id,
            schedule: None,
            code,
            text: "Cân đo trẻ lần 1; gửi số liệu".into(),
            months: vec![Month::of(day)],
            scope: Scope::Kinds(vec![SchoolKind::Public, SchoolKind::Independent]),
            requires: Requires::Submission,
            due: vec![Due::before(day, None)],
            form: Form::default(),
            urgency: Urgency::Urgent,
            state,
            posted_at: Some(at(5)),
            directive: None,
            sources: vec![Source {
                directive: None,
                place: Place::Row { table: 1, row: 3 },
                quote: "trước ngày 17/10".into(),
            }],
            doubts: vec![Doubt {
                place: Some(Place::Line { line: 3 }),
                kind: DoubtKind::OutsideMonth { date: day },
                choices: vec![Choice::Date { due: 0, date: day }, Choice::Drop],
            }],
            moved: None,
        }
    }

    pub(crate) fn directive(&self, office: &Office, number: Option<&str>) -> Directive {
        Directive {
            id: self.id(),
            office: office.id,
            number: number.map(str::to_owned),
            number_key: number.map(str::to_lowercase).unwrap_or_default(),
            issued_on: NaiveDate::from_ymd_opt(2026, 9, 14),
            issuer: Some("Phòng VH-XH xã Suối Ngàn".into()),
            subject: "Cân đo trẻ lần 1".into(),
            kind: Some("công văn".into()),
            signer: None,
            urgency: Urgency::Express,
            state: DirectiveState::Draft,
            schedule: None,
            file_name: "cong-van.docx".into(),
            sha256: "0a0b".into(),
            sent_by: None,
            sent_at: at(3),
            doubts: vec![Doubt {
                place: None,
                kind: DoubtKind::OutsideMonth { date: at(3).date_naive() },
                choices: vec![],
            }],
        }
    }

    pub(crate) fn submission(&self, task: &Task, school: &School, by: &Member, version: u32) -> Submission {
        Submission {
            id: self.id(),
            task: task.id,
            school: school.id,
            version,
            values: BTreeMap::from([("can_do".to_owned(), Value::Figure(337))]),
            form_version: 1,
            kept: vec![Kept {
                oddity: Oddity::SameAsLast { figures: 7 },
                reason: "năm nay không đổi".into(),
            }],
            complete: version > 1,
            by: by.id,
            on_behalf: version == 1,
            message: Some(MessageRef { chat: chat("telegram", "-100"), id: format!("m{version}") }),
            at: at(version.into()),
        }
    }

    /// A row that says `words` in a chat.
    pub(crate) fn row(&self, office: Option<&Office>, chat_id: &str, words: &str) -> NewOutboxRow {
        NewOutboxRow {
            office: office.map(|office| office.id),
            about: About::default(),
            priority: Priority::Bulk,
            ..NewOutboxRow::reply(self.id(), chat("telegram", chat_id), says(words), at(0))
        }
    }
}

/// Room for so many rows, taken up by one worker.
pub(crate) fn room(rows: u32) -> Room<'static> {
    Room::of("worker", rows)
}

/// A plain message.
pub(crate) fn says(words: &str) -> Deed {
    Deed::Send {
        text: Text::plain(words),
        buttons: vec![],
        reply_to: None,
        thread: None,
        pin: false,
        file: None,
        picture: None,
    }
}

/// The same, pinned.
pub(crate) fn pinned(words: &str) -> Deed {
    match says(words) {
        Deed::Send { text, buttons, reply_to, thread, file, picture, .. } => {
            Deed::Send { text, buttons, reply_to, thread, pin: true, file, picture }
        }
        other => other,
    }
}

pub(crate) fn chat(platform: &str, id: &str) -> ChatRef {
    ChatRef { platform: platform.into(), id: id.into() }
}

pub(crate) fn user(platform: &str, id: &str) -> UserRef {
    UserRef { platform: platform.into(), id: id.into() }
}

/// So many seconds after the first of October 2026, 08:00 in Việt Nam.
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_816_400, 0).unwrap() + Duration::seconds(seconds)
}
