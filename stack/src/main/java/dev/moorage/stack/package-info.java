/// **Stack**: the wired house. Joins the rooms' doors over given bodies, in one place for `cli` and
/// `sim`, which only choose bodies.
///
/// - Comes in: [Bodies] (API, host, CSI transport), [Settings]. Goes out: running [Part]s, each a
///   crash domain of its own.
/// - Never: decides which body stands behind a word; knows a wire, a thread or a clock.
package dev.moorage.stack;
