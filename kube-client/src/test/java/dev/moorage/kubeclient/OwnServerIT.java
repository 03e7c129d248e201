package dev.moorage.kubeclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.base.ObjectKey;
import dev.moorage.base.Secret;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.OutcomeUnknown;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.Watch.Change;
import dev.moorage.kubeclient.Table.Column;
import dev.moorage.kubeserver.http.Identity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What people's commands ask, and how it goes with a real server over TLS.
class OwnServerIT {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

  private final OwnServer server = new OwnServer();

  @AfterEach
  void end() {
    server.close();
  }

  private static Tree storageClass(String name) {
    return Tree.object("metadata", Tree.object("name", name), "provisioner", "x.y");
  }

  // Trust

  @Test
  void a_server_that_is_not_trusted_gets_nothing() {
    var other =
        Identity.generate(server.clients().tasks().now(), new dev.moorage.base.live.LiveEntropy());
    var access =
        new Access.Direct(server.running().url(), other.caCertificate(), server.running().token());
    var client = KubeClient.connect(server.clients(), access, Settings.DEFAULT);
    var refusal =
        catchThrowableOfType(
            KubeException.class,
            () -> client.kube().create(Kinds.STORAGE_CLASS, storageClass("a")));
    assertThat(refusal).isNotInstanceOf(OutcomeUnknown.class);
    assertThat(refusal.reason()).isEqualTo(Reason.ServiceUnavailable);
    assertThat(refusal)
        .hasMessageStartingWith(
            "cannot reach " + server.running().url() + ": its certificate is not trusted");
  }

  @Test
  void a_wrong_token_is_told_and_not_shown() {
    var access =
        new Access.Direct(
            server.running().url(), server.running().caCertificate(), new Secret("guessed"));
    var client = KubeClient.connect(server.clients(), access, Settings.DEFAULT);
    var refusal = catchThrowableOfType(KubeException.class, () -> client.discovery().all());
    assertThat(refusal.reason()).isEqualTo(Reason.Unauthorized);
    var shown = new StringWriter();
    refusal.printStackTrace(new PrintWriter(shown));
    assertThat(shown.toString())
        .contains(server.running().url() + " does not know the credentials of the given token")
        .doesNotContain("guessed");
  }

  // A server that ends

  @Test
  void a_server_that_ends_ends_its_watches() {
    var kube = server.client().kube();
    var version = kube.list(Kinds.STORAGE_CLASS, Selection.ALL).version();
    try (var watch = kube.watch(Kinds.STORAGE_CLASS, Selection.ALL, version)) {
      kube.create(Kinds.STORAGE_CLASS, storageClass("a"));
      assertThat(watch.next(LONG_ENOUGH)).isPresent();
      server.end();
      var ended =
          catchThrowableOfType(
              KubeException.class,
              () -> {
                while (watch.next(LONG_ENOUGH).isPresent()) {}
              });
      assertThat(ended.reason()).isEqualTo(Reason.ServiceUnavailable);
    }
    var refusal =
        catchThrowableOfType(
            KubeException.class, () -> kube.create(Kinds.STORAGE_CLASS, storageClass("b")));
    assertThat(refusal).isNotNull();
  }

  // Lists

  @Test
  void a_long_list_comes_in_pages() {
    var standard = Settings.DEFAULT;
    var paging =
        new Settings(
            "test",
            standard.requestAtMost(),
            standard.watchAtMost(),
            7,
            standard.changes(),
            standard.proxy());
    var client = server.client(paging);
    for (int i = 0; i < 30; i++)
      client.kube().create(Kinds.STORAGE_CLASS, storageClass("c%02d".formatted(i)));
    var expected = IntStream.range(0, 30).mapToObj("c%02d"::formatted).toList();
    assertThat(client.kube().list(Kinds.STORAGE_CLASS, Selection.ALL).items())
        .extracting(one -> one.meta().name())
        .isEqualTo(expected);
    assertThat(client.tables().list(Kinds.STORAGE_CLASS, Selection.ALL).rows())
        .extracting(row -> row.meta().name())
        .isEqualTo(expected);
  }

  // What there is

  @Test
  void resources_are_found_by_all_their_names() {
    var discovery = server.client().discovery();
    for (var name :
        new String[] {
          "persistentvolumeclaims",
          "persistentvolumeclaim",
          "pvc",
          "PersistentVolumeClaim",
          "pvc.v1"
        })
      assertThat(discovery.find(name))
          .as(name)
          .get()
          .satisfies(found -> {
            assertThat(found.kind().sameAs(Kinds.CLAIM)).isTrue();
            assertThat(found.kind().namespaced()).isTrue();
            assertThat(found.can("list")).isTrue();
            assertThat(found.subresources()).contains("status");
          });
    for (var name : new String[] {"sc", "storageclasses.storage.k8s.io", "sc.v1.storage.k8s.io"})
      assertThat(discovery.find(name).orElseThrow().kind().sameAs(Kinds.STORAGE_CLASS)).isTrue();
    assertThat(discovery.find("storage.k8s.io/v1", "StorageClass")).isPresent();
    assertThat(discovery.find("storage.k8s.io/v2", "StorageClass")).isEmpty();
    assertThat(discovery.find("things")).isEmpty();
    assertThat(discovery.category("all")).extracting(one -> one.kind().plural()).contains("pods");
  }

