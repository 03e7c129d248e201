/// **Manifests**: objects as people write and read them, and the one place in the doors where text
/// becomes trees and trees become text.
///
/// - Comes in: files, folders or a stream of YAML (1.1, as kubectl's users write it) or JSON;
///   trees.
/// - Goes out: [dev.moorage.cli.manifest.Manifest]s in the order of the text, each with its place,
///   lists taken apart; YAML and JSON as kubectl prints them.
/// - Never: guesses. Duplicate keys and broken text are refused with file, line and column.
package dev.moorage.cli.manifest;
