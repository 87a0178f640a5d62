//! The contract with every platform: what is heard, what is said, and what a platform can do.
//!
//! A platform is one implementation of [`Platform`] and its [`Capabilities`] as data; nothing above asks for a
//! platform's name. To add one: a folder in `platforms/` that decodes into [`Incoming`], encodes [`Deed`]s, and fills
//! in [`Capabilities`]; then a line in `run`.

mod capabilities;
mod incoming;
mod named;
mod outgoing;
mod platform;
mod split;

pub use capabilities::{Capabilities, FileLimit, Limits, TextUnit};
pub use incoming::{Attachment, AttachmentKind, ChatKind, Heard, Incoming, Origin, Quote, Sender, UPLOADED};
pub use named::places;
pub use outgoing::{About, Block, Button, Deed, Named, Outgoing, Reaction, Text};
pub use platform::{FetchError, NextStep, Platform, ReceiveError, SendError};
pub use split::split;
