//! The one door to the terminal: tables, JSON, CSV, progress, and talk on stderr.
//!
//! stdout is data, stderr is talk. Text from outside is escaped before it reaches a terminal.
//!
//! Invariant: a closed pipe is no error anywhere; it ends the output quietly.

mod bars;
mod cell;
mod escape;
mod execution;
mod format;
mod load;
mod progress;
mod receiving;
mod redraw;
pub mod report;
mod rows;
mod sort;
mod table;
mod talk;

pub use bars::load_bars;
pub use cell::{Cell, Column, Row, Tone};
pub use escape::{escape_json, escape_text};
pub use execution::{ExecutionProgress, TICK_EVERY, Terminal, Whole, eta_in_words, fitting, whole_lines};
pub use format::{ColorChoice, Format, FormatError, Style};
pub use load::{LoadUnit, NodeLoadChange};
pub use progress::{Progress, ProgressMode};
pub use receiving::ReceivingProgress;
pub use redraw::Redraw;
pub use rows::{OutputError, Printer, RowWriter};
pub use talk::Talk;
