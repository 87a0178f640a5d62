//! What is said.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::{ExtensionId, Month, OutboxId, QuestionId, SchoolId, TaskId, UserRef};

/// A text as blocks that a split does not break where it can help it: a task is a block.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    /// In order; each starts on a line of its own.
    pub blocks: Vec<Block>,
    /// Whose names in it are to be seen, and called where the platform can.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<Named>,
}

/// A school named in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its name, as it stands in a list of the text.
    pub name: String,
    /// The accounts of its people on the platform of the text.
    pub people: Vec<UserRef>,
}

/// One block of a text. It is plain: nothing in it is markup, whatever a person typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its words, perhaps of several lines.
    pub text: String,
    /// Shown strong where the platform can.
    pub strong: bool,
    /// The task that it is about: a quote of the part that holds it is about that task.
    pub task: Option<TaskId>,
}

impl Text {
    /// One plain block.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::of(vec![Block { text: text.into(), strong: false, task: None }])
    }

    /// Blocks that name nobody.
    pub fn of(blocks: Vec<Block>) -> Self {
        Self { blocks, named: vec![] }
    }

    /// Its words without any form.
    pub fn words(&self) -> String {
        self.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The tasks that its blocks are about.
    pub fn tasks(&self) -> Vec<TaskId> {
        self.blocks.iter().filter_map(|b| b.task).collect()
    }
}

/// A button under a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What comes back when it is pressed: short, ids and no words.
    pub action: String,
    /// What to type instead where there are no buttons: "/nhan V2"; empty when its message names the way itself.
    pub typed: String,
}

/// A message in the words of a language, before it is cut to a platform.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outgoing {
    /// Its words.
    pub text: Text,
    /// Rows of buttons.
    pub buttons: Vec<Vec<Button>>,
}

/// What a message of ours is about, kept with it: quotes and answers are bound by it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// The tasks that it names.
    pub tasks: Vec<TaskId>,
    /// The school that it speaks to or of.
    pub school: Option<SchoolId>,
    /// The question that it asks.
    pub question: Option<QuestionId>,
    /// The month that it is the board of.
    pub month: Option<Month>,
    /// The request for more time that it shows: an answer to it decides.
    pub extension: Option<ExtensionId>,
}

/// One call to a platform: the payload of an outbox row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A new message.
    Send {
        /// Its words, within the platform's limit.
        text: Text,
        /// Rows of buttons; none where the platform has none.
        buttons: Vec<Vec<Button>>,
        /// The message that it replies to.
        reply_to: Option<String>,
        /// The topic of the group, filled in by `delivery`; a reply stands where the message stands that it replies to.
        #[serde(default)]
        thread: Option<String>,
        /// Pin it once it is out.
        pin: bool,
        /// A file that goes with it: name and bytes.
        file: Option<(String, Vec<u8>)>,
        /// The address of a picture of ours that stands above its words.
        #[serde(default)]
        picture: Option<String>,
    },
    /// Another text for a message of ours.
    Edit {
        /// The outbox row that sent it.
        row: OutboxId,
        /// Its platform id, filled in by `delivery` when the row is claimed.
        message: Option<String>,
        /// The new words.
        text: Text,
        /// The new buttons.
        buttons: Vec<Vec<Button>>,
    },
    /// A mark on a message of somebody.
    React {
        /// That message.
        message: String,
        /// The mark.
        mark: Reaction,
    },
    /// Pin a message of ours.
    Pin {
        /// Its platform id.
        message: String,
    },
    /// Unpin a message of ours.
    Unpin {
        /// Its platform id.
        message: String,
    },
    /// Answer the press of a button; only the presser sees it.
    AnswerPress {
        /// The press.
        press: String,
        /// A few words, 200 characters at most.
        text: String,
    },
    /// Show that the bot is at work: what was asked takes a while.
    Working,
    /// Offer these commands while one is typed in this private chat, instead of those for everybody: each with what it
    /// does.
    Offer {
        /// Without slash.
        commands: Vec<(String, String)>,
    },
}

/// A file is carried at so many bytes a second at the least, or it is given up.
const SLOWEST: u64 = 64 * 1024;

impl Deed {
    /// How much longer than other deeds it may take: as long as its file needs on a slow line.
    pub fn carrying(&self) -> Duration {
        match self {
            Self::Send { file: Some((_, bytes)), .. } => {
                Duration::from_secs((bytes.len() as u64).div_ceil(SLOWEST))
            }
            _ => Duration::ZERO,
        }
    }
}

/// A mark on somebody's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// Seen and recorded.
    Recorded,
    /// Thanks.
    Thanks,
}
