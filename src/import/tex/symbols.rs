//! What a TeX command is called in Unicode, and how it is spaced: tables of `name symbol` pairs, one per class.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How a symbol is spaced: the atom types of *The TeXbook*, chapter 17, with operators told apart by their limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A letter, a number, a closed formula.
    Ordinary,
    /// A named function: `sin`.
    Function,
    /// A named function whose index stands below it: `lim`.
    Limit,
    /// An operator with limits below and above: `∑`.
    Big,
    /// An operator with limits beside it: `∫`.
    Integral,
    /// A binary operation: `+`.
    Binary,
    /// A binary operation that stands where nothing is before it: the sign of `-1`.
    Sign,
    /// A relation: `=`.
    Relation,
    /// An opening delimiter.
    Open,
    /// A closing delimiter.
    Close,
    /// A comma or semicolon.
    Punctuation,
}

impl Class {
    /// True for functions and operators.
    pub const fn is_operator(self) -> bool {
        matches!(self, Self::Function | Self::Limit | Self::Big | Self::Integral)
    }

    /// True when indices stand below and above on lines of their own.
    pub const fn has_limits(self) -> bool {
        matches!(self, Self::Limit | Self::Big)
    }
}

const ORDINARY: &str = "
alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ thetasym ϑ iota ι kappa κ
varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ
varphi φ chi χ psi ψ omega ω digamma ϝ
Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο
Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω
varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ varPsi Ψ varOmega Ω
infty ∞ infin ∞ partial ∂ part ∂ nabla ∇ forall ∀ exists ∃ exist ∃ nexists ∄ emptyset ∅ empty ∅ varnothing ∅
hbar ℏ hslash ℏ ell ℓ wp ℘ weierp ℘ Re ℜ real ℜ Im ℑ image ℑ aleph ℵ alef ℵ alefsym ℵ beth ℶ gimel ℷ daleth ℸ
imath ı jmath ȷ eth ð mho ℧ Finv Ⅎ Game ⅁ Bbbk 𝕜 complement ∁ angle ∠ ang ∠ measuredangle ∡ sphericalangle ∢
prime ′ backprime ‵ degree ° celsius ℃ top ⊤ bot ⊥ neg ¬ lnot ¬ surd √ flat ♭ natural ♮ sharp ♯
triangle △ square □ Box □ blacksquare ■ bigstar ★ Diamond ◇ lozenge ◊ blacklozenge ⧫ diamondsuit ♢ heartsuit ♡
spadesuit ♠ clubsuit ♣ diamonds ♢ hearts ♡ spades ♠ clubs ♣ checkmark ✓ maltese ✠ circledR ® circledS Ⓢ
vartriangle △ blacktriangle ▲ blacktriangledown ▼ triangledown ▽ ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯
dotsm ⋯ dotsi ⋯ hdots … vdots ⋮ ddots ⋱ iddots ⋰ adots ⋰ mathellipsis … textellipsis …
S § P ¶ copyright © pounds £ yen ¥ euro € AA Å aa å ae æ AE Æ oe œ OE Œ ss ß o ø O Ø l ł L Ł i ı j ȷ
% % # # & & $ $ _ _ / / lbrack [ rbrack ] backslash ∖ textbackslash ∖ Vert ‖ vert | | ‖ mathdollar $
R ℝ N ℕ Z ℤ Q ℚ C ℂ H ℍ reals ℝ Reals ℝ natnums ℕ cnums ℂ Complex ℂ
dag † ddag ‡ textdegree ° textmu µ micro µ ohm Ω angstrom Å qed ∎ QED ∎ blacksmiley ☻";

const BINARY: &str = "
pm ± plusmn ± mp ∓ times × div ÷ cdot ⋅ sdot ⋅ cdotp · ast ∗ star ⋆ circ ∘ bullet • bull • cap ∩ cup ∪ uplus ⊎
sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ or ∨ wedge ∧ land ∧ and ∧ setminus ∖ smallsetminus ∖ wr ≀ diamond ⋄ amalg ⨿
oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ bigcirc ○ dagger † ddagger ‡ Dagger ‡ bigtriangleup △ bigtriangledown ▽
triangleleft ◁ triangleright ▷ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ ltimes ⋉ rtimes ⋊ leftthreetimes ⋋ rightthreetimes ⋌
boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ circledast ⊛ circledcirc ⊚ circleddash ⊝ barwedge ⊼ veebar ⊻
doublebarwedge ⩞ curlywedge ⋏ curlyvee ⋎ intercal ⊺ dotplus ∔ divideontimes ⋇ centerdot ⋅ Cap ⋒ Cup ⋓ bmod mod
gtrdot ⋗ lessdot ⋖";

