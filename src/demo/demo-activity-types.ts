import { Injectable } from '@nestjs/common';
import { ActivityCatalogue } from '../audit/catalogue/activity-catalogue';
import { DEMO_ACCOUNT } from './demo-accounts';

/** The kinds of activity that the demo account registered itself; the examples of the contract name them. */
@Injectable()
export class DemoActivityTypes {
  constructor(private readonly catalogue: ActivityCatalogue) {}

  /** Makes them, in the unit of work that makes the account. */
  create(createdAt: Date): Promise<void> {
    const type = { code: 'custom.crm.note_added', label: 'CRM: add note', group: 'CRM' } as const;
    return this.catalogue.insert({ accountId: DEMO_ACCOUNT.id, ...type, createdAt });
  }
}
