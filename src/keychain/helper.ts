/**
 * The keychain's own process. The native library under keytar can crash (a locked keyring that is
 * searched) or hang for good (an unlock prompt that nobody answers), and neither may happen inside
 * the editor; so it lives here, and its client ends it when it does not answer.
 */
import { type HelperAnswer, type HelperRequest } from './helperProtocol';

/** Loaded at the first call, so that a missing system library is an answer and no crash. */
async function run(request: HelperRequest): Promise<string | boolean | null> {
  const keytar = await import('keytar');
  const { service, account } = request;
  switch (request.op) {
    case 'get':
      return keytar.getPassword(service, account);
    case 'set':
      await keytar.setPassword(service, account, request.value);
      return true;
    case 'delete':
      return keytar.deletePassword(service, account);
  }
}

function answer(reply: HelperAnswer): void {
  // The client may be gone; then 'disconnect' ends this process.
  process.send?.(reply, undefined, undefined, () => undefined);
}

process.on('message', (request: HelperRequest) => {
  run(request).then(
    (value) => answer({ id: request.id, ok: true, value }),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      answer({ id: request.id, ok: false, message });
    },
  );
});

// Not process.exit(): it waits for the library's threads, and those may be the ones that hang.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
