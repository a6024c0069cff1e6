// SPDX-License-Identifier: MIT
//! Whole reports and their parts.

use crate::{append, lossy, must, native, own_text, written, Diagnostic, Failure, Metadata, Policy};
use std::borrow::Cow;
use std::fmt;

/// `result-type`, RFC 8460 s4.3: a number of TRPT_RESULT_*, 0 for an unknown one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResultType(pub i32);

impl ResultType {
    /// Returns 0 for an unknown name.
    pub fn from_name(name: &str) -> Self {
        let name = crate::borrowed(name);
        ResultType(unsafe { native::trpt_result_type_from_name(name.ptr, name.len) })
    }

    /// Explains the type to the owner of the domain, and says what to do.
    pub fn description(self) -> &'static str {
        unsafe { own_text(native::trpt_result_type_description(self.0)) }.unwrap_or("")
    }
}

/// A whole report. Its parts are read when they are asked for. `Text` is `Cow<str>` to borrow texts from the report, or `String`.
pub struct Report(pub(crate) *mut native::Report);

// A report never changes.
unsafe impl Send for Report {}
unsafe impl Sync for Report {}

impl Drop for Report {
    fn drop(&mut self) {
        unsafe { native::trpt_report_free(self.0) }
    }
}

impl Report {
    pub fn metadata(&self) -> Metadata<Cow<'_, str>> {
        unsafe { Metadata::copy(&*native::trpt_report_metadata(self.0)) }
    }

    /// The policies with their failures.
    pub fn policies(&self) -> impl ExactSizeIterator<Item = Policy<Cow<'_, str>>> {
        (0..unsafe { native::trpt_report_policy_count(self.0) }).map(move |i| unsafe {
            let count = native::trpt_report_failure_count(self.0, i);
            let failures = (0..count).map(|j| Failure::copy(&*native::trpt_report_failure(self.0, i, j))).collect();
            Policy { failures, ..Policy::copy(&*native::trpt_report_policy(self.0, i)) }
        })
    }

    pub fn diagnostics(&self) -> impl ExactSizeIterator<Item = Diagnostic<Cow<'_, str>>> {
        (0..unsafe { native::trpt_report_diagnostic_count(self.0) })
            .map(move |i| unsafe { Diagnostic::copy(&*native::trpt_report_diagnostic(self.0, i)) })
    }

    /// Equal for two deliveries of one report. It is computed in each call.
    pub fn key(&self) -> String {
        must(written(|buffer, capacity, needed| unsafe { native::trpt_report_key(self.0, buffer, capacity, needed) }))
    }

    /// Returns the JSON text of the report, with line breaks and indentation if `pretty`. Absent members and diagnostics are omitted.
    pub fn to_json(&self, pretty: bool) -> String {
        let mut out = Vec::<u8>::new();
        let user: *mut Vec<u8> = &mut out;
        must(crate::check(unsafe { native::trpt_report_write(self.0, pretty.into(), append, user.cast()) }));
        lossy(out)
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (policies, diagnostics): (Vec<_>, Vec<_>) = (self.policies().collect(), self.diagnostics().collect());
        let mut parts = f.debug_struct("Report");
        parts.field("metadata", &self.metadata()).field("policies", &policies).field("diagnostics", &diagnostics).finish()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_later_number_becomes_the_first() {
        assert_eq!(crate::PolicyType::of(99), crate::PolicyType::Unknown);
    }
}
