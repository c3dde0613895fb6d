package io.drover.definition.fromargv.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An element of the definition while it grows. */
public final class MutableElement {
  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<MutableElement> children = new ArrayList<>();
  private String text = "";

  public MutableElement(String name) {
    this.name = name;
  }

  /** Adds a child and answers it. */
  public MutableElement add(String child) {
    MutableElement added = new MutableElement(child);
    children.add(added);
    return added;
  }

  /** The first child of this name, which is added when there is none. */
  public MutableElement part(String child) {
    for (MutableElement known : children) {
      if (known.name.equals(child)) {
        return known;
      }
    }
    return add(child);
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** Does this to the element and to all in it, from the outside inwards. */
  public void walk(Consumer<MutableElement> action) {
    action.accept(this);
    List.copyOf(children).forEach(child -> child.walk(action));
  }

  /** Changes the values of the attributes, by their names. */
  public void eachAttribute(BinaryOperator<String> change) {
    attributes.replaceAll(change);
  }

  public boolean has(String child) {
    return children.stream().anyMatch(known -> known.name.equals(child));
  }

  public @Nullable String get(String attribute) {
    return attributes.get(attribute);
  }

  /** Whether the attribute is set. */
  public boolean says(String attribute) {
    return attributes.containsKey(attribute);
  }

  /** Sets an attribute; null leaves it out. */
  public MutableElement with(String attribute, @Nullable Object value) {
    if (value != null) {
      attributes.put(attribute, value.toString());
    }
    return this;
  }

  /** Sets the text. */
  public MutableElement holding(Object value) {
    text = value.toString();
    return this;
  }

  /** Adds a child with a text; null adds nothing. */
  public MutableElement element(String child, @Nullable Object value) {
    if (value != null) {
      add(child).holding(value);
    }
    return this;
  }

  /** Does this to all children of a name. */
  public void each(String child, Consumer<MutableElement> action) {
    children.stream().filter(known -> known.name.equals(child)).forEach(action);
  }

  public boolean any(String child, Predicate<MutableElement> test) {
    return children.stream().filter(known -> known.name.equals(child)).anyMatch(test);
  }

  /** The child that was added as this one, from 0; null when there are fewer. */
  public @Nullable MutableElement child(int index) {
    return index < children.size() ? children.get(index) : null;
  }

  public int size() {
    return children.size();
  }

  /** Takes over attributes and children of another. */
  void merge(MutableElement other) {
    attributes.putAll(other.attributes);
    children.addAll(other.children);
  }

  public boolean isEmpty() {
    return attributes.isEmpty() && children.isEmpty() && text.isEmpty();
  }

  /** Takes a child away again when nothing came into it. */
  public void dropIfEmpty(MutableElement child) {
    if (child.isEmpty()) {
      children.remove(child);
    }
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString();
  }

  private void write(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach(
        (key, value) ->
            out.append(' ').append(key).append("=\"").append(escape(value)).append('"'));
    out.append('>').append(escape(text));
    children.forEach(child -> child.write(out));
    out.append("</").append(name).append('>');
  }

  private static String escape(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("\n", "&#10;")
        .replace("\r", "&#13;")
        .replace("\t", "&#9;");
  }
}
