//! Contexts: which cluster, who said so, and what a protected one wants.

use crate::golden;
use crate::support::{Lab, Session};

const CONFIG: &str = r#"# clusters of the team
current_context = 'dev'   # for daily work

[contexts.dev]
store = "file:dev.db"

[contexts.prod] # careful
store = "file:prod.db"
protected = true
output = "json"

[contexts.etcd]
store = "etcds://etcd-1:2379,etcd-2:2379/team-a"
cacert = "tls/ca.pem"
cert = "/etc/ssl/op.pem"
key = "~/op.key"
user = "operator"
password_file = "/run/secrets/etcd"
command_timeout = "2s"
cluster_id = "50eefe3948e6396534377a8334fcee27"
"#;

/// Addresses that are as long on every machine.
const PEOPLE: &str = "current_context = 'prod'\n[contexts.prod]\nstore = 'etcds://etcd-1,etcd-2'\nprotected = true\n\
                      [contexts.staging]\nstore = 'etcd://10.0.0.7:2379/staging'\n";

/// A session whose configuration file is where it is looked for.
fn configured() -> Session {
    let mut lab = Lab::new();
    let config = lab.path("etc/otlp-part");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), CONFIG).unwrap();
    lab.variables.insert("XDG_CONFIG_HOME".into(), lab.text("etc"));
    Session::on(lab)
}

fn config(s: &Session) -> String {
    std::fs::read_to_string(s.lab.path("etc/otlp-part/config.toml")).unwrap()
}

#[test]
fn contexts() {
    let mut s = configured();
    s.run("context list -o csv");
    s.run("--context prod context list -o value=current");
    s.run("context get -o csv");
    s.say("another as if it were named, with the output that it prefers");
    s.run("context get etcd -o csv");
    s.run("context get etcd -o csv --user other --dial-timeout 1s --insecure");
    s.run("context get prod -o ndjson");
    s.run("context get prod -o value=value");
    s.run("context get prod --context dev");
    s.run("--store etcd://h context get -o csv");
    s.run("context get nope");
    s.say("use changes one value and nothing else");
    s.run("context use prod --dry-run");
    s.run("context use prod");
    assert_eq!(config(&s), CONFIG.replace("'dev'", "\"prod\""));
    s.run("context use prod");
    s.run("context use nope");
    s.run("context get -o value=source");
    s.say("for people");
    s.lab.file("people.toml", PEOPLE);
    s.run("--config $DIR/people.toml context list");
    s.say("no configuration file");
    s.lab.variables.remove("XDG_CONFIG_HOME");
    s.run("context list");
    s.run("context list -o json");
    s.run("context use dev");
    s.run("--context dev status");
    s.run("--config $DIR/none.toml status");
    golden!("contexts", s);
}

#[test]
fn files_that_cannot_be_used() {
    let mut s = Session::new();
    for text in [
        "current_context = 'a'\n[contexts.a]\nstore = 'file:a.db'\nprotekted = true\n",
        "[contexts.a]\nstore = 'etcd:'\npassword = 'hunter2'\n",
        "[contexts.a\n",
        "current_context = 'gone'\n",
    ] {
        s.lab.file("config.toml", text);
        s.run("--config $DIR/config.toml node list");
    }
    s.run("--config $DIR/config.toml node list -o json");
    s.say("what needs no context works all the same");
    s.lab.file("config.toml", "[contexts.a]\nx-ours = 1 # kept\n");
    s.run("--config $DIR/config.toml context use a");
    assert_eq!(s.lab.read("config.toml"), b"current_context = \"a\"\n[contexts.a]\nx-ours = 1 # kept\n");
    s.lab.run("--config $DIR/config.toml completions bash").ok();
    s.run("--config $DIR/config.toml context list");
    golden!("contexts_bad", s);
    assert!(!s.log().contains("hunter2"));
}

#[test]
fn a_link_to_the_file_and_its_mode_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let lab = Lab::new();
    lab.file("real.toml", "[contexts.a]\nstore = 'file:a.db'\n");
    std::fs::set_permissions(lab.path("real.toml"), std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(lab.path("real.toml"), lab.path("config.toml")).unwrap();
    lab.run("--config $DIR/config.toml context use a").ok();
    assert!(lab.path("config.toml").symlink_metadata().unwrap().is_symlink());
    assert!(String::from_utf8(lab.read("real.toml")).unwrap().contains("current_context"));
    assert_eq!(lab.path("real.toml").metadata().unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_protected_cluster_wants_its_name() {
    let mut s = configured();
    // The stores lie beside the configuration file.
    let prod = "--store file:$DIR/etc/otlp-part/prod.db";
    s.run(&format!("{prod} init --nodes n1 --yes"));
    s.run(&format!("{prod} init --nodes n1 --confirm dev"));
    s.run(&format!("{prod} init --nodes n1,n2 --replication-factor 1 --confirm prod"));
    s.run("--context prod node set n1 --zone a --yes");
    s.run("--context prod node set n1 --zone a --yes -o table");
    s.run("--context prod node set n1 --zone a -o table");
    s.run("--context prod node set n1 --zone a --dry-run -o table");
    s.run("--context prod node set n1 --zone a --confirm Prod -o table");
    s.run("--context prod node set n1 --zone a --confirm prod -o table");
    s.run("--context dev init --nodes n1 --yes --confirm prod");
    s.run("--store file:$DIR/x.db init --nodes n1 --confirm prod");
    s.say("at a terminal the name is typed");
    s.lab = s.lab.on_terminal(100);
    s.run_stdin("--context prod node set n1 --zone b -o table", "y\n");
    s.run_stdin("--context prod node set n1 --zone b -o table", "dev\n");
    s.run("--context prod node set n1 --zone b --yes -o table");
    s.run_stdin(&format!("{prod} node set n1 --zone b"), "prod\n");
    s.run("--context prod node list -o csv --columns node,zone");
    golden!("contexts_protected", s);
}

#[test]
fn names_from_outside() {
    let mut lab = Lab::new();
    lab.file("config.toml", "current_context = 'a'\n[contexts.a]\nstore = 'file:a.db'\noutput = 'json'\n");
    lab.variables.insert("OTLP_PART_CONFIG".into(), lab.text("config.toml"));
    // An error of the context's own format is JSON too.
    let done = lab.run("node list");
    let error: serde_json::Value = serde_json::from_str(&done.err).unwrap();
    assert_eq!((done.code, &error["kind"]), (1, &"not_found".into()));
    // Hostile names reach no terminal.
    lab.variables.insert("OTLP_PART_CONTEXT".into(), "\u{1b}[2J\nerror: x".into());
    let done = lab.run("node list -o table");
    assert!(
        done.err.starts_with("error: ") && !done.err.contains('\u{1b}') && done.err.lines().count() == 2,
        "{done:?}"
    );
}
