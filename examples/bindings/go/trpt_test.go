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

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func google(t testing.TB) []byte { return read(t, "tests/data/reports/google.json") }

func reports(t *testing.T) map[string][]byte {
	all := map[string][]byte{}
	for _, folder := range []string{"tests/data/reports", "examples/reports"} {
		entries, err := os.ReadDir(filepath.Join(root, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			all[entry.Name()] = read(t, filepath.Join(folder, entry.Name()))
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d reports", len(all))
	}
	return all
}

func TestRecord(t *testing.T) {
	record, err := trpt.ParseRecord("v=TLSRPTv1; rua=mailto:a@example.com,ftp://b; x=1;", false)
	want := &trpt.Record{
		Ruas: []trpt.Rua{{URI: "mailto:a@example.com", Scheme: trpt.Mailto, Usable: true, Address: "a@example.com"},
			{URI: "ftp://b", Scheme: trpt.Other}},
		Extensions: []trpt.Extension{{Name: "x", Value: "1"}}}
	if err != nil || !reflect.DeepEqual(record, want) {
		t.Errorf("got %+v %v, want %+v", record, err, want)
	}
	const spaced = "v=TLSRPTv1; rua = mailto:a@b.example"
	_, err = trpt.ParseRecord(spaced, true)
	var e *trpt.Error
	if !errors.As(err, &e) || e.Status != "TRPT_E_RECORD" || e.Code != "record.ws-around-equals" || e.Where != "rua[0]" || e.Offset != 15 {
		t.Errorf("%+v", err)
	}
	if _, err := trpt.ParseRecord("", false); !errors.As(err, &e) || e.Status != "TRPT_E_NOT_TLSRPT" {
		t.Errorf("an empty record: %v", err)
	}
	found, err := trpt.DiagnoseRecord(spaced)
	if err != nil || len(found) != 1 || found[0].Code != "record.ws-around-equals" || found[0].Severity != trpt.Bad || !strings.Contains(found[0].Advice(), "equals sign") {
		t.Errorf("%+v %v", found, err)
	}
	text, err := trpt.WriteRecord("mailto:a@example.com", "https://example.com/t;v=1")
	if err != nil || text != "v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/t%3Bv=1" {
		t.Errorf("%q %v", text, err)
	}
	if _, err := trpt.WriteRecord(); err == nil {
		t.Error("a record without a URI")
	}
}

// events builds a report from the events of a Reader. It has no key, which events do not contain.
func events(source io.Reader) (*trpt.Report, error) {
	reader, err := trpt.NewReader(source, nil)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
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
	parser, _ := trpt.NewParser(nil)
	defer parser.Close()
	for name, data := range reports(t) {
		want, wantErr := trpt.ParseReport(data, nil)
		if got, err := parser.Parse(data); !reflect.DeepEqual(got, want) || !reflect.DeepEqual(err, wantErr) {
			t.Errorf("%s: new %+v %v, reset %+v %v", name, want, wantErr, got, err)
		}
		for _, source := range []io.Reader{bytes.NewReader(data), iotest.OneByteReader(bytes.NewReader(data)),
			iotest.DataErrReader(bytes.NewReader(data))} {
			chunked, err := events(source)
			if want != nil && chunked != nil {
				chunked.Key = want.Key
			}
			if !reflect.DeepEqual(want, chunked) || !reflect.DeepEqual(wantErr, err) {
				t.Errorf("%s: whole %+v %v, in chunks %+v %v", name, want, wantErr, chunked, err)
			}
		}
	}
}

// A parser keeps the texts of small reports only.
func TestLarge(t *testing.T) {
	parser, _ := trpt.NewParser(nil)
	text := strings.Repeat("y", 1<<14)
	large := []byte(`{"policies":[` + strings.Repeat(`{"policy":{"policy-domain":"`+text+`"}},`, 10) + `{}]}`)
	for i := 0; i < 2; i++ {
		if report, err := parser.Parse(large); err != nil || len(report.Policies) != 11 || *report.Policies[9].Domain != text {
			t.Errorf("%+v %v", report, err)
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
			again, err := trpt.ParseReport(text.Bytes(), nil)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			again.Diagnostics, again.ErrorCount, again.WarningCount, again.InfoCount =
				report.Diagnostics, report.ErrorCount, report.WarningCount, report.InfoCount
			// The key covers a time that cannot be read, but the writer omits it.
			for _, diagnostic := range report.Diagnostics {
				if diagnostic.Code == "report.bad-datetime" {
					again.Key = report.Key
				}
			}
			if !reflect.DeepEqual(report, again) {
				t.Errorf("%s: %+v, written and read %+v", name, report, again)
			}
		}
	}
}

func TestMade(t *testing.T) {
	start, domain, many := time.Unix(1772323200, 0), "a\xff", ^uint64(0)
	report := &trpt.Report{Metadata: trpt.Metadata{Start: &start}, Policies: []trpt.Policy{{Type: trpt.STS, Domain: &domain,
		HasPolicy: true, Failures: []trpt.Failure{{Type: trpt.ResultTypeFromName("certificate-expired"), FailedSessions: &many}}}}}
	var text bytes.Buffer
	err := trpt.WriteReport(&text, report, false)
	if want := `{"date-range":{"start-datetime":"2026-03-01T00:00:00Z"},"policies":[{"policy":{"policy-type":"sts",` +
		`"policy-domain":"a` + "\uFFFD" + `"},"failure-details":[{"result-type":"certificate-expired",` +
		`"failed-session-count":18446744073709551615}]}]}`; err != nil || text.String() != want {
		t.Errorf("got %s %v, want %s", text.String(), err, want)
	}
}

var errGone = errors.New("gone")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errGone }

func TestNames(t *testing.T) {
	got := fmt.Sprint(trpt.Info, trpt.Warning, trpt.Bad, trpt.Other, trpt.Mailto, trpt.HTTPS, trpt.TLSA, trpt.STS, trpt.NoPolicyFound)
	if got != "info warning error other mailto https tlsa sts no-policy-found" {
		t.Error(got)
	}
	if trpt.UnknownPolicy.String() != "" {
		t.Error(trpt.UnknownPolicy)
	}
}

func TestErrors(t *testing.T) {
	_, err := trpt.ParseReport(read(t, "tests/data/reports/cut.json"), nil)
	if want := "line 45, column 26: policies[0].failure-details[1]: The text is not valid JSON, or it is truncated."; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, err := trpt.ParseReport(google(t), &trpt.Options{MaxInput: 10}); err == nil {
		t.Error("no limit")
	}
	if _, err := trpt.ParseReport([]byte(`{"policies":[null]}`), &trpt.Options{Strict: true}); err == nil {
		t.Error("not strict")
	}
	if _, err := events(iotest.ErrReader(errGone)); err != errGone {
		t.Errorf("the source's error became %v", err)
	}
	if err := trpt.WriteReport(broken{}, &trpt.Report{}, false); err != errGone {
		t.Errorf("the writer's error became %v", err)
	}
}

func TestLifetimes(t *testing.T) {
	reader, err := trpt.NewReader(bytes.NewReader(google(t)), nil)
	if err != nil {
		t.Fatal(err)
	}
	var all []trpt.Event
	var atOnce []string
	for event, err := reader.Next(); err != io.EOF; event, err = reader.Next() {
		if err != nil {
			t.Fatal(err)
		}
		text, _ := json.Marshal(event)
		all, atOnce = append(all, event), append(atOnce, string(text))
	}
	if _, err := reader.Next(); err != io.EOF {
		t.Errorf("after the end: %v", err)
	}
	reader.Close()
	reader.Close()
	if _, err := reader.Next(); err != trpt.ErrClosed {
		t.Errorf("closed: %v", err)
	}
	reader = nil
	for i := 0; i < 200; i++ { // half a MiB each, abandoned before the end
		other, err := trpt.NewReader(bytes.NewReader(google(t)), nil)
		if err != nil {
			t.Fatal(err)
		}
		other.Next()
	}
	runtime.GC()
	runtime.GC()
	for i, event := range all {
		if text, _ := json.Marshal(event); string(text) != atOnce[i] {
			t.Errorf("event %d was %s and became %s", i, atOnce[i], text)
		}
	}
}

// One goroutine closes a reader while others read from it.
func TestClosedMeanwhile(t *testing.T) {
	for i := 0; i < 50; i++ {
		reader, err := trpt.NewReader(iotest.OneByteReader(bytes.NewReader(google(t))), nil)
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for j := 0; j < 3; j++ {
			all.Add(1)
			go func() {
				defer all.Done()
				for {
					if _, err := reader.Next(); err != nil {
						if err != io.EOF && err != trpt.ErrClosed {
							t.Error(err)
						}
						return
					}
				}
			}()
		}
		reader.Close()
		all.Wait()
	}
}

const two = `{"report-id":"a","policies":[]}
{"policies":1}
{"report-id":"c","policies":[]}`

// Several reports in an input, of which one is bad.
func TestSequences(t *testing.T) {
	parser, _ := trpt.NewParser(&trpt.Options{Sequence: true})
	plain, _ := trpt.NewParser(nil)
	for _, c := range []struct {
		parser     *trpt.Parser
		data, want string
	}{
		{parser, two, "a bad c "}, {parser, "[]", "bad "}, {parser, "", "bad "}, {parser, "\x1F\x8B", "bad "}, {plain, "{", "bad "},
		{plain, `{"report-id":"a","policies":[]}`, "a "}, {parser, `{"report-id":"a","policies":[]}{"report-id":"b","policies":[]}`, "a b "},
	} {
		var got string
		if err := c.parser.Each([]byte(c.data), func(report *trpt.Report, err error) error {
			if err != nil {
				got += "bad "
			} else {
				got += *report.ReportID + " "
			}
			return nil
		}); err != nil || got != c.want {
			t.Errorf("%q: got %q %v, want %q", c.data, got, err, c.want)
		}
	}
	if err := parser.Each([]byte(two), func(*trpt.Report, error) error { return errGone }); err != errGone {
		t.Error(err)
	}
	var bad *trpt.Error
	if _, err := parser.Parse([]byte("[]")); !errors.As(err, &bad) || bad.Status != "TRPT_E_NO_REPORT" {
		t.Error(err)
	}
	reader, _ := trpt.NewReader(strings.NewReader(two), &trpt.Options{Sequence: true})
	var whole, failed int
	for event, err := reader.Next(); err != io.EOF; event, err = reader.Next() {
		if _, ok := event.(*trpt.Metadata); ok {
			whole++
		} else if errors.As(err, &bad) {
			failed++
		}
	}
	if whole != 2 || failed != 1 {
		t.Error(whole, failed)
	}
}

// The bindings' common test compares lines and rows with what the command prints.
func TestRows(t *testing.T) {
	var table bytes.Buffer
	rows, err := trpt.NewRows(&table, trpt.CSV, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{rows.Header(), rows.Add(google(t), "good"), rows.Add([]byte("{"), "bad"), rows.Close()} {
		if err != nil {
			t.Error(err)
		}
	}
	var kinds string
	for _, line := range strings.Split(table.String(), "\n") {
		kinds += strings.Split(line, ",")[0] + " "
	}
	if kinds != "kind policy failure failure error  " {
		t.Error(kinds)
	}
	if err := rows.Add(nil, ""); err != trpt.ErrClosed {
		t.Error(err)
	}
	full, _ := trpt.NewRows(broken{}, trpt.NDJSON, nil)
	if err := full.Add(google(t), "good"); err != errGone {
		t.Error(err)
	}
	if _, err := trpt.NewRows(&table, 7, nil); err == nil {
		t.Error("an unknown format")
	}
}

// Goroutines share a parser, and one of them closes it.
func TestSharedParser(t *testing.T) {
	parser, _ := trpt.NewParser(nil)
	data, want := google(t), "Google Inc."
	var all sync.WaitGroup
	for i := 0; i < 4; i++ {
		all.Add(1)
		go func(closes bool) {
			defer all.Done()
			for j := 0; j < 100; j++ {
				if report, err := parser.Parse(data); err == nil && *report.OrganizationName != want || err != nil && err != trpt.ErrClosed {
					t.Error(report, err)
				}
				if j == 50 && closes {
					parser.Close()
				}
			}
		}(i == 0)
	}
	all.Wait()
}

func benchmark(b *testing.B, parse func(data []byte) error) {
	data := benchmarkData(b)
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		if err := parse(data[i%len(data)]); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkParser(b *testing.B, options *trpt.Options) {
	parser, _ := trpt.NewParser(options)
	defer parser.Close()
	benchmark(b, func(data []byte) error { _, err := parser.Parse(data); return err })
}

func BenchmarkTrpt(b *testing.B) { benchmarkParser(b, nil) }

func BenchmarkTrptWithoutDiagnostics(b *testing.B) {
	benchmarkParser(b, &trpt.Options{NoDiagnostics: true})
}

func BenchmarkTrptJSON(b *testing.B) {
	parser, _ := trpt.NewParser(nil)
	defer parser.Close()
	benchmark(b, func(data []byte) error { _, err := parser.ReportJSON(data, "a"); return err })
}

func BenchmarkEncodingJSON(b *testing.B) {
	benchmark(b, func(data []byte) error { return json.Unmarshal(data, &typedReport{}) })
}

func BenchmarkEncodingJSONMap(b *testing.B) {
	benchmark(b, func(data []byte) error { return json.Unmarshal(data, &map[string]any{}) })
}

// benchmarkData is what TRPT_REPORTS names, files separated as in PATH.
func benchmarkData(b *testing.B) (data [][]byte) {
	for _, path := range filepath.SplitList(os.Getenv("TRPT_REPORTS")) {
		report, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		data = append(data, report)
	}
	if data == nil {
		data = [][]byte{google(b)}
	}
	return data
}

type typedFailure struct {
	ResultType            string  `json:"result-type"`
	SendingMTAIP          *string `json:"sending-mta-ip"`
	ReceivingMXHostname   *string `json:"receiving-mx-hostname"`
	ReceivingMXHelo       *string `json:"receiving-mx-helo"`
	ReceivingIP           *string `json:"receiving-ip"`
	FailedSessions        *uint64 `json:"failed-session-count"`
	AdditionalInformation *string `json:"additional-information"`
	FailureReasonCode     *string `json:"failure-reason-code"`
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
		Failures []typedFailure `json:"failure-details"`
	} `json:"policies"`
}
