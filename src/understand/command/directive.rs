//! Orders about directives and their drafts.

use super::args::{Args, missing};
use super::parse::Parsed;
use super::{Command, Lookup};
use crate::domain::{CommandProblem, MergedDue, Requires, TaskId};
use crate::understand::genuine::numbered;
use crate::understand::line::Line;

/// Takes "văn bản", "công văn" and the figures of a number behind it: whether a directive is meant, and which.
pub(super) fn named(args: &mut Args) -> Option<Option<u32>> {
    if !args.take_words(&["van ban so", "van ban", "vanban", "cong van so", "cong van", "cv"]) {
        return None;
    }
    let line = Line::new(&args.rest);
    let Some(figures) = line.number(0) else { return Some(None) };
    // "155/PGDĐT-GDMN": the symbol goes with it.
    let end = args.rest.find(char::is_whitespace).unwrap_or(args.rest.len());
    args.rest = args.rest[end..].trim().to_owned();
    Some(Some(figures))
}

/// "đã xem": the doubts have been seen, post all the same.
pub(super) fn has_seen(args: &mut Args) -> bool {
    args.take_words(&["da xem", "van dang", "luon"])
}

pub(super) fn recast(args: &mut Args, figures: Option<u32>) -> Parsed {
    if args.take_words(&["cu"]) {
        return Ok(Command::Supersede { figures });
    }
    args.take_words(&["thanh", "lam"]);
    if args.take_words(&["lich nam hoc", "lich nam", "lich"]) {
        return Ok(Command::Recast { figures, schedule: true });
    }
    if args.take_words(&["viec rieng", "viec"]) {
        return Ok(Command::Recast { figures, schedule: false });
    }
    Err(missing("task"))
}

pub(super) fn requires(args: &mut Args) -> Option<Requires> {
    if args.take_words(&["de biet", "khong can tra loi"]) {
        Some(Requires::None)
    } else if args.take_words(&["can xac nhan", "xac nhan"]) {
        Some(Requires::Confirmation)
    } else if args.take_words(&["can nop", "can gui", "nop"]) {
        Some(Requires::Submission)
    } else {
        None
    }
}

pub(super) fn show(args: &mut Args) -> Parsed {
    if let Some(figures) = named(args) {
        return Ok(Command::ShowDirective { figures });
    }
    if args.is_empty() {
        return Ok(Command::ShowDirective { figures: None });
    }
    if args.take_words(&["lich nam", "lich"]) {
        return Ok(Command::MonthPlan { month: args.take_month().transpose()? });
    }
    Ok(Command::ShowTask { task: args.code()? })
}

/// `V12 2 1`, `V12 2:1`: the second doubt, its first choice; 0 or nothing is "as it was read".
pub(super) fn choose(args: &mut Args) -> Parsed {
    let task = args.code()?;
    let numbers: Vec<usize> =
        args.take_rest().split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    let (doubt, choice) = match numbers.as_slice() {
        [choice] => (1, *choice),
        [doubt, choice, ..] => (*doubt, *choice),
        [] => return Err(missing("choice")),
    };
    Ok(Command::Choose { task, doubt, choice: Some(choice).filter(|c| *c > 0) })
}

pub(super) fn merge(args: &mut Args) -> Parsed {
    let task = args.code()?;
    args.take_words(&["vao", "voi", "va"]);
    let into: TaskId = args.code()?;
    if task == into {
        return Err(missing("task"));
    }
    args.take_words(&["lay", "giu"]);
    let whose = if args.take_words(&["han moi", "moi"]) {
        Some(MergedDue::New)
    } else if args.take_words(&["han cu", "cu"]) {
        Some(MergedDue::Old)
    } else if args.take_words(&["ca hai", "ca 2", "hai han"]) {
        Some(MergedDue::Both)
    } else {
        None
    };
    Ok(Command::Merge { task, into, whose })
}

/// `V12`, `12`: a task that was dropped is not among those that have a name here.
pub(super) fn restore(args: &mut Args) -> Parsed {
    let said = args.take_rest();
    let code = said.trim().trim_start_matches(['V', 'v']).parse();
    code.map(|code| Command::Restore { code }).map_err(|_| missing("task"))
}

pub(super) fn ask(args: &mut Args) -> Parsed {
    let task = args.code()?;
    let words = args.take_rest();
    if words.is_empty() {
        return Err(missing("question"));
    }
    Ok(Command::AskOfficers { task, words })
}

