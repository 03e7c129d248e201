package dev.moorage.base.live;

import dev.moorage.base.Entropy;
import dev.moorage.base.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/// The machine's randomness.
public final class LiveEntropy implements Entropy {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private final SecureRandom random = new SecureRandom();

  @Override
  public String uid() {
    return UUID.randomUUID().toString();
  }

  @Override
  public double fraction() {
    return random.nextDouble();
  }

  @Override
  public String suffix(int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    return text.toString();
  }

  @Override
  public Secret token(int bytes) {
    var drawn = new byte[bytes];
    random.nextBytes(drawn);
    return new Secret(HexFormat.of().formatHex(drawn));
  }
}
