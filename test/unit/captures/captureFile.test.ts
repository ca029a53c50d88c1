import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import sinon from 'sinon';
import { HumanError } from '../../../src/base/humanError';
import { CaptureWriter, readCapture } from '../../../src/captures';
import { entryOf } from './entries';
import { TemporaryFolder } from './wireEnds';
import { skipBecause } from '../../skip';

describe('Reading a capture', () => {
  let folder: TemporaryFolder;
  beforeEach(() => (folder = new TemporaryFolder()));
  afterEach(() => folder.remove());

  const written = (...lines: (object | string)[]): string => {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    writeFileSync(folder.file(), text.map((line) => `${line}\n`).join(''));
    return folder.file();
  };
  const idsOf = async (file: string): Promise<string[]> =>
    (await readCapture(file)).entries.map(({ _id, time }) => `${_id}:${time}`);

  it('takes the last line of an id, in the place of the first', async () => {
    const a = entryOf({ _id: 'a' });
    const file = written(a, entryOf({ _id: 'b' }), { ...a, time: 12 });
    assert.deepEqual(await idsOf(file), ['a:12', 'b:0']);
  });

  it('leaves out what was deleted, and takes up what was written again after', async () => {
    const a = entryOf({ _id: 'a' });
    const gone = { _id: 'a', _deleted: true };
    assert.deepEqual(await idsOf(written(a, entryOf({ _id: 'b' }), gone)), ['b:0']);
    assert.deepEqual(await idsOf(written(a, entryOf({ _id: 'b' }), gone, a)), ['b:0', 'a:0']);
  });

  it('drops a torn last line with a notice, never the file', async () => {
    const file = written(entryOf({ _id: 'a' }));
    appendFileSync(file, JSON.stringify(entryOf({ _id: 'b' })).slice(0, -9));
    const capture = await readCapture(file);
    assert.deepEqual(
      capture.entries.map(({ _id }) => _id),
      ['a'],
    );
    assert.match(capture.notices.join(), /last line, 2, was not written to its end/);
  });

  it('is an empty capture when the very first line was torn', async () => {
    writeFileSync(folder.file(), '{"_id":"a","requ');
    const { entries, notices } = await readCapture(folder.file());
    assert.equal(entries.length, 0);
    assert.equal(notices.length, 1);
  });

  it('takes a last line that is whole but for its line feed', async () => {
    const file = written(entryOf({ _id: 'a' }));
    appendFileSync(file, JSON.stringify(entryOf({ _id: 'b' })));
    const { entries, notices } = await readCapture(file);
    assert.equal(entries.length, 2);
    assert.deepEqual(notices, []);
  });

  it('tells which lines are no lines of a capture, and keeps the rest', async () => {
    const file = written('not json', entryOf({ _id: 'a' }), { _id: 'x', note: 1 }, '', '[]');
    const { entries, notices } = await readCapture(file);
    assert.equal(entries.length, 1);
    assert.deepEqual(
      notices.map((notice) => /Line (\d+)/.exec(notice)?.[1]),
      ['1', '3', '5'],
    );
  });

  it('does not write a page of notices for a page of bad lines', async () => {
    const bad = Array.from({ length: 500 }, () => 'bad');
    const { notices } = await readCapture(written(entryOf(), ...bad));
    assert.equal(notices.length, 21);
    assert.match(notices.at(-1)!, /480 more/);
  });

  it('splits lines at line feeds only', async () => {
    const text = '{"t":"a\u2028b\u2029c\rd"}';
    const postData = { mimeType: 'application/json', text };
    const { entries } = await readCapture(written(entryOf({ request: { postData } })));
    assert.equal(entries[0]?.request.postData?.text, text);
  });

  it('keeps fields it does not know, and fills in own fields that a person left out', async () => {
    const { method, url } = { method: 'POST', url: 'http://bot.test/hook' };
    const postData = { mimeType: 'application/json', text: '{"events":[]}' };
    const file = written(
      { ...entryOf({ _id: 'a' }), _later: { version: 2 } },
      { _id: 'b', request: { method, url, postData } },
    );
    const [a, b] = (await readCapture(file)).entries;
    assert.deepEqual((a as unknown as Record<string, unknown>)._later, { version: 2 });
    assert.equal(b?._kind, 'webhook');
    assert.equal(b._seq, 2);
    assert.deepEqual([b.response.status, b.request.headers], [0, []]);
  });

  it('says so when the file is missing, a folder, or something else', async () => {
    await assert.rejects(readCapture(folder.file('none')), /There is no file .*none/);
    await assert.rejects(readCapture(folder.path), /is a folder/);
    writeFileSync(folder.file('other'), '{\n  "name": "not-a-capture"\n}\n');
    await assert.rejects(readCapture(folder.file('other')), HumanError);
    writeFileSync(folder.file('empty'), '');
    assert.deepEqual(await readCapture(folder.file('empty')), { entries: [], notices: [] });
  });
});

