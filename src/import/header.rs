//! Number, date, subject, addressees and signer of a document, in whatever order a converter left them.

use super::blocks::{is_shouted, months_of_heading};
use super::directive::{Header, IssuedOn, Kind};
use super::doubt::{Doubt, DoubtKind};
use super::entries::day_and_entry;
use super::issuer::issuer;
use super::lines::Line;
use super::marker::{Marker, opening};
use super::signer::{signer, signs_as};
use super::table::begins_with_labels;
use crate::domain::Month;
use crate::vietnamese::{
    Token, TokenKind, YearSaid, day_at, fold, fold_start, fold_words, school_year, tokens, weekday_at,
    words_at, year_of,
};
use chrono::NaiveDate;

/// The header, the index of the first line after it, and doubts.
pub fn header(lines: &[Line]) -> (Header, usize, Vec<Doubt>) {
    let mut doubts = Vec::new();
    let mut header = Header::default();
    let top = lines.len().min(60);
    let cells: Vec<(usize, &str)> = (0..top)
        .flat_map(|at| lines[at].cells().into_iter().map(move |cell| (at, cell)))
        .filter(|(_, cell)| !cell.is_empty())
        .collect();
    let mut end = 0;

    if let Some((at, number)) = cells.iter().find_map(|(at, cell)| Some((*at, number(cell)?))) {
        header.number = number.map(|printed| {
            let read = with_digits(&printed);
            if read != printed {
                let kind = DoubtKind::DigitsRepaired { printed, read: read.clone() };
                doubts.push(Doubt::new(at + 1, kind));
            }
            read
        });
        end = end.max(at + 1);
    }
    if let Some((at, place, date)) = cells.iter().find_map(|(at, cell)| {
        let (place, date) = place_and_date(cell)?;
        Some((*at, place, date))
    }) {
        header.place = Some(place);
        header.issued_on = date;
        let misprinted =
            cells.iter().filter(|(line, _)| *line == at).find_map(|(_, cell)| misprinted(cell, date));
        doubts.extend(misprinted.map(|printed| Doubt::new(at + 1, DoubtKind::IssueUnread { printed })));
        // Above the signature it belongs to the end of the document.
        if !signs_below(lines, at) {
            end = end.max(at + 1);
        }
    } else if let Some((place, date)) = dated_at_the_end(lines, top) {
        header.place = Some(place);
        header.issued_on = date;
    }
    let addressed = cells.iter().find(|(_, cell)| is_addressed(cell)).map(|(at, _)| *at);
    if let Some((at, subject, after)) = about(lines, top) {
        header.subject = Some(subject);
        let _ = at;
        end = end.max(after);
    }
    let title = title(lines, addressed.unwrap_or(top).min(top));
    if let Some((kind, subject, after)) = title {
        header.kind = Some(kind);
        if header.subject.is_none() {
            header.subject = subject;
        }
        end = end.max(after);
    }
    if let Some(at) = addressed {
        header.kind = header.kind.or(Some(Kind::Letter));
        let (addressees, after) = addressees(lines, at);
        header.addressees = addressees;
        end = end.max(after);
    }
    header.kind = header.kind.or_else(|| kind_of_number(header.number.as_deref()?));
    find_school_year(&mut header, lines, &mut doubts);
    header.signer = signer(lines, end);
    if addressed.is_none() {
        header.addressees = doers(lines, end);
    }
    header.issuer = issuer(lines, end, header.place.as_deref());
    if let (Some(issuer), Some(place)) = (header.issuer.as_mut(), header.place.as_deref()) {
        spell_as(issuer, place);
    }
    doubts.extend(lost(&header, &doubts));
    (header, end, doubts)
}

/// What a letter or a notice always has, and this one does not: its number, the day of its issue.
fn lost(header: &Header, doubts: &[Doubt]) -> Vec<Doubt> {
    let sent = matches!(header.kind, Some(Kind::Letter | Kind::Notice));
    let misread = doubts.iter().any(|doubt| matches!(doubt.kind, DoubtKind::IssueUnread { .. }));
    let number = (sent && header.number.is_none()).then_some(DoubtKind::NumberLost);
    let day = matches!(header.issued_on, Some(IssuedOn::Day(_)));
    let issue = (sent && !day && !misread).then_some(DoubtKind::IssueLost);
    number.into_iter().chain(issue).map(|kind| Doubt::new(0, kind)).collect()
}

