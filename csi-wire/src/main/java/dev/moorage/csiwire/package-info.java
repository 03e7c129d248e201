/// **CSI on the wire**: the CSI words over gRPC on Unix sockets, both directions, and the kubelet's
/// plugin registration.
///
/// - Comes in, goes out: [dev.moorage.csi.Csi] on this side, protobuf messages on the socket.
/// - The only module that knows gRPC and the generated messages; codes are mapped in [GrpcCodes]
///   alone.
/// - Never: holds policy, retries, or writes a secret anywhere but into the message that carries
///   it.
package dev.moorage.csiwire;
