/// **Conformance**: does a CSI driver, ours or anybody's, keep the rules?
///
/// - Comes in: a driver as a [dev.moorage.csi.Csi], the node it serves as a
///   [dev.moorage.host.Host], [Options].
/// - Goes out: calls; files and folders below one folder; a [Report] with one [Outcome] per check
///   and the calls that led to it. It cleans up after itself.
/// - A check is one sentence with the source of its rule, what it needs, and a few lines over a
///   [Bench]. They stand in files by topic, named `...Checks`.
/// - Never: counts as passed what it did not run; looks into a driver.
package dev.moorage.conformance;
