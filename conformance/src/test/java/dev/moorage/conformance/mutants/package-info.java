/// **Wrong drivers**: a correct driver with one seeded bug each, most of them seen in real drivers.
/// They measure a conformance suite: a suite that passes one of them has a hole. They know nothing
/// of the suite. Door: [Mutants#ALL].
package dev.moorage.conformance.mutants;
