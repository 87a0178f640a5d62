//! A filled copy of the office's own form: read cell by cell, booked through the same checks as figures in chat, the one wrong
//! cell asked about with its address.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::AppError;
use super::message::Message;
use super::record::{Giver, Landing, blamed};
use super::speak::Manner;
use super::template::{SentWorkbook, names};
use super::work::Work;
use crate::chat::About;
use crate::domain::{
    Address, CheckReply, Fault, Field, FieldKind, FormReply, Measure, Reply, SchoolId, Task, Value, Values,
};
use crate::import::workbook::{Cell, Content, CopyFault, Filled, Layout, Whose, Workbook};
use crate::understand::{Asked, Who, field_value, figure_of};
use crate::vietnamese::fold_words;
use crate::wording::{CellFault, copy_fault, refusal};

/// So many of its words in percent make a workbook a copy of a form, however it was changed.
const LIKE: usize = 60;

/// What stands in the cells of one school.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub(super) values: Values,
    /// Fields whose cells hold what they cannot hold: why, where, and what stands there.
    pub(super) unread: Vec<(Field, CellFault, String, String)>,
    /// Addresses by the labels of their fields.
    pub(super) addresses: BTreeMap<String, String>,
}

/// The values in a school's cells.
pub(super) fn values_of(task: &Task, filled: &Filled, now: NaiveDateTime) -> Cells {
    let mut cells = Cells::default();
    for field in &task.form.fields {
        let Some(cell) = filled.cells.get(&field.key) else { continue };
        let address = cell.place.address();
        cells.addresses.insert(field.label.clone(), address.clone());
        if let (Content::Number(number), true) = (&cell.content, field.measure() != Measure::WHOLE)
            && field.kind != FieldKind::Percent
            && !is_negative(number)
        {
            match measured(field, number) {
                Ok(kept) => drop(cells.values.insert(field.key.clone(), Value::Figure(kept))),
                Err(fault) => cells.unread.push((field.clone(), fault, address, cell.content.shown())),
            }
            continue;
        }
        match typed(field, cell) {
            Err(fault) => cells.unread.push((field.clone(), fault, address, cell.content.shown())),
            Ok(text) => match field_value(field, &text, now) {
                Some(Ok(value)) => {
                    cells.values.insert(field.key.clone(), value);
                }
                Some(Err(())) => {
                    cells.unread.push((field.clone(), CellFault::Unreadable, address, cell.content.shown()));
                }
                None => {}
            },
        }
    }
    cells
}

/// What is in a cell, as a person would type it into the field.
fn typed(field: &Field, cell: &Cell) -> Result<String, CellFault> {
    match (&cell.content, field.kind) {
        (Content::Error(_), _) => Err(CellFault::Error),
        (Content::Empty, _) if cell.formula => Err(CellFault::NotComputed),
        (Content::Number(number) | Content::Text(number), kind)
            if kind.is_figure() && is_negative(number) =>
        {
            Err(CellFault::Negative)
        }
        (Content::Number(number), FieldKind::Percent) => share(number, cell.percent),
        (Content::Number(number), FieldKind::Count | FieldKind::Money) if number.contains('.') => {
            // 0,95 shown as 95 % in a cell for children is no count either.
            Err(CellFault::NotWhole)
        }
        (Content::Number(_), FieldKind::Date)
        | (Content::Day(_), FieldKind::Count | FieldKind::Decimal | FieldKind::Money | FieldKind::Percent) => {
            Err(CellFault::Unreadable)
        }
        (content, _) => Ok(content.shown()),
    }
}

