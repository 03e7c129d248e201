package dev.moorage.conformance;

/// What a check asks of a driver.
///
/// @param id its name for good, e.g. `controller.create.twice`
/// @param says the rule, in one sentence
/// @param source who made the rule: a section of the CSI specification, or what Kubernetes does
public record About(String id, String says, String source) {}
