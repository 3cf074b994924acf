-- Registers: reports that are due (incoming and outgoing) with who is expected and what came, drafts of đôn đốc, the
-- communes' plans, figures entered by hand, frozen evaluation sheets, what the press was given. Append-only: nothing is
-- changed, what was entered by mistake is taken back by a row of its own (withdraws = id of that row).

CREATE TABLE report_period (
    id TEXT NOT NULL PRIMARY KEY,
    report TEXT NOT NULL,
    direction TEXT NOT NULL,
    name TEXT NOT NULL,
    day TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    begins TEXT NOT NULL,
    ends TEXT NOT NULL,
    basis TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    made_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE report_party (
    period_id TEXT NOT NULL,
    party TEXT NOT NULL,
    name TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (period_id, party)
) WITHOUT ROWID;

CREATE TABLE report_entry (
    id TEXT NOT NULL PRIMARY KEY,
    period_id TEXT NOT NULL,
    party TEXT NOT NULL,
    day TEXT NOT NULL,
    number TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    note TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    withdraws TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE report_urge (
    id TEXT NOT NULL PRIMARY KEY,
    period_id TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    parties TEXT NOT NULL,
    body_hash TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE report_urge_issued (
    urge_id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE commune_plan (
    id TEXT NOT NULL PRIMARY KEY,
    commune TEXT NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    url TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    note TEXT NOT NULL,
    withdraws TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE indicator_entry (
    id TEXT NOT NULL PRIMARY KEY,
    indicator TEXT NOT NULL,
    subject TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    value REAL NOT NULL,
    evidence TEXT NOT NULL,
    url TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    withdraws TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE evaluation (
    id TEXT NOT NULL PRIMARY KEY,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    version TEXT NOT NULL,
    sheet TEXT NOT NULL,
    body_hash TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE press_given (
    id TEXT NOT NULL PRIMARY KEY,
    outlet TEXT NOT NULL,
    what TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    way TEXT NOT NULL,
    number TEXT NOT NULL,
    case_id TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    note TEXT NOT NULL,
    withdraws TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX report_period_due ON report_period (due_at, id);
CREATE INDEX report_entry_period ON report_entry (period_id, day);
CREATE INDEX report_entry_back ON report_entry (withdraws) WHERE withdraws <> '';
CREATE INDEX report_urge_period ON report_urge (period_id, at);
CREATE INDEX commune_plan_back ON commune_plan (withdraws) WHERE withdraws <> '';
CREATE INDEX indicator_entry_days ON indicator_entry (last_day, first_day);
CREATE INDEX indicator_entry_back ON indicator_entry (withdraws) WHERE withdraws <> '';
CREATE INDEX evaluation_at ON evaluation (at);
CREATE INDEX press_given_at ON press_given (given_at);
CREATE INDEX press_given_back ON press_given (withdraws) WHERE withdraws <> '';

CREATE TRIGGER report_period_stays BEFORE UPDATE ON report_period BEGIN SELECT RAISE(ABORT, 'a register is never changed'); END;

CREATE TRIGGER report_period_is_kept BEFORE DELETE ON report_period BEGIN SELECT RAISE(ABORT, 'a register is never deleted'); END;

CREATE TRIGGER report_party_stays BEFORE UPDATE ON report_party BEGIN SELECT RAISE(ABORT, 'a register is never changed'); END;

CREATE TRIGGER report_party_is_kept BEFORE DELETE ON report_party BEGIN SELECT RAISE(ABORT, 'a register is never deleted'); END;

CREATE TRIGGER report_entry_stays BEFORE UPDATE ON report_entry BEGIN SELECT RAISE(ABORT, 'a register is never changed'); END;

CREATE TRIGGER report_entry_is_kept BEFORE DELETE ON report_entry BEGIN SELECT RAISE(ABORT, 'a register is never deleted'); END;

CREATE TRIGGER report_urge_stays BEFORE UPDATE ON report_urge BEGIN SELECT RAISE(ABORT, 'a register is never changed'); END;

CREATE TRIGGER report_urge_is_kept BEFORE DELETE ON report_urge BEGIN SELECT RAISE(ABORT, 'a register is never deleted'); END;

CREATE TRIGGER report_urge_issued_stays BEFORE UPDATE ON report_urge_issued BEGIN SELECT RAISE(ABORT, 'a register is never changed'); END;

CREATE TRIGGER report_urge_issued_is_kept BEFORE DELETE ON report_urge_issued BEGIN SELECT RAISE(ABORT, 'a register is never deleted'); END;

CREATE TRIGGER commune_plan_stays BEFORE UPDATE ON commune_plan BEGIN SELECT RAISE(ABORT, 'a register is never changed'); END;

CREATE TRIGGER commune_plan_is_kept BEFORE DELETE ON commune_plan BEGIN SELECT RAISE(ABORT, 'a register is never deleted'); END;

CREATE TRIGGER indicator_entry_stays BEFORE UPDATE ON indicator_entry BEGIN SELECT RAISE(ABORT, 'a register is never changed'); END;

CREATE TRIGGER indicator_entry_is_kept BEFORE DELETE ON indicator_entry BEGIN SELECT RAISE(ABORT, 'a register is never deleted'); END;

CREATE TRIGGER evaluation_stays BEFORE UPDATE ON evaluation BEGIN SELECT RAISE(ABORT, 'a register is never changed'); END;

CREATE TRIGGER evaluation_is_kept BEFORE DELETE ON evaluation BEGIN SELECT RAISE(ABORT, 'a register is never deleted'); END;

CREATE TRIGGER press_given_stays BEFORE UPDATE ON press_given BEGIN SELECT RAISE(ABORT, 'a register is never changed'); END;

CREATE TRIGGER press_given_is_kept BEFORE DELETE ON press_given BEGIN SELECT RAISE(ABORT, 'a register is never deleted'); END;
