//! People: members with roles, and how a person becomes one.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ChatRef, JoinRequestId, Leave, MemberId, OfficeId, SchoolId, UserRef};

/// A person bound to an office. One person may speak for several schools.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// The office.
    pub office: OfficeId,
    /// How the person is called, by the register or by the platform.
    pub name: String,
    /// What the person may do; at least one.
    pub roles: Vec<Role>,
    /// Accounts on platforms.
    pub accounts: Vec<UserRef>,
    /// Chats in which the person can be written to privately: one for each platform on which the person wrote first.
    pub private_chats: Vec<ChatRef>,
    /// The leave that the person is on, or will be; one that is over until another is told.
    pub leave: Option<Leave>,
}

/// What a member may do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Trưởng phòng, phó trưởng phòng: sees all, is told of the overdue.
    Head,
    /// Chuyên viên: hands out tasks, grants extensions, records on behalf of schools.
    Specialist,
    /// Cụm trưởng of this cluster.
    ClusterLead(String),
    /// Hiệu trưởng, chủ cơ sở of this school.
    Principal(SchoolId),
    /// Phó hiệu trưởng, văn thư of this school.
    Deputy(SchoolId),
}

impl Member {
    /// The schools for which the person answers, in the order in which they were bound.
    pub fn schools(&self) -> Vec<SchoolId> {
        let mut schools = Vec::new();
        for role in &self.roles {
            if let Role::Principal(school) | Role::Deputy(school) = role
                && !schools.contains(school)
            {
                schools.push(*school);
            }
        }
        schools
    }

    /// Whether the person may direct: head or specialist.
    pub fn directs(&self) -> bool {
        self.roles.iter().any(|r| matches!(r, Role::Head | Role::Specialist))
    }

    /// Whether the person is a specialist.
    pub fn is_specialist(&self) -> bool {
        self.roles.contains(&Role::Specialist)
    }

    /// Whether the person is a head.
    pub fn is_head(&self) -> bool {
        self.roles.contains(&Role::Head)
    }
}

/// What a one-time code gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// A role, to whoever uses it.
    Role(Role),
    /// The office, to the group in which it is typed, with these schools in it; none for all.
    Group(Vec<SchoolId>),
    /// The account from which it is typed, to this member.
    Account(MemberId),
}

/// A one-time code by which a person joins with a role, a group is bound, or a second account is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinCode {
    /// Eight characters without look-alikes, compared without case: `HS7K-2MPQ`.
    pub code: String,
    /// The office.
    pub office: OfficeId,
    /// What it gives.
    pub grant: Grant,
    /// After this moment it is void.
    pub expires_at: DateTime<Utc>,
    /// When it was used; a code is good once.
    pub used_at: Option<DateTime<Utc>>,
}

/// A person without a code who says which school they are of; a specialist decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinRequest {
    /// Its id.
    pub id: JoinRequestId,
    /// The office.
    pub office: OfficeId,
    /// Who asks.
    pub user: UserRef,
    /// How the platform calls the person.
    pub name: String,
    /// Where the person can be answered.
    pub chat: ChatRef,
    /// The school that they name.
    pub school: SchoolId,
    /// When.
    pub asked_at: DateTime<Utc>,
}
