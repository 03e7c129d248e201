/// **Registrar**: tells the kubelet, or the node agent, that a driver is here.
///
/// - Comes in: the driver's name (`GetPluginInfo`); how its registration went.
/// - Goes out: the registration socket `<registry folder>/<driver>-reg.sock`.
/// - Hands on to: the node agent or the kubelet, which finds the socket in its watched folder.
/// - Never: knows the Kubernetes API; goes away because the driver does.
/// - Story: stands before "a claim becomes a mounted directory".
package dev.moorage.sidecars.registrar;
