/**
 * Skips a test, or in a `before` hook all tests of its suite, and says why: the reason shows behind
 * the title in every report.
 */
export function skipBecause(context: Mocha.Context, reason: string): never {
  const { test, currentTest } = context;
  const hook = /^"(before|after) (all|each)" hook/.exec(test?.title ?? '');
  const titled = hook?.[2] === 'all' ? test?.parent : hook ? currentTest : test;
  if (titled) titled.title += ` (skipped: ${reason})`;
  return context.skip();
}
