//! Signed words that expire, for links: what a link may do stands in it, and nothing is stored for it.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::App;
use crate::store::{Session, StoreError};

/// Under this name the key stands in the database. It is made once and never shown.
const KEY: &str = "form-links";

/// What a link is for: words that were signed for one purpose are good for no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The page of a form.
    Form,
    /// Handing in a file.
    Upload,
    /// Fetching a file.
    Download,
    /// The page on which an officer makes forms.
    Design,
}

impl Purpose {
    fn mark(self) -> &'static [u8] {
        match self {
            Self::Form => b"giaoban form 1 ",
            Self::Upload => b"giaoban upload 1 ",
            Self::Download => b"giaoban download 1 ",
            Self::Design => b"giaoban design 1 ",
        }
    }
}

/// The words with their signature behind them.
pub(super) fn sign(purpose: Purpose, said: &str, key: &str) -> String {
    let mut signature = String::new();
    if let Some(mac) = mac(purpose, key, said) {
        for byte in mac.finalize().into_bytes() {
            let _ = write!(signature, "{byte:02x}");
        }
    }
    format!("{said}-{signature}")
}

/// The words before a signature; `None` when they were not signed with this key for this purpose. Compared in constant time.
pub(super) fn verified<'t>(purpose: Purpose, token: &'t str, key: &str) -> Option<&'t str> {
    let (said, signature) = token.rsplit_once('-')?;
    if signature.len() % 2 != 0 {
        return None;
    }
    let bytes: Vec<u8> = (0..signature.len() / 2)
        .map(|i| signature.get(2 * i..2 * i + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect::<Option<_>>()?;
    mac(purpose, key, said)?.verify_slice(&bytes).ok()?;
    Some(said)
}

fn mac(purpose: Purpose, key: &str, said: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(purpose.mark());
    mac.update(said.as_bytes());
    Some(mac)
}

impl App {
    /// The key of links; one is made where there is none.
    pub(super) async fn link_key(&self, session: &mut Session) -> Result<String, StoreError> {
        let fresh = (0..5).fold(String::new(), |mut key, _| {
            let _ = write!(key, "{:016x}", self.ids.secret());
            key
        });
        session.keep_secret(KEY, &fresh).await
    }

    /// The key of links, once there is one.
    pub(super) async fn known_link_key(&self) -> Result<Option<String>, StoreError> {
        self.store.read().await?.secret(KEY).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_good_for_the_purpose_and_the_key_for_which_they_were_signed() {
        let token = sign(Purpose::Upload, "a-b", "key");
        assert_eq!(verified(Purpose::Upload, &token, "key"), Some("a-b"));
        assert_eq!(verified(Purpose::Download, &token, "key"), None);
        assert_eq!(verified(Purpose::Upload, &token, "other"), None);
        assert_eq!(verified(Purpose::Upload, &format!("{token}0"), "key"), None, "one letter more");
        assert_eq!(verified(Purpose::Upload, &token.replace("a-b", "a-c"), "key"), None);
    }
}
