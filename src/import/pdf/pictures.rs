//! The pictures of scanned pages, each as a file of its own that any program opens.
//!
//! Scanners store pages in few ways: JPEG and JPEG 2000 are files already, fax pages only lack the head of a TIFF, dots that are
//! packed losslessly are unpacked to a PNM. A page in JBIG2 is refused: nothing that is well kept unpacks it.

use lopdf::{Document, Object, ObjectId, Stream};

use super::super::error::ImportError;
use super::super::scan::{MAX_PICTURES, Picture};
use super::drawing::{self, Drawn};
use super::sheet::Sheet;
use super::{open, pages};

/// The most dots of a page.
const MAX_DOTS: usize = 50_000_000;
/// The most bytes of all pictures together.
const MAX_BYTES: usize = 80_000_000;

/// The picture of each page.
///
/// # Errors
///
/// When there are too many pages, or a picture cannot be taken out.
pub fn pictures(bytes: &[u8]) -> Result<Vec<Picture>, ImportError> {
    let file = open(bytes)?;
    let ids = pages(&file)?;
    if ids.len() > MAX_PICTURES {
        return Err(ImportError::TooManyPictures(MAX_PICTURES));
    }
    let mut out = Vec::new();
    let mut left = MAX_BYTES;
    for id in ids {
        let sheet = Sheet::of(&file, id);
        let drawn = drawing::drawing(&file, id, &sheet).pictures;
        // An empty page between scans is nothing.
        let Some((picture, part)) = drawn.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
        let Drawn::Object(id) = picture else { return Err(ImportError::PictureUnknown) };
        let picture = of_object(&file, *id, sheet.width * part.sqrt().min(1.0))?;
        left = left.checked_sub(picture.bytes.len()).ok_or(ImportError::UnpacksTooFar)?;
        out.push(picture);
    }
    if out.is_empty() { Err(ImportError::Empty) } else { Ok(out) }
}

fn of_object(file: &Document, id: ObjectId, points: f32) -> Result<Picture, ImportError> {
    let stream = file.get_object(id).and_then(Object::as_stream).map_err(|_| ImportError::Damaged)?;
    let number = |key: &[u8]| {
        let value = file.dereference(stream.dict.get(key).ok()?).ok()?.1.as_i64().ok()?;
        usize::try_from(value).ok().filter(|value| *value > 0)
    };
    let (Some(wide), Some(high)) = (number(b"Width"), number(b"Height")) else {
        return Err(ImportError::Damaged);
    };
    if wide.checked_mul(high).is_none_or(|dots| dots > MAX_DOTS) {
        return Err(ImportError::TooManyDots);
    }
    let filters: Vec<Vec<u8>> =
        stream.filters().map(|f| f.iter().map(|f| f.to_vec()).collect()).unwrap_or_default();
    let bytes = match filters.iter().map(Vec::as_slice).collect::<Vec<_>>().as_slice() {
        [b"DCTDecode" | b"JPXDecode"] => stream.content.clone(),
        [b"CCITTFaxDecode"] => fax(file, stream, wide, high)?,
        [] | [b"FlateDecode" | b"LZWDecode" | b"RunLengthDecode" | b"ASCII85Decode"] => {
            dots(file, stream, wide, high, number(b"BitsPerComponent").unwrap_or(1))?
        }
        // Packed twice: what is left after the first unpacking is a JPEG.
        [.., b"DCTDecode"] => {
            let content =
                stream.decompressed_content_with_limit(MAX_DOTS).map_err(|_| ImportError::PictureUnknown)?;
            if !content.starts_with(b"\xff\xd8") {
                return Err(ImportError::PictureUnknown);
            }
            content
        }
        _ => return Err(ImportError::PictureUnknown),
    };
    let dots = (wide as f32 * 72.0 / points.max(1.0)).round();
    Ok(Picture { bytes, dots: (40.0..=2400.0).contains(&dots).then_some(dots as u32) })
}

/// A fax page behind the head of a TIFF.
fn fax(file: &Document, stream: &Stream, wide: usize, high: usize) -> Result<Vec<u8>, ImportError> {
    let parameters = stream.dict.get(b"DecodeParms").and_then(|p| file.dereference(p)).ok().map(|(_, p)| p);
    let parameters = match parameters {
        Some(Object::Array(all)) => all.first().and_then(|p| file.dereference(p).ok()).map(|(_, p)| p),
        other => other,
    };
    let parameters = parameters.and_then(|p| p.as_dict().ok());
    let value = |key: &[u8]| parameters.and_then(|p| p.get(key).ok());
    let k = value(b"K").and_then(|k| k.as_i64().ok()).unwrap_or_default();
    let black_is_one = value(b"BlackIs1").and_then(|b| b.as_bool().ok()).unwrap_or_default();
    let number = |n: usize| u32::try_from(n).map_err(|_| ImportError::TooManyDots);
    let length = number(stream.content.len())?;
    let (compression, options) = if k < 0 { (4, 0) } else { (3, u32::from(k > 0)) };
    let entries: [(u16, u16, u32); 9] = [
        (256, 4, number(wide)?),
        (257, 4, number(high)?),
        (258, 3, 1),
        (259, 3, compression),
        (262, 3, u32::from(black_is_one)),
        (273, 4, 8),
        (278, 4, number(high)?),
        (279, 4, length),
        (292, 4, options),
    ];
    let mut out = b"II*\0".to_vec();
    out.extend_from_slice(&(8 + length + (length & 1)).to_le_bytes());
    out.extend_from_slice(&stream.content);
    out.resize(8 + (length + (length & 1)) as usize, 0);
    out.extend_from_slice(&(entries.len() as u16).to_le_bytes());
    for (tag, kind, value) in entries {
        out.extend_from_slice(&tag.to_le_bytes());
        out.extend_from_slice(&kind.to_le_bytes());
        out.extend_from_slice(&1_u32.to_le_bytes());
        out.extend_from_slice(&value.to_le_bytes());
    }
    out.extend_from_slice(&0_u32.to_le_bytes());
    Ok(out)
}

