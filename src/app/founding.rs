//! A new installation: its first office, and the code by which its first specialist joins.

use super::work::Work;
use super::{App, AppError, NewOffice};
use crate::domain::{JoinCode, Language, Role, Settings};

impl App {
    /// Where nobody can direct yet, a code that makes a specialist of whoever uses it; in an installation without offices
    /// one is made for it. None when there are several offices, or somebody directs already.
    pub async fn first_code(&self, language: Language) -> Result<Option<JoinCode>, AppError> {
        let offices = self.store.read().await?.offices().await?;
        let office = match offices.as_slice() {
            [] => {
                let new = NewOffice { name: String::new(), language, settings: Settings::default() };
                self.add_office(new).await?
            }
            [only] => only.id,
            _ => return Ok(None),
        };
        let mut work = Work::begin(self, office).await?;
        if work.snapshot.members.iter().any(|m| m.directs()) {
            return Ok(None);
        }
        let code = work.new_code(None, Role::Specialist).await?;
        work.commit().await?;
        Ok(Some(code))
    }
}
