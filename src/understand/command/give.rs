//! A task in one line: `Cân đo lần 1; hạn 17/10 16h; biểu: tổng trẻ, cân đo <= tổng trẻ; cho: cụm 1; khẩn`.

use super::Give;
use super::args::{Args, day_in, missing};
use crate::domain::{CommandProblem, Due, Form, Requires, SchoolId, SchoolKind, Scope, Urgency};
use crate::understand::form::form;
use crate::understand::line::Line;
use crate::understand::phrases::{Tag, phrases};
use crate::vietnamese::fold_words;

/// What a part of the line is about.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Text,
    Due,
    Form,
    Scope,
    Stamp(Urgency),
    Wants(Requires),
}

pub(super) fn give(args: &mut Args) -> Result<Give, CommandProblem> {
    let whole = args.take_rest();
    let mut text: Vec<String> = Vec::new();
    let mut form_text: Vec<String> = Vec::new();
    let (mut due, mut scope, mut urgency, mut wants) = (None, Scope::All, Urgency::Normal, None);
    let mut last = Part::Text;
    for piece in pieces(&whole) {
        let (part, rest) = part_of(piece);
        // A form may be cut with semicolons: what names nothing new goes on with it.
        let part = if part == Part::Text && last == Part::Form { Part::Form } else { part };
        match part {
            Part::Text => text.push(piece.to_owned()),
            Part::Form => form_text.push(rest.to_owned()),
            Part::Due => due = Some(deadline(rest, args)?),
            Part::Scope => scope = self::scope(rest, args)?,
            Part::Stamp(stamp) => urgency = stamp,
            Part::Wants(requires) => wants = Some(requires),
        }
        last = part;
    }
    let text = text.join("; ");
    if !text.chars().any(char::is_alphabetic) {
        return Err(missing("text"));
    }
    let form = if form_text.is_empty() { Form::default() } else { form(&form_text.join(", "))? };
    let due = match due {
        Some(due) => Some(due),
        None => deadline_in_sentence(&text, args)?,
    };
    let line = Line::new(&text);
    let hands_in = phrases().find(&line).iter().any(|h| h.tag == Tag::HandIn);
    let requires = wants.unwrap_or(match form.is_empty() && !hands_in {
        true => Requires::Confirmation,
        false => Requires::Submission,
    });
    Ok(Give { text, due, form, scope, urgency, requires })
}

/// Cut at semicolons and ends of lines, outside of brackets.
fn pieces(whole: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    whole
        .split(move |c: char| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth <= 0 && matches!(c, ';' | '\n')
        })
        .map(str::trim)
        .filter(|p| !p.is_empty())
}

fn part_of(piece: &str) -> (Part, &str) {
    let line = Line::new(piece);
    let behind = |words: usize| {
        let from = line.tokens.get(words.wrapping_sub(1)).map_or(0, |t| t.end);
        line_tail(piece, from)
    };
    let head = fold_words(piece);
    let begins = |words: &str| head == words || head.starts_with(&format!("{words} "));
    for (words, part) in [
        ("han chot", Part::Due),
        ("han cuoi", Part::Due),
        ("thoi han", Part::Due),
        ("han", Part::Due),
        ("cham nhat", Part::Due),
    ] {
        if begins(words) {
            return (part, behind(words.split(' ').count()));
        }
    }
    for (words, part) in [
        ("bieu", Part::Form),
        ("bieu mau", Part::Form),
        ("so lieu", Part::Form),
        ("chi tieu", Part::Form),
        ("cho", Part::Scope),
        ("pham vi", Part::Scope),
        ("gui cho", Part::Scope),
    ] {
        let count = words.split(' ').count();
        if begins(words) && (line.is_sign(count, ':') || words == "cho") {
            return (part, behind(count));
        }
    }
    let part = match head.as_str() {
        "khan" | "thuong khan" => Part::Stamp(Urgency::Urgent),
        "hoa toc" => Part::Stamp(Urgency::Express),
        "xac nhan" | "can xac nhan" | "bao da lam" => Part::Wants(Requires::Confirmation),
        "de biet" | "thong bao" | "khong can tra loi" | "khong can bao cao" => Part::Wants(Requires::None),
        "nop bao cao" | "bao cao" | "nop" | "can nop" => Part::Wants(Requires::Submission),
        _ => return (Part::Text, piece),
    };
    (part, "")
}

