import * as l10n from '@vscode/l10n';
import { HumanError } from '../base/humanError';
import {
  EnvironmentVault,
  headersToSend,
  namesIn,
  targetOf,
  type CaptureEntry,
  type SecretVault,
  type Target,
} from '../captures';

/**
 * The values of all NAMEs the deliveries refer to. Throws a `HumanError` that names those that are
 * not known here, so that nothing is sent with a hole in it.
 */
export async function secretsOf(
  entries: readonly CaptureEntry[],
  target: Target,
  vault: SecretVault,
): Promise<ReadonlyMap<string, string>> {
  const names = new Set(entries.flatMap((entry) => namesOf(entry, target)));
  const values = new Map<string, string>();
  const missing: string[] = [];
  for (const name of names) {
    const value = await vault.resolve(name);
    if (value === undefined) missing.push(name);
    else values.set(name, value);
  }
  if (missing.length > 0) throw unknownSecrets(missing);
  return values;
}

/** Only what is sent counts: a target with its own query needs no secret of the recorded one. */
function namesOf({ request }: CaptureEntry, target: Target): string[] {
  return [
    target.pathFor(targetOf(request.url)),
    ...headersToSend(request.headers),
    request.postData?.text ?? '',
  ].flatMap(namesIn);
}

function unknownSecrets(names: readonly string[]): HumanError {
  const variables = names.map((name) => EnvironmentVault.variableOf(name)).join(', ');
  const sentence =
    names.length === 1
      ? l10n.t('The capture refers to the secret {0}, which is not known here.', names.join())
      : l10n.t('The capture refers to secrets that are not known here: {0}.', names.join(', '));
  return new HumanError(sentence, {
    remedy: l10n.t(
      'Keep the value in the keychain, start the simulator if it was recorded there, or set {0}.',
      variables,
    ),
    kind: 'SECRET_UNKNOWN',
  });
}
