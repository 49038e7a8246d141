import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as null, Boolean, BigInteger, Double, String, List and Map. Yours may be a library; let it keep
 * integers whole.
 */
final class Json {
  private final String text;
  private int at = 0;

  private Json(String text) {
    this.text = text;
  }

  static Object read(String text) {
    Json json = new Json(text);
    Object value = json.value();
    if (json.next() != '\0') {
      throw json.wrong("the end");
    }
    return value;
  }

  private IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException("at character " + at + " of the line: wanted " + wanted);
  }

  /** The next character that is no blank; at the end, NUL. */
  private char next() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) != -1) {
      at += 1;
    }
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean takes(String token) {
    next();
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private void want(String token) {
    if (!takes(token)) {
      throw wrong(token);
    }
  }

  private Object value() {
    switch (next()) {
      case '{':
        return object();
      case '[':
        return array();
      case '"':
        return string();
      default:
        if (takes("null")) {
          return null;
        }
        if (takes("true")) {
          return true;
        }
        return takes("false") ? (Object) false : number();
    }
  }

  private Map<String, Object> object() {
    Map<String, Object> fields = new LinkedHashMap<>();
    want("{");
    while (next() != '}') {
      if (!fields.isEmpty()) {
        want(",");
        next();
      }
      String key = string();
      want(":");
      fields.put(key, value());
    }
    want("}");
    return fields;
  }

  private List<Object> array() {
    List<Object> items = new ArrayList<>();
    want("[");
    while (next() != ']') {
      if (!items.isEmpty()) {
        want(",");
      }
      items.add(value());
    }
    want("]");
    return items;
  }

  private Object number() {
    int from = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) != -1) {
      at += 1;
    }
    String digits = text.substring(from, at);
    try {
      return digits.matches("-?\\d+") ? (Object) new BigInteger(digits) : Double.valueOf(digits);
    } catch (NumberFormatException error) {
      throw wrong("a value");
    }
  }

  private String string() {
    want("\"");
    StringBuilder made = new StringBuilder();
    while (at < text.length()) {
      char found = text.charAt(at);
      at += 1;
      if (found == '"') {
        return made.toString();
      }
      made.append(found == '\\' ? escaped() : found);
    }
    throw wrong("the end of a string");
  }

  private char escaped() {
    char found = at < text.length() ? text.charAt(at) : '\0';
    at += 1;
    int plain = "\"\\/bfnrt".indexOf(found);
    if (plain != -1) {
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    if (found != 'u' || at + 4 > text.length()) {
      throw wrong("an escape");
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }

  static String write(Object value) {
    StringBuilder made = new StringBuilder();
    write(value, made);
    return made.toString();
  }

  private static void write(Object value, StringBuilder made) {
    if (value instanceof Map) {
      String between = "{";
      for (Map.Entry<?, ?> field : ((Map<?, ?>) value).entrySet()) {
        made.append(between);
        write(field.getKey(), made);
        made.append(':');
        write(field.getValue(), made);
        between = ",";
      }
      made.append(between.equals("{") ? "{}" : "}");
    } else if (value instanceof List) {
      String between = "";
      made.append('[');
      for (Object item : (List<?>) value) {
        made.append(between);
        write(item, made);
        between = ",";
      }
      made.append(']');
    } else if (value instanceof String) {
      made.append('"');
      for (char one : ((String) value).toCharArray()) {
        boolean isPlain = one >= ' ' && one < 127 && one != '"' && one != '\\';
        made.append(isPlain ? String.valueOf(one) : String.format("\\u%04x", (int) one));
      }
      made.append('"');
    } else {
      made.append(value);
    }
  }
}
