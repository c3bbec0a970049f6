//! `doctor`

use clap::{Args, CommandFactory as _};
use serde_json::{Value, json};

use crate::cli::args::{Cli, WriteArgs};
use crate::cli::consent;
use crate::cli::data::opener;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::ByteSize;
use crate::operations::ClusterView;
use crate::operations::change::Group;
use crate::operations::doctor::finding::{Finding, Severity};
use crate::operations::doctor::{Report, examine, places, repair};
use crate::output::{Cell, Column, Format, OutputError, Printer, Row, Tone, escape_text};
use crate::ports::{KeyFamily, MetadataRead, StoreHealth};

/// Whether this version has a command: `node fail n1` names one, `partition split` does not yet.
fn is_there(command: &str) -> bool {
    let root = Cli::command();
    let mut at = &root;
    for word in command.split(' ') {
        if !at.has_subcommands() {
            break;
        }
        match at.find_subcommand(word) {
            Some(found) => at = found,
            None => return false,
        }
    }
    true
}

/// Find what is wrong in metadata and store, and name the command that mends it.
///
/// Many findings of one kind are shown by the first of them. The exit code is 3 if there are errors or warnings.
#[derive(Debug, Args)]
pub(in crate::cli) struct DoctorArgs {
    /// Show every finding, up to 100,000 of a kind
    #[arg(long)]
    each: bool,
    /// The least severity that is shown: error, warning, info
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    severity: String,
    /// Do not look at the places of the nodes' data, which this host may not reach
    #[arg(long)]
    no_data: bool,
    /// Mend what is safe to mend: nothing that touches where data is, no value that cannot be read
    #[arg(long)]
    fix: bool,
    #[command(flatten)]
    write: WriteArgs,
}

/// Findings of a kind that are shown without --each.
const SHOWN: usize = 3;
/// Findings of a kind that are shown with it.
const EACH_MAX: usize = 100_000;

const COLUMNS: [Column; 6] = [
    Column::text("severity"),
    Column::text("code"),
    Column::text("subject"),
    Column::text("fixable").extra(),
    Column::text("fix").extra(),
    Column::text("message").shrinks(),
];

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: DoctorArgs) -> Result<(), CliError> {
    let DoctorArgs { each, severity, no_data, fix, write } = args;
    let least = Severity::parse(&severity)
        .ok_or_else(|| CliError::usage(format!("unknown severity {severity:?}: use error, warning or info")))?;
    if fix {
        consent::check(session, &write)?;
    } else if write.dry_run || write.yes || write.reason.is_some() || write.confirm.is_some() {
        return Err(CliError::usage_hint(
            "without --fix nothing is written",
            "--fix --dry-run shows what it would mend",
        ));
    }
    let OpenReader { store, keys, at } = session.open_reader()?;
    let kept = if each { EACH_MAX } else { SHOWN };
    let mut report = session.wait(examine(&store, &keys, at, session.now(), kept))?;
    // Where data lies now says nothing about a copy of the metadata or their past.
    if !no_data && at.is_none() && !report.health.is_copy {
        let (view, _) = session.wait(ClusterView::read(&store, &keys, None, &[]))?;
        let open = opener(session);
        session.wait(places::look(&view, &open)).into_iter().for_each(|finding| report.findings.add(finding));
    }
    let place = store.place().to_owned();
    let argument = session.store_choice()?.argument();
    show(session, &report, least, &place, &argument)?;
    let (fixable, problems) = report.findings.problems();
    let mut left = problems;
    if fix {
        let (view, _) = session.wait(ClusterView::read(&store, &keys, Some(report.revision), &[]))?;
        let change = session.wait(repair::plan(&store, &keys, &view, &report.repairs, session.now()))?;
        drop(store);
        // What was only good to know is no problem less.
        let is_note = |group: &&Group| group.changes.iter().any(|change| change.key == keys.rebalance_control());
        let mended = (change.groups.len() - change.groups.iter().filter(is_note).count()) as u64;
        if consent::apply(session, &keys, &write, change, "doctor --fix")?.is_some() {
            left = problems.saturating_sub(mended);
        }
    }
    if left == 0 {
        return Ok(());
    }
    let is_writable = session.check_writable().is_ok();
    let hint = (!fix && fixable > 0 && is_writable)
        .then(|| format!("`otlp-part{argument} doctor --fix` mends {fixable} of them"));
    Err(CliError::DoesNotHold { message: format!("{left} problem(s) found"), hint })
}

