//! What is asked of `simulate`: the words of flags and of a scenario file as types. Nothing is opened here but the file.

use serde_json::{Map, Value, json};

use crate::cli::commands::node::file::parse_node_edits;
use crate::cli::commands::node::parse_node_id;
use crate::cli::commands::scenario::{NumberOrText, Scenario, ScenarioFile};
use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::session::Session;
use crate::model::ratio::parse_ratio;
use crate::model::{ByteSize, Location, NodeId, Timestamp, Weight};
use crate::operations::nodes::NodeEdit;
use crate::operations::simulate::setup::{AddCount, Change};
use crate::operations::simulate::{By, Failing, Requirement};
use crate::operations::spec_diff::DesiredCluster;

use super::{ChangeArgs, FailureArgs, PartitionArgs};

/// Mean bytes of a made-up partition.
const SIZE_DEFAULT: u64 = 3_000_000_000;
/// What is drawn by it is the same for everybody.
const SEED_DEFAULT: u64 = 1;

/// What is asked.
#[derive(Debug)]
pub(super) struct Request {
    /// The cluster that is there before, where the scenario says it.
    pub(super) before: Option<DesiredCluster>,
    pub(super) changes: Vec<Change>,
    pub(super) otlp: Option<String>,
    /// How many partitions are made up.
    pub(super) partitions: Option<u64>,
    pub(super) size: u64,
    pub(super) spread_ppm: u32,
    /// A flag of made-up partitions without their number, which is a mistake where others are there.
    pub(super) sized: Option<&'static str>,
    pub(super) seed: u64,
    /// A time in the newest time bucket.
    pub(super) until: Option<Timestamp>,
    pub(super) by: Option<By>,
    pub(super) failing: Option<Failing>,
    /// `--fail` in its own words.
    pub(super) fails: Vec<String>,
    pub(super) requirements: Vec<Requirement>,
}

impl Request {
    /// Reads flags, and the scenario below them: a flag wins over a field, lists are joined.
    pub(super) fn read(
        session: &mut Session<'_, '_>,
        file: Option<&str>,
        changes: ChangeArgs,
        partitions: PartitionArgs,
        by: Option<String>,
        failure: FailureArgs,
        require: &[String],
    ) -> Result<Self, CliError> {
        let name = file.map_or("", input::shown_name);
        let scenario = match file {
            None => Scenario::default(),
            Some(file) => Scenario::parse(&input::read_text(session.environment(), file)?, name)?,
        };
        let before = scenario.before(name)?;
        let Scenario { topology, rest } = scenario;
        let mut made: Vec<Change> = Vec::new();
        made.extend(topology.map(|topology| Change::Topology(Box::new(topology))));
        made.extend(in_file(name, changes_of_file(&rest, name))?);
        made.extend(changes_of_flags(&changes)?);
        let PartitionArgs { otlp, partitions, size, size_spread, until, seed } = partitions;
        let seed = seed.or(rest.seed).unwrap_or(SEED_DEFAULT);
        let flags = [("--size", &size), ("--size-spread", &size_spread), ("--until", &until)];
        let sized = flags.into_iter().find(|(_, value)| value.is_some()).map(|(flag, _)| flag);
        let text = |value: &Option<NumberOrText>| value.as_ref().map(NumberOrText::text);
        let bytes = either(name, size, text(&rest.size), parse_size)?.unwrap_or(SIZE_DEFAULT);
        let spread_ppm = either(name, size_spread, text(&rest.size_spread), parse_spread)?.unwrap_or(0);
        let by = either(name, by, rest.by.clone(), parse_by)?;
        let until = either(name, until, rest.until.clone(), |text| session.time("--until", text))?;
        let FailureArgs { fail, rounds } = failure;
        let mut failing = Failing { rounds: rounds.or(rest.rounds).unwrap_or(1), seed, ..Failing::default() };
        for text in &rest.fail {
            in_file(name, parse_fail(text, &mut failing))?;
        }
        for text in &fail {
            parse_fail(text, &mut failing)?;
        }
        let fails: Vec<String> = rest.fail.iter().chain(&fail).cloned().collect();
        let required: Vec<&str> = rest.require.iter().chain(require).map(String::as_str).collect();
        let requirements = match required.is_empty() {
            true => Vec::new(),
            false => {
                Requirement::parse_list(&required.join(",")).map_err(|e| CliError::usage(format!("--require {e}")))?
            }
        };
        let otlp_wins = otlp.is_some();
        Ok(Self {
            before,
            changes: made,
            otlp,
            partitions: partitions.or(rest.partitions.filter(|_| !otlp_wins)),
            size: bytes,
            spread_ppm,
            sized,
            seed,
            until,
            by,
            failing: (!fails.is_empty()).then_some(failing),
            fails,
            requirements,
        })
    }
}

