//! What a page draws beside its words: straight lines, which make its tables, and pictures.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::super::page::Rule;
use super::sheet::{Sheet, number};

/// The most that the drawing of a page may unpack to, in bytes.
const MAX_CONTENT: usize = 8 << 20;
/// The most operations of a page, with what it draws of forms.
const MAX_OPERATIONS: usize = 400_000;
/// How deep forms may draw forms.
const MAX_FORMS: usize = 6;
/// Lines that are kept; a page with more is a drawing.
const MAX_RULES: usize = 20_000;
/// The greatest thickness of a line, in points.
const THICK: f32 = 3.5;
/// The part of a page that a scan covers at least.
const COVERED: f32 = 0.3;

/// What is drawn on a page.
#[derive(Debug, Default)]
pub struct Drawing {
    /// Straight lines.
    pub rules: Vec<Rule>,
    /// Pictures, with the part of the sheet that they cover.
    pub pictures: Vec<(Drawn, f32)>,
}

/// A picture of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawn {
    /// An object of the file.
    Object(ObjectId),
    /// Written between the operations, as small ones are.
    Inline,
}

impl Drawing {
    /// Whether a picture covers much of the page.
    pub fn shows_picture(&self) -> bool {
        self.pictures.iter().map(|(_, part)| part).sum::<f32>() >= COVERED
    }
}

/// What a page draws. Damage ends it early: lines are a help, not the text.
pub fn drawing(file: &Document, page: ObjectId, sheet: &Sheet) -> Drawing {
    let Ok(content) = file.get_page_content_with_limit(page, MAX_CONTENT) else { return Drawing::default() };
    let mut pen = Pen { file, sheet, left: MAX_OPERATIONS, out: Drawing::default() };
    let resources = resources(file, page);
    pen.draw(&content, resources, Matrix::default(), 0);
    pen.out
}

/// The resources of a page, its own or those of a node above it.
fn resources(file: &Document, page: ObjectId) -> Option<&Dictionary> {
    let (own, above) = file.get_page_resources(page).ok()?;
    own.or_else(|| above.first().and_then(|id| file.get_dictionary(*id).ok()))
}

/// Where a point goes: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug)]
struct Matrix([f32; 6]);

impl Default for Matrix {
    fn default() -> Self {
        Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Matrix {
    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// This one first, then the other.
    fn then(&self, other: &Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [g, h, i, j, k, l] = other.0;
        Self([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }
}

struct Pen<'a> {
    file: &'a Document,
    sheet: &'a Sheet,
    /// Operations that may still be done.
    left: usize,
    out: Drawing,
}

/// A path while it is made: each part a run of points on the sheet, and whether it is closed.
#[derive(Default)]
struct Path {
    parts: Vec<Vec<(f32, f32)>>,
    /// A curve is in it.
    curved: bool,
}

impl Pen<'_> {
    fn draw(&mut self, content: &[u8], resources: Option<&Dictionary>, matrix: Matrix, depth: usize) {
        let Ok(content) = Content::decode(content) else { return };
        let mut now = matrix;
        let mut kept: Vec<Matrix> = Vec::new();
        let mut path = Path::default();
        for Operation { operator, operands } in &content.operations {
            let Some(left) = self.left.checked_sub(1) else { return };
            self.left = left;
            match operator.as_str() {
                "q" if kept.len() < 64 => kept.push(now),
                "Q" => now = kept.pop().unwrap_or(matrix),
                "cm" => {
                    if let Some(own) = numbers(operands) {
                        now = Matrix(own).then(&now);
                    }
                }
                "m" | "l" | "re" | "h" | "c" | "v" | "y" => self.trace(&mut path, operator, operands, &now),
                "S" | "s" => self.stroke(std::mem::take(&mut path), operator == "s"),
                "f" | "F" | "f*" => self.fill(std::mem::take(&mut path)),
                "B" | "B*" | "b" | "b*" => {
                    self.stroke(std::mem::take(&mut path), operator.starts_with('b'));
                }
                "n" => path = Path::default(),
                "Do" => self.put(operands, resources, &now, depth),
                "BI" => self.picture(Drawn::Inline, &now),
                _ => {}
            }
        }
    }

    fn trace(&self, path: &mut Path, operator: &str, operands: &[Object], now: &Matrix) {
        let place = |x: f32, y: f32| {
            let (x, y) = now.point(x, y);
            self.sheet.place(x, y)
        };
        match operator {
            "m" => {
                if let Some([x, y]) = numbers(operands) {
                    path.parts.push(vec![place(x, y)]);
                }
            }
            "l" => {
                if let (Some([x, y]), Some(part)) = (numbers(operands), path.parts.last_mut()) {
                    part.push(place(x, y));
                }
            }
            "re" => {
                if let Some([x, y, w, h]) = numbers(operands) {
                    let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)];
                    path.parts.push(corners.map(|(x, y)| place(x, y)).into());
                }
            }
            "h" => {
                if let Some(part) = path.parts.last_mut()
                    && let Some(first) = part.first().copied()
                {
                    part.push(first);
                }
            }
            _ => path.curved = true,
        }
    }

