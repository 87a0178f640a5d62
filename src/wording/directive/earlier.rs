//! What the draft of a directive has to do with other documents: what it does to earlier ones, which tasks may be the same, whose
//! deadline holds.

use i18n_embed_fl::fl;

use super::button;
use crate::chat::{Button, Outgoing};
use crate::domain::{Amendment, DirectiveDraft, Due, Earlier, Twin, WhichDue};
use crate::wording::Voice;
use crate::wording::line::{plain, text};

/// A button for each earlier directive that something can be done to; the first is typed without its number.
pub(super) fn supersede_rows(voice: Voice, draft: &DirectiveDraft) -> Vec<Vec<Button>> {
    let words = voice.words();
    let mut rows = Vec::new();
    for (at, earlier) in draft.earlier.iter().enumerate() {
        let (label, typed) = match earlier.amendment.ends() {
            true if earlier.directive.codes.is_empty() => continue,
            true => (fl!(words, "button-withdraw-old"), "/bo việc cũ"),
            false if earlier.moves.is_empty() => continue,
            false => (fl!(words, "button-move-old"), "/sua việc cũ"),
        };
        let typed = if rows.is_empty() { typed } else { "" };
        rows.push(vec![button(label, format!("supersede {} {at}", draft.directive.id), typed)]);
    }
    rows
}

/// What the document does to an earlier one, and what comes of it; `code` is the first task of the draft.
pub(super) fn earlier_line(voice: Voice, earlier: &Earlier, code: Option<&str>) -> String {
    let words = voice.words();
    let act = match earlier.amendment {
        Amendment::Replaces => fl!(words, "amendment-replaces"),
        Amendment::Repeals => fl!(words, "amendment-repeals"),
        Amendment::Corrects => fl!(words, "amendment-corrects"),
        Amendment::Adjusts => fl!(words, "amendment-adjusts"),
        Amendment::Supplements => fl!(words, "amendment-supplements"),
        Amendment::Extends => fl!(words, "amendment-extends"),
    };
    let said =
        fl!(words, "directive-amends", act = act, directive = voice.directive_title(&earlier.directive));
    let codes = &earlier.directive.codes;
    let then = match codes.first() {
        None => fl!(words, "directive-amends-nothing"),
        Some(_) if earlier.amendment.ends() => fl!(words, "directive-ends", codes = codes.join(", ")),
        Some(_) if !earlier.moves.is_empty() => {
            let moves = earlier.moves.iter().map(|(new, old)| format!("V{old} (V{new})"));
            fl!(words, "directive-moves", codes = moves.collect::<Vec<_>>().join(", "))
        }
        Some(_) if earlier.amendment == Amendment::Supplements => {
            fl!(words, "directive-supplements", codes = codes.join(", "))
        }
        Some(old) => match code {
            Some(code) => {
                let (code, old) = (code.to_owned(), old.clone());
                fl!(words, "directive-amends-unsure", codes = codes.join(", "), code = code, old = old)
            }
            None => fl!(words, "directive-amends-by-hand", codes = codes.join(", "), old = old.clone()),
        },
    };
    format!("{said} {then}")
}

/// Which task of a draft may be the same as another, with their deadlines where they differ.
pub(in crate::wording) fn twin_line(voice: Voice, twin: &Twin) -> String {
    let words = voice.words();
    let (code, other, title) = (format!("V{}", twin.code), format!("V{}", twin.other), twin.title.clone());
    let mut said = if twin.out {
        fl!(words, "directive-twin-out", code = code, other = other, title = title)
    } else {
        fl!(words, "directive-twin", code = code, other = other, title = title)
    };
    if let Some((new, old)) = &twin.dues {
        let dues = |dues: &[Due]| match dues {
            [] => fl!(words, "due-none"),
            _ => dues.iter().map(|due| voice.due(due)).collect::<Vec<_>>().join(", "),
        };
        said.push(' ');
        said.push_str(&fl!(words, "directive-twin-dues", new = dues(new), old = dues(old)));
    }
    said
}

pub(in crate::wording) fn merge_button(voice: Voice, twin: &Twin) -> Button {
    let (code, other) = (format!("V{}", twin.code), format!("V{}", twin.other));
    let typed = format!("/gop {code} {other}");
    let label = fl!(voice.words(), "button-merge", code = code, other = other);
    Button { label, action: format!("merge {} {}", twin.code, twin.other), typed }
}

/// Which deadline holds when two tasks become one: both with their codes, and a button for each.
pub(super) fn which_due(voice: Voice, which: &WhichDue) -> Outgoing {
    let words = voice.words();
    let (gone, kept) = (format!("V{}", which.gone), format!("V{}", which.kept));
    let said = |dues: &[Due]| dues.iter().map(|due| voice.due(due)).collect::<Vec<_>>().join(", ");
    let (new, old) = (said(&which.new), said(&which.old));
    let question = fl!(
        words,
        "directive-which-due",
        code = gone.clone(),
        other = kept.clone(),
        title = which.title.clone(),
        new = new.clone(),
        old = old.clone()
    );
    let choice = |label: String, whose: &str, typed: &str| Button {
        label,
        action: format!("merge {} {} {whose}", which.gone, which.kept),
        typed: format!("/gop {gone} {kept} {typed}"),
    };
    let mut rows = vec![
        vec![choice(fl!(words, "button-due-new", due = new), "new", "hạn mới")],
        vec![choice(fl!(words, "button-due-old", due = old), "old", "hạn cũ")],
    ];
    if !which.out {
        rows.push(vec![choice(fl!(words, "button-due-both"), "both", "cả hai")]);
    }
    if let Some(directive) = which.directive {
        let action = format!("draft {directive}");
        rows.push(vec![button(fl!(words, "button-not-merge"), action, "/xem văn bản")]);
    }
    let mut blocks = vec![plain(question)];
    blocks.extend(which.out.then(|| plain(fl!(words, "directive-which-due-out", other = kept))));
    Outgoing { text: text(blocks), buttons: rows }
}
