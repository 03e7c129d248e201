package dev.moorage.csiwire.fuzz;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;

/// Turns good requests into bad ones, field by field.
record Hostile(Dice dice, Place place) {

  void change(Message.Builder message) {
    var fields = message.getDescriptorForType().getFields();
    if (fields.isEmpty() || dice.happens(0.05)) {
      addUnknown(message);
      return;
    }
    var field = dice.of(fields);
    if (field.isMapField()) changeMap(message, field);
    else if (field.isRepeated()) changeList(message, field);
    else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) changePart(message, field);
    else if (dice.happens(0.2)) message.clearField(field);
    else message.setField(field, scalar(field));
  }

  private void addUnknown(Message.Builder message) {
    var field =
        dice.happens(0.5)
            ? UnknownFieldSet.Field.newBuilder().addVarint(dice.below(1000)).build()
            : UnknownFieldSet.Field.newBuilder().addFixed64(dice.below(1000)).build();
    message.setUnknownFields(
        UnknownFieldSet.newBuilder().addField(1000 + dice.below(100), field).build());
  }

  private void changePart(Message.Builder message, FieldDescriptor field) {
    if (dice.happens(0.3)) message.clearField(field);
    else change(message.getFieldBuilder(field));
  }

  private void changeList(Message.Builder message, FieldDescriptor field) {
    int count = message.getRepeatedFieldCount(field);
    boolean parts = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    switch (dice.below(4)) {
      case 0 -> message.clearField(field);
      case 1 -> {
        if (count > 0) message.addRepeatedField(field, message.getRepeatedField(field, 0));
      }
      case 2 -> {
        if (parts) message.addRepeatedField(field, message.newBuilderForField(field).build());
        else message.addRepeatedField(field, scalar(field));
      }
      default -> {
        if (count == 0) return;
        int at = dice.below(count);
        if (parts) change(message.getRepeatedFieldBuilder(field, at));
        else message.setRepeatedField(field, at, scalar(field));
      }
    }
  }

  private void changeMap(Message.Builder message, FieldDescriptor field) {
    switch (dice.below(4)) {
      case 0 -> message.clearField(field);
      case 1 -> add(message, field, "big", "v".repeat(5000));
      case 2 -> {
        for (int i = 0; i < 400; i++) add(message, field, "key-" + i, "some value");
      }
      default -> add(message, field, text(""), text(""));
    }
  }

  private static void add(
      Message.Builder message, FieldDescriptor field, String key, String value) {
    var entry = (MapEntry.Builder<?, ?>) message.newBuilderForField(field);
    var type = entry.getDescriptorForType();
    entry.setField(type.findFieldByNumber(1), key);
    entry.setField(type.findFieldByNumber(2), value);
    message.addRepeatedField(field, entry.build());
  }

  private Object scalar(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> text(field.getName());
      case LONG -> number();
      case INT -> dice.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 1, 2, 1000);
      case BOOLEAN -> dice.happens(0.5);
      case ENUM -> unknown(field);
      case FLOAT, DOUBLE, BYTE_STRING, MESSAGE ->
          throw new IllegalStateException("CSI has no such field: " + field);
    };
  }

  private Long number() {
    return dice.of(
        -1L,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 4095,
        0L,
        1L,
        4095L,
        1L << 40,
        1L << 62,
        (1L << 30) + 1);
  }

  private EnumValueDescriptor unknown(FieldDescriptor field) {
    return field
        .getEnumType()
        .findValueByNumberCreatingIfUnknown(dice.of(0, -1, 1, 2, 3, 4, 5, 6, 7, 8, 99, 1 << 30));
  }

  private String text(String field) {
    return field.contains("path") && dice.happens(0.8) ? path() : anyText();
  }

  private String path() {
    var folder = place.folder();
    return dice.of(
        folder + "/pod-0/../../outside",
        folder + "/./pod-0/mount",
        folder + "//pod-1//mount",
        folder + "/pod-1/mount/",
        folder + "/missing/mount",
        folder + "/file",
        folder + "/file/mount",
        folder + "/full",
        folder + "/full/mount",
        folder + "/link/mount",
        folder + "/link",
        folder + "/dangling",
        folder + "/-rf",
        folder + "/pod-2/--help",
        folder + "/pod-2/a b\tc\nd",
        folder + "/pod-2/\\040\\011",
        folder + "/pod-3/" + "ü".repeat(127),
        folder + "/pod-3/" + "x".repeat(256),
        folder + "/pod-3" + "/deep".repeat(800),
        folder + "/pod-4/nul\0l",
        folder + "/state",
        "/",
        "//",
        "/..",
        "relative/path",
        "../../etc/passwd",
        "-rf",
        "");
  }

  private String anyText() {
    return dice.of(
        "",
        " ",
        ".",
        "..",
        "../../etc/passwd",
        "-rf",
        "--help",
        "/",
        "a/b",
        "a\0b",
        "a\nb",
        "\u001b[31mred",
        "\u0085",
        "%s%n%x",
        "${jndi:x}",
        "'; DROP TABLE volumes; --",
        "$(touch pwned)",
        "ü".repeat(64),
        "ü".repeat(65),
        "x".repeat(128),
        "x".repeat(129),
        "x".repeat(5000),
        "\uD83D\uDE00".repeat(32),
        "\u202Egnp.exe",
        "ext4",
        "xfs",
        "vfat",
        "ro",
        "nosuchflag",
        "bind",
        "ro,exec",
        "true",
        "csi.storage.k8s.io/ephemeral",
        "thin",
        "provisioning",
        "label",
        "discard");
  }

  /// Damages a message's bytes, or makes some up.
  byte[] damaged(byte[] message) {
    return switch (dice.below(4)) {
      case 0 -> flipped(message.clone());
      case 1 -> Arrays.copyOf(message, message.length == 0 ? 0 : dice.below(message.length));
      case 2 -> joined(message, dice.bytes(1 + dice.below(12)));
      default -> dice.bytes(dice.below(60));
    };
  }

  private byte[] flipped(byte[] bytes) {
    for (int i = dice.below(4); i >= 0 && bytes.length > 0; i--)
      bytes[dice.below(bytes.length)] ^= (byte) (1 << dice.below(8));
    return bytes;
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    var both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }
}
