//! What is looked for.

/// Modules and their floors: imports go down only, never sideways.
const FLOORS: [(&str, u8); 15] = [
    ("model", 0),
    ("partitioner", 1),
    ("placement", 1),
    ("routing", 2),
    ("otlp", 2),
    ("planner", 2),
    ("migration", 2),
    ("ports", 3),
    ("segment", 3),
    ("metadata", 4),
    ("storage", 4),
    ("simulation", 4),
    ("operations", 5),
    ("output", 6),
    ("cli", 7),
];

/// Above this line there may be a runtime.
const FIRST_FLOOR_WITH_TOKIO: u8 = 3;

/// Outside crates with side effects, and the paths behind which they may be named.
const DOORS: [(&str, &[&str]); 25] = [
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
    ("clap_mangen", &["src/cli/"]),
    ("anyhow", &["src/cli/"]),
    ("comfy_table", &["src/output/"]),
    ("indicatif", &["src/output/"]),
    ("rusqlite", &["src/metadata/sqlite/"]),
    ("etcd_client", &["src/metadata/etcd/"]),
    ("tonic", &["src/metadata/etcd/"]),
    ("object_store", &["src/storage/"]),
    ("url", &["src/storage/"]),
    // The servers: metrics, and the receiver.
    ("axum", &["src/cli/commands/auto_rebalance/metrics.rs", "src/cli/commands/data/write/listen/"]),
    ("hyper_util", &["src/storage/objects/connect.rs", "src/cli/commands/data/write/listen/http.rs"]),
    ("hyper_rustls", &["src/storage/objects/connect.rs"]),
    ("http_body_util", &["src/storage/objects/connect.rs"]),
    ("rustls", &["src/storage/objects/connect.rs"]),
    ("rustix", &["src/storage/"]),
    ("getrandom", &["src/main.rs"]),
    ("terminal_size", &["src/main.rs"]),
    ("rpassword", &["src/main.rs"]),
    ("toml_edit", &["src/cli/settings/"]),
    ("std::fs", &["src/cli/", "src/metadata/", "src/storage/"]),
    ("std::env", &["src/main.rs"]),
    ("std::process", &["src/main.rs"]),
    // The operator's own mover.
    ("tokio::process", &["src/storage/command.rs"]),
];

/// Exceptions to doors, each with its reason.
const EXCEPTIONS: [(&str, &str, &str); 6] = [
    ("std::process::id", "src/metadata/sqlite/create.rs", "names a temporary file"),
    ("std::process::id", "src/cli/commands/snapshot/mod.rs", "names a temporary file"),
    ("std::process::id", "src/cli/driving.rs", "tells who holds the lock"),
    ("rustix::process", "src/cli/commands/execute_rebalance/interrupt.rs", "ends at once at the second signal"),
    ("std::process::Command", "src/cli/environment.rs", "starts the operator's editor"),
    ("std::process::Stdio", "src/storage/command.rs", "pipes of the operator's own mover"),
];

/// The longest source file, in lines.
const LINES_MAX: usize = 600;

/// Words that say that something is left undone.
const UNDONE: [&str; 5] = ["TODO", "FIXME", "todo!(", "unimplemented!(", "#[ignore"];

pub(crate) fn floor_of(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// The module that a path belongs to; `None` for `src/lib.rs`, `src/main.rs` and what is not below `src`.
fn module_of(path: &str) -> Option<&str> {
    let (first, _) = path.strip_prefix("src/")?.split_once(['/', '.'])?;
    Some(first).filter(|name| !["lib", "main"].contains(name))
}

/// Everything that is wrong with a file, as `path:line: what`.
pub(crate) fn check(path: &str, text: &str) -> Vec<String> {
    let mut findings = Vec::new();
    let mut find = |line: usize, what: String| findings.push(format!("{path}:{line}: {what}"));
    let lines = text.lines().count();
    if path.starts_with("src/") && lines > LINES_MAX {
        find(lines, format!("{lines} lines, the most is {LINES_MAX}"));
    }
    for (n, line) in (1..).zip(text.lines()) {
        for word in UNDONE.iter().filter(|word| line.contains(**word)) {
            find(n, format!("{word:?} leaves something undone"));
        }
    }
    if path.starts_with("src/") {
        let code = without_comments_and_strings(text);
        imports(path, &code, &mut find);
        doors(path, &code, &mut find);
    }
    findings
}

/// `crate::module` and `otlp_part::module`, also in groups: `use crate::{a, b::C}`.
fn imports(path: &str, code: &str, find: &mut impl FnMut(usize, String)) {
    let Some(own) = module_of(path) else { return };
    let Some(floor) = floor_of(own) else { return };
    for root in ["crate::", "otlp_part::"] {
        for at in places(code, root) {
            let rest = &code[at + root.len()..];
            for (offset, name) in heads(rest) {
                if name == own {
                    continue;
                }
                let line = line_of(code, at + root.len() + offset);
                match floor_of(name) {
                    None if root == "crate::" => find(line, format!("crate::{name} is no module with a floor")),
                    None => {}
                    Some(other) if other < floor => {}
                    Some(other) => find(
                        line,
                        format!("{own} (floor {floor}) imports {name} (floor {other}): imports go down only"),
                    ),
                }
            }
        }
    }
}

/// The first names of a path or of each path in a group, with their offsets.
fn heads(rest: &str) -> Vec<(usize, &str)> {
    let Some(group) = rest.strip_prefix('{') else {
        return identifier(rest).map(|name| (0, name)).into_iter().collect();
    };
    let (mut depth, mut start, mut found) = (1_u32, 0, Vec::new());
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && c == ',') {
            let part = &group[start..i];
            let space = part.len() - part.trim_start().len();
            found.extend(identifier(part.trim_start()).map(|name| (1 + start + space, name)));
            start = i + 1;
        }
        if depth == 0 {
            break;
        }
    }
    found
}

