//! The head of a scenario: an office or two, their people, groups and tasks.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Asia::Ho_Chi_Minh;
use giaoban::app::{NewMember, NewOffice, NewSchool};
use giaoban::domain::{
    Language, Month, NamePolicy, Role, SchoolId, SchoolKind, Settings, Task, TaskState, UserRef, instant,
};
use giaoban::understand::{Command, Context, Give, SchoolIndex, command};

use super::stage::Stage;

/// Reads the head and builds what it says.
pub async fn build(head: &str) -> Result<Stage, String> {
    let lines: Vec<(&str, &str)> = head
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(|l| {
            l.split_once(':').map(|(k, v)| (k.trim(), v.trim())).ok_or(format!("no name: value in {l:?}"))
        })
        .collect::<Result<_, _>>()?;
    let clock = lines.iter().find(|(k, _)| *k == "clock").map_or("2026-09-30 16:00", |(_, v)| v);
    let pages = lines.iter().find(|(k, _)| *k == "pages").map(|(_, v)| (*v).to_owned());
    let mut stage = Stage::new(local(clock)?, pages).await;
    let mut office = Builder::default();
    for (key, value) in &lines {
        if *key == "office" && office.begun() {
            office.finish(&mut stage).await?;
            office = Builder::default();
        }
        office.line(key, value, &mut stage)?;
    }
    office.finish(&mut stage).await?;
    Ok(stage)
}

/// `2026-10-01 08:00` in Việt Nam.
pub fn local(text: &str) -> Result<DateTime<Utc>, String> {
    let local =
        NaiveDateTime::parse_from_str(text.trim(), "%Y-%m-%d %H:%M").map_err(|e| format!("{text}: {e}"))?;
    Ok(instant(local.date(), local.time(), Ho_Chi_Minh))
}

/// One office to be.
#[derive(Default)]
struct Builder {
    name: Option<String>,
    settings: Settings,
    language: Language,
    schools: Vec<NewSchool>,
    groups: Vec<(String, String, Vec<String>)>,
    unbound: Vec<(String, String)>,
    people: Vec<(String, Vec<RoleOf>)>,
    unreachable: Vec<String>,
    tasks: Vec<(Month, String)>,
}

enum RoleOf {
    Head,
    Specialist,
    Principal(String),
    Deputy(String),
}

impl Builder {
    fn begun(&self) -> bool {
        self.name.is_some() || !self.schools.is_empty()
    }

    fn line(&mut self, key: &str, value: &str, stage: &mut Stage) -> Result<(), String> {
        match key {
            "office" => self.name = Some(value.to_owned()),
            "setting" => self.setting(value)?,
            "schools" => self.schools.extend(split_outside_brackets(value).iter().map(|s| school(s))),
            "group" => {
                let (title, rest) = value.split_once(" on ").ok_or("group: Title on sim-telegram")?;
                let (platform, schools) = rest.split_once(" with ").unwrap_or((rest, ""));
                self.groups.push((title.to_owned(), platform.trim().to_owned(), names(schools)));
            }
            "unbound group" => {
                let (title, platform) = value.split_once(" on ").ok_or("unbound group: Title on sim-zalo")?;
                self.unbound.push((title.to_owned(), platform.trim().to_owned()));
            }
            "specialist" => self.people.push((value.to_owned(), vec![RoleOf::Specialist])),
            "head" => self.people.push((value.to_owned(), vec![RoleOf::Head])),
            "principal" => {
                let (name, schools) = value.split_once(" of ").ok_or("principal: Name of MN A")?;
                let roles = names(schools).into_iter().map(RoleOf::Principal).collect();
                self.people.push((name.to_owned(), roles));
            }
            "deputy" => {
                let (name, schools) = value.split_once(" of ").ok_or("deputy: Name of MN A")?;
                let roles = names(schools).into_iter().map(RoleOf::Deputy).collect();
                self.people.push((name.to_owned(), roles));
            }
            "outsider" => stage.outsiders.push(value.to_owned()),
            "unreachable" => self.unreachable.extend(names(value)),
            "clock" | "pages" => {}
            "leaves" => stage.leaves = value.to_owned(),
            key if key.starts_with("task") => {
                let month = key.trim_start_matches("task").trim();
                let (m, y) = month.split_once('/').ok_or("task 10/2026: …")?;
                let month = Month::new(y.parse().unwrap_or(0), m.parse().unwrap_or(0)).ok_or("a month")?;
                self.tasks.push((month, value.to_owned()));
            }
            key if key.starts_with("book ") => {
                let name = key.trim_start_matches("book ").to_owned();
                stage.files.insert(name.clone(), super::book::book(value)?);
                stage.books.insert(name, value.to_owned());
            }
            key if key.starts_with("copy ") => {
                let (name, of) =
                    key.trim_start_matches("copy ").split_once(" of ").ok_or("copy NAME of OTHER")?;
                let cells = format!("{}; {value}", stage.books.get(of).ok_or(format!("no book {of}"))?);
                stage.files.insert(name.to_owned(), super::book::book(&cells)?);
            }
            key if key.starts_with("file ") => {
                let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(value);
                let bytes = std::fs::read(&path).map_err(|e| format!("{value}: {e}"))?;
                stage.files.insert(key.trim_start_matches("file ").to_owned(), bytes);
            }
            _ => return Err(format!("unknown in the head: {key}")),
        }
        Ok(())
    }

