/// **Pods**: runs the processes of this node's pods, and ends them.
///
/// - Comes in: pods bound to this node and their claims (watched); this host's mount table; the end
///   of processes; whether the node serves or rests.
/// - Goes out: sandboxes started, asked to end and killed; the pods' status; events; the Pod object
///   removed at its end.
/// - Hands on to: volumes (a pod without processes loses its mounts), attach/detach and protection
///   (through the pod's status and its end).
/// - Never: mounts or unmounts; pulls an image; ends a process because this program ends.
/// - Story: "a claim becomes a mounted directory", step 15; "a claim goes away", steps 2 and 3.
package dev.moorage.nodeagent.pods;
