// The browser reads old character sets as the figures say that the native decoder is held to (charset_test.cc). After a
// change of the standard: CHARSET_FIGURES=write node --test charset.test.mjs, then mend charset_native.cc.
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {test} from 'node:test';
import {CHARSETS, figures} from '../support/charset_sequences.mjs';
import {launchBrowser} from './browser.mjs';

const FIGURES = new URL('../data/charset_figures.txt', import.meta.url);

test('The browser reads every sequence of every character set as the native decoder does', async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const read = await page.evaluate(figures, CHARSETS);
    const text = Object.entries(read).map(([charset, figure]) => `${charset} ${figure}\n`).join('');
    if (process.env.CHARSET_FIGURES === 'write') writeFileSync(FIGURES, text);
    assert.equal(text, readFileSync(FIGURES, 'utf8'));
  } finally {
    await browser.close();
  }
});
