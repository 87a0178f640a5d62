//! How far an office is set up, and the files and codes by which it goes on.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Trouble;
use crate::domain::FullBot;

/// How far an office is set up, and what is to be done next.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FirstSteps {
    /// Its name; empty when it has none yet.
    pub office: String,
    /// How many schools its register has.
    pub schools: usize,
    /// How many of them nobody has joined for.
    pub without_people: usize,
    /// Titles of its groups.
    pub groups: Vec<String>,
    /// Whether it has tasks, planned or out.
    pub tasks: bool,
    /// The address that puts the bot into a group, where the platform has one.
    pub group_link: Option<String>,
    /// What did not reach a group lately.
    pub troubles: Vec<Trouble>,
}

impl FirstSteps {
    /// Nothing is left that the bot cannot do without.
    pub fn are_done(&self) -> bool {
        !self.office.is_empty() && self.schools > 0 && !self.groups.is_empty()
    }
}

/// One-time codes for schools that nobody has joined for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolCodes {
    /// Short name of the school, its code, and the address that joins with it, where the platform has one.
    pub codes: Vec<(String, String, Option<String>)>,
    /// Until when they are good.
    pub until: DateTime<Utc>,
    /// Bots that have no room for more people.
    pub full: Vec<FullBot>,
}
