// Stands in for the keychain helper: keeps entries in the file named by FAKE_KEYCHAIN, and does what
// that file's list of faults says instead, one fault a call.
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const file = process.env.FAKE_KEYCHAIN;
appendFileSync(`${file}.starts`, `${JSON.stringify(process.env)}\n`);

// Whole or not at all: this process may be killed at any moment.
function save(state) {
  writeFileSync(`${file}.next`, JSON.stringify(state));
  renameSync(`${file}.next`, file);
}

process.on('disconnect', () => process.exit());
process.on('message', (request) => {
  const state = JSON.parse(readFileSync(file, 'utf8'));
  const fault = state.faults.shift();
  save(state);
  if (fault === 'hang') return;
  if (fault === 'spin') for (;;);
  if (fault === 'crash') process.kill(process.pid, 'SIGSEGV');
  if (fault === 'exit') process.exit(3);
  if (fault === 'nonsense') process.send({ hello: 'there' });
  if (fault?.startsWith('refuse ')) {
    process.send({ id: request.id, ok: false, message: fault.slice('refuse '.length) });
    return;
  }
  const name = `${request.service}/${request.account}`;
  let value = true;
  if (request.op === 'get') value = state.entries[name] ?? null;
  if (request.op === 'delete') value = name in state.entries;
  if (request.op === 'set') state.entries[name] = request.value;
  if (request.op === 'delete') delete state.entries[name];
  save(state);
  process.send({ id: request.id, ok: true, value });
});
