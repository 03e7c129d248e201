package dev.moorage.kubeclient;

import dev.moorage.base.Check;
import java.time.Duration;
import java.util.List;

/// How the client asks, and its limits.
///
/// @param userAgent tells the server's logs who asks, e.g. `moor/0.1`
/// @param requestAtMost time for one request and the whole of its answer (watches apart)
/// @param watchAtMost after this time the server ends a watch, which then goes on by itself
/// @param pageAtMost objects per page of a list, 1 or more
/// @param changes how changes are written
/// @param proxy how the server is reached, unless the kubeconfig says so
public record Settings(
    String userAgent,
    Duration requestAtMost,
    Duration watchAtMost,
    int pageAtMost,
    Changes changes,
    Proxy proxy) {

  /// 32 s, 5 min, 500 objects, patches, no proxy.
  public static final Settings DEFAULT =
      new Settings(
          "moor", Duration.ofSeconds(32), Duration.ofMinutes(5), 500, Changes.PATCH, Proxy.NONE);

  /// How changes are written.
  public enum Changes {
    /// As merge patches: the role grants `patch`.
    PATCH,
    /// Read, changed and put back, guarded by the version that was read: the role grants `update`
    /// and not `patch`.
    PUT
  }

  /// An HTTP proxy, as `HTTPS_PROXY` and `NO_PROXY` name it.
  ///
  /// @param url e.g. `http://proxy:3128`; empty for none
  /// @param except hosts, domains and networks that are reached without it
  public record Proxy(String url, List<String> except) {
    /// No proxy.
    public static final Proxy NONE = new Proxy("", List.of());

    public Proxy {
      except = List.copyOf(except);
    }
  }

  /// @throws IllegalStateException when a value is out of range
  public Settings {
    Check.that(requestAtMost.isPositive(), "a request has some time");
    Check.that(watchAtMost.toSeconds() > 0, "a watch has a second at least");
    Check.that(pageAtMost > 0, "a page has at least one object");
  }

  /// The same with another way to write changes.
  public Settings changing(Changes other) {
    return new Settings(userAgent, requestAtMost, watchAtMost, pageAtMost, other, proxy);
  }
}
