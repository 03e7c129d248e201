package dev.moorage.cli.live;

import dev.moorage.base.Bytes;
import dev.moorage.kube.Quantities;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads an option that is a quantity of bytes.
public final class Size implements ITypeConverter<Bytes> {
  /// Made by the command line.
  public Size() {}

  @Override
  public Bytes convert(String text) {
    return Quantities.parse(text)
        .orElseThrow(
            () -> new TypeConversionException(text + " is no size; sizes are like 2Gi or 3000Mi"));
  }
}
