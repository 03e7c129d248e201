package dev.moorage.csiwire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import csi.v1.CsiProto;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// No secret is printed, whatever the message and however deep it lies; everything else is.
class MaskedTest {
  private static final int MOST_CHOICES = 2; // fields of the largest oneof

  static List<Descriptor> messages() {
    return CsiProtoTest.messages(CsiProto.getDescriptor());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void a_message_shows_all_but_its_secrets(Descriptor type) {
    for (int choice = 0; choice < MOST_CHOICES; choice++) {
      var filler = new Filler(choice);
      var text = Masked.text(filler.fill(type, false));
      assertThat(filler.open).allMatch(text::contains);
      assertThat(text).doesNotContain("hidden");
    }
  }

  @Test
  void the_specification_has_22_secrets() {
    var secrets =
        messages().stream()
            .flatMap(type -> type.getFields().stream())
            .filter(field -> field.getOptions().getExtension(CsiProto.csiSecret))
            .toList();
    assertThat(secrets).hasSize(22).allMatch(FieldDescriptor::isMapField);
  }

  @Test
  void every_choice_of_a_oneof_is_tried() {
    assertThat(messages().stream().flatMap(type -> type.getRealOneofs().stream()))
        .isNotEmpty()
        .allMatch(oneof -> oneof.getFieldCount() <= MOST_CHOICES);
  }

  @Test
  void fields_of_a_newer_specification_are_not_shown() {
    var unknown =
        UnknownFieldSet.newBuilder()
            .addField(
                99,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8("hidden"))
                    .build())
            .build();
    var capability = CsiProto.VolumeCapability.newBuilder().setUnknownFields(unknown);
    var request =
        CsiProto.NodeStageVolumeRequest.newBuilder()
            .setVolumeId("vol-1")
            .setVolumeCapability(capability)
            .setUnknownFields(unknown)
            .build();
    assertThat(Masked.text(request)).contains("vol-1").doesNotContain("hidden");
  }

  /// Fills messages with texts that tell whether they may be shown.
  private static final class Filler {
    private final int choice;
    final List<String> open = new ArrayList<>();
    private int numbers = 4711;

    Filler(int choice) {
      this.choice = choice;
    }

    Message fill(Descriptor type, boolean hidden) {
      var message = DynamicMessage.newBuilder(type);
      for (var field : type.getFields()) {
        var oneof = field.getRealContainingOneof();
        if (oneof != null && !oneof.getField(choice % oneof.getFieldCount()).equals(field))
          continue;
        boolean hide =
            hidden
                || field.getOptions().getExtension(CsiProto.csiSecret)
                || field.getName().equals("mount_flags");
        if (!hide) open.add(field.getName());
        if (field.isRepeated()) {
          message.addRepeatedField(field, value(field, hide));
          message.addRepeatedField(field, value(field, hide));
        } else message.setField(field, value(field, hide));
      }
      return message.build();
    }

    private Object value(FieldDescriptor field, boolean hidden) {
      return switch (field.getJavaType()) {
        case MESSAGE -> fill(field.getMessageType(), hidden);
        case STRING -> shown((hidden ? "hidden-" : "open-") + ++numbers, hidden);
        case INT -> (int) number(hidden);
        case LONG -> number(hidden);
        case BOOLEAN -> true;
        case ENUM -> last(field.getEnumType().getValues());
        case FLOAT, DOUBLE, BYTE_STRING ->
            throw new AssertionError("not in the specification: " + field.getFullName());
      };
    }

    private long number(boolean hidden) {
      var _ = shown(String.valueOf(++numbers), hidden);
      return numbers;
    }

    private static EnumValueDescriptor last(List<EnumValueDescriptor> values) {
      return values.get(values.size() - 1);
    }

    private String shown(String text, boolean hidden) {
      if (!hidden) open.add(text);
      return text;
    }
  }
}
