//! A filled copy against its template: the same words at the same places, and what stands in the school's cells.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Cell, Content, Layout, Place, Shape, Sheet, View, Workbook, is_total};
use crate::vietnamese::fold_words;

/// The most rows that are looked through for a school's name: a province has some two thousand schools.
const MOST_ROWS: usize = 2_500;

/// The most changes of a template that are told at once.
const MOST: usize = 3;

/// Whose name stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// That of one of the sender's schools, by its place among them.
    Own(usize),
    /// That of another school.
    Other,
    /// No school's that is known.
    Unknown,
}

/// What one school filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// Which of the sender's schools.
    pub school: usize,
    /// The cells that were to be filled in, by the keys of their fields; empty ones too.
    pub cells: BTreeMap<String, Cell>,
    /// Rows of other schools that are filled in too, with the first of the sender's: the cell and the name.
    pub others: Vec<(String, String)>,
}

/// Why a filled copy is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyFault {
    /// The sheet is not there.
    NoSheet {
        /// Its name.
        sheet: String,
        /// Those that are there.
        found: Vec<String>,
    },
    /// Everything stands elsewhere: rows or columns were put in before the table, or taken out.
    Shifted {
        /// The words by which it was seen.
        head: String,
        /// Where they stand in the template.
        from: String,
        /// Where they stand in the copy.
        to: String,
    },
    /// A heading says something else.
    Renamed {
        /// The cell.
        cell: String,
        /// The words of the template.
        head: String,
        /// What stands there.
        found: String,
    },
    /// A heading is gone.
    Removed {
        /// The cell.
        cell: String,
        /// The words of the template.
        head: String,
    },
    /// A heading stands elsewhere.
    Moved {
        /// The words.
        head: String,
        /// Where they belong.
        from: String,
        /// Where they stand.
        to: String,
    },
    /// A column or a row that the template does not have.
    Added {
        /// The cell.
        cell: String,
        /// What stands there; empty for nothing.
        found: String,
    },
    /// No row has the school's name.
    NoRow {
        /// The first row for a school: the cell of its name.
        cell: String,
    },
    /// The only row that is filled in has another school's name.
    OthersRow {
        /// The cell.
        cell: String,
        /// The name.
        found: String,
    },
    /// Two rows have the school's name.
    TwoRows {
        /// The cells.
        cells: Vec<String>,
    },
    /// Nothing was filled in.
    Blank {
        /// The first cell to fill in.
        cell: String,
    },
}

impl Layout {
    /// What the sender's schools filled in; `whose` tells a name in a cell.
    ///
    /// # Errors
    ///
    /// Why nothing is taken: at most three changes of the template, or one reason about the rows.
    pub fn filled(
        &self,
        book: &Workbook,
        whose: &dyn Fn(&str) -> Whose,
    ) -> Result<Vec<Filled>, Vec<CopyFault>> {
        let sheet = self.sheet_of(book)?;
        let view = View::new(sheet);
        let changes = self.changes(&view);
        if !changes.is_empty() {
            return Err(changes);
        }
        match &self.shape {
            Shape::Rows { names, first, .. } => self.rows(&view, *names, *first, whose),
            Shape::Sheet { school } => {
                let filled = self.cells(&view, None);
                let said = school.map(|place| (place, view.text(place))).filter(|(_, text)| !text.is_empty());
                let school = match said.map(|(place, text)| (place, text, whose(text))) {
                    Some((place, text, Whose::Other)) => {
                        return Err(vec![CopyFault::OthersRow {
                            cell: place.address(),
                            found: text.to_owned(),
                        }]);
                    }
                    Some((_, _, Whose::Own(school))) => school,
                    _ => 0,
                };
                if self.is_blank(&filled) {
                    return Err(vec![self.blank()]);
                }
                Ok(vec![Filled { school, cells: filled, others: vec![] }])
            }
        }
    }

