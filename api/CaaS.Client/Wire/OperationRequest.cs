namespace CaaS.Client.Wire;

/// <summary>An operation a person asks for.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Target">What to do it to, as <c>namespace/Kind/name</c>.</param>
/// <param name="Parameters">Arguments by name: <c>toRevision</c>, <c>replicas</c>.</param>
/// <param name="IncidentId">Incident it is meant for, or empty.</param>
/// <param name="Reason">Why, one sentence; may be empty.</param>
public sealed record OperationRequest(
    OperationKind Kind,
    string Target,
    IReadOnlyDictionary<string, string> Parameters,
    string IncidentId = "",
    string Reason = "");
