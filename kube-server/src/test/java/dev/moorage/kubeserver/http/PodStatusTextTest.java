package dev.moorage.kubeserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.kubeserver.store.TreeJson;
import org.junit.jupiter.api.Test;

class PodStatusTextTest {

  private static void check(String pod, String expected) {
    assertThat(PodStatusText.of(TreeJson.read(pod.replace('\'', '"')))).isEqualTo(expected);
  }

  @Test
  void the_phase_stands_unless_somebody_knows_better() {
    check("{'status':{'phase':'Pending'}}", "Pending");
    check("{'status':{'phase':'Failed','reason':'Evicted'}}", "Evicted");
    check(
        "{'status':{'phase':'Pending','containerStatuses':"
            + "[{'state':{'waiting':{'reason':'ContainerCreating'}}}]}}",
        "ContainerCreating");
    check(
        "{'status':{'phase':'Failed','containerStatuses':[{'state':{'terminated':"
            + "{'exitCode':3}}}]}}",
        "ExitCode:3");
    check(
        "{'status':{'phase':'Failed','containerStatuses':[{'state':{'terminated':"
            + "{'signal':9}}}]}}",
        "Signal:9");
  }

  @Test
  void init_containers_come_first() {
    check(
        "{'spec':{'initContainers':[{},{}]},'status':{'phase':'Pending','initContainerStatuses':"
            + "[{'state':{'terminated':{'exitCode':0}}},{'state':{'running':{}}}]}}",
        "Init:1/2");
  }

  @Test
  void a_deleted_pod_is_terminating_until_it_has_ended() {
    var deleted =
        "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'},'status':{'phase':'%s'}}";
    check(deleted.formatted("Running"), "Terminating");
    check(deleted.formatted("Succeeded"), "Succeeded");
  }

  @Test
  void a_finished_container_beside_a_running_one_is_not_the_end() {
    check(
        "{'status':{'phase':'Running','conditions':[{'type':'Ready','status':'True'}],"
            + "'containerStatuses':[{'state':{'terminated':{'reason':'Completed'}}},"
            + "{'ready':true,'state':{'running':{}}}]}}",
        "Running");
  }
}
