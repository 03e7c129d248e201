/// **Controller kit**: what every actor on the API needs: caches fed by list and watch, a work
/// queue of keys, a runner, events.
///
/// - Comes in: [dev.moorage.kube.Kube]. Goes out: calls of a [Reconciler], one key at a time.
/// - Never: holds policy, knows CSI or the host.
package dev.moorage.controller;
