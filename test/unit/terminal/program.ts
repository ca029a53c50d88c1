import { build, type Plugin } from 'esbuild';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** As in the real build, the practice platform is a bundle beside the program. */
const besideIt: Plugin = {
  name: 'beside-it',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/simulator\/index$/ }, () => ({
      path: './simulator.js',
      external: true,
    }));
  },
};

/** How one run of the program went. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The program, bundled into a folder of its own, to be run as people run it. */
export class BuiltProgram {
  readonly folder = mkdtempSync(join(tmpdir(), 'bot-channels-'));
  readonly #running = new Set<Running>();

  async build(entries: Record<string /* bundle */, string /* source */>): Promise<void> {
    for (const [bundle, source] of Object.entries(entries))
      await build({
        entryPoints: [join(ROOT, source)],
        outfile: join(this.folder, bundle),
        bundle: true,
        platform: 'node',
        format: 'cjs',
        target: 'node20',
        logLevel: 'silent',
        plugins: [besideIt],
      });
  }

  /** Starts it; whoever starts it stops it, or `remove` does. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
    const kept = Object.entries(process.env).filter(
      ([name]) => !/^(?:BOT_CHANNELS|RC)_/.test(name),
    );
    const child = spawn(process.execPath, [join(this.folder, 'cli.js'), ...args], {
      env: { ...Object.fromEntries(kept), ...env },
      cwd: this.folder,
    });
    const running = new Running(child);
    this.#running.add(running);
    return running;
  }

  async run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
    return this.start(args, env).ended;
  }

  async remove(): Promise<void> {
    for (const running of this.#running) running.child.kill('SIGKILL');
    await Promise.all([...this.#running].map(({ ended }) => ended));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class Running {
  out = '';
  err = '';
  readonly ended: Promise<Ran>;

  constructor(readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.err += chunk.toString()));
    this.ended = new Promise((resolve) =>
      child.on('close', (code) => resolve({ code, out: this.out, err: this.err })),
    );
  }

  /** The line of that number, once it is there. */
  async line(n = 0): Promise<string> {
    for (;;) {
      const lines = this.out.split('\n');
      if (lines.length > n + 1) return lines[n]!;
      if (this.child.exitCode !== null) throw new Error(`ended: ${this.out}${this.err}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ran> {
    this.child.kill(signal);
    return this.ended;
  }
}
