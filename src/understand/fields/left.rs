//! Figures that no name of their own takes to a field, beside others that have theirs.

use super::*;

impl Names {
    /// Puts those that can be meant for one field only, leaves out the parts of a figure that has its field, and asks about the rest.
    pub(super) fn settle(
        &self,
        line: &Line,
        figures: &[&Number],
        targets: &[Target],
        mut lost: Vec<&Number>,
        bound: &mut Bound,
    ) {
        if let [only] = lost[..] {
            // "Nhẹ cân 10 (4,1%)": a rate that no field takes has no place in the order.
            let rates = self.fields.iter().any(|f| f.field.kind == FieldKind::Percent);
            let counted = figures.iter().zip(targets).filter(|(n, _)| rates || !n.amount.percent);
            let (figures, targets): (Vec<&Number>, Vec<&Target>) = counted.map(|(n, t)| (*n, t)).unzip();
            if let Some(index) = self.only_left(line, &figures, &targets, only, bound) {
                self.put(index, only, line, bound);
                bound.named += 1;
                return;
            }
        }
        let candidates = |number: &Number| {
            let at = figures.iter().position(|n| n.tokens == number.tokens)?;
            if let Target::Fields(list) = &targets[at] { Some(list.clone()) } else { None }
        };
        lost.retain(|number| {
            let Some(list) = candidates(number).filter(|list| !self.halves(list)) else { return true };
            let open: Vec<usize> = list
                .iter()
                .copied()
                .filter(|n| !bound.values.contains_key(&self.fields[*n].field.key))
                .collect();
            let ([only], true) = (&open[..], number.role == Role::Plain && number.is_likely()) else {
                return true;
            };
            let Some(value) = value_of(&self.fields[*only].field, &number.amount) else { return true };
            let mut all = bound.values.clone();
            all.insert(self.fields[*only].field.key.clone(), value);
            if number.doubtful || self.contradicts(&all) {
                return true;
            }
            self.put(*only, number, line, bound);
            bound.named += 1;
            false
        });
        if !bound.values.is_empty() {
            bound.by = By::Labels;
        }
        if self.are_parts(&lost, bound) {
            bound.loose.extend(lost.iter().map(|n| figure(line, n)));
            return;
        }
        let (torn, lost): (Vec<&Number>, Vec<&Number>) =
            lost.into_iter().partition(|n| candidates(n).is_some());
        for number in torn {
            let list = candidates(number).unwrap_or_default();
            let fields = list.iter().map(|n| self.fields[*n].field.key.clone()).collect();
            bound.doubts.push(Unclear::WhichField { figures: vec![printed(line, number)], fields });
            bound.loose.push(figure(line, number));
        }
        if lost.is_empty() {
            return;
        }
        let fields = self.open_fields(&bound.values);
        if !fields.is_empty() {
            bound.doubts.push(Unclear::WhichField {
                figures: lost.iter().map(|n| printed(line, n)).collect(),
                fields,
            });
        }
        bound.loose.extend(lost.iter().map(|n| figure(line, n)));
    }

    /// "Mầm 42, chồi 57, lá 61. Tổng 160": what they come to has its field, and the form does not ask for them.
    fn are_parts(&self, lost: &[&Number], bound: &Bound) -> bool {
        let plain = lost.iter().all(|n| n.role == Role::Plain && !n.doubtful);
        let sum: Option<i64> = lost.iter().map(|n| n.amount.whole()).sum();
        let is_there = |total: i64| {
            let count = |key: &str| self.form.field(key).is_some_and(|f| f.kind == FieldKind::Count);
            bound.values.iter().any(|(key, value)| count(key) && *value == Value::Figure(total))
        };
        lost.len() > 1 && plain && bound.doubts.is_empty() && sum.is_some_and(is_there)
    }

    /// "Bữa nay đi 133, nghỉ 6": as many figures as fields, in their order, all but one by their names; the words in front of that one
    /// name nothing else.
    fn only_left(
        &self,
        line: &Line,
        figures: &[&Number],
        targets: &[&Target],
        lost: &Number,
        bound: &Bound,
    ) -> Option<usize> {
        let fields = self.figure_fields();
        let plain = figures.iter().all(|n| matches!(n.role, Role::Plain | Role::Zero) && !n.doubtful);
        let ordered = figures.len() == fields.len()
            && figures
                .iter()
                .zip(targets)
                .zip(&fields)
                .all(|((n, t), field)| n.tokens == lost.tokens || **t == Target::Field(*field));
        let at = figures.iter().position(|n| n.tokens == lost.tokens)?;
        let index = *fields.get(at)?;
        let silent = lost.after.is_empty() || is_unit(line, &lost.after) && lost.after.len() == 1;
        // What a word of no list counts is nobody's to guess: "chậm lớn 13".
        let light = |at: &usize| {
            line.word(*at).is_some_and(|w| phrases().is_filler(w))
                || line.is(*at, words!["di", "den", "toi", "bua", "hnay", "duoc", "ra", "lop"])
        };
        // Words that lead to several fields lead to the one that is left; so does what the title is about ("sởi 2").
        let led = matches!(targets.get(at), Some(Target::Fields(_)))
            || self.fields[index].ill && !phrases().subjects(&words(line, &lost.before)).is_empty();
        let short = (1..=3).contains(&lost.before.len())
            && !lost.inside
            && (lost.before.iter().all(light) || led && lost.is_likely());
        let unnamed = matches!(targets.get(at), Some(Target::Unknown | Target::Unnamed | Target::Fields(_)));
        let value = value_of(&self.fields[index].field, &lost.amount)?;
        let mut all = bound.values.clone();
        all.insert(self.fields[index].field.key.clone(), value);
        let fits =
            figures.len() > 1 && plain && ordered && silent && short && unnamed && bound.doubts.is_empty();
        (fits && !self.contradicts(&all)).then_some(index)
    }
}
