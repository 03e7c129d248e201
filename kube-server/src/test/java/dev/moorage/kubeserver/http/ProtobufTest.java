package dev.moorage.kubeserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.kube.KubeException;
import dev.moorage.kubeserver.store.TreeJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProtobufTest {

  /// Writes protobuf messages, as Go does.
  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message text(int field, String text) {
      return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Message number(int field, long number) {
      varint((long) field << 3);
      varint(number);
      return this;
    }

    Message message(int field, Message message) {
      return bytes(field, message.bytes.toByteArray());
    }

    Message entry(int field, String key, Message value) {
      return message(field, new Message().text(1, key).message(2, value));
    }

    Message entry(int field, String key, String value) {
      return message(field, new Message().text(1, key).text(2, value));
    }

    private Message bytes(int field, byte[] content) {
      varint((long) field << 3 | 2);
      varint(content.length);
      bytes.writeBytes(content);
      return this;
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        bytes.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }

    byte[] enveloped(String apiVersion, String kind) {
      var envelope =
          new Message()
              .message(1, new Message().text(1, apiVersion).text(2, kind))
              .message(2, this)
              .text(3, "")
              .text(4, "");
      var all = new ByteArrayOutputStream();
      all.writeBytes("k8s\0".getBytes(StandardCharsets.US_ASCII));
      all.writeBytes(envelope.bytes.toByteArray());
      return all.toByteArray();
    }
  }

  private static Message metadata(String name) {
    return new Message()
        .text(1, name)
        .text(2, "")
        .text(3, "")
        .number(7, 0)
        .message(8, new Message())
        .entry(11, "tier", "gold")
        .text(14, "a.dev/held");
  }

  private static void check(byte[] bytes, String expected) {
    assertThat(TreeJson.write(Protobuf.read(bytes)).replace('"', '\'')).isEqualTo(expected);
  }

  @Test
  void a_claim_is_read_with_its_quantities_and_its_empty_class() {
    var size = new Message().text(1, "1Gi");
    var spec =
        new Message()
            .text(1, "ReadWriteOnce")
            .message(2, new Message().entry(2, "storage", size))
            .text(5, "");
    check(
        new Message()
            .message(1, metadata("data"))
            .message(2, spec)
            .enveloped("v1", "PersistentVolumeClaim"),
        "{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'data',"
            + "'generateName':'','namespace':'','generation':0,'labels':{'tier':'gold'},"
            + "'finalizers':['a.dev/held']},'spec':{'accessModes':['ReadWriteOnce'],"
            + "'resources':{'requests':{'storage':'1Gi'}},'storageClassName':''}}");
  }

  @Test
  void the_source_of_a_volume_stands_in_its_spec() {
    var csi = new Message().text(1, "loop.moorage.dev").text(2, "vol-1").number(3, 1);
    var spec = new Message().message(2, new Message().message(22, csi)).text(5, "Delete");
    check(
        new Message().message(2, spec).enveloped("v1", "PersistentVolume"),
        "{'apiVersion':'v1','kind':'PersistentVolume','spec':{'csi':{'driver':'loop.moorage.dev',"
            + "'volumeHandle':'vol-1','readOnly':true},'persistentVolumeReclaimPolicy':'Delete'}}");
  }

  @Test
  void times_are_read_and_unset_ones_are_nothing() {
    var last = new Message().number(1, 1_700_000_000).number(2, 0);
    var unset = new Message().number(1, 0).number(2, 0);
    check(
        new Message().message(6, unset).message(7, last).enveloped("v1", "Event"),
        "{'apiVersion':'v1','kind':'Event','lastTimestamp':'2023-11-14T22:13:20Z'}");
  }

  @Test
  void secrets_carry_their_bytes_in_base64() {
    check(
        new Message().entry(2, "key", "value").enveloped("v1", "Secret"),
        "{'apiVersion':'v1','kind':'Secret','data':{'key':'dmFsdWU='}}");
  }

  @Test
  void what_kubectl_and_leader_electors_send_is_read() {
    check(
        new Message().entry(2, "k", "v").entry(3, "b", "x").enveloped("v1", "ConfigMap"),
        "{'apiVersion':'v1','kind':'ConfigMap','data':{'k':'v'},'binaryData':{'b':'eA=='}}");
    check(
        new Message().number(4, 0).enveloped("v1", "ServiceAccount"),
        "{'apiVersion':'v1','kind':'ServiceAccount','automountServiceAccountToken':false}");
    var now = new Message().number(1, 1_700_000_000).number(2, 123_456_000);
    var spec = new Message().text(1, "me").number(2, 15).message(4, now).number(5, 0);
    check(
        new Message().message(2, spec).enveloped("coordination.k8s.io/v1", "Lease"),
        "{'apiVersion':'coordination.k8s.io/v1','kind':'Lease','spec':{'holderIdentity':'me',"
            + "'leaseDurationSeconds':15,'renewTime':'2023-11-14T22:13:20.123456Z',"
            + "'leaseTransitions':0}}");
    check(
        new Message()
            .text(2, "d")
            .entry(3, "k", "v")
            .enveloped("storage.k8s.io/v1", "VolumeAttributesClass"),
        "{'apiVersion':'storage.k8s.io/v1','kind':'VolumeAttributesClass','driverName':'d',"
            + "'parameters':{'k':'v'}}");
  }

  @Test
  void deletions_are_read_with_their_negative_numbers() {
    check(
        new Message().number(1, -1).text(4, "Background").enveloped("v1", "DeleteOptions"),
        "{'apiVersion':'v1','kind':'DeleteOptions','gracePeriodSeconds':-1,"
            + "'propagationPolicy':'Background'}");
  }

  @Test
  void unknown_fields_are_refused_unless_they_say_nothing() {
    check(
        new Message().text(99, "").number(98, 0).enveloped("v1", "Secret"),
        "{'apiVersion':'v1','kind':'Secret'}");
    var lost = new Message().message(2, new Message().message(2, new Message().text(7, "iscsi")));
    assertThatThrownBy(() -> Protobuf.read(lost.enveloped("v1", "PersistentVolume")))
        .isInstanceOf(KubeException.class)
        .hasMessageContaining("field 7 of VolumeSource is not served in protobuf");
  }

  @Test
  void other_kinds_and_broken_bytes_are_refused() {
    assertThatThrownBy(() -> Protobuf.read(new Message().enveloped("apps/v1", "Deployment")))
        .hasMessageContaining("Deployment");
    assertThatThrownBy(() -> Protobuf.read(new byte[] {'{', '}'}))
        .hasMessageContaining("no Kubernetes protobuf message");
    assertThatThrownBy(() -> Protobuf.read(new byte[] {'k', '8', 's', 0, 10, 100}))
        .hasMessageContaining("ends too early");
  }
}
