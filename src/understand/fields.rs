//! Which field of a form a figure belongs to.

mod left;
mod targets;
mod totals;

use rustc_hash::FxHashMap;

use super::amounts::{is_large, rate, value_of};
use super::figures::Number;
use super::gist::Gist;
use super::key::{Key, Sieve, words};
use super::labels::{FieldNames, is_case, is_child, is_unit, words};
use super::line::Line;
use super::phrases::{Known, Word, phrases};
use super::reading::{By, Figure, Unclear};
use super::roles::Role;
use super::stretches::{Stretch, Stretches};
use crate::domain::{Beside, FieldKind, Form, OwnWord, Task, Value, Values};

/// A form with its names ready to be compared.
#[derive(Debug, Clone)]
pub(super) struct Names {
    form: Form,
    fields: Vec<FieldNames>,
    /// What is asked for is an estimate: the damage of a storm.
    estimates: bool,
    /// The fields and their names by the first word.
    by_first: FxHashMap<String, Vec<(usize, usize)>>,
    /// The first words, for looking past what begins no name.
    firsts: Sieve,
}

/// What the figures of a message are in a form.
#[derive(Debug, Default)]
pub(super) struct Bound {
    pub values: Values,
    pub by: By,
    pub loose: Vec<Figure>,
    pub doubts: Vec<Unclear>,
    /// Figures that found their field by words.
    pub named: usize,
    /// Figures whose words name something that the form does not ask.
    pub foreign: usize,
}

/// Where the words of a figure lead.
#[derive(Debug, Clone, PartialEq)]
enum Target {
    Field(usize),
    Fields(Vec<usize>),
    /// They name something else.
    Foreign,
    /// There are none, or none that say anything.
    Unnamed,
    /// They say something unknown.
    Unknown,
}

impl Names {
    pub(super) fn field(&self, index: usize) -> &FieldNames {
        &self.fields[index]
    }

    pub(super) fn fields(&self) -> &[FieldNames] {
        &self.fields
    }

    pub fn new(form: &Form) -> Self {
        let mut names = Self::unsorted(form);
        names.make_ready();
        names
    }

    fn unsorted(form: &Form) -> Self {
        let fields = form.fields.iter().map(FieldNames::new).collect();
        Self {
            form: form.clone(),
            fields,
            estimates: false,
            by_first: FxHashMap::default(),
            firsts: Sieve::default(),
        }
    }

    /// Works out what is looked up by words, when all names are known.
    fn make_ready(&mut self) {
        self.fields.iter_mut().for_each(FieldNames::sift);
        for (index, field) in self.fields.iter().enumerate() {
            for (n, name) in field.names.iter().enumerate() {
                if let Some(first) = name.first() {
                    self.firsts.add(first.key());
                    self.by_first.entry(first.folded().to_owned()).or_default().push((index, n));
                }
            }
        }
    }

    /// The names that begin with a folded word, each with its field.
    pub(super) fn beginning_with(&self, word: &str) -> impl Iterator<Item = (usize, &[Known])> {
        let may = self.firsts.lets(Key::of(word));
        let list = may.then(|| self.by_first.get(word)).flatten().into_iter().flatten();
        list.map(|(field, name)| (*field, &self.fields[*field].names[*name][..]))
    }

    /// The names of a task's form. What its title is about, its one field of children counts: "Trẻ khuyết tật học hòa nhập: số trẻ".
    pub fn of_task(task: &Task, own: &[OwnWord]) -> Self {
        let mut names = Self::unsorted(&task.form);
        for own in own.iter().filter(|own| !own.of_tasks) {
            let meant = names.fields.iter_mut().find(|f| f.is_called(&own.means));
            if let Some(field) = meant {
                field.call(&own.word);
            }
        }
        let title = task.text.split(':').next().unwrap_or_default();
        let line = Line::new(title);
        names.estimates =
            (0..line.len()).any(|at| line.is(at, words!["thiet"]) && line.is(at + 1, words!["hai"]));
        names.call_what_is_said(&line);
        let children = (0..line.len()).find(|at| line.is(*at, words!["tre", "chau", "be"]));
        let from = children.map_or(line.len(), |at| at + 1);
        let words: Vec<Word> = (from..line.len()).filter_map(|at| line.word(at)).collect();
        let about: Vec<usize> =
            phrases().concepts(&words).concepts.into_iter().filter(|c| !phrases().is_broad(*c)).collect();
        let mut children = names.fields.iter_mut().filter(|f| is_child(&f.meaning));
        if let (Some(only), None) = (children.next(), children.next()) {
            only.also = about;
        }
        names.make_ready();
        names
    }

