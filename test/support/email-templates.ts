import type { Person, Query } from './person';

export const TEMPLATES = '/v1/email-templates';

/** A template of the email with an invoice, in English. */
export const INVOICE_TEMPLATE = {
  name: 'Invoice',
  kind: 'invoice',
  language: 'en',
  subject: 'Invoice {{invoiceNumber}} for {{shopperName}}',
  html: '<p>Dear {{shopperName}}, <b>{{total}} {{currency}}</b></p>',
  text: 'Dear {{shopperName}}, {{total}} {{currency}}\n',
};

/** Returns a request that creates a template of the email with an invoice. */
export function buildTemplate(change: object = {}) {
  return { ...INVOICE_TEMPLATE, ...change };
}

/** A template in a response. */
export interface Template {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

/** A user who edits templates. */
export class Editor {
  constructor(readonly person: Person) {}

  async makes(change: object = {}): Promise<Template> {
    const { body } = await this.person.post(TEMPLATES, buildTemplate(change)).expect(201);
    return body;
  }

  async makesActive(change: object = {}): Promise<Template> {
    return this.activates(await this.makes(change));
  }

  async edits({ id, version }: Template, change: object): Promise<Template> {
    const { body } = await this.person.patch(`${TEMPLATES}/${id}`, { version, ...change }).expect(200);
    return body;
  }

  async activates({ id }: Template, request?: object): Promise<Template> {
    const { body } = await this.person.post(`${TEMPLATES}/${id}/activate`, request).expect(200);
    return body;
  }

  async deletes({ id }: Template): Promise<void> {
    await this.person.delete(`${TEMPLATES}/${id}`).expect(204);
  }

  async sees({ id }: Pick<Template, 'id'>): Promise<Template> {
    const { body } = await this.person.get(`${TEMPLATES}/${id}`).expect(200);
    return body;
  }

  async lists(query: Query = {}): Promise<Template[]> {
    const { body } = await this.person.get(TEMPLATES, query).expect(200);
    return body.data;
  }
}
