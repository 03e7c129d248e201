package dev.moorage.sidecars.attacher;

import static dev.moorage.sidecars.Given.DRIVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ControllerGetCapabilities.Capability;
import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.Tree;
import dev.moorage.kube.VolumeAttachment;
import dev.moorage.sidecars.Given;
import dev.moorage.sidecars.attacher.AttachmentStep.Attach;
import dev.moorage.sidecars.attacher.AttachmentStep.Detach;
import dev.moorage.sidecars.attacher.AttachmentStep.HoldAttachment;
import dev.moorage.sidecars.attacher.AttachmentStep.HoldVolume;
import dev.moorage.sidecars.attacher.AttachmentStep.LetGo;
import dev.moorage.sidecars.attacher.AttachmentStep.MarkAttached;
import dev.moorage.sidecars.attacher.AttachmentStep.Nothing;
import dev.moorage.sidecars.attacher.AttachmentStep.RefuseAttach;
import dev.moorage.sidecars.attacher.AttachmentStep.RefuseDetach;
import dev.moorage.sidecars.attacher.AttachmentView.NodeFound;
import dev.moorage.sidecars.attacher.AttachmentView.Serving;
import dev.moorage.sidecars.attacher.AttachmentView.VolumeFound;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttachmentStepTest {
  private static final String FINALIZER = "external-attacher/loop-example-org";
  private static final NodeFound REGISTERED = new NodeFound.Registered(new NodeId("id-n1"));

  private Tree attachment = held(Given.attachment());
  private Tree volume = Patch.NONE.addFinalizer(FINALIZER).apply(Given.volume());
  private NodeFound node = REGISTERED;
  private KnownDriver.Facts driver = Given.driver();
  private Attacher.Settings settings = Attacher.Settings.DEFAULT;

  @Test
  void the_volume_is_held_first_then_the_attachment_then_the_driver_is_asked() {
    var bare = volume;
    attachment = Given.attachment();
    volume = Given.volume();
    assertThat(next()).isInstanceOf(HoldVolume.class);
    volume = bare;
    assertThat(next()).isEqualTo(new HoldAttachment(new NodeId("id-n1")));
    attachment = held(attachment);
    assertThat(next()).isInstanceOf(Attach.class);
  }

  @Test
  void the_driver_is_told_how_the_volume_will_be_used() {
    volume =
        volume
            .with(Tree.object("pool", "a"), "spec", "csi", "volumeAttributes")
            .with(Tree.texts(List.of("noatime")), "spec", "mountOptions");
    assertThat(next())
        .isInstanceOfSatisfying(
            Attach.class,
            step -> {
              var call = step.call();
              assertThat(call.volume().text()).isEqualTo("h-1");
              assertThat(call.node().text()).isEqualTo("id-n1");
              assertThat(call.readOnly()).isFalse();
              assertThat(call.volumeContext()).containsEntry("pool", "a");
              assertThat(call.capability())
                  .isEqualTo(
                      new VolumeCapability(
                          new VolumeCapability.Access.Mount("xfs", List.of("noatime"), ""),
                          AccessMode.SINGLE_NODE_MULTI_WRITER));
            });
  }

  @Test
  void read_only_is_told_only_to_drivers_that_know_it() {
    volume = volume.with(Tree.of(true), "spec", "csi", "readOnly");
    assertThat(((Attach) next()).call().readOnly()).isFalse();
    driver = Given.driver(Capability.PUBLISH_UNPUBLISH_VOLUME, Capability.PUBLISH_READONLY);
    assertThat(((Attach) next()).call().readOnly()).isTrue();
  }

  @Test
  void a_block_volume_is_attached_as_one() {
    volume = volume.with(Tree.of("Block"), "spec", "volumeMode");
    assertThat(((Attach) next()).call().capability().block()).isTrue();
  }

  @Test
  void an_attached_one_is_left_alone() {
    attachment = attached(attachment);
    nothing("attached");
  }

  @Test
  void other_attachers_and_nodes_are_left_alone() {
    settings = settings.onNode("n2");
    nothing("the attacher of node n1 has it");
    settings = settings.onNode("n1");
    assertThat(next()).isInstanceOf(Attach.class);
    attachment = attachment.with(Tree.of("other"), "spec", "attacher");
    nothing("attacher other has it");
  }

  @Test
  void what_is_missing_is_told() {
    node = new NodeFound.Unknown();
    refused("not registered on node n1");
    volume = volume.with(Tree.of("other"), "spec", "csi", "driver");
    refused("is of driver \"other\"");
    volume = Given.deleting(Given.volume());
    refused("being deleted");
    volume = Tree.nothing();
    refused("no such volume");
  }

  @Test
  void access_modes_without_a_csi_mode_are_refused() {
    volume =
        volume.with(Tree.texts(List.of("ReadOnlyMany", "ReadWriteOnce")), "spec", "accessModes");
    refused("cannot be attached together");
  }

  @Test
  void a_node_that_came_back_under_another_id_is_noted_before_the_attach() {
    node = new NodeFound.Registered(new NodeId("new"));
    assertThat(next()).isEqualTo(new HoldAttachment(new NodeId("new")));
  }

  @Test
  void a_driver_that_needs_no_attaching_is_not_asked() {
    driver = Given.driver(Capability.CREATE_DELETE_VOLUME);
    attachment = Given.attachment();
    assertThat(next()).isEqualTo(new MarkAttached());
    attachment = Given.deleting(attachment);
    nothing("detached");
    attachment = Given.deleting(held(Given.attachment()));
    assertThat(next()).isInstanceOf(LetGo.class);
  }

  @Test
  void a_leaving_attachment_is_detached_from_the_node_that_it_was_attached_to() {
    attachment = Given.deleting(attached(attachment));
    assertThat(((Detach) next()).call().node()).isEqualTo(new NodeId("id-n1"));
    node = new NodeFound.Unknown();
    assertThat(((Detach) next()).call().node()).isEqualTo(new NodeId("id-n1"));
    node = new NodeFound.Registered(new NodeId("new"));
    assertThat(((Detach) next()).call().node()).isEqualTo(new NodeId("id-n1"));
    attachment = Patch.NONE.unannotate(Names.NODE_ID).apply(attachment);
    assertThat(((Detach) next()).call().node()).isEqualTo(new NodeId("new"));
  }

  @Test
  void a_failed_attach_is_detached_all_the_same() {
    attachment = Given.deleting(attachment);
    assertThat(next()).isInstanceOf(Detach.class);
  }

  @Test
  void a_leaving_attachment_without_our_finalizer_was_never_attached() {
    attachment = Given.deleting(Given.attachment());
    nothing("detached");
  }

  @Test
  void what_keeps_a_volume_attached_is_told() {
    attachment = Given.deleting(Patch.NONE.addFinalizer(FINALIZER).apply(Given.attachment()));
    node = new NodeFound.Unknown();
    assertThat(next()).isInstanceOf(RefuseDetach.class);
    node = REGISTERED;
    volume = Tree.nothing();
    assertThat(next()).isInstanceOf(RefuseDetach.class);
  }

  @Test
  void a_volume_being_deleted_is_let_go_when_its_last_attachment_is_gone() {
    held(true, true, List.of(), new HeldVolumeStep.LetGo("no attachment is left"));
    held(true, true, List.of("n1"), new HeldVolumeStep.Nothing("still attached to n1"));
    held(false, true, List.of(), new HeldVolumeStep.Nothing("held for its attachments"));
    held(true, false, List.of(), new HeldVolumeStep.Nothing("not held"));
  }

  @Test
  void the_finalizer_is_named_after_the_driver() {
    assertThat(Names.finalizer("csi.example.com")).isEqualTo("external-attacher/csi-example-com");
    assertThat(Names.finalizer("a_b/c.")).isEqualTo("external-attacher/a-b-c-X");
  }

  private static void held(
      boolean deleting, boolean held, List<String> attachedTo, HeldVolumeStep expected) {
    assertThat(HeldVolumeStep.next(new HeldVolumeStep.View(deleting, held, attachedTo)))
        .isEqualTo(expected);
  }

  private static Tree held(Tree attachment) {
    return Patch.NONE.addFinalizer(FINALIZER).annotate(Names.NODE_ID, "id-n1").apply(attachment);
  }

  private static Tree attached(Tree attachment) {
    return attachment.with(Tree.of(true), "status", "attached");
  }

  private void nothing(String why) {
    assertThat(next()).isEqualTo(new Nothing(why));
  }

  private void refused(String why) {
    assertThat(next())
        .isInstanceOfSatisfying(RefuseAttach.class, step -> assertThat(step.why()).contains(why));
  }

  private AttachmentStep next() {
    assertThat(driver.name()).isEqualTo(DRIVER);
    return AttachmentStep.next(
        new AttachmentView(
            VolumeAttachment.of(attachment),
            volume.isNothing()
                ? new VolumeFound.Missing("no such volume")
                : new VolumeFound.Existing(PersistentVolume.of(volume)),
            node,
            new Serving(driver, settings)));
  }
}
