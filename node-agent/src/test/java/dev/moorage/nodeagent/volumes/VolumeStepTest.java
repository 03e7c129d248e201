package dev.moorage.nodeagent.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.csi.VolumeId;
import dev.moorage.nodeagent.volumes.VolumeView.Attachment;
import dev.moorage.nodeagent.volumes.VolumeView.DriverSide;
import dev.moorage.nodeagent.volumes.VolumeView.Growth;
import dev.moorage.nodeagent.volumes.VolumeView.PodUse;
import dev.moorage.nodeagent.volumes.VolumeView.Shown;
import dev.moorage.nodeagent.volumes.VolumeView.Source;
import dev.moorage.nodeagent.volumes.VolumeView.Staged;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;

class VolumeStepTest {
  private static final Identity VOLUME = new Identity("pv-1", "d.example", new VolumeId("v1"));
  private static final Source FINE = new Source.OnApi(VOLUME, "", false, new Growth.None());
  private static final DriverSide STAGING = new DriverSide.Here(true, true);
  private static final String ABSENT =
      "driver name d.example not found in the list of registered CSI drivers";
  private static final DriverSide GONE = new DriverSide.NotHere(ABSENT);
  private static final Attachment READY = new Attachment.Ready(Map.of("a", "b"));
  private static final Attachment WAITING = new Attachment.Waiting("no VolumeAttachment yet");
  private static final Bytes TARGET = Bytes.gibi(2);

  // The way in, from the first look to the mount.

  @Test
  void a_wanted_volume_is_reported_in_use_before_anything_is_mounted() {
    check(view(FINE, STAGING, false, READY, Staged.NOWHERE, wants(Shown.NOWHERE)))
        .isEqualTo(new VolumeStep.ReportInUse());
  }

  @Test
  void it_waits_for_its_attachment() {
    check(view(FINE, STAGING, true, WAITING, Staged.NOWHERE, wants(Shown.NOWHERE)))
        .isEqualTo(new VolumeStep.WaitForAttach("no VolumeAttachment yet"));
  }

  @Test
  void attached_it_is_staged_once_and_then_published_to_each_pod() {
    var first = wants("a", Shown.NOWHERE);
    var second = wants("b", Shown.NOWHERE);
    check(view(FINE, STAGING, true, READY, Staged.NOWHERE, first, second))
        .isEqualTo(new VolumeStep.MountDevice());
    check(view(FINE, STAGING, true, READY, Staged.DONE, first, second))
        .isEqualTo(new VolumeStep.SetUp(first));
    check(view(FINE, STAGING, true, READY, Staged.DONE, wants("a", Shown.MOUNTED), second))
        .isEqualTo(new VolumeStep.SetUp(second));
  }

  @Test
  void what_a_crash_has_begun_is_called_for_again() {
    for (Staged staged : List.of(Staged.FOLDER, Staged.BEGUN))
      check(view(FINE, STAGING, true, READY, staged, wants(Shown.NOWHERE)))
          .isEqualTo(new VolumeStep.MountDevice());
    for (Shown shown : List.of(Shown.FOLDER, Shown.BEGUN))
      check(view(FINE, STAGING, true, READY, Staged.DONE, wants(shown)))
          .isEqualTo(new VolumeStep.SetUp(wants(shown)));
  }

  @Test
  void a_driver_that_stages_nothing_is_only_asked_to_publish() {
    check(
            view(
                FINE,
                new DriverSide.Here(false, false),
                true,
                new Attachment.NotNeeded(),
                Staged.NOWHERE,
                wants(Shown.NOWHERE)))
        .isEqualTo(new VolumeStep.SetUp(wants(Shown.NOWHERE)));
  }

  @Test
  void mounted_everywhere_there_is_nothing_to_do() {
    check(view(FINE, STAGING, true, new Attachment.NotNeeded(), Staged.DONE, wants(Shown.MOUNTED)))
        .isEqualTo(new VolumeStep.Nothing("every pod that wants it has it"));
  }

