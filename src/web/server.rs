//! Serving routes, ours and those of platforms.

use std::io;

use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Answers until `ends` is cancelled; what is being answered then is finished.
pub async fn serve(listener: TcpListener, routes: Vec<Router>, ends: CancellationToken) -> io::Result<()> {
    let routes = routes.into_iter().fold(Router::new(), Router::merge);
    axum::serve(listener, routes).with_graceful_shutdown(async move { ends.cancelled().await }).await
}
