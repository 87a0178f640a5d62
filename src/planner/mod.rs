//! When to say something: `plan(&Snapshot, now)` and `next_due`, one rule a file.
