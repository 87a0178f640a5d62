//! Which field of a form a figure belongs to.

mod totals;

use super::figures::Number;
use super::gist::Gist;
use super::key::words;
use super::labels::{FieldNames, is_case, is_child, is_unit, words};
use super::line::Line;
use super::phrases::{Known, Word, phrases};
use super::reading::{By, Figure, Unclear};
use super::roles::Role;
use crate::domain::{Beside, FieldKind, Form, OwnWord, Task, Value, Values};
use crate::vietnamese::Amount;

/// A form with its names ready to be compared.
#[derive(Debug, Clone)]
pub(super) struct Names {
    form: Form,
    fields: Vec<FieldNames>,
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
    pub fn new(form: &Form) -> Self {
        Self { form: form.clone(), fields: form.fields.iter().map(FieldNames::new).collect() }
    }

    /// The names of a task's form. What its title is about, its one field of children counts: "Trẻ khuyết tật học hòa nhập: số trẻ".
    pub fn of_task(task: &Task, own: &[OwnWord]) -> Self {
        let mut names = Self::new(&task.form);
        for own in own.iter().filter(|own| !own.of_tasks) {
            let meant = names.fields.iter_mut().find(|f| f.is_called(&own.means));
            if let Some(field) = meant {
                field.call(&own.word);
            }
        }
        let title = task.text.split(':').next().unwrap_or_default();
        let line = Line::new(title);
        let children = (0..line.len()).find(|at| line.is(*at, words!["tre", "chau", "be"]));
        let from = children.map_or(line.len(), |at| at + 1);
        let words: Vec<Word> = (from..line.len()).filter_map(|at| line.word(at)).collect();
        let about: Vec<usize> =
            phrases().concepts(&words).concepts.into_iter().filter(|c| !phrases().is_broad(*c)).collect();
        let mut children = names.fields.iter_mut().filter(|f| is_child(&f.meaning));
        if let (Some(only), None) = (children.next(), children.next()) {
            only.also = about;
        }
        names
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

    /// Puts figures into fields.
    pub fn bind(&self, line: &Line, numbers: &[Number], last: Option<&Values>) -> Bound {
        let mut bound = Bound::default();
        let figures: Vec<&Number> = numbers.iter().filter(|n| n.counts()).collect();
        let targets = self.targets(line, &figures);
        let plain: Vec<&Number> =
            figures.iter().copied().filter(|n| !matches!(n.role, Role::Delta | Role::Each)).collect();
        let unnamed = targets.iter().all(|t| matches!(t, Target::Unnamed));
        if unnamed && !figures.is_empty() && !figures.iter().any(|n| n.doubtful) {
            self.bind_unnamed(line, numbers, &plain, last, &mut bound);
            return bound;
        }
        let mut lost: Vec<&Number> = Vec::new();
        let rates = self.fields.iter().any(|f| f.field.kind == FieldKind::Percent);
        for (number, target) in figures.iter().zip(&targets) {
            match target {
                // "nhẹ cân 13 (3,9%)": a rate beside its figure, in a form without rates.
                _ if number.amount.percent && !rates => bound.loose.push(figure(line, number)),
                Target::Field(index) if self.is_no_money(*index, number, &figures) => {
                    bound.loose.push(figure(line, number));
                }
                Target::Field(index) if self.takes_role(*index, number.role) => {
                    bound.named += 1;
                    self.put(*index, number, line, &mut bound);
                }
                Target::Fields(list) => {
                    let fields = list.iter().map(|n| self.fields[*n].field.key.clone()).collect();
                    bound.doubts.push(Unclear::WhichField { figures: vec![printed(line, number)], fields });
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
        if !lost.is_empty() {
            let fields = self.open_fields(&bound.values);
            if !fields.is_empty() {
                bound.doubts.push(Unclear::WhichField {
                    figures: lost.iter().map(|n| printed(line, n)).collect(),
                    fields,
                });
            }
            bound.loose.extend(lost.iter().map(|n| figure(line, n)));
        }
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
        if plain.len() > 1 && plain.len() == fields.len() && plain.iter().all(|n| n.role == Role::Plain) {
            for (index, number) in fields.iter().zip(plain) {
                self.put(*index, number, line, bound);
            }
            if bound.values.len() == fields.len() && !self.contradicts(&bound.values) {
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
            let kind = self.form.field(key).map(|f| f.kind)?;
            (value_of(kind, &number.amount).as_ref() == Some(*value)).then_some(())
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
            && value_of(FieldKind::Money, &number.amount).is_none()
            && figures.iter().any(|n| n.amount.money)
    }

    fn put(&self, index: usize, number: &Number, line: &Line, bound: &mut Bound) {
        let field = &self.fields[index].field;
        let value = value_of(field.kind, &number.amount).filter(|_| !number.doubtful);
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
                            Value::Figure(n) if field.kind == FieldKind::Count => vec![n.to_string()],
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

    /// Where the words of each figure lead. Within one stretch all figures have their words on the same side.
    fn targets(&self, line: &Line, figures: &[&Number]) -> Vec<Target> {
        let mut targets = vec![Target::Unnamed; figures.len()];
        let mut from = 0;
        while from < figures.len() {
            let to = (from..figures.len())
                .find(|n| {
                    figures[*n].stretch != figures[from].stretch
                        || figures[*n].role == Role::Zero && *n > from
                })
                .unwrap_or(figures.len())
                .max(from + 1);
            let group = &figures[from..to];
            if group.len() == 1 {
                targets[from] = self.of_both_sides(line, group[0]);
            } else {
                let front: Vec<Target> = group.iter().map(|n| self.front(line, &n.before)).collect();
                let back: Vec<Target> = group.iter().map(|n| self.target(line, &n.after)).collect();
                let hits = |list: &[Target]| {
                    list.iter().filter(|t| matches!(t, Target::Field(_) | Target::Foreign)).count()
                };
                // The first ones may have their words before them and the others behind: "tổng 337, trong đó 13 nhẹ cân"
                // without its comma. The words between must then say nothing.
                let mut best = front.clone();
                for turn in 0..group.len() {
                    let silent = turn == 0 || self.target(line, &group[turn - 1].after) == Target::Unnamed;
                    let mixed = [&front[..turn], &back[turn..]].concat();
                    if silent && hits(&mixed) > hits(&best) {
                        best = mixed;
                    }
                }
                targets[from..to].clone_from_slice(&best);
            }
            from = to;
        }
        self.lead_with_all(line, figures, &mut targets);
        self.keep_denied_apart(line, figures, &mut targets);
        self.by_kind(figures, &mut targets);
        for (at, number) in figures.iter().enumerate() {
            if number.role == Role::Whole {
                let part = at.checked_sub(1).map(|n| targets[n].clone());
                if let (Some(n), Some(present)) = (at.checked_sub(1), self.present_field())
                    && (part == Some(Target::Unnamed)
                        || part == Some(Target::Unknown)
                            && (number.after.is_empty() || is_unit(line, &number.after))
                        || part == self.total_field().map(Target::Field))
                {
                    targets[n] = Target::Field(present);
                }
                targets[at] = self.whole_of(at.checked_sub(1).map(|n| &targets[n]));
            }
        }
        targets
    }

    /// "Không uống 14 cháu" is none of those who drink, whatever stands behind the figure.
    fn keep_denied_apart(&self, line: &Line, figures: &[&Number], targets: &mut [Target]) {
        for (number, target) in figures.iter().zip(targets) {
            let denied = number.role != Role::Zero
                && number.before.len() <= 4
                && number.before.iter().any(|n| line.is(*n, words!["khong", "chua"]));
            if let Target::Field(index) = target
                && denied
                && !self.fields[*index].denied
            {
                *target = Target::Foreign;
            }
        }
    }

    /// "329 trẻ nc 12 tc 9": in a row of figures with their words before them, the first is of all children.
    fn lead_with_all(&self, line: &Line, figures: &[&Number], targets: &mut [Target]) {
        for at in 0..figures.len() {
            let unit = &figures[at].after[..figures[at].after.len().min(1)];
            let next = figures.get(at + 1).is_some_and(|n| n.stretch == figures[at].stretch);
            if targets[at] == Target::Unnamed
                && next
                && !figures[at].words_behind
                && is_unit(line, unit)
                && let Some(total) = self.total_field()
            {
                targets[at] = Target::Field(total);
            }
        }
    }

    /// Money goes into the only field for money, a rate into the only one for rates, when their words name no other.
    fn by_kind(&self, figures: &[&Number], targets: &mut [Target]) {
        let only = |kind: FieldKind| {
            let mut of = (0..self.fields.len()).filter(|n| self.fields[*n].field.kind == kind);
            let first = of.next()?;
            of.next().is_none().then_some(first)
        };
        let labelled: Vec<usize> = figures
            .iter()
            .zip(targets.iter())
            .filter(|(n, _)| n.amount.money || n.amount.percent)
            .filter_map(|(_, t)| if let Target::Field(index) = t { Some(*index) } else { None })
            .collect();
        for (number, target) in figures.iter().zip(targets) {
            let large = number.amount.whole().is_some_and(|n| n >= 1_000_000) && *target == Target::Unnamed;
            let kind = match (number.amount.money || large, number.amount.percent) {
                (true, _) => FieldKind::Money,
                (_, true) => FieldKind::Percent,
                _ => continue,
            };
            let fits = match target {
                Target::Field(index) => self.fields[*index].field.kind == kind,
                Target::Foreign => number.amount.percent,
                _ => false,
            };
            // "Tiền ăn 28.000, tiền ga 3.000": who has its own name leaves the field to the one that names it.
            let taken = |index: &usize| labelled.contains(index) && *target != Target::Unnamed;
            if !fits && let Some(index) = only(kind).filter(|index| !taken(index)) {
                *target = Target::Field(index);
            }
        }
    }

    fn of_both_sides(&self, line: &Line, number: &Number) -> Target {
        let front = self.front(line, &number.before);
        let back = self.target(line, &number.after);
        let whole: Vec<usize> = number.before.iter().chain(&number.after).copied().collect();
        match (&front, &back) {
            (Target::Field(a), Target::Field(b)) if a == b => front,
            // "Ủng hộ 28 người, 5.600.000đ".
            (Target::Field(a), Target::Field(_))
                if self.fields[*a].field.kind == FieldKind::Money
                    && value_of(FieldKind::Money, &number.amount).is_none() =>
            {
                back
            }
            (Target::Field(a), Target::Field(b)) => {
                // "tổng 312 trẻ", "nhẹ cân 13 trẻ": the noun behind is the unit of the words before.
                if is_unit(line, &number.after) && !self.only_total(line, &number.before) {
                    front
                } else if self.only_total(line, &number.before) {
                    back
                } else {
                    Target::Fields(vec![*a, *b])
                }
            }
            (Target::Field(a), Target::Foreign) => {
                let unit_words = words(line, &number.after);
                let meaning = phrases().concepts(&unit_words);
                let unit = is_child(&meaning) && meaning.others == 0;
                if unit || is_case(&unit_words) { Target::Field(*a) } else { Target::Foreign }
            }
            (Target::Field(_), _) => front,
            // "Bé khỏe bé ngoan trường em 2 bé dự thi": what is counted stands behind with its whole name.
            (Target::Foreign, Target::Field(b)) if self.ends_with_name(*b, line, &number.after) => back,
            (Target::Foreign, Target::Field(b)) if !is_unit(line, &number.after) => Target::Fields(vec![*b]),
            (Target::Foreign, _) => front,
            (_, Target::Field(_)) if matches!(front, Target::Unnamed) => back,
            (Target::Unknown, Target::Field(b)) => match self.target(line, &whole) {
                Target::Field(a) => Target::Field(a),
                // What is counted stands right behind: "bên em phát 268 suất".
                _ => Target::Field(*b),
            },
            (Target::Fields(_), _) => front,
            (_, Target::Fields(_) | Target::Foreign) => back,
            _ => self.target(line, &whole),
        }
    }

    fn only_total(&self, line: &Line, at: &[usize]) -> bool {
        words(line, at).iter().all(|w| phrases().is_filler(*w))
            && at.iter().any(|n| line.is(*n, words!["tong", "ts"]))
    }

    /// Where the words before a figure lead. Those next to it count most: "báo cáo cân đo nhẹ cân 13" gives nhẹ cân.
    fn front(&self, line: &Line, at: &[usize]) -> Target {
        let whole = self.target(line, at);
        let near = (0..at.len()).rev().map(|from| (from, self.target(line, &at[from..])));
        let Some((from, Target::Field(near))) = near.into_iter().find(|(_, t)| matches!(t, Target::Field(_)))
        else {
            return whole;
        };
        match whole {
            Target::Field(all) if all == near || is_unit(line, &at[from..]) => Target::Field(all),
            // "cân đo tổng 337": of the weighed, or of all?
            Target::Field(all) if self.only_total(line, &at[from..]) => Target::Fields(vec![all, near]),
            // A longer name may end in a shorter one's words.
            Target::Field(all) if self.ends_with_name(all, line, at) => Target::Field(all),
            Target::Field(_) => Target::Field(near),
            Target::Fields(list) if list.contains(&near) && !is_unit(line, &at[from..]) => {
                Target::Field(near)
            }
            other => other,
        }
    }

    /// Whether the words end in the whole name of a field.
    fn ends_with_name(&self, index: usize, line: &Line, at: &[usize]) -> bool {
        let typed = words(line, at);
        self.fields[index].names.iter().any(|name| {
            name.len() <= typed.len()
                && name.iter().zip(&typed[typed.len() - name.len()..]).all(|(k, w)| k.is(*w))
        })
    }

    fn target(&self, line: &Line, at: &[usize]) -> Target {
        let typed = words(line, at);
        let only_fillers = || typed.iter().all(|w| phrases().is_filler(*w));
        let meaning = phrases().concepts(&typed);
        let mut best: Vec<usize> = Vec::new();
        let mut top = 0;
        for (index, field) in self.fields.iter().enumerate().filter(|(_, f)| f.field.kind.is_figure()) {
            let score = field.score(&typed, &meaning);
            if score > top {
                (top, best) = (score, vec![index]);
            } else if score == top && top > 0 {
                best.push(index);
            }
        }
        match best[..] {
            [only] => Target::Field(only),
            [] if self.says_total(&typed) && only_fillers() => {
                self.total_field().map_or(Target::Unknown, Target::Field)
            }
            [] if !meaning.concepts.is_empty() => Target::Foreign,
            [] if only_fillers() => Target::Unnamed,
            [] => Target::Unknown,
            _ => Target::Fields(best),
        }
    }

    fn says_total(&self, typed: &[Word]) -> bool {
        typed.iter().any(|w| matches!(w.folded, "tong" | "ts"))
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

/// The value of an amount in a field of this kind.
fn value_of(kind: FieldKind, amount: &Amount) -> Option<Value> {
    let figure = match kind {
        FieldKind::Count => amount.whole().filter(|_| !amount.percent && !amount.money)?,
        FieldKind::Percent => amount.hundredths().filter(|h| (0..=10_000).contains(h) && !amount.money)?,
        // "thu 178" may be thousands or millions.
        FieldKind::Money => {
            amount.whole().filter(|n| !amount.percent && (amount.money || *n == 0 || *n >= 1000))?
        }
        _ => return None,
    };
    Some(Value::Figure(figure))
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
