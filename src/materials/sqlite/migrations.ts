/** The schema's history, oldest step first. */
export const MATERIAL_MIGRATIONS: readonly string[] = [
  `CREATE TABLE activities (
     id TEXT PRIMARY KEY,
     account_id TEXT,
     created_at_ms INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE materials (
     number INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     activity_id TEXT NOT NULL REFERENCES activities (id),
     name TEXT NOT NULL,
     state TEXT NOT NULL,
     audit_result TEXT NOT NULL,
     faces TEXT NOT NULL,
     picture_file TEXT NOT NULL,
     created_at_ms INTEGER NOT NULL,
     updated_at_ms INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX materials_by_activity ON materials (activity_id, number);`,
];
