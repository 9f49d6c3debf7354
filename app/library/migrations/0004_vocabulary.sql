-- Tags that the user wants to have at hand also while no photo has them: made by hand or
-- imported from a keyword list.

-- 1: shown in the tree even without photos.
ALTER TABLE tag ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
