//! What goes where in the office's master workbook: the schools' answers in the layout of its own template.

use std::collections::BTreeMap;

use super::{Fill, Grow, Layout, Place, Put, Shape, SheetCopy, Write};
use crate::domain::{Measure, Value};
use crate::vietnamese::fold_words;

/// The most characters of a sheet's name in Excel.
const SHEET_NAME: usize = 31;

/// One school's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What the school is called in the workbook.
    pub name: String,
    /// The row of the template that has its name already.
    pub row: Option<u32>,
    /// What it gave, by the keys of the fields; empty for nothing yet.
    pub values: BTreeMap<String, Value>,
}

impl Layout {
    /// What is to be written into the template, so that it holds these answers; `measures` tells by their keys how fields keep figures
    /// that are no whole ones.
    pub fn master(&self, lines: &[Line], measures: &BTreeMap<String, Measure>) -> Fill {
        match &self.shape {
            Shape::Rows { names, numbers, first, last, listed } => {
                let listed: Vec<u32> = listed.iter().map(|(row, _)| *row).collect();
                self.table(lines, measures, (*names, *numbers), (*first, *last), &listed)
            }
            Shape::Sheet { school } => self.sheets(lines, measures, *school),
        }
    }

    fn table(
        &self,
        lines: &[Line],
        measures: &BTreeMap<String, Measure>,
        (names, numbers): (u32, Option<u32>),
        (first, last): (u32, u32),
        listed: &[u32],
    ) -> Fill {
        let measure = |key: &String| measures.get(key).copied().unwrap_or_default();
        let taken: Vec<u32> = lines.iter().filter_map(|line| line.row).collect();
        let mut free = (first..=last).filter(|row| !listed.contains(row) && !taken.contains(row));
        let mut more = last;
        let mut write = Vec::new();
        for (number, line) in (1_i64..).zip(lines) {
            let row = line.row.or_else(|| free.next()).unwrap_or_else(|| {
                more += 1;
                more
            });
            let mut put = |column, put| {
                write.push(Write { sheet: self.sheet.clone(), place: Place::new(row, column), put });
            };
            if line.row.is_none() {
                put(names, Put::Text(line.name.clone()));
                if let Some(column) = numbers {
                    put(column, Put::Number(number.to_string()));
                }
            }
            for slot in &self.slots {
                if let Some(value) = line.values.get(&slot.key) {
                    put(slot.place.column, cell(value, measure(&slot.key), slot.percent));
                }
            }
        }
        let grow = (more > last).then(|| Grow {
            sheet: self.sheet.clone(),
            after: last,
            like: last,
            count: more - last,
        });
        Fill { grow, write, copies: vec![] }
    }

    /// A sheet for each school that has answered, and the sums in the sheet of the template.
    fn sheets(&self, lines: &[Line], measures: &BTreeMap<String, Measure>, school: Option<Place>) -> Fill {
        let measure = |key: &String| measures.get(key).copied().unwrap_or_default();
        let mut copies: Vec<SheetCopy> = Vec::new();
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        for line in lines.iter().filter(|line| !line.values.is_empty()) {
            let mut write: Vec<(Place, Put)> =
                school.map(|at| (at, Put::Text(line.name.clone()))).into_iter().collect();
            for slot in &self.slots {
                let Some(value) = line.values.get(&slot.key) else { continue };
                let measure = measure(&slot.key);
                write.push((slot.place, cell(value, measure, slot.percent)));
                if let (Value::Figure(n), false) = (value, measure.percent) {
                    *sums.entry(&slot.key).or_default() += n;
                }
            }
            let mut taken: Vec<String> = copies.iter().map(|copy| copy.name.clone()).collect();
            taken.push(self.sheet.clone());
            taken.extend(self.others.iter().cloned());
            copies.push(SheetCopy { sheet: self.sheet.clone(), name: sheet_name(&line.name, &taken), write });
        }
        let sum = |slot: &super::Slot| {
            let sum = sums.get(&*slot.key)?;
            let put = Put::Number(measure(&slot.key).written(*sum));
            Some(Write { sheet: self.sheet.clone(), place: slot.place, put })
        };
        Fill { grow: None, write: self.slots.iter().filter_map(sum).collect(), copies }
    }
}

/// A value as its cell holds it: a share by the format of the template's cell.
fn cell(value: &Value, measure: Measure, shown_as_percent: bool) -> Put {
    let share = Measure { one: 10_000, percent: true };
    match value {
        Value::Figure(n) if measure.percent && shown_as_percent => Put::Number(share.written(*n)),
        Value::Figure(n) => Put::Number(measure.written(*n)),
        Value::Text(text) | Value::Link(text) => Put::Text(text.clone()),
        Value::File { name, .. } => Put::Text(name.clone()),
        Value::Date(day) => Put::Text(day.format("%d/%m/%Y").to_string()),
        Value::NotApplicable => Put::Text("x".to_owned()),
    }
}

/// A name that Excel takes for a sheet and that no other sheet has.
fn sheet_name(name: &str, taken: &[String]) -> String {
    let plain: String = name.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).collect();
    let cut = |room: usize| plain.trim().chars().take(room).collect::<String>().trim().to_owned();
    let is_free = |name: &String| !name.is_empty() && taken.iter().all(|t| fold_words(t) != fold_words(name));
    std::iter::once(cut(SHEET_NAME))
        .chain((2..).map(|n| format!("{} {n}", cut(SHEET_NAME - 4))))
        .find(is_free)
        .unwrap_or_default()
}
