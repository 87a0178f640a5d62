//! Plays a scenario: the production `app`, `store` and `delivery` over the simulator and a clock that stands still.
//!
//! A scenario is a head, a line `---`, and a conversation. Head lines are `name: value`:
//!
//! - `office:` its name (each further one begins another office) · `setting:` `names always`, `posting …`, `cap 3`,
//!   `deadline 16:30`, `language en`
//! - `schools:` short names, comma separated; behind one in brackets
//!   `(cụm 1, tư thục, 320 trẻ, closed 2026-10-10, alias …)`
//! - `group: Title on sim-telegram` (or `sim-zalo`), perhaps `with MN A, MN B`; without schools it holds all
//! - `unbound group: Title on sim-zalo` with everybody in it
//! - `specialist:`, `head:`, `principal: Name of MN A, MN B`, `deputy: Name of MN A`, `outsider:` people; a school that no principal names gets
//!   one called like the school · `unreachable:` people who never wrote to the bot
//! - `clock: 2026-09-30 16:00` · `task 10/2026: text; hạn 17/10/2026; biểu: …; cho: …`, waiting for its month
//! - `book NAME: sheet Cân đo; A1:C1 Tiêu đề; A3 TT; …` a workbook to attach (see `book.rs`), `copy NAME of OTHER: C4 337; -D3` the
//!   same with other cells · `file NAME: path` a file to attach · `leaves: expired 1` what the outbox may still hold at the end
//!
//! Lines of the conversation:
//!
//! - `Thu 2026-10-01 08:00` or `08:15` moves the clock, stopping at every due moment; `(silence until …)` says that nobody
//!   hears anything on the way
//! - `Name> words` says them in the first group; before the words, in brackets: `(to bot)` privately, `(to bot on sim-zalo)`
//!   privately from an account there, `(in Title)`,
//!   `(reply to V2)` quoting the bot's last message there with these words, else the last one of anybody, `(reply to own)` the person's own last one,
//!   `⏎` ends a line of the words;
//!   `(edit)` the person's last message anew, `(edit of 335)` the last one with these words, `(file NAME)`, `(photo NAME)`,
//!   `(paste NAME)` the text of that file in place of the words
//! - `Name presses Đã nhận` on the bot's last message with such a button; `(to bot)` or `(in Title)` before the label
//! - `Name fills in the page: tổng số trẻ 337; báo cáo file a.pdf` sends the page behind the last link that the person has; what the page
//!   says of faults stands below it as `Page> …`, and a head line `pages: https://…` lets there be pages at all
//! - `! telegram 429 2 30` two answers "retry after 30 s" · `outage on|off` · `no answer` (or `no answer 2`, done all the same) · `duplicate` · `refuse Title`
//! - `! restart` · `! kill after receive|claim|compose|send`: at the next message in or out · `! new school MN A`
//! - `? V2 MN A: hoàn thành đúng hạn` the status · `? board V2 1/3` · `? version 2 of V2 MN A` · `? log of V2 MN A: …` what the audit
//!   log says of more time
//! - `Bot> …` is what the bot says, exactly; before the words in brackets where, when it is not the first group, and
//!   `edits`; behind them what else is to be seen, and the rows of a workbook that it sends. `Bot marks Name` is a reaction.

mod book;
mod conversation;
mod head;
mod render;
mod stage;

use std::fmt::Write as _;

pub use conversation::play;

/// What differs, line by line, around the first difference.
pub fn difference(written: &str, played: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (written.lines().collect(), played.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let mut out = format!("differs from line {} (UPDATE=1 writes what was played):\n", same + 1);
    for line in &old[same.saturating_sub(4)..same] {
        let _ = writeln!(out, "    {line}");
    }
    for line in old.iter().skip(same).take(8) {
        let _ = writeln!(out, "  - {line}");
    }
    for line in new.iter().skip(same).take(8) {
        let _ = writeln!(out, "  + {line}");
    }
    out
}
