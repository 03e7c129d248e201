/// **Http**: the HTTPS front of the registry, thin over its one gate.
///
/// - Comes in: HTTP requests of kubectl, sidecars and Java clients; JSON, YAML, and protobuf bodies
///   where clients insist on them.
/// - Goes out: JSON objects, lists, watches and tables; Status errors of a real API server.
/// - Inside: [Wire] speaks HTTP, [Front] finds who answers a [Call], [Objects] asks the registry,
///   [Tables] draws what kubectl prints, [Discovery] and [OpenApi] say what there is.
/// - What is not served is refused the way clients fall back from (404, 405, 406, 415, 422), never
///   half done.
/// - Never: decides about objects (the registry does), listens beyond the loopback.
package dev.moorage.kubeserver.http;
