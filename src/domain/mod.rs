//! Nouns and rules of the field: no await, no I/O, no clock, no words that a person reads.
//!
//! One noun a file, each with the rules that need nothing but itself and the time it is given. To add one: a file, a
//! `pub use` here, a table in `store`, and its word in the table of `docs/architecture.md`.

mod answer;
mod audit;
mod board;
mod budget;
mod choice;
mod directive;
mod doubt;
mod due;
mod extension;
mod form;
mod id;
mod language;
mod leave;
mod member;
mod month;
mod notice;
mod office;
mod place;
mod question;
mod register;
mod reply;
mod schedule;
mod school;
mod source;
mod status;
mod table;
mod task;

pub use answer::{Confirmation, ConfirmationLevel, Promise, Returned, Standing, Submission, Values};
pub use audit::AuditEntry;
pub use board::BoardShown;
pub use budget::{Budget, FullBot, PlanUse, Supply, month_began, roomiest};
pub use choice::{Choice, Dated, MergedDue, repeats, times};
pub use directive::{Directive, DirectiveState};
pub use doubt::{Doubt, DoubtKind};
pub use due::{Due, DueKind, DueRole, Recur, instant, is_on_time};
pub use extension::{Extension, ExtensionState};
pub use form::{
    Beside, Check, ENROLMENT, Exact, Expression, Fault, Field, FieldKind, Form, FormChange, Kept, LAST,
    Measure, Oddity, Rule, Sign, Term, TypedFault, TypedField, TypedProblem, Value, money_unit,
};
pub use id::{
    AuditId, DirectiveId, ExtensionId, GroupId, Id, InboxId, JoinRequestId, MemberId, OfficeId, OutboxId,
    ParseIdError, QuestionId, ScheduleId, SchoolId, SubmissionId, TaskId,
};
pub use language::{Language, UnknownLanguage};
pub use leave::Leave;
pub use member::{Grant, JoinCode, JoinRequest, Member, Role};
pub use month::{Month, SchoolYear};
pub use notice::*;
pub use office::{LadderStep, NamePolicy, Office, OwnForm, OwnWord, Settings, StepTime};
pub use place::{ChatRef, Group, MessageRef, UserRef};
pub use question::Question;
pub use register::{Register, RegisterColumn, RegisterRow, RegisterWords};
pub use reply::*;
pub use schedule::{Schedule, ScheduleState};
pub use school::{Level, School, SchoolKind, Scope};
pub use source::{Place, Source};
pub use status::{Progress, Status, progress, status};
pub use table::{Cell, Table};
pub use task::{Requires, Task, TaskState, Urgency};
