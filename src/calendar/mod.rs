//! School year, working days, public holidays, lunar dates and quiet hours of Việt Nam.

pub mod lunar;
