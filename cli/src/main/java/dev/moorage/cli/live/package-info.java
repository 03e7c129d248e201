/// **The live house**: real bodies of one machine behind the words, for the demo and for `moor up`.
///
/// - Comes in: a folder, a group. Goes out: the registry on its database, the bodies for the
///   [dev.moorage.stack.Stack], and [dev.moorage.cli.live.Remains]: what of a house is on this
///   machine, and the clearing of it.
/// - Never: decides what is started, or when it ends.
package dev.moorage.cli.live;