    /// More names that the title and the other fields allow: the illness for its cases ("thủy đậu 6"), "nghi" without its mark
    /// for those who are away or those who are suspected.
    fn call_what_is_said(&mut self, title: &Line) {
        let concept = |name: &str| {
            let known: Vec<Known> = name.split(' ').map(Known::new).collect();
            phrases().concepts(&known.iter().map(Known::as_word).collect::<Vec<_>>()).concepts
        };
        let (cases, suspected, away) = (concept("ca mắc"), concept("ca nghi"), concept("vắng"));
        let with = |names: &Self, what: &[usize]| names.fields.iter().any(|f| f.meaning.concepts == what);
        let both = with(self, &suspected) && with(self, &away);
        let typed: Vec<Word> = (0..title.len()).filter_map(|at| title.word(at)).collect();
        let about = phrases().subjects(&typed);
        let illness: Vec<usize> =
            about.into_iter().filter(|s| phrases().implied(&[*s]).starts_with(&cases)).collect();
        for field in &mut self.fields {
            let is = |what: &[usize]| field.meaning.concepts == what;
            let more: Vec<String> = match illness[..] {
                [only] if is(&cases) => phrases().subject_words(only),
                _ if is(&away) && !both => vec!["nghỉ".to_owned()],
                _ if is(&suspected) && !both => vec!["nghi".to_owned()],
                _ => vec![],
            };
            more.iter().for_each(|name| field.call(name));
            field.ill |= !more.is_empty() && field.meaning.concepts == cases;
        }
    }

    /// Whether some field may take one of the figures: a word or a meaning of theirs is its own.
    pub fn may_take(&self, gist: &Gist) -> bool {
        let holds = |kind| self.fields.iter().any(|f| f.field.kind == kind);
        gist.unnamed
            || gist.total && self.total_field().is_some()
            || gist.money && holds(FieldKind::Money)
            || gist.percent && holds(FieldKind::Percent)
            || self.fields.iter().any(|f| gist.names(f))
    }

    /// Whether a folded word stands in a name of a field.
    pub fn labels_have(&self, word: &str) -> bool {
        self.fields.iter().flat_map(|f| f.names.iter().flatten()).any(|known| known.folded() == word)
    }

    /// Whether a folded word is the first letters of a name.
    pub fn shortens(&self, word: &str) -> bool {
        self.fields.iter().any(|f| f.initials.iter().any(|initials| initials == word))
    }

    /// Whether these words are the name of a field, as it is or with words that say nothing.
    pub fn calls_one(&self, line: &Line, at: &[usize]) -> bool {
        let typed: Vec<Word> = at.iter().filter_map(|n| line.word(*n)).collect();
        let holds = |name: &Vec<Known>| {
            let rest = typed.iter().filter(|w| !name.iter().any(|k| k.is(**w)));
            !name.is_empty()
                && typed.windows(name.len()).any(|own| own.iter().zip(name).all(|(w, k)| k.is(*w)))
                && rest.into_iter().all(|w| phrases().is_filler(*w))
        };
        self.fields.iter().any(|f| f.names.iter().any(holds))
    }

    fn figure_fields(&self) -> Vec<usize> {
        (0..self.fields.len()).filter(|n| self.fields[*n].field.kind.is_figure()).collect()
    }

    /// Puts figures into fields, where one at least may find its own.
    pub fn bind_some(&self, line: &Stretches, numbers: &[Number], last: Option<&Values>) -> Option<Bound> {
        let figures: Vec<&Number> = numbers.iter().filter(|n| n.counts()).collect();
        let targets = self.targets(line, &figures);
        // Where none leads to a field they have theirs by their order, which no figure of something else stands in.
        let leads = |target: &Target| matches!(target, Target::Field(_) | Target::Fields(_));
        let may = targets.iter().any(leads) || !targets.contains(&Target::Foreign);
        may.then(|| self.bind_to(line, numbers, &figures, targets, last)).filter(|b| !b.values.is_empty())
    }

