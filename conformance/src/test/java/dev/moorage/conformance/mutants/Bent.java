package dev.moorage.conformance.mutants;

import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A driver that does some calls otherwise and leaves all others to the correct one.
final class Bent implements Csi {
  private final Csi correct;
  private final Map<Class<?>, BiFunction<CsiCall<?>, Down, ?>> ways = new LinkedHashMap<>();
  private BiFunction<CsiCall<?>, Down, ?> otherwise = (call, down) -> down.call(call);

  Bent(World world) {
    this.correct = world.correct();
  }

  /// How a wrong driver does one sort of call.
  interface Way<C extends CsiCall<R>, R> {
    R answer(C call, Down down);
  }

  /// Does one sort of call this way.
  <C extends CsiCall<R>, R> Bent at(Class<C> type, Way<C, R> way) {
    ways.put(type, (call, down) -> way.answer(type.cast(call), down));
    return this;
  }

  /// Does all other calls this way.
  Bent elsewhere(BiFunction<CsiCall<?>, Down, ?> way) {
    otherwise = way;
    return this;
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    var way = ways.getOrDefault(call.getClass(), otherwise);
    return call.answer().cast(way.apply(call, new Down(correct, atMost)));
  }

  /// Does one sort of call this way, without memory.
  static <C extends CsiCall<R>, R> Function<World, Csi> on(Class<C> type, Way<C, R> way) {
    return world -> new Bent(world).at(type, way);
  }

  /// Changes what the correct driver answers.
  static <C extends CsiCall<R>, R> Function<World, Csi> answering(
      Class<C> type, UnaryOperator<R> change) {
    return on(type, (call, down) -> change.apply(down.call(call)));
  }

  /// Changes what the correct driver is asked.
  static <C extends CsiCall<R>, R> Function<World, Csi> asking(
      Class<C> type, UnaryOperator<C> change) {
    return on(type, (call, down) -> down.call(change.apply(call)));
  }

  /// Does something else where the correct driver refuses with this code.
  static <C extends CsiCall<R>, R> Function<World, Csi> forgiving(
      Class<C> type, Code code, Way<C, R> instead) {
    return on(type, (call, down) -> forgiven(call, down, code, instead));
  }

  /// The answer, or something else where the correct driver refuses with this code.
  static <C extends CsiCall<R>, R> R forgiven(C call, Down down, Code code, Way<C, R> instead) {
    try {
      return down.call(call);
    } catch (CsiException refused) {
      if (refused.code() != code) throw refused;
      return instead.answer(call, down);
    }
  }

  /// Refuses with another code than the correct driver.
  static <C extends CsiCall<R>, R> Function<World, Csi> recoding(
      Class<C> type, Code from, Code to) {
    return on(
        type,
        (call, down) ->
            forgiven(
                call,
                down,
                from,
                (_, _) -> {
                  throw refusal(to, call);
                }));
  }

  /// A refusal with a message, as every one needs it.
  static CsiException refusal(Code code, CsiCall<?> call) {
    return new CsiException(code, call.rpc() + " of \"" + call.subject() + "\" failed");
  }
}
