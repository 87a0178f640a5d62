//! What is printed side by side: the two halves of a letterhead, the distribution list beside the signature.

use super::piece::Piece;

/// Pieces that are read together.
#[derive(Debug)]
pub enum Region {
    /// Lines over the whole width.
    Whole(Vec<Piece>),
    /// The left half, then the right half.
    Beside(Vec<Piece>, Vec<Piece>),
}

/// The least width of the gap between two halves, in points.
const GUTTER: f32 = 10.0;
/// Lines that may stand on one side before the other side begins.
const ALONE: usize = 3;
/// How far below its half a line may stand that is still of it, as a multiple of its height: a name under its signature.
const FAR: f32 = 9.0;
/// The same for a line on the left, which a paragraph of the text may look like.
const NEAR: f32 = 1.7;

/// Cuts pieces, sorted from top to bottom, into regions.
pub fn regions(pieces: Vec<Piece>) -> Vec<Region> {
    let mut out = Vec::new();
    let mut whole = Vec::new();
    let mut rest = pieces.as_slice();
    while let Some(first) = rest.first() {
        match beside(rest).filter(|(_, gutter)| !ends_paragraph(whole.last(), rest, *gutter)) {
            Some((count, gutter)) => {
                if !whole.is_empty() {
                    out.push(Region::Whole(std::mem::take(&mut whole)));
                }
                let (left, right) = rest[..count].iter().cloned().partition(|piece| piece.right <= gutter);
                out.push(Region::Beside(left, right));
                rest = &rest[count..];
            }
            None => {
                whole.push(first.clone());
                rest = &rest[1..];
            }
        }
    }
    if !whole.is_empty() {
        out.push(Region::Whole(whole));
    }
    out
}

/// How many of the first pieces stand beside each other, and where the gap between the halves is.
fn beside(pieces: &[Piece]) -> Option<(usize, f32)> {
    let first = pieces.first()?;
    // The other half begins within a few lines.
    let partner = pieces
        .iter()
        .take(ALONE + 1)
        .find(|piece| piece.left >= first.right + GUTTER || piece.right <= first.left - GUTTER)?;
    let (mut inner, mut outer) =
        if partner.left > first.right { (first.right, partner.left) } else { (partner.right, first.left) };
    let mut halves: [Vec<&Piece>; 2] = [Vec::new(), Vec::new()];
    let mut count = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let on_left = piece.middle() < f32::midpoint(inner, outer);
        let (next_inner, next_outer) =
            if on_left { (inner.max(piece.right), outer) } else { (inner, outer.min(piece.left)) };
        if next_outer - next_inner < GUTTER || !belongs(piece, &halves, on_left, is_paired(pieces, at)) {
            break;
        }
        (inner, outer) = (next_inner, next_outer);
        halves[usize::from(!on_left)].push(piece);
        count += 1;
    }
    let [left, right] = &halves;
    let enough = !left.is_empty() && !right.is_empty() && left.len() + right.len() >= 3;
    (enough && is_level_somewhere(left, right)).then(|| (count, f32::midpoint(inner, outer)))
}

/// Whether the first of some pieces is the last line of the paragraph above, which reaches over the gap.
fn ends_paragraph(above: Option<&Piece>, pieces: &[Piece], gutter: f32) -> bool {
    let (Some(above), Some(first)) = (above, pieces.first()) else { return false };
    above.right > gutter && first.base - above.base < NEAR * first.size && !is_paired(pieces, 0)
}

/// Whether another piece stands on the line of this one.
fn is_paired(pieces: &[Piece], at: usize) -> bool {
    let piece = &pieces[at];
    [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| pieces.get(at)).any(|other| {
        let apart = other.left >= piece.right + GUTTER || other.right <= piece.left - GUTTER;
        apart && (other.base - piece.base).abs() < 0.3 * piece.size
    })
}

/// Whether a piece goes on with its half; `paired` when another stands on its line.
fn belongs(piece: &Piece, halves: &[Vec<&Piece>; 2], on_left: bool, paired: bool) -> bool {
    let (own, other) = if on_left { (&halves[0], &halves[1]) } else { (&halves[1], &halves[0]) };
    let Some(above) = own.last() else { return own.is_empty() && other.len() <= ALONE };
    let step = piece.base - above.base;
    let aligned = (piece.left - above.left).abs() < 4.0
        || own.iter().any(|one| (piece.middle() - one.middle()).abs() < 12.0);
    let passed = other.last().is_none_or(|other| other.base < piece.base - 0.5 * piece.size);
    if !passed || (paired && step <= FAR * piece.size) {
        return true;
    }
    // Nothing stands beside it.
    aligned && step <= piece.size * if on_left { NEAR } else { FAR }
}

/// Whether some line has words on both sides, or lines of both sides stand in turn.
fn is_level_somewhere(left: &[&Piece], right: &[&Piece]) -> bool {
    left.iter().any(|l| right.iter().any(|r| (l.base - r.base).abs() < 1.2 * l.size.max(r.size)))
}
