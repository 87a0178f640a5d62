//! The HTML of the page. Whatever a person typed is escaped.

use std::fmt::Write as _;

use super::super::page::{escaped, page};
use super::name_of;
use crate::app::{Design, DesignList};
use crate::domain::TypedField;
use crate::wording::DesignWords;

/// The tasks with their forms.
pub(super) fn list(token: &str, list: &DesignList) -> String {
    let words = list.voice.design_words();
    let mut body =
        format!("<header><p>{}</p><h1>{}</h1></header>", escaped(&list.office), escaped(&words.list));
    if list.tasks.is_empty() {
        let _ = write!(body, "<p>{}</p>", escaped(&words.none));
    }
    body.push_str("<ul class=\"tasks\">");
    for (code, title, out, fields) in &list.tasks {
        let state = if *out { &words.out } else { &words.draft };
        let _ = write!(
            body,
            "<li><a href=\"/soan/{}/{code}\">{code} {}</a><p class=\"help\">{} · {}</p></li>",
            escaped(token),
            escaped(title),
            escaped(state),
            escaped(&list.voice.design_count(*fields)),
            code = escaped(code)
        );
    }
    body.push_str("</ul>");
    page(words.language, &words.list, &body)
}

/// The form of a task with what was typed, what is wrong with it, how it is understood, and what was stored.
pub(super) fn design(token: &str, design: &Design) -> String {
    let words = design.voice.design_words();
    let (path, code) = (format!("/soan/{}", escaped(token)), escaped(&design.code));
    let mut body = format!(
        "<header><p>{}</p><h1>{code} {}</h1><p><a href=\"{path}\">{}</a></p><p>{}</p></header>",
        escaped(&design.office),
        escaped(&design.title),
        escaped(&words.back),
        escaped(&words.how)
    );
    if let Some(saved) = &design.saved {
        let _ = write!(body, "<p class=\"stored\" role=\"status\">{}</p>", escaped(saved));
    }
    body.push_str(&faults(design, &words));
    body.push_str(&look(design, &words));
    let _ = write!(
        body,
        "<form method=\"post\" action=\"{path}/{code}\" enctype=\"multipart/form-data\" autocomplete=\"off\">\
         <button class=\"away\" name=\"do\" value=\"look\" tabindex=\"-1\" aria-hidden=\"true\">{0}</button>\
         <input type=\"hidden\" name=\"base\" value=\"{1}\"><input type=\"hidden\" name=\"seen\" value=\"{2}\">",
        escaped(&words.look),
        escaped(&design.base),
        escaped(&design.seen)
    );
    body.push_str(&beginning(design, &words));
    body.push_str(&template(design, &words));
    let _ = write!(body, "<h2>{}</h2>", escaped(&words.fields));
    // There is always a row to type into.
    let blank = [TypedField { required: true, ..TypedField::default() }];
    let rows = if design.rows.is_empty() { &blank[..] } else { &design.rows[..] };
    for (at, field) in rows.iter().enumerate() {
        body.push_str(&row(design, at, field, &words));
    }
    let _ = write!(
        body,
        "<input type=\"hidden\" name=\"rows\" value=\"{0}\">\
         <button class=\"plain\" name=\"do\" value=\"add\" formaction=\"{path}/{code}#r{0}\">{1}</button>",
        rows.len(),
        escaped(&words.add)
    );
    body.push_str(&ending(design, &words));
    let _ = write!(body, "</form><footer><p>{}</p></footer>", escaped(&words.foot));
    page(words.language, &format!("{} · {}", design.code, words.list), &body)
}

fn faults(design: &Design, words: &DesignWords) -> String {
    if design.faults.is_empty() {
        return String::new();
    }
    let mut html = format!("<div class=\"faults\" role=\"alert\"><p>{}</p><ul>", escaped(&words.faults));
    for (row, said) in &design.faults {
        let said = escaped(said);
        let _ = match row {
            Some(row) => write!(html, "<li><a href=\"#r{row}\">{said}</a></li>"),
            None => write!(html, "<li>{said}</li>"),
        };
    }
    html.push_str("</ul></div>");
    html
}

