//! A process seen from outside: whether it sleeps, how it ended, what it cost.

use std::fs;
use std::time::{Duration, Instant};

use rustix::process::{Pid, WaitId, WaitIdOptions, WaitOptions, WaitStatus, waitid, waitpid};

/// What can be compared of a process that may be busy: its threads, and how often each went to sleep.
#[derive(Debug, PartialEq, Eq)]
pub struct Asleep(Vec<(i32, u64)>);

/// The process and those below it, when each of their threads sleeps; `None` while one runs.
pub fn asleep(pid: Pid) -> Option<Asleep> {
    let (mut found, mut left) = (Vec::new(), vec![pid.as_raw_nonzero().get()]);
    while let Some(pid) = left.pop() {
        let found_first = !found.is_empty();
        let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else { continue };
        for thread in threads.flatten() {
            let status = fs::read_to_string(thread.path().join("status")).ok()?;
            let field = |name: &str| {
                status.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(':')).map_or("", str::trim)
            };
            // A child that has ended is about to wake its parent.
            let awake = match field("State").chars().next() {
                Some('S' | 'T') => false,
                Some('Z' | 'X') => found_first,
                _ => true,
            };
            if awake {
                return None;
            }
            let switches = ["voluntary_ctxt_switches", "nonvoluntary_ctxt_switches"];
            let count = switches.iter().filter_map(|n| field(n).parse::<u64>().ok()).sum();
            found.push((thread.file_name().to_str()?.parse().ok()?, count));
            let children = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            left.extend(children.split_whitespace().filter_map(|c| c.parse::<i32>().ok()));
        }
    }
    found.sort_unstable();
    Some(Asleep(found))
}

/// How a child stands now, without waiting: `None` while it runs on.
pub fn status(pid: Pid) -> Option<WaitStatus> {
    waitpid(Some(pid), WaitOptions::NOHANG | WaitOptions::UNTRACED).ok().flatten().map(|(_, status)| status)
}

/// True when a child has ended. Its status, and what `/proc` says of it, can still be had.
pub fn ended(pid: Pid) -> bool {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    !matches!(waitid(WaitId::Pid(pid), options), Ok(None))
}

/// The processor time that a process has used.
pub fn cpu(pid: Pid) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    // utime and stime are fields 14 and 15 (proc_pid_stat(5)), in ticks of 10 ms.
    let ticks: u64 = after.split_whitespace().skip(11).take(2).filter_map(|f| f.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// Asks until it is so, at most this long.
pub fn until(limit: Duration, mut so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + limit;
    loop {
        if so() {
            return true;
        }
        if Instant::now() >= end {
            return false;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}
