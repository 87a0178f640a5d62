//! One chat message and its context → one [`Reading`]; guesses are marked as guesses.
//!
//! [`command`] is tried first: what a person orders. Everything else goes to [`read`]: what a school says;
//! [`asks_if_genuine`] hears the question whether a directive is the office's. Both are pure:
//! no clock, no store, no words that a person reads; what is uncertain is a value that `app` asks about.
//!
//! A message goes through these stages, one file each: `line` (words as meant: Unicode form, teencode and telex slips),
//! `phrases` (their meaning, from `phrases.toml`) with `compose`, `lateness` and `changes` (meanings made of two of them), `marks` with `orders` (numbers that are no figures: dates, telephones, names; which one, how long),
//! `schools` with `titles` and `shapes`, `figures`, `roles`, `replaced` and `zeros` (figures and what each is for), `labels`, `stretches` and `fields` (the fields that they belong to), `by_name` (a form answered with its own names, which is looked for first), `worded` (answers in words), `index` with `gist` and `alike` (what is worked out once an office, so that a message costs little), `when` with `days` (days asked for), `tasks` (which task),
//! `codes` (what is said of each of several tasks), `clause` (how far each word reaches), `asks` and `intent` (signs of what a clause says), `view` with `weigh` (what they mean together), `learned` (a model over the words, from `learned/examples.tsv`) with `leans` (what rules and model make of it), `hints` (what files and quotations tell of the task), `doubts` with `residue` (what must be asked, and claims beside words that nothing explains) and `read`, which puts the acts together. To teach it a wording: a few lines in `learned/examples.tsv` and `giaoban learn`, or a
//! line in `phrases.toml`, and one in the table of a test; to add a command: a row in `command/table.rs`.

mod alike;
mod amounts;
mod answer;
mod asks;
mod by_name;
mod changes;
mod claim;
mod clause;
mod codes;
mod command;
mod compose;
mod context;
mod days;
mod doubts;
mod entry;
mod explain;
mod fields;
mod figures;
mod form;
mod genuine;
mod gist;
mod hints;
mod index;
mod intent;
mod key;
mod labels;
mod lateness;
mod leans;
mod learned;
mod leave;
mod line;
mod marks;
mod orders;
mod parts;
mod paste;
mod phrases;
mod read;
mod reading;
mod replaced;
mod residue;
mod right;
mod roles;
mod schools;
mod shapes;
mod stretches;
mod talk;
mod tasks;
mod titles;
mod verdict;
mod view;
mod weigh;
mod when;
mod worded;
mod zeros;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod testing;

pub use amounts::figure_of;
pub use answer::{agreement, answered, as_last_time};
pub use claim::claims_sent;
pub use command::{
    Audience, Change, Command, CommandFault, CommandName, FormOrder, Give, Join, Lookup, Publish, Setting,
    Whose, WordOrder, audience_of, command, command_names,
};
pub use context::{Asked, Attached, Context, OpenTask, Sort};
pub use entry::{field_value, wants_link};
pub use explain::{Evidence, explain};
pub use form::{
    Heading, STARTER_FILE, Starter, StarterError, form as form_in_line, form_in_title, form_of_headings,
    form_of_typed, starters, starters_in,
};
pub use genuine::{NamedDirective, asks_if_genuine, named_directive};
pub use index::{KnownTask, TaskIndex, title_has};
pub use labels::{field_called, may_be_own_word};
pub use learned::{
    Example, ExampleError, Label, NumberTold, examples_in, measure, measure_numbers, no_figures, reasons,
    train, train_numbers,
};
pub use leave::{LeaveSaid, LeaveTold, leave_told, stand_in_named};
pub use paste::{Pasted, looks_pasted, pasted};
pub use read::read;
pub use reading::{Act, Binding, By, Figure, Given, Intent, Reading, Unclear, Until};
pub use right::{owns_a_slip, says_it_is_right};
pub use schools::{Found, SchoolIndex, Who, spelled_name};
pub use talk::{Overheard, overheard};
pub use verdict::{
    Answered, Verdict, gives_up, no_longer_wanted, says_not_yet, sounds_like_verdict, verdict,
};
