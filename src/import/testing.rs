//! Files of office programs for tests, put together from strings.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A container with these parts.
pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document with this body, and parts beside it.
pub fn docx(body: &str, beside: &[(&str, &str)]) -> Vec<u8> {
    let text = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("word/document.xml", text.as_str())];
    parts.extend_from_slice(beside);
    package(&parts)
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A paragraph in a list.
pub fn listed(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

/// A cell with what it says of itself and what is in it.
pub fn tc(properties: &str, inner: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>")
}

/// A table of rows of texts. A cell `^` goes on from the one above; one that ends with ` >` reaches over two columns.
pub fn tbl(rows: &[&[&str]]) -> String {
    let mut out = String::from("<w:tbl>");
    for row in rows {
        out.push_str("<w:tr>");
        for cell in *row {
            let (wide, text) = cell.strip_suffix(" >").map_or((false, *cell), |text| (true, text));
            let merged = if text == "^" { "<w:vMerge/>" } else { "<w:vMerge w:val=\"restart\"/>" };
            let wide = if wide { "<w:gridSpan w:val=\"2\"/>" } else { "" };
            let inner: String = match text {
                "^" => p(""),
                text => text.split('|').map(p).collect(),
            };
            out.push_str(&tc(&format!("{wide}{merged}"), &inner));
        }
        out.push_str("</w:tr>");
    }
    out + "</w:tbl>"
}
