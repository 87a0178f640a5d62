//! What a database that cannot be used is called: `cli` says one sentence for each.

use giaoban::store::{Store, StoreError};
use sqlx::{AnyPool, Executor};

use super::samples::Sample;

async fn refusal(path: &std::path::Path) -> StoreError {
    Store::open(path.to_str().unwrap()).await.err().unwrap()
}

#[tokio::test]
async fn a_file_that_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.db");
    std::fs::write(&path, "Danh sách trường mầm non\n".repeat(500)).unwrap();
    assert!(matches!(refusal(&path).await, StoreError::NotADatabase(_)));
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("Danh sách"), "it is left alone");
}

#[tokio::test]
async fn a_damaged_database() {
    let sample = Sample::new().await;
    for number in 0..200 {
        sample.office(&format!("Phòng {number}")).await;
    }
    sample.store.close().await;
    let mut bytes = std::fs::read(sample.path()).unwrap();
    bytes[4096..].fill(0x5a);
    std::fs::write(sample.path(), bytes).unwrap();
    assert!(matches!(refusal(sample.path().as_ref()).await, StoreError::NotADatabase(_)));
}

#[tokio::test]
async fn a_database_of_a_later_program_and_one_of_other_sources() {
    for (change, expected) in [
        ("update _sqlx_migrations set version = 9999 where version = 1", "db-newer"),
        ("update _sqlx_migrations set checksum = x'00' where version = 1", "db-changed"),
    ] {
        let sample = Sample::new().await;
        sample.store.close().await;
        sqlx::any::install_default_drivers();
        let pool = AnyPool::connect(&format!("sqlite:{}", sample.path())).await.unwrap();
        pool.execute(change).await.unwrap();
        pool.close().await;
        assert_eq!(refusal(sample.path().as_ref()).await.code(), expected);
    }
}

#[tokio::test]
async fn a_place_where_no_file_can_be() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(refusal(&folder.path().join("none/a.db")).await, StoreError::Unwritable(_)));
    assert!(matches!(refusal(folder.path()).await, StoreError::Unwritable(_)));
}
