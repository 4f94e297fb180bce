//! A client for tests: the real binary, real frames over pipes. Nothing waits for ever, and at the end nothing may be
//! left unread.

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Far longer than anything takes; only a test that fails waits for it.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) const URI: &str = "file:///project/template.yml";

pub(crate) struct Client {
    server: Child,
    input: Option<ChildStdin>,
    incoming: Receiver<Value>,
    /// Messages that came while another was waited for.
    inbox: VecDeque<Value>,
    errors: Option<JoinHandle<String>>,
    next_id: i64,
    over: bool,
}

impl Client {
    /// Starts the server without saying anything to it.
    pub(crate) fn start() -> Self {
        Client::start_with(|_| ())
    }

    /// The same with changes of its surroundings. It sees no docs packs unless these say where.
    pub(crate) fn start_with(surroundings: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ros-lsp"));
        command.env("ROS_LSP_DOCS", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-docs"));
        surroundings(&mut command);
        let mut server = command
            .arg("--stdio")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let input = server.stdin.take();
        let output = BufReader::new(server.stdout.take().expect("a pipe"));
        let mut stderr = server.stderr.take().expect("a pipe");
        let errors = thread::spawn(move || {
            let mut text = String::new();
            stderr.read_to_string(&mut text).expect("errors are text");
            text
        });
        Client {
            server,
            input,
            incoming: messages(output),
            inbox: VecDeque::new(),
            errors: Some(errors),
            next_id: 0,
            over: false,
        }
    }

    /// Starts the server and shakes hands; also gives its answer to `initialize`.
    pub(crate) fn initialized_with(params: Value) -> (Self, Value) {
        let mut client = Client::start();
        let answer = client.shake_hands(params);
        (client, answer)
    }

    /// `initialize` with its answer, and `initialized`.
    pub(crate) fn shake_hands(&mut self, params: Value) -> Value {
        let answer = self.request("initialize", params);
        self.notify("initialized", json!({}));
        answer
    }

    /// Shakes hands as a client with these capabilities.
    pub(crate) fn with(capabilities: Value) -> Self {
        Client::initialized_with(json!({ "capabilities": capabilities })).0
    }

    /// The same where new findings don't wait for a pause in typing.
    pub(crate) fn that_waits_for_nothing(capabilities: Value) -> Self {
        Client::that_pauses(0, capabilities)
    }

    /// The same with a pause in typing of so many milliseconds.
    pub(crate) fn that_pauses(pause: u32, capabilities: Value) -> Self {
        let options = json!({ "diagnostics": { "typingPause": pause } });
        Client::initialized_with(json!({ "capabilities": capabilities, "initializationOptions": options })).0
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Several messages in one write.
    pub(crate) fn send_all(&mut self, messages: &[Value]) {
        let frames = messages.iter().map(|message| {
            let body = message.to_string();
            format!("Content-Length: {}\r\n\r\n{body}", body.len())
        });
        self.send_bytes(frames.collect::<String>().as_bytes());
    }

    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("input is open");
        input
            .write_all(bytes)
            .and_then(|()| input.flush())
            .expect("the server reads");
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&notification(method, params));
    }

    /// Sends a request and gives its id.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let id = self.next_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The whole answer to the request with this id.
    pub(crate) fn answer(&mut self, id: impl Into<Value>) -> Value {
        let id = id.into();
        self.wait_for(&format!("the answer to request {id}"), |message| {
            message.get("method").is_none() && message.get("id") == Some(&id)
        })
    }

    /// The result of a request.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let mut answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// The error code of a request that fails.
    pub(crate) fn refusal(&mut self, method: &str, params: Value) -> i64 {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        answer["error"]["code"]
            .as_i64()
            .unwrap_or_else(|| panic!("{method} succeeded: {answer}"))
    }

    /// The parameters of the server's next notification of this kind.
    pub(crate) fn notification(&mut self, method: &str) -> Value {
        let mut message = self.wait_for(method, |message| {
            message["method"] == method && message.get("id").is_none()
        });
        message["params"].take()
    }

    /// The id and parameters of the server's next request of this kind.
    pub(crate) fn server_request(&mut self, method: &str) -> (Value, Value) {
        let mut message = self.wait_for(method, |message| {
            message["method"] == method && message.get("id").is_some()
        });
        (message["id"].take(), message["params"].take())
    }