/// How the form is understood, what schools see of it, and what becomes of their answers.
fn look(design: &Design, words: &DesignWords) -> String {
    let mut html = String::new();
    if let Some(form) = &design.looked {
        let (lines, example) = design.voice.design_looked(&design.code, form);
        let _ = write!(html, "<section class=\"looked\" role=\"status\"><h2>{}</h2>", escaped(&words.looked));
        for line in &lines {
            let _ = write!(html, "<p>{}</p>", escaped(line));
        }
        let _ = write!(html, "<h2>{}</h2><p class=\"chat\">{}</p>", escaped(&words.sees), escaped(&example));
        let (typed, said) = &design.trial;
        if !said.is_empty() {
            let _ = write!(
                html,
                "<h2>{}</h2><p class=\"chat\">{}</p>",
                escaped(&words.understood),
                escaped(typed)
            );
            for line in said {
                let _ = write!(html, "<p>{}</p>", escaped(line));
            }
        }
        html.push_str("</section>");
    }
    if !design.changes.is_empty() {
        let _ = write!(
            html,
            "<section class=\"changes\" role=\"status\"><h2>{}</h2><ul>",
            escaped(&words.changes)
        );
        for line in &design.changes {
            let _ = write!(html, "<li>{}</li>", escaped(line));
        }
        html.push_str("</ul></section>");
    }
    html
}

/// Ready forms, a line, a workbook. Open where there is nothing yet.
fn beginning(design: &Design, words: &DesignWords) -> String {
    let open = if design.rows.is_empty() { " open" } else { "" };
    let mut html = format!("<details{open}><summary>{}</summary>", escaped(&words.start));
    let _ = write!(
        html,
        "<div><label for=\"start\">{}</label><select id=\"start\" name=\"start\"><option value=\"\">{}</option>",
        escaped(&words.ready),
        escaped(&words.choose)
    );
    for (key, title) in &design.starters {
        let _ = write!(html, "<option value=\"{}\">{}</option>", escaped(key), escaped(title));
    }
    let _ = write!(
        html,
        "</select><button class=\"plain\" name=\"do\" value=\"take\">{}</button></div>\
         <div><label for=\"line\">{}</label><textarea id=\"line\" name=\"line\" rows=\"3\" \
         placeholder=\"tổng số trẻ (trẻ), cân đo &lt;= tổng số trẻ, nhẹ cân\"></textarea>\
         <button class=\"plain\" name=\"do\" value=\"line\">{}</button></div>\
         <div><label for=\"file\">{}</label><input id=\"file\" name=\"file\" type=\"file\" accept=\".xlsx,.xlsm\">\
         <button class=\"plain\" name=\"do\" value=\"template\">{}</button></div></details>",
        escaped(&words.take),
        escaped(&words.line),
        escaped(&words.read_line),
        escaped(&words.workbook),
        escaped(&words.read_workbook)
    );
    html
}

fn template(design: &Design, words: &DesignWords) -> String {
    let Some((name, mark)) = &design.template else { return String::new() };
    format!(
        "<div><p class=\"help\">{}</p><input type=\"hidden\" name=\"template\" value=\"{}\">\
         <input type=\"hidden\" name=\"mark\" value=\"{}\">\
         <label class=\"tick\"><input type=\"checkbox\" name=\"no-template\" value=\"1\"> {}</label></div>",
        escaped(&design.voice.design_template(name)),
        escaped(name),
        escaped(mark),
        escaped(&words.no_workbook)
    )
}

