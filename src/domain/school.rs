//! The school that answers, and which schools a task is for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{OfficeId, SchoolId};
use short_name::short_name;

mod short_name;

/// A school, or another unit that answers: an independent class group too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct School {
    /// Its id.
    pub id: SchoolId,
    /// The office that it answers to.
    pub office: OfficeId,
    /// The code of the office's register, such as `MN001`; unique within the office.
    pub code: String,
    /// Its full name: "Trường Mầm non Hoa Sen 1".
    pub name: String,
    /// Its short name for posts and lists: "MN Hoa Sen 1".
    pub short_name: String,
    /// Other names that people type.
    pub aliases: Vec<String>,
    /// Public, private or an independent class group.
    pub kind: SchoolKind,
    /// Phường, xã; empty when unknown.
    pub ward: String,
    /// Cụm; empty when unknown.
    pub cluster: String,
    /// Its head by the register; empty when unknown.
    pub principal: String,
    /// The telephone of the register, for the call list of a person only; empty when unknown.
    pub phone: String,
    /// How many children it has, by the register; none when the register does not say.
    pub enrolment: Option<i64>,
    /// The first day on which it is expected to answer.
    pub opened_on: Option<NaiveDate>,
    /// The first day on which it is no longer expected to answer.
    pub closed_on: Option<NaiveDate>,
}

impl School {
    /// Whether it is in operation on a day, and so expected to answer what is due then.
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.opened_on.is_none_or(|first| first <= day) && self.closed_on.is_none_or(|end| day < end)
    }

    /// The short name that officials use for a full one: "Trường Mầm non tư thục Hoa Sen 1" is "MN Hoa Sen 1".
    ///
    /// The level is abbreviated, whose school it is goes; a name without a known level stays as it is.
    #[must_use]
    pub fn short_name_of(name: &str) -> String {
        short_name(name)
    }
}

/// What sort of school it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SchoolKind {
    /// Công lập.
    Public,
    /// Tư thục, dân lập.
    Private,
    /// Nhóm trẻ, lớp mẫu giáo, lớp mầm non độc lập.
    Independent,
}

/// Whom a school teaches. One school may have two: "TH&THCS".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Mầm non, mẫu giáo, nhà trẻ.
    Preschool,
    /// Tiểu học.
    Primary,
    /// Trung học cơ sở.
    LowerSecondary,
    /// Trung học phổ thông.
    UpperSecondary,
}

/// Which schools a task is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Every school of the office.
    All,
    /// Schools of these kinds.
    Kinds(Vec<SchoolKind>),
    /// Schools of these clusters.
    Clusters(Vec<String>),
    /// Schools of these wards.
    Wards(Vec<String>),
    /// These schools.
    Schools(Vec<SchoolId>),
}

impl Scope {
    /// Whether a school is in it, whether or not that school is open.
    pub fn holds(&self, school: &School) -> bool {
        match self {
            Self::All => true,
            Self::Kinds(kinds) => kinds.contains(&school.kind),
            Self::Clusters(clusters) => clusters.contains(&school.cluster),
            Self::Wards(wards) => wards.contains(&school.ward),
            Self::Schools(schools) => schools.contains(&school.id),
        }
    }
}
