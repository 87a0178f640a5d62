//! One folder a platform: decode what it hears, encode what we say.
