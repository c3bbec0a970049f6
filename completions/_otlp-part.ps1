
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'otlp-part' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'otlp-part'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'otlp-part' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a cluster: its spec and nodes, in a new embedded store or in an etcd; never overwrites')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Build a small embedded store with sample OTLP, and route a trace in it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'The cluster on one screen')
            [CompletionResult]::new('route', 'route', [CompletionResultType]::ParameterValue, 'Partition and owners of trace ids, metric or log keys, whole OTLP files, or a range of time')
            [CompletionResult]::new('cluster', 'cluster', [CompletionResultType]::ParameterValue, 'The cluster spec')
            [CompletionResult]::new('node', 'node', [CompletionResultType]::ParameterValue, 'Storage nodes')
            [CompletionResult]::new('partition', 'partition', [CompletionResultType]::ParameterValue, 'Partition records')
            [CompletionResult]::new('ring', 'ring', [CompletionResultType]::ParameterValue, 'The consistent-hash ring')
            [CompletionResult]::new('simulate', 'simulate', [CompletionResultType]::ParameterValue, 'What a change, a failure or a plan would do, without touching anything')
            [CompletionResult]::new('plan-rebalance', 'plan-rebalance', [CompletionResultType]::ParameterValue, 'Plan which replicas and leaders move, so that every node is in its band, drained nodes are empty and lost copies are made anew')
            [CompletionResult]::new('execute-rebalance', 'execute-rebalance', [CompletionResultType]::ParameterValue, 'Execute a plan: copy, verify and record each move, with progress, resumable at any point')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Recorded plans and plan files')
            [CompletionResult]::new('migration', 'migration', [CompletionResultType]::ParameterValue, 'Migrations in flight, and the executor that drives them, from any host')
            [CompletionResult]::new('auto-rebalance', 'auto-rebalance', [CompletionResultType]::ParameterValue, 'Rebalance, repair and fail over without being asked each time')
            [CompletionResult]::new('data', 'data', [CompletionResultType]::ParameterValue, 'The telemetry itself')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Find what is wrong in metadata and store, and name the command that mends it')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Follow changes as they happen')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'The audit trail')
            [CompletionResult]::new('snapshot', 'snapshot', [CompletionResultType]::ParameterValue, 'The offline copy of everything')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'The embedded store')
            [CompletionResult]::new('context', 'context', [CompletionResultType]::ParameterValue, 'Named clusters in the configuration file')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print completions for a shell, e.g. `otlp-part completions bash > /etc/bash_completion.d/otlp-part`')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the man page, or write one page per command into a directory')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;init' {
            [CompletionResult]::new('--nodes', '--nodes', [CompletionResultType]::ParameterName, 'Node ids, separated by commas')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'A JSON file: {"nodes": [{"id": …, "weight": …, "location": {…}, …}], "cluster": {fields of the spec}}')
            [CompletionResult]::new('--data-root', '--data-root', [CompletionResultType]::ParameterName, 'Make a directory below this one for the data of each node that has no data URL, and mark it as the node''s')
            [CompletionResult]::new('--replication-factor', '--replication-factor', [CompletionResultType]::ParameterName, 'Copies of every partition [default: 3]')
            [CompletionResult]::new('--boundaries', '--boundaries', [CompletionResultType]::ParameterName, 'Divide by ranges of service names: alphabetic:N, or a file with one boundary a line')
            [CompletionResult]::new('--strategy', '--strategy', [CompletionResultType]::ParameterName, 'How a time bucket is divided [default: time-hash]')
            [CompletionResult]::new('--granularity-hours', '--granularity-hours', [CompletionResultType]::ParameterName, 'Hours a time bucket [default: 1]')
            [CompletionResult]::new('--retention-days', '--retention-days', [CompletionResultType]::ParameterName, 'Days that partitions are kept [default: 30]')
            [CompletionResult]::new('--hash-buckets', '--hash-buckets', [CompletionResultType]::ParameterName, 'Hash buckets a time bucket [default: 256]')
            [CompletionResult]::new('--hash', '--hash', [CompletionResultType]::ParameterName, 'How keys are hashed [default: siphash13]')
            [CompletionResult]::new('--placement', '--placement', [CompletionResultType]::ParameterName, 'How owners are chosen [default: ring]')
            [CompletionResult]::new('--virtual-nodes', '--virtual-nodes', [CompletionResultType]::ParameterName, 'Ring tokens of a node of weight 1 [default: 150]')
            [CompletionResult]::new('--signal', '--signal', [CompletionResultType]::ParameterName, 'What is stored [default: mixed]')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--adopt', '--adopt', [CompletionResultType]::ParameterName, 'Take over an existing cluster of which there are only partition records')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Adopt although records cannot be read, or do not fit the spec')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;demo' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'The directory to make')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be made and write nothing')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;status' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;route' {
            [CompletionResult]::new('--trace-id', '--trace-id', [CompletionResultType]::ParameterName, 'A trace id: 32 hexadecimal digits, UUID dashes accepted (repeatable)')
            [CompletionResult]::new('--trace-ids-from', '--trace-ids-from', [CompletionResultType]::ParameterName, 'Trace ids from a file (`-` = stdin), one a line, optionally followed by `,TIME`')
            [CompletionResult]::new('--metric', '--metric', [CompletionResultType]::ParameterName, 'A metric by its name')
            [CompletionResult]::new('--otlp', '--otlp', [CompletionResultType]::ParameterName, 'A whole OTLP file (`-` = stdin): JSON, JSON lines or protobuf, plain, gzip or zstd, recognised by content')
            [CompletionResult]::new('--service', '--service', [CompletionResultType]::ParameterName, 'service.name of the metric or log; in a range of time, the service asked for')
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'An attribute of the metric''s data point (repeatable)')
            [CompletionResult]::new('--severity', '--severity', [CompletionResultType]::ParameterName, 'The log''s severity: error, WARN2, 17 [default: info]')
            [CompletionResult]::new('--body', '--body', [CompletionResultType]::ParameterName, 'The log''s body')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'When the data was recorded [default: now, with a warning]')
            [CompletionResult]::new('--time-from-id', '--time-from-id', [CompletionResultType]::ParameterName, 'Take the time out of the trace ids: xray (AWS X-Ray), uuidv7')
            [CompletionResult]::new('--slack', '--slack', [CompletionResultType]::ParameterName, 'Also so many neighbouring time buckets on each side')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Start of the range; alone it ends now')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'End of the range, itself outside')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Length of the range, from --from on')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'The range that ends now and is so long')
            [CompletionResult]::new('--service-from', '--service-from', [CompletionResultType]::ParameterName, 'In a range of time: services from this name on')
            [CompletionResult]::new('--service-to', '--service-to', [CompletionResultType]::ParameterName, 'In a range of time: services before this name')
            [CompletionResult]::new('--bucket', '--bucket', [CompletionResultType]::ParameterName, 'In a range of time: these hash buckets only')
            [CompletionResult]::new('--signal', '--signal', [CompletionResultType]::ParameterName, 'The signal: traces, metrics, logs; tells what protobuf holds where it is not clear')
            [CompletionResult]::new('--near', '--near', [CompletionResultType]::ParameterName, 'Show the nearest live replica: to a node, or to zone=Z, region=R, dc=D')
            [CompletionResult]::new('--nodes', '--nodes', [CompletionResultType]::ParameterName, 'Compute with these nodes and the default settings; no store is needed')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'A log record')
            [CompletionResult]::new('--each', '--each', [CompletionResultType]::ParameterName, 'A row for each partition (range of time) or routing unit (OTLP) instead of totals')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Show every step: key bytes, hash, bucket, tokens walked, record read')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Bad ids and bad OTLP messages are an error instead of a warning')
            [CompletionResult]::new('--sum', '--sum', [CompletionResultType]::ParameterName, 'Sum the hashes of the records that are routed, as `data query --count` does: what went in can be told to have come out')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;cluster' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show the spec')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change fields of the spec; fields that are not given stay')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit the spec in your editor, as JSON')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show what differs between the cluster and a file; exit code 3 if something does')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;cluster;get' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;cluster;set' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'From when on a new partitioning holds [default: the next bucket]')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Change it although partitions would be routed elsewhere')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;cluster;edit' {
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Change it although partitions would be routed elsewhere')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;cluster;diff' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;cluster;help' {
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show the spec')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change fields of the spec; fields that are not given stay')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit the spec in your editor, as JSON')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show what differs between the cluster and a file; exit code 3 if something does')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;cluster;help;get' {
            break
        }
        'otlp-part;cluster;help;set' {
            break
        }
        'otlp-part;cluster;help;edit' {
            break
        }
        'otlp-part;cluster;help;diff' {
            break
        }
        'otlp-part;cluster;help;help' {
            break
        }
        'otlp-part;node' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the nodes')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show one or more nodes')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add nodes')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change fields of nodes; fields that are not given stay')
            [CompletionResult]::new('claim', 'claim', [CompletionResultType]::ParameterValue, 'Mark the places of nodes'' data as theirs, so that data may be moved there')
            [CompletionResult]::new('cordon', 'cordon', [CompletionResultType]::ParameterValue, 'Give nodes no new partitions; what they hold stays')
            [CompletionResult]::new('drain', 'drain', [CompletionResultType]::ParameterValue, 'Mark nodes as to be emptied, and tell what must move')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Use nodes again, after cordon, drain or fail; leadership stays where it is')
            [CompletionResult]::new('fail', 'fail', [CompletionResultType]::ParameterValue, 'Declare nodes lost: they become Down, and live nodes lead what they led')
            [CompletionResult]::new('safe-to-remove', 'safe-to-remove', [CompletionResultType]::ParameterValue, 'Tell whether nodes can be removed together, with every reason against it (exit code 3)')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Every change of a node, the newest first, with who made it and why')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove nodes that nothing speaks against, as `node safe-to-remove` tells')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;node;list' {
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'Only nodes of this availability zone (repeatable)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Only nodes of this region (repeatable)')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only nodes in this state: active, cordoned, draining, down (repeatable)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--load', '--load', [CompletionResultType]::ParameterName, 'Also what each node holds: leaders, partitions, bytes; reads all partition records')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;node;get' {
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'Instead, all nodes of this availability zone (repeatable)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--ignore-not-found', '--ignore-not-found', [CompletionResultType]::ParameterName, 'Say nothing about nodes that do not exist')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;node;add' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'A JSON file: [{"id": …, "weight": …, "capacity_bytes": …, "location": {…}, "data_url": …}, …]')
            [CompletionResult]::new('--weight', '--weight', [CompletionResultType]::ParameterName, 'Share of the data against other nodes; 1 is usual')
            [CompletionResult]::new('--capacity', '--capacity', [CompletionResultType]::ParameterName, 'How much it can hold: 4TB, 500GiB')
            [CompletionResult]::new('--location', '--location', [CompletionResultType]::ParameterName, 'Where it stands')
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'The availability zone; short for --location az=Z')
            [CompletionResult]::new('--data-url', '--data-url', [CompletionResultType]::ParameterName, 'Where its data is: file:///path, s3://bucket/prefix')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Add although partitions without a record would be routed elsewhere')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;node;set' {
            [CompletionResult]::new('--in-zone', '--in-zone', [CompletionResultType]::ParameterName, 'Instead, all nodes of this availability zone (repeatable)')
            [CompletionResult]::new('--in-region', '--in-region', [CompletionResultType]::ParameterName, 'Instead, all nodes of this region (repeatable); with --in-zone, those of the zone in this region')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it')
            [CompletionResult]::new('--weight', '--weight', [CompletionResultType]::ParameterName, 'Share of the data against other nodes; 1 is usual')
            [CompletionResult]::new('--capacity', '--capacity', [CompletionResultType]::ParameterName, 'How much it can hold: 4TB, 500GiB')
            [CompletionResult]::new('--location', '--location', [CompletionResultType]::ParameterName, 'Where it stands')
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'The availability zone; short for --location az=Z')
            [CompletionResult]::new('--data-url', '--data-url', [CompletionResultType]::ParameterName, 'Where its data is: file:///path, s3://bucket/prefix')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'What it may be used for: active, cordoned (no new partitions), draining (to be emptied), down')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Change weights or zones although partitions without a record would be routed elsewhere')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;node;claim' {
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'Instead, all nodes of this availability zone (repeatable)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Claim a place too in which partitions lie without a marker')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;node;cordon' {
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'Instead, all nodes of this availability zone (repeatable)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;node;drain' {
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'Instead, all nodes of this availability zone (repeatable)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;node;activate' {
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'Instead, all nodes of this availability zone (repeatable)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;node;fail' {
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'Instead, all nodes of this availability zone (repeatable)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;node;safe-to-remove' {
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'Instead, all nodes of this availability zone (repeatable)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;node;history' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;node;remove' {
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'Instead, all nodes of this availability zone (repeatable)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Remove whatever speaks against it; on a terminal the ids are to be typed, elsewhere --yes is needed too')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;node;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the nodes')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show one or more nodes')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add nodes')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change fields of nodes; fields that are not given stay')
            [CompletionResult]::new('claim', 'claim', [CompletionResultType]::ParameterValue, 'Mark the places of nodes'' data as theirs, so that data may be moved there')
            [CompletionResult]::new('cordon', 'cordon', [CompletionResultType]::ParameterValue, 'Give nodes no new partitions; what they hold stays')
            [CompletionResult]::new('drain', 'drain', [CompletionResultType]::ParameterValue, 'Mark nodes as to be emptied, and tell what must move')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Use nodes again, after cordon, drain or fail; leadership stays where it is')
            [CompletionResult]::new('fail', 'fail', [CompletionResultType]::ParameterValue, 'Declare nodes lost: they become Down, and live nodes lead what they led')
            [CompletionResult]::new('safe-to-remove', 'safe-to-remove', [CompletionResultType]::ParameterValue, 'Tell whether nodes can be removed together, with every reason against it (exit code 3)')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Every change of a node, the newest first, with who made it and why')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove nodes that nothing speaks against, as `node safe-to-remove` tells')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;node;help;list' {
            break
        }
        'otlp-part;node;help;get' {
            break
        }
        'otlp-part;node;help;add' {
            break
        }
        'otlp-part;node;help;set' {
            break
        }
        'otlp-part;node;help;claim' {
            break
        }
        'otlp-part;node;help;cordon' {
            break
        }
        'otlp-part;node;help;drain' {
            break
        }
        'otlp-part;node;help;activate' {
            break
        }
        'otlp-part;node;help;fail' {
            break
        }
        'otlp-part;node;help;safe-to-remove' {
            break
        }
        'otlp-part;node;help;history' {
            break
        }
        'otlp-part;node;help;remove' {
            break
        }
        'otlp-part;node;help;help' {
            break
        }
        'otlp-part;partition' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List records')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show one or more records')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Record the partitions of a range of time that have no record yet')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change fields of a record; fields that are not given stay')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit a record in your editor, as JSON')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete records of partitions, with what this tool keeps beside them')
            [CompletionResult]::new('expire', 'expire', [CompletionResultType]::ParameterValue, 'Delete the partitions that are past their retention: their data on every node first, their records last')
            [CompletionResult]::new('split', 'split', [CompletionResultType]::ParameterValue, 'Divide a partition that grew too large among children, by the next bits of its keys'' hash')
            [CompletionResult]::new('pin', 'pin', [CompletionResultType]::ParameterValue, 'Keep partitions where they are: no plan moves them')
            [CompletionResult]::new('unpin', 'unpin', [CompletionResultType]::ParameterValue, 'Let plans move partitions again')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Every change of a record and its extension, the newest first, with who made it and why')
            [CompletionResult]::new('boundaries', 'boundaries', [CompletionResultType]::ParameterValue, 'Suggest range boundaries of service names, for `init --boundaries` and `cluster set boundaries=…`')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;partition;list' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Start of the range; alone it ends now')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'End of the range, itself outside')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Length of the range, from --from on')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'The range that ends now and is so long')
            [CompletionResult]::new('--node', '--node', [CompletionResultType]::ParameterName, 'Held by this node (repeatable)')
            [CompletionResult]::new('--leader', '--leader', [CompletionResultType]::ParameterName, 'Led by this node (repeatable)')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'In this state: active, readonly, migrating, rebalancing')
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'With a copy in this availability zone')
            [CompletionResult]::new('--min-size', '--min-size', [CompletionResultType]::ParameterName, 'At least this large: 1GB')
            [CompletionResult]::new('--max-size', '--max-size', [CompletionResultType]::ParameterName, 'At most this large')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--expired', '--expired', [CompletionResultType]::ParameterName, 'Past their retention')
            [CompletionResult]::new('--pinned', '--pinned', [CompletionResultType]::ParameterName, 'Pinned')
            [CompletionResult]::new('--under-replicated', '--under-replicated', [CompletionResultType]::ParameterName, 'With fewer copies on nodes that are up than the replication factor')
            [CompletionResult]::new('--no-leader', '--no-leader', [CompletionResultType]::ParameterName, 'Without a leader that is up')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;partition;get' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--ignore-not-found', '--ignore-not-found', [CompletionResultType]::ParameterName, 'Say nothing about records that do not exist')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;partition;create' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Start of the range; alone it ends now')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'End of the range, itself outside')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Length of the range, from --from on')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'The range that ends now and is so long')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;partition;set' {
            [CompletionResult]::new('--leader', '--leader', [CompletionResultType]::ParameterName, 'The leader, one of its nodes')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'The state: active, readonly')
            [CompletionResult]::new('--nodes', '--nodes', [CompletionResultType]::ParameterName, 'The nodes that hold full copies; needs --force, as nobody looks at the copies')
            [CompletionResult]::new('--size', '--size', [CompletionResultType]::ParameterName, 'Bytes of one copy')
            [CompletionResult]::new('--record-count', '--record-count', [CompletionResultType]::ParameterName, 'Records of one copy')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Change the nodes although nobody has looked at the copies')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;partition;edit' {
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Change the nodes although nobody has looked at the copies')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;partition;delete' {
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--ignore-not-found', '--ignore-not-found', [CompletionResultType]::ParameterName, 'Say nothing about records that do not exist')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Delete although nobody has looked at the copies')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;partition;expire' {
            [CompletionResult]::new('--retention-days', '--retention-days', [CompletionResultType]::ParameterName, 'Keep partitions so many days, whatever the cluster spec says')
            [CompletionResult]::new('--before', '--before', [CompletionResultType]::ParameterName, 'Only those that ended until then; what the retention keeps is kept all the same')
            [CompletionResult]::new('--max-partitions', '--max-partitions', [CompletionResultType]::ParameterName, 'At most so many partitions, the oldest')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'How long writers may go on by what they saw before, until the first copy is deleted')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;partition;split' {
            [CompletionResult]::new('--bits', '--bits', [CompletionResultType]::ParameterName, 'By how many bits: 1 makes two children, 2 four')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'How long writers may go on by what they saw before, until the partition is read')
            [CompletionResult]::new('--grace', '--grace', [CompletionResultType]::ParameterName, 'How long readers may go on by the old copies before they are deleted')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;partition;pin' {
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--ignore-not-found', '--ignore-not-found', [CompletionResultType]::ParameterName, 'Say nothing about records that do not exist')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;partition;unpin' {
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--ignore-not-found', '--ignore-not-found', [CompletionResultType]::ParameterName, 'Say nothing about records that do not exist')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;partition;history' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;partition;boundaries' {
            [CompletionResult]::new('--otlp', '--otlp', [CompletionResultType]::ParameterName, 'Weigh the services of an OTLP file by bytes; `-` = stdin')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'How many ranges to make of the OTLP file')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;partition;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List records')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show one or more records')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Record the partitions of a range of time that have no record yet')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change fields of a record; fields that are not given stay')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit a record in your editor, as JSON')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete records of partitions, with what this tool keeps beside them')
            [CompletionResult]::new('expire', 'expire', [CompletionResultType]::ParameterValue, 'Delete the partitions that are past their retention: their data on every node first, their records last')
            [CompletionResult]::new('split', 'split', [CompletionResultType]::ParameterValue, 'Divide a partition that grew too large among children, by the next bits of its keys'' hash')
            [CompletionResult]::new('pin', 'pin', [CompletionResultType]::ParameterValue, 'Keep partitions where they are: no plan moves them')
            [CompletionResult]::new('unpin', 'unpin', [CompletionResultType]::ParameterValue, 'Let plans move partitions again')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Every change of a record and its extension, the newest first, with who made it and why')
            [CompletionResult]::new('boundaries', 'boundaries', [CompletionResultType]::ParameterValue, 'Suggest range boundaries of service names, for `init --boundaries` and `cluster set boundaries=…`')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;partition;help;list' {
            break
        }
        'otlp-part;partition;help;get' {
            break
        }
        'otlp-part;partition;help;create' {
            break
        }
        'otlp-part;partition;help;set' {
            break
        }
        'otlp-part;partition;help;edit' {
            break
        }
        'otlp-part;partition;help;delete' {
            break
        }
        'otlp-part;partition;help;expire' {
            break
        }
        'otlp-part;partition;help;split' {
            break
        }
        'otlp-part;partition;help;pin' {
            break
        }
        'otlp-part;partition;help;unpin' {
            break
        }
        'otlp-part;partition;help;history' {
            break
        }
        'otlp-part;partition;help;boundaries' {
            break
        }
        'otlp-part;partition;help;help' {
            break
        }
        'otlp-part;ring' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Tokens and share of the key space of each node')
            [CompletionResult]::new('owners', 'owners', [CompletionResultType]::ParameterValue, 'The owners of any key, such as a partition id')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;ring;get' {
            [CompletionResult]::new('--nodes', '--nodes', [CompletionResultType]::ParameterName, 'Compute with these nodes and the default settings; no store is needed')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;ring;owners' {
            [CompletionResult]::new('--nodes', '--nodes', [CompletionResultType]::ParameterName, 'Compute with these nodes and the default settings; no store is needed')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;ring;help' {
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Tokens and share of the key space of each node')
            [CompletionResult]::new('owners', 'owners', [CompletionResultType]::ParameterValue, 'The owners of any key, such as a partition id')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;ring;help;get' {
            break
        }
        'otlp-part;ring;help;owners' {
            break
        }
        'otlp-part;ring;help;help' {
            break
        }
        'otlp-part;simulate' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'A scenario: changes, the whole cluster that is wanted, or both; `-` = stdin')
            [CompletionResult]::new('--add', '--add', [CompletionResultType]::ParameterName, 'Add a node (repeatable)')
            [CompletionResult]::new('--add-count', '--add-count', [CompletionResultType]::ParameterName, 'Add so many nodes, or so many of the present ones: 10, 10%; each in the zone with the fewest nodes')
            [CompletionResult]::new('--remove', '--remove', [CompletionResultType]::ParameterName, 'Take a node out; what it holds is brought away first (repeatable)')
            [CompletionResult]::new('--drain', '--drain', [CompletionResultType]::ParameterName, 'Empty a node (repeatable)')
            [CompletionResult]::new('--weight', '--weight', [CompletionResultType]::ParameterName, 'Give a node another weight (repeatable)')
            [CompletionResult]::new('--virtual-nodes', '--virtual-nodes', [CompletionResultType]::ParameterName, 'Ring tokens of a node of weight 1')
            [CompletionResult]::new('--replication-factor', '--replication-factor', [CompletionResultType]::ParameterName, 'Copies of every partition')
            [CompletionResult]::new('--hash-buckets', '--hash-buckets', [CompletionResultType]::ParameterName, 'Hash buckets a time bucket')
            [CompletionResult]::new('--hash', '--hash', [CompletionResultType]::ParameterName, 'How keys are hashed: siphash13, xxh3-64')
            [CompletionResult]::new('--placement', '--placement', [CompletionResultType]::ParameterName, 'How owners are chosen: ring, zone-balanced, rendezvous')
            [CompletionResult]::new('--granularity-hours', '--granularity-hours', [CompletionResultType]::ParameterName, 'Hours a time bucket')
            [CompletionResult]::new('--nodes', '--nodes', [CompletionResultType]::ParameterName, 'Compute with these nodes and the default settings; no store is needed')
            [CompletionResult]::new('--zones', '--zones', [CompletionResultType]::ParameterName, 'The nodes of --nodes stand in these zones, one after the other and round again')
            [CompletionResult]::new('--otlp', '--otlp', [CompletionResultType]::ParameterName, 'The partitions that recorded telemetry falls into, with its bytes; `-` = stdin')
            [CompletionResult]::new('--partitions', '--partitions', [CompletionResultType]::ParameterName, 'So many made-up partitions, in whole time buckets [default: with --nodes, as many as the retention holds]')
            [CompletionResult]::new('--size', '--size', [CompletionResultType]::ParameterName, 'Mean size of a made-up partition [default: 3GB]')
            [CompletionResult]::new('--size-spread', '--size-spread', [CompletionResultType]::ParameterName, 'How far sizes lie from the mean at most, 0 to 100% [default: 0]')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'A time in the newest time bucket of made-up partitions, which is the open one [default: always the same]')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'What sizes and failing nodes are drawn by [default: 1]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'What a change comes to: what `planner` makes of it, or a new `placement` of everything [default: planner where partitions are recorded or placed zone-balanced]')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Carry out a plan: a file of `plan-rebalance --out`, or the id of a recorded one')
            [CompletionResult]::new('--snapshot-out', '--snapshot-out', [CompletionResultType]::ParameterName, 'Write the cluster after as a snapshot, to be read with --store snapshot:FILE')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Write a page with charts of the simulation, whole by itself (HTML)')
            [CompletionResult]::new('--fail', '--fail', [CompletionResultType]::ParameterName, 'What fails, all at once: a node, all nodes of a zone, or so many drawn at random (repeatable)')
            [CompletionResult]::new('--rounds', '--rounds', [CompletionResultType]::ParameterName, 'How often nodes are drawn [default: 1]')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'Exit code 3 unless this holds after: min-replicas=N, max-skew=RATIO, max-moved-bytes=SIZE, max-node-fill=RATIO, max-violations=N; several with commas')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--compare-placements', '--compare-placements', [CompletionResultType]::ParameterName, 'Set ring, rendezvous and zone-balanced placement side by side for this cluster')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Overwrite the files of --snapshot-out and --report')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;plan-rebalance' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the plan to this file, and nothing else')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Write a page with charts of the plan, whole by itself (HTML)')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the plan and the audit trail [default: the login name]')
            [CompletionResult]::new('--band', '--band', [CompletionResultType]::ParameterName, 'Half width of the band round its target that every node is brought into')
            [CompletionResult]::new('--threshold', '--threshold', [CompletionResultType]::ParameterName, 'Balance nothing unless a node deviates by more than this from its target, or is more than 85 % full')
            [CompletionResult]::new('--max-bytes', '--max-bytes', [CompletionResultType]::ParameterName, 'Move at most so many bytes for balance')
            [CompletionResult]::new('--max-moves', '--max-moves', [CompletionResultType]::ParameterName, 'Make at most so many moves for balance')
            [CompletionResult]::new('--drain', '--drain', [CompletionResultType]::ParameterName, 'Empty this node too, beside those that are Draining (repeatable)')
            [CompletionResult]::new('--relieve', '--relieve', [CompletionResultType]::ParameterName, 'Bring only this node into its band (repeatable)')
            [CompletionResult]::new('--move', '--move', [CompletionResultType]::ParameterName, 'Exactly this move and nothing else (repeatable, also with --leader)')
            [CompletionResult]::new('--leader', '--leader', [CompletionResultType]::ParameterName, 'Exactly this leader and nothing else (repeatable, also with --move)')
            [CompletionResult]::new('--exclude-node', '--exclude-node', [CompletionResultType]::ParameterName, 'Leave this node as it is (repeatable)')
            [CompletionResult]::new('--exclude-partition', '--exclude-partition', [CompletionResultType]::ParameterName, 'Leave this partition where it is (repeatable)')
            [CompletionResult]::new('--prefer', '--prefer', [CompletionResultType]::ParameterName, 'Which replicas are picked when several would do: evenly over age, so that retention does not undo the balance, or the largest first')
            [CompletionResult]::new('--bandwidth', '--bandwidth', [CompletionResultType]::ParameterName, 'Assumed bytes per second into a node and out of it, for the estimate of the time')
            [CompletionResult]::new('--max-concurrent', '--max-concurrent', [CompletionResultType]::ParameterName, 'Assumed copies at a time per node, for the estimate [default: what the cluster spec says]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the plan and write nothing anywhere; the store is opened read-only')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Overwrite the files of --out and --report')
            [CompletionResult]::new('--curve', '--curve', [CompletionResultType]::ParameterName, 'Show how many bytes each width of the band costs at least, and plan nothing')
            [CompletionResult]::new('--detailed-exitcode', '--detailed-exitcode', [CompletionResultType]::ParameterName, 'Exit with 3 if there are moves, or work that cannot be planned')
            [CompletionResult]::new('--leaders-only', '--leaders-only', [CompletionResultType]::ParameterName, 'Only hand leaderships over; no data moves')
            [CompletionResult]::new('--include-open', '--include-open', [CompletionResultType]::ParameterName, 'Move partitions of time buckets that are still being written, too')
            [CompletionResult]::new('--allow-mass-repair', '--allow-mass-repair', [CompletionResultType]::ParameterName, 'Rebuild copies even while a whole zone or more than a tenth of the nodes is down')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;execute-rebalance' {
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Execute the moves of this partition alone (repeatable)')
            [CompletionResult]::new('--max-bytes', '--max-bytes', [CompletionResultType]::ParameterName, 'Begin no move that would make it more than so many bytes')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Stop at this time; what is in flight then is left resumable')
            [CompletionResult]::new('--bandwidth', '--bandwidth', [CompletionResultType]::ParameterName, 'At most so many bytes per second into each node, and as many out of it, such as 100MB/s')
            [CompletionResult]::new('--max-concurrent', '--max-concurrent', [CompletionResultType]::ParameterName, 'Copies at a time per node [default: what the cluster spec says]')
            [CompletionResult]::new('--streams', '--streams', [CompletionResultType]::ParameterName, 'Segments of one copy at the same time, 1 to 4')
            [CompletionResult]::new('--grace', '--grace', [CompletionResultType]::ParameterName, 'How long readers may go on by the old owners before the old copy is deleted')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'How long is waited before a copy until every writer has seen that the partition is migrating')
            [CompletionResult]::new('--mover', '--mover', [CompletionResultType]::ParameterName, 'Have data moved by this command instead; what it moved is verified all the same')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--skip-stale', '--skip-stale', [CompletionResultType]::ParameterName, 'Pass moves over that no longer fit, and execute the rest')
            [CompletionResult]::new('--rollback', '--rollback', [CompletionResultType]::ParameterName, 'Undo what was done of the plan: replicas and leaders go back to where the plan found them')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;plan' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the recorded plans, the newest first')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show a plan; `-o json` prints the plan file')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a plan against the cluster: whether it is whole and legal, and whether it still fits')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show what differs between two plans; exit code 3 if something does')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a recorded plan with its inverse; one that is being executed stays')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Delete recorded plans that need not be kept, and what is left of recordings that were not finished')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;plan;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;plan;get' {
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Write a page with charts of it, whole by itself (HTML)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--inverse', '--inverse', [CompletionResultType]::ParameterName, 'Show the plan that undoes it, which was recorded with it')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Overwrite the file of --report')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;plan;verify' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;plan;diff' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;plan;delete' {
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--ignore-not-found', '--ignore-not-found', [CompletionResultType]::ParameterName, 'It is no error if there is no such plan')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;plan;prune' {
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Keep so many of the newest plans')
            [CompletionResult]::new('--max-bytes', '--max-bytes', [CompletionResultType]::ParameterName, 'Keep at most so many bytes of keys and values')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;plan;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the recorded plans, the newest first')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show a plan; `-o json` prints the plan file')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a plan against the cluster: whether it is whole and legal, and whether it still fits')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show what differs between two plans; exit code 3 if something does')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a recorded plan with its inverse; one that is being executed stays')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Delete recorded plans that need not be kept, and what is left of recordings that were not finished')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;plan;help;list' {
            break
        }
        'otlp-part;plan;help;get' {
            break
        }
        'otlp-part;plan;help;verify' {
            break
        }
        'otlp-part;plan;help;diff' {
            break
        }
        'otlp-part;plan;help;delete' {
            break
        }
        'otlp-part;plan;help;prune' {
            break
        }
        'otlp-part;plan;help;help' {
            break
        }
        'otlp-part;migration' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the operations in flight: what is copied where, how far it is, and what it waits for')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show the operations in flight on some partitions')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Follow what is in flight until all is at rest: how far it is, what it waits for, and whether anybody drives it')
            [CompletionResult]::new('pause', 'pause', [CompletionResultType]::ParameterValue, 'Begin no more moves until `migration resume`; what is in flight is finished')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Let a paused executor begin moves again')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change the limits of the execution that runs, and of coming ones that say none of their own')
            [CompletionResult]::new('abort', 'abort', [CompletionResultType]::ParameterValue, 'Undo what is being copied, and finish what is past its cutover')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;migration;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;migration;get' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--ignore-not-found', '--ignore-not-found', [CompletionResultType]::ParameterName, 'Say nothing about partitions on which nothing is in flight')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;migration;watch' {
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'End after so long although something is in flight')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;migration;pause' {
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;migration;resume' {
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;migration;set' {
            [CompletionResult]::new('--bandwidth', '--bandwidth', [CompletionResultType]::ParameterName, 'At most so many bytes per second into each node, and as many out of it; `none`, or `default` = as its own command says')
            [CompletionResult]::new('--max-concurrent', '--max-concurrent', [CompletionResultType]::ParameterName, 'Copies at a time per node, 1 to 1000; `default` = as its own command says')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;migration;abort' {
            [CompletionResult]::new('--grace', '--grace', [CompletionResultType]::ParameterName, 'How long readers may go on by the old owners before an old copy is deleted')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All operations in flight, and old copies that were left on nodes; an execution that runs begins nothing more')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;migration;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the operations in flight: what is copied where, how far it is, and what it waits for')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show the operations in flight on some partitions')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Follow what is in flight until all is at rest: how far it is, what it waits for, and whether anybody drives it')
            [CompletionResult]::new('pause', 'pause', [CompletionResultType]::ParameterValue, 'Begin no more moves until `migration resume`; what is in flight is finished')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Let a paused executor begin moves again')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change the limits of the execution that runs, and of coming ones that say none of their own')
            [CompletionResult]::new('abort', 'abort', [CompletionResultType]::ParameterValue, 'Undo what is being copied, and finish what is past its cutover')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;migration;help;list' {
            break
        }
        'otlp-part;migration;help;get' {
            break
        }
        'otlp-part;migration;help;watch' {
            break
        }
        'otlp-part;migration;help;pause' {
            break
        }
        'otlp-part;migration;help;resume' {
            break
        }
        'otlp-part;migration;help;set' {
            break
        }
        'otlp-part;migration;help;abort' {
            break
        }
        'otlp-part;migration;help;help' {
            break
        }
        'otlp-part;auto-rebalance' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Rebalance, repair and, with --fail-after, fail over, round after round, until it is stopped')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether it runs, who leads, and how the last round ended, from any host')
            [CompletionResult]::new('pause', 'pause', [CompletionResultType]::ParameterValue, 'Begin no more rounds and moves until `auto-rebalance resume`, on whichever host it runs; what is in flight is finished')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Let it begin rounds again')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;auto-rebalance;run' {
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'From the end of one round to the beginning of the next [default: what the cluster spec says]')
            [CompletionResult]::new('--threshold', '--threshold', [CompletionResultType]::ParameterName, 'Balance nothing while no node deviates by more than this from its target, or is more than 85 % full [default: what the cluster spec says]')
            [CompletionResult]::new('--window', '--window', [CompletionResultType]::ParameterName, 'Move data for balance in these hours of the day alone, UTC; repairs are made at any time')
            [CompletionResult]::new('--bytes-per-day', '--bytes-per-day', [CompletionResultType]::ParameterName, 'Move at most so many bytes for balance in a day (UTC)')
            [CompletionResult]::new('--fail-after', '--fail-after', [CompletionResultType]::ParameterName, 'Declare a node lost whose data does not answer for so long: others lead what it led')
            [CompletionResult]::new('--repair-after', '--repair-after', [CompletionResultType]::ParameterName, 'Make the copies of a node anew that is Down for so long; `never`')
            [CompletionResult]::new('--rounds', '--rounds', [CompletionResultType]::ParameterName, 'End after so many rounds')
            [CompletionResult]::new('--metrics', '--metrics', [CompletionResultType]::ParameterName, 'Serve metrics for Prometheus at this address, path /metrics')
            [CompletionResult]::new('--bandwidth', '--bandwidth', [CompletionResultType]::ParameterName, 'At most so many bytes per second into each node, and as many out of it, such as 100MB/s')
            [CompletionResult]::new('--max-concurrent', '--max-concurrent', [CompletionResultType]::ParameterName, 'Copies at a time per node [default: what the cluster spec says]')
            [CompletionResult]::new('--streams', '--streams', [CompletionResultType]::ParameterName, 'Segments of one copy at the same time, 1 to 4')
            [CompletionResult]::new('--grace', '--grace', [CompletionResultType]::ParameterName, 'How long readers may go on by the old owners before the old copy is deleted')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'How long is waited before a copy until every writer has seen that the partition is migrating')
            [CompletionResult]::new('--mover', '--mover', [CompletionResultType]::ParameterName, 'Have data moved by this command instead; what it moved is verified all the same')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--allow-mass-repair', '--allow-mass-repair', [CompletionResultType]::ParameterName, 'Rebuild copies even while a whole zone or more than a tenth of the nodes is down')
            [CompletionResult]::new('--expire', '--expire', [CompletionResultType]::ParameterName, 'Delete partitions past their retention behind each round, as `partition expire` does')
            [CompletionResult]::new('--split', '--split', [CompletionResultType]::ParameterName, 'Split partitions larger than the cluster spec allows behind each round, as `partition split` does; in the hours of --window alone')
            [CompletionResult]::new('--compact', '--compact', [CompletionResultType]::ParameterName, 'Merge the small segments of closed time buckets behind each round, as `data compact` does; in the hours of --window alone')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;auto-rebalance;status' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;auto-rebalance;pause' {
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;auto-rebalance;resume' {
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;auto-rebalance;help' {
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Rebalance, repair and, with --fail-after, fail over, round after round, until it is stopped')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether it runs, who leads, and how the last round ended, from any host')
            [CompletionResult]::new('pause', 'pause', [CompletionResultType]::ParameterValue, 'Begin no more rounds and moves until `auto-rebalance resume`, on whichever host it runs; what is in flight is finished')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Let it begin rounds again')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;auto-rebalance;help;run' {
            break
        }
        'otlp-part;auto-rebalance;help;status' {
            break
        }
        'otlp-part;auto-rebalance;help;pause' {
            break
        }
        'otlp-part;auto-rebalance;help;resume' {
            break
        }
        'otlp-part;auto-rebalance;help;help' {
            break
        }
        'otlp-part;data' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Write telemetry into the store: OTLP/JSON, JSON lines or protobuf, plain, gzip or zstd, of all three signals')
            [CompletionResult]::new('query', 'query', [CompletionResultType]::ParameterValue, 'Read spans, metrics and log records: of a trace, or of a range of time')
            [CompletionResult]::new('compact', 'compact', [CompletionResultType]::ParameterValue, 'Merge the small segments of partitions into larger ones')
            [CompletionResult]::new('scrub', 'scrub', [CompletionResultType]::ParameterValue, 'Look at the copies of partitions: against their sidecars, and against each other')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;data;write' {
            [CompletionResult]::new('--signal', '--signal', [CompletionResultType]::ParameterName, 'The signal of protobuf without records that tell it')
            [CompletionResult]::new('--batch-id', '--batch-id', [CompletionResultType]::ParameterName, 'Make batch ids of this name and of numbers, instead of the input''s content and place')
            [CompletionResult]::new('--quorum', '--quorum', [CompletionResultType]::ParameterName, 'Copies that must have a batch: majority, all, or a number')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Bytes of requests in a batch [default: 64MiB, 16MiB with --listen]')
            [CompletionResult]::new('--compression-level', '--compression-level', [CompletionResultType]::ParameterName, 'Level of zstd, 1 (fast) to 19')
            [CompletionResult]::new('--streams', '--streams', [CompletionResultType]::ParameterName, 'Segments that are written at the same time')
            [CompletionResult]::new('--near', '--near', [CompletionResultType]::ParameterName, 'From where is written: NODE, or zone=Z, region=R, dc=D; the nearest copy is begun first, and bytes to other zones are told')
            [CompletionResult]::new('--replica-timeout', '--replica-timeout', [CompletionResultType]::ParameterName, 'How long one copy of a segment may take before its node counts as unreachable [default: 30s, 10s with --listen]')
            [CompletionResult]::new('--quorum-wait', '--quorum-wait', [CompletionResultType]::ParameterName, 'How long is waited for a quorum, or for the store [default: 10s, 2s with --listen]')
            [CompletionResult]::new('--hold-wait', '--hold-wait', [CompletionResultType]::ParameterName, 'How long is waited for partitions that are being moved [default: 15m, 2s with --listen]')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Receive OTLP/HTTP at this address instead of reading files, until it is stopped; port 0 chooses one')
            [CompletionResult]::new('--linger', '--linger', [CompletionResultType]::ParameterName, 'How long a batch waits for more requests')
            [CompletionResult]::new('--queue-size', '--queue-size', [CompletionResultType]::ParameterName, 'Memory for requests that are received or wait; beyond it the answer is 429')
            [CompletionResult]::new('--max-body', '--max-body', [CompletionResultType]::ParameterName, 'The largest body of a request, decompressed; a larger one gets 413')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--accept-old', '--accept-old', [CompletionResultType]::ParameterName, 'Write time buckets too that are beyond the retention or more than an hour ahead')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Messages that cannot be read and records without id or time are an error at the end')
            [CompletionResult]::new('--listen-insecure', '--listen-insecure', [CompletionResultType]::ParameterName, 'Listen beyond loopback too: there is neither TLS nor a login, whoever reaches the port writes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;data;query' {
            [CompletionResult]::new('--trace-id', '--trace-id', [CompletionResultType]::ParameterName, 'The spans of this trace: 32 hexadecimal digits, UUID dashes accepted')
            [CompletionResult]::new('--service', '--service', [CompletionResultType]::ParameterName, 'Records of this service, by their resource')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Spans or metrics of this name, log records of this event name')
            [CompletionResult]::new('--attribute', '--attribute', [CompletionResultType]::ParameterName, 'Records with this attribute, on themselves, their scope or their resource (repeatable: all of them)')
            [CompletionResult]::new('--severity', '--severity', [CompletionResultType]::ParameterName, 'Log records at least so severe: error, WARN2, 17')
            [CompletionResult]::new('--signal', '--signal', [CompletionResultType]::ParameterName, 'Records of one signal: traces, metrics, logs')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'When the trace was recorded [default: everything within retention that has a record]')
            [CompletionResult]::new('--slack', '--slack', [CompletionResultType]::ParameterName, 'Also so many neighbouring time buckets: on each side of a trace''s, before those of a range [default: 1]')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Start of the range; alone it ends now')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'End of the range, itself outside')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Length of the range, from --from on')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'The range that ends now and is so long')
            [CompletionResult]::new('--near', '--near', [CompletionResultType]::ParameterName, 'Read the nearest live replica: to a node, or to zone=Z, region=R, dc=D')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Give OTLP out instead of rows, whatever -o says: JSON lines, or protobuf behind 4 bytes of length')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Only count what matches, and sum the hashes of its records')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Show what was read and why instead of the records: replicas, segments, frames, bytes')
            [CompletionResult]::new('--ignore-not-found', '--ignore-not-found', [CompletionResultType]::ParameterName, 'A trace that is not found is no error')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;data;compact' {
            [CompletionResult]::new('--partition', '--partition', [CompletionResultType]::ParameterName, 'This partition alone (repeatable)')
            [CompletionResult]::new('--min-segments', '--min-segments', [CompletionResultType]::ParameterName, 'Leave partitions alone that have fewer segments to merge')
            [CompletionResult]::new('--target-size', '--target-size', [CompletionResultType]::ParameterName, 'The size of merged segments; those with half of it are not merged any further')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'How long writers may go on by what they saw before, until a partition is read')
            [CompletionResult]::new('--grace', '--grace', [CompletionResultType]::ParameterName, 'How long readers may go on by the old copies before they are deleted')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Start of the range; alone it ends now')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'End of the range, itself outside')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Length of the range, from --from on')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'The range that ends now and is so long')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--include-open', '--include-open', [CompletionResultType]::ParameterName, 'Open time buckets, too')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;data;scrub' {
            [CompletionResult]::new('--partition', '--partition', [CompletionResultType]::ParameterName, 'This partition alone (repeatable)')
            [CompletionResult]::new('--node', '--node', [CompletionResultType]::ParameterName, 'Partitions of which this node holds a copy (repeatable)')
            [CompletionResult]::new('--sample', '--sample', [CompletionResultType]::ParameterName, 'A part of the partitions, chosen at random: 5% or 0.05')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Which part; the same number chooses the same partitions [default: random, and said]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on behind this partition')
            [CompletionResult]::new('--bandwidth', '--bandwidth', [CompletionResultType]::ParameterName, 'At most so many bytes per second out of each node, and as many into it, such as 100MB/s')
            [CompletionResult]::new('--streams', '--streams', [CompletionResultType]::ParameterName, 'Segments of one copy at the same time, 1 to 4')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Start of the range; alone it ends now')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'End of the range, itself outside')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Length of the range, from --from on')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'The range that ends now and is so long')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--repair', '--repair', [CompletionResultType]::ParameterName, 'Repair what is bad from good copies')
            [CompletionResult]::new('--quick', '--quick', [CompletionResultType]::ParameterName, 'Look at sidecars and lengths only, which finds what is missing and not what is flipped')
            [CompletionResult]::new('--allow-mass-repair', '--allow-mass-repair', [CompletionResultType]::ParameterName, 'Repair although a whole zone or more than 10 % of the nodes is down')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;data;help' {
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Write telemetry into the store: OTLP/JSON, JSON lines or protobuf, plain, gzip or zstd, of all three signals')
            [CompletionResult]::new('query', 'query', [CompletionResultType]::ParameterValue, 'Read spans, metrics and log records: of a trace, or of a range of time')
            [CompletionResult]::new('compact', 'compact', [CompletionResultType]::ParameterValue, 'Merge the small segments of partitions into larger ones')
            [CompletionResult]::new('scrub', 'scrub', [CompletionResultType]::ParameterValue, 'Look at the copies of partitions: against their sidecars, and against each other')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;data;help;write' {
            break
        }
        'otlp-part;data;help;query' {
            break
        }
        'otlp-part;data;help;compact' {
            break
        }
        'otlp-part;data;help;scrub' {
            break
        }
        'otlp-part;data;help;help' {
            break
        }
        'otlp-part;doctor' {
            [CompletionResult]::new('--severity', '--severity', [CompletionResultType]::ParameterName, 'The least severity that is shown: error, warning, info')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--each', '--each', [CompletionResultType]::ParameterName, 'Show every finding, up to 100,000 of a kind')
            [CompletionResult]::new('--no-data', '--no-data', [CompletionResultType]::ParameterName, 'Do not look at the places of the nodes'' data, which this host may not reach')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Mend what is safe to mend: nothing that touches where data is, no value that cannot be read')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;watch' {
            [CompletionResult]::new('--family', '--family', [CompletionResultType]::ParameterName, 'Only these families: cluster, nodes, partitions, ext, migrations, rebalance, plans, repair, orphans, audit')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Only this partition, node or other id (repeatable)')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Begin in the past: with the changes of this revision, or after this time [default: now]')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'End after so long; what happened until then is shown whole')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;audit' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List who changed what, when and why, the newest first')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Delete old entries: those older than --older-than, then the oldest until --max-bytes is kept')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;audit;list' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Start of the range; alone it ends now')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'End of the range, itself outside')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Length of the range, from --from on')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'The range that ends now and is so long')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'By this actor')
            [CompletionResult]::new('--command', '--command', [CompletionResultType]::ParameterName, 'By this command: node, or "node set"')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'That changed this key, whole or behind the prefix (repeatable)')
            [CompletionResult]::new('--partition', '--partition', [CompletionResultType]::ParameterName, 'That changed this partition (repeatable)')
            [CompletionResult]::new('--node', '--node', [CompletionResultType]::ParameterName, 'That changed this node (repeatable)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;audit;prune' {
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'Delete what is older than this')
            [CompletionResult]::new('--max-bytes', '--max-bytes', [CompletionResultType]::ParameterName, 'Keep at most so many bytes of keys and values')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;audit;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List who changed what, when and why, the newest first')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Delete old entries: those older than --older-than, then the oldest until --max-bytes is kept')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;audit;help;list' {
            break
        }
        'otlp-part;audit;help;prune' {
            break
        }
        'otlp-part;audit;help;help' {
            break
        }
        'otlp-part;snapshot' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write everything under the prefix as one JSON document')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Make a new embedded store of a snapshot; never overwrites')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show what differs between two snapshots, or a snapshot and the store; exit code 3 if something does')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;snapshot;export' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Overwrite the file')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;snapshot;import' {
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;snapshot;diff' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--audit', '--audit', [CompletionResultType]::ParameterName, 'Compare the audit trail, too')
            [CompletionResult]::new('--revisions', '--revisions', [CompletionResultType]::ParameterName, 'Also tell keys whose values are equal and whose revisions are not')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;snapshot;help' {
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write everything under the prefix as one JSON document')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Make a new embedded store of a snapshot; never overwrites')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show what differs between two snapshots, or a snapshot and the store; exit code 3 if something does')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;snapshot;help;export' {
            break
        }
        'otlp-part;snapshot;help;import' {
            break
        }
        'otlp-part;snapshot;help;diff' {
            break
        }
        'otlp-part;snapshot;help;help' {
            break
        }
        'otlp-part;store' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('compact', 'compact', [CompletionResultType]::ParameterValue, 'Forget past states of keys, which --at and history read')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;store;compact' {
            [CompletionResult]::new('--before', '--before', [CompletionResultType]::ParameterName, 'Keep what can be read from this revision or time on [default: the present alone]')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The name of the context in force, which a protected one wants instead of a question')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit trail')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Who, for the audit trail [default: the login name]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing; the store is opened read-only')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; a protected cluster wants --confirm instead')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;store;help' {
            [CompletionResult]::new('compact', 'compact', [CompletionResultType]::ParameterValue, 'Forget past states of keys, which --at and history read')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;store;help;compact' {
            break
        }
        'otlp-part;store;help;help' {
            break
        }
        'otlp-part;context' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the contexts of the configuration file')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Choose the context that holds when none is named')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show every setting in force, and where it came from')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;context;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;context;use' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change and write nothing')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;context;get' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;context;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the contexts of the configuration file')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Choose the context that holds when none is named')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show every setting in force, and where it came from')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;context;help;list' {
            break
        }
        'otlp-part;context;help;use' {
            break
        }
        'otlp-part;context;help;get' {
            break
        }
        'otlp-part;context;help;help' {
            break
        }
        'otlp-part;completions' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;man' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Write one page per command here instead, such as ~/.local/share/man/man1')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Work on this cluster of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Read the past: a revision, or a time (the newest revision made until then)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Show these columns, in this order')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by a field; `:desc` turns it round')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most so many rows')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Progress on stderr')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'TLS: certificates of the authorities that signed the servers'' [default: the system''s]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'TLS: the client''s certificate, with its chain')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'TLS: the key of the client''s certificate')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Log in as this user; without a password it is asked for on a terminal')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The user''s password; other users of this machine can see arguments: better use --password-file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file that holds the user''s password; `-` = stdin')
            [CompletionResult]::new('--dial-timeout', '--dial-timeout', [CompletionResultType]::ParameterName, 'How long connecting to one member may take [default: 3s]')
            [CompletionResult]::new('--command-timeout', '--command-timeout', [CompletionResultType]::ParameterName, 'How long one call may take [default: 8s]')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Leave the heading line of tables and CSV out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes, warnings or progress on stderr')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Send the password although the connection is not encrypted and leaves this machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'otlp-part;help' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a cluster: its spec and nodes, in a new embedded store or in an etcd; never overwrites')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Build a small embedded store with sample OTLP, and route a trace in it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'The cluster on one screen')
            [CompletionResult]::new('route', 'route', [CompletionResultType]::ParameterValue, 'Partition and owners of trace ids, metric or log keys, whole OTLP files, or a range of time')
            [CompletionResult]::new('cluster', 'cluster', [CompletionResultType]::ParameterValue, 'The cluster spec')
            [CompletionResult]::new('node', 'node', [CompletionResultType]::ParameterValue, 'Storage nodes')
            [CompletionResult]::new('partition', 'partition', [CompletionResultType]::ParameterValue, 'Partition records')
            [CompletionResult]::new('ring', 'ring', [CompletionResultType]::ParameterValue, 'The consistent-hash ring')
            [CompletionResult]::new('simulate', 'simulate', [CompletionResultType]::ParameterValue, 'What a change, a failure or a plan would do, without touching anything')
            [CompletionResult]::new('plan-rebalance', 'plan-rebalance', [CompletionResultType]::ParameterValue, 'Plan which replicas and leaders move, so that every node is in its band, drained nodes are empty and lost copies are made anew')
            [CompletionResult]::new('execute-rebalance', 'execute-rebalance', [CompletionResultType]::ParameterValue, 'Execute a plan: copy, verify and record each move, with progress, resumable at any point')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Recorded plans and plan files')
            [CompletionResult]::new('migration', 'migration', [CompletionResultType]::ParameterValue, 'Migrations in flight, and the executor that drives them, from any host')
            [CompletionResult]::new('auto-rebalance', 'auto-rebalance', [CompletionResultType]::ParameterValue, 'Rebalance, repair and fail over without being asked each time')
            [CompletionResult]::new('data', 'data', [CompletionResultType]::ParameterValue, 'The telemetry itself')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Find what is wrong in metadata and store, and name the command that mends it')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Follow changes as they happen')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'The audit trail')
            [CompletionResult]::new('snapshot', 'snapshot', [CompletionResultType]::ParameterValue, 'The offline copy of everything')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'The embedded store')
            [CompletionResult]::new('context', 'context', [CompletionResultType]::ParameterValue, 'Named clusters in the configuration file')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print completions for a shell, e.g. `otlp-part completions bash > /etc/bash_completion.d/otlp-part`')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the man page, or write one page per command into a directory')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'otlp-part;help;init' {
            break
        }
        'otlp-part;help;demo' {
            break
        }
        'otlp-part;help;status' {
            break
        }
        'otlp-part;help;route' {
            break
        }
        'otlp-part;help;cluster' {
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show the spec')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change fields of the spec; fields that are not given stay')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit the spec in your editor, as JSON')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show what differs between the cluster and a file; exit code 3 if something does')
            break
        }
        'otlp-part;help;cluster;get' {
            break
        }
        'otlp-part;help;cluster;set' {
            break
        }
        'otlp-part;help;cluster;edit' {
            break
        }
        'otlp-part;help;cluster;diff' {
            break
        }
        'otlp-part;help;node' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the nodes')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show one or more nodes')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add nodes')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change fields of nodes; fields that are not given stay')
            [CompletionResult]::new('claim', 'claim', [CompletionResultType]::ParameterValue, 'Mark the places of nodes'' data as theirs, so that data may be moved there')
            [CompletionResult]::new('cordon', 'cordon', [CompletionResultType]::ParameterValue, 'Give nodes no new partitions; what they hold stays')
            [CompletionResult]::new('drain', 'drain', [CompletionResultType]::ParameterValue, 'Mark nodes as to be emptied, and tell what must move')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Use nodes again, after cordon, drain or fail; leadership stays where it is')
            [CompletionResult]::new('fail', 'fail', [CompletionResultType]::ParameterValue, 'Declare nodes lost: they become Down, and live nodes lead what they led')
            [CompletionResult]::new('safe-to-remove', 'safe-to-remove', [CompletionResultType]::ParameterValue, 'Tell whether nodes can be removed together, with every reason against it (exit code 3)')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Every change of a node, the newest first, with who made it and why')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove nodes that nothing speaks against, as `node safe-to-remove` tells')
            break
        }
        'otlp-part;help;node;list' {
            break
        }
        'otlp-part;help;node;get' {
            break
        }
        'otlp-part;help;node;add' {
            break
        }
        'otlp-part;help;node;set' {
            break
        }
        'otlp-part;help;node;claim' {
            break
        }
        'otlp-part;help;node;cordon' {
            break
        }
        'otlp-part;help;node;drain' {
            break
        }
        'otlp-part;help;node;activate' {
            break
        }
        'otlp-part;help;node;fail' {
            break
        }
        'otlp-part;help;node;safe-to-remove' {
            break
        }
        'otlp-part;help;node;history' {
            break
        }
        'otlp-part;help;node;remove' {
            break
        }
        'otlp-part;help;partition' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List records')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show one or more records')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Record the partitions of a range of time that have no record yet')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change fields of a record; fields that are not given stay')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit a record in your editor, as JSON')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete records of partitions, with what this tool keeps beside them')
            [CompletionResult]::new('expire', 'expire', [CompletionResultType]::ParameterValue, 'Delete the partitions that are past their retention: their data on every node first, their records last')
            [CompletionResult]::new('split', 'split', [CompletionResultType]::ParameterValue, 'Divide a partition that grew too large among children, by the next bits of its keys'' hash')
            [CompletionResult]::new('pin', 'pin', [CompletionResultType]::ParameterValue, 'Keep partitions where they are: no plan moves them')
            [CompletionResult]::new('unpin', 'unpin', [CompletionResultType]::ParameterValue, 'Let plans move partitions again')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Every change of a record and its extension, the newest first, with who made it and why')
            [CompletionResult]::new('boundaries', 'boundaries', [CompletionResultType]::ParameterValue, 'Suggest range boundaries of service names, for `init --boundaries` and `cluster set boundaries=…`')
            break
        }
        'otlp-part;help;partition;list' {
            break
        }
        'otlp-part;help;partition;get' {
            break
        }
        'otlp-part;help;partition;create' {
            break
        }
        'otlp-part;help;partition;set' {
            break
        }
        'otlp-part;help;partition;edit' {
            break
        }
        'otlp-part;help;partition;delete' {
            break
        }
        'otlp-part;help;partition;expire' {
            break
        }
        'otlp-part;help;partition;split' {
            break
        }
        'otlp-part;help;partition;pin' {
            break
        }
        'otlp-part;help;partition;unpin' {
            break
        }
        'otlp-part;help;partition;history' {
            break
        }
        'otlp-part;help;partition;boundaries' {
            break
        }
        'otlp-part;help;ring' {
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Tokens and share of the key space of each node')
            [CompletionResult]::new('owners', 'owners', [CompletionResultType]::ParameterValue, 'The owners of any key, such as a partition id')
            break
        }
        'otlp-part;help;ring;get' {
            break
        }
        'otlp-part;help;ring;owners' {
            break
        }
        'otlp-part;help;simulate' {
            break
        }
        'otlp-part;help;plan-rebalance' {
            break
        }
        'otlp-part;help;execute-rebalance' {
            break
        }
        'otlp-part;help;plan' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the recorded plans, the newest first')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show a plan; `-o json` prints the plan file')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a plan against the cluster: whether it is whole and legal, and whether it still fits')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show what differs between two plans; exit code 3 if something does')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a recorded plan with its inverse; one that is being executed stays')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Delete recorded plans that need not be kept, and what is left of recordings that were not finished')
            break
        }
        'otlp-part;help;plan;list' {
            break
        }
        'otlp-part;help;plan;get' {
            break
        }
        'otlp-part;help;plan;verify' {
            break
        }
        'otlp-part;help;plan;diff' {
            break
        }
        'otlp-part;help;plan;delete' {
            break
        }
        'otlp-part;help;plan;prune' {
            break
        }
        'otlp-part;help;migration' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the operations in flight: what is copied where, how far it is, and what it waits for')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show the operations in flight on some partitions')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Follow what is in flight until all is at rest: how far it is, what it waits for, and whether anybody drives it')
            [CompletionResult]::new('pause', 'pause', [CompletionResultType]::ParameterValue, 'Begin no more moves until `migration resume`; what is in flight is finished')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Let a paused executor begin moves again')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change the limits of the execution that runs, and of coming ones that say none of their own')
            [CompletionResult]::new('abort', 'abort', [CompletionResultType]::ParameterValue, 'Undo what is being copied, and finish what is past its cutover')
            break
        }
        'otlp-part;help;migration;list' {
            break
        }
        'otlp-part;help;migration;get' {
            break
        }
        'otlp-part;help;migration;watch' {
            break
        }
        'otlp-part;help;migration;pause' {
            break
        }
        'otlp-part;help;migration;resume' {
            break
        }
        'otlp-part;help;migration;set' {
            break
        }
        'otlp-part;help;migration;abort' {
            break
        }
        'otlp-part;help;auto-rebalance' {
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Rebalance, repair and, with --fail-after, fail over, round after round, until it is stopped')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether it runs, who leads, and how the last round ended, from any host')
            [CompletionResult]::new('pause', 'pause', [CompletionResultType]::ParameterValue, 'Begin no more rounds and moves until `auto-rebalance resume`, on whichever host it runs; what is in flight is finished')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Let it begin rounds again')
            break
        }
        'otlp-part;help;auto-rebalance;run' {
            break
        }
        'otlp-part;help;auto-rebalance;status' {
            break
        }
        'otlp-part;help;auto-rebalance;pause' {
            break
        }
        'otlp-part;help;auto-rebalance;resume' {
            break
        }
        'otlp-part;help;data' {
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Write telemetry into the store: OTLP/JSON, JSON lines or protobuf, plain, gzip or zstd, of all three signals')
            [CompletionResult]::new('query', 'query', [CompletionResultType]::ParameterValue, 'Read spans, metrics and log records: of a trace, or of a range of time')
            [CompletionResult]::new('compact', 'compact', [CompletionResultType]::ParameterValue, 'Merge the small segments of partitions into larger ones')
            [CompletionResult]::new('scrub', 'scrub', [CompletionResultType]::ParameterValue, 'Look at the copies of partitions: against their sidecars, and against each other')
            break
        }
        'otlp-part;help;data;write' {
            break
        }
        'otlp-part;help;data;query' {
            break
        }
        'otlp-part;help;data;compact' {
            break
        }
        'otlp-part;help;data;scrub' {
            break
        }
        'otlp-part;help;doctor' {
            break
        }
        'otlp-part;help;watch' {
            break
        }
        'otlp-part;help;audit' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List who changed what, when and why, the newest first')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Delete old entries: those older than --older-than, then the oldest until --max-bytes is kept')
            break
        }
        'otlp-part;help;audit;list' {
            break
        }
        'otlp-part;help;audit;prune' {
            break
        }
        'otlp-part;help;snapshot' {
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write everything under the prefix as one JSON document')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Make a new embedded store of a snapshot; never overwrites')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show what differs between two snapshots, or a snapshot and the store; exit code 3 if something does')
            break
        }
        'otlp-part;help;snapshot;export' {
            break
        }
        'otlp-part;help;snapshot;import' {
            break
        }
        'otlp-part;help;snapshot;diff' {
            break
        }
        'otlp-part;help;store' {
            [CompletionResult]::new('compact', 'compact', [CompletionResultType]::ParameterValue, 'Forget past states of keys, which --at and history read')
            break
        }
        'otlp-part;help;store;compact' {
            break
        }
        'otlp-part;help;context' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the contexts of the configuration file')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Choose the context that holds when none is named')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show every setting in force, and where it came from')
            break
        }
        'otlp-part;help;context;list' {
            break
        }
        'otlp-part;help;context;use' {
            break
        }
        'otlp-part;help;context;get' {
            break
        }
        'otlp-part;help;completions' {
            break
        }
        'otlp-part;help;man' {
            break
        }
        'otlp-part;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
