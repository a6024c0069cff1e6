// SPDX-License-Identifier: MIT

// Tests of the public interface with the reports in the repository.
package trpt_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"trpt.example/trpt"
)

var root = func() string {
	if folder := os.Getenv("TRPT_SOURCE"); folder != "" {
		return folder
	}
	return "../../.."
}()

var google = read("tests/data/reports/google.json")

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %+v, want %+v", what, got, want)
	}
}

func read(path string) []byte { return must(os.ReadFile(filepath.Join(root, path))) }

func reports(t *testing.T) map[string][]byte {
	all := map[string][]byte{}
	for _, folder := range []string{"tests/data/reports", "examples/reports"} {
		for _, entry := range must(os.ReadDir(filepath.Join(root, folder))) {
			all[entry.Name()] = read(filepath.Join(folder, entry.Name()))
		}
	}
	domain := strings.Repeat("y", 1<<14) // a parser keeps the texts of small reports only
	all["large"] = []byte(`{"policies":[` + strings.Repeat(`{"policy":{"policy-domain":"`+domain+`"}},`, 10) + `{}]}`)
	if len(all) < 20 {
		t.Fatalf("only %d reports", len(all))
	}
	return all
}

func TestRecord(t *testing.T) {
	record := must(trpt.ParseRecord("v=TLSRPTv1; rua=mailto:a@example.com,ftp://b; x=1;", false))
	same(t, "parts", record, &trpt.Record{
		Ruas: []trpt.Rua{{URI: "mailto:a@example.com", Scheme: trpt.Mailto, Usable: true, Address: "a@example.com"},
			{URI: "ftp://b", Scheme: trpt.Other}},
		Extensions: []trpt.Extension{{Name: "x", Value: "1"}}})
	const spaced, code = "v=TLSRPTv1; rua = mailto:a@b.example", "record.ws-around-equals"
	_, err := trpt.ParseRecord(spaced, true)
	same(t, "error", err, &trpt.Error{Status: "TRPT_E_RECORD", Code: code, Message: err.(*trpt.Error).Message, Where: "rua[0]",
		Line: 1, Column: 16, Offset: 15})
	_, err = trpt.ParseRecord("", false)
	same(t, "an empty record", err.(*trpt.Error).Status, "TRPT_E_NOT_TLSRPT")
	found := must(trpt.DiagnoseRecord(spaced))[0]
	same(t, "diagnostic", []any{found.Code, found.Severity, found.Where, found.Offset}, []any{code, trpt.Bad, "rua[0]", uint64(15)})
	same(t, "advice", strings.Contains(found.Advice(), "equals sign"), true)
	same(t, "written", must(trpt.WriteRecord("mailto:a@example.com", "https://example.com/t;v=1")),
		"v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/t%3Bv=1")
	if _, err := trpt.WriteRecord(); err == nil {
		t.Error("a record without a URI")
	}
}

func events(source io.Reader) (*trpt.Report, error) {
	reader := must(trpt.NewReader(source, nil))
	defer reader.Close()
	return eventsOf(reader)
}

// eventsOf builds a report from the events of a Reader. It has no key, which events do not contain.
func eventsOf(reader *trpt.Reader) (*trpt.Report, error) {
	report := &trpt.Report{}
	var failures []trpt.Failure
	for {
		event, err := reader.Next()
		if err == io.EOF {
			return report, nil
		}
		if err != nil {
			return nil, err
		}
		switch e := event.(type) {
		case *trpt.Failure:
			failures = append(failures, *e)
		case *trpt.Policy:
			e.Failures, failures = failures, nil
			report.Policies = append(report.Policies, *e)
		case *trpt.Diagnostic:
			report.Diagnostics = append(report.Diagnostics, *e)
		case *trpt.Metadata:
			report.Metadata = *e
		}
	}
}

// A new parser, one that has read other reports and errors, and a Reader of chunks return the same.
func TestWholeAndInChunks(t *testing.T) {
	parser := must(trpt.NewParser(nil))
	defer parser.Close()
	for name, data := range reports(t) {
		want, wantErr := trpt.ParseReport(data, nil)
		got, err := parser.Parse(data)
		same(t, name, got, want)
		same(t, name, err, wantErr)
		for _, source := range []io.Reader{bytes.NewReader(data), iotest.OneByteReader(bytes.NewReader(data)),
			iotest.DataErrReader(bytes.NewReader(data))} {
			chunked, err := events(source)
			if want != nil && chunked != nil {
				chunked.Key = want.Key
			}
			same(t, name+" in chunks", chunked, want)
			same(t, name+" in chunks", err, wantErr)
		}
	}
}

