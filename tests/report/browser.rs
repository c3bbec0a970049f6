//! A Chromium without a window, spoken to through its debugging pipe: messages of JSON, each ended by a zero byte.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use base64::Engine as _;
use serde_json::{Value, json};

const ANSWER_SECONDS_MAX: u64 = 60;

/// The browser of `OTLP_PART_CHROMIUM`, else one on the path.
pub(crate) fn find() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("OTLP_PART_CHROMIUM") {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&path).flat_map(|dir| names.map(|name| dir.join(name))).find(|file| file.is_file())
}

pub(crate) struct Browser {
    process: Child,
    stdin: ChildStdin,
    messages: Receiver<Value>,
    session: Option<String>,
    sent: u64,
    events: Vec<Value>,
}

/// How a page is looked at.
#[derive(Clone, Copy)]
pub(crate) struct View {
    pub(crate) width: u32,
    pub(crate) dark: bool,
    pub(crate) print: bool,
}

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Every address that was asked for.
    pub(crate) requests: Vec<String>,
    /// Errors and warnings of the browser.
    pub(crate) complaints: Vec<String>,
    /// What does not fit.
    pub(crate) misfits: Vec<String>,
}

impl Browser {
    /// Starts it with an empty profile in `home`.
    pub(crate) fn start(program: &Path, home: &Path) -> Self {
        let flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--remote-debugging-pipe",
        ];
        // The pipe is file descriptor 3 for what it reads and 4 for what it says.
        let mut process = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null"])
            .arg(program)
            .args(flags)
            .arg(format!("--user-data-dir={}", home.display()))
            .arg("about:blank")
            .env("HOME", home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdin = process.stdin.take().unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            while said.read_until(0, &mut bytes).is_ok_and(|n| n > 0) {
                let message = serde_json::from_slice(bytes.strip_suffix(&[0]).unwrap_or(&bytes)).unwrap();
                if sender.send(message).is_err() {
                    break;
                }
                bytes.clear();
            }
        });
        let mut browser = Self { process, stdin, messages, session: None, sent: 0, events: Vec::new() };
        let target = browser.call("Target.createTarget", json!({"url": "about:blank"}));
        let target = json!({"targetId": target["targetId"], "flatten": true});
        browser.session = browser.call("Target.attachToTarget", target)["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Network", "Log", "Runtime"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser
    }

    fn next(&mut self) -> Value {
        self.messages.recv_timeout(Duration::from_secs(ANSWER_SECONDS_MAX)).expect("the browser answers")
    }

    /// Asks for something and waits for the answer.
    fn call(&mut self, method: &str, params: Value) -> Value {
        self.sent += 1;
        let mut message = json!({"id": self.sent, "method": method, "params": params});
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        self.stdin.write_all(message.to_string().as_bytes()).unwrap();
        self.stdin.write_all(&[0]).unwrap();
        loop {
            let mut message = self.next();
            if message["id"] == self.sent {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].take();
            }
            self.events.push(message);
        }
    }

    /// Opens a page and looks at it.
    pub(crate) fn look(&mut self, address: &str, view: View) -> Seen {
        let View { width, dark, print } = view;
        self.events.clear();
        let metrics = json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", metrics);
        let scheme = json!({"name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" }});
        let media = if print { "print" } else { "" };
        self.call("Emulation.setEmulatedMedia", json!({"media": media, "features": [scheme]}));
        self.call("Page.navigate", json!({"url": address}));
        while !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            let event = self.next();
            self.events.push(event);
        }
        let found = self.call("Runtime.evaluate", json!({"expression": MISFITS, "returnByValue": true}));
        let found = found["result"]["value"].as_array().unwrap_or_else(|| panic!("{found}"));
        let mut seen = Seen { misfits: found.iter().map(Value::to_string).collect(), ..Seen::default() };
        for event in &self.events {
            let params = &event["params"];
            match event["method"].as_str().unwrap_or_default() {
                "Network.requestWillBeSent" => {
                    seen.requests.push(params["request"]["url"].as_str().unwrap().to_owned());
                }
                "Log.entryAdded" => seen.complaints.push(params["entry"]["text"].to_string()),
                "Runtime.exceptionThrown" | "Runtime.consoleAPICalled" => seen.complaints.push(params.to_string()),
                _ => {}
            }
        }
        seen
    }

    /// The whole page as a picture.
    pub(crate) fn picture(&mut self) -> Vec<u8> {
        let size = self.call("Page.getLayoutMetrics", json!({}))["cssContentSize"].take();
        let clip = json!({"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1});
        let answer = self.call("Page.captureScreenshot", json!({"captureBeyondViewport": true, "clip": clip}));
        bytes(&answer)
    }

    /// The page on paper, as PDF.
    pub(crate) fn paper(&mut self) -> Vec<u8> {
        let answer =
            self.call("Page.printToPDF", json!({"printBackground": false, "paperWidth": 8.27, "paperHeight": 11.69}));
        bytes(&answer)
    }
}

fn bytes(answer: &Value) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(answer["data"].as_str().unwrap()).unwrap()
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What stands out of the window, what is cut off in a chart, and which texts of a chart lie over each other.
const MISFITS: &str = r#"(() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  const name = e => `${e.tagName} ${(e.textContent || "").trim().slice(0, 40)}`;
  for (const e of document.body.querySelectorAll("*")) {
    if (e.closest(".scroll") && !e.matches(".scroll")) continue;
    const box = e.getBoundingClientRect();
    if (box.width > 0 && (box.right > width + 1 || box.left < -1)) found.push(`out of the window: ${name(e)}`);
  }
  for (const svg of document.querySelectorAll("svg[role=img]")) {
    const frame = svg.getBoundingClientRect();
    const boxes = [];
    for (const text of svg.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      if (box.width === 0) continue;
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
        found.push(`cut off: ${name(text)}`);
      boxes.push([box, text]);
    }
    for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
      const [a, b] = [boxes[i][0], boxes[j][0]];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 0.5 && down > 3) found.push(`one over the other: ${name(boxes[i][1])} / ${name(boxes[j][1])}`);
    }
  }
  return found.slice(0, 20);
})()"#;
