//! Bytes of an office's document → a draft of tasks with deadlines, each with its span in the source.
//!
//! Stages, one file each: [`load`] and `form` (which form it is, by its first bytes), `decode` with `legacy` (bytes → text), `docx`
//! and `xlsx` with `package` and `xml`, `html`, `office` (before 2007), `plan` (CSV), all of them → `parts`; `parts` with `grid`
//! (paragraphs and drawn tables → lines), `lines` with `pictographs` (normal form, no markup), `blocks`, `marker`, `table`, `stacked`, `columns`
//! (paragraphs, points, tables), `header` with `issuer` and `signer`, `sections`, `tree` with `outline`, `rows`, `schedule`, `entries`, `timeline` (items with their months), `lending` (one date for several points),
//! `deadlines` with `lead`, `references`, `windows`, `days`, `resolve` (dates), `roles` with `nature` (deadline or happening), `actors`, `verbs` with `short_forms` and
//! `handover` (what is wanted of whom), `unsaid` (words without a day), `choices` (what each doubt offers instead), `relation` (what it does to an earlier document), `stamp` (urgency and
//! secrecy). Whatever is repaired or guessed on the way is a [`Doubt`]; nothing is repaired in silence.
//!
//! [`register`] reads the other file of an office, its list of schools.
//!
//! To read one more form: a file that turns its bytes into `parts` (or into text), and a branch in `form`.

mod actors;
mod blocks;
mod choices;
mod columns;
mod days;
mod deadlines;
mod decode;
mod directive;
mod docx;
mod doubt;
mod draft;
mod entries;
mod error;
mod file;
mod form;
mod grid;
mod handover;
mod header;
mod html;
mod issuer;
mod item;
mod lead;
mod legacy;
mod lending;
mod lines;
mod load;
mod marker;
mod nature;
mod office;
mod outline;
mod package;
mod page;
mod parts;
mod pdf;
mod pictographs;
mod places;
mod plan;
mod references;
pub mod register;
mod relation;
mod resolve;
mod roles;
mod rows;
mod scan;
mod schedule;
mod sections;
mod settle;
mod short_forms;
mod signer;
mod stacked;
mod stamp;
mod table;
mod timeline;
mod tree;
mod unsaid;
mod verbs;
mod who;
mod windows;
pub mod workbook;
mod xlsx;
mod xml;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use decode::LIMIT;
pub use directive::{Directive, DraftDue, DraftTask, Header, IssuedOn, Kind, Span};
pub use doubt::{Doubt, DoubtKind};
pub use error::{Format, ImportError};
pub use file::{Content, Expected, Unread, file, file_as};
pub use load::load;
pub use places::Places;
pub use relation::{Act, Relation};
pub use scan::{MAX_PICTURES, Picture, Recognised, bind, pictures, recognised};
pub use settle::{Numbered, Take, TakeError};

/// Reads a document from its bytes.
///
/// # Errors
///
/// When it is no text, too big, damaged, locked, in an unknown encoding, or stamped secret.
pub fn read(bytes: &[u8]) -> Result<Directive, ImportError> {
    directive_of(form::read(bytes)?)
}

/// The secrecy stamp of a text that is pasted into a chat, if it has one in capitals and with its marks: talk may hold the
/// same letters.
pub fn secrecy_of_text(text: &str) -> Option<String> {
    stamp::secrecy(&lines::lines(text)).filter(|stamp| stamp.contains("MẬT"))
}

fn directive_of(read: form::Read) -> Result<Directive, ImportError> {
    let form::Read { lines, margins, places, repairs } = read;
    if let Some(stamp) = stamp::secrecy(&lines).or_else(|| stamp::secrecy(&margins)) {
        return Err(ImportError::Secret(stamp));
    }
    let mut directive = draft::directive(&lines);
    directive.places = places;
    directive.doubts.splice(0..0, repairs.into_iter().map(|kind| Doubt::new(0, kind)));
    Ok(directive)
}
