import type GetAccountInfoResponse from '@rc-ex/core/definitions/GetAccountInfoResponse';
import type GetExtensionInfoResponse from '@rc-ex/core/definitions/GetExtensionInfoResponse';
import { nameOf, type Company, type Person } from '../state/company';

/** Numbers of the range reserved for fiction. */
const MAIN_NUMBER = '+16505550100';

const accountUri = (company: Company, origin: string): string =>
  `${origin}/restapi/v1.0/account/${company.accountId}`;

/** In the account API ids of extensions are numbers; in Team Messaging they are strings. */
export function extensionInfo(
  person: Person,
  company: Company,
  origin: string,
  isOwn: boolean,
): GetExtensionInfoResponse {
  const account = accountUri(company, origin);
  return {
    uri: `${account}/extension/${person.id}`,
    id: Number(person.id),
    extensionNumber: person.extensionNumber ?? '',
    name: nameOf(person),
    type: person.kind === 'bot' ? 'Bot' : 'User',
    status: 'Enabled',
    hidden: false,
    setupWizardState: 'Completed',
    creationTime: person.creationTime,
    account: { uri: account, id: company.accountId },
    contact: {
      firstName: person.firstName,
      lastName: person.lastName,
      company: company.name,
      email: person.email,
    },
    permissions: {
      admin: { enabled: person.isAdmin },
      internationalCalling: { enabled: false },
    },
    regionalSettings: {
      timezone: {
        uri: `${origin}/restapi/v1.0/dictionary/timezone/58`,
        id: '58',
        name: 'US/Pacific',
      },
      timeFormat: '12h',
    },
    ...(isOwn && { serviceFeatures: [{ featureName: 'RCTeams', enabled: true }] }),
  };
}

export function accountInfo(company: Company, origin: string): GetAccountInfoResponse {
  return {
    uri: accountUri(company, origin),
    id: Number(company.accountId),
    mainNumber: MAIN_NUMBER,
    status: 'Confirmed',
    setupWizardState: 'Completed',
  };
}
