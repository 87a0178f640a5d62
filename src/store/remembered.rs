//! What a transaction has asked for and not changed since: asked again, it is answered from here.

use std::collections::HashMap;

use super::SaidRow;
use crate::domain::{ChatRef, Question, UserRef};

/// Answers of the database within one transaction.
#[derive(Default)]
pub(super) struct Remembered {
    /// The questions of each person and chat that was asked for, over or not, the newest first.
    questions: HashMap<(ChatRef, UserRef), Vec<Question>>,
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

    pub(super) fn questions(&self, chat: &ChatRef, user: &UserRef) -> Option<Vec<Question>> {
        let known = self.questions.get(&(chat.clone(), user.clone()));
        known.cloned().or_else(|| self.all_questions.then(Vec::new))
    }

    /// Whether no question about a subject is open, as far as that is known.
    pub(super) fn has_none_about(&self, subject: &str) -> bool {
        self.all_questions && self.questions.values().flatten().all(|question| question.subject != subject)
    }

    pub(super) fn note_questions(&mut self, chat: &ChatRef, user: &UserRef, questions: Vec<Question>) {
        self.questions.insert((chat.clone(), user.clone()), questions);
    }

    /// These are all that are not over, the newest first.
    pub(super) fn note_all(&mut self, questions: Vec<Question>) {
        self.questions.clear();
        for question in questions {
            let whose = (question.chat.clone(), question.user.clone());
            self.questions.entry(whose).or_default().push(question);
        }
        self.all_questions = true;
    }
}
