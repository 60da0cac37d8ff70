import { dateTime, flag, id, ids, integer } from './detail';

/** Of a record that stands for several attempts, which were refused after too many wrong passwords. */
const REFUSED_ATTEMPTS = {
  refused: integer('The number of refused attempts that the record stands for.', 25),
  from: dateTime('The time of the first of these attempts', '2026-01-15T09:30:00.000Z'),
  to: dateTime('The time of the last of these attempts', '2026-01-15T09:44:10.000Z'),
};

/** The details of records about logins, sessions and passwords, by activity type. */
export const SESSION_DETAILS = {
  'user.login': {
    endedSessions: ids(
      "The ids of the user's oldest sessions, which the login ended because a user can have only a limited number of them.",
      'SESS1',
    ),
    ...REFUSED_ATTEMPTS,
  },
  'user.logout': {},
  'session.ended': {
    sessionId: id('The id of the session, if one session was ended.', 'SESS1'),
    ended: integer('The number of sessions that were ended, if the user ended all other sessions.', 2),
  },
  'user.password_changed': {
    userId: id('The id of the user whose password was changed.', 'VSER3'),
    invitation: flag('Whether the user chose the password by the link in an invitation.'),
    revokeApiKeys: flag('Whether the request revoked the API keys that the user had created.'),
    revokedApiKeys: ids('The ids of the API keys that were revoked. Each also has a record.', 'KEY01'),
    ...REFUSED_ATTEMPTS,
  },
} as const;
