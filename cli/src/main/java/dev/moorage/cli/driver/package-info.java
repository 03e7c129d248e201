/// **Our drivers alone**: `moor driver loop` serves one of our drivers as a process of its own, for
/// a pod or beside any other tool that speaks CSI.
///
/// - Comes in: the flags that [dev.moorage.drivermain.DriverMain] gives every driver, and each
///   driver's own.
/// - Goes out: [dev.moorage.cli.driver.Drivers#run] ends the process.
/// - Never: loads the command line's library or the API's; a node's memory is for its pods.
package dev.moorage.cli.driver;
