package dev.moorage.csi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.Secret;
import dev.moorage.csi.Samples.Sample;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The samples keep their promise, so that what is tested with them is tested for every field.
class SamplesTest {

  @Test
  void there_is_a_sample_of_every_call() {
    var calls = CsiCall.class.getPermittedSubclasses();
    assertThat(classes(Samples.filled())).containsExactlyInAnyOrder(calls);
    assertThat(classes(Samples.empty())).containsExactlyInAnyOrder(calls);
  }

  private static List<Class<?>> classes(List<Sample<?>> samples) {
    return samples.stream().<Class<?>>map(sample -> sample.call().getClass()).toList();
  }

  @ParameterizedTest
  @MethodSource("dev.moorage.csi.Samples#filled")
  void a_filled_sample_leaves_no_field_empty(Sample<?> sample) {
    checkFilled(sample.call().rpc(), sample.call());
    checkFilled(sample.call().rpc() + " answer", sample.answer());
  }

  private static void checkFilled(String where, Object part) {
    switch (part) {
      case String text -> assertThat(text).as(where).isNotEmpty();
      case Secret secret -> assertThat(secret.reveal()).as(where).isNotEmpty();
      case Boolean truth -> assertThat(truth).as(where).isTrue();
      case Integer number -> assertThat(number).as(where).isPositive();
      case Instant time -> assertThat(time).as(where).isAfter(Instant.EPOCH);
      case Optional<?> value -> {
        assertThat(value).as(where).isPresent();
        value.ifPresent(present -> checkFilled(where, present));
      }
      case Long number -> assertThat(number).as(where).isPositive();
      case Bytes bytes -> assertThat(bytes.count()).as(where).isPositive();
      case Map<?, ?> map -> checkAllFilled(where, map.values());
      case Collection<?> items -> checkAllFilled(where, items);
      case Record fields -> {
        for (RecordComponent field : fields.getClass().getRecordComponents())
          checkFilled(where + "." + field.getName(), value(fields, field));
      }
      case Enum<?> choice -> assertThat(choice.name()).as(where).isNotEqualTo("UNKNOWN");
      default -> throw new AssertionError(where + ": what is an empty " + part.getClass() + "?");
    }
  }

  private static void checkAllFilled(String where, Collection<?> items) {
    assertThat(items).as(where).isNotEmpty();
    items.forEach(item -> checkFilled(where, item));
  }

  private static Object value(Object fields, RecordComponent field) {
    try {
      return field.getAccessor().invoke(fields);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(field.toString(), e);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.moorage.csi.Samples#filled")
  void no_call_shows_its_secrets_or_mount_flags(Sample<?> sample) {
    assertThat(sample.call().toString()).doesNotContain("geheim", "anna", "noatime", "discard");
    assertThat(String.valueOf(sample.answer())).doesNotContain("noatime", "discard");
  }
}