fn identifier(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    Some(&text[..end]).filter(|name| !name.is_empty())
}

fn doors(path: &str, code: &str, find: &mut impl FnMut(usize, String)) {
    // Tests inside the package may use files and processes.
    let tests = code.find("#[cfg(test)]").filter(|_| !path.contains("/tests/")).unwrap_or(code.len());
    let code = if path.contains("/tests/") { "" } else { &code[..tests] };
    for (name, allowed) in DOORS {
        if allowed.iter().any(|door| path.starts_with(door)) {
            continue;
        }
        for at in uses(code, name) {
            let excepted = |(what, file, _): &(&str, &str, &str)| *file == path && code[at..].starts_with(what);
            if !EXCEPTIONS.iter().any(excepted) {
                find(line_of(code, at), format!("{name} is used outside {}", allowed.join(" and ")));
            }
        }
    }
    let low = module_of(path).and_then(floor_of).is_some_and(|floor| floor < FIRST_FLOOR_WITH_TOKIO);
    if low {
        for at in uses(code, "tokio") {
            find(line_of(code, at), format!("tokio is used below floor {FIRST_FLOOR_WITH_TOKIO}"));
        }
    }
}

/// Where a crate or a module of `std` is named: `name::`, `use name;`, and `std` in groups: `use std::{fs, io}`.
fn uses(code: &str, name: &str) -> Vec<usize> {
    let mut found: Vec<usize> = places(code, name)
        .into_iter()
        .filter(|at| {
            let rest = code[at + name.len()..].trim_start();
            let named =
                rest.starts_with("::") || rest.starts_with(';') || rest.starts_with(" as ") || rest.starts_with("as ");
            named && !code[..*at].ends_with("::")
        })
        .collect();
    if let Some(module) = name.strip_prefix("std::") {
        for at in places(code, "std::{") {
            let inside = heads(&code[at + "std::".len()..]);
            found.extend(inside.into_iter().filter(|(_, head)| *head == module).map(|(offset, _)| at + 5 + offset));
        }
    }
    found
}

/// Where a word stands that is no part of a longer one.
fn places(code: &str, word: &str) -> Vec<usize> {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(|at| !code[..*at].ends_with(part))
        .filter(|at| !word.ends_with(part) || !code[at + word.len()..].starts_with(part))
        .collect()
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// The code with comments and the insides of strings as spaces; line breaks and so line numbers stay.
fn without_comments_and_strings(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) =
            raw_string(rest).filter(|_| !out.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        {
            length
        } else if c == '"' {
            string(rest)
        } else if c == '\'' {
            character(rest)
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        out.extend(rest[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &rest[length..];
    }
    out
}

/// The length of a string with its quotes.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return i + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of `r"…"`, `r#"…"#`, `br"…"`.
fn raw_string(text: &str) -> Option<usize> {
    let behind = text.strip_prefix("br").or_else(|| text.strip_prefix("cr")).or_else(|| text.strip_prefix('r'))?;
    let marks = behind.len() - behind.trim_start_matches('#').len();
    let inside = behind[marks..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(marks));
    let closed = inside.find(&end).map_or(inside.len(), |at| at + end.len());
    Some(text.len() - inside.len() + closed)
}

/// The length of a character in quotes; of a lifetime, its quote alone.
fn character(text: &str) -> usize {
    let mut inside = text[1..].chars();
    match (inside.next(), inside.next()) {
        (Some('\\'), _) => text[3..].find('\'').map_or(1, |end| end + 4),
        (Some(c), Some('\'')) => c.len_utf8() + 2,
        _ => 1,
    }
}
