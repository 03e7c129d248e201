package dev.moorage.kubeserver.registry;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Tree;

/// A durable write, as watches see it.
///
/// @param before the object before; [Tree.Nothing] for a new one
/// @param now the object after it; its last state, in the deletion's version, where it is gone
/// @param after all objects of the kind after it
record Happened(
    long revision, Tree before, Tree now, boolean deleted, OrderedMap<ObjectKey, Tree> after) {}
