-- The bandwidth profile that was asked for; none is the deployment's.
ALTER TABLE consult ADD COLUMN profile VARCHAR(64);

CREATE TABLE quality_rung (
    consult_id BIGINT NOT NULL REFERENCES quality (consult_id),
    direction  VARCHAR(32) NOT NULL,
    rung       VARCHAR(16) NOT NULL,
    seconds    DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (consult_id, direction, rung)
);
