//! Setting an office up, step by step.

use i18n_embed_fl::fl;

use super::line::{plain, strong, text};
use super::{Voice, trouble};
use crate::chat::Outgoing;
use crate::domain::{FirstSteps, SchoolCodes};

pub(super) fn say(voice: Voice, steps: &FirstSteps) -> Outgoing {
    let words = voice.words();
    let mut blocks = vec![strong(fl!(words, "steps-head"))];
    let mut step = |done: bool, what: String, how: String| {
        let number = blocks.len();
        let said = if done { format!("{number}. ✓ {what}") } else { format!("{number}. {what}\n{how}") };
        blocks.push(plain(said));
    };
    let named = !steps.office.is_empty();
    let name = if named { steps.office.clone() } else { fl!(words, "step-name") };
    step(named, name, fl!(words, "step-name-how"));
    let schools = fl!(words, "step-schools", count = steps.schools.to_string());
    step(steps.schools > 0, schools, fl!(words, "step-schools-how"));
    let groups = if steps.groups.is_empty() {
        fl!(words, "step-group")
    } else {
        fl!(words, "step-groups", titles = steps.groups.join(", "))
    };
    let how = match &steps.group_link {
        Some(link) => fl!(words, "step-group-link", link = link.clone()),
        None => fl!(words, "step-group-how"),
    };
    step(!steps.groups.is_empty(), groups, how);
    step(steps.tasks, fl!(words, "step-tasks"), fl!(words, "step-tasks-how"));
    let joined = steps.schools > 0 && steps.without_people == 0;
    let people = fl!(words, "step-people", count = steps.without_people);
    step(joined, people, fl!(words, "step-people-how"));
    if !steps.troubles.is_empty() {
        blocks.push(strong(fl!(words, "trouble-head")));
        blocks.extend(steps.troubles.iter().map(|t| plain(trouble::line(voice, t))));
    }
    blocks.push(plain(fl!(words, "steps-again")));
    Outgoing { text: text(blocks), buttons: vec![] }
}

pub(super) fn codes(voice: Voice, codes: &SchoolCodes) -> Outgoing {
    let words = voice.words();
    if codes.codes.is_empty() {
        return Outgoing { text: text(vec![plain(fl!(words, "codes-none"))]), buttons: vec![] };
    }
    let until = voice.full_day(voice.local_day(codes.until));
    let count = codes.codes.len().to_string();
    let mut blocks = vec![strong(fl!(words, "codes-head", count = count, until = until))];
    blocks.extend(codes.codes.iter().map(|(school, code, link)| {
        let how = link.clone().unwrap_or_else(|| format!("/dangky {code}"));
        plain(format!("{school}: {how}"))
    }));
    blocks.push(plain(fl!(words, "codes-how")));
    blocks.extend(codes.full.iter().map(|full| plain(voice.full_of_people(full))));
    Outgoing { text: text(blocks), buttons: vec![] }
}
