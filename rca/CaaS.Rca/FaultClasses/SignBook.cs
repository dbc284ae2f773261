using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CaaS.Rca.FaultClasses;

/// <summary>Finds the signs that a word of Kubernetes or a log line matches.</summary>
/// <remarks>Immutable. A look-up by reason, code or condition is O(1); a log line costs O(signs in logs).</remarks>
public sealed class SignBook
{
    private readonly FrozenDictionary<string, string[]> _byWaiting;
    private readonly FrozenDictionary<string, string[]> _byExitCode;
    private readonly FrozenDictionary<string, string[]> _byCondition;
    private readonly FrozenDictionary<string, (string Id, ImmutableArray<string> Any)[]> _byReason;
    private readonly (string Id, string Part)[] _logs;

    /// <summary>Indexes signs.</summary>
    /// <param name="classes">The classes that have one.</param>
    public SignBook(IReadOnlyCollection<SignedFaultClass> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        Ids = classes.Select(known => known.Id).ToFrozenSet(StringComparer.Ordinal);
        _byWaiting = Index(classes, sign => sign.Waiting);
        _byExitCode = Index(classes, sign => sign.ExitCodes);
        _byCondition = Index(classes, sign => sign.Conditions);
        _byReason = classes
            .SelectMany(known => Or(known.Sign.Events).Select(sign => (known.Id, sign.Reason, Any: Or(sign.Any))))
            .GroupBy(sign => sign.Reason, sign => (sign.Id, sign.Any), StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _logs = [.. classes.SelectMany(known => Or(known.Sign.Logs).Select(part => (known.Id, part)))];
    }

    /// <summary>Ids of every sign.</summary>
    public IReadOnlySet<string> Ids { get; }

    /// <summary>What a container's waiting for a reason shows.</summary>
    public IEnumerable<string> OfWaiting(string reason) => _byWaiting.GetValueOrDefault(reason) ?? [];

    /// <summary>What an exit code shows.</summary>
    public IEnumerable<string> OfExitCode(string code) => _byExitCode.GetValueOrDefault(code) ?? [];

    /// <summary>What a node's condition shows.</summary>
    public IEnumerable<string> OfCondition(string condition) => _byCondition.GetValueOrDefault(condition) ?? [];

    /// <summary>What a warning event shows.</summary>
    public IEnumerable<string> OfEvent(string reason, string message) => (_byReason.GetValueOrDefault(reason) ?? [])
        .Where(sign => sign.Any.IsEmpty || sign.Any.Any(part => message.Contains(part, StringComparison.OrdinalIgnoreCase)))
        .Select(sign => sign.Id);

    /// <summary>What a log line shows.</summary>
    public IEnumerable<string> OfLog(string line) => _logs
        .Where(sign => line.Contains(sign.Part, StringComparison.OrdinalIgnoreCase)).Select(sign => sign.Id);

    private static FrozenDictionary<string, string[]> Index(
        IReadOnlyCollection<SignedFaultClass> classes, Func<FaultSign, ImmutableArray<string>> keys) => classes
        .SelectMany(known => Or(keys(known.Sign)).Select(key => (Key: key, known.Id)))
        .GroupBy(pair => pair.Key, pair => pair.Id, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private static ImmutableArray<T> Or<T>(ImmutableArray<T> items) => items.IsDefault ? [] : items;
}
