/// **Api**: `moor get`, `describe`, `apply`, `delete` and `watch`: an API server's objects, for
/// people without kubectl. The same words, columns and sentences where they do the same.
///
/// - Comes in: a command line; manifests; any API server's answers over `kube-client`.
/// - Goes out: lines for people, YAML, JSON; writes to the API.
/// - Never: knows a kind by heart that the server could tell of, [dev.moorage.cli.api.Related]
///   apart.
package dev.moorage.cli.api;
