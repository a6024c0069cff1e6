// SPDX-License-Identifier: MIT

// Report-json prints for each input what `tlsrpt report --format json` prints; with -rows what `tlsrpt report --format ndjson --bad-rows`
// prints. usage: report-json [-rows] PATH...
package main

import (
	"flag"
	"fmt"
	"log"
	"os"

	"trpt.example/trpt"
)

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func main() {
	log.SetFlags(0)
	asRows := flag.Bool("rows", false, "print rows")
	flag.Parse()
	options := &trpt.Options{Sequence: true}
	parser := must(trpt.NewParser(options))
	rows := must(trpt.NewRows(os.Stdout, trpt.NDJSON, options))
	for _, path := range flag.Args() {
		data := must(os.ReadFile(path))
		if !*asRows {
			fmt.Printf("%s\n", must(parser.ReportJSON(data, path)))
		} else if err := rows.Add(data, path); err != nil {
			log.Fatal(err)
		}
	}
}
