//! Our words as Zalo takes them: plain text in NFC, with its form told beside it (`text_styles`), so that nothing that a
//! person typed can be taken for markup.

use serde_json::{Value, json};

use crate::chat::{Text, places};
use crate::vietnamese::normal;

/// The code of bold in `text_styles`.
const BOLD: &str = "b";

/// A text and its styles. Offsets count UTF-16 units of the text as it is sent.
pub(super) fn words(text: &Text) -> (String, Vec<Value>) {
    let (mut said, mut styles, mut at) = (String::new(), Vec::new(), 0);
    for block in &text.blocks {
        if !said.is_empty() {
            said.push('\n');
            at += 1;
        }
        let own = normal(&block.text);
        let own = if said.is_empty() { own.trim_start() } else { &own };
        let marked = own.trim_end().encode_utf16().count();
        if block.strong && marked > 0 {
            styles.push(json!({"start": at, "len": marked, "st": [BOLD]}));
        }
        said.push_str(own);
        at += own.encode_utf16().count();
    }
    for (place, _) in places(&said, &text.named) {
        let (start, len) = (said[..place.start].encode_utf16().count(), said[place].encode_utf16().count());
        styles.push(json!({"start": start, "len": len, "st": [BOLD]}));
    }
    (said, styles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::Block;

    #[test]
    fn form_is_told_beside_the_text_in_utf16_units_of_nfc() {
        let block = |text: &str, strong| Block { text: text.into(), strong, task: None };
        let text =
            Text::of(vec![block("👍 Hạn ", true), block("**không** phải {big}", false), block("V1", true)]);
        let (said, styles) = words(&text);
        assert_eq!(said, "👍 Hạn \n**không** phải {big}\nV1");
        assert_eq!(
            styles,
            [json!({"start": 0, "len": 6, "st": ["b"]}), json!({"start": 29, "len": 2, "st": ["b"]})]
        );
    }
}
