//! Requests of a platform that wait until what they brought is safe with us.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};

use crate::chat::Incoming;

/// How long a request waits for its update to be safe.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long a receive that hears nothing takes: whoever receives is to see that we are there.
const QUIET: Duration = Duration::from_secs(30);

/// What came by requests and is not safe yet.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    state: Mutex<Requests>,
    bell: Notify,
}

#[derive(Debug, Default)]
struct Requests {
    /// Not told on yet.
    fresh: Vec<(Incoming, oneshot::Sender<()>)>,
    /// Told on and not safe yet, by key.
    open: HashMap<String, oneshot::Sender<()>>,
}

impl Waiting {
    /// Takes what a request brought, and waits until all of it is safe; whether it became so in time. A platform that is told
    /// that it did not, tells it again.
    pub(super) async fn until_safe(&self, heard: impl IntoIterator<Item = Incoming>) -> bool {
        let mut safe = Vec::new();
        for incoming in heard {
            let (waits, done) = oneshot::channel();
            self.state().fresh.push((incoming, waits));
            safe.push(done);
        }
        if safe.is_empty() {
            return true;
        }
        self.bell.notify_one();
        let all = async {
            for done in safe {
                if done.await.is_err() {
                    return false;
                }
            }
            true
        };
        tokio::time::timeout(PATIENCE, all).await.unwrap_or(false)
    }

    /// What has come, as soon as something has; nothing after a while.
    pub(super) async fn receive(&self) -> Vec<Incoming> {
        // A request that comes between the look and the wait has rung the bell for it.
        if self.state().fresh.is_empty() && tokio::time::timeout(QUIET, self.bell.notified()).await.is_err() {
            return vec![];
        }
        let mut state = self.state();
        // Whoever waited too long has gone, and comes again.
        state.open.retain(|_, waits| !waits.is_closed());
        let fresh: Vec<_> = state.fresh.drain(..).filter(|(_, waits)| !waits.is_closed()).collect();
        fresh
            .into_iter()
            .map(|(incoming, waits)| {
                state.open.insert(incoming.key.clone(), waits);
                incoming
            })
            .collect()
    }

    /// Answers the requests of these updates.
    pub(super) fn acknowledge(&self, keys: &[String]) {
        let mut state = self.state();
        for waits in keys.iter().filter_map(|key| state.open.remove(key)) {
            // Whoever has gone meanwhile comes again, and the key is known.
            let _ = waits.send(());
        }
    }

    fn state(&self) -> MutexGuard<'_, Requests> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Compares secrets in a time that does not tell where the difference is.
pub(super) fn is_same(given: &[u8], secret: &[u8]) -> bool {
    let differ = given.iter().zip(secret).fold(0, |differ, (a, b)| differ | std::hint::black_box(a ^ b));
    given.len() == secret.len() && std::hint::black_box(differ) == 0
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn a_secret_is_the_same_whole_or_not() {
        assert!(is_same(b"abc", b"abc"));
        for other in [&b"abd"[..], b"ab", b"abcd", b""] {
            assert!(!is_same(other, b"abc"));
        }
    }
}