    /// Puts figures into fields.
    pub fn bind(&self, line: &Stretches, numbers: &[Number], last: Option<&Values>) -> Bound {
        let figures: Vec<&Number> = numbers.iter().filter(|n| n.counts()).collect();
        let targets = self.targets(line, &figures);
        self.bind_to(line, numbers, &figures, targets, last)
    }

    fn bind_to(
        &self,
        line: &Stretches,
        numbers: &[Number],
        figures: &[&Number],
        targets: Vec<Target>,
        last: Option<&Values>,
    ) -> Bound {
        let mut bound = Bound::default();
        let plain: Vec<&Number> =
            figures.iter().copied().filter(|n| !matches!(n.role, Role::Delta | Role::Each)).collect();
        let unnamed = targets.iter().all(|t| matches!(t, Target::Unnamed));
        if unnamed && !figures.is_empty() && !figures.iter().any(|n| n.doubtful) {
            self.bind_unnamed(line, numbers, &plain, last, &mut bound);
            return bound;
        }
        // Figures whose words lead to several fields, or to none.
        let mut lost: Vec<&Number> = Vec::new();
        let rates = self.fields.iter().any(|f| f.field.kind == FieldKind::Percent);
        for (number, target) in figures.iter().zip(&targets) {
            match target {
                // "nhẹ cân 13 (3,9%)": a rate beside its figure, in a form without rates.
                _ if number.amount.percent && !rates => bound.loose.push(figure(line, number)),
                Target::Field(index) if self.is_no_money(*index, number, figures) => {
                    bound.loose.push(figure(line, number));
                }
                // "Tỷ lệ chuyên cần 245/250": the rate of it.
                Target::Field(index) if self.share(*index, number, figures).is_some() => {
                    bound.named += 1;
                    let rate = self.share(*index, number, figures).unwrap_or_default();
                    bound.values.insert(self.fields[*index].field.key.clone(), Value::Figure(rate));
                }
                _ if number.role == Role::Whole && self.is_told(number, figures, &targets) => {}
                Target::Field(index) if self.takes_role(*index, number.role) => {
                    bound.named += 1;
                    self.put(*index, number, line, &mut bound);
                }
                // "Không vắng cháu nào": neither with leave nor without.
                Target::Fields(list) if number.role == Role::Zero && self.halves(list) => {
                    bound.named += 1;
                    list.iter().for_each(|index| self.put(*index, number, line, &mut bound));
                }
                // "Vắng 4: 3 có phép, 1 không phép": the halves say it.
                Target::Fields(list) if self.halves(list) && self.is_sum(list, number, figures, &targets) => {
                    bound.loose.push(figure(line, number));
                }
                Target::Foreign => {
                    bound.foreign += 1;
                    bound.loose.push(figure(line, number));
                }
                _ if matches!(number.role, Role::Delta | Role::Each) || number.inside => {
                    bound.loose.push(figure(line, number));
                }
                _ => lost.push(number),
            }
        }
        if !bound.values.is_empty() {
            bound.by = By::Labels;
        }
        self.settle(line, figures, &targets, lost, &mut bound);
        bound
    }

    /// Whether a field holds figures of this kind: what came or left, what one of them gets.
    fn takes_role(&self, index: usize, role: Role) -> bool {
        let says = |words: &[&str]| self.fields[index].names[0].iter().any(|w| w.is_one_of(words));
        match role {
            Role::Delta => says(&["moi", "them", "den", "di", "chua", "tang", "giam", "thieu", "thua", "du"]),
            Role::Each => says(&["muc", "moi", "mot", "tien", "gia"]) && !says(&["tong", "so"]),
            _ => true,
        }
    }

    /// The rate of a part that stands before its whole, for a field of rates.
    fn share(&self, index: usize, number: &Number, figures: &[&Number]) -> Option<i64> {
        let rates = self.fields[index].field.kind == FieldKind::Percent && !number.amount.percent;
        let at = figures.iter().position(|n| n.tokens == number.tokens).filter(|_| rates)?;
        let whole = figures.get(at + 1).filter(|n| n.role == Role::Whole)?;
        rate(number.amount.whole()?, whole.amount.whole()?)
    }

