//! The reading of a message as a page for a terminal: what is understood, whether it would be stored or asked about, and why.

use std::fmt::Write as _;

use i18n_embed_fl::fl;

use super::case::Scene;
use super::json::intent;
use crate::domain::{Field, Language, Value};
use crate::understand::{Act, Binding, Context, Evidence, Intent, Label, NumberTold, Reading, Unclear};
use crate::wording::catalog;

/// What examples tell of a message.
pub struct Learned {
    /// What it is most like, how sure that is, and the words that weighed most.
    pub like: Option<(Label, f32, Vec<String>)>,
    /// Its numbers that are likely no figures.
    pub no_figures: Vec<NumberTold>,
}

/// The page.
pub fn page(
    reading: &Reading,
    evidence: &[Evidence],
    learned: Learned,
    scene: &Scene,
    context: &Context,
    language: Language,
) -> String {
    let words = catalog(language);
    let mut out = String::new();
    if reading.acts.is_empty() {
        let _ = writeln!(out, "{}", fl!(words, "understand-nothing"));
    }
    for act in &reading.acts {
        one(&mut out, act, scene, context, language);
        out.push('\n');
    }
    let _ = writeln!(out, "{}", fl!(words, "understand-why"));
    for found in evidence {
        let _ = writeln!(out, "  “{}” → {}", found.words, found.rule);
    }
    let percent = |share: f32| format!("{:.0}", share * 100.0);
    if let Some((label, share, seen)) = learned.like {
        let share = percent(share);
        let _ = writeln!(
            out,
            "  {}",
            fl!(words, "understand-like", label = meaning(label.name(), language), share = share)
        );
        let _ = writeln!(out, "    {}", seen.join(" · "));
    }
    for NumberTold { number, former, share } in learned.no_figures {
        let share = percent(share);
        let told = if former {
            fl!(words, "understand-number-former", number = number, share = share)
        } else {
            fl!(words, "understand-number-other", number = number, share = share)
        };
        let _ = writeln!(out, "  {told}");
    }
    out
}

fn one(out: &mut String, act: &Act, scene: &Scene, context: &Context, language: Language) {
    let words = catalog(language);
    let school = match act.school {
        Some(id) => context.schools.short_name(id).to_owned(),
        None => fl!(words, "understand-sender"),
    };
    let rows = [
        (fl!(words, "understand-intent"), Some(meaning(intent(act), language))),
        (fl!(words, "understand-school"), Some(school)),
        (fl!(words, "understand-task"), Some(task(act, scene, language))),
        (fl!(words, "understand-figures"), Some(figures(act, scene)).filter(|f| !f.is_empty())),
        (fl!(words, "understand-links"), act.given().map(|g| g.links.join(" ")).filter(|l| !l.is_empty())),
        (fl!(words, "understand-until"), until(act)),
        (fl!(words, "understand-certain"), Some(certainty(act, language))),
    ];
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, value) in rows {
        if let Some(value) = value {
            let _ = writeln!(out, "{name:width$}  {value}");
        }
    }
}

fn meaning(intent: &str, language: Language) -> String {
    let words = catalog(language);
    match intent {
        "submit" => fl!(words, "understand-submit"),
        "nothing" => fl!(words, "understand-nothing-to-report"),
        "done" => fl!(words, "understand-done"),
        "promise" => fl!(words, "understand-promise"),
        "extension" => fl!(words, "understand-extension"),
        "unable" => fl!(words, "understand-unable"),
        "correction" => fl!(words, "understand-correction"),
        "question" => fl!(words, "understand-question"),
        "confirm" => fl!(words, "understand-confirm"),
        _ => fl!(words, "understand-chitchat"),
    }
}

fn task(act: &Act, scene: &Scene, language: Language) -> String {
    let words = catalog(language);
    let Some(at) = act.task.task().and_then(|t| scene.place(t)) else {
        return fl!(words, "understand-no-task");
    };
    let task = &scene.tasks[at];
    let why = match &act.task {
        Binding::Code(_) => fl!(words, "understand-by-code"),
        Binding::OnlyOpen(_) => fl!(words, "understand-by-only"),
        Binding::Fields(_) => fl!(words, "understand-by-fields"),
        Binding::Topic(_) => fl!(words, "understand-by-topic"),
        Binding::Likely(_) => fl!(words, "understand-by-likely"),
        Binding::Due(_) => fl!(words, "understand-by-due"),
        _ => fl!(words, "understand-by-quote"),
    };
    format!("{}. {} ({why})", at + 1, task.title(80))
}

fn figures(act: &Act, scene: &Scene) -> String {
    let Some(given) = act.given() else { return String::new() };
    let form = act.task.task().and_then(|t| scene.place(t)).map(|n| &scene.tasks[n].form);
    let fields = form.map(|f| f.fields.as_slice()).unwrap_or_default();
    let bound = fields.iter().filter_map(|f| match given.values.get(&f.key)? {
        Value::Figure(n) => Some(format!("{} = {}", f.label, figure(f, *n))),
        _ => None,
    });
    let loose = given.loose.iter().map(|f| format!("? {} = {}", f.label, f.printed));
    bound.chain(loose).collect::<Vec<_>>().join(", ")
}

fn figure(field: &Field, n: i64) -> String {
    let measure = field.measure();
    let end = if measure.percent { " %" } else { "" };
    format!("{}{end}", measure.written(n).replace('.', ","))
}

fn until(act: &Act) -> Option<String> {
    let (Intent::Extension { until, .. } | Intent::Promise { until }) = &act.intent else { return None };
    let until = until.as_ref()?;
    let day = until.day.format("%d/%m/%Y");
    Some(until.time.map_or_else(|| day.to_string(), |time| format!("{} {day}", time.format("%H:%M"))))
}

fn certainty(act: &Act, language: Language) -> String {
    let words = catalog(language);
    let Some(doubt) = act.doubts.first() else { return fl!(words, "understand-sure") };
    match doubt {
        Unclear::WhichTask(_) | Unclear::GuessedTask(_) => fl!(words, "understand-asks-task"),
        Unclear::NoSuchTask { given } => fl!(words, "understand-asks-code", given = given.clone()),
        Unclear::WhichSchool(_) | Unclear::OthersSchool(_) => fl!(words, "understand-asks-school"),
        Unclear::NoSuchSchool { given, .. } => fl!(words, "understand-asks-name", given = given.clone()),
        Unclear::GuessedFields => fl!(words, "understand-asks-order"),
        Unclear::WhichField { figures, .. } => {
            fl!(words, "understand-asks-figure", figures = figures.join(", "))
        }
        Unclear::NotANumber { given, .. } => fl!(words, "understand-asks-number", given = given.clone()),
        Unclear::TwoFigures { .. } => fl!(words, "understand-asks-two"),
        Unclear::NothingGiven => fl!(words, "understand-asks-where"),
        Unclear::UntilWhen => fl!(words, "understand-asks-day"),
        Unclear::BadDay { given } => fl!(words, "understand-asks-real-day", given = given.clone()),
        Unclear::SameAsLast => fl!(words, "understand-asks-same"),
        Unclear::DoneOrNot => fl!(words, "understand-asks-done"),
    }
}
