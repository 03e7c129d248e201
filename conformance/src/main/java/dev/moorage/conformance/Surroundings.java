package dev.moorage.conformance;

import dev.moorage.host.Host;
import java.util.Optional;

/// Where a driver is checked.
///
/// @param host the node that the driver's node service serves
/// @param raw access to devices; without it some checks are not run
/// @param restart how the driver is killed; without it some checks are not run
public record Surroundings(Host host, Optional<RawAccess> raw, Optional<Restart> restart) {}
