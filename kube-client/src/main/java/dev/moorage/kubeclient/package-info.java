/// **Kube-client**: [dev.moorage.kube.Kube] against any Kubernetes API server, over HTTPS.
///
/// - Comes in: an [Access] (kubeconfig, service account or a server's address) and [Settings]; then
///   the calls of `Kube`, and what people's commands ask beside them.
/// - Goes out: HTTP requests to one server; nothing is kept but the answer of discovery.
/// - Inside: fabric8 connects and authenticates; lists and watches are read object by object into
///   trees and views. Waiting happens in the words of `base`.
/// - Never: reads flags or environment, follows redirects, shows a token or a key.
package dev.moorage.kubeclient;
