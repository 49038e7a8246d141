import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * An adapter: requests on standard input, answers on standard output, one line of JSON each. What it
 * speaks for is in Codec.java, which is a toy: put your implementation there.
 */
public final class Adapter {
  private static final PrintStream OUTPUT =
      new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8);

  private static Map<String, Object> hello() {
    return fields(
        "protocol", 1,
        "name", "my-adapter",
        "version", "0.1.0",
        "wordSize", 64,
        "language", "Java",
        "runtime", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        "homepage", "https://example.org",
        "issues", "https://example.org/issues",
        // The profile it wants to equal, such as cpython-3.13.0-c; null: it is held to the documentation.
        "engines", List.of(fields("id", "only", "follows", null)),
        "roles", List.of("load", "dump"),
        "protocols", List.of(0, 1, 2, 3, 4, 5),
        // What it has: values:sets, values:sharing, load:names, … Cases that need more are not asked.
        "capabilities", List.of(),
        // What it can tell apart: leave out what your language has only one thing for.
        "distinguishes", List.of("bytes-str", "int-bool", "int-float", "tuple-list", "dict-order"));
  }

  /** An object of JSON: keys and values by turns. */
  static Map<String, Object> fields(Object... keysAndValues) {
    Map<String, Object> made = new LinkedHashMap<>();
    for (int at = 0; at < keysAndValues.length; at += 2) {
      made.put((String) keysAndValues[at], keysAndValues[at + 1]);
    }
    return made;
  }

  private static void say(Map<String, Object> answer) {
    OUTPUT.print(Json.write(answer) + "\n");
    OUTPUT.flush();
  }

  /** What the implementation did under this key, or how it refused. Other errors are the adapter's. */
  private static Map<String, Object> attempt(
      Map<String, Object> result, String key, Callable<Object> work) throws Exception {
    try {
      result.put(key, work.call());
    } catch (Codec.Refused refused) {
      List<String> mro = List.of(refused.type, "PickleError", "Exception", "BaseException");
      result.put(
          "refused",
          fields("class", refused.type, "mro", mro, "message", refused.getMessage(),
              "notes", List.of(), "cause", null));
    }
    return result;
  }

  private interface Work {
    List<Object> of(Object item) throws Exception;
  }

  /** One line for each item, in order, before the next one starts. */
  private static void eachItem(Map<?, ?> request, String items, String key, Work work) {
    int index = 0;
    for (Object item : (List<?>) request.get(items)) {
      Map<String, Object> answer = fields("id", request.get("id"), "index", index);
      try {
        answer.put(key, work.of(item));
      } catch (Exception error) {
        answer.put("error", fields("message", String.valueOf(error)));
      }
      say(answer);
      index += 1;
    }
  }

  private static void load(Map<?, ?> request) {
    eachItem(request, "pickles", "loads", item -> {
      byte[] pickle = HexFormat.of().parseHex((String) ((Map<?, ?>) item).get("pickle"));
      List<Object> loads = new ArrayList<>();
      for (Object engine : (List<?>) request.get("engines")) {
        loads.add(
            attempt(fields("engine", engine), "graph", () -> Values.described(Codec.decode(pickle))));
      }
      return loads;
    });
  }

  private static void dump(Map<?, ?> request) {
    eachItem(request, "values", "dumps", item -> {
      List<Object> dumps = new ArrayList<>();
      for (Object engine : (List<?>) request.get("engines")) {
        for (Object protocol : (List<?>) request.get("protocols")) {
          int number = ((Number) protocol).intValue();
          dumps.add(
              attempt(
                  fields("engine", engine, "protocol", protocol),
                  "bytes",
                  () -> HexFormat.of().formatHex(Codec.encode(Values.built(item), number))));
        }
      }
      return dumps;
    });
  }

  public static void main(String[] arguments) throws IOException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      Map<?, ?> request = (Map<?, ?>) Json.read(line);
      switch ((String) request.get("request")) {
        case "hello" -> say(fields("id", request.get("id"), "hello", hello()));
        case "load" -> load(request);
        case "dump" -> dump(request);
        case "stop" -> System.exit(0);
        default -> {
          String message = "there is no request " + request.get("request") + " here";
          say(fields("id", request.get("id"), "error", fields("message", message)));
        }
      }
    }
  }
}
