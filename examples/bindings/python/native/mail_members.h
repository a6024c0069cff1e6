/* SPDX-License-Identifier: MIT */
/* Table of the members of items of mails. Made by docs/generate. */
/* clang-format off */

static const Member mail_item_members[] = {
    {"is_other_content", IS_SET, 0, 1, offsetof(trpt_mail_item, is_other_content)},
    {"number", OFFSET, offsetof(trpt_mail_item, number), 0, 0},
    {"offset", OFFSET, offsetof(trpt_mail_item, offset), 0, 0},
    {"entry", TEXT, offsetof(trpt_mail_item, entry), 0, 0},
    {"part", TEXT, offsetof(trpt_mail_item, part), 0, 0},
    {"media_type", TEXT, offsetof(trpt_mail_item, media_type), 0, 0},
    {"filename", TEXT, offsetof(trpt_mail_item, filename), 0, 0},
    {"sender", TEXT, offsetof(trpt_mail_item, from), 0, 0},
    {"subject", TEXT, offsetof(trpt_mail_item, subject), 0, 0},
    {"date_text", TEXT, offsetof(trpt_mail_item, date_text), 0, 0},
    {"date_seconds", TIME, offsetof(trpt_mail_item, date), 0, 0},
    {"message_id", TEXT, offsetof(trpt_mail_item, message_id), 0, 0},
    {"report_domain", TEXT, offsetof(trpt_mail_item, report_domain), 0, 0},
    {"report_submitter", TEXT, offsetof(trpt_mail_item, report_submitter), 0, 0},
    {"dkim_domain", TEXT, offsetof(trpt_mail_item, dkim_domain), 0, 0},
    {"signer_is_sender", IS_SET, 0, TRPT_SIGNER_IS_FROM, offsetof(trpt_mail_item, signer)},
    {"signer_is_submitter", IS_SET, 0, TRPT_SIGNER_IS_SUBMITTER, offsetof(trpt_mail_item, signer)},
    {"signer_is_contact", IS_SET, 0, TRPT_SIGNER_IS_CONTACT, offsetof(trpt_mail_item, signer)},
};