    fn setting(&mut self, value: &str) -> Result<(), String> {
        let (name, value) = value.split_once(' ').ok_or("setting: name value")?;
        let value = value.trim();
        match name {
            "names" => {
                self.settings.names = match value {
                    "never" => NamePolicy::Never,
                    "always" => NamePolicy::Always,
                    _ => NamePolicy::LastDay,
                }
            }
            "posting" => self.settings.posting_rule = value.to_owned(),
            "cap" => self.settings.daily_cap = value.parse().map_err(|_| "cap 3")?,
            "deadline" => {
                self.settings.deadline_hour =
                    NaiveTime::parse_from_str(value, "%H:%M").map_err(|e| e.to_string())?;
            }
            "language" => self.language = value.parse().map_err(|_| "language en")?,
            _ => return Err(format!("unknown setting {name}")),
        }
        Ok(())
    }

    async fn finish(mut self, stage: &mut Stage) -> Result<(), String> {
        let app = stage.app();
        // Telephone numbers of nobody, each school its own.
        for (number, school) in self.schools.iter_mut().enumerate() {
            school.phone = format!("09000000{:02}", number + 1);
        }
        let name = self.name.unwrap_or_else(|| "Phòng Văn hóa - Xã hội xã Suối Ngàn".into());
        let new = NewOffice { name, language: self.language, settings: self.settings };
        let office = app.add_office(new).await.map_err(|e| e.to_string())?;
        let ids = app.add_schools(office, self.schools.clone()).await.map_err(|e| e.to_string())?;
        let short = |s: &NewSchool| giaoban::domain::School::short_name_of(&s.name);
        let by_name: HashMap<String, SchoolId> = self.schools.iter().map(short).zip(ids).collect();
        let id_of = |name: &String| by_name.get(name).copied().ok_or(format!("no school {name}"));

        let mut people = self.people;
        let named: Vec<String> = people
            .iter()
            .flat_map(|(_, roles)| roles)
            .filter_map(|r| if let RoleOf::Principal(s) = r { Some(s.clone()) } else { None })
            .collect();
        for school in self.schools.iter().map(short).filter(|s| !named.contains(s)) {
            people.push((school.clone(), vec![RoleOf::Principal(school)]));
        }
        let platforms: Vec<String> = self.groups.iter().map(|(_, p, _)| p.clone()).collect();
        let first = platforms.first().cloned().unwrap_or_else(|| "sim-telegram".into());
        for (title, platform, schools) in &self.groups {
            let in_group = |(_, roles): &&(String, Vec<RoleOf>)| {
                schools.is_empty()
                    || roles.iter().any(
                        |r| !matches!(r, RoleOf::Principal(s) | RoleOf::Deputy(s) if !schools.contains(s)),
                    )
            };
            let members = people.iter().filter(in_group).map(|(n, _)| n.clone()).collect();
            let chat = stage.add_group(title, platform, members);
            let schools = schools.iter().map(id_of).collect::<Result<_, _>>()?;
            app.add_group(office, chat, title.clone(), schools).await.map_err(|e| e.to_string())?;
        }
        for (title, platform) in &self.unbound {
            stage.add_group(title, platform, people.iter().map(|(n, _)| n.clone()).collect());
        }
        for (name, roles) in &people {
            stage.add_person(name);
            let platform = self.groups.iter().find(|(_, _, schools)| {
                roles
                    .iter()
                    .any(|r| matches!(r, RoleOf::Principal(s) | RoleOf::Deputy(s) if schools.contains(s)))
            });
            let platform = platform.map_or(&first, |(_, p, _)| p).clone();
            let private = if self.unreachable.contains(name) {
                vec![]
            } else {
                vec![stage.open_private(name, &platform)]
            };
            let account = UserRef { platform: platform.clone(), id: name.clone() };
            let roles = roles
                .iter()
                .map(|r| {
                    Ok(match r {
                        RoleOf::Head => Role::Head,
                        RoleOf::Specialist => Role::Specialist,
                        RoleOf::Principal(s) => Role::Principal(id_of(s)?),
                        RoleOf::Deputy(s) => Role::Deputy(id_of(s)?),
                    })
                })
                .collect::<Result<_, String>>()?;
            let new =
                NewMember { name: called(name), roles, accounts: vec![account], private_chats: private };
            app.add_member(office, new).await.map_err(|e| e.to_string())?;
        }
        add_tasks(stage, office, &self.tasks).await?;
        stage.remember(office).await;
        Ok(())
    }
}