    /// The first cell that a school's name goes into; empty where there is none.
    pub fn name_cell(&self) -> String {
        match &self.shape {
            Shape::Rows { names, first, .. } => Place::new(*first, *names).address(),
            Shape::Sheet { school } => school.map(Place::address).unwrap_or_default(),
        }
    }

    /// How many of the words of the template a workbook has at all, in percent: whether it is a copy of it.
    pub fn likeness(&self, book: &Workbook) -> usize {
        let Some(sheet) = self.sheet_of(book).ok().or(book.sheets.first()) else { return 0 };
        let words: BTreeSet<String> = sheet
            .cells
            .iter()
            .filter_map(
                |cell| if let Content::Text(text) = &cell.content { Some(fold_words(text)) } else { None },
            )
            .collect();
        let known = self.heads.iter().filter(|(_, head)| words.contains(&fold_words(head))).count();
        known * 100 / self.heads.len().max(1)
    }

    /// The sheet with the template's name; where it was only renamed, the one with its words.
    fn sheet_of<'b>(&self, book: &'b Workbook) -> Result<&'b Sheet, Vec<CopyFault>> {
        let named = book.sheets.iter().find(|sheet| fold_words(&sheet.name) == fold_words(&self.sheet));
        let alike = || book.sheets.iter().find(|sheet| self.changes(&View::new(sheet)).is_empty());
        named.or_else(alike).ok_or_else(|| {
            let found = book.sheets.iter().map(|sheet| sheet.name.clone()).collect();
            vec![CopyFault::NoSheet { sheet: self.sheet.clone(), found }]
        })
    }

    /// What differs from the template's words.
    fn changes(&self, view: &View) -> Vec<CopyFault> {
        let wrong: Vec<&(Place, String)> =
            self.heads.iter().filter(|(place, head)| !same(view.text(*place), head)).collect();
        let Some((place, head)) = wrong.first() else { return self.additions(view) };
        if let Some(shifted) = self.shifted(view) {
            return vec![shifted];
        }
        let expected = |text: &str| self.heads.iter().any(|(_, head)| same(text, head));
        let found = view.text(*place);
        let elsewhere = |head: &str, of: Place| {
            let near =
                |at: &&Place| (at.row == of.row || at.column == of.column) && same(view.text(**at), head);
            view.cells.keys().find(near).copied()
        };
        // Something new stands here, and what belongs here stands behind it.
        let behind = elsewhere(head, *place).filter(|to| to > place);
        if behind.is_some() && !expected(found) {
            return vec![CopyFault::Added { cell: place.address(), found: found.to_owned() }];
        }
        // What belongs here is nowhere, and what follows has moved up.
        if elsewhere(head, *place).is_none() && expected(found) {
            return vec![CopyFault::Removed { cell: place.address(), head: head.clone() }];
        }
        let told = wrong.iter().take(MOST).map(|(place, head)| {
            let (cell, head) = (place.address(), head.clone());
            match (elsewhere(&head, *place), view.content(*place).shown()) {
                (Some(to), _) => CopyFault::Moved { head, from: cell, to: to.address() },
                (None, found) if found.is_empty() => CopyFault::Removed { cell, head },
                (None, found) => CopyFault::Renamed { cell, head, found },
            }
        });
        told.collect()
    }

    /// All words stand as far away from their places.
    fn shifted(&self, view: &View) -> Option<CopyFault> {
        let (first, head) = self.heads.first()?;
        let is_it = |to: &&Place| {
            let by = |at: Place| {
                let row = (at.row + to.row).checked_sub(first.row)?;
                Some(Place::new(row, (at.column + to.column).checked_sub(first.column)?))
            };
            self.heads.iter().all(|(at, head)| by(*at).is_some_and(|to| same(view.text(to), head)))
        };
        let to = view.cells.keys().find(is_it)?;
        Some(CopyFault::Shifted { head: head.clone(), from: first.address(), to: to.address() })
    }

    /// Headings beyond those of the template.
    fn additions(&self, view: &View) -> Vec<CopyFault> {
        let Shape::Rows { .. } = self.shape else { return vec![] };
        let last = self.heads.iter().map(|(place, _)| view.area(*place).1.column).max().unwrap_or_default();
        let (top, bottom) =
            (self.heads.iter().map(|(p, _)| p.row).min(), self.heads.iter().map(|(p, _)| p.row).max());
        let (Some(top), Some(bottom)) = (top, bottom) else { return vec![] };
        let beside =
            (top..=bottom).map(|row| Place::new(row, last + 1)).find(|at| !view.text(*at).is_empty());
        beside
            .map(|at| CopyFault::Added { cell: at.address(), found: view.text(at).to_owned() })
            .into_iter()
            .collect()
    }

    fn rows(
        &self,
        view: &View,
        names: u32,
        first: u32,
        whose: &dyn Fn(&str) -> Whose,
    ) -> Result<Vec<Filled>, Vec<CopyFault>> {
        let total = |row: &u32| {
            (0..=names).any(|column| is_total(&fold_words(view.spread(Place::new(*row, column)))))
        };
        let rows: Vec<u32> =
            (first..=view.last_row()).take(MOST_ROWS).take_while(|row| !total(row)).collect();
        let name = |row: u32| Place::new(row, names);
        let mut own: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        let mut nameless = Vec::new();
        let mut others = Vec::new();
        for row in rows {
            if self.is_blank(&self.cells(view, Some(row))) {
                continue;
            }
            let text = view.content(name(row)).shown();
            match whose(&text) {
                Whose::Own(school) => own.entry(school).or_default().push(row),
                Whose::Unknown if text.is_empty() => nameless.push(row),
                Whose::Unknown | Whose::Other => others.push((row, text)),
            }
        }
        let mut filled = Vec::new();
        for (school, rows) in own {
            match rows[..] {
                [row] => {
                    let cells = self.cells(view, Some(row));
                    filled.push(Filled { school, cells, others: vec![] });
                }
                _ => {
                    return Err(vec![CopyFault::TwoRows {
                        cells: rows.iter().map(|r| name(*r).address()).collect(),
                    }]);
                }
            }
        }
        if let Some(first) = filled.first_mut() {
            first.others =
                others.iter().take(MOST).map(|(row, found)| (name(*row).address(), found.clone())).collect();
            return Ok(filled);
        }
        match (&nameless[..], &others[..]) {
            // The only row with something in it and no name beside it is the sender's.
            ([row], []) => {
                Ok(vec![Filled { school: 0, cells: self.cells(view, Some(*row)), others: vec![] }])
            }
            ([], []) => Err(vec![self.blank()]),
            ([], [(row, found)]) => {
                Err(vec![CopyFault::OthersRow { cell: name(*row).address(), found: found.clone() }])
            }
            _ => Err(vec![CopyFault::NoRow { cell: name(first).address() }]),
        }
    }

    fn cells(&self, view: &View, row: Option<u32>) -> BTreeMap<String, Cell> {
        let cell = |slot: &super::Slot| {
            let place = Place::new(row.unwrap_or(slot.place.row), slot.place.column);
            let found = view.cell(place).cloned();
            // What the office formatted as a share or as a day is one, also where a copy lost the format.
            let blank = Cell {
                place,
                content: Content::Empty,
                formula: false,
                percent: slot.percent,
                date: slot.date,
            };
            (slot.key.clone(), found.unwrap_or(blank))
        };
        self.slots.iter().map(cell).collect()
    }

    fn is_blank(&self, cells: &BTreeMap<String, Cell>) -> bool {
        cells.values().all(|cell| cell.content.is_empty())
    }

    fn blank(&self) -> CopyFault {
        let cell = self.slots.first().map(|slot| slot.place.address()).unwrap_or_default();
        CopyFault::Blank { cell }
    }
}

/// The same words, whatever their marks, case and spaces.
fn same(found: &str, head: &str) -> bool {
    fold_words(found) == fold_words(head)
}
