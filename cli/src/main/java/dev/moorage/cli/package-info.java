/// **The command `moor`**: reads the command line, chooses the body behind each word, and starts
/// the wired house.
///
/// - Comes in: arguments, signals. Goes out: text for people, exit codes (0 done, 1 failed, 2 wrong
///   use, 3 nothing runs, 128 + n ended by signal n).
/// - Never: holds policy; a rule of CSI or Kubernetes lives in its room.
package dev.moorage.cli;
