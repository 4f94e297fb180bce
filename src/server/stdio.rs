//! Standard input and output on threads of their own, beside the runtime: reading never waits for a free worker, and
//! nothing that the framework's decoder would stumble over reaches it.
//!
//! N.B. The framework's reader ends for good at the first frame that it can't decode (a stray byte, a batch, an unknown
//! charset), which looks like a crash to the editor. So each frame is read and checked here and handed on in plain form.

use super::lifecycle::Lifecycle;
use super::spelling::Spellings;
use serde_json::{Value, json};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::pin::Pin;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll};
use std::thread;
use tokio::io::{AsyncWrite, AsyncWriteExt, DuplexStream, duplex};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Id, Request};

/// Bytes that may wait between a thread and the runtime; a full didOpen of a usual template fits.
const PIPE: usize = 64 * 1024;

/// The message that stands in for a frame whose body can't be read; the gate answers it.
pub(super) const UNREADABLE: &str = "$/ros/unreadable";

/// Starts to read frames from `source`; the stream given back carries them, and ends where `source` does. The end of
/// input ends the session.
pub(super) fn input(source: impl Read + Send + 'static, lifecycle: Arc<Lifecycle>) -> DuplexStream {
    let (mut sink, stream) = duplex(PIPE);
    let runtime = Handle::current();
    thread::spawn(move || {
        let mut source = BufReader::with_capacity(PIPE, source);
        while let Ok(Some(body)) = read_frame(&mut source) {
            let frame = plain_frame(&body);
            if runtime.block_on(sink.write_all(&frame)).is_err() {
                break;
            }
        }
        drop(sink);
        lifecycle.end();
    });
    stream
}

/// Starts to write to `target` what the framework hands over, with addresses as the client spells them; the receiver hears
/// when all of it is out.
///
/// N.B. The framework stops reading when its output does not take any more, edits included. So this takes everything at
/// once: a client that is slow to read costs memory, not order.
pub(super) fn output(
    mut target: impl Write + Send + 'static,
    spellings: Arc<Spellings>,
    lifecycle: Arc<Lifecycle>,
) -> (Output, oneshot::Receiver<()>) {
    let (sender, pieces) = mpsc::channel::<Vec<u8>>();
    let (flushed, all_out) = oneshot::channel();
    thread::spawn(move || {
        let mut frames = Frames::default();
        while let Ok(piece) = pieces.recv() {
            let ready = frames.push(&piece, &spellings);
            if target.write_all(&ready).and_then(|()| target.flush()).is_err() {
                // Nobody reads the answers: the client is gone, even where something keeps our input open.
                lifecycle.end();
                break;
            }
        }
        // Nobody listens any more when the server ends in a hurry.
        let _ = flushed.send(());
    });
    (Output(sender), all_out)
}

/// What the framework has written so far, up to where a frame ends.
#[derive(Default)]
struct Frames {
    /// The beginning of a frame.
    pending: Vec<u8>,
}

impl Frames {
    /// Takes a piece of the output; gives the frames that are complete now, ready for the client.
    fn push(&mut self, piece: &[u8], spellings: &Spellings) -> Vec<u8> {
        self.pending.extend_from_slice(piece);
        let mut ready = Vec::new();
        let mut rest = self.pending.as_slice();
        let mut at = rest;
        while let Ok(Some(body)) = read_frame(&mut at) {
            match spellings.written(&body) {
                Some(body) => ready.extend(frame(&body)),
                None => ready.extend_from_slice(&rest[..rest.len() - at.len()]),
            }
            rest = at;
        }
        let done = self.pending.len() - rest.len();
        self.pending.drain(..done);
        ready
    }
}

/// The framework's end of the output.
pub(super) struct Output(mpsc::Sender<Vec<u8>>);

impl AsyncWrite for Output {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let sent = self.0.send(bytes.to_vec());
        Poll::Ready(match sent {
            Ok(()) => Ok(bytes.len()),
            Err(_) => Err(io::ErrorKind::BrokenPipe.into()),
        })
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// The body of the next frame; `None` at the end of input. Lines that are no header are skipped.
fn read_frame(source: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if source.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if let Some(found) = content_length(&line) {
            length = Some(found);
        } else if line.trim_ascii().is_empty()
            && let Some(length) = length
        {
            let mut body = Vec::new();
            let read = source.by_ref().take(length).read_to_end(&mut body)?;
            return Ok((read as u64 == length).then_some(body));
        }
    }
}

/// The value of a `Content-Length` header. Rubbish may stand before it: the rest of a frame whose length was wrong.
fn content_length(line: &[u8]) -> Option<u64> {
    const NAME: &str = "content-length:";
    let line = String::from_utf8_lossy(line).to_ascii_lowercase();
    let at = line.rfind(NAME)?;
    line[at + NAME.len()..].trim().parse().ok()
}

/// The frame that the framework is given for `body`.
fn plain_frame(body: &[u8]) -> Vec<u8> {
    // A response reads as a request without method, so that this covers all three kinds of messages.
    let error = match serde_json::from_slice::<Request>(body) {
        Ok(request) if request.method().is_empty() => return frame_without_method(body, request.id()),
        Ok(_) => return frame(body),
        Err(error) => error,
    };
    if let Some(body) = without_lone_surrogates(body)
        && serde_json::from_slice::<Request>(&body).is_ok()
    {
        return frame(&body);
    }
    unreadable(Value::Null, !error.is_data(), &error.to_string())
}

