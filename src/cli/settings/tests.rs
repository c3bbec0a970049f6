//! Precedence, bad addresses, and that no secret is ever shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::Parser as _;

use super::*;
use crate::cli::{Cli, SystemClock};
use crate::metadata::etcd::EtcdConfig;

const FILE: &str = "
current_context = 'current'
[contexts.current]
store = 'etcds://current/otlp'
cacert = 'current.pem'
dial_timeout = '1s'
user = 'current-user'
password_file = 'current-secret'
output = 'csv'
[contexts.named]
store = 'etcds://named'
cacert = 'named.pem'
protected = true
cluster_id = 'abc'
[contexts.local]
store = 'file:local.db'
protected = true
";

/// Runs a look at the environment with these variables and no streams.
fn within<T>(variables: &[(&str, &str)], look: impl FnOnce(&mut Environment<'_>) -> T) -> T {
    let variables: BTreeMap<String, String> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let (mut stdin, mut out, mut err) = (std::io::empty(), std::io::sink(), std::io::sink());
    let mut environment = Environment {
        variables,
        clock: Arc::new(SystemClock),
        stdin: &mut stdin,
        stdout: &mut out,
        stderr: &mut err,
        ask_secret: &mut |_| Ok("typed".to_owned()),
        stdin_terminal: false,
        stdout_terminal: false,
        stderr_terminal: false,
        width: None,
        random: || 0,
    };
    look(&mut environment)
}

fn global(args: &str) -> GlobalArgs {
    let line = ["otlp-part", "status"].into_iter().chain(args.split_whitespace());
    Cli::try_parse_from(line).unwrap().global
}

/// Settings out of arguments, variables, and the file above (or none).
fn settings(args: &str, variables: &[(&str, &str)], file: Option<&str>) -> Result<Settings, CliError> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("config.toml");
    let mut global = global(args);
    if let Some(file) = file {
        std::fs::write(&path, file).unwrap();
        global.config = Some(path);
    }
    let home = [("HOME", "/nowhere")];
    let variables: Vec<_> = variables.iter().chain(&home).copied().collect();
    within(&variables, |environment| {
        let contexts = Contexts::load(&global, environment)?;
        Settings::resolve(&global, &contexts, environment)
    })
}

#[track_caller]
fn store(args: &str, variables: &[(&str, &str)]) -> String {
    settings(args, variables, Some(FILE)).unwrap().store.to_string()
}

#[test]
fn the_store_comes_from_the_first_that_names_one() {
    let variable = ("OTLP_PART_STORE", "file:/v.db");
    assert_eq!(store("--store file:/f.db --context named", &[variable]), "file:/f.db (--store)");
    assert_eq!(store("--store file:/f.db", &[variable]), "file:/f.db (--store)");
    assert_eq!(store("--context named", &[variable]), "etcds://named:2379/otlp (context named)");
    assert_eq!(store("", &[variable]), "file:/v.db (OTLP_PART_STORE)");
    assert_eq!(store("", &[("OTLP_PART_CONTEXT", "named")]), "etcds://named:2379/otlp (context named)");
    assert_eq!(
        store("--context current", &[("OTLP_PART_CONTEXT", "named")]),
        "etcds://current:2379/otlp (context current)"
    );
    assert_eq!(store("", &[]), "etcds://current:2379/otlp (context current)");
    let default = settings("", &[], None).unwrap().store;
    assert_eq!(default.to_string(), "file:/nowhere/.local/share/otlp-part/cluster.db (default)");
    assert!(!default.is_explicit());
    let both = settings("", &[variable, ("OTLP_PART_CONTEXT", "named")], Some(FILE)).unwrap_err();
    assert_eq!(both.exit_code(), 2);
    assert!(settings("--store file:/f.db", &[variable, ("OTLP_PART_CONTEXT", "named")], Some(FILE)).is_ok());
}

