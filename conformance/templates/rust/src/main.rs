//! An adapter: requests on standard input, answers on standard output, one line of JSON each.
//! What it speaks for is in codec.rs, which is a toy: put your implementation there.

mod codec;
mod values;

use codec::Refused;
use serde_json::{json, Map, Value as Json};
use std::io::{self, BufRead, Write};

fn hello() -> Json {
    json!({
        "protocol": 1,
        "name": "my-adapter",
        "version": "0.1.0",
        "wordSize": usize::BITS,
        "language": "Rust",
        "runtime": "native",
        "homepage": "https://example.org",
        "issues": "https://example.org/issues",
        // The profile it wants to equal, such as cpython-3.13.0-c; null: it is held to the documentation.
        "engines": [{"id": "only", "follows": null}],
        "roles": ["load", "dump"],
        "protocols": [0, 1, 2, 3, 4, 5],
        // What it has: values:sets, values:sharing, load:names, … Cases that need more are not asked.
        "capabilities": [],
        // What it can tell apart: leave out what your language has only one thing for.
        "distinguishes": ["bytes-str", "int-bool", "int-float", "tuple-list", "dict-order"],
    })
}

fn say(answer: Json) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{answer}")?;
    output.flush()
}

/// What the implementation did under this key, or how it refused.
fn attempt(mut result: Map<String, Json>, key: &str, done: Result<Json, Refused>) -> Json {
    match done {
        Ok(value) => result.insert(key.into(), value),
        Err(Refused { class, message }) => {
            let mro = [class, "PickleError", "Exception", "BaseException"];
            let refused =
                json!({"class": class, "mro": mro, "message": message, "notes": [], "cause": null});
            result.insert("refused".into(), refused)
        }
    };
    Json::Object(result)
}

fn unhex(digits: &str) -> Vec<u8> {
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap_or(0);
    (0..digits.len()).step_by(2).map(byte).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn list<'a>(request: &'a Json, key: &str) -> &'a [Json] {
    request[key].as_array().map_or(&[], |items| items)
}

fn fields(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// One line for each item, in order, before the next one starts.
fn load(request: &Json) -> io::Result<()> {
    for (index, item) in list(request, "pickles").iter().enumerate() {
        let pickle = unhex(item["pickle"].as_str().unwrap_or(""));
        let result = |engine: &Json| {
            let graph = codec::decode(&pickle).map(|value| values::described(&value));
            attempt(fields(json!({"engine": engine})), "graph", graph)
        };
        let loads: Vec<Json> = list(request, "engines").iter().map(result).collect();
        say(json!({"id": request["id"], "index": index, "loads": loads}))?;
    }
    Ok(())
}

fn dump(request: &Json) -> io::Result<()> {
    for (index, item) in list(request, "values").iter().enumerate() {
        let mut dumps = vec![];
        for engine in list(request, "engines") {
            for protocol in list(request, "protocols") {
                let number = protocol.as_u64().unwrap_or(0);
                let pickle = values::built(item).and_then(|value| codec::encode(&value, number));
                let bytes = pickle.map(|pickle| Json::String(hex(&pickle)));
                let result = fields(json!({"engine": engine, "protocol": protocol}));
                dumps.push(attempt(result, "bytes", bytes));
            }
        }
        say(json!({"id": request["id"], "index": index, "dumps": dumps}))?;
    }
    Ok(())
}

fn main() -> io::Result<()> {
    for line in io::stdin().lock().lines() {
        let request: Json = serde_json::from_str(&line?)?;
        match request["request"].as_str().unwrap_or("") {
            "hello" => say(json!({"id": request["id"], "hello": hello()}))?,
            "load" => load(&request)?,
            "dump" => dump(&request)?,
            "stop" => break,
            other => {
                let message = format!("there is no request {other} here");
                say(json!({"id": request["id"], "error": {"message": message}}))?
            }
        }
    }
    Ok(())
}
