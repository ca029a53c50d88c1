import type { SimClock } from '../../seam';
import type { EngageAssumptions } from '../assumptions';
import { SEED_FOREIGN_IDS, SEED_IDS, type EngageSeeds } from '../seeds';
import { EngageAccount } from './account';
import type { Category, Identity, Role, User } from './records';

/** An account in which everything that only the web console can make is made already. */
export function practiceAccount(
  clock: SimClock,
  seeds: EngageSeeds,
  assumptions: EngageAssumptions,
): EngageAccount {
  const account = new EngageAccount(clock);
  const dated = (): { created_at: string; updated_at: string } => account.dated();

  const category = (id: string, name: string, parentId: string | null): Category =>
    account.categories.add({
      id,
      ...dated(),
      name,
      parent_id: parentId,
      color: 0,
      mandatory: false,
      multiple: true,
      post_qualification: false,
      unselectable: parentId === null,
      source_ids: [],
    });
  category(SEED_IDS.rootCategory, 'Practice', null);
  category(SEED_IDS.botCategory, 'Bot', SEED_IDS.rootCategory);
  category(SEED_IDS.agentCategory, 'Agent', SEED_IDS.rootCategory);

  account.communities.add({
    id: SEED_IDS.community,
    ...dated(),
    name: 'Practice community',
    type: assumptions.communityType,
    active: true,
  });
  account.sources.add({
    id: SEED_IDS.source,
    ...dated(),
    name: 'Practice source',
    type: assumptions.sourceType,
    active: true,
    status: assumptions.sourceStatusWords.working,
    error_message: null,
    community_id: SEED_IDS.community,
    channel_id: SEED_IDS.channel,
    color: 0,
    default_category_ids: [SEED_IDS.botCategory],
    user_thread_default_category_ids: [],
    content_languages: ['en'],
    hidden_from_stats: false,
    realtimeToken: seeds.realtimeToken,
    baseUri: undefined,
    implementation: undefined,
  });

  const role = (id: string, label: string, mayManage: boolean): Role =>
    account.roles.add({
      id,
      ...dated(),
      label,
      impersonate_user: mayManage,
      update_intervention: mayManage,
      manage_api_access_tokens: mayManage,
      manage_categories: mayManage,
      manage_identities: mayManage,
      update_content_source: mayManage,
    });
  role(SEED_IDS.adminRole, 'Administrator', true);
  role(SEED_IDS.agentRole, 'Agent', false);

  const user = (record: Pick<User, 'id' | 'firstname' | 'lastname' | 'role_id'>): User =>
    account.users.add({
      ...dated(),
      ...record,
      email: `${record.firstname}.${record.lastname}@practice.example`.toLowerCase(),
      nickname: null,
      enabled: true,
      category_ids: [],
      identity_ids: [],
      team_ids: [],
      external_id: null,
      locale: 'en',
      timezone: 'UTC',
    });
  const admin = user({
    id: SEED_IDS.admin,
    firstname: 'Ada',
    lastname: 'Admin',
    role_id: SEED_IDS.adminRole,
  });
  const agent = user({
    id: SEED_IDS.agent,
    firstname: 'Alex',
    lastname: 'Agent',
    role_id: SEED_IDS.agentRole,
  });
  agent.category_ids = [SEED_IDS.agentCategory];

  const identity = (id: string, foreignId: string, screenname: string, holder?: User): Identity => {
    if (holder) holder.identity_ids = [id];
    return account.identities.add({
      id,
      ...dated(),
      community_id: SEED_IDS.community,
      type: assumptions.communityType,
      foreign_id: foreignId,
      uuid: foreignId,
      screenname,
      firstname: null,
      lastname: null,
      email: null,
      gender: null,
      home_phone: null,
      mobile_phone: null,
      avatar_url: null,
      identity_group_id: null,
      user_ids: holder ? [holder.id] : [],
      extra_values: {},
      puppetizable: holder !== undefined,
    });
  };
  identity(SEED_IDS.botIdentity, SEED_FOREIGN_IDS.bot, 'Practice Bot', admin);
  identity(SEED_IDS.agentIdentity, SEED_FOREIGN_IDS.agent, 'Practice Agent', agent);
  identity(SEED_IDS.customerIdentity, SEED_FOREIGN_IDS.customer, 'Practice Customer');
  return account;
}
