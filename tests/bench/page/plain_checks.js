// The checks that a careful page would write by hand. Grade V: eight columns, name, phone and email there, the usual patterns, no number
// twice. Grade L: libphonenumber-js must know the number too.

const COLUMNS = 8;
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
const E164 = /^\+[1-9][0-9]{6,14}$/;

class PlainChecks {
  rows = -1;   // the header is one
  valid = 0;
  numbers = new Set();

  constructor(grade) {
    this.isKnown = grade === 'L' ? (phone) => libphonenumber.isValidPhoneNumber(phone) : () => true;
  }

  addRows(rows) {
    for (const row of rows) if (row.length > 1 || row[0] !== '') this.add(row);
  }

  add(row) {
    if (++this.rows === 0 || row.length !== COLUMNS) return;
    const [name, phone, email] = row;
    if (name.trim() === '' || !E164.test(phone) || !EMAIL.test(email)) return;
    if (this.numbers.has(phone) || !this.isKnown(phone)) return;
    this.numbers.add(phone);
    ++this.valid;
  }

  result() { return {rows: this.rows, valid: this.valid}; }
}
globalThis.PlainChecks = PlainChecks;
