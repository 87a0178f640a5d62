//! The settings of an office, each as the line that sets it.

use i18n_embed_fl::fl;

use super::Voice;
use crate::domain::{LadderStep, NamePolicy, Reply, StepTime};

pub(super) fn say(voice: Voice, reply: &Reply) -> String {
    let Reply::Settings { posting_rule, ladder, deadline_hour, names, daily_cap, plans } = reply else {
        return String::new();
    };
    let words = voice.words();
    let names = match names {
        NamePolicy::Never => fl!(words, "setting-names-never"),
        NamePolicy::LastDay => fl!(words, "setting-names-last-day"),
        NamePolicy::Always => fl!(words, "setting-names-always"),
    };
    let steps = ladder.iter().map(|s| step(voice, s)).collect::<Vec<_>>().join(", ");
    let plans = plans.iter().map(|used| voice.plan(used));
    let settings = [
        fl!(words, "settings-head"),
        fl!(words, "setting-posting", rule = posting(voice, posting_rule)),
        fl!(words, "setting-ladder", steps = steps),
        fl!(words, "setting-names", names = names),
        fl!(words, "setting-deadline", hour = voice.hour(*deadline_hour)),
        fl!(words, "setting-cap", count = daily_cap.to_string()),
    ];
    let how = fl!(words, "settings-how", example = voice.command_example("caidat"));
    settings.into_iter().chain(plans).chain([how]).collect::<Vec<_>>().join("\n")
}

fn step(voice: Voice, step: &LadderStep) -> String {
    match step.time {
        StepTime::WorkingDaysBefore { days, at } => {
            fl!(voice.words(), "setting-days-before", days = days.to_string(), hour = voice.hour(at))
        }
        StepTime::HoursBefore { hours } => {
            fl!(voice.words(), "setting-hours-before", hours = hours.to_string())
        }
    }
}

fn posting(voice: Voice, rule: &str) -> String {
    let hour = |rest: &str| rest.trim().to_owned();
    match (rule.strip_prefix("first-working-day"), rule.strip_prefix("last-working-day")) {
        (Some(rest), _) => fl!(voice.words(), "setting-first-day", hour = hour(rest)),
        (_, Some(rest)) => fl!(voice.words(), "setting-last-day", hour = hour(rest)),
        (None, None) => rule.to_owned(),
    }
}
