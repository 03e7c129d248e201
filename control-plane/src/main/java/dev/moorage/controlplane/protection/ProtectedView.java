package dev.moorage.controlplane.protection;

import dev.moorage.kube.Meta;

/// What protection knows of one claim or volume.
///
/// @param guarded whether it carries our finalizer
/// @param user who uses it, for the journal; empty when nobody does (asked only while it is being
///   deleted)
record ProtectedView(Meta meta, boolean guarded, String user) {}
