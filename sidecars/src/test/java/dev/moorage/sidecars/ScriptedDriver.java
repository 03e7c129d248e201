package dev.moorage.sidecars;

import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A driver that gives the answers it was told to give, in order, and remembers the calls.
public final class ScriptedDriver implements Csi {
  private final Deque<Object> answers = new ArrayDeque<>();
  private final List<CsiCall<?>> calls = new ArrayList<>();

  /// Its next answers: values, or codes to refuse with.
  public ScriptedDriver answers(Object... next) {
    answers.addAll(List.of(next));
    return this;
  }

  /// What it was asked, in order.
  public List<CsiCall<?>> calls() {
    return calls;
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    calls.add(call);
    return switch (answers.removeFirst()) {
      case CsiException.Code code -> throw new CsiException(code, "as told");
      case Object answer -> call.answer().cast(answer);
    };
  }
}
