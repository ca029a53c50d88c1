import assert from 'node:assert/strict';
import { silentLog } from '../../../src/base/log';
import { NetworkError } from '../../../src/http';
import { People } from '../../../src/messages/people';
import { RingCentralError, type Person } from '../../../src/ringcentral';
import { FakeClock } from '../fakeClock';

describe('People', () => {
  let clock: FakeClock;
  let asked: string[][];
  let settled: string[];
  let answers: (ids: readonly string[]) => Person[];
  let people: People;

  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    settled = [];
    answers = (ids) => ids.map((id) => ({ id, firstName: 'P', lastName: id }));
    const persons = async (ids: readonly string[]): Promise<Person[]> => {
      asked.push([...ids]);
      await Promise.resolve();
      return answers(ids);
    };
    people = new People({ client: { persons }, clock, log: silentLog });
    people.onSettled((ids) => settled.push(...ids));
  });

  afterEach(() => people.dispose());

  const want = (...ids: string[]): void => ids.forEach((id) => people.want(id));

  it('asks for all of one tick together, and never again for what it knows', async () => {
    want('1', '2', '1');
    want('3');
    await clock.advance(0);
    want('1', '2', '3');
    await clock.advance(60_000);
    assert.deepEqual(asked, [['1', '2', '3']]);
    assert.equal(people.nameOf('2'), 'P 2');
    assert.deepEqual(settled, ['1', '2', '3']);
  });

  it('asks for at most thirty at a time', async () => {
    want(...Array.from({ length: 70 }, (_, i) => `${i}`));
    await clock.advance(0);
    assert.deepEqual(
      asked.map((ids) => ids.length),
      [30, 30, 10],
    );
  });

  it('takes the e-mail address of who has no name, and remembers who is not there', async () => {
    answers = () => [
      { id: '1', email: 'a@example.com' },
      { id: '2', firstName: 'Solo' },
    ];
    want('1', '2', '3');
    await clock.advance(0);
    assert.deepEqual(['1', '2', '3'].map(people.nameOf), ['a@example.com', 'Solo', undefined]);
    assert.ok(people.isSettled('3'));
    want('3');
    await clock.advance(0);
    assert.equal(asked.length, 1);
  });

  it('stays away as long as RingCentral asks for, and gathers meanwhile', async () => {
    const answersLater = answers;
    answers = () => {
      throw new RingCentralError('slow down', { remedy: 'x', status: 429, retryAfterMs: 30_000 });
    };
    want('1');
    await clock.advance(0);
    answers = answersLater;
    want('2');
    await clock.advance(29_999);
    assert.equal(asked.length, 1);
    await clock.advance(1);
    assert.deepEqual(asked, [['1'], ['1', '2']]);
    assert.equal(people.nameOf('2'), 'P 2');
  });

  it('gives up after some tries, and at once where trying again is in vain', async () => {
    answers = () => {
      throw new NetworkError('down', { remedy: 'x' });
    };
    want('1');
    await clock.advance(600_000);
    assert.equal(asked.length, 4);
    assert.ok(people.isSettled('1'));

    answers = () => {
      throw new RingCentralError('no', { remedy: 'x', status: 403 });
    };
    want('2');
    await clock.advance(600_000);
    assert.equal(asked.length, 5);
    assert.ok(people.isSettled('2'));
  });

  it('asks nobody after it was disposed', async () => {
    want('1');
    people.dispose();
    want('2');
    await clock.advance(1000);
    assert.deepEqual(asked, []);
    assert.equal(clock.pending, 0);
  });
});
