/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_REPLAY_H
#define TLSRPT_REPLAY_H

#include <tlsrpt/report.h>

/* All events of a report that was read whole but the last one, REPORT, in an order in which a parser might have given them. */
void replay_report(const trpt_report *report, void (*give)(void *user, const trpt_event *event), void *user);

#endif
