using System.Text.Json.Nodes;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>What came back from the API server.</summary>
/// <param name="StatusCode">HTTP status; 0 when there was no answer.</param>
/// <param name="Body">JSON body; an empty object when there was none.</param>
/// <param name="WasSent">False when the request surely never reached the server.</param>
/// <param name="Why">Why it was no success, in the server's words; empty for a success.</param>
internal sealed record KubeAnswer(int StatusCode, JsonObject Body, bool WasSent, string Why)
{
    public bool IsOk => StatusCode is >= 200 and < 300;

    public bool IsNotFound => StatusCode == 404;

    public bool IsConflict => StatusCode == 409;

    /// <summary>What the answer to a changing request says of its outcome: an error of the server leaves it
    /// open.</summary>
    public CallOutcome Outcome => IsOk
        ? CallOutcome.Accepted
        : !WasSent || StatusCode is >= 400 and < 500 ? CallOutcome.Refused : CallOutcome.Unknown;
}
