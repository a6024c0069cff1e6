// SPDX-License-Identifier: MIT
//! Compiles libtrpt from `native`, or in a checkout from the sources in the package for Go. Without the feature `bundled`, it links the installed library: from the folder in the environment
//! variable TRPT_LIBRARY_DIR, or from the linker's default folders.

#[cfg(feature = "bundled")]
fn main() {
    let sources = if std::path::Path::new("native").exists() { "native" } else { "../go" };
    println!("cargo:rerun-if-changed={sources}/libtrpt.hh");
    let mut build = cc::Build::new();
    build.file(format!("{sources}/libtrpt.c")).define("TRPT_STATIC", None).opt_level(2).flag_if_supported("-std=c11");
    if let Some(zlib) = std::env::var_os("DEP_Z_INCLUDE") {
        build.include(zlib);
    }
    build.compile("trpt");
}

#[cfg(not(feature = "bundled"))]
fn main() {
    println!("cargo:rerun-if-env-changed=TRPT_LIBRARY_DIR");
    if let Ok(folder) = std::env::var("TRPT_LIBRARY_DIR") {
        println!("cargo:rustc-link-search=native={folder}");
    }
    println!("cargo:rustc-link-lib=dylib=trpt");
}