    /// Whether the whole of a rate was told with it.
    fn is_told(&self, number: &Number, figures: &[&Number], targets: &[Target]) -> bool {
        let before = figures.iter().position(|n| n.tokens == number.tokens).and_then(|at| at.checked_sub(1));
        before.is_some_and(|at| match targets[at] {
            Target::Field(index) => self.share(index, figures[at], figures).is_some(),
            _ => false,
        })
    }

    /// Whether fields are those who are and those who are not: "vắng có phép", "vắng không phép".
    fn halves(&self, list: &[usize]) -> bool {
        let denied = list.iter().filter(|index| self.fields[**index].denied).count();
        denied > 0 && denied < list.len()
    }

    /// Whether other figures of the message are of just these fields and add up to this one.
    fn is_sum(&self, list: &[usize], number: &Number, figures: &[&Number], targets: &[Target]) -> bool {
        let of = |index: &usize| {
            let mut own = figures.iter().zip(targets).filter(|(_, t)| **t == Target::Field(*index));
            own.next().filter(|_| own.next().is_none())?.0.amount.whole()
        };
        let parts: Option<Vec<i64>> = list.iter().map(of).collect();
        parts.is_some_and(|parts| Some(parts.iter().sum()) == number.amount.whole())
    }

    fn open_fields(&self, values: &Values) -> Vec<String> {
        let open = self.figure_fields().into_iter().map(|n| &self.fields[n].field.key);
        open.filter(|key| !values.contains_key(*key)).cloned().collect()
    }

    /// Figures without any word: one for the only field, all by position, or the new one for an old one.
    fn bind_unnamed(
        &self,
        line: &Line,
        all: &[Number],
        plain: &[&Number],
        last: Option<&Values>,
        bound: &mut Bound,
    ) {
        let fields = self.figure_fields();
        let loose = |bound: &mut Bound| bound.loose.extend(plain.iter().map(|n| figure(line, n)));
        let replaced = self.replaced_field(all, last);
        if let ([new], Some(index)) =
            (plain, self.fields.iter().position(|f| Some(&f.field.key) == replaced.as_ref()))
        {
            self.put(index, new, line, bound);
            bound.by = By::Only;
            bound.named += 1;
            return;
        }
        if plain.len() == 1 && fields.len() == 1 {
            self.put(fields[0], plain[0], line, bound);
            bound.by = By::Only;
            return;
        }
        // As many as there are fields, or as many as must be answered.
        let needed: Vec<usize> = fields.iter().copied().filter(|n| self.fields[*n].field.required).collect();
        let places = [&fields, &needed].into_iter().find(|places| places.len() == plain.len());
        if let Some(places) =
            places.filter(|_| plain.len() > 1 && plain.iter().all(|n| n.role == Role::Plain))
        {
            for (index, number) in places.iter().zip(plain) {
                self.put(*index, number, line, bound);
            }
            if bound.values.len() == places.len() && !self.contradicts(&bound.values) {
                bound.by = By::Position;
                bound.doubts.push(Unclear::GuessedFields);
                return;
            }
            bound.values.clear();
            bound.doubts.clear();
            bound.loose.clear();
        }
        loose(bound);
        if !plain.is_empty() {
            let fields = self.open_fields(&bound.values);
            bound.doubts.push(Unclear::WhichField {
                figures: plain.iter().map(|n| printed(line, n)).collect(),
                fields,
            });
        }
    }

    /// "312 thành 321": the field that held 312, when only one did.
    fn replaced_field(&self, all: &[Number], last: Option<&Values>) -> Option<String> {
        let mut old = all.iter().filter(|n| n.role == Role::Old);
        let (number, more) = (old.next()?, old.next());
        let holds = |(key, value): &(&String, &Value)| {
            let field = self.form.field(key)?;
            (value_of(field, &number.amount).as_ref() == Some(*value)).then_some(())
        };
        let mut keys = last?.iter().filter(|entry| holds(entry).is_some()).map(|(key, _)| key.clone());
        let key = keys.next()?;
        (more.is_none() && keys.next().is_none()).then_some(key)
    }

