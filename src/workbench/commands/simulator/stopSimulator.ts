import { COMMANDS } from '../../ids';
import type { Command } from '../command';

/** Stops the simulator that this window started. */
export const stopSimulator: Command = {
  id: COMMANDS.stopSimulator,
  run: (services) => services.simulator.stop(),
};
