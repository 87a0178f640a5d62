//! What did not reach a group: told to the specialists once, in private, and shown by `/batdau` for a week.

use std::collections::BTreeMap;

use chrono::Duration;

use super::speak::Manner;
use super::work::Work;
use super::{App, AppError};
use crate::chat::Deed;
use crate::domain::{ChatRef, Group, OfficeId, Reply, Task, Trouble, TroubleKind};
use crate::store::{ClosedGroup, OutboxRow, OutboxState};

/// How many posts are looked at in one go.
const MOST: u32 = 100;

/// How many of them are shown, and for how long.
const SHOWN: usize = 5;
const SHOWN_FOR: Duration = Duration::days(7);

/// The words of a post that stand for it, in characters.
const WORDS: usize = 60;

/// What is to be told to one office.
#[derive(Default)]
struct News {
    closed: Vec<ClosedGroup>,
    /// With the titles of their groups.
    posts: Vec<(String, OutboxRow)>,
}

impl App {
    /// Tells the specialists what did not reach their groups, as far as they do not know; of one chat one thing of a kind a
    /// day. How many rows and groups it was about.
    pub async fn tell_troubles(&self) -> Result<usize, AppError> {
        let mut session = self.store.read().await?;
        let (closed, posts) = (session.untold_closed().await?, session.untold_posts(MOST).await?);
        drop(session);
        let found = closed.len() + posts.len();
        let mut offices: BTreeMap<OfficeId, News> = BTreeMap::new();
        for group in closed {
            offices.entry(group.office).or_default().closed.push(group);
        }
        for (title, row) in posts {
            if let Some(office) = row.office {
                offices.entry(office).or_default().posts.push((title, row));
            }
        }
        for (office, news) in offices {
            let mut work = Work::begin(self, office).await?;
            work.tell_news(news).await?;
            work.commit().await?;
        }
        Ok(found)
    }
}

impl Work<'_> {
    async fn tell_news(&mut self, news: News) -> Result<(), AppError> {
        let mut troubles: Vec<(ChatRef, Trouble)> = Vec::new();
        for group in news.closed {
            self.session.told_of_closed(&group.chat).await?;
            troubles.push((group.chat, closed(group.title)));
        }
        let shut = self.session.closed_to(self.office()).await?;
        for (title, row) in news.posts {
            self.session.told_of_post(row.id).await?;
            let trouble = self.trouble_of(title, &row).filter(|_| !shut.contains(&row.chat));
            let Some(trouble) = trouble else { continue };
            let same = |(chat, known): &&mut (ChatRef, Trouble)| {
                *chat == row.chat && name(&known.kind) == name(&trouble.kind)
            };
            match troubles.iter_mut().find(same) {
                Some((_, known)) => known.codes.extend(trouble.codes),
                None => troubles.push((row.chat, trouble)),
            }
        }
        for (chat, mut trouble) in troubles {
            trouble.codes.sort();
            trouble.codes.dedup();
            let (kind, today) = (name(&trouble.kind), self.today());
            for member in self.specialists() {
                let Some(private) = self.private_chat(&member, Some(&chat)) else { continue };
                let key = format!("trouble/{kind}/{}/{}/{today}/{}", chat.platform, chat.id, member.id);
                let manner = Manner { key: Some(key), ..Manner::default() };
                self.reply(&private, &Reply::Trouble(trouble.clone()), manner).await?;
            }
        }
        Ok(())
    }

    /// What keeps posts from the groups now, and what did not reach them lately.
    pub(super) async fn troubles(&mut self) -> Result<Vec<Trouble>, AppError> {
        let shut = self.session.closed_to(self.office()).await?;
        let groups = self.snapshot.groups.iter().filter(|g| shut.contains(&g.chat));
        let mut all: Vec<Trouble> = groups.map(|g| closed(g.title.clone())).collect();
        let since = self.now - SHOWN_FOR;
        let posts = self.session.troubled_posts(self.office(), since, MOST).await?;
        let posts = posts.into_iter().filter(|(_, row)| !shut.contains(&row.chat));
        let posts: Vec<Trouble> = posts.filter_map(|(title, row)| self.trouble_of(title, &row)).collect();
        all.extend(posts.into_iter().take(SHOWN));
        for (platform, many) in self.session.unsaid_since(self.office(), since).await? {
            let group = self.app.platforms.get(&platform).map_or(platform, |p| p.name());
            all.push(Trouble {
                group,
                kind: TroubleKind::Unsaid { many },
                codes: vec![],
                words: String::new(),
            });
        }
        Ok(all)
    }

    /// How many of these groups the bot can speak in.
    pub(super) async fn count_open(&mut self, groups: &[Group]) -> Result<usize, AppError> {
        let closed = self.session.closed_to(self.office()).await?;
        Ok(groups.iter().filter(|g| !closed.contains(&g.chat)).count())
    }

    /// What became of a post; none of what is no post, such as an answer to somebody in the group.
    fn trouble_of(&self, group: String, row: &OutboxRow) -> Option<Trouble> {
        if matches!(row.deed(), Some(Deed::Send { reply_to: Some(_), .. })) {
            return None;
        }
        let kind = match row.state {
            OutboxState::Failed => TroubleKind::Failed { why: row.last_error.clone().unwrap_or_default() },
            OutboxState::Unknown => TroubleKind::Unknown,
            OutboxState::Pending => TroubleKind::Muted,
            OutboxState::Sent | OutboxState::Dropped => return None,
        };
        let codes = row.about.tasks.iter().filter_map(|t| self.snapshot.task(*t)).map(Task::code).collect();
        Some(Trouble { group, kind, codes, words: first_words(row) })
    }
}

fn closed(group: String) -> Trouble {
    Trouble { group, kind: TroubleKind::Closed, codes: vec![], words: String::new() }
}

fn name(kind: &TroubleKind) -> &'static str {
    match kind {
        TroubleKind::Closed => "closed",
        TroubleKind::Muted => "muted",
        TroubleKind::Failed { .. } => "failed",
        TroubleKind::Unknown => "unknown",
        TroubleKind::Unsaid { .. } => "unsaid",
    }
}

fn first_words(row: &OutboxRow) -> String {
    let Some(Deed::Send { text, .. }) = row.deed() else { return String::new() };
    let words = text.words();
    let line = words.lines().next().unwrap_or_default();
    line.chars().take(WORDS).collect()
}
