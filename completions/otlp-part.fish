# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_otlp_part_global_optspecs
    string join \n store= context= config= at= o/output= no-headers columns= sort= limit= q/quiet color= progress= cacert= cert= key= user= password= password-file= dial-timeout= command-timeout= insecure h/help V/version
end

function __fish_otlp_part_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_otlp_part_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_otlp_part_using_subcommand
    set -l cmd (__fish_otlp_part_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c otlp-part -n "__fish_otlp_part_needs_command" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "init" -d 'Make a cluster: its spec and nodes, in a new embedded store or in an etcd; never overwrites'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "demo" -d 'Build a small embedded store with sample OTLP, and route a trace in it'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "status" -d 'The cluster on one screen'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "route" -d 'Partition and owners of trace ids, metric or log keys, whole OTLP files, or a range of time'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "cluster" -d 'The cluster spec'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "node" -d 'Storage nodes'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "partition" -d 'Partition records'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "ring" -d 'The consistent-hash ring'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "simulate" -d 'What a change, a failure or a plan would do, without touching anything'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "plan-rebalance" -d 'Plan which replicas and leaders move, so that every node is in its band, drained nodes are empty and lost copies are made anew'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "execute-rebalance" -d 'Execute a plan: copy, verify and record each move, with progress, resumable at any point'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "plan" -d 'Recorded plans and plan files'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "migration" -d 'Migrations in flight, and the executor that drives them, from any host'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "auto-rebalance" -d 'Rebalance, repair and fail over without being asked each time'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "data" -d 'The telemetry itself'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "doctor" -d 'Find what is wrong in metadata and store, and name the command that mends it'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "watch" -d 'Follow changes as they happen'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "audit" -d 'The audit trail'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "snapshot" -d 'The offline copy of everything'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "store" -d 'The embedded store'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "context" -d 'Named clusters in the configuration file'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "completions" -d 'Print completions for a shell, e.g. `otlp-part completions bash > /etc/bash_completion.d/otlp-part`'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "man" -d 'Print the man page, or write one page per command into a directory'
complete -c otlp-part -n "__fish_otlp_part_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l nodes -d 'Node ids, separated by commas' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l file -d 'A JSON file: {"nodes": [{"id": …, "weight": …, "location": {…}, …}], "cluster": {fields of the spec}}' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l data-root -d 'Make a directory below this one for the data of each node that has no data URL, and mark it as the node\'s' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l replication-factor -d 'Copies of every partition [default: 3]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l boundaries -d 'Divide by ranges of service names: alphabetic:N, or a file with one boundary a line' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l strategy -d 'How a time bucket is divided [default: time-hash]' -r -f -a "time-hash\t''
time-range\t''
time\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l granularity-hours -d 'Hours a time bucket [default: 1]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l retention-days -d 'Days that partitions are kept [default: 30]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l hash-buckets -d 'Hash buckets a time bucket [default: 256]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l hash -d 'How keys are hashed [default: siphash13]' -r -f -a "siphash13\t''
xxh3-64\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l placement -d 'How owners are chosen [default: ring]' -r -f -a "ring\t''
zone-balanced\t''
rendezvous\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l virtual-nodes -d 'Ring tokens of a node of weight 1 [default: 150]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l signal -d 'What is stored [default: mixed]' -r -f -a "traces\t''
metrics\t''
logs\t''
mixed\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l adopt -d 'Take over an existing cluster of which there are only partition records'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l force -d 'Adopt although records cannot be read, or do not fit the spec'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand init" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l dir -d 'The directory to make' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l dry-run -d 'Show what would be made and write nothing'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand demo" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand status" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l trace-id -d 'A trace id: 32 hexadecimal digits, UUID dashes accepted (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l trace-ids-from -d 'Trace ids from a file (`-` = stdin), one a line, optionally followed by `,TIME`' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l metric -d 'A metric by its name' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l otlp -d 'A whole OTLP file (`-` = stdin): JSON, JSON lines or protobuf, plain, gzip or zstd, recognised by content' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l service -d 'service.name of the metric or log; in a range of time, the service asked for' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l label -d 'An attribute of the metric\'s data point (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l severity -d 'The log\'s severity: error, WARN2, 17 [default: info]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l body -d 'The log\'s body' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l time -d 'When the data was recorded [default: now, with a warning]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l time-from-id -d 'Take the time out of the trace ids: xray (AWS X-Ray), uuidv7' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l slack -d 'Also so many neighbouring time buckets on each side' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l from -d 'Start of the range; alone it ends now' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l to -d 'End of the range, itself outside' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l for -d 'Length of the range, from --from on' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l last -d 'The range that ends now and is so long' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l service-from -d 'In a range of time: services from this name on' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l service-to -d 'In a range of time: services before this name' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l bucket -d 'In a range of time: these hash buckets only' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l signal -d 'The signal: traces, metrics, logs; tells what protobuf holds where it is not clear' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l near -d 'Show the nearest live replica: to a node, or to zone=Z, region=R, dc=D' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l nodes -d 'Compute with these nodes and the default settings; no store is needed' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l log -d 'A log record'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l each -d 'A row for each partition (range of time) or routing unit (OTLP) instead of totals'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l explain -d 'Show every step: key bytes, hash, bucket, tokens walked, record read'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l strict -d 'Bad ids and bad OTLP messages are an error instead of a warning'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l sum -d 'Sum the hashes of the records that are routed, as `data query --count` does: what went in can be told to have come out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand route" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -f -a "get" -d 'Show the spec'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -f -a "set" -d 'Change fields of the spec; fields that are not given stay'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -f -a "edit" -d 'Edit the spec in your editor, as JSON'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -f -a "diff" -d 'Show what differs between the cluster and a file; exit code 3 if something does'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and not __fish_seen_subcommand_from get set edit diff help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l from -d 'From when on a new partitioning holds [default: the next bucket]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l force -d 'Change it although partitions would be routed elsewhere'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l force -d 'Change it although partitions would be routed elsewhere'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from edit" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from diff" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show the spec'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from help" -f -a "set" -d 'Change fields of the spec; fields that are not given stay'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Edit the spec in your editor, as JSON'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Show what differs between the cluster and a file; exit code 3 if something does'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand cluster; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "list" -d 'List the nodes'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "get" -d 'Show one or more nodes'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "add" -d 'Add nodes'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "set" -d 'Change fields of nodes; fields that are not given stay'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "claim" -d 'Mark the places of nodes\' data as theirs, so that data may be moved there'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "cordon" -d 'Give nodes no new partitions; what they hold stays'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "drain" -d 'Mark nodes as to be emptied, and tell what must move'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "activate" -d 'Use nodes again, after cordon, drain or fail; leadership stays where it is'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "fail" -d 'Declare nodes lost: they become Down, and live nodes lead what they led'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "safe-to-remove" -d 'Tell whether nodes can be removed together, with every reason against it (exit code 3)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "history" -d 'Every change of a node, the newest first, with who made it and why'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "remove" -d 'Remove nodes that nothing speaks against, as `node safe-to-remove` tells'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and not __fish_seen_subcommand_from list get add set claim cordon drain activate fail safe-to-remove history remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l zone -d 'Only nodes of this availability zone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l region -d 'Only nodes of this region (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l state -d 'Only nodes in this state: active, cordoned, draining, down (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l load -d 'Also what each node holds: leaders, partitions, bytes; reads all partition records'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l zone -d 'Instead, all nodes of this availability zone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l region -d 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l file -d 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l ignore-not-found -d 'Say nothing about nodes that do not exist'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l file -d 'A JSON file: [{"id": …, "weight": …, "capacity_bytes": …, "location": {…}, "data_url": …}, …]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l weight -d 'Share of the data against other nodes; 1 is usual' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l capacity -d 'How much it can hold: 4TB, 500GiB' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l location -d 'Where it stands' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l zone -d 'The availability zone; short for --location az=Z' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l data-url -d 'Where its data is: file:///path, s3://bucket/prefix' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l force -d 'Add although partitions without a record would be routed elsewhere'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l in-zone -d 'Instead, all nodes of this availability zone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l in-region -d 'Instead, all nodes of this region (repeatable); with --in-zone, those of the zone in this region' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l file -d 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l weight -d 'Share of the data against other nodes; 1 is usual' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l capacity -d 'How much it can hold: 4TB, 500GiB' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l location -d 'Where it stands' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l zone -d 'The availability zone; short for --location az=Z' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l data-url -d 'Where its data is: file:///path, s3://bucket/prefix' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l state -d 'What it may be used for: active, cordoned (no new partitions), draining (to be emptied), down' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l force -d 'Change weights or zones although partitions without a record would be routed elsewhere'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l zone -d 'Instead, all nodes of this availability zone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l region -d 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l file -d 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l force -d 'Claim a place too in which partitions lie without a marker'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from claim" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l zone -d 'Instead, all nodes of this availability zone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l region -d 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l file -d 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from cordon" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l zone -d 'Instead, all nodes of this availability zone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l region -d 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l file -d 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from drain" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l zone -d 'Instead, all nodes of this availability zone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l region -d 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l file -d 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from activate" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l zone -d 'Instead, all nodes of this availability zone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l region -d 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l file -d 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from fail" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l zone -d 'Instead, all nodes of this availability zone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l region -d 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l file -d 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from safe-to-remove" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from history" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l zone -d 'Instead, all nodes of this availability zone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l region -d 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l file -d 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l force -d 'Remove whatever speaks against it; on a terminal the ids are to be typed, elsewhere --yes is needed too'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the nodes'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show one or more nodes'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add nodes'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "set" -d 'Change fields of nodes; fields that are not given stay'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "claim" -d 'Mark the places of nodes\' data as theirs, so that data may be moved there'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "cordon" -d 'Give nodes no new partitions; what they hold stays'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "drain" -d 'Mark nodes as to be emptied, and tell what must move'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "activate" -d 'Use nodes again, after cordon, drain or fail; leadership stays where it is'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "fail" -d 'Declare nodes lost: they become Down, and live nodes lead what they led'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "safe-to-remove" -d 'Tell whether nodes can be removed together, with every reason against it (exit code 3)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "history" -d 'Every change of a node, the newest first, with who made it and why'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove nodes that nothing speaks against, as `node safe-to-remove` tells'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "list" -d 'List records'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "get" -d 'Show one or more records'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "create" -d 'Record the partitions of a range of time that have no record yet'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "set" -d 'Change fields of a record; fields that are not given stay'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "edit" -d 'Edit a record in your editor, as JSON'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "delete" -d 'Delete records of partitions, with what this tool keeps beside them'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "expire" -d 'Delete the partitions that are past their retention: their data on every node first, their records last'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "split" -d 'Divide a partition that grew too large among children, by the next bits of its keys\' hash'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "pin" -d 'Keep partitions where they are: no plan moves them'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "unpin" -d 'Let plans move partitions again'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "history" -d 'Every change of a record and its extension, the newest first, with who made it and why'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "boundaries" -d 'Suggest range boundaries of service names, for `init --boundaries` and `cluster set boundaries=…`'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and not __fish_seen_subcommand_from list get create set edit delete expire split pin unpin history boundaries help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l from -d 'Start of the range; alone it ends now' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l to -d 'End of the range, itself outside' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l for -d 'Length of the range, from --from on' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l last -d 'The range that ends now and is so long' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l node -d 'Held by this node (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l leader -d 'Led by this node (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l state -d 'In this state: active, readonly, migrating, rebalancing' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l zone -d 'With a copy in this availability zone' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l min-size -d 'At least this large: 1GB' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l max-size -d 'At most this large' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l expired -d 'Past their retention'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l pinned -d 'Pinned'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l under-replicated -d 'With fewer copies on nodes that are up than the replication factor'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l no-leader -d 'Without a leader that is up'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l ignore-not-found -d 'Say nothing about records that do not exist'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l from -d 'Start of the range; alone it ends now' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l to -d 'End of the range, itself outside' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l for -d 'Length of the range, from --from on' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l last -d 'The range that ends now and is so long' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from create" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l leader -d 'The leader, one of its nodes' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l state -d 'The state: active, readonly' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l nodes -d 'The nodes that hold full copies; needs --force, as nobody looks at the copies' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l size -d 'Bytes of one copy' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l record-count -d 'Records of one copy' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l force -d 'Change the nodes although nobody has looked at the copies'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l force -d 'Change the nodes although nobody has looked at the copies'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from edit" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l ignore-not-found -d 'Say nothing about records that do not exist'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l force -d 'Delete although nobody has looked at the copies'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from delete" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l retention-days -d 'Keep partitions so many days, whatever the cluster spec says' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l before -d 'Only those that ended until then; what the retention keeps is kept all the same' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l max-partitions -d 'At most so many partitions, the oldest' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l settle -d 'How long writers may go on by what they saw before, until the first copy is deleted' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from expire" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l bits -d 'By how many bits: 1 makes two children, 2 four' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l settle -d 'How long writers may go on by what they saw before, until the partition is read' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l grace -d 'How long readers may go on by the old copies before they are deleted' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from split" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l ignore-not-found -d 'Say nothing about records that do not exist'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from pin" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l ignore-not-found -d 'Say nothing about records that do not exist'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from unpin" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from history" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l otlp -d 'Weigh the services of an OTLP file by bytes; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l count -d 'How many ranges to make of the OTLP file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from boundaries" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "list" -d 'List records'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show one or more records'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "create" -d 'Record the partitions of a range of time that have no record yet'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "set" -d 'Change fields of a record; fields that are not given stay'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Edit a record in your editor, as JSON'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete records of partitions, with what this tool keeps beside them'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "expire" -d 'Delete the partitions that are past their retention: their data on every node first, their records last'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "split" -d 'Divide a partition that grew too large among children, by the next bits of its keys\' hash'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "pin" -d 'Keep partitions where they are: no plan moves them'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "unpin" -d 'Let plans move partitions again'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "history" -d 'Every change of a record and its extension, the newest first, with who made it and why'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "boundaries" -d 'Suggest range boundaries of service names, for `init --boundaries` and `cluster set boundaries=…`'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand partition; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -f -a "get" -d 'Tokens and share of the key space of each node'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -f -a "owners" -d 'The owners of any key, such as a partition id'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and not __fish_seen_subcommand_from get owners help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l nodes -d 'Compute with these nodes and the default settings; no store is needed' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l nodes -d 'Compute with these nodes and the default settings; no store is needed' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from owners" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from help" -f -a "get" -d 'Tokens and share of the key space of each node'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from help" -f -a "owners" -d 'The owners of any key, such as a partition id'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand ring; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l file -d 'A scenario: changes, the whole cluster that is wanted, or both; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l add -d 'Add a node (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l add-count -d 'Add so many nodes, or so many of the present ones: 10, 10%; each in the zone with the fewest nodes' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l remove -d 'Take a node out; what it holds is brought away first (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l drain -d 'Empty a node (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l weight -d 'Give a node another weight (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l virtual-nodes -d 'Ring tokens of a node of weight 1' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l replication-factor -d 'Copies of every partition' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l hash-buckets -d 'Hash buckets a time bucket' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l hash -d 'How keys are hashed: siphash13, xxh3-64' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l placement -d 'How owners are chosen: ring, zone-balanced, rendezvous' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l granularity-hours -d 'Hours a time bucket' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l nodes -d 'Compute with these nodes and the default settings; no store is needed' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l zones -d 'The nodes of --nodes stand in these zones, one after the other and round again' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l otlp -d 'The partitions that recorded telemetry falls into, with its bytes; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l partitions -d 'So many made-up partitions, in whole time buckets [default: with --nodes, as many as the retention holds]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l size -d 'Mean size of a made-up partition [default: 3GB]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l size-spread -d 'How far sizes lie from the mean at most, 0 to 100% [default: 0]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l until -d 'A time in the newest time bucket of made-up partitions, which is the open one [default: always the same]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l seed -d 'What sizes and failing nodes are drawn by [default: 1]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l by -d 'What a change comes to: what `planner` makes of it, or a new `placement` of everything [default: planner where partitions are recorded or placed zone-balanced]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l plan -d 'Carry out a plan: a file of `plan-rebalance --out`, or the id of a recorded one' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l snapshot-out -d 'Write the cluster after as a snapshot, to be read with --store snapshot:FILE' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l report -d 'Write a page with charts of the simulation, whole by itself (HTML)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l fail -d 'What fails, all at once: a node, all nodes of a zone, or so many drawn at random (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l rounds -d 'How often nodes are drawn [default: 1]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l require -d 'Exit code 3 unless this holds after: min-replicas=N, max-skew=RATIO, max-moved-bytes=SIZE, max-node-fill=RATIO, max-violations=N; several with commas' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l compare-placements -d 'Set ring, rendezvous and zone-balanced placement side by side for this cluster'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l force -d 'Overwrite the files of --snapshot-out and --report'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand simulate" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l out -d 'Write the plan to this file, and nothing else' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l report -d 'Write a page with charts of the plan, whole by itself (HTML)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l actor -d 'Who, for the plan and the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l band -d 'Half width of the band round its target that every node is brought into' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l threshold -d 'Balance nothing unless a node deviates by more than this from its target, or is more than 85 % full' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l max-bytes -d 'Move at most so many bytes for balance' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l max-moves -d 'Make at most so many moves for balance' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l drain -d 'Empty this node too, beside those that are Draining (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l relieve -d 'Bring only this node into its band (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l move -d 'Exactly this move and nothing else (repeatable, also with --leader)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l leader -d 'Exactly this leader and nothing else (repeatable, also with --move)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l exclude-node -d 'Leave this node as it is (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l exclude-partition -d 'Leave this partition where it is (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l prefer -d 'Which replicas are picked when several would do: evenly over age, so that retention does not undo the balance, or the largest first' -r -f -a "uniform\t''
fewest-moves\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l bandwidth -d 'Assumed bytes per second into a node and out of it, for the estimate of the time' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l max-concurrent -d 'Assumed copies at a time per node, for the estimate [default: what the cluster spec says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l dry-run -d 'Show the plan and write nothing anywhere; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l force -d 'Overwrite the files of --out and --report'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l curve -d 'Show how many bytes each width of the band costs at least, and plan nothing'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l detailed-exitcode -d 'Exit with 3 if there are moves, or work that cannot be planned'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l leaders-only -d 'Only hand leaderships over; no data moves'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l include-open -d 'Move partitions of time buckets that are still being written, too'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l allow-mass-repair -d 'Rebuild copies even while a whole zone or more than a tenth of the nodes is down'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan-rebalance" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l only -d 'Execute the moves of this partition alone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l max-bytes -d 'Begin no move that would make it more than so many bytes' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l until -d 'Stop at this time; what is in flight then is left resumable' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l bandwidth -d 'At most so many bytes per second into each node, and as many out of it, such as 100MB/s' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l max-concurrent -d 'Copies at a time per node [default: what the cluster spec says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l streams -d 'Segments of one copy at the same time, 1 to 4' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l grace -d 'How long readers may go on by the old owners before the old copy is deleted' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l settle -d 'How long is waited before a copy until every writer has seen that the partition is migrating' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l mover -d 'Have data moved by this command instead; what it moved is verified all the same' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l skip-stale -d 'Pass moves over that no longer fit, and execute the rest'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l rollback -d 'Undo what was done of the plan: replicas and leaders go back to where the plan found them'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand execute-rebalance" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -f -a "list" -d 'List the recorded plans, the newest first'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -f -a "get" -d 'Show a plan; `-o json` prints the plan file'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -f -a "verify" -d 'Check a plan against the cluster: whether it is whole and legal, and whether it still fits'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -f -a "diff" -d 'Show what differs between two plans; exit code 3 if something does'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -f -a "delete" -d 'Delete a recorded plan with its inverse; one that is being executed stays'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -f -a "prune" -d 'Delete recorded plans that need not be kept, and what is left of recordings that were not finished'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and not __fish_seen_subcommand_from list get verify diff delete prune help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l report -d 'Write a page with charts of it, whole by itself (HTML)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l inverse -d 'Show the plan that undoes it, which was recorded with it'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l force -d 'Overwrite the file of --report'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from verify" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from diff" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l ignore-not-found -d 'It is no error if there is no such plan'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from delete" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l keep -d 'Keep so many of the newest plans' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l max-bytes -d 'Keep at most so many bytes of keys and values' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from prune" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the recorded plans, the newest first'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show a plan; `-o json` prints the plan file'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check a plan against the cluster: whether it is whole and legal, and whether it still fits'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Show what differs between two plans; exit code 3 if something does'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a recorded plan with its inverse; one that is being executed stays'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Delete recorded plans that need not be kept, and what is left of recordings that were not finished'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -f -a "list" -d 'List the operations in flight: what is copied where, how far it is, and what it waits for'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -f -a "get" -d 'Show the operations in flight on some partitions'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -f -a "watch" -d 'Follow what is in flight until all is at rest: how far it is, what it waits for, and whether anybody drives it'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -f -a "pause" -d 'Begin no more moves until `migration resume`; what is in flight is finished'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -f -a "resume" -d 'Let a paused executor begin moves again'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -f -a "set" -d 'Change the limits of the execution that runs, and of coming ones that say none of their own'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -f -a "abort" -d 'Undo what is being copied, and finish what is past its cutover'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and not __fish_seen_subcommand_from list get watch pause resume set abort help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l ignore-not-found -d 'Say nothing about partitions on which nothing is in flight'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l for -d 'End after so long although something is in flight' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from watch" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from pause" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from resume" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l bandwidth -d 'At most so many bytes per second into each node, and as many out of it; `none`, or `default` = as its own command says' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l max-concurrent -d 'Copies at a time per node, 1 to 1000; `default` = as its own command says' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l grace -d 'How long readers may go on by the old owners before an old copy is deleted' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l all -d 'All operations in flight, and old copies that were left on nodes; an execution that runs begins nothing more'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from abort" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the operations in flight: what is copied where, how far it is, and what it waits for'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show the operations in flight on some partitions'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from help" -f -a "watch" -d 'Follow what is in flight until all is at rest: how far it is, what it waits for, and whether anybody drives it'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from help" -f -a "pause" -d 'Begin no more moves until `migration resume`; what is in flight is finished'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from help" -f -a "resume" -d 'Let a paused executor begin moves again'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from help" -f -a "set" -d 'Change the limits of the execution that runs, and of coming ones that say none of their own'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from help" -f -a "abort" -d 'Undo what is being copied, and finish what is past its cutover'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand migration; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -f -a "run" -d 'Rebalance, repair and, with --fail-after, fail over, round after round, until it is stopped'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -f -a "status" -d 'Show whether it runs, who leads, and how the last round ended, from any host'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -f -a "pause" -d 'Begin no more rounds and moves until `auto-rebalance resume`, on whichever host it runs; what is in flight is finished'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -f -a "resume" -d 'Let it begin rounds again'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and not __fish_seen_subcommand_from run status pause resume help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l interval -d 'From the end of one round to the beginning of the next [default: what the cluster spec says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l threshold -d 'Balance nothing while no node deviates by more than this from its target, or is more than 85 % full [default: what the cluster spec says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l window -d 'Move data for balance in these hours of the day alone, UTC; repairs are made at any time' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l bytes-per-day -d 'Move at most so many bytes for balance in a day (UTC)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l fail-after -d 'Declare a node lost whose data does not answer for so long: others lead what it led' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l repair-after -d 'Make the copies of a node anew that is Down for so long; `never`' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l rounds -d 'End after so many rounds' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l metrics -d 'Serve metrics for Prometheus at this address, path /metrics' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l bandwidth -d 'At most so many bytes per second into each node, and as many out of it, such as 100MB/s' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l max-concurrent -d 'Copies at a time per node [default: what the cluster spec says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l streams -d 'Segments of one copy at the same time, 1 to 4' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l grace -d 'How long readers may go on by the old owners before the old copy is deleted' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l settle -d 'How long is waited before a copy until every writer has seen that the partition is migrating' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l mover -d 'Have data moved by this command instead; what it moved is verified all the same' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l allow-mass-repair -d 'Rebuild copies even while a whole zone or more than a tenth of the nodes is down'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l expire -d 'Delete partitions past their retention behind each round, as `partition expire` does'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l split -d 'Split partitions larger than the cluster spec allows behind each round, as `partition split` does; in the hours of --window alone'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l compact -d 'Merge the small segments of closed time buckets behind each round, as `data compact` does; in the hours of --window alone'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from run" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from status" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from pause" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from resume" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from help" -f -a "run" -d 'Rebalance, repair and, with --fail-after, fail over, round after round, until it is stopped'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show whether it runs, who leads, and how the last round ended, from any host'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from help" -f -a "pause" -d 'Begin no more rounds and moves until `auto-rebalance resume`, on whichever host it runs; what is in flight is finished'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from help" -f -a "resume" -d 'Let it begin rounds again'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand auto-rebalance; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -f -a "write" -d 'Write telemetry into the store: OTLP/JSON, JSON lines or protobuf, plain, gzip or zstd, of all three signals'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -f -a "query" -d 'Read spans, metrics and log records: of a trace, or of a range of time'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -f -a "compact" -d 'Merge the small segments of partitions into larger ones'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -f -a "scrub" -d 'Look at the copies of partitions: against their sidecars, and against each other'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and not __fish_seen_subcommand_from write query compact scrub help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l signal -d 'The signal of protobuf without records that tell it' -r -f -a "traces\t''
metrics\t''
logs\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l batch-id -d 'Make batch ids of this name and of numbers, instead of the input\'s content and place' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l quorum -d 'Copies that must have a batch: majority, all, or a number' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l batch-size -d 'Bytes of requests in a batch [default: 64MiB, 16MiB with --listen]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l compression-level -d 'Level of zstd, 1 (fast) to 19' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l streams -d 'Segments that are written at the same time' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l near -d 'From where is written: NODE, or zone=Z, region=R, dc=D; the nearest copy is begun first, and bytes to other zones are told' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l replica-timeout -d 'How long one copy of a segment may take before its node counts as unreachable [default: 30s, 10s with --listen]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l quorum-wait -d 'How long is waited for a quorum, or for the store [default: 10s, 2s with --listen]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l hold-wait -d 'How long is waited for partitions that are being moved [default: 15m, 2s with --listen]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l listen -d 'Receive OTLP/HTTP at this address instead of reading files, until it is stopped; port 0 chooses one' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l linger -d 'How long a batch waits for more requests' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l queue-size -d 'Memory for requests that are received or wait; beyond it the answer is 429' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l max-body -d 'The largest body of a request, decompressed; a larger one gets 413' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l accept-old -d 'Write time buckets too that are beyond the retention or more than an hour ahead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l strict -d 'Messages that cannot be read and records without id or time are an error at the end'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l listen-insecure -d 'Listen beyond loopback too: there is neither TLS nor a login, whoever reaches the port writes'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from write" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l trace-id -d 'The spans of this trace: 32 hexadecimal digits, UUID dashes accepted' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l service -d 'Records of this service, by their resource' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l name -d 'Spans or metrics of this name, log records of this event name' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l attribute -d 'Records with this attribute, on themselves, their scope or their resource (repeatable: all of them)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l severity -d 'Log records at least so severe: error, WARN2, 17' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l signal -d 'Records of one signal: traces, metrics, logs' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l time -d 'When the trace was recorded [default: everything within retention that has a record]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l slack -d 'Also so many neighbouring time buckets: on each side of a trace\'s, before those of a range [default: 1]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l from -d 'Start of the range; alone it ends now' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l to -d 'End of the range, itself outside' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l for -d 'Length of the range, from --from on' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l last -d 'The range that ends now and is so long' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l near -d 'Read the nearest live replica: to a node, or to zone=Z, region=R, dc=D' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l encoding -d 'Give OTLP out instead of rows, whatever -o says: JSON lines, or protobuf behind 4 bytes of length' -r -f -a "jsonl\t'A request in OTLP/JSON a line'
proto\t'A request in protobuf behind its length in 4 bytes, big endian'"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l count -d 'Only count what matches, and sum the hashes of its records'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l explain -d 'Show what was read and why instead of the records: replicas, segments, frames, bytes'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l ignore-not-found -d 'A trace that is not found is no error'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from query" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l partition -d 'This partition alone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l min-segments -d 'Leave partitions alone that have fewer segments to merge' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l target-size -d 'The size of merged segments; those with half of it are not merged any further' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l settle -d 'How long writers may go on by what they saw before, until a partition is read' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l grace -d 'How long readers may go on by the old copies before they are deleted' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l from -d 'Start of the range; alone it ends now' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l to -d 'End of the range, itself outside' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l for -d 'Length of the range, from --from on' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l last -d 'The range that ends now and is so long' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l include-open -d 'Open time buckets, too'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from compact" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l partition -d 'This partition alone (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l node -d 'Partitions of which this node holds a copy (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l sample -d 'A part of the partitions, chosen at random: 5% or 0.05' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l seed -d 'Which part; the same number chooses the same partitions [default: random, and said]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l after -d 'Go on behind this partition' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l bandwidth -d 'At most so many bytes per second out of each node, and as many into it, such as 100MB/s' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l streams -d 'Segments of one copy at the same time, 1 to 4' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l from -d 'Start of the range; alone it ends now' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l to -d 'End of the range, itself outside' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l for -d 'Length of the range, from --from on' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l last -d 'The range that ends now and is so long' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l repair -d 'Repair what is bad from good copies'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l quick -d 'Look at sidecars and lengths only, which finds what is missing and not what is flipped'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l allow-mass-repair -d 'Repair although a whole zone or more than 10 % of the nodes is down'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from scrub" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from help" -f -a "write" -d 'Write telemetry into the store: OTLP/JSON, JSON lines or protobuf, plain, gzip or zstd, of all three signals'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from help" -f -a "query" -d 'Read spans, metrics and log records: of a trace, or of a range of time'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from help" -f -a "compact" -d 'Merge the small segments of partitions into larger ones'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from help" -f -a "scrub" -d 'Look at the copies of partitions: against their sidecars, and against each other'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand data; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l severity -d 'The least severity that is shown: error, warning, info' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l each -d 'Show every finding, up to 100,000 of a kind'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l no-data -d 'Do not look at the places of the nodes\' data, which this host may not reach'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l fix -d 'Mend what is safe to mend: nothing that touches where data is, no value that cannot be read'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand doctor" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l family -d 'Only these families: cluster, nodes, partitions, ext, migrations, rebalance, plans, repair, orphans, audit' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l id -d 'Only this partition, node or other id (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l from -d 'Begin in the past: with the changes of this revision, or after this time [default: now]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l for -d 'End after so long; what happened until then is shown whole' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand watch" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -f -a "list" -d 'List who changed what, when and why, the newest first'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -f -a "prune" -d 'Delete old entries: those older than --older-than, then the oldest until --max-bytes is kept'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and not __fish_seen_subcommand_from list prune help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l from -d 'Start of the range; alone it ends now' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l to -d 'End of the range, itself outside' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l for -d 'Length of the range, from --from on' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l last -d 'The range that ends now and is so long' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l actor -d 'By this actor' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l command -d 'By this command: node, or "node set"' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l key -d 'That changed this key, whole or behind the prefix (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l partition -d 'That changed this partition (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l node -d 'That changed this node (repeatable)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l older-than -d 'Delete what is older than this' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l max-bytes -d 'Keep at most so many bytes of keys and values' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from prune" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "list" -d 'List who changed what, when and why, the newest first'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Delete old entries: those older than --older-than, then the oldest until --max-bytes is kept'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -f -a "export" -d 'Write everything under the prefix as one JSON document'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -f -a "import" -d 'Make a new embedded store of a snapshot; never overwrites'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -f -a "diff" -d 'Show what differs between two snapshots, or a snapshot and the store; exit code 3 if something does'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and not __fish_seen_subcommand_from export import diff help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l force -d 'Overwrite the file'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from export" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l audit -d 'Compare the audit trail, too'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l revisions -d 'Also tell keys whose values are equal and whose revisions are not'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from diff" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write everything under the prefix as one JSON document'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from help" -f -a "import" -d 'Make a new embedded store of a snapshot; never overwrites'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Show what differs between two snapshots, or a snapshot and the store; exit code 3 if something does'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand snapshot; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -f -a "compact" -d 'Forget past states of keys, which --at and history read'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and not __fish_seen_subcommand_from compact help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l before -d 'Keep what can be read from this revision or time on [default: the present alone]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l confirm -d 'The name of the context in force, which a protected one wants instead of a question' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l reason -d 'Why, for the audit trail' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l actor -d 'Who, for the audit trail [default: the login name]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l dry-run -d 'Show what would change and write nothing; the store is opened read-only'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -s y -l yes -d 'Do not ask; a protected cluster wants --confirm instead'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from compact" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "compact" -d 'Forget past states of keys, which --at and history read'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -f -a "list" -d 'List the contexts of the configuration file'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -f -a "use" -d 'Choose the context that holds when none is named'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -f -a "get" -d 'Show every setting in force, and where it came from'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and not __fish_seen_subcommand_from list use get help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l dry-run -d 'Show what would change and write nothing'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from use" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the contexts of the configuration file'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from help" -f -a "use" -d 'Choose the context that holds when none is named'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show every setting in force, and where it came from'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand context; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand completions" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l dir -d 'Write one page per command here instead, such as ~/.local/share/man/man1' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l store -d 'Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l context -d 'Work on this cluster of the configuration file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l config -d 'The configuration file' -r -F
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l at -d 'Read the past: a revision, or a time (the newest revision made until then)' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -s o -l output -d 'Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l columns -d 'Show these columns, in this order' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l sort -d 'Sort by a field; `:desc` turns it round' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l limit -d 'Show at most so many rows' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l color -d 'Colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l progress -d 'Progress on stderr' -r -f -a "auto\t''
json\t''
none\t''"
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l cacert -d 'TLS: certificates of the authorities that signed the servers\' [default: the system\'s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l cert -d 'TLS: the client\'s certificate, with its chain' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l key -d 'TLS: the key of the client\'s certificate' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l user -d 'Log in as this user; without a password it is asked for on a terminal' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l password -d 'The user\'s password; other users of this machine can see arguments: better use --password-file' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l password-file -d 'A file that holds the user\'s password; `-` = stdin' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l dial-timeout -d 'How long connecting to one member may take [default: 3s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l command-timeout -d 'How long one call may take [default: 8s]' -r
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l no-headers -d 'Leave the heading line of tables and CSV out'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -s q -l quiet -d 'No notes, warnings or progress on stderr'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -l insecure -d 'Send the password although the connection is not encrypted and leaves this machine'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand man" -s V -l version -d 'Print version'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "init" -d 'Make a cluster: its spec and nodes, in a new embedded store or in an etcd; never overwrites'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "demo" -d 'Build a small embedded store with sample OTLP, and route a trace in it'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "status" -d 'The cluster on one screen'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "route" -d 'Partition and owners of trace ids, metric or log keys, whole OTLP files, or a range of time'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "cluster" -d 'The cluster spec'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "node" -d 'Storage nodes'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "partition" -d 'Partition records'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "ring" -d 'The consistent-hash ring'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "simulate" -d 'What a change, a failure or a plan would do, without touching anything'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "plan-rebalance" -d 'Plan which replicas and leaders move, so that every node is in its band, drained nodes are empty and lost copies are made anew'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "execute-rebalance" -d 'Execute a plan: copy, verify and record each move, with progress, resumable at any point'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "plan" -d 'Recorded plans and plan files'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "migration" -d 'Migrations in flight, and the executor that drives them, from any host'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "auto-rebalance" -d 'Rebalance, repair and fail over without being asked each time'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "data" -d 'The telemetry itself'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "doctor" -d 'Find what is wrong in metadata and store, and name the command that mends it'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "watch" -d 'Follow changes as they happen'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "audit" -d 'The audit trail'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "snapshot" -d 'The offline copy of everything'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "store" -d 'The embedded store'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "context" -d 'Named clusters in the configuration file'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "completions" -d 'Print completions for a shell, e.g. `otlp-part completions bash > /etc/bash_completion.d/otlp-part`'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "man" -d 'Print the man page, or write one page per command into a directory'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and not __fish_seen_subcommand_from init demo status route cluster node partition ring simulate plan-rebalance execute-rebalance plan migration auto-rebalance data doctor watch audit snapshot store context completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from cluster" -f -a "get" -d 'Show the spec'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from cluster" -f -a "set" -d 'Change fields of the spec; fields that are not given stay'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from cluster" -f -a "edit" -d 'Edit the spec in your editor, as JSON'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from cluster" -f -a "diff" -d 'Show what differs between the cluster and a file; exit code 3 if something does'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "list" -d 'List the nodes'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "get" -d 'Show one or more nodes'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "add" -d 'Add nodes'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "set" -d 'Change fields of nodes; fields that are not given stay'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "claim" -d 'Mark the places of nodes\' data as theirs, so that data may be moved there'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "cordon" -d 'Give nodes no new partitions; what they hold stays'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "drain" -d 'Mark nodes as to be emptied, and tell what must move'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "activate" -d 'Use nodes again, after cordon, drain or fail; leadership stays where it is'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "fail" -d 'Declare nodes lost: they become Down, and live nodes lead what they led'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "safe-to-remove" -d 'Tell whether nodes can be removed together, with every reason against it (exit code 3)'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "history" -d 'Every change of a node, the newest first, with who made it and why'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "remove" -d 'Remove nodes that nothing speaks against, as `node safe-to-remove` tells'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from partition" -f -a "list" -d 'List records'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from partition" -f -a "get" -d 'Show one or more records'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from partition" -f -a "create" -d 'Record the partitions of a range of time that have no record yet'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from partition" -f -a "set" -d 'Change fields of a record; fields that are not given stay'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from partition" -f -a "edit" -d 'Edit a record in your editor, as JSON'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from partition" -f -a "delete" -d 'Delete records of partitions, with what this tool keeps beside them'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from partition" -f -a "expire" -d 'Delete the partitions that are past their retention: their data on every node first, their records last'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from partition" -f -a "split" -d 'Divide a partition that grew too large among children, by the next bits of its keys\' hash'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from partition" -f -a "pin" -d 'Keep partitions where they are: no plan moves them'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from partition" -f -a "unpin" -d 'Let plans move partitions again'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from partition" -f -a "history" -d 'Every change of a record and its extension, the newest first, with who made it and why'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from partition" -f -a "boundaries" -d 'Suggest range boundaries of service names, for `init --boundaries` and `cluster set boundaries=…`'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from ring" -f -a "get" -d 'Tokens and share of the key space of each node'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from ring" -f -a "owners" -d 'The owners of any key, such as a partition id'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "list" -d 'List the recorded plans, the newest first'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "get" -d 'Show a plan; `-o json` prints the plan file'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "verify" -d 'Check a plan against the cluster: whether it is whole and legal, and whether it still fits'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "diff" -d 'Show what differs between two plans; exit code 3 if something does'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "delete" -d 'Delete a recorded plan with its inverse; one that is being executed stays'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "prune" -d 'Delete recorded plans that need not be kept, and what is left of recordings that were not finished'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from migration" -f -a "list" -d 'List the operations in flight: what is copied where, how far it is, and what it waits for'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from migration" -f -a "get" -d 'Show the operations in flight on some partitions'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from migration" -f -a "watch" -d 'Follow what is in flight until all is at rest: how far it is, what it waits for, and whether anybody drives it'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from migration" -f -a "pause" -d 'Begin no more moves until `migration resume`; what is in flight is finished'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from migration" -f -a "resume" -d 'Let a paused executor begin moves again'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from migration" -f -a "set" -d 'Change the limits of the execution that runs, and of coming ones that say none of their own'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from migration" -f -a "abort" -d 'Undo what is being copied, and finish what is past its cutover'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from auto-rebalance" -f -a "run" -d 'Rebalance, repair and, with --fail-after, fail over, round after round, until it is stopped'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from auto-rebalance" -f -a "status" -d 'Show whether it runs, who leads, and how the last round ended, from any host'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from auto-rebalance" -f -a "pause" -d 'Begin no more rounds and moves until `auto-rebalance resume`, on whichever host it runs; what is in flight is finished'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from auto-rebalance" -f -a "resume" -d 'Let it begin rounds again'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from data" -f -a "write" -d 'Write telemetry into the store: OTLP/JSON, JSON lines or protobuf, plain, gzip or zstd, of all three signals'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from data" -f -a "query" -d 'Read spans, metrics and log records: of a trace, or of a range of time'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from data" -f -a "compact" -d 'Merge the small segments of partitions into larger ones'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from data" -f -a "scrub" -d 'Look at the copies of partitions: against their sidecars, and against each other'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "list" -d 'List who changed what, when and why, the newest first'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "prune" -d 'Delete old entries: those older than --older-than, then the oldest until --max-bytes is kept'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from snapshot" -f -a "export" -d 'Write everything under the prefix as one JSON document'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from snapshot" -f -a "import" -d 'Make a new embedded store of a snapshot; never overwrites'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from snapshot" -f -a "diff" -d 'Show what differs between two snapshots, or a snapshot and the store; exit code 3 if something does'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "compact" -d 'Forget past states of keys, which --at and history read'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from context" -f -a "list" -d 'List the contexts of the configuration file'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from context" -f -a "use" -d 'Choose the context that holds when none is named'
complete -c otlp-part -n "__fish_otlp_part_using_subcommand help; and __fish_seen_subcommand_from context" -f -a "get" -d 'Show every setting in force, and where it came from'
