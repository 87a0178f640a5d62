//! Bytes → text, whatever program saved it.
//!
//! The encoding is chosen by the first bytes and by what the text would say, never by the file's name: byte order marks,
//! UTF-16 without one, UTF-8, then the code pages of old Vietnamese documents (Windows-1258, TCVN3, VNI) by which of them
//! gives Vietnamese words.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1258};

use super::doubt::DoubtKind;
use super::error::{Format, ImportError};
use super::legacy::{Letters, common_words, suspected};
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
        (b"%PDF", Format::Unknown), // where a text or a table is asked for
        (b"PK\x03\x04", Format::Archive),
        (b"\xd0\xcf\x11\xe0", Format::OldOffice),
        (b"{\\rtf", Format::Rtf),
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
        return Ok(match suspected(text) {
            Some(letters) => {
                (letters.read(text), vec![DoubtKind::Encoding { name: letters.name().to_owned() }])
            }
            None => (text.to_owned(), Vec::new()),
        });
    }
    let lossy = String::from_utf8_lossy(bytes);
    let lost = lossy.matches('\u{fffd}').count();
    let whole = lossy.chars().filter(|c| !c.is_ascii()).count() - lost;
    if whole > 10 * lost {
        return Ok((lossy.into_owned(), vec![DoubtKind::CharactersLost { count: lost }]));
    }
    let windows = normal(&WINDOWS_1258.decode_without_bom_handling(bytes).0);
    let letters: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let old = [Letters::Tcvn3, Letters::Vni].map(|font| (font.read(&letters), font.name()));
    let best = std::iter::once((windows, "Windows-1258"))
        .chain(old)
        .max_by_key(|(text, name)| (common_words(text), *name == "Windows-1258"));
    match best {
        Some((text, name)) if common_words(&text) > 0 => {
            Ok((text, vec![DoubtKind::Encoding { name: name.to_owned() }]))
        }
        _ => Err(ImportError::Encoding),
    }
}

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
        let vni = b"Ca\xf9c tr\xf6\xf4\xf8ng ma\xe0m non go\xfb\xefi ba\xf9o ca\xf9o tr\xf6\xf4\xf9c nga\xf8y 17/10";
        let (text, doubts) = decode(vni).unwrap();
        assert!(
            text.starts_with("Các trường mầm non") && text.ends_with("báo cáo trước ngày 17/10"),
            "{text}"
        );
        assert_eq!(doubts, [DoubtKind::Encoding { name: "VNI".into() }]);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let big = vec![b'a'; 10_000_001];
        let table: [(&[u8], ImportError); 8] = [
            (b"", ImportError::Empty),
            (b" \n\t\n", ImportError::Empty),
            (b"\xef\xbb\xbf", ImportError::Empty),
            (b"PK\x03\x04....", ImportError::Format(Format::Archive)),
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