fn show(
    session: &mut Session<'_, '_>,
    report: &Report,
    least: Severity,
    place: &str,
    argument: &str,
) -> Result<(), CliError> {
    let command = |fix: &String| format!("otlp-part{argument} {fix}");
    let mut printer = session.printer()?;
    let style = printer.style();
    if style.format == Format::Json {
        return Ok(printer.document(&report_json(report, least, place, &command))?);
    }
    if style.format == Format::Table && style.columns.is_empty() && style.sort.is_none() && style.limit.is_none() {
        return Ok(text(&mut printer, report, least, place, &command)?);
    }
    let mut rows = printer.rows(&COLUMNS)?;
    let shown = report.findings.groups().filter(|(severity, ..)| *severity <= least);
    for finding in shown.flat_map(|(.., group)| &group.first) {
        rows.push(row(finding, &command))?;
    }
    rows.finish()?;
    let hidden: u64 = report.findings.groups().map(|(.., group)| group.count - group.first.len() as u64).sum();
    if hidden > 0 {
        session.talk().note(&format!("{hidden} more like these: --each shows them"));
    }
    Ok(())
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Info => Tone::Plain,
    }
}

fn row(finding: &Finding, command: &impl Fn(&String) -> String) -> Row {
    let cells = vec![
        Cell::text(finding.severity.name()).toned(tone(finding.severity)),
        Cell::text(finding.code.word()),
        Cell::text(finding.subject.clone()),
        Cell::flag(finding.fixable),
        Cell::maybe(finding.fix.as_ref().map(command)),
        Cell::text(finding.message.clone()),
    ];
    Row::with_json(finding.subject.clone(), cells, finding_json(finding, command))
}

/// For people: a few lines for each finding, then the store.
fn text(
    printer: &mut Printer<'_>,
    report: &Report,
    least: Severity,
    place: &str,
    command: &impl Fn(&String) -> String,
) -> Result<(), OutputError> {
    let mut line = |text: String| printer.line(&escape_text(&text));
    for (.., group) in report.findings.groups().filter(|(severity, ..)| *severity <= least) {
        for Finding { severity, code, subject, message, fix, .. } in &group.first {
            line(format!("{:<7}  {}  {subject}", severity.name(), code.word()))?;
            line(format!("         {message}"))?;
            if let Some(fix) = fix {
                let coming = if is_there(fix) { "" } else { " (not in this version)" };
                line(format!("         fix: {}{coming}", command(fix)))?;
            }
        }
        let more = group.count - group.first.len() as u64;
        if more > 0 {
            line(format!("         ... and {more} more like it (--each shows them)"))?;
        }
        line(String::new())?;
    }
    let hidden: u64 = report.findings.groups().filter(|(s, ..)| *s > least).map(|(.., group)| group.count).sum();
    let count = |severity| report.findings.count(severity);
    line(format!(
        "found   {} errors, {} warnings, {} notes{} in {} partitions",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Info),
        if hidden > 0 { format!(" ({hidden} not shown; see --severity)") } else { String::new() },
        report.partitions
    ))?;
    line(format!("store   {place}, revision {}{}", report.revision, health_words(&report.health)))?;
    for member in &report.health.members {
        let words = [
            member.version.clone(),
            member.is_leader.filter(|leads| *leads).map(|_| "leads".to_owned()),
            member.is_learner.then(|| "learns".to_owned()),
            member.size_bytes.map(|bytes| ByteSize(bytes).to_string()),
            member.fault.clone(),
        ];
        let words: Vec<String> = words.into_iter().flatten().collect();
        line(format!("member  {} at {}: {}", member.name, member.endpoints.join(","), words.join(", ")))?;
    }
    for unknown in &report.health.unknown {
        line(format!("        not known: {unknown}"))?;
    }
    let families = report.families.iter().map(|(family, size)| {
        format!("{} {} ({})", family.map_or("foreign", KeyFamily::name), size.keys, ByteSize(size.bytes))
    });
    line(format!("keys    {}", families.collect::<Vec<_>>().join(", ")))?;
    printer.flush()
}

