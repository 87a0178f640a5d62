//! "Các trường công lập", "cụm 1", "các trường (trừ MN Sơn Ca)": whom a directive means, in the schools of the register.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{Choice, Level, School, SchoolKind, Scope};
use crate::vietnamese::levels;

/// Who is left out: "các trường (trừ MN Sơn Ca)".
static EXCEPT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)[(,]?\s*\b(ngoại trừ|trừ|không kể|không bao gồm|không gồm)\b").ok());

/// The schools of an office, as a directive may mean them.
pub(super) struct Whom<'a>(pub(super) &'a [School]);

impl Whom<'_> {
    /// The schools that are meant by these words; none when they say something that is not understood.
    pub(super) fn meant(&self, said: &str) -> Option<Scope> {
        if is_conditional(said) {
            return None;
        }
        let meant = self.meant_by_name(said)?;
        let said_levels = levels(said);
        if matches!(meant, Scope::Schools(_))
            || said_levels.is_empty()
            || said_levels.is_superset(&self.levels())
        {
            return Some(meant);
        }
        // "các trường tiểu học" of a register that has kindergartens too.
        let of_level = |s: &&School| {
            let own = levels_of(s);
            meant.holds(s) && (own.is_empty() || !own.is_disjoint(&said_levels))
        };
        Some(Scope::Schools(self.0.iter().filter(of_level).map(|s| s.id).collect()))
    }

    /// The levels of the schools, as their names tell them.
    pub(super) fn levels(&self) -> BTreeSet<Level> {
        self.0.iter().flat_map(levels_of).collect()
    }

    /// The levels that these words name, when no school has any of them.
    pub(super) fn foreign_levels(&self, said: &str) -> BTreeSet<Level> {
        let (said, own) = (levels(said), self.levels());
        let all_known = self.0.iter().all(|s| !levels_of(s).is_empty());
        if all_known && !own.is_empty() && said.is_disjoint(&own) { said } else { BTreeSet::new() }
    }

    fn meant_by_name(&self, said: &str) -> Option<Scope> {
        if let Some((all, but)) = EXCEPT.as_ref().and_then(|pattern| {
            let found = pattern.find(said)?;
            Some((&said[..found.start()], &said[found.end()..]))
        }) {
            let meant = self.meant(all)?;
            let but = self.meant(but).filter(|but| *but != Scope::All)?;
            let rest = self.0.iter().filter(|s| meant.holds(s) && !but.holds(s));
            return Some(Scope::Schools(rest.map(|s| s.id).collect()));
        }
        let folded = said.to_lowercase();
        if let Some(part) = self.part_of_register(said) {
            return Some(part);
        }
        if folded.contains("ngoài công lập") || folded.contains("tư thục") || folded.contains("độc lập")
        {
            return Some(Scope::Kinds(vec![SchoolKind::Private, SchoolKind::Independent]));
        }
        if folded.contains("công lập") {
            return Some(Scope::Kinds(vec![SchoolKind::Public]));
        }
        let named = self.0.iter().filter(|s| mentions(said, s)).map(|s| s.id).collect::<Vec<_>>();
        if !named.is_empty() {
            return Some(Scope::Schools(named));
        }
        everyone(&folded).then_some(Scope::All)
    }

    /// "cụm 1", "phường Hòa Bình": a cluster or a ward of the register.
    fn part_of_register(&self, said: &str) -> Option<Scope> {
        let named = |of: fn(&School) -> &str| {
            let mut names: Vec<String> =
                self.0.iter().map(of).filter(|n| !n.is_empty() && says(said, n)).map(str::to_owned).collect();
            names.sort();
            names.dedup();
            (!names.is_empty()).then_some(names)
        };
        named(|s| &s.cluster).map(Scope::Clusters).or_else(|| named(|s| &s.ward).map(Scope::Wards))
    }

    /// The kinds of school that the register has, when it has more than one.
    pub(super) fn kinds_to_choose(&self) -> Vec<Choice> {
        let has = |kind: SchoolKind| self.0.iter().any(|s| s.kind == kind);
        let others: Vec<SchoolKind> =
            [SchoolKind::Private, SchoolKind::Independent].into_iter().filter(|k| has(*k)).collect();
        if !has(SchoolKind::Public) || others.is_empty() {
            return Vec::new();
        }
        vec![Choice::Scope(Scope::Kinds(vec![SchoolKind::Public])), Choice::Scope(Scope::Kinds(others))]
    }
}

/// A school by its own name, as whole words: "Hoa" is not in "kế hoạch".
fn mentions(said: &str, school: &School) -> bool {
    let own = school.short_name.split_once(' ').map_or(school.short_name.as_str(), |(_, own)| own);
    says(said, own)
}

