-- Leadline's first schema. Instants are UTC milliseconds, money is in micro-dollars, enumerations
-- are the numbers of the C++ enums named beside them (server/store/sqlite/codes.h pins them).

CREATE TABLE assistant (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  provider INTEGER NOT NULL,             -- Provider: 0 retell, 1 vapi
  external_id TEXT NOT NULL,
  first_message TEXT NOT NULL,
  system_prompt TEXT NOT NULL,
  voicemail_message TEXT NOT NULL,
  model_provider TEXT NOT NULL,
  model TEXT NOT NULL,
  max_duration_seconds INTEGER NOT NULL,
  caller_number TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  variables TEXT NOT NULL,               -- JSON array
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE campaign (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  state INTEGER NOT NULL,                -- CampaignState: 0 draft, 1 running, 2 paused, 3 finished
  pause_reason TEXT NOT NULL DEFAULT '',
  paused_at INTEGER NOT NULL DEFAULT 0,
  assistant_id INTEGER REFERENCES assistant(id),
  schedule TEXT NOT NULL,                -- JSON
  retry_delay_minutes INTEGER NOT NULL,
  max_attempts INTEGER NOT NULL,
  contact_order INTEGER NOT NULL,
  contact_gap_seconds INTEGER NOT NULL,
  voicemail INTEGER NOT NULL,
  concurrency INTEGER NOT NULL,
  starts_per_minute INTEGER NOT NULL,
  look_again INTEGER NOT NULL DEFAULT 0, -- 1: something changed; its leads with held = 1 are to be freed
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX campaign_assistant ON campaign(assistant_id);
CREATE INDEX campaign_running ON campaign(id) WHERE state = 1;

CREATE TABLE lead (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  campaign_id INTEGER NOT NULL REFERENCES campaign(id),
  status INTEGER NOT NULL DEFAULT 0 CHECK (status BETWEEN 0 AND 6),
    -- LeadStatus: 0 created, 1 scheduled, 2 processing, 3 rescheduled, 4 completed, 5 max_retries,
    -- 6 failed
  name TEXT NOT NULL COLLATE NOCASE,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  company TEXT NOT NULL,
  timezone TEXT NOT NULL,
  variables TEXT NOT NULL,               -- JSON object, '' for none
  contact_count INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  primary_failed INTEGER NOT NULL DEFAULT 0,
  round INTEGER NOT NULL DEFAULT 0,
  epoch INTEGER NOT NULL DEFAULT 0,
  refusals INTEGER NOT NULL DEFAULT 0,   -- in a row, before ringing
  last_outcome TEXT NOT NULL DEFAULT '',
  last_attempt_at INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL DEFAULT 0,
    -- when the scheduler looks at it; 9223372036854775807: not before something changes
  held INTEGER NOT NULL DEFAULT 0,       -- 1: next_attempt_at was set by a closed gate of the lead;
                                         -- 2: waits for its import to be committed
  error_code TEXT NOT NULL DEFAULT '',
  error_scope INTEGER NOT NULL DEFAULT 0, -- ErrorScope: 0 none, 1 lead, 2 account
  error_message TEXT NOT NULL DEFAULT '',
  import_id INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
-- Every list is a range of one of these, or a merge of at most seven (one per status).
CREATE INDEX lead_campaign_created ON lead(campaign_id, status, created_at);
CREATE INDEX lead_created ON lead(status, created_at);
CREATE INDEX lead_campaign_updated ON lead(campaign_id, status, updated_at);
CREATE INDEX lead_updated ON lead(status, updated_at);
CREATE INDEX lead_campaign_next ON lead(campaign_id, status, next_attempt_at); -- also the due leads
CREATE INDEX lead_next ON lead(status, next_attempt_at);
CREATE INDEX lead_name ON lead(name, status, campaign_id);
CREATE INDEX lead_phone ON lead(phone);
CREATE INDEX lead_import ON lead(import_id) WHERE import_id <> 0;
CREATE INDEX lead_held ON lead(campaign_id) WHERE held = 1;
CREATE INDEX lead_import_held ON lead(import_id) WHERE held = 2;

CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead_id INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  variables TEXT NOT NULL,               -- JSON object, '' for none
  status INTEGER NOT NULL DEFAULT 0,     -- LeadStatus
  attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX contact_lead ON contact(lead_id, position);

-- Kept counters: totals cost one read each, and a test holds them to a real count.
CREATE TABLE lead_count (
  campaign_id INTEGER NOT NULL,
  status INTEGER NOT NULL,
  leads INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, status)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER campaign_made AFTER INSERT ON campaign BEGIN
  INSERT INTO lead_count VALUES (NEW.id, 0, 0), (NEW.id, 1, 0), (NEW.id, 2, 0), (NEW.id, 3, 0),
    (NEW.id, 4, 0), (NEW.id, 5, 0), (NEW.id, 6, 0);
END;
CREATE TRIGGER campaign_gone AFTER DELETE ON campaign BEGIN
  DELETE FROM lead_count WHERE campaign_id = OLD.id;
END;
CREATE TRIGGER lead_count_insert AFTER INSERT ON lead BEGIN
  UPDATE lead_count SET leads = leads + 1
    WHERE campaign_id = NEW.campaign_id AND status = NEW.status;
END;
CREATE TRIGGER lead_count_delete AFTER DELETE ON lead BEGIN
  UPDATE lead_count SET leads = leads - 1
    WHERE campaign_id = OLD.campaign_id AND status = OLD.status;
END;
CREATE TRIGGER lead_count_update AFTER UPDATE OF campaign_id, status ON lead BEGIN
  UPDATE lead_count SET leads = leads - 1
    WHERE campaign_id = OLD.campaign_id AND status = OLD.status;
  UPDATE lead_count SET leads = leads + 1
    WHERE campaign_id = NEW.campaign_id AND status = NEW.status;
END;

-- Three-letter pieces of what people search for. detail=none halves it; the store checks each hit
-- against the lead itself. Leads of an import (held = 2 when written) are indexed by one statement
-- per chunk instead of by the trigger: FTS5 writes out its buffer at every savepoint, and a trigger
-- takes one per row. Segments are merged when the writer is idle, hence automerge = 0.
CREATE VIRTUAL TABLE lead_search USING fts5(name, phone, email, company, content='lead',
  content_rowid='id', tokenize='trigram', detail=none, columnsize=0);
INSERT INTO lead_search(lead_search, rank) VALUES ('automerge', 0);
INSERT INTO lead_search(lead_search, rank) VALUES ('crisismerge', 200);
CREATE TRIGGER lead_search_insert AFTER INSERT ON lead WHEN NEW.held <> 2 BEGIN
  INSERT INTO lead_search(rowid, name, phone, email, company)
    VALUES (NEW.id, NEW.name, NEW.phone, NEW.email, NEW.company);
END;
CREATE TRIGGER lead_search_delete AFTER DELETE ON lead BEGIN
  INSERT INTO lead_search(lead_search, rowid, name, phone, email, company)
    VALUES ('delete', OLD.id, OLD.name, OLD.phone, OLD.email, OLD.company);
END;
CREATE TRIGGER lead_search_update AFTER UPDATE OF name, phone, email, company ON lead
WHEN OLD.name IS NOT NEW.name COLLATE BINARY OR OLD.phone <> NEW.phone OR OLD.email <> NEW.email
  OR OLD.company <> NEW.company BEGIN
  INSERT INTO lead_search(lead_search, rowid, name, phone, email, company)
    VALUES ('delete', OLD.id, OLD.name, OLD.phone, OLD.email, OLD.company);
  INSERT INTO lead_search(rowid, name, phone, email, company)
    VALUES (NEW.id, NEW.name, NEW.phone, NEW.email, NEW.company);
END;

-- One row per attempt, written before its request leaves. Never deleted; leads and campaigns may be.
CREATE TABLE call (
  id INTEGER PRIMARY KEY,
  attempt_id TEXT NOT NULL UNIQUE,
  lead_id INTEGER NOT NULL,
  contact_id INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  attempt_no INTEGER NOT NULL,
  campaign_id INTEGER NOT NULL,
  assistant_id INTEGER NOT NULL,
  provider INTEGER NOT NULL,
  number TEXT NOT NULL,
  lead_name TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
    -- CallState: 0 dispatching, 1 active, 2 unknown, 3 ended, 4 refused
  provider_call_id TEXT NOT NULL DEFAULT '',
  outcome INTEGER NOT NULL,              -- Outcome: 0 answered .. 6 unknown
  reason TEXT NOT NULL DEFAULT '',
  error_code TEXT NOT NULL DEFAULT '',
  provider_message TEXT NOT NULL DEFAULT '',
  connected INTEGER NOT NULL DEFAULT 0,
  claimed_at INTEGER NOT NULL,
  started_at INTEGER NOT NULL DEFAULT 0,
  ended_at INTEGER NOT NULL DEFAULT 0,
  checked_at INTEGER NOT NULL DEFAULT 0,
  checks INTEGER NOT NULL DEFAULT 0,
  check_at INTEGER NOT NULL,             -- when the provider is to be asked, while it is open
  duration_ms INTEGER NOT NULL DEFAULT 0,
  cost_microusd INTEGER NOT NULL DEFAULT 0,
  transcript TEXT NOT NULL DEFAULT '',
  summary TEXT NOT NULL DEFAULT '',
  recording_url TEXT NOT NULL DEFAULT '',
  result INTEGER NOT NULL GENERATED ALWAYS AS (CASE state WHEN 3 THEN 10 + outcome ELSE state END)
    VIRTUAL                              -- what a history is filtered by
) STRICT;
CREATE UNIQUE INDEX call_open_lead ON call(lead_id) WHERE state IN (0, 1, 2);
CREATE UNIQUE INDEX call_open_number ON call(number) WHERE state IN (0, 1, 2);
CREATE UNIQUE INDEX call_provider_id ON call(provider, provider_call_id)
  WHERE provider_call_id <> '';
CREATE INDEX call_open_slots ON call(campaign_id, provider) WHERE state IN (0, 1, 2);
CREATE INDEX call_check ON call(check_at) WHERE state IN (0, 1, 2);
CREATE INDEX call_lead ON call(lead_id);
CREATE INDEX call_campaign ON call(campaign_id);
CREATE INDEX call_result ON call(result);
CREATE INDEX call_campaign_result ON call(campaign_id, result);

CREATE TABLE call_count (
  campaign_id INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, outcome)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER call_count_end AFTER UPDATE OF state ON call WHEN NEW.state = 3 AND OLD.state <> 3
BEGIN
  INSERT INTO call_count VALUES (NEW.campaign_id, NEW.outcome, 1)
    ON CONFLICT DO UPDATE SET calls = calls + 1;
END;

-- The timeline of a lead.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  lead_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  event TEXT NOT NULL,
  from_status TEXT NOT NULL,
  to_status TEXT NOT NULL,
  call_id INTEGER NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_lead ON audit(lead_id);

-- What browsers are told; the newest 100,000 or so are kept.
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  ref_id INTEGER NOT NULL,
  data TEXT NOT NULL                     -- one JSON object
) STRICT;

CREATE TABLE webhook (
  id INTEGER PRIMARY KEY,
  provider INTEGER NOT NULL,
  event_key TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  state INTEGER NOT NULL,                -- 0 pending, 1 done (body dropped), 2 waits for its call
  body TEXT NOT NULL,
  UNIQUE (provider, event_key)
) STRICT;
CREATE INDEX webhook_open ON webhook(state, received_at) WHERE state <> 1;
-- Words of a waiting webhook that may be its call's id.
CREATE TABLE webhook_word (
  word TEXT NOT NULL,
  webhook_id INTEGER NOT NULL REFERENCES webhook(id) ON DELETE CASCADE,
  PRIMARY KEY (word, webhook_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_word_webhook ON webhook_word(webhook_id);

CREATE TABLE suppression (
  number TEXT PRIMARY KEY,
  reason TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE import (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  campaign_id INTEGER NOT NULL,
  state INTEGER NOT NULL,
    -- ImportState: 0 waiting, 1 checked, 2 committing, 3 committed, 4 undone, 5 failed
  duplicates INTEGER NOT NULL,           -- DuplicateRule: 0 skip, 1 update, 2 fill, 3 keep
  options TEXT NOT NULL,                 -- JSON
  file_bytes INTEGER NOT NULL,
  next_row INTEGER NOT NULL DEFAULT 0,
  row_count INTEGER NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  problems TEXT NOT NULL,                -- JSON array of [code, rows]
  error TEXT NOT NULL,
  undoing INTEGER NOT NULL DEFAULT 0,    -- 1: it is being taken back, chunk by chunk
  undo_after INTEGER NOT NULL DEFAULT 0, -- ... and its leads up to this id are dealt with
  freeing INTEGER NOT NULL DEFAULT 0,    -- 1: its leads are being made callable
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX import_freeing ON import(id) WHERE freeing = 1;

-- Leads that an import changed, as they were before. Also leads it made itself and then changed, by
-- a later row with the same number: version_after alone counts for those.
CREATE TABLE import_undo (
  import_id INTEGER NOT NULL REFERENCES import(id),
  lead_id INTEGER NOT NULL,
  version_after INTEGER NOT NULL,        -- by it an edit since then is seen
  before TEXT NOT NULL,                  -- JSON
  PRIMARY KEY (import_id, lead_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  auto_calling INTEGER NOT NULL,
  concurrency INTEGER NOT NULL,
  retell_concurrency INTEGER NOT NULL,
  vapi_concurrency INTEGER NOT NULL,
  require_known_zone INTEGER NOT NULL,
  required_fields TEXT NOT NULL,         -- JSON array
  default_region TEXT NOT NULL,
  simple_statuses INTEGER NOT NULL
) STRICT;
INSERT INTO setting VALUES (1, 1, 1, 20, 20, 10, 0, '["name","email"]', '', 0);

-- Leads made without a campaign go here.
INSERT INTO campaign (id, version, name, state, assistant_id, schedule, retry_delay_minutes,
    max_attempts, contact_order, contact_gap_seconds, voicemail, concurrency, starts_per_minute,
    created_at, updated_at)
  VALUES (1, 1, 'Default', 0, NULL, '{}', 120, 3, 0, 60, 0, 5, 0, 0, 0);
