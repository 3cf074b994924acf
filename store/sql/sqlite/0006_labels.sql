-- What named persons said of articles beside the machine's judgements. Append-only: a later row supersedes for display,
-- a withdrawal is a row too (withdraws = id of what it takes back), nothing is overwritten.

CREATE TABLE label (
    id TEXT NOT NULL PRIMARY KEY,
    article_id TEXT NOT NULL,
    revision_id TEXT NOT NULL,
    task TEXT NOT NULL,
    value TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    why TEXT NOT NULL,
    withdraws TEXT NOT NULL,
    judgement_id TEXT NOT NULL,
    machine_label TEXT,
    machine_score REAL,
    machine_version TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX label_article ON label (article_id, at);
CREATE INDEX label_at ON label (at);

CREATE TRIGGER label_stays BEFORE UPDATE ON label BEGIN SELECT RAISE(ABORT, 'a label is never changed'); END;

CREATE TRIGGER label_is_kept BEFORE DELETE ON label BEGIN SELECT RAISE(ABORT, 'a label is never deleted'); END;

-- Weights that were asked to be taken into use, with the figures that decided.
CREATE TABLE model_choice (
    id TEXT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    replaced TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    figures TEXT NOT NULL,
    files TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX model_choice_at ON model_choice (at);

-- Shifts of what the judge says; outlet is '' for tone, stance and rumour (promise 2).
CREATE TABLE drift_notice (
    id TEXT NOT NULL PRIMARY KEY,
    task TEXT NOT NULL,
    outlet TEXT NOT NULL,
    month TEXT NOT NULL,
    version TEXT NOT NULL,
    at INTEGER NOT NULL,
    figures TEXT NOT NULL,
    CHECK (outlet = '' OR task IN ('edu', 'hp', 'kind', 'topics'))
) WITHOUT ROWID;

CREATE INDEX drift_notice_month ON drift_notice (month);