/// Whether a name stands in a text as whole words, whatever its case; marks count, for they tell names apart.
fn says(text: &str, name: &str) -> bool {
    let words = |t: &str| {
        let spaced: String = t.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        format!(" {} ", spaced.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "))
    };
    words(text).contains(&words(name))
}

fn levels_of(school: &School) -> BTreeSet<Level> {
    levels(&format!("{} {}", school.name, school.short_name))
}

/// "có tổ chức bán trú", "chưa nộp", "đạt chuẩn": what the register does not know of a school.
fn is_conditional(said: &str) -> bool {
    const CONDITIONS: [&str; 9] =
        ["có", "chưa", "đã", "đang", "được", "đạt", "tham gia", "thuộc diện", "chuẩn quốc gia"];
    CONDITIONS.iter().any(|condition| says(said, condition))
}

fn everyone(folded: &str) -> bool {
    ["các trường", "các cơ sở", "các đơn vị", "cơ sở gdmn", "hiệu trưởng các", "toàn ngành", "các nhà trường"]
        .iter()
        .any(|all| folded.contains(all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Id;

    #[test]
    fn a_name_is_said_in_whole_words() {
        for (text, name, said) in [
            ("Trường MN Hoa Mai, cụm 1", "Hoa Mai", true),
            ("các trường cụm 1", "Cụm 1", true),
            ("các trường cụm 12", "Cụm 1", false),
            ("theo kế hoạch", "Hoa", false),
            ("trường Hoa Mài", "Hoa Mai", false),
        ] {
            assert_eq!(says(text, name), said, "{text} / {name}");
        }
    }

    #[test]
    fn schools_are_meant_by_kind_by_name_and_by_who_is_left_out() {
        fn id<N>(n: u128) -> Id<N> {
            Id::new(uuid::Uuid::from_u128(n))
        }
        let school = |n: u128, short: &str, kind| School {
            id: id(n),
            office: id(1),
            code: format!("MN{n}"),
            name: short.into(),
            short_name: short.into(),
            aliases: vec![],
            kind,
            ward: String::new(),
            cluster: if n < 3 { "Cụm 1".into() } else { "Cụm 2".into() },
            principal: String::new(),
            phone: String::new(),
            enrolment: None,
            opened_on: None,
            closed_on: None,
        };
        let schools = [
            school(1, "MN Hoa Sen", SchoolKind::Public),
            school(2, "MN Sơn Ca", SchoolKind::Public),
            school(3, "MN Ban Mai", SchoolKind::Private),
        ];
        let others = Scope::Kinds(vec![SchoolKind::Private, SchoolKind::Independent]);
        let these = |ids: &[usize]| Scope::Schools(ids.iter().map(|i| schools[*i].id).collect());
        for (said, wanted) in [
            ("Các trường", Some(Scope::All)),
            ("Các trường mầm non tư thục", Some(others.clone())),
            ("Các cơ sở GDMN ngoài công lập", Some(others.clone())),
            ("các trường công lập", Some(Scope::Kinds(vec![SchoolKind::Public]))),
            ("Các trường (trừ MN Hoa Sen)", Some(these(&[1, 2]))),
            ("Các trường, trừ các trường tư thục", Some(these(&[0, 1]))),
            ("Các trường thuộc Cụm 1, không kể MN Sơn Ca", Some(these(&[0]))),
            ("MN Hoa Sen, Sơn Ca", Some(these(&[0, 1]))),
            ("Các trường trừ trường đang sửa chữa", None),
            ("Các trường có tổ chức bán trú", None),
            ("Các trường tư thục chưa nộp", None),
            ("Tổ khảo thí", None),
        ] {
            assert_eq!(Whom(&schools).meant(said), wanted, "{said}");
        }
    }

    #[test]
    fn levels_narrow_and_those_of_nobody_are_foreign() {
        let school = |n: u128, name: &str| School {
            id: Id::new(uuid::Uuid::from_u128(n)),
            office: Id::new(uuid::Uuid::from_u128(1)),
            code: format!("T{n}"),
            name: name.into(),
            short_name: name.into(),
            aliases: vec![],
            kind: SchoolKind::Public,
            ward: String::new(),
            cluster: String::new(),
            principal: String::new(),
            phone: String::new(),
            enrolment: None,
            opened_on: None,
            closed_on: None,
        };
        let mixed = [school(1, "MN Hoa Sen"), school(2, "TH Bản Mây"), school(3, "TH&THCS Nậm Mu")];
        let these = |ids: &[usize]| Some(Scope::Schools(ids.iter().map(|i| mixed[*i].id).collect()));
        assert_eq!(Whom(&mixed).meant("Các trường tiểu học"), these(&[1, 2]));
        assert_eq!(Whom(&mixed).meant("Các trường mầm non công lập"), these(&[0]));
        assert_eq!(Whom(&mixed).meant("Các trường mầm non, tiểu học, THCS"), Some(Scope::All));
        assert!(Whom(&mixed).foreign_levels("các trường tiểu học").is_empty());
        let foreign = Whom(&mixed[..1]).foreign_levels("các trường tiểu học, THCS");
        assert_eq!(foreign, [Level::Primary, Level::LowerSecondary].into());
        // A school whose name tells no level may be one of those that are meant.
        assert!(Whom(&[school(4, "Hoa Sen")]).foreign_levels("các trường tiểu học").is_empty());
    }
}