/// What a flag says, else what the field of the file does.
fn either<T>(
    file: &str,
    flag: Option<String>,
    field: Option<String>,
    parse: impl Fn(&str) -> Result<T, CliError>,
) -> Result<Option<T>, CliError> {
    match (flag, field) {
        (Some(text), _) => parse(&text).map(Some),
        (None, Some(text)) => in_file(file, parse(&text)).map(Some),
        (None, None) => Ok(None),
    }
}

/// A wrong word in a file is no wrong command line.
fn in_file<T>(file: &str, result: Result<T, CliError>) -> Result<T, CliError> {
    result.map_err(|error| match error.hint() {
        hint if error.exit_code() == 2 => CliError::Input { message: format!("{file}: {error}"), hint },
        _ => error,
    })
}

fn changes_of_file(rest: &ScenarioFile, file: &str) -> Result<Vec<Change>, CliError> {
    let fields = [
        ("virtual_nodes", &rest.virtual_nodes),
        ("replication_factor", &rest.replication_factor),
        ("hash_buckets", &rest.hash_buckets),
        ("hash", &rest.hash),
        ("placement", &rest.placement),
        ("granularity_hours", &rest.granularity_hours),
    ];
    let mut changes = spec_change(fields.map(|(name, value)| (name, value.clone())));
    for (id, edit) in parse_node_edits(rest.add.clone(), file)? {
        changes.push(Change::Add(id, Box::new(edit)));
    }
    if let Some(count) = &rest.add_count {
        changes.push(Change::AddCount(parse_count(&count.text())?));
    }
    changes.extend(rest.weight.iter().map(|(id, weight)| Change::Weight(id.clone(), *weight)));
    changes.extend(rest.drain.iter().cloned().map(Change::Drain));
    changes.extend(rest.remove.iter().cloned().map(Change::Remove));
    Ok(changes)
}

fn changes_of_flags(args: &ChangeArgs) -> Result<Vec<Change>, CliError> {
    let ChangeArgs {
        add,
        add_count,
        remove,
        drain,
        weight,
        virtual_nodes,
        replication_factor,
        hash_buckets,
        hash,
        placement,
        granularity_hours,
    } = args;
    let mut changes = spec_change([
        ("virtual_nodes", virtual_nodes.map(Into::into)),
        ("replication_factor", replication_factor.map(Into::into)),
        ("hash_buckets", hash_buckets.map(Into::into)),
        ("hash", hash.clone().map(Into::into)),
        ("placement", placement.clone().map(Into::into)),
        ("granularity_hours", granularity_hours.map(Into::into)),
    ]);
    for text in add {
        let (id, edit) = parse_add(text)?;
        changes.push(Change::Add(id, Box::new(edit)));
    }
    if let Some(text) = add_count {
        changes.push(Change::AddCount(parse_count(text)?));
    }
    for text in weight {
        let wrong = || CliError::usage(format!("--weight {text:?} is not of the form NODE=WEIGHT"));
        let (node, weight) = text.rsplit_once('=').ok_or_else(wrong)?;
        let weight = Weight::parse(weight).map_err(|e| CliError::usage(format!("--weight {text:?}: {e}")))?;
        changes.push(Change::Weight(parse_node_id(node)?, weight));
    }
    for id in distinct(drain, "--drain")? {
        changes.push(Change::Drain(id));
    }
    for id in distinct(remove, "--remove")? {
        changes.push(Change::Remove(id));
    }
    Ok(changes)
}

fn distinct(texts: &[String], flag: &str) -> Result<Vec<NodeId>, CliError> {
    let mut ids: Vec<NodeId> = Vec::new();
    for text in texts {
        let id = parse_node_id(text)?;
        if ids.contains(&id) {
            return Err(CliError::usage(format!("{flag} {id} is given twice")));
        }
        ids.push(id);
    }
    Ok(ids)
}

