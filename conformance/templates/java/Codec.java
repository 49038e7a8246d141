import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * REPLACE THIS: a toy for None, booleans, ints, strs and lists that refuses the rest. Values are
 * null, Boolean, BigInteger, String and List.
 */
final class Codec {
  private Codec() {}

  /** The implementation refuses; {@code type} is the class that Python would raise. */
  static final class Refused extends RuntimeException {
    final String type;

    Refused(String type, String message) {
      super(message);
      this.type = type;
    }
  }

  private static void write(Object value, ByteArrayOutputStream pickle) {
    if (value == null) {
      pickle.write('N');
    } else if (value instanceof Boolean) {
      pickle.writeBytes(((Boolean) value ? "I01\n" : "I00\n").getBytes(StandardCharsets.US_ASCII));
    } else if (value instanceof BigInteger) {
      pickle.writeBytes(("L" + value + "L\n").getBytes(StandardCharsets.US_ASCII));
    } else if (value instanceof String) {
      byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
      ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length);
      pickle.write('X');
      pickle.writeBytes(length.array());
      pickle.writeBytes(text);
    } else {
      pickle.write('(');
      for (Object item : (List<?>) value) {
        write(item, pickle);
      }
      pickle.write('l');
    }
  }

  /** The pickle of a value. */
  static byte[] encode(Object value, int protocol) {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    write(value, pickle);
    pickle.write('.');
    return pickle.toByteArray();
  }

  private static final Object MARK = new Object();

  private static byte[] take(ByteBuffer pickle, int count) {
    if (count < 0 || count > pickle.remaining()) {
      throw new Refused("EOFError", "the pickle ends too early");
    }
    byte[] taken = new byte[count];
    pickle.get(taken);
    return taken;
  }

  private static String takeLine(ByteBuffer pickle) {
    StringBuilder line = new StringBuilder();
    for (char next = (char) take(pickle, 1)[0]; next != '\n'; next = (char) take(pickle, 1)[0]) {
      line.append(next);
    }
    return line.toString();
  }

  private static Object integer(String line) {
    String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
    try {
      return new BigInteger(digits);
    } catch (NumberFormatException error) {
      throw new Refused("ValueError", "no int: " + line);
    }
  }

  private static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException error) {
      throw new Refused("UnicodeDecodeError", "the str is not UTF-8");
    }
  }

  /** The value of a pickle. */
  static Object decode(byte[] bytes) {
    ByteBuffer pickle = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Object> stack = new ArrayList<>();
    while (true) {
      int opcode = take(pickle, 1)[0] & 0xff;
      switch (opcode) {
        case 0x80 -> take(pickle, 1);
        case 'N' -> stack.add(null);
        case 'K' -> stack.add(BigInteger.valueOf(take(pickle, 1)[0] & 0xff));
        case 'I' -> {
          String line = takeLine(pickle);
          stack.add(Arrays.asList("00", "01").contains(line) ? line.equals("01") : integer(line));
        }
        case 'L' -> stack.add(integer(takeLine(pickle)));
        case 'X' -> {
          byte[] length = take(pickle, 4);
          int count = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
          stack.add(text(take(pickle, count)));
        }
        case '(' -> stack.add(MARK);
        case 'l' -> {
          int mark = stack.lastIndexOf(MARK);
          if (mark == -1) {
            throw new Refused("UnpicklingError", "there is no mark");
          }
          List<Object> items = new ArrayList<>(stack.subList(mark + 1, stack.size()));
          stack.subList(mark, stack.size()).clear();
          stack.add(items);
        }
        case '.' -> {
          if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
            throw new Refused("UnpicklingError", "there is no value on the stack");
          }
          return stack.get(stack.size() - 1);
        }
        default ->
            throw new Refused("UnpicklingError", String.format("no instruction 0x%02x here", opcode));
      }
    }
  }
}
