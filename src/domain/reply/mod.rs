//! What the bot answers to a person, as data before it is words.

mod ask;
mod broadcast;
mod check;
mod command;
mod directive;
mod first_steps;
mod form;
mod join;
mod leave;
mod lines;
mod link;
mod more_time;
mod paste;
mod retire;
mod search;
mod trouble;
mod words;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

pub use ask::{Address, Asking};
pub use broadcast::{BroadcastCost, BroadcastReply};
pub use check::CheckReply;
pub use command::{CommandProblem, HelpLine, RuleProblem};
pub use directive::{
    Amendment, DirectiveDraft, DirectiveLine, DirectiveReply, DraftItem, DraftLine, DroppedTask, Earlier,
    Genuine, NotRestored, Paper, PostWhat, Twin, WhichDue,
};
pub use first_steps::{FirstSteps, SchoolCodes};
pub use form::FormReply;
pub use join::JoinReply;
pub use leave::LeaveReply;
pub use lines::{Fairness, MyTask, ReadBack, SchoolLine};
pub use link::FormLink;
pub use more_time::MoreTime;
pub use paste::{PasteReply, PastedAnswer, PastedLine, PastedName};
pub use retire::RetireReply;
pub use search::{SearchReply, Unread};
pub use trouble::{Trouble, TroubleKind};
pub use words::WordsReply;

use super::{
    Count, Doubt, Due, Fault, Field, Form, FullBot, LadderStep, Month, NamePolicy, PlanUse, ScheduleId,
    SchoolYear, Status, Supply, TaskLine, Value,
};

