import { Injectable } from '@nestjs/common';
import { ActivityCatalogue } from '../audit/catalogue/activity-catalogue';
import { DEMO_ACCOUNT } from './demo-accounts';

/** Creates the custom activity types that the contract's examples use, in the demo account. */
@Injectable()
export class DemoActivityTypes {
  constructor(private readonly catalogue: ActivityCatalogue) {}

  /** Creates the custom activity types, in the transaction that creates the account. */
  create(createdAt: Date): Promise<void> {
    const type = { code: 'custom.crm.note_added', label: 'CRM: add note', group: 'CRM' } as const;
    return this.catalogue.insertCustomType({ accountId: DEMO_ACCOUNT.id, ...type, createdAt });
  }
}
