//! Several pages in one file, in the order in which they were sent: photos of a paper become a PDF whose pages are those photos, as a
//! scanner would have made it. Pages of text, as tests and other programs hand them in, become one text.

use lopdf::{Document, Object, Stream, dictionary};

use super::super::error::{Format, ImportError};
use super::photo;

/// The longer side of a page in points, that of A4: how large a photographed paper is, nothing tells.
const LONGER_SIDE: f32 = 842.0;

/// One file of these pages.
///
/// # Errors
///
/// When they are neither all photos (JPEG) nor all text, or a photo is damaged.
pub fn bind(pages: &[Vec<u8>]) -> Result<Vec<u8>, ImportError> {
    let texts: Option<Vec<&str>> = pages.iter().map(|page| std::str::from_utf8(page).ok()).collect();
    match texts {
        Some(texts) => Ok(texts.join("\n\n").into_bytes()),
        None => of_photos(pages),
    }
}

fn of_photos(pages: &[Vec<u8>]) -> Result<Vec<u8>, ImportError> {
    let mut file = Document::with_version("1.5");
    let tree = file.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    for page in pages {
        if !page.starts_with(b"\xff\xd8\xff") {
            return Err(ImportError::Format(Format::Picture));
        }
        photo::check(page)?;
        let (wide, high, colours) = photo::jpeg(page).ok_or(ImportError::Damaged)?;
        let space = match colours {
            1 => "DeviceGray",
            3 => "DeviceRGB",
            4 => "DeviceCMYK",
            _ => return Err(ImportError::Damaged),
        };
        let scale = LONGER_SIDE / wide.max(high) as f32;
        let (width, height) = (wide as f32 * scale, high as f32 * scale);
        let of_photo = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => wide as i64, "Height" => high as i64,
            "ColorSpace" => space, "BitsPerComponent" => 8, "Filter" => "DCTDecode",
        };
        let photo = file.add_object(Stream::new(of_photo, page.clone()).with_compression(false));
        let drawn = format!("q {width} 0 0 {height} 0 0 cm /P Do Q").into_bytes();
        let content = file.add_object(Stream::new(dictionary! {}, drawn));
        let sheet = dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
            "Resources" => dictionary! { "XObject" => dictionary! { "P" => photo } },
        };
        kids.push(file.add_object(sheet).into());
    }
    let count = kids.len() as i64;
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    file.objects.insert(tree, Object::Dictionary(pages));
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalog);
    let mut out = Vec::new();
    file.save_to(&mut out).map_err(|_| ImportError::Damaged)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::pictures;

    /// A photo as far as anybody looks before it is unpacked.
    fn photo_of(wide: u16, high: u16, mark: u8) -> Vec<u8> {
        let head = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08".as_slice();
        [head, &high.to_be_bytes(), &wide.to_be_bytes(), &[3, 1, 0x22, 0, mark, 0xff, 0xd9]].concat()
    }

    #[test]
    fn photos_become_the_pages_of_one_file_in_their_order() {
        let photos = [photo_of(900, 1280, 1), photo_of(1280, 900, 2)];
        let bound = bind(&photos).unwrap();
        let pages = pictures(&bound).unwrap();
        assert_eq!(
            pages.iter().map(|page| &page.bytes).collect::<Vec<_>>(),
            photos.iter().collect::<Vec<_>>()
        );
        assert!(pages.iter().all(|page| page.dots == Some(109)), "{:?}", pages[0].dots);
    }

    #[test]
    fn what_is_no_photo_is_not_bound() {
        let texts = [b"1. M\xe1\xbb\x99t".to_vec(), b"2. Hai".to_vec()];
        assert_eq!(bind(&texts).unwrap(), "1. Một\n\n2. Hai".as_bytes());
        let mixed = [photo_of(900, 1280, 1), b"\x89PNG\r\n\x1a\n".to_vec()];
        assert_eq!(bind(&mixed), Err(ImportError::Format(Format::Picture)));
        assert_eq!(bind(&[b"\xff\xd8\xff\x00\x00".to_vec()]), Err(ImportError::Damaged));
    }
}
