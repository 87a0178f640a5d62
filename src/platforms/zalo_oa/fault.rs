//! What an account is refused, and what follows from it (the numbers of the Open API; they come as HTTP 200).

use chrono::Duration;

use super::keys::VaultError;
use crate::chat::SendError;
use crate::platforms::zalo_answer::never_left;

/// The number of a rate that is too high.
pub(super) const RATE: i64 = -32;

/// After the rate was too high.
const RATE_REST: Duration = Duration::seconds(60);

/// How a call went wrong. It carries no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// It never left, or the server is down.
    #[error("{0}")]
    Unreachable(String),
    /// It left and no answer came.
    #[error("no answer")]
    NoAnswer,
    /// The access token is not good, or no longer.
    #[error("the access token is refused")]
    Stale,
    /// No new tokens are given: an administrator has to let us in again.
    #[error("no new tokens: {0}")]
    Locked(String),
    /// The server says no: its number and its words.
    #[error("{0} {1}")]
    Said(i64, String),
}

impl Fault {
    /// Of a call that brought no answer.
    pub(super) fn of(error: &reqwest::Error) -> Self {
        if never_left(error) { Self::Unreachable("no connection".into()) } else { Self::NoAnswer }
    }

    /// Of an answer with this number.
    pub(super) fn said(number: i64, why: &str) -> Self {
        match number {
            -216 | -220 => Self::Stale,
            number => Self::Said(number, why.to_owned()),
        }
    }

    /// What follows for a deed.
    pub(super) fn for_deed(self) -> SendError {
        match self {
            Self::NoAnswer => SendError::NoAnswer,
            Self::Locked(why) => SendError::Unauthorized(why),
            Self::Said(RATE, _) => SendError::TooMany { after: RATE_REST },
            // The package's quota.
            Self::Said(-211, why) => SendError::QuotaSpent(why),
            // -237: the group has lapsed; -403: the account is not in it.
            Self::Said(-237 | -403, why) => SendError::ChatGone(why),
            // -213: does not follow; -230: no contact in seven days. Both end when the person writes.
            Self::Said(-213 | -230, why) => SendError::ChatGone(why),
            Self::Said(number, why) => SendError::Refused(format!("{number} {why}")),
            other => SendError::Unreachable(other.to_string()),
        }
    }
}

impl From<VaultError> for Fault {
    fn from(error: VaultError) -> Self {
        Self::Unreachable(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::NextStep;

    #[test]
    fn each_number_has_its_consequence() {
        let next = |number| Fault::said(number, "x").for_deed().next();
        assert_eq!(next(-216), NextStep::RetryLater);
        assert_eq!(next(-220), NextStep::RetryLater);
        assert_eq!(next(-32), NextStep::RetryAfter(RATE_REST));
        assert_eq!(next(-211), NextStep::BotRests);
        for number in [-210, -224, -233, -201] {
            assert_eq!(next(number), NextStep::GiveUp, "{number}");
        }
        for number in [-213, -230, -237, -403] {
            assert_eq!(next(number), NextStep::ChatGone, "{number}");
        }
        assert_eq!(Fault::NoAnswer.for_deed().next(), NextStep::Unknown);
        assert_eq!(Fault::Locked("x".into()).for_deed().next(), NextStep::BotShut);
    }
}
