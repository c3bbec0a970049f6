//! `snapshot export`, `snapshot import`, `snapshot diff`

mod diff;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, Subcommand};

use crate::cli::args::WriteArgs;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::cli::store::StoreAddress;
use crate::cli::{consent, input};
use crate::metadata::snapshot::{self, SnapshotHeader};
use crate::metadata::{InitialRevisions, SnapshotStore, sqlite};
use crate::operations::snapshot::export;
use crate::operations::snapshot_import::{self, moved};
use crate::output::OutputError;
use crate::ports::{Keys, MetadataRead};

/// The offline copy of everything.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum SnapshotCommand {
    /// Write everything under the prefix as one JSON document
    Export(ExportArgs),
    /// Make a new embedded store of a snapshot; never overwrites
    Import(ImportArgs),
    Diff(diff::DiffArgs),
}

/// `snapshot export`
#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArgs {
    /// The file to write; `-` = stdout
    #[arg(value_name = "FILE", default_value = "-")]
    file: String,
    /// Overwrite the file
    #[arg(long)]
    force: bool,
}

/// `snapshot import`
#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    /// The snapshot; `-` = stdin
    #[arg(value_name = "FILE")]
    file: String,
    #[command(flatten)]
    write: WriteArgs,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: SnapshotCommand) -> Result<(), CliError> {
    match command {
        SnapshotCommand::Export(args) => export_snapshot(session, args),
        SnapshotCommand::Import(args) => import_snapshot(session, args),
        SnapshotCommand::Diff(args) => diff::run(session, args),
    }
}

fn export_snapshot(session: &mut Session<'_, '_>, args: ExportArgs) -> Result<(), CliError> {
    let ExportArgs { file, force } = args;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let export = session.wait(export(&store, &keys, at))?;
    let header = SnapshotHeader {
        prefix: keys.prefix().to_owned(),
        revision: export.revision,
        exported_at: session.now(),
        source: store.place().to_owned(),
    };
    if file == "-" {
        let mut printer = session.printer()?;
        snapshot::write(&mut printer.raw(), &header, &export.entries).map_err(OutputError::from)?;
        return Ok(printer.flush()?);
    }
    let path = new_file(&file, force)?;
    write_whole(&path, |out| snapshot::write(out, &header, &export.entries).map(drop))
        .with_context(|| format!("cannot write {file}"))?;
    session.talk().note(&format!("{} keys of revision {} written to {file}", export.entries.len(), export.revision));
    Ok(())
}

/// The path of a file to write, which must not be there unless that is forced.
pub(in crate::cli) fn new_file(file: &str, force: bool) -> Result<PathBuf, CliError> {
    let path = PathBuf::from(file);
    if path.exists() && !force {
        return Err(CliError::input_hint(format!("{file} exists already"), "--force overwrites it"));
    }
    Ok(path)
}

/// Writes a file under a temporary name and renames it, so that no half file stands under the final name.
pub(in crate::cli) fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(name);
    let result = (|| {
        let mut out = BufWriter::new(File::create_new(&temporary)?);
        write(&mut out)?;
        out.flush()?;
        out.get_ref().sync_all()?;
        std::fs::rename(&temporary, path)
    })();
    if result.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    result
}

fn import_snapshot(session: &mut Session<'_, '_>, args: ImportArgs) -> Result<(), CliError> {
    let ImportArgs { file, write } = args;
    consent::check(session, &write)?;
    let choice = session.store_choice()?;
    let path = match &choice.address {
        StoreAddress::File(path) => path,
        StoreAddress::Etcd(_) => return import_into(session, &file, &write),
        StoreAddress::Snapshot(_) | StoreAddress::SnapshotStdin => {
            return Err(CliError::usage("a snapshot is imported into an etcd or a file: name one with --store"));
        }
    };
    sqlite::refuse_if_there(path)?;
    let text = input::read_bytes(session.environment(), &file)?;
    let snapshot = SnapshotStore::parse(format!("snapshot:{file}"), &text)?;
    let header = snapshot.header().clone();
    let lines = vec![format!(
        "create {choice} from {file}: {} keys under {}/, revision {}",
        snapshot.entries().len(),
        header.prefix,
        header.revision
    )];
    if consent::ask(session, &write, &lines)?.is_none() {
        return Ok(());
    }
    let clock = session.clock();
    // An embedded store holds one cluster, always under the default prefix.
    let keys = Keys::default();
    let entries = moved(&keys, &header.prefix, snapshot.entries());
    sqlite::create(path, clock, entries, InitialRevisions::Kept { revision: header.revision })?;
    session.talk().note(&format!("next: otlp-part --store {} status", choice.address));
    Ok(())
}

/// Into a store that is there, under a prefix that holds nothing.
fn import_into(session: &mut Session<'_, '_>, file: &str, write: &WriteArgs) -> Result<(), CliError> {
    let text = input::read_bytes(session.environment(), file)?;
    let snapshot = SnapshotStore::parse(format!("snapshot:{file}"), &text)?;
    // The cluster that the context names may be the one that is brought back.
    let OpenReader { store, keys, .. } = session.open_reader_of_any()?;
    let plan = session.wait(snapshot_import::plan(&store, &keys, &snapshot.header().prefix, snapshot.entries()))?;
    drop(store);
    let Some(consent) = consent::ask(session, write, &plan.lines())? else { return Ok(()) };
    let audit = consent::audit_context(session, write, "snapshot import");
    let store = session.open_writer()?;
    let mut progress = session.counting("keys", Some(plan.len() as u64));
    let mut show = |keys: usize| progress.set(keys as u64);
    let applied = session.wait(plan.apply(&store, &keys, &audit, consent, &mut show))?;
    progress.finish();
    consent::said_done(session, &applied);
    let argument = session.store_choice()?.argument();
    session.talk().note(&format!("next: otlp-part{argument} status"));
    Ok(())
}
