-- Who approved what was handed in as approved (a list of questions and answers); and who took the original of a document
-- from here, written before it is handed out. Append-only.

ALTER TABLE reference ADD COLUMN approved_by TEXT NOT NULL DEFAULT '';

CREATE TABLE reference_taken (
    id TEXT NOT NULL PRIMARY KEY,
    reference_id TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX reference_taken_of ON reference_taken (reference_id, at);
