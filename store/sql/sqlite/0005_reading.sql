-- Who saw a text unmasked and why, and whose parents agreed that a commended pupil is named.

CREATE TABLE unmasking (
    id TEXT NOT NULL PRIMARY KEY,
    article_id TEXT NOT NULL,
    revision_id TEXT NOT NULL,
    seen_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX unmasking_article ON unmasking (article_id, at);
CREATE INDEX unmasking_at ON unmasking (at);

-- A log that can be edited proves nothing. The words of a reason alone may be blanked, should they name a child.
CREATE TRIGGER unmasking_stays BEFORE DELETE ON unmasking
BEGIN
    SELECT RAISE(ABORT, 'unmasking is append-only');
END;

CREATE TRIGGER unmasking_is_as_written BEFORE UPDATE ON unmasking
WHEN NEW.reason <> '' OR NEW.id <> OLD.id OR NEW.article_id <> OLD.article_id OR NEW.revision_id <> OLD.revision_id
    OR NEW.seen_by <> OLD.seen_by OR NEW.at <> OLD.at
BEGIN
    SELECT RAISE(ABORT, 'unmasking is append-only');
END;

-- Withdrawn: the row says that there was a consent and who ended it, and names nobody any more.
CREATE TABLE consent (
    id TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    pupil TEXT NOT NULL,
    pupil_class TEXT NOT NULL,
    school TEXT NOT NULL,
    document TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    at INTEGER NOT NULL,
    withdrawn_by TEXT,
    withdrawn_reason TEXT NOT NULL,
    withdrawn_at INTEGER,
    CHECK (withdrawn_at IS NULL OR (pupil = '' AND pupil_class = '' AND school = ''))
) WITHOUT ROWID;

CREATE INDEX consent_in_force ON consent (purpose) WHERE withdrawn_at IS NULL;
