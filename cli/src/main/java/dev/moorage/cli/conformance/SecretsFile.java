package dev.moorage.cli.conformance;

import dev.moorage.base.Secret;
import dev.moorage.csi.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// Secrets by the calls that they go with, as csi-sanity reads them: `CreateVolumeSecret: {k: v}`.
final class SecretsFile {
  private SecretsFile() {}

  /// @throws IllegalArgumentException saying what is wrong with the file, and nothing that is in it
  static Map<String, Secrets> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("--secrets cannot be read: " + file, unreadable);
    } catch (YAMLException wrong) {
      throw new IllegalArgumentException("--secrets is no YAML: " + file, wrong);
    }
  }

  static Map<String, Secrets> parse(String text) {
    var secrets = new TreeMap<String, Secrets>();
    var loaded = new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(text);
    if (!(loaded instanceof Map<?, ?> calls)) throw wrong();
    calls.forEach((call, values) -> secrets.put(String.valueOf(call), secrets(values)));
    return secrets;
  }

  private static Secrets secrets(Object values) {
    if (!(values instanceof Map<?, ?> map)) throw wrong();
    var secrets = new TreeMap<String, Secret>();
    map.forEach(
        (key, value) -> secrets.put(String.valueOf(key), new Secret(String.valueOf(value))));
    return new Secrets(secrets);
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "--secrets has another form than CreateVolumeSecret: {key: value}");
  }
}
