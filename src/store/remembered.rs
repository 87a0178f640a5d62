//! What a transaction has asked for and not changed since: asked again, it is answered from here.

use std::collections::HashMap;

use super::SaidRow;
use crate::domain::{ChatRef, Question, UserRef};

/// Answers of the database within one transaction.
#[derive(Default)]
pub(super) struct Remembered {
    /// The question of each person and chat that was asked for, over or not; none where there is none.
    questions: HashMap<(ChatRef, UserRef), Option<Question>>,
    /// There are no other questions that are not over.
    all_questions: bool,
    /// The rows of messages that were asked for.
    pub(super) said: HashMap<(ChatRef, String), Option<SaidRow>>,
}

impl Remembered {
    /// Forgets what a statement may change.
    pub(super) fn forget(&mut self, statement: &str) {
        if statement.contains("questions") {
            (self.questions, self.all_questions) = (HashMap::new(), false);
        }
        // A row that is added is no message yet.
        if statement.contains("outbox") && !statement.starts_with("insert") {
            self.said.clear();
        }
    }

    pub(super) fn question(&self, chat: &ChatRef, user: &UserRef) -> Option<Option<Question>> {
        let known = self.questions.get(&(chat.clone(), user.clone()));
        known.cloned().or_else(|| self.all_questions.then_some(None))
    }

    pub(super) fn note_question(&mut self, chat: &ChatRef, user: &UserRef, question: Option<Question>) {
        self.questions.insert((chat.clone(), user.clone()), question);
    }

    /// These are all that are not over.
    pub(super) fn note_all(&mut self, questions: Vec<Question>) {
        let named = |question: Question| ((question.chat.clone(), question.user.clone()), Some(question));
        self.questions = questions.into_iter().map(named).collect();
        self.all_questions = true;
    }
}
