//! What Zalo refuses, and what follows from it (the error table of the Bot Platform: 400, 401, 403, 404, 408, 429).

use crate::chat::{ReceiveError, SendError};
use crate::platforms::zalo_answer::never_left;

/// How a call went wrong. It carries neither the address nor the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// It never left, or the server is down.
    Unreachable(String),
    /// It left and no answer came.
    NoAnswer,
    /// The server says no: its number and its words.
    Said(i64, String),
    /// An answer that is none of Zalo's: a gateway before it, or another server. Its HTTP status.
    Status(u16),
}

impl Fault {
    /// Of a call that brought no answer.
    pub(super) fn of(error: &reqwest::Error) -> Self {
        if never_left(error) { Self::Unreachable("no connection".into()) } else { Self::NoAnswer }
    }

    /// A poll in which nothing was said.
    pub(super) fn is_idle(&self) -> bool {
        matches!(self, Self::Said(408, _) | Self::Status(408))
    }

    /// What follows for a deed.
    pub(super) fn for_deed(self) -> SendError {
        match self {
            Self::Unreachable(why) => SendError::Unreachable(why),
            // Somebody on the way did not wait for the end: it may have gone out.
            Self::NoAnswer | Self::Said(408 | 504, _) | Self::Status(408 | 504) => SendError::NoAnswer,
            Self::Said(429, why) => SendError::QuotaSpent(why),
            // Their 403 is "internal server error".
            Self::Said(code @ (403 | 500..), why) => SendError::Unreachable(format!("{code} {why}")),
            Self::Said(401, why) => SendError::Unauthorized(why),
            // Also 404: it is said of methods and of chats, and does not say which, so that no chat is closed for it.
            Self::Said(code, why) => SendError::Refused(format!("{code} {why}")),
            Self::Status(status @ (401 | 403 | 404 | 429 | 500..)) => {
                SendError::Unreachable(format!("HTTP {status}"))
            }
            Self::Status(status) => SendError::Refused(format!("HTTP {status}")),
        }
    }

    /// What follows for receiving.
    pub(super) fn for_receiving(self) -> ReceiveError {
        match self {
            Self::Said(401, _) | Self::Status(401) => ReceiveError::Unauthorized,
            // A webhook is set, or another program polls.
            Self::Said(409, _) => ReceiveError::SecondReceiver,
            Self::Said(code, why) => ReceiveError::Unreachable(format!("{code} {why}")),
            Self::Status(status) => ReceiveError::Unreachable(format!("HTTP {status}")),
            Self::Unreachable(why) => ReceiveError::Unreachable(why),
            Self::NoAnswer => ReceiveError::Unreachable("no answer".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::NextStep;

    #[test]
    fn each_number_has_its_consequence() {
        let next = |code| Fault::Said(code, "x".into()).for_deed().next();
        assert_eq!(next(429), NextStep::BotRests);
        assert_eq!(next(403), NextStep::RetryLater);
        assert_eq!(next(502), NextStep::RetryLater);
        assert_eq!(next(401), NextStep::BotShut);
        assert_eq!(next(400), NextStep::GiveUp);
        assert_eq!(next(404), NextStep::GiveUp, "the next one may arrive");
        assert_eq!(next(504), NextStep::Unknown);
        assert_eq!(next(408), NextStep::Unknown);
        assert_eq!(Fault::NoAnswer.for_deed().next(), NextStep::Unknown);
        let gateway = |status| Fault::Status(status).for_deed().next();
        assert_eq!((gateway(404), gateway(502)), (NextStep::RetryLater, NextStep::RetryLater));
        assert_eq!((gateway(400), gateway(504)), (NextStep::GiveUp, NextStep::Unknown));
        assert!(matches!(Fault::Said(401, String::new()).for_receiving(), ReceiveError::Unauthorized));
    }
}