    pub(crate) fn reply(&mut self, id: &Value, result: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        self.send(&did_open(uri, text));
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// The next diagnostics published for a document: its version and list.
    pub(crate) fn published(&mut self, uri: &str) -> (Option<i64>, Vec<Value>) {
        const METHOD: &str = "textDocument/publishDiagnostics";
        let what = format!("diagnostics of {uri}");
        let message = self.wait_for(&what, |message| {
            message["method"] == METHOD && message["params"]["uri"] == uri
        });
        let params = &message["params"];
        (
            params["version"].as_i64(),
            params["diagnostics"].as_array().expect("a list").clone(),
        )
    }

    /// The diagnostics of this version; versions before it may be published first or be left out.
    pub(crate) fn published_for(&mut self, uri: &str, version: i64) -> Vec<Value> {
        loop {
            let (found, list) = self.published(uri);
            let found = found.expect("diagnostics have a version");
            assert!(
                found <= version,
                "diagnostics of version {found} while {version} is current"
            );
            if found == version {
                return list;
            }
        }
    }

    /// `shutdown` and `exit`; the server must leave with 0 although its input stays open.
    pub(crate) fn leave(&mut self) {
        let result = self.request("shutdown", Value::Null);
        assert_eq!(result, Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.exit_code(), 0);
    }

    #[allow(dead_code)] // For the bench that shares this client.
    /// The most memory that the server has had so far, in bytes. 0 where the system doesn't tell.
    #[allow(dead_code, reason = "only the bench asks")]
    pub(crate) fn peak_memory(&self) -> u64 {
        let path = format!("/proc/{}/status", self.server.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        kilobytes.unwrap_or_default() * 1024
    }

    pub(crate) fn close_input(&mut self) {
        self.input = None;
    }

    /// Whether the answer to a request is here already, unread.
    pub(crate) fn has_arrived(&mut self, id: i64) -> bool {
        self.inbox.extend(self.incoming.try_iter());
        self.inbox
            .iter()
            .any(|message| message.get("method").is_none() && message["id"] == id)
    }

    /// Waits for the end of the server, which must not leave anything unread or have complained.
    pub(crate) fn exit_code(&mut self) -> i32 {
        let (code, unread) = self.end();
        assert!(unread.is_empty(), "unread: {unread:#?}");
        code
    }

    /// The same where messages may be on their way.
    pub(crate) fn exit_code_with_unread(&mut self) -> i32 {
        self.end().0
    }

    fn end(&mut self) -> (i32, Vec<Value>) {
        self.over = true;
        let mut unread: Vec<Value> = self.inbox.drain(..).collect();
        loop {
            match self.incoming.recv_timeout(PATIENCE) {
                Ok(message) => unread.push(message),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => self.fail("the end of the server"),
            }
        }
        let code = self.server.wait().expect("the server ends").code();
        let errors = self
            .errors
            .take()
            .map(|errors| errors.join().expect("errors are read"));
        assert_eq!(errors.as_deref(), Some(""), "the server complained");
        (code.expect("no signal ended the server"), unread)
    }

    fn wait_for(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.inbox.iter().position(&wanted) {
            return self.inbox.remove(at).expect("it is there");
        }
        loop {
            match self.incoming.recv_timeout(PATIENCE) {
                Ok(message) if wanted(&message) => return message,
                Ok(message) => self.inbox.push_back(message),
                Err(_) => self.fail(what),
            }
        }
    }

    fn fail(&mut self, what: &str) -> ! {
        self.over = true;
        let _ = self.server.kill();
        let errors = self.errors.take().map(|errors| errors.join());
        panic!("no sign of {what}; unread: {:#?}; stderr: {errors:?}", self.inbox);
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.server.kill();
            let _ = self.server.wait();
        } else if !self.over {
            self.leave();
        }
    }
}

pub(crate) fn notification(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

pub(crate) fn did_open(uri: &str, text: &str) -> Value {
    let language = if uri.ends_with("json") { "json" } else { "yaml" };
    let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
    notification("textDocument/didOpen", json!({ "textDocument": document }))
}

/// A change of one range; lines and columns in the negotiated units.
pub(crate) fn did_change(uri: &str, version: i64, range: [u32; 4], text: &str) -> Value {
    let [line, column, end_line, end_column] = range;
    let range = json!({
        "start": { "line": line, "character": column },
        "end": { "line": end_line, "character": end_column },
    });
    changes(uri, version, json!([{ "range": range, "text": text }]))
}

/// A change of the whole text.
pub(crate) fn did_replace(uri: &str, version: i64, text: &str) -> Value {
    changes(uri, version, json!([{ "text": text }]))
}

pub(crate) fn changes(uri: &str, version: i64, changes: Value) -> Value {
    let document = json!({ "uri": uri, "version": version });
    notification(
        "textDocument/didChange",
        json!({ "textDocument": document, "contentChanges": changes }),
    )
}

pub(crate) fn at(uri: &str, line: u32, column: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": column } })
}

pub(crate) fn document(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri } })
}

fn messages(mut output: impl BufRead + Send + 'static) -> Receiver<Value> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        while let Some(message) = read_message(&mut output) {
            if sender.send(message).is_err() {
                break;
            }
        }
    });
    receiver
}

fn read_message(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).expect("headers are text") == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length.expect("each message says its length")];
    output.read_exact(&mut body).expect("a message is whole");
    Some(serde_json::from_slice(&body).expect("a message is JSON"))
}
