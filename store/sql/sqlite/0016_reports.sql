-- Trend reports as they were built: a window, its figures, its frozen items and files (as body hashes). A report is never
-- changed; built anew it is the next edition. Văn thư's number locks one edition of a window for good.

CREATE TABLE report (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    scope TEXT NOT NULL,
    edition INTEGER NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    window_from INTEGER NOT NULL,
    window_to INTEGER NOT NULL,
    built_at INTEGER NOT NULL,
    subject TEXT NOT NULL,
    figures TEXT NOT NULL,
    files TEXT NOT NULL,
    versions TEXT NOT NULL,
    UNIQUE (kind, period, scope, edition)
) WITHOUT ROWID;

CREATE TABLE report_item (
    report_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    part TEXT NOT NULL,
    story_id TEXT NOT NULL,
    revision_id TEXT NOT NULL,
    membership_id TEXT,
    judgements TEXT NOT NULL,
    figures TEXT NOT NULL,
    PRIMARY KEY (report_id, position)
) WITHOUT ROWID;

CREATE TABLE report_lock (
    report_id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    day TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    files TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX report_built ON report (built_at, id);
CREATE INDEX report_item_subject ON report_item (subject_id);

CREATE TRIGGER report_stays BEFORE UPDATE ON report BEGIN SELECT RAISE(ABORT, 'a report is never changed'); END;

CREATE TRIGGER report_is_kept BEFORE DELETE ON report BEGIN SELECT RAISE(ABORT, 'a report is never deleted'); END;

CREATE TRIGGER report_item_stays BEFORE UPDATE ON report_item BEGIN SELECT RAISE(ABORT, 'a report is never changed'); END;

CREATE TRIGGER report_lock_stays BEFORE UPDATE ON report_lock BEGIN SELECT RAISE(ABORT, 'a lock is never changed'); END;

CREATE TRIGGER report_lock_is_kept BEFORE DELETE ON report_lock BEGIN SELECT RAISE(ABORT, 'a lock is never deleted'); END;
