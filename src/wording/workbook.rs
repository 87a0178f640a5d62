//! The office's own forms in Excel: what is found in them, what is wrong with a filled copy, cell by cell.

use i18n_embed_fl::fl;

use super::line::{plain, strong, text};
use super::{Voice, catalog};
use crate::chat::{Block, Button, Outgoing};
use crate::domain::{Field, FieldKind, FormReply, Language};
use crate::import::workbook::{CopyFault, LayoutError};

/// The most fields of a workbook that are listed.
const SHOWN: usize = 40;

pub(super) fn say(voice: Voice, reply: &FormReply) -> Outgoing {
    let words = voice.words();
    let mut buttons = vec![];
    let blocks = match reply {
        FormReply::Template { code, file, sheet, table, cells, form, others, answered } => {
            buttons = vec![vec![
                button(fl!(words, "button-use-template"), "count"),
                button(fl!(words, "button-no-template"), "uncount"),
            ]];
            let (file, sheet, count) = (file.clone(), sheet.clone(), cells.len().to_string());
            let head = if *table {
                fl!(words, "template-table", code = code.clone(), file = file, sheet = sheet, count = count)
            } else {
                fl!(words, "template-sheet", code = code.clone(), file = file, sheet = sheet, count = count)
            };
            let mut blocks = vec![strong(head)];
            let line = |(cell, field): &(String, Field)| plain(format!("{cell}: {}", voice.field(field)));
            blocks.extend(cells.iter().take(SHOWN).map(line));
            if cells.len() > SHOWN {
                blocks.push(plain(fl!(words, "template-more", count = (cells.len() - SHOWN).to_string())));
            }
            blocks.extend(voice.checks(form).map(plain));
            if !others.is_empty() {
                blocks.push(plain(fl!(words, "template-others", sheets = others.join(", "))));
            }
            if *answered > 0 {
                let (code, count) = (code.clone(), answered.to_string());
                blocks.push(plain(fl!(words, "form-set-answered", count = count, code = code)));
            }
            blocks.push(plain(fl!(words, "template-ask", code = code.clone())));
            blocks.push(plain(fl!(words, "template-checks", code = code.clone())));
            blocks
        }
        FormReply::WhichTask { file, tasks } => {
            let code = tasks.first().map_or_else(|| "V5".to_owned(), |(code, _)| code.clone());
            let mut blocks = vec![plain(fl!(words, "template-which-task", file = file.clone(), code = code))];
            blocks.extend(tasks.iter().map(|(code, title)| plain(format!("{code} {title}"))));
            blocks
        }
        FormReply::TemplateOut { task, code, title, file } => {
            let said =
                fl!(words, "template-out", code = code.clone(), title = title.clone(), file = file.clone());
            vec![
                Block { text: said, strong: false, task: Some(*task) },
                plain(fl!(words, "template-how", code = code.clone())),
            ]
        }
        FormReply::TemplateSent { code, file } => {
            vec![plain(fl!(words, "template-sent", code = code.clone(), file = file.clone()))]
        }
        FormReply::CopyRefused { code, file, sentences } => {
            let mut blocks =
                vec![plain(fl!(words, "copy-refused", code = code.clone(), file = file.clone()))];
            blocks.extend(sentences.iter().cloned().map(plain));
            blocks.push(plain(fl!(words, "copy-again", code = code.clone())));
            blocks
        }
        FormReply::CellsRefused { address, school, code, sentences, fields } => {
            let head = fl!(words, "cells-refused", school = school.clone(), code = code.clone());
            let mut blocks = vec![plain(head)];
            blocks.extend(sentences.iter().cloned().map(plain));
            let (address, example) = (voice.address(*address), voice.example(fields));
            blocks.push(plain(fl!(words, "cells-again", address = address, example = example)));
            blocks
        }
        FormReply::FilesLeft { files } => {
            vec![plain(fl!(words, "copy-files-left", files = files.join(", ")))]
        }
        FormReply::OthersRows { code, rows } => {
            let rows: Vec<String> = rows.iter().map(|(cell, name)| format!("{cell} {name}")).collect();
            vec![plain(fl!(words, "copy-others-left", code = code.clone(), rows = rows.join(", ")))]
        }
        FormReply::Master { code, answered, schools } => {
            let (answered, schools) = (answered.to_string(), schools.to_string());
            vec![plain(fl!(
                words,
                "master-sent",
                code = code.clone(),
                answered = answered,
                schools = schools
            ))]
        }
        _ => vec![],
    };
    Outgoing { text: text(blocks), buttons }
}

