//! `delivery` over a platform that answers as it is told: nothing lost, nothing doubled, whatever goes wrong.

mod budget;
mod edits;
mod failures;
mod fresh;
mod kills;
mod pace;
mod running;
mod world;
