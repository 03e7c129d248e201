package dev.moorage.drivers.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private final Accounts accounts = new Accounts(Bytes.gibi(2));

  @Test
  void what_is_promised_once_is_not_promised_again() {
    assertThat(accounts.reserve("a", Bytes.gibi(1), Bytes.ZERO)).isTrue();
    assertThat(accounts.reserve("b", Bytes.gibi(1), Bytes.ZERO)).isTrue();
    assertThat(accounts.free()).isEqualTo(Bytes.ZERO);
    assertThat(accounts.reserve("c", new Bytes(1), Bytes.ZERO)).isFalse();
    accounts.release("a");
    assertThat(accounts.free()).isEqualTo(Bytes.gibi(1));
  }

  @Test
  void a_holder_trades_what_it_had_for_the_new_amount() {
    assertThat(accounts.reserve("a", Bytes.gibi(1), Bytes.ZERO)).isTrue();
    assertThat(accounts.reserve("a", Bytes.gibi(2), Bytes.ZERO)).isTrue();
    assertThat(accounts.reserve("a", Bytes.gibi(3), Bytes.ZERO)).isFalse();
    assertThat(accounts.free()).isEqualTo(Bytes.ZERO);
    assertThat(accounts.reserve("a", Bytes.gibi(1), Bytes.ZERO)).isTrue();
    assertThat(accounts.free()).isEqualTo(Bytes.gibi(1));
  }

  @Test
  void what_is_there_counts_even_where_there_is_no_room() {
    accounts.hold("old", Bytes.gibi(3));
    assertThat(accounts.free()).isEqualTo(Bytes.ZERO);
    assertThat(accounts.reserve("a", new Bytes(1), Bytes.ZERO)).isFalse();
  }
}
