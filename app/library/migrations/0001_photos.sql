-- Photos, what the network said about them, and what was decided and written.

CREATE TABLE run (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    finished_at TEXT,
    model       TEXT NOT NULL,          -- ModelCard.key
    settings    TEXT NOT NULL           -- JSON of TagSettings
) STRICT;

-- AUTOINCREMENT: the id of a forgotten photo never comes back as that of another.
CREATE TABLE photo (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    path         TEXT NOT NULL UNIQUE,
    size         INTEGER NOT NULL,      -- bytes, as last seen or written
    mtime_ns     INTEGER NOT NULL,
    content_hash BLOB NOT NULL,         -- xxh3_128 of the whole file
    width        INTEGER,               -- pixels, upright
    height       INTEGER,
    applied      TEXT,                  -- fingerprint of the settings last applied to it
    error        TEXT                   -- why it could not be tagged, if so
) STRICT;
CREATE INDEX photo_by_content ON photo (content_hash);

CREATE TABLE tag (
    id   INTEGER PRIMARY KEY,
    path TEXT NOT NULL,                 -- 'Animal/Cat', as first spelt
    key  TEXT NOT NULL UNIQUE           -- the same, case folded: what tags are compared by
) STRICT;

-- One network's answer to one photo. The class scores are kept so that other rules or
-- thresholds need no second look at the photo.
CREATE TABLE analysis (
    photo_id      INTEGER NOT NULL REFERENCES photo ON DELETE CASCADE,
    model         TEXT NOT NULL,        -- ModelCard.key
    crops         INTEGER NOT NULL,
    embedding_row INTEGER NOT NULL,     -- in the model's embedding file
    classes       BLOB NOT NULL,        -- uint16: the classes whose score is worth keeping
    scores        BLOB NOT NULL,        -- float32: theirs
    run_id        INTEGER NOT NULL REFERENCES run,
    PRIMARY KEY (photo_id, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE suggestion (
    photo_id INTEGER NOT NULL REFERENCES photo ON DELETE CASCADE,
    tag_id   INTEGER NOT NULL REFERENCES tag,
    source   TEXT NOT NULL,             -- who proposes it: a model's id
    score    REAL NOT NULL,
    priority INTEGER NOT NULL,
    model    TEXT NOT NULL,
    run_id   INTEGER NOT NULL REFERENCES run,
    PRIMARY KEY (photo_id, tag_id, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX suggestion_by_tag ON suggestion (tag_id, score);

CREATE TABLE decision (
    photo_id   INTEGER NOT NULL REFERENCES photo ON DELETE CASCADE,
    tag_id     INTEGER NOT NULL REFERENCES tag,
    verdict    TEXT NOT NULL CHECK (verdict IN ('confirmed', 'rejected')),
    decided_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (photo_id, tag_id)
) STRICT, WITHOUT ROWID;

-- The tags that this program has put into a photo or its sidecar.
CREATE TABLE written (
    photo_id INTEGER NOT NULL REFERENCES photo ON DELETE CASCADE,
    tag_id   INTEGER NOT NULL REFERENCES tag,
    target   TEXT NOT NULL CHECK (target IN ('embedded', 'sidecar')),
    run_id   INTEGER NOT NULL REFERENCES run,
    PRIMARY KEY (photo_id, tag_id)
) STRICT, WITHOUT ROWID;

-- Hands out the rows of each model's embedding file, so that two processes never share one.
CREATE TABLE embedding_file (
    model    TEXT PRIMARY KEY,
    size     INTEGER NOT NULL,          -- values per embedding
    next_row INTEGER NOT NULL DEFAULT 0
) STRICT;
