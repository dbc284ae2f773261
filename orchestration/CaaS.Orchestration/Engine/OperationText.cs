namespace CaaS.Orchestration.Engine;

/// <summary>Operations in words.</summary>
internal static class OperationText
{
    /// <summary>What an operation does, such as <c>rollback of shop/Deployment/cart to revision 3</c>.</summary>
    public static string Of(Operation operation)
    {
        var what = $"{PolicyWords.Of(operation.Kind)} of {operation.Target}";
        return operation.Kind switch
        {
            OperationKind.Rollback when operation.Parameters.TryGetValue("toRevision", out var revision) =>
                $"{what} to revision {revision}",
            OperationKind.Scale when operation.Parameters.TryGetValue("replicas", out var replicas) =>
                $"{what} to {replicas} replicas",
            _ => what,
        };
    }

    /// <summary>Names and values, <c>a=1, b=2</c>.</summary>
    public static string Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Join(", ", pairs.Select(pair => $"{pair.Key}={pair.Value}"));
}
