//! What offices know, by kind, and how often each kind was changed: who has loaded one need not load it again while its
//! version stands still. Every statement that changes such a table moves the version, in its own transaction.

use std::collections::{BTreeMap, BTreeSet};

use super::session::Statement;
use super::{Session, StoreError, sql};
use crate::domain::{SchoolId, TaskId};

/// A kind of what an office knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// The office and its settings.
    Offices,
    /// Its schools.
    Schools,
    /// Its people, with their accounts and private chats.
    Members,
    /// Its groups.
    Groups,
    /// Its tasks.
    Tasks,
    /// Its boards.
    Boards,
    /// Where its schools stand, with their latest submissions and extensions.
    Standings,
}

impl Known {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Offices,
        Self::Schools,
        Self::Members,
        Self::Groups,
        Self::Tasks,
        Self::Boards,
        Self::Standings,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Offices => "offices",
            Self::Schools => "schools",
            Self::Members => "members",
            Self::Groups => "groups",
            Self::Tasks => "tasks",
            Self::Boards => "boards",
            Self::Standings => "standings",
        }
    }

    /// The kind whose table a statement changes.
    fn changed_by(statement: &str) -> Option<Self> {
        let table = ["insert into ", "update ", "delete from "]
            .iter()
            .find_map(|verb| statement.strip_prefix(verb))?;
        let end = table.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(table.len());
        Some(match &table[..end] {
            "offices" => Self::Offices,
            "schools" => Self::Schools,
            "members" | "member_accounts" | "member_chats" => Self::Members,
            "groups" => Self::Groups,
            "tasks" => Self::Tasks,
            "boards" => Self::Boards,
            "standings" | "submissions" | "extensions" => Self::Standings,
            _ => return None,
        })
    }
}

/// The version of each kind that was asked for.
pub type Versions = BTreeMap<Known, i64>;

/// What a transaction has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Kinds of which anything may have changed.
    pub kinds: BTreeSet<Known>,
    /// Standings that were changed one by one.
    pub standings: BTreeSet<(TaskId, SchoolId)>,
}

impl Changed {
    pub(super) fn note(&mut self, statement: &str) {
        self.kinds.extend(Known::changed_by(statement));
    }
}

impl Session {
    /// The versions as they are in this transaction.
    pub async fn versions(&mut self) -> Result<Versions, StoreError> {
        let all = self
            .all(sql("select known, version from versions"), |row| {
                Ok((row.get::<String>("known")?, row.get::<i64>("version")?))
            })
            .await?;
        let version =
            |known: Known| all.iter().find(|(word, _)| word == known.word()).map(|(_, version)| *version);
        Ok(Known::ALL.into_iter().filter_map(|known| Some((known, version(known)?))).collect())
    }

    /// Whether this transaction has changed anything that offices know.
    pub fn has_changed(&self) -> bool {
        self.changed != Changed::default() || !self.moved.is_empty()
    }

    /// What was changed in this transaction since this was asked last.
    pub fn newly_changed(&mut self) -> Changed {
        let changed = std::mem::take(&mut self.changed);
        self.moved.extend(&changed.kinds);
        if !changed.standings.is_empty() {
            self.moved.insert(Known::Standings);
        }
        changed
    }

    /// Takes how a school stands with a task for known: whoever changed it has put down what it came to.
    pub fn seen(&mut self, task: TaskId, school: SchoolId) {
        if self.changed.standings.remove(&(task, school)) {
            self.moved.insert(Known::Standings);
        }
    }

    /// Writes a row that changes how one school stands with one task.
    pub(super) async fn write_standing(
        &mut self,
        task: TaskId,
        school: SchoolId,
        statement: Statement,
    ) -> Result<(), StoreError> {
        self.write_later(statement).await?;
        self.changed.standings.insert((task, school));
        Ok(())
    }

    /// Moves the versions of all that was changed, last thing.
    pub(super) async fn move_versions(&mut self) -> Result<Versions, StoreError> {
        self.newly_changed();
        let mut versions = Versions::new();
        for known in std::mem::take(&mut self.moved) {
            let moved = sql("update versions set version = version + 1 where known = $1 returning version");
            let moved =
                self.write_returning(moved.bind(known.word()), |row| row.get::<i64>("version")).await?;
            versions.extend(moved.first().map(|version| (known, *version)));
        }
        Ok(versions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_names_what_it_changes() {
        let table = [
            ("update offices set name = $2 where id = $1", Some(Known::Offices)),
            ("insert into member_chats (member_id) values ($1)", Some(Known::Members)),
            ("delete from member_accounts where member_id = $1", Some(Known::Members)),
            ("insert into submissions (id) values ($1)", Some(Known::Standings)),
            ("update task_notes set a = 1", None),
            ("insert into outbox (id) values ($1)", None),
            ("select * from groups", None),
        ];
        for (statement, want) in table {
            assert_eq!(Known::changed_by(statement), want, "{statement}");
        }
    }
}
