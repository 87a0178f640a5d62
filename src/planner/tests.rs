//! The rules one by one, a month moment by moment, and what must hold of any office.

mod group_posts;
mod invariants;
mod ladder;
mod month;
mod rules;
mod world;
