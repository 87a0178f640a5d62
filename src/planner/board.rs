//! The living board: an edit of a part of a month's post whose counts have moved. An edit makes no sound, so it keeps no hours.

use chrono::{DateTime, TimeDelta, Utc};

use super::tick::Tick;
use super::{Audience, BoardShown, Planned, Post};
use crate::domain::{Count, Month, OutboxId};

/// The least time between two edits of one board: answers come in bursts.
const PACE: TimeDelta = TimeDelta::seconds(5);

pub(super) fn due(tick: &Tick<'_>, planned: &mut Vec<Planned>) {
    for board in tick.snapshot.boards.iter().filter(|b| !b.told_anew && tick.now >= b.at + PACE) {
        let Some(counts) = moved(tick, board) else { continue };
        let key = key(board, &counts);
        if !tick.is_posted(&key) {
            planned.push(Planned {
                key,
                to: Audience::Group(board.group),
                post: Post::Board {
                    month: board.month,
                    tasks: board.shown.iter().map(|(task, _)| *task).collect(),
                    row: board.row,
                },
                send_before: None,
            });
        }
    }
}

pub(super) fn next(tick: &Tick<'_>) -> Option<DateTime<Utc>> {
    let waiting = tick.snapshot.boards.iter().filter(|b| !b.told_anew && tick.now < b.at + PACE);
    let moved = waiting.filter(|b| moved(tick, b).is_some_and(|counts| !tick.is_posted(&key(b, &counts))));
    moved.map(|b| b.at + PACE).min()
}

/// The board that an edit is about, if its counts still differ from what it shows.
pub(super) fn still_moved<'a>(tick: &Tick<'a>, row: OutboxId) -> Option<&'a BoardShown> {
    tick.snapshot.boards.iter().find(|b| b.row == row).filter(|b| moved(tick, b).is_some())
}

/// The counts of a board as they are, if it shows others; none for the board of a month that is over and done with.
fn moved(tick: &Tick<'_>, board: &BoardShown) -> Option<Vec<Count>> {
    let group = tick.snapshot.group(board.group)?;
    let mut open = board.month >= Month::of(tick.today);
    let mut differs = false;
    let counts = board.shown.iter().map(|(id, shown)| {
        let Some(task) = tick.snapshot.task(*id).filter(|t| t.is_open()) else { return *shown };
        open = true;
        let count = tick.count(task, Some(group));
        differs |= count != *shown;
        count
    });
    let counts = counts.collect();
    (open && differs).then_some(counts)
}

/// With the time of what is shown: counts that come back to an earlier state are an edit too.
fn key(board: &BoardShown, counts: &[Count]) -> String {
    use std::fmt::Write;
    let mut key = format!("board/{}/{}/", board.row, board.at.timestamp_millis());
    for count in counts {
        let _ = write!(key, "{}.{}-", count.settled, count.expected);
    }
    key
}
