//! The register of schools: a file becomes schools, all of it or nothing.

use serde_json::json;

use super::work::Work;
use super::{App, AppError};
use crate::domain::{MemberId, OfficeId, Register, RegisterRow, Reply, School};
use crate::import::register::{RegisterDraft, RegisterError};
use crate::import::{Content, Unread};
use crate::wording::{answer, register_error, register_notice};

impl App {
    /// Takes a register over for an office: the sentence that a person is told, of what was stored or of why nothing was.
    pub async fn import_register(
        &self,
        office: OfficeId,
        bytes: &[u8],
        file_name: &str,
    ) -> Result<Result<String, String>, AppError> {
        let read = self.reader.read(file_name, bytes.to_vec()).await;
        let mut work = Work::begin(self, office).await?;
        let draft = match read {
            Ok(Content::Register(draft)) => Ok(draft),
            Ok(Content::Directive(_)) => Err(RegisterError::NotATable),
            Err(Unread::Register(error)) => Err(error),
            Err(Unread::Directive(error)) => Err(error.into()),
        };
        let language = work.snapshot.office.language;
        let said = match draft {
            Ok(draft) => {
                let reply = work.take_register(&draft, None).await?;
                Ok(answer(work.voice(), &reply).text.words())
            }
            Err(error) => Err(register_error(language, &error, file_name)),
        };
        work.commit().await?;
        Ok(said)
    }
}

impl Work<'_> {
    /// Takes a register over.
    pub(super) async fn take_register(
        &mut self,
        draft: &RegisterDraft,
        by: Option<MemberId>,
    ) -> Result<Reply, AppError> {
        let language = self.snapshot.office.language;
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
                        enrolment: None,
                        opened_on: None,
                        closed_on: None,
                    };
                    self.session.insert_school(&renewed(&blank, row)).await?;
                    added += 1;
                }
            }
        }
        self.snapshot.schools = self.session.schools_of(self.office()).await?.into();
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
        // A list without that column takes nothing away.
        enrolment: row.enrolment.or(school.enrolment),
        ..school.clone()
    }
}
