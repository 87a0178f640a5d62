//! HTTP: a router that does not look at the case of a method, and connections that can be cut.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Json, Response};
use axum::serve::{IncomingStream, Listener};
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use super::chaos::Mishap;
use super::request::Asked;
use super::world::{Call, Refusal};
use super::{Fake, answer, control, pause};

/// Serves until the runtime ends.
pub fn serve(fake: Fake, listener: TcpListener) {
    let router = Router::new().fallback(hear).layer(DefaultBodyLimit::disable()).with_state(fake);
    let service = router.into_make_service_with_connect_info::<Cut>();
    tokio::spawn(async move {
        let _ = axum::serve(Door(listener), service).await;
    });
}

/// By which a connection is cut: nothing more is written to it.
#[derive(Clone, Default)]
struct Cut(Arc<AtomicBool>);

impl Connected<IncomingStream<'_, Door>> for Cut {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.io().cut.clone()
    }
}

struct Door(TcpListener);

impl Listener for Door {
    type Io = Wire;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Wire, Self::Addr) {
        loop {
            if let Ok((stream, address)) = self.0.accept().await {
                let _ = stream.set_nodelay(true);
                return (Wire { stream, cut: Cut::default() }, address);
            }
            pause(10).await;
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

/// A connection.
struct Wire {
    stream: TcpStream,
    cut: Cut,
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.cut.0.load(Ordering::SeqCst) {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

async fn hear(State(fake): State<Fake>, ConnectInfo(cut): ConnectInfo<Cut>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if let Some(what) = path.strip_prefix("/control/") {
        return control::hear(&fake, what, request).await;
    }
    let token = fake.with(|w| w.token.clone());
    if let Some(file) = path.strip_prefix(&format!("/file/bot{token}/")) {
        let id = file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default().to_owned();
        return match fake.with(|w| w.files.get(&id).map(|f| f.bytes.clone())) {
            Some(bytes) => bytes.into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        };
    }
    let Some((said, method)) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')) else {
        return say(&Refusal { code: 404, text: "Not Found".into(), more: None });
    };
    if said != token {
        return say(&Refusal { code: 401, text: "Unauthorized".into(), more: None });
    }
    let asked = match Asked::read(request).await {
        Ok(asked) => asked,
        Err(why) => return say(&Refusal::bad(&why)),
    };
    call(&fake, &cut, method, &asked).await
}

fn say(refusal: &Refusal) -> Response {
    let code = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::BAD_REQUEST);
    (code, Json(refusal.body())).into_response()
}

/// One call of a method, with what goes wrong.
async fn call(fake: &Fake, cut: &Cut, method: &str, asked: &Asked) -> Response {
    let name = method.to_lowercase();
    let mishap = fake.with(|w| {
        let chat = asked.number("chat_id");
        w.chaos.meets(&name, chat)
    });
    let early = match &mishap {
        Some(Mishap::TooMany(seconds)) => Some(say(&Refusal::too_many(*seconds))),
        Some(Mishap::BadGateway) => {
            let page = Html("<html><h1>502 Bad Gateway</h1></html>");
            Some((StatusCode::BAD_GATEWAY, page).into_response())
        }
        Some(Mishap::Refuse(code, text)) => {
            Some(say(&Refusal { code: *code, text: text.clone(), more: None }))
        }
        Some(Mishap::CutBefore) => {
            cut.0.store(true, Ordering::SeqCst);
            Some(StatusCode::OK.into_response())
        }
        _ => None,
    };
    if let Some(early) = early {
        let cut = mishap == Some(Mishap::CutBefore);
        let code = if cut { 0 } else { early.status().as_u16() };
        fake.with(|w| {
            let at = w.now();
            let call = Call { at, method: method.into(), body: asked.noted(), code, made: None, cut: false };
            w.journal.push(call);
        });
        return early;
    }
    let answer = match name.as_str() {
        "getupdates" => answer::poll(fake, asked).await,
        _ => fake.with(|w| answer::answer(w, &name, asked)),
    };
    let was_cut = mishap == Some(Mishap::CutAfter);
    fake.with(|w| {
        let code = answer.as_ref().map_or_else(|refusal| refusal.code, |_| 200);
        let made = answer.as_ref().ok().and_then(|said| {
            let made = said["message_id"].as_i64().filter(|_| name.starts_with("send"));
            made.map(|id| (said["chat"]["id"].as_i64().unwrap_or_default(), id))
        });
        let at = w.now();
        let call = Call { at, method: method.into(), body: asked.noted(), code, made, cut: was_cut };
        w.journal.push(call);
    });
    match mishap {
        Some(Mishap::CutAfter) => {
            cut.0.store(true, Ordering::SeqCst);
            return StatusCode::OK.into_response();
        }
        Some(Mishap::Slow(milliseconds)) => pause(milliseconds).await,
        _ => {}
    }
    match answer {
        Ok(result) => Json(json!({"ok": true, "result": result})).into_response(),
        Err(refusal) => say(&refusal),
    }
}
