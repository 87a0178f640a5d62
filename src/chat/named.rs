//! Where the names of schools stand in a text.

use super::Named;

/// The stretches of a text in which the named stand, in bytes and in order: each where it is an item of a list, between
/// a space and a comma, a colon or the end of a line, so that "MN Hoa Mai" is not found in "MN Hoa Mai 2".
pub fn places<'n>(said: &str, named: &'n [Named]) -> Vec<(std::ops::Range<usize>, &'n Named)> {
    let mut found: Vec<(std::ops::Range<usize>, &Named)> = Vec::new();
    // The longer first: "Hoa Mai" is not named by "MN Hoa Mai".
    let mut longest: Vec<&Named> = named.iter().filter(|one| !one.name.is_empty()).collect();
    longest.sort_by_key(|one| std::cmp::Reverse(one.name.len()));
    for one in longest {
        for (at, name) in said.match_indices(one.name.as_str()) {
            let end = at + name.len();
            let begins = said[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
            let rest = &said[end..];
            let ends = rest.is_empty()
                || rest.starts_with([',', ';', ')', ':', '\n'])
                || rest.starts_with('.') && rest[1..].chars().next().is_none_or(char::is_whitespace);
            let apart = found.iter().all(|(other, _)| end <= other.start || other.end <= at);
            if begins && ends && apart {
                found.push((at..end, one));
            }
        }
    }
    found.sort_by_key(|(place, _)| place.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_where_it_is_an_item_of_a_list() {
        let named = |name: &str| Named { name: name.into(), people: vec![] };
        let all = [named("Hoa Mai"), named("MN Hoa Mai"), named("MN Hoa Mai 2"), named("MN Lá")];
        let found = |said: &str| -> Vec<String> {
            places(said, &all).into_iter().map(|(place, _)| said[place].to_owned()).collect()
        };
        assert_eq!(found("Còn: MN Hoa Mai 2, MN Hoa Mai, MN Lá."), ["MN Hoa Mai 2", "MN Hoa Mai", "MN Lá"]);
        assert_eq!(found("Còn: Hoa Mai, MN Hoa Mai"), ["Hoa Mai", "MN Hoa Mai"]);
        assert_eq!(found("MN Lá Xanh tổ chức; XMN Lá, MN Hoa Mai kể chuyện"), [""; 0]);
        assert_eq!(found(""), [""; 0]);
    }
}
