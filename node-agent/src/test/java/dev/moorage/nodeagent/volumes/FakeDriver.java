package dev.moorage.nodeagent.volumes;

import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A driver whose every volume is one folder of the host; each call may be repeated.
final class FakeDriver implements Csi {
  static final String BACKING = "/tmp/backing";

  private final Host host;
  final List<String> calls = new ArrayList<>();
  Optional<CsiException.Code> refusal = Optional.empty();

  /// Whether a refused call has done its work all the same.
  boolean worksUnseen;

  FakeDriver(Host host) {
    this.host = host;
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    calls.add(call.rpc());
    if (refusal.isPresent() && !worksUnseen) throw new CsiException(refusal.get(), "not now");
    var answer = answer(call);
    if (refusal.isPresent()) throw new CsiException(refusal.get(), "not heard");
    return call.answer().cast(answer);
  }

  private Object answer(CsiCall<?> call) {
    switch (call) {
      case NodeStageVolume stage -> bind(BACKING, stage.stagingPath());
      case NodePublishVolume publish -> {
        host.files().makeFolder(publish.targetPath(), 0750);
        bind(publish.stagingPath(), publish.targetPath());
      }
      case NodeUnpublishVolume unpublish -> {
        unmount(unpublish.targetPath());
        host.files().removeFolder(unpublish.targetPath());
      }
      case NodeUnstageVolume unstage -> unmount(unstage.stagingPath());
      case NodeExpandVolume expand -> {
        return new NodeExpandVolume.Answer(expand.capacity().required());
      }
      default -> throw new CsiException(CsiException.Code.UNIMPLEMENTED, call.rpc());
    }
    return Done.DONE;
  }

  private void bind(String source, String target) {
    if (host.mounts().at(target).isEmpty()) host.mounts().bind(source, target, false);
  }

  private void unmount(String target) {
    if (host.mounts().at(target).isPresent()) host.mounts().unmount(target);
  }
}