#[test]
fn each_setting_comes_from_the_first_that_says_it() {
    let cacert = |args: &str, variables: &[(&str, &str)]| {
        let connection = settings(args, variables, Some(FILE)).unwrap().connection.unwrap();
        let found = connection.cacert.unwrap();
        let name = found.value.rsplit('/').next().unwrap().to_owned();
        (name, found.source.to_string())
    };
    let pair = |name: &str, source: &str| (name.to_owned(), source.to_owned());
    let variable = ("OTLP_PART_CACERT", "variable.pem");
    let etcdctl = ("ETCDCTL_CACERT", "etcdctl.pem");
    let all = [variable, etcdctl];
    assert_eq!(cacert("--cacert flag.pem --context named", &all), pair("flag.pem", "--cacert"));
    assert_eq!(cacert("--context named", &all), pair("named.pem", "context named"));
    assert_eq!(cacert("", &all), pair("variable.pem", "OTLP_PART_CACERT"));
    assert_eq!(cacert("", &[etcdctl]), pair("current.pem", "context current"));
    let endpoints = ("ETCDCTL_ENDPOINTS", "https://e1,https://e2:1");
    assert_eq!(cacert("--store etcd:", &[etcdctl, endpoints]), pair("etcdctl.pem", "ETCDCTL_CACERT"));
    assert_eq!(cacert("--store etcd:", &[variable, etcdctl, endpoints]), pair("variable.pem", "OTLP_PART_CACERT"));
    // etcdctl's variables are for `etcd:` alone.
    let named = settings("--store etcd://h", &[etcdctl, endpoints, ("ETCDCTL_USER", "u:p")], None).unwrap();
    let connection = named.connection.unwrap();
    assert_eq!((connection.cacert, connection.user), (None, None));
    assert_eq!(named.store.to_string(), "etcd://h:2379/otlp (--store)");
}

#[test]
fn a_context_goes_with_its_own_store_alone() {
    // The current context's login is not sent to another store.
    for (args, variables) in [("--store etcds://other", vec![]), ("", vec![("OTLP_PART_STORE", "etcds://other")])] {
        let settings = settings(args, &variables, Some(FILE)).unwrap();
        assert_eq!((&settings.context, &settings.connection.as_ref().unwrap().user), (&None, &None));
    }
    // Both on one command line belong together.
    let settings = settings("--context named --store etcds://member", &[], Some(FILE)).unwrap();
    assert_eq!(settings.cluster_id.unwrap().value, "abc");
    assert_eq!(settings.protected_by.as_deref(), Some("named"));
    assert!(settings.connection.unwrap().cacert.is_some());
}

#[test]
fn a_protected_store_is_protected_whatever_names_it() {
    let by = |args: &str| settings(args, &[], Some(FILE)).unwrap().protected_by;
    assert_eq!(by("--context named").as_deref(), Some("named"));
    assert_eq!(by("--store etcd://named:2379/otlp").as_deref(), Some("named"));
    assert_eq!(by("--store etcds://x,named").as_deref(), Some("named"));
    assert_eq!(by("--store etcds://named/other"), None);
    assert_eq!(by("--store etcds://other"), None);
    assert_eq!(by(""), None);
}

