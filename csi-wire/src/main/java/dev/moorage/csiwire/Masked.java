package dev.moorage.csiwire;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.UnknownFieldSet;
import csi.v1.CsiProto;

/// Messages as text without their secrets: every field that the specification marks `csi_secret`,
/// at any depth, mount flags, which it calls sensitive without marking them, and fields that a
/// newer specification may have made secret.
final class Masked {
  private Masked() {}

  /// The message on one line.
  static String text(Message message) {
    return TextFormat.printer().emittingSingleLine(true).printToString(without(message));
  }

  /// The message with its sensitive fields left out.
  static Message without(Message message) {
    var copy = message.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
    for (var field : message.getAllFields().keySet()) {
      if (sensitive(field)) copy.clearField(field);
      else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField())
        mask(field, message, copy);
    }
    return copy.build();
  }

  private static void mask(FieldDescriptor field, Message message, Message.Builder copy) {
    if (!field.isRepeated()) {
      copy.setField(field, without((Message) message.getField(field)));
      return;
    }
    for (int i = 0; i < message.getRepeatedFieldCount(field); i++)
      copy.setRepeatedField(field, i, without((Message) message.getRepeatedField(field, i)));
  }

  private static boolean sensitive(FieldDescriptor field) {
    return field.getOptions().getExtension(CsiProto.csiSecret)
        || field.getName().equals("mount_flags");
  }
}
