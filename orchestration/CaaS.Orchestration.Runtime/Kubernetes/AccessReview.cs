using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Asks an API server what the account of a connection may do, by its own reviews: every account may ask
/// that.</summary>
/// <remarks>Thread-safe. Changes nothing. Rights are asked for in all namespaces.</remarks>
public sealed class AccessReview
{
    private const string Path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    /// <summary>Reviews under way at once: few enough for the server's fair share of one account.</summary>
    private const int ParallelMax = 4;

    private readonly KubeCalls _calls;

    internal AccessReview(KubeCalls calls) => _calls = calls;

    /// <summary>Asks over a connection that authenticates by itself.</summary>
    /// <param name="client">Client of the connection.</param>
    /// <param name="server">Address of the API server.</param>
    /// <param name="options">Time-out and size of an answer.</param>
    /// <returns>The review.</returns>
    public static AccessReview Over(HttpClient client, Uri server, KubernetesOptions options) =>
        new(new KubeCalls(client, server, credentials: null, options));

    /// <summary>Asks for rights, each by itself.</summary>
    /// <param name="rights">Rights.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Those that are missing, or why the server could not be asked.</returns>
    public async Task<AccessReport> ReviewAsync(IReadOnlyList<ClusterRight> rights, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rights);
        var refused = new ConcurrentDictionary<ClusterRight, bool>();
        var why = "";
        await Parallel.ForEachAsync(
            rights,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelMax, CancellationToken = cancellationToken },
            async (right, end) =>
            {
                var answer = await _calls.SendAsync(
                    new KubeCall(HttpMethod.Post, Path, KubeCall.Json, Question(right)), end).ConfigureAwait(false);
                if (!answer.IsOk)
                {
                    Interlocked.CompareExchange(ref why, answer.Why, "");
                }
                else if (!(answer.Body["status"]?["allowed"] is JsonValue said && said.TryGetValue(out bool allowed) && allowed))
                {
                    refused[right] = true;
                }
            }).ConfigureAwait(false);
        return new AccessReport([.. rights.Where(refused.ContainsKey)], why);
    }

    private static JsonObject Question(ClusterRight right)
    {
        var cut = right.Resource.IndexOf('/', StringComparison.Ordinal);
        var attributes = new JsonObject
        {
            ["group"] = right.Group,
            ["resource"] = cut < 0 ? right.Resource : right.Resource[..cut],
            ["verb"] = right.Verb,
        };
        if (cut >= 0)
        {
            attributes["subresource"] = right.Resource[(cut + 1)..];
        }

        return new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = new JsonObject { ["resourceAttributes"] = attributes },
        };
    }
}
