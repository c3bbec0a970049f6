//! Changing the configuration file without losing anything of it.

use toml_edit::{DocumentMut, Item, Value};

/// The text with another current context; comments, order and keys that this version does not know stay.
///
/// # Errors
/// Not valid TOML, or without that context, in words.
pub(in crate::cli) fn with_current_context(text: &str, name: &str) -> Result<String, String> {
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| format!("no valid TOML: {}", error.message()))?;
    let contexts = document.get("contexts").and_then(Item::as_table_like);
    if !contexts.is_some_and(|contexts| contexts.get(name).is_some_and(Item::is_table_like)) {
        return Err(format!("there is no context {name:?}"));
    }
    let mut value = Value::from(name);
    match document.get_mut("current_context") {
        Some(Item::Value(before)) => {
            *value.decor_mut() = before.decor().clone();
            *before = value;
        }
        Some(_) | None => {
            document.insert("current_context", Item::Value(value));
        }
    }
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXTS: &str = "\n# the real one\n[contexts.prod] # careful\nstore = 'etcd:'   # members\nx-ours = [1, 2]\n\n\
                            [contexts.dev]\nstore = \"file:a.db\"\n# end\n";

    #[test]
    fn everything_else_stays() {
        let before = format!("# mine\n  current_context   =  'dev' # today\ncolour = \"red\"\n{CONTEXTS}");
        let after = with_current_context(&before, "prod").unwrap();
        assert_eq!(after, before.replace("'dev'", "\"prod\""));
        assert_eq!(with_current_context(&after, "prod").unwrap(), after);
    }

    #[test]
    fn the_key_comes_before_the_tables() {
        let after = with_current_context(CONTEXTS, "dev").unwrap();
        assert_eq!(after, format!("current_context = \"dev\"\n{CONTEXTS}"));
    }

    #[test]
    fn what_cannot_be() {
        assert_eq!(with_current_context(CONTEXTS, "nope").unwrap_err(), "there is no context \"nope\"");
        assert_eq!(with_current_context("", "prod").unwrap_err(), "there is no context \"prod\"");
        assert!(with_current_context("= =", "prod").unwrap_err().starts_with("no valid TOML"));
    }
}
