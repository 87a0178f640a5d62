//! Builds again when a file that is embedded in the binary has come or gone, which rustc alone would not notice.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=locales");
}
