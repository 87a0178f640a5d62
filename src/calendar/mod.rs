//! School year, working days, public holidays, lunar dates and quiet hours of Việt Nam.

pub mod closures;
pub mod holidays;
pub mod lunar;
pub mod work_calendar;
