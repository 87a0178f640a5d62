//! Which school a person's name says, as chat programs show names: "Lan MN Hoa Mai", "MN Sơn Ca (cô Minh)".
//!
//! Hoa Mai, Bình Minh and Ánh Dương are names of people as well. So a school is certain only behind a word for its kind, with
//! its marks, and alone; everything else is a proposal.

use super::{Core, Owner, SchoolIndex, Who, is_level, level};
use crate::domain::SchoolId;
use crate::understand::line::{Line, spelling};
use crate::understand::titles::{Kind, is_number, kind_of, name_words, spelled_core, title_at};
use crate::vietnamese::{is_letter_or_digit, normal};

/// A person's name for comparing: small letters with their marks, one space between words, no other signs. Hoà is Hòa, and
/// Hoa is neither.
#[must_use]
pub fn spelled_name(name: &str) -> String {
    let plain = |c: char| if is_letter_or_digit(c) { c } else { ' ' };
    let letters: String = normal(name).to_lowercase().chars().map(plain).collect();
    letters.split_whitespace().map(spelling).collect::<Vec<_>>().join(" ")
}

impl SchoolIndex {
    /// The school that a sender's name says. It is `sure` behind a word for its kind, spelled as the register spells it (or
    /// the whole name without marks), where no other school is said; what merely sounds alike is not, or is several.
    #[must_use]
    pub fn of_sender(&self, name: &str) -> Who {
        let name = normal(name);
        let mut said: Vec<SchoolId> = segments(&name).flat_map(|part| self.titled_in(part, &name)).collect();
        if !said.is_empty() {
            // "MN Sơn Ca và MN Hoa Mai" is of both.
            said.extend(self.find(&Line::new(&name)).iter().filter_map(|found| found.who.one()));
        }
        said.sort_unstable();
        said.dedup();
        match said[..] {
            [id] => Who::One { id, sure: true },
            [] => self.sounds_like(&name),
            _ => Who::Several(said),
        }
    }

    /// Whether a text names this school behind a word for its kind, spelled as the register spells it.
    #[must_use]
    pub fn is_titled(&self, text: &str, school: SchoolId) -> bool {
        let line = Line::new(text);
        let marked = !line.text.is_ascii();
        self.find(&line).iter().any(|found| {
            let (kind, start, titled) = title_at(&line, found.tokens.start);
            let titles: Vec<&str> = (found.tokens.start..start).map(|n| line.folded(n)).collect();
            let titles = titles.join(" ");
            let spelled: Vec<&str> =
                (start..found.tokens.end).filter_map(|n| line.spelled.get(n)).map(|s| s.as_str()).collect();
            let spelled = spelled.join(" ");
            let is_its = |core: &Core| {
                let mut own = core.owners.iter().filter(|o| o.school == school);
                own.any(|o| (!marked || o.spelled == spelled) && self.is_of_kind(o, kind, &titles))
            };
            titled && found.who == (Who::One { id: school, sure: true }) && self.cores.iter().any(is_its)
        })
    }

    /// The schools whose name ends a part behind a word for its kind.
    fn titled_in(&self, part: &str, whole: &str) -> Vec<SchoolId> {
        let words: Vec<&str> = part.split_whitespace().collect();
        let tails = (0..words.len()).map(|skip| words[skip..].join(" "));
        let found = tails.map(|tail| self.titled(&tail, whole.is_ascii()));
        found.into_iter().find(|ids| !ids.is_empty()).unwrap_or_default()
    }

