package dev.moorage.host;

/// The kernel, or a tool, refused: what was tried, on what, what was seen, what to do next.
public final class HostException extends RuntimeException {

  /// The errors that callers tell apart; everything else is [#OTHER], with the number in the
  /// message.
  public enum Errno {
    EPERM(1),
    ENOENT(2),
    EIO(5),
    ENXIO(6),
    EAGAIN(11),
    EACCES(13),
    EBUSY(16),
    EEXIST(17),
    ENOTDIR(20),
    EISDIR(21),
    EINVAL(22),
    EFBIG(27),
    ENOSPC(28),
    EROFS(30),
    ENAMETOOLONG(36),
    ENOSYS(38),
    ENOTEMPTY(39),
    ELOOP(40),
    EOPNOTSUPP(95),
    ETIMEDOUT(110),
    EDQUOT(122),
    /// A tool that is needed is not installed; the message names the package.
    NO_TOOL(0),
    /// A tool failed; the message ends with the last line that it said.
    TOOL_FAILED(0),
    OTHER(0);

    private final int number;

    Errno(int number) {
      this.number = number;
    }

    /// The kernel's number; 0 where there is none.
    public int number() {
      return number;
    }
  }

  private final Errno errno;

  /// @param message what was tried, on what, what was seen
  public HostException(Errno errno, String message) {
    super(message + (errno.number() == 0 ? "" : " (" + errno + ")"));
    this.errno = errno;
  }

  /// The error.
  public Errno errno() {
    return errno;
  }

  /// Whether it is this error.
  public boolean is(Errno other) {
    return errno == other;
  }
}
