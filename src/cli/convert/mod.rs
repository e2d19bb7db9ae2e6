//! `ibid convert`: an article as a bundle or as Markdown, which opens again as the same article.

mod media;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Fault, Name, open};
use crate::article::{Article, InlineKind, Kind, LinkId, limits, safe};
use crate::export::bundle;
use crate::export::markdown::{Bibliography, markdown, references};
use crate::import::bundle::{Ours, place, rewrite, write_file, write_folder, write_zip};
use crate::import::folder::decoded;
use crate::import::source::Beside;
use media::Media;

/// What to write, and where.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The name of OUT decides: .textbundle is a folder, .textpack the same in one file, .md Markdown.\n\
                        Pictures and other files of the article are copied into a bundle; beside NAME.md its pictures go to NAME_files.\n\n\
                        Examples:\n  ibid convert page.txt article.textbundle\n  ibid convert article.textpack article.md"
)]
pub struct Args {
    /// A file, a bundle, `-` for standard input, or the name of an article that comes with ibid
    #[arg(value_name = "FILE")]
    pub file: Name,
    /// What to write: NAME.textbundle, NAME.textpack or NAME.md
    #[arg(value_name = "OUT")]
    pub out: PathBuf,
    /// Replace what is there
    #[arg(long)]
    pub force: bool,
}

/// The files of an article by their names.
type Files = Vec<(String, Vec<u8>)>;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Folder,
    Pack,
    Markdown,
}

impl Form {
    fn of(out: &Path) -> Result<Self, Fault> {
        let extension = out.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        match extension.as_str() {
            "textbundle" => Ok(Self::Folder),
            "textpack" => Ok(Self::Pack),
            "md" | "markdown" => Ok(Self::Markdown),
            _ => Err(Fault::usage(&format!(
                "{}: what to write is not clear: end the name in .textbundle, .textpack or .md",
                safe::name(out.as_os_str())
            ))),
        }
    }
}

/// Writes an article.
///
/// # Errors
/// When it cannot be read or written, or when something is there already.
pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let form = Form::of(&args.out)?;
    let shown = safe::name(args.out.as_os_str());
    if !args.force && args.out.symlink_metadata().is_ok() {
        return Err(Fault::document(&shown, &"is there already: use --force to replace it"));
    }
    // Asked before the article is read: standard input can be read once only.
    let place = files_of(&args.file)?;
    let (_, mut article) = open::article(&args.file)?;
    let wrote = match form {
        Form::Markdown => {
            let media = Media::of(&mut article, &place, &args.out)?;
            media.check(args.force)?;
            media.write().and_then(|()| write_markdown(&args.out, &article))
        }
        Form::Folder => write_folder(&args.out, &files(&article, &place)?),
        Form::Pack => {
            let stem = args.out.file_stem().map(safe::name).unwrap_or_default();
            write_zip(&args.out, &format!("{stem}.textbundle"), &files(&article, &place)?)
        }
    };
    wrote.map_err(|error| Fault::document(&shown, &format!("cannot be written: {error}")))?;
    Ok(ExitCode::SUCCESS)
}

/// Where the files lie that the article names.
pub fn files_of(name: &OsStr) -> Result<Beside, Fault> {
    if name == open::INPUT {
        return Ok(Beside::Nothing);
    }
    let fault = |error| Fault::document(&safe::name(name), &error);
    let (source, _) = open::source(name).map_err(fault)?;
    let beside = source.beside().clone();
    Ok(place(source).map_err(fault)?.unwrap_or(beside))
}

/// The Markdown text; its references inside, or beside it where they are too many for front matter.
fn write_markdown(out: &Path, article: &Article) -> std::io::Result<()> {
    let text = markdown(article, Bibliography::Inline);
    let front = text.find("\n---\n").unwrap_or(0);
    let Some(works) = references(article).filter(|_| front > limits::FRONT_MATTER.most / 2) else {
        return write_file(out, text.as_bytes());
    };
    let name = format!("{}.references.json", out.file_stem().map(safe::name).unwrap_or_default());
    write_file(&out.with_file_name(&name), works.as_bytes())?;
    write_file(out, markdown(article, Bibliography::File(&name)).as_bytes())
}

