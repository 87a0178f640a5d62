//! A small stage for the page: two groups, three people and a bot that repeats what it hears.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, Duration, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Asia::Ho_Chi_Minh;
use giaoban::chat::{Block, Button, ChatKind, Deed, Heard, Incoming, Platform, Reaction, Text};
use giaoban::clock::{Clock, ManualClock};
use giaoban::domain::{ChatRef, Language};
use giaoban::platforms::simulator::{Flavour, Mishap, NewFile, Simulator, World, WorldError};
use giaoban::web::demo::{
    ClockView, Edit, Fault, Move, MovingView, NextDueView, NoticeKind, NoticeView, PersonRole, PersonView,
    Press, Say, Stage, StageError, View, WhichChat,
};
use tokio::sync::{Mutex, watch};

use super::scenery;

/// The stage of the tests.
pub struct EchoStage {
    pub world: World,
    platforms: Vec<Arc<Simulator>>,
    clock: Arc<ManualClock>,
    moving: Mutex<Option<MovingView>>,
    stop: AtomicBool,
    own_changes: watch::Sender<u64>,
    pub restarts: AtomicU64,
    pub waiting: AtomicU64,
}

pub const PEOPLE: &[(&str, &str, &str, PersonRole)] = &[
    ("loan", "Phạm Thị Kim Loan", "Chuyên viên mầm non", PersonRole::Office),
    ("hoa", "Nguyễn Thị Hoa", "Hiệu trưởng MN Hoa Sen", PersonRole::School),
    (
        "mai",
        "Công Tằng Tôn Nữ Thị Ngọc Huyền Mai",
        "Phó hiệu trưởng Nhóm trẻ độc lập tư thục Những Bông Hoa Nhỏ Xinh Xắn Phường Đông Hưng Thuận cơ sở 2",
        PersonRole::School,
    ),
    ("la", "Người Lạ", "Chưa đăng ký", PersonRole::Stranger),
];

impl EchoStage {
    pub fn new() -> Arc<Self> {
        let clock = Arc::new(ManualClock::new(at("2026-10-01T08:00:00")));
        let world = World::new({
            let clock = clock.clone();
            move || clock.now()
        });
        let platforms =
            [Flavour::telegram_like(), Flavour::zalo_like()].map(|f| Arc::new(Simulator::new(&world, f)));
        let keys: Vec<&str> = PEOPLE.iter().map(|p| p.0).collect();
        PEOPLE.iter().for_each(|(key, name, ..)| world.add_person(key, name).unwrap());
        world.add_group("sim-telegram", "dong", "Giao ban mầm non phường Đông", &keys).unwrap();
        world
            .add_group(
                "sim-zalo",
                "tay",
                "Hiệu trưởng các trường mầm non, nhóm lớp độc lập phường Tây Thạnh",
                &keys,
            )
            .unwrap();
        for platform in &platforms {
            keys.iter().for_each(|key| drop(world.private_chat(platform.key(), key).unwrap()));
        }
        let stage = Arc::new(Self {
            world,
            platforms: platforms.to_vec(),
            clock,
            moving: Mutex::default(),
            stop: AtomicBool::new(false),
            own_changes: watch::Sender::new(0),
            restarts: AtomicU64::new(0),
            waiting: AtomicU64::new(0),
        });
        for platform in platforms {
            tokio::spawn(echo(platform));
        }
        stage
    }

    fn changed_myself(&self) {
        self.own_changes.send_modify(|n| *n += 1);
    }

    fn version(&self) -> u64 {
        self.world.seq() + *self.own_changes.borrow()
    }

    /// What the bot says unasked: a post in every group.
    async fn post(&self) {
        for platform in &self.platforms {
            for group in self.world.chats().iter().filter(|c| c.kind == ChatKind::Group) {
                let post =
                    speech(platform, "NHIỆM VỤ TRỌNG TÂM THÁNG 10/2026", "V2 Cân đo lần 1 (hạn 17/10)", None);
                if group.at.platform == platform.key() {
                    platform.send(&group.at, &post).await.ok();
                }
            }
        }
    }

