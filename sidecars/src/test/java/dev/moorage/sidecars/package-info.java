/// Objects and drivers that the sidecars' tests are given.
package dev.moorage.sidecars;
