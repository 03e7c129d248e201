package dev.moorage.kubeserver.registry;

import dev.moorage.base.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where a list goes on.
///
/// @param revision of the first page
/// @param last the last object of the page before
record Continuation(long revision, ObjectKey last) {

  String text() {
    var plain = "v1 " + revision + " " + last.namespace() + " " + last.name();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  static Continuation parse(String text) {
    try {
      var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      var parts = plain.split(" ", -1);
      if (parts.length == 4 && parts[0].equals("v1"))
        return new Continuation(Versions.parse(parts[1]), new ObjectKey(parts[2], parts[3]));
    } catch (IllegalArgumentException noToken) {
      // Answered below, like every other text that we did not make.
    }
    throw Refusals.badRequest("continue key is not valid");
  }
}
