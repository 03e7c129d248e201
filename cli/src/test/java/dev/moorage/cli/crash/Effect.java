package dev.moorage.cli.crash;

/// One outside effect of a driver's process.
///
/// @param micros how long it took
record Effect(String what, String on, long micros) {}
