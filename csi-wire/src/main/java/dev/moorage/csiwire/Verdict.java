package dev.moorage.csiwire;

import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/// Whether a call's end was pronounced by the driver, or made up on this side: an answer that is
/// too large or damaged has codes that a driver gives, too, and says nothing of what it did.
final class Verdict extends ClientStreamTracer.Factory {
  private volatile boolean pronounced;

  @Override
  public ClientStreamTracer newClientStreamTracer(
      ClientStreamTracer.StreamInfo info, Metadata headers) {
    return new ClientStreamTracer() {
      @Override
      public void inboundTrailers(Metadata trailers) {
        pronounced = true;
      }
    };
  }

  boolean isTheDrivers() {
    return pronounced;
  }
}
