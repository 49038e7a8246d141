import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Between the JSON of the protocol and the values of Codec.java. Floats, bytes, tuples, dicts and sets
 * are yours to add.
 */
final class Values {
  private Values() {}

  private static final BigInteger SAFE = BigInteger.TWO.pow(53).subtract(BigInteger.ONE);

  /** The value that a request describes. */
  static Object built(Object description) {
    if (!(description instanceof Map)) {
      return description;
    }
    Map<?, ?> fields = (Map<?, ?>) description;
    if (fields.containsKey("int")) {
      return new BigInteger((String) fields.get("int"));
    }
    if (!fields.containsKey("list")) {
      throw new Codec.Refused("PicklingError", "cannot write " + fields.keySet() + " yet");
    }
    List<Object> items = new ArrayList<>();
    for (Object item : (List<?>) fields.get("list")) {
      items.add(built(item));
    }
    return items;
  }

  private static Object leaf(Object value, List<List<?>> found) {
    if (value instanceof BigInteger) {
      boolean isSafe = ((BigInteger) value).abs().compareTo(SAFE) <= 0;
      return isSafe ? value : Adapter.fields("int", value.toString());
    }
    if (!(value instanceof List)) {
      return value;
    }
    found.add((List<?>) value);
    return Adapter.fields("at", found.size() - 1);
  }

  /**
   * The graph of a value: objects in a table, breadth first, and what stands at the top. A list that
   * stands in two places is two here: this toy does not say "identity".
   */
  static Object described(Object value) {
    List<List<?>> found = new ArrayList<>();
    Object top = leaf(value, found);
    List<Object> objects = new ArrayList<>();
    for (int at = 0; at < found.size(); at += 1) {
      List<Object> leaves = new ArrayList<>();
      for (Object item : found.get(at)) {
        leaves.add(leaf(item, found));
      }
      objects.add(Adapter.fields("list", leaves));
    }
    return Adapter.fields("value", top, "objects", objects);
  }
}
