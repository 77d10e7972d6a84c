-- What happened and was said in a consultation. What people wrote, and what is known of their files, is in body, sealed.
CREATE TABLE entry (
    consult_id BIGINT NOT NULL REFERENCES consult (id),
    place      INTEGER NOT NULL,
    version    BIGINT NOT NULL,
    kind       VARCHAR(16) NOT NULL,
    state      VARCHAR(16) NOT NULL,
    item_id    VARCHAR(16),
    by_role    VARCHAR(16) NOT NULL,
    at         TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    body       VARCHAR(12000) NOT NULL,
    PRIMARY KEY (consult_id, place),
    UNIQUE (consult_id, item_id)
);
CREATE INDEX entry_state ON entry (state, changed_at);