/// "l55/VHXH" → "155/VHXH": letters that scanners take for digits, before the symbol of a number.
fn with_digits(number: &str) -> String {
    let (figures, symbol) = number.split_at(number.find('/').unwrap_or(number.len()));
    let meant = figures.chars().map(|c| match c {
        'l' | 'I' => '1',
        'O' => '0',
        other => other,
    });
    let meant: String = meant.collect();
    let whole = !meant.is_empty() && meant.chars().all(|c| c.is_ascii_digit());
    if whole { format!("{meant}{symbol}") } else { number.to_owned() }
}

/// "thị xã Duyên Hái", misread in capitals, where the date names the place "Duyên Hải".
fn spell_as(issuer: &mut String, place: &str) {
    let from = issuer.char_indices().rev().nth(place.chars().count().saturating_sub(1)).map(|(at, _)| at);
    let Some(from) = from.filter(|_| !place.is_empty()) else { return };
    if issuer[from..] != *place && fold(&issuer[from..]) == fold(place) {
        issuer.replace_range(from.., place);
    }
}

/// "Số: 318/VHXH-GDĐT": `Some(None)` when the number was left blank.
fn number(cell: &str) -> Option<Option<String>> {
    let folded = fold_start(cell, 12);
    let rest = cell.char_indices().nth(2).map(|(at, _)| &cell[at..])?;
    if folded.split(' ').next() != Some("so") || !rest.contains('/') {
        return None;
    }
    let value: String = rest.trim_start_matches([' ', ':', '.']).split_whitespace().collect();
    let value: String =
        value.split("ngày").next().unwrap_or_default().trim_end_matches([',', ';', '.']).to_owned();
    match value.chars().next()? {
        '/' => Some(None),
        '0'..='9' | 'l' | 'I' | 'O' | '…' | '.' => Some(Some(value).filter(|v| !v.starts_with(['…', '.']))),
        _ => None,
    }
}

/// "Suối Ngàn, ngày 14 tháng 8 năm 2026", with blanks as far as they were filled.
fn place_and_date(cell: &str) -> Option<(String, Option<IssuedOn>)> {
    if cell.len() > 200 {
        return None;
    }
    let tokens = tokens(cell);
    if let Some(found) = place_and_figures(cell, &tokens) {
        return Some(found);
    }
    let at = (1..tokens.len()).find(|at| {
        tokens[*at].is_word("ngay") && (tokens[at - 1].is_sign(',') || tokens[*at].capital || *at <= 7)
    })?;
    let place = cell[..tokens[at].start].trim().trim_end_matches(',').trim();
    // "Cửa Vận, hồi 14 giờ 20 phút, ngày …": the hour of a telegram.
    let hour = tokens[..at].iter().rposition(|t| t.is_word("hoi") || t.is_word("luc"));
    let hour = hour.filter(|n| tokens.get(n + 1).is_some_and(|t| t.number().is_some()));
    let place = hour.map_or(place, |n| cell[..tokens[n].start].trim().trim_end_matches(',').trim());
    let until = ["tu", "den", "truoc", "trong", "het"].iter().any(|word| tokens[at - 1].is_word(word));
    let is_place = !place.is_empty()
        && !until
        && place.split_whitespace().count() <= 7
        && place.starts_with(char::is_uppercase)
        && weekday_at(cell, &tokens, 0).is_none();
    // "Đồi Chè, ngày 01/9/2026"
    if let Some((day, next)) = day_at(cell, &tokens, at + 1)
        && next == tokens.len()
        && tokens[at - 1].is_sign(',')
        && let Some(YearSaid::Printed(year)) = day.year
    {
        let date = NaiveDate::from_ymd_opt(year, day.month, day.day).map(IssuedOn::Day);
        return is_place.then(|| (place.to_owned(), date));
    }
    // Blanks may be dots: "ngày ..... tháng 3 năm 2027".
    const BLANK: usize = 12;
    let month_at = (at + 1..(at + BLANK).min(tokens.len())).find(|n| tokens[*n].is_word("thang"))?;
    let year_at = (month_at + 1..(month_at + BLANK).min(tokens.len())).find(|n| tokens[*n].is_word("nam"))?;
    if tokens.len() > year_at + 4 {
        return None;
    }
    if !is_place {
        return None;
    }
    let between = |from: usize, to: usize| tokens.get(from + 1..to).and_then(<[_]>::first);
    let day = between(at, month_at).and_then(|t| t.loose_number(cell)).filter(|d| (1..=31).contains(d));
    let month =
        between(month_at, year_at).and_then(|t| t.loose_number(cell)).filter(|m| (1..=12).contains(m));
    let year = tokens.get(year_at + 1).and_then(|t| year_of(t.loose_number(cell)?, t.width()));
    let Some(YearSaid::Printed(year)) = year else {
        return Some((place.to_owned(), None));
    };
    let month = month.and_then(|month| Month::new(year, month));
    let full = month.zip(day).and_then(|(m, d)| NaiveDate::from_ymd_opt(year, m.month, d));
    let date = full.map(IssuedOn::Day).or(month.map(IssuedOn::Month)).unwrap_or(IssuedOn::Year(year));
    Some((place.to_owned(), Some(date)))
}

