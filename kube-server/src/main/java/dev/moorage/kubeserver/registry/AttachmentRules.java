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
    Names.checkDriver("spec.attacher", spec.text("attacher"), problems);
    source(spec.at("source"), problems);
    var node = spec.text("nodeName");
    problems.misnamed("spec.nodeName", node, Names.subdomain(node));
  }

  private static void source(Tree source, Problems problems) {
    var field = "spec.source";
    var name = source.at("persistentVolumeName");
    var inline = source.at("inlineVolumeSpec");
    var rule = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
    if (name.isNothing() && inline.isNothing()) problems.required(field, rule);
    else if (!name.isNothing() && !inline.isNothing()) problems.forbidden(field, rule);
    else if (inline.isNothing()) volumeName(name.text(), problems);
    else inline(field + ".inlineVolumeSpec", inline, problems);
  }

  private static void volumeName(String name, Problems problems) {
    var field = "spec.source.persistentVolumeName";
    if (name.isEmpty()) problems.required(field, "must specify non empty persistentVolumeName");
    problems.misnamed(field, name, Names.subdomain(name));
  }

  private static void inline(String field, Tree spec, Problems problems) {
    problems.forbiddenUnless(
        spec.at("capacity").isNothing(),
        field + ".capacity",
        "may not be specified in the context of inline volumes");
    if (spec.at("csi").isNothing())
      problems.required(field + ".csi", "has to be specified in the context of inline volumes");
    problems.requiredUnless(!spec.textList("accessModes").isEmpty(), field + ".accessModes");
    VolumeRules.source(field, spec, problems);
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    problems.immutable("spec", now.at("spec"), before.at("spec"));
  }
}
