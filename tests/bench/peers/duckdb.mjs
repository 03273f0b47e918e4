// DuckDB on a list, in a process of its own: node duckdb.mjs parse|check FILE THREADS prints {ms, found}. The engine is started before
// the clock. The checks are those of page/plain_checks.js without libphonenumber; it drops rows that are too short (ignore_errors).
import {DuckDBInstance} from '@duckdb/node-api';

const [what, file, threads] = process.argv.slice(2);
const COLUMNS = ['name', 'phone', 'email', 'company', 'timezone', 'title', 'budget', 'notes'];
const TYPES = COLUMNS.map((name) => `'${name}': 'VARCHAR'`).join(', ');
const SOURCE = `read_csv('${file}', header = true, delim = ',', quote = '"', escape = '"', ignore_errors = true, auto_detect = false,
  columns = {${TYPES}})`;
const QUERIES = {
  parse: `SELECT count(*) AS rows, ${COLUMNS.map((name) => `count(${name})`).join(' + ')} AS cells FROM ${SOURCE}`,
  check: `SELECT count(*) AS rows, count(DISTINCT phone) FILTER (WHERE trim(coalesce(name, '')) <> ''
      AND regexp_full_match(phone, '\\+[1-9][0-9]{6,14}') AND regexp_full_match(email, '[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+')) AS valid
    FROM ${SOURCE}`,
};

const instance = await DuckDBInstance.create(':memory:', {threads});
const connection = await instance.connect();
const started = performance.now();
const [row] = (await connection.runAndReadAll(QUERIES[what])).getRowObjects();
const ms = performance.now() - started;
const found = Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Number(value)]));
console.log(JSON.stringify({ms, found}));
