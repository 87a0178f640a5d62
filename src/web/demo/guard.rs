//! Who may ask: a browser on this machine, from this very page.
//!
//! The port is open to every program of the machine, so to every page that its browser shows. Two attacks matter: a
//! foreign page that posts here (refused by `Origin` and `Sec-Fetch-Site`), and a foreign name that is made to point to
//! 127.0.0.1 so that its page passes for ours (refused by `Host`).

use axum::Router;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Everything from our own files, nothing inline, nothing from elsewhere.
const POLICY: &str =
    "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The routes behind the checks.
pub(super) fn guarded(routes: Router) -> Router {
    routes.layer(from_fn(check))
}

async fn check(request: Request, next: Next) -> Response {
    if !allowed(request.method(), request.headers()) {
        return (StatusCode::FORBIDDEN, "giaoban: 127.0.0.1 only\n").into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

fn allowed(method: &Method, headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let Some(host) = text(HOST) else { return false };
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let ours = ["127.0.0.1", "localhost", "[::1]"].contains(&name);
    let reads = [Method::GET, Method::HEAD].contains(method);
    let same_origin = text(ORIGIN).is_none_or(|origin| origin.strip_prefix("http://") == Some(host));
    let same_site = text(SEC_FETCH_SITE).is_none_or(|site| ["same-origin", "none"].contains(&site));
    ours && (reads || (same_origin && same_site))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_page_on_this_machine_may_ask() {
        for (method, host, origin, site, may) in [
            ("GET", "127.0.0.1:8080", None, None, true),
            ("GET", "localhost:8080", None, Some("cross-site"), true),
            ("GET", "[::1]:8080", None, None, true),
            ("GET", "evil.example:8080", None, None, false),
            ("GET", "127.0.0.1.evil.example", None, None, false),
            ("GET", "", None, None, false),
            ("POST", "localhost:8080", None, None, true),
            ("POST", "localhost:8080", Some("http://localhost:8080"), Some("same-origin"), true),
            ("POST", "localhost:8080", Some("http://localhost:9090"), None, false),
            ("POST", "localhost:8080", Some("https://evil.example"), Some("cross-site"), false),
            ("POST", "localhost:8080", Some("null"), None, false),
            ("POST", "localhost:8080", None, Some("same-site"), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.parse().unwrap());
            for (name, value) in [(ORIGIN, origin), (SEC_FETCH_SITE, site)] {
                value.map(|value| headers.insert(name, value.parse().unwrap()));
            }
            let method = method.parse().unwrap();
            assert_eq!(allowed(&method, &headers), may, "{method} {host} {origin:?} {site:?}");
        }
    }
}