pub(super) fn archive(args: &mut Args) -> Result<Command, CommandProblem> {
    args.take_words(&["so"]);
    let said = args.take_rest();
    if said.is_empty() {
        return Ok(Command::Archive(Lookup::Last));
    }
    Ok(Command::Archive(match numbered(&said) {
        Some(named) => Lookup::Named(named),
        None => Lookup::Words(said),
    }))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::World;
    use super::super::{Change, Publish, command};
    use super::*;

    fn order(text: &str) -> String {
        let world = World::new().officer();
        world.with(|context| match command(text, true, context) {
            None => "-".to_owned(),
            Some(Err(fault)) => format!("{:?}", fault.problem),
            Some(Ok(Command::Choose { task, doubt, choice })) => {
                format!("choose {} {doubt} {choice:?}", world.code(task))
            }
            Some(Ok(Command::Merge { task, into, whose })) => {
                format!("merge {} {} {whose:?}", world.code(task), world.code(into))
            }
            Some(Ok(Command::AskOfficers { task, words })) => format!("ask {} {words}", world.code(task)),
            Some(Ok(Command::Edit { task, changes })) => {
                let change = |change: &Change| match change {
                    Change::Requires(requires) => format!("{requires:?}"),
                    Change::Due(due) => due.date.to_string(),
                    other => format!("{other:?}"),
                };
                let changes: Vec<String> = changes.iter().map(change).collect();
                format!("edit {} {}", world.code(task), changes.join("; "))
            }
            Some(Ok(Command::Publish(Publish::Anyway(task)))) => format!("anyway {}", world.code(task)),
            Some(Ok(Command::Publish(Publish::Directive { figures, by_month, anyway }))) => {
                format!("publish {figures:?} {by_month} {anyway}")
            }
            Some(Ok(Command::ShowTask { task })) => format!("show {}", world.code(task)),
            Some(Ok(Command::Archive(Lookup::Named(named)))) => format!("archive {}", named.key),
            Some(Ok(other)) => format!("{other:?}"),
        })
    }

    #[test]
    fn orders_about_directives() {
        for (text, expected) in [
            ("/dang văn bản", "publish None false false"),
            ("/dang văn bản theo tháng", "publish None true false"),
            ("/dang văn bản 155/PGDĐT-GDMN đã xem", "publish Some(155) false true"),
            ("/dang văn bản theo tháng đã xem", "publish None true true"),
            ("/dang V2 đã xem", "anyway V2"),
            ("/dang văn bản ngày 5/10", "NotPosted { given: \"văn bản ngày 5/10\" }"),
            ("/dang văn bản 155 vào thứ Hai", "NotPosted { given: \"văn bản 155 vào thứ Hai\" }"),
            ("/dang V2 ngày 5/10", "NotPosted { given: \"V2 ngày 5/10\" }"),
            ("đăng ngay", "Publish(Latest)"),
            ("đăng ngay công văn 77", "publish Some(77) false false"),
            ("đăng theo tháng", "publish None true false"),
            ("/bo văn bản", "DropDirective { figures: None }"),
            ("/bo lịch", "DropSchedule"),
            ("/xem văn bản 155", "ShowDirective { figures: Some(155) }"),
            ("/xem", "ShowDirective { figures: None }"),
            ("/xem V2", "show V2"),
            ("/xem lịch", "MonthPlan { month: None }"),
            ("Xem từng việc", "ShowDirective { figures: None }"),
            ("rút việc cũ", "Supersede { figures: None }"),
            ("Chuyển hạn việc cũ", "Supersede { figures: None }"),
            ("gộp V2 với V5", "merge V2 V5 None"),
            ("/sua V2", "Missing { part: \"change\" }"),
            ("sửa V2 sao cho đúng", "Missing { part: \"change\" }"),
            ("/sua văn bản thành lịch năm", "Recast { figures: None, schedule: true }"),
            ("/sua văn bản 155 thành việc riêng", "Recast { figures: Some(155), schedule: false }"),
            ("/sua văn bản cũ", "Supersede { figures: None }"),
            ("/sua V2 cần nộp", "edit V2 Submission"),
            ("/sua V2 để biết", "edit V2 None"),
            ("/sua V2 cần nộp; hạn 20/10", "edit V2 Submission; 2026-10-20"),
            (
                "/sua V2 nội dung Cân đo; chấm biểu đồ; hạn 20/10",
                "edit V2 Text(\"Cân đo; chấm biểu đồ\"); 2026-10-20",
            ),
            ("/chon V2 2 1", "choose V2 2 Some(1)"),
            ("/chon V2 2:0", "choose V2 2 None"),
            ("/chon V2 1", "choose V2 1 Some(1)"),
            ("/chon V2", "Missing { part: \"choice\" }"),
            ("/gop V2 vào V5", "merge V2 V5 None"),
            ("/gop V2 V5 hạn mới", "merge V2 V5 Some(New)"),
            ("/gop V2 V5 lấy hạn cũ", "merge V2 V5 Some(Old)"),
            ("/gop V2 V5 giữ cả hai", "merge V2 V5 Some(Both)"),
            ("/gop V2 V2", "Missing { part: \"task\" }"),
            ("/laylai V63", "Restore { code: 63 }"),
            ("lấy lại v63", "Restore { code: 63 }"),
            ("/laylai", "Missing { part: \"task\" }"),
            ("/hoi V2 hạn này đúng chưa chị", "ask V2 hạn này đúng chưa chị"),
            ("/hoi V2", "Missing { part: \"question\" }"),
            ("/vanban", "Archive(Last)"),
            ("/vanban 155/PGDĐT-GDMN", "archive 155/pgddt-gdmn"),
            ("/vanban số 155", "archive 155"),
            ("/vanban cân đo", "Archive(Words(\"cân đo\"))"),
        ] {
            assert_eq!(order(text), expected, "{text}");
        }
    }
}
