-- What an action is to do to each photo is noted before the first one is touched, so that an
-- action that is cut off goes on at the next start.

ALTER TABLE action_photo ADD COLUMN done INTEGER NOT NULL DEFAULT 1;
CREATE INDEX action_photo_left ON action_photo (action_id) WHERE NOT done;
