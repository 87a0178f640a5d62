//! Folded words as numbers.
//!
//! The rules of this room ask some thousand times a message whether a word is one of a few; a number is compared faster than letters.

/// A folded word of [`Key::LONGEST`] letters at most. All longer ones, which no list of [`words`] holds, have one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key(u64);

impl Key {
    /// The longest syllable, "nghieng", has seven letters.
    pub const LONGEST: usize = 8;
    const TOO_LONG: u64 = u64::MAX;

    /// The key of a word as typed.
    pub const fn of(word: &str) -> Self {
        let letters = word.as_bytes();
        if letters.len() > Self::LONGEST {
            return Self(Self::TOO_LONG);
        }
        let mut key = 0;
        let mut at = letters.len();
        while at > 0 {
            at -= 1;
            key = key << 8 | letters[at] as u64;
        }
        Self(key)
    }

    /// The key of a word in a list, which is looked at when the program is compiled.
    pub const fn listed(word: &str) -> Self {
        assert!(!word.is_empty() && word.len() <= Self::LONGEST && word.is_ascii(), "no folded syllable");
        Self::of(word)
    }

    /// Whether it is one of these.
    pub fn is_one_of(self, listed: &[Self]) -> bool {
        listed.iter().any(|key| key.0 == self.0)
    }
}

/// A number that equal words share, and of others hardly any two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Print(u64);

impl Print {
    pub fn of(word: &str) -> Self {
        const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut print = word.len() as u64;
        for letters in word.as_bytes().chunks(8) {
            let mut eight = [0; 8];
            eight[..letters.len()].copy_from_slice(letters);
            print = (print.rotate_left(23) ^ u64::from_le_bytes(eight)).wrapping_mul(SPREAD);
        }
        Self(print)
    }
}

/// Some words and meanings, for looking past what has none of them: what it does not let through is certainly none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sieve(u128);

impl Sieve {
    /// Lets everything through.
    pub const OPEN: Self = Self(u128::MAX);

    fn hole(number: u64) -> u128 {
        1 << (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 57)
    }

    pub fn add(&mut self, word: Key) {
        self.0 |= Self::hole(word.0);
    }

    /// A meaning is known by its number.
    pub fn add_meanings(&mut self, concepts: &[usize]) {
        concepts.iter().for_each(|concept| self.0 |= Self::hole(!(*concept as u64)));
    }

    pub fn lets(self, word: Key) -> bool {
        self.0 & Self::hole(word.0) != 0
    }

    /// Whether something may be in both.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Folded words for [`Line::is`](super::line::Line::is), as numbers.
macro_rules! words {
    ($($word:literal),* $(,)?) => {
        const { &[$($crate::understand::key::Key::listed($word)),*] }
    };
}
pub(super) use words;