/// How the numbers of dots are meant.
enum Colours {
    Grey,
    /// Red, green, blue.
    Three,
    /// Cyan, magenta, yellow, black.
    Four,
    /// Places in a list of greys.
    Listed(Vec<u8>),
}

/// Unpacked dots as a PGM: letters are no more than lighter and darker.
fn dots(
    file: &Document,
    stream: &Stream,
    wide: usize,
    high: usize,
    bits: usize,
) -> Result<Vec<u8>, ImportError> {
    let limit = MAX_DOTS * 4;
    let content = if stream.dict.has(b"Filter") {
        stream.decompressed_content_with_limit(limit).map_err(|_| ImportError::Damaged)?
    } else {
        stream.content.clone()
    };
    let mask = stream.dict.get(b"ImageMask").and_then(Object::as_bool).unwrap_or_default();
    let space = stream.dict.get(b"ColorSpace").ok();
    let colours = match space {
        Some(space) if !mask => colours(file, space, 0).ok_or(ImportError::PictureUnknown)?,
        _ => Colours::Grey,
    };
    let each = match colours {
        Colours::Three => 3,
        Colours::Four => 4,
        Colours::Grey | Colours::Listed(_) => 1,
    };
    if !matches!(bits, 1 | 2 | 4 | 8) {
        return Err(ImportError::PictureUnknown);
    }
    let row = (wide * each * bits).div_ceil(8);
    if content.len() < row * high * 9 / 10 {
        return Err(ImportError::Damaged);
    }
    let inverted = stream
        .dict
        .get(b"Decode")
        .and_then(Object::as_array)
        .is_ok_and(|decode| decode.first().and_then(|first| first.as_float().ok()) == Some(1.0));
    let most = (1_usize << bits) - 1;
    let mut out = format!("P5\n{wide} {high}\n255\n").into_bytes();
    let whole = out.len() + wide * high;
    out.reserve(wide * high);
    for line in content.chunks(row).take(high) {
        let number = |at: usize| {
            let bit = at * bits;
            let byte = line.get(bit / 8).copied().unwrap_or(0xff);
            usize::from(byte) >> (8 - bits - bit % 8) & most
        };
        for dot in 0..wide {
            let grey = match &colours {
                Colours::Grey => number(dot) * 255 / most,
                Colours::Three => (0..3).map(|n| number(dot * 3 + n)).sum::<usize>() * 255 / (3 * most),
                Colours::Four => {
                    let ink = (0..3).map(|n| number(dot * 4 + n)).sum::<usize>() / 3 + number(dot * 4 + 3);
                    255 - (ink * 255 / most).min(255)
                }
                Colours::Listed(greys) => greys.get(number(dot)).copied().map_or(255, usize::from),
            };
            let grey = u8::try_from(grey).unwrap_or(255);
            out.push(if inverted { 255 - grey } else { grey });
        }
    }
    out.resize(whole, 255);
    Ok(out)
}

fn colours(file: &Document, space: &Object, depth: usize) -> Option<Colours> {
    let of_count = |count: i64| match count {
        1 => Some(Colours::Grey),
        3 => Some(Colours::Three),
        4 => Some(Colours::Four),
        _ => None,
    };
    match file.dereference(space).ok()?.1 {
        Object::Name(name) => match name.as_slice() {
            b"DeviceGray" | b"CalGray" | b"G" => Some(Colours::Grey),
            b"DeviceRGB" | b"CalRGB" | b"RGB" => Some(Colours::Three),
            b"DeviceCMYK" | b"CMYK" => Some(Colours::Four),
            _ => None,
        },
        Object::Array(parts) if depth < 3 => match parts.first()?.as_name().ok()? {
            b"CalGray" => Some(Colours::Grey),
            b"CalRGB" => Some(Colours::Three),
            b"ICCBased" => {
                let profile = file.dereference(parts.get(1)?).ok()?.1.as_stream().ok()?;
                of_count(profile.dict.get(b"N").ok()?.as_i64().ok()?)
            }
            b"Indexed" | b"I" => {
                let each = match colours(file, parts.get(1)?, depth + 1)? {
                    Colours::Three => 3,
                    Colours::Four => 4,
                    Colours::Grey | Colours::Listed(_) => 1,
                };
                let list = match file.dereference(parts.get(3)?).ok()?.1 {
                    Object::String(list, _) => list.clone(),
                    Object::Stream(list) => {
                        list.decompressed_content_with_limit(4096).unwrap_or_else(|_| list.content.clone())
                    }
                    _ => return None,
                };
                let grey = |colour: &[u8]| {
                    let sum: usize = colour.iter().take(3).map(|c| usize::from(*c)).sum();
                    u8::try_from(sum / colour.len().min(3)).unwrap_or(255)
                };
                Some(Colours::Listed(list.chunks_exact(each).map(grey).collect()))
            }
            _ => None,
        },
        _ => None,
    }
}
