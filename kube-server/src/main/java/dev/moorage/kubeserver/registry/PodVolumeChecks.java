package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What holds for the volumes of pods.
final class PodVolumeChecks {
  private static final long MODE_AT_MOST = 0777;
  private static final long TOKEN_AT_LEAST = 600;

  private final Problems problems;

  private PodVolumeChecks(Problems problems) {
    this.problems = problems;
  }

  /// Names the volumes that are as they should be: only those can be mounted.
  static Set<String> check(List<Tree> volumes, Problems problems) {
    var checks = new PodVolumeChecks(problems);
    var names = new HashSet<String>();
    for (int i = 0; i < volumes.size(); i++)
      checks.volume("spec.volumes[" + i + "]", volumes.get(i), names);
    return names;
  }

  private void volume(String field, Tree volume, Set<String> names) {
    int before = problems.count();
    source(field, volume.without("name"));
    var name = volume.text("name");
    if (name.isEmpty()) problems.required(field + ".name", "");
    else problems.misnamed(field + ".name", name, Names.label(name));
    if (names.contains(name)) problems.duplicate(field + ".name", name);
    if (problems.count() == before) names.add(name);
  }

  private void source(String field, Tree source) {
    var sources = new ArrayList<>(source.fields().keySet());
    for (String more : sources.subList(Math.min(1, sources.size()), sources.size()))
      problems.forbidden(field + "." + more, "may not specify more than 1 volume type");
    if (sources.size() == 1) one(field, sources.getFirst(), source.at(sources.getFirst()));
  }

  /// Sources that Moorage never looks into are kept as they are.
  private void one(String volume, String type, Tree source) {
    var field = volume + "." + type;
    switch (type) {
      case "persistentVolumeClaim" -> required(field + ".claimName", source.text("claimName"));
      case "hostPath" -> VolumeSourceChecks.hostPath(field, source, problems);
      case "nfs" -> VolumeSourceChecks.nfs(field, source, problems);
      case "emptyDir" ->
          problems.forbiddenUnless(
              !Amounts.isNegative(source.at("sizeLimit")),
              field + ".sizeLimit",
              "SizeLimit field must be a valid resource quantity");
      case "secret" -> {
        required(field + ".secretName", source.text("secretName"));
        files(field, source);
      }
      case "configMap" -> {
        required(field + ".name", source.text("name"));
        files(field, source);
      }
      case "downwardAPI" -> downward(field, source);
      case "projected" -> projected(field, source);
      case "csi" -> csi(field, source);
      case "ephemeral" -> ephemeral(field, source);
      default -> {}
    }
  }

  private void required(String field, String text) {
    problems.requiredUnless(!text.isEmpty(), field);
  }

  private void files(String field, Tree source) {
    mode(field + ".defaultMode", source.at("defaultMode"));
    var items = source.at("items").items();
    for (int i = 0; i < items.size(); i++) {
      var item = field + ".items[" + i + "]";
      required(item + ".key", items.get(i).text("key"));
      file(item, items.get(i));
    }
  }

  private void file(String field, Tree item) {
    var path = item.text("path");
    required(field + ".path", path);
    if (path.startsWith("/")) problems.invalid(field + ".path", path, "must be a relative path");
    VolumeSourceChecks.noWayUp(field + ".path", path, problems);
    mode(field + ".mode", item.at("mode"));
  }

  private void mode(String field, Tree mode) {
    long value = mode.number(0);
    if (value < 0 || value > MODE_AT_MOST)
      problems.invalid(field, mode, "must be a number between 0 and 0777 (octal), both inclusive");
  }

  private void downward(String field, Tree source) {
    mode(field + ".defaultMode", source.at("defaultMode"));
    var items = source.at("items").items();
    for (int i = 0; i < items.size(); i++) {
      var item = items.get(i);
      file(field + ".items[" + i + "]", item);
      if (item.at("fieldRef").isNothing() && item.at("resourceFieldRef").isNothing())
        problems.required(field, "one of fieldRef and resourceFieldRef is required");
    }
  }

  private void projected(String field, Tree source) {
    mode(field + ".defaultMode", source.at("defaultMode"));
    var sources = source.at("sources").items();
    for (int i = 0; i < sources.size(); i++) {
      var token = sources.get(i).at("serviceAccountToken");
      var seconds = token.at("expirationSeconds");
      if (seconds.number(TOKEN_AT_LEAST) < TOKEN_AT_LEAST)
        problems.invalid(
            field + ".sources[" + i + "].serviceAccountToken.expirationSeconds",
            seconds,
            "may not specify a duration less than 10 minutes");
    }
  }

  private void csi(String field, Tree source) {
    Names.checkDriver(field + ".driver", source.text("driver"), problems);
    if (!source.at("nodePublishSecretRef").isNothing())
      required(field + ".nodePublishSecretRef.name", source.text("nodePublishSecretRef", "name"));
  }

  private void ephemeral(String field, Tree source) {
    var template = source.at("volumeClaimTemplate");
    var path = field + ".volumeClaimTemplate";
    if (template.isNothing()) {
      problems.required(path, "");
      return;
    }
    problems.forbiddenUnless(
        template.text("metadata", "name").isEmpty(), path + ".metadata.name", "cannot be set");
    ClaimRules.spec(path + ".spec", template.at("spec"), problems);
  }
}
