import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Patch,
  Post,
  Query,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';

import { Answers } from '../../http/contract/answers.decorator';
import { Creates } from '../../http/contract/creates.decorator';
import { SendsHeaders } from '../../http/contract/response-headers';
import { Fails } from '../../http/problems/fails.decorator';
import { EMAIL_KINDS } from '../shopper-mails/email-template.entity';
import { describeCreationAttempt, describeTemplateAttempt } from './describe-template-attempt';

import { EmailKindCatalogue, emailKindView } from './email-kind.view';
import {
  ActivateEmailTemplate,
  DeleteEmailTemplateParams,
  EmailTemplateParams,
  PreviewEmailTemplate,
  PreviewQuery,
  RestoreEmailTemplateParams,
  SendTestEmail,
  type PreviewFormat,
} from './email-template-actions.dto';
import { EmailTemplateHistoryService } from './email-template-history.service';
import { EmailTemplateStatesService } from './email-template-states.service';
import { EmailTemplateVersionPage } from './email-template-version.view';
import { EmailTemplateVersionsQuery } from './email-template-versions.dto';
import { EmailTemplatePage, EmailTemplateView } from './email-template.view';
import { CreateEmailTemplate, EmailTemplatesQuery, UpdateEmailTemplate } from './email-templates.dto';
import { EmailTemplatesService } from './email-templates.service';
import { EmailPreview, QueuedTestEmail } from './email-preview.view';
import { EmailPreviewsService } from './email-previews.service';
import { ResponseFormat, PreviewHeadersInterceptor } from './preview-response';

/** The Email Editor: templates for the emails that shoppers receive. */
@ApiTags('Email Editor')
@Controller('email-templates')
@RequirePrivilege(Privilege.EmailEditor)
export class EmailTemplatesController {
  constructor(
    private readonly templates: EmailTemplatesService,
    private readonly states: EmailTemplateStatesService,
    private readonly history: EmailTemplateHistoryService,
    private readonly previews: EmailPreviewsService,
  ) {}

  /**
   * Lists the kinds of email that have templates. For each kind, it lists the placeholders that its templates can
   * contain.
   */
  @Answers('All kinds of email, with their placeholders.')
  @Get('kinds')
  kinds(): EmailKindCatalogue {
    return { data: EMAIL_KINDS.map(emailKindView) };
  }

  /** Lists the account's email templates, oldest first. With `deleted=true` it lists the deleted ones instead. */
  @Answers('A page of templates.')
  @Get()
  @TracksPage('Email templates')
  list(@Query() query: EmailTemplatesQuery): Promise<EmailTemplatePage> {
    return this.templates.list(query);
  }

  /** Returns an email template, even if it is deleted. The response includes the content of the newest version. */
  @Answers('The template with the content of its newest version.')
  @Fails('template_not_found')
  @Get(':id')
  @TracksPage('Email template')
  get(@Param() { id }: EmailTemplateParams): Promise<EmailTemplateView> {
    return this.templates.get(id);
  }

  /** Lists the versions of an email template, newest first. Each version includes its subject, HTML and plain text. */
  @Answers('A page of versions.')
  @Fails('template_not_found')
  @Get(':id/versions')
  @TracksPage('Email template history')
  versions(
    @Param() { id }: EmailTemplateParams,
    @Query() query: EmailTemplateVersionsQuery,
  ): Promise<EmailTemplateVersionPage> {
    return this.history.list(id, query);
  }

  /**
   * Creates an email template. The template is a draft until you activate it. The subject, the HTML and the plain text
   * can contain `{{placeholders}}`, but no other template syntax. A syntax error is refused with 400
   * `template_malformed`, a placeholder that this kind of email does not have with 400 `placeholder_unknown`, and HTML
   * that is not allowed in an email, such as scripts and forms, with 400 `html_unsafe`. The HTML is stored as the
   * sanitizer rewrites it.
   */
  @Post()
  @Answers('The new template, which is a draft.')
  @Creates('id')
  @Tracked(ActivityType.EmailTemplateCreated, describeCreationAttempt)
  @Fails('template_malformed', 'placeholder_unknown', 'html_unsafe', 'length_out_of_range')
  create(@Body() request: CreateEmailTemplate): Promise<EmailTemplateView> {
    return this.templates.create(request);
  }

