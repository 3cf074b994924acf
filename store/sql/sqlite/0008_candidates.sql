-- What is to be checked. Append-only: a newer finding, check or note stands beside the older one. Nothing here says what
-- is so: a score is a chance that a reviewer confirms, a result is a named person's, a concern has neither.

CREATE TABLE claim (
    id TEXT NOT NULL PRIMARY KEY,
    revision_id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    text_hash TEXT NOT NULL,
    relation TEXT NOT NULL,
    sketch TEXT NOT NULL,
    group_key TEXT NOT NULL,
    story_id TEXT,
    at INTEGER NOT NULL,
    version TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX claim_at ON claim (at);

CREATE TABLE candidate (
    id TEXT NOT NULL PRIMARY KEY,
    group_key TEXT NOT NULL UNIQUE,
    reason TEXT NOT NULL,
    claim_id TEXT NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX candidate_created ON candidate (created_at);

CREATE TABLE candidate_finding (
    candidate_id TEXT NOT NULL,
    revision_id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    version TEXT NOT NULL,
    raised INTEGER NOT NULL,
    relation TEXT NOT NULL,
    differs_in TEXT NOT NULL,
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
    reasons TEXT NOT NULL,
    change_mind TEXT NOT NULL,
    statements TEXT NOT NULL,
    evidence TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (candidate_id, revision_id, version)
) WITHOUT ROWID;

CREATE INDEX candidate_finding_article ON candidate_finding (article_id);

CREATE TABLE candidate_member (
    candidate_id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    role TEXT NOT NULL,
    claim_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (candidate_id, article_id, role)
) WITHOUT ROWID;

CREATE INDEX candidate_member_article ON candidate_member (article_id);

CREATE TABLE candidate_check (
    id TEXT NOT NULL PRIMARY KEY,
    candidate_id TEXT NOT NULL,
    result TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    at INTEGER NOT NULL,
    second INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX candidate_check_of ON candidate_check (candidate_id, at);

CREATE TABLE concern (
    id TEXT NOT NULL PRIMARY KEY,
    group_key TEXT NOT NULL UNIQUE,
    claim_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX concern_created ON concern (created_at);

CREATE TABLE concern_member (
    concern_id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    claim_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (concern_id, article_id)
) WITHOUT ROWID;

CREATE INDEX concern_member_article ON concern_member (article_id);

CREATE TABLE concern_note (
    id TEXT NOT NULL PRIMARY KEY,
    concern_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    noted_by TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX concern_note_of ON concern_note (concern_id, at);
CREATE INDEX reference_withdrawn ON reference (withdrawn_at) WHERE withdrawn_at IS NOT NULL;
