//! Whether a request is Zalo's: "mac=" and the plain SHA-256 of a number, the body as it came, the time that stands in it, and a
//! secret. The sources disagree on which number and which secret: both are settings.

use sha2::{Digest, Sha256};

use crate::platforms::waiting::is_same;

/// What a signature is made with.
#[derive(Clone)]
pub struct SignedWith {
    /// The number in front: of the app, or of the account.
    pub number: String,
    /// The secret behind: that of the page of webhooks ("OA secret key"), or that of the app.
    pub secret: String,
}

impl SignedWith {
    /// Whether this header is the signature of this body with the time in it. Compared in constant time.
    pub(super) fn signs(&self, header: &str, body: &[u8], time: &str) -> bool {
        let given = header.trim();
        let given = given.strip_prefix("mac").map_or(given, |rest| rest.trim_start().trim_start_matches('='));
        is_same(given.trim().to_lowercase().as_bytes(), self.signature(body, time).as_bytes())
    }

    fn signature(&self, body: &[u8], time: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(self.number.as_bytes());
        hash.update(body);
        hash.update(time.as_bytes());
        hash.update(self.secret.as_bytes());
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_number_body_time_and_secret() {
        let with = |number: &str, secret: &str| SignedWith { number: number.into(), secret: secret.into() };
        let signed = with("app", "key").signature(b"{}", "17");
        for header in [signed.clone(), format!("mac={signed}"), format!("mac = {}", signed.to_uppercase())] {
            assert!(with("app", "key").signs(&header, b"{}", "17"), "{header}");
        }
        assert!(!with("oa", "key").signs(&signed, b"{}", "17"));
        assert!(!with("app", "other").signs(&signed, b"{}", "17"));
        assert!(!with("app", "key").signs(&signed, b"{ }", "17"));
        assert!(!with("app", "key").signs(&signed, b"{}", "18"));
        assert!(!with("app", "key").signs("", b"{}", "17"));
    }
}