fn button(label: String, action: &str) -> Button {
    Button { typed: label.clone(), label, action: action.to_owned() }
}

/// Why a workbook is no form, in one sentence.
pub fn no_template(language: Language, why: &LayoutError, file: &str) -> String {
    let words = catalog(language);
    match why {
        LayoutError::Nothing => fl!(words, "template-nothing", file = file),
        LayoutError::Twice { label, first, second } => {
            let (label, first, second) = (label.as_str(), first.as_str(), second.as_str());
            fl!(words, "template-twice", label = label, first = first, second = second)
        }
        LayoutError::TooMany(most) => fl!(words, "template-too-many", file = file, most = most.to_string()),
    }
}

/// Why a filled copy is not taken, in one sentence with its cell.
pub fn copy_fault(language: Language, fault: &CopyFault) -> String {
    let words = catalog(language);
    match fault {
        CopyFault::NoSheet { sheet, found } => {
            fl!(words, "copy-no-sheet", sheet = sheet.as_str(), found = found.join(", "))
        }
        CopyFault::Shifted { head, from, to } => {
            fl!(words, "copy-shifted", head = head.as_str(), from = from.as_str(), to = to.as_str())
        }
        CopyFault::Renamed { cell, head, found } => {
            fl!(words, "copy-renamed", cell = cell.as_str(), head = head.as_str(), found = found.as_str())
        }
        CopyFault::Removed { cell, head } => {
            fl!(words, "copy-removed", cell = cell.as_str(), head = head.as_str())
        }
        CopyFault::Moved { head, from, to } => {
            fl!(words, "copy-moved", head = head.as_str(), from = from.as_str(), to = to.as_str())
        }
        CopyFault::Added { cell, found } if found.is_empty() => {
            fl!(words, "copy-added-empty", cell = cell.as_str())
        }
        CopyFault::Added { cell, found } => {
            fl!(words, "copy-added", cell = cell.as_str(), found = found.as_str())
        }
        CopyFault::NoRow { cell } => fl!(words, "copy-no-row", cell = cell.as_str()),
        CopyFault::OthersRow { cell, found } => {
            fl!(words, "copy-others-row", cell = cell.as_str(), found = found.as_str())
        }
        CopyFault::TwoRows { cells } => fl!(words, "copy-two-rows", cells = cells.join(", ")),
        CopyFault::Blank { cell } => fl!(words, "copy-blank", cell = cell.as_str()),
    }
}

/// What is in a cell that its field cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellFault {
    /// A formula that went wrong.
    Error,
    /// A formula that was never computed.
    NotComputed,
    /// Part of a thing that is counted.
    NotWhole,
    /// Fewer than none.
    Negative,
    /// More decimals than are kept.
    TooFine,
    /// 1: is it 1 % or 100 %?
    WhichShare,
    /// Whatever else its kind cannot hold.
    Unreadable,
}

impl Voice {
    /// A label with its cell behind it: `cân đo (ô D7)`.
    pub fn with_cell(&self, label: &str, cell: &str) -> String {
        fl!(self.words(), "label-with-cell", label = label.to_owned(), cell = cell.to_owned())
    }

    /// What is wrong with one cell, in one sentence.
    pub fn cell_fault(&self, fault: CellFault, field: &Field, cell: &str, found: &str) -> String {
        let words = self.words();
        let (label, cell, found) = (field.label.clone(), cell.to_owned(), found.to_owned());
        match fault {
            CellFault::Error => fl!(words, "cell-error", cell = cell, label = label, found = found),
            CellFault::NotComputed => fl!(words, "cell-not-computed", cell = cell, label = label),
            CellFault::NotWhole => fl!(words, "cell-not-whole", cell = cell, label = label, found = found),
            CellFault::TooFine => fl!(words, "cell-too-fine", cell = cell, label = label, found = found),
            CellFault::Negative => fl!(words, "cell-negative", cell = cell, label = label, found = found),
            CellFault::WhichShare => fl!(words, "cell-which-share", cell = cell, label = label),
            CellFault::Unreadable => match field.kind {
                FieldKind::Date => fl!(words, "cell-no-date", cell = cell, label = label, found = found),
                FieldKind::Link => fl!(words, "cell-no-link", cell = cell, label = label, found = found),
                FieldKind::Choice => {
                    let options = field.options.join(", ");
                    fl!(words, "cell-no-choice", cell = cell, label = label, found = found, options = options)
                }
                FieldKind::Money => fl!(words, "cell-no-money", cell = cell, label = label, found = found),
                _ => fl!(words, "cell-no-number", cell = cell, label = label, found = found),
            },
        }
    }
}
