package io.drover.contracts.definition.xml;

/**
 * What a document may cost at most. Each limit is checked while scanning, before anything is built
 * of what would pass it.
 *
 * @param bytes size of the document; characters when it is given as text
 * @param depth elements inside one another
 * @param elements elements in all
 * @param attributes attributes of one element
 * @param valueChars characters of one attribute or of one element's text
 * @param faults faults that are listed; further ones are only counted
 */
public record XmlLimits(
    int bytes, int depth, int elements, int attributes, int valueChars, int faults) {
  /** The limits of a domain definition. */
  public static final XmlLimits DOMAIN = new XmlLimits(256 * 1024, 32, 10_000, 64, 64 * 1024, 100);
}
