//! Which field the words beside each figure name.

use super::super::key::Key;
use super::super::labels::{NAMED, denies};
use super::*;

impl Names {
    /// Where the words of each figure lead. Within one stretch all figures have their words on the same side.
    pub(super) fn targets(&self, line: &Stretches, figures: &[&Number]) -> Vec<Target> {
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
                // "Quà cho 9 cháu hết 1.350.000": money counts no children.
                let counts_money = |n: usize, field: usize| {
                    is_large(&group[n].amount) && self.fields[field].field.kind == FieldKind::Count
                };
                let hits = |list: &[Target]| {
                    let worth = |(n, t): (usize, &Target)| match t {
                        Target::Field(field) => 2 * usize::from(!counts_money(n, *field)),
                        Target::Foreign => 2,
                        // "Vắng 4: 3 có phép": words that name several fields are words of that figure.
                        Target::Fields(_) => 1,
                        Target::Unnamed | Target::Unknown => 0,
                    };
                    list.iter().enumerate().map(worth).sum::<usize>()
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
        self.keep_classes_apart(line, figures, &mut targets);
        self.count_people(line, figures, &mut targets);
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

    /// "Lớp Mầm 42" tells of one class, not how many there are.
    fn keep_classes_apart(&self, line: &Line, figures: &[&Number], targets: &mut [Target]) {
        const CLASSES: &[Key] = words!["mam", "choi", "la", "be", "nho", "lon"];
        for (number, target) in figures.iter().zip(targets) {
            let [.., word, name] = number.before[..] else { continue };
            let is_class = line.is(word, words!["lop", "nhom"]) && line.is(name, CLASSES);
            if let Target::Field(index) = target
                && is_class
                && !self.fields[*index]
                    .names
                    .iter()
                    .flatten()
                    .any(|known| known.folded() == line.folded(name))
            {
                *target = Target::Foreign;
            }
        }
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

    /// "9 người" for "số vận động viên": people, for the only field, which counts a kind of them that no word list has.
    fn count_people(&self, line: &Line, figures: &[&Number], targets: &mut [Target]) {
        let fields = self.figure_fields();
        let ([number], [target], [only]) = (figures, targets, &fields[..]) else { return };
        let field = &self.fields[*only];
        let people = field.field.kind == FieldKind::Count
            && field.meaning.concepts.is_empty()
            && field.names[0].iter().any(|w| w.is_one_of(&["vien", "nguoi"]));
        let counted = number.after.first().is_some_and(|n| line.is(*n, words!["nguoi", "co", "em", "vdv"]));
        if people
            && counted
            && number.before.is_empty()
            && matches!(target, Target::Foreign | Target::Unknown)
        {
            *target = Target::Field(*only);
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
            let kind = match (is_large(&number.amount), number.amount.percent) {
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

    fn of_both_sides(&self, line: &Stretches, number: &Number) -> Target {
        let front = self.front(line, &number.before);
        let back = self.target(line, &number.after);
        let whole: Vec<usize> = number.before.iter().chain(&number.after).copied().collect();
        match (&front, &back) {
            (Target::Field(a), Target::Field(b)) if a == b => front,
            // "Ủng hộ 28 người, 5.600.000đ".
            (Target::Field(a), Target::Field(_))
                if self.fields[*a].field.kind == FieldKind::Money
                    && value_of(&self.fields[*a].field, &number.amount).is_none() =>
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
    fn front(&self, line: &Stretches, at: &[usize]) -> Target {
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

    fn target(&self, line: &Stretches, at: &[usize]) -> Target {
        let stretch = line.at(at);
        let only_fillers = stretch.content.is_empty();
        let (mut top, mut best, mut equal) = (0, None, vec![]);
        for (index, field) in self.fields.iter().enumerate().filter(|(_, f)| f.field.kind.is_figure()) {
            let score = field.score(&stretch);
            if score > top {
                (top, best) = (score, Some(index));
                equal.clear();
            } else if score == top && top > 0 {
                equal.push(index);
            }
        }
        match best {
            Some(only) if equal.is_empty() && top < NAMED => {
                let halves = self.other_halves(only, &stretch);
                if halves.is_empty() {
                    Target::Field(only)
                } else {
                    Target::Fields([vec![only], halves].concat())
                }
            }
            Some(only) if equal.is_empty() => Target::Field(only),
            Some(first) => {
                equal.insert(0, first);
                Target::Fields(equal)
            }
            None if only_fillers && self.says_total(&stretch.typed) => {
                self.total_field().map_or(Target::Unknown, Target::Field)
            }
            None if !stretch.meaning.concepts.is_empty() => Target::Foreign,
            None if only_fillers => Target::Unnamed,
            None => Target::Unknown,
        }
    }

    /// "Vắng 3" where those with leave and those without are asked for apart: the other ones that it may be of.
    fn other_halves(&self, chosen: usize, stretch: &Stretch) -> Vec<usize> {
        let (content, concepts) = (&stretch.content, &stretch.meaning.concepts);
        // What stands before the word that denies is of both: the "vắng" of "vắng không phép", not the "tiêm" of "chưa tiêm".
        let of = |f: &FieldNames| {
            let shared: Vec<Word> =
                f.names[0].iter().map(Known::as_word).take_while(|w| !denies(w.folded)).collect();
            let says_all =
                !content.is_empty() && content.iter().all(|w| shared.iter().any(|s| s.folded == w.folded));
            says_all || !concepts.is_empty() && phrases().concepts(&shared).concepts == *concepts
        };
        if self.fields[chosen].denied {
            return vec![];
        }
        let denied = self.fields.iter().enumerate().filter(|(_, f)| f.denied && f.field.kind.is_figure());
        denied.filter(|(_, f)| of(f)).map(|(index, _)| index).collect()
    }

    fn says_total(&self, typed: &[Word]) -> bool {
        typed.iter().any(|w| matches!(w.folded, "tong" | "ts"))
    }
}
