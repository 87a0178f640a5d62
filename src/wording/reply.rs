//! What the bot answers: which file words which reply.

use super::{
    Voice, answers, asking, broadcast, checks, commands, directive, first_steps, forms, handover, leave,
    more_time, office, paste, plan, retire, search, table, trouble, web_form, words,
};
use crate::chat::Outgoing;
use crate::domain::Reply;

/// Words a reply.
pub fn answer(voice: Voice, reply: &Reply) -> Outgoing {
    match reply {
        Reply::ReadBack(_)
        | Reply::Recorded { .. }
        | Reply::Faulty { .. }
        | Reply::Withdrawn { .. }
        | Reply::Seen
        | Reply::Promised { .. }
        | Reply::Exempted { .. }
        | Reply::Unable { .. }
        | Reply::Asked { .. }
        | Reply::MyTasks { .. } => answers::say(voice, reply),
        Reply::Ask { address, what } => asking::say(voice, *address, what),
        Reply::Directive(said) => directive::say(voice, said),
        Reply::Search(said) => search::say(voice, said),
        Reply::FormLink(link) => web_form::link(voice, link),
        Reply::Paste(said) => paste::say(voice, said),
        Reply::Leave(said) => leave::say(voice, said),
        Reply::MoreTime(said) => more_time::say(voice, said),
        Reply::Join(join) => asking::join(voice, join),
        Reply::TableSent { .. } | Reply::NoFiles { .. } => table::say(voice, reply),
        Reply::FileNotTold { .. }
        | Reply::FilePrivately { .. }
        | Reply::FileLost { .. }
        | Reply::VoiceNotHeard => handover::say(voice, reply),
        Reply::FewMessages { .. }
        | Reply::FewPlaces { .. }
        | Reply::GroupsFull(_)
        | Reply::BotShut { .. } => plan::say(voice, reply),
        Reply::Check(check) => checks::say(voice, check),
        Reply::FirstSteps(steps) => first_steps::say(voice, steps),
        Reply::SchoolCodes(codes) => first_steps::codes(voice, codes),
        Reply::Form(form) => forms::say(voice, form),
        Reply::Words(said) => words::say(voice, said),
        Reply::Retire(said) => retire::say(voice, said),
        Reply::Broadcast(said) => broadcast::say(voice, said),
        Reply::Trouble(trouble) => trouble::say(voice, trouble),
        Reply::CommandFault { .. }
        | Reply::Help { .. }
        | Reply::PrivateOnly { .. }
        | Reply::Hello { .. }
        | Reply::MemberLeft { .. }
        | Reply::Gap { .. }
        | Reply::Broken { .. }
        | Reply::Nothing
        | Reply::SentPrivately
        | Reply::Ignored
        | Reply::Expired
        | Reply::EditedOrder => commands::say(voice, reply),
        _ => office::say(voice, reply),
    }
}
