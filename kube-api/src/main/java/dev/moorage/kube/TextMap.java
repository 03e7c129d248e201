package dev.moorage.kube;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The one small text form of this module: a flat JSON object whose values are texts, as some
/// annotations (`csi.volume.kubernetes.io/nodeid`) and the kubelet's `vol_data.json` hold it.
public final class TextMap {
  private TextMap() {}

  /// Writes a map, ordered by key.
  public static String write(Map<String, String> texts) {
    var out = new StringBuilder("{");
    new TreeMap<>(texts)
        .forEach((key, text) -> {
          if (out.length() > 1) out.append(',');
          quote(out, key);
          out.append(':');
          quote(out, text);
        });
    return out.append('}').toString();
  }

  /// Reads a map. White space around its parts is fine, a later equal key wins.
  ///
  /// @return empty when the text is no JSON object, or a value in it is no text
  public static Optional<SortedMap<String, String>> read(String text) {
    try {
      return Optional.of(new Reader(text).object());
    } catch (Broken noSuchObject) {
      return Optional.empty();
    }
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < ' ') out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    }
    out.append('"');
  }

  private static final class Broken extends RuntimeException {
    Broken() {
      super("no flat object of texts", null, false, false);
    }
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    SortedMap<String, String> object() {
      var texts = new TreeMap<String, String>();
      expect('{');
      if (!follows('}')) {
        do {
          var key = string();
          expect(':');
          texts.put(key, string());
        } while (follows(','));
        expect('}');
      }
      skipSpace();
      if (at != text.length()) throw new Broken();
      return texts;
    }

    private String string() {
      expect('"');
      var out = new StringBuilder();
      while (true) {
        char c = take();
        if (c == '"') return out.toString();
        if (c < ' ') throw new Broken();
        out.append(c == '\\' ? escaped() : c);
      }
    }

    private char escaped() {
      char c = take();
      return switch (c) {
        case '"', '\\', '/' -> c;
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'u' -> hex();
        default -> throw new Broken();
      };
    }

    private char hex() {
      int code = 0;
      for (int i = 0; i < 4; i++) {
        int digit = Character.digit(take(), 16);
        if (digit < 0) throw new Broken();
        code = code * 16 + digit;
      }
      return (char) code;
    }

    private char take() {
      if (at >= text.length()) throw new Broken();
      return text.charAt(at++);
    }

    private void expect(char wanted) {
      if (!follows(wanted)) throw new Broken();
    }

    private boolean follows(char wanted) {
      skipSpace();
      boolean there = at < text.length() && text.charAt(at) == wanted;
      if (there) at++;
      return there;
    }

    private void skipSpace() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }
  }
}
