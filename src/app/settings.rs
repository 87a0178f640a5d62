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
        let Some(change) = change else { return self.settings().await };
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
        if what == "name" {
            return Ok(Reply::FirstSteps(self.first_steps(near).await?));
        }
        self.settings().await
    }

    async fn settings(&mut self) -> Result<Reply, AppError> {
        let plans = self.plans_of_office().await?;
        let Settings { posting_rule, ladder, deadline_hour, names, daily_cap, .. } =
            self.snapshot.office.settings.clone();
        Ok(Reply::Settings { posting_rule, ladder, deadline_hour, names, daily_cap, plans })
    }
}
