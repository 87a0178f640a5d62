//! The environment, read once and checked, with every default visible.

use std::fmt;

/// What the environment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `GIAOBAN_LOG`: what is logged to standard error, as `tracing_subscriber::EnvFilter` reads it (`info`,
    /// `giaoban::delivery=debug`). Default: `warn`, and `info` for `run`.
    pub log: Option<String>,
    /// `GIAOBAN_LOG_FORMAT`: `text`, or `json` for one object a line. Default: `text`.
    pub log_format: LogFormat,
    /// `PATH`: where programs are looked for that this one starts (Tesseract). Default: the usual folders.
    pub path: String,
    /// `GIAOBAN_PUBLIC_URL`: where the pages of forms are reached from outside, such as `https://giaoban.example.vn`.
    /// Default: none, and nobody is given a link; the demo takes its own address.
    pub public_url: Option<String>,
    /// `GIAOBAN_FORMS`: a file with further ready forms, in the shape of the starter set. Default: none.
    pub forms: Option<String>,
    /// `GIAOBAN_DATABASE`: the file of the database. Default: `giaoban.db` in the folder where the program was started.
    pub database: String,
    /// `GIAOBAN_LISTEN`: the address on which pages and webhooks are served. Default: `127.0.0.1:8086`; nothing is
    /// served unless there is a public address or a webhook.
    pub listen: String,
    /// `GIAOBAN_TELEGRAM_TOKEN`: the bot's token, from BotFather. Default: none, and no Telegram.
    pub telegram_token: Option<Secret>,
    /// `GIAOBAN_TELEGRAM_API_URL`: the server of the Bot API. Default: Telegram's own.
    pub telegram_api: Option<String>,
    /// `GIAOBAN_TELEGRAM_WEBHOOK_URL`: where Telegram reaches this program, such as `https://giaoban.example.vn`; the path
    /// is added. Default: none, and updates are polled.
    pub telegram_webhook: Option<String>,
    /// `GIAOBAN_TELEGRAM_WEBHOOK_SECRET`: by which Telegram's requests are known, 1 to 256 of `A-Z a-z 0-9 _ -`. Default: one
    /// is made at every start.
    pub telegram_webhook_secret: Option<Secret>,
    /// `GIAOBAN_ZALO_TOKENS`: the tokens of the bots on Zalo, from Zalo Bot Creator, parted by commas or spaces. Default: none,
    /// and no Zalo.
    pub zalo_tokens: Vec<Secret>,
    /// `GIAOBAN_ZALO_API_URL`: the server of the Bot Platform. Default: Zalo's own.
    pub zalo_api: Option<String>,
    /// `GIAOBAN_ZALO_MESSAGES`, `GIAOBAN_ZALO_GROUPS`, `GIAOBAN_ZALO_PEOPLE`: what the plan of each bot allows, messages a month in
    /// both directions; 0 for no limit. Default: the free plan, which `run` knows.
    pub zalo_plan: [Option<u32>; 3],
    /// `GIAOBAN_ZALO_COUNTS`: `both` (messages of a month in both directions) or `sent`. Default: both.
    pub zalo_counts_received: bool,
    /// `GIAOBAN_ZALO_WEBHOOK_URL`: where Zalo reaches this program; the path is added. Default: none, and updates are polled.
    pub zalo_webhook: Option<String>,
    /// `GIAOBAN_ZALO_WEBHOOK_SECRET`: by which Zalo's requests are known, 8 to 256 characters. Default: one is made at every
    /// start.
    pub zalo_webhook_secret: Option<Secret>,
    /// An Official Account on Zalo; none unless all of `GIAOBAN_ZALO_OA_ID`, `GIAOBAN_ZALO_OA_APP_ID`,
    /// `GIAOBAN_ZALO_OA_APP_SECRET` and `GIAOBAN_ZALO_OA_REFRESH_TOKEN` are set.
    pub zalo_oa: Option<ZaloOa>,
}

