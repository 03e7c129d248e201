/// **House rules**: what STYLE.md and ARCHITECTURE.md forbid, as tests over every class of every
/// module.
///
/// - Comes in: compiled classes and sources of all modules. Goes out: a failed build that names
///   class and line.
/// - There are no frozen violations: a rule that no longer fits is changed here, with the page that
///   states it.
package dev.moorage.rules;
