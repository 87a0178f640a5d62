//! `/ma`, `/vang`, `/ve`: who may do what, and who is away; `/dan`, `/chep`: groups without a bot; `/thongbao`: words to all groups; `/bieumau`: the page of a form.

use super::Command;
use super::args::{Args, missing};
use crate::domain::{CommandProblem, Role};
use crate::understand::leave::leave;

type Parsed = Result<Command, CommandProblem>;

/// A code for a school's principal, or for whoever is named before it.
pub(super) fn make_code(args: &mut Args) -> Parsed {
    args.take_words(&["cho"]);
    if ["tat ca", "tat ca cac truong", "cac truong"].contains(&crate::vietnamese::fold(&args.rest).as_str()) {
        return Ok(Command::MakeCodes);
    }
    if args.take_words(&["chuyenvien", "chuyen vien", "can bo", "canbo"]) {
        return Ok(Command::MakeCode { role: Role::Specialist });
    }
    if args.take_words(&["lanh dao phong", "lanh dao", "lanhdao", "truong phong", "truongphong", "pho phong"])
    {
        return Ok(Command::MakeCode { role: Role::Head });
    }
    if args.take_words(&["cum truong", "cumtruong", "truong cum"]) {
        args.take_words(&["cum"]);
        let cluster = args.take_rest();
        if cluster.is_empty() {
            return Err(missing("cluster"));
        }
        return Ok(Command::MakeCode { role: Role::ClusterLead(format!("Cụm {cluster}")) });
    }
    let deputy = args.take_words(&["pho hieu truong", "hieu pho", "pho", "van thu", "pht"]);
    if args.is_empty() {
        return Err(missing("school"));
    }
    let school = args.school()?;
    let deputy = deputy || args.take_words(&["pho hieu truong", "hieu pho", "pho", "van thu", "pht"]);
    Ok(Command::MakeCode { role: if deputy { Role::Deputy(school) } else { Role::Principal(school) } })
}

pub(super) fn away(args: &mut Args) -> Parsed {
    let school = if args.context.officer { args.take_school().transpose()? } else { None };
    let words = args.take_rest();
    if words.is_empty() {
        return Err(missing("leave"));
    }
    Ok(Command::Away { school, said: leave(&words, args.context.now) })
}

pub(super) fn back(args: &mut Args) -> Parsed {
    let school = if args.context.officer { args.take_school().transpose()? } else { None };
    Ok(Command::Back { school })
}

pub(super) fn broadcast(args: &mut Args) -> Parsed {
    let words = args.take_rest();
    if words.is_empty() {
        return Err(missing("notice"));
    }
    Ok(Command::Broadcast { words })
}

pub(super) fn paste(args: &mut Args) -> Parsed {
    let text = args.take_rest();
    if text.is_empty() {
        return Err(missing("pasted"));
    }
    Ok(Command::Paste { text })
}

pub(super) fn copy_out(args: &mut Args) -> Parsed {
    Ok(Command::CopyOut { task: args.take_code().transpose()? })
}

pub(super) fn form_link(args: &mut Args) -> Parsed {
    Ok(Command::FormLink { task: args.code()? })
}

/// Whose roles end.
pub(super) fn retire(args: &mut Args) -> Parsed {
    let who = args.take_rest();
    if who.is_empty() { Err(missing("person")) } else { Ok(Command::Retire { who }) }
}
