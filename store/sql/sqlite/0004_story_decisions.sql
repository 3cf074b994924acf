-- What named persons decided about stories: two merged, articles taken out into a story of their own. A decision that
-- was undone stays as a row; memberships that it wrote (membership.version = its id) count only while it stands.

CREATE TABLE story_decision (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    story_id TEXT NOT NULL,
    into_id TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    undone_by TEXT,
    undone_reason TEXT NOT NULL,
    undone_at INTEGER
) WITHOUT ROWID;

CREATE INDEX story_decision_story ON story_decision (story_id);
CREATE INDEX story_decision_into ON story_decision (into_id);
CREATE INDEX story_decision_at ON story_decision (at);

-- An article that began a story by the machine may begin another by a person: first_article_id is no longer unique.
CREATE TABLE story_again (
    id TEXT NOT NULL PRIMARY KEY,
    first_article_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    redirect_to TEXT
);

INSERT INTO story_again SELECT id, first_article_id, created_at, redirect_to FROM story;

DROP TABLE story;

ALTER TABLE story_again RENAME TO story;

CREATE INDEX story_redirect ON story (redirect_to) WHERE redirect_to IS NOT NULL;
