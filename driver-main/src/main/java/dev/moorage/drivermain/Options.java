package dev.moorage.drivermain;

import dev.moorage.driver.CsiVersion;
import dev.moorage.driver.Driver;
import dev.moorage.driver.Driver.Mode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a driver's process was told.
///
/// @param endpoint `unix:///path.sock`
/// @param http where health and metrics are asked for; empty for nowhere
/// @param own the vendor's flags with their values
record Options(
    String endpoint,
    Driver.Settings driver,
    Optional<HttpAddress> http,
    int verbosity,
    Map<String, String> own) {

  static final String ENDPOINT = "endpoint";
  static final String NODE_ID = "node-id";
  static final String MODE = "mode";
  static final String STATE = "state";
  static final String CSI_VERSION = "csi-version";
  static final String DRIVER_NAME = "driver-name";
  static final String MAX_VOLUMES = "max-volumes";
  static final String HTTP_ENDPOINT = "http-endpoint";
  static final String VERBOSITY = "v";
  static final String HELP = "help";
  static final String VERSION = "version";

  /// The flags that every driver has.
  static List<Flag> flags(String name) {
    return List.of(
        new Flag(
            ENDPOINT, "unix:///PATH", "", "The Unix socket to serve; CSI_ENDPOINT counts too."),
        new Flag(NODE_ID, "NAME", "", "This node, as the driver calls it; else the host's name."),
        new Flag(MODE, "controller|node|all", "all", "Which services are served."),
        new Flag(STATE, "DIR", "/var/lib/" + name, "The folder of this driver on this node."),
        new Flag(
            CSI_VERSION,
            "1.12|1.13",
            CsiVersion.V1_12.toString(),
            "Which version of CSI to show; tools of 1.12 cannot read the capabilities of 1.13."),
        new Flag(DRIVER_NAME, "NAME", name, "The driver's name."),
        new Flag(MAX_VOLUMES, "N", "0", "How many volumes a node takes; 0 for no statement."),
        new Flag(
            HTTP_ENDPOINT,
            "ADDRESS:PORT",
            "",
            "Serves /healthz and /metrics there; without an address on all of them."),
        new Flag(
            VERBOSITY, "N", "2", "What to log: 0 failures, 2 calls too, 4 mere questions too."),
        Flag.truth(HELP, "Shows this."),
        Flag.truth(VERSION, "Shows the version."));
  }

  /// @param values of all flags
  /// @param environment of the process
  /// @param hostName asked only where no flag names the node
  /// @throws WrongUse naming the flag that is wrong
  static Options of(
      Arguments values,
      String version,
      Map<String, String> environment,
      Optional<String> hostName,
      Map<String, String> own) {
    var endpoint =
        first(values.text(ENDPOINT), environment.getOrDefault("CSI_ENDPOINT", ""))
            .orElseThrow(() ->
                new WrongUse(
                    "say which socket to serve: --endpoint unix:///PATH, or CSI_ENDPOINT"));
    var node =
        first(values.text(NODE_ID), hostName.orElse(""))
            .orElseThrow(() -> new WrongUse("this host has no name; say --node-id NAME"));
    try {
      var driver =
          new Driver.Settings(
              values.text(DRIVER_NAME),
              version,
              node,
              choice(MODE, values, Mode.values()),
              Path.of(values.text(STATE)).toAbsolutePath().normalize().toString(),
              number(MAX_VOLUMES, values),
              choice(CSI_VERSION, values, CsiVersion.values()));
      var http = first(values.text(HTTP_ENDPOINT), "").map(HttpAddress::parse);
      return new Options(
          unixSocket(endpoint), driver, http, number(VERBOSITY, values), Map.copyOf(own));
    } catch (IllegalArgumentException wrong) {
      throw new WrongUse(String.valueOf(wrong.getMessage()));
    }
  }

  private static Optional<String> first(String one, String other) {
    return Optional.of(one.isEmpty() ? other : one).filter(value -> !value.isEmpty());
  }

  /// All the forms that drivers of the field take: `unix:///path`, `unix:/path`, `/path`.
  private static String unixSocket(String endpoint) {
    var path = endpoint.replaceFirst("^unix:(//)?", "");
    if (!path.startsWith("/"))
      throw new WrongUse(
          "--endpoint is a Unix socket like unix:///run/csi/csi.sock, not " + endpoint);
    return "unix://" + path;
  }

  private static int number(String flag, Arguments values) {
    try {
      return Integer.parseInt(values.text(flag));
    } catch (NumberFormatException none) {
      throw new WrongUse(Arguments.dashed(flag) + " is a number, not " + values.text(flag));
    }
  }

  private static <E extends Enum<E>> E choice(String flag, Arguments values, E[] choices) {
    return Arrays.stream(choices)
        .filter(choice -> word(choice).equals(values.text(flag)))
        .findFirst()
        .orElseThrow(() ->
            new WrongUse(
                Arguments.dashed(flag)
                    + " is one of "
                    + Arrays.stream(choices).map(Options::word).collect(Collectors.joining(", "))
                    + ", not "
                    + values.text(flag)));
  }

  private static String word(Enum<?> choice) {
    return choice.toString().toLowerCase(Locale.ROOT);
  }

  String socketPath() {
    return endpoint.substring("unix://".length());
  }
}
