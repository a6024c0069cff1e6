/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_PRINT_SCHEMA_H
#define TLSRPT_PRINT_SCHEMA_H

/* The values of --print-schema, ended by NULL. */
extern const char *const schema_names[];

/* Prints the statements that make a table for the rows, for the database with this index in schema_names. Returns the exit
   status. */
int print_schema(int index);

#endif
