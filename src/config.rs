//! The environment, read once and checked, with every default visible.

/// What the environment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `GIAOBAN_LOG`: what is logged to standard error, as `tracing_subscriber::EnvFilter` reads it (`info`,
    /// `giaoban::delivery=debug`). Default: `warn`.
    pub log: String,
    /// `PATH`: where programs are looked for that this one starts (Tesseract). Default: the usual folders.
    pub path: String,
    /// `GIAOBAN_PUBLIC_URL`: where the pages of forms are reached from outside, such as `https://giaoban.example.vn`.
    /// Default: none, and nobody is given a link; the demo takes its own address.
    pub public_url: Option<String>,
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
        Self {
            log: set("GIAOBAN_LOG").unwrap_or_else(|| "warn".to_owned()),
            path: set("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".to_owned()),
            public_url: set("GIAOBAN_PUBLIC_URL"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_stand_where_nothing_is_set() {
        assert_eq!(Config::of(|_| None).log, "warn");
        assert_eq!(Config::of(|_| Some(" ".into())).log, "warn");
        assert_eq!(Config::of(|name| (name == "GIAOBAN_LOG").then(|| "info".into())).log, "info");
    }
}
