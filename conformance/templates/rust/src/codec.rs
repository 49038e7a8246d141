//! REPLACE THIS: a toy for None, booleans, ints, strs and lists that refuses the rest.
//! `encode` gives the pickle of a value, `decode` the value of a pickle.

/// The implementation refuses; `class` is what Python would raise.
pub struct Refused {
    pub class: &'static str,
    pub message: String,
}

pub enum Value {
    None,
    Bool(bool),
    /// In decimal: it may be beyond every type of this language.
    Int(String),
    Str(String),
    List(Vec<Value>),
}

pub fn refuse<T>(class: &'static str, message: impl Into<String>) -> Result<T, Refused> {
    Err(Refused { class, message: message.into() })
}

fn write(value: &Value, pickle: &mut Vec<u8>) {
    match value {
        Value::None => pickle.push(b'N'),
        Value::Bool(true) => pickle.extend(b"I01\n"),
        Value::Bool(false) => pickle.extend(b"I00\n"),
        Value::Int(digits) => pickle.extend(format!("L{digits}L\n").as_bytes()),
        Value::Str(text) => {
            pickle.push(b'X');
            pickle.extend((text.len() as u32).to_le_bytes());
            pickle.extend(text.as_bytes());
        }
        Value::List(items) => {
            pickle.push(b'(');
            items.iter().for_each(|item| write(item, pickle));
            pickle.push(b'l');
        }
    }
}

pub fn encode(value: &Value, _protocol: u64) -> Result<Vec<u8>, Refused> {
    let mut pickle = vec![];
    write(value, &mut pickle);
    pickle.push(b'.');
    Ok(pickle)
}

struct Reader<'a> {
    left: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Refused> {
        if count > self.left.len() {
            return refuse("EOFError", "the pickle ends too early");
        }
        let (taken, left) = self.left.split_at(count);
        self.left = left;
        Ok(taken)
    }

    fn line(&mut self) -> Result<String, Refused> {
        match self.left.iter().position(|byte| *byte == b'\n') {
            None => refuse("EOFError", "the pickle ends within a line"),
            Some(end) => Ok(String::from_utf8_lossy(&self.take(end + 1)?[..end]).into_owned()),
        }
    }
}

fn int(line: &str) -> Result<Value, Refused> {
    let digits = line.strip_suffix('L').unwrap_or(line);
    let is_int = !digits.is_empty() && digits.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit());
    if is_int { Ok(Value::Int(digits.to_string())) } else { refuse("ValueError", format!("no int: {line}")) }
}

/// The value of a pickle. On the stack, `None` is a mark.
pub fn decode(pickle: &[u8]) -> Result<Value, Refused> {
    let mut reader = Reader { left: pickle };
    let mut stack: Vec<Option<Value>> = vec![];
    loop {
        match reader.take(1)?[0] {
            0x80 => {
                reader.take(1)?;
            }
            b'N' => stack.push(Some(Value::None)),
            b'K' => stack.push(Some(Value::Int(reader.take(1)?[0].to_string()))),
            b'I' => {
                let line = reader.line()?;
                stack.push(Some(match line.as_str() {
                    "01" => Value::Bool(true),
                    "00" => Value::Bool(false),
                    _ => int(&line)?,
                }))
            }
            b'L' => stack.push(Some(int(&reader.line()?)?)),
            b'X' => {
                let mut length = [0; 4];
                length.copy_from_slice(reader.take(4)?);
                let text = reader.take(u32::from_le_bytes(length) as usize)?;
                match String::from_utf8(text.to_vec()) {
                    Ok(text) => stack.push(Some(Value::Str(text))),
                    Err(_) => return refuse("UnicodeDecodeError", "the str is not UTF-8"),
                }
            }
            b'(' => stack.push(None),
            b'l' => match stack.iter().rposition(Option::is_none) {
                None => return refuse("UnpicklingError", "there is no mark"),
                Some(mark) => {
                    let items = stack.split_off(mark).into_iter().flatten().collect();
                    stack.push(Some(Value::List(items)));
                }
            },
            b'.' => match stack.pop().flatten() {
                None => return refuse("UnpicklingError", "there is no value on the stack"),
                Some(value) => return Ok(value),
            },
            other => return refuse("UnpicklingError", format!("no instruction {other:#04x} here")),
        }
    }
}