/// All files of the bundle: the text and references, `info.json`, and what the old bundle or folder has for it.
fn files(article: &Article, place: &Beside) -> Result<Files, Fault> {
    let mut files = bundle::files(article);
    let old =
        place.read("info.json", limits::FRONT_MATTER).ok().filter(|text| text.trim_start().starts_with('{'));
    let meta = &article.meta;
    let ours = Ours {
        source: meta.source.clone(),
        title: meta.title.clone(),
        language: meta.language.clone(),
        importer: if meta.format == "bundle" { String::new() } else { meta.format.to_owned() },
    };
    files.push(("info.json".to_owned(), rewrite(old.as_deref(), &ours).into_bytes()));
    let taken: BTreeSet<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let bundled = old.is_some();
    let wanted = if bundled { place.names_in("assets").unwrap_or_default() } else { pictures(article) };
    for name in wanted.into_iter().filter(|name| !taken.contains(name)) {
        let written = name.replace('%', "%25");
        match place.bytes(&written, limits::ENTRY) {
            Ok(bytes) => files.push((name, bytes)),
            // A picture that is not there is missing in the article, too; one that cannot be copied is not.
            Err(error) if bundled => return Err(Fault::document(&safe::line(&name), &error)),
            Err(_) => {}
        }
    }
    Ok(files)
}

/// The pictures that an article shows, by relative paths that stay below its folder.
pub fn pictures(article: &Article) -> Vec<String> {
    let addresses = images(article).into_iter().filter_map(|id| article.links.get(id.index()));
    let found: BTreeSet<&str> = addresses.map(|address| &**address).collect();
    found.into_iter().filter_map(is_local).collect()
}

/// The links that are pictures.
fn images(article: &Article) -> Vec<LinkId> {
    let mut found = Vec::new();
    for block in &article.blocks {
        if let Kind::Figure(figure) = &block.kind {
            found.push(figure.image);
        }
        found.extend(block.text.inlines().iter().filter_map(|inline| match inline.kind {
            InlineKind::Image(id) => Some(id),
            _ => None,
        }));
    }
    found
}

