package dev.moorage.driver;

import java.util.function.Predicate;

/// A class parameter that a backend takes. It reaches the node in the volume's context.
///
/// @param rule what values it takes, in words, e.g. `1 to 12 letters, digits, . _ -`
/// @param fits whether a value is one of them
public record Parameter(String name, String rule, Predicate<String> fits) {}
