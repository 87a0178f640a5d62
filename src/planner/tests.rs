//! The rules one by one, a month moment by moment, and what must hold of any office.

mod ladder;
mod month;
mod world;
