package dev.moorage.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.About;
import dev.moorage.kube.KubeException.Cause;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.OutcomeUnknown;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {
  private static KubeException invalid(String kind, Cause... causes) {
    return new KubeException(
        Reason.Invalid, "said", new About("", kind, "data"), List.of(causes), Duration.ZERO);
  }

  private static void check(KubeException refused, String sentence) {
    assertThat(Sentences.of(refused)).isEqualTo(sentence);
  }

  @Test
  void a_refusal_is_worded_as_kubectl_words_it() {
    check(
        Sentences.notFound(Kinds.STORAGE_CLASS, "x"),
        "Error from server (NotFound): storageclasses.storage.k8s.io \"x\" not found");
    check(new KubeException(Reason.Unknown, "broken"), "Error from server: broken");
    var one = new Cause("", "Forbidden: no", "spec");
    var two = new Cause("", "Required value", "spec.accessModes");
    check(invalid("Pod", one), "The Pod \"data\" is invalid: spec: Forbidden: no");
    check(invalid("", one), "The request is invalid: spec: Forbidden: no");
    check(invalid("Pod"), "The request is invalid: said");
    check(
        invalid("Pod", one, two),
        "The Pod \"data\" is invalid:\n* spec: Forbidden: no\n* spec.accessModes: Required value");
  }

  @Test
  void what_no_server_said_is_not_put_into_its_mouth() {
    check(new OutcomeUnknown("POST may have been done"), "moor: POST may have been done");
    check(
        new KubeException(Reason.ServiceUnavailable, "cannot reach https://h: connection refused"),
        "moor: cannot reach https://h: connection refused; is it running? (./moor up, ./moor status)");
  }
}
