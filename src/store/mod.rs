//! SQL and nothing else, one file a noun.
