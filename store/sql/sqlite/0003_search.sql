-- Search: one full-text index for words with and without marks, the values to narrow by, and kept searches.
-- The index holds no text (content=''); search_doc names the revision whose words it holds, so that they can be
-- taken out again. doc = second first seen × 8 + order: newest first and ranges of days are walks along the rowid.
-- (article.seq itself, in 1/1024 ms, would make the index 60 % larger.)

CREATE VIRTUAL TABLE search_index USING fts5(body, title, content='', tokenize='ascii');

CREATE TABLE search_doc (
    doc INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL UNIQUE,
    revision_id TEXT NOT NULL,
    own INTEGER NOT NULL,
    facets TEXT NOT NULL
);

-- id = number × 8 + place of the kind in FacetKind
CREATE TABLE search_value (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (kind, value)
);

CREATE TABLE search_facet (
    value_id INTEGER NOT NULL,
    doc INTEGER NOT NULL,
    PRIMARY KEY (value_id, doc)
) WITHOUT ROWID;

CREATE TABLE search_state (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE saved_search (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
);

CREATE UNIQUE INDEX saved_search_name ON saved_search (name) WHERE removed_at IS NULL;
