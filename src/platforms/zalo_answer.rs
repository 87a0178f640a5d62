//! What both of Zalo's adapters do with a call: whether it left when it brought no answer, and an answer as far as one can be.

/// The largest answer that is read, in bytes: an update or a message is a few kilobytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// A call that brought no answer never left: there was no connection, or no request.
pub(super) fn never_left(error: &reqwest::Error) -> bool {
    error.is_connect() || error.is_builder()
}

/// The words of an answer; none when it broke off or is larger than any of theirs.
pub(super) async fn words(mut answer: reqwest::Response) -> Option<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.ok()? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LARGEST {
            return None;
        }
    }
    String::from_utf8(bytes).ok()
}
