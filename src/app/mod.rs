//! What people can do, one file a verb.
