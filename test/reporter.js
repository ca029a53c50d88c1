'use strict';
// Writes what happens, one JSON object a line, as it happens: of a run that dies or hangs, what it
// was doing is known. Where to: mocha's reporter option `report`, or BOT_CHANNELS_TEST_REPORT.
const { appendFileSync, writeFileSync } = require('node:fs');

/** How a test says why it is skipped: in its title, see skip.ts. */
const REASON = /^(.*?) ?\(skipped: (.*)\)(.*)$/s;

/** Playwright paints its messages. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

const stackOf = (error) => String(error?.stack || error?.message || error).replace(COLOURS, '');

module.exports = class {
  constructor(runner, options) {
    const file = options?.reporterOptions?.report ?? process.env.BOT_CHANNELS_TEST_REPORT;
    const tell = (event) => {
      appendFileSync(file, `${JSON.stringify(event)}\n`);
    };
    writeFileSync(file, '');
    runner.on('test', (test) => tell({ begin: test.fullTitle() }));
    runner.on('pass', (test) => {
      tell({ pass: test.fullTitle(), ms: test.duration });
      console.log(`✓ ${test.fullTitle()} (${test.duration} ms)`);
    });
    runner.on('fail', (test, error) => {
      tell({ fail: test.fullTitle(), error: stackOf(error) });
      console.log(`✗ ${test.fullTitle()}\n${stackOf(error)}`);
    });
    runner.on('pending', (test) => {
      const [, before, reason, after] = REASON.exec(test.fullTitle()) ?? [];
      const title = reason === undefined ? test.fullTitle() : `${before}${after}`;
      tell({ skip: title, reason: reason ?? 'it does not say why' });
      console.log(`- ${test.fullTitle()}`);
    });
    runner.on('end', () => tell({ end: true }));
  }
};
