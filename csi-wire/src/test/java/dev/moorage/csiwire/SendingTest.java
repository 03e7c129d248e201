package dev.moorage.csiwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// No more of a stream is made than its reader takes.
class SendingTest {

  @Test
  void messages_are_made_only_while_the_caller_takes_them() {
    var caller = new SlowCaller();
    var sending = sending(5, caller);
    sending.sendWhatIsTaken();
    assertThat(caller.heard).isEmpty();
    caller.takes = 2;
    sending.sendWhatIsTaken();
    assertThat(caller.heard).containsExactly("1", "2");
    caller.takes = 9;
    sending.sendWhatIsTaken();
    sending.sendWhatIsTaken();
    assertThat(caller.heard).containsExactly("1", "2", "3", "4", "5", "the end");
  }

  @Test
  void an_empty_stream_ends_at_once_and_once_only() {
    var caller = new SlowCaller();
    var sending = sending(0, caller);
    sending.sendWhatIsTaken();
    sending.sendWhatIsTaken();
    assertThat(caller.heard).containsExactly("the end");
  }

  private static Sending<String> sending(int messages, SlowCaller caller) {
    return new Sending<>(
        IntStream.rangeClosed(1, messages).mapToObj(String::valueOf).iterator(), caller);
  }

  /// Takes a number of messages, then no more.
  private static final class SlowCaller extends ServerCallStreamObserver<String> {
    final List<String> heard = new ArrayList<>();
    int takes;

    @Override
    public boolean isReady() {
      return takes > 0;
    }

    @Override
    public void onNext(String message) {
      takes--;
      heard.add(message);
    }

    @Override
    public void onCompleted() {
      heard.add("the end");
    }

    @Override
    public void onError(Throwable failure) {
      heard.add("failed");
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}
  }
}
