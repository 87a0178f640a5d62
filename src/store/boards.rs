//! Boards as they were last shown.

use super::{Row, Session, StoreError, sql};
use crate::domain::{BoardShown, OfficeId, OutboxId};

impl Session {
    /// Writes what a board shows; its outbox row names it.
    pub async fn put_board(&mut self, board: &BoardShown) -> Result<(), StoreError> {
        let put = sql(
            "insert into boards (row_id, group_id, month, shown, at, told_anew) values ($1, $2, $3, $4, $5, $6) \
                       on conflict (row_id) do update set group_id = excluded.group_id, month = excluded.month, \
                       shown = excluded.shown, at = excluded.at, told_anew = excluded.told_anew",
        );
        let put = put.bind(board.row).bind(board.group).word(board.month).json(&board.shown);
        self.write(put.bind(board.at).bind(board.told_anew)).await?;
        Ok(())
    }

    /// Forgets a board: nothing keeps it up to date from now on.
    pub async fn remove_board(&mut self, row: OutboxId) -> Result<(), StoreError> {
        self.write(sql("delete from boards where row_id = $1").bind(row)).await?;
        Ok(())
    }

    /// All boards in the groups of an office, in the order in which they went out.
    pub async fn boards_of(&mut self, office: OfficeId) -> Result<Vec<BoardShown>, StoreError> {
        let of_office = sql("select b.* from boards b join groups g on g.id = b.group_id \
                             where g.office_id = $1 order by b.row_id");
        self.all(of_office.bind(office), board).await
    }
}

fn board(row: &Row) -> Result<BoardShown, StoreError> {
    Ok(BoardShown {
        group: row.get("group_id")?,
        month: row.word("month")?,
        shown: row.json("shown")?,
        row: row.get("row_id")?,
        at: row.get("at")?,
        told_anew: row.get("told_anew")?,
    })
}