/// "ngày 5 tháng 10 năm 206", "ngày 31 tháng 11 năm 2026": the printed words of a date of issue that has all its numbers and is
/// no day. Blanks that were not filled in are no misprint.
fn misprinted(cell: &str, date: Option<IssuedOn>) -> Option<String> {
    let tokens = tokens(cell);
    let said = |word: &str| {
        let at = tokens.iter().position(|t| t.is_word(word))?;
        tokens.get(at + 1)?.number().map(|_| at)
    };
    let (from, _, year) = (said("ngay")?, said("thang")?, said("nam")?);
    let whole = matches!(date, Some(IssuedOn::Day(_)));
    (!whole && tokens[year + 1].width() > 2)
        .then(|| cell[tokens[from].start..tokens[year + 1].end].to_owned())
}

/// "Đồi Chè, 01/9/2026": a name, a comma, a day with its year, and nothing else.
fn place_and_figures(cell: &str, tokens: &[Token]) -> Option<(String, Option<IssuedOn>)> {
    const LONGEST: usize = 6;
    let comma = tokens.iter().take(LONGEST + 1).position(|t| t.is_sign(','))?;
    let (day, next) = day_at(cell, tokens, comma + 1)?;
    let is_name = tokens[..comma].iter().all(|t| t.kind == TokenKind::Word && t.capital);
    let says_when =
        ["thu", "sang", "chieu", "toi", "ngay", "chu", "cn", "tuan", "dot", "truoc", "han", "hop"]
            .iter()
            .any(|word| tokens[0].is_word(word));
    let Some(YearSaid::Printed(year)) = day.year.filter(|_| comma > 0 && next == tokens.len()) else {
        return None;
    };
    let date = NaiveDate::from_ymd_opt(year, day.month, day.day).filter(|_| is_name && !says_when)?;
    Some((cell[..tokens[comma].start].trim().to_owned(), Some(IssuedOn::Day(date))))
}

/// Whether a signatory's title stands right below a line: then it dates the end of a document, and heads none.
fn signs_below(lines: &[Line], at: usize) -> bool {
    let below = lines.iter().skip(at + 1).filter(|line| !line.is_blank()).take(2);
    below.flat_map(Line::cells).any(signs_as)
}

/// Calendars are dated above the signature: the place and date of the last lines.
fn dated_at_the_end(lines: &[Line], top: usize) -> Option<(String, Option<IssuedOn>)> {
    const LAST: usize = 30;
    let from = top.min(lines.len()).max(lines.len().saturating_sub(LAST));
    let from = if lines.len() > top { from } else { lines.len().saturating_sub(LAST) };
    let signed = lines.iter().rposition(|line| line.cells().iter().any(|cell| signs_as(cell)))?;
    lines.get(from..signed)?.iter().rev().take(6).flat_map(Line::cells).find_map(place_and_date)
}

