-- What makes an import of a million rows fast. An index of `lead` by number or by name is written at
-- a random place for every row: with short transactions that is more than a page of log per row and
-- index. As tables of their own they are filled in their own order, some thousand rows at a time.
--
-- An import writes its rows here before it writes its leads (held = 2), so both may name a lead that
-- is not there yet; whoever reads them looks at the lead. For all other leads triggers keep them.

DROP INDEX lead_phone;
DROP INDEX lead_name;
DROP INDEX lead_import_held;   -- lead_import does: see import.freed_to

CREATE TABLE lead_by_phone (
  phone TEXT NOT NULL,
  lead_id INTEGER NOT NULL,
  PRIMARY KEY (phone, lead_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE lead_by_name (
  name TEXT NOT NULL COLLATE NOCASE,
  status INTEGER NOT NULL,
  campaign_id INTEGER NOT NULL,
  lead_id INTEGER NOT NULL,
  PRIMARY KEY (name, status, campaign_id, lead_id)
) STRICT, WITHOUT ROWID;
INSERT INTO lead_by_phone SELECT phone, id FROM lead ORDER BY phone, id;
INSERT INTO lead_by_name
  SELECT name, status, campaign_id, id FROM lead ORDER BY name, status, campaign_id, id;

DROP TRIGGER lead_count_insert;
CREATE TRIGGER lead_insert AFTER INSERT ON lead WHEN NEW.held <> 2 BEGIN
  UPDATE lead_count SET leads = leads + 1
    WHERE campaign_id = NEW.campaign_id AND status = NEW.status;
  INSERT INTO lead_by_phone VALUES (NEW.phone, NEW.id);
  INSERT INTO lead_by_name VALUES (NEW.name, NEW.status, NEW.campaign_id, NEW.id);
END;
CREATE TRIGGER lead_phone_update AFTER UPDATE OF phone ON lead WHEN OLD.phone <> NEW.phone BEGIN
  DELETE FROM lead_by_phone WHERE phone = OLD.phone AND lead_id = OLD.id;
  INSERT INTO lead_by_phone VALUES (NEW.phone, NEW.id);
END;
CREATE TRIGGER lead_name_update AFTER UPDATE OF name, status, campaign_id ON lead
WHEN OLD.name IS NOT NEW.name COLLATE BINARY OR OLD.status <> NEW.status
  OR OLD.campaign_id <> NEW.campaign_id BEGIN
  DELETE FROM lead_by_name WHERE name = OLD.name AND status = OLD.status
    AND campaign_id = OLD.campaign_id AND lead_id = OLD.id;
  INSERT INTO lead_by_name VALUES (NEW.name, NEW.status, NEW.campaign_id, NEW.id);
END;
CREATE TRIGGER lead_keys_delete AFTER DELETE ON lead BEGIN
  DELETE FROM lead_by_phone WHERE phone = OLD.phone AND lead_id = OLD.id;
  DELETE FROM lead_by_name WHERE name = OLD.name AND status = OLD.status
    AND campaign_id = OLD.campaign_id AND lead_id = OLD.id;
END;

-- The search index is filled in the background, in the order of the leads' ids: it holds every lead
-- up to indexed_to and none behind it. Those a search looks at one by one.
CREATE TABLE search_progress (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  indexed_to INTEGER NOT NULL
) STRICT;
INSERT INTO search_progress SELECT 1, coalesce(max(id), 0) FROM lead;
DROP TRIGGER lead_search_insert;
DROP TRIGGER lead_search_delete;
DROP TRIGGER lead_search_update;
CREATE TRIGGER lead_search_delete AFTER DELETE ON lead
WHEN OLD.id <= (SELECT indexed_to FROM search_progress WHERE id = 1) BEGIN
  INSERT INTO lead_search(lead_search, rowid, name, phone, email, company)
    VALUES ('delete', OLD.id, OLD.name, OLD.phone, OLD.email, OLD.company);
END;
CREATE TRIGGER lead_search_update AFTER UPDATE OF name, phone, email, company ON lead
WHEN OLD.id <= (SELECT indexed_to FROM search_progress WHERE id = 1)
  AND (OLD.name IS NOT NEW.name COLLATE BINARY OR OLD.phone <> NEW.phone OR OLD.email <> NEW.email
    OR OLD.company <> NEW.company) BEGIN
  INSERT INTO lead_search(lead_search, rowid, name, phone, email, company)
    VALUES ('delete', OLD.id, OLD.name, OLD.phone, OLD.email, OLD.company);
  INSERT INTO lead_search(rowid, name, phone, email, company)
    VALUES (NEW.id, NEW.name, NEW.phone, NEW.email, NEW.company);
END;
-- A crisis merge would do all at once what the background does bit by bit.
INSERT INTO lead_search(lead_search, rank) VALUES ('crisismerge', 1500);
INSERT INTO lead_search(lead_search, rank) VALUES ('usermerge', 8);

-- Rows after next_row, up to reserved_to, have their ids already: id = id_base + row. So the rows of
-- a batch that broke off become the same leads when they are sent again.
ALTER TABLE import ADD COLUMN id_base INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN reserved_to INTEGER NOT NULL DEFAULT 0;
-- While freeing: leads of this import up to this id are callable.
ALTER TABLE import ADD COLUMN freed_to INTEGER NOT NULL DEFAULT 0;
