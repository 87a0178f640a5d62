//! The real program on a make-believe Telegram.

pub use crate::emulator::{Place, Running};
use crate::fake::Fake;

/// A token as BotFather gives it; nobody's.
pub const TOKEN: &str = "123456:tgfake-AAE8kPq0ZrVwXyLmNoPqRsTuVwXyZ1234";

impl Place {
    /// Starts the program against a server, in that server's time.
    pub fn start(&mut self, fake: &Fake) -> Result<Running, String> {
        let shift = fake.with(|w| w.shift) / 1000;
        self.start_at(&fake.address, TOKEN, shift)
    }

    /// Starts the program with a token against an address, so many seconds ahead of the machine.
    pub fn start_at(&mut self, address: &str, token: &str, shift: i64) -> Result<Running, String> {
        let mut variables = vec![
            ("GIAOBAN_TELEGRAM_TOKEN", token.to_owned()),
            ("GIAOBAN_TELEGRAM_API_URL", address.to_owned()),
        ];
        let hook = self.port.map(|port| ("GIAOBAN_TELEGRAM_WEBHOOK_URL", format!("http://127.0.0.1:{port}")));
        variables.extend(hook);
        self.run(shift, &variables)
    }
}
