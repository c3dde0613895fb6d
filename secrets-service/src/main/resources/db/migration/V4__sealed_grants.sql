-- A seal under a root key over the rest of the row: who can write this schema alone can neither insert a grant, nor
-- bring an ended one to life. Rows of before have none; no key is released by them.
ALTER TABLE key_grant ADD COLUMN seal bytea;