/// How an Official Account is reached, and known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZaloOa {
    /// `GIAOBAN_ZALO_OA_ID`: the number of the account.
    pub oa: String,
    /// `GIAOBAN_ZALO_OA_APP_ID`: the number of the app.
    pub app: String,
    /// `GIAOBAN_ZALO_OA_APP_SECRET`: the secret of the app.
    pub app_secret: Secret,
    /// `GIAOBAN_ZALO_OA_REFRESH_TOKEN`: the refresh token that an administrator's consent gave. It is good for one exchange;
    /// what comes after it is kept in the database. Set it anew only after a new consent.
    pub refresh: Secret,
    /// `GIAOBAN_ZALO_OA_WEBHOOK_SECRET`: the secret with which requests are signed. Default: that of the app.
    pub webhook_secret: Option<Secret>,
    /// `GIAOBAN_ZALO_OA_SIGNED_WITH`: the number with which they are signed, `app` or `oa`. Default: `app`.
    pub signed_with_oa: bool,
    /// `GIAOBAN_ZALO_OA_API_URL`, `GIAOBAN_ZALO_OA_OAUTH_URL`: the servers. Default: Zalo's own.
    pub api: Option<String>,
    /// See `api`.
    pub oauth: Option<String>,
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// What stands in no log: it does not show itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret itself, for whom it is meant.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Config {
    /// Reads the environment of the process.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the only place that reads the environment")]
    pub fn of_process() -> Self {
        Self::of(|name| std::env::var(name).ok())
    }

    /// Reads an environment; a variable that is empty is as good as unset.
    fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        let json = set("GIAOBAN_LOG_FORMAT").is_some_and(|f| f.eq_ignore_ascii_case("json"));
        Self {
            log: set("GIAOBAN_LOG"),
            log_format: if json { LogFormat::Json } else { LogFormat::Text },
            path: set("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".to_owned()),
            public_url: set("GIAOBAN_PUBLIC_URL"),
            forms: set("GIAOBAN_FORMS"),
            database: set("GIAOBAN_DATABASE").unwrap_or_else(|| "giaoban.db".to_owned()),
            listen: set("GIAOBAN_LISTEN").unwrap_or_else(|| "127.0.0.1:8086".to_owned()),
            telegram_token: set("GIAOBAN_TELEGRAM_TOKEN").map(Secret),
            telegram_api: set("GIAOBAN_TELEGRAM_API_URL"),
            telegram_webhook: set("GIAOBAN_TELEGRAM_WEBHOOK_URL"),
            telegram_webhook_secret: set("GIAOBAN_TELEGRAM_WEBHOOK_SECRET").map(Secret),
            zalo_tokens: set("GIAOBAN_ZALO_TOKENS").map(|all| secrets(&all)).unwrap_or_default(),
            zalo_api: set("GIAOBAN_ZALO_API_URL"),
            zalo_plan: ["MESSAGES", "GROUPS", "PEOPLE"]
                .map(|what| set(&format!("GIAOBAN_ZALO_{what}")).and_then(|text| text.parse().ok())),
            zalo_counts_received: set("GIAOBAN_ZALO_COUNTS").is_none_or(|what| what != "sent"),
            zalo_webhook: set("GIAOBAN_ZALO_WEBHOOK_URL"),
            zalo_webhook_secret: set("GIAOBAN_ZALO_WEBHOOK_SECRET").map(Secret),
            zalo_oa: zalo_oa(|name| set(&format!("GIAOBAN_ZALO_OA_{name}"))),
        }
    }
}

fn zalo_oa(set: impl Fn(&str) -> Option<String>) -> Option<ZaloOa> {
    Some(ZaloOa {
        oa: set("ID")?,
        app: set("APP_ID")?,
        app_secret: Secret(set("APP_SECRET")?),
        refresh: Secret(set("REFRESH_TOKEN")?),
        webhook_secret: set("WEBHOOK_SECRET").map(Secret),
        signed_with_oa: set("SIGNED_WITH").is_some_and(|with| with.eq_ignore_ascii_case("oa")),
        api: set("API_URL"),
        oauth: set("OAUTH_URL"),
    })
}

fn secrets(all: &str) -> Vec<Secret> {
    let each = all.split(|c: char| c == ',' || c.is_whitespace()).filter(|one| !one.is_empty());
    let mut secrets: Vec<Secret> = Vec::new();
    for one in each {
        // A token that stands twice is one bot: two receivers would take updates from each other.
        if secrets.iter().all(|secret| secret.expose() != one) {
            secrets.push(Secret(one.to_owned()));
        }
    }
    secrets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_stand_where_nothing_is_set() {
        let bare = Config::of(|_| Some(" ".into()));
        assert_eq!((bare.log, bare.log_format, bare.telegram_token), (None, LogFormat::Text, None));
        assert_eq!((&*bare.database, &*bare.listen), ("giaoban.db", "127.0.0.1:8086"));
        let set = Config::of(|name| (name == "GIAOBAN_LOG").then(|| "info".into()));
        assert_eq!(set.log.as_deref(), Some("info"));
        let zalo = Config::of(|name| (name == "GIAOBAN_ZALO_TOKENS").then(|| "1:a, 2:b 1:a".into()));
        assert_eq!(zalo.zalo_tokens.iter().map(Secret::expose).collect::<Vec<_>>(), ["1:a", "2:b"]);
    }

    #[test]
    fn a_secret_does_not_show_itself() {
        let config = Config::of(|_| Some("123456:secret".into()));
        assert!(
            !format!("{config:?}")
                .replace("log: Some(\"123456:secret\")", "")
                .contains("telegram_token: Some(123")
        );
        assert_eq!(format!("{:?}", config.telegram_token), "Some(***)");
        assert!(
            !format!("{:?}", config.zalo_oa.as_ref().map(|oa| (&oa.app_secret, &oa.refresh))).contains("123")
        );
        assert_eq!(config.telegram_token.unwrap().expose(), "123456:secret");
    }
}
