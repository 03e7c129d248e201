/// **The main of any driver**: flags, socket, signals, log, health and metrics around a
/// [dev.moorage.driver.Backend].
///
/// - Comes in: arguments and `CSI_ENDPOINT`; calls on a Unix socket; SIGTERM and SIGINT.
/// - Goes out: log lines on stderr, `/healthz` and `/metrics` where they are asked for, an exit
///   code.
/// - Look first at [DriverMain]: a vendor's own main calls it and depends on this module alone.
/// - Never: knows what a volume is, or writes a secret or a mount flag anywhere.
package dev.moorage.drivermain;
