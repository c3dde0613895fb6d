-- Which folder the contents of images are in: its id, which stands in the folder too. One row.
CREATE TABLE image_store (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  id  uuid NOT NULL
);
