package dev.moorage.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.cli.manifest.JsonText;
import dev.moorage.cli.manifest.ManifestReader;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Tree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreeWayTest {
  private static Tree read(String fields) {
    return ManifestReader.text("test", "{apiVersion: v1, kind: K, x: " + fields + "}")
        .getFirst()
        .tree()
        .at("x");
  }

  private static void check(
      boolean keyed, String last, String wanted, String live, String expected) {
    var merged = new ThreeWay(keyed).merged(read(last), read(wanted), read(live));
    assertThat(JsonText.line(merged)).isEqualTo(JsonText.line(read(expected)));
    assertThat(ThreeWay.between(read(live), merged).apply(read(live))).isEqualTo(merged);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a field of somebody else's stays       | {a: 1}       | {a: 1}       | {a: 1, b: 2}       | {a: 1, b: 2}
          a field that left the manifest goes    | {a: 1, b: 2} | {a: 1}       | {a: 1, b: 2}       | {a: 1}
          one that is gone already is no matter  | {a: 1, b: 2} | {a: 1}       | {a: 1}             | {a: 1}
          a new field comes                      | {}           | {a: 1}       | {}                 | {a: 1}
          what somebody changed is set again     | {a: 1}       | {a: 1}       | {a: 2}             | {a: 1}
          null takes away                        | {}           | {a: null}    | {a: 1, b: 2}       | {b: 2}
          the same deep inside                   | {o: {a: 1, b: 1}} | {o: {a: 2}} | {o: {a: 1, b: 1, c: 1}} | {o: {a: 2, c: 1}}
          nothing is known of the last time      | ~            | {a: 1}       | {a: 2, b: 2}       | {a: 1, b: 2}
          a text becomes an object               | {a: 1}       | {a: {b: 1}}  | {a: 1}             | {a: {b: 1}}
          """)
  void fields_are_merged(String why, String last, String wanted, String live, String expected) {
    check(true, last, wanted, live, expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          defaults within items stay             | {env: [{name: a}]} | {env: [{name: a, value: 1}]} | {env: [{name: a, more: 2}]} | {env: [{name: a, more: 2, value: 1}]}
          items of somebody else's stay in place | {env: [{name: a}]} | {env: [{name: a}, {name: b}]} | {env: [{name: x}, {name: a}]} | {env: [{name: x}, {name: a}, {name: b}]}
          an item that left the manifest goes    | {env: [{name: a}, {name: b}]} | {env: [{name: b}]} | {env: [{name: a}, {name: b}, {name: c}]} | {env: [{name: b}, {name: c}]}
          mounts are known by their paths        | ~ | {volumeMounts: [{mountPath: /a, name: v}]} | {volumeMounts: [{mountPath: /s, name: t}]} | {volumeMounts: [{mountPath: /s, name: t}, {mountPath: /a, name: v}]}
          ports without a key of their own       | ~ | {ports: [{port: 1}, {port: 1}]} | {ports: [{port: 1}]} | {ports: [{port: 1}, {port: 1}]}
          finalizers are a set                   | {finalizers: [a, b]} | {finalizers: [a]} | {finalizers: [x, a, b]} | {finalizers: [x, a]}
          a list without a key is replaced       | {args: [a, b]} | {args: [a]} | {args: [a, b]} | {args: [a]}
          unless there are only additions        | ~ | {terms: [{a: 1}]} | {terms: [{a: 1, b: 2}]} | {terms: [{a: 1, b: 2}]}
          but not what the last manifest had     | {terms: [{a: 1, b: 2}]} | {terms: [{a: 1}]} | {terms: [{a: 1, b: 2}]} | {terms: [{a: 1}]}
          """)
  void lists_are_merged_by_kubernetes_keys(
      String why, String last, String wanted, String live, String expected) {
    check(true, last, wanted, live, expected);
  }

  @Test
  void lists_of_custom_kinds_are_replaced() {
    check(
        false,
        "{env: [{name: a}]}",
        "{env: [{name: b}]}",
        "{env: [{name: x}]}",
        "{env: [{name: b}]}");
  }

  @Test
  void nothing_to_change_is_no_patch() {
    var live = read("{a: 1, o: {b: 2}, l: [1]}");
    assertThat(ThreeWay.between(live, live)).isEqualTo(Patch.NONE);
  }

  @Test
  void a_change_names_the_innermost_paths() {
    var patch =
        ThreeWay.between(read("{o: {a: 1, b: 2, c: 3}}"), read("{o: {a: 1, b: 3}, m: {x: 1}}"));
    assertThat(patch.paths()).isEqualTo("-o.c, o.b, m");
  }
}
