//! Files that are made to hurt whoever reads them: each is small, and made here.

use crate::container::{Part, container, stored};
use crate::paper::{Paper, file};

/// A file with the name that it is sent under, and whether it may be read after all.
pub struct Hostile {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub may_be_read: bool,
}

fn refused(name: &'static str, bytes: Vec<u8>) -> Hostile {
    Hostile { name, bytes, may_be_read: false }
}

fn tolerated(name: &'static str, bytes: Vec<u8>) -> Hostile {
    Hostile { name, bytes, may_be_read: true }
}

/// All of them.
pub fn all() -> Vec<Hostile> {
    [noise(), cut(), bombs(), pdfs(), nested(), long()].into_iter().flatten().collect()
}

/// Bytes without meaning behind the first bytes of every form.
fn noise() -> Vec<Hostile> {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = |begin: &[u8], count: usize| {
        let random = (0..count).map(|_| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed >> 24) as u8
        });
        begin.iter().copied().chain(random).collect::<Vec<u8>>()
    };
    vec![
        refused("trong.docx", Vec::new()),
        refused("nhieu.txt", bytes(b"", 200_000)),
        refused("nhieu.pdf", bytes(b"%PDF-1.7\n", 200_000)),
        refused("nhieu.docx", bytes(b"PK\x03\x04", 200_000)),
        refused("nhieu.doc", bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 200_000)),
        refused("nhieu.png", bytes(b"\x89PNG\r\n\x1a\n", 200_000)),
        refused("nhieu.jpg", bytes(b"\xff\xd8\xff\xe0", 200_000)),
        refused("nhieu.rtf", bytes(b"{\\rtf1", 50_000)),
        tolerated("nhieu.html", bytes(b"<!doctype html><html><body>", 50_000)),
        refused("nhieu.xlsx", bytes(b"PK\x05\x06", 50_000)),
    ]
}

/// Whole files, cut off, and files under the name of another form.
fn cut() -> Vec<Hostile> {
    let mut paper = Paper::new(false);
    paper.letterhead();
    paper.wrapped(85.0, 180.0, 540.0, 36.0, "1. Nộp báo cáo trước ngày 18/9/2026.");
    let pdf = paper.bytes();
    let docx = word("<w:p><w:r><w:t>1. Nộp báo cáo trước ngày 18/9/2026.</w:t></w:r></w:p>");
    vec![
        refused("cat.pdf", pdf[..pdf.len() / 2].to_vec()),
        tolerated("cat_cuoi.pdf", pdf[..pdf.len() - 40].to_vec()),
        refused("cat.docx", docx[..docx.len() / 2].to_vec()),
        tolerated("la_pdf.docx", pdf.clone()),
        tolerated("la_pdf.xlsx", pdf),
        tolerated("la_docx.pdf", docx),
    ]
}

/// What unpacks to a gigabyte, said openly or not.
fn bombs() -> Vec<Hostile> {
    const GIGABYTE: usize = 1 << 30;
    let raw = deflated(GIGABYTE);
    let zlib: Vec<u8> = [b"\x78\x9c".as_slice(), &raw].concat();
    let content = |dictionary: &str| {
        let mut out = pdf_with_stream(
            &format!("<< {dictionary} /Filter /FlateDecode /Length {} >>", zlib.len()),
            &zlib,
        );
        out.shrink_to_fit();
        out
    };
    vec![
        refused("bom.docx", packed("word/document.xml", &raw, GIGABYTE)),
        refused("bom_noi_doi.docx", packed("word/document.xml", &raw, 1000)),
        refused("bom.xlsx", packed("xl/workbook.xml", &raw, GIGABYTE)),
        refused("bom.pdf", content("")),
        refused("bom_doi.pdf", content("/Type /ObjStm /N 1000 /First 10")),
    ]
}

