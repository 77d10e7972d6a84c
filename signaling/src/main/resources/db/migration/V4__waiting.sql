-- The clinic's waiting line: who stands in it since when, and since when they are away.
CREATE TABLE waiting (
    consult_id BIGINT PRIMARY KEY REFERENCES consult (id),
    since      TIMESTAMP WITH TIME ZONE NOT NULL,
    away_since TIMESTAMP WITH TIME ZONE
);
