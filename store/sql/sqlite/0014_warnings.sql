-- Early warnings as they were raised, each with the items behind it; and what each day had of each theme, counted from
-- the rows and counted anew whenever they change (nothing is lost with theme_day).

CREATE TABLE warning (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    level TEXT NOT NULL,
    at INTEGER NOT NULL,
    title TEXT NOT NULL,
    why TEXT NOT NULL,
    figures TEXT NOT NULL,
    items TEXT NOT NULL,
    contacts TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX warning_time ON warning (at, id);
CREATE INDEX warning_subject ON warning (kind, subject, at);

CREATE TABLE theme_day (
    day TEXT NOT NULL,
    theme TEXT NOT NULL,
    originals INTEGER NOT NULL,
    stories INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY (day, theme)
) WITHOUT ROWID;
