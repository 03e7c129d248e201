package dev.moorage.host.sim;

import dev.moorage.base.Bytes;
import dev.moorage.host.LoopDevices.Loop;
import dev.moorage.host.LoopDevices.Options;

/// An attached loop device.
final class LoopDevice {
  final Node.Device node;
  final Node.File image;
  final KernelMount through; // the mount through which the image was opened: it stays busy
  final Options options;
  final boolean directIo;
  String path;
  Bytes size;
  boolean writeProtected;
  boolean discard;

  LoopDevice(Node.Device node, KernelMount.Place image, Options options, boolean directIo) {
    this.node = node;
    this.image = (Node.File) image.node();
    this.through = image.through();
    this.options = options;
    this.directIo = directIo;
    this.path = image.path();
    this.size = this.image.size;
    this.writeProtected = options.readOnly();
    this.discard = options.discard();
  }

  Loop shown() {
    return new Loop(
        node.path(), path + (image.linked ? "" : " (deleted)"), size, directIo, discard);
  }
}
