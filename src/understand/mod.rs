//! One chat message and its context → one `Reading`; guesses are marked as guesses.