/// "V/v …" over one to four lines: its first line, its words, the line after it.
fn about(lines: &[Line], top: usize) -> Option<(usize, String, usize)> {
    for at in 0..top {
        for cell in lines[at].cells() {
            let folded = fold_start(cell, 16);
            let Some(rest) = folded.strip_prefix("v v ").map(|_| after_words(cell, 2)).or_else(|| {
                let named = folded.starts_with("ve viec ") && at > 0;
                named.then(|| after_words(cell, 2))
            }) else {
                continue;
            };
            let mut subject = rest.trim_start_matches([' ', ':', '.']).to_owned();
            let mut next = at + 1;
            while next < lines.len() && next < at + 5 && continues_subject(&lines[next]) {
                let cells = lines[next].cells();
                subject.push(' ');
                subject.push_str(cells.first().copied().unwrap_or_default());
                next += 1;
            }
            let subject =
                subject.trim().trim_end_matches(['.', ';']).trim_matches(['(', ')']).trim().to_owned();
            return Some((at, subject, next));
        }
    }
    None
}

fn continues_subject(line: &Line) -> bool {
    let cells = line.cells();
    let Some(first) = cells.first().filter(|c| !c.is_empty()) else { return false };
    !is_shouted(first) && !is_known_line(first) && opening(first).marker == Marker::Plain
}

/// Lines of a header that end whatever stands before them.
fn is_known_line(text: &str) -> bool {
    let folded = fold_start(text, 24);
    ["kinh gui", "can cu", "thuc hien", "cong hoa", "doc lap", "noi nhan"]
        .iter()
        .any(|w| folded.starts_with(w))
        || (text.starts_with('S') && number(text).is_some())
        || place_and_date(text).is_some()
}

/// The words of a text after the first `count` runs of letters.
fn after_words(text: &str, count: usize) -> &str {
    let tokens = tokens(text);
    let words: Vec<_> = tokens.iter().filter(|t| t.kind == TokenKind::Word).collect();
    words.get(count - 1).map_or("", |t| &text[t.end..])
}

/// "KẾ HOẠCH" and the lines under it.
fn title(lines: &[Line], top: usize) -> Option<(Kind, Option<String>, usize)> {
    const TITLES: [(&str, Kind); 9] = [
        ("cong dien", Kind::Letter),
        ("huong dan", Kind::Guidance),
        ("ke hoach", Kind::Plan),
        ("bao cao", Kind::Report),
        ("thong bao", Kind::Notice),
        ("lich cong tac", Kind::Calendar),
        ("lich trinh", Kind::Calendar),
        ("chuong trinh cong tac", Kind::Plan),
        ("lich", Kind::Calendar),
    ];
    let (at, kind, name) = (0..top).find_map(|at| {
        let text = lines[at].text.trim();
        let folded = fold_start(text, 30);
        let found = TITLES.iter().find(|(name, _)| folded.starts_with(name))?;
        let begins = text.split_whitespace().take(found.0.split(' ').count()).collect::<Vec<_>>().join(" ");
        is_shouted(&begins).then_some((at, found.1, found.0))
    })?;
    let mut parts: Vec<String> = Vec::new();
    let rest = after_words(&lines[at].text, name.split(' ').count()).trim();
    if !rest.is_empty() {
        parts.push(lines[at].text.trim().to_owned());
    }
    let mut next = at + 1;
    while lines.get(next).is_some_and(Line::is_blank) && next < at + 3 && parts.is_empty() {
        next += 1;
    }
    while let Some(line) = lines.get(next) {
        let text = line.text.trim();
        let ends = text.is_empty()
            || text.starts_with('(')
            || day_and_entry(text).is_some()
            || heads_a_schedule(lines, next, &parts)
            || (is_known_line(text) && !(parts.is_empty() && names_its_matter(text)))
            || opening(text).marker != Marker::Plain
            || parts.len() >= 4
            || text.ends_with([';', ':'])
            || begins_with_labels(lines, next)
            || (text.ends_with('.') && text.chars().count() > 80)
            || (text.chars().count() > 180)
            || line.text.contains('\t');
        if ends {
            break;
        }
        parts.push(text.to_owned());
        next += 1;
    }
    let subject = parts.join(" ").trim().to_owned();
    Some((kind, Some(subject).filter(|s| !s.is_empty()), next))
}

