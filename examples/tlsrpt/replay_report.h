/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_REPLAY_REPORT_H
#define TLSRPT_REPLAY_REPORT_H

#include <tlsrpt/report.h>

/* Emits the events of a complete report in an order that a parser could have used. The last event, TRPT_EVENT_REPORT,
   is left to the caller. */
void replay_report(const trpt_report *report, void (*emit)(void *user, const trpt_event *event), void *user);

#endif
