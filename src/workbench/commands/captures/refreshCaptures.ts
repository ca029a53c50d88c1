import { COMMANDS } from '../../ids';
import type { Command } from '../command';

/** Reads the captures again. */
export const refreshCaptures: Command = {
  id: COMMANDS.refreshCaptures,
  run(services) {
    services.captures.refresh();
    return Promise.resolve();
  },
};
