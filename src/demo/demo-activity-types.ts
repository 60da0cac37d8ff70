import { Injectable } from '@nestjs/common';
import { ActivityCatalogue } from '../audit/catalogue/activity-catalogue';
import { DEMO_ACCOUNT } from './demo-accounts';

/** The custom activity types of the demo account, which the contract's examples use. */
@Injectable()
export class DemoActivityTypes {
  constructor(private readonly catalogue: ActivityCatalogue) {}

  /** Creates the types, in the transaction that creates the account. */
  create(createdAt: Date): Promise<void> {
    const type = { code: 'custom.crm.note_added', label: 'CRM: add note', group: 'CRM' } as const;
    return this.catalogue.insertCustomType({ accountId: DEMO_ACCOUNT.id, ...type, createdAt });
  }
}
