//! Faults on demand.

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The request never arrives.
    LostRequest,
    /// The request is carried out and the answer never arrives.
    LostAnswer,
    /// HTTP 500; whether the request was carried out comes of the seed.
    ServerError,
    /// HTTP 429 with Retry-After; the request is not carried out.
    TooManyRequests,
    /// No answer, and the connection stays open; whether the request was carried out comes of the seed.
    Hang,
    /// The request is carried out, and its answer breaks off in the middle.
    BrokenBody,
    /// The answer takes long.
    Slow,
    /// CloudKassir's methods refuse with an error code.
    Refused,
    /// The register is offline when a receipt's turn comes.
    RegisterOffline,
    /// The fiscal storage is full when a receipt's turn comes.
    StorageFull,
}

impl FaultKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::LostRequest,
        Self::LostAnswer,
        Self::ServerError,
        Self::TooManyRequests,
        Self::Hang,
        Self::BrokenBody,
        Self::Slow,
        Self::Refused,
        Self::RegisterOffline,
        Self::StorageFull,
    ];

    /// As callers write it: `lostAnswer`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LostRequest => "lostRequest",
            Self::LostAnswer => "lostAnswer",
            Self::ServerError => "serverError",
            Self::TooManyRequests => "tooManyRequests",
            Self::Hang => "hang",
            Self::BrokenBody => "brokenBody",
            Self::Slow => "slow",
            Self::Refused => "refused",
            Self::RegisterOffline => "registerOffline",
            Self::StorageFull => "storageFull",
        }
    }

    /// The kind of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it strikes at the register, and not at a request.
    pub(super) const fn is_of_register(self) -> bool {
        matches!(self, Self::RegisterOffline | Self::StorageFull)
    }
}

/// A fault: what goes wrong, where, how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// Only at this method, `kkt/receipt`; none: at any.
    pub path: Option<String>,
    /// So many times and never again; none: until it is switched off.
    pub times: Option<u32>,
    /// In so many percent of the cases; none: in every one.
    pub chance: Option<u32>,
    /// Milliseconds: of Retry-After (whole seconds of it), and of how long a slow answer takes.
    pub after: Option<u64>,
    /// The error code of a refusal; none: 22.
    pub code: Option<i64>,
}

impl Fault {
    /// A fault that strikes every time and everywhere.
    pub const fn of(kind: FaultKind) -> Self {
        Self { kind, path: None, times: None, chance: None, after: None, code: None }
    }

    /// As a command has it, `KIND[:PATH][xN]`: `lostAnswer:kkt/receiptx2` is twice, at that method.
    pub fn parse(text: &str) -> Option<Self> {
        let counted = text.rsplit_once('x').and_then(|(head, times)| Some((head, times.parse().ok()?)));
        let (head, times) = counted.map_or((text, None), |(head, times)| (head, Some(times)));
        let (kind, path) = head.split_once(':').map_or((head, None), |(kind, path)| (kind, Some(path.to_owned())));
        Some(Self { path, times, ..Self::of(FaultKind::from_name(kind)?) })
    }

    /// Only at a method.
    pub fn at(self, path: &str) -> Self {
        Self { path: Some(path.to_owned()), ..self }
    }

    /// Only so many times.
    pub fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }

    /// Only in so many percent of the cases.
    pub fn chance(self, percent: u32) -> Self {
        Self { chance: Some(percent), ..self }
    }

    /// Whether it is about a method. A fault names it as the provider's documents do, slashes around it or not.
    pub(super) fn is_at(&self, route: &str) -> bool {
        self.path.as_deref().is_none_or(|path| path.trim_matches('/') == route.trim_matches('/'))
    }
}
