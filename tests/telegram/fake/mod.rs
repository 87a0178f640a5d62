//! A make-believe server of Telegram's Bot API, with a memory: chats, members, messages, updates that wait until they are
//! confirmed, limits, and whatever goes wrong in earnest. Nothing in it knows our bot: other people's clients live on it too.
//!
//! `world` is what the server knows, `answer` a method of the API, `message` and `change` what may be sent and changed,
//! `pace` the limits, `life` what people do, `control` the same for other programs, `server` HTTP, `hook` updates by
//! requests to the bot.

mod answer;
mod change;
mod control;
mod hook;
mod life;
mod message;
mod pace;
mod server;
mod world;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

pub use crate::emulator::{Mishap, Odds, Order, Random, pause};
pub use control::calls;
pub use life::Said;
pub use world::{Call, Message, Standing, World};

/// The server, as tests hold it.
#[derive(Clone)]
pub struct Fake {
    world: Arc<Mutex<World>>,
    /// Rung when an update waits, or when another poll takes the place of one.
    rung: Arc<Notify>,
    pub address: String,
}

impl Fake {
    /// On a port of loopback; 0 for any. The current runtime serves it.
    pub async fn start(token: &str, port: u16) -> std::io::Result<Self> {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        let world = Arc::new(Mutex::new(World::new(token)));
        let fake = Self { world, rung: Arc::new(Notify::new()), address };
        server::serve(fake.clone(), listener);
        hook::deliver(fake.clone());
        Ok(fake)
    }

    /// Looks at the world, or changes it; whoever polls is rung.
    pub fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let done = act(&mut self.lock());
        self.rung.notify_waiters();
        done
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
