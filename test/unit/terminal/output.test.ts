import assert from 'node:assert/strict';
import { HumanError } from '../../../src/base/humanError';
import { deliveryLine } from '../../../src/terminal/deliveryLine';
import { Output, plain, type OutputStream } from '../../../src/terminal/output';

class Stream implements OutputStream {
  text = '';
  fail: (error: Error) => void = () => undefined;
  constructor(readonly isTTY: boolean) {}
  write(text: string): void {
    this.text += text;
  }
  on(_event: 'error', listener: (error: Error) => void): void {
    this.fail = listener;
  }
}

describe('Output in a terminal', () => {
  const made = (
    isTTY = false,
    env: NodeJS.ProcessEnv = {},
  ): { out: Stream; err: Stream; output: Output } => {
    const [out, err] = [new Stream(isTTY), new Stream(isTTY)];
    return { out, err, output: new Output(out, err, env) };
  };

  it('is coloured for people only, and not for those who want none', () => {
    assert.equal(made(true).output.paint('red', 'x'), '\u001b[31mx\u001b[0m');
    assert.equal(made(true, { NO_COLOR: '' }).output.paint('red', 'x'), '\u001b[31mx\u001b[0m');
    assert.equal(made(true, { NO_COLOR: '1' }).output.paint('red', 'x'), 'x');
    assert.equal(made(false).output.paint('red', 'x'), 'x');
  });

  it('ends quietly when its reader is gone', () => {
    const { out, output } = made();
    output.line('a');
    out.fail(Object.assign(new Error('EPIPE'), { code: 'EPIPE' }));
    output.line('b');
    assert.equal(out.text, 'a\n');
  });

  it('says an error for people in one line, and a bug with its stack', () => {
    const { err, output } = made();
    output.error(
      new HumanError('Port 1 is in use.', { remedy: 'Choose another.', code: 'EADDRINUSE' }),
    );
    assert.equal(err.text, 'Port 1 is in use (EADDRINUSE). Choose another.\n');
    output.error(new TypeError('bug'));
    assert.match(err.text, /TypeError: bug\n +at /);
  });

  it('shows control characters as what they are not', () => {
    assert.equal(plain('a\u001b[2Jb\r\nc\u009b1md\u202ee é 🙂'), 'a�[2Jb��c�1md�e é 🙂');
  });

  it('keeps a delivery to one line of columns', () => {
    const { output } = made();
    const line = deliveryLine(output, {
      at: new Date(2026, 0, 1, 9, 8, 7, 6),
      title: 'messages.create',
      conversation: 'x'.repeat(40),
      ms: 12.4,
      problem: 'Nothing answers.',
    });
    assert.equal(
      line,
      `09:08:07.006  ${'messages.create'.padEnd(30)}  ${'x'.repeat(25)}…  ${'—'.padEnd(7)}  12 ms  Nothing answers.`,
    );
  });
});
