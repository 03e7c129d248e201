package dev.moorage.kubeserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.base.Secret;
import dev.moorage.base.sim.SimEntropy;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private final Identity identity =
      Identity.generate(Instant.parse("2026-01-01T00:00:00Z"), new SimEntropy(1));

  @Test
  void is_the_same_after_it_was_kept() {
    assertThat(Identity.read(identity.text())).isEqualTo(identity);
  }

  @Test
  void a_part_of_one_is_none() {
    assertThatThrownBy(() -> Identity.read(new Secret(identity.certificate())))
        .hasMessageContaining("two certificates, a key and a token");
  }

  @Test
  void does_not_print_its_secrets() {
    assertThat(identity.toString())
        .doesNotContain("PRIVATE KEY")
        .doesNotContain(identity.token().reveal());
  }

  @Test
  void a_kubeconfig_names_server_authority_and_token() {
    var text = Kubeconfig.text("https://127.0.0.1:1", "CA", new Secret("abc")).reveal();
    assertThat(text)
        .contains("server: https://127.0.0.1:1\n", "data: Q0E=\n", "    token: abc\n")
        .contains("current-context: moorage");
  }
}
