import assert from 'node:assert/strict';
import { RowBook } from '../../../src/workbench/messagesView/browser/rowBook';
import { aRow } from './english';

const START = Date.parse('2026-01-01T12:00:00.000Z');
const row = (n: number, text = `message ${n}`) =>
  aRow({ id: String(1000 + n), createdAt: START + n * 1000, text });
const texts = (book: RowBook): string[] => book.rows.map((each) => each.text);

describe('The rows of the Messages page', () => {
  it('stand in order of creation, whatever order they come in', () => {
    const book = new RowBook();
    book.put([row(2), row(1)]);
    book.put([row(4)]);
    book.put([row(3), row(0)]);
    assert.deepEqual(
      texts(book),
      [0, 1, 2, 3, 4].map((n) => `message ${n}`),
    );
  });

  it('of the same millisecond stand in order of their ids', () => {
    const book = new RowBook();
    const at = { createdAt: START };
    book.put([
      aRow({ ...at, id: '1000' }),
      aRow({ ...at, id: '999' }),
      aRow({ ...at, id: '1001' }),
    ]);
    assert.deepEqual(
      book.rows.map(({ id }) => id),
      ['999', '1000', '1001'],
    );
  });

  it('are replaced by id, and only new ones are told', () => {
    const book = new RowBook();
    assert.deepEqual(book.put([row(1), row(2)]), [row(1), row(2)]);
    const before = book.rows;
    assert.deepEqual(book.put([row(1, 'edited'), row(3)]), [row(3)]);
    assert.deepEqual(texts(book), ['edited', 'message 2', 'message 3']);
    assert.notEqual(book.rows, before);
    assert.equal(book.get('1001')?.text, 'edited');
  });

  it('move when their time turns out to be another one', () => {
    const book = new RowBook();
    book.put([row(1), row(2)]);
    book.put([{ ...row(1, 'later'), createdAt: START + 9000 }]);
    assert.deepEqual(texts(book), ['message 2', 'later']);
  });

  it('are bounded: the oldest make room and are not told as new', () => {
    const book = new RowBook(3);
    book.put([row(1), row(2), row(3)]);
    assert.deepEqual(book.put([row(0), row(4)]), [row(4)]);
    assert.deepEqual(texts(book), ['message 2', 'message 3', 'message 4']);
    assert.equal(book.get('1001'), undefined);
  });

  it('stay the same array when nothing came', () => {
    const book = new RowBook();
    book.put([row(1)]);
    const before = book.rows;
    assert.deepEqual(book.put([]), []);
    assert.equal(book.rows, before);
  });
});
