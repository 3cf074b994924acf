-- The reference library: versions of documents of authorities, their statements, what replaces what. Append-only but for
-- the withdrawal, which is written once. Days are ISO text and inclusive at both ends.

CREATE TABLE reference (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    issuer TEXT NOT NULL,
    document TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    issued TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT CHECK (valid_to IS NULL OR valid_to >= valid_from),
    source TEXT NOT NULL,
    url TEXT,
    revision_id TEXT,
    fetch_id TEXT,
    body_hash TEXT,
    media_type TEXT,
    text_hash TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at INTEGER NOT NULL,
    note TEXT NOT NULL,
    withdrawn_by TEXT,
    withdrawn_at INTEGER,
    withdrawn_why TEXT NOT NULL,
    UNIQUE (document_id, version)
) WITHOUT ROWID;

CREATE INDEX reference_number ON reference (number) WHERE number <> '';
CREATE INDEX reference_revision ON reference (revision_id) WHERE revision_id IS NOT NULL;
CREATE INDEX reference_entered ON reference (entered_at);

-- folded: heading and text in small letters without marks, for looking things up.
CREATE TABLE reference_statement (
    id TEXT NOT NULL UNIQUE,
    reference_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    clause TEXT NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    text_hash TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (reference_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE reference_link (
    reference_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    document_id TEXT NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (reference_id, kind, document_id)
) WITHOUT ROWID;

CREATE INDEX reference_link_document ON reference_link (document_id);
