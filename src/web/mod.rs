//! Pages over HTTP: the only room that names axum.
//!
//! A page is a folder here with its routes, and files in `pages/` that are compiled in. What a page can do is a trait
//! of its folder, implemented in `run`, so that this room knows neither platforms nor the store.

pub mod demo;
pub mod form;
mod server;

pub use axum::Router;
pub use server::serve;