/// Whether the month below a title heads the first part of a schedule: the title is for a whole school year, or other months
/// have headings of their own below it. Else the title is for that month: "KẾ HOẠCH CÔNG TÁC" over "THÁNG 11/2026".
fn heads_a_schedule(lines: &[Line], at: usize, title: &[String]) -> bool {
    let Some(own) = lines.get(at).and_then(|line| months_of_heading(line.text.trim())) else { return false };
    let of_a_year = || title.iter().any(|part| school_year(part, &tokens(part)).is_some());
    let another = |line: &Line| months_of_heading(line.text.trim()).is_some_and(|months| months != own);
    !title.is_empty() && (of_a_year() || lines[at + 1..].iter().any(another))
}

/// "Thực hiện nhiệm vụ năm học …" under KẾ HOẠCH is its subject; "Thực hiện Công văn số 9/…;" is a basis.
fn names_its_matter(text: &str) -> bool {
    fold_start(text, 12).starts_with("thuc hien")
        && !text.contains('/')
        && !text.trim_end().ends_with([';', ',', ':', '.'])
}

/// "Kính gửi: …", "📌 Gửi: …".
fn is_addressed(cell: &str) -> bool {
    let words = cell.trim_start_matches(|c: char| !c.is_alphanumeric());
    fold_start(words, 12).starts_with("kinh gui")
        || words.starts_with("Gửi:")
        || words.starts_with("GỬI:")
        || sends_by_wire(words).is_some()
}

/// "CHỦ TỊCH UBND XÃ … điện: Hiệu trưởng các trường": what stands behind the words of a telegram that name who sends it.
fn sends_by_wire(words: &str) -> Option<&str> {
    const SENDERS: [&str; 8] =
        ["CHỦ TỊCH", "ỦY BAN", "UỶ BAN", "UBND", "GIÁM ĐỐC", "TRƯỞNG PHÒNG", "SỞ ", "PHÒNG "];
    let at = words.find("điện:").or_else(|| words.find("ĐIỆN:")).or_else(|| words.find("Điện:"))?;
    let sender = words[..at].trim();
    (SENDERS.iter().any(|name| sender.starts_with(name)) && sender.chars().count() < 80)
        .then(|| &words[at + "điện:".len()..])
}

/// The list after "Kính gửi", and the line after it.
fn addressees(lines: &[Line], at: usize) -> (Vec<String>, usize) {
    let cell = lines[at].cells().into_iter().find(|cell| is_addressed(cell)).unwrap_or_default();
    let words = if fold_start(cell, 12).starts_with("kinh gui") { 2 } else { 1 };
    let mut list = Vec::new();
    let named = sends_by_wire(cell).unwrap_or_else(|| after_words(cell, words));
    let mut same_line = named.trim().trim_start_matches(':').trim().to_owned();
    let mut next = at + 1;
    while let Some(line) = lines.get(next) {
        let text = line.text.trim();
        if text.is_empty() {
            // A blank line between "Kính gửi:" and its list.
            let listed =
                lines.get(next + 1).is_some_and(|l| matches!(opening(&l.text).marker, Marker::Bullet(_)));
            if list.is_empty() && same_line.is_empty() && listed {
                next += 1;
                continue;
            }
            break;
        }
        let open = opening(text);
        match open.marker {
            Marker::Bullet(_) | Marker::Sub => list.push(open.rest.to_owned()),
            Marker::Plain if list.is_empty() && goes_on(&same_line, text) => {
                same_line.push(' ');
                same_line.push_str(text);
            }
            Marker::Plain if text.starts_with(char::is_lowercase) => {
                let last = list.last_mut().unwrap_or(&mut same_line);
                last.push(' ');
                last.push_str(text);
            }
            _ => break,
        }
        next += 1;
    }
    // "Kính gửi: - Các trường …;" and more of them below.
    let first = same_line.trim_start_matches(['-', '–', ' ']);
    if !list.is_empty() && !first.is_empty() {
        list.insert(0, first.to_owned());
    }
    if list.is_empty() {
        list = same_line.split(';').map(str::to_owned).collect();
    }
    let list = list.iter().map(|one| entry(one)).filter(|one| !one.is_empty()).collect();
    (list, next)
}

/// Whether a line is more of the addressees before it: after a semicolon, a comma or "và", in small letters, or the first.
fn goes_on(before: &str, text: &str) -> bool {
    let before = before.trim_end();
    before.is_empty()
        || before.ends_with([';', ','])
        || before.ends_with(" và")
        || text.starts_with(char::is_lowercase)
}

