import * as l10n from '@vscode/l10n';

export interface Trouble {
  /** Without its full stop, so that more may follow. */
  readonly sentence: string;
  readonly remedy: string;
}

/**
 * True when the keychain service was restarted under a helper that had spoken to it: libsecret holds
 * on to the old one, and only a new process will speak to the new one.
 */
export function isStaleConnection(message: string): boolean {
  return /the session wrapping the secret|the name :\d+\.\d+ was not provided/i.test(message);
}

/** Says in plain words what libsecret, the macOS Keychain or Windows mean by a message. */
export function explainKeychain(message: string): Trouble {
  if (/failed to load keytar native addon|cannot find module/i.test(message)) {
    return {
      sentence: l10n.t('The keychain library could not be loaded'),
      remedy: l10n.t('On Linux, install the package libsecret-1-0 (or libsecret), then reload.'),
    };
  }
  if (/autolaunch D-Bus|could not connect|connection refused|connection is closed/i.test(message)) {
    return {
      sentence: l10n.t('This session has no D-Bus, through which the keychain is reached'),
      remedy: l10n.t('Start the editor inside a desktop session, or under dbus-run-session.'),
    };
  }
  if (
    /org\.freedesktop\.secrets|ServiceUnknown|disconnected from message bus|the name :|session wrapping/i.test(
      message,
    )
  ) {
    return {
      sentence: l10n.t('No keychain service answers on this machine'),
      remedy: l10n.t('Install and start a Secret Service, such as GNOME Keyring or KWallet.'),
    };
  }
  if (/locked|denied|dismissed|cancell?ed|interaction is not allowed/i.test(message)) {
    return {
      sentence: l10n.t('The keychain is locked'),
      remedy: l10n.t('Unlock it and try again.'),
    };
  }
  if (/does not exist at path/i.test(message)) {
    return {
      sentence: l10n.t('The keychain has no login collection yet'),
      remedy: l10n.t('Create one with the keychain program of your desktop, then reload.'),
    };
  }
  return {
    sentence: l10n.t('The keychain refused: {0}', message.replace(/[.\s]+$/, '')),
    remedy: l10n.t('Try again; if it happens every time, look into the keychain of your system.'),
  };
}