func TestWritten(t *testing.T) {
	for name, data := range reports(t) {
		report, err := trpt.ParseReport(data, nil)
		if err != nil {
			continue
		}
		for _, pretty := range []bool{false, true} {
			var text bytes.Buffer
			if err := trpt.WriteReport(&text, report, pretty); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			again := must(trpt.ParseReport(text.Bytes(), nil))
			again.Diagnostics, again.ErrorCount, again.WarningCount, again.InfoCount =
				report.Diagnostics, report.ErrorCount, report.WarningCount, report.InfoCount
			// The key covers a time that cannot be read, but the writer omits it.
			for _, diagnostic := range report.Diagnostics {
				if diagnostic.Code == "report.bad-datetime" {
					again.Key = report.Key
				}
			}
			same(t, name, again, report)
		}
	}
}

func TestMade(t *testing.T) {
	start, domain, many := time.Unix(1772323200, 0), "a\xff", ^uint64(0)
	report := &trpt.Report{Metadata: trpt.Metadata{Start: &start}, Policies: []trpt.Policy{{Type: trpt.STS, Domain: &domain,
		HasPolicy: true, Failures: []trpt.Failure{{Type: trpt.ResultTypeFromName("certificate-expired"), FailedSessions: &many}}}}}
	var text bytes.Buffer
	same(t, "error", trpt.WriteReport(&text, report, false), nil)
	same(t, "text", text.String(), `{"date-range":{"start-datetime":"2026-03-01T00:00:00Z"},"policies":[{"policy":{"policy-type":"sts",`+
		`"policy-domain":"a`+"\uFFFD"+`"},"failure-details":[{"result-type":"certificate-expired",`+
		`"failed-session-count":18446744073709551615}]}]}`)
}

var errGone = errors.New("gone")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errGone }

func TestNames(t *testing.T) {
	got := fmt.Sprint(trpt.Info, trpt.Warning, trpt.Bad, trpt.Other, trpt.Mailto, trpt.HTTPS, trpt.TLSA, trpt.STS, trpt.NoPolicyFound)
	same(t, "names", got, "info warning error other mailto https tlsa sts no-policy-found")
	same(t, "no name", trpt.UnknownPolicy.String(), "")
}

func TestErrors(t *testing.T) {
	_, err := trpt.ParseReport(read("tests/data/reports/cut.json"), nil)
	same(t, "text", err.Error(),
		"line 45, column 26: policies[0].failure-details[1]: The text is not valid JSON, or it is truncated.")
	if _, err := trpt.ParseReport(google, &trpt.Options{MaxInput: 10}); err == nil {
		t.Error("no limit")
	}
	if _, err := trpt.ParseReport([]byte(`{"policies":[null]}`), &trpt.Options{Strict: true}); err == nil {
		t.Error("not strict")
	}
	_, err = events(iotest.ErrReader(errGone))
	same(t, "of the source", err, errGone)
	same(t, "of the writer", trpt.WriteReport(broken{}, &trpt.Report{}, false), errGone)
}

// What a reader returned remains as it was after it is closed, and while others use memory that was freed.
func TestLifetimes(t *testing.T) {
	reader := must(trpt.NewReader(bytes.NewReader(google), nil))
	before := must(eventsOf(reader))
	_, err := reader.Next()
	same(t, "after the end", err, io.EOF)
	reader.Close()
	reader.Close()
	_, err = reader.Next()
	same(t, "closed", err, trpt.ErrClosed)
	for i := 0; i < 200; i++ { // half a MiB each, abandoned before the end
		must(must(trpt.NewReader(bytes.NewReader(google), nil)).Next())
	}
	runtime.GC()
	runtime.GC()
	same(t, "before", before, must(events(bytes.NewReader(google))))
}

// together calls f in several goroutines, and waits for them.
func together(f func(i int)) {
	var all sync.WaitGroup
	for i := 0; i < 4; i++ {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			f(i)
		}(i)
	}
	all.Wait()
}

// One goroutine closes a reader while others read from it.
func TestClosedMeanwhile(t *testing.T) {
	for i := 0; i < 50; i++ {
		reader := must(trpt.NewReader(iotest.OneByteReader(bytes.NewReader(google)), nil))
		together(func(i int) {
			if i == 0 {
				reader.Close()
			}
			if _, err := eventsOf(reader); err != nil && err != trpt.ErrClosed {
				t.Error(err)
			}
		})
	}
}

// Goroutines share a parser, and one of them closes it.
func TestSharedParser(t *testing.T) {
	parser := must(trpt.NewParser(nil))
	together(func(i int) {
		for j := 0; j < 100; j++ {
			if report, err := parser.Parse(google); err == nil {
				same(t, "name", *report.OrganizationName, "Google Inc.")
			} else if err != trpt.ErrClosed {
				t.Error(err)
			}
			if j == 50 && i == 0 {
				parser.Close()
			}
		}
	})
}

const two = `{"report-id":"a","policies":[]}
{"policies":1}
{"report-id":"c","policies":[]}`

