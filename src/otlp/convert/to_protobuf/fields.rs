//! The members of a JSON object, taken one by one by their protobuf names.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde_json::{Map, Value};

use super::LeftOut;

/// The members of an object that are not taken yet. Who takes asks by the name in protobuf's JSON mapping; the one in
/// snake_case is as good.
pub(super) struct Fields<'l> {
    message: &'static str,
    members: Map<String, Value>,
    left_out: &'l mut LeftOut,
}

/// Makes a message of an object: what is not taken is left out.
pub(super) fn message<M: Default>(
    name: &'static str,
    value: Value,
    left_out: &mut LeftOut,
    make: impl FnOnce(&mut Fields<'_>) -> M,
) -> M {
    let Value::Object(members) = value else {
        if !value.is_null() {
            left_out.add(name, "all");
        }
        return M::default();
    };
    let mut fields = Fields { message: name, members, left_out };
    let made = make(&mut fields);
    let Fields { members, left_out, .. } = fields;
    members.iter().filter(|(_, value)| !value.is_null()).for_each(|(field, _)| left_out.add(name, field));
    made
}

impl Fields<'_> {
    /// The member of one of these names; `null` is none.
    pub(super) fn any(&mut self, names: &[&str]) -> Option<Value> {
        let mut take = |name: &str| self.members.remove(name).filter(|value| !value.is_null());
        names.iter().find_map(|name| take(name).or_else(|| take(&snake_case(name))))
    }

    /// A member that `read` makes something of; what it makes nothing of is left out.
    fn read<T>(&mut self, name: &str, read: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let value = self.any(&[name])?;
        let found = read(&value);
        if found.is_none() {
            self.left_out.add(self.message, name);
        }
        found
    }

    pub(super) fn string(&mut self, name: &str) -> Option<String> {
        self.read(name, |value| value.as_str().map(str::to_owned))
    }

    pub(super) fn text(&mut self, name: &str) -> String {
        self.string(name).unwrap_or_default()
    }

    pub(super) fn boolean(&mut self, name: &str) -> Option<bool> {
        self.read(name, Value::as_bool)
    }

    /// An integer: a number or a string of one.
    pub(super) fn integer<T: TryFrom<i128>>(&mut self, name: &str) -> Option<T> {
        self.read(name, integer)
    }

    /// A time: one before 1970 is none, as where it is read to be routed.
    pub(super) fn time(&mut self, name: &str) -> u64 {
        self.read(name, |value| integer::<i128>(value)?.max(0).try_into().ok()).unwrap_or_default()
    }

    pub(super) fn double(&mut self, name: &str) -> Option<f64> {
        self.read(name, double)
    }

    /// A value of an enum: its number, or its name, which `number_of` knows.
    pub(super) fn one_of(&mut self, name: &str, number_of: impl FnOnce(&str) -> Option<i32>) -> i32 {
        let number = |value: &Value| integer(value).or_else(|| number_of(value.as_str()?));
        self.read(name, number).unwrap_or_default()
    }

    /// An id that should have so many bytes: base64 of as many, else hexadecimal.
    pub(super) fn id(&mut self, name: &str, bytes: usize) -> Vec<u8> {
        let id = |value: &Value| {
            let text = value.as_str()?;
            let is_base64 = text.len() != 2 * bytes;
            let whole = base64(text).filter(|id| is_base64 && id.len() == bytes);
            whole.or_else(|| hex(text))
        };
        self.read(name, id).unwrap_or_default()
    }

    pub(super) fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        self.read(name, |value| base64(value.as_str()?))
    }

    /// A list of one of these names, each item made by `make`.
    pub(super) fn list<T>(&mut self, names: &[&str], mut make: impl FnMut(Value, &mut LeftOut) -> T) -> Vec<T> {
        match (self.any(names), names.first()) {
            (Some(Value::Array(items)), _) => items.into_iter().map(|item| make(item, self.left_out)).collect(),
            (Some(_), Some(name)) => {
                self.left_out.add(self.message, name);
                Vec::new()
            }
            (Some(_) | None, _) => Vec::new(),
        }
    }

    /// A list of scalars; items that are none are left out.
    pub(super) fn scalars<T>(&mut self, name: &'static str, read: impl Fn(&Value) -> Option<T>) -> Vec<T> {
        let message = self.message;
        let items = self.list(&[name], |item, left_out| {
            let found = read(&item);
            if found.is_none() {
                left_out.add(message, name);
            }
            found
        });
        items.into_iter().flatten().collect()
    }

    /// A message of one of these names, made by `make`.
    pub(super) fn nested<T>(&mut self, names: &[&str], make: impl FnOnce(Value, &mut LeftOut) -> T) -> Option<T> {
        Some(make(self.any(names)?, self.left_out))
    }
}

fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

/// A number or a string of one; a whole double is one, too.
pub(super) fn integer<T: TryFrom<i128>>(value: &Value) -> Option<T> {
    let whole = |number: f64| (number.fract() == 0.0 && number.abs() < 2e19).then_some(number as i128);
    let number = match value {
        Value::Number(number) => {
            number.as_i64().map(i128::from).or(number.as_u64().map(i128::from)).or_else(|| whole(number.as_f64()?))
        }
        Value::String(text) => text.parse().ok().or_else(|| whole(text.parse().ok()?)),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    T::try_from(number?).ok()
}

/// A number or a string of one, `NaN` and `Infinity` included.
pub(super) fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let is_hex = digits.len().is_multiple_of(2) && digits.iter().all(u8::is_ascii_hexdigit);
    is_hex.then(|| digits.chunks(2).map(byte).collect())?
}

fn base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
}