/// The path of a link that leads to a file below the folder of its article.
fn is_local(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or("");
    let local = !path.is_empty() && !path.starts_with('/') && !path.contains(':');
    local.then(|| decoded(path)).filter(|path| path.split('/').all(|part| !matches!(part, "" | "." | "..")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Source, read};

    fn convert(from: &Path, to: &Path, force: bool) -> Result<ExitCode, Fault> {
        run(&Args { file: from.as_os_str().to_owned(), out: to.to_owned(), force })
    }

    #[test]
    fn a_bundle_keeps_its_files_and_what_others_wrote() {
        let dir = tempfile::tempdir().unwrap();
        let bundle = dir.path().join("a.textbundle");
        let files = [
            ("text.md", "# Title\n\nText.[@a]\n\n![Cap](assets/x.png)\n"),
            ("info.json", r#"{"version":2,"com.other":{"version":1,"k":[1]}}"#),
            ("assets/references.json", r#"[{"id":"a","type":"book","title":"A"}]"#),
            ("assets/x.png", "png"),
            ("assets/deep/y.bin", "y"),
        ];
        let files: Vec<_> = files.iter().map(|(n, t)| ((*n).to_owned(), t.as_bytes().to_vec())).collect();
        write_folder(&bundle, &files).unwrap();
        let pack = dir.path().join("b.textpack");
        convert(&bundle, &pack, false).unwrap();
        let back = dir.path().join("c.textbundle");
        convert(&pack, &back, false).unwrap();
        let text = |name: &str| std::fs::read_to_string(back.join(name)).unwrap_or_default();
        assert_eq!((text("assets/x.png").as_str(), text("assets/deep/y.bin").as_str()), ("png", "y"));
        assert!(text("info.json").contains("com.other"), "{}", text("info.json"));
        let article = read(Source::open(&back).unwrap()).unwrap();
        assert_eq!((article.meta.title.as_str(), article.references.len()), ("Title", 1));
    }

    #[test]
    fn nothing_is_replaced_unasked() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("a.md"), dir.path().join("b.md"));
        std::fs::write(&from, "# One\n\nText with ![p](pics/p.png).\n").unwrap();
        std::fs::write(&to, "keep").unwrap();
        let fault = convert(&from, &to, false).unwrap_err();
        assert_eq!(fault.status, 1);
        assert!(fault.to_string().ends_with("b.md: is there already: use --force to replace it"), "{fault}");
        assert_eq!(std::fs::read_to_string(&to).unwrap(), "keep");
        convert(&from, &to, true).unwrap();
        assert!(std::fs::read_to_string(&to).unwrap().contains("Text with"));
        assert_eq!(convert(&from, &dir.path().join("c.pdf"), false).unwrap_err().status, 2);
    }

    #[test]
    fn pictures_beside_a_text_go_into_its_bundle() {
        let dir = tempfile::tempdir().unwrap();
        let from = dir.path().join("a.md");
        let text = "![a](pics/a%20b.png) ![b](../out.png) ![c](https://a.example/c.png) ![d](gone.png)\n";
        std::fs::write(&from, text).unwrap();
        std::fs::create_dir(dir.path().join("pics")).unwrap();
        std::fs::write(dir.path().join("pics/a b.png"), "png").unwrap();
        let to = dir.path().join("b.textbundle");
        convert(&from, &to, false).unwrap();
        assert_eq!(std::fs::read_to_string(to.join("pics/a b.png")).unwrap(), "png");
        assert!(!to.join("gone.png").exists());
    }

    const PICTURED: &str = "# Title\n\n![One](assets/a%20b.png \"What is seen.\")\n\nIn ![line](assets/deep/x.png#p) and \
                            ![again](assets/x.png), ![gone](assets/gone.png), ![far](https://a.example/x.png), \
                            [a link](assets/x.png).\n";

    fn bundle_with_pictures(dir: &Path) -> PathBuf {
        let bundle = dir.join("a.textbundle");
        let files = [
            ("text.md", PICTURED),
            ("info.json", "{\"version\":2}"),
            ("assets/a b.png", "one"),
            ("assets/deep/x.png", "two"),
            ("assets/x.png", "three"),
            ("assets/unused.png", "four"),
        ];
        let files: Vec<_> = files.iter().map(|(n, t)| ((*n).to_owned(), t.as_bytes().to_vec())).collect();
        write_folder(&bundle, &files).unwrap();
        bundle
    }

    fn names(dir: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(dir).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn markdown_takes_its_pictures_along_and_opens_again_with_them() {
        let dir = tempfile::tempdir().unwrap();
        let bundle = bundle_with_pictures(dir.path());
        let out = dir.path().join("the out (1).md");
        convert(&bundle, &out, false).unwrap();
        let folder = dir.path().join("the out (1)_files");
        assert_eq!(names(&folder), ["a b.png", "x-2.png", "x.png"]);
        let before = read(Source::open(&bundle).unwrap()).unwrap();
        let source = Source::open(&out).unwrap();
        let place = source.beside().clone();
        let after = read(source).unwrap();
        let texts = |a: &Article| a.blocks.iter().map(|b| b.text.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(texts(&before), texts(&after));
        let found: Vec<String> = pictures(&after)
            .iter()
            .map(|name| {
                place.read(&name.replace('%', "%25"), limits::ENTRY).unwrap_or_else(|_| format!("no {name}"))
            })
            .collect();
        assert_eq!(found, ["no assets/gone.png", "one", "three", "two"]);
        assert!(std::fs::read_to_string(&out).unwrap().contains("/x.png#p)"));
        // A text of such a bundle is converted to the same.
        convert(&bundle, &out, true).unwrap();
        assert_eq!(names(&folder).len(), 3);
    }

    #[test]
    fn no_picture_of_another_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let bundle = bundle_with_pictures(dir.path());
        let (out, folder) = (dir.path().join("b.md"), dir.path().join("b_files"));
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("x.png"), "mine").unwrap();
        std::fs::write(folder.join("other"), "mine").unwrap();
        let fault = convert(&bundle, &out, false).unwrap_err();
        assert!(
            fault.to_string().contains("b_files/x.png: is there already and is not this picture"),
            "{fault}"
        );
        assert!(!out.exists() && names(&folder) == ["other", "x.png"], "nothing was written");
        convert(&bundle, &out, true).unwrap();
        assert_eq!(std::fs::read_to_string(folder.join("other")).unwrap(), "mine");
        assert_eq!(names(&folder).len(), 4);
    }

    #[test]
    fn no_picture_is_written_elsewhere() {
        let dir = tempfile::tempdir().unwrap();
        let bundle = bundle_with_pictures(dir.path());
        std::fs::create_dir(dir.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink("elsewhere", dir.path().join("b_files")).unwrap();
        for force in [false, true] {
            let fault = convert(&bundle, &dir.path().join("b.md"), force).unwrap_err();
            assert!(fault.to_string().contains("b_files: is no folder"), "{fault}");
        }
        assert!(names(&dir.path().join("elsewhere")).is_empty());
        // A link in the folder is not followed either.
        std::fs::write(dir.path().join("secret"), "keep").unwrap();
        std::fs::create_dir(dir.path().join("c_files")).unwrap();
        std::os::unix::fs::symlink("../secret", dir.path().join("c_files/x.png")).unwrap();
        convert(&bundle, &dir.path().join("c.md"), false).unwrap_err();
        convert(&bundle, &dir.path().join("c.md"), true).unwrap();
        assert_eq!(std::fs::read_to_string(dir.path().join("secret")).unwrap(), "keep");
    }

    #[test]
    fn pictures_that_lie_there_already_stay_where_they_are() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("a.md"), dir.path().join("b.md"));
        std::fs::write(&from, "Text with ![p](pics/p.png).\n").unwrap();
        std::fs::create_dir(dir.path().join("pics")).unwrap();
        std::fs::write(dir.path().join("pics/p.png"), "png").unwrap();
        convert(&from, &to, false).unwrap();
        assert!(std::fs::read_to_string(&to).unwrap().contains("](pics/p.png)"));
        assert!(!dir.path().join("b_files").exists());
    }
}
