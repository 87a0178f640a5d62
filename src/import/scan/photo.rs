//! How large a picture is, from its first bytes: whoever unpacks it later needs memory for every dot.

use super::super::error::ImportError;

/// The most dots of a picture: two pages at 400 dots an inch, or what a good telephone takes.
const MAX_DOTS: u64 = 50_000_000;

/// Refuses a picture of too many dots.
///
/// # Errors
///
/// When it has them, or is damaged.
pub fn check(bytes: &[u8]) -> Result<(), ImportError> {
    let size = match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some(png(bytes).ok_or(ImportError::Damaged)?),
        [0xff, 0xd8, 0xff, ..] => {
            let (wide, high, _) = jpeg(bytes).ok_or(ImportError::Damaged)?;
            Some((wide, high))
        }
        // Other forms are rare; the memory of the process that unpacks them is limited.
        _ => None,
    };
    match size {
        Some((wide, high)) if wide * high > MAX_DOTS => Err(ImportError::TooManyDots),
        Some((0, _) | (_, 0)) => Err(ImportError::Damaged),
        _ => Ok(()),
    }
}

fn png(bytes: &[u8]) -> Option<(u64, u64)> {
    let number = |at: usize| Some(u64::from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)));
    (bytes.get(12..16)? == b"IHDR").then_some(())?;
    Some((number(16)?, number(20)?))
}

/// How wide and how high a JPEG is, and of how many colours its dots are: it stands in the first segment that starts a frame.
pub fn jpeg(bytes: &[u8]) -> Option<(u64, u64, u8)> {
    let number = |at: usize| Some(u64::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        match (bytes.get(at)?, marker) {
            (0xff, 0xff) => at += 1,
            (0xff, 0xc0..=0xcf) if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Some((number(at + 7)?, number(at + 5)?, *bytes.get(at + 9)?));
            }
            (0xff, 0x01 | 0xd0..=0xd8) => at += 2,
            (0xff, _) => at += 2 + usize::try_from(number(at + 2)?).ok()?.max(2),
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(wide: u32, high: u32) -> Vec<u8> {
        [
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(),
            &wide.to_be_bytes(),
            &high.to_be_bytes(),
            &[8, 0, 0, 0, 0],
        ]
        .concat()
    }

    fn jpeg_of(wide: u16, high: u16) -> Vec<u8> {
        let head = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x11\x08".as_slice();
        [head, &high.to_be_bytes(), &wide.to_be_bytes(), &[3, 1, 0x22, 0]].concat()
    }

    #[test]
    fn a_picture_with_too_many_dots_is_refused_unpacked() {
        for (bytes, want) in [
            (png_of(2480, 3508), Ok(())),
            (jpeg_of(4000, 3000), Ok(())),
            (png_of(60_000, 60_000), Err(ImportError::TooManyDots)),
            (jpeg_of(65_535, 65_535), Err(ImportError::TooManyDots)),
            (png_of(0, 10), Err(ImportError::Damaged)),
            (b"\x89PNG\r\n\x1a\n".to_vec(), Err(ImportError::Damaged)),
            (b"\xff\xd8\xff\xe0\x00\x10".to_vec(), Err(ImportError::Damaged)),
            (b"\xff\xd8\xff\x00\x00".to_vec(), Err(ImportError::Damaged)),
            (b"II*\0".to_vec(), Ok(())),
        ] {
            assert_eq!(check(&bytes), want, "{:?}", &bytes[..8.min(bytes.len())]);
        }
    }
}
