-- What is to be told to whom, and which ways of telling work. A notice is written once; its deliveries are the tries.

CREATE TABLE notice (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    contact TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    subject TEXT NOT NULL,
    lines TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    deadline_at INTEGER,
    thread TEXT NOT NULL,
    without TEXT NOT NULL,
    path TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX notice_due ON notice (due_at);
CREATE INDEX notice_about ON notice (about, created_at) WHERE about <> '';

ALTER TABLE delivery ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN deadline_at INTEGER;
ALTER TABLE delivery ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN bundled_into TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN receipt TEXT NOT NULL DEFAULT '';

CREATE INDEX delivery_recipient ON delivery (recipient, created_at);
CREATE INDEX delivery_bundled ON delivery (bundled_into) WHERE bundled_into <> '';

-- recipient '' is the channel as a whole; "since" is the first failure after the last success.
CREATE TABLE channel_state (
    recipient TEXT NOT NULL,
    channel TEXT NOT NULL,
    ok_at INTEGER,
    failed_at INTEGER,
    since INTEGER,
    error TEXT NOT NULL,
    PRIMARY KEY (recipient, channel)
) WITHOUT ROWID;
