//! The real program on a make-believe Zalo.

use crate::emulator::{Place, Running};
use crate::fake::{Fake, World};
use crate::office::until;

/// A token as Bot Creator gives it; nobody's.
pub const TOKEN: &str = "12345689:zalofake-abc-xyz-AAE8kPq0ZrVwXyLm";

/// How updates come, and which bots there are.
#[derive(Debug, Clone)]
pub struct Setup {
    pub by_webhook: bool,
    pub tokens: Vec<&'static str>,
    /// Of the environment, beside what Zalo needs.
    pub beside: Vec<(&'static str, String)>,
}

impl Setup {
    pub fn one(by_webhook: bool) -> Self {
        Self { by_webhook, tokens: vec![TOKEN], beside: vec![] }
    }

    /// Starts the program against a server, in that server's time.
    pub fn start(&self, place: &mut Place, fake: &Fake) -> Result<Running, String> {
        let shift = fake.with(|world| world.shift) / 1000;
        let mut variables = vec![
            ("GIAOBAN_ZALO_TOKENS", self.tokens.join(",")),
            ("GIAOBAN_ZALO_API_URL", fake.address.clone()),
        ];
        if let Some(port) = place.port {
            let base = format!("http://127.0.0.1:{port}");
            variables.push(("GIAOBAN_PUBLIC_URL", base.clone()));
            if self.by_webhook {
                variables.push(("GIAOBAN_ZALO_WEBHOOK_URL", base));
            }
        }
        variables.extend(self.beside.clone());
        place.run(shift, &variables)
    }

    /// Moves everybody's time; the program is stopped and started over it.
    pub async fn travel(
        &self,
        (fake, place, running): (&Fake, &mut Place, &mut Running),
        to: &str,
    ) -> Result<(), String> {
        let to = at(to)?;
        until(fake, "the program runs", 20, |_| (!place.log().is_empty()).then_some(())).await?;
        let ended = running.stop("TERM", 12).await?;
        if !ended.success() {
            return Err(format!("ended with {ended}"));
        }
        let before = fake.with(|world| {
            world.shift += to - world.now();
            heard_from(world)
        });
        *running = self.start(place, fake)?;
        until(fake, "the program listens again", 30, |world| (heard_from(world) > before).then_some(())).await
    }
}

/// How often the bots polled or set their webhooks.
fn heard_from(world: &World) -> u64 {
    world.bots.iter().map(|bot| bot.poll).sum()
}

/// A time in Vietnam, in milliseconds since 1970.
pub fn at(text: &str) -> Result<i64, String> {
    let time = chrono::DateTime::parse_from_rfc3339(&format!("{text}:00+07:00"));
    time.map(|t| t.timestamp_millis()).map_err(|e| format!("{text}: {e}"))
}

/// A server on the morning of this day.
pub async fn server(tokens: &[&str], day: &str) -> Result<Fake, String> {
    let fake = Fake::start(tokens, 0).await.map_err(|e| e.to_string())?;
    let start = at(day)?;
    fake.with(|world| world.shift = start - world.now());
    Ok(fake)
}
