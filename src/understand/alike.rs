//! How alike names are: Dice's measure over pairs of letters, against all names of a register at once.

use rustc_hash::FxHashMap;

/// The pairs of letters of many names, each with the names that have it.
#[derive(Debug, Clone, Default)]
pub(super) struct Alike {
    /// Pair → names with it and how often.
    pairs: FxHashMap<(char, char), Vec<(u32, u16)>>,
    /// How many pairs each name has.
    sizes: Vec<u16>,
}

impl Alike {
    /// Adds the next name.
    pub fn add(&mut self, name: &str) {
        let number = u32::try_from(self.sizes.len()).unwrap_or(u32::MAX);
        let pairs = pairs_of(name);
        self.sizes.push(pairs.iter().map(|(_, times)| times).sum());
        for (pair, times) in pairs {
            self.pairs.entry(pair).or_default().push((number, times));
        }
    }

    /// The names that share a pair with this one, each with how alike it is, from 0 to 1.
    pub fn scores(&self, name: &str) -> Vec<(usize, f64)> {
        let pairs = pairs_of(name);
        let size: u16 = pairs.iter().map(|(_, times)| times).sum();
        let mut shared: Vec<u16> = vec![0; self.sizes.len()];
        let mut touched: Vec<usize> = Vec::new();
        for (pair, times) in pairs {
            for (number, own) in self.pairs.get(&pair).into_iter().flatten() {
                let number = *number as usize;
                if shared[number] == 0 {
                    touched.push(number);
                }
                shared[number] += times.min(*own);
            }
        }
        let score = |n: usize| 2.0 * f64::from(shared[n]) / f64::from(size + self.sizes[n]);
        touched.into_iter().map(|n| (n, score(n))).collect()
    }
}

/// The pairs of letters of a name, each with how often it stands there.
fn pairs_of(name: &str) -> Vec<((char, char), u16)> {
    let mut pairs: Vec<((char, char), u16)> = Vec::with_capacity(name.len());
    for pair in name.chars().zip(name.chars().skip(1)) {
        match pairs.iter_mut().find(|(known, _)| *known == pair) {
            Some((_, times)) => *times = times.saturating_add(1),
            None => pairs.push((pair, 1)),
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_names_at_once_are_as_alike_as_each_by_itself() {
        let names = ["hoamai", "hoasen", "maivang", "tranan", "trangan", "aaaa"];
        let mut alike = Alike::default();
        names.iter().for_each(|name| alike.add(name));
        for typed in ["hoamay", "tran", "aaa", "hoahoamai", "xyz"] {
            let scores = alike.scores(typed);
            for (n, name) in names.iter().enumerate() {
                let want = strsim::sorensen_dice(typed, name);
                let got = scores.iter().find(|(at, _)| *at == n).map_or(0.0, |(_, score)| *score);
                assert!((got - want).abs() < 1e-9, "{typed} {name}: {got} {want}");
            }
        }
    }
}
