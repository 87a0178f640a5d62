//! Learning the weights: multinomial logistic regression by stochastic gradient descent with a step of its own for each weight
//! (AdaGrad), always in the same order, so that the same examples give the same file.

use std::fmt::Write;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::numbers::{KINDS, traits_of};
use super::traits::traits;
use super::weights::Weights;
use super::{Example, Kind, LABELS, Leaning, SCALE, leaning_by};
use crate::understand::SchoolIndex;
use crate::understand::compose::composed;
use crate::understand::figures::{Number, numbers};
use crate::understand::line::Line;
use crate::understand::marks::{Mark, marks};
use crate::understand::phrases::phrases;
use crate::understand::roles::Role;

/// Something seen in fewer examples tells nothing.
const SEEN: u32 = 3;
/// How often all examples are gone through.
const ROUNDS: usize = 12;
const STEP: f32 = 0.04;
/// How much each weight is drawn to zero by each example that it is part of.
const DECAY: f32 = 1e-2;

/// The file of weights for these examples, whatever their order: what each message is about.
#[must_use]
pub fn train(examples: &[Example]) -> String {
    let seen_in = |example: &Example| {
        let (line, marks) = prepared(example);
        let mut seen = Vec::new();
        traits(&line, &(0..line.len()), &marks, |one| seen.push(one.to_string()));
        vec![(seen, example.label as usize)]
    };
    weights::<LABELS>(examples, SEEN, DECAY, seen_in)
}

/// The file of weights for these examples, whatever their order: what each number is for.
#[must_use]
pub fn train_numbers(examples: &[Example]) -> String {
    let abouts = Abouts::new(examples);
    let seen_in = |example: &Example| {
        let (line, marks) = prepared(example);
        let about = abouts.of(example, &line, &marks);
        let found = numbers_in(&line, &marks);
        let all = (0..found.len()).filter(|index| found[*index].role != Role::Zero);
        all.filter_map(|index| {
            let kind = kind_of(example, &line, &found[index])?;
            let mut seen = Vec::new();
            let range = 0..line.len();
            traits_of(&line, &range, &marks, &found, index, about, |one| seen.push(one.to_string()));
            Some((seen, kind as usize))
        })
        .collect()
    };
    weights::<KINDS>(examples, SEEN, DECAY, seen_in)
}

/// What a message is likely about, told by weights that were learned from other messages: those learned from itself know
/// it better than those of any message to come.
struct Abouts {
    halves: [Weights<LABELS>; 2],
}

impl Abouts {
    fn new(examples: &[Example]) -> Self {
        let of = |half: usize| {
            let others: Vec<Example> = examples.iter().filter(|e| half_of(e) != half).cloned().collect();
            Weights::parse(&train(&others))
        };
        Self { halves: [of(0), of(1)] }
    }

    fn of(&self, example: &Example, line: &Line, marks: &[Mark]) -> Option<Leaning> {
        leaning_by(&self.halves[half_of(example)], line, &(0..line.len()), marks)
    }
}

/// In which half of all examples one stands, wherever it stands in its file.
fn half_of(example: &Example) -> usize {
    usize::from(example.text.bytes().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte)) & 1)
}

/// The message of an example as it is read.
pub(super) fn prepared(example: &Example) -> (Line, Vec<Mark>) {
    let line = Line::new(&example.text);
    let marks = marks(&line, &SchoolIndex::by_shape(&example.text).find(&line));
    (line, marks)
}

/// Its numbers as the rules find them, where no task is known.
pub(super) fn numbers_in(line: &Line, marks: &[Mark]) -> Vec<Number> {
    let hits = composed(line, phrases().find(line), &|_| false);
    numbers(line, &(0..line.len()), marks, &hits).0
}

/// What a number of an example is for; nothing where its text was put in order before it was read.
pub(super) fn kind_of(example: &Example, line: &Line, number: &Number) -> Option<Kind> {
    let from = example.text.find(&line.text)?;
    let (first, last) = (line.tokens.get(number.tokens.start)?, line.tokens.get(number.tokens.end - 1)?);
    Some(example.kind_at(&(from + first.start..from + last.end)))
}

/// What was seen of something, and its answer.
type Case = (Vec<String>, usize);

fn weights<const N: usize>(
    examples: &[Example],
    least: u32,
    decay: f32,
    seen_in: impl Fn(&Example) -> Vec<Case>,
) -> String {
    let mut examples: Vec<&Example> = examples.iter().collect();
    examples.sort_by_cached_key(|example| example.written());
    let (names, cases) = cases(examples.iter().flat_map(|example| seen_in(example)), least);
    let mut model =
        Model { weights: vec![[0.0; N]; names.len()], steps: vec![[1e-6; N]; names.len()], decay };
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut random = 1_u64;
    let mut sums = model.weights.clone();
    for round in 0..ROUNDS {
        shuffle(&mut order, &mut random);
        for n in &order {
            let (seen, answer) = &cases[*n];
            model.learn(seen, *answer);
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
    let mut lines: Vec<String> = examples.into_iter().map(Example::written).collect();
    lines.sort();
    let digest = Sha256::digest(lines.concat());
    let hex: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("# learned from {} examples, {hex}", lines.len())
}

/// What is seen often enough, in its order, and each case by the places of what is seen in it.
fn cases(all: impl Iterator<Item = Case>, least: u32) -> (Vec<String>, Vec<(Vec<usize>, usize)>) {
    let mut count: FxHashMap<String, u32> = FxHashMap::default();
    let mut kept: Vec<Case> = Vec::new();
    for (mut seen, answer) in all {
        seen.sort();
        for name in seen.iter().collect::<std::collections::BTreeSet<_>>() {
            *count.entry(name.clone()).or_default() += 1;
        }
        kept.push((seen, answer));
    }
    let mut names: Vec<String> =
        count.into_iter().filter(|(_, n)| *n >= least).map(|(name, _)| name).collect();
    names.sort();
    let place: FxHashMap<&str, usize> =
        names.iter().enumerate().map(|(n, name)| (name.as_str(), n)).collect();
    let placed = |seen: &[String]| seen.iter().filter_map(|name| place.get(name.as_str()).copied()).collect();
    let cases = kept.iter().map(|(seen, answer)| (placed(seen), *answer)).collect();
    (names, cases)
}

struct Model<const N: usize> {
    weights: Vec<[f32; N]>,
    /// The sum of the squares of what each weight was moved by.
    steps: Vec<[f32; N]>,
    decay: f32,
}

impl<const N: usize> Model<N> {
    fn learn(&mut self, seen: &[usize], label: usize) {
        let shares = self.shares(seen);
        for at in seen {
            let moved = self.weights[*at].iter_mut().zip(&mut self.steps[*at]).zip(shares);
            for (n, ((weight, step), share)) in moved.enumerate() {
                let want = if n == label { 1.0 } else { 0.0 };
                let pull = share - want + self.decay * *weight;
                *step += pull * pull;
                *weight -= STEP * pull / step.sqrt();
            }
        }
    }

    fn shares(&self, seen: &[usize]) -> [f32; N] {
        let mut sums = [0.0_f32; N];
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