fn row(design: &Design, at: usize, field: &TypedField, words: &DesignWords) -> String {
    let wrong = design.faults.iter().any(|(row, _)| *row == Some(at));
    let mark = if wrong { " class=\"wrong\"" } else { "" };
    let invalid = if wrong { " aria-invalid=\"true\"" } else { "" };
    let mut legend = escaped(&design.voice.design_row(at + 1));
    if !field.label.trim().is_empty() {
        let _ = write!(legend, ": {}", escaped(&field.label));
    }
    let mut html = format!(
        "<fieldset id=\"r{at}\"{mark}><legend>{legend}</legend>\
         <input type=\"hidden\" name=\"key-{at}\" value=\"{}\">\
         <div><label for=\"label-{at}\">{}</label>\
         <input id=\"label-{at}\" name=\"label-{at}\" maxlength=\"60\" value=\"{}\"{invalid}></div>",
        escaped(&field.key),
        escaped(&words.name),
        escaped(&field.label)
    );
    let _ = write!(
        html,
        "<div class=\"pair\"><div><label for=\"kind-{at}\">{}</label><select id=\"kind-{at}\" name=\"kind-{at}\">",
        escaped(&words.kind)
    );
    for (kind, said) in &words.kinds {
        let selected = if *kind == field.kind { " selected" } else { "" };
        let _ = write!(html, "<option value=\"{}\"{selected}>{}</option>", name_of(*kind), escaped(said));
    }
    html.push_str("</select></div>");
    let input = |name: &str, label: &str, value: &str| {
        format!(
            "<div><label for=\"{name}-{at}\">{}</label><input id=\"{name}-{at}\" name=\"{name}-{at}\" value=\"{}\"></div>",
            escaped(label),
            escaped(value)
        )
    };
    let tick = |name: &str, label: &str, ticked: bool| {
        let ticked = if ticked { " checked" } else { "" };
        format!(
            "<label class=\"tick\"><input type=\"checkbox\" name=\"{name}-{at}\" value=\"1\"{ticked}> {}</label>",
            escaped(label)
        )
    };
    html.push_str(&input("unit", &words.unit, &field.unit));
    html.push_str("</div>");
    html.push_str(&tick("required", &words.required, field.required));
    let said = [&field.min, &field.max, &field.options, &field.aliases, &field.example, &field.help];
    let open =
        if wrong || said.iter().any(|text| !text.is_empty()) || field.enrolment { " open" } else { "" };
    let _ = write!(html, "<details{open}><summary>{}</summary><div class=\"pair\">", escaped(&words.more));
    html.push_str(&input("min", &words.min, &field.min));
    html.push_str(&input("max", &words.max, &field.max));
    html.push_str("</div>");
    html.push_str(&input("options", &words.options, &field.options));
    html.push_str(&tick("enrolment", &words.enrolment, field.enrolment));
    html.push_str(&input("aliases", &words.aliases, &field.aliases));
    html.push_str(&input("example", &words.example, &field.example));
    html.push_str(&input("help", &words.help, &field.help));
    html.push_str("</details><div class=\"pair\">");
    let label = |verb: &str| format!("{} – {}", escaped(verb), escaped(&design.voice.design_row(at + 1)));
    if at > 0 {
        let _ = write!(
            html,
            "<button class=\"plain\" name=\"do\" value=\"up-{at}\" aria-label=\"{}\">{}</button>",
            label(&words.up),
            escaped(&words.up)
        );
    }
    let _ = write!(
        html,
        "<button class=\"plain\" name=\"do\" value=\"drop-{at}\" aria-label=\"{}\">{}</button></div></fieldset>",
        label(&words.drop),
        escaped(&words.drop)
    );
    html
}

/// The rules, an answer to try, and what to do.
fn ending(design: &Design, words: &DesignWords) -> String {
    let lines = design.rules.lines().count().clamp(3, 12) + 1;
    let mut html = format!(
        "<div><label for=\"rules\">{}</label><textarea id=\"rules\" name=\"rules\" rows=\"{lines}\" \
         aria-describedby=\"rules-help\">{}</textarea><ul class=\"help\" id=\"rules-help\">",
        escaped(&words.rules),
        escaped(&design.rules)
    );
    for example in &words.rules_help {
        let _ = write!(html, "<li>{}</li>", escaped(example));
    }
    let _ = write!(
        html,
        "</ul></div><div><label for=\"trial\">{}</label>\
         <textarea id=\"trial\" name=\"trial\" rows=\"2\">{}</textarea></div>\
         <button class=\"plain\" name=\"do\" value=\"look\">{}</button>\
         <button name=\"do\" value=\"save\">{}</button>",
        escaped(&words.trial),
        escaped(&design.trial.0),
        escaped(&words.look),
        escaped(&words.save)
    );
    html
}