    fn next_due(&self) -> DateTime<Utc> {
        self.clock.now() + Duration::hours(5)
    }
}

/// A moment of the office's zone.
pub fn at(local: &str) -> DateTime<Utc> {
    let local: NaiveDateTime = local.parse().unwrap();
    Ho_Chi_Minh.from_local_datetime(&local).unwrap().to_utc()
}

/// Marks and repeats what it hears, with a button and a pin where the platform has them.
async fn echo(platform: Arc<Simulator>) {
    loop {
        let Ok(updates) = platform.receive().await else {
            tokio::task::yield_now().await;
            tokio::time::timeout(std::time::Duration::from_millis(50), std::future::pending::<()>())
                .await
                .ok();
            continue;
        };
        for update in updates {
            answer(&platform, &update).await;
            platform.acknowledge(&[update.key]).await.ok();
        }
    }
}

async fn answer(platform: &Simulator, update: &Incoming) {
    let deeds = match &update.heard {
        Heard::Message { message, text, .. } => {
            let mark = Deed::React { message: message.clone(), mark: Reaction::Recorded };
            let send = speech(platform, "V2 · Đã nghe", text, Some(message));
            if platform.capabilities().react { vec![mark, send] } else { vec![send] }
        }
        Heard::Press { press, .. } => {
            vec![Deed::AnswerPress { press: press.clone(), text: "Đã ghi nhận MN Hoa Sen".into() }]
        }
        _ => vec![],
    };
    for deed in deeds {
        platform.send(&update.chat, &deed).await.ok();
    }
}

/// A message with a head, with buttons and a pin where the platform has them.
fn speech(platform: &Simulator, head: &str, body: &str, to: Option<&String>) -> Deed {
    let can = platform.capabilities();
    let block = |text: &str, strong| Block { text: text.into(), strong, task: None };
    let button = |label: &str, action: &str| Button {
        label: label.into(),
        action: action.into(),
        typed: "/nhan V2".into(),
    };
    let buttons = vec![vec![button("Đã nhận", "ok:V2"), button("Việc của trường tôi", "mine")]];
    Deed::Send {
        text: Text::of(vec![block(head, true), block(body, false)]),
        buttons: if can.buttons { buttons } else { vec![] },
        reply_to: to.filter(|_| can.reply).cloned(),
        thread: None,
        pin: can.pin && body.contains("ghim"),
        file: None,
        picture: None,
    }
}

fn chat(which: WhichChat) -> ChatRef {
    ChatRef { platform: which.platform, id: which.id }
}

fn refusal(error: WorldError) -> StageError {
    match error {
        WorldError::NotMember(name) => StageError::NotMember(name),
        WorldError::Empty => StageError::EmptyMessage,
        WorldError::NotYours => StageError::CannotEdit,
        WorldError::Folder(_) | WorldError::Damaged { .. } => StageError::Failed("E-WORLD".into()),
        _ => StageError::NotThere,
    }
}

#[async_trait]
impl Stage for EchoStage {
    async fn changed(&self, version: u64) {
        let (mut world, mut own) = (self.world.changes(), self.own_changes.subscribe());
        self.waiting.fetch_add(1, Ordering::SeqCst);
        while self.version() == version {
            tokio::select! {
                _ = world.changed() => {}
                _ = own.changed() => {}
            }
        }
    }