  @Test
  void the_server_tells_its_version_its_health_and_who_asks() {
    var asked = server.client().server();
    assertThat(asked.version().text("gitVersion")).startsWith("v1.");
    assertThat(asked.text("/readyz")).isEqualTo("ok");
    assertThat(asked.whoAmI().text("username")).isEqualTo("system:moorage:admin");
    assertThat(asked.tree("/api/v1/namespaces/default").text("kind")).isEqualTo("Namespace");
  }

  // Tables

  @Test
  void objects_are_drawn_and_watched_as_rows() {
    var client = server.client();
    client.kube().create(Kinds.STORAGE_CLASS, storageClass("a"));
    var table = client.tables().list(Kinds.STORAGE_CLASS, Selection.ALL);
    assertThat(table.columns()).extracting(Column::name).startsWith("Name", "Provisioner");
    assertThat(table.rows().getFirst().cells()).startsWith(Tree.of("a"), Tree.of("x.y"));
    assertThat(client.tables().get(Kinds.STORAGE_CLASS, ObjectKey.cluster("a")).rows()).hasSize(1);
    try (var watch = client.tables().watch(Kinds.STORAGE_CLASS, Selection.ALL, table.version())) {
      client.kube().create(Kinds.STORAGE_CLASS, storageClass("b"));
      assertThat(watch.next(LONG_ENOUGH))
          .get()
          .isInstanceOfSatisfying(
              Change.Added.class,
              added -> {
                var row = (Table.Row) added.now();
                assertThat(row.meta().name()).isEqualTo("b");
                assertThat(row.cells()).startsWith(Tree.of("b"), Tree.of("x.y"));
              });
    }
  }

  // Ways to write

  @Test
  void a_dry_run_stores_nothing() {
    var kube = server.client().kube();
    var dry = server.client().kube(new Writing(true, Writing.Validation.STRICT, "test", _ -> {}));
    assertThat(dry.create(Kinds.STORAGE_CLASS, storageClass("a")).meta().name()).isEqualTo("a");
    assertThat(kube.get(Kinds.STORAGE_CLASS, ObjectKey.cluster("a"))).isEmpty();
    kube.create(Kinds.STORAGE_CLASS, storageClass("a"));
    dry.change(Kinds.STORAGE_CLASS, ObjectKey.cluster("a"), "", Patch.NONE.annotate("x", "y"));
    dry.delete(Kinds.STORAGE_CLASS, ObjectKey.cluster("a"), Deletion.ANY);
    assertThat(kube.get(Kinds.STORAGE_CLASS, ObjectKey.cluster("a")))
        .get()
        .satisfies(kept -> assertThat(kept.meta().annotations()).isEmpty());
  }

  @Test
  void unknown_fields_are_refused_or_warned_of_as_asked() {
    var odd = storageClass("a").with(Tree.of("red"), "colour");
    var strict = server.client().kube(new Writing(false, Writing.Validation.STRICT, "", _ -> {}));
    var refusal =
        catchThrowableOfType(KubeException.class, () -> strict.create(Kinds.STORAGE_CLASS, odd));
    assertThat(refusal).hasMessageContaining("unknown field \"colour\"");
    var warnings = new ArrayList<String>();
    var warned =
        server.client().kube(new Writing(false, Writing.Validation.WARN, "", warnings::add));
    warned.create(Kinds.STORAGE_CLASS, odd);
    assertThat(warnings).containsExactly("unknown field \"colour\"");
  }

  @Test
  void four_tasks_that_change_one_object_lose_no_change() {
    var kube = server.client().kube();
    kube.create(Kinds.STORAGE_CLASS, storageClass("a"));
    var key = ObjectKey.cluster("a");
    var tasks =
        IntStream.range(0, 4)
            .mapToObj(i ->
                server
                    .clients()
                    .start(
                        "writer",
                        () ->
                            kube.change(
                                Kinds.STORAGE_CLASS,
                                key,
                                "",
                                Patch.NONE.addFinalizer("x.y/f" + i))))
            .toList();
    tasks.forEach(task -> task.await());
    assertThat(kube.get(Kinds.STORAGE_CLASS, key).orElseThrow().meta().finalizers())
        .containsExactlyInAnyOrder("x.y/f0", "x.y/f1", "x.y/f2", "x.y/f3");
  }
}