fn line_tail(piece: &str, from: usize) -> &str {
    piece.get(from..).unwrap_or_default().trim_start_matches([' ', ':', ',']).trim()
}

fn deadline(text: &str, args: &Args) -> Result<Due, CommandProblem> {
    // "hạn 17" and "hạn: thứ 6" need the word that names a day.
    let named = format!("đến {text}");
    match day_in(&named, args.context) {
        Some((found, _)) => {
            let (day, time) = found?;
            Ok(Due { quote: text.to_owned(), ..Due::before(day, time) })
        }
        None => Err(CommandProblem::BadDate { given: text.to_owned() }),
    }
}

/// "… trước 17h ngày 17/10", "… chậm nhất thứ 6" in the text itself.
fn deadline_in_sentence(text: &str, args: &Args) -> Result<Option<Due>, CommandProblem> {
    let folded: String = crate::vietnamese::fold(text);
    let lead = [
        "truoc",
        "cham nhat",
        "muon nhat",
        "han cuoi",
        "han chot",
        "den het",
        "het ngay",
        "xong trong",
        "han",
    ]
    .iter()
    .filter_map(|lead| {
        folded.match_indices(lead).map(|(at, _)| at).find(|at| stands_apart(&folded, *at, lead.len()))
    })
    .min();
    let Some(at) = lead else { return Ok(None) };
    // Folding keeps one character for one: the same count of characters lies before it.
    let characters = folded[..at].chars().count();
    let tail: String = text.chars().skip(characters).collect();
    match day_in(&tail, args.context) {
        Some((found, _)) => {
            let (day, time) = found?;
            Ok(Some(Due { quote: tail.trim().to_owned(), ..Due::before(day, time) }))
        }
        None => Ok(None),
    }
}

fn stands_apart(text: &str, at: usize, len: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !letter(text[..at].chars().next_back()) && !letter(text[at + len..].chars().next())
}

/// Whom a task is for: `cụm 1`, `công lập`, `phường Hòa Bình`, names of schools, all mixed with commas.
pub(super) fn scope(text: &str, args: &Args) -> Result<Scope, CommandProblem> {
    let index = args.context.schools;
    let (mut kinds, mut clusters, mut wards, mut schools) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for part in text.split([',', ';']).map(str::trim).filter(|p| !p.is_empty()) {
        let folded = fold_words(part);
        if matches!(folded.as_str(), "tat ca" | "toan bo" | "cac truong" | "tat ca cac truong" | "moi truong")
        {
            return Ok(Scope::All);
        }
        if let Some(kind) = kind(&folded) {
            kinds.push(kind);
        } else if let Some(cluster) = index.cluster(part) {
            clusters.push(cluster);
        } else if let Some(ward) = index.ward(part) {
            wards.push(ward);
        } else {
            let line = Line::new(part);
            let found = index.find(&line);
            match found.is_empty() {
                true => schools.push(args.resolve(index.lookup(part), part.to_owned())?),
                false => {
                    for name in found {
                        let given = line.printed(name.tokens.clone()).to_owned();
                        schools.push(args.resolve(name.who, given)?);
                    }
                }
            }
        }
    }
    Ok(match (kinds.is_empty(), clusters.is_empty(), wards.is_empty(), schools.is_empty()) {
        (true, true, true, true) => return Err(missing("school")),
        (false, true, true, true) => Scope::Kinds(kinds),
        (true, false, true, true) => Scope::Clusters(clusters),
        (true, true, false, true) => Scope::Wards(wards),
        _ => {
            // Mixed: the schools themselves.
            let parts = [Scope::Kinds(kinds), Scope::Clusters(clusters), Scope::Wards(wards)];
            let mut all: Vec<SchoolId> =
                parts.iter().flat_map(|scope| index.in_scope(scope)).chain(schools).collect();
            all.sort();
            all.dedup();
            Scope::Schools(all)
        }
    })
}

fn kind(folded: &str) -> Option<SchoolKind> {
    let words =
        folded.trim_start_matches("cac ").trim_start_matches("truong ").trim_start_matches("mam non ");
    match words {
        "cong lap" => Some(SchoolKind::Public),
        "tu thuc" | "dan lap" | "ngoai cong lap" => Some(SchoolKind::Private),
        "nhom tre" | "nhom lop" | "doc lap" | "nhom tre doc lap" | "nhom lop doc lap"
        | "nhom tre tu thuc" | "lop doc lap" | "co so doc lap" => Some(SchoolKind::Independent),
        _ => None,
    }
}
