using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Operations that workloads serve, as their spans name them.</summary>
/// <remarks>Bounded by <see cref="MaxPerWorkload"/> and <see cref="RcaOptions.MaxCalls"/>; one writer.</remarks>
internal sealed class OperationBook(RcaOptions options)
{
    /// <summary>More names than routes are a sign of ids in them, and tell nobody anything.</summary>
    private const int MaxPerWorkload = 100;

    private readonly Dictionary<EntityRef, Dictionary<string, DateTimeOffset>> _lastSeen = [];
    private int _count;

    /// <summary>Operations not remembered because there were too many.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Who serves what, in no particular order.</summary>
    public IEnumerable<(EntityRef Server, string Operation)> All =>
        from pair in _lastSeen from operation in pair.Value.Keys select (pair.Key, operation);

    /// <summary>Notes what a server's or consumer's span is about.</summary>
    public void Fold(Span span, DateTimeOffset now)
    {
        if (span.Kind is not (SpanKind.Server or SpanKind.Consumer) || span.Name.Length == 0)
        {
            return;
        }

        var operations = _lastSeen.GetValueOrDefault(span.Entity);
        var isKnown = operations?.ContainsKey(span.Name) ?? false;
        if (!isKnown && (_count >= options.MaxCalls || operations?.Count >= MaxPerWorkload))
        {
            DroppedCount++;
            return;
        }

        if (operations is null)
        {
            operations = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            _lastSeen.Add(span.Entity, operations);
        }

        operations[span.Name] = now;
        _count += isKnown ? 0 : 1;
    }

    /// <summary>Forgets what was not served for longer than the retention.</summary>
    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        foreach (var (server, operations) in _lastSeen.ToArray())
        {
            foreach (var (operation, _) in operations.Where(pair => pair.Value < horizon).ToArray())
            {
                operations.Remove(operation);
                _count--;
            }

            if (operations.Count == 0)
            {
                _lastSeen.Remove(server);
            }
        }
    }
}
