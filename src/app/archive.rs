//! The archive of directives: a file that was sent before, the last ones, and whether one is genuine.

use super::AppError;
use super::intake::SentFile;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{
    Directive, DirectiveLine, DirectiveReply, DirectiveState, Genuine, Reply, Task, TaskLine, TaskState,
};
use crate::import::IssuedOn;
use crate::understand::{Lookup, NamedDirective, named_directive};
use crate::vietnamese::{document_key, fold};

/// Directives in a list.
const SHOWN: usize = 10;
/// Directives that are searched.
const SEARCHED: u32 = 1000;

impl Work<'_> {
    /// The directive whose file has these bytes, as an answer; none when it is new or its draft was dropped.
    pub(super) async fn known_file(&mut self, sha256: &str) -> Result<Option<Reply>, AppError> {
        match self.session.directive_by_file(self.office(), sha256).await? {
            Some(known) if known.state != DirectiveState::Dropped => Ok(Some(self.known(&known).await?)),
            _ => Ok(None),
        }
    }

    /// What was done with a directive.
    pub(super) async fn known(&mut self, directive: &Directive) -> Result<Reply, AppError> {
        let by = directive.sent_by.and_then(|by| self.snapshot.members.iter().find(|m| m.id == by));
        let by = by.map(|m| m.name.clone()).unwrap_or_default();
        let at = directive.sent_at;
        let directive = self.directive_line(directive).await?;
        Ok(Reply::Directive(DirectiveReply::Known { directive, at, by }))
    }

    async fn directive_line(&mut self, directive: &Directive) -> Result<DirectiveLine, AppError> {
        let codes = self.live_tasks(directive.id).await?.iter().map(Task::code).collect();
        Ok(DirectiveLine::of(directive, codes))
    }

    /// `/vanban`.
    pub(super) async fn look_up(&mut self, message: &Message, lookup: Lookup) -> Result<(), AppError> {
        let query = match lookup {
            Lookup::Named(named) => return self.tell_if_genuine(message, Some(named), None).await,
            Lookup::Last => String::new(),
            Lookup::Words(words) => words,
        };
        let folded = fold(&query);
        let all = self.session.directives_of(self.office(), SEARCHED).await?;
        let found = all.iter().filter(|d| may_see(message, d) && fold(&d.subject).contains(&folded));
        let found: Vec<Directive> = found.take(SHOWN).cloned().collect();
        let mut directives = Vec::new();
        for directive in &found {
            directives.push(self.directive_line(directive).await?);
        }
        let reply = Reply::Directive(DirectiveReply::Archive { query, directives });
        self.reply_to_order(message, &reply).await
    }

    /// "Công văn số 155/PGDĐT-GDMN có thật không?", with or without a file.
    pub(super) async fn answer_genuine(
        &mut self,
        message: &Message,
        file: Option<&SentFile>,
    ) -> Result<(), AppError> {
        self.tell_if_genuine(message, named_directive(&message.text), file).await
    }

    async fn tell_if_genuine(
        &mut self,
        message: &Message,
        named: Option<NamedDirective>,
        file: Option<&SentFile>,
    ) -> Result<(), AppError> {
        let genuine = self.compare(message, named, file).await?;
        let doubtful = matches!(genuine, Genuine::Differs { .. } | Genuine::Unknown { .. });
        let manner = Manner { reply_to: Some(message.place.id.clone()), ..Manner::default() };
        let reply = Reply::Directive(DirectiveReply::Genuine(genuine));
        self.reply(&message.place.chat.clone(), &reply, manner).await?;
        if doubtful && !message.member.directs() {
            let school = message.member.schools().first().copied();
            let name = school.map_or_else(|| message.member.name.clone(), |s| self.school_name(s));
            let words = match (message.text.is_empty(), file) {
                (true, Some(file)) => file.name.clone(),
                _ => message.text.clone(),
            };
            let asked = Reply::Directive(DirectiveReply::Doubted { by: name, words });
            self.tell_specialists(&asked, &About { school, ..About::default() }).await?;
        }
        Ok(())
    }

    /// Compares what is asked about with the archive: the very file, then the number and the day.
    async fn compare(
        &mut self,
        message: &Message,
        named: Option<NamedDirective>,
        file: Option<&SentFile>,
    ) -> Result<Genuine, AppError> {
        if let Some(file) = file
            && let Some(same) = self.session.directive_by_file(self.office(), &file.sha256).await?
            && may_see(message, &same)
        {
            return self.issued(&same, true).await;
        }
        let header = file.and_then(named_in);
        let Some(asked) = header.clone().or(named) else {
            return Ok(match file {
                Some(file) => Genuine::Unknown { given: file.name.clone() },
                None => Genuine::WhichOne,
            });
        };
        let mut known = self.session.directives_by_figures(self.office(), asked.figures).await?;
        known.retain(|d| may_see(message, d));
        let whole = asked.key.contains('/');
        let is_it = |d: &&Directive| {
            (!whole || d.number_key == asked.key)
                && (asked.issued_on.is_none() || d.issued_on.is_none() || d.issued_on == asked.issued_on)
        };
        match (known.iter().find(is_it), known.first()) {
            (Some(directive), _) if header.is_some() => self.differs(directive, asked, true).await,
            (Some(directive), _) => self.issued(directive, false).await,
            (None, Some(directive)) => self.differs(directive, asked, false).await,
            (None, None) => Ok(Genuine::Unknown { given: asked.printed }),
        }
    }

    async fn issued(&mut self, directive: &Directive, same_file: bool) -> Result<Genuine, AppError> {
        let tasks = self.live_tasks(directive.id).await?;
        let out = tasks.iter().filter(|t| t.state == TaskState::Posted);
        let tasks = out.map(|t| TaskLine { count: None, ..self.line(t) }).collect();
        let directive = self.directive_line(directive).await?;
        Ok(Genuine::Issued { directive, tasks, same_file })
    }

    async fn differs(
        &mut self,
        directive: &Directive,
        asked: NamedDirective,
        file: bool,
    ) -> Result<Genuine, AppError> {
        let directive = self.directive_line(directive).await?;
        Ok(Genuine::Differs { directive, number: asked.printed, issued_on: asked.issued_on, file })
    }
}

/// A draft is the officers' own business: for everybody else only what was issued is there.
fn may_see(message: &Message, directive: &Directive) -> bool {
    message.member.directs() || matches!(directive.state, DirectiveState::Active | DirectiveState::Replaced)
}

/// What a file says that it is.
fn named_in(file: &SentFile) -> Option<NamedDirective> {
    let header = &file.reading()?.header;
    let printed = header.number.clone()?;
    let key = document_key(&printed);
    let digits: String = key.chars().take_while(char::is_ascii_digit).collect();
    let issued_on =
        header.issued_on.and_then(|on| if let IssuedOn::Day(day) = on { Some(day) } else { None });
    Some(NamedDirective { printed, figures: digits.parse().ok()?, key, issued_on })
}
