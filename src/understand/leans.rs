//! What the rules of [`weigh`](super::weigh) and the model of [`learned`](super::learned) make of a stretch of a message together.
//!
//! Where both agree the meaning is sure. Where they differ, the model knows more words and the rules know what a word does to
//! another: a leaning that is strong enough decides, but nothing that a rule hears denied, put off or asked becomes done or handed in
//! without a question (rule 1 of the product).

use super::fields::Bound;
use super::figures::Number;
use super::key::words;
use super::learned::{Kind, Label, Leaning, kinds, leaning};
use super::phrases::{Hit, Tag};
use super::read::One;
use super::reading::{Binding, By, Given, Intent, Unclear};
use super::residue::{CLEAR_CLAIM, PLAIN_CLAIM};
use super::roles::Role;
use super::view::View;
use super::when::asked_day;
use crate::domain::{ConfirmationLevel, Field, FieldKind, Value};

/// A leaning as strong as this needs no question.
const SURE: f32 = 0.85;
/// As strong as this, one or two words are enough.
const EVIDENT: f32 = 0.97;
/// One that decides against what the rules think they know.
const FAIR: f32 = 0.65;
/// A weaker one than this decides nothing.
const LIKELY: f32 = 0.45;
/// So much like a report that nothing in it says otherwise.
const REPORT: f32 = 0.95;
/// A number that is so seldom a figure is none.
const HARDLY: f32 = 0.1;
/// One that is so seldom a figure is asked about.
const UNLIKELY: f32 = 0.35;

impl One<'_> {
    /// What examples tell of its numbers: one that is hardly ever a figure counts nothing. In an answer to what was asked they are figures.
    pub fn weigh_figures(&self, figures: &mut [Number]) {
        if self.fixed.task.is_some() {
            return;
        }
        let range = &self.part.range;
        let about = leaning(self.line, range, self.marks);
        let all = kinds(self.line, range, self.marks, figures, about);
        for (number, kinds) in figures.iter_mut().zip(all) {
            if let Some(kinds) = kinds {
                number.likely = kinds.share(Kind::Figure);
            }
        }
        // "Nhẹ cân tăng thêm 2" alone is asked about; beside what it leads to a difference counts nothing.
        let others = figures.iter().any(|n| n.role == Role::Plain && n.likely >= UNLIKELY);
        for number in figures.iter_mut().filter(|n| n.counts() && n.likely < HARDLY) {
            if others || number.role != Role::Delta {
                number.role = Role::Former;
            }
        }
    }

    /// Asks about figures of which examples do not tell that they are any.
    pub fn doubt_unlikely(&self, figures: &[Number], bound: &Bound, doubts: &mut Vec<Unclear>) {
        // "Từ 4 cháu thành 5 cháu": the new one takes the place of the old one.
        let plain = figures.iter().filter(|n| n.role == Role::Plain).count();
        if plain == 1 && figures.iter().any(|n| n.role == Role::Old) {
            return;
        }
        // What no field takes beside figures that have theirs is told, and nothing is asked.
        let taken = |n: &Number| {
            let printed = self.line.printed(n.tokens.clone());
            bound.values.is_empty() || !bound.loose.iter().any(|f| f.printed == printed)
        };
        let unlikely = figures.iter().any(|n| n.counts() && n.likely < UNLIKELY && taken(n));
        if unlikely && doubts.is_empty() && bound.doubts.is_empty() {
            doubts.push(Unclear::GuessedFields);
        }
    }

    /// Where a message says in words of its own that there is nothing to report ("trắng", "bình yên vô sự"), zero is what it gives:
    /// unasked only for the one figure of a form, and where something is denied.
    pub fn report_nothing(
        &self,
        leaning: Option<Leaning>,
        binding: &Binding,
        bound: &mut Bound,
        doubts: &mut Vec<Unclear>,
    ) {
        let Some(leaning) = leaning.filter(|l| l.label == Label::Nothing && l.share >= FAIR) else { return };
        if !bound.values.is_empty() || !bound.loose.is_empty() || self.attached {
            return;
        }
        let Some(form) = self.form(binding.task()) else { return };
        let counts = |f: &&Field| matches!(f.kind, FieldKind::Count | FieldKind::Money);
        let fields: Vec<&Field> = form.fields.iter().filter(counts).collect();
        bound.values.extend(fields.iter().map(|f| (f.key.clone(), Value::Figure(0))));
        bound.by = By::Only;
        let denied = self.hits.iter().any(|h| h.tag == Tag::Negation && self.part.range.contains(&h.start));
        if !fields.is_empty() && (fields.len() > 1 || !denied || leaning.share < SURE) {
            doubts.retain(|d| !matches!(d, Unclear::NothingGiven));
            doubts.push(Unclear::GuessedFields);
        }
    }

    /// Which way the words lean. What answers a question, comes with a file or is said of one of several schools is left to the rules.
    pub fn leaning(&self) -> Option<Leaning> {
        let rules_alone = self.attached || self.several || self.fixed.task.is_some();
        if rules_alone { None } else { leaning(self.line, &self.part.range, self.marks) }
    }
}

