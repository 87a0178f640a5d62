//! A make-believe server of Zalo's Bot Platform, with a memory: bots with their tokens, people, groups, messages, updates that
//! are told once, over and over, or not at all. Where the documentation is silent or people measured both, it can do both
//! (`world::Ways`). Nothing in it knows our bot: other people's clients live on it too.
//!
//! `world` is what the server knows, `answer` a method of the API, `limits` what a plan allows, `life` what people do,
//! `control` the same for other programs, `server` HTTP, `hook` updates by requests to the bot.

mod answer;
mod control;
mod hook;
mod life;
mod limits;
mod server;
mod world;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

pub use life::{Kind, Said};
pub use world::{Call, Idle, World};

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
    pub async fn start(tokens: &[&str], port: u16) -> std::io::Result<Self> {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        let world = Arc::new(Mutex::new(World::new(tokens, &address)));
        let fake = Self { world, rung: Arc::new(Notify::new()), address };
        server::serve(fake.clone(), listener);
        for bot in 0..tokens.len() {
            hook::deliver(fake.clone(), bot);
        }
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
