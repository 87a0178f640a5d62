//! Questions that wait for an answer: one a person, chat and subject.

use chrono::{DateTime, Utc};

use super::{Row, Session, StoreError, sql};
use crate::domain::{ChatRef, OfficeId, Question, QuestionId, UserRef};

impl Session {
    /// Asks: a question about the same subject that the person has open in that chat is replaced.
    pub async fn put_question(&mut self, question: &Question) -> Result<(), StoreError> {
        if !question.subject.is_empty() {
            let same = sql("delete from questions \
                            where platform = $1 and chat_id = $2 and user_id = $3 and subject = $4");
            let same = same.bind(&*question.chat.platform).bind(&*question.chat.id);
            self.write(same.bind(&*question.user.id).bind(&*question.subject)).await?;
        }
        let put = sql(
            "insert into questions (id, office_id, platform, chat_id, user_id, asked_at, expires_at, body, carried, \
             subject) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        );
        self.write(
            put.bind(question.id)
                .bind(question.office)
                .bind(&*question.chat.platform)
                .bind(&*question.chat.id)
                .bind(&*question.user.id)
                .bind(question.asked_at)
                .bind(question.expires_at)
                .json(&question.body)
                .json(&question.carried)
                .bind(&*question.subject),
        )
        .await?;
        Ok(())
    }

    /// The questions that are open for this person in this chat at `now`, the newest first, twenty at most.
    pub async fn questions_for(
        &mut self,
        user: &UserRef,
        chat: &ChatRef,
        now: DateTime<Utc>,
    ) -> Result<Vec<Question>, StoreError> {
        let asked = match self.remembered.questions(chat, user) {
            Some(known) => known,
            None => {
                let asked =
                    sql("select * from questions where platform = $1 and chat_id = $2 and user_id = $3 \
                                 order by asked_at desc, id desc limit 20");
                let asked = asked.bind(&*chat.platform).bind(&*chat.id).bind(&*user.id);
                let found = self.all(asked, question).await?;
                self.remembered.note_questions(chat, user, found.clone());
                found
            }
        };
        Ok(asked.into_iter().filter(|question| question.expires_at >= now).collect())
    }

    /// Looks at all questions that are open at `now`, so that none has to be looked for.
    pub async fn look_at_questions(&mut self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let open = sql("select * from questions where expires_at >= $1 order by asked_at desc, id desc");
        let open = self.all(open.bind(now), question).await?;
        self.remembered.note_all(open);
        Ok(())
    }

    /// Closes the questions of everybody about a subject of an office: it was settled otherwise.
    pub async fn close_questions_about(&mut self, office: OfficeId, subject: &str) -> Result<(), StoreError> {
        if self.remembered.has_none_about(subject) {
            return Ok(());
        }
        let close = sql("delete from questions where subject = $1 and office_id = $2");
        self.write(close.bind(subject).bind(office)).await?;
        Ok(())
    }

    /// The question with this id, while it is open; expired ones too.
    pub async fn question(&mut self, id: QuestionId) -> Result<Option<Question>, StoreError> {
        self.one(sql("select * from questions where id = $1").bind(id), question).await
    }

    /// Closes a question; `false` when it was not open.
    pub async fn close_question(&mut self, id: QuestionId) -> Result<bool, StoreError> {
        Ok(self.write(sql("delete from questions where id = $1").bind(id)).await? > 0)
    }

    /// Forgets the questions that expired before `moment`; how many.
    pub async fn forget_questions(&mut self, moment: DateTime<Utc>) -> Result<u64, StoreError> {
        self.write(sql("delete from questions where expires_at < $1").bind(moment)).await
    }
}

fn question(row: &Row) -> Result<Question, StoreError> {
    let platform: String = row.get("platform")?;
    Ok(Question {
        id: row.get("id")?,
        office: row.maybe("office_id")?,
        chat: ChatRef { platform: platform.clone(), id: row.get("chat_id")? },
        user: UserRef { platform, id: row.get("user_id")? },
        asked_at: row.get("asked_at")?,
        expires_at: row.get("expires_at")?,
        body: row.json("body")?,
        carried: row.json("carried")?,
        subject: row.get("subject")?,
    })
}