#[test]
fn tls_and_logins() {
    let connection = |args: &str, variables: &[(&str, &str)]| settings(args, variables, None);
    let shown = |args: &str, variables: &[(&str, &str)]| connection(args, variables).unwrap().store.address.to_string();
    assert_eq!(shown("--store etcd://h --cacert c", &[]), "etcds://h:2379/otlp");
    assert_eq!(shown("--store etcd://h --cert c --key k", &[]), "etcds://h:2379/otlp");
    assert_eq!(shown("--store etcd://h/a/b", &[]), "etcd://h:2379/a/b");
    assert_eq!(shown("--store etcd://h,h:2379,i/", &[]), "etcd://h:2379,i:2379/otlp");
    assert_eq!(shown("--store etcd:/p", &[("ETCDCTL_ENDPOINTS", "http://a/, http://b:1")]), "etcd://a:2379,b:1/p");
    assert_eq!(shown("--store etcd:", &[("ETCDCTL_ENDPOINTS", "https://a")]), "etcds://a:2379/otlp");
    assert_eq!(shown("--store etcds:", &[("ETCDCTL_ENDPOINTS", "a")]), "etcds://a:2379/otlp");
    // etcdctl takes the certificate along for http:// and does not use it.
    let plain = [("ETCDCTL_ENDPOINTS", "http://a"), ("ETCDCTL_CACERT", "c")];
    assert_eq!(shown("--store etcd:", &plain), "etcd://a:2379/otlp");
    let user = |args: &str, variables: &[(&str, &str)]| {
        let user = connection(args, variables).unwrap().connection.unwrap().user.unwrap();
        let password = match &user.password.value {
            PasswordPlace::Given(secret) => secret.reveal().to_owned(),
            PasswordPlace::File(path) => format!("file {path}"),
            PasswordPlace::Ask => "ask".to_owned(),
        };
        (user.name.value, password)
    };
    let pair = |name: &str, password: &str| (name.to_owned(), password.to_owned());
    assert_eq!(user("--store etcds://h --user op:a:b", &[]), pair("op", "a:b"));
    assert_eq!(user("--store etcds://h --password y", &[("OTLP_PART_USER", "op:x")]), pair("op", "y"));
    assert_eq!(user("--store etcds://h --user op", &[]), pair("op", "ask"));
    assert_eq!(user("--store etcds://h --user op --password-file f", &[]), pair("op", "file f"));
    assert_eq!(user("--store etcds://h --user op:x", &[("OTLP_PART_PASSWORD", "y")]), pair("op", "x"));
    assert_eq!(user("--store etcds://h --user op", &[("OTLP_PART_PASSWORD", "y")]), pair("op", "y"));
    assert_eq!(user("--store etcds://h --user op --password -y", &[]), pair("op", "-y"));
    assert_eq!(user("--store etcd://localhost --user op:x", &[]), pair("op", "x"));
    assert_eq!(user("--store etcd://h --user op:x --insecure", &[]), pair("op", "x"));
    let etcdctl = [("ETCDCTL_ENDPOINTS", "https://h"), ("ETCDCTL_USER", "op:x")];
    assert_eq!(user("--store etcd:", &etcdctl), pair("op", "x"));
}

