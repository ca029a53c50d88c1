import { COMMANDS } from '../../ids';
import type { Command } from '../command';
import { pickApp } from '../pick';

/** Makes an app the one that is offered first and marked in the tree. */
export const setActive: Command = {
  id: COMMANDS.setActive,
  async run(services, argument) {
    await services.apps.setActive((await pickApp(services, argument)).id);
  },
};