    async fn view(&self, seen: u64, _: Language) -> Result<View, StageError> {
        let outage = self.world.switches("sim-telegram").outage;
        Ok(View {
            world: "echo".into(),
            version: self.version(),
            seq: self.world.seq(),
            clock: ClockView {
                now: self.clock.now(),
                zone: "Asia/Ho_Chi_Minh".into(),
                next_due: Some(NextDueView { at: self.next_due(), what: "Nhắc V2".into() }),
                moving: self.moving.lock().await.clone(),
            },
            platforms: scenery::platforms(&self.world),
            people: PEOPLE
                .iter()
                .map(|(key, name, title, role)| PersonView {
                    key: (*key).into(),
                    name: (*name).into(),
                    title: (*title).into(),
                    role: *role,
                })
                .collect(),
            chats: scenery::chats(&self.world),
            messages: scenery::messages(&self.world, seen),
            answers: scenery::answers(&self.world, seen),
            notices: outage
                .then(|| NoticeView { kind: NoticeKind::Busy, text: "Đang nối lại…".into() })
                .into_iter()
                .collect(),
        })
    }

    async fn say(&self, say: Say) -> Result<String, StageError> {
        let files = say.files.into_iter().map(|f| NewFile { name: f.name, bytes: f.bytes }).collect();
        self.world.say(&say.person, &chat(say.chat), &say.text, say.quote.as_deref(), files).map_err(refusal)
    }

    async fn edit(&self, edit: Edit) -> Result<(), StageError> {
        self.world.edit(&edit.person, &chat(edit.chat), &edit.message, &edit.text).map_err(refusal)
    }

    async fn press(&self, press: Press) -> Result<String, StageError> {
        self.world.press(&press.person, &chat(press.chat), &press.message, &press.action).map_err(refusal)
    }

    async fn file(&self, id: &str) -> Result<(String, Vec<u8>), StageError> {
        let (name, bytes) = self.world.file(id).ok_or(StageError::NotThere)?;
        Ok((name, bytes.to_vec()))
    }

    async fn move_clock(&self, to: Move) -> Result<(), StageError> {
        let from = self.clock.now();
        let to = match to {
            Move::NextDue => self.next_due(),
            Move::Minutes(minutes) => from + Duration::minutes(minutes.into()),
            Move::At(local) => at(&local.to_string().replace(' ', "T")),
        };
        if to <= from {
            return Err(StageError::Past);
        }
        let mut moving = self.moving.lock().await;
        if moving.is_some() {
            return Err(StageError::Busy);
        }
        *moving = Some(MovingView { from, to, stops: 0 });
        drop(moving);
        self.stop.store(false, Ordering::SeqCst);
        let pause = std::time::Duration::from_millis(20);
        let mut stops = 0;
        while self.clock.now() < to && !self.stop.load(Ordering::SeqCst) {
            self.clock.set(to.min(self.next_due()));
            stops += 1;
            if stops <= 3 {
                self.post().await;
            }
            *self.moving.lock().await = Some(MovingView { from, to, stops });
            self.changed_myself();
            tokio::time::timeout(pause, std::future::pending::<()>()).await.ok();
        }
        *self.moving.lock().await = None;
        self.changed_myself();
        Ok(())
    }

    async fn stop_clock(&self) -> Result<(), StageError> {
        self.stop.store(true, Ordering::SeqCst);
        Ok(())
    }

    async fn fault(&self, fault: Fault) -> Result<(), StageError> {
        let world = &self.world;
        let set = match fault {
            Fault::Outage { platform, on } => world.set_outage(&platform, on),
            Fault::TooMany { platform, times, retry_after } => {
                world.set_mishap(&platform, Mishap::TooMany { retry_after }, times)
            }
            Fault::NoAnswer { platform, times } => {
                world.set_mishap(&platform, Mishap::NoAnswer { done: true }, times)
            }
            Fault::Duplicate { platform } => world.repeat_last_update(&platform).map(drop),
            Fault::Refuse { chat: which, on } => world.set_refusing(&chat(which), on),
            Fault::Clear { platform } => world.clear_mishaps(&platform),
        };
        set.map_err(refusal)
    }

    async fn restart(&self) -> Result<(), StageError> {
        self.restarts.fetch_add(1, Ordering::SeqCst);
        self.changed_myself();
        Ok(())
    }
}
