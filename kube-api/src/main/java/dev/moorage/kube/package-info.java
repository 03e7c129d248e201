/// **Kubernetes API words**: object trees, kinds, typed views, patches, selectors, quantities, and
/// the interface [Kube].
///
/// - Comes in, goes out: values only; no I/O here.
/// - Bodies of [Kube]: in process over the registry (`kube-server`); over HTTPS to any API server
///   (`kube-client`).
/// - Never: holds a JSON library, writes a view back.
package dev.moorage.kube;
