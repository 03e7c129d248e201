/// **Node agent**: what the kubelet is for storage: registers drivers, brings volumes to pods, runs
/// the pods' processes.
///
/// - Comes in: the API, registration sockets, this host; each room below has its own sign.
/// - Goes out: Node and CSINode, CSI calls of the node service, processes, pod status.
/// - The node serves, or rests before the program's end: one fact that all rooms read.
/// - The rooms never call each other by name: this door hands each of them the one or two facts of
///   its neighbours that it needs.
/// - Story: "a claim becomes a mounted directory", steps 9, 13 and 15; "a claim grows", steps 6 and
///   7; "a claim goes away", steps 2 and 3.
package dev.moorage.nodeagent;
