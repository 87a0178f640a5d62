//! PDFs of our own making, for tests, fuzzing and measuring: words at places, lines, nothing compressed.
//!
//! The font is not in the file; its letters are half as wide as they are high, and each stands for its own code.

use std::fmt::Write as _;

/// A document while it is being drawn. Lengths are points, from the upper left corner.
pub struct Paper {
    width: f32,
    height: f32,
    pages: Vec<String>,
    /// Entries for the dictionary of each page.
    pub extra: String,
}

/// How wide a text is.
pub fn width_of(text: &str, size: f32) -> f32 {
    text.encode_utf16().count() as f32 * size / 2.0
}

impl Paper {
    /// A4, standing or lying, with its first page.
    pub fn new(lying: bool) -> Self {
        let (width, height) = if lying { (842.0, 595.0) } else { (595.0, 842.0) };
        Self { width, height, pages: vec![String::new()], extra: String::new() }
    }

    pub fn page(&mut self) {
        self.pages.push(String::new());
    }

    fn ink(&mut self, drawn: &str) {
        if let Some(page) = self.pages.last_mut() {
            page.push_str(drawn);
            page.push('\n');
        }
    }

    /// A text whose first letter stands at a place.
    pub fn text(&mut self, left: f32, base: f32, size: f32, text: &str) {
        let codes: String = text.encode_utf16().map(|code| format!("{code:04X}")).collect();
        let y = self.height - base;
        self.ink(&format!("BT /F1 {size} Tf 1 0 0 1 {left} {y} Tm <{codes}> Tj ET"));
    }

    /// A text around a middle.
    pub fn centred(&mut self, middle: f32, base: f32, size: f32, text: &str) {
        self.text(middle - width_of(text, size) / 2.0, base, size, text);
    }

    /// A text broken into lines; the base of the line after it.
    pub fn wrapped(&mut self, left: f32, base: f32, right: f32, indent: f32, text: &str) -> f32 {
        let size = 12.0;
        let mut base = base;
        let mut from = left + indent;
        let mut line = String::new();
        for word in text.split(' ') {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if from + width_of(&longer, size) > right && !line.is_empty() {
                self.text(from, base, size, &line);
                base += 16.0;
                from = left;
                line = word.to_owned();
            } else {
                line = longer;
            }
        }
        self.text(from, base, size, &line);
        base + 16.0
    }

    pub fn line(&mut self, from: (f32, f32), to: (f32, f32)) {
        let h = self.height;
        self.ink(&format!("0.5 w {} {} m {} {} l S", from.0, h - from.1, to.0, h - to.1));
    }

    /// The lines of a table's part: `edges` from left to right, `levels` from top to bottom.
    pub fn grid(&mut self, edges: &[f32], levels: &[f32]) {
        let (Some(left), Some(right)) = (edges.first(), edges.last()) else { return };
        let (Some(top), Some(bottom)) = (levels.first(), levels.last()) else { return };
        levels.iter().for_each(|at| self.line((*left, *at), (*right, *at)));
        edges.iter().for_each(|at| self.line((*at, *top), (*at, *bottom)));
    }

    /// What stands at the head of an official letter, in two halves.
    pub fn letterhead(&mut self) {
        let (left, right) = (self.width * 0.27, self.width * 0.7);
        for (middle, base, text) in [
            (left, 60.0, "UBND XÃ ĐỒI SIM"),
            (right, 60.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (left, 75.0, "PHÒNG VĂN HÓA - XÃ HỘI"),
            (right, 75.0, "Độc lập - Tự do - Hạnh phúc"),
            (left, 98.0, "Số: 61/VHXH"),
            (right, 98.0, "Đồi Sim, ngày 07 tháng 9 năm 2026"),
            (left, 113.0, "V/v nộp báo cáo đầu năm"),
        ] {
            self.centred(middle, base, 11.0, text);
        }
        self.text(self.width * 0.25, 150.0, 12.0, "Kính gửi: Hiệu trưởng các trường mầm non trong xã.");
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut objects: Vec<String> = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!(
                "<< /Type /Pages /Count {} /Kids [{}] >>",
                self.pages.len(),
                (0..self.pages.len()).map(|n| format!("{} 0 R ", 6 + 2 * n)).collect::<String>()
            ),
            "<< /Type /Font /Subtype /Type0 /BaseFont /Paper /Encoding /Identity-H /DescendantFonts [4 0 R] \
             /ToUnicode 5 0 R >>"
                .to_owned(),
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Paper /DW 500 /CIDSystemInfo << /Registry \
             (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
                .to_owned(),
        ];
        objects.push(stream(&codes()));
        for page in &self.pages {
            let content = objects.len() + 2;
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] /Contents {content} 0 R {} /Resources << \
                 /Font << /F1 3 0 R >> >> >>",
                self.width, self.height, self.extra
            ));
            objects.push(stream(page));
        }
        file(&objects)
    }
}

/// Each code stands for itself.
fn codes() -> String {
    let mut out = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def 1 \
                   begincodespacerange <0000> <FFFF> endcodespacerange "
        .to_owned();
    for block in [0x00_u16, 0x01, 0x03, 0x1e, 0x20] {
        let _ = write!(out, "1 beginbfrange <{block:02X}00> <{block:02X}FF> <{block:02X}00> endbfrange ");
    }
    out + "endcmap end end"
}

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A file of objects, numbered from 1; the first is its root.
pub fn file(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", n + 1).as_bytes());
    }
    let table = out.len();
    let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(end, "{place:010} 00000 n ");
    }
    let _ = write!(end, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    out.extend_from_slice(end.as_bytes());
    out
}
