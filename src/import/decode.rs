//! Bytes → text, whatever program saved it.
//!
//! The encoding is chosen by the first bytes and by what the text would say, never by the file's name: byte order marks,
//! UTF-16 without one, UTF-8, then the two code pages of old Vietnamese documents (Windows-1258, TCVN3) by which of them
//! gives Vietnamese words.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1258};

use super::doubt::DoubtKind;
use super::error::{Format, ImportError};
use crate::vietnamese::normal;

/// The largest document that is read, in bytes: a year's schedule as text is below 100 KB.
pub const LIMIT: u64 = 10_000_000;

/// The text of the bytes, not yet in normal form, with what had to be repaired.
pub fn decode(bytes: &[u8]) -> Result<(String, Vec<DoubtKind>), ImportError> {
    if bytes.len() as u64 > LIMIT {
        return Err(ImportError::TooBig(bytes.len() as u64 / 1_000_000));
    }
    if let Some(format) = known_format(bytes) {
        return Err(ImportError::Format(format));
    }
    let (text, doubts) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8_or_older(rest)?,
        [0xff, 0xfe, rest @ ..] => (utf16(rest, UTF_16LE)?, Vec::new()),
        [0xfe, 0xff, rest @ ..] => (utf16(rest, UTF_16BE)?, Vec::new()),
        _ => match zeros(bytes) {
            (0, 0) => utf8_or_older(bytes)?,
            (even, odd) if odd > 4 * even => (utf16(bytes, UTF_16LE)?, Vec::new()),
            (even, odd) if even > 4 * odd => (utf16(bytes, UTF_16BE)?, Vec::new()),
            _ => return Err(ImportError::Format(Format::Unknown)),
        },
    };
    let controls = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    if controls * 100 > text.chars().count() {
        return Err(ImportError::Format(Format::Unknown));
    }
    if !text.contains(char::is_alphanumeric) {
        return Err(ImportError::Empty);
    }
    Ok((text, doubts))
}

fn known_format(bytes: &[u8]) -> Option<Format> {
    let starts: [(&[u8], Format); 9] = [
        (b"%PDF", Format::Pdf),
        (b"PK\x03\x04", Format::Office),
        (b"\xd0\xcf\x11\xe0", Format::OldOffice),
        (b"{\\rtf", Format::OldOffice),
        (b"\x89PNG", Format::Picture),
        (b"\xff\xd8\xff", Format::Picture),
        (b"GIF8", Format::Picture),
        (b"II*\0", Format::Picture),
        (b"MM\0*", Format::Picture),
    ];
    starts.into_iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, format)| format)
}

/// Zero bytes at even and at odd places of the beginning.
fn zeros(bytes: &[u8]) -> (usize, usize) {
    let sample = &bytes[..bytes.len().min(4096)];
    let at = |rest: usize| sample.iter().skip(rest).step_by(2).filter(|b| **b == 0).count();
    (at(0), at(1))
}

fn utf16(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Result<String, ImportError> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged && text.matches('\u{fffd}').count() * 50 > text.chars().count() {
        return Err(ImportError::Format(Format::Unknown));
    }
    Ok(text.into_owned())
}

fn utf8_or_older(bytes: &[u8]) -> Result<(String, Vec<DoubtKind>), ImportError> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), Vec::new()));
    }
    let lossy = String::from_utf8_lossy(bytes);
    let lost = lossy.matches('\u{fffd}').count();
    let whole = lossy.chars().filter(|c| !c.is_ascii()).count() - lost;
    if whole > 10 * lost {
        return Ok((lossy.into_owned(), vec![DoubtKind::CharactersLost { count: lost }]));
    }
    let windows = normal(&WINDOWS_1258.decode_without_bom_handling(bytes).0);
    let tcvn3: String = bytes.iter().map(|b| from_tcvn3(*b)).collect();
    let best = [(windows, "Windows-1258"), (tcvn3, "TCVN3")]
        .into_iter()
        .max_by_key(|(text, name)| (common_words(text), *name == "Windows-1258"));
    match best {
        Some((text, name)) if common_words(&text) > 0 => {
            Ok((text, vec![DoubtKind::Encoding { name: name.to_owned() }]))
        }
        _ => Err(ImportError::Encoding),
    }
}

/// How often words stand there that no office document lacks.
fn common_words(text: &str) -> usize {
    const WORDS: [&str; 16] = [
        "các",
        "của",
        "và",
        "ngày",
        "tháng",
        "năm",
        "trường",
        "trước",
        "báo",
        "phòng",
        "giáo",
        "dục",
        "trẻ",
        "nhiệm",
        "vụ",
        "học",
    ];
    text.split(|c: char| !c.is_alphabetic()).filter(|w| WORDS.contains(&w.to_lowercase().as_str())).count()
}

