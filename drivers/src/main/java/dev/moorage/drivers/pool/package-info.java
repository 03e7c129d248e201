/// **Pool**: one filesystem in one image file, in which backends keep their volumes.
///
/// - Comes in: the folder and size from [Pool.Settings]; what volumes need.
/// - Goes out: an image that is allocated in full, a loop device with 4096-byte sectors, a mount;
///   an account of the space, in which two decisions never share a byte.
/// - After a crash: [Pool#open] finds what is there and goes on from it; a small ledger beside the
///   image holds how far the making was.
/// - Never: overwrites an image that it did not make; knows volumes beyond an id and a size.
package dev.moorage.drivers.pool;
