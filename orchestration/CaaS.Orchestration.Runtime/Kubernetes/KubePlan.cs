using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>What one look at the cluster says of an operation, and the call that would do it.</summary>
internal sealed record KubePlan
{
    public required ImmutableArray<OperationCheck> Checks { get; init; }

    public TargetFacts Facts { get; init; } = TargetFacts.Missing;

    public ImmutableSortedDictionary<string, string> Before { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableSortedDictionary<string, string> Parameters { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The object the call changes, as it was read; its side of the diff.</summary>
    public JsonObject Current { get; init; } = [];

    /// <summary>The call without its query; null when it cannot be made.</summary>
    public KubeCall? Call { get; init; }

    /// <summary>Whether the object says that this very operation was done already.</summary>
    public bool IsDone { get; init; }

    /// <summary>What to show instead of a diff of objects; empty to compare them.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Why the operation cannot be done; empty when it can.</summary>
    public string WhyNot => Checks.FirstOrDefault(check => !check.Ok)?.Text
        ?? (Call is null ? "There is nothing to send." : "");

    public static KubePlan No(string name, string text) =>
        new() { Checks = [new OperationCheck(name, false, text)] };

    public static OperationCheck Check(string name, bool ok, string yes, string no) =>
        new(name, ok, ok ? yes : no);

    public static ImmutableSortedDictionary<string, string> Map(params ReadOnlySpan<(string Name, string Value)> pairs)
    {
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            map[name] = value;
        }

        return map.ToImmutable();
    }
}
