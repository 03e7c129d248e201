package dev.moorage.kubeclient;

import static dev.moorage.kubeclient.ScriptedServer.cut;
import static dev.moorage.kubeclient.ScriptedServer.json;
import static dev.moorage.kubeclient.ScriptedServer.lines;
import static dev.moorage.kubeclient.ScriptedServer.nothing;
import static dev.moorage.kubeclient.ScriptedServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.base.ObjectKey;
import dev.moorage.base.Secret;
import dev.moorage.base.Stopped;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.OutcomeUnknown;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.Watch.Change;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the client says when a server refuses, is slow, is away or breaks off.
class FaultsIT {
  private static final Kind<Raw> KIND = Kinds.STORAGE_CLASS.raw();
  private static final ObjectKey KEY = ObjectKey.cluster("a");
  private static final Tree OBJECT = Tree.object("metadata", Tree.object("name", "a"));
  private static final String STATUS =
      "{'kind':'Status','apiVersion':'v1','status':'Failure','message':'%s','reason':'%s','code':%d}";
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);
  private static final String TOKEN = "token-of-the-test";

  private final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  private static KubeException refused(ThrowingCallable call) {
    var refusal = catchThrowableOfType(KubeException.class, call);
    assertThat(refusal).isNotNull();
    return refusal;
  }

  private void write() {
    server.client().kube().create(KIND, OBJECT);
  }

  private void read() {
    server.client().kube().get(KIND, KEY);
  }

  // Lost answers

  @Test
  void a_write_whose_answer_is_lost_has_an_unknown_outcome() {
    server.answers(nothing());
    assertThat(refused(this::write))
        .isInstanceOf(OutcomeUnknown.class)
        .hasMessageContaining(
            "POST /apis/storage.k8s.io/v1/storageclasses was sent to " + server.url());
    assertThat(server.requests()).as("a write is sent once").hasSize(1);
    assertThat(refused(() -> server.client().kube().delete(KIND, KEY, Deletion.ANY)))
        .isInstanceOf(OutcomeUnknown.class);
    assertThat(
            refused(
                () -> server.client().kube().change(KIND, KEY, "1", Patch.NONE.annotate("a", "b"))))
        .isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void a_write_whose_answer_breaks_off_has_an_unknown_outcome() {
    server.answers(cut("{'kind':"));
    assertThat(refused(this::write)).isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void a_write_that_is_not_answered_in_time_has_an_unknown_outcome() {
    server.answers(server.never());
    var hasty = hasty(Duration.ofMillis(300));
    assertThat(refused(() -> hasty.kube().create(KIND, OBJECT)))
        .isInstanceOf(OutcomeUnknown.class)
        .hasMessageContaining("no answer in time");
  }

  private KubeClient hasty(Duration requestAtMost) {
    var standard = Settings.DEFAULT;
    return server.client(
        new Settings(
            "test",
            requestAtMost,
            standard.watchAtMost(),
            500,
            standard.changes(),
            standard.proxy()));
  }

  @Test
  void a_write_that_a_gateway_gave_up_has_an_unknown_outcome() {
    server.answers(text(504, "text/html", "<html>gateway timeout</html>"));
    assertThat(refused(this::write)).isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void a_read_that_is_not_answered_is_only_unavailable() {
    server.answers(nothing());
    var refusal = refused(this::read);
    assertThat(refusal).isNotInstanceOf(OutcomeUnknown.class);
    assertThat(refusal.reason()).isEqualTo(Reason.ServiceUnavailable);
    assertThat(refusal).hasMessageContaining(server.url());
  }

  @Test
  void a_write_that_was_not_sent_is_unavailable() throws IOException {
    server.stopListening();
    var refusal = refused(this::write);
    assertThat(refusal).isNotInstanceOf(OutcomeUnknown.class);
    assertThat(refusal.reason()).isEqualTo(Reason.ServiceUnavailable);
    assertThat(refusal).hasMessage("cannot reach " + server.url() + ": connection refused");
  }

  @Test
  void a_server_without_tls_is_named() {
    server.answers(text(400, "text/plain", "what?"));
    var secure = server.url().replace("http://", "https://");
    var client =
        KubeClient.connect(
            server.clients(), new Access.Direct(secure, "", new Secret(TOKEN)), Settings.DEFAULT);
    var refusal = refused(() -> client.kube().create(KIND, OBJECT));
    assertThat(refusal).isNotInstanceOf(OutcomeUnknown.class);
    assertThat(refusal).hasMessage("cannot reach " + secure + ": it does not speak TLS");
  }

  // Refusals

  @Test
  void too_many_requests_are_tried_once_more_after_the_pause() {
    server.answers(
        json(429, STATUS.formatted("too many", "TooManyRequests", 429), "Retry-After: 1"),
        json(201, "{'metadata':{'name':'a','resourceVersion':'7'}}"));
    var created = server.client().kube().create(KIND, OBJECT);
    assertThat(created.meta().version()).isEqualTo("7");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void too_many_requests_are_told_when_it_goes_on() {
    server.answers(
        json(429, STATUS.formatted("too many", "TooManyRequests", 429), "Retry-After: 1"));
    var refusal = refused(this::read);
    assertThat(refusal.reason()).isEqualTo(Reason.TooManyRequests);
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void a_long_pause_is_the_callers() {
    server.answers(
        json(429, STATUS.formatted("too many", "TooManyRequests", 429), "Retry-After: 60"));
    assertThat(refused(this::read).retryAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void causes_and_what_it_is_about_are_read() {
    server.answers(
        json(
            422,
            """
            {'kind':'Status','message':'StorageClass a is invalid','reason':'Invalid','code':422,
            'details':{'name':'a','group':'storage.k8s.io','kind':'StorageClass',
            'causes':[{'reason':'FieldValueRequired','message':'required','field':'provisioner'}]}}\
            """));
    var refusal = refused(this::write);
    assertThat(refusal.reason()).isEqualTo(Reason.Invalid);
    assertThat(refusal.about())
        .isEqualTo(new KubeException.About("storage.k8s.io", "StorageClass", "a"));
    assertThat(refusal.causes())
        .containsExactly(new KubeException.Cause("FieldValueRequired", "required", "provisioner"));
  }

  @Test
  void an_answer_that_is_no_status_is_told_with_its_code() {
    server.answers(text(503, "text/html", "<html>\n<b>no upstream</b></html>"));
    var refusal = refused(this::read);
    assertThat(refusal.reason()).isEqualTo(Reason.ServiceUnavailable);
    assertThat(refusal)
        .hasMessage(
            server.url()
                + " answered to GET /apis/storage.k8s.io/v1/storageclasses/a: HTTP 503, <html>"
                + " <b>no upstream</b></html>");
  }

  @Test
  void an_answer_that_is_no_json_is_told_without_it() {
    server.answers(text(200, "text/html", "<html>log in with hunter2</html>"));
    assertThat(refused(this::read))
        .hasMessageContaining("the answer is no JSON at line 1")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void a_redirect_is_not_followed() {
    server.answers(json(302, "{}", "Location: " + server.url() + "/elsewhere"));
    assertThat(refused(this::read)).hasMessageContaining("HTTP 302");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void no_token_goes_over_plain_http() {
    server.answers(json(200, "{}"));
    server.client().server().version();
    assertThat(server.requests().getFirst().headers()).doesNotContain(TOKEN);
  }

  // Lists

  @Test
  void a_list_that_expires_between_its_pages_is_read_at_once() {
    server.answers(
        json(
            200,
            "{'metadata':{'resourceVersion':'5','continue':'c'},'items':[{'metadata':{'name':'a'}}]}"),
        json(410, STATUS.formatted("too old", "Expired", 410)),
        json(
            200,
            "{'items':[{'metadata':{'name':'b'}},{'metadata':{'name':'a','managedFields':[{}]}}],"
                + "'metadata':{'resourceVersion':'9'}}"));
    var listed = server.client().kube().list(KIND, Selection.ALL);
    assertThat(listed.version()).isEqualTo("9");
    assertThat(listed.items()).extracting(one -> one.meta().name()).containsExactly("a", "b");
    assertThat(listed.items().getFirst().tree())
        .as("items say what they are, and carry no managed fields")
        .isEqualTo(
            OBJECT
                .with(Tree.of("StorageClass"), "kind")
                .with(Tree.of("storage.k8s.io/v1"), "apiVersion"));
    assertThat(server.requests())
        .extracting(ScriptedServer.Request::path)
        .containsExactly(
            "/apis/storage.k8s.io/v1/storageclasses?limit=500",
            "/apis/storage.k8s.io/v1/storageclasses?limit=500&continue=c",
            "/apis/storage.k8s.io/v1/storageclasses");
  }

  // Watches

  private static String event(String type, String version) {
    return "{'type':'%s','object':{'metadata':{'name':'a','resourceVersion':'%s'}}}\n"
        .formatted(type, version);
  }

  @Test
  void a_watch_whose_time_is_over_goes_on_from_what_was_seen() {
    server.answers(
        lines(event("ADDED", "3"), "\n", event("BOOKMARK", "6")), lines(event("DELETED", "8")));
    try (var watch = server.client().kube().watch(KIND, Selection.ALL, "2")) {
      assertThat(watch.next(LONG_ENOUGH)).get().isInstanceOf(Change.Added.class);
      assertThat(watch.next(LONG_ENOUGH)).contains(new Change.Bookmark<>("6"));
      assertThat(watch.next(LONG_ENOUGH)).get().isInstanceOf(Change.Deleted.class);
    }
    assertThat(server.requests().get(0).path()).endsWith("&resourceVersion=2");
    assertThat(server.requests().get(1).path()).endsWith("&resourceVersion=6");
  }

  @Test
  void an_event_may_come_in_pieces() {
    var event = event("ADDED", "3");
    server.answers(lines(event.substring(0, 10), event.substring(10)));
    try (var watch = server.client().kube().watch(KIND, Selection.ALL, "2")) {
      assertThat(watch.next(LONG_ENOUGH)).isPresent();
    }
  }

  @Test
  void a_watch_that_ends_at_once_is_not_opened_again_and_again() {
    server.answers(lines());
    try (var watch = server.client().kube().watch(KIND, Selection.ALL, "2")) {
      assertThat(refused(() -> watch.next(LONG_ENOUGH)).reason())
          .isEqualTo(Reason.ServiceUnavailable);
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void a_watch_that_breaks_off_says_so() {
    server.answers(cut(event("ADDED", "3"), "{'type':'ADDED',"));
    try (var watch = server.client().kube().watch(KIND, Selection.ALL, "2")) {
      assertThat(watch.next(LONG_ENOUGH)).isPresent();
      var ended = refused(() -> watch.next(LONG_ENOUGH));
      assertThat(ended.reason()).isEqualTo(Reason.ServiceUnavailable);
      assertThat(ended).hasMessageContaining("the watch at " + server.url() + " has ended");
    }
  }

  @Test
  void a_version_that_is_too_old_is_expired_wherever_it_is_said() {
    var gone = STATUS.formatted("too old resource version", "Expired", 410);
    server.answers(lines("{'type':'ERROR','object':" + gone + "}\n"), json(410, gone));
    var kube = server.client().kube();
    try (var watch = kube.watch(KIND, Selection.ALL, "2")) {
      assertThat(refused(() -> watch.next(LONG_ENOUGH)).reason()).isEqualTo(Reason.Expired);
    }
    assertThat(refused(() -> kube.watch(KIND, Selection.ALL, "2")).reason())
        .isEqualTo(Reason.Expired);
  }

  @Test
  void a_closed_watch_ends_its_reader() {
    server.answers((request, out) -> {
      cut(event("ADDED", "3")).answer(request, out);
      out.flush();
      server.never().answer(request, out);
    });
    var watch = server.client().kube().watch(KIND, Selection.ALL, "2");
    assertThat(watch.next(LONG_ENOUGH)).isPresent();
    var reader = server.clients().start("reader", () -> watch.next(Duration.ofMinutes(1)));
    watch.close();
    assertThat(refused(() -> reader.await(LONG_ENOUGH))).hasMessageContaining("it was closed");
  }

  @Test
  void the_end_of_the_group_ends_everything() {
    server.answers(server.never());
    var client = server.client();
    var reader = server.clients().start("reader", () -> client.kube().get(KIND, KEY));
    assertThat(reader.await(Duration.ofMillis(100))).isEmpty();
    server.clients().close();
    assertThatExceptionOfType(Stopped.class).isThrownBy(() -> reader.await(LONG_ENOUGH));
    assertThatExceptionOfType(Stopped.class).isThrownBy(() -> client.kube().get(KIND, KEY));
  }

  @Test
  void the_end_of_the_group_cuts_its_connections() {
    var begun = server.tasks().group("test").newGate();
    var left = server.tasks().group("test").newGate();
    server.answers(server.untilTheClientLeaves(begun, left));
    var client = server.client();
    server.clients().start("reader", () -> client.kube().get(KIND, KEY));
    assertThat(begun.await(LONG_ENOUGH)).isTrue();
    server.clients().close();
    assertThat(left.await(LONG_ENOUGH)).isTrue();
  }

  // Older servers

  @Test
  void resources_are_found_on_servers_without_aggregated_discovery() {
    server.answers(
        json(200, "{'kind':'APIVersions','versions':['v1']}"),
        json(
            200,
            "{'groupVersion':'v1','resources':[{'name':'pods','singularName':'','namespaced':true,"
                + "'kind':'Pod','verbs':['get'],'shortNames':['po']},{'name':'pods/status',"
                + "'kind':'Pod','verbs':['get']}]}"),
        json(
            200,
            "{'kind':'APIGroupList','groups':[{'name':'x.y','preferredVersion':{'groupVersion':"
                + "'x.y/v2'},'versions':[{'groupVersion':'x.y/v1'},{'groupVersion':'x.y/v2'}]}]}"),
        json(
            200,
            "{'groupVersion':'x.y/v2','resources':[{'name':'things','kind':'Thing','verbs':[]}]}"),
        json(503, STATUS.formatted("away", "ServiceUnavailable", 503)));
    var discovery = server.client().discovery();
    assertThat(discovery.all()).hasSize(2);
    var pods = discovery.find("po").orElseThrow();
    assertThat(pods.singular()).isEqualTo("pod");
    assertThat(pods.subresources()).containsExactly("status");
    assertThat(discovery.find("things.x.y").orElseThrow().kind().apiVersion()).isEqualTo("x.y/v2");
  }

  @Test
  void a_server_that_draws_no_tables_gives_names_and_times() {
    server.answers(
        json(
            200,
            "{'kind':'List','items':[{'metadata':{'name':'a','creationTimestamp':'2026-01-01T00:00:00Z'}}]}"));
    var table = server.client().tables().list(KIND, Selection.ALL);
    assertThat(table.columns())
        .extracting(Table.Column::name)
        .containsExactly("Name", "Created At");
    assertThat(table.rows().getFirst().cells())
        .containsExactly(Tree.of("a"), Tree.of("2026-01-01T00:00:00Z"));
  }

  // Secrets

  @Test
  void no_failure_shows_the_token() {
    var answers =
        List.of(
            nothing(),
            cut("{"),
            text(500, "text/plain", "no"),
            json(401, STATUS.formatted("Unauthorized", "Unauthorized", 401)));
    for (var answer : answers) {
      server.answers(answer);
      var shown = new StringWriter();
      refused(this::write).printStackTrace(new PrintWriter(shown));
      assertThat(shown.toString()).doesNotContain(TOKEN);
    }
    assertThat(refused(this::read))
        .hasMessageContaining("does not know the credentials of the given token");
    assertThat(Optional.of(new Access.Direct("https://x", "", new Secret(TOKEN))).toString())
        .doesNotContain(TOKEN);
  }
}
