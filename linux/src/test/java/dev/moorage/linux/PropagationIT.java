package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.host.HostContract;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The same under a `/` whose mounts others see (as systemd sets it up) and under one of its own.
class PropagationIT {
  private final RealHost real = new RealHost();

  @AfterEach
  void leaveNothing() {
    real.close();
  }

  @Test
  void all_holds_where_the_root_is_shared() {
    check("shared");
  }

  @Test
  void all_holds_where_the_root_is_private() {
    check("private");
  }

  private static void check(String propagation) {
    var unshare = List.of("unshare", "--mount", "--propagation", propagation);
    try (var child = new ChildJvm(unshare, Inside.class)) {
      var said = child.end();
      assertThat(child.exitCode()).as(said).isZero();
      assertThat(said).contains("22 held");
    }
  }

  /// The other process: plays two contracts by hand.
  static final class Inside {
    private Inside() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
      int held = play(LinuxMountsIT.class) + play(LinuxSandboxesIT.class);
      System.out.println(held + " held");
      System.exit(0);
    }

    private static int play(Class<? extends HostContract> type)
        throws ReflectiveOperationException {
      int held = 0;
      var contract = Objects.requireNonNull(type.getSuperclass());
      for (var test : contract.getDeclaredMethods()) {
        if (!test.isAnnotationPresent(Test.class)) continue;
        var body = type.getDeclaredConstructor().newInstance();
        try {
          test.setAccessible(true);
          test.invoke(body);
        } catch (InvocationTargetException failed) {
          throw new AssertionError(test.getName(), failed.getCause());
        } finally {
          type.getDeclaredMethod("leaveNothing").invoke(body);
        }
        held++;
      }
      return held;
    }
  }
}
