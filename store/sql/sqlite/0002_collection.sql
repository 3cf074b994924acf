-- Collection: hosts, visits of several pages, other addresses, who showed what, deletions, health, disclosures.

ALTER TABLE channel ADD COLUMN cursor TEXT;
ALTER TABLE channel ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channel ADD COLUMN hint_ms INTEGER NOT NULL DEFAULT 0;

ALTER TABLE fetch ADD COLUMN channel TEXT;

-- One row a host: the budget that all workers share, on one machine or on many.
CREATE TABLE host (
    name TEXT NOT NULL PRIMARY KEY,
    next_at INTEGER NOT NULL,
    paused_until INTEGER NOT NULL,
    why TEXT NOT NULL,
    gap_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE alias (
    canonical_url TEXT NOT NULL PRIMARY KEY,
    article_id TEXT NOT NULL,
    fetch_id TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX alias_article ON alias (article_id);

CREATE TABLE sighting (
    article_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    source_id TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    fetch_id TEXT NOT NULL,
    PRIMARY KEY (article_id, channel)
) WITHOUT ROWID;

CREATE INDEX sighting_source ON sighting (source_id, first_at);

CREATE TABLE absence (
    article_id TEXT NOT NULL,
    noticed_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    fetch_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    names_minor INTEGER NOT NULL,
    back_at INTEGER,
    PRIMARY KEY (article_id, noticed_at)
) WITHOUT ROWID;

CREATE INDEX absence_noticed ON absence (noticed_at);

CREATE TABLE erasure_review (
    id TEXT NOT NULL PRIMARY KEY,
    article_id TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    why TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at INTEGER,
    reason TEXT NOT NULL
);

CREATE INDEX erasure_review_state ON erasure_review (state, opened_at);

CREATE TABLE disclosure (
    id TEXT NOT NULL PRIMARY KEY,
    article_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    asked_by TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    file_hash TEXT NOT NULL
);

CREATE INDEX disclosure_article ON disclosure (article_id, at);

CREATE TABLE health_alert (
    id TEXT NOT NULL PRIMARY KEY,
    source_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    owner TEXT NOT NULL,
    figures TEXT NOT NULL,
    closed_at INTEGER
);

CREATE INDEX health_alert_open ON health_alert (source_id, kind) WHERE closed_at IS NULL;
CREATE INDEX health_alert_time ON health_alert (opened_at);
CREATE INDEX fetch_inbox ON fetch (started_at) WHERE kind = 'inbox';