    fn contradicts(&self, values: &Values) -> bool {
        !self.form.contradictions(values, &Beside::default()).is_empty()
    }

    /// "Tiền ăn 3 mức", "41 người ủng hộ": a count in front of the money is not the money.
    fn is_no_money(&self, index: usize, number: &Number, figures: &[&Number]) -> bool {
        self.fields[index].field.kind == FieldKind::Money
            && !number.amount.money
            && value_of(&self.fields[index].field, &number.amount).is_none()
            && figures.iter().any(|n| n.amount.money)
    }

    fn put(&self, index: usize, number: &Number, line: &Line, bound: &mut Bound) {
        let field = &self.fields[index].field;
        // "Thiệt hại ước chừng 18 triệu" is what such a form asks for.
        let estimate = self.estimates && number.estimated && field.kind == FieldKind::Money;
        let value = value_of(field, &number.amount).filter(|_| !number.doubtful || estimate);
        let Some(value) = value else {
            bound.doubts.push(Unclear::NotANumber { field: field.key.clone(), given: printed(line, number) });
            bound.loose.push(figure(line, number));
            return;
        };
        // `1 250` may be a figure and another one behind it.
        if number.amount.spaced && number.before.is_empty() {
            bound.doubts.push(Unclear::NotANumber { field: field.key.clone(), given: printed(line, number) });
        }
        match bound.values.get(&field.key) {
            // "17 máy, trong đó 14 máy còn dùng", "300 (5 bé nghỉ)": of those.
            Some(there) if *there != value && (number.inside || is_of_those(line, number)) => {
                bound.loose.push(figure(line, number));
            }
            Some(there) if *there != value => {
                let known = bound.doubts.iter_mut().find_map(|d| match d {
                    Unclear::TwoFigures { field: f, figures } if *f == field.key => Some(figures),
                    _ => None,
                });
                match (known, there) {
                    (Some(figures), _) => figures.push(printed(line, number)),
                    (None, there) => {
                        let first = match there {
                            Value::Figure(n) => vec![field.measure().written(*n).replace('.', ",")],
                            _ => vec![],
                        };
                        let figures = first.into_iter().chain([printed(line, number)]).collect();
                        bound.doubts.push(Unclear::TwoFigures { field: field.key.clone(), figures });
                    }
                }
                bound.loose.push(figure(line, number));
            }
            _ => {
                bound.values.insert(field.key.clone(), value);
            }
        }
    }
}

/// "trong đó", "gồm" stands before it in the same sentence, with no other figure between.
fn is_of_those(line: &Line, number: &Number) -> bool {
    let at = number.tokens.start;
    (at.saturating_sub(5)..at)
        .rev()
        .take_while(|n| line.number(*n).is_none())
        .any(|n| line.is(n, words!["trong"]) && line.is(n + 1, words!["do"]) || line.is(n, words!["gom"]))
}

pub(super) fn printed(line: &Line, number: &Number) -> String {
    line.printed(number.tokens.clone()).to_owned()
}

/// A figure with its words, for asking.
pub(super) fn figure(line: &Line, number: &Number) -> Figure {
    let known = |at: &[usize]| !phrases().concepts(&words(line, at)).concepts.is_empty();
    let says = |at: &[usize]| words(line, at).iter().any(|w| !phrases().is_filler(*w));
    let text = |at: &[usize]| match (at.first(), at.last()) {
        (Some(first), Some(last)) => line.printed(*first..*last + 1).to_owned(),
        _ => String::new(),
    };
    let (front, back) = (&number.before[..], &number.after[..]);
    let label = match number.role {
        Role::Whole => String::new(),
        _ if known(front) && known(back) && !number.crowded => format!("{} {}", text(front), text(back)),
        _ if number.crowded && number.words_behind => text(back),
        _ if number.crowded => text(front),
        _ if known(front) => text(front),
        _ if known(back) => text(back),
        _ if says(front) || back.is_empty() || !says(back) && !front.is_empty() => text(front),
        _ => text(back),
    };
    Figure {
        label,
        printed: printed(line, number),
        hundredths: number.amount.hundredths().unwrap_or_default(),
        percent: number.amount.percent,
    }
}

#[cfg(test)]
mod tests;
