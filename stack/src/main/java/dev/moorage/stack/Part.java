package dev.moorage.stack;

import dev.moorage.base.Group;
import java.util.function.Consumer;

/// One part of the house that can run and die alone: an actor, a node agent, a driver.
///
/// @param name unique in the house, e.g. `binder` or `provisioner loop.moorage.dev@node-1`
/// @param start starts it in a group of its own; returns at once
public record Part(String name, Consumer<Group> start) {}