/// A school that comes later, with a principal called like it; on the first group's platform.
pub async fn add_school(stage: &mut Stage, text: &str) -> Result<(), String> {
    let (app, office) = (stage.app(), *stage.offices.first().ok_or("no office")?);
    let new = school(text);
    let name = giaoban::domain::School::short_name_of(&new.name);
    let ids = app.add_schools(office, vec![new]).await.map_err(|e| e.to_string())?;
    let group = stage.groups.first().map(|(_, chat)| chat.clone()).ok_or("no group")?;
    stage.add_person(&name);
    stage.world.join(&name, &group).map_err(|e| e.to_string())?;
    let private = stage.open_private(&name, &group.platform);
    let new = NewMember {
        name: called(&name),
        roles: ids.into_iter().map(Role::Principal).collect(),
        accounts: vec![UserRef { platform: group.platform, id: name.clone() }],
        private_chats: vec![private],
    };
    app.add_member(office, new).await.map_err(|e| e.to_string())?;
    stage.greet(&name).await;
    Ok(())
}

/// A person called like a school is a woman with the school's name, so that the bot can call her chị.
fn called(name: &str) -> String {
    match name.split_once(' ') {
        Some((kind, own)) if kind.chars().all(char::is_uppercase) => format!("Nguyễn Thị {own}"),
        _ => name.to_owned(),
    }
}

async fn add_tasks(
    stage: &mut Stage,
    office: giaoban::domain::OfficeId,
    tasks: &[(Month, String)],
) -> Result<(), String> {
    let app = stage.app();
    let schools = app
        .store()
        .read()
        .await
        .map_err(|e| e.to_string())?
        .schools_of(office)
        .await
        .map_err(|e| e.to_string())?;
    let index = SchoolIndex::new(&schools);
    for (month, line) in tasks {
        let (line, informs) = match line.strip_suffix("; để biết") {
            Some(line) => (line, true),
            None => (line.as_str(), false),
        };
        let now = NaiveDate::from_ymd_opt(2026, 8, 1).expect("a day").and_time(NaiveTime::MIN);
        let context = Context { officer: true, ..Context::bare(now, &index) };
        let give = match command(&format!("/giao {line}"), true, &context) {
            Some(Ok(Command::Give(give))) => give,
            other => return Err(format!("task {line:?}: {other:?}")),
        };
        let Give { text, due, form, scope, urgency, requires } = give;
        let make = |id, code| Task {
            id,
            office,
            schedule: None,
            code,
            text,
            months: vec![*month],
            scope,
            requires: if informs { giaoban::domain::Requires::None } else { requires },
            due: due.into_iter().collect(),
            form,
            urgency,
            state: TaskState::Planned,
            posted_at: None,
            directive: None,
            sources: vec![],
            doubts: vec![],
            moved: None,
        };
        app.add_task(office, make).await.map_err(|e| e.to_string())?;
    }
    Ok(())
}

fn names(value: &str) -> Vec<String> {
    value.split(',').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

fn split_outside_brackets(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in value.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("one part").push(c);
    }
    parts.into_iter().map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

/// `MN Hoa Sen (cụm 1, tư thục, closed 2026-10-10)`.
fn school(text: &str) -> NewSchool {
    let (name, rest) = text.split_once('(').unwrap_or((text, ""));
    let short = name.trim();
    let (prefix, own) = short.split_once(' ').unwrap_or(("", short));
    let long = match prefix {
        "MN" => format!("Trường Mầm non {own}"),
        "MG" => format!("Trường Mẫu giáo {own}"),
        _ => short.to_owned(),
    };
    let mut school = NewSchool {
        principal: format!("Nguyễn Thị {own}"),
        phone: "0900000001".into(),
        ..NewSchool::named(format!("S{:03}", short.chars().map(|c| c as u32).sum::<u32>() % 1000), long)
    };
    for part in rest.trim_end_matches(')').split(',').map(str::trim).filter(|p| !p.is_empty()) {
        match part.split_once(' ') {
            Some((count, "trẻ")) => school.enrolment = count.parse().ok(),
            Some(("closed", day)) => school.closed_on = day.parse().ok(),
            Some(("opened", day)) => school.opened_on = day.parse().ok(),
            Some(("alias", alias)) => school.aliases.push(alias.to_owned()),
            Some(("xã" | "phường", _)) => school.ward = part.to_owned(),
            _ if part.to_lowercase().starts_with("cụm") => school.cluster = capitalised(part),
            _ if part == "tư thục" => school.kind = SchoolKind::Private,
            _ => {}
        }
    }
    school
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
