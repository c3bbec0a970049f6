
use builtin;
use str;

set edit:completion:arg-completer[otlp-part] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'otlp-part'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'otlp-part'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand init 'Create an embedded store with a cluster spec and nodes; never overwrites'
            cand demo 'Build a small embedded store with sample OTLP, and route a trace in it'
            cand status 'The cluster on one screen'
            cand route 'Partition and owners of trace ids, metric or log keys, whole OTLP files, or a range of time'
            cand cluster 'The cluster spec'
            cand node 'Storage nodes'
            cand partition 'Partition records'
            cand ring 'The consistent-hash ring'
            cand doctor 'Doctor'
            cand watch 'Follow changes as they happen'
            cand audit 'The audit trail'
            cand snapshot 'The offline copy of everything'
            cand store 'The embedded store'
            cand completions 'Print completions for a shell, e.g. `otlp-part completions bash > /etc/bash_completion.d/otlp-part`'
            cand man 'Print the man page, or write one page per command into a directory'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;init'= {
            cand --nodes 'Node ids, separated by commas'
            cand --file 'A JSON file: {"nodes": [{"id": …, "weight": …, "location": {…}, …}], "cluster": {fields of the spec}}'
            cand --replication-factor 'Copies of every partition [default: 3]'
            cand --boundaries 'Divide by ranges of service names: alphabetic:N, or a file with one boundary a line'
            cand --strategy 'How a time bucket is divided: time-hash, time-range, time [default: time-hash]'
            cand --granularity-hours 'Hours a time bucket [default: 1]'
            cand --retention-days 'Days that partitions are kept [default: 30]'
            cand --hash-buckets 'Hash buckets a time bucket [default: 256]'
            cand --hash 'How keys are hashed: siphash13, xxh3-64 [default: siphash13]'
            cand --placement 'How owners are chosen: ring, zone-balanced, rendezvous [default: ring]'
            cand --virtual-nodes 'Ring tokens of a node of weight 1 [default: 150]'
            cand --signal 'What is stored: traces, metrics, logs, mixed [default: mixed]'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;demo'= {
            cand --dir 'The directory to make'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --dry-run 'Show what would be made and write nothing'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;status'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;route'= {
            cand --trace-id 'A trace id: 32 hexadecimal digits, UUID dashes accepted (repeatable)'
            cand --trace-ids-from 'Trace ids from a file (`-` = stdin), one a line, optionally followed by `,TIME`'
            cand --metric 'A metric by its name'
            cand --otlp 'A whole OTLP file (`-` = stdin): JSON, JSON lines or protobuf, plain, gzip or zstd, recognised by content'
            cand --service 'service.name of the metric or log; in a range of time, the service asked for'
            cand --label 'An attribute of the metric''s data point (repeatable)'
            cand --severity 'The log''s severity: error, WARN2, 17 [default: info]'
            cand --body 'The log''s body'
            cand --time 'When the data was recorded [default: now, with a warning]'
            cand --time-from-id 'Take the time out of the trace ids: xray (AWS X-Ray), uuidv7'
            cand --slack 'Also so many neighbouring time buckets on each side'
            cand --from 'Start of the range; alone it ends now'
            cand --to 'End of the range, itself outside'
            cand --for 'Length of the range, from --from on'
            cand --last 'The range that ends now and is so long'
            cand --service-from 'In a range of time: services from this name on'
            cand --service-to 'In a range of time: services before this name'
            cand --bucket 'In a range of time: these hash buckets only'
            cand --signal 'The signal: traces, metrics, logs; tells what protobuf holds where it is not clear'
            cand --near 'Show the nearest live replica: to a node, or to zone=Z, region=R, dc=D'
            cand --nodes 'Compute with these nodes and the default settings; no store is needed'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --log 'A log record'
            cand --each 'A row for each partition (range of time) or routing unit (OTLP) instead of totals'
            cand --explain 'Show every step: key bytes, hash, bucket, tokens walked, record read'
            cand --strict 'Bad ids and bad OTLP messages are an error instead of a warning'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;cluster'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand get 'Show the spec'
            cand set 'Change fields of the spec; fields that are not given stay'
            cand edit 'Edit the spec in your editor, as JSON'
            cand diff 'Show what differs between the cluster and a file; exit code 3 if something does'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;cluster;get'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;cluster;set'= {
            cand --from 'From when on a new partitioning holds [default: the next bucket]'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --force 'Change it although partitions would be routed elsewhere'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;cluster;edit'= {
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --force 'Change it although partitions would be routed elsewhere'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;cluster;diff'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;cluster;help'= {
            cand get 'Show the spec'
            cand set 'Change fields of the spec; fields that are not given stay'
            cand edit 'Edit the spec in your editor, as JSON'
            cand diff 'Show what differs between the cluster and a file; exit code 3 if something does'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;cluster;help;get'= {
        }
        &'otlp-part;cluster;help;set'= {
        }
        &'otlp-part;cluster;help;edit'= {
        }
        &'otlp-part;cluster;help;diff'= {
        }
        &'otlp-part;cluster;help;help'= {
        }
        &'otlp-part;node'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List the nodes'
            cand get 'Show one or more nodes'
            cand add 'Add nodes'
            cand set 'Change fields of nodes; fields that are not given stay'
            cand cordon 'Give nodes no new partitions; what they hold stays'
            cand drain 'Mark nodes as to be emptied, and tell what must move'
            cand activate 'Use nodes again, after cordon, drain or fail; leadership stays where it is'
            cand fail 'Declare nodes lost: they become Down, and live nodes lead what they led'
            cand safe-to-remove 'Tell whether nodes can be removed together, with every reason against it (exit code 3)'
            cand history 'Every change of a node, the newest first, with who made it and why'
            cand remove 'Remove nodes that nothing speaks against, as `node safe-to-remove` tells'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;node;list'= {
            cand --zone 'Only nodes of this availability zone (repeatable)'
            cand --region 'Only nodes of this region (repeatable)'
            cand --state 'Only nodes in this state: active, cordoned, draining, down (repeatable)'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --load 'Also what each node holds: leaders, partitions, bytes; reads all partition records'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;node;get'= {
            cand --zone 'Instead, all nodes of this availability zone (repeatable)'
            cand --region 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region'
            cand --file 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --ignore-not-found 'Say nothing about nodes that do not exist'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;node;add'= {
            cand --file 'A JSON file: [{"id": …, "weight": …, "capacity_bytes": …, "location": {…}, "data_url": …}, …]'
            cand --weight 'Share of the data against other nodes; 1 is usual'
            cand --capacity 'How much it can hold: 4TB, 500GiB'
            cand --location 'Where it stands'
            cand --zone 'The availability zone; short for --location az=Z'
            cand --data-url 'Where its data is: file:///path, s3://bucket/prefix'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --force 'Add although partitions without a record would be routed elsewhere'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;node;set'= {
            cand --in-zone 'Instead, all nodes of this availability zone (repeatable)'
            cand --in-region 'Instead, all nodes of this region (repeatable); with --in-zone, those of the zone in this region'
            cand --file 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it'
            cand --weight 'Share of the data against other nodes; 1 is usual'
            cand --capacity 'How much it can hold: 4TB, 500GiB'
            cand --location 'Where it stands'
            cand --zone 'The availability zone; short for --location az=Z'
            cand --data-url 'Where its data is: file:///path, s3://bucket/prefix'
            cand --state 'What it may be used for: active, cordoned (no new partitions), draining (to be emptied), down'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --force 'Change weights or zones although partitions without a record would be routed elsewhere'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;node;cordon'= {
            cand --zone 'Instead, all nodes of this availability zone (repeatable)'
            cand --region 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region'
            cand --file 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;node;drain'= {
            cand --zone 'Instead, all nodes of this availability zone (repeatable)'
            cand --region 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region'
            cand --file 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;node;activate'= {
            cand --zone 'Instead, all nodes of this availability zone (repeatable)'
            cand --region 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region'
            cand --file 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;node;fail'= {
            cand --zone 'Instead, all nodes of this availability zone (repeatable)'
            cand --region 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region'
            cand --file 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;node;safe-to-remove'= {
            cand --zone 'Instead, all nodes of this availability zone (repeatable)'
            cand --region 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region'
            cand --file 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;node;history'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;node;remove'= {
            cand --zone 'Instead, all nodes of this availability zone (repeatable)'
            cand --region 'Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region'
            cand --file 'Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --force 'Remove whatever speaks against it; on a terminal the ids are to be typed, elsewhere --yes is needed too'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;node;help'= {
            cand list 'List the nodes'
            cand get 'Show one or more nodes'
            cand add 'Add nodes'
            cand set 'Change fields of nodes; fields that are not given stay'
            cand cordon 'Give nodes no new partitions; what they hold stays'
            cand drain 'Mark nodes as to be emptied, and tell what must move'
            cand activate 'Use nodes again, after cordon, drain or fail; leadership stays where it is'
            cand fail 'Declare nodes lost: they become Down, and live nodes lead what they led'
            cand safe-to-remove 'Tell whether nodes can be removed together, with every reason against it (exit code 3)'
            cand history 'Every change of a node, the newest first, with who made it and why'
            cand remove 'Remove nodes that nothing speaks against, as `node safe-to-remove` tells'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;node;help;list'= {
        }
        &'otlp-part;node;help;get'= {
        }
        &'otlp-part;node;help;add'= {
        }
        &'otlp-part;node;help;set'= {
        }
        &'otlp-part;node;help;cordon'= {
        }
        &'otlp-part;node;help;drain'= {
        }
        &'otlp-part;node;help;activate'= {
        }
        &'otlp-part;node;help;fail'= {
        }
        &'otlp-part;node;help;safe-to-remove'= {
        }
        &'otlp-part;node;help;history'= {
        }
        &'otlp-part;node;help;remove'= {
        }
        &'otlp-part;node;help;help'= {
        }
        &'otlp-part;partition'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List records'
            cand get 'Show one or more records'
            cand create 'Record the partitions of a range of time that have no record yet'
            cand set 'Change fields of a record; fields that are not given stay'
            cand edit 'Edit a record in your editor, as JSON'
            cand delete 'Delete records of partitions, with what this tool keeps beside them'
            cand pin 'Keep partitions where they are: no plan moves them'
            cand unpin 'Let plans move partitions again'
            cand history 'Every change of a record and its extension, the newest first, with who made it and why'
            cand boundaries 'Suggest range boundaries of service names, for `init --boundaries` and `cluster set boundaries=…`'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;partition;list'= {
            cand --from 'Start of the range; alone it ends now'
            cand --to 'End of the range, itself outside'
            cand --for 'Length of the range, from --from on'
            cand --last 'The range that ends now and is so long'
            cand --node 'Held by this node (repeatable)'
            cand --leader 'Led by this node (repeatable)'
            cand --state 'In this state: active, readonly, migrating, rebalancing'
            cand --zone 'With a copy in this availability zone'
            cand --min-size 'At least this large: 1GB'
            cand --max-size 'At most this large'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --expired 'Past their retention'
            cand --pinned 'Pinned'
            cand --under-replicated 'With fewer copies on nodes that are up than the replication factor'
            cand --no-leader 'Without a leader that is up'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;partition;get'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --ignore-not-found 'Say nothing about records that do not exist'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;partition;create'= {
            cand --from 'Start of the range; alone it ends now'
            cand --to 'End of the range, itself outside'
            cand --for 'Length of the range, from --from on'
            cand --last 'The range that ends now and is so long'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;partition;set'= {
            cand --leader 'The leader, one of its nodes'
            cand --state 'The state: active, readonly'
            cand --nodes 'The nodes that hold full copies; needs --force, as nobody looks at the copies'
            cand --size 'Bytes of one copy'
            cand --record-count 'Records of one copy'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --force 'Change the nodes although nobody has looked at the copies'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;partition;edit'= {
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --force 'Change the nodes although nobody has looked at the copies'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;partition;delete'= {
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --ignore-not-found 'Say nothing about records that do not exist'
            cand --force 'Delete although nobody has looked at the copies'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;partition;pin'= {
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --ignore-not-found 'Say nothing about records that do not exist'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;partition;unpin'= {
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --ignore-not-found 'Say nothing about records that do not exist'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;partition;history'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;partition;boundaries'= {
            cand --otlp 'Weigh the services of an OTLP file by bytes; `-` = stdin'
            cand --count 'How many ranges to make of the OTLP file'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;partition;help'= {
            cand list 'List records'
            cand get 'Show one or more records'
            cand create 'Record the partitions of a range of time that have no record yet'
            cand set 'Change fields of a record; fields that are not given stay'
            cand edit 'Edit a record in your editor, as JSON'
            cand delete 'Delete records of partitions, with what this tool keeps beside them'
            cand pin 'Keep partitions where they are: no plan moves them'
            cand unpin 'Let plans move partitions again'
            cand history 'Every change of a record and its extension, the newest first, with who made it and why'
            cand boundaries 'Suggest range boundaries of service names, for `init --boundaries` and `cluster set boundaries=…`'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;partition;help;list'= {
        }
        &'otlp-part;partition;help;get'= {
        }
        &'otlp-part;partition;help;create'= {
        }
        &'otlp-part;partition;help;set'= {
        }
        &'otlp-part;partition;help;edit'= {
        }
        &'otlp-part;partition;help;delete'= {
        }
        &'otlp-part;partition;help;pin'= {
        }
        &'otlp-part;partition;help;unpin'= {
        }
        &'otlp-part;partition;help;history'= {
        }
        &'otlp-part;partition;help;boundaries'= {
        }
        &'otlp-part;partition;help;help'= {
        }
        &'otlp-part;ring'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand get 'Tokens and share of the key space of each node'
            cand owners 'The owners of any key, such as a partition id'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;ring;get'= {
            cand --nodes 'Compute with these nodes and the default settings; no store is needed'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;ring;owners'= {
            cand --nodes 'Compute with these nodes and the default settings; no store is needed'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;ring;help'= {
            cand get 'Tokens and share of the key space of each node'
            cand owners 'The owners of any key, such as a partition id'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;ring;help;get'= {
        }
        &'otlp-part;ring;help;owners'= {
        }
        &'otlp-part;ring;help;help'= {
        }
        &'otlp-part;doctor'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;watch'= {
            cand --family 'Only these families: cluster, nodes, partitions, ext, migrations, rebalance, plans, repair, orphans, audit'
            cand --id 'Only this partition, node or other id (repeatable)'
            cand --from 'Begin in the past: with the changes of this revision, or after this time [default: now]'
            cand --for 'End after so long; what happened until then is shown whole'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;audit'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List who changed what, when and why, the newest first'
            cand prune 'Delete old entries: those older than --older-than, then the oldest until --max-bytes is kept'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;audit;list'= {
            cand --from 'Start of the range; alone it ends now'
            cand --to 'End of the range, itself outside'
            cand --for 'Length of the range, from --from on'
            cand --last 'The range that ends now and is so long'
            cand --actor 'By this actor'
            cand --command 'By this command: node, or "node set"'
            cand --key 'That changed this key, whole or behind the prefix (repeatable)'
            cand --partition 'That changed this partition (repeatable)'
            cand --node 'That changed this node (repeatable)'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;audit;prune'= {
            cand --older-than 'Delete what is older than this'
            cand --max-bytes 'Keep at most so many bytes of keys and values'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;audit;help'= {
            cand list 'List who changed what, when and why, the newest first'
            cand prune 'Delete old entries: those older than --older-than, then the oldest until --max-bytes is kept'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;audit;help;list'= {
        }
        &'otlp-part;audit;help;prune'= {
        }
        &'otlp-part;audit;help;help'= {
        }
        &'otlp-part;snapshot'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand export 'Write everything under the prefix as one JSON document'
            cand import 'Make a new embedded store of a snapshot; never overwrites'
            cand diff 'Show what differs between two snapshots, or a snapshot and the store; exit code 3 if something does'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;snapshot;export'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --force 'Overwrite the file'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;snapshot;import'= {
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;snapshot;diff'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --audit 'Compare the audit trail, too'
            cand --revisions 'Also tell keys whose values are equal and whose revisions are not'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;snapshot;help'= {
            cand export 'Write everything under the prefix as one JSON document'
            cand import 'Make a new embedded store of a snapshot; never overwrites'
            cand diff 'Show what differs between two snapshots, or a snapshot and the store; exit code 3 if something does'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;snapshot;help;export'= {
        }
        &'otlp-part;snapshot;help;import'= {
        }
        &'otlp-part;snapshot;help;diff'= {
        }
        &'otlp-part;snapshot;help;help'= {
        }
        &'otlp-part;store'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand compact 'Forget past states of keys, which --at and history read'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;store;compact'= {
            cand --before 'Keep what can be read from this revision or time on [default: the present alone]'
            cand --reason 'Why, for the audit trail'
            cand --actor 'Who, for the audit trail [default: the login name]'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --dry-run 'Show what would change and write nothing; the store is opened read-only'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;store;help'= {
            cand compact 'Forget past states of keys, which --at and history read'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;store;help;compact'= {
        }
        &'otlp-part;store;help;help'= {
        }
        &'otlp-part;completions'= {
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;man'= {
            cand --dir 'Write one page per command here instead, such as ~/.local/share/man/man1'
            cand --store 'Where metadata lives: file:PATH (embedded store) or snapshot:PATH (read-only, `-` = stdin)'
            cand --at 'Read the past: a revision, or a time (the newest revision made until then)'
            cand -o 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --output 'Output format: table, json, ndjson, csv, name, value=FIELD'
            cand --columns 'Show these columns, in this order'
            cand --sort 'Sort by a field; `:desc` turns it round'
            cand --limit 'Show at most so many rows'
            cand --color 'Colours'
            cand --progress 'Progress on stderr'
            cand --no-headers 'Leave the heading line of tables and CSV out'
            cand -q 'No notes, warnings or progress on stderr'
            cand --quiet 'No notes, warnings or progress on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'otlp-part;help'= {
            cand init 'Create an embedded store with a cluster spec and nodes; never overwrites'
            cand demo 'Build a small embedded store with sample OTLP, and route a trace in it'
            cand status 'The cluster on one screen'
            cand route 'Partition and owners of trace ids, metric or log keys, whole OTLP files, or a range of time'
            cand cluster 'The cluster spec'
            cand node 'Storage nodes'
            cand partition 'Partition records'
            cand ring 'The consistent-hash ring'
            cand doctor 'Doctor'
            cand watch 'Follow changes as they happen'
            cand audit 'The audit trail'
            cand snapshot 'The offline copy of everything'
            cand store 'The embedded store'
            cand completions 'Print completions for a shell, e.g. `otlp-part completions bash > /etc/bash_completion.d/otlp-part`'
            cand man 'Print the man page, or write one page per command into a directory'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'otlp-part;help;init'= {
        }
        &'otlp-part;help;demo'= {
        }
        &'otlp-part;help;status'= {
        }
        &'otlp-part;help;route'= {
        }
        &'otlp-part;help;cluster'= {
            cand get 'Show the spec'
            cand set 'Change fields of the spec; fields that are not given stay'
            cand edit 'Edit the spec in your editor, as JSON'
            cand diff 'Show what differs between the cluster and a file; exit code 3 if something does'
        }
        &'otlp-part;help;cluster;get'= {
        }
        &'otlp-part;help;cluster;set'= {
        }
        &'otlp-part;help;cluster;edit'= {
        }
        &'otlp-part;help;cluster;diff'= {
        }
        &'otlp-part;help;node'= {
            cand list 'List the nodes'
            cand get 'Show one or more nodes'
            cand add 'Add nodes'
            cand set 'Change fields of nodes; fields that are not given stay'
            cand cordon 'Give nodes no new partitions; what they hold stays'
            cand drain 'Mark nodes as to be emptied, and tell what must move'
            cand activate 'Use nodes again, after cordon, drain or fail; leadership stays where it is'
            cand fail 'Declare nodes lost: they become Down, and live nodes lead what they led'
            cand safe-to-remove 'Tell whether nodes can be removed together, with every reason against it (exit code 3)'
            cand history 'Every change of a node, the newest first, with who made it and why'
            cand remove 'Remove nodes that nothing speaks against, as `node safe-to-remove` tells'
        }
        &'otlp-part;help;node;list'= {
        }
        &'otlp-part;help;node;get'= {
        }
        &'otlp-part;help;node;add'= {
        }
        &'otlp-part;help;node;set'= {
        }
        &'otlp-part;help;node;cordon'= {
        }
        &'otlp-part;help;node;drain'= {
        }
        &'otlp-part;help;node;activate'= {
        }
        &'otlp-part;help;node;fail'= {
        }
        &'otlp-part;help;node;safe-to-remove'= {
        }
        &'otlp-part;help;node;history'= {
        }
        &'otlp-part;help;node;remove'= {
        }
        &'otlp-part;help;partition'= {
            cand list 'List records'
            cand get 'Show one or more records'
            cand create 'Record the partitions of a range of time that have no record yet'
            cand set 'Change fields of a record; fields that are not given stay'
            cand edit 'Edit a record in your editor, as JSON'
            cand delete 'Delete records of partitions, with what this tool keeps beside them'
            cand pin 'Keep partitions where they are: no plan moves them'
            cand unpin 'Let plans move partitions again'
            cand history 'Every change of a record and its extension, the newest first, with who made it and why'
            cand boundaries 'Suggest range boundaries of service names, for `init --boundaries` and `cluster set boundaries=…`'
        }
        &'otlp-part;help;partition;list'= {
        }
        &'otlp-part;help;partition;get'= {
        }
        &'otlp-part;help;partition;create'= {
        }
        &'otlp-part;help;partition;set'= {
        }
        &'otlp-part;help;partition;edit'= {
        }
        &'otlp-part;help;partition;delete'= {
        }
        &'otlp-part;help;partition;pin'= {
        }
        &'otlp-part;help;partition;unpin'= {
        }
        &'otlp-part;help;partition;history'= {
        }
        &'otlp-part;help;partition;boundaries'= {
        }
        &'otlp-part;help;ring'= {
            cand get 'Tokens and share of the key space of each node'
            cand owners 'The owners of any key, such as a partition id'
        }
        &'otlp-part;help;ring;get'= {
        }
        &'otlp-part;help;ring;owners'= {
        }
        &'otlp-part;help;doctor'= {
        }
        &'otlp-part;help;watch'= {
        }
        &'otlp-part;help;audit'= {
            cand list 'List who changed what, when and why, the newest first'
            cand prune 'Delete old entries: those older than --older-than, then the oldest until --max-bytes is kept'
        }
        &'otlp-part;help;audit;list'= {
        }
        &'otlp-part;help;audit;prune'= {
        }
        &'otlp-part;help;snapshot'= {
            cand export 'Write everything under the prefix as one JSON document'
            cand import 'Make a new embedded store of a snapshot; never overwrites'
            cand diff 'Show what differs between two snapshots, or a snapshot and the store; exit code 3 if something does'
        }
        &'otlp-part;help;snapshot;export'= {
        }
        &'otlp-part;help;snapshot;import'= {
        }
        &'otlp-part;help;snapshot;diff'= {
        }
        &'otlp-part;help;store'= {
            cand compact 'Forget past states of keys, which --at and history read'
        }
        &'otlp-part;help;store;compact'= {
        }
        &'otlp-part;help;completions'= {
        }
        &'otlp-part;help;man'= {
        }
        &'otlp-part;help;help'= {
        }
    ]
    $completions[$command]
}