    /// Each straight piece of the path is a line.
    fn stroke(&mut self, mut path: Path, close: bool) {
        if close {
            for part in &mut path.parts {
                part.extend(part.first().copied());
            }
        }
        for part in &path.parts {
            for ends in part.windows(2) {
                self.rule(ends);
            }
        }
    }

    /// A thin area is a line.
    fn fill(&mut self, path: Path) {
        if !path.curved {
            path.parts.iter().for_each(|part| self.rule(part));
        }
    }

    /// Keeps what is long and thin, level or upright.
    fn rule(&mut self, points: &[(f32, f32)]) {
        let fold = |of: fn(&(f32, f32)) -> f32, with: fn(f32, f32) -> f32| points.iter().map(of).reduce(with);
        let (Some(left), Some(right)) = (fold(|p| p.0, f32::min), fold(|p| p.0, f32::max)) else { return };
        let (Some(top), Some(bottom)) = (fold(|p| p.1, f32::min), fold(|p| p.1, f32::max)) else { return };
        let (wide, high) = (right - left, bottom - top);
        let is_line =
            wide.min(high) <= THICK && wide.max(high) >= 2.0 && wide.max(high) > 1.5 * wide.min(high);
        let is_here = [left, right, top, bottom].iter().all(|at| at.is_finite() && at.abs() < 30_000.0);
        if is_line && is_here && self.out.rules.len() < MAX_RULES {
            self.out.rules.push(Rule { left, top, right, bottom });
        }
    }

    /// A form, which draws something of its own, or a picture.
    fn put(&mut self, operands: &[Object], resources: Option<&Dictionary>, now: &Matrix, depth: usize) {
        let file = self.file;
        let found = operands.first().and_then(|name| name.as_name().ok()).and_then(|name| {
            let all = file.get_dict_in_dict(resources?, b"XObject").ok()?;
            let id = all.get(name).ok()?.as_reference().ok()?;
            Some((id, file.get_object(id).ok()?.as_stream().ok()?))
        });
        let Some((id, stream)) = found else { return };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => self.picture(Drawn::Object(id), now),
            Ok(b"Form") if depth < MAX_FORMS => {
                let Ok(content) = stream.decompressed_content_with_limit(MAX_CONTENT) else { return };
                let own = stream.dict.get(b"Matrix").and_then(Object::as_array).ok();
                let own = own.and_then(|values| numbers(values)).map(Matrix).unwrap_or_default();
                let inner = file.get_dict_in_dict(&stream.dict, b"Resources").ok();
                self.draw(&content, inner.or(resources), own.then(now), depth + 1);
            }
            _ => {}
        }
    }

    fn picture(&mut self, picture: Drawn, now: &Matrix) {
        let corners = [now.point(0.0, 0.0), now.point(1.0, 0.0), now.point(0.0, 1.0)];
        let [origin, right, up] = corners;
        let area =
            ((right.0 - origin.0) * (up.1 - origin.1) - (right.1 - origin.1) * (up.0 - origin.0)).abs();
        let part = area / (self.sheet.width * self.sheet.height);
        if part.is_finite() && self.out.pictures.len() < 200 {
            self.out.pictures.push((picture, part.min(1.0)));
        }
    }
}

/// So many numbers, if they are there.
fn numbers<const N: usize>(operands: &[Object]) -> Option<[f32; N]> {
    let mut out = [0.0; N];
    if operands.len() < N {
        return None;
    }
    for (place, operand) in out.iter_mut().zip(operands) {
        *place = number(operand)?;
    }
    Some(out)
}
