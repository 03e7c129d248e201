package dev.moorage.kubeclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Selection.Field;
import dev.moorage.kube.Selection.Label;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathsTest {

  @Test
  void objects_stand_under_their_group_and_namespace() {
    assertThat(Paths.of(Kinds.CLAIM, new ObjectKey("default", "data")))
        .isEqualTo("/api/v1/namespaces/default/persistentvolumeclaims/data");
    assertThat(Paths.of(Kinds.STORAGE_CLASS, ObjectKey.cluster("system:a b")))
        .isEqualTo("/apis/storage.k8s.io/v1/storageclasses/system%3Aa%20b");
    assertThat(Paths.in(Kinds.CLAIM, "")).isEqualTo("/api/v1/persistentvolumeclaims");
  }

  @Test
  void selections_are_written_as_selectors() {
    var selection =
        new Selection(
            "apart",
            List.of(
                new Label("a", Label.Test.IN, List.of("1")),
                new Label("b", Label.Test.NOT_IN, List.of("1", "2")),
                new Label("c", Label.Test.EXISTS, List.of()),
                new Label("d", Label.Test.ABSENT, List.of()),
                new Label("e", Label.Test.GREATER, List.of("3"))),
            List.of(
                new Field("metadata.name", "x", true), new Field("spec.text", "a,b=c\\d", false)));
    var path = Paths.of(Kinds.CLAIM, selection);
    assertThat(path).startsWith("/api/v1/namespaces/apart/persistentvolumeclaims?labelSelector=");
    assertThat(URLDecoder.decode(path, StandardCharsets.UTF_8))
        .contains("labelSelector=a=1,b notin (1,2),c,!d,e>3&")
        .endsWith("fieldSelector=metadata.name=x,spec.text!=a\\,b\\=c\\\\d");
  }
}
