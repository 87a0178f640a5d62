//! What an office sets in chat; everything that is not out yet follows, because it is reckoned from the settings.

use serde_json::json;

use super::AppError;
use super::work::Work;
use crate::calendar::PostingRule;
use crate::domain::{Address, ChatRef, CommandProblem, Member, Reply, Settings};
use crate::understand::Setting;

impl Work<'_> {
    /// Shows the settings, or changes one and shows them.
    pub(super) async fn set(
        &mut self,
        by: &Member,
        change: Option<Setting>,
        near: &ChatRef,
    ) -> Result<Reply, AppError> {
        let Some(change) = change else { return Ok(self.settings()) };
        let mut office = self.snapshot.office.clone();
        let what = match change {
            Setting::OfficeName(name) => {
                office.name = name;
                "name"
            }
            Setting::Names(policy) => {
                office.settings.names = policy;
                "names"
            }
            Setting::Posting(rule) => {
                if let Err(error) = rule.parse::<PostingRule>() {
                    tracing::debug!(%error, "a posting rule was refused");
                    return Ok(Reply::CommandFault {
                        address: Address::of(&by.name),
                        fault: CommandProblem::BadSetting { given: rule },
                        example: self.voice().command_example("caidat"),
                    });
                }
                office.settings.posting_rule = rule;
                "posting_rule"
            }
            Setting::DeadlineHour(hour) => {
                office.settings.deadline_hour = hour;
                "deadline_hour"
            }
            Setting::DailyCap(most) => {
                office.settings.daily_cap = most;
                "daily_cap"
            }
            Setting::Ladder(steps) => {
                office.settings.ladder = steps;
                "ladder"
            }
        };
        self.session.update_office(&office).await?;
        self.snapshot.office = office;
        self.audit(Some(by.id), "settings.changed", json!({ "what": what })).await?;
        Ok(if what == "name" { Reply::FirstSteps(self.first_steps(near).await?) } else { self.settings() })
    }

    fn settings(&self) -> Reply {
        let Settings { posting_rule, ladder, deadline_hour, names, daily_cap, .. } =
            self.snapshot.office.settings.clone();
        Reply::Settings { posting_rule, ladder, deadline_hour, names, daily_cap }
    }
}
