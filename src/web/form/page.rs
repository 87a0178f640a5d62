//! The HTML of the page. Whatever a person typed is escaped.

use std::fmt::Write as _;

use crate::app::{COPY, FormPage, REASON};
use crate::domain::{Field, FieldKind};
use crate::wording::FormWords;

/// The form with what is in it, what is wrong with it, or what was stored.
pub(super) fn form(token: &str, form: &FormPage) -> String {
    let words = form.voice.form_words(&form.school, form.deadline);
    let mut body = String::new();
    let _ = write!(
        body,
        "<header><p>{}</p><h1>{} {}</h1><p>{}</p></header>",
        escaped(&form.office),
        escaped(&form.code),
        escaped(&form.text),
        escaped(&words.head)
    );
    if let Some(stored) = &form.stored {
        let _ =
            write!(body, "<p class=\"stored\" role=\"status\">{}</p>", escaped(&form.voice.stored(stored)));
    }
    if !form.faults.is_empty() {
        let _ = write!(body, "<div class=\"faults\" role=\"alert\"><p>{}</p><ul>", escaped(&words.faults));
        for (_, said) in &form.faults {
            let _ = write!(body, "<li>{}</li>", escaped(said));
        }
        body.push_str("</ul></div>");
    }
    let _ = write!(
        body,
        "<form method=\"post\" action=\"/bieu/{0}\" enctype=\"multipart/form-data\" autocomplete=\"off\">",
        escaped(token)
    );
    if let Some(name) = &form.template {
        let (token, name) = (escaped(token), escaped(name));
        let _ = write!(
            body,
            "<div><p><a href=\"/bieu/{token}/bieu.xlsx\">{name}</a> – {}</p><label for=\"copy\">{}</label>\
             <input id=\"copy\" name=\"{COPY}\" type=\"file\" accept=\".xlsx,.xlsm\"></div>",
            escaped(&words.template),
            escaped(&words.copy)
        );
    }
    for (field, value) in &form.fields {
        let wrong = form.faults.iter().any(|(labels, _)| labels.contains(&field.label));
        body.push_str(&input(token, field, value, wrong, &words));
    }
    if !form.odd.is_empty() {
        let (said, label) = (escaped(&form.odd.join(" ")), escaped(&words.reason));
        let _ = write!(
            body,
            "<div class=\"wrong\" role=\"alert\"><p>{said}</p><label for=\"reason\">{label}</label>\
             <textarea id=\"reason\" name=\"{REASON}\" rows=\"2\"></textarea></div>"
        );
    }
    let _ = write!(
        body,
        "<button type=\"submit\">{}</button></form><footer><p>{}</p></footer>",
        escaped(&words.send),
        escaped(&words.foot)
    );
    page(words.language, &format!("{} · {}", form.code, form.school), &body)
}

/// A page that says one thing.
pub(super) fn notice(title: &str, how: &str) -> String {
    page("vi", title, &format!("<header><h1>{}</h1><p>{}</p></header>", escaped(title), escaped(how)))
}

fn input(token: &str, field: &Field, value: &str, wrong: bool, words: &FormWords) -> String {
    let key = escaped(&field.key);
    let mark = if wrong { " class=\"wrong\"" } else { "" };
    let invalid = if wrong { " aria-invalid=\"true\"" } else { "" };
    let mut label = escaped(&field.label);
    if !field.unit.is_empty() {
        let _ = write!(label, " ({})", escaped(&field.unit));
    }
    if field.required {
        let _ = write!(label, " <span>{}</span>", escaped(&words.required));
    }
    let mut html = format!("<div{mark}><label for=\"f-{key}\">{label}</label>");
    if !field.help.is_empty() {
        let _ = write!(html, "<p class=\"help\">{}</p>", escaped(&field.help));
    }
    let value = escaped(value);
    let named = format!("id=\"f-{key}\" name=\"{key}\"{invalid}");
    html.push_str(&match field.kind {
        FieldKind::Count => format!("<input {named} inputmode=\"numeric\" value=\"{value}\">"),
        FieldKind::Percent | FieldKind::Decimal | FieldKind::Money => {
            format!("<input {named} inputmode=\"decimal\" value=\"{value}\">")
        }
        FieldKind::Link => format!("<input {named} inputmode=\"url\" value=\"{value}\">"),
        FieldKind::Date => format!("<input {named} placeholder=\"17/10/2026\" value=\"{value}\">"),
        FieldKind::Text => format!("<textarea {named} rows=\"3\">{value}</textarea>"),
        FieldKind::Choice => choice(field, &named, &value, words),
        FieldKind::File | FieldKind::Photo => {
            let accept = if field.kind == FieldKind::Photo { " accept=\"image/*\"" } else { "" };
            let kept = if value.is_empty() {
                String::new()
            } else {
                let token = escaped(token);
                let link = format!("<a href=\"/bieu/{token}/tep/{key}\">{value}</a>");
                format!("<p class=\"help\">{link} – {}</p>", escaped(&words.kept))
            };
            format!("<input {named} type=\"file\"{accept}>{kept}")
        }
    });
    html.push_str("</div>");
    html
}

fn choice(field: &Field, named: &str, value: &str, words: &FormWords) -> String {
    let mut html = format!("<select {named}><option value=\"\">{}</option>", escaped(&words.choose));
    for option in &field.options {
        let option = escaped(option);
        let selected = if option == value { " selected" } else { "" };
        let _ = write!(html, "<option{selected}>{option}</option>");
    }
    html.push_str("</select>");
    html
}

pub(super) fn page(language: &str, title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{}</title>\
         <link rel=\"stylesheet\" href=\"/bieu/form.css\"></head><body><main>{body}</main></body></html>",
        escaped(title)
    )
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_typed_becomes_markup() {
        assert_eq!(escaped("<b a=\"x\" c='y'>&"), "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;");
    }
}
