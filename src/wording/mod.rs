//! `say(&Notice, Language)`: notices become words, all of them from `locales/`.
