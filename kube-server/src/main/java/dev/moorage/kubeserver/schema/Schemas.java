package dev.moorage.kubeserver.schema;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.schema.Schema.ListOf;
import dev.moorage.kubeserver.schema.Schema.MapOf;
import dev.moorage.kubeserver.schema.Schema.Merge;
import dev.moorage.kubeserver.schema.Schema.Scalar;
import dev.moorage.kubeserver.schema.Schema.Struct;
import java.util.Map;

/// The schema trees of all kinds, and the parts that they share.
///
/// Field names, types and merge keys follow `k8s.io/api` of Kubernetes 1.36.
public final class Schemas {
  private Schemas() {}

  static final Scalar TEXT = scalar(Schema.Type.TEXT);
  static final Scalar WHOLE = scalar(Schema.Type.WHOLE);
  static final Scalar TRUTH = scalar(Schema.Type.TRUTH);
  static final Scalar TIME = scalar(Schema.Type.TIME);
  static final Scalar MICRO_TIME = scalar(Schema.Type.MICRO_TIME);
  static final Scalar QUANTITY = kept(Schema.Type.QUANTITY);
  static final Scalar WHOLE_OR_TEXT = kept(Schema.Type.WHOLE_OR_TEXT);

  // Go's pointers, and fields that are always written: empty values mean something there.
  static final Scalar KEPT_TEXT = kept(Schema.Type.TEXT);
  static final Scalar KEPT_WHOLE = kept(Schema.Type.WHOLE);
  static final Scalar KEPT_TRUTH = kept(Schema.Type.TRUTH);

  static final Schema TEXTS = new ListOf(KEPT_TEXT, Merge.REPLACE, "");
  static final Schema TEXT_SET = new ListOf(KEPT_TEXT, Merge.SET, "");
  static final Schema TEXT_MAP = new MapOf(KEPT_TEXT);
  static final Schema BYTES_MAP = new MapOf(kept(Schema.Type.BYTES));
  static final Schema QUANTITIES = new MapOf(QUANTITY);

  private static final Struct OWNER_REFERENCE =
      struct()
          .and(KEPT_TEXT, "apiVersion", "kind", "name", "uid")
          .and(KEPT_TRUTH, "controller", "blockOwnerDeletion");

  static final Struct OBJECT_META =
      struct()
          .text("name", "generateName", "namespace", "selfLink", "uid", "resourceVersion")
          .whole("generation")
          .time("creationTimestamp", "deletionTimestamp")
          .and(KEPT_WHOLE, "deletionGracePeriodSeconds")
          .textMaps("labels", "annotations")
          .keyed("ownerReferences", "uid", OWNER_REFERENCE)
          .and(TEXT_SET, "finalizers")
          .list(new Schema.Open(), "managedFields");

  private static final Struct LABEL_REQUIREMENT =
      struct().and(KEPT_TEXT, "key", "operator").texts("values");

  static final Struct LABEL_SELECTOR =
      struct().textMaps("matchLabels").list(LABEL_REQUIREMENT, "matchExpressions").kept();

  private static final Struct NODE_SELECTOR_TERM =
      struct().list(LABEL_REQUIREMENT, "matchExpressions", "matchFields").kept();

  static final Struct NODE_SELECTOR = struct().list(NODE_SELECTOR_TERM, "nodeSelectorTerms").kept();

  static final Struct OBJECT_REFERENCE =
      struct()
          .text("kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath")
          .kept();

  static final Struct SECRET_REFERENCE = struct().text("name", "namespace").kept();

  static final Struct LOCAL_REFERENCE = struct().text("name").kept();

  static final Struct HOST_PATH =
      struct()
          .and(KEPT_TEXT, "path")
          .and(new Scalar(Schema.Type.TEXT, true, Tree.of("")), "type")
          .kept();

  /// The schema of a whole object of this kind.
  ///
  /// @throws IllegalArgumentException for a kind outside [Kinds#ALL]
  public static Struct of(Kind<?> kind) {
    if (kind.sameAs(Kinds.POD)) return PodSchemas.POD;
    if (kind.sameAs(Kinds.CLAIM)) return VolumeSchemas.CLAIM;
    if (kind.sameAs(Kinds.VOLUME)) return VolumeSchemas.VOLUME;
    if (kind.sameAs(Kinds.NAMESPACE)) return CoreSchemas.NAMESPACE;
    if (kind.sameAs(Kinds.NODE)) return CoreSchemas.NODE;
    if (kind.sameAs(Kinds.EVENT)) return CoreSchemas.EVENT;
    if (kind.sameAs(Kinds.SECRET)) return CoreSchemas.SECRET;
    if (kind.sameAs(Kinds.STORAGE_CLASS)) return StorageSchemas.CLASS;
    if (kind.sameAs(Kinds.ATTACHMENT)) return StorageSchemas.ATTACHMENT;
    if (kind.sameAs(Kinds.CSI_DRIVER)) return StorageSchemas.DRIVER;
    if (kind.sameAs(Kinds.CSI_NODE)) return StorageSchemas.NODE;
    if (kind.sameAs(Kinds.CAPACITY)) return StorageSchemas.CAPACITY;
    if (kind.sameAs(Kinds.ATTRIBUTES_CLASS)) return StorageSchemas.ATTRIBUTES_CLASS;
    if (kind.sameAs(Kinds.CONFIG_MAP)) return CoreSchemas.CONFIG_MAP;
    if (kind.sameAs(Kinds.SERVICE_ACCOUNT)) return CoreSchemas.SERVICE_ACCOUNT;
    if (kind.sameAs(Kinds.LEASE)) return CoreSchemas.LEASE;
    throw new IllegalArgumentException("no schema for " + kind.resource());
  }

  static Struct struct() {
    return new Struct(Map.of(), false, false, false);
  }

  /// An object of the API with its metadata.
  static Struct object() {
    return struct().text("apiVersion", "kind").and(OBJECT_META.kept(), "metadata");
  }

  /// A text that is put in where it is absent.
  static Scalar text(String preset) {
    return new Scalar(Schema.Type.TEXT, false, Tree.of(preset));
  }

  /// A text that is put in where it is absent; an empty one is not.
  static Scalar pointer(String preset) {
    return new Scalar(Schema.Type.TEXT, true, Tree.of(preset));
  }

  /// A whole number that is put in where it is absent; zero means something.
  static Scalar whole(long preset) {
    return new Scalar(Schema.Type.WHOLE, true, Tree.of(preset));
  }

  /// A truth value that is put in where it is absent.
  static Scalar truth(boolean preset) {
    return new Scalar(Schema.Type.TRUTH, true, Tree.of(preset));
  }

  private static Scalar scalar(Schema.Type type) {
    return new Scalar(type, false, Tree.nothing());
  }

  private static Scalar kept(Schema.Type type) {
    return new Scalar(type, true, Tree.nothing());
  }
}
