/// **In-process CSI**: drivers, their callers and plugin registration in one JVM, without a socket.
///
/// - Comes in: drivers served at endpoints. Goes out: the same values that travel over the wire.
/// - Each call runs as a task of the serving process's group while the caller waits, so that either
///   side can die alone.
package dev.moorage.csi.inprocess;
