//! SQL and nothing else, one file a noun.
//!
//! [`Store`] is the database, [`Session`] one transaction on it; everything that can be asked or changed is a method of
//! `Session`, in the file of its noun. A session that writes is begun with [`Store::begin_for`] an office, or
//! [`Store::begin`] for what belongs to none: its first statement updates a row that all writers of the same office
//! update, so that reading before writing loses nothing on either engine. [`Store::read`] gives a session that cannot
//! write.
//!
//! SQL here is one text for SQLite and PostgreSQL: `$1`, `on conflict`, `returning`, `text` and `bigint`; moments and
//! days are parameters, names are sorted in Rust, sums and counts are cast. Statements are put together by `sql` and
//! columns read by `Row`, which know how each kind of value is stored.
//!
//! To add a noun: its tables in `migrations/` (the README there), a file here with `impl Session`, and its functions in
//! the story of `tests/it/store/`, because nothing but that story checks the SQL.

mod audit;
mod boards;
mod chats;
mod column;
mod compose;
mod contacts;
mod directives;
mod error;
mod extensions;
mod gathered;
mod groups;
mod inbox;
mod joins;
mod kept_files;
mod many;
mod members;
mod migrate_chat;
mod offices;
mod open;
mod outbox;
mod outbox_claim;
mod outbox_look;
mod outbox_settle;
mod platform_keys;
mod questions;
mod remembered;
mod schedules;
mod schools;
mod sender_names;
mod session;
mod standings;
mod submissions;
mod tasks;
mod templates;
mod troubles;
mod versions;

pub use chats::ChatState;
pub use compose::{Compose, Part};
pub use error::StoreError;
pub use inbox::{InboxCounts, InboxRow};
pub use open::Store;
pub use outbox::{NewOutboxRow, OutboxBody, OutboxRow, OutboxState, Priority};
pub use outbox_claim::{ChatDue, Room};
pub use outbox_look::{OutboxCounts, SaidRow};
pub use platform_keys::PlatformKeys;
pub use session::Session;
pub use troubles::ClosedGroup;
pub use versions::{Changed, Known, Versions};

use column::Row;
use session::sql;
