//! What make-believe servers of bot platforms share, and the real program that runs against them.
//!
//! `request` reads what a client asks, `chaos` lets things go wrong, `wire` cuts connections, `program` starts the bot as a
//! process of its own, in a time that is moved by `clock.c`.

mod chaos;
mod program;
mod request;
mod wire;

use std::future::Future;

use libtest_mimic::{Failed, Trial};

pub use chaos::{Chaos, Mishap, Odds, Order, Random};
pub use program::{Place, Running};
pub use request::Asked;
pub use wire::{Cut, Door};

/// What came of something that was tried.
pub type Tried = Result<(), String>;

/// A test that waits for other processes.
pub fn trial<F: Future<Output = Tried>>(name: &str, test: impl FnOnce() -> F + Send + 'static) -> Trial {
    Trial::test(name, move || on_runtime(test()).map_err(Failed::from))
}

/// Runs something to its end.
pub fn on_runtime(what: impl Future<Output = Tried>) -> Tried {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|e| e.to_string())?.block_on(what)
}

/// Milliseconds since 1970 on the machine's clock.
#[expect(clippy::disallowed_methods, reason = "a server of its own, with the machine's clock")]
pub fn machine_time() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as i64)
}

/// Waits for other processes, which have no clock to move.
#[expect(clippy::disallowed_methods, reason = "other processes are waited for")]
pub async fn pause(milliseconds: u64) {
    tokio::time::sleep(std::time::Duration::from_millis(milliseconds)).await;
}
