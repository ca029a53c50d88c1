/**
 * What became of one suite.
 *
 * @typedef {{ title: string, error: string }} Failure
 * @typedef {{ title: string, reason: string }} Skip
 * @typedef {{ name: string, passed: number, failures: Failure[], skips: Skip[] }} Result
 *
 * How its process ended; `report` is the text that reporter.js wrote, if any.
 * @typedef {{ report?: string | undefined, code: number | null, signal?: string | null,
 *   lateMs?: number, output?: string }} Ending
 */

/** The title of what is wrong with a suite as a whole. */
export const WHOLE = '(the suite as a whole)';

/** @param {string} text */
function readReport(text) {
  const report = {
    passed: 0,
    /** @type {Failure[]} */
    failures: [],
    /** @type {Skip[]} */
    skips: [],
    running: '',
    isComplete: false,
    isReadable: true,
  };
  for (const line of text.split('\n').filter(Boolean)) {
    let event;
    try {
      event = JSON.parse(line);
    } catch {
      report.isReadable = false;
      break;
    }
    if (typeof event.begin === 'string') report.running = event.begin;
    else report.running = '';
    if (typeof event.pass === 'string') report.passed++;
    if (typeof event.fail === 'string') {
      report.failures.push({ title: event.fail, error: String(event.error) });
    }
    if (typeof event.skip === 'string') {
      report.skips.push({ title: event.skip, reason: String(event.reason) });
    }
    if (event.end === true) report.isComplete = true;
  }
  return report;
}

/** What is wrong with the suite as a whole, in one sentence, or undefined. */
function wrongWith(report, { report: text, code, signal, lateMs }) {
  const during = report.running ? `, during "${report.running}"` : '';
  const how = signal ? `signal ${signal}` : `code ${code}`;
  const tests = report.passed + report.failures.length + report.skips.length;
  if (lateMs !== undefined) {
    const when = report.isComplete ? ' after its last test' : during;
    return `It was still running after ${lateMs / 1000} s${when}, and was stopped.`;
  }
  if (text === undefined) return `It ended with ${how} and left no report.`;
  if (!report.isReadable) return `Its report cannot be read; it ended with ${how}.`;
  if (!report.isComplete) return `It ended in the middle with ${how}${during}.`;
  if (tests === 0) return 'It ran no tests.';
  if (code !== 0 && report.failures.length === 0)
    return `No test failed, yet it ended with ${how}.`;
  return undefined;
}

/**
 * Judges a suite by its report and by how its process ended: both must be good.
 *
 * @param {string} name
 * @param {Ending} ending
 * @returns {Result}
 */
export function judge(name, ending) {
  const report = readReport(ending.report ?? '');
  const wrong = wrongWith(report, ending);
  const { passed, failures, skips } = report;
  if (wrong !== undefined) failures.push({ title: WHOLE, error: joined(wrong, ending.output) });
  return { name, passed, failures, skips };
}

const joined = (sentence, output) => (output ? `${sentence}\n${output}` : sentence);

/**
 * Something that is no suite of tests (the build, the linter) and went wrong.
 *
 * @param {string} name
 * @param {string} error
 * @returns {Result}
 */
export const failed = (name, error) => ({
  name,
  passed: 0,
  failures: [{ title: WHOLE, error }],
  skips: [],
});

/**
 * @param {string} name
 * @param {string} reason
 * @returns {Result}
 */
export const skipped = (name, reason) => ({
  name,
  passed: 0,
  failures: [],
  skips: [{ title: WHOLE, reason }],
});

/** @param {Pick<Result, 'passed' | 'failures' | 'skips'>} result */
export const countsOf = ({ passed, failures, skips }) =>
  `${passed} passed, ${failures.length} failed, ${skips.length} skipped`;

/**
 * All results as a person reads them; the last line is the sum.
 *
 * @param {readonly Result[]} results
 */
export function summary(results) {
  const failures = results.flatMap(({ name, failures }) =>
    failures.map(({ title, error }) => `FAILED ${name}: ${title}\n${error.replace(/^/gm, '    ')}`),
  );
  const skips = results.flatMap(({ name, skips }) =>
    skips.map(({ title, reason }) => `SKIPPED ${name}: ${title}: ${reason}`),
  );
  const total = {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failures: results.flatMap((result) => result.failures),
    skips: results.flatMap((result) => result.skips),
  };
  const isGood = results.length > 0 && total.failures.length === 0;
  return { isGood, text: [...failures, ...skips, countsOf(total)].join('\n') };
}
