-- What people are asked to answer. Events are append-only and chained over ids and keyed digests: what an event says
-- lies in a table of its own and can be erased without breaking the chain. The other tables are what the events add up
-- to, rewritten in the transaction of each event, so that clocks and lists are one look-up.

CREATE TABLE work_case (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    origin_kind TEXT NOT NULL,
    origin_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (year, number),
    UNIQUE (origin_kind, origin_id)
) WITHOUT ROWID;

CREATE TABLE case_event (
    seq INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    payload_digest TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE INDEX case_event_of ON case_event (case_id, seq);

CREATE TABLE case_payload (
    event_id TEXT NOT NULL PRIMARY KEY,
    salt TEXT NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE case_now (
    case_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    severity TEXT NOT NULL,
    office TEXT NOT NULL,
    assignee TEXT NOT NULL,
    place TEXT NOT NULL,
    theme TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    held INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    published_at INTEGER,
    found_at INTEGER,
    flagged_at INTEGER,
    received_at INTEGER,
    acknowledged_until INTEGER,
    paused_until INTEGER,
    answered_at INTEGER,
    closed_at INTEGER,
    result TEXT NOT NULL,
    reopened INTEGER NOT NULL,
    level INTEGER NOT NULL,
    merged_into TEXT,
    next_step_at INTEGER,
    next_alarm_at INTEGER,
    version INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX case_now_alarm ON case_now (next_alarm_at) WHERE next_alarm_at IS NOT NULL;
CREATE INDEX case_now_open ON case_now (opened_at) WHERE closed_at IS NULL AND merged_into IS NULL;
CREATE INDEX case_now_opened ON case_now (opened_at);

CREATE TABLE case_clock (
    case_id TEXT NOT NULL,
    clock TEXT NOT NULL,
    deadline TEXT NOT NULL,
    office TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    soft_at INTEGER,
    hard_at INTEGER,
    paused_at INTEGER,
    stopped_at INTEGER,
    alarmed INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    basis TEXT NOT NULL,
    steps TEXT NOT NULL,
    PRIMARY KEY (case_id, clock)
) WITHOUT ROWID;

CREATE INDEX case_clock_due ON case_clock (due_at) WHERE stopped_at IS NULL;

CREATE TABLE case_link (
    case_id TEXT NOT NULL,
    target_kind TEXT NOT NULL,
    target_id TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    removed_at INTEGER,
    PRIMARY KEY (case_id, target_kind, target_id)
) WITHOUT ROWID;

CREATE INDEX case_link_target ON case_link (target_id, target_kind);

CREATE TABLE case_paper (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    recipient TEXT NOT NULL,
    fields TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    signed_as TEXT NOT NULL,
    number TEXT NOT NULL,
    issued_at INTEGER,
    incoming_number TEXT NOT NULL,
    received_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX case_paper_of ON case_paper (case_id, created_at);

CREATE TABLE case_file (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    added_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX case_file_of ON case_file (case_id, added_at);
CREATE INDEX case_file_body ON case_file (body_hash);
