package io.drover.contracts.definition.xml;

import org.jspecify.annotations.Nullable;

/**
 * The name of an element or attribute.
 *
 * @param namespace its namespace; empty for none
 * @param prefix the prefix that the document used; of no meaning but to show the name again
 */
record XmlName(String namespace, String prefix, String local) {
  static XmlName of(@Nullable String namespace, @Nullable String prefix, String local) {
    return new XmlName(namespace == null ? "" : namespace, prefix == null ? "" : prefix, local);
  }

  boolean is(String otherNamespace, String otherLocal) {
    return local.equals(otherLocal) && namespace.equals(otherNamespace);
  }

  String shown() {
    return prefix.isEmpty() ? local : prefix + ":" + local;
  }
}
