/// **`moor conformance`**: the suite against any driver's socket, and its report as text, JUnit XML
/// and a page.
///
/// - Comes in: an endpoint, options, a secrets file. Goes out: lines as checks end, a summary, exit
///   code 0 (every rule that was checked holds), 1 (one does not), 2 (wrong use, or no driver).
/// - Ctrl-C ends the check at work, which cleans up, and tells what was found so far.
/// - Never: holds a rule; those live in [dev.moorage.conformance].
package dev.moorage.cli.conformance;
