package dev.moorage.rules;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;

/// Classes that access what they should not: to be used behind `noClasses().should(...)`.
final class NotAccess extends ArchCondition<JavaClass> {
  private final Predicate<JavaAccess<?>> forbidden;

  NotAccess(String what, Predicate<JavaAccess<?>> forbidden) {
    super(what);
    this.forbidden = forbidden;
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    for (var access : type.getAccessesFromSelf())
      if (forbidden.test(access))
        events.add(SimpleConditionEvent.satisfied(access, access.getDescription()));
  }
}
