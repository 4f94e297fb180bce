//! Entry point: parses the arguments and calls the server or the command line.
fn main() -> std::process::ExitCode {
    ros_lsp::server::run()
}
