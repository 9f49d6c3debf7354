-- How a decision answers what was suggested: from that follows how good suggestions are.

-- 1: the tag was suggested when the user decided, 0: it was not; NULL: nobody knows any longer, or
-- it was decided elsewhere.
ALTER TABLE decision ADD COLUMN offered INTEGER;
ALTER TABLE decision ADD COLUMN certainty REAL;     -- the suggestion's score then
UPDATE decision SET certainty = (
    SELECT MAX(score) FROM suggestion AS s
    WHERE s.photo_id = decision.photo_id AND s.tag_id = decision.tag_id
) WHERE verdict = 'confirmed' AND NOT found_in_file;
-- Suggestions go when they are rejected, so their scores are lost.
-- Tags that photos brought along may have been there before the suggestion.
UPDATE decision SET offered = verdict = 'rejected' OR certainty IS NOT NULL WHERE NOT found_in_file;