impl View<'_> {
    /// The intent of the rules, or that of the model; `doubts` are those of the rules' intent, `before` those of every intent.
    pub fn leaned(
        &self,
        rules: Intent,
        leaning: Option<Leaning>,
        before: Vec<Unclear>,
        doubts: &mut Vec<Unclear>,
    ) -> Intent {
        let Some(leaning) = leaning else { return rules };
        if fits(&rules, leaning.label) {
            if self.is_plain_claim(leaning) && !self.names_a_part() {
                doubts.retain(|d| !matches!(d, Unclear::DoneOrNot));
            }
            // "Năm học mới có 8 lớp, 206 cháu": figures of the form in a message that is so much like a report are all there is.
            let reports =
                leaning.label == Label::Submit && leaning.share >= REPORT && self.bound.by == By::Labels;
            if reports && !self.signs.denies_work {
                doubts.retain(|d| !matches!(d, Unclear::DoneOrNot));
            }
            return self.within_the_deadline(rules, leaning);
        }
        if leaning.share < self.needed(&rules, leaning.label) || self.is_barred(&rules, leaning) {
            return rules;
        }
        *doubts = before;
        let intent = self.meant(leaning.label, doubts);
        if !self.is_plain_claim(leaning) && (leaning.share < SURE || self.is_open() || self.goes_against()) {
            match &intent {
                Intent::Confirm(ConfirmationLevel::Done) => doubts.push(Unclear::DoneOrNot),
                Intent::Submit(_) | Intent::Correct(_) if self.has_figures() => {
                    doubts.push(Unclear::GuessedFields);
                }
                Intent::Submit(_) => doubts.push(Unclear::NothingGiven),
                _ => {}
            }
        }
        intent
    }

    /// "Để sáng mai em in rồi mang lên": in the words of a promise, inside the deadline, nobody asks for more time.
    fn within_the_deadline(&self, rules: Intent, leaning: Leaning) -> Intent {
        let promised = leaning.label == Label::Promise && leaning.share >= FAIR && !self.signs.more_time;
        let due = self.one.open(self.binding.task()).is_some_and(|o| o.deadline.is_some());
        match rules {
            Intent::Extension { until: Some(until), .. } if promised && due && !self.is_late(&until) => {
                Intent::Promise { until: Some(until) }
            }
            rules => rules,
        }
    }

    /// How far its words are those of what is done or handed in, from 0 to 1: nothing where something in it is denied, unfinished or
    /// supposed or of others, and where somebody else is said to have told it, or something cannot be, nothing less than clear.
    pub fn claim(&self, leaning: Option<Leaning>) -> f32 {
        let s = self.signs;
        let Some(leaning) = leaning.filter(|l| l.label == Label::Done) else { return 0.0 };
        let share = leaning.share_of(&[Label::Done, Label::Submit, Label::Nothing]);
        let never = s.denies || s.unfinished || s.supposed || self.is_of_others();
        let hardly = s.hearsay || s.unable;
        if never || hardly && (share < CLEAR_CLAIM || self.is_barred_claim()) { 0.0 } else { share }
    }

    /// So much like claims that it needs no question, and nothing that the rules know goes against it.
    fn is_plain_claim(&self, leaning: Leaning) -> bool {
        let s = self.signs;
        let claim = self.claim(Some(leaning));
        let clear = claim >= CLEAR_CLAIM && !self.is_barred_claim();
        clear || claim >= PLAIN_CLAIM && !self.goes_against() && !s.more_time && !s.asks
    }

    /// Something stands in it that no likeness outweighs.
    fn is_barred_claim(&self) -> bool {
        let inside = |h: &Hit| self.one.part.range.contains(&h.start);
        self.one.hits.iter().any(|h| inside(h) && self.one.bars_a_claim(h))
    }

    /// How strong a leaning away from what the rules say must be. Figures under the names of a form are seldom talk, and what replaces
    /// them or asks for time is said in words that the rules know.
    fn needed(&self, rules: &Intent, label: Label) -> f32 {
        match rules {
            _ if self.gives(rules) => SURE,
            Intent::Correct(_) | Intent::Withdraw | Intent::Extension { .. } | Intent::SameAsLast => SURE,
            Intent::Promise { .. } if label == Label::Done => SURE,
            Intent::Confirm(_) | Intent::Submit(_) | Intent::Question => FAIR,
            _ => LIKELY,
        }
    }

    /// What the rules have heard and no leaning outweighs.
    fn is_barred(&self, rules: &Intent, leaning: Leaning) -> bool {
        let Leaning { label, share, .. } = leaning;
        let length = self.one.part.range.clone().filter(|at| self.one.line.is_word(*at)).count();
        // "Đúng ạ", "tất cả", "việc" answer something.
        if length <= 2 && matches!(rules, Intent::Unknown) && share < EVIDENT {
            return true;
        }
        match label {
            // "Xong 50%" is not done, whatever it sounds like.
            Label::Done | Label::Submit if matches!(rules, Intent::Unable { .. }) && self.is_partial() => {
                true
            }
            Label::Done => share < SURE && (self.is_open() || self.goes_against()),
            // What corrects by what it answers or by its words corrects, whatever else its figures are.
            Label::Submit if matches!(rules, Intent::Correct(_)) => self.has_figures(),
            Label::Submit if !self.has_figures() && matches!(rules, Intent::Confirm(_)) => true,
            // "212 trẻ, nhẹ cân xin thứ 3": for what is not there yet time is asked.
            Label::Submit if matches!(rules, Intent::Extension { .. }) && self.signs.wish => {
                self.has_figures()
            }
            // "Giống lần trước, trừ nghỉ ốm 3".
            Label::Submit | Label::Correction if self.signs.same_as_last && self.has_figures() => true,
            Label::Submit => self.is_open() && share < SURE,
            // "Em nhầm, V2 chưa xong": what is denied counts, and there is nothing to put in its place.
            Label::Correction => self.signs.denies_work && !self.has_figures(),
            // "Em xin vắng họp mai", "em nộp được không ạ".
            Label::Extension => {
                self.is_about_leave() || matches!(rules, Intent::Question) && asked_day(self.said).is_none()
            }
            _ => false,
        }
    }

    /// "Các trường khác", "mấy trường kia": what others have done.
    fn is_of_others(&self) -> bool {
        let line = self.one.line;
        self.one.part.range.clone().any(|at| {
            line.is(at, words!["truong"])
                && (at > 0 && line.is(at - 1, words!["cac", "may", "nhieu"])
                    || line.is(at + 1, words!["khac", "ban"]))
        })
    }

    /// A word that goes against a claim stands in it, or one of what others have recorded or done.
    fn goes_against(&self) -> bool {
        let inside = |h: &&Hit| self.one.part.range.contains(&h.start);
        let hits = || self.one.hits.iter().filter(inside);
        self.is_of_others() || hits().any(|h| h.tag == Tag::Record || self.one.goes_against(h))
    }

    /// Something in it is denied, put off, asked or hindered.
    fn is_open(&self) -> bool {
        let s = self.signs;
        s.denies || s.unfinished || s.more_time || s.asks || s.supposed || s.unable || s.future
    }

    /// Figures under the names of the form: what a form asks for is seldom talk.
    fn gives(&self, rules: &Intent) -> bool {
        matches!(rules, Intent::Submit(_) | Intent::Correct(_))
            && (self.bound.by == By::Labels && !self.bound.values.is_empty() || !self.links.is_empty())
    }

    fn has_figures(&self) -> bool {
        self.figures.iter().any(|n| n.counts())
    }

    /// The intent of a label, with what must be asked about it.
    fn meant(&self, label: Label, doubts: &mut Vec<Unclear>) -> Intent {
        let s = self.signs;
        let asked = asked_day(self.said);
        match label {
            Label::Submit if s.same_as_last && !self.has_figures() => {
                doubts.push(Unclear::SameAsLast);
                Intent::SameAsLast
            }
            Label::Submit | Label::Nothing => Intent::Submit(Given::default()),
            Label::Done => Intent::Confirm(ConfirmationLevel::Done),
            Label::Confirm if s.started => Intent::Confirm(ConfirmationLevel::Started),
            Label::Confirm => Intent::Confirm(ConfirmationLevel::Received),
            Label::Promise => self.to_come(asked, doubts),
            Label::Extension => self.extension(asked, doubts),
            Label::Unable => self.unable(s.not_concerned),
            Label::Question => Intent::Question,
            Label::Correction if s.withdraws => Intent::Withdraw,
            Label::Correction => {
                // Two figures, and nothing tells which one holds.
                let plain = self.figures.iter().filter(|n| n.role == Role::Plain).count();
                if plain > 1 && !self.figures.iter().any(|n| n.role == Role::Old) {
                    doubts.push(Unclear::GuessedFields);
                }
                Intent::Correct(Given::default())
            }
            Label::Chitchat => Intent::Chitchat,
        }
    }
}

/// Whether an intent is one of a label. Whether it is a promise or more time, the deadline tells.
fn fits(intent: &Intent, label: Label) -> bool {
    use ConfirmationLevel::Done;
    match intent {
        Intent::Confirm(Done) => label == Label::Done,
        Intent::Confirm(_) => matches!(label, Label::Confirm | Label::Promise),
        Intent::Submit(_) | Intent::SameAsLast => matches!(label, Label::Submit | Label::Nothing),
        Intent::Correct(_) | Intent::Withdraw => label == Label::Correction,
        Intent::Extension { .. } => matches!(label, Label::Extension | Label::Promise),
        Intent::Promise { .. } => matches!(label, Label::Promise | Label::Extension | Label::Confirm),
        Intent::Unable { .. } => label == Label::Unable,
        Intent::Question => label == Label::Question,
        Intent::Chitchat => label == Label::Chitchat,
        Intent::Unknown | Intent::Refused => false,
    }
}
