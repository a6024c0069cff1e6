// SPDX-License-Identifier: MIT
//! Links libtrpt from the folder in the environment variable TRPT_LIBRARY_DIR, or from the linker's default folders.

fn main() {
    println!("cargo:rerun-if-env-changed=TRPT_LIBRARY_DIR");
    if let Ok(folder) = std::env::var("TRPT_LIBRARY_DIR") {
        println!("cargo:rustc-link-search=native={folder}");
    }
    println!("cargo:rustc-link-lib=dylib=trpt");
}
