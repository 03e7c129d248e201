/// **CSI words**: every call and answer of the Container Storage Interface as a value, and the
/// interface [Csi].
///
/// - Comes in, goes out: values only; no gRPC, no protobuf, no sockets.
/// - Bodies of [Csi]: a driver object in process (`driver-kit`), a gRPC stub (`csi-wire`), faulty
///   stand-ins (`sim`).
/// - Numbers and limits: CSI specification 1.13; fields that 1.13 reserves are kept as in 1.12.
package dev.moorage.csi;