/// What the bot answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// What has been stored, read back (rule 1 of the product).
    ReadBack(ReadBack),
    /// A word that was recorded, where no reaction can show it.
    Recorded {
        /// Short name of the school.
        school: String,
        /// Codes of the tasks; empty for the month's post as a whole.
        codes: Vec<String>,
        /// Done, or only received.
        done: bool,
        /// An officer recorded it for the school.
        on_behalf: bool,
    },
    /// The figures contradict each other or the form; nothing was stored.
    Faulty {
        /// How to call the person.
        address: Address,
        /// The task.
        code: String,
        /// What is wrong, one by one.
        faults: Vec<Fault>,
        /// The fields, for the example.
        fields: Vec<Field>,
    },
    /// Something was not certain and is asked once.
    Ask {
        /// How to call the person.
        address: Address,
        /// What is asked.
        what: Asking,
    },
    /// A submission was taken back.
    Withdrawn {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// What counts again; empty when the school has not answered.
        values: Vec<(Field, Value)>,
    },
    /// Seen, and nothing to record, where no mark can show it.
    Seen,
    /// A promise was noted.
    Promised {
        /// The task.
        code: String,
        /// Silence until then.
        until: DateTime<Utc>,
    },
    /// More time: asked for, passed on, decided.
    MoreTime(MoreTime),
    /// Leave: who is away, who stands in.
    Leave(LeaveReply),
    /// What was found of what a school says that it has sent.
    Search(SearchReply),
    /// The page of a form.
    FormLink(FormLink),
    /// A stretch of chat, or the text for a group that has no bot.
    Paste(PasteReply),
    /// The school is let off.
    Exempted {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// Why.
        reason: String,
    },
    /// To a school: it says that a task does not concern it, or that it cannot; passed on to the specialist.
    Unable {
        /// Short name of the school.
        school: String,
        /// The task, when it is clear.
        code: Option<String>,
        /// The school's words.
        words: String,
    },
    /// To the specialist: somebody asks something that the bot does not answer.
    Asked {
        /// Short name of the school.
        school: String,
        /// The task, when it is clear.
        code: Option<String>,
        /// The words.
        words: String,
    },
    /// "Việc của trường tôi".
    MyTasks {
        /// Short name of the school.
        school: String,
        /// What is open, by deadline.
        open: Vec<MyTask>,
        /// How many are done this month.
        done: usize,
    },
    /// Draft of a task, for the specialist to publish or drop.
    Draft {
        /// The task.
        task: TaskLine,
        /// How many schools it is for.
        schools: usize,
        /// What to look at.
        doubts: Vec<Doubt>,
        /// Remarks on the fairness of its deadline (S13).
        fairness: Vec<Fairness>,
        /// Its form, read back.
        form: Form,
    },
    /// With the workbook of a task's table.
    TableSent {
        /// The task.
        code: String,
        /// How many schools stand in it.
        schools: usize,
        /// How many of them gave something.
        answered: usize,
    },
    /// Files cannot be sent where this person is.
    NoFiles {
        /// The task.
        code: String,
    },
    /// What is said of forms.
    Form(FormReply),
    /// What is said of the office's own words.
    Words(WordsReply),
    /// What is said of odd values, and of answers given back.
    Check(CheckReply),
    /// To a group: a task handed out by hand.
    Posted {
        /// The task.
        task: TaskLine,
    },
    /// To the specialist: it is out.
    Published {
        /// The task.
        code: String,
        /// In how many groups.
        groups: usize,
        /// Schools expected.
        schools: usize,
        /// It was out already.
        again: bool,
    },
    /// A draft or a task was withdrawn.
    Dropped {
        /// The task.
        code: String,
        /// Its title.
        title: String,
        /// It had been posted: the groups are told.
        was_posted: bool,
    },
    /// To a group: a deadline has moved.
    DueMoved {
        /// The task.
        code: String,
        /// Its title.
        title: String,
        /// The old deadline.
        from: Option<Due>,
        /// The new one.
        to: Due,
        /// Why, in the words of the specialist; empty for none.
        why: String,
    },
    /// Who has and who has not.
    Standing {
        /// The task.
        task: TaskLine,
        /// Schools by status, in the order of the law's words.
        groups: Vec<(Status, Vec<String>)>,
        /// Sums of the figures given so far: of which field, the sum, how many schools gave it.
        sums: Vec<(Field, Value, usize)>,
    },
    /// The state of all open tasks.
    Overview {
        /// One line a task.
        tasks: Vec<(TaskLine, Count, Status)>,
    },
    /// Reminded now.
    Reminded {
        /// The task.
        code: String,
        /// Schools that are missing and not quiet.
        missing: usize,
        /// People written to privately.
        people: usize,
        /// Groups written to.
        groups: usize,
    },
    /// Nobody is missing.
    NobodyMissing {
        /// The task.
        code: String,
    },
    /// The register, or what was looked for in it.
    Schools {
        /// What was looked for.
        query: String,
        /// Lines: short name, code, kind of binding.
        lines: Vec<SchoolLine>,
        /// How many there are in all.
        total: usize,
    },
    /// The tasks of a month, as they will be or were posted.
    MonthPlan {
        /// The month.
        month: Month,
        /// The tasks.
        tasks: Vec<TaskLine>,
        /// The day on which they go out, while they have not.
        on: Option<NaiveDate>,
        /// What to look at.
        doubts: Vec<(String, Doubt)>,
        /// Tasks of drafts that nobody agreed to, beside those in use.
        drafted: Vec<TaskLine>,
    },
    /// A document was read as a schedule.
    ScheduleRead {
        /// The stored draft.
        id: ScheduleId,
        /// The subject.
        title: String,
        /// The school year of the document.
        read_year: Option<SchoolYear>,
        /// The school year that it is now for.
        year: SchoolYear,
        /// Tasks and deadlines by month.
        months: Vec<(Month, usize, usize)>,
        /// What to look at.
        doubts: Vec<Doubt>,
        /// A schedule of the same year would be replaced.
        replaces: bool,
        /// What it says otherwise than tasks that are out or wait for themselves.
        #[serde(default)]
        twins: Vec<Twin>,
        /// The directive that it was read from.
        directive: Box<DirectiveLine>,
        /// What else stands at its head and foot.
        paper: Box<Paper>,
    },
    /// The schedule is agreed to.
    ScheduleActive {
        /// The school year.
        year: SchoolYear,
        /// Tasks in it.
        tasks: usize,
        /// The next post: month and moment.
        next: Option<(Month, DateTime<Utc>)>,
    },
    /// The draft was dropped.
    ScheduleDropped,
    /// A file could not be read: the sentence of its error is already worded.
    FileRefused {
        /// The sentence.
        sentence: String,
    },
    /// A text that was pasted is secret: nothing of it is kept.
    SecretText {
        /// The stamp.
        stamp: String,
    },
    /// A register was imported.
    RegisterImported {
        /// New schools.
        added: usize,
        /// Changed ones.
        changed: usize,
        /// Unchanged ones.
        same: usize,
        /// Repairs, already worded, with their lines.
        notices: Vec<String>,
    },
    /// A directive: its draft, its tasks, the archive.
    Directive(DirectiveReply),
    /// Joining: what became of it.
    Join(JoinReply),
    /// A command was not understood.
    CommandFault {
        /// How to call the person.
        address: Address,
        /// What is wrong.
        fault: CommandProblem,
        /// A ready example, as typed.
        example: String,
    },
    /// Help.
    Help {
        /// The command, or all that this person may use.
        commands: Vec<HelpLine>,
        /// The person is unknown.
        stranger: bool,
        /// The bot, as it is picked in a group that it hears only so.
        pick: Option<String>,
    },
    /// What was asked is told in private only, and this person has no private chat with the bot.
    PrivateOnly {
        /// The bot, as people find it.
        bot: String,
    },
    /// An own day off was added or taken back.
    DayOff {
        /// The day.
        date: NaiveDate,
        /// Why; empty when it is a working day again.
        reason: String,
        /// Working again.
        working: bool,
    },
    /// A school closes, or opens again.
    SchoolOpen {
        /// Short name of the school.
        school: String,
        /// From this day on.
        day: NaiveDate,
        /// It opens.
        opens: bool,
    },
    /// The settings as they stand.
    Settings {
        /// When months are posted.
        posting_rule: String,
        /// The steps of reminding.
        ladder: Vec<LadderStep>,
        /// The end of a deadline's day.
        deadline_hour: NaiveTime,
        /// Whether groups see names.
        names: NamePolicy,
        /// The most unasked posts to a group in a day.
        daily_cap: u32,
        /// What the office's bots have used of their plans.
        plans: Vec<PlanUse>,
    },
    /// The messages of a bot run short.
    FewMessages {
        /// What was used.
        used: PlanUse,
        /// How much is left.
        supply: Supply,
    },
    /// The platform refuses the token of a bot: it neither hears nor speaks there.
    BotShut {
        /// The bot.
        bot: String,
        /// Since when.
        since: DateTime<Utc>,
    },
    /// A bot has room for few people more, or for none.
    FewPlaces {
        /// What was used.
        used: PlanUse,
        /// Another bot there that has room.
        room: Option<String>,
    },
    /// The group is not bound: its bot is in as many as its plan allows.
    GroupsFull(FullBot),
    /// How far the office is set up.
    FirstSteps(FirstSteps),
    /// Codes for schools.
    SchoolCodes(SchoolCodes),
    /// A register to fill in goes with it.
    Template,
    /// A register to fill in cannot go with it here.
    NoTemplate,
    /// A file was sent of which the platform tells nothing, and the link for it is told in private only.
    FilePrivately {
        /// The bot, as people find it.
        bot: String,
    },
    /// The platform does not pass on files: where one can be handed in, and until when.
    FileNotTold {
        /// The address of the page, where there is one.
        link: Option<(String, DateTime<Utc>)>,
    },
    /// A file that was sent could not be had: it is not recorded.
    FileLost {
        /// The address of the page where it can be handed in, where there is one, and until when.
        link: Option<(String, DateTime<Utc>)>,
    },
    /// The platform does not pass on what was said.
    VoiceNotHeard,
    /// The group is bound.
    GroupBound {
        /// Title of the group.
        title: String,
        /// Name of the office.
        office: String,
        /// Schools in it.
        schools: usize,
        /// Which of the groups that its bot may be in it is, and how many these are, where there is such a limit.
        place: Option<(u32, u32)>,
        /// Where it is the last one: another bot there that has room for more.
        room: Option<String>,
    },
    /// The bot was added to a group that it does not know, or greets one that it knows.
    Hello {
        /// Whether the group is bound.
        bound: bool,
    },
    /// To the specialists: somebody who answers for schools has left a group.
    MemberLeft {
        /// Who.
        name: String,
        /// Short names of the schools.
        schools: Vec<String>,
        /// Title of the group.
        group: String,
    },
    /// To the specialists: the platform was out of reach for so long that messages may be lost.
    Gap {
        /// When it was last reached.
        from: DateTime<Utc>,
        /// When it was again.
        to: DateTime<Utc>,
        /// What was said before this moment and after `from` is lost.
        lost_before: DateTime<Utc>,
    },
    /// Noted, said in one word to a press.
    Nothing,
    /// The answer to a press went to the private chat.
    SentPrivately,
    /// What was asked is dropped.
    Ignored,
    /// The question or the request is no longer open.
    Expired,
    /// A person's roles end.
    Retire(RetireReply),
    /// Words of an officer to all groups.
    Broadcast(BroadcastReply),
    /// To the specialists: posts do not reach a group.
    Trouble(Trouble),
    /// An order stands in a message whose text was changed; it is not followed.
    EditedOrder,
    /// Something went wrong on our side.
    Broken {
        /// The code that the log shows too.
        code: String,
    },
}
