//! Requests of a platform that wait until what they brought is safe with us.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};

use crate::chat::Incoming;

/// How long a request waits for its update to be safe.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long a receive that hears nothing takes: whoever receives is to see that we are there.
const QUIET: Duration = Duration::from_secs(30);

/// What is kept at most of what is not safe: with more, a request is told to come again.
const MOST: usize = 10_000;

/// What came by requests and is not safe yet. It is kept whether or not its request still waits: not every platform comes
/// again.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    held: Mutex<Vec<Held>>,
    bell: Notify,
}

/// An update, with the request that waits for it; an update that came again has the newer one.
#[derive(Debug)]
struct Held {
    incoming: Incoming,
    waits: oneshot::Sender<()>,
}

impl Waiting {
    /// Takes what a request brought, and waits until all of it is safe; whether it became so in time. A platform that is told
    /// that it did not, tells it again.
    pub(super) async fn until_safe(&self, heard: impl IntoIterator<Item = Incoming>) -> bool {
        let mut safe = Vec::new();
        for incoming in heard {
            let (waits, done) = oneshot::channel();
            if !self.hold(Held { incoming, waits }) {
                return false;
            }
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

    fn hold(&self, new: Held) -> bool {
        let mut held = self.held();
        let full = held.len() >= MOST;
        let known = held.iter().position(|old| old.incoming.key == new.incoming.key);
        match known.and_then(|at| held.get_mut(at)) {
            Some(old) => old.waits = new.waits,
            None if full => return false,
            None => held.push(new),
        }
        true
    }

    /// What is not safe, as soon as there is something; nothing after a while.
    pub(super) async fn receive(&self) -> Vec<Incoming> {
        // A request that comes between the look and the wait has rung the bell for it.
        if self.held().is_empty() && tokio::time::timeout(QUIET, self.bell.notified()).await.is_err() {
            return vec![];
        }
        self.held().iter().map(|held| held.incoming.clone()).collect()
    }

    /// Forgets these updates and answers their requests.
    pub(super) fn acknowledge(&self, keys: &[String]) {
        for done in self.held().extract_if(.., |held| keys.contains(&held.incoming.key)) {
            // Whoever has gone meanwhile comes again, and the key is known.
            let _ = done.waits.send(());
        }
    }

    fn held(&self) -> MutexGuard<'_, Vec<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Compares secrets in a time that does not tell where the difference is.
pub(super) fn is_same(given: &[u8], secret: &[u8]) -> bool {
    let differ = given.iter().zip(secret).fold(0, |differ, (a, b)| differ | std::hint::black_box(a ^ b));
    given.len() == secret.len() && std::hint::black_box(differ) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::{ChatKind, Heard, Sender};
    use crate::domain::{ChatRef, UserRef};

    fn incoming(key: &str) -> Incoming {
        let (platform, id) = ("x".to_owned(), "17".to_owned());
        Incoming {
            key: key.into(),
            at: chrono::DateTime::default(),
            chat: ChatRef { platform: platform.clone(), id: id.clone() },
            chat_kind: ChatKind::Private,
            chat_title: None,
            from: Sender { user: UserRef { platform, id }, name: String::new() },
            heard: Heard::MemberLeft,
        }
    }

    #[tokio::test]
    async fn what_came_is_kept_until_it_is_safe_whoever_waits_for_it() {
        let waiting = Waiting::default();
        // Its request gave up before anybody looked.
        let given_up = tokio::time::timeout(Duration::from_millis(5), waiting.until_safe([incoming("a")]));
        assert!(given_up.await.is_err());
        let first = waiting.receive().await;
        // It could not be stored: it is told on again, once, though it came a second time.
        let mut again = std::pin::pin!(waiting.until_safe([incoming("a"), incoming("b")]));
        let looked = tokio::time::timeout(Duration::from_millis(5), again.as_mut());
        assert!(looked.await.is_err());
        let second = waiting.receive().await;
        assert_eq!((first, second), (vec![incoming("a")], vec![incoming("a"), incoming("b")]));
        waiting.acknowledge(&["a".into(), "b".into()]);
        assert!(again.await, "both are safe");
        assert!(waiting.held().is_empty());
    }

    #[test]
    fn a_secret_is_the_same_whole_or_not() {
        assert!(is_same(b"abc", b"abc"));
        for other in [&b"abd"[..], b"ab", b"abcd", b""] {
            assert!(!is_same(other, b"abc"));
        }
    }
}
