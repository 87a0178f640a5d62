//! The only place that builds concrete things; starts the loops and stops them in order.
