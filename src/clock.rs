//! What time it is: the only door to the system's clock, and the maker of time-ordered ids.
