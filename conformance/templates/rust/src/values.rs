//! Between the JSON of the protocol and the values of codec.rs.
//! Floats, bytes, tuples, dicts and sets are yours to add.

use crate::codec::{refuse, Refused, Value};
use serde_json::{json, Value as Json};

/// The value that a request describes.
pub fn built(description: &Json) -> Result<Value, Refused> {
    match description {
        Json::Null => Ok(Value::None),
        Json::Bool(value) => Ok(Value::Bool(*value)),
        Json::Number(value) => Ok(Value::Int(value.to_string())),
        Json::String(text) => Ok(Value::Str(text.clone())),
        _ => match (description["int"].as_str(), description["list"].as_array()) {
            (Some(digits), _) => Ok(Value::Int(digits.to_string())),
            (_, Some(items)) => {
                let items: Result<Vec<Value>, Refused> = items.iter().map(built).collect();
                Ok(Value::List(items?))
            }
            _ => refuse("PicklingError", format!("cannot write {description} yet")),
        },
    }
}

const SAFE: i64 = (1 << 53) - 1;

fn leaf<'a>(value: &'a Value, lists: &mut Vec<&'a [Value]>) -> Json {
    match value {
        Value::None => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(digits) => match digits.parse::<i64>() {
            Ok(int) if (-SAFE..=SAFE).contains(&int) => json!(int),
            _ => json!({"int": digits}),
        },
        Value::Str(text) => json!(text),
        Value::List(items) => {
            lists.push(items);
            json!({"at": lists.len() - 1})
        }
    }
}

/// The graph of a value: objects in a table, breadth first, and what stands at the top.
pub fn described(value: &Value) -> Json {
    let mut lists = vec![];
    let top = leaf(value, &mut lists);
    let mut objects = vec![];
    let mut at = 0;
    while at < lists.len() {
        let items = lists[at];
        let leaves: Vec<Json> = items.iter().map(|item| leaf(item, &mut lists)).collect();
        objects.push(json!({"list": leaves}));
        at += 1;
    }
    json!({"value": top, "objects": objects})
}
