package dev.moorage.nodeagent;

import dev.moorage.csi.CsiConnections;
import dev.moorage.csi.PluginSockets;
import dev.moorage.host.Host;
import dev.moorage.kube.Kube;

/// The worlds that a node agent stands between.
///
/// @param connections opens drivers' sockets
/// @param sockets dials registration sockets
public record Outside(Kube kube, CsiConnections connections, PluginSockets sockets, Host host) {}
