package dev.moorage.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.cli.manifest.ManifestReader;
import org.junit.jupiter.api.Test;

class TreeLinesTest {
  private static void check(String yaml, String lines) {
    var tree = ManifestReader.text("test", yaml).getFirst().tree();
    assertThat(TreeLines.of(tree.without("apiVersion").without("kind")))
        .isEqualTo(lines.lines().toList());
  }

  @Test
  void fields_stand_one_below_the_other() {
    check(
        """
        apiVersion: v1
        kind: K
        storageClassName: fast
        modes: [a, b]
        uid: u
        labels: {app.kubernetes.io/name: x, someName: z}
        resources: {requests: {storage: 1Gi}}
        empty: {}
        none:
        text: "one\\ntwo\\n"
        """,
        """
        Storage Class Name:  fast
        Modes:               a, b
        UID:                 u
        Labels:
          app.kubernetes.io/name:  x
          someName:                z
        Resources:
          Requests:
            Storage:  1Gi
        Empty:               <none>
        None:                <none>
        Text:
          one
          two
        """);
  }

  @Test
  void lists_of_small_objects_are_tables_with_the_message_last() {
    check(
        """
        apiVersion: v1
        kind: K
        conditions:
        - {type: Ready, message: "all is well", status: "True"}
        - {type: Resizing, status: "False"}
        containers:
        - name: a
          command: [sh, -c]
          mounts: [{name: v, path: {deep: 1}}]
        - {}
        """,
        """
        Conditions:
          Type       Status   Message
          ----       ------   -------
          Ready      True     all is well
          Resizing   False
        Containers:
          - Name:     a
            Command:  sh, -c
            Mounts:
              - Name:  v
                Path:
                  Deep:  1
          - <none>
        """);
  }
}