fn entry(text: &str) -> String {
    text.trim().trim_end_matches(['.', ';', ',', '/']).trim_start_matches(['-', '–']).trim().to_owned()
}

/// Without "Kính gửi": the lines of "Nơi nhận" that are to carry it out (t/h).
fn doers(lines: &[Line], end: usize) -> Vec<String> {
    let Some(at) = (end..lines.len()).find(|at| fold_start(&lines[*at].text, 12).starts_with("noi nhan"))
    else {
        return Vec::new();
    };
    lines[at..]
        .iter()
        .take(12)
        .filter_map(|line| {
            let cells = line.cells();
            let text = cells.first()?;
            let cut = ["(t/h", "(để t/h", "để thực hiện", "(thực hiện", "(để t.h"]
                .iter()
                .find_map(|words| text.find(words))?;
            let head = text[..cut].trim().trim_end_matches([';', ',', '(']);
            Some(entry(opening(head).rest))
                .filter(|one| !one.is_empty() && !fold_words(one).starts_with("nhu "))
        })
        .collect()
}

fn kind_of_number(number: &str) -> Option<Kind> {
    let folded = fold_words(number);
    folded.split(' ').find_map(|part| match part {
        "kh" => Some(Kind::Plan),
        "bc" => Some(Kind::Report),
        "tb" => Some(Kind::Notice),
        "hd" => Some(Kind::Guidance),
        _ => None,
    })
}

/// The school year of the subject, else of a title in capitals or under one (the heading of an annex).
fn find_school_year(header: &mut Header, lines: &[Line], doubts: &mut Vec<Doubt>) {
    let of = |text: &str| school_year(text, &tokens(text));
    let mut found = header.subject.as_deref().and_then(of);
    if found.is_none() {
        let titles = (0..lines.len()).filter(|at| {
            let text = lines[*at].text.trim();
            let near = || at.checked_sub(1).is_some_and(|before| is_schedule_title(&lines[before].text));
            text.len() < 300 && (is_schedule_title(text) || near())
        });
        found = titles.filter_map(|at| of(&lines[at].text)).next();
    }
    if let Some((year, repaired)) = found {
        header.school_year = Some(year);
        if repaired {
            doubts.push(Doubt::new(0, DoubtKind::SchoolYearRepaired { read: year.to_string() }));
        }
    }
}

/// "LỊCH TRÌNH …", "KẾ HOẠCH …", "PHỤ LỤC …" in capitals: the title of a document or of an annex.
pub fn is_schedule_title(text: &str) -> bool {
    let folded = fold_start(text, 20);
    let named = ["lich", "ke hoach", "phu luc", "chuong trinh", "nhiem vu", "danh muc", "bieu "]
        .iter()
        .any(|word| folded.starts_with(word));
    named && is_shouted(text) && opening(text).marker == Marker::Plain
}

/// Whether a title names one month for all its tasks: "Công tác trọng tâm tháng 11 năm 2026".
pub fn month_of_title(header: &Header) -> Option<crate::vietnamese::MonthSaid> {
    let subject = header.subject.as_deref()?;
    let tokens = tokens(subject);
    let at = (0..tokens.len()).find(|at| crate::vietnamese::is_month_word(tokens.get(*at)))?;
    let (months, _) = crate::vietnamese::months_at(subject, &tokens, at)?;
    let plan = matches!(header.kind, Some(Kind::Plan | Kind::Calendar));
    let named =
        at >= 1 && ["tam", "tac", "hoach", "vu", "lich", "trinh"].contains(&tokens[at - 1].folded.as_str());
    // "Triển khai nhiệm vụ giáo dục tháng 10", but not "báo cáo kết quả nhiệm vụ tháng 10".
    let duties =
        |from: usize| words_at(&tokens, from, &["nhiem", "vu"]) || words_at(&tokens, from, &["cong", "tac"]);
    let reported = (0..at).any(|at| words_at(&tokens, at, &["bao", "cao"]));
    let work = at == 0 || named || (!reported && (at.saturating_sub(6)..at).any(duties));
    // "từ ngày 06 đến ngày 12 tháng 4": some days of it.
    let of_a_day = at.checked_sub(1).is_some_and(|before| tokens[before].number().is_some());
    months.first().copied().filter(|_| months.len() == 1 && (plan || work) && !of_a_day)
}
