//! How soon after a message the next one may follow in the same chat.

use chrono::{DateTime, Duration, Utc};

use crate::chat::Limits;

/// The window of `Limits::group_per_minute`.
pub(super) const MINUTE: Duration = Duration::minutes(1);

/// The next moments at which something may leave in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slots {
    /// A message that somebody waits for.
    pub asked: DateTime<Utc>,
    /// Any other message or edit: in a group it leaves `Limits::group_reserve` of the minute to the former.
    pub unasked: DateTime<Utc>,
}

/// The next moments after a message that left at `now`.
///
/// `before` is what this function said of asked messages after the message before it. Gap and burst are a bucket that
/// holds `chat_burst` messages and gains one every `chat_gap_ms`; all that need be known of it is the moment at which it
/// has one again. `lately` are the messages that left within the last minute, oldest first, this one included; they count
/// in groups only.
pub(super) fn next_slot(
    limits: &Limits,
    in_group: bool,
    before: DateTime<Utc>,
    lately: &[DateTime<Utc>],
    now: DateTime<Utc>,
) -> Slots {
    let gap = Duration::milliseconds(limits.chat_gap_ms.into());
    let saved = gap * i32::try_from(limits.chat_burst.max(1) - 1).unwrap_or(i32::MAX);
    let by_gap = (before + saved).max(now) + gap - saved;
    let with_minute = |most: u32| {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let by_minute = match lately.len().checked_sub(most) {
            Some(first) if in_group && most > 0 => lately.get(first).map(|at| *at + MINUTE),
            _ => None,
        };
        by_minute.map_or(by_gap, |at| at.max(by_gap))
    };
    let most = limits.group_per_minute;
    let unasked = if most == 0 { 0 } else { most.saturating_sub(limits.group_reserve).max(1) };
    Slots { asked: with_minute(most), unasked: with_minute(unasked) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::TextUnit;

    fn limits(gap: u32, burst: u32, minute: u32) -> Limits {
        Limits {
            text: 4096,
            caption: 1024,
            unit: TextUnit::Utf16,
            per_second: 30,
            chat_gap_ms: gap,
            chat_burst: burst,
            group_per_minute: minute,
            group_reserve: 0,
            per_month: 0,
            counts_received: true,
            groups: 0,
            people: 0,
            kept_minutes: 24 * 60,
            action_bytes: 64,
            receive_bytes: 0,
        }
    }

    /// Sends as fast as it is let; the seconds at which messages leave.
    fn seconds(limits: &Limits, in_group: bool, how_many: usize) -> Vec<i64> {
        let start = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let (mut now, mut slot, mut sent) = (start, DateTime::default(), Vec::new());
        for _ in 0..how_many {
            now = slot.max(now);
            sent.push(now);
            let lately: Vec<_> = sent.iter().copied().filter(|at| *at > now - MINUTE).collect();
            slot = next_slot(limits, in_group, slot, &lately, now).asked;
        }
        sent.into_iter().map(|at| (at - start).num_seconds()).collect()
    }

    #[test]
    fn a_burst_then_one_a_gap() {
        assert_eq!(seconds(&limits(1000, 3, 0), false, 6), [0, 0, 0, 1, 2, 3]);
        assert_eq!(seconds(&limits(2000, 1, 0), false, 4), [0, 2, 4, 6]);
        assert_eq!(seconds(&limits(0, 1, 0), false, 3), [0, 0, 0]);
    }

    #[test]
    fn a_group_has_so_many_a_minute() {
        assert_eq!(seconds(&limits(0, 1, 3), true, 8), [0, 0, 0, 60, 60, 60, 120, 120]);
        assert_eq!(seconds(&limits(0, 1, 3), false, 4), [0, 0, 0, 0]);
        assert_eq!(seconds(&limits(10_000, 2, 3), true, 6), [0, 0, 10, 60, 70, 80]);
    }

    #[test]
    fn quiet_fills_the_bucket_again() {
        let (limits, start) = (limits(1000, 3, 0), DateTime::from_timestamp(1_790_000_000, 0).unwrap());
        let later = start + Duration::hours(1);
        let mut slot = next_slot(&limits, false, start + Duration::seconds(1), &[], later).asked;
        assert!(slot <= later);
        slot = next_slot(&limits, false, slot, &[], later).asked;
        assert!(slot <= later);
        assert_eq!(next_slot(&limits, false, slot, &[], later).asked, later + Duration::seconds(1));
    }

    #[test]
    fn a_part_of_the_minute_of_a_group_is_kept_for_answers() {
        let (limits, start) = (limits(0, 1, 5), DateTime::from_timestamp(1_790_000_000, 0).unwrap());
        let limits = Limits { group_reserve: 2, ..limits };
        let after = |sent: i64, in_group| {
            let lately: Vec<_> = (0..sent).map(|n| start + Duration::seconds(n)).collect();
            let now = start + Duration::seconds(10);
            let slots = next_slot(&limits, in_group, DateTime::default(), &lately, now);
            [slots.asked, slots.unasked].map(|at| (at - start).num_seconds())
        };
        assert_eq!(after(2, true), [10, 10]);
        assert_eq!(after(3, true), [10, 60]);
        assert_eq!(after(4, true), [10, 61]);
        assert_eq!(after(5, true), [60, 62]);
        assert_eq!(after(5, false), [10, 10]);
    }
}
