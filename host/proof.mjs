import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * When an extension host dies, by a crash, a signal or process.exit, the browser's workbench reports
 * success all the same. So the tests are wrapped, and only the wrapper's own word that `run()` ended
 * well counts. Serialized into the extension host: it may use nothing from out here.
 */
async function runAndTell(tests, bridge, require) {
  const { dirname } = require('node:path');
  const { pathToFileURL } = require('node:url');
  const tell = (proof) => fetch(bridge, { method: 'POST', body: JSON.stringify({ proof }) });
  const load = async () => {
    try {
      return require(tests);
    } catch (error) {
      if (error?.code !== 'ERR_REQUIRE_ESM') throw error;
      return import(pathToFileURL(require.resolve(tests)).href);
    }
  };
  try {
    const loaded = await load();
    const run = loaded.run ?? loaded.default?.run;
    if (typeof run !== 'function') throw new Error(`${tests} exports no run().`);
    if (run.length < 2) await run();
    else {
      // The older form: run(testsRoot, callback(error, failures)).
      await new Promise((resolve, reject) => {
        run(dirname(tests), (error, failures) => {
          if (error) reject(error);
          else if (failures) reject(new Error(`${failures} tests failed.`));
          else resolve();
        });
      });
    }
  } catch (error) {
    await tell({ ok: false, error: String(error?.stack ?? error) });
    throw error;
  }
  await tell({ ok: true });
}

/**
 * @param {string} folder where to write the wrapper
 * @param {string} tests the tests' entry, absolute
 * @param {string} bridge the bridge's URL
 * @returns {Promise<string>} the wrapper's path, to be given to VS Code in the entry's place
 */
export async function wrapTests(folder, tests, bridge) {
  const file = path.join(folder, 'tests.cjs');
  const args = [tests, bridge].map((value) => JSON.stringify(value)).join(', ');
  await writeFile(file, `${runAndTell}\nexports.run = () => runAndTell(${args}, require);\n`);
  return file;
}