/// Structures of a PDF without an end.
fn pdfs() -> Vec<Hostile> {
    let catalog = "<< /Type /Catalog /Pages 2 0 R >>".to_owned();
    let page = |resources: &str, content: &str| {
        file(&[
            catalog.clone(),
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
            format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources {resources} >>"),
            format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Length 11 >>\nstream\n/F Do /F Do\nendstream".to_owned(),
        ])
    };
    let mut many = Paper::new(false);
    (1..5000).for_each(|_| many.page());
    let mut kids = vec![catalog.clone(), "<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R 3 0 R] >>".to_owned()];
    kids.push("<< /Type /Pages /Parent 3 0 R /Count 9 /Kids [2 0 R 3 0 R] >>".to_owned());
    let deep = |open: &str, close: &str, count: usize| {
        file(&[catalog.clone(), format!("{}{}", open.repeat(count), close.repeat(count))])
    };
    let mut lines = String::new();
    for n in 0..120_000 {
        lines.push_str(&format!("{} 0 m {} 800 l S\n", n % 595, (n * 7) % 595));
    }
    let loops = "<< /XObject << /F 5 0 R >> >>";
    let locked = file(&[catalog.clone(), "<< /Type /Pages /Count 0 /Kids [] >>".to_owned()]);
    let locked = String::from_utf8_lossy(&locked)
        .replace("/Root 1 0 R", "/Root 1 0 R /Encrypt << /Filter /Standard /V 5 /R 6 /O () /U () /P -4 >>");
    vec![
        refused("5000_trang.pdf", many.bytes()),
        refused("vong_trang.pdf", file(&kids)),
        refused("vong_hinh.pdf", page(loops, &"/F Do ".repeat(2000))),
        refused("sau.pdf", deep("[", "]", 200_000)),
        refused("sau_tu_dien.pdf", deep("<</A ", ">>", 100_000)),
        refused("sau_noi_dung.pdf", page("<< >>", &"q [".repeat(300_000))),
        refused("nhieu_net.pdf", page("<< >>", &lines)),
        refused("khoa.pdf", locked.into_bytes()),
    ]
}

/// Elements in elements, and entities that make more of themselves.
fn nested() -> Vec<Hostile> {
    let deep =
        |open: &str, close: &str, count: usize| format!("{}{}", open.repeat(count), close.repeat(count));
    let laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">\
                  <!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>";
    let body = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>&d;</w:t></w:r></w:p></w:body></w:document>";
    let outside = "<!DOCTYPE l SYSTEM \"file:///etc/passwd\">";
    vec![
        refused("sau.docx", word(&deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 20_000))),
        refused("sau_2.docx", word(&"<w:p>".repeat(300_000))),
        refused("thuc_the.docx", main_part(&format!("{laughs}{body}"))),
        refused("ngoai.docx", main_part(&format!("{outside}{body}"))),
        tolerated(
            "sau.html",
            format!("<html><body>{}</body></html>", deep("<div>", "</div>", 150_000)).into_bytes(),
        ),
        tolerated("bang.html", format!("<html><body>{}", "<table><tr><td>".repeat(50_000)).into_bytes()),
        refused("sau.rtf", format!("{{\\rtf1 {}", "{".repeat(500_000)).into_bytes()),
    ]
}

/// More of everything than anybody writes.
fn long() -> Vec<Hostile> {
    let fill = |line: &str, most: usize| line.repeat(most / line.len()).into_bytes();
    vec![
        tolerated("dai_so.txt", fill("1/1 ", 5_000_000)),
        tolerated("dai_chu.txt", fill("a", 9_900_000)),
        tolerated("dai_muc.txt", fill("1. Nộp báo cáo trước ngày 18/9/2026.\n", 9_000_000)),
        tolerated("dai_gach.md", fill("| ", 5_000_000)),
    ]
}

/// So many equal bytes, packed as far as deflate packs: each code of 13 bits is 258 of them.
fn deflated(count: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.put(0b011, 3); // last block, fixed codes
    bits.put(reversed(0x30 + u32::from(b' '), 8), 8);
    for _ in 0..count / 258 {
        bits.put(reversed(0b1100_0101, 8), 8);
        bits.put(0, 5);
    }
    bits.put(0, 7);
    bits.bytes()
}

#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    kept: u64,
    count: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        self.kept |= u64::from(value) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.out.push(self.kept as u8);
            self.kept >>= 8;
            self.count -= 8;
        }
    }

    fn bytes(mut self) -> Vec<u8> {
        self.put(0, 7);
        self.out
    }
}

fn reversed(value: u32, count: u32) -> u32 {
    value.reverse_bits() >> (32 - count)
}

/// A Word document with this body.
fn word(body: &str) -> Vec<u8> {
    const SPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    main_part(&format!("<w:document xmlns:w=\"{SPACE}\"><w:body>{body}</w:body></w:document>"))
}

fn main_part(text: &str) -> Vec<u8> {
    stored(&[("word/document.xml", text.as_bytes())])
}

/// A container with one part that claims to be so large.
fn packed(name: &str, bytes: &[u8], claimed: usize) -> Vec<u8> {
    container(&[Part { name, method: 8, bytes, claimed }])
}

/// A PDF whose page is this stream, whose bytes are no text.
fn pdf_with_stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>\nendobj\n4 0 obj\n".to_vec();
    out.extend_from_slice(dictionary.as_bytes());
    out.extend_from_slice(b"\nstream\n");
    out.extend_from_slice(content);
    out.extend_from_slice(b"\nendstream\nendobj\ntrailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n");
    out
}
