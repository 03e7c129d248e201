/// **Fuzz**: our drivers under requests that nobody sane sends, over their sockets: on a simulated
/// node many of them, on this kernel fewer.
package dev.moorage.cli.fuzz;
