//! Members, the accounts by which they are known and the chats in which they can be written to.

use super::{Row, Session, StoreError, session::Statement, sql};
use crate::domain::{ChatRef, Member, MemberId, OfficeId, UserRef};

impl Session {
    /// Adds a member. An account belongs to one member of an office: [`StoreError::Duplicate`] otherwise.
    pub async fn insert_member(&mut self, member: &Member) -> Result<(), StoreError> {
        let insert =
            sql("insert into members (id, office_id, name, roles, leave) values ($1, $2, $3, $4, $5)");
        let insert = insert.bind(member.id).bind(member.office).bind(&*member.name).json(&member.roles);
        self.write(insert.maybe_json(member.leave.as_ref())).await?;
        self.insert_addresses(member).await
    }

    /// Writes a member anew, accounts and private chats too; it stays with its office.
    pub async fn update_member(&mut self, member: &Member) -> Result<(), StoreError> {
        let update = sql("update members set name = $2, roles = $3, leave = $4 where id = $1");
        let update = update.bind(member.id).bind(&*member.name).json(&member.roles);
        self.write(update.maybe_json(member.leave.as_ref())).await?;
        self.write(sql("delete from member_accounts where member_id = $1").bind(member.id)).await?;
        self.write(sql("delete from member_chats where member_id = $1").bind(member.id)).await?;
        self.insert_addresses(member).await
    }

    async fn insert_addresses(&mut self, member: &Member) -> Result<(), StoreError> {
        for (place, user) in (0_i64..).zip(&member.accounts) {
            let insert = sql("insert into member_accounts (member_id, office_id, platform, user_id, place) \
                              values ($1, $2, $3, $4, $5)");
            let insert = insert.bind(member.id).bind(member.office).bind(&*user.platform).bind(&*user.id);
            self.write(insert.bind(place)).await?;
        }
        for (place, chat) in (0_i64..).zip(&member.private_chats) {
            let insert = sql("insert into member_chats (member_id, platform, chat_id, place) \
                              values ($1, $2, $3, $4)");
            self.write(insert.bind(member.id).bind(&*chat.platform).bind(&*chat.id).bind(place)).await?;
        }
        Ok(())
    }

    /// The member with this id.
    pub async fn member(&mut self, id: MemberId) -> Result<Option<Member>, StoreError> {
        let members = self
            .members(
                sql("select id, office_id, name, roles, leave from members where id = $1").bind(id),
                sql("select member_id, 'account' as kind, platform, user_id as name, place \
                     from member_accounts where member_id = $1 \
                     union all \
                     select member_id, 'chat' as kind, platform, chat_id as name, place \
                     from member_chats where member_id = $1")
                .bind(id),
            )
            .await?;
        Ok(members.into_iter().next())
    }

    /// The members that an account speaks as: one an office at most, in the order in which they were added.
    pub async fn members_by_account(&mut self, user: &UserRef) -> Result<Vec<Member>, StoreError> {
        self.members(
            sql("select id, office_id, name, roles, leave from members where id in \
                 (select member_id from member_accounts where platform = $1 and user_id = $2) order by id")
            .bind(&*user.platform)
            .bind(&*user.id),
            sql("select member_id, 'account' as kind, platform, user_id as name, place \
                 from member_accounts where member_id in \
                 (select member_id from member_accounts where platform = $1 and user_id = $2) \
                 union all \
                 select member_id, 'chat' as kind, platform, chat_id as name, place \
                 from member_chats where member_id in \
                 (select member_id from member_accounts where platform = $1 and user_id = $2)")
            .bind(&*user.platform)
            .bind(&*user.id),
        )
        .await
    }

    /// The accounts of all members with the offices of these.
    pub async fn accounts(&mut self) -> Result<Vec<(UserRef, OfficeId)>, StoreError> {
        let accounts = sql("select platform, user_id, office_id from member_accounts order by member_id");
        self.all(accounts, |row| {
            Ok((UserRef { platform: row.get("platform")?, id: row.get("user_id")? }, row.get("office_id")?))
        })
        .await
    }

    /// The members who can be written to in this private chat: one an office at most.
    pub async fn members_by_private_chat(&mut self, chat: &ChatRef) -> Result<Vec<Member>, StoreError> {
        self.members(
            sql("select id, office_id, name, roles, leave from members where id in \
                 (select member_id from member_chats where platform = $1 and chat_id = $2) order by id")
            .bind(&*chat.platform)
            .bind(&*chat.id),
            sql("select member_id, 'account' as kind, platform, user_id as name, place \
                 from member_accounts where member_id in \
                 (select member_id from member_chats where platform = $1 and chat_id = $2) \
                 union all \
                 select member_id, 'chat' as kind, platform, chat_id as name, place \
                 from member_chats where member_id in \
                 (select member_id from member_chats where platform = $1 and chat_id = $2)")
            .bind(&*chat.platform)
            .bind(&*chat.id),
        )
        .await
    }

    /// All members of an office, in the order in which they were added.
    pub async fn members_of(&mut self, office: OfficeId) -> Result<Vec<Member>, StoreError> {
        self.members(
            sql("select id, office_id, name, roles, leave from members where office_id = $1 order by id")
                .bind(office),
            sql("select member_id, 'account' as kind, platform, user_id as name, place \
                 from member_accounts where office_id = $1 \
                 union all \
                 select c.member_id, 'chat' as kind, c.platform, c.chat_id as name, c.place \
                 from member_chats c join members m on m.id = c.member_id where m.office_id = $1")
            .bind(office),
        )
        .await
    }

    async fn members(&mut self, members: Statement, addresses: Statement) -> Result<Vec<Member>, StoreError> {
        let mut members = self.all(members, member).await?;
        if members.is_empty() {
            return Ok(members);
        }
        let mut addresses = self.all(addresses, address).await?;
        addresses.sort_by_key(|address| address.place);
        let place: std::collections::HashMap<MemberId, usize> =
            members.iter().enumerate().map(|(i, m)| (m.id, i)).collect();
        for address in addresses {
            let Some(member) = place.get(&address.member).and_then(|i| members.get_mut(*i)) else { continue };
            let (platform, id) = (address.platform, address.id);
            if address.is_chat {
                member.private_chats.push(ChatRef { platform, id });
            } else {
                member.accounts.push(UserRef { platform, id });
            }
        }
        Ok(members)
    }
}

struct AddressRow {
    member: MemberId,
    is_chat: bool,
    platform: String,
    id: String,
    place: i64,
}

fn address(row: &Row) -> Result<AddressRow, StoreError> {
    Ok(AddressRow {
        member: row.get("member_id")?,
        is_chat: row.get::<String>("kind")? == "chat",
        platform: row.get("platform")?,
        id: row.get("name")?,
        place: row.get("place")?,
    })
}

fn member(row: &Row) -> Result<Member, StoreError> {
    Ok(Member {
        id: row.get("id")?,
        office: row.get("office_id")?,
        name: row.get("name")?,
        roles: row.json("roles")?,
        leave: row.maybe_json("leave")?,
        accounts: Vec::new(),
        private_chats: Vec::new(),
    })
}
