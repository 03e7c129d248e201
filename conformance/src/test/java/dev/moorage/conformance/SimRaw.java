package dev.moorage.conformance;

import dev.moorage.base.Bytes;
import dev.moorage.host.Files;
import dev.moorage.host.Files.Extent;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What stands on the devices of a simulated host, which keeps no bytes of its own: by image, and
/// cloned with it. Links are not simulated.
final class SimRaw implements RawAccess {
  private static final long FAR = 1L << 60; // no simulated file lies there
  private static final int BLOCK = 4096;

  private final Host host;
  private final Map<String, Map<Long, Written>> held = new TreeMap<>(); // by image

  private long writes;

  /// A text, and where it lies: in one place for all that share it.
  private record Written(String text, long physical) {}

  SimRaw(Host host) {
    this.host = host;
  }

  /// The host as a driver must see it, so that its clones hold what their sources do.
  Host seen() {
    var files = watched(Files.class, host.files(), this::fileChanged);
    return watched(
        Host.class, host, (method, result, _) -> method.getName().equals("files") ? files : result);
  }

  /// What is made of a call that went well.
  private interface After {
    Object made(Method method, Object result, Object[] arguments);
  }

  private static <T> T watched(Class<T> type, T inner, After after) {
    InvocationHandler handler =
        (_, method, arguments) -> {
          try {
            return after.made(method, method.invoke(inner, arguments), arguments);
          } catch (InvocationTargetException failed) {
            throw failed.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object fileChanged(Method method, Object result, Object[] arguments) {
    switch (method.getName()) {
      case "clone", "copy" ->
          held.put((String) arguments[1], new TreeMap<>(on((String) arguments[0])));
      case "removeFile" -> held.remove((String) arguments[0]);
      case "extents" -> {
        var written = on((String) arguments[0]);
        return Stream.concat(
                ((List<?>) result)
                    .stream().map(Extent.class::cast).flatMap(its -> around(its, written)),
                extents(written))
            .sorted(Comparator.comparingLong(Extent::offset))
            .toList();
      }
      default -> {}
    }
    return result;
  }

  private static Stream<Extent> extents(Map<Long, Written> written) {
    return written.entrySet().stream()
        .map(its -> new Extent(its.getKey(), BLOCK, its.getValue().physical(), true));
  }

  /// What an extent is without the blocks that were written.
  private static Stream<Extent> around(Extent whole, Map<Long, Written> written) {
    var parts = new ArrayList<Extent>();
    long from = whole.offset();
    for (long block : written.keySet()) {
      if (block < from || block >= whole.end()) continue;
      if (block > from) parts.add(part(whole, from, block));
      from = block + BLOCK;
    }
    if (from < whole.end()) parts.add(part(whole, from, whole.end()));
    return parts.stream();
  }

  private static Extent part(Extent whole, long from, long end) {
    return new Extent(from, end - from, whole.physical() + from - whole.offset(), whole.written());
  }

  private Map<Long, Written> on(String image) {
    return held.computeIfAbsent(image, _ -> new TreeMap<>());
  }

  @Override
  public Bytes size(String device) {
    return host.blockDevices().look(device).orElseThrow(() -> none(device)).size();
  }

  private static HostException none(String device) {
    return new HostException(Errno.ENXIO, device + " is no device with something behind it");
  }

  private Map<Long, Written> behind(String path) {
    var device = host.mounts().at(path).orElseThrow(() -> none(path)).root();
    return host.loops().all().stream()
        .filter(loop -> loop.device().equals(device))
        .findFirst()
        .map(loop -> on(loop.image()))
        .orElseThrow(() -> none(path));
  }

  @Override
  public void write(String device, long offset, String text) {
    if (host.blockDevices().look(device).orElseThrow(() -> none(device)).readOnly())
      throw new HostException(Errno.EROFS, device + " is read-only");
    behind(device).put(offset, new Written(text, FAR + BLOCK * ++writes));
  }

  @Override
  public String read(String device, long offset, int bytes) {
    return behind(device).getOrDefault(offset, new Written("", 0)).text();
  }

  @Override
  public void link(String path, String to) {
    throw new HostException(Errno.EOPNOTSUPP, "no links in simulation");
  }
}
