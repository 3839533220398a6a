/** The schema's history: each entry runs once, in its own transaction; `PRAGMA user_version` counts them. Never edit one. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE organisations (
    slug TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) WITHOUT ROWID;

  -- "row" is said, so that the full-text index can rely on it: SQLite may renumber a rowid that has no name.
  CREATE TABLE tickets (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    organisation TEXT NOT NULL REFERENCES organisations (slug),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'pending', 'solved', 'closed')),
    priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 4),
    requester TEXT NOT NULL,
    assignee TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (organisation, number)
  );
  -- One index for each way to page: filters narrow what these put in order.
  CREATE INDEX tickets_by_created ON tickets (organisation, created_at, id);
  CREATE INDEX tickets_by_updated ON tickets (organisation, updated_at, id);
  CREATE INDEX tickets_by_priority ON tickets (organisation, priority, id);
  CREATE INDEX tickets_by_state ON tickets (organisation, state); -- counting

  CREATE TABLE ticket_tags (
    tag TEXT NOT NULL,
    ticket INTEGER NOT NULL REFERENCES tickets (row) ON DELETE CASCADE,
    PRIMARY KEY (tag, ticket)
  ) WITHOUT ROWID;
  CREATE INDEX ticket_tags_by_ticket ON ticket_tags (ticket, tag);

  CREATE TABLE comments (
    id TEXT PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES tickets (row) ON DELETE CASCADE,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX comments_by_ticket ON comments (ticket, created_at, id);

  -- The index holds no text of its own; triggers keep it in step with the tickets.
  CREATE VIRTUAL TABLE tickets_text USING fts5 (
    title, description, content = 'tickets', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  );
  CREATE TRIGGER tickets_text_added AFTER INSERT ON tickets BEGIN
    INSERT INTO tickets_text (rowid, title, description) VALUES (new.row, new.title, new.description);
  END;
  CREATE TRIGGER tickets_text_removed AFTER DELETE ON tickets BEGIN
    INSERT INTO tickets_text (tickets_text, rowid, title, description) VALUES ('delete', old.row, old.title, old.description);
  END;
  CREATE TRIGGER tickets_text_changed AFTER UPDATE OF title, description ON tickets BEGIN
    INSERT INTO tickets_text (tickets_text, rowid, title, description) VALUES ('delete', old.row, old.title, old.description);
    INSERT INTO tickets_text (rowid, title, description) VALUES (new.row, new.title, new.description);
  END;
  `,
  `
  -- Who works here. An organisation's people are its tickets' assignees; who has none belongs to Desk itself.
  CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('agent', 'staff')),
    organisation TEXT REFERENCES organisations (slug),
    signature TEXT NOT NULL DEFAULT '',
    shortcuts INTEGER NOT NULL DEFAULT 1,
    on_assigned INTEGER NOT NULL DEFAULT 1,
    on_comment INTEGER NOT NULL DEFAULT 1,
    digest TEXT NOT NULL DEFAULT 'weekly' CHECK (digest IN ('never', 'daily', 'weekly')),
    created_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX people_by_organisation ON people (organisation, name);

  ALTER TABLE organisations ADD COLUMN contact TEXT NOT NULL DEFAULT '';
  ALTER TABLE organisations ADD COLUMN default_priority INTEGER NOT NULL DEFAULT 2 CHECK (default_priority BETWEEN 1 AND 4);

  CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (slug),
    imported INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    finished_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX imports_by_time ON imports (finished_at);
  CREATE INDEX tickets_by_assignee ON tickets (organisation, assignee, state);
  `,
];
