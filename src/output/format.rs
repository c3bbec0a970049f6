//! Output formats and styles.

/// `-o`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns for people.
    #[default]
    Table,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// RFC 4180, raw values.
    Csv,
    /// The row's own id.
    Name,
    /// One field.
    Value(String),
}

impl Format {
    /// Whether errors are JSON too.
    #[must_use]
    pub fn is_json(&self) -> bool {
        matches!(self, Self::Json | Self::Ndjson)
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Table => f.write_str("table"),
            Self::Json => f.write_str("json"),
            Self::Ndjson => f.write_str("ndjson"),
            Self::Csv => f.write_str("csv"),
            Self::Name => f.write_str("name"),
            Self::Value(field) => write!(f, "value={field}"),
        }
    }
}

/// `-o` was given something else.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown output format {0:?}: use table, json, ndjson, csv, name or value=FIELD")]
pub struct FormatError(String);

impl std::str::FromStr for Format {
    type Err = FormatError;
    fn from_str(text: &str) -> Result<Self, FormatError> {
        match text {
            "table" => Ok(Self::Table),
            "json" => Ok(Self::Json),
            "ndjson" => Ok(Self::Ndjson),
            "csv" => Ok(Self::Csv),
            "name" => Ok(Self::Name),
            _ => match text.strip_prefix("value=") {
                Some(field) if !field.is_empty() => Ok(Self::Value(field.to_owned())),
                Some(_) | None => Err(FormatError(text.to_owned())),
            },
        }
    }
}

/// `--color`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// On a terminal without `NO_COLOR`.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How listings are shown.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// `-o`
    pub format: Format,
    /// `--no-headers`
    pub no_headers: bool,
    /// `--columns`
    pub columns: Vec<String>,
    /// `--sort FIELD[:desc]`
    pub sort: Option<(String, bool)>,
    /// `--limit`
    pub limit: Option<u64>,
    /// Whether stdout is a terminal.
    pub terminal: bool,
    /// Whether colours are used.
    pub color: bool,
    /// Whether pictures may use characters beyond ASCII.
    pub unicode: bool,
    /// The terminal's width in columns, if there is one.
    pub width: Option<u16>,
}

impl Style {
    /// The most rows of a list inside a document.
    #[must_use]
    pub fn limit_rows(&self) -> usize {
        self.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX)
    }
}
