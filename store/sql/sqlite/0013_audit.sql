-- What the independent auditor found. A finding that is over stays, with since when.

CREATE TABLE audit_finding (
    id TEXT NOT NULL PRIMARY KEY,
    lapse TEXT NOT NULL,
    subject TEXT NOT NULL,
    message TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    over_at INTEGER,
    told_at INTEGER
) WITHOUT ROWID;

CREATE INDEX audit_finding_open ON audit_finding (first_at) WHERE over_at IS NULL;
CREATE INDEX audit_finding_first ON audit_finding (first_at);
