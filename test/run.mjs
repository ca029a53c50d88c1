// `npm test`: everything, from a fresh clone to one last line "N passed, N failed, N skipped".
//
//   npm test [-- --only unit,platform,vscode]
//
// Exit code 1 when a test failed, or a suite died, hung or ran no tests; 0 otherwise.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildExtension } from '../host/build.mjs';
import { openCache } from '../host/cache.mjs';
import { Children } from '../host/children.mjs';
import { NEEDS, installDebianPackages } from '../host/debian.mjs';
import { installDependencies } from '../host/dependencies.mjs';
import { Problem, explain, tailOf } from '../host/problem.mjs';
import { Steps } from '../host/steps.mjs';
import { installVSCode } from '../host/vscode.mjs';
import { countsOf, failed, judge, skipped, summary } from './results.mjs';
import { allSuites } from './suites.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const logs = path.join(root, 'out', 'logs');
const children = new Children();
const steps = new Steps({ children });
/** @type {import('./results.mjs').Result[]} */
const results = [];
/** @type {readonly import('../host/debian.mjs').NeedName[]} */
let missing = [];

const LINTERS = [
  ['prettier', 'node_modules/prettier/bin/prettier.cjs', '--check', '.'],
  ['eslint', 'node_modules/eslint/bin/eslint.js', '.'],
  ['tsc', 'node_modules/typescript/bin/tsc', '-p', '.'],
];
const LINT = { limitMs: 300_000, tellAll: true };

/** Does the work; when it fails, that is a failure of the whole. */
async function attempt(name, work) {
  try {
    await work();
    return true;
  } catch (error) {
    if (!children.stopping) results.push(failed(name, explain(error)));
    return false;
  }
}

const node = (args, options) => steps.run(process.execPath, args, { cwd: root, ...options });

async function lint() {
  for (const [name, ...args] of LINTERS) {
    await attempt(name, () => steps.step(`Checking with ${name}`, () => node(args, LINT)));
  }
}

/** @param {import('./suites.mjs').Suite} suite */
async function run(suite) {
  const { name, limitMs } = suite;
  const lacking = suite.needs.filter((need) => missing.includes(need));
  if (lacking.length > 0) {
    const what = lacking.map((need) => NEEDS[need].name).join('; ');
    results.push(skipped(name, `this machine lacks ${what}`));
    return;
  }
  const report = path.join(logs, `${name}.ndjson`);
  await rm(report, { force: true });
  const start = Date.now();
  const [command, ...args] = suite.command(report);
  const child = children.start(command, args, { cwd: root });
  let output = '';
  for (const stream of [child.process.stdout, child.process.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (output += text));
  }
  let lateMs;
  const limit = setTimeout(() => {
    lateMs = limitMs;
    void child.stop();
  }, limitMs);
  const { code, signal, error } = await child.ended;
  clearTimeout(limit);
  await child.stop();
  if (children.stopping) return;
  await writeFile(path.join(logs, `${name}.log`), output);
  const text = await readFile(report, 'utf8').catch(() => undefined);
  const tail = tailOf(error ? error.message : output);
  const result = judge(name, { report: text, code, signal, lateMs, output: tail });
  results.push(result);
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  steps.say(`${result.failures.length ? '✗' : '✓'} ${name}: ${countsOf(result)} (${seconds} s)`);
}

function chosen(suites, args) {
  const words = args.join('=').split('=');
  if (words[0] === '') return { suites, isWhole: true };
  const names = (words[1] ?? '').split(',').filter(Boolean);
  const isMeant = (name, suite) => suite.name === name || suite.name.startsWith(`${name}-`);
  const known = ['lint', ...suites.map(({ name }) => name)];
  const strange = names.find((name) => !known.some((other) => isMeant(name, { name: other })));
  if (words[0] !== '--only' || words.length > 2 || names.length === 0 || strange) {
    throw new Problem(`"${args.join(' ')}" is not understood.`, {
      todo: `Usage: npm test [-- --only NAME,NAME…], of ${known.join(', ')}.`,
    });
  }
  return {
    suites: suites.filter((suite) => names.some((name) => isMeant(name, suite))),
    isWhole: names.includes('lint'),
  };
}

async function prepare(suites) {
  await installDependencies(root, steps);
  missing = await installDebianPackages(
    [...new Set(suites.flatMap(({ needs, likes }) => [...needs, ...likes]))],
    steps,
  );
  await rm(logs, { recursive: true, force: true });
  await mkdir(logs, { recursive: true });
  if (suites.some(({ vscode }) => vscode.length > 0)) {
    const cache = await openCache();
    for (const version of new Set(suites.flatMap(({ vscode }) => vscode))) {
      await installVSCode(version, { cache, steps });
    }
  }
}

async function test() {
  const hasKeyring = () => process.platform === 'linux' && !missing.includes('keyring');
  const desktop = process.env.BOT_CHANNELS_DESKTOP === '1';
  const all = allSuites(root, { hasKeyring, desktop });
  const { suites, isWhole } = chosen(all, process.argv.slice(2));
  if (!(await attempt('preparation', () => prepare(suites)))) return;
  const isBuilt = await attempt('build', async () => {
    await buildExtension(root, steps);
    await steps.step('Bundling the tests for VS Code', () => node(['test/build.mjs']));
  });
  if (!isBuilt) steps.say('Only the checks go on: there is no build to test.');
  const queue = async (some) => {
    for (const suite of isBuilt ? some : []) if (!children.stopping) await run(suite);
  };
  await Promise.all([
    isWhole ? lint() : undefined,
    queue(suites.filter(({ isExclusive }) => !isExclusive)),
  ]);
  await queue(suites.filter(({ isExclusive }) => isExclusive));
}

children.stopOnSignals(() => steps.say('Stopping …'));
await attempt('npm test', test);
if (children.stopping) await new Promise(() => undefined);
const { isGood, text } = summary(results);
steps.say(`\n${text}`);
process.exitCode = isGood ? 0 : 1;
