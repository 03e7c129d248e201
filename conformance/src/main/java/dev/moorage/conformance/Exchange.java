package dev.moorage.conformance;

import java.time.Duration;

/// One call and what came of it, with secrets masked.
///
/// @param call with its arguments
/// @param answer the answer, or the code and message of the refusal
/// @param took until the answer was there
public record Exchange(String call, String answer, Duration took) {}
