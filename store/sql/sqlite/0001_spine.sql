-- The spine: what was fetched, read, judged, grouped, told, and what is to be done.
-- Times are milliseconds UTC. Public ids are text (store/model.py: public_id).

CREATE TABLE channel (
    source_id TEXT NOT NULL,
    url TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    next_due_at INTEGER NOT NULL,
    etag TEXT,
    last_modified TEXT,
    failure_weight REAL NOT NULL,
    last_fetch_at INTEGER,
    last_ok_at INTEGER,
    last_outcome TEXT,
    lease_until INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX channel_due ON channel (next_due_at);

CREATE TABLE fetch (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    source_id TEXT NOT NULL,
    url TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    status INTEGER,
    body_hash TEXT,
    content_type TEXT,
    final_url TEXT,
    article_id TEXT,
    headers TEXT NOT NULL,
    robots TEXT,
    message TEXT NOT NULL
);

CREATE INDEX fetch_article ON fetch (article_id, started_at) WHERE article_id IS NOT NULL;
CREATE INDEX fetch_url ON fetch (url, started_at);

-- seq = first_seen_at * 1024 + order within that millisecond: the table lies in time order on disk, and a
-- full-text index can use it as its rowid (newest first without a sort).
CREATE TABLE article (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    canonical_url TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    source_id TEXT NOT NULL,
    outlet TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    found_in TEXT NOT NULL
);

CREATE INDEX article_seen ON article (first_seen_at, id);
CREATE INDEX article_url ON article (url);
CREATE INDEX article_source ON article (source_id, first_seen_at);

CREATE TABLE revision (
    id TEXT NOT NULL PRIMARY KEY,
    article_id TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    basis TEXT NOT NULL,
    title TEXT NOT NULL,
    lead TEXT NOT NULL,
    body TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    fetch_id TEXT NOT NULL,
    published_at INTEGER,
    published_from TEXT,
    published_confidence REAL,
    section TEXT,
    language TEXT NOT NULL,
    quality REAL NOT NULL,
    UNIQUE (article_id, text_hash)
);

CREATE TABLE problem (
    fetch_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (fetch_id, position, code)
) WITHOUT ROWID;

CREATE TABLE judgement (
    revision_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    judge TEXT NOT NULL,
    version TEXT NOT NULL,
    label TEXT NOT NULL,
    score REAL NOT NULL,
    detail TEXT NOT NULL,
    judged_at INTEGER NOT NULL,
    PRIMARY KEY (revision_id, kind, judge, version)
) WITHOUT ROWID;

CREATE TABLE story (
    id TEXT NOT NULL PRIMARY KEY,
    first_article_id TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    redirect_to TEXT
);

CREATE TABLE membership (
    article_id TEXT NOT NULL,
    story_id TEXT NOT NULL,
    relation TEXT NOT NULL,
    of_article_id TEXT,
    similarity REAL NOT NULL,
    decided_by TEXT NOT NULL,
    version TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, decided_by, version)
) WITHOUT ROWID;

CREATE INDEX membership_story ON membership (story_id);

CREATE TABLE story_key (
    key INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (key, seen_at, article_id)
) WITHOUT ROWID;

CREATE TABLE digest (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    window_from INTEGER NOT NULL,
    window_to INTEGER NOT NULL,
    built_at INTEGER NOT NULL,
    subject TEXT NOT NULL,
    figures TEXT NOT NULL,
    files TEXT NOT NULL,
    versions TEXT NOT NULL,
    UNIQUE (kind, day)
);

CREATE TABLE digest_entry (
    digest_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    part TEXT NOT NULL,
    story_id TEXT,
    article_id TEXT NOT NULL,
    revision_id TEXT NOT NULL,
    membership_id TEXT,
    judgements TEXT NOT NULL,
    figures TEXT NOT NULL,
    PRIMARY KEY (digest_id, position)
) WITHOUT ROWID;

CREATE INDEX digest_entry_article ON digest_entry (article_id);

CREATE TABLE delivery (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_try_at INTEGER,
    sent_at INTEGER,
    error TEXT NOT NULL,
    UNIQUE (event_id, recipient, channel)
);

CREATE TABLE task (
    stage TEXT NOT NULL,
    subject TEXT NOT NULL,
    version TEXT NOT NULL,
    state TEXT NOT NULL,
    order_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    worker TEXT NOT NULL,
    outcome TEXT,
    message TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    PRIMARY KEY (stage, subject, version)
) WITHOUT ROWID;

-- The ready query walks this in order; finished tasks are not in it, so it stays as small as the work at hand.
CREATE INDEX task_open ON task (stage, order_at, subject) WHERE state IN ('due', 'leased');
CREATE INDEX task_subject ON task (subject);
CREATE INDEX task_dead ON task (finished_at) WHERE state = 'dead';
