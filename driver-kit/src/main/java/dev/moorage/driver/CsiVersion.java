package dev.moorage.driver;

/// The version of the specification that a driver shows to its callers. Tools of 1.12 fail on
/// capability numbers that they do not know.
public enum CsiVersion {
  /// Health is a condition beside other answers.
  V1_12("1.12"),
  /// Health has calls of its own.
  V1_13("1.13");

  private final String text;

  CsiVersion(String text) {
    this.text = text;
  }

  /// `1.12` or `1.13`.
  @Override
  public String toString() {
    return text;
  }
}
