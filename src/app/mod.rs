//! What people can do, one file a verb.
//!
//! [`App`] holds what every verb needs; `Work` is one verb at work: a transaction on one office, the
//! snapshot of that office, and the moment. A verb reads the snapshot, changes state through the session and says
//! things by writing outbox rows in the same transaction; it never speaks itself.
//!
//! - `together`: updates that wait, several in one transaction; `directory`: whose each of them is
//! - `hear`: one update of a platform → the verb it means (`press`, `command`, `act`, `join`, `file`)
//! - `table`: the table of a task as a workbook
//! - `template`, `filled`: the office's own form in Excel, and its filled copies
//! - `odd`, `give_back`: odd values kept with their reasons, answers given back
//! - `act`: what a school says of its tasks: confirm, submit, correct; `more_time`: ask for time, promise
//! - `web_form`: the page of a form behind a signed link; `whom`: the schools that a directive means
//! - `handover`: files by a page of ours, where a platform carries none; `signed`: the links of all pages
//! - `search`: what a school says that it has sent; `paste`: a stretch of chat of an officer; `pending`: the yes to either
//! - `leave`: who is away, who stands in
//! - `decide`: what an officer answers to a wish for more time, in words
//! - `retire`: somebody's roles end
//! - `trouble`: what did not reach a group
//! - `edited`: what becomes of a message whose text is changed
//! - `give`, `forms`, `publish`, `extend`, `look`, `remind`, `joining`, `days`, `schools`, `settings`: what officers order
//! - `intake`: a file that somebody sent → `draft` (a directive or a schedule, rolled forward by `roll`), the register
//!   (`enrol`), or an answer from the `archive`; `review` settles the draft, `issue` posts it,
//!   `supersede` moves or ends what an earlier one asked, `restore` puts back what was dropped
//! - `budget`: what the plans of bots allow, and how much of it is used
//! - `group_life`: a group is renamed, somebody leaves it; `contact`: how long it was out of reach; `founding`, `first_steps`: a new installation, an office that is being set up; `menu`: the commands to offer
//! - `tick`: what the planner finds due → outbox rows; `compose`: the last look before such a row leaves
//! - `setup`: an office, its schools, members and groups, for the command line, the demo and the tests
//!
//! To add a verb: a file with `impl Work`, its way in (`hear` or a command), its reply in `domain` and `wording`, and a
//! scenario in `tests/transcripts`.

mod act;
mod alike;
mod archive;
mod asking;
mod awaited;
mod bind;
mod broadcast;
mod budget;
mod command;
mod compose;
mod contact;
mod days;
mod decide;
mod design;
mod directory;
mod draft;
mod dropped;
mod edited;
mod enrol;
mod extend;
mod filled;
mod first_steps;
mod forms;
mod founding;
mod give;
mod give_back;
mod group_life;
mod handover;
mod hear;
mod indexes;
mod intake;
mod issue;
mod joining;
mod keeping;
mod leave;
mod load;
mod look;
mod menu;
mod message;
mod more_time;
mod odd;
mod paste;
mod pending;
mod press;
mod publish;
mod reader;
mod record;
mod remind;
mod restore;
mod retire;
mod review;
mod roll;
mod room;
mod schools;
mod search;
mod secret;
mod sender;
mod sentence;
mod settings;
mod setup;
mod signed;
mod speak;
mod stranger;
mod supersede;
mod table;
mod template;
mod tick;
mod together;
mod trouble;
mod unclear;
mod undo;
mod web_form;
mod whom;
mod words;
mod work;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use crate::chat::{Capabilities, FetchError, Platform};
use crate::clock::{Clock, Ids};
use crate::domain::OwnForm;
use crate::store::{Store, StoreError};

pub use design::{Design, DesignDeed, DesignList, DesignSent};
pub use handover::{UploadPage, Uploaded};
pub use menu::{MenuFor, menu};
pub use reader::{InProcess, Reader};
pub use setup::{NewMember, NewOffice, NewSchool};
pub use tick::Tick;
pub use together::is_light;
pub use web_form::{COPY, Entry, FormPage, REASON};

/// What every verb needs.
pub struct App {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<Ids>,
    platforms: HashMap<String, Arc<dyn Platform>>,
    reader: Arc<dyn Reader>,
    /// Where the pages of forms are reached from outside; none where they are not.
    public_url: Option<String>,
    /// The forms that every office can take.
    ready_forms: Vec<OwnForm>,
    indexes: indexes::Kept,
    kept: load::Kept,
    directory: directory::KeptDirectory,
    /// Platforms whose bots cannot speak for now.
    silent: Mutex<HashSet<String>>,
}

/// Why a verb could not be carried out. What is wrong with what a person typed is not among it: that is a reply.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file of a message could not be had.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A setting of an office that cannot be read: named, with why.
    #[error("setting {name}: {why}")]
    Setting {
        /// Which one.
        name: &'static str,
        /// Why.
        why: String,
    },
    /// The office is not there.
    #[error("no such office")]
    NoOffice,
}

impl App {
    /// An app over a database. `platforms` by their keys: asked for capabilities and for the bytes of files, never to
    /// speak. `reader` reads what officers send.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        ids: Arc<Ids>,
        platforms: HashMap<String, Arc<dyn Platform>>,
        reader: Arc<dyn Reader>,
    ) -> Self {
        Self {
            store,
            clock,
            ids,
            platforms,
            reader,
            public_url: None,
            ready_forms: forms::ready(vec![]),
            indexes: indexes::Kept::default(),
            kept: load::Kept::default(),
            directory: directory::KeptDirectory::default(),
            silent: Mutex::default(),
        }
    }

    /// The same, with pages of forms that are reached at this address.
    #[must_use]
    pub fn with_public_url(mut self, address: Option<String>) -> Self {
        self.public_url = address;
        self
    }

    /// The same, with further ready forms; one of a known key goes in the place of ours.
    #[must_use]
    pub fn with_ready_forms(mut self, forms: Vec<OwnForm>) -> Self {
        self.ready_forms = forms::ready(forms);
        self
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The clock.
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    fn capabilities(&self, platform: &str) -> Option<&Capabilities> {
        self.platforms.get(platform).map(|p| p.capabilities())
    }
}
