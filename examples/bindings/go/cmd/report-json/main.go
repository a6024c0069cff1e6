// SPDX-License-Identifier: MIT

// Report-json prints for each report the line that `tlsrpt report --format json` prints, without the key.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"trpt"
)

// hidden has the characters that are invisible, or that change how others are displayed.
var hidden = &unicode.RangeTable{
	R16: []unicode.Range16{{0x00, 0x1F, 1}, {0x7F, 0x9F, 1}, {0xAD, 0xAD, 1}, {0x61C, 0x61C, 1}, {0x115F, 0x1160, 1},
		{0x17B4, 0x17B5, 1}, {0x180B, 0x180F, 1}, {0x200B, 0x200F, 1}, {0x2028, 0x202E, 1}, {0x2060, 0x206F, 1}, {0x3164, 0x3164, 1},
		{0xFE00, 0xFE0F, 1}, {0xFEFF, 0xFEFF, 1}, {0xFFA0, 0xFFA0, 1}, {0xFFF0, 0xFFFB, 1}, {0xFFFE, 0xFFFF, 1}},
	R32: []unicode.Range32{{0xE0000, 0xE0FFF, 1}},
}

// badRun returns the length of the longest prefix of invalid text that could begin a character, at least 1.
func badRun(text string) int {
	for n := utf8.UTFMax - 1; n > 1; n-- {
		if n <= len(text) && !utf8.FullRuneInString(text[:n]) {
			return n
		}
	}
	return 1
}

// short has the letters of short escapes.
var short = map[rune]byte{'"': '"', '\\': '\\', '\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r'}

func quoted(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		letter, isShort := short[r]
		switch {
		case r == utf8.RuneError && size == 1:
			out.WriteRune(utf8.RuneError)
			size = badRun(text)
		case isShort:
			out.WriteByte('\\')
			out.WriteByte(letter)
		case !unicode.Is(hidden, r):
			out.WriteRune(r)
		case r <= 0xFFFF:
			fmt.Fprintf(&out, "\\u%04x", r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&out, "\\u%04x\\u%04x", high, low)
		}
		text = text[size:]
	}
	out.WriteByte('"')
	return out.String()
}

// members of a JSON object. Absent members are omitted.
type members []string

func (m *members) raw(name, value string) { *m = append(*m, quoted(name)+":"+value) }

func (m *members) text(name string, value *string) {
	if value != nil {
		m.raw(name, quoted(*value))
	}
}

func (m *members) number(name string, value *uint64) {
	if value != nil {
		m.raw(name, strconv.FormatUint(*value, 10))
	}
}

func (m *members) list(name string, values []string) {
	if values == nil {
		return
	}
	elements := make([]string, len(values))
	for i, value := range values {
		elements[i] = quoted(value)
	}
	m.raw(name, array(elements))
}

func (m *members) time(name string, value *time.Time) {
	if value == nil {
		return
	}
	if text, err := trpt.FormatTime(value.Unix()); err == nil {
		m.raw(name, quoted(text))
	}
}

func (m *members) inner(name string, inner members) {
	if len(inner) > 0 {
		m.raw(name, inner.object())
	}
}

func (m members) object() string { return "{" + strings.Join(m, ",") + "}" }

func array(elements []string) string { return "[" + strings.Join(elements, ",") + "]" }

func failure(f *trpt.Failure) string {
	var m members
	m.text("result-type", f.TypeName)
	m.text("sending-mta-ip", f.SendingMTAIP)
	m.text("receiving-mx-hostname", f.ReceivingMXHostname)
	m.text("receiving-mx-helo", f.ReceivingMXHelo)
	m.text("receiving-ip", f.ReceivingIP)
	m.number("failed-session-count", f.FailedSessions)
	m.text("additional-information", f.AdditionalInformation)
	m.text("failure-reason-code", f.FailureReasonCode)
	return m.object()
}

func policy(p *trpt.Policy, failures []string) string {
	var m, inner, summary members
	if p.HasPolicy {
		inner.text("policy-type", p.TypeName)
		inner.list("policy-string", p.Strings)
		inner.text("policy-domain", p.Domain)
		inner.list("mx-host", p.MXHosts)
		m.raw("policy", inner.object())
	}
	summary.number("total-successful-session-count", p.SuccessfulSessions)
	summary.number("total-failure-session-count", p.FailedSessions)
	m.inner("summary", summary)
	if p.HasFailures || len(failures) > 0 {
		m.raw("failure-details", array(failures))
	}
	return m.object()
}

func position(m *members, line, column uint32, offset uint64, where, message string) {
	m.raw("line", fmt.Sprint(line))
	m.raw("column", fmt.Sprint(column))
	m.raw("offset", fmt.Sprint(offset))
	m.raw("where", quoted(where))
	m.raw("message", quoted(message))
}

func diagnostic(f *trpt.Finding) string {
	var m members
	m.raw("code", quoted(f.Code))
	m.raw("severity", quoted(f.Severity.String()))
	position(&m, f.Line, f.Column, f.Offset, f.Where, f.Message)
	m.raw("section", quoted(f.Section))
	return m.object()
}

func errorMembers(e *trpt.Error) members {
	var all, m members
	message := e.Message
	if e.Status == "TRPT_E_TRUNCATED" && e.Offset == 0 {
		message = "The input is empty."
	}
	m.raw("status", quoted(e.Status))
	if e.Code == "" {
		m.raw("code", "null")
	} else {
		m.raw("code", quoted(e.Code))
	}
	position(&m, e.Line, e.Column, e.Offset, e.Where, message)
	all.raw("error", m.object())
	return all
}

func metadata(m *trpt.Metadata, policies []string) members {
	var own, dates members
	own.text("organization-name", m.OrganizationName)
	dates.time("start-datetime", m.Start)
	dates.time("end-datetime", m.End)
	own.inner("date-range", dates)
	own.text("contact-info", m.ContactInfo)
	own.text("report-id", m.ReportID)
	own.raw("policies", array(policies))
	return own
}

func line(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	reader, err := trpt.NewReader(file, nil)
	if err != nil {
		return "", err
	}
	defer reader.Close()
	var own members
	var policies, failures, diagnostics []string
	for err == nil {
		var event trpt.Event
		event, err = reader.Next()
		switch e := event.(type) {
		case *trpt.Failure:
			failures = append(failures, failure(e))
		case *trpt.Policy:
			policies = append(policies, policy(e, failures))
			failures = nil
		case *trpt.Finding:
			diagnostics = append(diagnostics, diagnostic(e))
		case *trpt.Metadata:
			own = metadata(e, policies)
		}
	}
	if bad := (*trpt.Error)(nil); errors.As(err, &bad) {
		own = errorMembers(bad)
	} else if err != io.EOF {
		return "", err
	}
	all := members{quoted("source") + ":" + quoted(path)}
	all = append(all, own...)
	all.raw("diagnostics", array(diagnostics))
	return all.object(), nil
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	for _, path := range os.Args[1:] {
		text, err := line(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Fprintln(out, text)
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
