//! What goes wrong: told for the next calls, or at random from a seed.

use super::Asked;

/// What becomes of a call.
#[derive(Debug, Clone, PartialEq)]
pub enum Mishap {
    /// 429, whatever the pace.
    TooMany(i64),
    /// A page of a proxy in front of the server.
    BadGateway,
    /// The connection is cut before anything happened.
    CutBefore,
    /// It was done; the connection is cut before the answer.
    CutAfter,
    /// It is done, and answered after so many milliseconds.
    Slow(u64),
    /// The server says no.
    Refuse(u16, String),
}

/// A mishap that was ordered.
#[derive(Debug, Clone)]
pub struct Order {
    /// In small letters; empty for every method that writes to a chat.
    pub method: String,
    pub chat: Option<String>,
    pub times: usize,
    pub mishap: Mishap,
}

/// A number of a hundred for each mishap.
#[derive(Debug, Clone, Copy, Default)]
pub struct Odds {
    pub too_many: u64,
    pub bad_gateway: u64,
    pub cut_after: u64,
    pub slow: u64,
}

/// What goes wrong from here on.
#[derive(Debug, Clone, Default)]
pub struct Chaos {
    pub orders: Vec<Order>,
    pub odds: Odds,
    pub random: Random,
}

/// SplitMix64: the same numbers in every run.
#[derive(Debug, Clone, Default)]
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }
}

impl Order {
    /// As other programs order one: `{method?, chat?, times, what, seconds?, text?}`.
    pub fn told(told: &Asked) -> Option<Self> {
        let seconds = told.number("seconds").unwrap_or(1);
        let mishap = match told.text("what")? {
            "429" => Mishap::TooMany(seconds),
            "502" => Mishap::BadGateway,
            "cut before" => Mishap::CutBefore,
            "cut after" => Mishap::CutAfter,
            "refuse" => Mishap::Refuse(400, told.text("text").unwrap_or_default().to_owned()),
            "slow" => Mishap::Slow(seconds.unsigned_abs() * 1000),
            _ => return None,
        };
        let chat = told.value("chat");
        Some(Self {
            method: told.text("method").unwrap_or_default().to_lowercase(),
            chat: chat.as_str().map(str::to_owned).or_else(|| chat.as_i64().map(|id| id.to_string())),
            times: told.number("times").unwrap_or(1).unsigned_abs() as usize,
            mishap,
        })
    }
}

/// Whether a method writes to a chat.
pub fn writes(method: &str) -> bool {
    ["send", "edit", "pin", "unpin", "setmessagereaction"].iter().any(|start| method.starts_with(start))
        && method != "sendchataction"
}

impl Chaos {
    /// What becomes of this call.
    pub fn meets(&mut self, method: &str, chat: Option<&str>) -> Option<Mishap> {
        let fits = |o: &Order| {
            (o.method == method || o.method.is_empty() && writes(method))
                && (o.chat.is_none() || o.chat.as_deref() == chat)
                && o.times > 0
        };
        if let Some(order) = self.orders.iter_mut().find(|o| fits(o)) {
            order.times -= 1;
            return Some(order.mishap.clone());
        }
        if !writes(method) {
            return None;
        }
        let (odds, dice) = (self.odds, self.random.below(100));
        let mut up_to = 0;
        let mut falls = |odds: u64| {
            up_to += odds;
            dice < up_to
        };
        if falls(odds.too_many) {
            return Some(Mishap::TooMany(1 + (self.random.below(3)) as i64));
        }
        if falls(odds.bad_gateway) {
            return Some(Mishap::BadGateway);
        }
        if falls(odds.cut_after) {
            return Some(Mishap::CutAfter);
        }
        falls(odds.slow).then(|| Mishap::Slow(200 + self.random.below(800)))
    }
}
