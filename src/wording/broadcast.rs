//! Words of an officer to all groups.

use i18n_embed_fl::fl;

use super::Voice;
use super::line::{plain, strong, text};
use crate::chat::{Button, Outgoing};
use crate::domain::BroadcastReply;

pub(super) fn say(voice: Voice, reply: &BroadcastReply) -> Outgoing {
    let words = voice.words();
    let mut buttons = vec![];
    let blocks = match reply {
        BroadcastReply::Preview { words: said, groups, costs } => {
            let button = |label: String, action: &str, typed: &str| Button {
                label,
                action: action.to_owned(),
                typed: typed.to_owned(),
            };
            buttons = vec![vec![
                button(fl!(words, "button-broadcast"), "count", "đúng"),
                button(fl!(words, "button-drop"), "uncount", "không"),
            ]];
            let many = groups.len().to_string();
            let head = fl!(words, "broadcast-ask", many = many, groups = groups.join(", "));
            let mut blocks = vec![plain(head), plain(said.clone())];
            blocks.extend(costs.iter().map(|cost| {
                let (bot, messages, left) =
                    (cost.bot.clone(), cost.messages.to_string(), cost.left.to_string());
                plain(if cost.waits {
                    fl!(words, "broadcast-waits", bot = bot, left = left)
                } else {
                    fl!(words, "broadcast-cost", bot = bot, messages = messages, left = left)
                })
            }));
            blocks
        }
        BroadcastReply::Notice { words: said, from: (name, office) } => {
            let from = fl!(words, "broadcast-from", name = name.clone(), office = office.clone());
            vec![strong(fl!(words, "broadcast-head")), plain(said.clone()), plain(from)]
        }
        BroadcastReply::Sent { groups } => {
            vec![plain(fl!(words, "broadcast-sent", groups = groups.to_string()))]
        }
        BroadcastReply::NoGroups => vec![plain(fl!(words, "broadcast-no-groups"))],
    };
    Outgoing { text: text(blocks), buttons }
}
