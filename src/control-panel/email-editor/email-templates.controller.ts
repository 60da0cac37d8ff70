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
import { EmailPreview, QueuedTestEmail } from './email-trial.view';
import { EmailTrialsService } from './email-trials.service';
import { AnswerFormat, PreviewHeadersInterceptor } from './preview-answer';

/** The Email Editor: templates of the mails that shoppers get. */
@ApiTags('Email Editor')
@Controller('email-templates')
@RequirePrivilege(Privilege.EmailEditor)
export class EmailTemplatesController {
  constructor(
    private readonly templates: EmailTemplatesService,
    private readonly states: EmailTemplateStatesService,
    private readonly history: EmailTemplateHistoryService,
    private readonly trials: EmailTrialsService,
  ) {}

  /** Lists the kinds of mail that have templates. Each comes with the placeholders that its templates may have. */
  @Answers('All kinds of mail.')
  @Get('kinds')
  kinds(): EmailKindCatalogue {
    return { data: EMAIL_KINDS.map(emailKindView) };
  }

  /** Lists the account's templates, oldest first. With `deleted=true` it lists the deleted ones instead. */
  @Answers('A page of templates.')
  @Get()
  @TracksPage('Email templates')
  list(@Query() query: EmailTemplatesQuery): Promise<EmailTemplatePage> {
    return this.templates.list(query);
  }

  /** Shows one template, a deleted one too. What mails go out with may be an earlier version: see `activeVersion`. */
  @Answers('The template with its newest content.')
  @Fails('template_not_found')
  @Get(':id')
  @TracksPage('Email template')
  get(@Param() { id }: EmailTemplateParams): Promise<EmailTemplateView> {
    return this.templates.get(id);
  }

  /** Lists what a template said in each of its versions, newest first. Versions are never changed or deleted. */
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
   * Makes a template; it is a draft until it is activated. Its parts are texts with `{{placeholders}}`, and nothing else:
   * what does not parse is a 400 `template_malformed`, what its kind doesn't know a 400 `placeholder_unknown`, and what
   * runs, loads or hides something in the HTML a 400 `html_unsafe`. The HTML is stored as the sanitiser writes it.
   */
  @Post()
  @Answers('The new template, a draft.')
  @Tracked(ActivityType.EmailTemplateCreated, describeCreationAttempt)
  @Fails('template_malformed', 'placeholder_unknown', 'html_unsafe', 'length_out_of_range')
  create(@Body() request: CreateEmailTemplate): Promise<EmailTemplateView> {
    return this.templates.create(request);
  }

  /**
   * Changes a template: the next version of its history, which mails go out with once it is activated. What changes
   * nothing makes no version.
   */
  @Patch(':id')
  @Answers('The template as it is now.')
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
   * Shows a mail as shoppers would get it, with sample values or with those of an order; of a refund's confirmation, with
   * those of the order's newest refund. The page is served so that nothing in it runs.
   */
  @Post(':id/preview')
  @HttpCode(HttpStatus.OK)
  @Tracked(ActivityType.EmailTemplatePreviewed, describeTemplateAttempt, { readsOnly: true })
  @UseInterceptors(PreviewHeadersInterceptor)
  @Fails(
    'template_not_found',
    'template_version_not_found',
    'order_not_found',
    'invoice_not_found',
    'refund_not_requested',
  )
  @ApiExtraModels(EmailPreview)
  @ApiOkResponse({
    description: 'The mail as JSON, or its page alone.',
    headers: {
      'Content-Security-Policy': { description: 'Lets nothing run.', schema: { type: 'string' } },
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
    @AnswerFormat() format: PreviewFormat,
  ): Promise<EmailPreview | string> {
    return this.trials.preview(id, request, format);
  }

  /** Sends a mail as shoppers would get it, without attachments, to an address of your choice. It goes out soon after. */
  @Post(':id/test')
  @HttpCode(HttpStatus.ACCEPTED)
  @Answers('The mail is queued, and goes out soon after.')
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
    return this.trials.sendTest(id, request);
  }

  /**
   * Lets mails go out with a version of the template: from the next one on, in place of whatever was active for its kind
   * and language.
   */
  @Post(':id/activate')
  @HttpCode(HttpStatus.OK)
  @Answers('The template as it is now, with its active version.')
  @Tracked(ActivityType.EmailTemplateActivated, describeTemplateAttempt)
  @Fails('template_not_found', 'template_version_not_found', 'template_deleted')
  activate(@Param() { id }: EmailTemplateParams, @Body() request: ActivateEmailTemplate): Promise<EmailTemplateView> {
    return this.states.activate(id, request);
  }

  /**
   * Deletes a template; it can be restored. Where it was active, mails go out with the next best language, or with what is
   * built in: for invoices a short text, for confirmations no mail.
   */
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Answers('The template is deleted.')
  @Tracked(ActivityType.EmailTemplateDeleted, describeTemplateAttempt)
  @Fails('template_not_found', 'template_deleted')
  delete(@Param() { id }: DeleteEmailTemplateParams): Promise<void> {
    return this.states.delete(id);
  }

  /** Brings a deleted template back, as a draft with all of its history. Mails go out with it once it is activated again. */
  @Answers('The template, a draft.')
  @Fails('template_not_found', 'template_not_deleted')
  @Post(':id/restore')
  @HttpCode(HttpStatus.OK)
  @Tracked(ActivityType.EmailTemplateRestored, describeTemplateAttempt)
  restore(@Param() { id }: RestoreEmailTemplateParams): Promise<EmailTemplateView> {
    return this.states.restore(id);
  }
}
