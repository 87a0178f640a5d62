//! What reading documents and reading chat share: Unicode form, folding, numbers and dates as said.
