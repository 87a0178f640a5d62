//! Questions that wait for an answer: one a person and chat.

use chrono::{DateTime, Utc};

use super::{Row, Session, StoreError, sql};
use crate::domain::{ChatRef, Question, QuestionId, UserRef};

impl Session {
    /// Asks: a question that the person has open in that chat is replaced.
    pub async fn put_question(&mut self, question: &Question) -> Result<(), StoreError> {
        let put = sql(
            "insert into questions (id, office_id, platform, chat_id, user_id, asked_at, expires_at, body, carried) \
                       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
                       on conflict (platform, chat_id, user_id) do update set id = excluded.id, \
                       office_id = excluded.office_id, asked_at = excluded.asked_at, \
                       expires_at = excluded.expires_at, body = excluded.body, \
                       carried = excluded.carried",
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
                .json(&question.carried),
        )
        .await?;
        Ok(())
    }

    /// The question that is open for this person in this chat at `now`; it stays open.
    pub async fn question_for(
        &mut self,
        user: &UserRef,
        chat: &ChatRef,
        now: DateTime<Utc>,
    ) -> Result<Option<Question>, StoreError> {
        let asked = match self.remembered.question(chat, user) {
            Some(known) => known,
            None => {
                let asked =
                    sql("select * from questions where platform = $1 and chat_id = $2 and user_id = $3");
                let asked = asked.bind(&*chat.platform).bind(&*chat.id).bind(&*user.id);
                let found = self.one(asked, question).await?;
                self.remembered.note_question(chat, user, found.clone());
                found
            }
        };
        Ok(asked.filter(|question| question.expires_at >= now))
    }

    /// Looks at all questions that are open at `now`, so that none has to be looked for.
    pub async fn look_at_questions(&mut self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let open =
            self.all(sql("select * from questions where expires_at >= $1").bind(now), question).await?;
        self.remembered.note_all(open);
        Ok(())
    }

    /// The same, and closes it: it is answered once.
    pub async fn take_question(
        &mut self,
        user: &UserRef,
        chat: &ChatRef,
        now: DateTime<Utc>,
    ) -> Result<Option<Question>, StoreError> {
        let take =
            sql("delete from questions where platform = $1 and chat_id = $2 and user_id = $3 returning *");
        let taken = take.bind(&*chat.platform).bind(&*chat.id).bind(&*user.id);
        let taken = self.write_returning(taken, question).await?.pop();
        Ok(taken.filter(|question| question.expires_at >= now))
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
    })
}
