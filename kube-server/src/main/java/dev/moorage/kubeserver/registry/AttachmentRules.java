package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;

/// Attachments: the spec is a wish for ever, the status is the attacher's.
final class AttachmentRules implements Rules {
  @Override
  public Kind<?> kind() {
    return Kinds.ATTACHMENT;
  }

  @Override
  public boolean hasStatus() {
    return true;
  }

  @Override
  public boolean statusChangesMetadata() {
    return false;
  }

  @Override
  public boolean updatesWithoutVersion() {
    return false;
  }

  @Override
  public Tree prepareCreate(Tree object, Occasion occasion) {
    return object.with(Tree.object("attached", false), "status");
  }

  @Override
  public void validate(Tree attachment, Problems problems) {
    var spec = attachment.at("spec");
    problems.requiredUnless(!spec.text("attacher").isEmpty(), "spec.attacher");
    problems.requiredUnless(!spec.text("nodeName").isEmpty(), "spec.nodeName");
    var source = spec.at("source");
    boolean named = !source.text("persistentVolumeName").isEmpty();
    boolean inline = !source.at("inlineVolumeSpec").isNothing();
    var rule = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
    if (named && inline) problems.forbidden("spec.source", rule);
    if (!named && !inline) problems.required("spec.source", rule);
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    problems.immutableUnless(now.at("spec").equals(before.at("spec")), "spec");
  }
}
