//! What the members say of themselves.
//!
//! Invariant: nothing here fails. A user who may work below the prefix need not be allowed to ask for status, alarms and
//! members; a member that is down is a finding, and the store is well enough to be looked at all the same.

use std::time::Duration;

use etcd_client::{AlarmAction, AlarmType, Client, StatusResponse};

use super::config::Endpoint;
use super::fault::{Fault, Refusal};
use super::members::ReadFault;
use super::reader::EtcdReader;
use super::{history, members::Members};
use crate::ports::StoreHealth;
use crate::ports::health::MemberHealth;

/// A member that does not tell its status in this time is not well.
const STATUS: Duration = Duration::from_secs(3);

/// A member as the cluster knows it.
struct Known {
    id: u64,
    health: MemberHealth,
}

pub(super) async fn health(reader: &EtcdReader) -> StoreHealth {
    let members = &reader.members;
    let mut health = StoreHealth { oldest_revision: history::oldest(reader).await.ok(), ..StoreHealth::default() };
    let mut known = known_members(members, &mut health).await;
    let mut leader = None;
    for (endpoint, answer) in
        members.each(|client: Client| async move { client.maintenance_client().status().await }, STATUS).await
    {
        match answer {
            Ok(status) => {
                leader = leader.or(Some(status.leader()).filter(|id| *id != 0));
                add_status(&mut health, &mut known, endpoint, &status);
            }
            Err(Fault::Refused(refusal)) => {
                health.unknown.push(format!("the status of {endpoint}: {}", refused(&refusal)));
            }
            Err(Fault::Member { cause, text, .. }) => {
                let member = member_at(&mut known, endpoint);
                let detail = if text.is_empty() { String::new() } else { format!(" ({text})") };
                member.health.fault = Some(format!("{cause}{detail}"));
            }
        }
    }
    for member in &mut known {
        member.health.is_leader = leader.filter(|_| member.id != 0).map(|leader| leader == member.id);
    }
    health.members = known.into_iter().map(|member| member.health).collect();
    add_alarms(members, &mut health).await;
    health
}

/// The members that the cluster has.
async fn known_members(members: &Members, health: &mut StoreHealth) -> Vec<Known> {
    let list = members.read(|client: Client| async move { client.cluster_client().member_list().await }).await;
    match list {
        Ok(list) => {
            let known = |member: &etcd_client::Member| Known {
                id: member.id(),
                health: MemberHealth {
                    name: member.name().to_owned(),
                    endpoints: member.client_urls().to_vec(),
                    is_learner: member.is_learner(),
                    ..MemberHealth::default()
                },
            };
            list.members().iter().map(known).collect()
        }
        Err(fault) => {
            health.unknown.push(format!("the members: {}", untold(fault)));
            Vec::new()
        }
    }
}

/// The member that listens at an endpoint; one of its own if the cluster does not tell.
fn member_at<'k>(known: &'k mut Vec<Known>, endpoint: &Endpoint) -> &'k mut Known {
    let address = endpoint.to_string();
    let listens = |url: &String| url.split_once("://").is_some_and(|(_, rest)| rest.trim_end_matches('/') == address);
    let at = known.iter().position(|member| member.health.endpoints.iter().any(listens)).unwrap_or_else(|| {
        let health =
            MemberHealth { name: address.clone(), endpoints: vec![address.clone()], ..MemberHealth::default() };
        known.push(Known { id: 0, health });
        known.len() - 1
    });
    &mut known[at]
}

fn add_status(health: &mut StoreHealth, known: &mut Vec<Known>, endpoint: &Endpoint, status: &StatusResponse) {
    let id = status.header().map_or(0, etcd_client::ResponseHeader::member_id);
    let at = known.iter().position(|member| id != 0 && member.id == id);
    let member = match at {
        Some(at) => &mut known[at],
        None => member_at(known, endpoint),
    };
    member.id = id;
    let bytes = |number: i64| u64::try_from(number).ok().filter(|bytes| *bytes > 0);
    member.health.version = Some(status.version().to_owned()).filter(|version| !version.is_empty());
    member.health.is_learner |= status.is_learner();
    member.health.size_bytes = bytes(status.db_size());
    if !status.errors().is_empty() {
        member.health.fault = Some(status.errors().join("; "));
    }
    // The store is as full as its fullest member.
    health.size_bytes = health.size_bytes.max(bytes(status.db_size()));
    health.in_use_bytes = health.in_use_bytes.max(bytes(status.raft_used_db_size()));
    // Told since etcd 3.6.
    health.quota_bytes = health.quota_bytes.or(bytes(status.db_size_quota()));
}

async fn add_alarms(members: &Members, health: &mut StoreHealth) {
    let list = |client: Client| async move {
        client.maintenance_client().alarm(AlarmAction::Get, AlarmType::None, None).await
    };
    match members.read(list).await {
        Ok(answer) => {
            let word = |alarm: &etcd_client::AlarmMember| match alarm.alarm() {
                AlarmType::None => None,
                AlarmType::Nospace => Some("NOSPACE".to_owned()),
                AlarmType::Corrupt => Some("CORRUPT".to_owned()),
            };
            health.alarms.extend(answer.alarms().iter().filter_map(word));
            health.alarms.sort();
            health.alarms.dedup();
        }
        Err(fault) => health.unknown.push(format!("the alarms: {}", untold(fault))),
    }
}

fn untold(fault: ReadFault) -> String {
    match fault {
        ReadFault::Refused(refusal) => refused(&refusal),
        ReadFault::Unreachable(error) => error.to_string(),
    }
}

fn refused(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Denied => "this user may not ask for it".to_owned(),
        Refusal::TooLarge(reason) | Refusal::Malformed(reason) => reason.clone(),
        Refusal::Compacted | Refusal::FutureRevision | Refusal::LeaseGone | Refusal::OutOfSpace => {
            "the store refuses to tell".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_be_asked_is_said_plainly() {
        assert_eq!(untold(ReadFault::Refused(Refusal::Denied)), "this user may not ask for it");
    }

    #[test]
    fn a_member_is_found_by_its_address() {
        let health = |url: &str| MemberHealth { endpoints: vec![url.to_owned()], ..MemberHealth::default() };
        let mut known = vec![
            Known { id: 1, health: health("https://10.0.0.1:2379") },
            Known { id: 2, health: health("http://10.0.0.2:2379/") },
        ];
        let endpoint = |text: &str| text.parse::<Endpoint>().unwrap();
        assert_eq!(member_at(&mut known, &endpoint("10.0.0.2:2379")).id, 2);
        assert_eq!(member_at(&mut known, &endpoint("10.0.0.12:2379")).health.name, "10.0.0.12:2379");
        assert_eq!(known.len(), 3);
    }
}
