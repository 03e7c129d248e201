package dev.moorage.cli.manifest;

import dev.moorage.cli.live.CommandFailed;
import dev.moorage.kube.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads manifests: YAML with any number of documents, or JSON.
///
/// Every method throws [CommandFailed] when something cannot be read, with file, line and column.
public final class ManifestReader {
  private ManifestReader() {}

  /// In bytes, of one file.
  static final int LARGEST = 16 << 20;

  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  /// Reads a file; or those of a folder that end in `.yaml`, `.yml` or `.json`, by their names, its
  /// subfolders apart.
  public static List<Manifest> path(Path path) {
    try {
      if (!Files.isDirectory(path)) return file(path);
      var files = filesOf(path);
      if (files.isEmpty())
        throw new CommandFailed(path + " holds no file that ends in " + String.join(", ", ENDINGS));
      var all = new ArrayList<Manifest>();
      for (var file : files) all.addAll(file(file));
      return all;
    } catch (IOException e) {
      throw new CommandFailed(path + " cannot be read: " + reason(e));
    }
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
          .filter(file -> !Files.isDirectory(file))
          .sorted()
          .toList();
    }
  }

  private static List<Manifest> file(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return stream(file.toString(), in);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "it is not there";
      case AccessDeniedException _ -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }

  /// Reads a stream to its end.
  ///
  /// @param name the stream's name in messages and places
  public static List<Manifest> stream(String name, InputStream in) {
    try {
      var bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST)
        throw new CommandFailed(name + " is larger than " + (LARGEST >> 20) + "Mi");
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text(name, text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw new CommandFailed(name + " is no text in UTF-8");
    } catch (IOException e) {
      throw new CommandFailed(name + " cannot be read: " + reason(e));
    }
  }

  /// Reads a text.
  ///
  /// @param name the text's name in messages and places
  public static List<Manifest> text(String name, String text) {
    var all = new ArrayList<Manifest>();
    for (var document : documents(name, text)) all.addAll(objects(document));
    return all;
  }

  /// What is no JSON may be YAML in braces; what is neither was meant to be JSON.
  private static List<Manifest> documents(String name, String text) {
    if (!text.stripLeading().startsWith("{")) return YamlTrees.read(name, text);
    try {
      return JsonTrees.read(name, text);
    } catch (CommandFailed noJson) {
      try {
        return YamlTrees.read(name, text);
      } catch (CommandFailed neither) {
        throw noJson;
      }
    }
  }

  /// The objects of a document: none of an empty one, several of a list.
  private static List<Manifest> objects(Manifest document) {
    if (document.tree().isNothing()) return List.of();
    if (!isList(document.tree())) return List.of(checked(document));
    var all = new ArrayList<Manifest>();
    for (var item : document.tree().at("items").items())
      all.addAll(objects(new Manifest(document.place() + ", item " + (all.size() + 1), item)));
    return all;
  }

  private static boolean isList(Tree tree) {
    return tree.text("kind").endsWith("List") && tree.at("items") instanceof Tree.Items;
  }

  private static Manifest checked(Manifest manifest) {
    if (!(manifest.tree() instanceof Tree.Fields))
      throw refused(manifest, "no object; one begins with apiVersion: and kind:");
    if (manifest.apiVersion().isEmpty()) throw refused(manifest, "apiVersion is missing");
    if (manifest.kind().isEmpty()) throw refused(manifest, "kind is missing");
    for (String field : List.of("name", "namespace")) {
      var name = manifest.tree().at("metadata", field);
      if (!isTextOrAbsent(name))
        throw refused(
            manifest,
            "metadata." + field + " means " + JsonText.line(name) + "; put a text in quotes");
    }
    return manifest;
  }

  private static boolean isTextOrAbsent(Tree tree) {
    return tree.isNothing() || tree instanceof Tree.Text;
  }

  private static CommandFailed refused(Manifest manifest, String why) {
    return new CommandFailed(manifest.place() + ": " + why);
  }
}
