//! The stage: the make-believe world, the bot over it, and a clock that stands still.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use giaoban::app::{App, InProcess};
use giaoban::chat::Platform;
use giaoban::clock::{Clock, Ids, ManualClock};
use giaoban::domain::{ChatRef, OfficeId, School, Task};
use giaoban::platforms::simulator::{Entry, Event, Flavour, Simulator, World};
use giaoban::run::Bot;
use giaoban::store::Store;

/// Where the bot ends when it is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kill {
    Receive,
    Claim,
    Compose,
    Send,
}

pub struct Stage {
    pub world: World,
    pub clock: Arc<ManualClock>,
    ids: Arc<Ids>,
    folder: tempfile::TempDir,
    bot: Option<Bot>,
    /// The address under which pages of forms are served.
    pub pages: Option<String>,
    /// Group titles in the order of the head, with their chats.
    pub groups: Vec<(String, ChatRef)>,
    /// Platform of each person's private chat.
    pub homes: HashMap<String, String>,
    pub outsiders: Vec<String>,
    pub files: HashMap<String, Vec<u8>>,
    /// What the cells of workbooks hold, by their names.
    pub books: HashMap<String, String>,
    pub leaves: String,
    pub offices: Vec<OfficeId>,
    pub kill: Option<Kill>,
}

impl Stage {
    pub async fn new(now: DateTime<Utc>, pages: Option<String>) -> Self {
        let clock = Arc::new(ManualClock::new(now));
        let world = World::new({
            let clock = Arc::clone(&clock);
            move || clock.now()
        });
        let mut stage = Self {
            world,
            clock,
            ids: Arc::new(Ids::seeded(1)),
            folder: tempfile::tempdir().expect("a folder"),
            bot: None,
            pages,
            groups: vec![],
            homes: HashMap::new(),
            outsiders: vec![],
            files: HashMap::new(),
            books: HashMap::new(),
            leaves: String::new(),
            offices: vec![],
            kill: None,
        };
        stage.restart().await;
        stage
    }

    /// The bot ends where it is and begins anew on the same file.
    pub async fn restart(&mut self) {
        if let Some(bot) = self.bot.take() {
            bot.app().store().close().await;
        }
        let path = self.folder.path().join("giaoban.sqlite");
        let store = Store::open(&path.to_string_lossy()).await.expect("a database");
        let platforms: Vec<Arc<dyn Platform>> = vec![
            Arc::new(Simulator::new(&self.world, Flavour::telegram_like())),
            Arc::new(Simulator::new(&self.world, Flavour::zalo_like())),
        ];
        let (clock, ids, pages) = (self.clock.clone(), Arc::clone(&self.ids), self.pages.clone());
        self.bot = Some(Bot::with_pages(store, clock, ids, platforms, Arc::new(InProcess), (pages, vec![])));
    }

    pub fn bot(&self) -> &Bot {
        self.bot.as_ref().expect("a bot")
    }

    pub fn app(&self) -> Arc<App> {
        Arc::clone(self.bot().app())
    }

    pub fn add_person(&mut self, name: &str) {
        self.world.add_person(name, name).expect("a person");
    }

    pub fn add_group(&mut self, title: &str, platform: &str, members: Vec<String>) -> ChatRef {
        for member in members.iter().chain(&self.outsiders) {
            self.world.add_person(member, member).expect("a person");
        }
        let id = format!("g{}", self.groups.len() + 1);
        let all: Vec<&str> = members.iter().chain(&self.outsiders).map(String::as_str).collect();
        let chat = self.world.add_group(platform, &id, title, &all).expect("a group");
        self.groups.push((title.to_owned(), chat.clone()));
        chat
    }

    /// The private chat of a person, who has written to the bot before the scenario begins.
    pub fn open_private(&mut self, name: &str, platform: &str) -> ChatRef {
        self.homes.insert(name.to_owned(), platform.to_owned());
        self.world.private_chat(platform, name).expect("a chat")
    }

    /// Lets people who can be reached write "chào" once, so that the world lets the bot write to them; and the bot forget it.
    pub async fn remember(&mut self, office: OfficeId) {
        self.offices.push(office);
        let people: Vec<String> = self.homes.keys().cloned().collect();
        for name in people {
            self.greet(&name).await;
        }
    }

    /// The same of one person.
    pub async fn greet(&mut self, name: &str) {
        let platform = self.homes.get(name).cloned().expect("a home");
        let chat = self.world.private_chat(&platform, name).expect("a chat");
        self.world.say(name, &chat, "chào", None, vec![]).expect("a greeting");
        for flavour in
            [Flavour::telegram_like(), Flavour::zalo_like()].into_iter().filter(|f| f.key == platform)
        {
            let platform = Simulator::new(&self.world, flavour);
            let heard = platform.receive().await.expect("greetings");
            let keys: Vec<String> = heard.into_iter().map(|i| i.key).collect();
            platform.acknowledge(&keys).await.expect("forgotten");
        }
    }

