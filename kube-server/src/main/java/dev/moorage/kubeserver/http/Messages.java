package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.http.ProtobufReader.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The protobuf messages that clients send, by number, name and type of their fields.
///
/// Numbers follow the `generated.proto` files of `k8s.io/api`; they never change. Go writes fields
/// that are not set as zeros: the registry's decoder drops those where they mean nothing.
final class Messages {
  private Messages() {}

  /// One message per line. A type is `text`, `truth`, `whole`, `bytes`, `time`, `micros`,
  /// `quantity`, `skip`, or a message; `[]` before it for many, `map:` for values by name, `^` for
  /// a message whose fields stand in the outer one.
  private static final String TABLE =
      """
      TypeMeta = 1 apiVersion text, 2 kind text
      DeleteOptions = 1 gracePeriodSeconds whole, 2 preconditions Preconditions,\
       3 orphanDependents truth, 4 propagationPolicy text, 5 dryRun []text
      Preconditions = 1 uid text, 2 resourceVersion text
      ObjectMeta = 1 name text, 2 generateName text, 3 namespace text, 4 selfLink text, 5 uid text,\
       6 resourceVersion text, 7 generation whole, 8 creationTimestamp time,\
       9 deletionTimestamp time, 10 deletionGracePeriodSeconds whole, 11 labels map:text,\
       12 annotations map:text, 13 ownerReferences []OwnerReference, 14 finalizers []text,\
       17 managedFields skip
      OwnerReference = 1 kind text, 3 name text, 4 uid text, 5 apiVersion text,\
       6 controller truth, 7 blockOwnerDeletion truth
      LabelSelector = 1 matchLabels map:text, 2 matchExpressions []Requirement
      Requirement = 1 key text, 2 operator text, 3 values []text
      ObjectReference = 1 kind text, 2 namespace text, 3 name text, 4 uid text, 5 apiVersion text,\
       6 resourceVersion text, 7 fieldPath text
      LocalReference = 1 name text
      SecretReference = 1 name text, 2 namespace text
      Condition = 1 type text, 2 status text, 3 lastProbeTime time, 4 lastTransitionTime time,\
       5 reason text, 6 message text
      Namespace = 1 metadata ObjectMeta, 2 spec NamespaceSpec, 3 status NamespaceStatus
      NamespaceSpec = 1 finalizers []text
      NamespaceStatus = 1 phase text, 2 conditions []Condition
      Secret = 1 metadata ObjectMeta, 2 data map:bytes, 3 type text, 4 stringData map:text,\
       5 immutable truth
      ConfigMap = 1 metadata ObjectMeta, 2 data map:text, 3 binaryData map:bytes, 4 immutable truth
      ServiceAccount = 1 metadata ObjectMeta, 2 secrets []ObjectReference,\
       3 imagePullSecrets []LocalReference, 4 automountServiceAccountToken truth
      Lease = 1 metadata ObjectMeta, 2 spec LeaseSpec
      LeaseSpec = 1 holderIdentity text, 2 leaseDurationSeconds whole, 3 acquireTime micros,\
       4 renewTime micros, 5 leaseTransitions whole, 6 strategy text, 7 preferredHolder text
      VolumeAttributesClass = 1 metadata ObjectMeta, 2 driverName text, 3 parameters map:text
      Binding = 1 metadata ObjectMeta, 2 target ObjectReference
      Event = 1 metadata ObjectMeta, 2 involvedObject ObjectReference, 3 reason text,\
       4 message text, 5 source EventSource, 6 firstTimestamp time, 7 lastTimestamp time,\
       8 count whole, 9 type text, 10 eventTime micros, 11 series EventSeries, 12 action text,\
       13 related ObjectReference, 14 reportingComponent text, 15 reportingInstance text
      EventSource = 1 component text, 2 host text
      EventSeries = 1 count whole, 2 lastObservedTime micros
      PersistentVolumeClaim = 1 metadata ObjectMeta, 2 spec ClaimSpec, 3 status ClaimStatus
      ClaimSpec = 1 accessModes []text, 2 resources ClaimResources, 3 volumeName text,\
       4 selector LabelSelector, 5 storageClassName text, 6 volumeMode text,\
       7 dataSource DataSource, 8 dataSourceRef DataSource, 9 volumeAttributesClassName text
      ClaimResources = 1 limits map:quantity, 2 requests map:quantity
      DataSource = 1 apiGroup text, 2 kind text, 3 name text, 4 namespace text
      ClaimStatus = 1 phase text, 2 accessModes []text, 3 capacity map:quantity,\
       4 conditions []Condition, 5 allocatedResources map:quantity,\
       7 allocatedResourceStatuses map:text, 8 currentVolumeAttributesClassName text,\
       9 modifyVolumeStatus ModifyVolumeStatus
      ModifyVolumeStatus = 1 targetVolumeAttributesClassName text, 2 status text
      PersistentVolume = 1 metadata ObjectMeta, 2 spec VolumeSpec, 3 status VolumeStatus
      VolumeSpec = 1 capacity map:quantity, 2 source ^VolumeSource, 3 accessModes []text,\
       4 claimRef ObjectReference, 5 persistentVolumeReclaimPolicy text, 6 storageClassName text,\
       7 mountOptions []text, 8 volumeMode text, 9 nodeAffinity VolumeNodeAffinity,\
       10 volumeAttributesClassName text
      VolumeSource = 3 hostPath HostPath, 5 nfs Nfs, 20 local Local, 22 csi CsiSource
      HostPath = 1 path text, 2 type text
      Nfs = 1 server text, 2 path text, 3 readOnly truth
      Local = 1 path text, 2 fsType text
      CsiSource = 1 driver text, 2 volumeHandle text, 3 readOnly truth, 4 fsType text,\
       5 volumeAttributes map:text, 6 controllerPublishSecretRef SecretReference,\
       7 nodeStageSecretRef SecretReference, 8 nodePublishSecretRef SecretReference,\
       9 controllerExpandSecretRef SecretReference, 10 nodeExpandSecretRef SecretReference
      VolumeNodeAffinity = 1 required NodeSelector
      NodeSelector = 1 nodeSelectorTerms []NodeSelectorTerm
      NodeSelectorTerm = 1 matchExpressions []Requirement, 2 matchFields []Requirement
      VolumeStatus = 1 phase text, 2 message text, 3 reason text, 4 lastPhaseTransitionTime time
      SelfSubjectReview = 1 metadata ObjectMeta, 2 status skip
      SelfSubjectAccessReview = 1 metadata ObjectMeta, 2 spec AccessReviewSpec, 3 status skip
      AccessReviewSpec = 1 resourceAttributes ResourceAttributes,\
       2 nonResourceAttributes NonResourceAttributes
      ResourceAttributes = 1 namespace text, 2 verb text, 3 group text, 4 version text,\
       5 resource text, 6 subresource text, 7 name text
      NonResourceAttributes = 1 path text, 2 verb text
      SelfSubjectRulesReview = 1 metadata ObjectMeta, 2 spec RulesReviewSpec, 3 status skip
      RulesReviewSpec = 1 namespace text
      """;

