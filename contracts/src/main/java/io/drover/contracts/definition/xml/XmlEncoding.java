package io.drover.contracts.definition.xml;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a document's bytes. Not left to the parser, which writes what it cannot decode to the
 * process's standard error.
 */
final class XmlEncoding {
  private static final Pattern DECLARED =
      Pattern.compile("^<\\?xml[^>]{0,100}?encoding\\s{0,9}=\\s{0,9}[\"']([^\"']{0,40})[\"']");
  private static final int DECLARATION_BYTES = 200;

  private XmlEncoding() {}

  /** Decodes by the byte order mark, else as declared, else as UTF-8. */
  static String decode(byte[] document) {
    if (starts(document, 0xef, 0xbb, 0xbf)) {
      return decode(document, 3, StandardCharsets.UTF_8);
    }
    if (starts(document, 0xfe, 0xff)) {
      return decode(document, 2, StandardCharsets.UTF_16BE);
    }
    if (starts(document, 0xff, 0xfe)) {
      return decode(document, 2, StandardCharsets.UTF_16LE);
    }
    return decode(document, 0, declared(document));
  }

  private static boolean starts(byte[] document, int... mark) {
    boolean same = document.length >= mark.length;
    for (int i = 0; same && i < mark.length; i++) {
      same = (document[i] & 0xff) == mark[i];
    }
    return same;
  }

  private static Charset declared(byte[] document) {
    int length = Math.min(document.length, DECLARATION_BYTES);
    Matcher found = DECLARED.matcher(new String(document, 0, length, StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(found.group(1));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new ProblemException(
          ErrorCode.MALFORMED_XML,
          "The encoding '" + found.group(1) + "' is not known; write the document in UTF-8.",
          e);
    }
  }

  private static String decode(byte[] document, int from, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(document, from, document.length - from);
    CharBuffer text =
        CharBuffer.allocate((int) Math.ceil(bytes.remaining() * decoder.maxCharsPerByte()) + 1);
    CoderResult end = decoder.decode(bytes, text, true);
    CoderResult flushed = end.isError() ? end : decoder.flush(text);
    text.flip();
    if (flushed.isError()) {
      throw undecodable(bytes.position(), text.toString(), charset);
    }
    return text.toString();
  }

  private static ProblemException undecodable(int offset, String before, Charset charset) {
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = before.length() - before.lastIndexOf('\n');
    String detail =
        "Byte " + offset + " is no " + charset.name() + " text; write the document in UTF-8.";
    return new ProblemException(
        ErrorCode.MALFORMED_XML,
        detail + " (line " + line + ", column " + column + ")",
        List.of(new Problem.Fault(ErrorCode.MALFORMED_XML, "/", line, column, detail)));
  }
}