    fn titled(&self, name: &str, unmarked: bool) -> Vec<SchoolId> {
        let words = name_words(name);
        let (kind, prefix) = kind_of(&words);
        if prefix == 0 {
            return vec![];
        }
        let titles = words[..prefix].join(" ");
        let coded = words.len() == 2 && words.last().is_some_and(|word| is_number(word));
        let exact = |core: &&Core| core.words == words[prefix..] || (coded && core.words == words);
        let is_its = |core: &Core, owner: &Owner| {
            let spelled = spelled_core(name, core.words.len());
            self.is_of_kind(owner, kind, &titles) && (unmarked || owner.spelled == spelled)
        };
        let cores = self.cores.iter().filter(exact);
        cores
            .flat_map(|core| {
                core.owners.iter().filter(|o| is_its(core, o)).map(|o| o.school).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Whether the words for a kind can be those of a school: TH Lê Lợi is not THCS Lê Lợi, MN Hoa Mai is not MG Hoa Mai.
    fn is_of_kind(&self, owner: &Owner, kind: Option<Kind>, titles: &str) -> bool {
        let own = name_words(self.short_name(owner.school));
        let own = own[..kind_of(&own).1].join(" ");
        let levels_agree = !is_level(titles) || !is_level(&own) || level(titles) == level(&own);
        let other = |k: Option<Kind>| k.is_none_or(|k| k == Kind::Other);
        levels_agree && (other(kind) || other(owner.kind) || kind == owner.kind)
    }

    /// What the end of a name sounds like: "Trần Hoa Mai" may be of Hoa Mai, and may be Mrs. Mai.
    fn sounds_like(&self, name: &str) -> Who {
        let words: Vec<&str> = name.split_whitespace().collect();
        let tails = (0..words.len().min(4)).map(|skip| words[skip..].join(" "));
        let found = tails.map(|tail| self.lookup(&tail)).find_map(|who| match who {
            Who::One { id, .. } => Some(Who::One { id, sure: false }),
            Who::Several(ids) => Some(Who::Several(ids)),
            Who::Unknown(_) => None,
        });
        found.unwrap_or(Who::Unknown(vec![]))
    }
}

/// The parts of a name between brackets, commas and dashes; 20/10 and 8-3 are no two parts.
fn segments(name: &str) -> impl Iterator<Item = &str> {
    let cut = name.split(['(', ')', '[', ']', ',', ';', '|', '·', '–', '—', ':', '_']);
    cut.flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" / "))
        .filter(|part| !part.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand::testing::schools;

    fn said(name: &str) -> String {
        let schools = schools();
        let short = |id: &SchoolId| schools.iter().find(|s| s.id == *id).unwrap().short_name.clone();
        match SchoolIndex::new(&schools).of_sender(name) {
            Who::One { id, sure: true } => short(&id),
            Who::One { id, sure: false } => format!("~{}", short(&id)),
            Who::Several(ids) => ids.iter().map(short).collect::<Vec<_>>().join("|"),
            Who::Unknown(_) => "?".to_owned(),
        }
    }

    #[test]
    fn a_school_is_certain_only_behind_a_word_for_its_kind() {
        for (name, school) in [
            ("MN Hoa Mai", "MN Hoa Mai"),
            ("Lan MN Hoa Mai", "MN Hoa Mai"),
            ("MG Hoa Mai (cô Liên)", "MG Hoa Mai"),
            ("Cô Liên - Trường Mầm non Sơn Ca", "MN Sơn Ca"),
            ("lan mn son ca", "MN Sơn Ca"),
            ("Hiệu trưởng MN 20/10", "MN 20/10"),
            ("MN003", "MN Hoa Sen 2"),
            // People.
            ("Trần Sơn Ca", "~MN Sơn Ca"),
            ("Sơn Ca", "~MN Sơn Ca"),
            ("Trần Hoa Mai", "MN Hoa Mai|MG Hoa Mai"),
            ("Lan Hoa Sen", "MN Hoa Sen 1|MN Hoa Sen 2"),
            ("Thu Hương", "?"),
            // Another one's marks, another kind, a number that no school has, two schools.
            ("Thu MN Sơn Cà", "~MN Sơn Ca"),
            ("Lan THCS Sơn Ca", "~MN Sơn Ca"),
            ("Liên MN Sơn Ca và MN Hoa Mai", "MN Hoa Mai|MN Sơn Ca"),
            ("Liên MN Sơn Ca, MN Hoa Mai", "MN Hoa Mai|MN Sơn Ca"),
        ] {
            assert_eq!(said(name), school, "{name}");
        }
    }

    #[test]
    fn names_keep_their_marks() {
        assert_eq!(spelled_name("  Nguyễn Thị  HOÀ 🌸"), spelled_name("nguyễn thị hòa"));
        assert_ne!(spelled_name("Nguyễn Thị Hòa"), spelled_name("Nguyễn Thị Hoa"));
    }

    #[test]
    fn words_name_a_school_for_certain_only_with_what_it_is() {
        let schools = schools();
        let index = SchoolIndex::new(&schools);
        let id = schools.iter().find(|s| s.short_name == "MN Sơn Ca").unwrap().id;
        for (text, sure) in [
            ("MN Sơn Ca: V2 198", true),
            ("V2 mn son ca 198", true),
            ("Sơn Ca V2 198", false),
            ("MN Sơn Cà V2 198 trẻ", false),
            ("THCS Sơn Ca V2 198", false),
        ] {
            assert_eq!(index.is_titled(text, id), sure, "{text}");
        }
    }
}
