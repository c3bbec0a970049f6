//! `node remove`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::consent::{self, Question};
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::NodeId;
use crate::operations::ClusterView;
use crate::operations::nodes::removal::{apply, check, remove};

use super::selector::NodeSelector;

/// Remove nodes that nothing speaks against, as `node safe-to-remove` tells.
#[derive(Debug, Args)]
pub(in crate::cli) struct RemoveArgs {
    #[command(flatten)]
    nodes: NodeSelector,
    /// Remove whatever speaks against it; on a terminal the ids are to be typed, elsewhere --yes is needed too
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: RemoveArgs) -> Result<(), CliError> {
    let RemoveArgs { nodes, force, write } = args;
    let selection = nodes.read(session)?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, None, &[]))?;
    let ids = selection.ids(&view)?;
    let against = session.wait(check(&store, &keys, &view, &ids, session.now()))?;
    drop(store);
    let change = remove(&view, &keys, &ids, &against, force)?;
    for obstacle in &against {
        let node = obstacle.node.as_ref().map(|id| format!("{id}: ")).unwrap_or_default();
        session.talk().warn(&format!("forced although {node}{}", obstacle.message));
    }
    let typed = ids.iter().map(NodeId::as_str).collect::<Vec<_>>().join(",");
    let question = if against.is_empty() { Question::YesOrNo } else { Question::Typed(&typed) };
    let Some(consent) = consent::ask_with(session, &write, &change.lines(), question)? else { return Ok(()) };
    let audit = consent::audit_context(session, &write, "node remove");
    let store = session.open_writer()?;
    let applied = session.wait(apply(&store, &keys, (change, &ids), consent, &audit))?;
    consent::said_done(session, &applied);
    Ok(())
}