  @Test
  void a_volume_that_cannot_be_had_here_tells_its_pods_why() {
    var misfit = new Source.OnApi(VOLUME, "wrong node", false, new Growth.None());
    check(view(misfit, STAGING, false, READY, Staged.NOWHERE, wants(Shown.NOWHERE)))
        .isEqualTo(new VolumeStep.Blocked("wrong node"));
    check(view(FINE, GONE, true, READY, Staged.NOWHERE, wants(Shown.NOWHERE)))
        .isEqualTo(new VolumeStep.Blocked(ABSENT));
    check(view(new Source.OnHost(VOLUME), STAGING, true, READY, Staged.DONE, wants(Shown.NOWHERE)))
        .isEqualTo(new VolumeStep.Blocked("the PersistentVolume is gone"));
  }

  @Test
  void a_volume_for_one_pod_only_waits_until_no_other_has_it() {
    var exclusive = new Source.OnApi(VOLUME, "", true, new Growth.None());
    var last = leaves("a", Shown.MOUNTED, true);
    check(view(exclusive, STAGING, true, READY, Staged.DONE, last, wants("b", Shown.NOWHERE)))
        .isInstanceOf(VolumeStep.Blocked.class);
    check(view(exclusive, STAGING, true, READY, Staged.DONE, wants("b", Shown.BEGUN)))
        .isEqualTo(new VolumeStep.SetUp(wants("b", Shown.BEGUN)));
  }

  // Growing.

  @Test
  void a_handed_over_growth_is_marked_first_and_then_expanded() {
    check(grows(new Growth.Pending(TARGET), STAGING, wants(Shown.MOUNTED)))
        .isEqualTo(new VolumeStep.MarkExpanding(TARGET));
    check(grows(new Growth.Due(TARGET), STAGING, wants(Shown.MOUNTED)))
        .isEqualTo(new VolumeStep.Expand(wants(Shown.MOUNTED), TARGET));
  }

  @Test
  void a_volume_is_mounted_before_it_grows() {
    check(grows(new Growth.Due(TARGET), STAGING, wants(Shown.NOWHERE)))
        .isEqualTo(new VolumeStep.SetUp(wants(Shown.NOWHERE)));
  }

  @Test
  void readers_and_drivers_that_cannot_expand_leave_the_size_alone() {
    var reader = new PodUse("r", key("r"), true, true, true, Shown.MOUNTED);
    for (Growth growth : List.of(new Growth.Pending(TARGET), new Growth.Due(TARGET))) {
      check(grows(growth, STAGING, reader))
          .isEqualTo(new VolumeStep.Nothing("must grow, but every pod here only reads it"));
      check(grows(growth, new DriverSide.Here(true, false), wants(Shown.MOUNTED)))
          .isEqualTo(new VolumeStep.CannotGrow("the driver expands nothing on nodes"));
    }
    check(grows(new Growth.Due(TARGET), STAGING, reader, wants("w", Shown.MOUNTED)))
        .isEqualTo(new VolumeStep.Expand(wants("w", Shown.MOUNTED), TARGET));
  }

  // The way out.

  @Test
  void a_pod_without_processes_loses_its_mount() {
    for (Shown shown : List.of(Shown.FOLDER, Shown.BEGUN, Shown.MOUNTED))
      check(view(FINE, STAGING, true, READY, Staged.DONE, leaves("a", shown, false)))
          .isEqualTo(new VolumeStep.TearDown(leaves("a", shown, false)));
  }

  @Test
  void a_pod_whose_processes_run_keeps_its_mount() {
    check(view(FINE, STAGING, true, READY, Staged.DONE, leaves("a", Shown.MOUNTED, true)))
        .isEqualTo(new VolumeStep.Wait("processes of a pod still use it"));
  }

