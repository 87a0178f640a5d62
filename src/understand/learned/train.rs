//! Learning the weights: multinomial logistic regression by stochastic gradient descent with a step of its own for each weight
//! (AdaGrad), always in the same order, so that the same examples give the same file.

use std::fmt::Write;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::traits::traits;
use super::{Example, LABELS, SCALE};
use crate::understand::SchoolIndex;
use crate::understand::line::Line;
use crate::understand::marks::marks;

/// Something seen in fewer examples tells nothing.
const SEEN: u32 = 3;
/// How often all examples are gone through.
const ROUNDS: usize = 12;
const STEP: f32 = 0.04;
/// How much each weight is drawn to zero by each example that it is part of.
const DECAY: f32 = 1e-2;

/// The file of weights for these examples, whatever their order.
#[must_use]
pub fn train(examples: &[Example]) -> String {
    let mut examples: Vec<&Example> = examples.iter().collect();
    examples.sort_by(|a, b| (&a.text, a.label).cmp(&(&b.text, b.label)));
    let (names, cases) = cases(&examples);
    let mut model =
        Model { weights: vec![[0.0; LABELS]; names.len()], steps: vec![[1e-6; LABELS]; names.len()] };
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut random = 1_u64;
    let mut sums = model.weights.clone();
    for round in 0..ROUNDS {
        shuffle(&mut order, &mut random);
        for n in &order {
            let (seen, label) = &cases[*n];
            model.learn(seen, *label);
        }
        // What holds over many rounds is no accident of their order.
        if round >= ROUNDS / 2 {
            for (sum, weight) in sums.iter_mut().flatten().zip(model.weights.iter().flatten()) {
                *sum += weight / (ROUNDS - ROUNDS / 2) as f32;
            }
        }
    }
    model.weights = sums;
    format!("{}\n{}", mark(examples.iter().copied()), model.file(&names))
}

/// What the file of weights begins with: it tells from which examples they were learned.
pub(super) fn mark<'e>(examples: impl IntoIterator<Item = &'e Example>) -> String {
    let mut lines: Vec<String> =
        examples.into_iter().map(|e| format!("{}\t{}\n", e.label.name(), e.text)).collect();
    lines.sort();
    let digest = Sha256::digest(lines.concat());
    let hex: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("# learned from {} examples, {hex}", lines.len())
}

/// What is seen often enough, in its order, and each example by the places of what is seen in it.
fn cases(examples: &[&Example]) -> (Vec<String>, Vec<(Vec<usize>, usize)>) {
    let mut count: FxHashMap<String, u32> = FxHashMap::default();
    let mut all: Vec<(Vec<String>, usize)> = Vec::new();
    for example in examples {
        let schools = SchoolIndex::by_shape(&example.text);
        let line = Line::new(&example.text);
        let marks = marks(&line, &schools.find(&line));
        let mut seen = Vec::new();
        traits(&line, &(0..line.len()), &marks, |one| seen.push(one.to_string()));
        seen.sort();
        for name in seen.iter().collect::<std::collections::BTreeSet<_>>() {
            *count.entry(name.clone()).or_default() += 1;
        }
        all.push((seen, example.label as usize));
    }
    let mut names: Vec<String> =
        count.into_iter().filter(|(_, n)| *n >= SEEN).map(|(name, _)| name).collect();
    names.sort();
    let place: FxHashMap<&str, usize> =
        names.iter().enumerate().map(|(n, name)| (name.as_str(), n)).collect();
    let placed = |seen: &[String]| seen.iter().filter_map(|name| place.get(name.as_str()).copied()).collect();
    let cases = all.iter().map(|(seen, label)| (placed(seen), *label)).collect();
    (names, cases)
}

struct Model {
    weights: Vec<[f32; LABELS]>,
    /// The sum of the squares of what each weight was moved by.
    steps: Vec<[f32; LABELS]>,
}

impl Model {
    fn learn(&mut self, seen: &[usize], label: usize) {
        let shares = self.shares(seen);
        for at in seen {
            let moved = self.weights[*at].iter_mut().zip(&mut self.steps[*at]).zip(shares);
            for (n, ((weight, step), share)) in moved.enumerate() {
                let want = if n == label { 1.0 } else { 0.0 };
                let pull = share - want + DECAY * *weight;
                *step += pull * pull;
                *weight -= STEP * pull / step.sqrt();
            }
        }
    }

    fn shares(&self, seen: &[usize]) -> [f32; LABELS] {
        let mut sums = [0.0_f32; LABELS];
        for at in seen {
            for (sum, weight) in sums.iter_mut().zip(self.weights[*at]) {
                *sum += weight;
            }
        }
        let top = sums.iter().copied().fold(f32::MIN, f32::max);
        let powers = sums.map(|sum| (sum - top).exp());
        let all: f32 = powers.iter().sum();
        powers.map(|power| power / all)
    }

    fn file(&self, names: &[String]) -> String {
        let mut file = String::new();
        for (name, weights) in names.iter().zip(&self.weights) {
            let whole = weights.map(|w| (w * SCALE).round().clamp(-127.0, 127.0) as i8);
            if whole.iter().all(|w| w.abs() < 2) {
                continue;
            }
            let numbers: Vec<String> = whole.iter().map(ToString::to_string).collect();
            let _ = writeln!(file, "{name}\t{}", numbers.join(" "));
        }
        file
    }
}

/// Puts an order into another one (Fisher and Yates, with the multiplier of Knuth).
fn shuffle(order: &mut [usize], random: &mut u64) {
    for n in (1..order.len()).rev() {
        *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from((*random >> 33) % (n as u64 + 1)).unwrap_or(0);
        order.swap(n, other);
    }
}