/// A byte of TCVN 5712:1993 as the .VnTime fonts use it.
fn from_tcvn3(byte: u8) -> char {
    match byte {
        0..=0x7f => byte as char,
        0xa1 => 'Ă',
        0xa2 => 'Â',
        0xa3 => 'Ê',
        0xa4 => 'Ô',
        0xa5 => 'Ơ',
        0xa6 => 'Ư',
        0xa7 => 'Đ',
        0xa8 => 'ă',
        0xa9 => 'â',
        0xaa => 'ê',
        0xab => 'ô',
        0xac => 'ơ',
        0xad => 'ư',
        0xae => 'đ',
        0xb5..=0xfe => TCVN3[usize::from(byte - 0xb5)],
        _ => '\u{fffd}',
    }
}

/// 0xB5 to 0xFE; letters that the code page lacks are the replacement character.
const TCVN3: [char; 74] = [
    'à', 'ả', 'ã', 'á', 'ạ', '\u{fffd}', 'ằ', 'ẳ', 'ẵ', 'ắ', '\u{fffd}', '\u{fffd}', '\u{fffd}', '\u{fffd}',
    '\u{fffd}', '\u{fffd}', '\u{fffd}', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', '\u{fffd}', 'ẻ', 'ẽ', 'é', 'ẹ',
    'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', '\u{fffd}', '\u{fffd}', '\u{fffd}', 'ĩ', 'í', 'ị', 'ò', '\u{fffd}',
    'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', '\u{fffd}', 'ủ', 'ũ', 'ú',
    'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ',
];

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Các trường gửi báo cáo trước ngày 17/10, nộp về Phòng; đăng ký ở xã Suối Ngàn.";

    #[test]
    fn every_encoding_gives_the_same_text() {
        let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { TEXT.encode_utf16().flat_map(bytes).collect() };
        let little = utf16(u16::to_le_bytes);
        let big = utf16(u16::to_be_bytes);
        let with_bom = |bom: &[u8], rest: &[u8]| [bom, rest].concat();
        for bytes in [
            TEXT.as_bytes().to_vec(),
            with_bom(b"\xef\xbb\xbf", TEXT.as_bytes()),
            little.clone(),
            big.clone(),
            with_bom(b"\xff\xfe", &little),
            with_bom(b"\xfe\xff", &big),
        ] {
            assert_eq!(decode(&bytes).unwrap(), (TEXT.to_owned(), Vec::new()));
        }
    }

    #[test]
    fn old_code_pages_are_recognised_by_their_words_and_doubted() {
        let windows = b"C\xe1c tr\xfd\xf5\xccng g\xfd\xd2i b\xe1o c\xe1o tr\xfd\xf5\xec ng\xe0y 17/10";
        let (text, doubts) = decode(windows).unwrap();
        assert!(text.starts_with("Các trường gửi báo cáo"), "{text}");
        assert_eq!(doubts, [DoubtKind::Encoding { name: "Windows-1258".into() }]);
        let tcvn3 =
            b"C\xb8c tr\xad\xeang m\xc7m non g\xf6i b\xb8o c\xb8o tr\xad\xedc ng\xb5y 17/10, \xaei\xd3m";
        let (text, doubts) = decode(tcvn3).unwrap();
        assert_eq!(text, "Các trường mầm non gửi báo cáo trước ngày 17/10, điểm");
        assert_eq!(doubts, [DoubtKind::Encoding { name: "TCVN3".into() }]);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let big = vec![b'a'; 10_000_001];
        let table: [(&[u8], ImportError); 9] = [
            (b"", ImportError::Empty),
            (b" \n\t\n", ImportError::Empty),
            (b"\xef\xbb\xbf", ImportError::Empty),
            (b"%PDF-1.7 ...", ImportError::Format(Format::Pdf)),
            (b"PK\x03\x04....", ImportError::Format(Format::Office)),
            (b"\xd0\xcf\x11\xe0", ImportError::Format(Format::OldOffice)),
            (b"\x89PNG\r\n", ImportError::Format(Format::Picture)),
            (b"\x00\x00\x01\x02abc\x00\x00\x00\x07", ImportError::Format(Format::Unknown)),
            (&big, ImportError::TooBig(10)),
        ];
        for (bytes, want) in table {
            assert_eq!(decode(bytes), Err(want));
        }
        assert_eq!(decode(b"\xa0\xb1\xff\xfe\xfd\xfa qxz \xf1\xf2"), Err(ImportError::Encoding));
    }
}