#[test]
fn what_cannot_be_is_named() {
    let endpoints = |text: &'static str| vec![("ETCDCTL_ENDPOINTS", text)];
    let table = [
        ("--store etcd://", vec![], "the host is missing"),
        ("--store etcd:///otlp", vec![], "the host is missing"),
        ("--store etcd:", vec![], "ETCDCTL_ENDPOINTS is not set"),
        ("--store etcd:host:2379", vec![], "the // before the hosts is missing"),
        ("--store etcd://h:0", vec![], "endpoint \"h:0\": port \"0\""),
        ("--store etcd://h:99999", vec![], "endpoint \"h:99999\""),
        ("--store etcd://a,,b", vec![], "endpoint \"\": the host is missing"),
        ("--store etcd://a,b:x", vec![], "endpoint \"b:x\""),
        ("--store etcd://1.2.3", vec![], "endpoint \"1.2.3\""),
        ("--store etcd://http://h", vec![], "endpoint \"http:\""),
        ("--store etcd://h/otlp/", vec![], "key prefix \"/otlp/\""),
        ("--store etcd://h//otlp", vec![], "key prefix \"//otlp\""),
        ("--store etcd://h/a?tls=1", vec![], "no ? and no #"),
        ("--store etcd://op:hunter2@h", vec![], "etcd://…@h\": a user does not stand in the address"),
        ("--store etcds://op:hun@ter2@h:1/x", vec![], "etcds://…@h:1/x"),
        ("--store postgres://op:hunter2@h", vec![], "postgres://…@h\": not a store address"),
        ("--store op:hunter2@h", vec![], "\"…@h\": not a store address"),
        ("--store file:", vec![], "the path is missing"),
        ("--store cluster.db", vec![], "not a store address"),
        ("--store etcd:", endpoints("http://a,https://b"), "some endpoints are plain"),
        ("--store etcds:", endpoints("http://a"), "some endpoints are plain"),
        ("--store etcd: --cacert c", endpoints("http://a"), "--cacert: TLS is asked for"),
        ("--store etcd:", endpoints("unix:///run/etcd"), "only http:// and https://"),
        ("--store etcd:", endpoints("https://op:hunter2@h"), "ETCDCTL_ENDPOINTS \"https://…@h\""),
        ("--store etcd:", endpoints("a:b"), "ETCDCTL_ENDPOINTS: endpoint \"a:b\""),
        ("--store etcds://h --cert c", vec![], "--cert: a client's certificate without its key"),
        ("--store etcds://h --key k", vec![], "--key: a client's key without its certificate"),
        ("--store etcds://h --password hunter2", vec![], "--password: a password without a user"),
        ("--store etcds://h", vec![("OTLP_PART_PASSWORD", "hunter2")], "OTLP_PART_PASSWORD: a password without a user"),
        ("--store etcds://h --user :hunter2", vec![], "--user: the user's name is empty"),
        ("--store etcds://h --user op:hunter2 --password hunter2", vec![], "--password: the password is given twice"),
        ("--store etcds://h --user op:", vec![], "--user: the password is empty"),
        ("--store etcd://h --user op:hunter2", vec![], "would be sent to h:2379 in plain"),
        ("--store etcd://127.0.0.1,h --user op:hunter2", vec![], "would be sent to h:2379 in plain"),
        ("--store etcd://h --dial-timeout 5", vec![], "--dial-timeout: dial-timeout \"5\" is no time-out"),
        ("--store etcd://h --command-timeout 0s", vec![], "is no time-out"),
        ("--store etcd://h", vec![("OTLP_PART_COMMAND_TIMEOUT", "2h")], "OTLP_PART_COMMAND_TIMEOUT"),
        ("--store etcd://h", vec![("OTLP_PART_INSECURE", "perhaps")], "OTLP_PART_INSECURE: \"perhaps\""),
        ("", vec![("OTLP_PART_STORE", "etcd://h:0")], "OTLP_PART_STORE: endpoint \"h:0\""),
    ];
    for (args, variables, named) in table {
        let error = settings(args, &variables, None).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{args}: {error}");
        assert!(error.to_string().contains(named), "{args}: {error}");
        let all = format!("{error} {error:?} {:?}", error.hint());
        assert!(!all.contains("hunter2") && !all.contains("ter2@"), "{args}: {all}");
    }
    let many: Vec<String> = (0..65).map(|i| format!("h{i}")).collect();
    let error = settings(&format!("--store etcd://{}", many.join(",")), &[], None).unwrap_err();
    assert!(error.to_string().contains("65 endpoints, the most is 64"), "{error}");
    for (args, variables) in [("--context nope", vec![]), ("", vec![("OTLP_PART_CONTEXT", "nope")])] {
        let error = settings(args, &variables, Some(FILE)).unwrap_err();
        assert!(error.to_string().contains("there is no context \"nope\""), "{error}");
        assert!(error.hint().unwrap().contains("current, named, local"), "{error:?}");
    }
    let error = settings("", &[], Some("[contexts.a]\nstore = 'etcd://h:0'\n")).unwrap();
    assert!(!error.store.is_explicit(), "no context is current");
    let error = settings("--context a", &[], Some("[contexts.a]\nstore = 'etcd://h:0'\n")).unwrap_err();
    assert_eq!((error.exit_code(), error.to_string().contains("context a: endpoint \"h:0\"")), (1, true), "{error}");
}

fn config(args: &str, variables: &[(&str, &str)], terminal: bool) -> Result<EtcdConfig, CliError> {
    let settings = settings(args, variables, None)?;
    let (StoreAddress::Etcd(address), Some(connection)) = (&settings.store.address, &settings.connection) else {
        panic!("{settings:?}")
    };
    within(variables, |environment| {
        (environment.stdin_terminal, environment.stderr_terminal) = (terminal, terminal);
        etcd_config(address, connection, environment)
    })
}