/// What is kept of a number of a cell, which is in the unit of its field. What Excel computed has noise far behind the comma.
fn measured(field: &Field, number: &str) -> Result<i64, CellFault> {
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    let noisy = rest.len() > 9;
    let exact = match number.parse::<f64>() {
        Ok(value) if noisy => format!("{value:.6}"),
        _ => format!("{whole}.{rest}"),
    };
    let exact = if exact.contains('.') { exact.trim_end_matches('0').trim_end_matches('.') } else { &exact };
    let decimals = exact.split_once('.').map_or(0, |(_, rest)| rest.len());
    let digits = exact.replace('.', "").parse::<i64>().map_err(|_| CellFault::Unreadable)?;
    let decimals = u32::try_from(decimals).map_err(|_| CellFault::Unreadable)?;
    let fault = if field.kind == FieldKind::Decimal { CellFault::TooFine } else { CellFault::Unreadable };
    figure_of(field, digits, decimals).ok_or(fault)
}

/// "-3", "- 3": a dash alone is a way to write that there is nothing.
fn is_negative(text: &str) -> bool {
    let behind = text.trim().strip_prefix(['-', '−', '–']).map(str::trim);
    behind.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(|c| ('1'..='9').contains(&c))
    })
}

/// A share as typed: 0,95 in a cell that shows 95 %; 95 and 0,95 in one that shows numbers. 1 may be either.
fn share(number: &str, shown_as_percent: bool) -> Result<String, CellFault> {
    let Ok(value) = number.parse::<f64>() else { return Err(CellFault::Unreadable) };
    match () {
        () if !shown_as_percent && value == 1.0 => Err(CellFault::WhichShare),
        () if shown_as_percent || (0.0 < value && value < 1.0) => {
            Ok(format!("{:.2}%", value * 100.0).replace('.', ","))
        }
        () => Ok(format!("{value:.2}%").replace('.', ",")),
    }
}

/// The words of an order to hand in without the order and the codes: the school that is meant, if any.
fn said_beside_codes(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let folded: Vec<String> = words.iter().map(|word| fold_words(word)).collect();
    let order = match folded.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["ghiho", ..] => 1,
        ["ghi", "ho", ..] => 2,
        _ => 0,
    };
    let is_code = |word: &String| {
        word.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()))
    };
    let said = words.iter().zip(&folded).skip(order).filter(|(_, folded)| !is_code(folded));
    said.map(|(word, _)| *word).collect::<Vec<_>>().join(" ")
}

