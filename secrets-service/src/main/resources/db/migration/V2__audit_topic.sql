-- How far the audit trail has gone to its topic; one row.
CREATE TABLE audit_cursor (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  sent_up_to bigint NOT NULL
);
INSERT INTO audit_cursor (sent_up_to) VALUES (0);