#[test]
fn a_password_is_read_or_asked_for() {
    let directory = tempfile::tempdir().unwrap();
    let login = |content: &[u8]| {
        let path = directory.path().join("secret");
        std::fs::write(&path, content).unwrap();
        let args = format!("--store etcds://h --user op --password-file {}", path.display());
        config(&args, &[], false).map(|config| config.login.unwrap().password.reveal().to_owned())
    };
    assert_eq!(login(b"hunter2\n").unwrap(), "hunter2");
    assert_eq!(login(b"hunter2\r\n").unwrap(), "hunter2");
    assert_eq!(login(b" hunter 2").unwrap(), " hunter 2");
    for (bad, reason) in [
        (&b""[..], "empty"),
        (b"\n", "empty"),
        (b"hunter2\nhunter2\n", "more than one line"),
        (b"hunter2\xff", "not UTF-8"),
        (&[b'x'; 4097], "longer than"),
    ] {
        let error = login(bad).unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
    let missing = config("--store etcds://h --user op --password-file /nowhere/x", &[], true).unwrap_err();
    assert!(missing.to_string().contains("/nowhere/x"), "{missing}");
    let typed = config("--store etcds://h --user op", &[], true).unwrap().login.unwrap();
    assert_eq!((typed.user.as_str(), typed.password.reveal()), ("op", "typed"));
    let error = config("--store etcds://h --user op", &[], false).unwrap_err();
    assert_eq!((error.exit_code(), error.to_string().contains("no terminal")), (2, true), "{error}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(256))]

    /// Whatever goes right or wrong, no print shows the password.
    #[test]
    fn no_print_shows_a_password(
        secret in "[!-~]{0,4}s3cr3t[!-~]{0,4}",
        user in "[a-z]{0,3}",
        store in "(etcd://h|etcds://h|etcd://h:x|etcd:|etcds:/p|etcd://127.0.0.1|etcds://h/p/|file:x|x)",
        endpoints in "(|h|http://h|https://h|http://h,https://i|unix://x)",
        way in 0..6_u8,
        more in "(|--insecure|--cert|--dial-timeout=x|--password-file=/nowhere|--command-timeout=1s)",
    ) {
        let mut args = vec!["otlp-part".to_owned(), "status".to_owned(), "--store".to_owned(), store.clone()];
        let mut variables = vec![("ETCDCTL_ENDPOINTS", endpoints.as_str())];
        let both = format!("{user}:{secret}");
        match way {
            0 => args.extend(["--user".to_owned(), both.clone()]),
            1 => args.extend(["--user".to_owned(), user.clone(), "--password".to_owned(), secret.clone()]),
            2 => args.extend([format!("--password={secret}")]),
            3 => variables.extend([("OTLP_PART_USER", both.as_str())]),
            4 => variables.extend([("ETCDCTL_USER", user.as_str()), ("ETCDCTL_PASSWORD", secret.as_str())]),
            // A path may hold anything.
            _ if store.starts_with("file:") => {}
            _ => args[3] = format!("{}{user}:{secret}@h", store.split_inclusive('/').collect::<String>()),
        }
        if !more.is_empty() {
            args.push(more.clone());
        }
        let shown = match Cli::try_parse_from(&args) {
            // The parser's errors name flags, not their values.
            Err(error) => error.to_string(),
            Ok(cli) => {
                let mut shown = format!("{:?}", cli.global.connection);
                within(&variables, |environment| {
                    match Settings::resolve(&cli.global, &Contexts::default(), environment) {
                        Err(error) => shown.push_str(&format!("{error} {error:?} {:?}", error.hint())),
                        Ok(settings) => {
                            shown.push_str(&format!("{} {settings:?}", settings.store));
                            if let (StoreAddress::Etcd(address), Some(connection)) =
                                (&settings.store.address, &settings.connection)
                            {
                                match etcd_config(address, connection, environment) {
                                    Ok(config) => shown.push_str(&format!("{config:?} {}", config.place())),
                                    Err(error) => shown.push_str(&format!("{error} {error:?}")),
                                }
                            }
                        }
                    }
                });
                shown
            }
        };
        proptest::prop_assert!(!shown.contains("s3cr3t"), "{args:?} {variables:?}: {shown}");
    }
}
