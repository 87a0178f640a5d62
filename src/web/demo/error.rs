//! Why the page's wish was not done, as a sentence.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use i18n_embed_fl::fl;
use serde_json::json;

use crate::domain::Language;
use crate::wording::catalog;

/// Why a wish was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StageError {
    /// The chat, person, message, button or file is not there.
    #[error("not there")]
    NotThere,
    /// The person is not in that chat.
    #[error("{0} is not in this chat")]
    NotMember(String),
    /// A message without words and files.
    #[error("an empty message")]
    EmptyMessage,
    /// Somebody else wrote the message, or the platform lets nobody edit.
    #[error("this message cannot be changed")]
    CannotEdit,
    /// Time does not go back.
    #[error("the moment is past")]
    Past,
    /// Nothing more is due.
    #[error("nothing is due")]
    NothingDue,
    /// The clock moves already, or the bot is being restarted.
    #[error("busy")]
    Busy,
    /// A file of more than 20 MB.
    #[error("the file is too large")]
    FileTooLarge,
    /// The request is not one that the page makes.
    #[error("bad request: {0}")]
    BadRequest(String),
    /// Something in the program failed; the log says more under the same code.
    #[error("failed: {0}")]
    Failed(String),
}

impl StageError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotThere => StatusCode::NOT_FOUND,
            Self::Busy => StatusCode::CONFLICT,
            Self::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// The sentence.
    pub fn sentence(&self, language: Language) -> String {
        let words = catalog(language);
        match self {
            Self::NotThere => fl!(words, "demo-error-not-there"),
            Self::NotMember(name) => fl!(words, "demo-error-not-member", name = name.as_str()),
            Self::EmptyMessage => fl!(words, "demo-error-empty"),
            Self::CannotEdit => fl!(words, "demo-error-cannot-edit"),
            Self::Past => fl!(words, "demo-error-past"),
            Self::NothingDue => fl!(words, "demo-error-nothing-due"),
            Self::Busy => fl!(words, "demo-error-busy"),
            Self::FileTooLarge => fl!(words, "demo-error-file-too-large"),
            Self::BadRequest(why) => fl!(words, "demo-error-bad-request", why = why.as_str()),
            Self::Failed(code) => fl!(words, "demo-error-failed", code = code.as_str()),
        }
    }
}

/// An error on its way to the page, with the language that it asked in.
pub(super) struct Told(pub(super) StageError, pub(super) Language);

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let Self(error, language) = self;
        (error.status(), Json(json!({ "error": error.sentence(language) }))).into_response()
    }
}
