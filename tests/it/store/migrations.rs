//! Every migration meets rows of the step before it.

use std::path::{Path, PathBuf};

use giaoban::domain::{TaskState, Value};
use giaoban::store::{OutboxState, Store};
use sqlx::migrate::Migrator;
use sqlx::{AnyPool, Executor};

use super::samples::{at, chat, user};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    files
}

fn names(files: &[PathBuf]) -> Vec<&str> {
    files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect()
}

#[test]
fn every_migration_has_its_sample_rows_and_only_portable_columns() {
    let migrations = files("migrations");
    assert_eq!(names(&migrations), names(&files("tests/data/migrations")), "one file of rows a migration");
    for (number, file) in (1..).zip(&migrations) {
        assert!(
            names(std::slice::from_ref(file))[0].starts_with(&format!("{number:04}_")),
            "numbered: {file:?}"
        );
        let text = std::fs::read_to_string(file).unwrap().to_lowercase();
        let sql: String = text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
        for word in ["boolean", "timestamp", "integer", "serial", "autoincrement", "json", "real", "blob"] {
            let found = sql.split(|c: char| !c.is_alphanumeric()).any(|found| found == word);
            assert!(!found, "{word} in {file:?}: text and bigint only");
        }
    }
}

#[tokio::test]
async fn each_step_runs_over_the_rows_of_the_steps_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("steps.db");
    let steps = folder.path().join("steps");
    std::fs::create_dir(&steps).unwrap();
    sqlx::any::install_default_drivers();
    let pool = AnyPool::connect(&format!("sqlite:{}?mode=rwc", path.display())).await.unwrap();
    for (migration, rows) in files("migrations").iter().zip(files("tests/data/migrations")) {
        std::fs::copy(migration, steps.join(migration.file_name().unwrap())).unwrap();
        Migrator::new(steps.as_path()).await.unwrap().run(&pool).await.unwrap();
        let rows = std::fs::read_to_string(rows).unwrap();
        pool.execute(sqlx::AssertSqlSafe(rows)).await.unwrap();
    }
    pool.close().await;

    let mut session = Store::open(path.to_str().unwrap()).await.unwrap().read().await.unwrap();
    let office = session.offices().await.unwrap().remove(0);
    assert_eq!(office.settings.daily_cap, 4);
    assert_eq!(session.schools_of(office.id).await.unwrap()[0].short_name, "MN Hoa Sen 1");
    let member = session.members_by_account(&user("telegram", "77")).await.unwrap().remove(0);
    assert!(member.is_specialist() && member.schools().len() == 1);
    assert_eq!(session.groups_of(office.id).await.unwrap()[0].title, "Giao ban An Bình");
    assert!(session.code("ab2cd3ef").await.unwrap().is_some());
    assert_eq!(session.open_join_requests(office.id).await.unwrap().len(), 1);
    assert_eq!(session.schedules_of(office.id, None).await.unwrap().len(), 1);
    assert_eq!(session.tasks_of(office.id, &[TaskState::Posted]).await.unwrap()[0].deadlines().len(), 1);
    let directive = session.directives_by_figures(office.id, 155).await.unwrap().remove(0);
    assert_eq!(session.directive_bytes(directive.id).await.unwrap().unwrap(), [0, 1]);
    let standing = session.standings_of(office.id, &[TaskState::Posted]).await.unwrap().remove(0);
    assert_eq!(standing.submission.unwrap().values["tong"], Value::Figure(337));
    assert_eq!(session.asked_extensions(office.id).await.unwrap(), [standing.extension.unwrap()]);
    let (asked, who) = (chat("telegram", "78"), user("telegram", "78"));
    assert_eq!(session.questions_for(&who, &asked, at(0)).await.unwrap().len(), 1);
    assert_eq!(session.audit_of(office.id, 9).await.unwrap().len(), 1);
    assert_eq!(session.next_unhandled(9, at(0)).await.unwrap().len(), 1);
    let said = session.outbox_in(OutboxState::Sent, 9).await.unwrap().remove(0);
    assert_eq!(session.boards_of(office.id).await.unwrap()[0].row, said.id);
}
