-- Servers, their log files and how far each was read.
CREATE TABLE servers (
    id INTEGER PRIMARY KEY,
    name BLOB NOT NULL UNIQUE
);

-- One row an incarnation of a file: a rotated file that comes back under its old name is another row.
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    server INTEGER NOT NULL REFERENCES servers(id),
    path BLOB NOT NULL,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    offset INTEGER NOT NULL,
    line_number INTEGER NOT NULL,
    tail_hash BLOB NOT NULL,
    bytes_lost INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    lines INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,
    boring INTEGER NOT NULL DEFAULT 0,
    unknown INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX files_of_server ON files(server);

-- A run of whole lines of one file: the bytes [start, end) and the events found in them, both compressed. Blocks of a file
-- touch and never overlap. NULL: dropped by the retention.
CREATE TABLE blocks (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files(id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    min_time INTEGER,
    max_time INTEGER,
    event_count INTEGER NOT NULL,
    events BLOB,
    raw BLOB,
    UNIQUE (file, start)
);

-- Corrections of events that an earlier commit stored, in order of commit; applied on top of the blocks.
CREATE TABLE amendments (
    id INTEGER PRIMARY KEY,
    data BLOB NOT NULL
);

CREATE TABLE unknown_lines (
    server INTEGER NOT NULL REFERENCES servers(id),
    program BLOB NOT NULL,
    count INTEGER NOT NULL,
    sample BLOB NOT NULL,
    file INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    PRIMARY KEY (server, program)
) WITHOUT ROWID;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
