//! `giaoban doctor`: whether what `run` needs is there, without running anything.

use std::sync::Arc;

use super::{BotName, connecting};
use crate::chat::Platform;
use crate::clock::{Clock, Ids, SystemClock};
use crate::config::Config;
use crate::domain::PlanUse;
use crate::platforms::ConnectError;
use crate::run::bot::{Bot, BotError};
use crate::run::reader::ChildReader;
use crate::run::{StoreProblem, reader};
use crate::store::StoreError;

/// What was found.
#[derive(Debug)]
pub struct Findings {
    /// The file of the database; what is wrong with it, or that there is none yet.
    pub database: Result<Contents, Option<StoreProblem>>,
    /// Each bot that is set up, or why it cannot be reached.
    pub bots: Vec<Result<BotName, (&'static str, String)>>,
    /// What bots have used of their plans, where these have limits.
    pub plans: Vec<PlanUse>,
    /// Where the pages of forms and files are reached from outside.
    pub public_url: Option<String>,
    /// Scans and photos can be read.
    pub pictures: bool,
}

/// What a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// Offices.
    pub offices: usize,
    /// Updates that wait to be handled.
    pub unheard: usize,
}

impl Findings {
    /// Whether the bot can run.
    pub fn are_good(&self) -> bool {
        let bots = !self.bots.is_empty() && self.bots.iter().all(Result::is_ok);
        bots && !matches!(self.database, Err(Some(_)))
    }
}

/// Looks. Nothing is changed, neither in the database nor with a platform; but an Official Account whose token has ended gets
/// another one. Without a database it is not asked: the token would be spent and the next one kept nowhere.
pub async fn examine(config: &Config) -> Result<Findings, BotError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let (mut bots, mut platforms): (Vec<_>, Vec<Arc<dyn Platform>>) = (Vec::new(), Vec::new());
    if let Some(token) = &config.telegram_token {
        bots.push(match connecting::reach_telegram(config, token, &clock).await {
            Ok(telegram) => Ok(BotName { platform: "Telegram", name: format!("@{}", telegram.username()) }),
            Err(error) => Err(("Telegram", said(&error))),
        });
    }
    for token in &config.zalo_tokens {
        bots.push(match connecting::reach_zalo(config, token, &clock).await {
            Ok(zalo) => {
                let name = zalo.name().to_owned();
                platforms.push(Arc::new(zalo));
                Ok(BotName { platform: "Zalo", name })
            }
            Err(error) => Err(("Zalo", said(&error))),
        });
    }
    let mut findings = Findings {
        database: Err(None),
        bots,
        plans: vec![],
        public_url: config.public_url.clone(),
        pictures: reader::can_recognise(&config.path),
    };
    if !std::path::Path::new(&config.database).exists() && !config.database.contains("://") {
        let not_yet = "it is asked once `run` has made the database";
        findings.bots.extend(config.zalo_oa.iter().map(|_| Err((connecting::OA, not_yet.to_owned()))));
        return Ok(findings);
    }
    match super::open(config.database.clone()).await {
        Ok(store) => {
            let mut session = store.read().await?;
            let offices = session.offices().await?.len();
            let unheard = session.next_unhandled(1_000, clock.now()).await?.len();
            drop(session);
            if let Some(account) = &config.zalo_oa {
                findings.bots.push(match connecting::reach_zalo_oa(account, &store, &clock).await {
                    Ok(_) => Ok(BotName { platform: connecting::OA, name: account.oa.clone() }),
                    Err(error) => Err((connecting::OA, said(&error))),
                });
            }
            findings.database = Ok(Contents { offices, unheard });
            let reader = ChildReader::of_this_program().map_err(|e| StoreError::Other(e.to_string()))?;
            // A bot that does not answer has its figures in the database all the same.
            for (key, name) in store.read().await?.contacts().await? {
                if let Some(absent) = connecting::stands_in(config, &key, name)
                    && platforms.iter().all(|platform| platform.key() != key)
                {
                    platforms.push(Arc::new(absent));
                }
            }
            let ids = Arc::new(Ids::of_system());
            let bot = Bot::new(store.clone(), clock, ids, platforms, Arc::new(reader));
            findings.plans = bot.app().plans().await?;
            store.close().await;
        }
        Err(error) => findings.database = Err(Some(StoreProblem::of(&error))),
    }
    Ok(findings)
}

fn said(error: &ConnectError) -> String {
    error.to_string()
}
