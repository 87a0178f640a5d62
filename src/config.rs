//! The environment, read once and checked, with every default visible.
