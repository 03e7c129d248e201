package dev.moorage.driver;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.host.HostException;

/// The driver's refusals, and the one table from the host's errors to the specification's codes.
final class Refusals {
  private Refusals() {}

  static CsiException invalid(String text) {
    return new CsiException(Code.INVALID_ARGUMENT, text);
  }

  static CsiException notFound(String text) {
    return new CsiException(Code.NOT_FOUND, text);
  }

  static CsiException exists(String text) {
    return new CsiException(Code.ALREADY_EXISTS, text);
  }

  static CsiException precondition(String text) {
    return new CsiException(Code.FAILED_PRECONDITION, text);
  }

  static CsiException exhausted(String text) {
    return new CsiException(Code.RESOURCE_EXHAUSTED, text);
  }

  static CsiException outOfRange(String text) {
    return new CsiException(Code.OUT_OF_RANGE, text);
  }

  static CsiException unimplemented(String text) {
    return new CsiException(Code.UNIMPLEMENTED, text);
  }

  /// What this driver's backend has no interface for.
  static CsiException cannot(String rpc) {
    return unimplemented(rpc + " is not something this driver can do");
  }

  /// Whether a backend refuses to remove something and has not begun.
  static boolean leftAsItWas(CsiException refused) {
    return refused.code() == Code.FAILED_PRECONDITION;
  }

  static CsiException of(HostException failure) {
    return new CsiException(code(failure), String.valueOf(failure.getMessage()), failure);
  }

  private static Code code(HostException failure) {
    return switch (failure.errno()) {
      case ENOSPC, EDQUOT -> Code.RESOURCE_EXHAUSTED;
      case EFBIG -> Code.OUT_OF_RANGE;
      case ETIMEDOUT -> Code.DEADLINE_EXCEEDED;
      // Something outside must change before the same call can succeed.
      case EBUSY, EAGAIN, EPERM, EACCES, EROFS, ENOTEMPTY, EEXIST, ENOSYS, EOPNOTSUPP, NO_TOOL ->
          Code.FAILED_PRECONDITION;
      case ENAMETOOLONG, ELOOP, ENOTDIR, EISDIR -> Code.INVALID_ARGUMENT;
      case EIO -> Code.DATA_LOSS;
      case ENOENT, ENXIO, EINVAL, TOOL_FAILED, OTHER -> Code.INTERNAL;
    };
  }
}
