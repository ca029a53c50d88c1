#!/usr/bin/env node
import * as l10n from '@vscode/l10n';
import { version } from '../package.json';
import { Output } from './terminal/output';
import { run, type Program } from './terminal/run';

/** The practice platform is a bundle of its own: it is large, and few runs need it. */
const loadSimulator = () => import('./simulator/index');

const program: Program = {
  version,
  commands: [
    {
      name: 'simulate',
      about: l10n.t('run the practice platform on this machine'),
      run: async (args, output) =>
        (await import('./terminal/simulate')).simulate(args, output, loadSimulator),
    },
    {
      name: 'record',
      about: l10n.t('receive deliveries, write them to a capture, pass them on to the bot'),
      run: async (args, output) => (await import('./terminal/record')).record(args, output),
    },
    {
      name: 'replay',
      about: l10n.t('send a capture’s deliveries to a bot again'),
      run: async (args, output) => (await import('./terminal/replay')).replay(args, output),
    },
  ],
};

const output = new Output(process.stdout, process.stderr, process.env);
void run(program, process.argv.slice(2), output).then((code) => {
  process.exitCode = code;
});
