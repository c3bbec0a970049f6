//! The words of the line that is completed, as each shell hands them over.

use std::ffi::OsString;

use crate::cli::Environment;

/// Where bash divides words beside white space, of what stands in words of ours.
const BASH_BREAKS: [char; 3] = [':', '=', '@'];

/// The words, the program's name first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) all: Vec<OsString>,
    /// The one that is completed.
    pub(super) index: usize,
    /// The beginning of that word which the shell keeps, and does not want in a candidate.
    pub(super) kept: String,
}

impl Words {
    pub(super) fn read(shell: &str, words: &[OsString], environment: &Environment<'_>) -> Self {
        let last = words.len().saturating_sub(1);
        let told = environment.variable("_CLAP_COMPLETE_INDEX").and_then(|index| index.parse().ok());
        let index: usize = match shell {
            "fish" | "powershell" => last,
            _ => told.unwrap_or(last),
        };
        let mut words = words.to_vec();
        // zsh leaves an empty word at the end out.
        if words.len() <= index {
            words.push(OsString::new());
        }
        let index = index.min(words.len() - 1);
        if shell == "bash" { Self::joined(&words, index) } else { Self { all: words, index, kept: String::new() } }
    }

    /// bash divides `--store file:a.db` into four words: put together again what it divided.
    fn joined(words: &[OsString], index: usize) -> Self {
        let is_break = |word: &OsString| {
            word.to_str().is_some_and(|word| !word.is_empty() && word.chars().all(|c| BASH_BREAKS.contains(&c)))
        };
        let mut joined = Self { all: Vec::new(), index: 0, kept: String::new() };
        for (i, word) in words.iter().enumerate() {
            let goes_on = i > 1 && (is_break(word) || is_break(&words[i - 1]));
            let kept = match joined.all.last_mut().filter(|_| goes_on) {
                Some(last) => {
                    let kept = last.to_string_lossy().into_owned();
                    last.push(word);
                    kept
                }
                None => {
                    joined.all.push(word.clone());
                    String::new()
                }
            };
            if i == index {
                joined.index = joined.all.len() - 1;
                joined.kept = kept;
            }
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bash_gets_its_words_back() {
        let joined = |words: &[&str], index| {
            let words: Vec<OsString> = words.iter().map(OsString::from).collect();
            let Words { all, index, kept } = Words::joined(&words, index);
            let all: Vec<String> = all.into_iter().map(|word| word.into_string().unwrap()).collect();
            (all.join(" "), index, kept)
        };
        let expected = |line: &str, index, kept: &str| (line.to_owned(), index, kept.to_owned());
        assert_eq!(joined(&["p", "node", "get", "n"], 3), expected("p node get n", 3, ""));
        assert_eq!(
            joined(&["p", "--store", "etcd", ":", "//h", ":", "1", "node", "get", ""], 9),
            expected("p --store etcd://h:1 node get ", 5, "")
        );
        assert_eq!(joined(&["p", "--context", "=", "pr"], 3), expected("p --context=pr", 1, "--context="));
        assert_eq!(joined(&["p", "get", "a", "@", "b", "c"], 4), expected("p get a@b c", 2, "a@"));
    }
}
