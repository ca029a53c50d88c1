import { COMMANDS } from '../../ids';
import type { Command } from '../command';

/** Ends the tail; the rows leave the view. */
export const stopTail: Command = {
  id: COMMANDS.stopTail,
  run(services) {
    services.tailing.stop();
    return Promise.resolve();
  },
};
