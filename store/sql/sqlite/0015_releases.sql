-- What the press officer does to a digest before anybody above reads it: edits by number, and the one release, with the
-- files that were frozen. The draft itself is a row of digest and is never changed.

CREATE TABLE digest_edit (
    id TEXT NOT NULL PRIMARY KEY,
    digest_id TEXT NOT NULL REFERENCES digest (id),
    number INTEGER NOT NULL CHECK (number > 0),
    at INTEGER NOT NULL,
    edited_by TEXT NOT NULL,
    kind TEXT NOT NULL,
    story TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (digest_id, number)
) WITHOUT ROWID;

CREATE TABLE digest_release (
    id TEXT NOT NULL PRIMARY KEY,
    digest_id TEXT NOT NULL UNIQUE REFERENCES digest (id),
    at INTEGER NOT NULL,
    released_by TEXT NOT NULL,
    edits TEXT NOT NULL,
    files TEXT NOT NULL,
    editions TEXT NOT NULL
) WITHOUT ROWID;
