//! School year, working days, public holidays, lunar dates and quiet hours of Việt Nam.

pub mod closures;
pub mod holidays;
pub mod light_days;
pub mod lunar;
pub mod quiet;
mod time_of_day;
pub mod work_calendar;