fn health_words(health: &StoreHealth) -> String {
    let StoreHealth { size_bytes, in_use_bytes, quota_bytes, pages, is_copy: _, oldest_revision, alarms, .. } = health;
    let words = [
        size_bytes.map(|bytes| ByteSize(bytes).to_string()),
        in_use_bytes.filter(|used| Some(*used) != *size_bytes).map(|used| format!("{} in use", ByteSize(used))),
        quota_bytes.map(|quota| format!("quota {}", ByteSize(quota))),
        pages.map(|pages| format!("{pages} pages")),
        oldest_revision.map(|oldest| format!("oldest revision {oldest}")),
        Some(format!("alarms {}", alarms.join(","))).filter(|_| !alarms.is_empty()),
    ];
    words.into_iter().flatten().map(|word| format!(", {word}")).collect()
}

fn finding_json(finding: &Finding, command: &impl Fn(&String) -> String) -> Value {
    json!({
        "schema": "otlp-part/finding/v1",
        "severity": finding.severity.name(),
        "code": finding.code.word(),
        "subject": finding.subject,
        "message": finding.message,
        "fix": finding.fix.as_ref().map(command),
        "fixable": finding.fixable,
    })
}

fn report_json(report: &Report, least: Severity, place: &str, command: &impl Fn(&String) -> String) -> Value {
    let shown = report.findings.groups().filter(|(severity, ..)| *severity <= least);
    let findings = shown.clone().flat_map(|(.., group)| &group.first).map(|finding| finding_json(finding, command));
    let counts = shown.map(|(severity, code, group)| {
        json!({"severity": severity.name(), "code": code.word(), "count": group.count, "fixable": group.fixable})
    });
    let families = report.families.iter().map(|(family, size)| {
        json!({"family": family.map_or("foreign", KeyFamily::name), "keys": size.keys, "bytes": size.bytes})
    });
    json!({
        "schema": "otlp-part/doctor/v1",
        "store": place,
        "revision": report.revision.0,
        "partitions": report.partitions,
        "errors": report.findings.count(Severity::Error),
        "warnings": report.findings.count(Severity::Warning),
        "infos": report.findings.count(Severity::Info),
        "fixable": report.findings.problems().0,
        "counts": counts.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
        "families": families.collect::<Vec<_>>(),
        "health": health_json(&report.health),
    })
}

fn health_json(health: &StoreHealth) -> Value {
    let StoreHealth {
        size_bytes,
        in_use_bytes,
        quota_bytes,
        pages,
        is_copy,
        oldest_revision,
        alarms,
        members,
        unknown,
    } = health;
    let members = members.iter().map(|member| {
        json!({
            "name": member.name, "endpoints": member.endpoints, "version": member.version,
            "is_leader": member.is_leader, "is_learner": member.is_learner, "size_bytes": member.size_bytes,
            "fault": member.fault,
        })
    });
    json!({
        "size_bytes": size_bytes, "in_use_bytes": in_use_bytes, "quota_bytes": quota_bytes, "pages": pages,
        "is_copy": is_copy, "oldest_revision": oldest_revision.map(|revision| revision.0), "alarms": alarms,
        "members": members.collect::<Vec<_>>(), "unknown": unknown,
    })
}
