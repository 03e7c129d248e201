package dev.moorage.kubeclient;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a server warns of, in the header `Warning`.
final class Warnings {
  private Warnings() {}

  private static final Pattern ONE = Pattern.compile("\\d{3} \\S+ \"((?:[^\"\\\\]|\\\\.)*)\"");

  static List<String> of(Answer answer) {
    var texts = new ArrayList<String>();
    for (var header : answer.headers().getOrDefault("warning", List.of())) {
      var one = ONE.matcher(header);
      while (one.find()) texts.add(one.group(1).replaceAll("\\\\(.)", "$1"));
    }
    return texts;
  }
}
