/* SPDX-License-Identifier: MIT */
#include <tlsrpt/model.h>

#include "../base/text.h"

typedef struct result_type {
  trpt_str name;
  trpt_result_group group;
  const char *description;
} result_type;

#define TEXT(literal)                                                                                                  \
  { literal, sizeof(literal) - 1 }

static const trpt_str policy_types[] = {
    [TRPT_POLICY_UNKNOWN] = {NULL, 0},
    [TRPT_POLICY_TLSA] = TEXT("tlsa"),
    [TRPT_POLICY_STS] = TEXT("sts"),
    [TRPT_POLICY_NO_POLICY_FOUND] = TEXT("no-policy-found"),
};

/* RFC 8460 s4.3 and s6.6. The registry "STARTTLS Validation Result Types" has had no other value since. */
static const result_type result_types[] = {
    [TRPT_RESULT_UNKNOWN] = {{NULL, 0},
                             TRPT_GROUP_UNKNOWN,
                             "The sender named a kind of failure that RFC 8460 does not define. Look at its reason "
                             "code and additional information."},
    [TRPT_RESULT_STARTTLS_NOT_SUPPORTED] = {TEXT("starttls-not-supported"), TRPT_GROUP_NEGOTIATION,
                                            "The mail server did not offer STARTTLS. Check that TLS is enabled on "
                                            "this MX host, and that nothing in front of it strips STARTTLS from its "
                                            "EHLO reply."},
    [TRPT_RESULT_CERTIFICATE_HOST_MISMATCH] = {TEXT("certificate-host-mismatch"), TRPT_GROUP_NEGOTIATION,
                                               "The mail server's certificate does not fit what the policy demands, "
                                               "mostly because the MX host name is none of its names. Check the "
                                               "subject alternative names of the certificate of this MX host."},
    [TRPT_RESULT_CERTIFICATE_NOT_TRUSTED] = {TEXT("certificate-not-trusted"), TRPT_GROUP_NEGOTIATION,
                                             "The mail server's certificate could not be traced to a trusted "
                                             "authority. Check that this MX host sends every intermediate "
                                             "certificate, and that public authorities issued them."},
    [TRPT_RESULT_CERTIFICATE_EXPIRED] = {TEXT("certificate-expired"), TRPT_GROUP_NEGOTIATION,
                                         "The mail server's certificate has expired. Renew it, and check that the "
                                         "mail server on this MX host has loaded the new one."},
    [TRPT_RESULT_VALIDATION_FAILURE] = {TEXT("validation-failure"), TRPT_GROUP_GENERAL,
                                        "TLS failed for a reason that has no name of its own. Look at the reason "
                                        "code, and try a TLS session with this MX host."},
    [TRPT_RESULT_STS_POLICY_FETCH_ERROR] = {TEXT("sts-policy-fetch-error"), TRPT_GROUP_STS,
                                            "The MTA-STS policy could not be fetched. Check that "
                                            "https://mta-sts.<domain>/.well-known/mta-sts.txt answers with status "
                                            "200 and no redirect."},
    [TRPT_RESULT_STS_POLICY_INVALID] = {TEXT("sts-policy-invalid"), TRPT_GROUP_STS,
                                        "The MTA-STS policy was fetched but is not valid. Check its lines version, "
                                        "mode, max_age and mx against RFC 8461 section 3.2."},
    [TRPT_RESULT_STS_WEBPKI_INVALID] = {TEXT("sts-webpki-invalid"), TRPT_GROUP_STS,
                                        "The web server that holds the MTA-STS policy could not be authenticated. "
                                        "Check name, chain and expiry of the certificate of mta-sts.<domain>."},
    [TRPT_RESULT_TLSA_INVALID] = {TEXT("tlsa-invalid"), TRPT_GROUP_DANE,
                                  "None of the TLSA records of the mail server could be used. Check that they fit "
                                  "the certificate that this MX host sends, also after each renewal."},
    [TRPT_RESULT_DNSSEC_INVALID] = {TEXT("dnssec-invalid"), TRPT_GROUP_DANE,
                                    "The resolver returned no records that DNSSEC could validate. Check the "
                                    "signatures and DS records of the domain, and of the zone of this MX host."},
    [TRPT_RESULT_DANE_REQUIRED] = {TEXT("dane-required"), TRPT_GROUP_DANE,
                                   "The sender insists on DANE, but found no DNSSEC-validated TLSA records for the "
                                   "mail server. Publish TLSA records for this MX host in a signed zone."},
};

/* A perfect hash of the names of result types, since each failure needs one look-up: see hash_name. */
static const uint8_t result_type_of_hash[32] = {
    [3] = TRPT_RESULT_STARTTLS_NOT_SUPPORTED,
    [26] = TRPT_RESULT_CERTIFICATE_HOST_MISMATCH,
    [24] = TRPT_RESULT_CERTIFICATE_NOT_TRUSTED,
    [20] = TRPT_RESULT_CERTIFICATE_EXPIRED,
    [1] = TRPT_RESULT_VALIDATION_FAILURE,
    [25] = TRPT_RESULT_STS_POLICY_FETCH_ERROR,
    [21] = TRPT_RESULT_STS_POLICY_INVALID,
    [29] = TRPT_RESULT_STS_WEBPKI_INVALID,
    [13] = TRPT_RESULT_TLSA_INVALID,
    [28] = TRPT_RESULT_DNSSEC_INVALID,
    [2] = TRPT_RESULT_DANE_REQUIRED,
};

enum {
  HASHED_BYTE = 8,
  POLICY_TYPES = sizeof policy_types / sizeof policy_types[0],
  RESULT_TYPES = sizeof result_types / sizeof result_types[0]
};

/* Length and ninth byte tell all the names apart; none is shorter than that. */
static size_t hash_name(const char *name, size_t len) { return (len + (unsigned char)name[HASHED_BYTE]) & 31; }

static bool is_equal(const char *name, size_t len, trpt_str known) {
  return known.len == len && memcmp(name, known.ptr, len) == 0;
}

trpt_policy_type trpt_policy_type_from_name(const char *name, size_t len) {
  if (!name || len == 0) return TRPT_POLICY_UNKNOWN;
  for (trpt_policy_type type = 1; type < POLICY_TYPES; type++)
    if (is_equal(name, len, policy_types[type])) return type;
  return TRPT_POLICY_UNKNOWN;
}

const char *trpt_policy_type_name(trpt_policy_type type) {
  return type > 0 && type < POLICY_TYPES ? policy_types[type].ptr : NULL;
}

trpt_result_type trpt_result_type_from_name(const char *name, size_t len) {
  if (!name || len <= HASHED_BYTE) return TRPT_RESULT_UNKNOWN;
  trpt_result_type type = result_type_of_hash[hash_name(name, len)];
  return is_equal(name, len, result_types[type].name) ? type : TRPT_RESULT_UNKNOWN;
}

static const result_type *entry(trpt_result_type type) {
  return &result_types[type > 0 && type < RESULT_TYPES ? type : TRPT_RESULT_UNKNOWN];
}

const char *trpt_result_type_name(trpt_result_type type) { return entry(type)->name.ptr; }

const char *trpt_result_type_description(trpt_result_type type) { return entry(type)->description; }

trpt_result_group trpt_result_type_group(trpt_result_type type) { return entry(type)->group; }

uint32_t trpt_policy_type_count(void) { return POLICY_TYPES - 1; }

uint32_t trpt_result_type_count(void) { return RESULT_TYPES - 1; }
