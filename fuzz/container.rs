//! Containers of office programs with parts that are not packed.

/// A part of a container.
pub struct Part<'a> {
    pub name: &'a str,
    /// How it is packed: 0 not at all, 8 deflated.
    pub method: u16,
    pub bytes: &'a [u8],
    /// The size that it claims to unpack to.
    pub claimed: usize,
}

/// A container of parts that are not packed.
pub fn stored(parts: &[(&str, &[u8])]) -> Vec<u8> {
    container(
        &parts
            .iter()
            .map(|(name, bytes)| Part { name, method: 0, bytes, claimed: bytes.len() })
            .collect::<Vec<_>>(),
    )
}

/// A container of these parts, as they claim to be.
pub fn container(parts: &[Part<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for Part { name, method, bytes, claimed } in parts {
        let place = out.len() as u32;
        let length = (bytes.len() as u32).to_le_bytes();
        let claimed = (*claimed as u32).to_le_bytes();
        let sum = if *method == 0 { checksum(bytes) } else { 0 }.to_le_bytes();
        let name_length = (name.len() as u16).to_le_bytes();
        let method = method.to_le_bytes();
        let about: Vec<u8> =
            [&[20, 0, 0, 0][..], &method, &[0; 4], &sum, &length, &claimed, &name_length, &[0; 2]].concat();
        out.extend([b"PK\x03\x04", about.as_slice(), name.as_bytes(), bytes].concat());
        let more = [&[0; 10][..], &place.to_le_bytes(), name.as_bytes()].concat();
        directory.extend([b"PK\x01\x02\x14\0".as_slice(), &about, &more].concat());
    }
    let (start, length) = (out.len() as u32, directory.len() as u32);
    let count = (parts.len() as u16).to_le_bytes();
    out.extend(directory);
    let end = [&[0; 4][..], &count, &count, &length.to_le_bytes(), &start.to_le_bytes(), &[0; 2]].concat();
    out.extend([b"PK\x05\x06", end.as_slice()].concat());
    out
}

/// A workbook of one sheet.
pub fn workbook(sheet: &[u8]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
    );
    let links = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    stored(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// CRC-32.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}
