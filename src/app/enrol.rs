//! The register of schools: a file becomes schools, all of it or nothing.

use serde_json::json;

use super::work::Work;
use super::{App, AppError};
use crate::domain::{MemberId, OfficeId, Register, RegisterRow, Reply, School};
use crate::import::register;
use crate::wording::{answer, register_error, register_notice};

impl App {
    /// Takes a register over for an office: the sentence that a person is told, of what was stored or of why nothing was.
    pub async fn import_register(
        &self,
        office: OfficeId,
        bytes: &[u8],
        file_name: &str,
    ) -> Result<Result<String, String>, AppError> {
        let mut work = Work::begin(self, office).await?;
        let reply = work.take_register(bytes, file_name, None).await?;
        let said = answer(work.voice(), &reply).text.words();
        let refused = matches!(reply, Reply::FileRefused { .. });
        work.commit().await?;
        Ok(if refused { Err(said) } else { Ok(said) })
    }
}

impl Work<'_> {
    /// A register in bytes: stored whole, or refused with every line that cannot be read.
    pub(super) async fn take_register(
        &mut self,
        bytes: &[u8],
        file_name: &str,
        by: Option<MemberId>,
    ) -> Result<Reply, AppError> {
        let language = self.snapshot.office.language;
        let draft = match register::read(bytes) {
            Ok(draft) => draft,
            Err(error) => {
                let sentence = register_error(language, &error, file_name);
                return Ok(Reply::FileRefused { sentence });
            }
        };
        let (added, changed, same) = self.enrol(&draft.register, by).await?;
        let notices = draft.notices.iter().map(|n| register_notice(language, n)).collect();
        Ok(Reply::RegisterImported { added, changed, same, notices })
    }

    /// Schools are known by their codes. A school that the register no longer names stays: closing one is a decision.
    async fn enrol(
        &mut self,
        register: &Register,
        by: Option<MemberId>,
    ) -> Result<(usize, usize, usize), AppError> {
        let (mut added, mut changed, mut same) = (0, 0, 0);
        for row in &register.rows {
            match self.snapshot.schools.iter().find(|s| s.code == row.code).cloned() {
                Some(known) => {
                    let renewed = renewed(&known, row);
                    if renewed == known {
                        same += 1;
                    } else {
                        self.session.update_school(&renewed).await?;
                        changed += 1;
                    }
                }
                None => {
                    let blank = School {
                        id: self.id(),
                        office: self.office(),
                        code: row.code.clone(),
                        name: String::new(),
                        short_name: String::new(),
                        aliases: vec![],
                        kind: row.kind,
                        ward: String::new(),
                        cluster: String::new(),
                        principal: String::new(),
                        phone: String::new(),
                        opened_on: None,
                        closed_on: None,
                    };
                    self.session.insert_school(&renewed(&blank, row)).await?;
                    added += 1;
                }
            }
        }
        self.snapshot.schools = self.session.schools_of(self.office()).await?;
        self.audit(by, "register.taken", json!({ "added": added, "changed": changed })).await?;
        Ok((added, changed, same))
    }
}

fn renewed(school: &School, row: &RegisterRow) -> School {
    School {
        name: row.name.clone(),
        short_name: School::short_name_of(&row.name),
        aliases: row.aliases.clone(),
        kind: row.kind,
        ward: row.ward.clone(),
        cluster: row.cluster.clone(),
        principal: row.principal.clone(),
        phone: row.phone.clone(),
        ..school.clone()
    }
}
