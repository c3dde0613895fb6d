package io.drover.it.docs;

import io.drover.it.ProjectFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of a part, read from the source of its {@code @ConfigMapping} interface: the javadoc
 * is the meaning, the annotation the default.
 */
record ConfigurationSource(String part, String prefix, List<Setting> settings) {
  private static final Pattern PREFIX =
      Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
  private static final Pattern PROPERTY =
      Pattern.compile(
          "/\\*\\*(?<doc>(?:[^*]|\\*(?!/))*)\\*/\\s*"
              + "(?:@WithDefault\\(\"(?<default>[^\"]*)\"\\)\\s*)?(?<type>[\\w.<>]+)"
              + " (?<name>\\w+)\\(\\);|@WithDefault\\(\"(?<bareDefault>[^\"]*)\"\\)\\s*(?<bareType>[\\w.<>]+)"
              + " (?<bareName>\\w+)\\(\\);|^  interface (?<nested>\\w+) \\{|(?<end>^  \\}$)",
          Pattern.MULTILINE);
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(DROVER_[A-Z_]+)(?::([^}]*))?}");

  /**
   * One setting.
   *
   * @param value the default; empty when it must be given or may be absent
   */
  record Setting(String name, String type, String value, String meaning) {}

  static ConfigurationSource read(String part, Path source) {
    String text = ProjectFiles.text(ProjectFiles.root().resolve(source));
    Matcher prefix = PREFIX.matcher(text);
    if (!prefix.find()) {
      throw new AssertionError(source + " has no @ConfigMapping");
    }
    TreeMap<String, Setting> found = new TreeMap<>();
    String group = "";
    Matcher each = PROPERTY.matcher(text.substring(prefix.end()));
    while (each.find()) {
      if (each.group("nested") != null) {
        group = dashed(each.group("nested")) + ".";
      } else if (each.group("end") != null) {
        group = "";
      } else if (each.group("name") != null) {
        add(
            found,
            prefix.group(1) + "." + group,
            each.group("name"),
            each.group("type"),
            each.group("default"),
            each.group("doc"));
      } else {
        add(
            found,
            prefix.group(1) + "." + group,
            each.group("bareName"),
            each.group("bareType"),
            each.group("bareDefault"),
            "");
      }
    }
    // A nested group shows as a property of its own type, which is no setting.
    found.values().removeIf(setting -> text.contains("interface " + setting.type() + " {"));
    return new ConfigurationSource(part, prefix.group(1), List.copyOf(found.values()));
  }

  private static void add(
      TreeMap<String, Setting> found,
      String prefix,
      String name,
      String type,
      String value,
      String doc) {
    String key = prefix + dashed(name);
    String meaning = doc.replaceAll("(?m)^\\s*\\*", " ").replaceAll("\\{@code ([^}]*)}", "`$1`");
    found.put(
        key,
        new Setting(
            key, type, value == null ? "" : value, meaning.replaceAll("\\s+", " ").strip()));
  }

  private static String dashed(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** The variables that a part's properties name, with their defaults. */
  static List<String> variables(Path properties) {
    List<String> names = new ArrayList<>();
    Matcher each = VARIABLE.matcher(ProjectFiles.text(ProjectFiles.root().resolve(properties)));
    while (each.find()) {
      names.add(each.group(1));
    }
    return names;
  }

  /** The variables that all parts read by one class. */
  static List<String> inCode(Path source) {
    return Pattern.compile("\"(DROVER_[A-Z_]+)\"")
        .matcher(ProjectFiles.text(ProjectFiles.root().resolve(source)))
        .results()
        .map(each -> each.group(1))
        .toList();
  }

  String table() {
    StringBuilder out = new StringBuilder();
    out.append("\n### ").append(part).append(" (`").append(prefix).append(".*`)\n\n");
    out.append("| setting | type | default | meaning |\n|---|---|---|---|\n");
    for (Setting each : settings) {
      out.append("| `").append(each.name()).append("` | ");
      out.append(each.type().replace("<", "&lt;").replace(">", "&gt;")).append(" | ");
      out.append(each.value().isEmpty() ? "" : "`" + each.value() + "`").append(" | ");
      out.append(each.meaning().replace("|", "\\|")).append(" |\n");
    }
    return out.toString();
  }
}