  /**
   * Updates an email template. Each change creates a new version, which emails use once you activate it. A request that
   * changes nothing does not create a version.
   */
  @Patch(':id')
  @Answers('The updated template.')
  @Tracked(ActivityType.EmailTemplateUpdated, describeTemplateAttempt)
  @Fails(
    'template_malformed',
    'placeholder_unknown',
    'html_unsafe',
    'length_out_of_range',
    'template_not_found',
    'template_deleted',
    'version_outdated',
  )
  update(@Param() { id }: EmailTemplateParams, @Body() request: UpdateEmailTemplate): Promise<EmailTemplateView> {
    return this.templates.update(id, request);
  }

  /**
   * Previews an email as a shopper would receive it. The preview has sample values or the values of an order. A refund
   * confirmation has the values of the order's newest refund. The HTML is served with a Content-Security-Policy header
   * that blocks all scripts.
   */
  @Post(':id/preview')
  @HttpCode(HttpStatus.OK)
  @Tracked(ActivityType.EmailTemplatePreviewed, describeTemplateAttempt, { readsOnly: true })
  @UseInterceptors(PreviewHeadersInterceptor)
  @SendsHeaders('Vary')
  @Fails(
    'template_not_found',
    'template_version_not_found',
    'order_not_found',
    'invoice_not_found',
    'refund_not_requested',
  )
  @ApiExtraModels(EmailPreview)
  @ApiOkResponse({
    description: 'The whole email as JSON, or only its HTML.',
    headers: {
      'Content-Security-Policy': { description: 'A policy that blocks all scripts.', schema: { type: 'string' } },
    },
    content: {
      'application/json': { schema: { $ref: getSchemaPath(EmailPreview) } },
      'text/html': { schema: { type: 'string' }, example: '<p>Dear Sara Shopper,</p>' },
    },
  })
  preview(
    @Param() { id }: EmailTemplateParams,
    @Body() request: PreviewEmailTemplate,
    @Query() _query: PreviewQuery,
    @ResponseFormat() format: PreviewFormat,
  ): Promise<EmailPreview | string> {
    return this.previews.preview(id, request, format);
  }

  /**
   * Sends a test email to an address of your choice. It is the email that a shopper would receive, without attachments.
   * The email is queued, and is sent shortly afterwards.
   */
  @Post(':id/test')
  @HttpCode(HttpStatus.ACCEPTED)
  @Answers('The email is queued, and is sent shortly afterwards.')
  @Tracked(ActivityType.EmailTemplateTestSent, describeTemplateAttempt)
  @Fails(
    'template_not_found',
    'template_version_not_found',
    'order_not_found',
    'invoice_not_found',
    'template_deleted',
    'refund_not_requested',
  )
  sendTest(@Param() { id }: EmailTemplateParams, @Body() request: SendTestEmail): Promise<QueuedTestEmail> {
    return this.previews.sendTest(id, request);
  }

  /**
   * Activates a version of an email template. The next emails of this kind and language are sent with it. It replaces
   * the version that was active before, also if that version belongs to another template.
   */
  @Post(':id/activate')
  @HttpCode(HttpStatus.OK)
  @Answers('The template with its active version.')
  @Tracked(ActivityType.EmailTemplateActivated, describeTemplateAttempt)
  @Fails('template_not_found', 'template_version_not_found', 'template_deleted')
  activate(@Param() { id }: EmailTemplateParams, @Body() request: ActivateEmailTemplate): Promise<EmailTemplateView> {
    return this.states.activate(id, request);
  }

  /**
   * Deletes an email template. You can restore it later. If it was active, emails are sent with the active template in
   * the next best language. Without any active template, invoices are sent with a short built-in text, and the other
   * kinds of email are not sent.
   */
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Answers('The template was deleted.')
  @Tracked(ActivityType.EmailTemplateDeleted, describeTemplateAttempt)
  @Fails('template_not_found', 'template_deleted')
  delete(@Param() { id }: DeleteEmailTemplateParams): Promise<void> {
    return this.states.delete(id);
  }

  /** Restores a deleted email template as a draft. All its versions are kept. */
  @Answers('The restored template, which is a draft.')
  @Fails('template_not_found', 'template_not_deleted')
  @Post(':id/restore')
  @HttpCode(HttpStatus.OK)
  @Tracked(ActivityType.EmailTemplateRestored, describeTemplateAttempt)
  restore(@Param() { id }: RestoreEmailTemplateParams): Promise<EmailTemplateView> {
    return this.states.restore(id);
  }
}
