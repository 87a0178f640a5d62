//! The bot's side of the world.

use async_trait::async_trait;

use super::event::Event;
use super::flavour::Flavour;
use super::world::World;
use crate::chat::{Capabilities, Deed, FetchError, Incoming, Platform, ReceiveError, SendError};
use crate::domain::ChatRef;

/// One make-believe platform: what the bot holds instead of Telegram or Zalo.
pub struct Simulator {
    world: World,
    flavour: Flavour,
}

/// How a deed did not succeed.
pub(super) enum Failure {
    Told(SendError),
    Hangs,
}

impl Simulator {
    /// Lets a flavour be played in a world. One flavour a key; the same key again takes its place.
    pub fn new(world: &World, flavour: Flavour) -> Self {
        world.lock().flavours.insert(flavour.key.clone(), flavour.clone());
        Self { world: world.clone(), flavour }
    }
}

#[async_trait]
impl Platform for Simulator {
    fn key(&self) -> &str {
        &self.flavour.key
    }

    fn name(&self) -> String {
        self.flavour.bot_name.clone()
    }

    fn capabilities(&self) -> &Capabilities {
        &self.flavour.capabilities
    }

    async fn receive(&self) -> Result<Vec<Incoming>, ReceiveError> {
        let mut changes = self.world.changes();
        loop {
            if let Some(line) = self.world.lock().scene.lines.get(&self.flavour.key) {
                if line.outage {
                    return Err(ReceiveError::Unreachable("outage".into()));
                }
                if !line.waiting.is_empty() {
                    return Ok(line.waiting.clone());
                }
            }
            changes.changed().await.map_err(|_| ReceiveError::Ended)?;
        }
    }

    async fn acknowledge(&self, keys: &[String]) -> Result<(), ReceiveError> {
        let platform = self.flavour.key.clone();
        self.world
            .change(|_, scene| {
                let line = scene.lines.get(&platform);
                if line.is_some_and(|line| line.outage) {
                    return Ok((Err(ReceiveError::Unreachable("outage".into())), vec![]));
                }
                let waits = line.is_some_and(|line| line.waiting.iter().any(|u| keys.contains(&u.key)));
                let event = Event::Acknowledged { platform: platform.clone(), keys: keys.to_vec() };
                Ok((Ok(()), if waits { vec![event] } else { vec![] }))
            })
            .unwrap_or_else(|error| Err(ReceiveError::Unreachable(error.to_string())))
    }

    async fn send(&self, chat: &ChatRef, deed: &Deed) -> Result<Option<String>, SendError> {
        match self.world.perform(&self.flavour, chat, deed) {
            Ok(message) => Ok(message),
            Err(Failure::Told(error)) => Err(error),
            Err(Failure::Hangs) => std::future::pending().await,
        }
    }

    async fn fetch(&self, file: &str, max: u64) -> Result<Vec<u8>, FetchError> {
        if self.world.switches(&self.flavour.key).outage {
            return Err(FetchError::Unreachable("outage".into()));
        }
        let (_, bytes) = self.world.file(file).ok_or(FetchError::Gone)?;
        if bytes.len() as u64 > max.min(self.flavour.capabilities.limits.receive_bytes) {
            return Err(FetchError::TooLarge);
        }
        Ok(bytes.to_vec())
    }
}
