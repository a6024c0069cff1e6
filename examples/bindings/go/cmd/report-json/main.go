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

func main() {
	log.SetFlags(0)
	asRows := flag.Bool("rows", false, "print rows")
	flag.Parse()
	options := &trpt.Options{Sequence: true}
	parser, err := trpt.NewParser(options)
	if err != nil {
		log.Fatal(err)
	}
	rows, err := trpt.NewRows(os.Stdout, trpt.NDJSON, options)
	if err != nil {
		log.Fatal(err)
	}
	for _, path := range flag.Args() {
		data, err := os.ReadFile(path)
		if err != nil {
			log.Fatal(err)
		}
		if *asRows {
			err = rows.Add(data, path)
		} else {
			var lines []byte
			lines, err = parser.ReportJSON(data, path)
			fmt.Printf("%s\n", lines)
		}
		if err != nil {
			log.Fatal(err)
		}
	}
}
