import { systemClock } from '../../../src/base/clock';
import { silentLog } from '../../../src/base/log';
import {
  bytesOf,
  EnvironmentVault,
  namesIn,
  readCapture,
  Recorder,
  restoreReferences,
  type CaptureEntry,
  type RecorderOptions,
  type SecretVault,
} from '../../../src/captures';
import { TemporaryFolder } from './wireEnds';

/** A recorder of one test, with its file and what it told. */
export class RecorderHarness {
  readonly folder = new TemporaryFolder();
  readonly vault = new EnvironmentVault({});
  readonly problems: string[] = [];
  readonly events: CaptureEntry[] = [];
  recorder: Recorder | undefined;

  async start(given: Partial<RecorderOptions> = {}): Promise<Recorder> {
    const recorder = await Recorder.start({
      port: 0,
      file: this.folder.file(),
      vault: this.vault,
      clock: systemClock,
      log: { ...silentLog, error: (problem) => this.problems.push(String(problem)) },
      ...given,
    });
    recorder.onDidRecord((entry) => this.events.push(entry));
    return (this.recorder = recorder);
  }

  async entries(): Promise<CaptureEntry[]> {
    return (await readCapture(this.folder.file())).entries;
  }

  async only(): Promise<CaptureEntry> {
    const entries = await this.entries();
    if (entries.length !== 1) throw new Error(`${entries.length} entries`);
    return entries[0]!;
  }

  async stop(): Promise<void> {
    await this.recorder?.dispose();
    this.folder.remove();
  }
}

/** The exact text of something that was written with references. */
export async function exact(text: string, vault: SecretVault): Promise<string> {
  const values = new Map<string, string>();
  for (const name of namesIn(text)) values.set(name, (await vault.resolve(name)) ?? '?');
  return restoreReferences(text, values);
}

export async function requestBytes(entry: CaptureEntry, vault: SecretVault): Promise<Buffer> {
  const { postData } = entry.request;
  return bytesOf(await exact(postData?.text ?? '', vault), postData?._encoding);
}
