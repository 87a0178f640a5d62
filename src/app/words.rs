//! The office's own words: what its schools call a field or a task, and how they shorten the name of a school.

use serde_json::json;

use super::AppError;
use super::work::Work;
use crate::domain::{Form, Member, OwnWord, Reply, SchoolId, WordsReply};
use crate::understand::{Who, WordOrder, field_called, may_be_own_word, title_has};
use crate::vietnamese::fold_words;

/// What a word is to stand for.
enum Meaning {
    Field(String),
    School(SchoolId),
    /// Tasks whose title has these words.
    Tasks(String),
}

impl Work<'_> {
    /// Lists the words, adds one or takes one away. The next message is read with it.
    pub(super) async fn words(&mut self, by: &Member, order: WordOrder) -> Result<Reply, AppError> {
        let reply = match order {
            WordOrder::List => self.list_words(),
            WordOrder::Add { word, means } => self.add_word(by, word, &means).await?,
            WordOrder::Remove { word } => self.remove_word(by, word).await?,
        };
        Ok(Reply::Words(reply))
    }

    fn list_words(&self) -> WordsReply {
        let own = |of_tasks| {
            let words = self.snapshot.office.settings.words.iter().filter(move |w| w.of_tasks == of_tasks);
            words.map(|w| (w.word.clone(), w.means.clone())).collect()
        };
        let schools =
            self.snapshot.schools.iter().flat_map(|school| {
                school.aliases.iter().map(|alias| (alias.clone(), school.short_name.clone()))
            });
        WordsReply::List { fields: own(false), schools: schools.collect(), tasks: own(true) }
    }

    async fn add_word(&mut self, by: &Member, word: String, means: &str) -> Result<WordsReply, AppError> {
        if !may_be_own_word(&word) {
            return Ok(WordsReply::Unfit { word });
        }
        if let Some(means) = self.meaning_of(&word) {
            return Ok(WordsReply::Taken { word, means });
        }
        match self.thing_called(means) {
            Some(Meaning::Field(means)) => self.add_own(by, OwnWord { word, means, of_tasks: false }).await,
            Some(Meaning::Tasks(means)) => self.add_own(by, OwnWord { word, means, of_tasks: true }).await,
            Some(Meaning::School(id)) => {
                let added = word.clone();
                let name = self.rename(by, id, "words.added", &word, |aliases| aliases.push(added)).await?;
                Ok(WordsReply::Added { word, means: name })
            }
            None => Ok(WordsReply::NoSuchThing { given: means.to_owned() }),
        }
    }

    async fn add_own(&mut self, by: &Member, own: OwnWord) -> Result<WordsReply, AppError> {
        let added = WordsReply::Added { word: own.word.clone(), means: own.means.clone() };
        let word = own.word.clone();
        self.keep_words(by, "words.added", &word, |words| words.push(own)).await?;
        Ok(added)
    }

    async fn remove_word(&mut self, by: &Member, word: String) -> Result<WordsReply, AppError> {
        let same = |other: &str| fold_words(other) == fold_words(&word);
        let kept = self.snapshot.office.settings.words.iter().find(|w| same(&w.word)).cloned();
        if let Some(kept) = kept {
            self.keep_words(by, "words.removed", &kept.word, |words| words.retain(|w| *w != kept)).await?;
            return Ok(WordsReply::Removed { word: kept.word, means: kept.means });
        }
        let school = self.snapshot.schools.iter().find(|s| s.aliases.iter().any(|a| same(a))).map(|s| s.id);
        let Some(id) = school else { return Ok(WordsReply::NotThere { word }) };
        let name =
            self.rename(by, id, "words.removed", &word, |aliases| aliases.retain(|a| !same(a))).await?;
        Ok(WordsReply::Removed { word, means: name })
    }

    /// What a word means in this office already.
    fn meaning_of(&self, word: &str) -> Option<String> {
        let typed = fold_words(word);
        let own = self.snapshot.office.settings.words.iter().find(|w| fold_words(&w.word) == typed);
        let school = || {
            let called = |name: &String| fold_words(name) == typed;
            let mut schools = self.snapshot.schools.iter();
            schools.find(|s| s.aliases.iter().any(called) || called(&s.name) || called(&s.short_name))
        };
        own.map(|w| w.means.clone()).or_else(|| school().map(|s| s.short_name.clone()))
    }

    /// The field, the school or the tasks of this name: a field of a task, of the office's forms or of the ready ones; a task by
    /// its code or by words of its title.
    fn thing_called(&self, name: &str) -> Option<Meaning> {
        let tasks = self.snapshot.tasks.iter().map(|t| &t.form);
        let own = self.snapshot.office.settings.forms.iter().map(|f| &f.form);
        let ready = self.app.ready_forms.iter().map(|s| &s.form);
        let mut forms = tasks.chain(own).chain(ready);
        let field = forms.find_map(|form: &Form| field_called(form, name));
        if let Some(field) = field {
            return Some(Meaning::Field(field.label.clone()));
        }
        if let Who::One { id, sure: true } = self.indexes().schools.lookup(name) {
            return Some(Meaning::School(id));
        }
        let typed = name.trim().to_uppercase();
        if let Some(task) = self.snapshot.tasks.iter().find(|t| t.code() == typed) {
            return Some(Meaning::Tasks(task.title(60).trim_end_matches('…').trim().to_owned()));
        }
        // One word of a title stands in many.
        let enough = fold_words(name).split(' ').count() >= 2;
        let named = enough && self.snapshot.tasks.iter().any(|task| title_has(task, name));
        named.then(|| Meaning::Tasks(name.trim().to_owned()))
    }

    async fn keep_words(
        &mut self,
        by: &Member,
        deed: &'static str,
        word: &str,
        change: impl FnOnce(&mut Vec<OwnWord>),
    ) -> Result<(), AppError> {
        let mut office = self.snapshot.office.clone();
        change(&mut office.settings.words);
        self.session.update_office(&office).await?;
        self.snapshot.office = office;
        self.audit(Some(by.id), deed, json!({ "word": word })).await
    }

    /// Changes what else a school is called; its name.
    async fn rename(
        &mut self,
        by: &Member,
        id: SchoolId,
        deed: &'static str,
        word: &str,
        change: impl FnOnce(&mut Vec<String>),
    ) -> Result<String, AppError> {
        let Some(mut school) = self.school(id).cloned() else { return Ok(String::new()) };
        change(&mut school.aliases);
        self.session.update_school(&school).await?;
        self.audit(Some(by.id), deed, json!({ "word": word, "school": id })).await?;
        let name = school.short_name.clone();
        if let Some(known) = self.snapshot.schools_mut().iter_mut().find(|s| s.id == id) {
            *known = school;
        }
        Ok(name)
    }
}
