-- What a window needs: every photo with its state at hand, what is still to be done, what can be
-- undone.

ALTER TABLE photo ADD COLUMN folder TEXT NOT NULL DEFAULT '';   -- path without the name
UPDATE photo SET folder = rtrim(rtrim(path, replace(path, '/', '')), '/');
ALTER TABLE photo ADD COLUMN taken TEXT;        -- by the camera's clock, '2024-05-31T18:20:00'
ALTER TABLE photo ADD COLUMN camera TEXT;
ALTER TABLE photo ADD COLUMN rating INTEGER;    -- 0 to 5, -1 for rejected
-- 1: there is no file at its path (any more); it keeps its history in case it turns up again.
ALTER TABLE photo ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
UPDATE photo SET gone = 1 WHERE path GLOB '*/.tagwright-*';
-- 1: to be looked at, which goes on at the next start where it was cut off.
ALTER TABLE photo ADD COLUMN queued INTEGER NOT NULL DEFAULT 0;
-- Both follow from the other tables (see `Library.refresh`); kept here because a window sorts and
-- filters a million photos by them.
ALTER TABLE photo ADD COLUMN state INTEGER NOT NULL DEFAULT 0;  -- core.photo.State
ALTER TABLE photo ADD COLUMN certainty REAL;    -- score of the surest open suggestion
UPDATE photo SET certainty = (
    SELECT MAX(score) FROM suggestion AS s WHERE s.photo_id = photo.id AND NOT EXISTS (
        SELECT 1 FROM decision AS d WHERE d.photo_id = s.photo_id AND d.tag_id = s.tag_id
    )
);
UPDATE photo SET state = CASE
    WHEN error IS NOT NULL THEN 1
    WHEN certainty IS NOT NULL THEN 2
    WHEN EXISTS (
        SELECT 1 FROM decision AS d WHERE d.photo_id = photo.id AND verdict = 'confirmed'
    ) THEN 3
    WHEN EXISTS (SELECT 1 FROM analysis AS a WHERE a.photo_id = photo.id) THEN 4
    ELSE 0
END;
CREATE INDEX photo_shown ON photo (folder, path) WHERE NOT gone;
CREATE INDEX photo_gone ON photo (folder) WHERE gone;
CREATE INDEX photo_queued ON photo (id) WHERE queued;
CREATE INDEX decision_by_tag ON decision (tag_id, verdict);

-- The folders and files that the user has added: they are watched for what is new.
CREATE TABLE root (
    path     TEXT PRIMARY KEY,
    added_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

-- What the user did, one row for each thing that can be undone at once.
CREATE TABLE action (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    label   TEXT NOT NULL,              -- for the menu: 'Accept Animal/Cat'
    at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    run_key TEXT NOT NULL DEFAULT '',   -- of the journal: what it wrote into files
    undone  INTEGER NOT NULL DEFAULT 0,
    renames TEXT NOT NULL DEFAULT '[]'  -- JSON: tags that suggestions have other names for now
) STRICT;
CREATE TABLE action_photo (
    action_id INTEGER NOT NULL REFERENCES action ON DELETE CASCADE,
    photo_id  INTEGER NOT NULL REFERENCES photo ON DELETE CASCADE,
    edit      TEXT NOT NULL,            -- JSON of core.change.Edit
    before    TEXT NOT NULL,            -- JSON: what was decided and suggested about its tags
    PRIMARY KEY (action_id, photo_id)
) STRICT, WITHOUT ROWID;

-- Other words for a tag: found by completion and search, exported in keyword lists.
CREATE TABLE synonym (
    tag_id INTEGER NOT NULL REFERENCES tag ON DELETE CASCADE,
    name   TEXT NOT NULL,
    key    TEXT NOT NULL,               -- case folded
    PRIMARY KEY (tag_id, key)
) STRICT, WITHOUT ROWID;
-- A tag that the user has renamed or merged: who suggests the old one means the new one.
CREATE TABLE alias (
    key    TEXT PRIMARY KEY,            -- tag.key of the old one
    tag_id INTEGER NOT NULL REFERENCES tag ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_search (
    name  TEXT PRIMARY KEY,
    query TEXT NOT NULL
) STRICT;

-- Which library this is: a cache that was made for another one is of no use.
CREATE TABLE identity (
    id TEXT NOT NULL
) STRICT;
INSERT INTO identity VALUES (lower(hex(randomblob(8))));
