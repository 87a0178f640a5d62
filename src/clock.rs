//! What time it is: the only door to the system's clock, and the maker of time-ordered ids.

use std::sync::Mutex;

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use tokio::sync::watch;
use uuid::{Builder, Uuid};

use std::sync::atomic::{AtomicU64, Ordering};

/// Tells the time and waits for it.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> DateTime<Utc>;

    /// Returns once [`Clock::now`] has reached `moment`; at once when it has passed.
    async fn sleep_until(&self, moment: DateTime<Utc>);
}

/// The machine's own time.
#[derive(Debug, Default)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    async fn sleep_until(&self, moment: DateTime<Utc>) {
        while let Ok(left) = (moment - self.now()).to_std() {
            if left.is_zero() {
                return;
            }
            tokio::time::sleep(left).await;
        }
    }
}

/// A clock that moves only when told to: tests move it, and so does the page of the demo.
#[derive(Debug)]
pub struct ManualClock {
    now: watch::Sender<DateTime<Utc>>,
}

impl ManualClock {
    /// Stands at `now`.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self { now: watch::Sender::new(now) }
    }

    /// Moves to `moment` and wakes who waits; never back.
    pub fn set(&self, moment: DateTime<Utc>) {
        self.now.send_if_modified(|now| {
            let later = moment > *now;
            if later {
                *now = moment;
            }
            later
        });
    }

    /// Moves on by `step`.
    pub fn advance(&self, step: Duration) {
        self.set(self.now() + step);
    }
}

#[async_trait]
impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.now.borrow()
    }

    async fn sleep_until(&self, moment: DateTime<Utc>) {
        let mut now = self.now.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail while somebody holds the clock.
        let _ = now.wait_for(|now| *now >= moment).await;
    }
}

/// Makes ids that sort by time, and secrets.
#[derive(Debug)]
pub struct Ids {
    source: Source,
    count: AtomicU64,
    last: Mutex<i64>,
}

/// Where the part of an id comes from that is not time.
#[derive(Debug)]
enum Source {
    /// The operating system: nobody can guess it.
    System,
    /// A seed: the same ids again, for a replay.
    Seed(u64),
}

impl Ids {
    /// A maker that makes the same ids again when asked at the same times. For tests and the demo: its secrets are none.
    pub fn seeded(seed: u64) -> Self {
        Self { source: Source::Seed(seed), count: AtomicU64::new(0), last: Mutex::new(0) }
    }

    /// A maker whose ids nobody else makes and whose secrets nobody can guess.
    pub fn of_system() -> Self {
        Self { source: Source::System, count: AtomicU64::new(0), last: Mutex::new(0) }
    }

    /// The next id, later in order than all before it from this maker.
    pub fn next<Noun>(&self, now: DateTime<Utc>) -> crate::domain::Id<Noun> {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *last = now.timestamp_millis().max(*last);
        let mut bytes = [0_u8; 10];
        bytes[..4].copy_from_slice(&(count as u32).to_be_bytes());
        bytes[4..].copy_from_slice(&self.random(count).to_be_bytes()[2..]);
        let millis = u64::try_from(*last).unwrap_or_default();
        // The count stands behind the 12 free bits of version and variant, so order within a millisecond holds for
        // a hundred million ids a maker.
        bytes[0] &= 0x0f;
        crate::domain::Id::new(Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }

    /// Sixty-four bits for a one-time code.
    pub fn secret(&self) -> u64 {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        self.random(count)
    }

    /// A name for one run of the program that no other run has, also where the ids of both are seeded alike.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the door: it is stored nowhere that a replay compares"
    )]
    pub fn name_of_run() -> String {
        Uuid::new_v4().to_string()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the door: what nobody can guess")]
    fn random(&self, count: u64) -> u64 {
        match self.source {
            Source::System => Uuid::new_v4().as_u128() as u64,
            Source::Seed(seed) => mixed(seed.wrapping_add(count.wrapping_mul(0x9E37_79B9_7F4A_7C15))),
        }
    }
}

/// SplitMix64's finishing steps: neighbouring numbers become unlike ones.
fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::TaskId;

    #[test]
    fn ids_sort_by_the_order_in_which_they_were_made() {
        let ids = Ids::seeded(7);
        let start = DateTime::from_timestamp_millis(1_790_000_000_000).unwrap();
        let made: Vec<TaskId> =
            (0..10_000).map(|i| ids.next(start + Duration::milliseconds(i / 5_000))).collect();
        assert!(made.is_sorted());
        assert_eq!(
            Ids::seeded(7).next::<()>(start).to_string(),
            Ids::seeded(7).next::<()>(start).to_string()
        );
    }

    #[tokio::test]
    async fn a_manual_clock_wakes_who_waits() {
        let start = DateTime::from_timestamp_millis(0).unwrap();
        let clock = std::sync::Arc::new(ManualClock::new(start));
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(start + Duration::hours(1)).await }
        });
        clock.advance(Duration::hours(2));
        waiting.await.unwrap();
    }
}
