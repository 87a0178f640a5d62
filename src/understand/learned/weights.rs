//! A learned table: for each thing seen a weight for each of `N` answers, and what they come to together.

use rustc_hash::FxHashMap;

use super::SCALE;
use super::traits::Trait;

/// The table in a file. A line holds what is seen, a tab, and a weight for each answer with a space between; a line that
/// begins with `#` is none.
#[derive(Debug)]
pub(super) struct Weights<const N: usize> {
    table: FxHashMap<u64, [i8; N]>,
}

impl<const N: usize> Weights<N> {
    pub fn parse(file: &str) -> Self {
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        let entry = |line: &str| {
            let (seen, numbers) = line.split_once('\t')?;
            let mut weights = [0; N];
            for (weight, number) in weights.iter_mut().zip(numbers.split(' ')) {
                *weight = number.parse().ok()?;
            }
            Some((Trait::parse(seen)?.key(), weights))
        };
        Self { table: lines.filter_map(entry).collect() }
    }

    /// The weights of one thing.
    pub fn of(&self, seen: &Trait) -> Option<&[i8; N]> {
        self.table.get(&seen.key())
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.table.len()
    }
}

/// What things seen come to together.
#[derive(Debug)]
pub(super) struct Sums<'w, const N: usize> {
    weights: &'w Weights<N>,
    sums: [i32; N],
    known: bool,
}

impl<'w, const N: usize> Sums<'w, N> {
    pub fn new(weights: &'w Weights<N>) -> Self {
        Self { weights, sums: [0; N], known: false }
    }

    pub fn see(&mut self, seen: &Trait) {
        if let Some(weights) = self.weights.of(seen) {
            self.known = true;
            for (sum, weight) in self.sums.iter_mut().zip(weights) {
                *sum += i32::from(*weight);
            }
        }
    }

    /// The share of each answer, from 0 to 1; nothing where nothing known was seen.
    pub fn shares(&self) -> Option<[f32; N]> {
        let top = self.sums.iter().copied().max().filter(|_| self.known)?;
        let powers = self.sums.map(|sum| ((sum - top) as f32 / SCALE).exp());
        let all: f32 = powers.iter().sum();
        Some(powers.map(|power| power / all))
    }
}
