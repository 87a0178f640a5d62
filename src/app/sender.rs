//! Whose a message of a pasted stretch of chat is, by the name that its program shows.

use std::collections::BTreeMap;

use super::work::Work;
use crate::domain::{Member, SchoolId};
use crate::understand::{Who, spelled_name};
use crate::vietnamese::fold_words;

/// Who a sender is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sender {
    /// For certain of this school: an officer told it, the name is exactly that of its head or of a member, or the name says
    /// the school with what it is ("Lan MN Hoa Mai").
    Known(SchoolId),
    /// Nobody who is known for certain; perhaps of one of these.
    Perhaps(Vec<SchoolId>),
    /// Has exactly the name of somebody of the office.
    Officer,
}

impl Work<'_> {
    /// Who a sender is; `told` has names as [`spelled_name`] makes them. Marks count: Hòa is not Hoa, and many are called Lan.
    pub(super) fn sender(&self, told: &BTreeMap<String, SchoolId>, name: &str) -> Sender {
        let spelled = spelled_name(name);
        if let Some(school) = told.get(&spelled) {
            return Sender::Known(*school);
        }
        let exact = self.schools_of_people(|known| spelled_name(known) == spelled);
        let officers = self.snapshot.members.iter().filter(|m| m.directs() && m.schools().is_empty());
        if exact.is_empty() && officers.into_iter().any(|m| spelled_name(&m.name) == spelled) {
            return Sender::Officer;
        }
        let said = self.indexes().schools.of_sender(name);
        match (&exact[..], &said) {
            ([], Who::One { id, sure: true }) => return Sender::Known(*id),
            ([only], Who::One { id, sure: true }) if only == id => return Sender::Known(*id),
            // The whole name of one person, who is of one school.
            ([only], said) if spelled.contains(' ') && !matches!(said, Who::One { sure: true, .. }) => {
                return Sender::Known(*only);
            }
            _ => {}
        }
        let folded = fold_words(name);
        let mut perhaps = exact;
        perhaps.extend(self.schools_of_people(|known| fold_words(known) == folded));
        match said {
            Who::One { id, .. } => perhaps.push(id),
            Who::Several(ids) => perhaps.extend(ids),
            Who::Unknown(_) => {}
        }
        perhaps.sort_unstable();
        perhaps.dedup();
        Sender::Perhaps(perhaps)
    }

    /// The schools of members and heads with such a name, each once.
    fn schools_of_people(&self, is: impl Fn(&str) -> bool) -> Vec<SchoolId> {
        let members = self.snapshot.members.iter().filter(|m| is(&m.name)).flat_map(Member::schools);
        let heads = self.snapshot.schools.iter().filter(|s| is(&s.principal)).map(|s| s.id);
        let mut schools: Vec<SchoolId> = members.chain(heads).collect();
        schools.sort_unstable();
        schools.dedup();
        schools
    }
}
