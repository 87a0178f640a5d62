//! A make-believe world of chats that takes the place of Telegram and Zalo in the demo and in the transcripts.
//!
//! A [`World`] holds people, chats and messages. People act on it from outside ([`World::say`], [`World::press`], …), the
//! bot through one [`Simulator`] a [`Flavour`]: what the real platform would refuse, refuse to deliver or answer with
//! 429, this one does too. Nothing here is random and nothing waits for real time: the same calls at the same moments
//! give the same ids. All that happens is an [`Entry`] with a number, so that whoever watches can read what happened
//! since; in a folder ([`World::open`]) the entries also outlive the process.
//!
//! To add a kind of platform: a function beside [`Flavour::telegram_like`] with its capabilities as data.

mod deeds;
mod error;
mod event;
mod flavour;
mod hearing;
mod journal;
mod people;
mod platform;
mod scene;
mod world;

#[cfg(test)]
mod tests;

pub use error::WorldError;
pub use event::{Author, Entry, Event, Mishap, StoredFile};
pub use flavour::Flavour;
pub use platform::Simulator;
pub use scene::{Chat, Message, Person};
pub use world::{NewFile, Switches, World};
