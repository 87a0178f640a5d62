//! What runs inside the child: takes its limits, reads one request, answers once.

use std::ffi::OsString;
use std::io::{BufRead, Read, Write};
use std::process::ExitCode;

use super::limits::Task;
use super::{Answer, Cells, Request, Taken, Written, limits, process};
use crate::import::{
    Content, ImportError, LIMIT, Recognised, Unread, bind, file_as, pictures, recognised, workbook,
};

/// Reads a request from standard input and answers it on standard output. Ends with a failure when the request cannot be
/// understood or the answer cannot be given: nothing but the program itself asks.
pub fn main() -> ExitCode {
    match limits::take(Task::Reading)
        .and_then(|()| answer(&mut std::io::stdin().lock(), &mut std::io::stdout().lock()))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn answer(asked: &mut impl BufRead, told: &mut impl Write) -> std::io::Result<()> {
    let mut line = String::new();
    asked.take(LIMIT).read_line(&mut line)?;
    let request: Request = serde_json::from_str(&line)?;
    let mut bytes = Vec::new();
    asked.take(LIMIT + 1).read_to_end(&mut bytes)?;
    let too_big = || ImportError::TooBig(LIMIT / 1_000_000);
    let fits = bytes.len() as u64 <= LIMIT;
    match request {
        Request::Read { name, expected } => {
            let read = if fits { file_as(expected, &name, &bytes) } else { Err(too_big().into()) };
            tell(told, &read)?;
        }
        Request::Pictures => {
            let pictures = if fits { pictures(&bytes) } else { Err(too_big()) };
            let taken: Taken = pictures
                .as_ref()
                .map(|all| all.iter().map(|p| (p.bytes.len(), p.dots)).collect())
                .map_err(Clone::clone);
            tell(told, &taken)?;
            told.write_all(b"\n")?;
            for picture in pictures.iter().flatten() {
                told.write_all(&picture.bytes)?;
            }
        }
        Request::Workbook => {
            let cells: Cells = if fits { workbook::read(&bytes) } else { Err(too_big()) };
            tell(told, &cells)?;
        }
        Request::Fill(fill) => {
            let filled = if fits { workbook::fill(&bytes, &fill) } else { Err(too_big()) };
            hand_over(told, &filled)?;
        }
        Request::Bind(lengths) => {
            let mut rest = bytes.as_slice();
            let mut pages = Vec::new();
            for length in lengths {
                let Some((page, more)) = rest.split_at_checked(length) else { break };
                pages.push(page.to_vec());
                rest = more;
            }
            hand_over(told, &if fits { bind(&pages) } else { Err(too_big()) })?;
        }
        Request::Recognised => {
            let pages: Vec<Recognised> = serde_json::from_slice(&bytes)?;
            let read: Answer =
                recognised(&pages).map(|read| Content::Directive(Box::new(read))).map_err(Unread::from);
            tell(told, &read)?;
        }
    }
    told.flush()
}

/// A file that was written, behind a line that says whether it was.
fn hand_over(told: &mut impl Write, file: &Result<Vec<u8>, ImportError>) -> std::io::Result<()> {
    let written: Written = file.as_ref().map(|_| ()).map_err(Clone::clone);
    tell(told, &written)?;
    told.write_all(b"\n")?;
    told.write_all(file.as_deref().unwrap_or_default())
}

fn tell(told: &mut impl Write, answer: &impl serde::Serialize) -> std::io::Result<()> {
    Ok(serde_json::to_writer(told, answer)?)
}

/// Takes the limits of recognising and becomes the program that does it: its file, then its arguments.
pub fn recognise(command: &[OsString]) -> ExitCode {
    let error = match limits::take(Task::Recognising) {
        Ok(()) => process::turn_into(command),
        Err(error) => error,
    };
    eprintln!("{error}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Expected;

    fn asked(expected: Expected, name: &str, bytes: &[u8]) -> Answer {
        let request = serde_json::to_vec(&Request::Read { name: name.to_owned(), expected }).unwrap();
        let mut told = Vec::new();
        answer(&mut [&request, b"\n".as_slice(), bytes].concat().as_slice(), &mut told).unwrap();
        serde_json::from_slice(&told).unwrap()
    }

    #[test]
    fn an_answer_comes_back_as_it_was_given() {
        let letter = "1. Gửi báo cáo trước ngày 17/10/2026 (thứ Hai).\n2. Nộp biểu hằng tháng.\n".as_bytes();
        let csv = "Mã trường,Tên trường,Loại hình\nMN001,Trường Mầm non Hoa Mai,Công lập\n".as_bytes();
        for (expected, name, bytes) in [
            (Expected::Any, "cv.txt", letter),
            (Expected::Directive, "cv\nhai dòng.txt", letter),
            (Expected::Any, "so.csv", csv),
            (Expected::Register, "so", csv),
            (Expected::Any, "so.csv", letter),
            (Expected::Any, "trong.txt", b"".as_slice()),
        ] {
            assert_eq!(asked(expected, name, bytes), file_as(expected, name, bytes), "{name}");
        }
        assert!(matches!(asked(Expected::Register, "so", csv), Ok(Content::Register(_))));
    }

    #[test]
    fn too_many_bytes_are_refused_and_no_request_is_a_failure() {
        let long = vec![b'a'; 10_000_001];
        let want = Err(Unread::Directive(ImportError::TooBig(10)));
        assert_eq!(asked(Expected::Any, "dài.txt", &long), want);
        assert!(answer(&mut b"hello".as_slice(), &mut Vec::new()).is_err());
    }
}
