import assert from 'node:assert/strict';
import { AppRegistry, type AppProfile, type ProfileStore } from '../../../src/apps';
import { HumanError } from '../../../src/base/humanError';

class Shelf implements ProfileStore {
  value: unknown;
  read(): unknown {
    return this.value;
  }
  async write(value: unknown): Promise<void> {
    await Promise.resolve();
    this.value = JSON.parse(JSON.stringify(value));
  }
}

const draft: Omit<AppProfile, 'id'> = {
  name: 'Bot',
  environment: 'custom',
  server: 'http://127.0.0.1:4747',
  clientId: 'client',
  grant: 'authorization_code',
  isPublicClient: false,
  redirectUris: ['http://localhost:4748/cb', 'http://localhost:4749/cb'],
};

describe('AppRegistry', () => {
  it('keeps apps across runs; the first one added is active', async () => {
    const shelf = new Shelf();
    const apps = new AppRegistry(shelf);
    assert.equal(apps.list().length, 0);
    const one = await apps.add(draft);
    const two = await apps.add({ ...draft, name: 'Other' });
    assert.equal(apps.active?.id, one.id);
    await apps.setActive(two.id);

    const again = new AppRegistry(shelf);
    assert.deepEqual(again.list(), [one, two]);
    assert.equal(again.active?.id, two.id);
    assert.deepEqual(again.get(one.id)?.redirectUris, draft.redirectUris);
  });

  it('makes another app active when the active one is removed', async () => {
    const apps = new AppRegistry(new Shelf());
    const one = await apps.add(draft);
    const two = await apps.add({ ...draft, name: 'Other' });
    await apps.remove(one.id);
    assert.equal(apps.active?.id, two.id);
    await apps.remove(two.id);
    assert.equal(apps.active, undefined);
  });

  it('fires once for each change that was kept, and not for one that was refused', async () => {
    const apps = new AppRegistry(new Shelf());
    let fired = 0;
    apps.onDidChange(() => fired++);
    const one = await apps.add(draft);
    await apps.update({ ...one, name: 'Renamed' });
    assert.equal(apps.get(one.id)?.name, 'Renamed');
    await assert.rejects(apps.update({ ...one, id: 'gone' }), HumanError);
    await assert.rejects(apps.setActive('gone'), HumanError);
    await apps.remove(one.id);
    assert.equal(fired, 3);
  });

  it('refuses drafts that could never sign in, in words for people', async () => {
    const apps = new AppRegistry(new Shelf());
    const refused: [Partial<AppProfile>, RegExp][] = [
      [{ redirectUris: [] }, /redirect URI/],
      [{ redirectUris: ['http://evil.test/cb'] }, /https/],
      [{ server: 'http://evil.test' }, /https/],
      [{ clientId: '' }, /client ID/],
      [{ name: ' ' }, /name/],
      [{ grant: 'jwt', isPublicClient: true }, /client secret/],
    ];
    for (const [change, sentence] of refused) {
      await assert.rejects(apps.add({ ...draft, ...change }), (error: unknown) => {
        assert.ok(error instanceof HumanError);
        assert.match(error.message, sentence);
        return true;
      });
    }
    assert.deepEqual(apps.list(), []);
    await apps.add({ ...draft, grant: 'bot_token', clientId: '', redirectUris: [] });
    await assert.rejects(apps.add({ ...draft, name: 'bOT' }), /named “bOT” already/);
  });

  it('drops a damaged record with a notice, keeps the others and gives it back when it writes', async () => {
    const shelf = new Shelf();
    const apps = new AppRegistry(shelf);
    const one = await apps.add(draft);
    const kept = shelf.value as { apps: unknown[] };
    const damaged = { id: 'x', name: 'Broken', grant: 'unheard of' };
    shelf.value = { ...kept, apps: [damaged, null, ...kept.apps] };

    assert.deepEqual(
      apps.list().map((app) => app.id),
      [one.id],
    );
    assert.equal(apps.notices.length, 2);
    assert.match(apps.notices[0]!, /“Broken”/);
    await apps.add({ ...draft, name: 'Next' });
    assert.deepEqual(apps.notices, []);
    assert.deepEqual((shelf.value as { setAside: unknown[] }).setAside, [damaged, null]);
  });

  for (const rubbish of ['text', 7, [], { apps: 'none' }]) {
    it(`starts anew over ${JSON.stringify(rubbish)}`, async () => {
      const shelf = new Shelf();
      shelf.value = rubbish;
      const apps = new AppRegistry(shelf);
      assert.deepEqual(apps.list(), []);
      await apps.add(draft);
      assert.equal(apps.list().length, 1);
    });
  }

  it('does not lose what another window added', async () => {
    const shelf = new Shelf();
    const here = new AppRegistry(shelf);
    const there = new AppRegistry(shelf);
    await here.add(draft);
    assert.equal(there.list().length, 1);
    await there.add({ ...draft, name: 'Theirs' });
    await Promise.all([
      here.add({ ...draft, name: 'Third' }),
      here.add({ ...draft, name: 'Fourth' }),
    ]);
    assert.deepEqual(
      there.list().map((app) => app.name),
      ['Bot', 'Theirs', 'Third', 'Fourth'],
    );
  });

  it('keeps its word when the store cannot write', async () => {
    const shelf = new Shelf();
    const apps = new AppRegistry(shelf);
    const write = shelf.write.bind(shelf);
    shelf.write = () => Promise.reject(new Error('disk full'));
    await assert.rejects(apps.add(draft), /disk full/);
    assert.deepEqual(apps.list(), []);
    shelf.write = write;
    await apps.add(draft);
    assert.equal(apps.list().length, 1);
  });
});
