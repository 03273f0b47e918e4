// Every byte sequence that a character set could give a meaning to, and a figure for how a decoder reads all of them.
// charset_test.cc makes the same sequences and the same figure natively; tests/data/charset_figures.txt holds the browser's.
export const CHARSETS = ['windows-1252', 'windows-1250', 'windows-1251', 'windows-1253', 'windows-1254', 'iso-8859-2',
  'iso-8859-15', 'koi8-r', 'shift_jis', 'gb18030', 'euc-kr', 'big5'];

// Run in the page: {charset: "1234abcd", ...}. Each sequence is followed by a line feed, so that none reaches into the next.
export function figures(charsets) {
  // Chromium's Big5 gives half a surrogate pair for the four sequences that are two characters; charset.cc knows them itself.
  const isDouble = (a, b) => a === 0x88 && [0x62, 0x64, 0xa3, 0xa5].includes(b);
  const single = [];
  for (let a = 0; a < 256; a++) single.push(a, 10);
  const bytes = single.slice();
  const big5 = single.slice();
  for (let a = 0x80; a < 256; a++) {
    for (let b = 0; b < 256; b++) {
      bytes.push(a, b, 10);
      if (!isDouble(a, b)) big5.push(a, b, 10);
    }
  }
  // The first of the four-byte sequences of GB18030 one by one, the others in steps.
  const fours = bytes.slice();
  for (let p = 0; p < 1587600; p += p < 40000 ? 1 : 997) {
    fours.push(0x81 + Math.floor(p / 12600), 0x30 + Math.floor(p / 1260) % 10, 0x81 + Math.floor(p / 10) % 126, 0x30 + p % 10, 10);
  }
  const fnv = (text) => {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, '0');
  };
  const sequences = (charset) => ({gb18030: fours, big5, shift_jis: bytes, 'euc-kr': bytes})[charset] ?? single;
  return Object.fromEntries(charsets.map((charset) =>
    [charset, fnv(new TextDecoder(charset).decode(new Uint8Array(sequences(charset))))]));
}
