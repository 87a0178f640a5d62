//! Pages of the web, and what Word saves or pastes as one → paragraphs and tables.
//!
//! Browsers forgive everything, and so does the parser; what it makes of a page is read here: blocks part paragraphs, lists get the
//! numbers that a browser would show, cells that span rows and columns are merged cells. Scripts, styles and hidden pieces are no text.

use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use super::error::ImportError;
use super::legacy::Letters;
use super::parts::{Document, Part, Spanned, grid_of};

/// How deep elements may lie in each other. Pages of offices stay below 60.
const MAX_DEPTH: usize = 300;

/// Whether a text is a page of the web: it begins with one of its elements.
pub fn is_page(head: &str) -> bool {
    const FIRST: [&str; 14] = [
        "!doctype html",
        "html",
        "head",
        "body",
        "meta",
        "title",
        "style",
        "table",
        "div",
        "span",
        "article",
        "section",
        "h1",
        "p",
    ];
    let mut head = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if let Some(rest) = head.strip_prefix("<?xml") {
        head = rest.split_once("?>").map_or("", |(_, rest)| rest).trim_start();
    }
    while let Some(rest) = head.strip_prefix("<!--") {
        head = rest.split_once("-->").map_or("", |(_, rest)| rest).trim_start();
    }
    let Some(tag) = head.strip_prefix('<') else { return false };
    let tag = tag.get(..20.min(tag.len())).unwrap_or_default().to_ascii_lowercase();
    FIRST.iter().any(|name| {
        tag.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c.is_ascii_whitespace()))
    })
}

/// Reads a page.
///
/// # Errors
///
/// When its elements lie too deep in each other.
pub fn read(text: &str) -> Result<Document, ImportError> {
    if depth(text) > MAX_DEPTH {
        return Err(ImportError::TooComplex);
    }
    let page = Html::parse_document(text);
    let mut writing = Writing::default();
    writing.children(page.root_element(), &Setting::default())?;
    writing.end();
    Ok(Document { parts: writing.parts, ..Document::default() })
}

