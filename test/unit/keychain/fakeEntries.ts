import { HumanError } from '../../../src/base/humanError';
import { type HelperCall } from '../../../src/keychain/helperProtocol';
import { type Entries } from '../../../src/keychain/keychainStore';

/** Entries in memory that behave as an operating system's keychain does, in good days and bad. */
export class FakeEntries implements Entries {
  readonly kept = new Map<string, string>();
  readonly calls: string[] = [];
  /** As a locked keyring without a screen: reading finds nothing, writing is refused. */
  locked = false;
  /** Called before each call; may throw, or change what is kept as another window would. */
  before: (call: HelperCall) => void = () => undefined;
  disposed = false;

  async call(call: HelperCall): Promise<string | boolean | null> {
    await Promise.resolve();
    this.calls.push(`${call.op} ${call.account}`);
    this.before(call);
    switch (call.op) {
      case 'get':
        return this.locked ? null : (this.kept.get(call.account) ?? null);
      case 'set':
        if (this.locked) throw refused('Cannot create an item in a locked collection');
        if (call.value === '') throw refused('Password is required.');
        // Windows: 2560 bytes of UTF-16.
        if (call.value.length * 2 > 2560) throw refused('Stub received bad data.');
        this.kept.set(call.account, call.value.split('\0')[0] ?? '');
        return true;
      case 'delete':
        return !this.locked && this.kept.delete(call.account);
    }
  }

  dispose(): void {
    this.disposed = true;
  }
}

export function refused(message: string): HumanError {
  return new HumanError(message, { remedy: 'Unlock it.' });
}
