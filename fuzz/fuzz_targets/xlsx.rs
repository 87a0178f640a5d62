//! A sheet of a workbook, read as a plan, as the list of schools, as a form and as a filled copy of it.
#![no_main]

#[path = "../container.rs"]
mod container;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let book = container::workbook(bytes);
    let _ = giaoban::import::read(&book);
    let _ = giaoban::import::register::read(&book);
    if let Ok(cells) = giaoban::import::workbook::read(&book)
        && let Ok(form) = giaoban::import::workbook::layout(&cells)
    {
        let _ = form.filled(&cells, &|_| giaoban::import::workbook::Whose::Unknown);
        let _ = giaoban::import::workbook::fill(&book, &form.master(&[], &std::collections::BTreeMap::new()));
    }
});
