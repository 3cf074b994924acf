-- Who is on duty, who stands in, when a storm shortens the chain; all with who wrote it and when. A new list replaces
-- the days that it names: duty_day says which list holds for a day, the older ones stay as they were handed in.

CREATE TABLE duty_list (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    file TEXT NOT NULL,
    digest TEXT NOT NULL,
    days TEXT NOT NULL,
    shifts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE duty_shift (
    list_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    day TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    on_duty TEXT NOT NULL,
    tel TEXT NOT NULL,
    email TEXT NOT NULL,
    deputy TEXT NOT NULL,
    deputy_tel TEXT NOT NULL,
    deputy_email TEXT NOT NULL,
    leader TEXT NOT NULL,
    leader_tel TEXT NOT NULL,
    leader_email TEXT NOT NULL,
    place TEXT NOT NULL,
    PRIMARY KEY (list_id, number)
) WITHOUT ROWID;

CREATE INDEX duty_shift_time ON duty_shift (ends_at, starts_at);

CREATE TABLE duty_day (
    day TEXT NOT NULL PRIMARY KEY,
    list_id TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE duty_leave (
    id TEXT NOT NULL PRIMARY KEY,
    who TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    substitute TEXT NOT NULL,
    tel TEXT NOT NULL,
    email TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    ended_by TEXT NOT NULL,
    ended_at INTEGER
) WITHOUT ROWID;

CREATE INDEX duty_leave_time ON duty_leave (ends_at, starts_at) WHERE ended_at IS NULL;

CREATE TABLE storm (
    id TEXT NOT NULL PRIMARY KEY,
    starts_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    themes TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    ended_by TEXT NOT NULL,
    ended_at INTEGER
) WITHOUT ROWID;

-- Urgent, received by nobody, and no step up the chain set: a tick must see it though none of its clocks says so.
CREATE INDEX case_now_unheard ON case_now (case_id)
    WHERE severity = 'khan' AND received_at IS NULL AND closed_at IS NULL AND merged_into IS NULL
        AND next_step_at IS NULL AND acknowledged_until IS NULL AND paused_until IS NULL AND state = 'moi';
