package dev.moorage.kubeserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.ObjectKey;
import dev.moorage.base.sim.SimEntropy;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Selection;
import dev.moorage.kubeserver.registry.Request.UnknownFields;
import dev.moorage.kubeserver.registry.Request.Writing;
import dev.moorage.kubeserver.store.MemoryLog;
import org.junit.jupiter.api.Test;

/// What stands in every namespace.
class FurnitureTest {
  private final Desk desk = new Desk();

  private static final String SHOP = "{'metadata':{'name':'shop'}}";

  @Test
  void every_namespace_has_a_service_account_at_once() {
    desk.create(Kinds.NAMESPACE, SHOP);
    for (String namespace : new String[] {"default", "kube-system", "shop"})
      assertThat(desk.get(Kinds.SERVICE_ACCOUNT, namespace + "/default").text("kind"))
          .isEqualTo("ServiceAccount");
  }

  @Test
  void a_dry_run_of_a_namespace_furnishes_nothing() {
    desk.writing(new Writing(true, UnknownFields.REFUSE)).create(Kinds.NAMESPACE, SHOP);
    assertThat(desk.list(Kinds.SERVICE_ACCOUNT, Selection.ALL, Verb.Page.ALL))
        .extracting(many -> many.items().size())
        .isEqualTo(2);
  }

  @Test
  void the_certificate_stands_in_namespaces_of_before_and_after() {
    desk.registry().trust("one");
    desk.create(Kinds.NAMESPACE, SHOP);
    for (String namespace : new String[] {"default", "kube-system", "shop"})
      assertThat(desk.get(Kinds.CONFIG_MAP, namespace + "/kube-root-ca.crt").text("data", "ca.crt"))
          .isEqualTo("one");
  }

  @Test
  void another_certificate_takes_its_place_and_the_same_one_is_not_written_again() {
    desk.registry().trust("one");
    var first = desk.get(Kinds.CONFIG_MAP, "default/kube-root-ca.crt");
    desk.registry().trust("one");
    assertThat(desk.get(Kinds.CONFIG_MAP, "default/kube-root-ca.crt")).isEqualTo(first);
    desk.registry().trust("two");
    assertThat(desk.get(Kinds.CONFIG_MAP, "default/kube-root-ca.crt").text("data", "ca.crt"))
        .isEqualTo("two");
  }

  @Test
  void what_was_taken_away_comes_back_with_the_next_start() {
    var log = new MemoryLog();
    var tasks = SimTasks.plain();
    var one = Registry.open(tasks.group("one"), log, new SimEntropy(1), Settings.DEFAULT);
    var key = new ObjectKey("default", "default");
    var kube = new RegistryKube(one, tasks, "test");
    kube.delete(Kinds.SERVICE_ACCOUNT, key, Deletion.ANY);
    assertThat(kube.get(Kinds.SERVICE_ACCOUNT, key)).isEmpty();
    var two = Registry.open(tasks.group("two"), log, new SimEntropy(2), Settings.DEFAULT);
    assertThat(new RegistryKube(two, tasks, "test").get(Kinds.SERVICE_ACCOUNT, key)).isPresent();
  }
}