// Several reports in an input, of which one is bad.
func TestSequences(t *testing.T) {
	options := &trpt.Options{Sequence: true}
	parser := must(trpt.NewParser(options))
	for _, c := range []struct{ data, want string }{
		{two, "a bad c "}, {"[]", "bad "}, {"", "bad "}, {"\x1F\x8B", "bad "}, {`{"report-id":"a","policies":[]}`, "a "},
		{`{"report-id":"a","policies":[]}{"report-id":"b","policies":[]}`, "a b "},
	} {
		var got string
		same(t, "error", parser.Each([]byte(c.data), func(report *trpt.Report, err error) error {
			if err != nil {
				got += "bad "
			} else {
				got += *report.ReportID + " "
			}
			return nil
		}), nil)
		same(t, c.data, got, c.want)
	}
	same(t, "of f", parser.Each([]byte(two), func(*trpt.Report, error) error { return errGone }), errGone)
	_, err := parser.Parse([]byte("[]"))
	same(t, "no report", err.(*trpt.Error).Status, "TRPT_E_NO_REPORT")
	reader := must(trpt.NewReader(strings.NewReader(two), options))
	var whole, failed int
	for event, err := reader.Next(); err != io.EOF; event, err = reader.Next() {
		if _, ok := event.(*trpt.Metadata); ok {
			whole++
		} else if _, ok := err.(*trpt.Error); ok {
			failed++
		}
	}
	same(t, "events", []int{whole, failed}, []int{2, 1})
}

// The bindings' common test compares lines and rows with what the command prints.
func TestRows(t *testing.T) {
	var table bytes.Buffer
	rows := must(trpt.NewRows(&table, trpt.CSV, nil))
	for _, err := range []error{rows.Header(), rows.Add(google, "good"), rows.Add([]byte("{"), "bad"), rows.Close()} {
		same(t, "error", err, nil)
	}
	var kinds string
	for _, line := range strings.Split(table.String(), "\n") {
		kinds += strings.Split(line, ",")[0] + " "
	}
	same(t, "kinds", kinds, "kind policy failure failure error  ")
	same(t, "closed", rows.Add(nil, ""), trpt.ErrClosed)
	same(t, "of the writer", must(trpt.NewRows(broken{}, trpt.NDJSON, nil)).Add(google, "good"), errGone)
	if _, err := trpt.NewRows(&table, 7, nil); err == nil {
		t.Error("an unknown format")
	}
}

func Benchmark(b *testing.B) {
	parser, bare := must(trpt.NewParser(nil)), must(trpt.NewParser(&trpt.Options{NoDiagnostics: true}))
	for _, way := range []struct {
		name  string
		parse func(data []byte) error
	}{
		{"Trpt", func(data []byte) error { _, err := parser.Parse(data); return err }},
		{"TrptWithoutDiagnostics", func(data []byte) error { _, err := bare.Parse(data); return err }},
		{"TrptJSON", func(data []byte) error { _, err := parser.ReportJSON(data, "a"); return err }},
		{"EncodingJSON", func(data []byte) error { return json.Unmarshal(data, &typedReport{}) }},
		{"EncodingJSONMap", func(data []byte) error { return json.Unmarshal(data, &map[string]any{}) }},
	} {
		b.Run(way.name, func(b *testing.B) {
			data := benchmarkData()
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				if err := way.parse(data[i%len(data)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// benchmarkData is what TRPT_REPORTS names, files separated as in PATH.
func benchmarkData() (data [][]byte) {
	for _, path := range filepath.SplitList(os.Getenv("TRPT_REPORTS")) {
		data = append(data, must(os.ReadFile(path)))
	}
	if data == nil {
		data = [][]byte{google}
	}
	return data
}

type typedReport struct {
	OrganizationName *string `json:"organization-name"`
	DateRange        struct {
		Start *string `json:"start-datetime"`
		End   *string `json:"end-datetime"`
	} `json:"date-range"`
	ContactInfo *string `json:"contact-info"`
	ReportID    *string `json:"report-id"`
	Policies    []struct {
		Policy struct {
			Type    *string  `json:"policy-type"`
			Strings []string `json:"policy-string"`
			Domain  *string  `json:"policy-domain"`
			MXHosts []string `json:"mx-host"`
		} `json:"policy"`
		Summary struct {
			SuccessfulSessions *uint64 `json:"total-successful-session-count"`
			FailedSessions     *uint64 `json:"total-failure-session-count"`
		} `json:"summary"`
		Failures []struct {
			ResultType            string  `json:"result-type"`
			SendingMTAIP          *string `json:"sending-mta-ip"`
			ReceivingMXHostname   *string `json:"receiving-mx-hostname"`
			ReceivingMXHelo       *string `json:"receiving-mx-helo"`
			ReceivingIP           *string `json:"receiving-ip"`
			FailedSessions        *uint64 `json:"failed-session-count"`
			AdditionalInformation *string `json:"additional-information"`
			FailureReasonCode     *string `json:"failure-reason-code"`
		} `json:"failure-details"`
	} `json:"policies"`
}
