-- What other programs do to a photo's tags, and the journal of what was written.

-- NULL: the photo's own tags have not been taken over yet.
ALTER TABLE photo ADD COLUMN beside TEXT;       -- sidecars as last seen: sizes and times

-- 1: the user's own tag, as it was found in the photo; 0: decided in this program.
ALTER TABLE decision ADD COLUMN found_in_file INTEGER NOT NULL DEFAULT 0;

ALTER TABLE run ADD COLUMN key TEXT NOT NULL DEFAULT '';    -- id of the run in the journal