/// A reply is handed on. What is no reply either has to be answered if it has an id.
fn frame_without_method(body: &[u8], id: Option<&Id>) -> Vec<u8> {
    let message: Value = serde_json::from_slice(body).unwrap_or_default();
    let is_reply = message.get("result").is_some() || message.get("error").is_some();
    match id {
        Some(_) if !is_reply => {
            let id = message.get("id").cloned().unwrap_or_default();
            unreadable(id, false, "a request needs a method")
        }
        _ => frame(body),
    }
}

/// The message that stands in for one that can't be read.
fn unreadable(id: Value, syntax: bool, message: &str) -> Vec<u8> {
    let why = json!({ "id": id, "syntax": syntax, "message": message });
    let stand_in = json!({ "jsonrpc": "2.0", "id": null, "method": UNREADABLE, "params": why });
    frame(stand_in.to_string().as_bytes())
}

/// The message with U+FFFD in place of each half of a surrogate pair that stands alone; `None` where there is none.
/// JavaScript's texts may have such halves, and JSON can write them, but no text of ours can hold them. Both count as one
/// UTF-16 unit, so that later columns still fit.
fn without_lone_surrogates(body: &[u8]) -> Option<Vec<u8>> {
    let mut mended = Vec::with_capacity(body.len());
    let mut at = 0;
    let mut found = false;
    while let Some(&byte) = body.get(at) {
        let rest = body.get(at..).unwrap_or_default();
        let length = match escaped_unit(rest) {
            Some(0xD800..=0xDBFF)
                if matches!(rest.get(6..).and_then(escaped_unit), Some(0xDC00..=0xDFFF)) =>
            {
                12
            }
            Some(0xD800..=0xDFFF) => {
                found = true;
                mended.extend_from_slice(b"\\ufffd");
                at += 6;
                continue;
            }
            _ if byte == b'\\' => 2,
            _ => 1,
        };
        mended.extend_from_slice(rest.get(..length).unwrap_or(rest));
        at += length;
    }
    found.then_some(mended)
}

/// The UTF-16 unit of an escape (`\uD800`) at the beginning of a JSON text.
fn escaped_unit(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn frame(body: &[u8]) -> Vec<u8> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(mut input: &[u8]) -> Vec<String> {
        let mut bodies = Vec::new();
        while let Some(body) = read_frame(&mut input).unwrap() {
            bodies.push(String::from_utf8(body).unwrap());
        }
        bodies
    }

    #[test]
    fn headers_are_read_liberally() {
        let input =
            "content-length: 2\r\nContent-Type: x; charset=latin1\r\n\r\n{}Content-Length:6\n\n\"专\"x";
        assert_eq!(bodies(input.as_bytes()), ["{}", "\"专\"x"]);
    }

    #[test]
    fn reading_goes_on_after_rubbish() {
        let input = "hello\r\n\r\nContent-Length: 2\r\n\r\n{}rubbishContent-Length: 4\r\n\r\nnull";
        assert_eq!(bodies(input.as_bytes()), ["{}", "null"]);
        assert_eq!(
            bodies(b"Content-Length: many\r\n\r\nContent-Length: 2\r\n\r\n[]"),
            ["[]"]
        );
    }

    #[test]
    fn halves_of_surrogate_pairs_become_replacement_characters() {
        let mended = |text: &str| {
            let mended = without_lone_surrogates(text.as_bytes())?;
            Some(String::from_utf8(mended).unwrap())
        };
        assert_eq!(mended(r#"{"a":"\ud83d\uDE00 \\ud800 专\n"}"#), None);
        assert_eq!(mended(r#""\ud800""#).as_deref(), Some(r#""\ufffd""#));
        assert_eq!(
            mended(r#""\uDE00\ud83dx\uD800\ud83d\ude00\\\\\uDBFF""#).as_deref(),
            Some(r#""\ufffd\ufffdx\ufffd\ud83d\ude00\\\\\ufffd""#)
        );
        assert_eq!(mended("\\u"), None);
        assert_eq!(mended("\\"), None);
    }

    #[test]
    fn a_frame_cut_short_is_no_frame() {
        assert!(bodies(b"Content-Length: 10\r\n\r\n{}").is_empty());
        assert!(bodies(b"Content-Length: 10\r\n").is_empty());
    }

    #[test]
    fn what_the_framework_cannot_decode_is_replaced() {
        let deep = format!(
            "{{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":{}",
            "[".repeat(200)
        );
        let deep = format!("{deep}{}}}", "]".repeat(200));
        for body in [
            "{",
            "[]",
            "1",
            "{}",
            r#"{"jsonrpc":"2.0","id":1.5,"method":"x"}"#,
            &deep,
        ] {
            let frame = String::from_utf8(plain_frame(body.as_bytes())).unwrap();
            assert!(frame.contains(UNREADABLE), "{body}");
        }
        for body in [
            r#"{"jsonrpc":"2.0","id":1,"result":null}"#,
            r#"{"jsonrpc":"2.0","id":"a","error":{"code":1,"message":"","more":2}}"#,
            r#"{"jsonrpc":"2.0","method":"exit"}"#,
        ] {
            assert!(plain_frame(body.as_bytes()).ends_with(body.as_bytes()));
        }
    }
}
