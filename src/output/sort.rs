//! The order of `--sort`.

use std::cmp::Ordering;

use serde_json::Value;

use crate::model::PartitionId;
use crate::model::node::natural_cmp;

/// Compares raw values: numbers by value, partition ids numerically, other text in natural order, nothing last.
#[must_use]
pub(super) fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Greater,
        (_, Value::Null) => Ordering::Less,
        (Value::Number(x), Value::Number(y)) => compare_numbers(x, y),
        _ => {
            let (x, y) = (super::cell::raw_text(a), super::cell::raw_text(b));
            match (PartitionId::parse(&x), PartitionId::parse(&y)) {
                (Ok(p), Ok(q)) => p.cmp(&q),
                _ => natural_cmp(&x, &y),
            }
        }
    }
}

fn compare_numbers(x: &serde_json::Number, y: &serde_json::Number) -> Ordering {
    match (x.as_u64(), y.as_u64()) {
        (Some(x), Some(y)) => x.cmp(&y),
        _ => x.as_f64().unwrap_or(0.0).total_cmp(&y.as_f64().unwrap_or(0.0)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_ids_and_names_in_their_own_order() {
        assert_eq!(compare(&json!(9), &json!(10)), Ordering::Less);
        assert_eq!(compare(&json!(u64::MAX), &json!(u64::MAX - 1)), Ordering::Greater);
        assert_eq!(compare(&json!("node-9"), &json!("node-10")), Ordering::Less);
        assert_eq!(compare(&json!("partition_-5_0001"), &json!("partition_3_0001")), Ordering::Less);
        assert_eq!(compare(&json!(null), &json!("x")), Ordering::Greater);
    }
}
