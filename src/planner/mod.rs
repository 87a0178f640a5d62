//! When to say something: `plan(&Snapshot, now)` and `next_due`, one rule a file.
//!
//! The planner never speaks and never remembers. It is given all that an office knows ([`Snapshot`]) and the time, and
//! returns only what is due now and has not gone out ([`Snapshot::posted`]), so an outage is caught up by the same code.
//! Each [`Planned`] carries no words and no counts, only *what it is about* ([`Post`]); [`facts`] turns a post into an
//! [`Announcement`](crate::domain::Announcement) from the snapshot of the second in which it is sent, or into nothing
//! when there is nothing left to say. To add a rule: a file with `due(&Snapshot, now)`, an arm of `Post`, a line in
//! `plan` and in `next_due`, and a scenario.

mod snapshot;

pub use crate::domain::BoardShown;
pub use snapshot::{Audience, Planned, Post, Snapshot};
