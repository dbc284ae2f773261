namespace CaaS.Ingest.Kubernetes;

/// <summary>The request an informer wants sent next.</summary>
/// <param name="Kind">List or watch.</param>
/// <param name="NotBefore">Earliest instant to send it, UTC.</param>
/// <param name="ResourceVersion">Version to watch from; empty for a list, which asks for the most recent
/// state.</param>
/// <param name="Continue">Token of the next page; empty for a first page.</param>
/// <param name="Limit">Objects asked for in a page; 0 for a watch.</param>
/// <param name="EndBy">Instant at which a watch is to be ended because a resync is due, UTC; unused for a
/// list.</param>
public readonly record struct InformerRequest(
    InformerRequestKind Kind,
    DateTimeOffset NotBefore,
    string ResourceVersion,
    string Continue,
    int Limit,
    DateTimeOffset EndBy);
