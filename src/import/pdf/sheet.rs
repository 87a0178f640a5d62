//! The sheet of a page: its visible box, and how it is turned.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// How far up the tree of pages a value is looked for.
const MAX_DEPTH: usize = 32;
/// A4, for a page that does not say.
const A4: Box = Box { left: 0.0, bottom: 0.0, right: 595.0, top: 842.0 };

/// A page as it is shown. Lengths are points.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// Its width, after turning.
    pub width: f32,
    /// Its height, after turning.
    pub height: f32,
    shown: Box,
    /// Quarter turns, clockwise.
    turns: i64,
}

#[derive(Clone, Copy, Debug)]
struct Box {
    left: f32,
    bottom: f32,
    right: f32,
    top: f32,
}

impl Sheet {
    /// The sheet of a page.
    pub fn of(file: &Document, page: ObjectId) -> Self {
        let whole = inherited(file, page, b"MediaBox").and_then(|b| Box::of(file, b)).unwrap_or(A4);
        let cut = inherited(file, page, b"CropBox").and_then(|b| Box::of(file, b));
        let shown = cut.and_then(|cut| whole.within(cut)).unwrap_or(whole);
        let turn = inherited(file, page, b"Rotate").and_then(number).unwrap_or_default();
        let turns = ((turn / 90.0).round() as i64).rem_euclid(4);
        let (width, height) = (shown.right - shown.left, shown.top - shown.bottom);
        let (width, height) = if turns % 2 == 1 { (height, width) } else { (width, height) };
        Self { width, height, shown, turns }
    }

    /// A point of the file, measured from the upper left corner as it is shown.
    pub fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let Box { left, bottom, right, top } = self.shown;
        match self.turns {
            1 => (y - bottom, x - left),
            2 => (right - x, y - bottom),
            3 => (top - y, right - x),
            _ => (x - left, top - y),
        }
    }
}

impl Box {
    fn of(file: &Document, object: &Object) -> Option<Self> {
        let sides: Vec<f32> = file
            .dereference(object)
            .ok()?
            .1
            .as_array()
            .ok()?
            .iter()
            .filter_map(|side| number(file.dereference(side).ok()?.1))
            .collect();
        let [a, b, c, d] = sides.as_slice() else { return None };
        let shown = Self { left: a.min(*c), bottom: b.min(*d), right: a.max(*c), top: b.max(*d) };
        shown.is_sane().then_some(shown)
    }

    fn within(self, other: Self) -> Option<Self> {
        let both = Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        };
        both.is_sane().then_some(both)
    }

    fn is_sane(self) -> bool {
        let sides = [self.right - self.left, self.top - self.bottom];
        sides.iter().all(|side| (1.0..=20_000.0).contains(side))
    }
}

/// A value of a page, or of the nearest node above it that has one.
fn inherited<'a>(file: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node: &Dictionary = file.get_dictionary(page).ok()?;
    for _ in 0..MAX_DEPTH {
        if let Ok(value) = node.get(key) {
            return file.dereference(value).ok().map(|(_, value)| value);
        }
        node = file.get_dictionary(node.get(b"Parent").ok()?.as_reference().ok()?).ok()?;
    }
    None
}

/// A number that makes sense as a length or an angle.
pub fn number(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|value| value.is_finite() && value.abs() < 1.0e6)
}
