-- What a network said of a tag, where the user's rejections have taught that it is less certain.
ALTER TABLE suggestion ADD COLUMN said REAL;    -- NULL: the score is the network's own
CREATE INDEX suggestion_doubted ON suggestion (tag_id) WHERE said IS NOT NULL;
