//! The page of the simulator: chats, a clock that can be moved, and switches for what can go wrong.
//!
//! The page asks `GET /api/state` again and again; the answer waits until something is new. Everything else is a `POST`
//! of JSON, and a `GET` of a file. It listens on this machine only, and answers only what this machine's own browser
//! asks from this very page.

mod api;
mod error;
mod guard;
mod stage;
mod uploads;
mod view;
mod words;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::form::{self, Forms};

pub use error::StageError;
pub use stage::{Edit, Fault, FileIn, Move, Press, Say, Stage, WhichChat};
pub use view::{
    AnswerView, BlockView, ButtonView, ChatView, ClockView, FileView, MarkView, MessageView, MovingView,
    NextDueView, NoticeKind, NoticeView, PersonRole, PersonView, PlatformView, View,
};

/// Takes a port of this machine, of 127.0.0.1 only; 0 takes any that is free.
pub async fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await
}

/// Answers until `ends` is cancelled; the pages of forms too.
pub async fn serve(
    listener: TcpListener,
    stage: Arc<dyn Stage>,
    forms: Arc<dyn Forms>,
    ends: CancellationToken,
) -> io::Result<()> {
    let ended = ends.clone();
    let routes = api::routes(stage, ends).merge(form::routes(forms));
    let served = axum::serve(listener, guard::guarded(routes));
    served.with_graceful_shutdown(async move { ended.cancelled().await }).await
}

/// The routes of the page. Answers that wait stop waiting once `ends` is cancelled.
pub fn router(stage: Arc<dyn Stage>, ends: CancellationToken) -> Router {
    guard::guarded(api::routes(stage, ends))
}
