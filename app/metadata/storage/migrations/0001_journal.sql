-- For every file that was written, how to get the old one back.

CREATE TABLE run (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,   -- '20261123-101502-7f3a', UTC
    what        TEXT NOT NULL,          -- 'tag', 'edit', 'revert'
    settings    TEXT NOT NULL,          -- JSON
    started_at  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    finished_at TEXT
) STRICT;

-- AUTOINCREMENT: ids say in which order files were written, and never come back.
CREATE TABLE entry (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    run         TEXT NOT NULL REFERENCES run (id),
    photo       TEXT NOT NULL,
    file        TEXT NOT NULL,          -- the photo or its sidecar, links resolved
    target      TEXT NOT NULL CHECK (target IN ('embedded', 'sidecar')),
    before_hash BLOB NOT NULL,          -- xxh3_128 of the whole file; empty: there was no file
    after_hash  BLOB NOT NULL,
    atime_ns    INTEGER,                -- of the old file, where there was one
    mtime_ns    INTEGER,
    inverse     BLOB NOT NULL,          -- see app/metadata/storage/packing.py
    added       TEXT NOT NULL,          -- JSON arrays of tags, each 'Animal/Cat'
    removed     TEXT NOT NULL,
    written_at  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    state       TEXT NOT NULL DEFAULT 'pending'
                CHECK (state IN ('pending', 'written', 'undone')),
    undoes      INTEGER REFERENCES entry (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX entry_by_photo ON entry (photo);
CREATE INDEX entry_by_file ON entry (file);
CREATE INDEX entry_by_run ON entry (run);
CREATE INDEX entry_by_before ON entry (before_hash);
CREATE INDEX entry_by_after ON entry (after_hash);
CREATE INDEX entry_undoing ON entry (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX entry_pending ON entry (id) WHERE state = 'pending';