const RELATION: &str = "
le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ leqslant ⩽ geqslant ⩾ leqq ≦ geqq ≧ ll ≪ gg ≫ lll ⋘ ggg ⋙ lt < gt >
equiv ≡ sim ∼ thicksim ∼ simeq ≃ cong ≅ approx ≈ thickapprox ≈ approxeq ≊ asymp ≍ doteq ≐ Doteq ≑ doteqdot ≑
propto ∝ varpropto ∝ models ⊨ prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ precsim ≾ succsim ≿
lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ lessgtr ≶ gtrless ≷ lesseqgtr ⋚ gtreqless ⋛ triangleq ≜ coloneqq ≔
coloneq ≔ colonequals ≔ eqqcolon ≕ eqcolon ≕ bumpeq ≏ Bumpeq ≎ circeq ≗ eqcirc ≖ risingdotseq ≓ fallingdotseq ≒
in ∈ isin ∈ ni ∋ owns ∋ notin ∉ notni ∌ subset ⊂ sub ⊂ supset ⊃ subseteq ⊆ sube ⊆ supseteq ⊇ supe ⊇ nsubseteq ⊈
nsupseteq ⊉ subsetneq ⊊ supsetneq ⊋ varsubsetneq ⊊ subsetneqq ⫋ supsetneqq ⫌ subseteqq ⫅ supseteqq ⫆ Subset ⋐
Supset ⋑ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ vdash ⊢ dashv ⊣ vDash ⊨ Vdash ⊩ Vvdash ⊪ nvdash ⊬
nvDash ⊭ perp ⊥ mid | nmid ∤ shortmid | parallel ∥ nparallel ∦ shortparallel ∥ smile ⌣ frown ⌢ bowtie ⋈ Join ⋈
between ≬ pitchfork ⋔ therefore ∴ because ∵ multimap ⊸ trianglelefteq ⊴ trianglerighteq ⊵ vartriangleleft ⊲
vartriangleright ⊳ ntriangleleft ⋪ ntriangleright ⋫ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ lneq ⪇ gneq ⪈ lneqq ≨ gneqq ≩
nprec ⊀ nsucc ⊁ nsim ≁ ncong ≇ napprox ≉ backsim ∽ eqsim ≂ lnsim ⋦ gnsim ⋧
to → rightarrow → rarr → leftarrow ← larr ← gets ← leftrightarrow ↔ harr ↔ lrarr ↔ Rightarrow ⇒ rArr ⇒ Rarr ⇒
Leftarrow ⇐ lArr ⇐ Larr ⇐ Leftrightarrow ⇔ hArr ⇔ Harr ⇔ lrArr ⇔ iff ⟺ implies ⟹ impliedby ⟸ longrightarrow ⟶
longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼
hookrightarrow ↪ hookleftarrow ↩ uparrow ↑ uarr ↑ downarrow ↓ darr ↓ updownarrow ↕ Uparrow ⇑ uArr ⇑ Downarrow ⇓
dArr ⇓ Updownarrow ⇕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼
leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ upharpoonright ↾ restriction ↾ upharpoonleft ↿
rightleftarrows ⇄ leftrightarrows ⇆ rightrightarrows ⇉ leftleftarrows ⇇ upuparrows ⇈ downdownarrows ⇊
rightsquigarrow ⇝ leadsto ⇝ leftrightsquigarrow ↭ twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣
leftarrowtail ↢ nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ nleftrightarrow ↮ nLeftrightarrow ⇎
dashrightarrow ⇢ dashleftarrow ⇠ circlearrowleft ↺ circlearrowright ↻ curvearrowleft ↶ curvearrowright ↷ Lsh ↰ Rsh ↱
Rrightarrow ⇛ Lleftarrow ⇚ looparrowleft ↫ looparrowright ↬ vcentcolon : dblcolon ∷ Coloneqq ⩴ ratio ∶";

const BIG: &str = "
sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigsqcup ⨆
bigsqcap ⨅ bigtimes ⨉";

const INTEGRAL: &str = "
int ∫ intop ∫ smallint ∫ iint ∬ iiint ∭ iiiint ⨌ oint ∮ oiint ∯ oiiint ∰ varointclockwise ∲ ointctrclockwise ∳
intclockwise ∱ fint ⨏";

const OPEN: &str = "
{ { lbrace { langle ⟨ lang ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ llbracket ⟦ lgroup ⟮ lmoustache ⎰ ulcorner ⌜ llcorner ⌞
lparen (";

const CLOSE: &str = "
} } rbrace } rangle ⟩ rang ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rrbracket ⟧ rgroup ⟯ rmoustache ⎱ urcorner ⌝ lrcorner ⌟
rparen )";