  @Test
  void leaving_comes_before_coming() {
    var gone = leaves("z", Shown.MOUNTED, false);
    check(view(FINE, STAGING, true, READY, Staged.DONE, wants("a", Shown.NOWHERE), gone))
        .isEqualTo(new VolumeStep.TearDown(gone));
  }

  @Test
  void a_pod_that_stays_keeps_the_global_mount() {
    check(
            view(
                FINE,
                STAGING,
                true,
                new Attachment.NotNeeded(),
                Staged.DONE,
                wants("a", Shown.MOUNTED),
                leaves("b", Shown.NOWHERE, false)))
        .isEqualTo(new VolumeStep.Nothing("every pod that wants it has it"));
  }

  @Test
  void after_the_last_pod_the_device_goes_then_the_report() {
    for (Staged staged : List.of(Staged.FOLDER, Staged.BEGUN, Staged.DONE))
      check(view(FINE, STAGING, true, READY, staged, leaves("a", Shown.NOWHERE, false)))
          .isEqualTo(new VolumeStep.UnmountDevice());
    check(view(FINE, STAGING, true, READY, Staged.NOWHERE)).isEqualTo(new VolumeStep.ForgetInUse());
    check(view(FINE, STAGING, false, READY, Staged.NOWHERE))
        .isEqualTo(new VolumeStep.Nothing("no pod here wants it"));
  }

  @Test
  void without_its_driver_nothing_is_called_but_empty_folders_go() {
    check(view(FINE, GONE, true, READY, Staged.DONE, leaves("a", Shown.BEGUN, false)))
        .isEqualTo(new VolumeStep.WaitForDriver(ABSENT + "; a pod's mount waits for it"));
    check(view(FINE, GONE, true, READY, Staged.DONE))
        .isEqualTo(new VolumeStep.WaitForDriver(ABSENT + "; the global mount waits for it"));
    check(view(FINE, GONE, true, READY, Staged.FOLDER)).isEqualTo(new VolumeStep.UnmountDevice());
    check(view(FINE, GONE, true, READY, Staged.DONE, leaves("a", Shown.FOLDER, false)))
        .isEqualTo(new VolumeStep.TearDown(leaves("a", Shown.FOLDER, false)));
  }

  @Test
  void what_only_this_host_remembers_is_taken_away() {
    var stranger = leaves("a", Shown.MOUNTED, false);
    check(view(new Source.OnHost(VOLUME), STAGING, false, READY, Staged.DONE, stranger))
        .isEqualTo(new VolumeStep.TearDown(stranger));
    check(view(new Source.OnHost(VOLUME), STAGING, false, READY, Staged.DONE))
        .isEqualTo(new VolumeStep.UnmountDevice());
    check(view(new Source.Nowhere(), GONE, false, READY, Staged.NOWHERE, stranger))
        .isEqualTo(new VolumeStep.ForceUnmount(stranger));
  }

  private static ObjectAssert<VolumeStep> check(VolumeView view) {
    return assertThat(VolumeStep.next(view));
  }

  private static VolumeView grows(Growth growth, DriverSide driver, PodUse... pods) {
    return view(
        new Source.OnApi(VOLUME, "", false, growth), driver, true, READY, Staged.DONE, pods);
  }

  private static VolumeView view(
      Source source,
      DriverSide driver,
      boolean inUse,
      Attachment attachment,
      Staged staged,
      PodUse... pods) {
    return new VolumeView(source, List.of(pods), inUse, attachment, staged, driver);
  }

  private static PodUse wants(Shown shown) {
    return wants("p", shown);
  }

  private static PodUse wants(String uid, Shown shown) {
    return new PodUse(uid, key(uid), true, true, false, shown);
  }

  private static PodUse leaves(String uid, Shown shown, boolean mayRun) {
    return new PodUse(uid, key(uid), false, mayRun, false, shown);
  }

  private static ObjectKey key(String name) {
    return new ObjectKey("demo", name);
  }
}
