package dev.moorage.cli.api;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads spans of time as kubectl's users write them: `90s`, `2m`, `1h30m`.
public final class Durations implements ITypeConverter<Duration> {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}(\\.\\d{1,3})?s)?");

  /// Made by the command line.
  public Durations() {}

  @Override
  public Duration convert(String text) {
    if (text.equals("0")) return Duration.ZERO;
    if (text.isEmpty() || !FORM.matcher(text).matches())
      throw new TypeConversionException(text + " is no span of time; those are like 90s or 2m");
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }
}