    /// Everything that can be done now is done; a kill that was asked for happens on the way.
    pub async fn settle(&mut self) -> Option<DateTime<Utc>> {
        if let Some(kill) = self.kill.take() {
            self.die(kill).await;
        }
        self.bot().settle().await.expect("the bot settles")
    }

    /// The same, with the seconds that a chat's pace takes: what is said in one breath is one moment of a scenario.
    pub async fn settle_paced(&mut self) {
        loop {
            let next = self.settle().await;
            let now = self.clock.now();
            match next.filter(|n| *n > now && *n - now <= Duration::seconds(4)) {
                Some(next) => self.clock.set(next),
                None => return,
            }
        }
    }

    /// The same, leaving a kill for the next message.
    pub async fn settle_unless_killing(&mut self) {
        if self.kill.is_none() {
            self.settle().await;
        }
    }

    /// Ends the bot after a step of its work and starts it again; waits for the next work when there is none.
    async fn die(&mut self, kill: Kill) {
        let now = self.clock.now();
        let bot = self.bot();
        let heard = bot.receive_waiting().await.expect("received");
        if kill == Kill::Receive {
            self.kill = (heard == 0).then_some(kill);
            return if heard > 0 {
                self.restart().await
            };
        }
        bot.app().hear_waiting().await.expect("heard");
        bot.app().tick().await.expect("ticked");
        let Some(row) = bot.delivery().claim(now, 1).await.expect("claimed").pop() else {
            self.kill = Some(kill);
            return;
        };
        if let Kill::Compose | Kill::Send = kill {
            let leaving = bot.delivery().compose(row, now).await.expect("composed");
            if let (Some(leaving), Kill::Send) = (leaving, kill) {
                bot.delivery().send(&leaving).await.expect("sent");
            }
        }
        self.restart().await;
    }

    /// Moves on to `to`, stopping at every due moment. Calls `seen` after each stop.
    pub async fn go(&mut self, to: DateTime<Utc>, mut seen: impl FnMut(&mut Self)) {
        loop {
            let next = self.settle().await;
            seen(self);
            let now = self.clock.now();
            if now >= to {
                return;
            }
            self.clock.set(next.filter(|n| *n > now).map_or(to, |n| n.min(to)));
        }
    }

    pub fn group(&self, title: &str) -> Result<ChatRef, String> {
        let found = self.groups.iter().find(|(t, _)| t == title);
        found.map(|(_, c)| c.clone()).ok_or(format!("no group {title}"))
    }

    pub fn private_of(&self, name: &str) -> Result<ChatRef, String> {
        let platform =
            self.homes.get(name).cloned().or_else(|| self.groups.first().map(|(_, c)| c.platform.clone()));
        self.world.private_chat(&platform.unwrap_or_default(), name).map_err(|e| e.to_string())
    }

    pub fn log(&self, since: u64) -> Vec<Entry> {
        self.world.log(since)
    }

    /// The task with this code in any office; the first one that has it.
    pub async fn task(&self, code: &str) -> Result<Task, String> {
        let number = code.trim_start_matches('V').parse().map_err(|_| format!("no code {code}"))?;
        let mut session = self.app().store().read().await.map_err(|e| e.to_string())?;
        for office in &self.offices {
            if let Some(task) = session.task_by_code(*office, number).await.map_err(|e| e.to_string())? {
                return Ok(task);
            }
        }
        Err(format!("no task {code}"))
    }

    pub async fn school(&self, name: &str) -> Result<School, String> {
        let mut session = self.app().store().read().await.map_err(|e| e.to_string())?;
        for office in &self.offices {
            let schools = session.schools_of(*office).await.map_err(|e| e.to_string())?;
            if let Some(school) = schools.into_iter().find(|s| s.short_name == name) {
                return Ok(school);
            }
        }
        Err(format!("no school {name}"))
    }

    /// The private chat's person, if a chat is one.
    pub fn person_of(&self, chat: &ChatRef) -> Option<String> {
        let known = |p: &giaoban::platforms::simulator::Person| p.key == chat.id;
        self.world.people().into_iter().find(known).map(|p| p.key)
    }

    /// Whether an event edits a month's board: boards move with every answer, and `? board` looks at them.
    pub async fn is_board(&self, event: &Event) -> bool {
        let Event::Edited { chat, message, .. } = event else { return false };
        let Ok(mut session) = self.app().store().read().await else { return false };
        let row = session.row_of_message(chat, message).await.ok().flatten();
        row.is_some_and(|r| r.about.month.is_some())
    }
}