/// How deep elements lie in each other, seen before they are parsed: the parser takes its time with a tower of them. Elements that
/// are often left open are not counted.
fn depth(text: &str) -> usize {
    const OPEN: [&str; 22] = [
        "p", "li", "td", "tr", "th", "br", "hr", "img", "meta", "link", "input", "col", "option", "dt", "dd",
        "tbody", "thead", "tfoot", "base", "wbr", "area", "colgroup",
    ];
    let (mut depth, mut deepest) = (0_usize, 0);
    for piece in text.split('<').skip(1) {
        let closes = piece.starts_with('/');
        let name: String =
            piece.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).take(12).collect();
        let name = name.to_ascii_lowercase();
        let whole = piece.split('>').next().is_some_and(|tag| tag.ends_with('/'));
        if name.is_empty() || whole || OPEN.contains(&name.as_str()) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

/// What holds for an element and those in it.
#[derive(Clone, Default)]
struct Setting {
    letters: Letters,
    /// Blanks and line ends count.
    verbatim: bool,
    /// How many lists it is in.
    lists: usize,
    depth: usize,
}

/// Parts while they are being written.
#[derive(Default)]
struct Writing {
    parts: Vec<Part>,
    line: String,
    label: Option<String>,
}

impl Writing {
    fn children(&mut self, element: ElementRef<'_>, setting: &Setting) -> Result<(), ImportError> {
        if setting.depth > MAX_DEPTH {
            return Err(ImportError::TooComplex);
        }
        let mut number = list_start(element);
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.say(text, setting),
                Node::Element(_) => {
                    let Some(child) = ElementRef::wrap(child) else { continue };
                    if child.value().name() == "li" {
                        number =
                            attribute(child.value(), "value").and_then(|v| v.parse().ok()).unwrap_or(number);
                        self.item(child, element, number, setting)?;
                        number += 1;
                    } else {
                        self.element(child, setting)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn element(&mut self, element: ElementRef<'_>, setting: &Setting) -> Result<(), ImportError> {
        let name = element.value().name();
        if is_hidden(element.value()) {
            return Ok(());
        }
        if is_number_of_list(element.value()) {
            // Word's own number of a list, with blanks up to the text.
            let number: String = element.text().collect();
            self.line.push_str(number.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}'));
            self.line.push(' ');
            return Ok(());
        }
        let mut setting = Setting { depth: setting.depth + 1, ..setting.clone() };
        if let Some(font) = font(element.value()) {
            setting.letters = Letters::of_font(&font);
        }
        match name {
            "br" => self.line.push('\n'),
            "table" => {
                self.end();
                let mut rows = Vec::new();
                rows_of(element, &setting, &mut rows)?;
                self.parts.push(Part::Table(grid_of(rows)));
            }
            "ul" | "ol" => {
                self.end();
                setting.lists += 1;
                self.children(element, &setting)?;
                self.end();
            }
            "pre" => {
                self.end();
                setting.verbatim = true;
                self.children(element, &setting)?;
                self.end();
            }
            _ if is_block(name) => {
                self.end();
                self.children(element, &setting)?;
                self.end();
            }
            _ => self.children(element, &setting)?,
        }
        Ok(())
    }

    fn item(
        &mut self,
        item: ElementRef<'_>,
        list: ElementRef<'_>,
        number: u32,
        setting: &Setting,
    ) -> Result<(), ImportError> {
        self.end();
        let kind = attribute(list.value(), "type").unwrap_or("1");
        self.label = Some(match (list.value().name(), kind) {
            ("ol", "a") => format!("{})", letter(number)),
            ("ol", "A") => format!("{}.", letter(number).to_ascii_uppercase()),
            ("ol", _) => format!("{number}."),
            _ if setting.lists > 1 => "+".to_owned(),
            _ => "-".to_owned(),
        });
        self.element(item, setting)?;
        self.end();
        self.label = None;
        Ok(())
    }

    fn say(&mut self, text: &str, setting: &Setting) {
        let text = setting.letters.read(text);
        if setting.verbatim {
            self.line.push_str(&text);
            return;
        }
        for c in text.chars() {
            // A blank that must not break stays: it may part columns.
            let blank = matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{c}');
            if !blank {
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
        }
    }

    /// Ends a paragraph.
    fn end(&mut self) {
        let text = std::mem::take(&mut self.line);
        if !text.trim().is_empty() {
            self.parts.push(Part::Text { label: self.label.take(), text: text.trim().to_owned() });
        }
    }
}

/// The rows of a table, in its head, bodies and foot.
fn rows_of(
    table: ElementRef<'_>,
    setting: &Setting,
    rows: &mut Vec<Vec<Spanned>>,
) -> Result<(), ImportError> {
    for child in table.child_elements() {
        match child.value().name() {
            "tr" => rows.push(cells_of(child, setting)?),
            "thead" | "tbody" | "tfoot" => rows_of(child, setting, rows)?,
            "caption" => {
                let mut writing = Writing::default();
                writing.children(child, setting)?;
                writing.end();
                rows.push(vec![Spanned { parts: writing.parts, columns: 1, rows: 1 }]);
            }
            _ => {}
        }
    }
    Ok(())
}

fn cells_of(row: ElementRef<'_>, setting: &Setting) -> Result<Vec<Spanned>, ImportError> {
    let mut cells = Vec::new();
    for cell in row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")) {
        let setting = Setting { depth: setting.depth + 2, lists: 0, ..setting.clone() };
        let mut writing = Writing::default();
        writing.children(cell, &setting)?;
        writing.end();
        let span =
            |name| attribute(cell.value(), name).and_then(|n| n.trim().parse().ok()).unwrap_or(1).max(1);
        cells.push(Spanned { parts: writing.parts, columns: span("colspan"), rows: span("rowspan") });
    }
    Ok(cells)
}

fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attr(name)
}

fn list_start(list: ElementRef<'_>) -> u32 {
    attribute(list.value(), "start").and_then(|start| start.parse().ok()).unwrap_or(1)
}

fn letter(number: u32) -> char {
    char::from(b'a' + u8::try_from(number.saturating_sub(1) % 26).unwrap_or_default())
}

fn is_hidden(element: &Element) -> bool {
    let dropped = matches!(
        element.name(),
        "script"
            | "style"
            | "head"
            | "template"
            | "noscript"
            | "svg"
            | "select"
            | "button"
            | "iframe"
            | "object"
            | "del"
            | "nav"
    );
    let style: String = attribute(element, "style").unwrap_or_default().split_whitespace().collect();
    let style = style.to_ascii_lowercase();
    dropped
        || attribute(element, "hidden").is_some()
        || style.contains("display:none")
        || style.contains("mso-hide:all")
}

fn is_number_of_list(element: &Element) -> bool {
    let style: String = attribute(element, "style").unwrap_or_default().split_whitespace().collect();
    style.to_ascii_lowercase().contains("mso-list:ignore")
}

/// The font that an element names.
fn font(element: &Element) -> Option<String> {
    if let Some(face) = attribute(element, "face") {
        return Some(face.to_owned());
    }
    let style = attribute(element, "style")?;
    let at = style.to_ascii_lowercase().find("font-family:")?;
    let named = style.get(at + "font-family:".len()..)?;
    Some(named.split([';', ',']).next()?.trim().trim_matches(['"', '\'']).to_owned())
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "blockquote"
            | "dl"
            | "dt"
            | "dd"
            | "center"
            | "form"
            | "figure"
            | "figcaption"
            | "address"
            | "hr"
            | "li"
            | "aside"
            | "fieldset"
            | "body"
            | "caption"
            | "td"
            | "th"
            | "tr"
    )
}

/// The encoding that a page names in its first kilobytes: `<meta charset=windows-1258>`.
pub fn charset(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4_096)]).to_ascii_lowercase();
    let (_, rest) = head.split_once("charset=")?;
    let name: String = rest
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    encoding_rs::Encoding::for_label(name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::blocks::{Block, blocks};
    use crate::import::form;

    fn lines(page: &str) -> Vec<String> {
        let read = form::read(page.as_bytes()).unwrap();
        read.lines.into_iter().map(|line| line.text).filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn blocks_lists_and_breaks_are_lines() {
        let page = "<!DOCTYPE html><html><head><title>Tr</title><style>p{}</style></head><body>\
            <script>alert('x')</script><p>Gửi   báo cáo\n về&nbsp;Phòng<br>trước 15/9 &amp; đúng mẫu</p>\
            <ol start=\"3\"><li>Rà soát</li><li>Nộp:<ul><li>biểu 1</li><li>- biểu 2</li></ul></li></ol>\
            <ol type=\"a\"><li>Một</li></ol><p style=\"display: none\">ẩn</p>\
            <p class=MsoListParagraph><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span>Ký cam kết</p></body></html>";
        assert_eq!(
            lines(page),
            [
                "Gửi báo cáo về Phòng",
                "trước 15/9 & đúng mẫu",
                "3. Rà soát",
                "4. Nộp:",
                "+ biểu 1",
                "- biểu 2",
                "a) Một",
                "1. Ký cam kết"
            ]
        );
    }

    #[test]
    fn spans_of_cells_are_merged_cells() {
        let page = "<table><tr><th>Tháng<th>TT<th>Nội dung<th>Thời gian</tr>\
            <tr><td rowspan=2>9/2026<td>1<td>Khai giảng<td>5/9</tr><tr><td>2<td><p>Cân đo</p><p>- lập biểu</p><td>Tuần 2</tr>\
            <tr><td colspan=4>THÁNG 10/2026</tr><tr><td><td>1<td>Hội giảng<td>20/10</tr></table>";
        let read = form::read(page.as_bytes()).unwrap();
        let Some(Block::Table(table)) = blocks(&read.lines).pop() else { panic!("no table") };
        let rows: Vec<String> = table.rows.iter().map(|row| row.cells.join(" | ")).collect();
        assert_eq!(
            rows,
            [
                "9/2026 | 1 | Khai giảng | 5/9",
                "9/2026 | 2 | Cân đo\n- lập biểu | Tuần 2",
                "THÁNG 10/2026 | 1 | Hội giảng | 20/10"
            ]
        );
    }

    #[test]
    fn the_named_encoding_and_old_fonts_are_read() {
        let mut page = b"<html><meta charset=windows-1258><p>Tr\xfd\xf5\xccng</p></html>".to_vec();
        let read = form::read(&page).unwrap();
        assert!(read.lines.iter().any(|line| line.text == "Trường"), "{:?}", read.lines);
        page = "<html><p><font face=\".VnTime\">göi b¸o c¸o</font></p></html>".as_bytes().to_vec();
        assert!(form::read(&page).unwrap().lines.iter().any(|line| line.text == "gửi báo cáo"));
    }

    #[test]
    fn a_tower_of_elements_is_refused() {
        let tower = format!("<html>{}x", "<div><b>".repeat(100_000));
        assert_eq!(form::read(tower.as_bytes()).err(), Some(ImportError::TooComplex));
        let flat = format!("<html>{}", "<p>Gửi báo cáo<b>x</b>".repeat(1_000));
        assert!(form::read(flat.as_bytes()).is_ok());
    }

    #[test]
    fn a_page_is_known_by_its_first_element() {
        for (head, want) in [
            ("<html>", true),
            ("\u{feff}\n<!DOCTYPE html PUBLIC", true),
            ("<!-- saved --><table border=1>", true),
            ("<p>Gửi", true),
            ("<phòng>", false),
            ("Số: 12 <p>", false),
        ] {
            assert_eq!(is_page(head), want, "{head}");
        }
    }
}