impl Work<'_> {
    /// A filled copy of a form that is out: of the sender's schools, or of those for which an officer hands it in. Whether it was one.
    pub(super) async fn take_copy(
        &mut self,
        message: &Message,
        sent: SentWorkbook,
    ) -> Result<bool, AppError> {
        let Some((task, layout)) = self.form_of_copy(message, &sent).await? else { return Ok(false) };
        let language = self.snapshot.office.language;
        let own = self.schools_for(message, &task);
        let filled = match &sent.read {
            Ok(book) => self
                .filled_by(&layout, book, &own)
                .map_err(|faults| faults.iter().map(|fault| copy_fault(language, fault)).collect::<Vec<_>>()),
            Err(why) => Err(vec![refusal(language, why, &sent.name)]),
        };
        match filled {
            Ok(filled) => {
                for one in &filled {
                    if let Some(school) = own.get(one.school).copied() {
                        self.land_copy(message, &task, school, one).await?;
                    }
                }
                self.tell_others_rows(message, &task, &filled).await?;
            }
            Err(sentences) => {
                let reply =
                    Reply::Form(FormReply::CopyRefused { code: task.code(), file: sent.name, sentences });
                let about = About { tasks: vec![task.id], ..About::default() };
                let manner = Manner { about, reply_to: Some(message.place.id.clone()), ..Manner::default() };
                let chat = message.place.chat.clone();
                self.reply_privately(&message.member, &chat, &reply, manner).await?;
            }
        }
        Ok(true)
    }

    /// Rows of other schools in a copy are said to be left out: whoever passes one file around must know.
    async fn tell_others_rows(
        &mut self,
        message: &Message,
        task: &Task,
        filled: &[Filled],
    ) -> Result<(), AppError> {
        let rows: Vec<(String, String)> = filled.iter().flat_map(|one| one.others.iter().cloned()).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let reply = Reply::Form(FormReply::OthersRows { code: task.code(), rows });
        let about = About { tasks: vec![task.id], ..About::default() };
        let manner = Manner { about, reply_to: Some(message.place.id.clone()), ..Manner::default() };
        let chat = message.place.chat.clone();
        self.reply_privately(&message.member, &chat, &reply, manner).await?;
        Ok(())
    }

    /// The sender's schools that a task is for; for an officer the school that is named, or every one, by the names in the rows.
    fn schools_for(&self, message: &Message, task: &Task) -> Vec<SchoolId> {
        let mut own = message.member.schools();
        if own.is_empty() {
            own = match self.indexes().schools.lookup(&said_beside_codes(&message.text)) {
                Who::One { id, sure: true } => vec![id],
                _ => self.snapshot.schools.iter().filter(|s| s.closed_on.is_none()).map(|s| s.id).collect(),
            };
        }
        own.retain(|school| self.school(*school).is_some_and(|s| task.scope.holds(s)));
        own
    }

    /// What these schools filled in. A name in a cell is one of theirs, another school's, or nobody's.
    pub(super) fn filled_by(
        &self,
        layout: &Layout,
        book: &Workbook,
        own: &[SchoolId],
    ) -> Result<Vec<Filled>, Vec<CopyFault>> {
        let indexes = self.indexes();
        let whose = |name: &str| match indexes.schools.lookup(name) {
            _ if name.is_empty() => Whose::Unknown,
            Who::One { id, sure } => match own.iter().position(|school| *school == id) {
                Some(at) => Whose::Own(at),
                None if sure => Whose::Other,
                None => Whose::Unknown,
            },
            _ => Whose::Unknown,
        };
        let filled = layout.filled(book, &whose)?;
        // Without a name beside it a row is the sender's only where the sender speaks for one school.
        let nameless = own.len() > 1 && filled.len() == 1 && !self.names_one(layout, book, &whose);
        if nameless {
            return Err(vec![CopyFault::NoRow { cell: layout.name_cell() }]);
        }
        Ok(filled)
    }

    fn names_one(&self, layout: &Layout, book: &Workbook, whose: &dyn Fn(&str) -> Whose) -> bool {
        let sheet = book.sheets.iter().find(|s| s.name == layout.sheet);
        let texts = sheet.into_iter().flat_map(|s| &s.cells).map(|cell| cell.content.shown());
        texts.filter(|text| !text.is_empty()).any(|text| matches!(whose(&text), Whose::Own(_)))
    }

    /// The form that a workbook is a copy of: that of the task which is quoted or named, else the one that it is most like.
    async fn form_of_copy(
        &mut self,
        message: &Message,
        sent: &SentWorkbook,
    ) -> Result<Option<(Task, Layout)>, AppError> {
        let schools = message.member.schools();
        let open: Vec<Task> = if schools.is_empty() {
            self.snapshot.tasks.iter().filter(|t| t.is_open()).cloned().collect()
        } else {
            self.open_tasks(&schools, false).iter().map(|o| o.task.clone()).collect()
        };
        let quoted = self.bind(message).await?.quoted;
        let named = |task: &Task| names(&message.text, &task.code());
        let mut found: Option<(usize, Task, Layout)> = None;
        for task in open.into_iter().filter(|task| task.form.template.is_some()) {
            let meant = named(&task) || matches!(quoted[..], [one] if one == task.id);
            let Some(layout) = self.template_layout(&task).await? else { continue };
            let like = sent.read.as_ref().map_or(0, |book| layout.likeness(book));
            // What cannot be read at all is told only to who says what it is for.
            let score = if meant { like + 1_000 } else { like };
            if (meant || like >= LIKE) && found.as_ref().is_none_or(|(best, ..)| score > *best) {
                found = Some((score, task, layout));
            }
        }
        // A task that also asks for a file may get any workbook as that.
        let is_file = |task: &Task, like: usize| {
            like < LIKE && task.form.fields.iter().any(|f| f.kind == FieldKind::File)
        };
        Ok(found
            .filter(|(score, task, _)| !is_file(task, score % 1_000))
            .map(|(_, task, layout)| (task, layout)))
    }

    /// Books what one school filled in.
    async fn land_copy(
        &mut self,
        message: &Message,
        task: &Task,
        school: SchoolId,
        filled: &Filled,
    ) -> Result<(), AppError> {
        let now = message.at.with_timezone(&self.snapshot.office.zone).naive_local();
        let cells = values_of(task, filled, now);
        // An empty cell takes nothing back.
        let before = self.standing(task.id, school).submission.map(|s| s.values).unwrap_or_default();
        let mut values = before;
        values.extend(cells.values.clone());
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        let address = Address::of(&message.member.name);
        if !cells.unread.is_empty() {
            let voice = self.voice();
            let sentence = |(field, fault, cell, found): &(Field, CellFault, String, String)| {
                voice.cell_fault(*fault, field, cell, found)
            };
            let sentences = cells.unread.iter().map(sentence).collect();
            let fields: Vec<Field> = cells.unread.iter().map(|(field, ..)| field.clone()).collect();
            let keys = fields.iter().map(|field| field.key.clone()).collect();
            let (school_name, code) = (self.school_name(school), task.code());
            let reply = FormReply::CellsRefused { address, school: school_name, code, sentences, fields };
            let asked = Asked::Fields { task: task.id, school, fields: keys, given: values };
            return self.ask_privately(message, &Reply::Form(reply), asked, about).await;
        }
        let on_behalf = message.member.schools().is_empty();
        let giver = Giver {
            by: message.member.id,
            on_behalf,
            message: Some(message.place.clone()),
            at: message.at,
            kept: vec![],
            trusted: false,
            corrects: false,
        };
        let (voice, school_named) = (self.voice(), self.school_name(school));
        let with_cell = |label: &str| match cells.addresses.get(label) {
            // Of several schools' rows it is said whose.
            Some(cell) if on_behalf => voice.with_cell(label, &format!("{cell}, {school_named}")),
            Some(cell) => voice.with_cell(label, cell),
            None => label.to_owned(),
        };
        let given = values.clone();
        let chat = message.place.chat.clone();
        match self.land(task, school, values, giver).await? {
            Landing::Stored(mut read_back) | Landing::Same(mut read_back) => {
                for label in &mut read_back.missing {
                    if let Some(cell) = cells.addresses.get(label.as_str()) {
                        *label = voice.with_cell(label, cell);
                    }
                }
                let manner = Manner { about, reply_to: Some(message.place.id.clone()), ..Manner::default() };
                let reply = Reply::ReadBack(*read_back);
                self.reply(&chat, &reply, manner).await?;
                if on_behalf {
                    self.tell_school(task, school, &reply).await?;
                }
            }
            Landing::Faulty(faults) => {
                let usual = self.usual(task, school);
                let fields = blamed(task, &faults, &given, &usual.beside());
                let keys = fields.iter().map(|f| f.key.clone()).collect();
                let asked = Asked::Fields { task: task.id, school, fields: keys, given };
                let faults: Vec<Fault> = faults.into_iter().map(|f| f.with_labels(with_cell)).collect();
                let reply = Reply::Faulty { address, code: task.code(), faults, fields };
                self.ask_privately(message, &reply, asked, about).await?;
            }
            Landing::Odd(odd, values) => {
                self.ask_odd(message, task, school, odd, values, message.at).await?;
            }
            Landing::StillReturned(reason) => {
                let reply = Reply::Check(CheckReply::StillReturned { code: task.code(), reason });
                let manner = Manner { reply_to: Some(message.place.id.clone()), ..Manner::default() };
                self.reply_privately(&message.member, &chat, &reply, manner).await?;
            }
            Landing::Nothing => self.ask_where(message, task, school).await?,
        }
        Ok(())
    }
}