/// Fields of the spec, each at its place there.
fn spec_change(fields: [(&'static str, Option<Value>); 6]) -> Vec<Change> {
    let mut spec = Map::new();
    for (name, value) in fields {
        let Some(value) = value else { continue };
        let (section, field) = match name {
            "virtual_nodes" => ("placement", name),
            "placement" => ("placement", "algorithm"),
            "hash_buckets" | "hash" | "granularity_hours" => ("partitioning", name),
            _ => {
                spec.insert(name.to_owned(), value);
                continue;
            }
        };
        spec.entry(section).or_insert_with(|| json!({}))[field] = value;
    }
    if spec.is_empty() { Vec::new() } else { vec![Change::Spec(spec)] }
}

/// `NODE[,weight=W,zone=Z,capacity=SIZE]`
fn parse_add(text: &str) -> Result<(NodeId, NodeEdit), CliError> {
    let wrong = |reason: &dyn std::fmt::Display| CliError::usage(format!("--add {text:?}: {reason}"));
    let mut parts = text.split(',').map(str::trim);
    let id = parse_node_id(parts.next().unwrap_or_default())?;
    let mut edit = NodeEdit::default();
    let mut places: Vec<&str> = Vec::new();
    for part in parts {
        match part.split_once('=') {
            Some(("weight", value)) if edit.weight.is_none() => {
                edit.weight = Some(Weight::parse(value).map_err(|e| wrong(&e))?);
            }
            Some(("capacity", value)) if edit.capacity_bytes.is_none() => {
                edit.capacity_bytes = Some(ByteSize::parse(value).map_err(|e| wrong(&e))?.0);
            }
            Some(("zone" | "az" | "region" | "dc", _)) => places.push(part),
            Some((name @ ("weight" | "capacity"), _)) => return Err(wrong(&format!("{name} is given twice"))),
            Some(_) | None => {
                let known = "weight=, zone=, region=, dc= and capacity= may follow the node";
                return Err(wrong(&format!("{part:?} is not known; {known}")));
            }
        }
    }
    if !places.is_empty() {
        edit.location = Some(Location::parse(&places.join(",")).map_err(|e| wrong(&e))?);
    }
    Ok((id, edit))
}

fn parse_count(text: &str) -> Result<AddCount, CliError> {
    let wrong = |reason: &dyn std::fmt::Display| CliError::usage(format!("--add-count {text:?}: {reason}"));
    if let Ok(nodes) = text.parse::<u32>() {
        return if nodes == 0 { Err(wrong(&"that is no node")) } else { Ok(AddCount::Nodes(nodes)) };
    }
    let share = parse_ratio(text).map_err(|_| wrong(&"not a number of nodes such as 10, or a ratio such as 10%"))?;
    if share > 0.0 { Ok(AddCount::Share(share)) } else { Err(wrong(&"that is no node")) }
}

fn parse_size(text: &str) -> Result<u64, CliError> {
    ByteSize::parse(text).map(|size| size.0).map_err(|e| CliError::usage(format!("--size {text:?}: {e}")))
}

fn parse_spread(text: &str) -> Result<u32, CliError> {
    let wrong = |reason: &dyn std::fmt::Display| CliError::usage(format!("--size-spread {text:?}: {reason}"));
    let ratio = parse_ratio(text).map_err(|e| wrong(&e))?;
    if ratio > 1.0 {
        return Err(wrong(&"more than 100 % below the mean is nothing"));
    }
    Ok((ratio * 1e6).round() as u32)
}

fn parse_by(text: &str) -> Result<By, CliError> {
    let known = [By::Planner, By::Placement];
    let found = known.into_iter().find(|by| by.name() == text);
    found.ok_or_else(|| CliError::usage(format!("--by {text:?}: use planner or placement")))
}

/// `node=A`, `zone=Z`, `random=K`, added to what fails already.
fn parse_fail(text: &str, failing: &mut Failing) -> Result<(), CliError> {
    let wrong = |reason: &str| CliError::usage(format!("--fail {text:?}: {reason}"));
    match text.split_once('=') {
        Some(("node", id)) => failing.nodes.push(parse_node_id(id)?),
        Some(("zone", zone)) if !zone.is_empty() => failing.zones.push(zone.to_owned()),
        Some(("random", count)) if failing.random == 0 => match count.parse() {
            Ok(count) if count > 0 => failing.random = count,
            Ok(_) | Err(_) => return Err(wrong("not a number of nodes above 0")),
        },
        Some(("random", _)) => return Err(wrong("random is given twice")),
        Some(_) | None => return Err(wrong("use node=NODE, zone=ZONE or random=N")),
    }
    Ok(())
}
