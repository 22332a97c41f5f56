/**
 * The schema's history, oldest step first. `content` and `salt` of an emptied row are NULL, so are the columns that it is
 * found by; `trail_start` is the row before the first one that is still kept.
 */
export const AUDIT_MIGRATIONS: readonly string[] = [
  `CREATE TABLE trail (
     seq INTEGER PRIMARY KEY,
     at_ms INTEGER NOT NULL,
     request_id TEXT,
     account TEXT,
     content TEXT,
     salt BLOB,
     content_hash BLOB NOT NULL,
     hash BLOB NOT NULL
   ) STRICT;
   CREATE INDEX trail_by_request ON trail (request_id) WHERE request_id IS NOT NULL;
   CREATE INDEX trail_by_account ON trail (account) WHERE account IS NOT NULL;
   CREATE INDEX trail_by_time ON trail (at_ms);
   CREATE TABLE trail_start (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     seq INTEGER NOT NULL,
     hash BLOB NOT NULL
   ) STRICT;`,
];