  private record Part(String name, String type) {}

  private static final Map<String, Map<Integer, Part>> MESSAGES =
      TABLE
          .lines()
          .map(line -> line.split(" = ", 2))
          .collect(Collectors.toUnmodifiableMap(line -> line[0], line -> parts(line[1])));

  private static Map<Integer, Part> parts(String text) {
    var parts = new LinkedHashMap<Integer, Part>();
    for (String part : text.split(", *", -1)) {
      var words = part.split(" ", -1);
      parts.put(Integer.valueOf(words[0]), new Part(words[1], words[2]));
    }
    return parts;
  }

  static boolean knows(String message) {
    return MESSAGES.containsKey(message);
  }

  /// Reads a message as an object's fields.
  ///
  /// @throws ProtobufReader.Malformed when the bytes are no such message
  static Tree read(String message, byte[] bytes) {
    var parts = MESSAGES.getOrDefault(message, Map.of());
    var fields = new LinkedHashMap<String, Tree>();
    var reader = new ProtobufReader(bytes);
    while (reader.hasMore()) {
      var field = reader.field();
      var part = parts.get(field.number());
      if (part != null) add(fields, part, field);
      else if (!field.isZero())
        throw new ProtobufReader.Malformed(
            "field %d of %s is not served in protobuf".formatted(field.number(), message));
    }
    return new Tree.Fields(fields);
  }

  private static void add(Map<String, Tree> fields, Part part, Field field) {
    var type = part.type();
    if (type.startsWith("[]")) {
      var items = new ArrayList<>(fields.getOrDefault(part.name(), Tree.list(List.of())).items());
      items.add(value(type.substring(2), field));
      fields.put(part.name(), Tree.list(items));
    } else if (type.startsWith("map:")) {
      var entry = entry(type.substring(4), field);
      var map = fields.getOrDefault(part.name(), Tree.empty());
      fields.put(part.name(), map.with(entry.getValue(), entry.getKey()));
    } else if (type.startsWith("^")) {
      fields.putAll(read(type.substring(1), field.bytes()).fields());
    } else {
      var value = value(type, field);
      if (!value.isNothing()) fields.put(part.name(), value);
    }
  }

  private static Map.Entry<String, Tree> entry(String type, Field field) {
    var key = "";
    var value = empty(type);
    var reader = new ProtobufReader(field.bytes());
    while (reader.hasMore()) {
      var part = reader.field();
      if (part.number() == 1) key = text(part);
      if (part.number() == 2) value = value(type, part);
    }
    return Map.entry(key, value);
  }

  private static Tree empty(String type) {
    return type.equals("quantity") ? Tree.of("0") : Tree.of("");
  }

  private static Tree value(String type, Field field) {
    return switch (type) {
      case "text" -> Tree.of(text(field));
      case "truth" -> Tree.of(field.value() != 0);
      case "whole" -> Tree.of(field.value());
      case "bytes" -> Tree.of(Base64.getEncoder().encodeToString(field.bytes()));
      case "time", "micros" -> time(field);
      case "quantity" -> quantity(field);
      case "skip" -> Tree.nothing();
      default -> read(type, field.bytes());
    };
  }

  private static String text(Field field) {
    return new String(field.bytes(), StandardCharsets.UTF_8);
  }

  private static Tree quantity(Field field) {
    var reader = new ProtobufReader(field.bytes());
    var text = "0";
    while (reader.hasMore()) {
      var part = reader.field();
      if (part.number() == 1) text = text(part);
    }
    return Tree.of(text);
  }

  /// Seconds and nanoseconds; zero for none.
  private static Tree time(Field field) {
    long seconds = 0;
    long nanos = 0;
    var reader = new ProtobufReader(field.bytes());
    while (reader.hasMore()) {
      var part = reader.field();
      if (part.number() == 1) seconds = part.value();
      if (part.number() == 2) nanos = part.value();
    }
    if (seconds == 0 && nanos == 0) return Tree.nothing();
    return Tree.of(Instant.ofEpochSecond(seconds, nanos).toString());
  }
}