describe('Writing a capture', () => {
  let folder: TemporaryFolder;
  let handles: FileHandle;
  beforeEach(async () => {
    folder = new TemporaryFolder();
    const handle = await open(folder.file('probe'), 'w');
    handles = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
  });
  afterEach(() => {
    sinon.restore();
    folder.remove();
  });

  const linesOf = (file: string): unknown[] =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);

  it('resolves when the line is synced, and those who wait share a sync', async () => {
    const write = sinon.spy(handles, 'write');
    const sync = sinon.spy(handles, 'datasync');
    const writer = await CaptureWriter.open(folder.file());
    const first = writer.append({ n: 0 });
    const others = Array.from({ length: 99 }, (_, i) => writer.append({ n: i + 1 }));
    await first;
    assert.equal(sync.callCount, 1);
    assert.deepEqual(linesOf(folder.file())[0], { n: 0 });
    await Promise.all(others);
    assert.equal(sync.callCount, 2);
    assert.equal(write.callCount, 100);
    assert.deepEqual(
      linesOf(folder.file()),
      Array.from({ length: 100 }, (_, n) => ({ n })),
    );
    await writer.close();
  });

  it('adds to a file that is there, and never to a torn line', async () => {
    writeFileSync(folder.file(), '{"_id":"a","to');
    const writer = await CaptureWriter.open(folder.file());
    await writer.append({ n: 1 });
    await writer.append({ n: 2 });
    await writer.close();
    assert.equal(readFileSync(folder.file(), 'utf8'), '{"_id":"a","to\n{"n":1}\n{"n":2}\n');
  });

  it('is readable by its owner only', async function () {
    if (process.platform === 'win32') skipBecause(this, 'Windows has no such permissions');
    await (await CaptureWriter.open(folder.file())).close();
    assert.equal(statSync(folder.file()).mode & 0o777, 0o600);
  });

  it('writes into the file of that name even when somebody removed the one it had opened', async () => {
    const writer = await CaptureWriter.open(folder.file());
    await writer.append({ n: 1 });
    rmSync(folder.file());
    await writer.append({ n: 2 });
    await writer.close();
    assert.deepEqual(linesOf(folder.file()), [{ n: 2 }]);
  });

  it('fails with a sentence when the folder is gone, and goes on when it is back', async () => {
    const inner = join(folder.path, 'inner');
    mkdirSync(inner);
    const writer = await CaptureWriter.open(join(inner, 'a'));
    rmSync(inner, { recursive: true });
    await assert.rejects(writer.append({ n: 1 }), (error) => {
      assert(error instanceof HumanError);
      assert.match(error.toLine(), /cannot be written \(ENOENT\)\. Its folder is not there/);
      return true;
    });
    mkdirSync(inner);
    await writer.append({ n: 2 });
    await writer.close();
    assert.deepEqual(linesOf(join(inner, 'a')), [{ n: 2 }]);
  });

  it('fails with a sentence when the disk is full, and does not glue to the half line after', async () => {
    const writer = await CaptureWriter.open(folder.file());
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const half = sinon.stub(handles, 'write').onFirstCall().rejects(full);
    // What a disk takes of a line before it is full.
    appendFileSync(folder.file(), '{"n":');
    await assert.rejects(writer.append({ n: 1 }), /cannot be written/);
    half.restore();
    await writer.append({ n: 2 });
    await writer.close();
    assert.equal(readFileSync(folder.file(), 'utf8'), '{"n":\n{"n":2}\n');
  });

  it('cannot be opened where no file can be', async () => {
    await assert.rejects(CaptureWriter.open(join(folder.path, 'none', 'a')), /cannot be written/);
    await assert.rejects(CaptureWriter.open(folder.path), /cannot be written/);
  });
});
