// SPDX-License-Identifier: MIT
//! Where the library is: the environment variable TRPT_LIBRARY_DIR, or what the linker finds.

fn main() {
    println!("cargo:rerun-if-env-changed=TRPT_LIBRARY_DIR");
    if let Ok(folder) = std::env::var("TRPT_LIBRARY_DIR") {
        println!("cargo:rustc-link-search=native={folder}");
    }
    println!("cargo:rustc-link-lib=dylib=trpt");
}
