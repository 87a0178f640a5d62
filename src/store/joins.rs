//! Codes by which people join, and requests of those who have none.

use chrono::{DateTime, Utc};

use super::{Row, Session, StoreError, sql};
use crate::domain::{ChatRef, JoinCode, JoinRequest, JoinRequestId, MemberId, OfficeId, UserRef};

impl Session {
    /// Adds a code; a code that exists, in whatever case, is a [`StoreError::Duplicate`].
    pub async fn insert_code(&mut self, code: &JoinCode) -> Result<(), StoreError> {
        let insert = sql("insert into join_codes (code, shown, office_id, grants, expires_at, used_at) \
                          values ($1, $2, $3, $4, $5, $6)");
        self.write(
            insert
                .bind(plain(&code.code))
                .bind(&*code.code)
                .bind(code.office)
                .json(&code.grant)
                .bind(code.expires_at)
                .bind(code.used_at),
        )
        .await?;
        Ok(())
    }

    /// The code that was typed, without regard to case, dashes and spaces; used and expired ones too.
    pub async fn code(&mut self, typed: &str) -> Result<Option<JoinCode>, StoreError> {
        self.one(sql("select * from join_codes where code = $1").bind(plain(typed)), code).await
    }

    /// Uses up the code that was typed: returns it when it was still good at `now`, and for one caller only.
    pub async fn use_code(
        &mut self,
        typed: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<JoinCode>, StoreError> {
        let used = sql("update join_codes set used_at = $2 \
                        where code = $1 and used_at is null and expires_at >= $2 returning *");
        Ok(self.write_returning(used.bind(plain(typed)).bind(now), code).await?.pop())
    }

    /// Adds a request; `false` when the same person's request for that school is still open.
    pub async fn insert_join_request(&mut self, request: &JoinRequest) -> Result<bool, StoreError> {
        let insert =
            sql("insert into join_requests (id, office_id, platform, user_id, name, chat_id, school_id, \
                          asked_at) values ($1, $2, $3, $4, $5, $6, $7, $8) \
                          on conflict (platform, user_id, school_id) where decided_at is null do nothing");
        let added = self
            .write(
                insert
                    .bind(request.id)
                    .bind(request.office)
                    .bind(&*request.user.platform)
                    .bind(&*request.user.id)
                    .bind(&*request.name)
                    .bind(&*request.chat.id)
                    .bind(request.school)
                    .bind(request.asked_at),
            )
            .await?;
        Ok(added > 0)
    }

    /// The request with this id, decided or not.
    pub async fn join_request(&mut self, id: JoinRequestId) -> Result<Option<JoinRequest>, StoreError> {
        self.one(sql("select * from join_requests where id = $1").bind(id), request).await
    }

    /// Decides a request; `false` when somebody has decided it before.
    pub async fn decide_join_request(
        &mut self,
        id: JoinRequestId,
        granted: bool,
        by: MemberId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let decide = sql("update join_requests set decision = $2, decided_by = $3, decided_at = $4 \
                          where id = $1 and decided_at is null");
        let decision = if granted { "granted" } else { "refused" };
        Ok(self.write(decide.bind(id).bind(decision).bind(by).bind(now)).await? > 0)
    }

    /// The requests of an office that nobody has decided, oldest first.
    pub async fn open_join_requests(&mut self, office: OfficeId) -> Result<Vec<JoinRequest>, StoreError> {
        let open = sql("select * from join_requests where office_id = $1 and decided_at is null order by id");
        self.all(open.bind(office), request).await
    }
}

/// A code without what people add or change when they type it.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

fn code(row: &Row) -> Result<JoinCode, StoreError> {
    Ok(JoinCode {
        code: row.get("shown")?,
        office: row.get("office_id")?,
        grant: row.json("grants")?,
        expires_at: row.get("expires_at")?,
        used_at: row.maybe("used_at")?,
    })
}

fn request(row: &Row) -> Result<JoinRequest, StoreError> {
    let platform: String = row.get("platform")?;
    Ok(JoinRequest {
        id: row.get("id")?,
        office: row.get("office_id")?,
        user: UserRef { platform: platform.clone(), id: row.get("user_id")? },
        name: row.get("name")?,
        chat: ChatRef { platform, id: row.get("chat_id")? },
        school: row.get("school_id")?,
        asked_at: row.get("asked_at")?,
    })
}
