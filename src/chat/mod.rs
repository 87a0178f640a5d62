//! The contract with every platform: what is heard, what is said, and what a platform can do.
