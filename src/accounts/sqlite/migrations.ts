/** The schema's history, oldest step first. */
export const ACCOUNT_MIGRATIONS: readonly string[] = [
  `CREATE TABLE accounts (
     id TEXT PRIMARY KEY,
     created_at TEXT NOT NULL
   ) STRICT;
   CREATE TABLE keys (
     secret_id TEXT PRIMARY KEY,
     account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
     secret_key BLOB NOT NULL,
     created_at TEXT NOT NULL
   ) STRICT;
   CREATE INDEX keys_by_account ON keys (account_id);`,
  // Accounts of the first version were unbounded and stay so.
  `ALTER TABLE accounts ADD COLUMN name TEXT NOT NULL DEFAULT '';
   ALTER TABLE accounts ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
   ALTER TABLE accounts ADD COLUMN allowed_actions TEXT;
   ALTER TABLE accounts ADD COLUMN rates TEXT NOT NULL DEFAULT '{}';
   ALTER TABLE accounts ADD COLUMN monthly_quota INTEGER;
   ALTER TABLE accounts ADD COLUMN balance INTEGER;
   CREATE UNIQUE INDEX accounts_by_name ON accounts (name) WHERE name <> '';
   ALTER TABLE keys ADD COLUMN token BLOB;
   ALTER TABLE keys ADD COLUMN expires_at_ms INTEGER;
   CREATE TABLE usage (
     account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
     month TEXT NOT NULL,
     action TEXT NOT NULL,
     calls INTEGER NOT NULL,
     PRIMARY KEY (account_id, month, action)
   ) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE keys ADD COLUMN is_disabled INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE daily_usage (
     account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
     day TEXT NOT NULL,
     action TEXT NOT NULL,
     calls INTEGER NOT NULL,
     PRIMARY KEY (account_id, day, action)
   ) STRICT, WITHOUT ROWID;`,
  "ALTER TABLE accounts ADD COLUMN consent TEXT;",
];