const PUNCTUATION: &str = "colon : comma ,";

const FUNCTIONS: &str = "
sin cos tan cot sec csc sinh cosh tanh coth sech csch arcsin arccos arctan arccot arcsec arccsc arsinh arcosh artanh
arcoth sen tg ctg cotg ch sh th cth arctg exp log ln lg lb ld arg deg dim hom ker sgn sign tr Tr trace rank diag
Hom End Aut Gal Ext Tor Spec Res erf erfc curl grad rot vol supp span card ord cov var adj id im lcm mod";

const LIMITS: &str = "
lim limsup liminf max min sup inf gcd det Pr argmax argmin plim injlim projlim varlimsup varliminf esssup essinf";

type Table = HashMap<&'static str, (&'static str, Class)>;

static SYMBOLS: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::new();
    for (pairs, class) in [
        (ORDINARY, Class::Ordinary),
        (BINARY, Class::Binary),
        (RELATION, Class::Relation),
        (BIG, Class::Big),
        (INTEGRAL, Class::Integral),
        (OPEN, Class::Open),
        (CLOSE, Class::Close),
        (PUNCTUATION, Class::Punctuation),
    ] {
        let mut words = pairs.split_ascii_whitespace();
        while let (Some(name), Some(symbol)) = (words.next(), words.next()) {
            table.insert(name, (symbol, class));
        }
    }
    for (names, class) in [(FUNCTIONS, Class::Function), (LIMITS, Class::Limit)] {
        table.extend(names.split_ascii_whitespace().map(|name| (name, (name, class))));
    }
    table
});

/// The classes of symbols that are written as themselves.
static CLASSES: LazyLock<HashMap<char, Class>> = LazyLock::new(|| {
    let single = |symbol: &str| {
        let mut chars = symbol.chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    SYMBOLS.values().filter_map(|&(symbol, class)| Some((single(symbol)?, class))).collect()
});

/// The symbol of a command, and its class.
pub fn named(name: &str) -> Option<(&'static str, Class)> {
    SYMBOLS.get(name).copied()
}

/// The class of a character that stands in a formula as itself.
pub fn class_of(c: char) -> Class {
    match c {
        '+' | '-' | '−' | '*' | '·' => Class::Binary,
        '=' | '<' | '>' | ':' => Class::Relation,
        '(' | '[' => Class::Open,
        ')' | ']' | '!' | '?' => Class::Close,
        ',' | ';' => Class::Punctuation,
        '|' | '‖' | '⊥' | '∖' | '†' | '‡' | '△' | '▽' => Class::Ordinary,
        c if c.is_ascii() => Class::Ordinary,
        c => CLASSES.get(&c).copied().unwrap_or(Class::Ordinary),
    }
}

/// What a relation is called when it is struck out by `\not`.
pub fn negated(symbol: &str) -> String {
    const PAIRS: &str = "=≠∈∉∋∌≡≢<≮>≯≤≰≥≱∼≁≃≄≅≇≈≉⊂⊄⊃⊅⊆⊈⊇⊉∃∄|∤∥∦⊢⊬⊨⊭→↛←↚↔↮⇒⇏⇐⇍⇔⇎≺⊀≻⊁";
    let mut chars = PAIRS.chars();
    while let (Some(plain), Some(struck)) = (chars.next(), chars.next()) {
        if symbol.strip_prefix(plain) == Some("") {
            return struck.into();
        }
    }
    format!("{symbol}\u{338}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_pairs_of_a_name_and_a_symbol() {
        for pairs in [ORDINARY, BINARY, RELATION, BIG, INTEGRAL, OPEN, CLOSE, PUNCTUATION] {
            let words: Vec<_> = pairs.split_ascii_whitespace().collect();
            assert_eq!(words.len() % 2, 0);
            for pair in words.chunks(2) {
                let name = pair[0];
                assert!(name.chars().all(|c| c.is_ascii_alphabetic()) || name.len() == 1, "{pair:?}");
                assert!(pair[1].chars().count() == 1 || name == "bmod", "{pair:?}");
            }
        }
    }

    #[test]
    fn symbols_are_found_by_name_and_by_themselves() {
        assert_eq!(named("leq"), Some(("≤", Class::Relation)));
        assert_eq!(named("sin"), Some(("sin", Class::Function)));
        assert_eq!(named("nosuch"), None);
        assert_eq!(class_of('≤'), Class::Relation);
        assert_eq!(class_of('x'), Class::Ordinary);
        assert_eq!(negated("∈"), "∉");
        assert_eq!(negated("R"), "R\u{338}");
    }
}
