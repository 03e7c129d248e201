package dev.moorage.kubeserver.http;

import dev.moorage.base.Entropy;
import dev.moorage.base.Secret;
import java.time.Instant;
import java.util.regex.Pattern;

/// Who the server is and whom it lets in: its certificate, the authority that vouches for it, and
/// the one token. Kept by the door, so that clients survive a restart of the server.
///
/// @param caCertificate PEM; clients trust it
/// @param certificate PEM; for the loopback's addresses and names
/// @param key PEM, PKCS #8
/// @param token of the user `system:moorage:admin`
public record Identity(String caCertificate, String certificate, Secret key, Secret token) {
  private static final int TOKEN_BYTES = 32;
  private static final String TOKEN = "MOORAGE TOKEN";

  /// Makes a new authority, certificate and token, valid for ten years. The authority's key is
  /// thrown away.
  public static Identity generate(Instant now, Entropy entropy) {
    return new Certificates(now, entropy).issue(entropy.token(TOKEN_BYTES));
  }

  /// All of it as one text of PEM blocks, for a file that only its owner can read.
  public Secret text() {
    return new Secret(
        caCertificate + certificate + key.reveal() + Pem.block(TOKEN, token.reveal()));
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws IllegalArgumentException when a part is missing
  public static Identity read(Secret text) {
    var blocks = Pem.blocks(text.reveal());
    var expected =
        Pattern.compile("CERTIFICATE,CERTIFICATE,PRIVATE KEY," + TOKEN)
            .matcher(String.join(",", blocks.stream().map(Pem.Block::label).toList()));
    if (!expected.matches())
      throw new IllegalArgumentException("an identity is two certificates, a key and a token");
    return new Identity(
        blocks.get(0).text(),
        blocks.get(1).text(),
        new Secret(blocks.get(2).text()),
        new Secret(blocks.get(3).content()));
  }
}
