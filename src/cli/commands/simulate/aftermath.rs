//! A plan carried out, and the cluster afterwards as a snapshot.

use std::path::PathBuf;

use anyhow::Context as _;

use crate::cli::commands::plan::source::PlanSource;
use crate::cli::commands::snapshot::{new_file, write_whole};
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::metadata::snapshot::{self, SnapshotHeader};
use crate::operations::simulate::result::{ResultingCluster, of_nothing, of_store};
use crate::operations::simulate::{Partitions, Simulation, simulate_plan};
use crate::operations::snapshot::export;
use crate::ports::{Keys, MetadataRead as _};

use super::source::Ground;

/// Carries out a plan: a word of the form of a plan's id names a recorded one, any other a file.
pub(super) fn of_plan(session: &mut Session<'_, '_>, ground: &Ground, plan: &str) -> Result<Simulation, CliError> {
    let source = PlanSource::of(plan);
    let read = source.read(session, ground.store.as_ref().map(|(reader, _)| reader))?;
    read.check_cluster(&ground.setup.spec.cluster_id)
        .map_err(|fault| CliError::input_hint(format!("{}: {fault}", source.name()), fault.hint()))?;
    Ok(simulate_plan(&ground.setup, &ground.partitions, &read.document)?)
}

/// `--snapshot-out`
pub(super) struct Out {
    file: String,
    path: PathBuf,
}

impl Out {
    pub(super) fn new(file: String, force: bool) -> Result<Self, CliError> {
        if file == "-" {
            return Err(CliError::usage("--snapshot-out writes a file: stdout has the answer"));
        }
        let path = new_file(&file, force)?;
        Ok(Self { file, path })
    }

    pub(super) fn write(
        &self,
        session: &mut Session<'_, '_>,
        ground: &Ground,
        simulation: &Simulation,
        seed: u64,
    ) -> Result<(), CliError> {
        let Self { file, path } = self;
        let (keys, result, source) = match (&ground.store, &ground.partitions) {
            (Some((OpenReader { store, keys, at }, view)), Partitions::Recorded(..)) => {
                let exported = session.wait(export(store, keys, at.or(Some(view.revision))))?;
                let entries = (exported.entries, exported.revision);
                let result = of_store(keys, entries, &ground.setup, simulation)?;
                (keys.clone(), result, format!("simulation of {}", store.place()))
            }
            (_, Partitions::Recorded(..) | Partitions::Synthetic(_) | Partitions::Measured { .. }) => {
                let result = of_nothing(&Keys::default(), &format!("{seed:032x}"), simulation)?;
                (Keys::default(), result, "simulation".to_owned())
            }
        };
        let ResultingCluster { revision, entries, changed } = result;
        let header = SnapshotHeader { prefix: keys.prefix().to_owned(), revision, exported_at: session.now(), source };
        write_whole(path, |out| snapshot::write(out, &header, &entries))
            .with_context(|| format!("cannot write {file}"))?;
        let talk = format!("{} keys written to {file}, {changed} of them changed or new", entries.len());
        session.talk().note(&talk);
        Ok(())
    }
}
