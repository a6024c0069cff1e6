/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TRPT_H
#define TRPT_TRPT_H

/**
 * @file
 * @brief Reads and writes TLSRPT records and reports
 *
 * All of the core library: records, reports, and the model that they share. See each header for its manual.
 */

#include <tlsrpt/diagnostic.h>
#include <tlsrpt/key.h>
#include <tlsrpt/model.h>
#include <tlsrpt/parser.h>
#include <tlsrpt/policy.h>
#include <tlsrpt/record.h>
#include <tlsrpt/report.h>
#include <tlsrpt/rows.h>
#include <tlsrpt/status.h>
#include <tlsrpt/time.h>
#include <tlsrpt/writer.h>

#endif
