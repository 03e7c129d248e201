package dev.moorage.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What a newcomer reads first: STYLE.md, points 34 and 36.
class SignsRulesTest {

  @Test
  void enough_classes_were_seen() {
    House.assertEnoughWereSeen();
  }

  @Test
  void every_package_has_a_sign_on_its_door() {
    var packages =
        House.MODULES.stream()
            .flatMap(module -> House.sourcesOf(module).stream())
            .map(Path::getParent)
            .distinct()
            .toList();
    assertThat(packages).hasSizeGreaterThan(20);
    assertThat(packages).allSatisfy(SignsRulesTest::hasSign);
  }

  private static void hasSign(Path folder) {
    var sign = folder.resolve("package-info.java");
    assertThat(Files.exists(sign)).as("%s exists", sign).isTrue();
    assertThat(House.text(sign)).as(sign.toString()).startsWith("/// **").contains("\n/// - ");
  }

  @Test
  void every_public_type_is_documented() {
    var undocumented = new ArrayList<String>();
    int seen = 0;
    for (var type : House.classes()) {
      if (!isPublic(type)) continue;
      seen++;
      var source = source(type);
      if (!documented(House.text(source), type.getSimpleName()))
        undocumented.add(source.getFileName() + ": " + type.getName());
    }
    assertThat(seen).isGreaterThan(150);
    assertThat(undocumented).isEmpty();
  }

  private static boolean isPublic(JavaClass type) {
    if (type.isAnonymousClass() || type.isLocalClass()) return false;
    if (type.getSimpleName().equals("package-info")) return false;
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(SignsRulesTest::isPublic).orElse(true);
  }

  private static Path source(JavaClass type) {
    var module = House.moduleOf(type).orElseThrow();
    var file = type.getSource().flatMap(found -> found.getFileName()).orElseThrow();
    return module.sources().resolve(type.getPackageName().replace('.', '/')).resolve(file);
  }

  private static final Pattern ANNOTATION =
      Pattern.compile("(?m)^\\s*@\\w+(\\((?:[^()\"]|\"[^\"]*\"|\\([^()]*\\))*\\))?\\s*");

  /// Whether a declaration of that name has a doc comment before it, annotations between allowed.
  private static boolean documented(String source, String name) {
    var declaration =
        Pattern.compile("///.*\\n\\s*[a-z -]*\\b(class|interface|record|enum)\\s+" + name + "\\b");
    return declaration.matcher(ANNOTATION.matcher(source).replaceAll("")).find();
  }
}
