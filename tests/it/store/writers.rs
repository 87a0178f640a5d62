//! Many writers at once lose nothing.

use giaoban::domain::Language;
use giaoban::store::{Store, StoreError};

use super::samples::Sample;

/// 160 transactions that read a figure and write it back one higher, from two openings of one file: as two processes
/// would.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_160_transactions_that_read_and_then_write_none_is_lost() {
    let sample = Sample::new().await;
    let office = sample.office("Phòng").await;
    let stores = [sample.store.clone(), Store::open(&sample.path()).await.unwrap()];
    let mut running = tokio::task::JoinSet::new();
    for i in 0..160 {
        let (store, office) = (stores[i % 2].clone(), office.id);
        running.spawn(async move {
            let mut session = store.begin_for(office).await.unwrap();
            let mut office = session.office(office).await.unwrap().unwrap();
            office.settings.daily_cap += 1;
            session.update_office(&office).await.unwrap();
            session.commit().await.unwrap();
        });
    }
    while let Some(done) = running.join_next().await {
        done.unwrap();
    }
    let last = sample.store.read().await.unwrap().office(office.id).await.unwrap().unwrap();
    assert_eq!(last.settings.daily_cap, office.settings.daily_cap + 160);
}

#[tokio::test]
async fn a_session_that_is_not_committed_changed_nothing() {
    let sample = Sample::new().await;
    let mut office = sample.office("Phòng").await;
    let mut session = sample.store.begin_for(office.id).await.unwrap();
    office.language = Language::En;
    session.update_office(&office).await.unwrap();
    drop(session);
    let kept = sample.store.read().await.unwrap().office(office.id).await.unwrap().unwrap();
    assert_eq!(kept.language, Language::Vi);
    sample.store.begin_for(office.id).await.unwrap();
}

#[tokio::test]
async fn a_reading_session_refuses_to_write_and_sees_one_state() {
    let sample = Sample::new().await;
    let office = sample.office("Phòng").await;
    let mut reading = sample.store.read().await.unwrap();
    assert_eq!(reading.offices().await.unwrap().len(), 1);
    assert!(matches!(reading.update_office(&office).await, Err(StoreError::ReadOnly)));
    sample.office("Phòng khác").await;
    assert_eq!(reading.offices().await.unwrap().len(), 1, "the state of its first look");
    assert_eq!(sample.store.read().await.unwrap().offices().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_transaction_of_an_office_that_is_not_there_does_not_begin() {
    let sample = Sample::new().await;
    assert!(matches!(sample.store.begin_for(sample.id()).await, Err(StoreError::NoSuchOffice)));
}

#[tokio::test]
async fn what_was_committed_is_there_after_opening_anew() {
    let sample = Sample::new().await;
    let office = sample.office("Phòng").await;
    sample.store.close().await;
    let again = Store::open(&sample.path()).await.unwrap();
    assert_eq!(again.read().await.unwrap().offices().await.unwrap(), [office]);
}
