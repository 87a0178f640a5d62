//! Claim, pace, settle: the only caller of `Platform::send`.
